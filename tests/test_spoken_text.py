"""What is promised of how espeak-ng says what has a pronunciation, and of its marks."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vivavoz.audio import Mark, Pronunciation, Utterance
from vivavoz.audio.speak import ipa
from vivavoz.audio.speak.espeak import EspeakVoice, list_espeak_voices
from vivavoz.audio.speak.ipa import find_unknown, write_mnemonics
from vivavoz.audio.speak.spoken_text import blank_unspeakable, respell
from vivavoz.audio.speak.transcription import transcribe_mnemonics

VOICE = EspeakVoice("en-us", "f3")
TABLES = tomllib.loads(Path(ipa.__file__).with_name("ipa.toml").read_text(encoding="utf-8"))
WORDS = ("red", "boats", "Peña", "Abella", "Michoacán", "green")
PARTINGS = (" ", ", ", " (", ") ", " — ", " [", "] ", " [[", "]] ", " {", ". ", "\n")
SPANISH = {"language": "es-419"}
SAID = (
    SPANISH,
    {"language": "de"},
    {"language": "xx"},
    {"ipa": "ˈmaɾkes"},
    {"ipa": "ˈ"},
    {"respelling": "peen-YAH"},
    {"respelling": "two words"},
)

_LONGEST_NAME = 6
"""Bytes of a phoneme's name that espeak-ng reports, the stress left out."""

Said = dict[str, str]
Hear = Callable[..., str]


def utter(text: str, said: dict[str, Said]) -> Utterance:
    found = (Pronunciation(text.index(word), len(word), **how) for word, how in said.items())
    return Utterance(text, pronunciations=tuple(found))


def marked(utterance: Utterance, voice: EspeakVoice = VOICE) -> list[str]:
    marks = voice.speak(utterance).marks
    return [utterance.text[mark.offset : mark.offset + mark.length] for mark in marks]


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Hear:
    """Read an utterance, and return what espeak-ng reports to have said, in IPA."""
    heard: list[str] = []

    def listen(events: Iterable[Any], *_: int) -> tuple[Mark, ...]:
        heard.append(
            "".join(
                one.phoneme.decode(errors="ignore") for one in events if one.phoneme is not None
            )
        )
        return ()

    def say(text: str, said: dict[str, Said], voice: EspeakVoice = VOICE) -> str:
        voice.speak(utter(text, said))
        return heard[-1]

    monkeypatch.setattr("vivavoz.audio.speak.espeak_library._WITH_PHONEME_EVENTS", 0x8003)
    monkeypatch.setattr("vivavoz.audio.speak.espeak._mark", listen)
    return say


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("Márquez Abella", "mˈaɾkesaβˈejja"),
        ("José Hernández", "xosˈeeɾnˈandes"),
        ("San Joaquín", "sˈanxˌoakˈin"),
        ("Michoacán", "mˌitʃoakˈan"),
        ("Peña", "pˈeɲa"),
    ],
)
def test_a_spanish_name_in_an_english_sentence_has_spanish_sounds(
    hear: Hear, name: str, sounds: str
) -> None:
    text = f"Did {name} go?"
    assert hear(text, {name: SPANISH}) == f"dˈɪd(es-la){sounds}(en-us)ɡˈoʊ"
    assert sounds not in hear(text, {})


