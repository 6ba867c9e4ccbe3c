"""The described mix: what is touched and what is not, how deep, how loud, and on which channels."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory import measure_growth
from programmes import (
    describe,
    ffmpeg,
    make_clip,
    narrate,
    noise,
    read_ebur128,
    read_pcm,
    tone,
    write_pcm,
)
from vivavoz.audio.describe.gain import Duck, GainTimeline
from vivavoz.audio.describe.held_programme import hold_programme
from vivavoz.audio.describe.hold import Hold
from vivavoz.audio.describe.mix import mix_narration, remix
from vivavoz.audio.describe.narration import Narration
from vivavoz.audio.describe.pcm import HEADER_BYTES, Layout, Programme, open_pcm, write_header
from vivavoz.audio.describe.stem import write_stem
from vivavoz.source import UnreadableSource, UnwritableOutput

NOTHING = Narration((), GainTimeline(()))
SILENT = make_clip(np.zeros(48_000))


def at(ms: int) -> int:
    return ms * 48


@pytest.mark.parametrize("bits", [16, 32])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_what_lies_outside_the_ducks_is_the_programme_to_the_bit(
    tmp_path: Path, channels: int, bits: int
) -> None:
    programme = write_pcm(tmp_path / "programme.wav", noise(6, channels, 0.99), bits)
    narration = narrate([describe(2000, make_clip(tone(1, 500, 0.3)), 3)], 6000)
    mix = mix_narration(programme, narration, tmp_path / "mix.wav")
    before, after = read_pcm(programme), read_pcm(mix)
    changed = np.flatnonzero((before != after).any(axis=1))
    assert at(1800) <= changed[0]
    assert changed[-1] < at(3200)
    assert len(changed) > at(1390)
    assert mix == replace(programme, path=tmp_path / "mix.wav")


@pytest.mark.parametrize("depth_db", [-6.0, -10.0, -20.0])
def test_a_duck_is_where_and_as_deep_as_its_timeline_says(tmp_path: Path, depth_db: float) -> None:
    programme = write_pcm(tmp_path / "programme.wav", np.full((at(6000), 2), 0.5))
    narration = narrate([describe(2000, SILENT)], 6000, depth_db)
    mix = mix_narration(programme, narration, tmp_path / "mix.wav")
    gain = read_pcm(mix)[:, 0] / read_pcm(programme)[:, 0]
    depth = 10 ** (depth_db / 20)
    wanted = np.interp(np.arange(at(6000)) / 48, [1800, 2100, 2900, 3200], [1, depth, depth, 1])
    assert np.abs(gain - wanted).max() < 1e-4


def test_a_description_is_heard_from_the_channels_where_speech_is(tmp_path: Path) -> None:
    spoken = {1: [0], 2: [0, 1], 6: [2]}
    voice = tone(1, 440, 0.4)
    for channels, heard in spoken.items():
        programme = write_pcm(tmp_path / "programme.wav", np.zeros((at(3000), channels)))
        narration = narrate([describe(1000, make_clip(voice), -6.0206)], 3000)
        mixed = read_pcm(mix_narration(programme, narration, tmp_path / "mix.wav")) / 32768
        assert list(np.flatnonzero(mixed.any(axis=0))) == heard
        assert np.abs(mixed[at(1000) : at(2000), heard[0]] - voice / 2).max() < 1e-4
        assert not mixed[: at(1000)].any()
        assert not mixed[at(2000) :].any()


def test_a_long_clip_at_another_rate_keeps_its_time_and_pitch(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "programme.wav", np.zeros(at(30_000)))
    narration = narrate([describe(500, make_clip(tone(29, 440, 0.4, 22_050), 22_050))], 30_000)
    mixed = read_pcm(mix_narration(programme, narration, tmp_path / "mix.wav")) / 32768
    inner = slice(at(600), at(29_400))
    wanted = np.pad(tone(29, 440, 0.4), (at(500), at(500)))[inner]
    assert np.abs(mixed[inner, 0] - wanted).max() < 1e-4


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_true_peaks_of_the_mix_stay_below_one_decibel(tmp_path: Path, channels: int) -> None:
    programme = write_pcm(tmp_path / "programme.wav", noise(8, channels, 0.3))
    voice = tone(3, 11_990, 0.99) * np.abs(tone(3, 2, 1))
    loud = [describe(1000, make_clip(voice), 9), describe(5900, make_clip(voice[:96_000]), 3)]
    mix = mix_narration(programme, narrate(loud, 8000), tmp_path / "mix.wav")
    assert -1.3 <= read_ebur128(mix.path)[1] <= -1.0


def test_the_limiter_leaves_no_step_at_the_seams(tmp_path: Path) -> None:
    """A programme that is as loud as can be goes on through a duck's edges without a click."""
    sound = tone(4, 50, 1.0)
    programme = write_pcm(tmp_path / "programme.wav", sound)
    mix = mix_narration(programme, narrate([describe(1500, SILENT)], 4000), tmp_path / "mix.wav")
    mixed = read_pcm(mix)[:, 0] / 32768
    steepest = np.abs(np.diff(sound)).max()
    assert np.abs(np.diff(mixed)).max() < 1.02 * steepest
    assert np.abs(mixed[at(1330) : at(2670)]).max() < 10 ** (-1 / 20)


