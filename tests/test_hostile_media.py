"""Recordings that were made to do harm: nothing else is opened, and nothing takes all there is."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import time
import wave
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from vivavoz.audio.describe.mux import Soundtrack, write_described
from vivavoz.audio.ffmpeg import change_tempo, encode_mp3, explain_failure, find_ffmpeg
from vivavoz.source import (
    UnavailableTool,
    UnreadableSource,
    UnwritableOutput,
    decode_speech,
    open_recording,
)
from vivavoz.source.memory import limit_memory, measure_memory

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="limits are Linux's")
SERVER = "http://127.0.0.1:{port}/talk.mp4"
SCRIPTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n",
    "hls of a key": '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{url}"\n#EXTINF:9,\n{path}\n',
    "concat": "ffconcat version 1.0\nfile '{path}'\n",
    "concat of an address": "ffconcat version 1.0\nfile {url}\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
    "m=audio {port} RTP/AVP 0\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period>'
    "<AdaptationSet><Representation><BaseURL>{url}</BaseURL></Representation></AdaptationSet>"
    "</Period></MPD>",
    "metadata": ";FFMETADATA1\ntitle={url}\n",
    "words of a talk": '{{"captions":[{{"duration":999,"content":"{url}","startTime":1}}]}}',
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>',
    "avisynth": 'AVISource("{path}")\n',
    "address": "{url}\n",
}


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Return a good recording that nobody asked for."""
    path = tmp_path / "other.wav"
    soundfile.write(path, np.full(48000, 0.5), 48000)
    return path


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening


def was_called(server: socket.socket) -> bool:
    try:
        server.accept()
    except BlockingIOError:
        return False
    return True


