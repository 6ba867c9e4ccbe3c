/** Search in the transcript, whatever the case and the accents. */

/** A form that searches what `getRoot()` shows; `stand(word)` is where the reader then is. */
export class Search {
  constructor(form, words, getRoot, stand) {
    this.sought = form.elements.sought;
    this.found = form.elements.found;
    this.words = words;
    this.getRoot = getRoot;
    this.stand = stand;
    this.indexes = new Map();
    this.hits = []; // each the words that hold it
    this.place = -1;
    this.sought.addEventListener("input", () => this.find());
    this.sought.addEventListener("keydown", (event) => this.press(event));
    form.elements.previous.addEventListener("click", () => this.go(-1));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(1);
    });
  }

  /** Marks all hits, and says how many there are. */
  find() {
    unmark(this.hits.flat(), "hit", "here");
    const text = fold(this.sought.value);
    this.hits = text ? findHits(this.index(this.getRoot()), text) : [];
    for (const word of this.hits.flat()) word.classList.add("hit");
    this.place = -1;
    const { length } = this.hits;
    const count = length ? this.words.found_all.replace("{count}", length) : this.words.found_none;
    this.found.textContent = this.sought.value.trim() ? count : "";
  }

  index(root) {
    if (!this.indexes.has(root)) this.indexes.set(root, indexWords(root));
    return this.indexes.get(root);
  }

  press(event) {
    if (event.key !== "Enter" || !event.shiftKey) return;
    event.preventDefault();
    this.go(-1);
  }

  /** Goes to the next hit, or the one before, round and round. */
  go(step) {
    const { hits, place, words } = this;
    if (!hits.length) return;
    unmark(hits[place] ?? [], "here");
    const from = place < 0 && step < 0 ? 0 : place;
    this.place = (from + step + hits.length) % hits.length;
    const hit = hits[this.place];
    for (const word of hit) word.classList.add("here");
    this.found.textContent = words.found
      .replace("{number}", this.place + 1)
      .replace("{count}", hits.length);
    this.stand(hit[0]);
    hit[0].scrollIntoView({ block: "center" });
  }
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
