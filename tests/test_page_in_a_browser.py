"""Transcripts that are pages, as readers see them: in Chromium, judged by axe-core."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from browser import find_barriers, overflows
from conftest import ROOT
from vivavoz.captions import TrackFormat, caption, estimate_timeline, write_results
from vivavoz.source import Interview, read_interview, word_interview

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIGHTHOUSE = ROOT / "source" / "samples" / "the-lighthouse.txt"
ARABIC = "مريم: مرحبا، كيف حالك؟\n\n[صورة: منارة]\n\nعمر: [يضحك] بخير.\n\n[تصفيق]\n"
UNBROKEN = f"Ann {'Longname' * 9}: {'unbroken' * 40}\n\nBo: https://example.org/{'path/' * 60}\n"


def show(page: Page, text: str, folder: Path) -> Interview:
    """Open a transcript as a file, as whoever was sent it does, and return its interview."""
    transcript = folder / "talk.txt"
    transcript.write_text(text, encoding="utf-8")
    wording = word_interview(read_interview(transcript))
    written = write_results(caption(estimate_timeline(wording)), TrackFormat.HTML)
    path = folder / "talk.html"
    path.write_text(written.text, encoding="utf-8")
    page.goto(path.as_uri())
    return wording.interview


def list_words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
@pytest.mark.parametrize(
    "text",
    [LIGHTHOUSE.read_text("utf-8"), ARABIC, UNBROKEN],
    ids=["sample", "right to left", "unbroken"],
)
def test_nothing_on_the_page_is_a_barrier(
    page: Page, tmp_path: Path, text: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 640})
    interview = show(page, text, tmp_path)
    assert not find_barriers(page)
    assert not overflows(page)
    shown = list_words(page.inner_text("body"))
    for part in interview.parts:  # an empty page has no barriers either
        told = list_words(part.text)
        assert any(shown[at : at + len(told)] == told for at in range(len(shown))), told


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_passage_that_a_link_leads_to_stands_out_and_can_be_read(
    page: Page, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    show(page, LIGHTHOUSE.read_text("utf-8"), tmp_path)
    paper = page.evaluate("getComputedStyle(document.querySelector('.passage')).backgroundColor")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    target = page.locator(":target")
    assert target.evaluate("it => getComputedStyle(it).backgroundColor") != paper
    page.keyboard.press("Tab")  # from here one goes on
    assert target.locator("a").evaluate("it => it === document.activeElement")
    assert not find_barriers(page)


def test_what_is_wrong_with_a_page_is_noticed(
    page: Page, tmp_path: Path, complaints: list[str]
) -> None:
    path = tmp_path / "wrong.html"
    path.write_text(
        "<!doctype html><meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">"
        '<img src="http://example.org/a.png"><script>alert(1)</script>'
        "<p style='color: #bbb; background: #fff; width: 3000px'>faint"
    )
    page.goto(path.as_uri())
    told = " ".join(complaints)
    complaints.clear()
    assert "asks for http://example.org/a.png" in told
    assert "Content Security Policy" in told
    found = " ".join(find_barriers(page))
    assert all(rule in found for rule in ("color-contrast:", "image-alt:", "html-has-lang:"))
    assert overflows(page)
