"""The language of a transcript, as a BCP 47 tag."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .errors import UsageError
from .quotation import quote

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3})?)(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-[a-z0-9]{1,8})*)",
    re.IGNORECASE,
)
_SAMPLE = 20_000
"""Characters looked at: more changes nothing but the time it takes."""
_FEWEST_LETTERS = 24
_DEFAULT = "en"
_LANGUAGES = {
    *(
        "af",
        "am",
        "ar",
        "az",
        "be",
        "bg",
        "bn",
        "bs",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "en",
        "eo",
    ),
    *(
        "es",
        "et",
        "eu",
        "fa",
        "fi",
        "fr",
        "ga",
        "gl",
        "gu",
        "he",
        "hi",
        "hr",
        "hu",
        "hy",
        "id",
        "is",
    ),
    *(
        "it",
        "ja",
        "ka",
        "kk",
        "kn",
        "ko",
        "la",
        "lt",
        "lv",
        "mk",
        "ml",
        "mr",
        "ms",
        "mt",
        "ne",
        "nl",
    ),
    *(
        "no",
        "pa",
        "pl",
        "pt",
        "ro",
        "ru",
        "si",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "sw",
        "ta",
        "te",
        "th",
    ),
    *("tr", "uk", "ur", "vi", "zh"),
}
"""Those that people publish interviews in: rarer ones are mostly mistakes, and can be named."""
_GUESS, _CERTAIN = 0.3, 0.7
"""Probabilities under which a language is no more than a guess, and not certain."""
_SURE = 0.999
_FEWEST_SURE_LETTERS = 120
"""Fewer letters never contradict what a person says about their language."""
_LIKE = ({"bs", "hr", "sr"}, {"id", "ms"}, {"cs", "sk"}, {"bg", "mk"}, {"da", "no"}, {"gl", "pt"})
"""Languages that are taken for each other: most are those of the shared task on “Discriminating
between Similar Languages” (Zampieri et al., 2015)."""


def canonicalise_language(tag: str) -> str:
    """Write a BCP 47 tag as RFC 5646 section 2.1.1 recommends: `en-US`, `zh-Hant-TW`.

    Raises UsageError for what is no tag.
    """
    found = _TAG.fullmatch(tag.strip().replace("_", "-"))
    if found is None:
        raise UsageError(
            f"{quote(tag)} is no language tag; write one like en, es, es-MX or zh-Hant (BCP 47)."
        )
    script, region = found["script"] or "", found["region"] or ""
    parts = [found["language"].lower(), script.title(), region.upper()]
    return "-".join(part for part in parts if part) + found["rest"].lower()


def split_language(name: str) -> tuple[str, str | None]:
    """Part a file's name, without its ending, from the language that it ends with: `talk` and `es`
    for `talk.es`.
    """
    stem, _, tag = name.rpartition(".")
    return (stem, canonicalise_language(tag)) if stem and _is_known(tag) else (name, None)


@cache
def _is_known(tag: str) -> bool:
    """Say whether there is such a language.

    Of those with three letters too many are words, such as `old` and `raw`: these need a script or
    a region.
    """
    found = _TAG.fullmatch(tag)
    if not found or (found["language"] == tag and len(tag) > 2):  # noqa: PLR2004 - letters
        return False
    from langcodes import tag_is_valid  # noqa: PLC0415 - slow, and few names end like a tag

    return tag_is_valid(tag)


def primary_subtag(tag: str) -> str:
    """Return the language of a BCP 47 tag, without script and region: `es` for `es-MX`."""
    return tag.casefold().partition("-")[0]


def detect_language(text: str) -> tuple[str, str | None]:
    """Detect a text's language; also return a sentence of doubt where it can't be told."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return _DEFAULT, "The text is too short to tell its language; English is assumed."
    try:
        found, probability = _rank_first(sample)
    except OSError as error:  # it unpacks its model into a temporary file
        return _DEFAULT, (
            f"The language can't be detected without room for temporary files ({error.strerror}); "
            "English is assumed. Name another with --language."
        )
    if probability < _GUESS:
        return _DEFAULT, (
            "The language can't be told from the text; English is assumed. "
            "Name another with --language."
        )
    if probability < _CERTAIN:
        return found, (
            f"The language seems to be “{found}”, but that is not certain; "
            "if it is wrong, name the right one with --language."
        )
    return found, None


def contradict_language(text: str, tag: str) -> str | None:
    """Return the language that a text is in where that is surely another than `tag` says."""
    sample, told = text[:_SAMPLE], primary_subtag(tag)
    if told not in _LANGUAGES or sum(map(str.isalpha, sample)) < _FEWEST_SURE_LETTERS:
        return None
    try:
        found, probability = _rank_first(sample)
    except OSError:  # as above; nothing is contradicted without a model
        return None
    alike = found == told or any({found, told} <= like for like in _LIKE)
    return None if alike or probability < _SURE else found


def _rank_first(sample: str) -> tuple[str, float]:
    """Return the likeliest language and its probability among those known here. Raises OSError."""
    ranked = _load_identifier().rank(sample)
    probabilities = {str(name): float(share) for name, share in ranked if name in _LANGUAGES}
    found = max(probabilities, key=probabilities.__getitem__)
    return found, probabilities[found] / (sum(probabilities.values()) or 1.0)


def forget_languages() -> None:
    """Give back the 70 MB in which languages are told apart; they are loaded again when needed."""
    _load_identifier.cache_clear()


@cache
def _load_identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - a slow model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
