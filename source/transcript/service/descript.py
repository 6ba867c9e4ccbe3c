"""Descript's project document, which it publishes no format of: after what open clients read.

The words stand with the recording in which they are heard, the speakers' names apart.
"""

from __future__ import annotations

from msgspec import Struct, field

from ...interview import Notice
from ..speech import Heard, Speech
from .service import Service, Tree, compose_turns, fit, has, opens_with, to_ms


class _Speaker(Struct, frozen=True):
    id: str = field(default="", name="speakerId")


class _Word(Struct, frozen=True):
    word: str
    start: float | None = field(default=None, name="startTime")
    end: float | None = field(default=None, name="endTime")
    speaker: _Speaker | None = None


class _Metadata(Struct, frozen=True):
    alignment: list[_Word] = []


class _Voiceover(Struct, frozen=True):
    metadata: _Metadata = field(default_factory=_Metadata)


class _Recording(Struct, frozen=True):
    voiceover: _Voiceover | None = None
    name: str = field(default="", name="displayName")


class _Library(Struct, frozen=True):
    recordings: list[_Recording] = field(default_factory=list, name="mediaRefs")


class _Voice(Struct, frozen=True):
    id: str
    name: str = ""


class _Project(Struct, frozen=True):
    library: _Library = field(name="mediaLibrary")
    voices: list[_Voice] = []


def _fits(tree: Tree) -> bool:
    return has(tree, "mediaLibrary") and opens_with(tree["mediaLibrary"], "mediaRefs")


def _read(tree: Tree) -> Speech:
    project = fit(tree, _Project)
    names = {voice.id: voice.name for voice in project.voices if voice.name}
    spoken = [one for one in project.library.recordings if one.voiceover and _words_of(one)]
    if not spoken:
        return Speech(())
    words = (
        (names.get(word.speaker.id, word.speaker.id) if word.speaker else None, _hear(word))
        for word in _words_of(spoken[0])
    )
    others = ", ".join(one.name or "without a name" for one in spoken[1:])
    told = f"The project has more recordings; only the first is read, not: {others}."
    notices = (Notice(None, told),) if others else ()
    return Speech(tuple(compose_turns(words)), title=spoken[0].name, notices=notices)


def _words_of(recording: _Recording) -> list[_Word]:
    return recording.voiceover.metadata.alignment if recording.voiceover else []


def _hear(word: _Word) -> Heard:
    return Heard(word.word, to_ms(word.start), to_ms(word.end))


DESCRIPT = Service("Descript", _fits, _read)
