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

/** Describes pictures: tell it what to describe, and how. */
export class Describer {
  /** `view` is what the reader has of it: {text, controls, hold, end}. */
  constructor(player, view, words) {
    this.player = player;
    this.element = player.element;
    this.view = view;
    this.words = words;
    this.voice = makePlayer(new Audio());
    this.pictures = [];
    this.choice = "off";
    this.skips = false;
    this.last = -1; // up to where pictures were described, or passed over
    this.waiting = []; // the one that is spoken, and those behind it at the same place
    this.hearPlayer();
    this.hearVoice();
    this.hearReader();
  }

  /** Describes these pictures, from clips of this file. */
  use(pictures, clips) {
    if (this.waiting.length && pictures !== this.pictures) this.stop();
    this.pictures = pictures;
    const voice = this.voice.element;
    if (clips && voice.getAttribute("src") !== clips) voice.src = clips;
  }

  /** Takes up a choice; `skips` where what is played describes pictures itself. */
  choose(choice, skips) {
    this.choice = choice;
    this.skips = skips;
    if (choice !== "extended" && this.waiting.length) this.stop();
  }

  hearPlayer() {
    const { player, element } = this;
    player.onTime((now) => {
      this.look(now);
      return this.pictures.find(({ start }) => start > now)?.start;
    });
    element.addEventListener("ended", () => this.look(player.now()));
    element.addEventListener("seeking", () => {
      this.last = player.now() - 1;
      if (this.waiting.length) this.stop();
    });
    element.addEventListener("play", () => {
      if (!this.waiting.length) return;
      element.pause();
      this.toggle();
    });
  }

  hearVoice() {
    const { element } = this.voice;
    this.voice.onTime((now) => {
      if (this.waiting.length && !element.seeking && now >= this.waiting[0].clip[1]) this.next();
      return this.waiting[0]?.clip[1];
    });
    element.addEventListener("ended", () => this.waiting.length && this.next());
    element.addEventListener("error", () => this.waiting.length && this.stop());
  }

  hearReader() {
    this.view.hold.addEventListener("click", () => this.toggle());
    this.view.end.addEventListener("click", () => this.next());
    document.addEventListener("keydown", ({ key, target }) => {
      // In a field for a search, Escape empties it.
      if (key === "Escape" && this.waiting.length && target.type !== "search") this.next();
    });
  }

  /** Looks whether the programme has come to a picture. */
  look(now) {
    const { element, last } = this;
    if (element.seeking || this.waiting.length || (element.paused && !element.ended)) return;
    const end = element.ended ? Infinity : now;
    const passed = this.pictures.filter(({ start }) => last < start && start <= end);
    this.last = end;
    if (this.choice === "extended") this.wait(passed.filter(({ clip }) => clip));
    if (this.choice === "off" && this.skips) this.skip(now);
  }

  wait(passed) {
    if (!passed.length) return;
    this.waiting = passed;
    this.element.pause();
    this.speak();
  }

  skip(now) {
    const picture = this.pictures.find(({ start, end }) => start <= now && now < end);
    if (picture) this.player.seek(picture.end);
  }

  speak() {
    const [picture] = this.waiting;
    const voice = this.voice.element;
    this.view.text.textContent = picture.text;
    this.view.controls.hidden = false;
    voice.volume = this.element.volume;
    voice.muted = this.element.muted;
    voice.defaultPlaybackRate = voice.playbackRate = this.element.playbackRate;
    this.voice.seek(picture.clip[0]);
    this.resume();
  }

  resume() {
    this.view.hold.textContent = this.words.hold;
    this.voice.element.play().catch((error) => {
      // It can't be heard: the programme must not hang.
      if (error.name !== "AbortError") this.stop();
    });
  }

  hold() {
    this.view.hold.textContent = this.words.go_on;
    this.voice.element.pause();
  }

  toggle() {
    if (this.voice.element.paused) this.resume();
    else this.hold();
  }

  next() {
    this.waiting.shift();
    if (this.waiting.length) this.speak();
    else this.stop();
  }

  stop() {
    const { controls, text } = this.view;
    const hadFocus = controls.contains(document.activeElement);
    this.waiting = [];
    this.voice.element.pause();
    controls.hidden = true;
    text.textContent = "";
    if (hadFocus) this.element.focus();
    if (!this.element.ended) this.player.play();
  }
}
