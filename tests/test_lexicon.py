"""What is promised of how an interview's words and names are said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.audio import (
    ClipStore,
    Lexicon,
    Pronunciation,
    VoiceSpec,
    build_lexicon,
    cast_voices,
    speak_wording,
)
from vivavoz.source import (
    Interview,
    Role,
    Span,
    SpanKind,
    Speaker,
    Turn,
    UsageError,
    word_interview,
)


def interview(*texts: str, speakers: tuple[str, ...] = (), language: str = "en") -> Interview:
    turns = tuple(
        Turn("Ann", (Span(SpanKind.SPEECH, text),), line) for line, text in enumerate(texts, 1)
    )
    named = tuple(Speaker(name, Role.GUEST) for name in speakers)
    return Interview("A talk", language, named, turns)


def learn(*texts: str, speakers: tuple[str, ...] = (), language: str = "en") -> Lexicon:
    return build_lexicon(interview(*texts, speakers=speakers, language=language))


def lexicon(**entries: str) -> Lexicon:
    return build_lexicon(interview(), entries)


def show(text: str, found: tuple[Pronunciation, ...]) -> list[tuple[str, str]]:
    return [
        (
            text[one.offset : one.offset + one.length],
            one.language or one.respelling or f"/{one.ipa}/",
        )
        for one in found
    ]


PEOPLE = ("Alejandra Márquez Abella", "José Hernández", "Ann Peña Smith", "Luz Peña Jr")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Did Márquez Abella go to Michoacán?", "Márquez Abella, Michoacán"),
        ("José’s mother knew José Hernández.", "José, José Hernández"),
        ("President Peña met Abella", "Peña, Abella"),
        ("Near the San Joaquín Valley, San Francisco", "San Joaquín"),
        (
            "San Luis Potosí and Ángel de la Peña y García",
            "San Luis Potosí, Ángel de la Peña y García",
        ),
        ("Ms Smith, Mr Jr and Ann", ""),
        ("A café, a jalapeño, my résumé", ""),
        ("Naïve people were naïve. Façade, Zoë, Beyoncé", ""),
        ("Siobhán, László, Gonçalves, Nguyễn", ""),
        ("Jose\u0301 Herna\u0301ndez", "Jose\u0301 Herna\u0301ndez"),
    ],
)
def test_spanish_names_in_an_english_interview_are_found_and_english_words_left(
    text: str, names: str
) -> None:
    found = learn(text, speakers=PEOPLE).pronounce(text)
    assert {one.language for one in found} <= {"es-419"}
    assert ", ".join(name for name, _ in show(text, found)) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Jürgen Müller", [("Jürgen Müller", "de")]),
        ("en", "João, Dvořák, Gülşen", [("João", "pt"), ("Dvořák", "cs"), ("Gülşen", "tr")]),
        ("en", "Agüero of Ångström", [("Agüero", "es-419"), ("Ångström", "sv")]),
        ("en", "Château d’Yquem", [("Château", "fr")]),
        ("de", "Frau Müller traf Peña im Café.", [("Peña", "es-419")]),
        ("es", "La señora Peña oyó a Jürgen Müller.", [("Jürgen Müller", "de")]),
        ("fr", "Étienne Hernández aime Göteborg.", [("Hernández", "es-419"), ("Göteborg", "de")]),
        ("pt", "João Gonçalves e José Peña", [("Peña", "es-419")]),
        ("ja", "Peña", []),
    ],
)
def test_a_name_is_foreign_where_its_letters_are(
    language: str, text: str, names: list[tuple[str, str]]
) -> None:
    assert show(text, learn(text, language=language).pronounce(text)) == names


def test_entries_are_whole_words_the_longest_first_in_their_own_case_first() -> None:
    words = lexicon(
        **{"NASA": "/ˈnæsə/", "US": "you-ESS", "New York": "a", "York": "b", "polish": "c"}
    )
    text = "NASA’s, (Nasa) NASAs nasa; us US; New\u00a0York, york-York POLISH"
    assert show(text, words.pronounce(text)) == [
        ("NASA", "/ˈnæsə/"),
        ("Nasa", "/ˈnæsə/"),
        ("US", "you-ESS"),
        ("New\u00a0York", "a"),
        ("York", "b"),
        ("POLISH", "c"),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Diyarbakir", "Diyarbakır"),
        ("Diyarbakır", "DIYARBAKIR"),
        ("Jesus", "Jeſus"),
        ("Straße", "STRASSE Straẞe"),
    ],
)
def test_letters_are_alike_in_every_script_that_has_two_cases(written: str, text: str) -> None:
    found = lexicon(**{written: "said"}).pronounce(text)
    assert show(text, found) == [(text.rsplit(maxsplit=1)[-1], "said")]


def test_an_exact_entry_is_preferred() -> None:
    words = lexicon(Reading="RED-ing", reading="REE-ding")
    assert [said for _, said in show("", words.pronounce("Reading reading READING"))][:2] == [
        "RED-ing",
        "REE-ding",
    ]


def test_the_producer_knows_better_than_the_letters() -> None:
    text = "Alejandra Márquez Abella"
    words = build_lexicon(interview(speakers=(text,)), {"Abella": "ah-BELL-ah"})
    assert show(text, words.pronounce(text)) == [("Márquez", "es-419"), ("Abella", "ah-BELL-ah")]


def test_words_of_scripts_without_spaces_are_found_inside_a_line() -> None:
    assert show("私は東京にいます", lexicon(東京="とうきょう").pronounce("私は東京にいます"))


@given(
    st.text(), st.dictionaries(st.sampled_from(["Peña", "a", "B c", "é", "’", "ß"]), st.just("x"))
)
def test_pronunciations_stand_in_order_and_never_overlap(
    text: str, entries: dict[str, str]
) -> None:
    reached = 0
    words = build_lexicon(interview(text), entries)
    for one in words.pronounce(text):
        assert reached <= one.offset < one.offset + one.length <= len(text)
        assert sum(said is not None for said in (one.ipa, one.respelling, one.language)) == 1
        reached = one.offset + one.length


def test_a_sound_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"\[pronounce\] “NASA”: “1” is no sound"):
        lexicon(NASA="/ˈnæ1sə/")


def test_who_reads_no_phonetic_alphabet_says_so() -> None:
    words = lexicon(NASA="/ˈnæsə/", Abella="ah-BELL-ah")
    (doubt,) = words.find_doubts(cast_voices(interview(), VoiceSpec("gtts")))
    assert "gtts:com" in doubt
    assert "“NASA” under [pronounce]" in doubt
    assert words.find_doubts(cast_voices(interview(), VoiceSpec())) == ()
    assert lexicon(Abella="x").find_doubts(cast_voices(interview(), VoiceSpec("gtts"))) == ()


def test_the_voiced_edition_says_what_the_lexicon_says(tmp_path: Path) -> None:
    talk = interview("Ask Márquez at NASA.", speakers=("Ann",))
    words = build_lexicon(talk, {"NASA": "/ˈnæsə/"})
    cast = cast_voices(talk, VoiceSpec())
    reading = speak_wording(word_interview(talk), cast, None, ClipStore(tmp_path), words)
    (clip,) = reading.clips
    said = clip.clip.utterance
    assert show(said.text, said.pronunciations) == [("Márquez", "es-419"), ("NASA", "/ˈnæsə/")]
    starts = [word.start_ms for part in reading.timeline.parts for word in part.words]
    assert starts == sorted(set(starts))
