"""What the command prints: all of it goes through here, so that no file's text steers a terminal.

A transcript, a file name or a damaged recording's tags may hold escape codes, that rename a
window, hide a line or answer in the user's place, or marks that turn words round.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ..source.quotation import UNSHOWN, tame

if TYPE_CHECKING:
    from rich.live import Live

    from .timing import Say


def say(text: str, *, err: bool = False) -> None:
    """Print lines of text for a person."""
    click.echo("\n".join(map(tame, text.split("\n"))), err=err)


def say_above(text: str, live: Live) -> None:
    """Print lines of text above what is drawn anew all the time, on the same terminal."""
    lines = "\n".join(map(tame, text.split("\n")))
    live.console.print(lines, markup=False, highlight=False, soft_wrap=True)


def show_table(title: str, rows: Iterable[Sequence[str]]) -> None:
    """Print a table on a terminal: a name, a figure and what there is to say in each row."""
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(caption=tame(title), caption_justify="left", show_header=False)
    for name, figure, told in rows:
        lines = "\n".join(map(tame, told.split("\n")))
        table.add_row(tame(name), Text(figure, justify="right"), Text(lines, overflow="fold"))
    Console().print(table)


@contextmanager
def show_steps(name: str) -> Generator[Say]:
    """Give what shows a single interview's step, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.text import Text  # noqa: PLC0415

    with Console(stderr=True).status(Text(tame(name))) as status:
        yield lambda step: status.update(Text(tame(f"{name} {step}")))


def complain(sentence: object) -> None:
    """Print one line to stderr that says what is wrong, whatever names stand in it."""
    click.echo(f"vivavoz: {tame(str(sentence))}", err=True)


def write_json(told: object) -> str:
    """Write JSON on one line, for a script, in which what would steer a terminal is escaped."""
    return UNSHOWN.sub(_escape, json.dumps(told, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
