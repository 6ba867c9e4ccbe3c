"""The page of an interview as it is written: whole, inert, and readable without a script."""

from __future__ import annotations

import json
import re
import string
import tomllib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import ARABIC, ENGLISH, HEARD, READ, SPANISH, WATCHED, parse, say
from vivavoz.captions.format.markup import clean_text
from vivavoz.scripts.page.content import Kind, PageContent, PageWord, Passage
from vivavoz.scripts.page.page import write_page

GOLDEN = Path(__file__).with_name("golden") / "page"
ROOM = ROOT / "scripts" / "page"


def read_data(tree: Any) -> Any:  # noqa: ANN401
    return json.loads(tree.find(".//script[@id='data']").text)


def read_words(tree: Any) -> list[str]:  # noqa: ANN401
    return [word.text or "" for word in tree.iterfind(".//*[@class='w']")]


def list_marks(tree: Any) -> Iterator[tuple[str, tuple[str, ...]]]:  # noqa: ANN401
    """Yield each element with the names of its attributes: what a text could have become."""
    for element in tree.iter():
        yield element.tag, tuple(sorted(element.attrib))


@pytest.mark.parametrize(("name", "content"), [("watched", WATCHED), ("read", READ)])
def test_the_page_says_what_it_said(name: str, content: PageContent) -> None:
    page = write_page(content)
    body = re.sub(
        r'<(script type="module"|style)>.*?</(script|style)>', r"<\1></\2>", page, flags=re.DOTALL
    )
    body = re.sub(r"sha256-[^']*", "sha256-…", body)
    assert body == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [WATCHED, HEARD, READ], ids=["watched", "heard", "read"])
def test_only_the_pages_own_script_and_style_may_run(content: PageContent) -> None:
    tree = parse(write_page(content))
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    script, style = tree.find(".//script[@type='module']").text, tree.find(".//style").text
    for name, source in (("script", script), ("style", style)):
        digest = b64encode(sha256(source.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    for tag, attributes in list_marks(tree):
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag


def test_without_anything_to_play_the_page_is_the_transcript_alone() -> None:
    tree = parse(write_page(READ))
    assert tree.find(".//video") is None
    assert tree.findtext(".//*[@id='hint']").startswith("Nothing is played here")
    assert "descriptions" not in [field.get("name") for field in tree.iter("input")]
    assert not tree.findall(".//*[@data-t]")
    assert "motor," in read_words(tree)


def test_without_a_picture_captions_have_no_place_to_choose_and_nothing_shows_through() -> None:
    offered = [
        {field.get("name") for field in parse(write_page(content)).find(".//form").iter()}
        for content in (WATCHED, HEARD)
    ]
    assert offered[0] - offered[1] == {"place", "translucent"}


def test_what_was_not_said_and_what_was_not_transcribed_are_told_apart_in_words() -> None:
    tree = parse(write_page(HEARD))
    version = tree.find(".//div[@data-version='0'][@role]")
    absent = version.find(".//*[@class='absent']")
    assert "".join(absent.itertext()) == "(Not in the recording: the bearings,)"
    unsaid = version.find(".//*[@class='passage speech unsaid']")
    assert "Not in the recording" in "".join(unsaid.find("p").itertext())
    untranscribed = version.find(".//*[@class='passage untranscribed']")
    assert "Speech that is not transcribed, until 0:09" in "".join(untranscribed.itertext())
    legend = "".join(tree.find(".//*[@class='legend']").itertext())
    assert "in the transcript, but not in the recording" in legend
    assert "speech of the recording that the transcript lacks" in legend


def test_a_version_without_any_times_lacks_nothing() -> None:
    untimed = replace(SPANISH, passages=READ.versions[0].passages)
    tree = parse(write_page(replace(HEARD, versions=(untimed,))))
    assert tree.find(".//*[@class='absent']") is None
    assert tree.find(".//*[@class='passage speech unsaid']") is None
    assert tree.find(".//*[@class='legend_unsaid']") is None


def test_each_language_is_in_its_own() -> None:
    tree = parse(write_page(replace(WATCHED, versions=(ARABIC, SPANISH))))
    root = tree if tree.tag == "html" else tree.find("html")
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    first, second = tree.findall(".//div[@role='group']")
    assert (first.get("lang"), first.get("dir"), first.get("hidden")) == ("ar", "rtl", None)
    assert (second.get("lang"), second.get("dir"), second.get("hidden")) == ("es", "ltr", "")
    heading = tree.find(".//*[@id='transcript']")
    assert (heading.text, heading.get("lang"), heading.get("dir")) == ("Transcript", "en", "ltr")
    assert "Imagen:" in "".join(second.itertext())


def test_a_page_in_spanish_says_so_in_spanish() -> None:
    tree = parse(write_page(replace(WATCHED, versions=(SPANISH,))))
    assert tree.findtext(".//*[@id='transcript']") == "Transcripción"
    assert not tree.findall(".//*[@lang='en']")


def test_the_languages_say_the_same_things() -> None:
    english, *others = (
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(ROOM.glob("*.toml"))
    )
    formatter = string.Formatter()
    assert others
    for other in others:
        assert list(other) == list(english)
        for name, text in english.items():
            if isinstance(text, str):
                slots = [
                    {slot[1] for slot in formatter.parse(said)} for said in (text, other[name])
                ]
                assert slots[0] == slots[1], name


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("100 % mine?#1.mp4", "100%20%25%20mine%3F%231.mp4"),
        ('"><b>.mp4', "%22%3E%3Cb%3E.mp4"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("//example.org", "%2F%2Fexample.org"),
        ("caf\udce9.mp4", "caf%E9.mp4"),
    ],
)
def test_a_files_name_leads_to_that_file_and_nowhere_else(file: str, address: str) -> None:
    assert HEARD.media is not None
    version = replace(ENGLISH, clips=file, described=file, downloads=(file,))
    media = replace(HEARD.media, file=file)
    tree = parse(write_page(replace(HEARD, media=media, versions=(version,))))
    data = read_data(tree)
    assert tree.find(".//video").get("src") == address
    assert tree.find(".//a[@download]").get("href") == address
    assert data["versions"][0]["source"] == address
    assert (data["versions"][0]["clips"], data["versions"][0]["described"]) == (address, address)


HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        [
            "</script><script>alert(1)</script>",
            "<!--<script>",
            "<img src=x onerror=alert(1)>",
            "\u202e\u2066evil",
            "\x00\x1b[31m",
            "' onclick='alert(1)",
            '" autofocus onfocus="alert(1)',
            "]]>&lt;",
            "<v Bob>",
        ]
    ),
)


