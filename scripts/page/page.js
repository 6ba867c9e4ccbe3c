/** The page comes alive: what stands in it is found, and one thing is told of the other. */

import { Cursor } from "./cursor.js";
import { Describer, listPictures } from "./descriptions.js";
import { findLast, listMoments } from "./moments.js";
import { preparePanel } from "./panel.js";
import { makePlayer, switchSource } from "./player.js";
import { Search } from "./search.js";
import { choose, keepSettings } from "./settings.js";
import { nameLanguage, Tracks } from "./tracks.js";
import { followSpeech } from "./transcript.js";

const find = (id) => document.getElementById(id);
const data = JSON.parse(find("data").textContent);
const roots = [...document.querySelectorAll(".version")];
const form = find("settings");
const element = find("media");
let current = 0; // the version that is shown
let choice; // how its pictures are described
let wanted; // how the reader wants them described
let moves = [];

const search = new Search(
  find("search"),
  data.words,
  () => roots[current],
  (word) => moves[current]?.stand(word),
);
nameLanguages();

const player = element && startPlaying();
if (!player && form) keepSettings(form, showVersion);
goToAddress();
addEventListener("hashchange", goToAddress);

/** Shows the interview in the language that is chosen. */
function showVersion() {
  const language = form.elements.version?.value;
  const known = data.versions.findIndex((version) => version.language === language);
  if (Math.max(0, known) === current) return;
  current = Math.max(0, known);
  for (const part of document.querySelectorAll("[data-version]"))
    part.hidden = Number(part.dataset.version) !== current;
  search.find();
}

function startPlaying() {
  const started = makePlayer(element);
  const tracks = data.versions.map(
    (version, number) =>
      new Tracks(element, version, listPictures(roots[number]), nameTracks(version)),
  );
  const view = {
    text: find("description"),
    controls: find("description-controls"),
    hold: find("hold"),
    end: find("end"),
  };
  const describer = new Describer(started, view, data.words);
  const goTo = (ms) => {
    started.play();
    started.goTo(ms);
  };
  moves = roots.map((root) => new Cursor(root, goTo));
  for (const root of roots)
    followSpeech(started, root, find("back"), () => form.elements.follow.checked);
  for (const chapters of document.querySelectorAll(".chapters"))
    followChapters(started, chapters, goTo);
  preparePanel(find("panel"), data.versions[0].cues, started, (ms) => {
    find("back").hidden = false; // who looks at the panel wants to stay there
    goTo(ms);
  });
  keepSettings(form, () => {
    showVersion();
    const shown = tracks[current];
    shown.fill();
    for (const each of tracks)
      each.showCaptions(each === shown && form.elements.captions.checked);
    shown.placeCaptions(form.elements.place?.value ?? "top");
    dressCaptions();
    element.defaultPlaybackRate = element.playbackRate = Number(form.elements.speed.value);
    describe(describer, shown.pictures);
    started.tell(); // of the version that is shown now, though nothing plays
  });
  hearPlayer(tracks);
  measureCover();
  return started;
}

/** Takes up what the reader chooses in the browser's own player, and says what it can't play. */
function hearPlayer(tracks) {
  element.textTracks.addEventListener("change", () => {
    const showing = tracks.findIndex(({ captions }) => captions.mode === "showing");
    choose(form, "captions", showing >= 0);
    if (showing >= 0) choose(form, "version", data.versions[showing].language);
  });
  element.addEventListener("ratechange", () => choose(form, "speed", String(element.playbackRate)));
  const tell = (trouble) => () => (find("trouble").textContent = trouble);
  element.addEventListener("error", tell(data.words.unplayable));
  element.addEventListener("loadedmetadata", tell(""));
  if (element.error) tell(data.words.unplayable)();
}

