"""Where ffmpeg is, and how it is let to work: on files that we name, and on no others."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

import imageio_ffmpeg  # pyright: ignore[reportMissingTypeStubs]

from ..source import UnavailableTool, UnreadableSource, UnwritableOutput, VivavozError
from .limit import Limit, Watch, Work, limit_process
from .whole_file import create_file

Progress = Callable[[float], None]
"""Is told from time to time which fraction of the work is done."""

EXACT = ("-fflags", "+bitexact", "-flags", "+bitexact")
"""The same input gives the same bytes, any day: no dates, no versions, no random numbers."""

_BITRATE = "64k"
"""What speech in mono needs to sound as it went in."""

_QUIET = ("-nostdin", "-hide_banner", "-loglevel", "error", "-y")
_REPORTS = ("-progress", "pipe:1", "-stats_period", "0.25")
_DONE = "out_time_us="
_REMEMBERED = 20
"""Lines of complaint; a damaged recording can give a million."""
_PART = re.compile(r"\[[^\]]* @ 0x[0-9a-f]+\]")
"""Which part of ffmpeg complains, and where in memory it is."""
_LONGEST_REASON = 120
_FULL = tuple(os.strerror(code) for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_NO_MEMORY = (os.strerror(errno.ENOMEM), os.strerror(errno.EAGAIN), "malloc of size")
"""The second is said where there is none for a thread, the third by x264."""
_ENDLESS = (
    "ffmpeg did not get on with its work and was stopped; see that the recording plays to its "
    "end, save it again, and try again."
)
_OUTDATED = ("Protocol not found", "Option 'prescale' not found")
_MICROSECONDS = 1_000_000


@cache
def find_ffmpeg() -> str:
    """Find the ffmpeg in `$IMAGEIO_FFMPEG_EXE`, or else the one that came with imageio-ffmpeg.

    Where its wheel has none for this machine, it looks for one on the system. Raises
    `UnavailableTool`.
    """
    try:
        return imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        message = "There is no ffmpeg; reinstall the package imageio-ffmpeg."
        raise UnavailableTool(message) from error


def name_file(path: Path, form: str) -> list[str]:
    """Name a file of ours to be read, so that nothing in its name or its content opens another."""
    return ["-f", form, "-protocol_whitelist", "file", "-i", f"file:{path}"]


def encode_mp3(raw: Path, rate: int, mp3: Path, tags: dict[str, str]) -> None:
    """Encode raw mono 16-bit samples; the same samples and tags give the same bytes, any day.

    Raises `UnwritableOutput` where there is no room, or `UnavailableTool` when ffmpeg fails.
    """
    named = [part for key, value in tags.items() for part in ("-metadata", f"{key}={value}")]
    shape = ["-ac", "1", "-ar", str(rate), *name_file(raw, "s16le")]
    size = raw.stat().st_size
    make_file(
        [*shape, "-map_metadata", "-1", *EXACT, *named, "-b:a", _BITRATE, "-f", "mp3"],
        mp3,
        Work(size, size / (2 * rate)),
    )


def change_tempo(samples: bytes, rate: int, factor: float) -> bytes:
    """Make mono 16-bit samples so many times as fast, their pitch unchanged.

    Raises `UnavailableTool`.
    """
    if factor == 1 or not samples:
        return samples
    shape = ["-f", "s16le", "-ac", "1", "-ar", str(rate)]
    piped = ["-protocol_whitelist", "pipe", "-i", "pipe:0"]
    command = [*shape, *piped, "-af", f"atempo={factor:.6f}", *shape, "pipe:1"]
    limit = Limit.of(Work(len(samples), len(samples) / (2 * rate)))
    try:
        return _pass_through([find_ffmpeg(), *_QUIET, *command], samples, limit)
    except OSError as error:
        raise explain_start(error) from error


def _pass_through(command: Sequence[str], data: bytes, limit: Limit) -> bytes:
    with subprocess.Popen(  # noqa: S603 - our own arguments, and no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        watch = Watch(process, replace(limit, idle_s=limit.total_s))  # it reports nothing
        try:
            limit_process(process.pid, limit)
            with watch.keep():
                result, said = process.communicate(data)
        finally:
            process.kill()
    if watch.overstepped:
        raise UnavailableTool(_ENDLESS)
    if process.returncode:
        raise explain_failure(process.returncode, said.decode(errors="replace").splitlines())
    return result


def make_file(
    arguments: Sequence[str],
    out: Path,
    work: Work,
    *,
    source: Path | None = None,
    progress: Progress | None = None,
) -> None:
    """Let ffmpeg write a file: beside its place, and moved there when it is whole.

    `source` is opened here and read as `fd:`, so that no name is taken for anything else. What
    there is to do bounds what ffmpeg may take. Raises `UnwritableOutput` where there is no room, or
    `UnavailableTool` when ffmpeg fails or is ended; whatever happens, nothing is left beside the
    result.
    """
    with create_file(out) as made:
        limit = Limit.of(work)
        try:
            _run([*arguments, f"file:{made}"], out, source, limit, _tell(progress, work.lasts_s))
        except UnwritableOutput as error:
            if made.exists() and made.stat().st_size >= limit.output:
                raise _explain_growth(limit, out) from error
            raise


def _run(
    arguments: Sequence[str],
    out: Path,
    source: Path | None,
    limit: Limit,
    tell: Callable[[str], None],
) -> None:
    said: deque[str] = deque(maxlen=_REMEMBERED)
    with _start(arguments, source) as process:
        watch = Watch(process, limit)
        try:
            limit_process(process.pid, limit)
            with watch.keep():
                for line in process.stdout or ():
                    if "=" in line.partition(" ")[0]:
                        watch.notice(line)
                        tell(line)
                    else:
                        said.append(line)
                code = process.wait()
        finally:
            process.kill()  # where we are stopped it must not write on
    if watch.overstepped:
        raise UnavailableTool(_ENDLESS, file=out)
    if code:
        raise explain_failure(code, said, out)


def _start(arguments: Sequence[str], source: Path | None) -> subprocess.Popen[str]:
    command = [find_ffmpeg(), *_QUIET, *_REPORTS, *arguments]
    with _open_source(source) as stdin:
        try:
            return subprocess.Popen(  # noqa: S603 - our own arguments, and no shell
                command,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            raise explain_start(error) from error


def _open_source(source: Path | None) -> BinaryIO:
    path = Path(os.devnull) if source is None else source
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableSource(f"The file can't be read ({error.strerror}).", file=path) from error


def _tell(progress: Progress | None, lasts_s: float) -> Callable[[str], None]:
    """Return what tells the fraction that a line of ffmpeg's report stands for."""

    def tell(line: str) -> None:
        done = line.removeprefix(_DONE).strip()
        if progress and lasts_s and done.isdecimal():  # it is “N/A” until there is a first packet
            progress(min(1.0, int(done) / _MICROSECONDS / lasts_s))

    return tell


