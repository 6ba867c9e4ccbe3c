"""Print what an hour's page of about 10,000 words costs a reader's browser.

Opening is the time from a browser's first look at the file until its words are shown and its
script has run. The peer is npm's hyperaudio-lite, an interactive transcript of the same words over
the same recording; it has no captions, descriptions or findings. Wall clock: another process on the
same cores shows as long tasks.

Run it as a script: `python tests/benchmarks/page.py`. It needs chromium and npm's hyperaudio-lite
beside this checkout, or at VIVAVOZ_CHROMIUM and VIVAVOZ_HYPERAUDIO.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
import tempfile
import wave
from dataclasses import dataclass, replace
from html import escape
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Playwright, sync_playwright
from transcripts import write_transcript
from vivavoz.captions import (
    Captions,
    caption,
    check_captions,
    estimate_timeline,
    read_caption_file,
    write_captions,
)
from vivavoz.scripts.page.content import (
    Kind,
    Media,
    PageChapter,
    PageContent,
    PageCue,
    PageDescription,
    PageFinding,
    PageWord,
    Passage,
    Review,
    Version,
)
from vivavoz.scripts.page.page import write_page
from vivavoz.source import Clock, TimedPart, Timeline, Turn, read_interview, word_interview

WORDS = 10_000
HURRY = 0.7
"""How much of the estimated time the talk takes: people in a hurry, so that rules are broken."""
RUNS = 5
FOLLOWED_MS = 10_000
CHROMIUM = os.environ.get("VIVAVOZ_CHROMIUM") or shutil.which("chromium")
MODULES = Path(__file__).parents[2] / "node_modules"
PEER = Path(os.environ.get("VIVAVOZ_HYPERAUDIO", MODULES / "hyperaudio-lite"))
SETTLE_MS = 2000
STEPS = ("usual", "faster", "short", "neighbour", "nowhere")
FOLLOW = "document.querySelector('#search').scrollIntoView()"
"""Run before following, so that what follows has to scroll."""
FOLLOW_PEER = "document.querySelector('#hypertranscript').scrollIntoView()"

_WATCH = """
window.longTasks = [];
new PerformanceObserver((seen) => longTasks.push(...seen.getEntries().map((task) => task.duration)))
  .observe({ type: "longtask", buffered: true });
"""
_OPENED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return Math.max(page.domContentLoadedEventEnd, paint.startTime);
}"""
_PLAY = """async (speed) => {
  const player = document.querySelector("video, audio");
  player.playbackRate = speed;
  await player.play();
}"""
_PEER = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>An hour's talk</title>
<style>#hypertranscript { height: 30rem; overflow-y: auto; } .active { background: yellow; }</style>
<audio id="hyperplayer" src="recording.wav" controls></audio>
<div id="hypertranscript"><article><section>
WORDS</section></article></div>
<script src="hyperaudio-lite.js"></script>
<script>
new HyperaudioLite({ transcript: "hypertranscript", player: "hyperplayer", autoScroll: true });
</script></html>
"""


@dataclass(frozen=True)
class Cost:
    """What a page costs; long tasks in ms."""

    opened_ms: float
    opening: list[float]
    """Of the run that was disturbed least."""
    following: list[float]
    looking: list[float]
    busy: float
    """Milliseconds of a second of following that the page's thread works."""
    memory_kb: int
    """Of the process that shows the page, and of nothing else."""


