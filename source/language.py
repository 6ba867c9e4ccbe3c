"""The language of a transcript, as a BCP 47 tag."""

from __future__ import annotations

import re

from .errors import UsageError

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-[a-z0-9]{4,8})*)",
    re.IGNORECASE,
)
_SAMPLE = 20_000
"""Characters looked at: more changes nothing but the time it takes."""
_FEWEST_LETTERS = 24
_DEFAULT = "en"


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
    import py3langid  # noqa: PLC0415 - its model is loaded only where a language is to be found

    return str(py3langid.classify(sample)[0]), None
