"""The clip store: what was spoken once is never spoken again, by any build on this machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path

from ...source import UnavailableTool
from ..cache import find_cache
from ..pydub_segment import open_segment, trim
from .clip_file import ClipLabel, label_clip, read_clip, read_label, write_clip
from .foreign_code import contain_failures
from .voice import Clip, Mark, Utterance, Voice

_TRIM = 1
"""Counted up whenever clips are trimmed in another way than before, so that they are made anew."""


class ClipStore:
    """Clips in a folder that every process may share, each named by all that made it.

    Nothing in it is needed: what is missing or damaged is spoken again. Where the folder takes no
    clips (a full disk, a folder that is only for reading), they are held in memory.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Open a store; without a folder the user's own, or that in `$VIVAVOZ_CACHE`."""
        self._folder = folder or find_cache() / "clips"
        self._held: dict[str, Clip] = {}

    def speak(self, voice: Voice, utterance: Utterance) -> Clip:
        """Give an utterance as the voice says it, trimmed: it begins and ends with sound.

        What nobody can say gives no samples. Raises `UnavailableTool` when the voice fails.
        """
        name = _name_clip(voice, utterance)
        return self.find(name) or self.keep(name, _speak(voice, utterance))

    def label(self, voice: Voice, utterance: Utterance) -> ClipLabel:
        """Do the same, but leave the sound in its file, for whoever needs only the marks."""
        name = _name_clip(voice, utterance)
        found = None if name in self._held else read_label(self._locate(name))
        return found or label_clip(self.speak(voice, utterance))

    def shelve(self, voice: Voice, utterance: Utterance) -> ShelvedClip:
        """Do the same, for whoever needs the sound later and not all of it at once."""
        return ShelvedClip(self, voice, utterance, self.label(voice, utterance))

    def find(self, name: str) -> Clip | None:
        """Find the clip that was kept under a name (hexadecimal digits)."""
        return self._held.get(name) or read_clip(self._locate(name))

    def keep(self, name: str, clip: Clip) -> Clip:
        """Keep a clip under a name, and return what is kept: another build may have been first.

        One without sound is not worth it, and FLAC has none.
        """
        if not clip.samples:
            return clip
        try:
            return write_clip(clip, self._locate(name))
        except OSError:
            return self._held.setdefault(name, clip)

    def _locate(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}.flac"


@dataclass(frozen=True, slots=True)
class ShelvedClip:
    """A clip whose sound stays in its store until it is asked for."""

    store: ClipStore = field(compare=False)
    voice: Voice
    utterance: Utterance
    label: ClipLabel

    @property
    def name(self) -> str:
        """What names it: the hash of all that made it, and of what came out."""
        return name_clip(_name_clip(self.voice, self.utterance), self.label.checksum)

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self.label.rate

    @property
    def marks(self) -> tuple[Mark, ...]:
        """When its words are heard."""
        return self.label.marks

    @property
    def duration_ms(self) -> int:
        """How long it sounds, to the nearest millisecond."""
        return self.label.duration_ms

    @property
    def samples(self) -> bytes:
        """The sound, read anew each time.

        Raises `UnavailableTool` when it has to be spoken anew, and the voice fails or, drawing from
        chance, says it in another way.
        """
        clip = self.store.speak(self.voice, self.utterance)
        if label_clip(clip) != self.label:
            raise UnavailableTool(
                f"{self.voice.name} had to say a text again, and said it in another way than the "
                "one that was planned with; build again."
            )
        return clip.samples


def name_clip(*made_of: object) -> str:
    """Name a clip by what made it: the SHA-256 of that, written as JSON."""
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


def _name_clip(voice: Voice, utterance: Utterance) -> str:
    return name_clip("clip", _TRIM, voice.fingerprint, *astuple(utterance))


def _speak(voice: Voice, utterance: Utterance) -> Clip:
    with contain_failures(f"The voice {voice.name} failed"):
        return _trim(voice.speak(utterance))


def _trim(clip: Clip) -> Clip:
    """Cut the silence off both ends; the marks move with the sound."""
    sounding_ms = clip.marks[-1].end_ms if clip.marks else 0
    segment, cut_ms = trim(open_segment(clip.samples, clip.rate), sounding_ms)
    marks = (
        replace(mark, start_ms=max(0, mark.start_ms - cut_ms), end_ms=mark.end_ms - cut_ms)
        for mark in clip.marks
    )
    return replace(clip, samples=segment.raw_data, marks=tuple(marks))
