"""Translations: what stands for what in them, and when it is said and shown."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from random import Random

import numpy as np
import pytest
from conftest import ROOT, SHARED
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.captions import Captions, caption, estimate_timeline
from vivavoz.source import (
    Clock,
    Heading,
    Interview,
    Picture,
    Role,
    Sound,
    Span,
    SpanKind,
    Speaker,
    Timeline,
    Translation,
    Turn,
    Wording,
    keep_times,
    read_interview,
    time_translation,
    word_interview,
)
from vivavoz.source.translation.bead import chain_beads, cost_lengths

FERRY = ROOT / "tests" / "interviews" / "ferry.en.txt"
FERRY_ES = ROOT / "tests" / "translations" / "ferry.es.txt"
SPEAKERS = (Speaker("Ann", Role.INTERVIEWER), Speaker("Bo", Role.GUEST))


SILENT = {"Picture": Picture, "Sound": Sound, "Heading": Heading}


def compose(turns: list[tuple[str, str]], language: str) -> Wording:
    """Make an interview of who says what, a line each; a picture and the like may stand for who."""
    parts = tuple(
        SILENT[who](text, line)
        if who in SILENT
        else Turn(who, (Span(SpanKind.SPEECH, text),), line)
        for line, (who, text) in enumerate(turns, 1)
    )
    return word_interview(Interview("A talk", language, SPEAKERS, parts))


def without(wording: Wording, *lines: int) -> Wording:
    """Leave out what stands on these lines."""
    kept = tuple(part for part in wording.interview.parts if part.line not in lines)
    return word_interview(replace(wording.interview, parts=kept))


def find_starts(timeline: Timeline) -> dict[int, int]:
    """Return when what stands on each line starts."""
    return {timed.part.line: timed.start_ms for timed in timeline.parts}


def check_order(timeline: Timeline) -> None:
    """Hold a timeline to what every timeline is held to."""
    for before, after in pairwise(timeline.parts):
        assert before.start_ms <= after.start_ms
    for timed in timeline.parts:
        for word in timed.words:
            assert timed.start_ms <= word.start_ms <= word.end_ms <= timeline.duration_ms
        for before, after in pairwise(timed.words):
            assert before.start_ms <= after.start_ms


def caption_both(original: Captions, translation: Translation) -> Captions:
    switches = translation.switches_ms & {cue.start_ms for cue in original.cues}
    return caption(translation.timeline, original.style, switches)


@pytest.fixture(scope="module")
def ferry() -> tuple[Wording, Wording]:
    return word_interview(read_interview(FERRY)), word_interview(read_interview(FERRY_ES))


def test_the_tracks_switch_at_the_same_moments(ferry: tuple[Wording, Wording]) -> None:
    original = caption(estimate_timeline(ferry[0]))
    translation = time_translation(original.timeline, *ferry)
    translated = caption_both(original, translation)
    starts = [{cue.start_ms for cue in each.cues} for each in (original, translated)]
    assert translation.switches_ms & starts[0] <= starts[1]
    assert {*find_starts(original.timeline).values()} <= starts[0] & starts[1]
    # Two sentences became one in the translation, and one became two.
    sentences = FERRY.read_text(encoding="utf-8").count
    assert len(translation.switches_ms) == sentences(". ") + sentences("? ") + sentences("\n") - 1


def test_the_words_of_a_translation_keep_the_pauses_of_the_original() -> None:
    source = compose([("Ann", "I went home, slept and came back.")], "en")
    target = compose([("Ann", "Me fui a casa, dormí y volví luego.")], "es")
    timeline = estimate_timeline(source)
    (part,) = timeline.parts
    words = [
        replace(
            word,
            start_ms=word.start_ms + 5000 * (place > 2),
            end_ms=word.end_ms + 5000 * (place > 2),
        )
        for place, word in enumerate(part.words)
    ]
    paused = replace(timeline, parts=(replace(part, words=tuple(words)),), duration_ms=99_000)
    said = time_translation(paused, source, target).timeline.parts[0].words
    gaps = [after.start_ms - before.end_ms for before, after in pairwise(said)]
    assert [gap > 4000 for gap in gaps] == [False, False, False, True, False, False, False]
    assert (said[0].start_ms, said[-1].end_ms) == (words[0].start_ms, words[-1].end_ms)


@pytest.mark.parametrize("pauses", [{1}, {5}, {8}, {5, 8}, {9}, {6, 7}])
def test_no_pause_of_the_original_parts_what_belongs_together(pauses: set[int]) -> None:
    said = "We play the sound of my voice again in the room."
    told = "Ponemos el sonido de mi voz otra vez en la habitación grande."
    source, target = compose([("Ann", said)], "en"), compose([("Ann", told)], "es")
    (part,) = estimate_timeline(source).parts
    late = [*accumulate(3000 * (place in pauses) for place in range(len(part.words)))]
    words = tuple(
        replace(word, start_ms=word.start_ms + more, end_ms=word.end_ms + more)
        for word, more in zip(part.words, late, strict=True)
    )
    paused = Timeline(source.interview, Clock.RECORDING, (replace(part, words=words),), 60_000)
    lines = [
        " ".join(cue.lines)
        for cue in caption(time_translation(paused, source, target).timeline).cues
    ]
    assert len(lines) == 1 + len(pauses)
    ends = {line.split()[-1] for line in lines[:-1]}
    assert not ends & {"el", "de", "mi", "otra", "en", "la"}


def test_a_turn_that_is_missing_is_named_and_moves_no_other(
    ferry: tuple[Wording, Wording],
) -> None:
    timeline = estimate_timeline(ferry[0])
    starts = find_starts(timeline)
    for line in starts:
        missing = time_translation(timeline, ferry[0], without(ferry[1], line))
        assert [part.line for part in missing.lacking] == [line]
        assert find_starts(missing.timeline).items() == {**starts}.items() - {(line, starts[line])}
        original = without(ferry[0], line)
        added = time_translation(estimate_timeline(original), original, ferry[1])
        assert [part.line for part in added.added] == [line]
        assert not added.lacking
        assert find_starts(added.timeline).keys() == starts.keys()
        check_order(added.timeline)


def test_guessed_roles_mislead_nobody_about_who_speaks(ferry: tuple[Wording, Wording]) -> None:
    people = {one.name: one.role for one in ferry[1].interview.speakers}
    renamed = dict(zip(people, ("Señora", "Capitán"), strict=True))
    swapped = dict(zip(people, reversed(people.values()), strict=True))
    other = replace(
        ferry[1].interview,
        speakers=tuple(Speaker(renamed[name], swapped[name]) for name in people),
        parts=tuple(
            replace(part, speaker=renamed[part.speaker]) if isinstance(part, Turn) else part
            for part in ferry[1].interview.parts
        ),
    )
    timeline = estimate_timeline(ferry[0])
    starts = find_starts(timeline)
    for line in [5, 6]:  # with all turns there, nothing else could be meant
        translation = time_translation(timeline, ferry[0], without(word_interview(other), line))
        assert [part.line for part in translation.lacking] == [line]
        assert find_starts(translation.timeline).items() == starts.items() - {(line, starts[line])}


def test_a_turn_that_is_missing_is_not_taken_for_one_that_was_joined_with_the_next() -> None:
    asked = ("Ann", "Who taught you to read the water, and when did you begin?")
    first = ("Bo", "A woman who mended nets on the north shore taught me all of it.")
    told = "I was twelve. I had never left the island. She let me steer all alone."
    second = ("Bo", f"{told} My mother stood on the pier and did not dare to look at us.")
    source = compose([*[asked, first] * 4, second], "en")
    pregunta = ("Ann", "¿Quién le enseñó a leer el agua, y cuándo empezó usted?")
    una = "Me lo enseñó todo una mujer que remendaba redes en la orilla norte."
    otra = "Yo tenía doce años. Nunca había salido de la isla. Me dejó solo al timón."
    otra += " Mi madre estaba de pie en el muelle y no se atrevía a mirarnos."
    timeline = estimate_timeline(source)
    for said, lacking in (([una, otra], []), ([f"{una} {otra}"], []), ([una], [9])):
        before = [pregunta, ("Bo", una)] * 3
        target = compose([*before, pregunta, *(("Bo", text) for text in said)], "es")
        translation = time_translation(timeline, source, target)
        assert [part.line for part in translation.lacking] == lacking
        assert not translation.added


def test_a_picture_keeps_its_counterpart_where_a_turn_was_added_behind_it() -> None:
    source = compose([("Bo", "It was cold on the pier."), ("Picture", "A pier.")], "en")
    turns = [
        ("Bo", "Hacía frío en el muelle."),
        ("Picture", "Un muelle."),
        ("Bo", "Y había hielo."),
    ]
    translation = time_translation(estimate_timeline(source), source, compose(turns, "es"))
    assert [part.line for part in translation.added] == [3]
    assert not translation.lacking


def test_what_the_recording_does_not_have_is_not_in_the_translation_either(
    ferry: tuple[Wording, Wording],
) -> None:
    timeline = estimate_timeline(ferry[0])
    said = [timed for timed in timeline.parts if timed.part.line not in {5, 6}]
    second = next(timed for timed in said if timed.part.line == 2)
    heard = replace(second, words=second.words[5:])
    said[said.index(second)] = heard
    recorded = replace(timeline, clock=Clock.RECORDING, parts=tuple(said))
    translation = time_translation(recorded, *ferry)
    starts = find_starts(recorded)
    starts[2] = heard.words[0].start_ms
    assert find_starts(translation.timeline) == starts
    assert translation.timeline.parts[1].words[0].token.text == "Era"
    assert not translation.lacking
    assert not translation.added


def test_real_subtitles_are_timed_as_those_who_made_them_did() -> None:
    gold = SHARED / "captions-gold"
    if not gold.is_dir():
        pytest.skip("the shared test data has no captions-gold here")
    source = word_interview(read_interview(gold / "itaccess_captions_en.vtt", "en"))
    target = word_interview(read_interview(gold / "itaccess_subtitles_es.vtt", "es"))
    translation = time_translation(keep_times(source), source, target)
    assert not translation.lacking
    assert not translation.added
    made = keep_times(target)
    assert find_starts(translation.timeline) == find_starts(made)
    starts = [
        np.array([word.start_ms for timed in timeline.parts for word in timed.words])
        for timeline in (translation.timeline, made)
    ]
    assert np.quantile(np.abs(starts[0] - starts[1]), 0.9) < 1000


_SENTENCES = st.lists(st.integers(1, 12), min_size=1, max_size=4)


@st.composite
def talks(draw: st.DrawFn) -> tuple[list[list[int]], list[list[int]]]:
    """Draw how many words the sentences of each turn have, and those of its translation.

    Sentences are merged and parted there, and grow.
    """
    turns = draw(st.lists(_SENTENCES, min_size=1, max_size=8))
    translated: list[list[int]] = []
    for turn in turns:
        said: list[int] = []
        for words in turn:
            longer = words + draw(st.integers(0, 3))
            match draw(st.sampled_from(["same", "same", "merged", "parted"])):
                case "merged" if said:
                    said[-1] += longer
                case "parted":
                    said += [longer, draw(st.integers(1, 5))]
                case _:
                    said.append(longer)
        translated.append(said)
    return turns, translated


def write(turns: list[list[int]], word: str) -> list[tuple[str, str]]:
    return [
        (
            SPEAKERS[number % 2].name,
            " ".join(f"{word.title()}{f' {word}' * (words - 1)}." for words in said),
        )
        for number, said in enumerate(turns)
    ]


@given(talks(), st.lists(st.integers(1, 8), max_size=3), st.sampled_from(["source", "target"]))
def test_every_word_has_a_time_and_turns_start_together(
    talk: tuple[list[list[int]], list[list[int]]], missing: list[int], side: str
) -> None:
    source = compose(write(talk[0], "word"), "en")
    target = compose(write(talk[1], "palabra"), "es")
    starts = find_starts(estimate_timeline(source))
    whole = time_translation(estimate_timeline(source), source, target)
    assert find_starts(whole.timeline) == starts
    check_order(whole.timeline)
    source = without(source, *missing) if side == "source" else source
    target = without(target, *missing) if side == "target" else target
    translation = time_translation(estimate_timeline(source), source, target)
    check_order(translation.timeline)
    for timed, worded in zip(translation.timeline.parts, target.parts, strict=True):
        assert [word.token for word in timed.words] == [*worded.tokens]
    assert all(cue.start_ms < cue.end_ms for cue in caption(translation.timeline).cues)


_SAID = st.lists(
    st.sampled_from(["Yes.", "No,", "the sea", "¿Qué?", "—", "日本語です。"]), min_size=1
)
_TALK = st.lists(
    st.tuples(st.sampled_from(["Ann", "Bo", *SILENT]), _SAID.map(" ".join)), max_size=8
)


@given(_TALK, _TALK, st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9)), max_size=4))
def test_whatever_is_taken_for_a_translation_times_never_go_back(
    here: list[tuple[str, str]], there: list[tuple[str, str]], unsaid: list[tuple[int, int]]
) -> None:
    source, target = compose(here, "en"), compose(there, "es")
    timeline = estimate_timeline(source)
    translation = time_translation(timeline, source, target)
    check_order(translation.timeline)
    for timed, worded in zip(translation.timeline.parts, target.parts, strict=True):
        spoken = isinstance(timed.part, Turn | Sound)
        assert [word.token for word in timed.words] == ([*worded.tokens] if spoken else [])
    parts = [
        replace(
            timed,
            words=tuple(word for at, word in enumerate(timed.words) if (number, at) not in unsaid),
        )
        for number, timed in enumerate(timeline.parts)
        if (number, 0) not in unsaid
    ]
    recorded = replace(timeline, clock=Clock.RECORDING, parts=tuple(parts))
    check_order(time_translation(recorded, source, target).timeline)


@given(st.integers(0, 9), st.integers(0, 9), st.randoms(use_true_random=False))
def test_beads_have_everything_once_and_in_order(
    sources: int, targets: int, chance: Random
) -> None:
    shapes = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2)]
    beads = chain_beads(sources, targets, shapes, lambda _: chance.random())
    assert [place for bead in beads for place in bead.source] == [*range(sources)]
    assert [place for bead in beads for place in bead.target] == [*range(targets)]


def test_lengths_cost_what_gale_and_church_say() -> None:
    assert cost_lengths(100, 100, 1.0) == 0.0
    # One deviation is passed by 31.7 % of all pairs, two by 4.55 %.
    one = (6.8 * 100) ** 0.5
    assert cost_lengths(100, 100 + one, 1.0) == pytest.approx(-np.log(0.3173), rel=0.1)
    assert cost_lengths(50, 100, 2.0) == 0.0
    assert cost_lengths(0, 0, 1.0) == 0.0
    assert cost_lengths(10_000, 1, 1.0) < np.inf
