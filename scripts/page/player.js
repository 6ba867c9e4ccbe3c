/** Whatever plays, in milliseconds, and who wants to know how far it is. */

/**
 * How much earlier than a word one starts to play: after a jump, browsers are silent for some
 * hundredths of a second, and a word is heard better that does not begin at once.
 */
const LEAD = 100;
/** How soon a listener is told again at the earliest, however little is left until then. */
const SOONEST = 5;

/**
 * Makes a player of a media element.
 *
 * `onTime(listener)` calls `listener(now)` at jumps, a few times a second while it plays, and at the
 * very time that the listener has returned, if it has.
 */
export function makePlayer(element) {
  const listeners = [];
  let timer;
  let meant = 0; // where one wanted to go, while what leads there plays
  let stands; // where one has gone while nothing played
  const now = () => {
    const played = Math.round(element.currentTime * 1000);
    if (played >= meant || played < meant - LEAD) meant = 0;
    return Math.max(played, meant);
  };
  const tell = () => {
    clearTimeout(timer);
    const next = Math.min(...listeners.map((listener) => listener(now()) ?? Infinity));
    const rests = element.paused || element.seeking || element.readyState < element.HAVE_FUTURE_DATA;
    if (rests || next === Infinity) return;
    timer = setTimeout(tell, Math.max((next - now()) / element.playbackRate, SOONEST));
  };
  const seek = (ms) => {
    element.currentTime = ms / 1000;
    meant = 0;
  };
  const lead = (ms) => {
    seek(Math.max(ms - LEAD, 0));
    meant = ms;
  };
  element.addEventListener("play", () => now() === stands && lead(stands));
  // The last comes four times a second, in a page in the background too.
  for (const kind of ["playing", "ratechange", "timeupdate"]) element.addEventListener(kind, tell);
  return {
    element,
    now,
    seek,
    /** Goes to what is told at a time; `now()` says so, though it plays from a little earlier. */
    goTo: (ms) => {
      stands = ms;
      if (element.paused) seek(ms);
      else lead(ms);
    },
    // Who starts something else before this has begun wants no error.
    play: () => element.play().catch(() => {}),
    onTime: (listener) => listeners.push(listener),
    tell,
  };
}

/** Plays another file from where the player is; its tracks and its speed stay. */
export function switchSource(element, source) {
  if (element.getAttribute("src") === source) return;
  const { currentTime, paused } = element;
  element.src = source;
  element.currentTime = currentTime; // where it starts as soon as it can
  if (!paused) element.play().catch(() => {});
}