def test_a_description_that_outlasts_the_programme_is_cut_off(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "programme.wav", noise(2, 2))
    late = [describe(1500, SILENT), describe(9000, SILENT)]
    mix = mix_narration(programme, narrate(late, 2000), tmp_path / "mix.wav")
    assert mix.path.stat().st_size == programme.path.stat().st_size
    assert (read_pcm(mix)[: at(1300)] == read_pcm(programme)[: at(1300)]).all()


@st.composite
def narrations(draw: st.DrawFn) -> Narration:
    """Return up to six descriptions over four seconds, some near, touching or at the edges."""
    descriptions, free_ms = [], 0
    for _ in range(draw(st.integers(0, 6))):
        start_ms = free_ms + draw(st.sampled_from([0, 1, 100, 399, 401, 700, 1200]))
        seconds = draw(st.sampled_from([0.01, 0.2, 0.7]))
        rate = draw(st.sampled_from([22_050, 48_000]))
        pitch = draw(st.sampled_from([300, 700]))
        clip = make_clip(tone(seconds, pitch, 0.9, rate), rate)
        descriptions.append(describe(start_ms, clip, draw(st.sampled_from([-12.0, 0.0, 6.0]))))
        free_ms = descriptions[-1].end_ms
    return narrate(descriptions, 4000, draw(st.sampled_from([-10.0, -3.0])))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=narrations(), after=narrations())
def test_a_changed_mix_is_a_fresh_one_to_the_bit(
    tmp_path: Path, before: Narration, after: Narration
) -> None:
    programme = write_pcm(tmp_path / "programme.wav", noise(4, 2, 0.95))
    mix = mix_narration(programme, before, tmp_path / "mix.wav")
    fresh = mix_narration(programme, after, tmp_path / "fresh.wav")
    remix(programme, mix, before, after)
    assert mix.path.read_bytes() == fresh.path.read_bytes()
    touched = np.zeros(at(4000), bool)
    for duck in after.gains.ducks:
        touched[at(duck.start_ms) : at(duck.end_ms)] = True
    assert (read_pcm(fresh)[~touched] == read_pcm(programme)[~touched]).all()
    remix(programme, mix, after, NOTHING)
    assert mix.path.read_bytes() == programme.path.read_bytes()


def test_beyond_four_gigabytes_the_mix_is_where_it_belongs(tmp_path: Path) -> None:
    hours_ms = 7 * 3_600_000
    programme, mix = (write_silence(tmp_path / name, hours_ms) for name in ("long.wav", "mix.wav"))
    narration = narrate([describe(hours_ms - 5000, make_clip(tone(1, 440, 0.5)))], hours_ms)
    remix(programme, mix, NOTHING, narration)
    assert "Duration: 07:00:00.00" in ffmpeg("-i", mix.path, "-t", "0.1", "-f", "null", "-")
    with soundfile.SoundFile(mix.path) as file:
        assert (file.format, file.frames, file.channels) == ("RF64", at(hours_ms), 2)
        file.seek(at(hours_ms - 6000))
        late = file.read(at(6000))[:, 1]
    assert np.abs(late[at(1000) : at(2000)] - tone(1, 440, 0.5)).max() < 1e-4
    assert not late[: at(1000)].any()
    assert not late[at(2000) :].any()


def test_memory_does_not_grow_with_the_length_of_the_programme(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; import test_mix as case\n"
        "def mix(minutes):\n"
        "    folder, last_ms = Path(sys.argv[1]), minutes * 60_000\n"
        "    programme = case.write_silence(folder / 'programme.wav', last_ms)\n"
        "    clip = case.make_clip(case.tone(2, 440, 0.3))\n"
        "    spoken = [case.describe(at_ms, clip) for at_ms in (0, last_ms // 2, last_ms - 5000)]\n"
        "    narration = case.narrate(spoken, last_ms)\n"
        "    case.mix_narration(programme, narration, folder / 'mix.wav')\n"
        "    case.hold_programme(programme, [case.Hold(1000, 500)], folder / 'held.wav')\n"
        "    case.write_stem(narration, last_ms, folder / 'narration.flac')\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "first = mix(1)\n"
        "print(mix(8) / first)"
    )
    assert measure_growth(program, tmp_path) < 1.1


def write_silence(path: Path, duration_ms: int) -> Programme:
    """Write a programme without sound: a file full of holes, which take no room on the disk."""
    programme = Programme(path, Layout.STEREO, 16, at(duration_ms))
    with path.open("wb") as file:
        write_header(file, programme)
        file.truncate(HEADER_BYTES + 4 * programme.frames)
    return programme