@pytest.mark.parametrize(
    ("voice", "text", "said", "sounds"),
    [
        ("en-us", "Abella’s, Fritz's.", {"Abella": SPANISH, "Fritz": {"language": "de"}},
         "(es-la)aβˈejjaz(en-us)(de)frˈɪtss(en-us)"),
        ("en-us", "Márquez’s", {"Márquez": SPANISH}, "(es-la)mˈaɾkesəz(en-us)"),
        ("en-us", "(Peña)", {"Peña": SPANISH}, "(es-la)pˈeɲa(en-us)"),
        ("en-us", "so*Peña*so", {"Peña": SPANISH}, None),
        ("es-419", "dijo Müller", {"Müller": {"language": "de"}}, "dˈixo(de)mˈʏlɜ(es-la)"),
        ("fr", "dit Peña", {"Peña": SPANISH}, "dˈi(es-la)pˈeɲa(fr)"),
        ("en", "so Peña so", {"Peña": SPANISH}, "sˌəʊ(es-la)pˈeɲa(en)sˈəʊ"),
        ("en-us", "NASA", {"NASA": {"ipa": "ˈnæsə"}}, "nˈæsə"),
        ("en-us", "NASA", {"NASA": {"ipa": "næsə"}}, "nˈæsə"),
        ("de", "NASA", {"NASA": {"ipa": "ˈnæsə"}}, "(en-us)nˈæsə(de)"),
        ("en-us", "chai", {"chai": {"ipa": "t͡ʃaɪ"}}, "tʃˈaɪ"),
        ("en-us", "Márquez Abella", {"Márquez Abella": {"ipa": "ˈmaɾkes aˈβeʝa"}},
         "(es)mˈaɾkesaβˈeʝa(en-us)"),
        ("en-us", "Márquez", {"Márquez": {"respelling": "MAR-kess"}}, "mˈɑːɹkɛs"),
        ("en-us", "Abella", {"Abella": {"respelling": "ah-BAY-ah"}}, "ɑːbˈeɪɑː"),
        ("en-us", "NASA", {"NASA": {"respelling": "nassa"}}, "nˈæsə"),
    ],
)  # fmt: skip
def test_words_are_said_as_their_pronunciation_has_them(
    hear: Hear, voice: str, text: str, said: dict[str, Said], sounds: str | None
) -> None:
    heard = hear(text, said, EspeakVoice(voice))
    assert heard == sounds if sounds else "(es-la)pˈeɲa(en-us)" in heard


def test_every_voice_finds_the_way_back_to_its_own_sounds(hear: Hear) -> None:
    lost: list[str] = []
    for listed in list_espeak_voices():
        voice = EspeakVoice(listed.spec.partition(":")[2])
        heard = hear("x papa", {"x": {"ipa": "ˈpɛɲa"}}, voice)
        own = hear("papa papa", {}, voice)
        if not (heard.startswith("pˈɛɲa") or "ɲa(" in heard) or heard[-4:] != own[-4:]:
            lost.append(f"{voice.voice} {heard} {own}")
    assert lost == []


@pytest.mark.parametrize("table", sorted(TABLES["tables"]))
def test_every_sound_that_a_table_has_is_said_as_it_is_written(hear: Hear, table: str) -> None:
    voice = EspeakVoice({"pt": "pt-br"}.get(table, table))
    shared = {"en-us": {"ɑ": "ɑː", "ɝ": "ɜː", "r": "ɹ"}, "en": {"æ": "a", "ɪə": "iə", "r": "ɹ"}}
    for sound in TABLES["tables"][table]:
        heard = hear("x", {"x": {"ipa": f"mɛ{sound}ɛm" if sound in "rɹʍ" else f"m{sound}m"}}, voice)
        expected = unicodedata.normalize("NFD", shared.get(table, {}).get(sound, sound))
        reported = unicodedata.normalize("NFD", heard.replace("ˈ", ""))
        assert expected.encode()[:_LONGEST_NAME].decode(errors="ignore") in reported, sound


@pytest.mark.parametrize("table", sorted(TABLES["tables"]))
def test_every_table_comes_near_to_every_sound(table: str) -> None:
    sounds = {*TABLES["near"], *(one for some in TABLES["tables"].values() for one in some)}
    for sound in sounds:
        (word,) = ipa.load_tables()[table].write(unicodedata.normalize("NFD", sound)).split()
        assert "||" not in word
        assert not word.endswith("|")


@pytest.mark.parametrize(
    ("transcription", "unknown"),
    [("ˈmaɾkes aˈβeʝa", None), ("t͡ʃaɪ.ˈkɔf.skʲi", None), ("a1", "1"), ("ǂa", "ǂ"), ("NASA", "N")],
)
def test_what_is_no_sound_is_found(transcription: str, unknown: str | None) -> None:
    assert find_unknown(transcription) == unknown


def test_a_transcription_is_said_in_the_own_table_where_it_has_the_sounds() -> None:
    assert write_mnemonics("ˈnæsə", "en-us").table == "en-us"
    assert write_mnemonics("ˈmitʃo", "de").table == "de"
    assert write_mnemonics("bɔ̃ʒuʁ", "es").table == "en-us"
    assert write_mnemonics("ˈ", "es").words == ()


def test_what_a_voice_says_in_a_third_language_keeps_its_table() -> None:
    assert "_^_en" in transcribe_mnemonics("fr", "Weekend")
    assert transcribe_mnemonics("xx", "Weekend") == ()


