"""What a voice is, what it is given and what it gives, and who reads whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


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
    words_per_minute: int = 160
    """As fast as the voice says ordinary prose, one or two sentences of it, without the silence
    around them; in a long paragraph the pauses between sentences make it some 6 % fewer, and of
    these 160 about 150, at which captions can be read along."""
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
    def fingerprint(self) -> str:
        """All that makes its sound beside the utterance: engine, version, voice, pitch, volume.

        Two voices with one fingerprint say the same in the same way, today or in a year.
        """
        ...

    @property
    def reads_ipa(self) -> bool:
        """Whether it can say what is given in the International Phonetic Alphabet."""
        ...

    def speak(self, utterance: Utterance) -> Clip:
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
    sends_to: str | None = None
    """Whom the text is sent to, where it leaves this computer."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The narrator, who reads what nobody in the interview says, and the voice of each speaker."""

    narrator: Voice
    speakers: Mapping[str, Voice]
    notices: tuple[str, ...] = ()
    """What the user should know before anything is read, a sentence each."""

    def voice_of(self, speaker: str | None) -> Voice:
        """Give a speaker's voice, or the narrator's to whoever has none of their own."""
        return self.narrator if speaker is None else self.speakers.get(speaker, self.narrator)