def test_the_stem_has_what_the_mix_adds_to_the_programme(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "programme.wav", noise(8, 2))
    voices = [make_clip(tone(seconds, 440, 0.3, 22_050), 22_050) for seconds in (1, 0.5)]
    narration = narrate([describe(1000, voices[0], 4), describe(5000, voices[1])], 8000)
    mix = mix_narration(programme, narration, tmp_path / "mix.wav")
    ducked = mix_narration(programme, replace(narration, descriptions=()), tmp_path / "ducked.wav")
    write_stem(narration, 8000, tmp_path / "narration.flac")
    stem, rate = soundfile.read(tmp_path / "narration.flac", dtype="int16")
    assert rate == 48_000
    assert stem.shape == (at(8000),)
    added = read_pcm(mix).astype(int) - read_pcm(ducked)
    assert np.abs(added - stem[:, None]).max() <= 1


def test_a_held_programme_is_silent_while_it_is_held_and_else_what_it_was(tmp_path: Path) -> None:
    sound = noise(4, 2, 0.9)
    programme = write_pcm(tmp_path / "programme.wav", sound)
    holds = [Hold(0, 500), Hold(1000, 2000), Hold(1004, 1000), Hold(4000, 700)]
    held = hold_programme(programme, holds, tmp_path / "held.wav")
    before, after = read_pcm(programme), read_pcm(held)
    assert held.duration_ms == 4000 + 4200
    assert held.path.stat().st_size == HEADER_BYTES + 4 * held.frames
    for silent_ms, until_ms in ((0, 500), (1500, 3500), (3504, 4504), (7500, 8200)):
        assert not after[at(silent_ms) : at(until_ms)].any()
    for start_ms, end_ms, later_ms in ((0, 995, 500), (1009, 4000, 3500)):
        same = after[at(start_ms + later_ms) : at(end_ms + later_ms)]
        assert (same == before[at(start_ms) : at(end_ms)]).all()


def test_a_held_programme_does_not_click(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "programme.wav", np.full(at(2000), 0.8))
    held = hold_programme(programme, [Hold(1000, 1000)], tmp_path / "held.wav")
    steps = np.abs(np.diff(read_pcm(held)[:, 0].astype(int)))
    assert steps.max() <= 0.8 * 32768 / at(5) * 1.01


@pytest.mark.parametrize(
    "write",
    [
        lambda programme, out: mix_narration(programme, NOTHING, out),
        lambda programme, out: hold_programme(programme, [Hold(0, 100)], out),
        lambda _, out: write_stem(NOTHING, 1000, out),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_nothing(
    tmp_path: Path, write: Callable[[Programme, Path], object]
) -> None:
    programme = write_pcm(tmp_path / "programme.wav", noise(1))
    out = tmp_path / "missing" / "out.wav"
    with pytest.raises(UnwritableOutput, match="can't be written here") as refusal:
        write(programme, out)
    assert refusal.value.file == str(out)
    assert list(tmp_path.iterdir()) == [programme.path]


def test_a_duck_without_a_description_softens_all_the_same(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "programme.wav", np.full(at(3000), 0.5))
    narration = Narration((), GainTimeline((Duck(1000, 2000),)))
    mix = mix_narration(programme, narration, tmp_path / "mix.wav")
    with open_pcm(mix) as pcm:
        assert abs(pcm.read(at(1500), 1)[0, 0] / 16384 - 10**-0.5) < 1e-4


FULL = """
import resource, signal, sys
from pathlib import Path
from vivavoz.audio.describe.stem import write_stem
from vivavoz.source import UnreadableSource, UnwritableOutput
sys.path.insert(0, sys.argv[2])
from programmes import describe, make_clip, narrate, noise

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
narration = narrate([describe(0, make_clip(noise(3)))], 3000)
out = Path(sys.argv[1])
write_stem(narration, 3000, out)
whole = out.stat().st_size
out.unlink()
for room in (0, 1000, whole // 2, whole - 1):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        write_stem(narration, 3000, out)
    except UnwritableOutput as error:
        print(error)
"""


def test_a_full_disk_is_said_of_the_stem_however_little_is_lacking(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    out = tmp_path / "narration.flac"
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", FULL, str(out), here]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    said = f"{out}: The result can't be written here (File too large); free some space or"
    assert [line[: len(said)] for line in ran.stdout.splitlines()] == [said] * 4
    assert ran.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_programme_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "programme.wav", noise(8))
    mix = mix_narration(programme, NOTHING, tmp_path / "mix.wav")
    narration = narrate([describe(2000, make_clip(noise(1)))], 8000)
    gone = replace(programme, path=tmp_path / "gone.wav")
    damaged = replace(programme, path=Path("/proc/self/mem"))
    for source in (gone, *([damaged] if damaged.path.exists() else [])):
        with pytest.raises(UnreadableSource, match="can't be read") as refusal:
            mix_narration(source, narration, tmp_path / "out.wav")
        assert refusal.value.file == str(source.path)
        with pytest.raises(UnreadableSource, match="can't be read"):
            remix(source, mix, NOTHING, narration)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mix.wav", "programme.wav"]
