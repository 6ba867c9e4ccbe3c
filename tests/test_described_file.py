"""The described file: what was recorded is copied, the mix keeps time with it, all is labelled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from av.stream import Disposition
from containers import (
    LINES,
    PICTURE,
    RATE,
    VIDEOS,
    describe,
    ffmpeg,
    find_offset_ms,
    hear,
    make_sound,
    read_captions,
    read_chapters,
    read_packets,
    see,
    write_mix,
)
from vivavoz.audio.describe.mux import (
    Soundtrack,
    choose_described_name,
    choose_extended_name,
    write_described,
)
from vivavoz.source import open_recording

Media = Callable[[str], Path]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((f"talk.{extension}", extension) for extension in ("mp4", "m4v", "mov", "mkv", "webm")),
        *((f"talk.{extension}", "mkv") for extension in ("ts", "avi")),
        *((f"talk.{extension}", "m4a") for extension in ("wav", "flac", "m4a")),
        ("talk.mp3", "mp3"),
    ],
)
def test_a_container_stays_what_it_is_where_it_can(media: Media, name: str, expected: str) -> None:
    recording = open_recording(media(name))
    assert choose_described_name(recording) == f"described.{expected}"
    assert choose_extended_name(recording) == f"extended.{expected}"


def test_a_container_is_known_by_what_it_is_and_not_by_its_name(
    media: Media, tmp_path: Path
) -> None:
    named, browser = tmp_path / "named.mp4", tmp_path / "browser.webm"
    named.write_bytes((media("talk.mkv")).read_bytes())
    browser.write_bytes((media("talk.mkv")).read_bytes())
    assert choose_described_name(open_recording(named)) == "described.mkv"
    assert choose_described_name(open_recording(browser)) == "described.mkv"


@pytest.mark.parametrize("name", [name for name in VIDEOS if name != "late.avi"])
def test_what_was_recorded_is_copied_and_the_mix_keeps_time_with_it(
    media: Media, tmp_path: Path, name: str
) -> None:
    out, original = describe(media(name), tmp_path), media(name)
    assert read_packets(out, "video") == read_packets(original, "video")
    assert read_packets(out, "audio") == read_packets(original, "audio")
    assert abs(find_offset_ms(hear(out, 1), hear(out, 0))) < 5
    assert abs(find_offset_ms(hear(out, 0), hear(original, 0))) < 5
    assert list(see(out).values()) == list(see(original).values())
    assert np.allclose(list(see(out)), list(see(original)), atol=0.002)


@pytest.mark.parametrize("name", ["late.mp4", "late.mkv"])
def test_sound_that_begins_late_is_late_in_both_tracks(
    media: Media, tmp_path: Path, name: str
) -> None:
    late = tmp_path / name
    streams = ("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac")
    ffmpeg("-i", media("talk.mp4"), "-itsoffset", "0.7", "-i", media("talk.wav"), *streams, late)
    recording, out = open_recording(late), tmp_path / f"described{late.suffix}"
    mix = write_mix(recording, tmp_path / "mix.wav")
    write_described(recording, Soundtrack(mix, None, "en"), out)
    assert abs(find_offset_ms(hear(out, 0), hear(media("talk.wav"), 0)) - 700) < 5
    assert abs(find_offset_ms(hear(out, 1), hear(out, 0))) < 5


def test_a_cut_by_an_edit_list_stays_cut(media: Media, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp4"
    ffmpeg("-ss", "1.3", "-i", media("talk.mp4"), "-c", "copy", cut)
    out = describe(cut, tmp_path)
    assert abs(find_offset_ms(hear(out, 1), hear(out, 0))) < 5
    assert see(out) == see(cut)


@pytest.mark.parametrize("name", ["talk.mp4", "talk.m4v", "talk.mov", "talk.mkv", "talk.webm"])
def test_tracks_say_what_they_are(media: Media, tmp_path: Path, name: str) -> None:
    path = describe(media(name), tmp_path)
    with av.open(str(path)) as container:
        first, second = container.streams.audio
        captions = container.streams.subtitles[0]
        assert first.disposition & Disposition.default
        assert not second.disposition & Disposition.default
        assert (second.language, captions.language) == ("spa", "spa")
        titles = {second.metadata.get("title"), second.metadata.get("name")}
        assert "Audiodescripción" in titles
        flagged = second.disposition
        if name in {"talk.mp4", "talk.m4v"}:
            assert flagged & Disposition.visual_impaired
            assert flagged & Disposition.descriptions
            assert captions.disposition & Disposition.captions
        if name == "talk.mkv":
            assert flagged & Disposition.visual_impaired
        assert container.metadata["title"] == "A talk"
    assert read_chapters(path) == [("One; two", 0, 2.5), ("Three", 2.5, 6)]


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mov", "talk.mkv", "talk.webm", "talk.ts"])
def test_captions_keep_their_lines_and_show_no_markup(
    media: Media, tmp_path: Path, name: str
) -> None:
    assert read_captions(describe(media(name), tmp_path)) == LINES


def test_a_language_without_a_code_is_undetermined(media: Media, tmp_path: Path) -> None:
    with av.open(str(describe(media("talk.mp4"), tmp_path, "xx"))) as container:
        assert container.streams.audio[1].language == "und"


@pytest.mark.parametrize("name", ["talk.mp3", "talk.flac", "talk.m4a", "talk.wav"])
def test_a_recording_without_pictures_becomes_the_mix(
    media: Media, tmp_path: Path, name: str
) -> None:
    out = describe(media(name), tmp_path)
    with av.open(str(out)) as container:
        assert [stream.type for stream in container.streams] == ["audio"]
        assert name == "talk.wav" or container.metadata["title"] == "A talk"
    assert abs(find_offset_ms(hear(out, 0), hear(media(name), 0))) < 5
    levels_db = [20 * np.log10(np.std(hear(path, 0))) for path in (out, media(name))]
    assert levels_db[0] == pytest.approx(levels_db[1], abs=0.1)


def test_a_cover_stays(media: Media, tmp_path: Path) -> None:
    covered, out = tmp_path / "covered.mp3", tmp_path / "described.mp3"
    ffmpeg(*PICTURE, "-frames:v", "1", tmp_path / "cover.png")
    inputs = ("-i", media("talk.mp3"), "-i", tmp_path / "cover.png")
    ffmpeg(*inputs, "-map", "0", "-map", "1", "-c", "copy", covered)
    sound = Soundtrack(media("talk.wav"), None, "en")
    write_described(open_recording(covered), sound, out)
    assert read_packets(out, "video") == read_packets(covered, "video")
    assert not open_recording(out).has_video


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("name", ["talk.mp4", "talk.webm"])
def test_a_mix_keeps_its_channels(media: Media, tmp_path: Path, name: str, channels: int) -> None:
    mix, out = tmp_path / "mix.wav", tmp_path / f"described{Path(name).suffix}"
    samples = np.repeat(make_sound(2)[:, None], channels, axis=1)
    soundfile.write(mix, samples, RATE, format="RF64")
    write_described(open_recording(media(name)), Soundtrack(mix, None, "en"), out)
    with av.open(str(out)) as container:
        assert container.streams.audio[1].channels == channels
