"""What the command prints: all of it goes through here, so that no file's text steers a terminal.

A transcript, a file name or a damaged recording's tags may hold escape codes, that rename a
window, hide a line or answer in the user's place, or marks that turn words round.
"""

from __future__ import annotations

import json
import re

import click

from ..source.quotation import UNSHOWN, tame


def say(text: str, *, err: bool = False) -> None:
    """Print lines of text for a person."""
    click.echo("\n".join(map(tame, text.split("\n"))), err=err)


def complain(sentence: object) -> None:
    """Print one line to stderr that says what is wrong, whatever names stand in it."""
    click.echo(f"vivavoz: {tame(str(sentence))}", err=True)


def write_json(told: object) -> str:
    """Write JSON on one line, for a script, in which what would steer a terminal is escaped."""
    return UNSHOWN.sub(_escape, json.dumps(told, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
