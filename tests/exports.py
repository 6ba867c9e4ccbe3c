"""What is understood of a transcript with times, as a text that people can check."""

from __future__ import annotations

from pathlib import Path

from vivavoz.source import Interview, Said, Turn

FOLDER = Path(__file__).parent / "exports"


def describe(interview: Interview) -> str:
    """Return the speakers, every part with its line and its times, and the notices."""
    lines = [f"{interview.title} ({interview.language})"]
    lines += [f"{speaker.name}, {speaker.role}" for speaker in interview.speakers]
    for part in interview.parts:
        if isinstance(part, Turn):
            lines += ["", f"{part.line} {part.speaker}: {part.text}"]
            lines += [f"  {_describe(said)}" for said in part.said]
        else:
            lines += ["", f"{part.line} {type(part).__name__} {part.start_ms}: {part.text}"]
    lines += ["", *(f"{notice.line} ! {notice.message}" for notice in interview.notices)]
    return "\n".join(lines).rstrip() + "\n"


def _describe(said: Said) -> str:
    rated = "" if said.confidence is None else f" ({said.confidence:g})"
    return f"{said.start_ms}–{said.end_ms} {said.text}{rated}"
