"""How an interview was understood, for a person's eyes or for a script's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..source import Interview, Notice, Part, Picture, Turn, VivavozError

_EXCERPT = 60
"""Characters."""


def name_kind(part: Part) -> str:
    """Return `turn`, `picture`, `sound`, `heading` or `front`."""
    return type(part).__name__.lower()


def describe_interview(interview: Interview) -> dict[str, object]:
    """Return what `vivavoz read --json` prints."""
    return {
        "title": interview.title,
        "language": interview.language,
        "speakers": describe_speakers(interview),
        "parts": [
            {
                "kind": name_kind(part),
                "speaker": part.speaker if isinstance(part, Turn) else None,
                "text": part.text,
                "line": part.line,
                "start_ms": part.start_ms,
                **(_describe_times(part) if isinstance(part, Turn) and part.said else {}),
                **({"short": part.short} if isinstance(part, Picture) else {}),
            }
            for part in interview.parts
        ],
        "warnings": describe_notices(interview.notices),
    }


def _describe_times(turn: Turn) -> dict[str, object]:
    """Return when a turn ends, and the stretches whose times its file has: words, or cues."""
    return {
        "end_ms": turn.said[-1].end_ms,
        "said": [
            {
                "text": said.text,
                "start_ms": said.start_ms,
                "end_ms": said.end_ms,
                "confidence": said.confidence,
            }
            for said in turn.said
        ],
    }


def describe_speakers(interview: Interview) -> list[dict[str, str]]:
    """Return the speakers as every JSON of ours has them."""
    return [{"name": speaker.name, "role": speaker.role.value} for speaker in interview.speakers]


def describe_notices(notices: Iterable[Notice]) -> list[dict[str, int | str | None]]:
    """Return warnings as every JSON of ours has them."""
    return [{"line": notice.line, "message": notice.message} for notice in notices]


def describe_error(error: VivavozError) -> dict[str, object]:
    """Return a failure as every JSON of ours has it."""
    return {
        "message": error.message,
        "file": error.file,
        "line": error.line,
        "exit_code": error.exit_code,
    }


def say_where(file: str, line: int | None, message: str) -> str:
    """Put the place that a message is about before it: `talk.txt, line 4: …`."""
    return f"{file}, line {line}: {message}" if line else f"{file}: {message}"


def to_seconds(time_ms: int | None) -> float | None:
    """Return a time as JSON has it for a person's eyes."""
    return None if time_ms is None else time_ms / 1000


def explain_failure(transcript: Path, error: VivavozError) -> str:
    """Say what is wrong with an interview, behind its name: the file too, where it is another."""
    return error.message if error.file in {None, str(transcript)} else str(error)


def list_interview(interview: Interview) -> str:
    """Return what `vivavoz read` prints: the speakers, then every part with its line."""
    lines = [f"{interview.title} ({interview.language})"]
    lines += [f"  {speaker.name}, {speaker.role.value}" for speaker in interview.speakers]
    lines += [f"  {line}" for line in _summarise_times(interview)]
    lines.append("")
    for part in interview.parts:
        who = part.speaker if isinstance(part, Turn) else f"[{name_kind(part)}]"
        stamp = "" if part.start_ms is None else f" {format_time(part.start_ms)}"
        if isinstance(part, Turn) and part.said:
            stamp += f"–{format_time(part.said[-1].end_ms)}"
        text = part.text.replace("\n\n", "\n" + " " * 6)
        if isinstance(part, Picture) and part.short:
            text += f" | {part.short}"
        lines.append(f"{part.line:>5} {who}{stamp}: {text}")
    for notice in interview.notices:
        lines.append(f"{notice.line or '':>5} ! {notice.message}")
    return "\n".join(lines)


def _summarise_times(interview: Interview) -> Iterator[str]:
    """Say what the file knows about times, and how sure whoever heard it was."""
    said = [said for turn in interview.turns() for said in turn.said]
    if not said:
        return
    sure = [one.confidence for one in said if one.confidence is not None]
    rated = f", heard with a confidence of {sum(sure) / len(sure):.2f}" if sure else ""
    yield f"times of its own for {len(said)} words or cues{rated}"


def format_time(time_ms: int) -> str:
    """Return `mm:ss`, or `h:mm:ss` from an hour on."""
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def abridge(text: str) -> str:
    """Return the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1].rstrip() + "…"
