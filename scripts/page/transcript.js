/** The transcript while it plays: what is said is marked, and kept in sight. */

import { findLast, listMoments } from "./moments.js";

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/** Marks the word that is said, and keeps it in sight while `follows()` and the reader does. */
export function followSpeech(player, root, back, follows) {
  let words; // an hour has ten thousand: they are listed when the first is looked for
  let said = null;
  let scrolls = false; // whether this page scrolls, and not its reader

  const follow = (now) => {
    if (root.hidden) return undefined;
    words ??= listMoments(root, ".w[data-t]");
    const last = findLast(words, now);
    mark(isOver(words[last], now) ? null : words[last].element);
    return words[last + 1]?.start;
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

function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const cover = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  return top >= cover && bottom <= innerHeight;
}
