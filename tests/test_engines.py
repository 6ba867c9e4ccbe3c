"""What is promised of engines: ours are always there, and any package may bring another."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT
from vivavoz.audio import (
    VoiceSpec,
    cast_narrator,
    cast_voices,
    list_voices,
)
from vivavoz.audio.speak.engine import find_engine
from vivavoz.source import Interview, Role, Speaker, UnavailableTool, UsageError

BELLS = """
from dataclasses import dataclass
from vivavoz.audio import Cast, Clip, ListedVoice
from vivavoz.source import UsageError


@dataclass(frozen=True)
class Bell:
    name: str
    reads_ipa: bool = False

    @property
    def fingerprint(self):
        return f"bells 1, {self.name}"

    def speak(self, utterance):
        return Clip(b"\\x00\\x40\\x00\\xc0" * 4000, 16_000)


def check_choice(choice):
    if choice not in (None, "great", "small"):
        raise UsageError("There are great bells and small ones.")


def cast_speakers(language, choice, speakers):
    bell = Bell(f"bells:{choice or 'great'}")
    return Cast(bell, dict.fromkeys(speakers, Bell("bells:small")), ("It will be loud.",))


def list_voices(language):
    return [ListedVoice("bells:great", "any", "heard all over the town", "the town")]
"""

CRACKED = """
def fail(*_):
    raise RuntimeError("it has\\na crack")


