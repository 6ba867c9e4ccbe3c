"""The page of one build, and all that stands beside it to be played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...source import Notice
from ..delivery import Delivery
from ..output import OutputFolder
from ..translation import Translated
from .composition import compose_review, compose_version
from .content import PageContent, Version
from .page import write_page
from .programme import Programme

PAGE = "index.html"
_PLAYED = {"recording", "recording_described", "spoken_descriptions"}
"""What is there for the page alone, and no use to those who look for files."""


def stage_page(
    original: Delivery,
    translations: Sequence[Translated],
    programme: Programme,
    notices: Sequence[Notice],
) -> None:
    """Stage the page, if there is to be one; it tells of `notices`."""
    if not original.plan.page:
        return
    versions = (original, *(translated.delivery for translated in translations))
    content = PageContent(
        original.captions.timeline.duration_ms,
        programme.media,
        tuple(_compose_version(one, original, programme) for one in versions),
        compose_review(original, notices),
    )
    original.output.stage_text("page", PAGE, write_page(content))


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
