/** The transcript while it plays: what is said is marked, and a word or a time leads to its place. */

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/** Marks the word that is said, and keeps it in sight while `follows()` and the reader does. */
export function followSpeech(player, root, back, follows) {
  const words = listWords(root);
  const starts = Float64Array.from(words, ({ start }) => start);
  let said = null;
  let scrolls = false; // whether this page scrolls, and not its reader

  const follow = (now) => {
    if (root.hidden) return undefined;
    const last = findLast(starts, now);
    mark(isOver(words[last], now) ? null : words[last].element);
    return starts[last + 1];
  };
  const mark = (word) => {
    if (word === said) return;
    dress(said, false);
    dress(word, true);
    said = word;
    if (said && follows() && back.hidden && !isSeen(said)) join();
  };
  const join = () => {
    back.hidden = true;
    scrolls = true;
    bringIntoSight(said);
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

function listWords(root) {
  return [...root.querySelectorAll(".w[data-t]")]
    .map((element) => ({ element, start: Number(element.getAttribute("data-t")) }))
    .sort((one, other) => one.start - other.start);
}

/** Says whether a word is over: a picture may come behind it, and perhaps be left out. */
function isOver(word, now) {
  return !word || word.element.closest(".passage").dataset.end <= now;
}

function dress(word, isSaid) {
  word?.classList.toggle("now", isSaid);
  word?.closest(".passage").classList.toggle("current", isSaid);
}

function bringIntoSight(word) {
  // What is far away would pass by too fast to be read, and cost the more to show.
  const isFar = Math.abs(word.getBoundingClientRect().top) > 2 * innerHeight;
  const behavior = isFar || STILL.matches ? "instant" : "smooth";
  word.scrollIntoView({ block: "center", behavior });
}

/** The reader's place: a click leads to what is there, arrow keys from word to word. */
export class Cursor {
  /** `goTo(ms)` plays what is clicked on, or what Enter is pressed at. */
  constructor(root, goTo) {
    this.root = root;
    this.goTo = goTo;
    this.stops = [...root.querySelectorAll(".at, .w")];
    this.passages = [...root.querySelectorAll(".passage")];
    this.place = 0;
    if (!this.stops.length) return;
    for (const time of root.querySelectorAll(".at")) time.tabIndex = -1;
    this.stand(this.stops[0]);
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("keydown", (event) => this.press(event));
    root.addEventListener("focusin", ({ target }) => {
      // Only while it has the focus is a word a button: ten thousand would drown a screen reader.
      if (target.matches(".w")) target.setAttribute("role", "button");
    });
    root.addEventListener("focusout", ({ target }) => target.removeAttribute("role"));
  }

  /** Makes a word or a time the one that Tab comes to. */
  stand(stop) {
    this.stops[this.place].tabIndex = -1;
    this.place = this.stops.indexOf(stop);
    stop.tabIndex = 0;
  }

  click(event) {
    const stop = event.target.closest(".at, .w");
    if (!stop) return;
    event.preventDefault();
    if (stop.matches(".w") && !getSelection().isCollapsed) return; // text is marked, to be copied
    this.stand(stop);
    this.play();
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.play();
    }
    const stop = this.findStop(event.key);
    if (!stop) return;
    event.preventDefault();
    this.stand(stop);
    stop.focus();
  }

  /** Finds where a key leads, if anywhere. */
  findStop(key) {
    const { stops, place, passages } = this;
    const step = this.root.dir === "rtl" ? -1 : 1;
    const passage = passages.indexOf(stops[place].closest(".passage"));
    return {
      ArrowRight: () => stops[place + step],
      ArrowLeft: () => stops[place - step],
      ArrowDown: () => findFirst(passages.slice(passage + 1)),
      ArrowUp: () => findFirst(passages.slice(0, passage).reverse()),
      Home: () => stops[0],
      End: () => findFirst(passages.slice().reverse()),
    }[key]?.();
  }

  play() {
    // A word that is not in the recording leads to the last thing before it that is.
    const timed = this.stops.slice(0, this.place + 1).findLast((stop) => stop.dataset.t);
    if (timed) this.goTo(Number(timed.dataset.t));
  }
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
