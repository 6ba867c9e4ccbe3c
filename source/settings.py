"""What a producer says about one interview: the TOML file beside its transcript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from .errors import UsageError
from .toml_file import fit_table, read_toml


@dataclass(frozen=True, slots=True)
class InterviewSettings:
    """All that can be said of an interview beside its transcript; nothing of it has to be."""

    file: Path | None = None
    """Where it is said, if anywhere."""
    pronounce: Mapping[str, str] = field(default_factory=dict[str, str])
    """How words and phrases are said: in the International Phonetic Alphabet between slashes
    (`/ˈnæsə/`), or spelled as they sound (`NASS-uh`)."""


class _SettingsFile(Struct, frozen=True, forbid_unknown_fields=True):
    pronounce: dict[str, object] = {}


def load_settings(transcript: Path) -> InterviewSettings:
    """Read the settings beside a transcript, `talk.toml` for `talk.txt`; without them, defaults.

    Raises UnreadableSource or UsageError for a file that can't be read or understood.
    """
    path = transcript.with_suffix(".toml")
    if not path.exists():
        return InterviewSettings()
    file = fit_table(read_toml(path), _SettingsFile, path, "settings file")
    said = {written: _check(written, said, path) for written, said in file.pronounce.items()}
    return InterviewSettings(path, said)


def _check(written: str, said: object, path: Path) -> str:
    """Return how something is said, without white space around it."""
    if not any(map(str.isalnum, written)):
        raise UsageError(f"[pronounce] “{written}” holds no word; name one or more.", file=path)
    text = said.strip() if isinstance(said, str) else ""
    half_open = text.startswith("/") != text.endswith("/") or text == "/"
    if half_open or not any(map(str.isalnum, text)):
        raise UsageError(
            f"[pronounce] “{written}”: say how it sounds between quotation marks, either in the "
            "phonetic alphabet between slashes (/ˈnæsə/) or spelled as it sounds (NASS-uh).",
            file=path,
        )
    return text
