"""What is promised of Piper. The voice here hums a tone, since real ones are too large to ship."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from vivavoz.audio import (
    ClipStore,
    Utterance,
    VoiceSpec,
    cast_narrator,
    cast_voices,
    list_voices,
)
from vivavoz.source import Interview, Role, Speaker, UnavailableTool, UsageError

# An ONNX model with a voice's inputs, whose sound is as long as the phonemes are many.
HUM = base64.b64decode(
    "CAg68QIKHQoGc2NhbGVzCgNvbmUSBnNsb3dlciIGR2F0aGVyChAKBWlucHV0EgFuIgRTaXplChcKAW4SAW0iBENhc3Qq"
    "CQoCdG8YAaABAgoTCgFtCgZzbG93ZXISAXAiA011bAoWCgFwCgRlYWNoEgZsZW5ndGgiA011bAoeCgR6ZXJvCgZsZW5n"
    "dGgKBHN0ZXASAXgiBVJhbmdlChIKAXgKBXBpdGNoEgF5IgNNdWwKEAoBeRIGb3V0cHV0IgNTaW4SAXYqChAHOgEBQgNv"
    "bmUqDhABIgQAAJZDQgRlYWNoKg4QASIEAAAAAEIEemVybyoOEAEiBAAAgD9CBHN0ZXAqDxABIgTNzMw9QgVwaXRjaFoY"
    "CgVpbnB1dBIPCg0IBxIJCgIIAQoDEgFhWhsKDWlucHV0X2xlbmd0aHMSCgoICAcSBAoCCAFaFAoGc2NhbGVzEgoKCAgB"
    "EgQKAggDYhUKBm91dHB1dBILCgkIARIFCgMSAWJCBAoAEA0="
)
CONFIG = {
    "num_symbols": 256,
    "num_speakers": 1,
    "audio": {"sample_rate": 16_000},
    "espeak": {"voice": "en-us"},
    "phoneme_type": "espeak",
}
PROSE = (
    "A boat drifts past the lighthouse while two gulls circle above it. On the shore a man in a "
    "grey coat lifts one hand, and a dog runs down to the water."
)


@pytest.fixture
def voice_file(tmp_path: Path) -> Path:
    """Write a voice for the Piper that is installed, if it is."""
    pytest.importorskip("piper", reason="needs vivavoz[piper]")
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP  # noqa: PLC0415

    file = tmp_path / "hum.onnx"
    file.write_bytes(HUM)
    config = CONFIG | {"phoneme_id_map": DEFAULT_PHONEME_ID_MAP}
    Path(f"{file}.json").write_text(json.dumps(config), encoding="utf-8")
    return file


def spec_of(file: Path) -> VoiceSpec:
    return VoiceSpec.parse(f"piper:{file}")


def test_piper_needs_a_file() -> None:
    with pytest.raises(UsageError, match=r"piper:FILE\.onnx"):
        VoiceSpec.parse("piper")


def test_a_file_of_nobody_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match=r"^~nosuchuser/x\.onnx: .*without the “~”"):
        VoiceSpec.parse("piper:~nosuchuser/x.onnx")


def test_a_piper_that_is_not_installed_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    with pytest.raises(UnavailableTool, match=r"install vivavoz\[piper\]"):
        cast_narrator("en", spec_of(tmp_path / "any.onnx"))


def test_its_voices_are_listed_as_what_they_are_files() -> None:
    assert "piper:FILE.onnx" in [voice.spec for voice in list_voices()]


def test_a_voice_reads_at_the_rate_that_is_asked_for(voice_file: Path) -> None:
    voice = cast_narrator("en", spec_of(voice_file)).narrator
    for words_per_minute in (150, 200):
        clip = voice.speak(Utterance(PROSE, words_per_minute))
        assert clip.rate == 16_000
        assert clip.sent_to is None
        spoken = len(PROSE.split()) * 60_000 / clip.duration_ms
        assert spoken == pytest.approx(words_per_minute, rel=0.15)
    slow, fast = (voice.speak(Utterance(PROSE, rate)).duration_ms for rate in (120, 180))
    assert slow / fast == pytest.approx(1.5, rel=0.02)


def test_markup_is_no_command_to_it(voice_file: Path) -> None:
    voice = cast_narrator("en", spec_of(voice_file)).narrator
    assert voice.speak(Utterance("[[a b c d e f]]")) == voice.speak(Utterance("[ [a b c d e f]]"))
    assert voice.speak(Utterance("\x00\ud800\n")).samples == b""


def test_a_word_that_may_be_parted_is_one_word_to_it(voice_file: Path) -> None:
    voice = cast_narrator("en", spec_of(voice_file)).narrator
    assert voice.speak(Utterance("re\u00adform")) == voice.speak(Utterance("reform"))


def test_the_store_knows_a_voice_by_what_is_in_its_files(voice_file: Path, tmp_path: Path) -> None:
    voice = cast_narrator("en", spec_of(voice_file)).narrator
    store = ClipStore(tmp_path / "clips")
    assert store.speak(voice, Utterance("Hello.")).samples
    moved = tmp_path / "moved.onnx"
    moved.write_bytes(HUM)
    Path(f"{moved}.json").write_bytes(Path(f"{voice_file}.json").read_bytes())
    same = cast_narrator("en", spec_of(moved)).narrator
    assert same.fingerprint == voice.fingerprint


def test_a_voice_that_vivavoz_asks_in_another_way_is_another(
    voice_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = cast_narrator("en", spec_of(voice_file)).narrator
    before = voice.fingerprint
    monkeypatch.setattr("vivavoz.audio.speak.piper_voice._PART", 99)
    assert voice.fingerprint != before


def test_a_voice_for_one_and_in_another_language_says_so(voice_file: Path) -> None:
    speakers = (Speaker("Ana", Role.GUEST), Speaker("Ben", Role.INTERVIEWER))
    cast = cast_voices(Interview("A talk", "es", speakers, ()), spec_of(voice_file))
    assert cast.voice_of("Ana") == cast.narrator
    assert "everybody sounds alike" in cast.notices[0]
    assert "speaks “en-us”" in cast.notices[1]


def test_the_speakers_in_a_file_take_turns(voice_file: Path) -> None:
    config = Path(f"{voice_file}.json")
    several = json.loads(config.read_text(encoding="utf-8")) | {"num_speakers": 3}
    config.write_text(json.dumps(several), encoding="utf-8")
    speakers = tuple(Speaker(name, Role.GUEST) for name in "ABC")
    cast = cast_voices(Interview("A talk", "en", speakers, ()), spec_of(voice_file))
    numbers = [voice.name.rpartition(" ")[2] for voice in cast.speakers.values()]
    assert cast.narrator.name == f"piper:{voice_file} speaker 0"
    assert numbers == ["1", "2", "1"]


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda file: file.unlink(), r"hum\.onnx"),
        (lambda file: file.write_bytes(b"junk" * 99), r"hum\.onnx: This is no voice"),
        (lambda file: file.write_bytes(b""), r"hum\.onnx: This is no voice"),
        (lambda file: Path(f"{file}.json").unlink(), r"hum\.onnx\.json: .*can't be read"),
        (lambda file: Path(f"{file}.json").write_text("{"), "This is no voice"),
        (lambda file: Path(f"{file}.json").write_text("[]"), "This is no voice"),
        (lambda file: Path(f"{file}.json").write_text("{}"), "This is no voice"),
        (lambda file: Path(f"{file}.json").write_bytes(b"\xff\xfe"), "This is no voice"),
    ],
    ids=["gone", "junk", "empty", "no config", "half", "a list", "no keys", "no text"],
)
def test_a_file_that_is_no_voice_is_one_sentence(
    voice_file: Path, damage: Callable[[Path], object], named: str
) -> None:
    damage(voice_file)
    with pytest.raises(UnavailableTool, match=named) as failure:
        cast_narrator("en", spec_of(voice_file))
    assert "\n" not in str(failure.value)
