"""What is promised of clips that were spoken once: found, shared, never trusted blindly."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from vivavoz.audio import Clip, ClipStore, Mark, Pronunciation, Utterance
from vivavoz.audio.speak import espeak, google
from vivavoz.audio.speak.clip_file import read_clip, write_clip
from vivavoz.audio.speak.espeak import EspeakVoice
from vivavoz.audio.speak.google import GoogleVoice
from vivavoz.source import UnavailableTool, VivavozError, open_recording

HELLO = Utterance("Hello there.")


@dataclass
class Teller:
    """A voice that counts how often it speaks; a tone with silence on both sides."""

    name: str = "teller"
    fingerprint: str = "teller 1"
    reads_ipa: bool = False
    sent_to: str | None = None
    spoken: list[Utterance] = field(default_factory=list)

    def speak(self, utterance: Utterance) -> Clip:
        self.spoken.append(utterance)
        tone = 9000 * np.sin(np.arange(8000) / 5)
        silence = np.zeros(4000)
        samples = np.concatenate([silence, tone, silence]).astype("<i2").tobytes()
        return Clip(samples, 16_000, (Mark(0, len(utterance.text), 250, 750),), self.sent_to)


@dataclass
class Chancer(Teller):
    """A voice that draws from chance: it never says a text twice alike."""

    meanwhile: Callable[[], object] | None = None
    """What happens while it speaks for the first time."""

    def speak(self, utterance: Utterance) -> Clip:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        clip = super().speak(utterance)
        return replace(clip, samples=clip.samples[8000 : 16_000 + 2000 * len(self.spoken)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "clips"


def only_file(folder: Path) -> Path:
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    return file


def test_what_was_spoken_once_is_not_spoken_again(folder: Path) -> None:
    voice = Teller(sent_to="translate.google.com")
    first = ClipStore(folder).speak(voice, HELLO)
    again = ClipStore(folder).speak(voice, HELLO)
    assert again == first
    assert voice.spoken == [HELLO]


def test_a_clip_is_trimmed_and_its_marks_move_with_the_sound(folder: Path) -> None:
    clip = ClipStore(folder).speak(Teller(), HELLO)
    assert 500 <= clip.duration_ms <= 530
    (mark,) = clip.marks
    assert 0 <= mark.start_ms <= 15
    assert mark.end_ms - mark.start_ms == 500


def test_a_label_has_all_but_the_sound_and_is_reason_enough_to_speak(folder: Path) -> None:
    voice = Teller()
    label = ClipStore(folder).label(voice, HELLO)
    clip = ClipStore(folder).speak(voice, HELLO)
    assert (label.duration_ms, label.rate, label.marks) == (clip.duration_ms, 16_000, clip.marks)
    assert ClipStore(folder).label(voice, HELLO) == label
    assert voice.spoken == [HELLO]


@pytest.mark.parametrize(
    "other",
    [
        replace(HELLO, text="Hello there!"),
        replace(HELLO, words_per_minute=170),
        replace(HELLO, pronunciations=(Pronunciation(0, 5, respelling="hullo"),)),
    ],
)
def test_whatever_makes_another_sound_makes_another_clip(folder: Path, other: Utterance) -> None:
    voice, successor = Teller(), Teller(fingerprint="teller 2")
    store = ClipStore(folder)
    store.speak(voice, HELLO)
    store.speak(voice, other)
    store.speak(successor, HELLO)
    assert voice.spoken == [HELLO, other]
    assert successor.spoken == [HELLO]


def test_the_fingerprint_of_espeak_tells_its_voices_apart() -> None:
    voices = [
        EspeakVoice("en-us"),
        EspeakVoice("en"),
        EspeakVoice("en-us", "f3"),
        EspeakVoice("en-us", pitch=60),
        EspeakVoice("en-us", volume=90),
    ]
    assert len({voice.fingerprint for voice in voices}) == 5


@pytest.mark.parametrize("module", [espeak, google])
def test_a_voice_that_vivavoz_asks_in_another_way_is_another(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = GoogleVoice("en") if module is google else EspeakVoice("en-us")
    before = voice.fingerprint
    monkeypatch.setattr(module, "_PART", 99)
    assert voice.fingerprint != before


@settings(max_examples=25)
@given(
    st.lists(st.tuples(*[st.integers(0, 2**31)] * 4), max_size=400),
    st.binary(min_size=2, max_size=2000).filter(lambda sound: len(sound) % 2 == 0),
    st.sampled_from([8000, 22_050, 24_000, 48_000]),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    marks: list[tuple[int, int, int, int]],
    samples: bytes,
    rate: int,
) -> None:
    path = tmp_path_factory.mktemp("clips") / "clip.flac"
    clip = Clip(samples, rate, tuple(Mark(*mark) for mark in marks), "somewhere")
    write_clip(clip, path)
    assert read_clip(path) == clip


def test_a_long_clip_with_two_thousand_words_is_one_file_that_players_open(folder: Path) -> None:
    text = "word " * 2000
    clip = ClipStore(folder).speak(EspeakVoice("en-us"), Utterance(text))
    assert len(clip.marks) == 2000
    assert read_clip(only_file(folder)) == clip
    assert soundfile.info(only_file(folder)).frames == len(clip.samples) // 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:100],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data.replace(b'"start_ms":10', b'"start_ms":90'),
        lambda data: data[: 2 * len(data) // 3] + b"\xff" + data[2 * len(data) // 3 + 1 :],
        lambda data: data[:22] + b"\xff" * 4 + data[26:],
        lambda data: b"x" * len(data),
    ],
    ids=["empty", "header", "half", "last byte", "a mark", "a byte of sound", "its length", "junk"],
)
def test_a_damaged_clip_is_spoken_again_and_kept_whole(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    voice = Teller()
    whole = ClipStore(folder).speak(voice, HELLO)
    file = only_file(folder)
    data = file.read_bytes()
    assert damage(data) != data
    file.write_bytes(damage(data))
    assert ClipStore(folder).speak(voice, HELLO) == whole
    assert len(voice.spoken) == 2
    assert file.read_bytes() == data


def test_of_two_builds_that_speak_at_once_both_have_what_the_first_one_said(folder: Path) -> None:
    voice = Chancer()
    early: list[Clip] = []
    voice.meanwhile = lambda: early.append(ClipStore(folder).speak(voice, HELLO))
    late = ClipStore(folder).speak(voice, HELLO)
    assert len(voice.spoken) == 2
    assert [late] == early
    assert read_clip(only_file(folder)) == late


def test_a_file_system_without_hard_links_keeps_clips_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    clip = ClipStore(folder).speak(Teller(), HELLO)
    assert read_clip(only_file(folder)) == clip


def test_a_clip_that_is_not_the_one_that_was_planned_with_is_not_given(folder: Path) -> None:
    voice = Chancer()
    shelved = ClipStore(folder).shelve(voice, HELLO)
    assert len(shelved.samples) == 2 * shelved.label.length
    file = only_file(folder)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(UnavailableTool, match=r"^teller had to say a text again.*build again\.$"):
        _ = shelved.samples
    assert ClipStore(folder).shelve(voice, HELLO).samples


def test_a_clip_that_was_damaged_meanwhile_is_said_again_in_the_same_way(folder: Path) -> None:
    shelved = ClipStore(folder).shelve(Teller(), HELLO)
    whole = shelved.samples
    only_file(folder).write_bytes(b"")
    assert shelved.samples == whole


def test_a_folder_that_takes_nothing_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    voice = Teller()
    store = ClipStore(tmp_path / "file" / "clips")
    first = store.speak(voice, HELLO)
    assert store.speak(voice, HELLO) == first
    assert store.label(voice, HELLO).duration_ms == first.duration_ms
    assert voice.spoken == [HELLO]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_done_without_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_to_full(_: Path, data: bytes) -> int:
        with Path("/dev/full").open("wb", buffering=0) as full:
            return full.write(data)

    monkeypatch.setattr(Path, "write_bytes", write_to_full)
    voice = Teller()
    store = ClipStore(folder)
    assert store.speak(voice, HELLO) == store.speak(voice, HELLO)
    assert voice.spoken == [HELLO]
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_what_nobody_can_say_has_no_samples(folder: Path) -> None:
    assert ClipStore(folder).speak(EspeakVoice("en-us"), Utterance("—")).samples == b""
    assert ClipStore(folder).label(EspeakVoice("en-us"), Utterance("")).length == 0


@pytest.mark.parametrize(
    ("gives", "reason"),
    [
        (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda: open_recording("/nowhere"), "/nowhere: "),
        (lambda: Clip(b"\0\0\0", 16_000), "ValueError: .*multiple"),
        (lambda: None, "AttributeError: "),
    ],
    ids=["an error of its own", "an error of ours", "half a sample", "nothing"],
)
def test_a_voice_that_fails_is_one_sentence(
    folder: Path, gives: Callable[[], Clip], reason: str
) -> None:
    voice = Teller()
    voice.speak = lambda _: gives()
    with pytest.raises(VivavozError, match=reason) as failure:
        ClipStore(folder).speak(voice, HELLO)
    assert "\n" not in str(failure.value)
    assert not folder.exists()


def test_a_build_in_another_process_finds_the_clip(tmp_path: Path) -> None:
    program = (
        "import hashlib; from vivavoz.audio import ClipStore, Utterance\n"
        "from vivavoz.audio.speak import espeak\n"
        "clip = ClipStore().speak(espeak.EspeakVoice('en-us'), Utterance('Hello there.'))\n"
        "print(hashlib.sha256(clip.samples).hexdigest())"
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "VIVAVOZ_CACHE": str(tmp_path)}

    def run(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        return done.stdout

    first = run(program)
    silenced = "import espeakng_loader; espeakng_loader.get_library_path = lambda: '/gone'\n"
    assert run(silenced + program) == first
    assert only_file(tmp_path).parent.parent == tmp_path / "clips"
