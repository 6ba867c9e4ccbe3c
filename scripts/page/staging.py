"""The page of one build, and all that stands beside it to be played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...source import Notice, VivavozError
from ..editing import Editing
from ..output import OutputFolder
from ..plan import Plan
from ..speaking import Spoken
from ..timing import Say, Timing
from .composition import compose_review, compose_version
from .content import PageContent, Version
from .page import write_page
from .programme import Programme, stage_programme

if TYPE_CHECKING:
    from ...audio.step_store import StepStore
    from ...captions import Finding

PAGE = "index.html"
_PLAYED = {"recording", "recording_described", "spoken_descriptions"}
"""What is there for the page alone, and no use to those who look for files."""


@dataclass(frozen=True, slots=True)
class Paged:
    """What came of it."""

    notices: Sequence[Notice] = ()
    failure: VivavozError | None = None
    """Why something is not played."""


def stage_page(  # noqa: PLR0913, PLR0917 - a page shows all that was made
    plan: Plan,
    editing: Editing,
    timing: Timing,
    spoken: Spoken,
    findings: Sequence[Finding],
    notices: Sequence[Notice],
    store: StepStore | None,
    output: OutputFolder,
    step: Say,
) -> Paged:
    """Stage the page and what it plays, if there is to be one."""
    if not plan.page:
        return Paged()
    captions = editing.captions
    programme = stage_programme(plan, timing, store, output, step)
    version = compose_version(
        captions,
        timing.wording,
        timing.hearing,
        spoken.described,
        is_played=programme.media is not None,
    )
    content = PageContent(
        captions.timeline.duration_ms,
        programme.media,
        (_add_files(version, programme, output),),
        compose_review(editing, findings, spoken.described, [*notices, *programme.notices]),
    )
    output.stage_text("page", PAGE, write_page(content))
    return Paged(programme.notices, programme.failure)


def _add_files(version: Version, programme: Programme, output: OutputFolder) -> Version:
    return replace(
        version,
        described=programme.described,
        clips=output.names.get("spoken_descriptions") if programme.media else None,
        downloads=tuple(_list_downloads(output)),
    )


def _list_downloads(output: OutputFolder) -> Iterator[str]:
    return (name for kind, name in output.names.items() if kind not in _PLAYED)
