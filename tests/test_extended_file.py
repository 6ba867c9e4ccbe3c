"""The extended edition: the picture holds where it should, and nothing else is changed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from av.stream import Disposition
from containers import (
    HELD_SECONDS,
    HOLDS,
    LINES,
    RATE,
    SECONDS,
    VIDEOS,
    extend,
    ffmpeg,
    find_offset_ms,
    hear,
    make_sound,
    read_captions,
    read_chapters,
    read_packets,
    see,
    show_at,
)
from vivavoz.audio.describe.hold import Hold
from vivavoz.audio.describe.mux import Soundtrack, write_extended
from vivavoz.source import open_recording

Media = Callable[[str], Path]


def move(moment_s: float, holds: tuple[Hold, ...] = HOLDS) -> float:
    held = sum(hold.duration_ms for hold in holds if hold.at_ms <= moment_s * 1000)
    return moment_s + held / 1000


@pytest.mark.parametrize("name", list(VIDEOS))
def test_the_picture_holds_while_a_description_speaks(
    media: Media, tmp_path: Path, name: str
) -> None:
    out = extend(media(name), tmp_path)
    shown = {0.2: 0, 2.9: 0, 3.5: 0, 4.5: 1, 5.7: 2, 7.3: 2, 7.8: 2, 8.5: 3}
    shown |= {9.2: 3, 10.3: 3, 11.0: 4, 12.0: 5, 13.2: 5}
    pictures = see(out)
    assert {at: show_at(pictures, at) for at in shown} == shown
    assert list(pictures) == sorted(pictures)
    assert abs(len(pictures) - len(see(media(name)))) <= (name == "late.avi")


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mkv", "talk.webm"])
def test_holding_moves_pictures_and_changes_none(media: Media, tmp_path: Path, name: str) -> None:
    out = extend(media(name), tmp_path)
    assert read_packets(out, "video") == read_packets(media(name), "video")
    first_s, *others_s = see(media(name))
    moved_s = [first_s, *map(move, others_s)]
    assert np.allclose(list(see(out)), moved_s, atol=0.0015)
    with av.open(str(out)) as container:
        assert abs(container.duration / 1_000_000 - HELD_SECONDS) < 0.05


def test_an_extended_edition_has_one_sound_and_chapters_on_its_own_clock(
    media: Media,
    tmp_path: Path,
) -> None:
    out = extend(media("talk.mp4"), tmp_path)
    assert abs(find_offset_ms(hear(out, 0), make_sound(HELD_SECONDS))) < 5
    assert read_captions(out) == LINES
    with av.open(str(out)) as container:
        (sound,) = container.streams.audio
        assert sound.disposition & Disposition.default
        assert sound.disposition & Disposition.descriptions
    assert read_chapters(out) == [("One; two", 0, 5.5), ("Three", 5.5, 12.5)]


def test_sound_alone_is_extended_too(media: Media, tmp_path: Path) -> None:
    assert (
        abs(find_offset_ms(hear(extend(media("talk.mp3"), tmp_path), 0), make_sound(HELD_SECONDS)))
        < 5
    )


def test_a_thousand_holds_are_no_trouble(media: Media, tmp_path: Path) -> None:
    holds = tuple(Hold(at_ms, 7) for at_ms in range(3, 6000, 6))
    assert max(see(extend(media("talk.mp4"), tmp_path, holds))) == pytest.approx(
        move(5.96, holds), abs=0.002
    )


def test_a_cut_by_an_edit_list_is_held_where_it_is_heard(media: Media, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp4"
    ffmpeg("-ss", "1.3", "-i", media("talk.mp4"), "-c", "copy", cut)
    held = see(extend(cut, tmp_path, (Hold(0, 2000),)))
    assert [show_at(held, moment_s) for moment_s in (0.1, 1.9, 2.6, 2.8)] == [1, 1, 1, 2]


def test_what_belongs_together_lies_together_however_long_the_holds_are(
    media: Media, tmp_path: Path
) -> None:
    holds = (Hold(500, 70_000), Hold(5000, 70_000))
    recording, sound = open_recording(media("talk.mp4")), tmp_path / "held.wav"
    soundfile.write(sound, np.zeros(RATE * (SECONDS + 140)), RATE)
    out = tmp_path / "extended.mp4"
    write_extended(recording, Soundtrack(sound, None, "en"), holds, out)
    with av.open(str(out)) as container:
        packets = sorted(
            (packet.pos, packet.dts * packet.time_base)
            for packet in container.demux()
            if packet.size
        )
    assert all(after - before > -1 for (_, before), (_, after) in pairwise(packets))
