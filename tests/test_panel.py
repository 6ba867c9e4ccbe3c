"""The producer's panel: all of it in words, and a timeline that goes where one points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from browser import find_barriers, overflows, wait
from containers import ffmpeg
from pages import ARABIC, ENGLISH, HEARD, READ, REVIEW, SPANISH
from vivavoz.scripts.page.content import PageContent
from vivavoz.scripts.page.page import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

TALK = replace(HEARD, versions=(replace(ENGLISH, described=None, clips=None),), review=REVIEW)
Show = Callable[[PageContent], "Page"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a recording."""
    folder = tmp_path_factory.mktemp("panel")
    ffmpeg("-f", "lavfi", "-i", "sine=f=220:d=16:r=16000", folder / "recording.wav")
    return folder


@pytest.fixture
def show(page: Page, folder: Path) -> Show:
    """Return a function that opens a page and its panel, and waits until the timeline is drawn."""

    def open_panel(content: PageContent) -> Page:
        path = folder / "index.html"
        path.write_text(write_page(content), encoding="utf-8")
        page.goto(path.as_uri())
        page.evaluate("media.muted = true")
        page.locator("#panel > summary").click()
        page.locator(".timeline [tabindex='0']").wait_for(state="attached")
        return page

    return open_panel


def hear_from(page: Page, seconds: float) -> None:
    """Wait until it plays from there, or a little before it."""
    starts = "[...Array(media.played.length).keys()].map(place => media.played.start(place))"
    wait(page, f"!media.paused && {starts}.some(start => Math.abs(start - {seconds}) < 0.2)")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_all_that_was_found_is_there_in_words_and_leads_to_its_place(show: Show) -> None:
    page = show(TALK)
    panel = page.locator("#panel")
    told = " ".join((panel.text_content() or "").split())
    for said in (
        "The captions were checked under House <style>.",
        "Findings: 4",
        "Width of a line: 2",
        "00:01 What do you <hear>? I listen. The motor, the… Line 1 is 50 columns wide.",
        "Reading speed: 1 (forced by speech: 1) Speed, 1 > 0",
        "Lines, 2 00:01 What do you",
        "00:03 …What do you <hear>? I listen. The motor, the wind & the glass Must be read at 25.3",
        "signature: 1 WebVTT, 4.1 The whole file The file has no signature.",
        "00:07 Description, in its short form: A white lighthouse.",
        "00:10 Description without time in the mix: The glass, seen from below.",
        "00:12 Nobody speaks, 4.0 s",
        "Line 3: what is <this>?",
    ):
        assert said in told
    panel.get_by_text("Gaps where nobody speaks: 2").click()
    panel.get_by_role("button", name="00:12", exact=True).last.click()
    hear_from(page, 12)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_nothing_in_the_open_panel_is_a_barrier(
    show: Show, page: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 6000})
    show(TALK)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.locator("#panel .rule button").first.focus()
    assert [found for found in find_barriers(page) if not found.startswith("video-caption")] == []
    assert not overflows(page)


def test_in_forced_colours_what_is_marked_stands_out(show: Show, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    show(TALK)
    page.evaluate("media.currentTime = 3.6")
    page.locator(".now").wait_for(state="attached")
    look = "name => getComputedStyle(document.querySelector(name))"
    bar, paper = (
        page.evaluate(f"({look})('{name}').{part}")
        for name, part in [(".timeline .speed", "fill"), ("body", "backgroundColor")]
    )
    word, passage = (
        page.evaluate(f"({look})('{name}').backgroundColor") for name in (".now", ".current")
    )
    assert bar != paper
    assert word != passage


def test_the_timeline_goes_where_one_points_or_steps(show: Show) -> None:
    page = show(TALK)
    timeline = page.locator(".scroll > svg")
    width = page.evaluate("document.querySelector('.scroll > svg').clientWidth")
    timeline.click(position={"x": width * 14 / 16, "y": 50})  # where no mark is
    hear_from(page, 14)
    timeline.click(position={"x": width * 9.9 / 16, "y": 144})
    hear_from(page, 10)
    assert "The glass" in page.locator("#mark").inner_text()
    page.locator("#zoom").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "00:01 9.5 columns a second: What do you <hear>?"
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("00:03 25.3 columns a second, over the limit: I listen.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "00:07 Nobody speaks, 3.5 s"
    assert page.locator("#mark").inner_text() == focused(page)
    page.keyboard.press("Enter")
    hear_from(page, 7)


def test_rules_can_be_looked_at_one_by_one(show: Show) -> None:
    page = show(TALK)
    marks = page.locator(".timeline .scroll :is(.finding, .forced):visible")
    rules = page.locator("#panel .rule:visible > summary")
    assert (marks.count(), rules.count()) == (3, 3)
    page.get_by_label("Rule").select_option("Reading speed")
    assert marks.get_attribute("class") == "forced"
    assert rules.inner_text() == "Reading speed: 1 (forced by speech: 1)"
    assert page.get_by_text("Must be read at").is_visible()
    marks.focus()
    page.get_by_label("Rule").select_option("signature")  # which is about the whole file
    assert (marks.count(), rules.inner_text()) == (0, "signature: 1")
    stop = page.locator(".timeline [tabindex='0']")
    assert stop.get_attribute("aria-label") == "00:01 9.5 columns a second: What do you <hear>?"
    page.get_by_label("Rule").select_option("every rule")
    assert (marks.count(), rules.count()) == (3, 3)


def test_an_hour_can_be_looked_at_in_minutes_within_the_page(show: Show) -> None:
    page = show(replace(TALK, duration_ms=3_600_000))
    page.locator("#zoom").select_option("2 minutes")
    scroll = "document.querySelector('.scroll')"
    assert page.evaluate(f"{scroll}.scrollWidth / {scroll}.clientWidth") == pytest.approx(30, abs=1)
    assert not overflows(page)


def test_time_runs_from_left_to_right_and_words_as_they_are_written(show: Show) -> None:
    page = show(replace(TALK, versions=(replace(ARABIC, cues=ENGLISH.cues),)))
    speeds = page.locator(".timeline [role=button]:is(.speed, .over)")
    first, second = speeds.nth(0).bounding_box(), speeds.nth(1).bounding_box()
    assert first
    assert second
    assert first["x"] < second["x"]
    assert page.locator("#panel").get_attribute("dir") == "ltr"  # its words are English
    assert page.locator("#panel q").first.get_attribute("dir") == "rtl"


def test_a_page_in_another_language_says_what_is_english() -> None:
    page = write_page(replace(TALK, versions=(SPANISH,)))
    assert "<h4>Ancho de línea: 2</h4>" in page
    assert '<span lang="en" dir="ltr">Line 1 is 50 columns wide.</span>' in page


def test_where_nothing_is_played_there_are_lists_alone() -> None:
    page = write_page(replace(READ, review=REVIEW))
    assert "Line 1 is 50 columns wide." in page
    assert 'class="timeline"' not in page
