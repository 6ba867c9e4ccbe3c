/** Captions, chapters and descriptions as the browser's own tracks, a set for each language. */

/** A version's tracks. */
export class Tracks {
  /** Adds them to the player, by this name; nothing is in them yet. */
  constructor(element, version, pictures, label) {
    this.version = version;
    this.pictures = pictures;
    const add = (kind) => element.addTextTrack(kind, label, version.language);
    this.captions = add("captions");
    this.chapters = add("chapters");
    this.descriptions = add("descriptions");
  }

  /** Fills them, once: it takes long for an hour, and longer in languages nobody chose. */
  fill() {
    if (this.isFilled) return;
    this.isFilled = true;
    for (const cue of this.version.cues) this.captions.addCue(makeCaption(cue));
    for (const chapter of this.version.chapters) this.chapters.addCue(makeCue(...chapter));
    // One that is spoken while the programme waits takes none of its time, but a cue must take some.
    for (const { start, end, text } of this.pictures)
      this.descriptions.addCue(makeCue(start, Math.max(end, start + 1000), text));
  }

  /** Shows the captions, or hides them. */
  showCaptions(isShown) {
    const mode = isShown ? "showing" : "disabled";
    if (this.captions.mode !== mode) this.captions.mode = mode;
  }

  /** Puts the captions at the top or at the bottom of the picture. */
  placeCaptions(place) {
    const line = place === "top" ? 0 : "auto";
    // Each change makes the browser lay captions out anew.
    for (const cue of this.captions.cues ?? []) if (cue.line !== line) cue.line = line;
  }
}

/** Returns a language's name in that language. */
export function nameLanguage(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

function makeCaption([from, to, lines]) {
  const said = lines.map(([speaker, text]) =>
    speaker ? `<v ${escapeCue(speaker)}>${escapeCue(text)}</v>` : escapeCue(text),
  );
  return new VTTCue(from / 1000, to / 1000, said.join("\n"));
}

function makeCue(from, to, text) {
  return new VTTCue(from / 1000, to / 1000, escapeCue(text));
}

function escapeCue(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  return text.replace(/[&<>]/g, (sign) => signs[sign]).replace(/\s+/g, " ");
}
