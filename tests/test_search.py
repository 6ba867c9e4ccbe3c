"""The search of `vivavoz serve`: which sentences are found, and what of them is marked."""

from __future__ import annotations

import time

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.captions import read_track
from vivavoz.captions.format.speech import find_speech
from vivavoz.scripts.serve.folding import fold
from vivavoz.scripts.serve.query import find_marks, parse_query
from vivavoz.scripts.serve.script import compose_script

CAPTIONS = """WEBVTT

NOTE lighthouse

STYLE
::cue(v[voice="Ana"]) { color: #ffffff; }

intro
00:59.500 --> 01:02.000 line:0
<v Ana Ruiz>[Ana Ruiz] Don’t go. The Café
opens&nbsp;at 8 &lt; 9

01:02.100 --> 01:04.000
<v Ana Ruiz>in the <i>old</i> lighthouse. Yes, but when?

1:01:04.100 --> 1:01:06.000
<v Bo>- Nobody knows.
<v Ana Ruiz>- Nobody at all? [laughs]

1:01:06.100 --> 1:01:08.000
東京の灯台を見た。ΟΔΟΣ शब्द
"""


def find(query: str, captions: str = CAPTIONS, language: str = "en") -> list[str]:
    """Return the sentences, with what is marked in them in braces."""
    asked = parse_query(query)
    told: list[str] = []
    for sentence in compose_script(captions, language).find(asked):
        text = sentence.text
        for start, end in reversed(find_marks(text, asked)):
            text = f"{text[:start]}{{{text[start:end]}}}{text[end:]}"
        told.append(text)
    return told


def test_tags_that_nobody_closes_are_read_as_quickly_as_text() -> None:
    start_s = time.perf_counter()
    for tag in ("<v ", "<v\t  ", "<b", " "):
        compose_script(f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v{tag * 30_000}\n", "en")
    assert time.perf_counter() - start_s < 5


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("CAFE", ["The {Café} opens at 8 < 9 in the old lighthouse."]),
        ("light cafe\u0301", ["The {Café} opens at 8 < 9 in the old {light}house."]),
        ('"light"', []),
        ('"old lighthouse"', ["The Café opens at 8 < 9 in the {old lighthouse}."]),
        ("“lighthouse old”", []),
        ("don't", ["{Don’t} go."]),
        ("dont", []),
        ('"yes but"', ["{Yes, but} when?"]),
        ("«at all»", ["Nobody {at all}?"]),
        ("nobody", ["{Nobody} knows.", "{Nobody} at all?"]),
        ("nobody café", []),  # in two sentences
        ("house", []),  # no word begins so
        ("9", ["The Café opens at 8 < {9} in the old lighthouse."]),
        ("灯台", ["東京の{灯台}を見た。"]),
        ("οδός", ["{ΟΔΟΣ} शब्द"]),
        ("शब्द", ["ΟΔΟΣ {शब्द}"]),
        ("Ana", []),  # a label is nobody's word
        ("ffffff", []),
        ("", []),
        ('"!?"', []),
        ("(.*", []),
    ],
)
def test_sentences_with_all_the_words_are_found(query: str, found: list[str]) -> None:
    assert find(query) == found


def test_a_sentence_has_its_speaker_and_the_time_of_its_caption() -> None:
    told = compose_script(CAPTIONS, "en").sentences
    assert [(said.start_ms, said.speaker, said.text.split()[0]) for said in told] == [
        (59_500, "Ana Ruiz", "Don’t"),
        (59_500, "Ana Ruiz", "The"),
        (62_100, "Ana Ruiz", "Yes,"),
        (3_664_100, "Bo", "Nobody"),
        (3_664_100, "Ana Ruiz", "Nobody"),
        (3_664_100, "Ana Ruiz", "[laughs]"),
        (3_666_100, "", "東京の灯台を見た。"),
        (3_666_100, "", "ΟΔΟΣ"),
    ]


@given(st.lists(st.text(), max_size=8))
def test_every_word_of_a_sentence_finds_it_and_is_marked(texts: list[str]) -> None:
    lines = [" ".join(text.translate({60: " ", 62: " ", 38: " "}).split()) for text in texts]
    captions = "WEBVTT\n\n" + "".join(
        f"00:{number:02}.000 --> 00:{number:02}.900\n{line}\n\n"
        for number, line in enumerate(lines)
        if line
    )
    for sentence in compose_script(captions, "en").sentences:
        for word in fold(sentence.text).split():
            query = parse_query(word[:100])
            script = compose_script(captions, "en")
            assert sentence in script.find(query)
            marked = [sentence.text[start:end] for start, end in find_marks(sentence.text, query)]
            assert any(word[:100] in fold(part) for part in marked)


def test_what_is_searched_is_what_a_judging_reader_reads() -> None:
    path = ROOT / "tests" / "golden" / "the-lighthouse" / "captions.en.vtt"
    track, _ = read_track(path)
    said = " ".join(speech.text for speech in find_speech(track))
    script = compose_script(path.read_text("utf-8"), "en")
    assert " ".join(sentence.text for sentence in script.sentences) == said
