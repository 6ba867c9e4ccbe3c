/**
 * The producer's timeline: how fast captions must be read, findings, descriptions and gaps. The
 * panel's lists have all of it in words; here one sees what lies close together.
 */

const LANES = {
  speeds: { base: 104, bottom: 108 },
  findings: { base: 120, bottom: 132 },
  descriptions: { base: 144, bottom: 156 },
  gaps: { base: 174, bottom: 180 },
};
/** In pixels, as all that is not over time. */
const SPEED_HEIGHT = 100;
const GAP_HEIGHT = 16;
/** How far beside a mark a click is still meant for it. */
const NEAR = 12;
/** Marks that are drawn from one frame to the next, so that the page answers meanwhile. */
const PIECE = 100;

/**
 * Marks in lanes over time: buttons that the arrow keys go along, and up and down.
 * A mark is {lane, start, end, shape, tell(), size}; a size, of 1 at most, is a bar's.
 */
export class Timeline {
  /** `marks` are sorted by their start; `goTo(ms)` plays a place. */
  constructor(figure, marks, goTo) {
    this.svg = figure.querySelector(".scroll > svg");
    this.told = figure.querySelector("#mark");
    const lanes = Object.keys(LANES).map((name) => [name, marks.filter((mark) => mark.lane === name)]);
    this.lanes = new Map(lanes.filter(([, filled]) => filled.length));
    this.duration = Number(figure.dataset.duration);
    this.limit = (SPEED_HEIGHT * figure.dataset.limit) / figure.dataset.top;
    this.goTo = goTo;
    this.head = makeShape("line", { class: "head", y2: LANES.gaps.bottom });
    this.played = this.middle = 0;
    this.svg.addEventListener("keydown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.tell(this.locate(event).mark));
    this.svg.addEventListener("click", (event) => this.click(event));
    const zoom = figure.querySelector("#zoom");
    zoom.addEventListener("change", () => this.zoom(Number(zoom.value) || this.duration));
  }

  /** Draws all marks, and a line at the speed that is the limit. */
  async draw() {
    const y = LANES.speeds.base - this.limit;
    const line = makeShape("line", { class: "limit", x2: "100%", y1: y, y2: y });
    for (const marks of this.lanes.values()) {
      const group = makeShape("g", {});
      this.svg.append(group, line, this.head);
      for (let from = 0; from < marks.length; from += PIECE) {
        group.append(...marks.slice(from, from + PIECE).map((mark) => this.drawMark(mark)));
        await new Promise(requestAnimationFrame);
      }
    }
    this.choose(this.findFirst());
    this.tell(this.current);
  }

  drawMark(mark) {
    const { base } = LANES[mark.lane];
    const x = this.place(mark.start);
    const height = mark.size * (mark.lane === "gaps" ? GAP_HEIGHT : SPEED_HEIGHT);
    const width = this.place(mark.end - mark.start);
    mark.element = mark.size
      ? makeShape("rect", { x, y: base - height, width, height })
      : makeShape("use", { x, y: base, href: `#mark-${mark.shape}` });
    mark.element.setAttribute("class", mark.shape);
    mark.element.setAttribute("role", "button");
    mark.label = mark.tell();
    mark.element.setAttribute("aria-label", mark.label);
    mark.element.setAttribute("tabindex", -1);
    mark.element.addEventListener("focus", () => {
      this.choose(mark);
      this.tell(mark);
      this.middle = mark.start;
    });
    return mark.element;
  }

  place(time) {
    return `${((100 * time) / this.duration).toFixed(4)}%`;
  }

  tell(mark) {
    if (mark) this.told.textContent = mark.label;
  }

  /** Makes a mark the one that Tab comes to; without one Tab comes to none. */
  choose(mark) {
    this.current?.element.setAttribute("tabindex", -1);
    this.current = mark;
    mark?.element.setAttribute("tabindex", 0);
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") this.goTo(this.current.start);
    else if (!this.step(event.key)) return;
    event.preventDefault();
  }

  /** Goes where a key leads, and returns whether it is one that leads anywhere. */
  step(key) {
    const marks = this.list(this.current.lane);
    const here = marks.indexOf(this.current);
    const next = {
      ArrowRight: () => marks[here + 1],
      ArrowLeft: () => marks[here - 1],
      Home: () => marks[0],
      End: () => marks.at(-1),
      ArrowUp: () => this.findBeside(-1),
      ArrowDown: () => this.findBeside(1),
    }[key];
    next?.()?.element.focus();
    return Boolean(next);
  }

  /** Finds what is nearest to the current mark in the lane above or below. */
  findBeside(by) {
    const names = [...this.lanes.keys()].filter((name) => this.list(name).length);
    const name = names[names.indexOf(this.current.lane) + by];
    return this.findNearest(name, this.current.start);
  }

  list(name) {
    return (this.lanes.get(name) ?? []).filter((mark) => !mark.isHidden);
  }

  /** Finds the first mark that is shown, in the topmost lane that has any. */
  findFirst() {
    return [...this.lanes.keys()].flatMap((name) => this.list(name))[0];
  }

  findNearest(name, time) {
    const away = (mark) => Math.max(mark.start - time, time - mark.end, 0);
    const nearer = (one, other) => (away(other) < away(one) ? other : one);
    const [first, ...others] = this.list(name);
    return others.reduce(nearer, first);
  }

  /** Returns the time under the pointer, and the mark that it is meant for, if any. */
  locate({ clientX, clientY }) {
    const { left, top, width } = this.svg.getBoundingClientRect();
    const time = ((clientX - left) / width) * this.duration;
    const near = (NEAR / width) * this.duration;
    const name = Object.keys(LANES).find((lane) => clientY - top < LANES[lane].bottom);
    const mark = this.findNearest(name, time);
    const isMeant = mark && time > mark.start - near && time < mark.end + near;
    return { time, mark: isMeant ? mark : null };
  }

  click(event) {
    const { time, mark } = this.locate(event);
    this.tell(mark);
    this.goTo(mark?.start ?? Math.max(time, 0));
  }

  /** Shows so much time at once, around what was looked at or played last. */
  zoom(span) {
    this.svg.style.inlineSize = `${(100 * this.duration) / span}%`;
    const scroll = this.svg.parentElement;
    scroll.scrollLeft = (this.middle / this.duration) * this.svg.clientWidth - scroll.clientWidth / 2;
  }

  /** Hides the findings that are not asked for. */
  filter(isShown) {
    for (const mark of this.lanes.get("findings") ?? []) {
      mark.isHidden = !isShown(mark);
      mark.element.classList.toggle("off", mark.isHidden);
    }
    if (!this.current || this.current.isHidden)
      this.choose(this.list("findings")[0] ?? this.findFirst());
  }

  /** Moves the playhead, and the view where the playhead runs out of it. */
  follow(time) {
    const scroll = this.svg.parentElement;
    const isSeen = (at) => {
      const x = (at / this.duration) * this.svg.clientWidth - scroll.scrollLeft;
      return x >= 0 && x <= scroll.clientWidth;
    };
    if (isSeen(this.played) && !isSeen(time))
      scroll.scrollLeft = (time / this.duration) * this.svg.clientWidth;
    this.played = this.middle = time;
    this.head.setAttribute("x1", this.place(time));
    this.head.setAttribute("x2", this.place(time));
  }
}

function makeShape(name, attributes) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  return shape;
}
