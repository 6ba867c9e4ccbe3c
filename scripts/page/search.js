/** Search in the transcript, whatever the case and the accents. */

/** Makes the form search what `getRoot()` shows; `stand(word)` is where the reader then is. */
export function searchTranscript(form, words, getRoot, stand) {
  const [sought, previous, found] = ["sought", "previous", "found"].map((id) => form.elements[id]);
  const indexes = new Map();
  let hits = []; // each the words that hold it
  let place = -1;

  const search = () => {
    unmark(hits.flat(), "hit", "here");
    const text = fold(sought.value);
    hits = text ? findHits(index(getRoot()), text) : [];
    for (const word of hits.flat()) word.classList.add("hit");
    place = -1;
    const count = hits.length ? words.found_all.replace("{count}", hits.length) : words.found_none;
    found.textContent = sought.value.trim() ? count : "";
  };
  const index = (root) => {
    if (!indexes.has(root)) indexes.set(root, indexWords(root));
    return indexes.get(root);
  };
  const go = (step) => {
    if (!hits.length) return;
    unmark(hits[place] ?? [], "here");
    place = place < 0 && step < 0 ? hits.length - 1 : (place + step + hits.length) % hits.length;
    for (const word of hits[place]) word.classList.add("here");
    found.textContent = words.found.replace("{number}", place + 1).replace("{count}", hits.length);
    stand(hits[place][0]);
    hits[place][0].scrollIntoView({ block: "center" });
  };

  sought.addEventListener("input", search);
  sought.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      go(-1);
    }
  });
  previous.addEventListener("click", () => go(-1));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(1);
  });
  return search;
}

function unmark(words, ...classes) {
  for (const word of words) word.classList.remove(...classes);
}

/** Returns text without what case, accents and punctuation make different; a dash parts words. */
function fold(text) {
  const parted = text.replace(/[–—―…]/g, " ");
  const bare = parted.normalize("NFKD").replace(/[\p{M}\p{P}\p{Cf}]/gu, "");
  return bare.toLowerCase().replace(/\s+/g, " ").trim();
}

/** Returns all words as one folded text, and where in it each begins. */
function indexWords(root) {
  const words = [...root.querySelectorAll(".w")];
  const starts = [];
  let text = "";
  for (const word of words) {
    // A word that is only a mark leaves nothing: one blank is enough for both sides of it.
    const isApart = !word.previousSibling?.matches?.(".w");
    if (isApart && !text.endsWith(" ")) text += " ";
    starts.push(text.length);
    text += fold(word.textContent);
  }
  return { words, starts, text };
}

function findHits({ words, starts, text }, sought) {
  const hits = [];
  let word = 0;
  let from = text.indexOf(sought);
  while (from >= 0) {
    const end = from + sought.length;
    while (starts[word + 1] <= from) word += 1;
    let last = word;
    while (starts[last + 1] < end) last += 1;
    hits.push(words.slice(word, last + 1));
    from = text.indexOf(sought, end);
  }
  return hits;
}