def main() -> None:
    """Measure and print."""
    if not CHROMIUM or not PEER.is_dir():
        sys.exit("There is no chromium, or no hyperaudio-lite: nothing to measure.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = compose(caption(hurry(folder)), folder)
        write_silence(folder / "recording.wav", content.duration_ms)
        ours, theirs = folder / "index.html", folder / "peer.html"
        ours.write_text(write_page(content), encoding="utf-8")
        theirs.write_text(write_peer(content.versions[0]), encoding="utf-8")
        shutil.copy(PEER / "js" / "hyperaudio-lite.js", folder)
        words = sum(len(passage.words) for passage in content.versions[0].passages)
        found = len(content.review.findings)
        print(f"{words} words, {len(content.versions[0].cues)} captions, {found} findings")
        report(measure(ours, FOLLOW), measure(theirs, FOLLOW_PEER), ours, theirs)


def report(ours: Cost, theirs: Cost, page: Path, peer: Path) -> None:
    """Print figures beside the peer's."""
    figures = {
        "size, kB": (page.stat().st_size / 1000, peer.stat().st_size / 1000),
        "opens, ms": (ours.opened_ms, theirs.opened_ms),
        "memory, MB": (ours.memory_kb / 1000, theirs.memory_kb / 1000),
        "processor time while following, ms a second": (ours.busy, theirs.busy),
    }
    for name, (figure, other) in figures.items():
        print(f"{name}: {figure:.0f}, {figure / other:.2f} times hyperaudio-lite's {other:.0f}")
    for name in ("opening", "following", "looking"):
        tasks, others = getattr(ours, name), getattr(theirs, name)
        print(f"long tasks, {name}: {say_tasks(tasks)}; hyperaudio-lite's: {say_tasks(others)}")


def say_tasks(tasks: list[float]) -> str:
    """Say how many tasks took over 50 ms, and the longest of them."""
    return f"{len(tasks)}, of {max(tasks):.0f} ms at most" if tasks else "none"


def measure(path: Path, follow: str) -> Cost:
    """Open a page in new browsers, follow it in the last, and look at its findings."""
    with sync_playwright() as playwright:
        runs: list[tuple[float, list[float]]] = []
        for _ in range(RUNS):
            browser, page = open_page(playwright, path)
            runs.append((page.evaluate(_OPENED), take_tasks(page)))
            browser.close()
        browser, page = open_page(playwright, path)
        take_tasks(page)
        memory_kb = read_memory(browser)
        page.evaluate(follow)
        busy = follow_speech(page)
        following = take_tasks(page)
        looking = look_at_findings(page)
        browser.close()
    opened_ms = statistics.median(opened_ms for opened_ms, _ in runs)
    opening = min((tasks for _, tasks in runs), key=sum)
    return Cost(opened_ms, opening, following, looking, busy, memory_kb)


def open_page(playwright: Playwright, path: Path) -> tuple[Browser, Page]:
    """Open a page in a browser that has seen nothing before."""
    switches = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=switches)
    page = browser.new_page()
    page.add_init_script(_WATCH)
    page.goto(path.as_uri())
    page.wait_for_timeout(SETTLE_MS)
    return browser, page


def follow_speech(page: Page) -> float:
    """Play at the usual speed and at twice that; return the ms of a second that the page takes."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = read_busy(session)
    for speed in (1, 2):
        page.evaluate(_PLAY, speed)
        page.wait_for_timeout(FOLLOWED_MS)
    page.evaluate("document.querySelector('video, audio').pause()")
    assert page.evaluate("document.querySelector('video, audio').currentTime") > FOLLOWED_MS / 1000
    return (read_busy(session) - before) / (2 * FOLLOWED_MS) * 1_000_000


def read_busy(session: CDPSession) -> float:
    """Return how long the page's thread has worked, in seconds."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def look_at_findings(page: Page) -> list[float]:
    """Open the panel with all its lists, where there is one, and return the long tasks."""
    if page.locator("#panel").count():
        page.click("#panel > summary")
        page.wait_for_timeout(SETTLE_MS)
        for group in page.locator("#panel details > summary").all():
            group.click()
        page.wait_for_timeout(SETTLE_MS)
    return take_tasks(page)


def take_tasks(page: Page) -> list[float]:
    """Return the long tasks since the last time."""
    return page.evaluate("longTasks.splice(0)")


