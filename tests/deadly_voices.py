"""An engine whose voices kill the process that they speak in, as damaged libraries do."""

from __future__ import annotations

from pathlib import Path

_ENGINE = """
import os
from dataclasses import dataclass
from pathlib import Path
from vivavoz.audio import Cast, Clip

SCARS = Path(__file__).parent / "scars"


@dataclass(frozen=True)
class Voice:
    name: str = "deadly"
    reads_ipa: bool = False
    fingerprint: str = "deadly 1"

    def speak(self, utterance):
        if "once" in utterance.text and not SCARS.exists():
            SCARS.touch()
            os.kill(os.getpid(), 9)
        if "always" in utterance.text:
            os.kill(os.getpid(), 11)
        return Clip(b"\\x00\\x40\\x00\\xc0" * 4000, 16_000)


def check_choice(choice):
    pass


def cast_speakers(language, choice, speakers):
    return Cast(Voice(), dict.fromkeys(speakers, Voice()))
"""


def install_deadly_voices(folder: Path) -> None:
    """Make a folder in which Python finds the engine `deadly`."""
    information = folder / "deadly-1.0.dist-info"
    information.mkdir(parents=True)
    (folder / "deadly.py").write_text(_ENGINE, encoding="utf-8")
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[vivavoz.voices]\ndeadly = deadly\n")
