"""The page of one build, and all that stands beside it to be played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...source import Notice, VivavozError
from ..delivery import Delivery
from ..notices import note_failures
from ..output import OutputFolder
from ..timing import Say
from ..translation import Translated
from .composition import compose_review, compose_version
from .content import PageContent, Version
from .page import write_page
from .programme import Programme, stage_programme

if TYPE_CHECKING:
    from ...audio.step_store import StepStore

PAGE = "index.html"
_PLAYED = {"recording", "recording_described", "spoken_descriptions"}
"""What is there for the page alone, and no use to those who look for files."""


@dataclass(frozen=True, slots=True)
class Paged:
    """What came of it."""

    notices: Sequence[Notice] = ()
    failures: Sequence[VivavozError] = ()
    """Why something is not played."""


def stage_page(
    original: Delivery,
    translations: Sequence[Translated],
    notices: Sequence[Notice],
    store: StepStore | None,
    step: Say,
) -> Paged:
    """Stage the page and what it plays, if there is to be one."""
    if not original.plan.page:
        return Paged()
    others = [translated.delivery for translated in translations]
    programme = stage_programme(original, others, store, step)
    unplayed = [programme.failure] if programme.failure else []
    told = [*note_failures(unplayed), *notices, *programme.notices]
    content = PageContent(
        original.captions.timeline.duration_ms,
        programme.media,
        tuple(_compose_version(one, original, programme) for one in (original, *others)),
        compose_review(original, told),
    )
    original.output.stage_text("page", PAGE, write_page(content))
    return Paged(programme.notices, unplayed)


def _compose_version(delivery: Delivery, original: Delivery, programme: Programme) -> Version:
    media, find_name = programme.media, delivery.output.find_name
    version = compose_version(delivery, original, is_played=media is not None)
    return replace(
        version,
        sound=find_name("narration") if media and media.is_voiced else None,
        described=programme.described.get(version.language),
        clips=find_name("spoken_descriptions") if media else None,
        downloads=tuple(_list_downloads(original.output)) if delivery is original else (),
    )


def _list_downloads(output: OutputFolder) -> Iterator[str]:
    return (name for kind, name in output.names.items() if kind.split(".")[0] not in _PLAYED)
