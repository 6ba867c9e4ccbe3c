"""What is promised of the voice that needs no network, and of who reads whom."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vivavoz.audio import (
    ClipStore,
    Utterance,
    VoiceSpec,
    cast_narrator,
    cast_voices,
    list_voices,
)
from vivavoz.audio.ffmpeg import find_ffmpeg
from vivavoz.audio.speak.espeak import EspeakVoice, find_espeak_voice, list_espeak_voices
from vivavoz.source import (
    Interview,
    Role,
    Span,
    SpanKind,
    Speaker,
    Turn,
    UnavailableTool,
    UsageError,
)

VOICE = EspeakVoice("en-us", "f3")
TEXTS = ("Hello there.", "So — what happened?", "It cost 1,234 dollars in 1998.", "—", "")
PROSE = (
    "I never thought that I would end up doing this for a living. My father fixed radios, and I "
    "would sit under the bench and hand him the tools. One day he let me solder a joint."
)

# None of it was used to find out how fast espeak-ng has to be told to speak.
DESCRIPTIONS = (
    "A wooden staircase winds up into the attic.",
    "The farmer leans on his spade and wipes the sweat from his neck with a checked cloth.",
    "Boats rock in the harbour. Far out, a storm is gathering over the islands.",
    "She unfolds an old newspaper, smooths it on the table, and points at a picture of her mother.",
    "A classroom in the nineteen fifties; rows of girls in white collars look at the camera.",
    "He stands alone at the bus stop in the rain, holding a bunch of yellow flowers.",
    "A glass of tea steams on the window sill. Outside, cars crawl through the evening traffic.",
    "The choir enters from both sides of the stage and forms a half circle.",
    "A page of handwriting, crossed out in many places, with a coffee stain in the corner.",
    "The astronaut floats past a round window, and behind her turns the blue curve of the planet.",
    "Three goats wander across an empty football field.",
    "He opens the violin case, takes out the bow, and tightens it with two fingers.",
    "A long table in a bright kitchen. Everyone is laughing except the youngest, who is asleep.",
    "The train pulls out of the station and the woman on the platform stops waving.",
    "Hands press soft dough into a tin, brush it with oil, and scatter seeds on top.",
    "The map of the valley fades, and in its place appears the dam, seen from a helicopter.",
)


def interview(*names: str, language: str = "en", roles: tuple[Role, ...] = ()) -> Interview:
    turns = tuple(
        Turn(name, (Span(SpanKind.SPEECH, "Hello."),), line)
        for line, name in enumerate(names, start=1)
    )
    all_roles = roles or (Role.GUEST,) * len(names)
    speakers = tuple(Speaker(*one) for one in zip(names, all_roles, strict=True))
    return Interview("A talk", language, speakers, turns)


def median_pitch(samples: bytes, rate: int) -> float:
    """Measure by autocorrelation where the voice is loud, in Hz."""
    sound = np.frombuffer(samples, "<i2").astype(float)
    pitches: list[float] = []
    for start in range(0, len(sound) - 1536, 1024):
        frame = sound[start : start + 1536] - sound[start : start + 1536].mean()
        if np.sqrt((frame**2).mean()) < 800:
            continue
        alike = np.correlate(frame, frame, "full")[len(frame) - 1 :]
        lag = rate // 400 + int(alike[rate // 400 : rate // 60].argmax())
        if alike[lag] > 0.5 * alike[0]:
            pitches.append(rate / lag)
    return float(np.median(pitches))


def loudness(samples: bytes, rate: int) -> float:
    """Measure in LUFS, by EBU R 128."""
    said = subprocess.run(
        [
            *(find_ffmpeg(), "-hide_banner", "-f", "s16le", "-ac", "1", "-ar", str(rate)),
            *("-i", "pipe:0", "-af", "ebur128", "-f", "null", "-"),
        ],
        input=samples,
        capture_output=True,
        check=True,
    ).stderr.decode()
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1])


@settings(max_examples=15)
@given(st.lists(st.sampled_from(TEXTS), max_size=3), st.sampled_from(TEXTS))
def test_the_same_text_gives_the_same_samples_whatever_was_spoken_before(
    before: list[str], text: str
) -> None:
    alone = VOICE.speak(Utterance(text))
    for other in before:
        EspeakVoice("es", "m3", pitch=80).speak(Utterance(other))
    assert VOICE.speak(Utterance(text)) == alone


def test_a_breathy_voice_is_the_same_in_another_process() -> None:
    program = (
        "import hashlib, sys; from vivavoz.audio import Utterance as U;"
        "from vivavoz.audio.speak.espeak import EspeakVoice as V;"
        "print(hashlib.sha256(V('en-us', 'whisper').speak(U('Hello there.')).samples).hexdigest())"
    )
    heard = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, text=True
        ).stdout
        for _ in range(2)
    }
    assert len(heard) == 1


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_gives_marks_in_order_inside_the_clip_and_the_text(text: str) -> None:
    clip = VOICE.speak(Utterance(text))
    latest = 0
    for mark in clip.marks:
        assert 0 <= mark.offset <= mark.offset + mark.length <= len(text)
        assert latest <= mark.start_ms <= mark.end_ms <= clip.duration_ms
        latest = mark.start_ms


@pytest.mark.parametrize("text", ["", " \n ", "\x01\x02", "\ud800", "\U000f0000"])
def test_what_nobody_can_say_gives_an_empty_clip(text: str) -> None:
    assert VOICE.speak(Utterance(text)).samples == b""


def test_a_dash_is_silent() -> None:
    assert not np.frombuffer(VOICE.speak(Utterance("—")).samples, "<i2").any()


@pytest.mark.parametrize(
    ("markup", "bare"),
    [('<break time="9s"/>', "break"), ("[[h@l'oU]]", "h"), ("<speak>yes</speak>", "yes")],
)
def test_markup_is_spoken_as_text(markup: str, bare: str) -> None:
    marked = {
        markup[mark.offset : mark.offset + mark.length]
        for mark in VOICE.speak(Utterance(markup)).marks
    }
    assert bare in marked
    assert VOICE.speak(Utterance(f"a {markup} b")).duration_ms < 9000


def test_a_command_of_espeak_inside_a_text_changes_nothing() -> None:
    assert VOICE.speak(Utterance("one \x0190P two")).marks != ()
    assert VOICE.speak(Utterance("one \x01 two")) == VOICE.speak(Utterance("one   two"))


def test_marks_count_characters_not_bytes() -> None:
    text = "Café naïve 👩🏽‍🚀 e\u0301tude 𝔄 done."
    spoken = [
        text[mark.offset : mark.offset + mark.length] for mark in VOICE.speak(Utterance(text)).marks
    ]
    assert spoken[:2] == ["Café", "naïve"]
    assert spoken[-1] == "done"
    assert "e\u0301tude" in spoken


def test_a_word_ends_before_the_pause_that_follows_it() -> None:
    clip = VOICE.speak(Utterance("Stop. Now go on."))
    stop, now = clip.marks[:2]
    sound = np.frombuffer(clip.samples, "<i2").astype(float)
    pause = sound[stop.end_ms * clip.rate // 1000 : now.start_ms * clip.rate // 1000]
    assert now.start_ms - stop.end_ms > 200
    assert np.sqrt((pause**2).mean()) < 300
    assert np.abs(sound[: stop.end_ms * clip.rate // 1000]).max() > 5000


def test_captions_of_what_it_says_can_be_read_along() -> None:
    assert 13 < len(PROSE) / (VOICE.speak(Utterance(PROSE)).duration_ms / 1000) < 17


@pytest.mark.parametrize("words_per_minute", [120, 150, 160, 180, 200, 220])
def test_words_a_minute_are_real_ones(words_per_minute: int, tmp_path: Path) -> None:
    narrator = cast_narrator("en", VoiceSpec()).narrator
    store = ClipStore(tmp_path)
    clips = [store.speak(narrator, Utterance(text, words_per_minute)) for text in DESCRIPTIONS]
    words = sum(len(text.split()) for text in DESCRIPTIONS)
    assert words * 60_000 / sum(clip.duration_ms for clip in clips) == pytest.approx(
        words_per_minute, rel=0.05
    )


def test_a_text_of_many_thousand_words_and_an_endless_word_work() -> None:
    assert len(VOICE.speak(Utterance("word " * 2000)).marks) == 2000
    assert VOICE.speak(Utterance("x" * 5000)).samples


@pytest.mark.parametrize("name", ["xx", "../en", "en-us/../fr", "kaa"])
def test_an_unknown_voice_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnavailableTool, match=re.escape(name)):
        cast_voices(interview("Ana"), VoiceSpec("espeak", name))


@pytest.mark.parametrize(("asked", "voice"), [("en-gb", "en"), ("fr-FR", "fr"), ("EN-US", "en-us")])
def test_a_voice_may_be_asked_for_by_its_language(asked: str, voice: str) -> None:
    assert cast_voices(interview("Ana"), VoiceSpec("espeak", asked)).narrator.voice == voice


def test_an_unknown_variant_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnavailableTool, match=r"“zz”.* f3,"):
        cast_voices(interview("Ana"), VoiceSpec("espeak", "en-us+zz"))


def test_every_listed_voice_speaks() -> None:
    listed = list_espeak_voices()
    assert len(listed) > 130
    for voice in listed[::12]:
        choice = VoiceSpec.parse(voice.spec).choice
        assert choice
        EspeakVoice(choice).check()
        assert EspeakVoice(choice).speak(Utterance("a o 1")).samples


def test_voices_are_listed_by_language() -> None:
    specs = [voice.spec for voice in list_voices("es-AR")]
    assert specs[:2] == ["espeak:es", "espeak:es-419"]
    assert "gtts:com.mx" in specs


@pytest.mark.parametrize(
    ("spec", "voice"),
    [
        ("espeak", VoiceSpec()),
        ("espeak:en-us+f3", VoiceSpec("espeak", "en-us+f3")),
        ("gtts", VoiceSpec("gtts")),
        ("gtts:co.uk", VoiceSpec("gtts", "co.uk")),
    ],
)
def test_a_spec_names_an_engine_and_a_choice(spec: str, voice: VoiceSpec) -> None:
    assert VoiceSpec.parse(spec) == voice


@pytest.mark.parametrize("spec", ["", "festival", "espeak:", "gtts:", ":", "GTTS"])
def test_an_unknown_spec_is_refused_with_what_is_allowed(spec: str) -> None:
    with pytest.raises(UsageError, match=r"use espeak, gtts, .*such as espeak:en-gb"):
        VoiceSpec.parse(spec)


@pytest.mark.parametrize("tld", ["evil.com/", "com.", "COM"])
def test_no_host_is_let_in_that_gtts_does_not_document(tld: str) -> None:
    with pytest.raises(UsageError, match=r"gtts:TLD with com, .*co\.uk"):
        VoiceSpec.parse(f"gtts:{tld}")


@pytest.mark.parametrize(
    ("tag", "voice"),
    [
        ("en", "en-us"),
        ("en-GB", "en"),
        ("en-AU", "en-us"),
        ("es", "es"),
        ("es-ES", "es"),
        ("es-MX", "es-419"),
        ("es-AR", "es-419"),
        ("pt", "pt"),
        ("pt-BR", "pt-br"),
        ("fr-FR", "fr"),
        ("fr-CA", "fr"),
        ("zh", "cmn"),
        ("zh-Hans-CN", "cmn"),
        ("zh-HK", "yue"),
        ("no", "nb"),
        ("ja", "ja"),
    ],
)
def test_the_language_chooses_the_voice(tag: str, voice: str) -> None:
    assert cast_voices(interview("Ana", language=tag), VoiceSpec()).narrator.voice == voice


def test_a_language_without_a_voice_is_named_with_what_to_do() -> None:
    assert find_espeak_voice("tlh") is None
    with pytest.raises(UnavailableTool, match=r"“tlh”.*`vivavoz voices`"):
        cast_voices(interview("Ana", language="tlh"), VoiceSpec())


def test_a_voice_that_cannot_read_the_script_says_so() -> None:
    assert "kanji" in cast_voices(interview("Ana", language="ja-JP"), VoiceSpec()).notices[0]
    assert cast_voices(interview("Ana"), VoiceSpec()).notices == ()


def test_speakers_and_narrator_differ_in_pitch_and_not_in_loudness() -> None:
    cast = cast_voices(interview("A", "B", "C", "D", "E", "F"), VoiceSpec())
    voices = [cast.narrator, *cast.speakers.values()]
    clips = [voice.speak(Utterance(PROSE)) for voice in voices]
    pitches = sorted(median_pitch(clip.samples, clip.rate) for clip in clips)
    assert all(high / low > 1.08 for low, high in pairwise(pitches))
    levels = [loudness(clip.samples, clip.rate) for clip in clips]
    assert max(levels) - min(levels) < 2
    assert all(-23 < level < -19 for level in levels)
    assert all(np.abs(np.frombuffer(clip.samples, "<i2")).max() < 32_767 for clip in clips)


def test_women_and_men_take_turns() -> None:
    cast = cast_voices(interview("A", "B", "C", "D"), VoiceSpec())
    clips = [voice.speak(Utterance(PROSE)) for voice in cast.speakers.values()]
    assert [median_pitch(clip.samples, clip.rate) > 150 for clip in clips] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("choice", [None, "en-gb-x-rp", "en-us+m7"])
def test_no_two_of_fifty_speakers_have_the_same_voice(choice: str | None) -> None:
    cast = cast_voices(interview(*(f"S{n}" for n in range(50))), VoiceSpec("espeak", choice))
    names = {cast.narrator.name} | {voice.name for voice in cast.speakers.values()}
    assert len(names) == 51


@pytest.mark.parametrize("part", ["get_data_path", "get_library_path"])
def test_a_broken_installation_is_one_sentence(
    part: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(espeakng_loader, part, lambda: str(tmp_path / "gone" / "too"))
    with pytest.raises(UnavailableTool, match="reinstall the package espeakng-loader"):
        VOICE.speak(Utterance("Hello."))


def test_a_narrating_speaker_has_the_narrators_voice() -> None:
    talk = interview("Ana", "Narrator", roles=(Role.GUEST, Role.NARRATOR))
    cast = cast_voices(talk, VoiceSpec())
    assert cast.voice_of("Narrator") == cast.narrator == cast.voice_of(None)
    assert cast.voice_of("Ana") != cast.narrator


def test_reading_five_hundred_clips_does_not_fill_the_memory() -> None:
    program = (
        "import resource; from vivavoz.audio import Utterance as U\n"
        "from vivavoz.audio.speak.espeak import EspeakVoice as V\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for n in range(50): V('en-us').speak(U('Yes.'))\n"
        "first = peak()\n"
        "for n in range(450): V('en-us').speak(U('Yes.'))\n"
        "print(peak() / first)"
    )
    grown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    ).stdout
    assert float(grown) < 1.1


def test_common_given_names_choose_between_higher_and_lower_voices() -> None:
    cast = cast_voices(
        interview(
            "Interviewer", "Alejandra Márquez Abella", "José Hernández", "INÉS", "Tobias Lund"
        ),
        VoiceSpec(),
    )
    variants = {name: voice.name.partition("+")[2][0] for name, voice in cast.speakers.items()}
    assert variants == {
        "Interviewer": "f",
        "Alejandra Márquez Abella": "f",
        "José Hernández": "m",
        "INÉS": "f",
        "Tobias Lund": "m",
    }
    assert len({voice.name for voice in (cast.narrator, *cast.speakers.values())}) == 6