/** Describes pictures as the reader wants, or as it can be done for this version. */
function describe(describer, pictures) {
  const { choices, source, described, clips } = data.versions[current];
  const radios = [...(find("descriptions")?.querySelectorAll("input") ?? [])];
  const checked = radios.find((radio) => radio.checked)?.value;
  if (checked !== choice) wanted = checked; // only the reader changes what is wanted
  const nearest = { off: ["off"], mix: ["mix", "extended"], extended: ["extended", "mix"] };
  choice = nearest[wanted]?.find((open) => choices.includes(open)) ?? "off";
  for (const radio of radios) {
    radio.checked = radio.value === choice;
    radio.parentElement.hidden = !choices.includes(radio.value);
  }
  if (radios.length) find("descriptions").hidden = !choices.length;
  const { lang, dir } = roots[current];
  Object.assign(find("description"), { lang, dir });
  describer.use(pictures, clips);
  describer.choose(choice, data.isVoiced);
  switchSource(element, choice === "mix" && !data.isVoiced ? described : source);
}

/** Gives captions their size and colours: the style has rules for each. */
function dressCaptions() {
  const { size, colours, translucent } = form.elements;
  size.nextElementSibling.textContent = `${size.value} %`;
  const root = document.documentElement;
  root.style.setProperty("--caption-size", Number(size.value) / 100);
  root.dataset.captions = colours.value;
  root.toggleAttribute("data-translucent", translucent?.checked === true);
}

/** Chapters lead to their places, and the one that plays is marked. */
function followChapters(player, chapters, goTo) {
  const moments = listMoments(chapters, "button");
  let played;
  player.onTime((now) => {
    const last = findLast(moments, now);
    const button = moments[last]?.element;
    if (button !== played) {
      played?.removeAttribute("aria-current");
      button?.setAttribute("aria-current", "true");
      played = button;
    }
    return moments[last + 1]?.start;
  });
  for (const { element: button, start } of moments)
    button.addEventListener("click", () => goTo(start));
}

/** Nothing that is scrolled to may lie under a player that stays in sight (WCAG 2.2, 2.4.11). */
function measureCover() {
  const box = find("player");
  const measure = () => {
    const covers = getComputedStyle(box).position === "sticky";
    const height = covers ? box.offsetHeight : 0;
    document.documentElement.style.setProperty("--cover", `${height}px`);
  };
  new ResizeObserver(measure).observe(box);
  addEventListener("resize", measure);
}

/** A single language need not be told from others, and browsers are slow to name one. */
function nameTracks({ language }) {
  return roots.length > 1 ? nameLanguage(language) : data.words.captions;
}

function nameLanguages() {
  for (const radio of form?.querySelectorAll("[name=version]") ?? [])
    radio.nextElementSibling.textContent = nameLanguage(radio.value);
}

/** A link to a passage or a time, such as one sends to a colleague, shows it and goes there. */
function goToAddress() {
  for (const passage of document.querySelectorAll(".meant")) passage.classList.remove("meant");
  const address = new URLSearchParams(location.hash.slice(1));
  if (form && address.has("lang")) choose(form, "version", address.get("lang"));
  const ms = readTime(address.get("t"));
  const goal = ms === null ? find(location.hash.slice(1)) : findMoment(roots[current], ms);
  const number = roots.indexOf(goal?.closest(".version"));
  if (number < 0) return;
  if (form) choose(form, "version", data.versions[number].language);
  const stop = ms === null ? goal.querySelector("[data-t]") : goal;
  if (stop) {
    player?.goTo(ms ?? Number(stop.dataset.t));
    moves[number]?.stand(stop);
  }
  goal.closest(".passage").classList.add("meant");
  goal.scrollIntoView({ block: ms === null ? "start" : "center" });
}

/** Reads a time in seconds, with or without an end (W3C Media Fragments, 4.2.1): `12.5`, `12.5,20`. */
function readTime(text) {
  const time = /^(?:npt:)?(\d*\.?\d*)(?:,|$)/.exec(text ?? "no time");
  return time && Math.round(Number(time[1]) * 1000);
}

/** Finds what is told at a time, or first of all. */
function findMoment(root, ms) {
  const moments = listMoments(root, "[data-t]");
  return moments[Math.max(0, findLast(moments, ms))]?.element;
}