def read_memory(browser: Browser) -> int:
    """Return the kB that the processes of pages have for themselves."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [process["id"] for process in processes if process["type"] == "renderer"]
    maps = "".join(Path(f"/proc/{page}/smaps_rollup").read_text("ascii") for page in pages)
    return sum(map(int, re.findall(r"^Private_\w+: +(\d+) kB$", maps, re.MULTILINE)))


def hurry(folder: Path) -> Timeline:
    """Return a talk of people in a hurry."""
    interview = read_interview(write_transcript(folder, WORDS))
    timeline = estimate_timeline(word_interview(interview))
    parts = tuple(
        replace(
            part,
            start_ms=shorten(part.start_ms),
            end_ms=shorten(part.end_ms),
            words=tuple(
                replace(word, start_ms=shorten(word.start_ms), end_ms=shorten(word.end_ms))
                for word in part.words
            ),
        )
        for part in timeline.parts
    )
    duration_ms = shorten(timeline.duration_ms)
    return replace(timeline, clock=Clock.RECORDING, parts=parts, duration_ms=duration_ms)


def shorten(time_ms: int) -> int:
    """Return the time in a hurry."""
    return int(time_ms * HURRY)


def compose(captions: Captions, folder: Path) -> PageContent:
    """Return all of a page, with a chapter every five minutes and a picture every two."""
    timeline = captions.timeline
    end_ms = timeline.duration_ms
    cues = tuple(
        PageCue(
            cue.start_ms,
            cue.end_ms,
            tuple((span.speaker or "", line) for span in cue.spans for line in span.lines),
        )
        for cue in captions.cues
    )
    chapters = tuple(
        PageChapter(start_ms, min(start_ms + 300_000, end_ms), f"From {start_ms // 60_000} minutes")
        for start_ms in range(0, end_ms, 300_000)
    )
    passages = tuple(map(tell, timeline.parts))
    original = Version("en", "An hour's talk", Clock.RECORDING, cues, chapters, passages)
    return PageContent(
        end_ms, Media("recording.wav", is_video=False), (original,), judge(captions, folder)
    )


def tell(part: TimedPart) -> Passage:
    """Return a part as the page tells it."""
    words = tuple(
        PageWord(word.token.text, word.start_ms, before=" " if place else "")
        for place, word in enumerate(part.words)
    )
    speaker = part.part.speaker if isinstance(part.part, Turn) else ""
    return Passage(Kind.SPEECH, part.start_ms, part.end_ms, words, speaker)


def judge(captions: Captions, folder: Path) -> Review:
    """Return what a check finds; what speech forces is as the captions say."""
    path = folder / "captions.vtt"
    path.write_text(write_captions(captions), encoding="utf-8")
    style, end_ms = captions.style, captions.timeline.duration_ms
    forced = {(found.cue, found.rule) for found in captions.exceptions}
    findings = tuple(
        PageFinding(
            found.cue,
            found.start_ms,
            found.rule,
            found.message,
            found.section,
            (found.cue, found.rule) in forced,
        )
        for found in check_captions(read_caption_file(path), style).findings
    )
    speeds = tuple(
        style.measure_speed(cue.lines, cue.end_ms - cue.start_ms) for cue in captions.cues
    )
    pictures = tuple(
        PageDescription(start_ms, start_ms + 4000, "A harbour, and boats in it.", step)
        for start_ms, step in zip(range(0, end_ms, 120_000), cycle(STEPS), strict=False)
    )
    gaps = tuple((start_ms, start_ms + 5000) for start_ms in range(0, end_ms, 60_000))
    unit, limit = style.reading.unit, style.reading_speed
    return Review(style.title, unit, limit, speeds, findings, gaps, pictures, ("Look at this.",))


def write_peer(version: Version) -> str:
    """Return the same words as hyperaudio-lite wants them."""
    paragraphs = "".join(
        "<p>"
        + "".join(
            f'<span data-m="{word.start_ms}" data-d="250">{escape(word.text)} </span>'
            for word in passage.words
        )
        + "</p>\n"
        for passage in version.passages
    )
    return _PEER.replace("WORDS", paragraphs)


def write_silence(path: Path, duration_ms: int) -> None:
    """Write a recording in which nobody speaks."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * (8 * duration_ms))


if __name__ == "__main__":
    main()
