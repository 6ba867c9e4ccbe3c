"""What a person or a script sees of a build: progress, results, warnings, failures."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from ..source import Notice, VivavozError
from .alignment import summarise_alignment
from .finding import count_findings
from .listing import describe_error
from .report import Report

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Display:
    """Results go to stdout, all else to stderr; progress only where stderr is a terminal.

    With `as_json`, stdout has one JSON object a line for each interview and nothing else.
    """

    def __init__(self, total: int, *, as_json: bool) -> None:
        self._total = total
        self._as_json = as_json
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._name = ""
        self._warned: set[str] = set()

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._progress, self._task = _start_progress(self._total)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress:
            self._progress.stop()

    def begin(self, transcript: Path) -> None:
        """Show which interview is at work."""
        self._name = transcript.name
        self.step("")

    def step(self, step: str) -> None:
        """Show what is being done to it."""
        if self._progress and self._task is not None:
            self._progress.update(self._task, description=f"{self._name} {step}".rstrip())

    def warn(self, sentence: str) -> None:
        """Tell a person something at once, and once."""
        if sentence in self._warned:
            return
        self._warned.add(sentence)
        self._say(f"vivavoz: {sentence}", err=True)

    def finish(self, report: Report) -> None:
        """Show what was made."""
        self._advance()
        if self._as_json:
            self._say(json.dumps(report.summarise(), ensure_ascii=False))
        else:
            self._explain(report)
        if report.failure:
            self._say(f"vivavoz: {report.failure}", err=True)

    def _explain(self, report: Report) -> None:
        self._say(_summarise(report))
        for notice in report.warnings:
            if notice.message not in self._warned:
                self._say(_word_notice(report.transcript, notice), err=True)

    def fail(self, transcript: Path, error: VivavozError) -> None:
        """Show why an interview could not be built."""
        self._advance()
        self._say(f"vivavoz: {error}", err=True)
        if self._as_json:
            failed = {"interview": str(transcript), "error": describe_error(error)}
            self._say(json.dumps(failed, ensure_ascii=False))

    def _advance(self) -> None:
        if self._progress and self._task is not None:
            self._progress.advance(self._task)

    def _say(self, text: str, *, err: bool = False) -> None:
        if self._progress is None:
            click.echo(text, err=err)
            return
        # The bar is wiped and drawn again below the text, wherever the text goes.
        self._progress.stop()
        click.echo(text, err=err)
        self._progress.start()


def _start_progress(total: int) -> tuple[Progress, TaskID]:
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    progress.start()
    return progress, progress.add_task("", total=total)


def _summarise(report: Report) -> str:
    minutes, seconds = divmod(round(report.duration_ms / 1000), 60)
    heard = f"{report.cues} cues, {report.words} words, {minutes} min {seconds:02} s"
    files = ", ".join(report.outputs.values())
    checked = f"captions checked under {report.style}: {count_findings(report.findings)}"
    lines = [f"{report.folder}: {heard}", f"  {files}", f"  {checked}"]
    if report.hearing:
        told = summarise_alignment(report.hearing.alignment)
        lines.append(f"  timed to {report.hearing.recording.path.name}: {told}")
    if report.described:
        lines.append(f"  {report.described.summarise()}")
    return "\n".join(lines)


def _word_notice(transcript: Path, notice: Notice) -> str:
    place = f"{transcript}, line {notice.line}" if notice.line else str(transcript)
    return f"{place}: {notice.message}"
