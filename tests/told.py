"""What is read of a transcript, as tests compare it."""

from __future__ import annotations

from vivavoz.source import Interview


def list_turns(interview: Interview) -> list[tuple[str, str]]:
    """Return who speaks and what they say."""
    return [(turn.speaker, turn.text) for turn in interview.turns()]


def list_kinds(interview: Interview) -> list[str]:
    """Return the names of the parts' classes."""
    return [type(part).__name__ for part in interview.parts]


def list_messages(interview: Interview) -> list[str]:
    """Return what the notices say."""
    return [notice.message for notice in interview.notices]
