"""A service's JSON into speech: whose it is, by its keys, and what is wrong with it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from msgspec import ValidationError

from ...errors import UnreadableSource
from ...type_name import name_types
from ..speech import Speech, clean_text
from .amazon import AMAZON
from .assemblyai import ASSEMBLYAI
from .call_analytics import CALL_ANALYTICS
from .deepgram import DEEPGRAM
from .descript import DESCRIPT
from .google import GOOGLE
from .huggingface import HUGGING_FACE
from .otter import OTTER
from .podcast import PODCAST
from .rev import REV
from .service import Tree
from .trint import TRINT
from .whisper import WHISPER

SERVICES = (
    AMAZON,
    CALL_ANALYTICS,
    ASSEMBLYAI,
    DEEPGRAM,
    DESCRIPT,
    GOOGLE,
    HUGGING_FACE,
    OTTER,
    PODCAST,
    REV,
    TRINT,
    WHISPER,
)

_MOST_MARKS = 5_000_000
"""Values in a file, counted by their marks: each takes memory. A day of talk has 3,000,000."""
_PLACE = re.compile(r" - at `\$\.?(.*)`$")


def read_export(text: str, path: Path) -> Speech:
    """Read a service's export.

    Raises UnreadableSource for what is no sound JSON, of no service that is known, or not as that
    service writes it.
    """
    tree = _parse(text, path)
    service = next((service for service in SERVICES if service.fits(tree)), None)
    if service is None:
        names = ", ".join(service.name for service in SERVICES)
        raise UnreadableSource(
            "This JSON is no transcript that is known here. Vivavoz reads exports of "
            f"{names}; of any other, save the text, WebVTT or SRT.",
            file=path,
        )
    try:
        speech = service.read(tree)
    except ValidationError as error:
        raise UnreadableSource(
            f"This is not as {service.name} writes it: {_explain(str(error))}. Export it again.",
            file=path,
        ) from None
    return replace(speech, title=clean_text(speech.title))


def _parse(text: str, path: Path) -> Tree:
    if sum(map(text.count, "{[,")) > _MOST_MARKS:
        raise UnreadableSource(
            "The file has more in it than any interview; see that it is the right one.", file=path
        )
    try:
        # Some programs write NaN, which is no JSON, for what they don't know; and what Python takes
        # for the end of a line may stand in a text.
        return json.loads(text, parse_constant=lambda _: None, strict=False)
    except json.JSONDecodeError as error:
        raise UnreadableSource(
            f"This JSON is damaged ({error.msg}); export it again.", file=path, line=error.lineno
        ) from None
    except (RecursionError, ValueError):
        raise UnreadableSource(
            "This JSON is nested too deeply, or has endless numbers; it is no transcript.",
            file=path,
        ) from None


def _explain(message: str) -> str:
    """Say what is wrong in plain words, and where."""
    place = _PLACE.search(message)
    reason = name_types(message[: place.start()] if place else message)
    where = f"{place[1]}: " if place and place[1] else ""
    return f"{where}{reason[:1].lower()}{reason[1:]}".replace("`", "")
