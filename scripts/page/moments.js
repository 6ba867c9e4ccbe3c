/** What is told at a time: words, chapters, all that leads to a place in what is played. */

/** Lists what the selector finds, as {element, start}, in the order of its times. */
export function listMoments(root, selector) {
  return [...root.querySelectorAll(selector)]
    .map((element) => ({ element, start: Number(element.getAttribute("data-t")) }))
    .sort((one, other) => one.start - other.start);
}

/** Returns the index of the last that has started, or -1. */
export function findLast(moments, now) {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle].start <= now) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
