"""Where cues and lines break."""

from __future__ import annotations

from dataclasses import replace

import pytest
from vivavoz.captions import break_lines, caption, estimate_timeline, load_style
from vivavoz.source import Token
from wordings import build_wording


def _cues(text: str, language: str = "en") -> list[list[str]]:
    captions = caption(estimate_timeline(build_wording([("A", text)], language)))
    return [list(cue.lines) for cue in captions.cues]


@pytest.mark.parametrize(
    "lines",
    [
        ["If we go about things", "in an ad hoc approach, one by one,"],
        ["We asked everybody in town,", "and nobody could say where he was."],
        ["She was thirty when she joined", "the National Gallery of Art."],
        ["I met him at the airport", "with Doctor Miguel Hernández."],
        ["He said that it would take 25 minutes", "to walk to the railway station."],
    ],
)
def test_a_line_ends_where_a_phrase_does(lines: list[str]) -> None:
    assert break_lines(" ".join(lines)) == lines


def test_a_text_without_words_has_no_lines() -> None:
    assert break_lines(" \n ") == []


def test_one_line_where_one_line_is_enough() -> None:
    assert _cues("We never looked back.") == [["[A] We never looked back."]]


def test_cues_end_with_sentences() -> None:
    text = (
        "We came home late that night. Nobody was awake, so we sat in the kitchen. "
        "My brother had kept the letter for us. He read it out twice."
    )
    for cue in _cues(text):
        assert cue[-1][-1] in ".,"


def test_no_sentence_ends_before_a_small_letter_unless_none_begins_with_a_capital() -> None:
    text = "[laughs] He was right, of course: the 4 a.m. shift doesn't care how you feel."
    assert _cues(text) == [
        ["[A] [laughs] He was right, of course:"],
        ["the 4 a.m. shift doesn't care", "how you feel."],
    ]
    plain = "we came home late. nobody was awake so we sat in the kitchen and waited for the light."
    assert [cue[-1].split()[-1] for cue in _cues(plain)] == ["late.", "light."]


def test_a_new_paragraph_starts_a_new_cue() -> None:
    assert _cues("Yes.\n\nNo.") == [["[A] Yes."], ["No."]]


def test_a_label_is_never_alone_and_is_shortened_where_no_line_holds_it() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff the Elder of the Hills"
    wording = build_wording([(name, "x" * 42)])
    (cue,) = caption(estimate_timeline(wording)).cues
    assert cue.lines == ("[Wolfeschlegelsteinhausenbergerdorff the…]", "x" * 42)
    assert cue.spans[0].speaker == name


def test_a_label_stands_only_where_the_speaker_changes() -> None:
    said = [("Ann", "Yes."), ("#sound", "applause"), ("Ann", "Thank you."), ("Bo", "Well.")]
    captions = caption(estimate_timeline(build_wording(said)))
    assert [cue.lines[0] for cue in captions.cues] == [
        "[Ann] Yes.",
        "[applause]",
        "Thank you.",
        "[Bo] Well.",
    ]
    assert [cue.spans[0].speaker for cue in captions.cues] == ["Ann", None, "Ann", "Bo"]


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("And so, my fellow Americans:", ["[John F. Kennedy]", "And so, my fellow Americans:"]),
        ("I did. I asked all of them.", ["[John F. Kennedy] I did.", "I asked all of them."]),
    ],
)
def test_a_label_stands_alone_rather_than_with_a_word_or_two(said: str, lines: list[str]) -> None:
    (cue,) = caption(estimate_timeline(build_wording([("John F. Kennedy", said)]))).cues
    assert list(cue.lines) == lines


def test_a_sound_inside_speech_stays_in_its_place() -> None:
    assert _cues("It was fun [laughs] and then some.") == [
        ["[A] It was fun [laughs] and then some."]
    ]


def test_two_sounds_stay_two_sounds() -> None:
    assert _cues("Well [laughs] [applause] yes.") == [["[A] Well [laughs] [applause] yes."]]


def test_phrases_of_a_script_without_spaces_are_kept_whole() -> None:
    phrases = ["これは", "とても", "長い", "文章です。"] * 20
    tokens = tuple(Token(phrase, spaced=place == 0) for place, phrase in enumerate(phrases))
    wording = build_wording([("A", " ".join(phrases))], "ja")
    joined = replace(wording, parts=(replace(wording.parts[0], tokens=tokens),))
    lines = [line for cue in caption(estimate_timeline(joined)).cues for line in cue.lines]
    assert "".join(lines) == "[A] " + "".join(phrases)
    assert all(line.endswith(tuple(phrases)) for line in lines)


def test_scripts_without_spaces_break_at_grapheme_boundaries() -> None:
    for cue in _cues("これは" * 60, "ja"):
        assert all(len(line) <= 21 for line in cue)


@pytest.mark.parametrize(
    "lines",
    [
        ["Todo lo que aprendimos", "en la escuela del pueblo"],
        ["Solo había que escribir en el programa,", "lo que era, por supuesto, muy accesible."],
    ],
)
def test_spanish_lines_end_where_phrases_do(lines: list[str]) -> None:
    assert break_lines(" ".join(lines), language="es") == lines


@pytest.mark.parametrize(
    "together",
    [
        "Captain Ahab",
        "José Hernández",
        "25 minutes",
        "might have been",
        "all of the children",
        "very important",
        "J. R. R. Tolkien",
        "everybody's attention",
    ],
)
@pytest.mark.parametrize("width", [32, 37, 42])
def test_what_belongs_together_stays_on_a_line(together: str, width: int) -> None:
    style = replace(load_style("netflix"), line_width=width)
    for text in (f"we saw {together} unless you did", f"so {together} and singing"):
        assert any(together in line for line in break_lines(text, style))


def test_a_quotation_of_several_sentences_ends_cues_inside() -> None:
    text = (
        "She told us: “We had no boat that year. Nobody came to the island at all.” Then she left."
    )
    assert [cue[-1].split()[-1] for cue in _cues(text)] == ["year.", "all.”", "left."]


def test_a_text_too_long_for_a_cue_has_as_few_lines_as_can_be() -> None:
    text = "It was the appropriate measure that was taken in the Americans with Disabilities Act"
    assert break_lines(text) == [
        "It was the appropriate measure",
        "that was taken in the Americans",
        "with Disabilities Act",
    ]


@pytest.mark.parametrize("width", [32, 37])
def test_narrow_lines_and_slow_readers_keep_the_order_of_phrases(width: int) -> None:
    style = replace(load_style("netflix"), line_width=width, reading_speed=13)
    text = (
        "We walked along the river until we came to the bridge, and there the others waited. " * 4
    )
    captions = caption(estimate_timeline(build_wording([("A", text)])), style)
    ends = [line.split()[-1] for cue in captions.cues for line in cue.lines]
    assert not {"the", "to", "we", "and", "until", "along"} & set(ends)