def explain_start(error: OSError) -> UnavailableTool:
    """Say in a sentence that ffmpeg never began."""
    return UnavailableTool(
        f"ffmpeg can't be started ({error.strerror}); reinstall the package imageio-ffmpeg, and "
        "see that IMAGEIO_FFMPEG_EXE, if it is set, names a program."
    )


def explain_failure(code: int, said: Iterable[str], out: Path | None = None) -> VivavozError:
    """Say in a sentence why ffmpeg gave no result. `said` is what it complained of."""
    complaints = [clean for line in said if (clean := _PART.sub("", line).strip())]
    full = next((word for word in _FULL for line in complaints if word in line), None)
    if full or -code == getattr(signal, "SIGXFSZ", None):
        return UnwritableOutput(
            f"The result can't be written ({full or _FULL[-1]}); free some space and try again.",
            file=out,
        )
    if any(word in line for word in _NO_MEMORY for line in complaints):
        return UnavailableTool(
            "ffmpeg asked for more memory than any recording needs, or than there is; see that "
            "the recording plays to its end, save it again, and try again.",
            file=out,
        )
    if any(word in line for word in _OUTDATED for line in complaints):
        return UnavailableTool(
            f"This ffmpeg is too old ({find_ffmpeg()}); install imageio-ffmpeg 0.8 or later, and "
            "let no IMAGEIO_FFMPEG_EXE name another."
        )
    if code < 0:
        return UnavailableTool(
            f"ffmpeg was ended before it was done (signal {-code}); try again.", file=out
        )
    reason = complaints[0][:_LONGEST_REASON] if complaints else f"code {code}"
    return UnavailableTool(
        f"ffmpeg failed ({reason}); see that the recording plays to its end, and try again.",
        file=out,
    )


def _explain_growth(limit: Limit, out: Path) -> UnwritableOutput:
    return UnwritableOutput(
        f"The result grew past {limit.output >> 20} MB, which is more than this recording can "
        "need, and was stopped; see that the recording plays to its end, and save it again.",
        file=out,
    )
