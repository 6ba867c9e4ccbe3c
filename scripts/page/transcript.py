"""A page's transcript: passages as HTML that can be read, printed and searched without a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from ...captions.format.markup import mark_language, write_text, write_time
from .content import Kind, PageWord, Passage, Version
from .wording import Wording, choose_wording


class _Run(StrEnum):
    """What words that follow each other have in common."""

    SAID = "said"
    UNSAID = "unsaid"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class _Tongue:
    """The words in which a version is commented, and what marks them inside its own language."""

    wording: Wording
    mark: str

    def say(self, name: str) -> str:
        return self.wording.say(name)


def write_transcript(version: Version, number: int, *, plays: bool) -> str:
    """Return the passages of the `number`th version, from 0, of a page that plays or does not."""
    wording = choose_wording(version.language)
    tongue = _Tongue(wording, wording.mark(version.language))
    lacking = plays and any(map(_is_timed, version.passages))
    passages = "".join(
        _write_passage(passage, f"p{number}-{place}", tongue, lacking=lacking)
        for place, passage in enumerate(version.passages, 1)
    )
    hidden = " hidden" if number else ""
    language = mark_language(version.language)
    return (
        f'<div class="version" data-version="{number}" role="group" aria-labelledby="transcript"'
        f' aria-describedby="hint" {language}{hidden}>\n{passages}</div>\n'
    )


def has_unsaid(version: Version) -> bool:
    """Whether any speech of a version has no time while other speech has one."""
    speech = [passage for passage in version.passages if passage.kind is Kind.SPEECH]
    return any(map(_is_timed, speech)) and any(
        word.start_ms is None and not word.is_sound for passage in speech for word in passage.words
    )


def _is_timed(passage: Passage) -> bool:
    return passage.kind is Kind.SPEECH and passage.start_ms is not None


def _write_passage(passage: Passage, name: str, tongue: _Tongue, *, lacking: bool) -> str:
    """Return a passage; where some are `lacking` in the recording, speech without times is."""
    time = _write_start(passage, name)
    if passage.kind is Kind.HEADING:
        return f'<h3 class="passage heading" id="{name}">{time}{_join(passage.words)}</h3>\n'
    unsaid = lacking and passage.kind is Kind.SPEECH and passage.start_ms is None
    remark = f'<span class="remark"{tongue.mark}>{tongue.say("not_said")}</span>'
    speaker = f'<b dir="auto">{write_text(passage.speaker)}</b>' if passage.speaker else ""
    head = " ".join(filter(None, (speaker, time, remark if unsaid else "")))
    who = f'<p class="who">{head}</p>\n' if head else ""
    told = "".join(_write_told(passage, tongue, lacking=lacking and not unsaid))
    classes = f"passage {passage.kind}{' unsaid' if unsaid else ''}"
    return f'<div class="{classes}" id="{name}"{_write_place(passage)}>\n{who}{told}</div>\n'


def _write_start(passage: Passage, name: str) -> str:
    if passage.start_ms is None:
        return ""
    time = write_time(passage.start_ms)
    return f'<a class="at" href="#{name}" data-t="{passage.start_ms}">{time}</a>'


def _write_place(passage: Passage) -> str:
    """Return when a picture is described, and where in the file of clips."""
    if passage.kind is not Kind.PICTURE or passage.start_ms is None:
        return ""
    end_ms = passage.start_ms if passage.end_ms is None else passage.end_ms
    clip = f' data-clip="{passage.clip[0]} {passage.clip[1]}"' if passage.clip else ""
    return f' data-start="{passage.start_ms}" data-end="{end_ms}"{clip}'


def _write_told(passage: Passage, tongue: _Tongue, *, lacking: bool) -> Iterator[str]:
    if passage.kind is Kind.UNTRANSCRIBED:
        until = f" {write_time(passage.end_ms)}" if passage.end_ms is not None else ""
        yield f"<p{tongue.mark}>{tongue.say('untranscribed')}{until}</p>\n"
    for place, words in enumerate(_split_paragraphs(passage.words)):
        match passage.kind:
            case Kind.SPEECH:
                told = "".join(_write_runs(words, tongue, lacking=lacking))
            case Kind.SOUND:
                told = f"[{_join(words)}]"
            case Kind.PICTURE if not place:
                told = f"<b{tongue.mark}>{tongue.say('picture')}:</b> {_join(words)}"
            case _:
                told = _join(words)
        yield f"<p>{told}</p>\n"


def _split_paragraphs(words: Sequence[PageWord]) -> Iterator[list[PageWord]]:
    paragraph: list[PageWord] = []
    for word in words:
        if paragraph and "\n" in word.before:
            yield paragraph
            paragraph = []
        paragraph.append(word)
    if paragraph:
        yield paragraph


def _write_runs(words: Sequence[PageWord], tongue: _Tongue, *, lacking: bool) -> Iterator[str]:
    """Yield words that are said, words that are not, and sounds, each kind marked as such."""

    def find_run(word: PageWord) -> _Run:
        if word.is_sound:
            return _Run.SOUND
        return _Run.UNSAID if lacking and word.start_ms is None else _Run.SAID

    aside = f'<span class="aside"{tongue.mark}>'
    for place, (run, grouped) in enumerate(groupby(words, find_run)):
        told = list(grouped)
        shown = _join(told)
        match run:
            case _Run.SAID:
                pass
            case _Run.SOUND:
                shown = f'<span class="noise">{shown}</span>'
            case _Run.UNSAID:
                remark = f"{aside}({tongue.say('not_said')}: </span>"
                shown = f'<span class="absent">{remark}{shown}{aside})</span></span>'
        yield (write_text(told[0].before) if place else "") + shown


def _join(words: Sequence[PageWord]) -> str:
    return "".join(
        write_text(word.before if place else "") + _write_word(word)
        for place, word in enumerate(words)
    )


def _write_word(word: PageWord) -> str:
    time = "" if word.start_ms is None else f' data-t="{word.start_ms}"'
    return f'<span class="w"{time}>{write_text(word.text)}</span>'
