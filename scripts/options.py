"""What the options of a build ask for."""

from __future__ import annotations

from pathlib import Path

from ..source import Edition, Editorial, FileTimes, Settings


def read_options(  # noqa: PLR0913 - one parameter for each option
    *,
    media: str | None,
    style: str | None,
    language: str | None,
    formats: str | None,
    word_times: bool,
    timing: str | None,
    narration: str | None,
    voice: str | None,
    narrator: str | None,
    duck: float | None,
    loudness: float | None,
    editorial: str | None,
    page: bool | None,
) -> Settings:
    """Return them as settings, which beat those in files."""
    return Settings(
        language=language,
        formats=tuple(name.strip() for name in formats.split(",")) if formats else None,
        word_times=word_times or None,
        style=style,
        editorial=Editorial(editorial) if editorial else None,
        media=Path(media) if media else None,
        timing=FileTimes(timing) if timing else None,
        narration=Edition(narration) if narration else None,
        voice=voice,
        narrator=narrator,
        duck_db=duck,
        loudness_lufs=loudness,
        page=page,
    )
