"""Transcripts that are written: the whole interview in order, as text and as a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import parse
from vivavoz.captions import Captions, TrackFormat, caption, estimate_timeline, write_results
from vivavoz.source import Turn, read_interview, word_interview
from wordings import build_wording

SAMPLE = ROOT / "source" / "samples" / "the-lighthouse.txt"


def make(said: list[tuple[str, str]], language: str = "en") -> Captions:
    return caption(estimate_timeline(build_wording(said, language)))


def write_page(captions: Captions) -> str:
    return write_results(captions, TrackFormat.HTML).text


@pytest.fixture(scope="module")
def lighthouse() -> Captions:
    return caption(estimate_timeline(word_interview(read_interview(SAMPLE))))


def test_plain_text_is_a_transcript_that_is_read_again(
    lighthouse: Captions, tmp_path: Path
) -> None:
    path = tmp_path / "again.txt"
    path.write_text(write_results(lighthouse, TrackFormat.TEXT).text, encoding="utf-8")
    again, interview = read_interview(path), lighthouse.timeline.interview
    assert again.title == interview.title
    assert [(one.name, one.role) for one in again.speakers] == [
        (one.name, one.role) for one in interview.speakers
    ]
    assert [type(part) for part in again.parts] == [type(part) for part in interview.parts]
    for one, other in zip(again.turns(), interview.turns(), strict=True):
        # Editorial brackets were resolved as the build was told.
        assert re.sub(r"[\[\]]", "", one.text) == re.sub(r"[\[\]]", "", other.text)
    starts = [part.start_ms for part in again.parts if isinstance(part, Turn)]
    assert all(start is not None for start in starts)


def test_the_page_tells_everything_in_order(lighthouse: Captions) -> None:
    tree = parse(write_page(lighthouse))
    assert tree.get("lang") == "en"
    assert tree.get("dir") == "ltr"
    assert tree.findtext(".//title") == tree.findtext(".//h1") == "The last lamp on the coast"
    shown = " ".join("".join(tree.find(".//main").itertext()).split())
    assert shown.count("The last lamp on the coast") == 0
    place = 0
    for told in (
        "Picture: A photo of a white lighthouse on a green cliff",
        "Tobias Lund 0:05 What is the first thing",
        "[laughs] People think",
        "[wind howling]",
        "It can't write that you could smell it coming an hour before.",
        "(sighs)" if "(sighs)" in shown else "[sighs]",
        "Thank you for climbing all those stairs.",
        "[applause]",
    ):
        place = shown.index(told, place)
    assert "Times come from" in "".join(tree.find(".//header").itertext())


def test_every_passage_has_an_address(lighthouse: Captions) -> None:
    tree = parse(write_page(lighthouse))
    names = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(names) == len(set(names))
    links = [element.get("href") for element in tree.iter("a")]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(names)


def test_the_page_needs_nothing_else(lighthouse: Captions) -> None:
    page = write_page(lighthouse)
    tree = parse(page)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not {"script", "link", "img", "iframe", "object"} & tags
    assert "default-src 'none'" in page
    assert not any(element.get("style") for element in tree.iter())


def test_pages_run_the_way_their_language_does() -> None:
    tree = parse(write_page(make([("مريم", "مرحبا، كيف حالك؟")], "ar-EG")))
    assert (tree.get("lang"), tree.get("dir")) == ("ar-EG", "rtl")
    spanish = parse(write_page(make([("#picture", "Un faro."), ("Ann", "Sí.")], "es")))
    assert "Imagen: Un faro." in "".join(spanish.itertext())


def test_headings_stand_below_the_title() -> None:
    tree = parse(write_page(make([("#heading", "Part one"), ("Ann", "Well.\n\nAnd so.")])))
    assert [element.tag for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))] == [
        "h1",
        "h2",
    ]
    assert [p.text for p in tree.iter("p") if not p.get("class")] == ["Well.", "And so."]


@settings(max_examples=100)
@given(st.text(max_size=40), st.text(max_size=60), st.text(max_size=20))
def test_no_text_breaks_out_of_the_page(name: str, text: str, language: str) -> None:
    said = [(f"A{name}", f"B{text}"), ("#picture", f"C{text}"), ("#sound", f"D{text}")]
    tree = parse(write_page(make(said, language)))
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= {
        *("html", "head", "meta", "title", "style", "body", "header", "h1", "p", "main", "div"),
        *("b", "a", "time"),
    }


def test_a_hostile_transcript_runs_nothing() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)> \u202e </main>"
    tree = parse(write_page(make([(evil, evil), ("#picture", evil), ("#heading", evil)])))
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert "onerror" not in attributes
    assert not list(tree.iter("script")) + list(tree.iter("img"))
    assert "\u202e" not in "".join(tree.itertext())
