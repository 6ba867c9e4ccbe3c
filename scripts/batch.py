"""Several interviews, one after the other; one that fails never stops the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..source import UsageError, VivavozError
from .build import build_interview
from .display import Display
from .output import refuse_file
from .plan import Plan

_SOME_FAILED = 1


def build_all(transcripts: Sequence[Path], plan: Plan, *, as_json: bool) -> int:
    """Build each interview and return the exit code.

    Raises UsageError where two transcripts would write to one folder or share a recording, and
    where the results' folder is a file.
    """
    if isinstance(plan.media, Path) and len(transcripts) > 1:
        raise UsageError(
            f"One recording can't belong to {len(transcripts)} transcripts; build them one at a "
            "time, or put each recording beside its transcript under the same name."
        )
    refuse_file(plan.out)
    _refuse_collisions(transcripts, plan)
    failures: list[VivavozError] = []
    with Display(len(transcripts), as_json=as_json) as display:
        for transcript in transcripts:
            display.begin(transcript)
            try:
                report = build_interview(transcript, plan, display.step, display.warn)
            except VivavozError as error:
                error.file = error.file or str(transcript)
                failures.append(error)
                display.fail(transcript, error)
            else:
                if report.failure:
                    report.failure.file = report.failure.file or str(transcript)
                    failures.append(report.failure)
                display.finish(report)
    codes = {error.exit_code for error in failures}
    if len(failures) == len(transcripts) and len(codes) == 1:
        return codes.pop()
    return _SOME_FAILED if failures else 0


def _refuse_collisions(transcripts: Sequence[Path], plan: Plan) -> None:
    # Some file systems take `A` and `a` for one name.
    places = [str(plan.folder_of(transcript)).casefold() for transcript in transcripts]
    counts = Counter(places)
    for transcript, place in zip(transcripts, places, strict=True):
        folder = plan.folder_of(transcript)
        if counts[place] > 1:
            raise UsageError(
                f"{counts[place]} of these transcripts would write to {folder}; "
                "build them with different --out folders, or name each one once.",
                file=transcript,
            )
