/**
 * Pictures, described as the reader wants: not at all, in the mix, or while the programme waits.
 *
 * While a description speaks the programme is paused, and the browser's player shows it so. Its
 * button, a key or a headset then mean what is heard: they pause the description and go on with it.
 */

import { makePlayer } from "./player.js";

/** Lists a version's pictures, in the order of the programme. */
export function listPictures(root) {
  const pictures = [...root.querySelectorAll(".picture[data-start]")].map((passage) => ({
    start: Number(passage.dataset.start),
    end: Number(passage.dataset.end),
    clip: passage.dataset.clip?.split(" ").map(Number),
    text: [...passage.querySelectorAll(".w")].map((word) => word.textContent).join(" "),
  }));
  return pictures.sort((one, other) => one.start - other.start);
}

/** Returns what describes pictures: tell it what to describe, and how. */
export function makeDescriber(player, view, words) {
  const { element } = player;
  const voice = makePlayer(new Audio());
  let pictures = [];
  let choice = "off";
  let skips = false;
  let last = -1; // up to where pictures were described, or passed over
  let waiting = []; // the one that is spoken, and those behind it at the same place

  const speak = () => {
    const [picture] = waiting;
    view.text.textContent = picture.text;
    view.controls.hidden = false;
    voice.element.volume = element.volume;
    voice.element.muted = element.muted;
    voice.element.defaultPlaybackRate = voice.element.playbackRate = element.playbackRate;
    voice.seek(picture.clip[0]);
    resume();
  };
  const resume = () => {
    view.hold.textContent = words.hold;
    voice.element.play().catch((error) => {
      if (error.name !== "AbortError") stop(); // it can't be heard: the programme must not hang
    });
  };
  const hold = () => {
    view.hold.textContent = words.go_on;
    voice.element.pause();
  };
  const toggle = () => (voice.element.paused ? resume() : hold());
  const next = () => {
    waiting.shift();
    if (waiting.length) speak();
    else stop();
  };
  const stop = () => {
    const hadFocus = view.controls.contains(document.activeElement);
    waiting = [];
    voice.element.pause();
    view.controls.hidden = true;
    view.text.textContent = "";
    if (hadFocus) element.focus();
    if (!element.ended) player.play();
  };

  const look = (now) => {
    if (element.seeking || waiting.length || (element.paused && !element.ended)) return;
    const end = element.ended ? Infinity : now;
    const passed = pictures.filter(({ start }) => last < start && start <= end);
    last = end;
    if (choice === "extended") wait(passed.filter(({ clip }) => clip));
    if (choice === "off" && skips) skip(now);
  };
  const wait = (passed) => {
    if (!passed.length) return;
    waiting = passed;
    element.pause();
    speak();
  };
  const skip = (now) => {
    const picture = pictures.find(({ start, end }) => start <= now && now < end);
    if (picture) player.seek(picture.end);
  };

  player.onTime((now) => {
    look(now);
    return pictures.find(({ start }) => start > now)?.start;
  });
  element.addEventListener("ended", () => look(player.now()));
  element.addEventListener("seeking", () => {
    last = player.now() - 1;
    if (waiting.length) stop();
  });
  element.addEventListener("play", () => {
    if (!waiting.length) return;
    element.pause();
    toggle();
  });
  voice.onTime((now) => {
    if (waiting.length && !voice.element.seeking && now >= waiting[0].clip[1]) next();
    return waiting[0]?.clip[1];
  });
  voice.element.addEventListener("ended", () => waiting.length && next());
  voice.element.addEventListener("error", () => waiting.length && stop());
  view.hold.addEventListener("click", toggle);
  view.end.addEventListener("click", next);
  document.addEventListener("keydown", (event) => {
    // In a field for a search, Escape empties it.
    if (event.key === "Escape" && waiting.length && event.target.type !== "search") next();
  });

  return {
    /** Describes these pictures, from clips of this file. */
    use: (version, clips) => {
      if (waiting.length && version !== pictures) stop();
      pictures = version;
      if (clips && voice.element.getAttribute("src") !== clips) voice.element.src = clips;
    },
    /** Takes up a choice; `skipsSpoken` where what is played describes them itself. */
    choose: (chosen, skipsSpoken) => {
      choice = chosen;
      skips = skipsSpoken;
      if (choice !== "extended" && waiting.length) stop();
    },
  };
}
