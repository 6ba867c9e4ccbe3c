"""What a check found, for a person's eyes or for a script's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from ..source.caption_file.stamp import write_stamp
from .listing import to_seconds
from .terminal import tame

if TYPE_CHECKING:
    from ..captions import Finding, Verdict


def describe_findings(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Return findings as every JSON of ours has them: cues from 1, times in seconds."""
    return [_describe(found) for found in findings]


def _describe(found: Finding) -> dict[str, object]:
    timed = found.unit == "ms"
    return {
        "cue": None if found.cue is None else found.cue + 1,
        "line": found.line,
        "start": to_seconds(found.start_ms),
        "rule": found.rule,
        "value": _round(found.value, timed=timed),
        "limit": _round(found.limit, timed=timed),
        "unit": "seconds" if timed else found.unit,
        "section": found.section,
        "message": tame(found.message),
    }


def _round(value: float | None, *, timed: bool) -> float | None:
    return value if value is None else round(value / 1000 if timed else value, 3)


def list_findings(findings: Iterable[Finding]) -> Iterable[str]:
    """Yield a line for each finding: where, when, what, and the guideline's section."""
    for found in findings:
        if found.cue is None:
            where = f"line {found.line}"
        else:
            where = f"cue {found.cue + 1:<5} {write_stamp(found.start_ms or 0)}"
        yield f"  {where:<24} {tame(found.message)} [{found.section}]"


def count_findings(findings: Collection[Finding]) -> str:
    """Say how many findings there are."""
    count = len(findings)
    return f"{count} finding{'s' * (count > 1)}" if count else "nothing found"


def summarise_verdict(verdict: Verdict) -> str:
    """Say in one sentence what came of a check."""
    found = count_findings(verdict.findings)
    cues = verdict.figures.cues
    return f"{cues} cue{'s' * (cues != 1)}, {found} under {verdict.style.title}."