def replace_texts(value: Any, text: str) -> Any:  # noqa: ANN401
    """Return content in which all that comes from a transcript is this text."""
    if isinstance(value, tuple):
        return tuple(replace_texts(one, text) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    texts = {"text", "speaker", "title", "file", "downloads", "clips", "described"}
    changes: dict[str, Any] = {}
    for field in fields(value):
        old = getattr(value, field.name)
        if field.name == "lines":
            changes[field.name] = ((text, text),)
        elif field.name == "downloads":
            changes[field.name] = (text,) * len(old)
        elif field.name in texts and old:
            changes[field.name] = text
        else:
            changes[field.name] = replace_texts(old, text)
    return replace(value, **changes)


@cache
def list_harmless() -> list[tuple[str, tuple[str, ...]]]:
    return list(list_marks(parse(write_page(replace_texts(WATCHED, "x")))))


@settings(max_examples=25)
@given(text=HOSTILE.filter(bool))
def test_no_text_becomes_anything_but_text(text: str) -> None:
    tree = parse(write_page(replace_texts(WATCHED, text)))
    assert list(list_marks(tree)) == list_harmless()
    data = read_data(tree)
    assert data["versions"][0]["cues"][0][2] == [[clean_text(text)] * 2]
    shown = clean_text(text).replace("\r\n", "\n").replace("\r", "\n")
    assert set(read_words(tree)) == {shown}


@settings(max_examples=25)
@given(
    words=st.lists(
        st.builds(
            PageWord,
            text=st.text("ab é", min_size=1),
            start_ms=st.none() | st.integers(0, 9999),
            is_sound=st.booleans(),
            before=st.sampled_from([" ", "", "\n"]),
        )
    ).map(tuple),
    kind=st.sampled_from(Kind),
    start_ms=st.none() | st.integers(0, 9999),
)
def test_no_word_is_lost_and_each_keeps_its_time(
    words: tuple[PageWord, ...], kind: Kind, start_ms: int | None
) -> None:
    passage = Passage(kind, start_ms, start_ms, words)
    tree = parse(write_page(replace(HEARD, versions=(replace(ENGLISH, passages=(passage,)),))))
    shown = tree.findall(".//*[@class='w']")
    assert [word.text for word in shown] == [word.text for word in words]
    times = [word.get("data-t") and int(word.get("data-t")) for word in shown]
    assert times == [word.start_ms for word in words]


def test_an_hour_is_under_a_megabyte() -> None:
    passages = tuple(
        Passage(Kind.SPEECH, at, at + 35000, say("incomprehensible " * 99 + "end", at, 350), "Ann")
        for at in range(0, 3_500_000, 35_000)
    )
    page = write_page(replace(HEARD, versions=(replace(ENGLISH, passages=passages),)))
    assert len(read_words(parse(page))) == 10_000
    assert len(page.encode()) < 1_000_000
