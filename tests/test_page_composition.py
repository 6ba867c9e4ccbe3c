"""What a page tells of an interview: every word once, in order, and its time where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.audio import Alignment, HeardWord, Stretch, time_alignment
from vivavoz.audio.listen.alignment import list_unspoken
from vivavoz.captions import estimate_timeline
from vivavoz.captions.format.passage import spell_tokens
from vivavoz.scripts.page.content import Kind, Passage
from vivavoz.scripts.page.passage import Telling, compose_passages
from vivavoz.source import (
    Token,
    TokenKind,
    Turn,
    Wording,
    read_interview,
    time_translation,
    word_interview,
)
from wordings import build_wording

SAMPLE = ROOT / "source" / "samples" / "the-lighthouse.txt"
SAID = [
    ("Anna", "What do you hear at night?\n\nAnd when?"),
    ("Ben", "The sea — [laughs] [coughs] and the wind."),
    ("Anna", "Only that?"),
    ("Ben", "Only [the] that, and then — the gulls."),
]
_WORD_MS = 300


def hear(wording: Wording, is_heard: Sequence[bool], stretches: Iterable[Stretch]) -> Alignment:
    """Align a wording with a recording that has some of its words, one after the other."""
    heard: list[tuple[HeardWord, ...]] = []
    number = 0
    for worded in wording.parts:
        words: list[HeardWord] = []
        for token in worded.tokens if isinstance(worded.part, Turn) else ():
            spoken = token.is_word and token.kind is TokenKind.SPEECH
            found = spoken and is_heard[number % len(is_heard)]
            start_ms = number * _WORD_MS if found else None
            end_ms = number * _WORD_MS + 200 if found else None
            words.append(HeardWord(token, start_ms, end_ms, 0.9))
            number += 1
        heard.append(tuple(words))
    unspoken = tuple(list_unspoken(heard))
    return Alignment(
        wording, tuple(heard), unspoken, tuple(stretches), (), (), 0.9, (number + 1) * _WORD_MS
    )


def tell(alignment: Alignment) -> Telling:
    """Return all that is known of an interview whose recording was heard."""
    timeline = time_alignment(alignment)
    return Telling(alignment.wording, timeline, alignment, alignment.untranscribed)


def read_words(passages: Iterable[Passage]) -> list[str]:
    """Return what a reader sees, brackets left out."""
    return [word.text.strip("[]") for passage in passages for word in passage.words]


def list_written(wording: Wording) -> list[str]:
    """Return what is written, but for the title."""
    return [
        token.text.strip("[]")
        for number, worded in enumerate(wording.parts)
        if number or worded.part.text != wording.interview.title
        for token in worded.tokens
    ]


def test_every_word_of_an_interview_is_told_once_and_in_order(
    million_miles: Path, changelog: list[Path]
) -> None:
    for path in (SAMPLE, million_miles, *changelog):
        wording = word_interview(read_interview(path))
        for timeline in (estimate_timeline(wording), None):
            passages = compose_passages(Telling(wording, timeline))
            assert read_words(passages) == list_written(wording)


@given(
    is_heard=st.lists(st.booleans(), min_size=3, max_size=20).filter(any),
    stretches=st.lists(st.integers(0, 30), max_size=4, unique=True).map(sorted),
)
def test_a_recording_times_what_it_has_and_what_it_lacks_is_told_all_the_same(
    is_heard: list[bool], stretches: list[int]
) -> None:
    wording = build_wording(SAID, "en")
    lacking = [Stretch(at * _WORD_MS + 210, at * _WORD_MS + 290) for at in stretches]
    alignment = hear(wording, is_heard, lacking)
    passages = compose_passages(tell(alignment))
    assert read_words(passages) == list_written(wording)
    shown = [word for passage in passages for word in passage.words]
    known = [word for words in alignment.words for word in words]
    for word, heard in zip(shown, known, strict=True):
        if heard.token.is_word and heard.token.kind is TokenKind.SPEECH:
            assert word.start_ms == heard.start_ms
    starts = [word.start_ms for word in shown if word.start_ms is not None]
    assert starts == sorted(starts)
    unwritten = [passage for passage in passages if passage.kind is Kind.UNTRANSCRIBED]
    assert [(one.start_ms, one.end_ms) for one in unwritten] == [
        (one.start_ms, one.end_ms) for one in lacking
    ]


def test_what_nobody_transcribed_stands_between_the_words_that_it_was_said_between() -> None:
    wording = build_wording(SAID, "en")
    alignment = hear(wording, [True], [Stretch(510, 590)])
    passages = compose_passages(tell(alignment))
    assert [passage.kind for passage in passages[:3]] == [
        *(Kind.SPEECH, Kind.UNTRANSCRIBED, Kind.SPEECH)
    ]
    assert read_words(passages[:1]) == ["What", "do"]
    assert passages[0].speaker == passages[2].speaker == "Anna"


def test_over_a_recording_a_translation_lacks_what_nobody_transcribed_too() -> None:
    source = build_wording([("Anna", "What do you hear?"), ("Ben", "Only the gulls.")], "en")
    target = build_wording([("Anna", "¿Qué oye?"), ("Ben", "Solo las gaviotas.")], "es")
    alignment = hear(source, [True], [Stretch(1110, 1190)])
    translation = time_translation(time_alignment(alignment), source, target)
    telling = Telling(target, translation.timeline, untranscribed=alignment.untranscribed)
    kinds = [passage.kind for passage in compose_passages(telling)]
    assert kinds == [Kind.SPEECH, Kind.UNTRANSCRIBED, Kind.SPEECH]


def test_sounds_in_a_turn_are_in_brackets_and_paragraphs_are_parted() -> None:
    passages = compose_passages(Telling(build_wording(SAID, "en"), None))
    texts = ["".join(word.before + word.text for word in passage.words) for passage in passages]
    assert texts[0] == "What do you hear at night?\nAnd when?"
    assert texts[1] == "The sea — [laughs] [coughs] and the wind."
    assert [word.text for word in passages[1].words if word.is_sound] == [*("[laughs]", "[coughs]")]
    tokens = [
        Token("laughs", TokenKind.SOUND, opens_sound=True),
        Token("loudly", TokenKind.SOUND),
        Token("coughs", TokenKind.SOUND, opens_sound=True),
    ]
    assert [text for _, text in spell_tokens(tokens)] == ["[laughs", "loudly]", "[coughs]"]
