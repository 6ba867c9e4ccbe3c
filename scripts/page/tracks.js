/** Captions, chapters and descriptions as the browser's own tracks, a set for each language. */

/** Adds a version's tracks to the player, by this name; nothing is in them yet. */
export function addTracks(element, { language }, label) {
  const add = (kind) => element.addTextTrack(kind, label, language);
  const [captions, chapters, descriptions] = ["captions", "chapters", "descriptions"].map(add);
  return { captions, chapters, descriptions };
}

/** Fills a version's tracks, once: it takes long for an hour, and longer in languages nobody chose. */
export function fillTracks(tracks, version, pictures) {
  if (tracks.filled) return;
  tracks.filled = true;
  const add = (kind, cues) => {
    for (const cue of cues) tracks[kind].addCue(cue);
  };
  add("captions", version.cues.map(makeCaption));
  add("chapters", version.chapters.map(([from, to, title]) => makeCue(from, to, title)));
  // One that is spoken while the programme waits takes none of its time, but a cue must take some.
  const describe = ({ start, end, text }) => makeCue(start, Math.max(end, start + 1000), text);
  add("descriptions", pictures.map(describe));
}

/** Shows one version's captions, or none. */
export function showCaptions(tracks, shown) {
  for (const track of tracks) {
    const mode = track === shown ? "showing" : "disabled";
    if (track.mode !== mode) track.mode = mode;
  }
}

/** Puts captions at the top or at the bottom of the picture. */
export function placeCaptions(track, place) {
  const line = place === "top" ? 0 : "auto";
  // Each change makes the browser lay captions out anew.
  for (const cue of track.cues ?? []) if (cue.line !== line) cue.line = line;
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
