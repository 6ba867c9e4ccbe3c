/** Whatever plays, in milliseconds, and who wants to know how far it is. */

/** Makes a player of a media element. `onTime` calls at every frame that is played, and at jumps. */
export function makePlayer(element) {
  const listeners = [];
  const now = () => Math.round(element.currentTime * 1000);
  const tell = () => listeners.forEach((listener) => listener(now()));
  const tellFrames = () => {
    if (element.paused) return;
    tell();
    requestAnimationFrame(tellFrames);
  };
  element.addEventListener("playing", tellFrames);
  // A page in the background has no frames, but this it is told.
  element.addEventListener("timeupdate", tell);
  return {
    element,
    now,
    seek: (ms) => {
      element.currentTime = ms / 1000;
    },
    // Who starts something else before this has begun wants no error.
    play: () => element.play().catch(() => {}),
    onTime: (listener) => listeners.push(listener),
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