@pytest.mark.parametrize("name", ["list.mp4", "list.m3u8", "list.sdp", "list.avs", "list.svg"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_no_recording_whatever_it_is_called(
    tmp_path: Path, other: Path, server: socket.socket, script: str, name: str
) -> None:
    path, port = tmp_path / name, server.getsockname()[1]
    url = SERVER.format(port=port)
    path.write_text(SCRIPTS[script].format(url=url, path=other, port=port), encoding="utf-8")
    with pytest.raises(UnreadableSource, match=r"This is not a media file.*save it again\.$"):
        open_recording(path)
    assert not was_called(server)


def test_ffmpeg_takes_what_was_found_for_what_it_is(
    tmp_path: Path, other: Path, server: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told the format, so a playlist that takes the place of a video stays unread."""
    talk, mix = tmp_path / "talk.mp4", tmp_path / "mix.wav"
    make_video(talk)
    soundfile.write(mix, np.zeros((48000, 1)), 48000)
    recording = open_recording(talk)
    program = tmp_path / "ffmpeg"
    program.write_text(f'#!/bin/sh\nfor word; do echo "$word"; done > {tmp_path}/words\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setattr("vivavoz.audio.ffmpeg.find_ffmpeg", lambda: str(program))
    with pytest.raises(UnavailableTool):
        write_described(recording, Soundtrack(mix, None, "en"), tmp_path / "described.mp4")
    words = (tmp_path / "words").read_text().splitlines()
    given = words[words.index("-itsoffset") : words.index("fd:") + 1]
    url = SERVER.format(port=server.getsockname()[1])
    for script in SCRIPTS.values():
        talk.write_text(script.format(url=url, path=other, port=0), encoding="utf-8")
        with talk.open("rb") as stdin:
            command = [find_ffmpeg(), "-v", "error", *given, "-f", "null", "-"]
            ran = subprocess.run(command, stdin=stdin, capture_output=True, check=False)
        assert ran.returncode
    assert not was_called(server)


def make_video(path: Path) -> None:
    shown = ("-f", "lavfi", "-i", "color=s=64x48:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1")
    subprocess.run([find_ffmpeg(), "-v", "error", "-y", *shown, str(path)], check=True)


def box(name: bytes, *content: bytes) -> bytes:
    """Return one of the boxes that an MP4 is made of."""
    data = b"".join(content)
    return struct.pack(">I", 8 + len(data)) + name + data


def numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


def write_movie(path: Path, *, samples: int, delta: int = 1, file: Path | None = None) -> Path:
    """Write an MP4 of silence whose header claims so many samples, or that they are in a file."""
    reference = box(b"url ", numbers(1)) if file is None else refer(file)
    codec = b"\0" * 6 + b"\0\1" + b"\0" * 8 + struct.pack(">4H", 2, 16, 0, 0) + numbers(48000 << 16)
    table = box(
        b"stbl",
        box(b"stsd", numbers(0, 1), box(b"sowt", codec)),
        box(b"stts", numbers(0, 1, samples, delta)),
        box(b"stsc", numbers(0, 1, 1, samples, 1)),
        box(b"stsz", numbers(0, 4, samples)),
        box(b"stco", numbers(0, 1, 36)),
    )
    known = box(b"dinf", box(b"dref", numbers(0, 1), reference))
    handler = box(b"hdlr", numbers(0, 0), b"soun", b"\0" * 13)
    clock = box(b"mdhd", numbers(0, 0, 0, 48000, 48000), b"\x55\xc4\0\0")
    media = box(b"mdia", clock, handler, box(b"minf", box(b"smhd", numbers(0, 0)), known, table))
    track = box(b"trak", box(b"tkhd", numbers(0, 0, 0, 1, 0, 48000), b"\0" * 60), media)
    movie = box(b"moov", box(b"mvhd", numbers(0, 0, 0, 1000, 1000), b"\0" * 80), track)
    kind = box(b"ftyp", b"isom\0\0\2\0isommp41")
    path.write_bytes(kind + box(b"mdat", bytes(4 * 48000)) + movie)
    return path


def refer(file: Path) -> bytes:
    """Return what QuickTime writes where the sound is in another file."""
    name, whole = file.name.encode(), str(file).encode()
    parts = [b"\0" * 10, b"\1x".ljust(28, b"\0"), b"\0" * 12, bytes([len(name)]), name.ljust(63)]
    places = struct.pack(">2H", 2, len(whole)) + whole + b"\0" * (len(whole) % 2)
    ends = [b"\0" * 16, b"\0\1\0\1", b"\0" * 16, places, b"\xff\xff\0\0", b"\0" * 40]
    return box(b"alis", numbers(0), *parts, *ends)


def test_a_movie_does_not_give_away_the_files_that_it_refers_to(
    tmp_path: Path, other: Path
) -> None:
    path = write_movie(tmp_path / "talk.mov", samples=1000, file=other)
    with av.open(str(path), options={"enable_drefs": "1", "use_absolute_path": "1"}) as obeyed:
        assert any(frame.to_ndarray().any() for frame in obeyed.decode(audio=0))
    with pytest.raises(UnreadableSource, match="Nothing of this recording's sound"):
        list(decode_speech(open_recording(path)))


MEASURE = """
import resource, sys
from vivavoz.source import UnreadableSource, open_recording
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
try:
    open_recording(sys.argv[1])
except UnreadableSource:
    pass
before = peak()
try:
    open_recording(sys.argv[2])
except UnreadableSource as error:
    print(error.message)
print(peak() - before)
"""


def measure_opening(path: Path, other: Path) -> tuple[str, float]:
    """Return what opening a file says, and how many megabytes it takes beyond another's."""
    command = [sys.executable, "-c", MEASURE, str(other), str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    *said, megabytes = ran.stdout.splitlines()
    return "".join(said), float(megabytes)


def tag(*frames: tuple[bytes, bytes]) -> bytes:
    """Return an ID3 tag."""

    def size(data: bytes) -> bytes:
        return bytes(len(data) >> shift & 127 for shift in (21, 14, 7, 0))

    body = b"".join(name + size(data) + b"\0\0" + data for name, data in frames)
    return b"ID3\4\0\0" + size(body) + body


def draw_png(side: int) -> bytes:
    """Return a black square, of which a thousandth is left when it is compressed."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + numbers(zlib.crc32(name + data))

    head = numbers(side, side) + bytes([8, 6, 0, 0, 0])
    lines = zlib.compress(bytes((4 * side + 1) * side), 1)
    ends = chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + ends


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    (tmp_path / "raw").write_bytes(bytes(96000))
    encode_mp3(tmp_path / "raw", 48000, tmp_path / "silence.mp3", {})
    return tmp_path / "silence.mp3"


@linux_only
def test_a_cover_is_not_unfolded(tmp_path: Path, mp3: Path) -> None:
    path, cover = tmp_path / "covered.mp3", b"\0image/png\0\3\0" + draw_png(8000)
    path.write_bytes(tag((b"APIC", cover)) + mp3.read_bytes())
    said, megabytes = measure_opening(path, mp3)
    assert not said
    assert megabytes < 50  # it is one of 256 MB


@linux_only
def test_an_index_that_is_claimed_takes_no_more_than_there_may_be(
    tmp_path: Path, other: Path
) -> None:
    path = write_movie(tmp_path / "claims.mp4", samples=150_000_000, delta=2)
    said, megabytes = measure_opening(path, other)
    assert not said
    assert megabytes < 1100  # it would be 5000


@linux_only
def test_of_a_limit_nothing_is_left_when_threads_have_decoded(other: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_DATA)

    def hear(path: Path) -> int:
        return sum(map(len, decode_speech(open_recording(path))))

    with ThreadPoolExecutor(4) as threads:
        heard = threads.map(hear, [other] * 40)
        assert len(set(heard)) == 1
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


@linux_only
def test_where_nothing_counts_memory_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_DATA)

    def refuse(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", refuse)
    with limit_memory(1, than=measure_memory()):
        assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_tags_without_end_are_not_waited_for(
    tmp_path: Path, mp3: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FFmpeg holds every tag against all before: 200,000 take it more than ten minutes."""
    path = tmp_path / "tagged.mp3"
    tags = [(b"TXXX", b"\0%d\0x" % number) for number in range(20_000)]
    path.write_bytes(tag(*tags) + mp3.read_bytes())
    monkeypatch.setattr("vivavoz.source.media_file._LONGEST_LOOK_S", 0.05)
    with pytest.raises(UnreadableSource, match=r"tagged\.mp3: It can't be found out"):
        open_recording(path)


def test_a_recording_of_years_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "slow.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(1)
        file.writeframes(bytes(200_000))
    with pytest.raises(UnreadableSource, match="longer than a day"):
        open_recording(path)


def encode_noise(tmp_path: Path, seconds: int = 20) -> None:
    raw = tmp_path / "raw"
    chance = np.random.default_rng(0)
    raw.write_bytes(chance.integers(-9000, 9000, seconds * 48000, np.int16).tobytes())
    encode_mp3(raw, 48000, tmp_path / "noise.mp3", {})


@linux_only
def test_a_result_that_grows_without_end_is_told_from_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vivavoz.audio.limit._LEAST_OUTPUT", 50_000)
    monkeypatch.setattr("vivavoz.audio.limit._GROWTH", 0)
    with pytest.raises(UnwritableOutput, match=r"noise\.mp3: The result grew past 0 MB"):
        encode_noise(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


@linux_only
def test_ffmpeg_gets_no_more_memory_than_its_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vivavoz.audio.limit._LEAST_MEMORY", 45 << 20)
    with pytest.raises(UnavailableTool, match=r"asked for more memory than any"):
        encode_noise(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


REPORTS = {
    "idle": ("echo out_time_us=1; echo total_size=1", "_LEAST_IDLE_S"),
    "endless": ("date +total_size=%N", "_LEAST_S"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
@pytest.mark.parametrize("kind", REPORTS)
def test_an_ffmpeg_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    report, limit = REPORTS[kind]
    program = tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\nfor i in $(seq 500); do {report}; sleep 0.02; done\n")
    program.chmod(0o755)
    monkeypatch.setattr("vivavoz.audio.ffmpeg.find_ffmpeg", lambda: str(program))
    monkeypatch.setattr(f"vivavoz.audio.limit.{limit}", 0.2)
    monkeypatch.setattr("vivavoz.audio.limit._TIMES_AS_LONG", 0)
    with pytest.raises(UnavailableTool, match=r"did not get on with its work.*try again\.$"):
        encode_noise(tmp_path, seconds=1)
    assert {path.name for path in tmp_path.iterdir()} == {"raw", "ffmpeg"}


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_a_voice_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nexec sleep 20\n")
    program.chmod(0o755)
    monkeypatch.setattr("vivavoz.audio.ffmpeg.find_ffmpeg", lambda: str(program))
    monkeypatch.setattr("vivavoz.audio.limit._LEAST_S", 0.2)
    with pytest.raises(UnavailableTool, match="did not get on"):
        change_tempo(bytes(100), 48000, 1.5)


@pytest.mark.skipif(sys.platform == "win32", reason="the process is paused by a signal")
def test_a_build_that_was_paused_goes_on() -> None:
    """As by Ctrl-Z, a frozen container, a laptop that is closed."""
    program = (
        "import subprocess, sys, time; from vivavoz.audio.limit import Limit, Watch\n"
        "child = subprocess.Popen(['sleep', '1.2'])\n"
        "watch = Watch(child, Limit(0, 0, 2.4, 2.4))\n"
        "with watch.keep():\n"
        "    print('begun', flush=True); child.wait()\n"
        "sys.exit(watch.overstepped)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        time.sleep(3)
        process.send_signal(signal.SIGCONT)
    assert process.returncode == 0


@linux_only
def test_where_no_process_may_be_limited_ffmpeg_works_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(resource, "prlimit", refuse)
    encode_noise(tmp_path, seconds=1)
    assert (tmp_path / "noise.mp3").exists()


def test_an_encoder_without_memory_is_told_from_one_that_is_broken() -> None:
    said = ["x264 [error]: malloc of size 33554432 failed\n"]
    assert "more memory" in explain_failure(1, said).message
