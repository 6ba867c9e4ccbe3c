/**
 * The producer's panel: its times play, its rules can be looked at one by one, and its timeline is
 * drawn when it is opened first.
 */

import { Timeline } from "./timeline.js";

/**
 * Makes the panel work when it is opened; `cues` are the original's, as the page's data has them,
 * and `goTo(ms)` plays a place.
 */
export function preparePanel(panel, cues, player, goTo) {
  panel.addEventListener("toggle", () => openPanel(panel, cues, player, goTo), { once: true });
}

async function openPanel(panel, cues, player, goTo) {
  const places = [...panel.querySelectorAll("button[data-start]")];
  for (const place of places) place.disabled = false;
  panel.addEventListener("click", ({ target }) => {
    const place = target.closest("button[data-start]");
    if (place) goTo(Number(place.dataset.start));
  });
  const figure = panel.querySelector(".timeline");
  const marks = [...markSpeeds(cues, figure.dataset), ...places.map(markPlace)];
  marks.sort((one, other) => one.start - other.start);
  const timeline = new Timeline(figure, marks, goTo);
  figure.hidden = false;
  await timeline.draw();
  filterRules(panel, timeline);
  timeline.follow(player.now());
  player.onTime((now) => {
    if (panel.open) timeline.follow(now);
  });
}

function markSpeeds(cues, { speeds, limit, top, unit, tooFast }) {
  const shown = speeds ? speeds.split(" ") : [];
  return shown.map((speed, index) => {
    const [start, end, lines] = cues[index];
    const isOver = Number(speed) > Number(limit);
    const told = `${speed} ${unit}${isOver ? `, ${tooFast}` : ""}`;
    const text = lines.map(([, line]) => line).join(" ");
    return {
      lane: "speeds",
      shape: isOver ? "over" : "speed",
      start,
      end,
      size: Math.min(1, speed / top),
      tell: () => `${formatTime(start)} ${told}: ${text}`,
    };
  });
}

/** Makes a mark of a time in the lists, where its entry says what is there. */
function markPlace(place) {
  const { start, end = start } = place.dataset;
  const { lane } = place.closest("ol").dataset;
  const { shape } = place.closest("[data-shape]").dataset;
  return {
    lane,
    shape,
    start: Number(start),
    end: Number(end),
    size: Number(lane === "gaps"),
    tell: () => place.closest("li").textContent.replace(/\s+/g, " ").trim(),
    rule: place.closest(".rule")?.dataset.rule,
  };
}

function filterRules(panel, timeline) {
  const filter = panel.querySelector("#rules");
  if (!filter) return;
  const { lastElementChild: select } = filter.firstElementChild;
  filter.hidden = false;
  select.addEventListener("change", () => {
    const isChosen = ({ rule }) => !select.value || rule === select.value;
    for (const group of panel.querySelectorAll(".rule")) {
      group.hidden = !isChosen(group.dataset);
      group.open = group.dataset.rule === select.value;
    }
    timeline.filter(isChosen);
  });
}

function formatTime(ms) {
  const [hours, minutes, seconds] = [3_600_000, 60_000, 1000].map((unit) => Math.floor(ms / unit));
  const shown = [minutes % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  return [...(hours ? [hours] : []), ...shown].join(":");
}
