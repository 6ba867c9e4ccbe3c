"""The language of a transcript, as a BCP 47 tag."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .errors import UnavailableTool, UsageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-[a-z0-9]{4,8})*)",
    re.IGNORECASE,
)
_SAMPLE = 20_000
"""Characters looked at: more changes nothing but the time it takes."""
_FEWEST_LETTERS = 24
_DEFAULT = "en"
_NO_LANGUAGE = {"und", "zxx"}
_GUESS, _CERTAIN = 0.3, 0.7
"""Probabilities under which a language is no more than a guess, and not certain."""


def canonicalise_language(tag: str) -> str:
    """Write a BCP 47 tag as RFC 5646 section 2.1.1 recommends: `en-US`, `zh-Hant-TW`.

    Raises UsageError for what is no tag.
    """
    found = _TAG.fullmatch(tag.strip().replace("_", "-"))
    if found is None:
        raise UsageError(
            f"“{tag}” is no language tag; write one like en, es, es-MX or zh-Hant (BCP 47)."
        )
    script, region = found["script"] or "", found["region"] or ""
    parts = [found["language"].lower(), script.title(), region.upper()]
    return "-".join(part for part in parts if part) + found["rest"].lower()


def detect_language(text: str) -> tuple[str, str | None]:
    """Detect a text's language; also return a sentence of doubt where it can't be told."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return _DEFAULT, "The text is too short to tell its language; English is assumed."
    found, probability = _load_identifier().classify(sample)
    if found in _NO_LANGUAGE or probability < _GUESS:
        return _DEFAULT, (
            "The language can't be told from the text; English is assumed. "
            "Name another with --language."
        )
    if probability < _CERTAIN:
        return str(found), (
            f"The language seems to be “{found}”, but that is not certain; "
            "if it is wrong, name the right one with --language."
        )
    return str(found), None


@cache
def _load_identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - a slow model

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # it unpacks its model into a temporary file
        raise UnavailableTool(
            f"The language can't be detected, for there is no room for temporary files ({error}); "
            "free some, or name the language with --language."
        ) from error
