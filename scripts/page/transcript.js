/** The transcript while it plays: what is said is marked, and a word or a time leads to its place. */

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/** Marks the word that is said, and keeps it in sight while `follows()` and the reader does. */
export function followSpeech(player, root, back, follows) {
  const words = [...root.querySelectorAll(".w[data-t]")]
    .map((element) => ({ element, start: Number(element.getAttribute("data-t")) }))
    .sort((one, other) => one.start - other.start);
  const starts = Float64Array.from(words, ({ start }) => start);
  let said = null;
  let scrolls = false; // whether this page scrolls, and not its reader

  const follow = (now) => {
    if (root.hidden) return undefined;
    const last = findLast(starts, now);
    const word = words[last]?.element;
    // What comes after a picture may be long in coming, and the picture was perhaps left out.
    const isOver = word && word.closest(".passage").dataset.end <= now;
    mark(isOver ? null : (word ?? null));
    return starts[last + 1];
  };
  const mark = (word) => {
    if (word === said) return;
    said?.classList.remove("now");
    said?.closest(".passage").classList.remove("current");
    said = word;
    said?.classList.add("now");
    said?.closest(".passage").classList.add("current");
    if (said && follows() && back.hidden && !isSeen(said)) join();
  };
  const join = () => {
    back.hidden = true;
    scrolls = true;
    // What is far away would pass by too fast to be read, and cost the more to show.
    const isFar = Math.abs(said.getBoundingClientRect().top) > 2 * innerHeight;
    const behavior = isFar || STILL.matches ? "instant" : "smooth";
    said.scrollIntoView({ block: "center", behavior });
  };
  const notice = () => {
    if (!scrolls && !root.hidden && said) back.hidden = !follows() || isSeen(said);
  };

  player.onTime(follow);
  addEventListener("scroll", notice, { passive: true });
  addEventListener("scrollend", () => (scrolls = false));
  // Who scrolls by hand means it, whatever the page is doing.
  for (const kind of ["wheel", "touchmove", "keydown"])
    addEventListener(kind, () => (scrolls = false), { passive: true });
  back.addEventListener("click", () => !root.hidden && said && join());
}

/** Goes to what is clicked on; arrow keys move from word to word, and Enter goes there. */
export function moveInTranscript(root, goTo) {
  const stops = [...root.querySelectorAll(".at, .w")];
  const passages = [...root.querySelectorAll(".passage")];
  let place = 0;

  const stand = (stop) => {
    stops[place].tabIndex = -1;
    place = stops.indexOf(stop);
    stop.tabIndex = 0;
  };
  const findStop = (key) => {
    const step = root.dir === "rtl" ? -1 : 1;
    const passage = passages.indexOf(stops[place].closest(".passage"));
    switch (key) {
      case "ArrowRight":
        return stops[place + step];
      case "ArrowLeft":
        return stops[place - step];
      case "ArrowDown":
        return findFirst(passages.slice(passage + 1));
      case "ArrowUp":
        return findFirst(passages.slice(0, passage).reverse());
      case "Home":
        return stops[0];
      case "End":
        return findFirst(passages.slice().reverse());
      default:
        return undefined;
    }
  };
  const go = (stop) => {
    // A word that is not in the recording leads to the last thing before it that is.
    let timed = stops.indexOf(stop);
    while (timed > 0 && !stops[timed].dataset.t) timed -= 1;
    if (stops[timed]?.dataset.t) goTo(Number(stops[timed].dataset.t));
  };

  if (!stops.length) return { stand: () => {} };
  for (const time of root.querySelectorAll(".at")) time.tabIndex = -1;
  stand(stops[0]);
  root.addEventListener("click", (event) => {
    const stop = event.target.closest(".at, .w");
    if (!stop) return;
    event.preventDefault();
    if (stop.matches(".w") && !getSelection().isCollapsed) return; // text is marked, to be copied
    stand(stop);
    go(stop);
  });
  root.addEventListener("focusin", (event) => {
    // Only while it has the focus is a word a button: ten thousand would drown a screen reader.
    if (event.target.matches(".w")) event.target.setAttribute("role", "button");
  });
  root.addEventListener("focusout", (event) => event.target.removeAttribute("role"));
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      go(stops[place]);
    }
    const stop = findStop(event.key);
    if (!stop) return;
    event.preventDefault();
    stand(stop);
    stop.focus();
  });
  return { stand };
}

function findFirst(passages) {
  for (const passage of passages) {
    const stop = passage.querySelector(".at, .w");
    if (stop) return stop;
  }
  return undefined;
}

/** Returns the index of the last that has started, or -1. */
export function findLast(starts, now) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= now) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const cover = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  return top >= cover && bottom <= innerHeight;
}
