"""What a voice is, and how one is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ...source import UsageError


@dataclass(frozen=True, slots=True)
class Mark:
    """When a word is heard. `offset` and `length` count characters of the text that was spoken."""

    offset: int
    length: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How a stretch of an utterance is said: just one of `ipa`, `respelling`, `language` is given.

    `offset` and `length` count characters of the utterance's text; `language` is a BCP 47 tag.
    """

    offset: int
    length: int
    ipa: str | None = None
    respelling: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a voice is given to say. The pronunciations stand in order and do not overlap."""

    text: str
    words_per_minute: int = 150
    """As fast as the voice says ordinary prose, pauses within it included."""
    pronunciations: tuple[Pronunciation, ...] = ()


@dataclass(frozen=True, slots=True)
class Clip:
    """Mono sound: `samples` are little-endian signed 16-bit, `rate` of them a second.

    The marks stand in the order in which they are heard; a voice that gives none has none.
    """

    samples: bytes
    rate: int
    marks: tuple[Mark, ...] = ()
    sent_to: str | None = None
    """The host that the text was sent to, where it left this computer."""

    @property
    def duration_ms(self) -> int:
        """How long it sounds, to the nearest millisecond."""
        return round(len(self.samples) // 2 * 1000 / self.rate)


class Voice(Protocol):
    """Somebody who can read a text aloud."""

    @property
    def name(self) -> str:
        """Which voice it is, such as `espeak:en-us+f3`."""
        ...

    @property
    def language(self) -> str:
        """The language that it speaks, as its engine names it."""
        ...

    @property
    def online(self) -> bool:
        """Whether the text leaves this computer."""
        ...

    def speak(self, text: str) -> Clip:
        """Read a text; markup in it is text. What nobody can say gives an empty or silent clip.

        Raises `UnavailableTool` when the engine fails.
        """
        ...


@dataclass(frozen=True, slots=True)
class ListedVoice:
    """A voice that can be asked for: `spec` is what `--voice` takes."""

    spec: str
    language: str
    description: str
    online: bool


GTTS_TLDS = (
    "com",
    "ca",
    "co.in",
    "co.uk",
    "co.za",
    "com.au",
    "com.br",
    "com.mx",
    "com.ng",
    "es",
    "fr",
    "ie",
    "pt",
    "us",
)
"""The hosts that gTTS documents. The ending goes into the host's name, so no other is let in."""


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """Which engine reads, and which of its voices; without a choice the language decides."""

    engine: str = "espeak"
    choice: str | None = None

    @classmethod
    def parse(cls, text: str) -> VoiceSpec:
        """Read `espeak`, `espeak:VOICE`, `gtts` or `gtts:TLD`.

        Raises `UsageError` for anything else. Whether espeak-ng has the voice is found out when
        the voices are cast.
        """
        engine, colon, choice = text.strip().partition(":")
        known = engine == "espeak" or (engine == "gtts" and (not colon or choice in GTTS_TLDS))
        if not known or (colon and not choice):
            message = (
                f"There is no voice “{text}”; use espeak, espeak:VOICE (such as espeak:en-gb), "
                f"gtts, or gtts:TLD with one of {', '.join(GTTS_TLDS)}."
            )
            raise UsageError(message)
        return cls(engine, choice or None)
