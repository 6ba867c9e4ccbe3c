/** The reader's place: a click leads to what is there, arrow keys go from word to word. */

const STOPS = ".at, .w";

/** Where a reader is among the words and the times of a version. */
export class Cursor {
  /** `goTo(ms)` plays what is clicked on, or what Enter is pressed at. */
  constructor(root, goTo) {
    this.root = root;
    this.goTo = goTo;
    const isStop = (it) => (it.matches(STOPS) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
    this.walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT, isStop);
    const first = this.walker.nextNode();
    if (!first) return;
    for (const time of root.querySelectorAll(".at")) time.tabIndex = -1;
    this.stand(first);
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
    if (this.stop) this.stop.tabIndex = -1;
    this.stop = stop;
    stop.tabIndex = 0;
  }

  click(event) {
    const stop = event.target.closest(STOPS);
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
    const { root, walker, stop } = this;
    const isReversed = root.dir === "rtl";
    const passage = stop.closest(".passage");
    walker.currentNode = stop;
    return {
      ArrowRight: () => (isReversed ? walker.previousNode() : walker.nextNode()),
      ArrowLeft: () => (isReversed ? walker.nextNode() : walker.previousNode()),
      ArrowDown: () => findFirst(passage.nextElementSibling, "nextElementSibling"),
      ArrowUp: () => findFirst(passage.previousElementSibling, "previousElementSibling"),
      Home: () => findFirst(root.firstElementChild, "nextElementSibling"),
      End: () => findFirst(root.lastElementChild, "previousElementSibling"),
    }[key]?.();
  }

  play() {
    // A word that is not in the recording leads to the last thing before it that is.
    let timed = (this.walker.currentNode = this.stop);
    while (timed && !timed.dataset.t) timed = this.walker.previousNode();
    if (timed) this.goTo(Number(timed.dataset.t));
  }
}

/** Finds the first stop of a passage, or of those behind it that way. */
function findFirst(passage, way) {
  for (let each = passage; each; each = each[way]) {
    const stop = each.querySelector(STOPS);
    if (stop) return stop;
  }
  return undefined;
}
