"""A page's transcript: passages as HTML that can be read, printed and searched without a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def write_transcript(version: Version, number: int, *, plays: bool) -> str:
    """Return the passages of the `number`th version, from 0, of a page that plays or does not."""
    wording = choose_wording(version.language)
    passages = "".join(
        _write_passage(passage, f"p{number}-{place}", wording, version.language, plays=plays)
        for place, passage in enumerate(version.passages, 1)
    )
    hidden = " hidden" if number else ""
    language = mark_language(version.language)
    return (
        f'<div class="version" data-version="{number}" role="group" aria-labelledby="transcript"'
        f' aria-describedby="hint" {language}{hidden}>\n{passages}</div>\n'
    )


def is_unsaid(passage: Passage) -> bool:
    """Whether any of its words is speech that the recording lacks."""
    return passage.kind is Kind.SPEECH and any(
        word.start_ms is None and not word.is_sound for word in passage.words
    )


def _write_passage(
    passage: Passage, name: str, wording: Wording, language: str, *, plays: bool
) -> str:
    time = _write_start(passage, name)
    if passage.kind is Kind.HEADING:
        return f'<h3 class="passage heading" id="{name}">{time}{_join(passage.words)}</h3>\n'
    absent = plays and passage.kind is Kind.SPEECH and passage.start_ms is None
    classes = f"passage {passage.kind}{' unsaid' if absent else ''}"
    remark = f'<span class="remark"{wording.mark(language)}>{wording.say("not_said")}</span>'
    speaker = f'<b dir="auto">{write_text(passage.speaker)}</b>' if passage.speaker else ""
    head = " ".join(filter(None, (speaker, time, remark if absent else "")))
    told = "".join(_write_told(passage, wording, language, said=plays and not absent))
    who = f'<p class="who">{head}</p>\n' if head else ""
    place = _write_place(passage)
    return f'<div class="{classes}" id="{name}"{place}>\n{who}{told}</div>\n'


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


def _write_told(passage: Passage, wording: Wording, language: str, *, said: bool) -> Iterator[str]:
    if passage.kind is Kind.UNTRANSCRIBED:
        until = f" {write_time(passage.end_ms)}" if passage.end_ms is not None else ""
        yield f"<p{wording.mark(language)}>{wording.say('untranscribed')}{until}</p>\n"
        return
    label = ""
    if passage.kind is Kind.PICTURE:
        label = f"<b{wording.mark(language)}>{wording.say('picture')}:</b> "
    for words in _split_paragraphs(passage.words):
        told = _bracket(words) if passage.kind is Kind.SOUND else None
        told = told or "".join(_write_runs(words, wording, language, said=said, kind=passage.kind))
        yield f"<p>{label}{told}</p>\n"
        label = ""


def _split_paragraphs(words: Sequence[PageWord]) -> Iterator[list[PageWord]]:
    paragraph: list[PageWord] = []
    for word in words:
        if paragraph and "\n" in word.before:
            yield paragraph
            paragraph = []
        paragraph.append(word)
    if paragraph:
        yield paragraph


def _write_runs(
    words: Sequence[PageWord], wording: Wording, language: str, *, said: bool, kind: Kind
) -> Iterator[str]:
    """Yield words that are said, words that are not, and sounds, each kind marked as such."""

    def find_run(word: PageWord) -> _Run:
        if word.is_sound:
            return _Run.SOUND
        absent = said and kind is Kind.SPEECH and word.start_ms is None
        return _Run.UNSAID if absent else _Run.SAID

    first = True
    for run, grouped in groupby(words, find_run):
        told = list(grouped)
        yield "" if first else write_text(told[0].before)
        first = False
        match run:
            case _Run.SAID:
                yield _join(told)
            case _Run.SOUND:
                yield f'<span class="noise">{_bracket(told)}</span>'
            case _Run.UNSAID:
                aside = f'<span class="aside"{wording.mark(language)}>'
                remark = f"{aside}({wording.say('not_said')}: </span>"
                yield f'<span class="absent">{remark}{_join(told)}{aside})</span></span>'


def _bracket(words: Sequence[PageWord]) -> str:
    """Return a sound in the brackets that say it is one, whether it came with them or not."""
    if words[0].text.startswith(("[", "(")):
        return _join(words)
    return f"[{_join(words)}]"


def _join(words: Sequence[PageWord]) -> str:
    return "".join(
        write_text(word.before if place else "") + _write_word(word)
        for place, word in enumerate(words)
    )


def _write_word(word: PageWord) -> str:
    time = "" if word.start_ms is None else f' data-t="{word.start_ms}"'
    return f'<span class="w"{time}>{write_text(word.text)}</span>'
