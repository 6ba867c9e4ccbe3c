"""A talk with pictures, filmed, and what is heard of it in a mix."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import numpy as np
from synthetic_speech import Saying, Script, SpokenInterview, add_noise, speak_interview
from vivavoz.audio.ffmpeg import find_ffmpeg

RATE = 48_000
HUM_HZ = 12_000
"""A soft tone in the film, higher than anything that a voice says or that the aligner hears: what
becomes of it tells how loud the programme is in a mix."""
HUM_MS = 40
"""How long a piece it is measured in."""
FITTING = "An old ferry lies at a snowy pier."
LONG = (
    "A woman with a grey plait sits on an upturned boat and mends a net, her feet in the wet sand, "
    "while two children in yellow coats look on from a wall, and behind them the whole harbour "
    "lies in the first light of a cold and windless morning. On the left a crane lifts crates out "
    "of a blue ship, whose name nobody could read any more, and three men with their hands in "
    "their pockets wait below it. Far out, where the water is bright, a sail hangs from its mast, "
    "and gulls sit in a row on the breakwater, all of them facing the sun. In the foreground a dog "
    "sleeps on a coil of rope."
)
"""It takes longer than the whole talk."""
_SCRIPT = Script(
    "en",
    (
        Saying("Nora Whitfield", "Captain Brandt, do you remember the first crossing?"),
        Saying("Emil Brandt", "It was a Tuesday in March, and there was ice along the pier."),
        Saying("Nora Whitfield", "Who taught you to read the water?"),
        Saying("Emil Brandt", "A woman who mended nets on the north shore taught me everything."),
    ),
)
_PAUSES_MS = (5200, 5600)


@cache
def speak_talk() -> SpokenInterview:
    """Have the talk said, in a room, with silences that a short description fits into."""
    return add_noise(speak_interview(_SCRIPT, pauses_ms=_PAUSES_MS), 45)


def write_talk(folder: Path, pictures: dict[int, str]) -> Path:
    """Write `talk.txt` with pictures before some turns; `sound.wav` and `talk.mp4` beside it."""
    spoken = speak_talk()
    lines: list[str] = []
    for turn, line in enumerate(spoken.script.transcript.splitlines()):
        if turn in pictures:
            lines.append(f"[Picture: {pictures[turn]}]")
        lines.append(line)
    _, wave = spoken.write(folder, "sound")
    transcript = folder / "talk.txt"
    transcript.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    _film(wave, spoken.duration_ms / 1000, folder / "talk.mp4")
    return transcript


def _film(wave: Path, seconds: float, out: Path) -> None:
    """Put pictures to a sound, and the hum under it."""
    inputs = (
        *("-f", "lavfi", "-i", f"testsrc=s=160x90:r=10:d={seconds}", "-i", str(wave)),
        *("-f", "lavfi", "-i", f"sine=f={HUM_HZ}:r={RATE}"),
    )
    mixing = (
        f"[1:a]aresample={RATE}[voices];[2:a]volume=-20dB[hum];"
        "[voices][hum]amix=duration=first:normalize=0[sound]"
    )
    pictures = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
    form = (*pictures, "-ac", "2", "-c:a", "aac", "-b:a", "192k", str(out))
    command = [find_ffmpeg(), "-v", "error", "-y", *inputs, "-filter_complex", mixing]
    subprocess.run([*command, "-map", "0:v", "-map", "[sound]", *form], check=True)


def hear(path: Path, track: int = 0) -> np.ndarray:
    """Decode a sound track, mono at `RATE`, as a player plays it."""
    command = [find_ffmpeg(), "-v", "error", "-i", str(path), "-map", f"0:a:{track}"]
    form = ["-f", "f32le", "-ac", "1", "-ar", str(RATE), "-"]
    return np.frombuffer(
        subprocess.run([*command, *form], check=True, capture_output=True).stdout, "<f4"
    )


def measure_hum(sound: np.ndarray) -> np.ndarray:
    """Return how loud the tone in it is, in decibels, for every `HUM_MS`."""
    size = HUM_MS * RATE // 1000
    pieces = sound[: len(sound) // size * size].reshape(-1, size) * np.hanning(size)
    turning = np.exp(-2j * np.pi * HUM_HZ / RATE * np.arange(size))
    return 20 * np.log10(np.abs(pieces @ turning) / size + 1e-9)


def pick_within(start_ms: int, end_ms: int) -> slice:
    """Return which measures of the hum lie within a time."""
    return slice(-(-start_ms // HUM_MS), end_ms // HUM_MS)
