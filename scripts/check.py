"""Caption files checked one after the other; one that can't be read never stops the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import UnreadableSource, UsageError
from .disk import write_whole
from .finding import describe_findings, list_findings, summarise_verdict
from .listing import to_seconds
from .output import refuse_output
from .terminal import complain, say, tame, write_json

if TYPE_CHECKING:
    from ..captions import Style, Verdict

_CLEAN, _FOUND = 0, 1


def check_all(files: Sequence[Path], style: Style, *, page: Path | None, as_json: bool) -> int:
    """Check each file, say what was found, and return the exit code: the gravest of all files'.

    Raises UsageError for a page that is no HTML file, UnwritableOutput where it can't be written.
    """
    if page:
        _refuse_page(page, files)
    code = _CLEAN
    sections: list[str] = []
    told: list[str] = []
    # Who reads what is printed may stop reading before the page is written.
    tell = told.append if page else say
    unchecked: dict[str, None] = {}
    for path in files:
        try:
            verdict = _check(path, style)
        except UnreadableSource as error:
            code = max(code, error.exit_code)
            complain(error)
            if as_json:
                tell(write_json(_describe_failure(path, error)))
            if page:
                from .check_page import compose_failure  # noqa: PLC0415 - only for those who ask

                sections.append(compose_failure(path, error.message, len(sections)))
            continue
        code = max(code, _FOUND if verdict.findings else _CLEAN)
        unchecked |= dict.fromkeys(verdict.not_checked)
        tell(_tell(verdict, as_json=as_json))
        if page:
            from .check_page import compose_section  # noqa: PLC0415 - only for those who ask

            sections.append(compose_section(verdict, len(sections)))
    if unchecked and not as_json:
        tell("\n".join(["Not checked:", *(f"  {what}" for what in unchecked)]))
    if page:
        _write_page(page, sections, unchecked, style)
    for text in told:
        say(text)
    return code


def _refuse_page(page: Path, files: Sequence[Path]) -> None:
    """Raise UsageError where a report may not be written."""
    if page.suffix.lower() not in {".html", ".htm"}:
        raise UsageError("The report is a web page; give it a name that ends in .html.", file=page)
    if page.exists() and any(path.exists() and path.samefile(page) for path in files):
        raise UsageError("The report would replace a file that is checked.", file=page)


def _tell(verdict: Verdict, *, as_json: bool) -> str:
    if as_json:
        return write_json(describe_verdict(verdict))
    return "\n".join(_list_verdict(verdict))


def _check(path: Path, style: Style) -> Verdict:
    from ..captions import check_captions, read_caption_file  # noqa: PLC0415

    return check_captions(read_caption_file(path), style)


def _describe_failure(path: Path, error: UnreadableSource) -> dict[str, object]:
    failure = {"message": error.message, "line": error.line, "exit_code": error.exit_code}
    return {"file": str(path), "error": failure}


def describe_verdict(verdict: Verdict) -> dict[str, object]:
    """Return what `vivavoz check --json` prints for a file; times are in seconds."""
    figures = verdict.figures
    return {
        "file": str(verdict.file.path),
        "format": verdict.file.format.value,
        "style": verdict.style.name,
        "cues": figures.cues,
        "findings": describe_findings(verdict.findings),
        "figures": {
            "reading_speed": {
                "unit": verdict.style.reading.unit,
                "limit": verdict.style.reading_speed,
                **{f"p{share}": round(speed, 1) for share, speed in figures.speeds.items()},
            },
            "shortest": to_seconds(figures.shortest_ms),
            "longest": to_seconds(figures.longest_ms),
            "words_a_minute": {
                tame(speaker): round(words) for speaker, words in figures.words_a_minute.items()
            },
            "captioned": round(figures.captioned, 3),
        },
        "not_checked": list(verdict.not_checked),
    }


def _list_verdict(verdict: Verdict) -> Iterable[str]:
    path = tame(str(verdict.file.path))
    if verdict.findings:
        yield path
        yield from list_findings(verdict.findings)
    yield f"{path}: {summarise_verdict(verdict)}"


def _write_page(
    page: Path, sections: Sequence[str], unchecked: Iterable[str], style: Style
) -> None:
    from .check_page import compose_page  # noqa: PLC0415

    with refuse_output(page.parent, "--report"):
        text = compose_page(sections, unchecked, style)
        write_whole(page, text.encode("utf-8", errors="backslashreplace"))