@settings(max_examples=120)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PARTINGS), st.sampled_from(WORDS), st.none() | st.sampled_from(SAID)
        ),
        min_size=1,
        max_size=7,
    )
)
def test_each_word_has_its_mark_however_it_is_said(
    parts: list[tuple[str, str, Said | None]],
) -> None:
    text, said = "So", []
    for parting, word, how in parts:
        text += parting
        if how:
            said.append(Pronunciation(len(text), len(word), **how))
        text += word
    plain = marked(Utterance(text))
    if plain == ["So", *(word for _, word, _ in parts)]:
        assert marked(Utterance(text, pronunciations=tuple(said))) == plain


@settings(max_examples=80)
@given(st.text(max_size=40), st.data())
def test_marks_stay_in_order_and_inside_any_text(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [span for span in zip(edges[::2], edges[1::2], strict=False) if span[0] < span[1]]
    said = tuple(
        Pronunciation(start, end - start, **data.draw(st.sampled_from(SAID)))
        for start, end in spans
    )
    clip = VOICE.speak(Utterance(text, pronunciations=said))
    latest = 0
    for mark in clip.marks:
        assert 0 <= mark.offset <= mark.offset + mark.length <= len(text)
        assert latest <= mark.start_ms <= mark.end_ms <= clip.duration_ms
        latest = mark.start_ms


@given(st.text(max_size=40), st.data())
def test_a_respelled_text_keeps_all_that_has_no_respelling(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [span for span in zip(edges[::2], edges[1::2], strict=False) if span[0] < span[1]]
    said = [(*span, data.draw(st.sampled_from(SAID))) for span in spans]
    spoken = respell(
        Utterance(
            text,
            pronunciations=tuple(
                Pronunciation(start, end - start, **how) for start, end, how in said
            ),
        )
    )
    expected, reached = "", 0
    for start, end, how in said:
        expected += text[reached:start] + how.get("respelling", text[start:end]).lower()
        reached = end
    assert spoken.given.lower() == blank_unspeakable(expected + text[reached:]).lower()


def test_marks_of_a_respelled_text_point_at_what_is_written() -> None:
    said = {"Márquez Abella": {"respelling": "MAR-kess ah-BAY-ah"}, "Oz": {"respelling": "o z"}}
    text = "Did Márquez Abella, of Oz, go?"
    spoken = respell(utter(text, said))
    assert spoken.given == "Did mar-kess ah-bay-ah, of o z, go?"
    words = [(spoken.given.index(word), len(word)) for word in ("ess", "bay", "of", "z,", "go")]
    places = [place for place in spoken.locate(words) if place]
    assert [text[offset : offset + length] for offset, length in places] == [
        "Márquez",
        "Abella",
        "of",
        "Oz",
        "go",
    ]


def test_markup_beside_a_pronunciation_is_still_text() -> None:
    text = "[[h@l'oU]] <b>Peña</b> [[[_^_de]] [Peña]"
    words = marked(utter(text, {"Peña": SPANISH}))
    assert words == marked(Utterance(text))


@pytest.mark.parametrize("count", range(110, 185, 5))
def test_phonemes_are_not_cut_in_the_longest_sentence(hear: Hear, count: int) -> None:
    text = "one " * count + "Peña so"
    assert hear(text, {"Peña": SPANISH}).endswith("(es-la)pˈeɲa(en-us)sˈoʊ")


def test_names_without_end_are_not_cut_either() -> None:
    text = "Peña " * 100
    said = tuple(Pronunciation(place, 4, **SPANISH) for place in range(0, len(text), 5))
    assert marked(Utterance(text, pronunciations=said)) == ["Peña"] * 100


@pytest.mark.parametrize(
    "text",
    [
        "A." * 200,
        "A .B ." * 200,
        "A..B.." * 200,
        "A\u00ad.B\u00ad." * 200,
        "\U00010428." * 200,
        "字." * 200,
    ],
    ids=["letters", "spaces", "two dots", "soft hyphens", "Deseret", "Chinese"],
)
def test_an_abbreviation_without_end_stays_within_what_espeak_has_room_for(text: str) -> None:
    assert VOICE.speak(Utterance(text)).duration_ms > 1000


def test_an_abbreviation_keeps_its_dots() -> None:
    text = "The U.S.S.R. A. B. C."
    assert blank_unspeakable(text) == text


@pytest.mark.parametrize("said", [{"ipa": "a" * 4000}, {"respelling": "7" * 100}])
def test_a_pronunciation_without_end_stays_within_what_espeak_has_room_for(said: Said) -> None:
    assert VOICE.speak(utter("It is Peña.", {"Peña": said})).duration_ms > 1000