check_choice = cast_speakers = list_voices = fail
"""


def install(folder: Path, entry: str) -> None:
    """Lay out a package as an installer does, with nothing but what it needs."""
    (folder / "bells.py").write_text(BELLS, encoding="utf-8")
    information = folder / "bells-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: bells\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(f"[vivavoz.voices]\n{entry}\n")


@pytest.fixture
def bells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    install(tmp_path, "bells = bells")
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("bells", None)
    yield tmp_path
    sys.modules.pop("bells", None)


@pytest.mark.usefixtures("bells")
def test_an_engine_of_another_package_reads() -> None:
    speakers = (Speaker("Ana", Role.GUEST),)
    spec = VoiceSpec.parse("bells:small")
    assert spec == VoiceSpec("bells", "small")
    cast = cast_voices(Interview("A talk", "en", speakers, ()), spec)
    assert cast.voice_of("Ana").name == "bells:small"
    assert cast.notices == ("It will be loud.",)


@pytest.mark.usefixtures("bells")
def test_an_engine_of_another_package_says_what_it_takes() -> None:
    with pytest.raises(UsageError, match="great bells and small"):
        VoiceSpec.parse("bells:tiny")
    with pytest.raises(UsageError, match="use espeak, gtts, piper, bells"):
        VoiceSpec.parse("horns")


def test_the_command_lists_and_uses_its_voices(bells: Path) -> None:
    environment = {
        "PYTHONPATH": ":".join([str(bells), *sys.path]),
        "VIVAVOZ_CACHE": str(bells / "cache"),
    }

    def run(*arguments: str) -> str:
        program = "from vivavoz.scripts.command import main; main()"
        command = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        return done.stdout

    assert "bells:great                  any      heard all over the town  online: sends" in run(
        "voices"
    )
    talk = bells / "talk.txt"
    talk.write_text("Ana: Hello there, all of you.\nBen: Good evening.\n", encoding="utf-8")
    run("build", str(talk), "--voice", "bells", "--out", str(bells / "out"))
    assert "bells:small" in (bells / "out" / "talk" / "report.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", ["bells = bells_that_rang", "bells = bells:no_such_thing"])
def test_an_engine_that_cannot_be_loaded_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    install(tmp_path, entry)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UnavailableTool, match=r"“bells” can't be loaded.*reinstall bells"):
        VoiceSpec.parse("bells")


def test_an_engine_that_fails_to_load_in_its_own_way_is_one_sentence(bells: Path) -> None:
    (bells / "bells.py").write_text("1 / 0", encoding="utf-8")
    with pytest.raises(
        UnavailableTool, match=r"can't be loaded \(ZeroDivision.*reinstall bells\.$"
    ):
        VoiceSpec.parse("bells")


def test_an_engine_that_fails_when_it_is_asked_is_one_sentence(bells: Path) -> None:
    (bells / "bells.py").write_text(CRACKED, encoding="utf-8")
    sentence = r"^The voices of “bells” failed \(RuntimeError: it has a crack\); use another voice"
    with pytest.raises(UnavailableTool, match=sentence):
        VoiceSpec.parse("bells")
    with pytest.raises(UnavailableTool, match=sentence):
        cast_narrator("en", VoiceSpec("bells"))


@pytest.mark.parametrize("code", [CRACKED, "1 / 0"])
def test_an_engine_that_fails_is_left_out_of_the_voices_with_a_word(bells: Path, code: str) -> None:
    (bells / "bells.py").write_text(code, encoding="utf-8")
    told: list[str] = []
    listed = list_voices(tell=told.append)
    assert {voice.spec.partition(":")[0] for voice in listed} == {"espeak", "gtts", "piper"}
    assert list_voices() == listed
    (sentence,) = told
    assert "“bells”" in sentence


def test_nobody_takes_the_name_of_an_engine_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "espeak = bells")
    monkeypatch.syspath_prepend(tmp_path)
    assert (
        cast_narrator("en", VoiceSpec.parse("espeak")).narrator.name
        == "espeak:en-us+f5 at pitch 20"
    )


def test_ours_are_in_the_metadata_as_those_of_others_would_be() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["entry-points"]["vivavoz.voices"]
    for name, module in declared.items():
        assert find_engine(name) is import_module(module)
    assert tuple(declared) == ("espeak", "gtts", "piper")


@pytest.mark.parametrize(
    ("speaking", "narrating", "narrator"),
    [
        ("espeak", None, "espeak:en-us+f5 at pitch 20"),
        ("espeak", "espeak:en-gb", "espeak:en+f5 at pitch 20"),
        ("espeak", "espeak:en-gb+m3", "espeak:en+m3"),
        ("espeak", "gtts:ca", "gtts:ca"),
        ("gtts", "espeak", "espeak:en-us+f5 at pitch 20"),
        ("gtts", None, "gtts:co.uk"),
    ],
)
def test_the_narrator_may_be_of_another_engine(
    speaking: str, narrating: str | None, narrator: str
) -> None:
    speakers = (Speaker("Ana", Role.GUEST), Speaker("Narrator", Role.NARRATOR))
    cast = cast_voices(
        Interview("A talk", "en", speakers, ()),
        VoiceSpec.parse(speaking),
        VoiceSpec.parse(narrating) if narrating else None,
    )
    assert cast.narrator.name == cast.voice_of("Narrator").name == narrator
    assert cast.voice_of("Ana").name.startswith(speaking)
    sent = sum("sent to Google" in notice for notice in cast.notices)
    assert sent == ("gtts" in (speaking, (narrating or "").partition(":")[0]))


@pytest.mark.parametrize("speakers", [(), (Speaker("Ana", Role.GUEST),)])
def test_what_is_said_of_gtts_is_true_of_a_narrator_too(speakers: tuple[Speaker, ...]) -> None:
    interview, gtts = Interview("A talk", "en", speakers, ()), VoiceSpec("gtts")
    told = {
        cast_narrator("en", gtts).notices,
        cast_voices(interview, VoiceSpec("espeak"), gtts).notices,
        cast_voices(interview, gtts).notices[:1],
    }
    assert told == {("What gtts reads aloud is sent to Google, a third party.",)}


def test_a_narrator_alone_has_the_voice_that_was_asked_for() -> None:
    assert cast_narrator("en", VoiceSpec("gtts", "ie")).narrator.name == "gtts:ie"
    assert cast_narrator("es-MX", VoiceSpec()).narrator.voice == "es-419"
    assert cast_narrator("en", VoiceSpec()).speakers == {}
