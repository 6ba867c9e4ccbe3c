"""Every reader of files that come from elsewhere, and what is claimed of it for any bytes at all.

To add one: a function that reads a path, a function in `seeds` that gives small files of its kind,
and a line in `TARGETS`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

from fuzz import seeds
from hypothesis import strategies as st
from vivavoz.audio import Utterance, build_lexicon
from vivavoz.audio.describe.dapt import check_dapt, parse_dapt, read_dapt, write_dapt
from vivavoz.audio.listen.pronunciation import pronounce_words
from vivavoz.audio.speak.clip_file import read_clip, read_label
from vivavoz.audio.speak.espeak import EspeakVoice, choose_espeak_voice
from vivavoz.captions import (
    Captions,
    Edits,
    TrackFormat,
    apply_edits,
    caption,
    check_captions,
    estimate_timeline,
    find_edits,
    list_styles,
    load_style,
    parse_caption_file,
    read_caption_file,
    read_edits,
    read_track,
    write_captions,
    write_chapters,
    write_descriptions,
    write_edits,
    write_track,
)
from vivavoz.scripts.record import read_record
from vivavoz.source import (
    Interview,
    Span,
    SpanKind,
    Turn,
    UsageError,
    VivavozError,
    canonicalise_language,
    decode_sound,
    decode_speech,
    keep_times,
    load_folder_settings,
    load_settings,
    open_recording,
    read_interview,
    word_interview,
)
from vivavoz.source.container import read_container
from vivavoz.source.language import detect_language
from vivavoz.source.quotation import UNSHOWN
from word_documents import list_parts, pack

LONGEST_S = 5.0
"""Of one core's time, for a small file."""
_LONGEST_MESSAGE = 600
_BLOCKS = 600
"""Seconds of sound that are decoded: a small file may hold a day of silence."""
_SAID = "NASA's St.  Ives is a.b for us, in the US: é, O’Brien, 东京, Cafe\u0301 -x-."


@dataclass(frozen=True, slots=True)
class Target:
    """A reader. `file` is what its file is called, `share` how much of a run's time it gets."""

    read: Callable[[Path], object]
    file: str
    give_seeds: Callable[[], Sequence[bytes]]
    share: int
    largest: int = 8192
    """Bytes of an input."""


def hold(target: Target, data: bytes, folder: Path) -> None:
    """Let a reader read bytes: it returns, or says in one plain sentence why it does not.

    The file stays in the folder, for whoever finds it after the process died.
    """
    path = folder / target.file
    path.write_bytes(data)
    begun_s = time.process_time()
    try:
        target.read(path)
    except VivavozError as error:
        _judge(error.message)
    spent_s = time.process_time() - begun_s
    assert spent_s < LONGEST_S, f"{spent_s:.1f} s"


def _judge(sentence: str) -> None:
    assert len(sentence) <= _LONGEST_MESSAGE, sentence
    assert not UNSHOWN.search(sentence), ascii(sentence)
    assert sentence.endswith((".", "?")), sentence


@st.composite
def damaged(draw: st.DrawFn, seeds: Sequence[bytes], largest: int) -> bytes:
    """Return a seed that bytes were cut from and put into, its own, another seed's or any."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 5))):
        begin = draw(st.integers(0, len(data)))
        end = begin + draw(st.integers(0, 12))
        other = draw(st.sampled_from(seeds))
        place = draw(st.integers(0, len(other)))
        piece = other[place : place + draw(st.integers(0, 40))] * draw(st.sampled_from([1, 1, 50]))
        data = data[:begin] + draw(st.binary(max_size=8) | st.just(piece)) + data[end:]
    return data[:largest]


def _read_transcript(path: Path) -> None:
    interview = read_interview(path)
    wording = word_interview(interview)
    for find_times in (estimate_timeline, keep_times)[: 1 + interview.has_times]:
        captions = caption(find_times(wording))
        _read_back(write_captions(captions), len(captions.cues))
        _read_back(write_chapters(captions.timeline))
        _read_back(write_descriptions(captions.timeline))


def _read_word_part(path: Path) -> None:
    """Read a Word document around the part with its text, which its archive would guard."""
    parts = {**list_parts(""), "word/document.xml": path.read_bytes()}
    _read_transcript(pack(path.with_suffix(".docx"), parts))


def _read_back(text: str, cues: int | None = None) -> None:
    """Hold a WebVTT file of our own against the format."""
    file = parse_caption_file(text, Path("own.vtt"))
    assert not file.faults, file.faults[0]
    assert cues in {None, len(file.cues)}


def _read_captions(path: Path) -> None:
    file = read_caption_file(path)
    for style in list_styles():
        check_captions(file, load_style(style))
    _convert(path)


def _convert(path: Path) -> None:
    track, _ = read_track(path)
    for form in TrackFormat:
        try:
            written = write_track(track, form)
        except UsageError as error:  # it has no letters for this track
            _judge(error.message)
        else:
            for notice in written.notices:
                _judge(notice.message)
            if form is TrackFormat.WEBVTT:
                _read_back(written.text)


def _read_edits(path: Path) -> None:
    edits = read_edits(path)
    again = path.with_name("again.toml")
    again.write_text(write_edits(edits), encoding="utf-8")
    assert [replace(edit, line=None) for edit in read_edits(again).edits] == [
        replace(edit, line=None) for edit in edits.edits
    ]
    _edit(_caption_interview(), edits)


@cache
def _caption_interview() -> Captions:
    """Return the captions that edits are applied to."""
    laughs = Span(SpanKind.SOUND, "laughs")
    turns = (
        Turn("Ann", (Span(SpanKind.SPEECH, "Why a ferry?"), laughs), line=1),
        Turn("Bo", (Span(SpanKind.SPEECH, "No — yes! Yes. And so it went on, and on."),), line=2),
    )
    return caption(estimate_timeline(word_interview(Interview("", "en", (), turns))))


def _read_edited(path: Path) -> None:
    """Read captions as a transcript, and what somebody left of them as edits of its build."""
    one, two = seeds.split(path.read_bytes())
    built, left = path.with_name("built.vtt"), path.with_name("left.vtt")
    built.write_bytes(one)
    left.write_bytes(two)
    edited = read_caption_file(left)
    find_edits(read_caption_file(built), edited)
    captions = caption(keep_times(word_interview(read_interview(built))))
    base = parse_caption_file(write_captions(captions), Path("own.vtt"))
    assert not find_edits(base, base).edits
    _edit(captions, find_edits(base, edited))


def _edit(captions: Captions, edits: Edits) -> None:
    found = apply_edits(captions, edits)
    for conflict in found.conflicts:
        _judge(conflict.message)
    _read_back(write_captions(found.captions), len(found.captions.cues))


def _read_pronounce(path: Path) -> None:
    """Read lines such as `NASA=NASS-uh`, in which a fuzzer gets further than in TOML."""
    lines = path.read_bytes().decode(errors="ignore").splitlines()
    entries = {written: said for written, _, said in (line.partition("=") for line in lines)}
    table = "".join(f"{json.dumps(key)} = {json.dumps(said)}\n" for key, said in entries.items())
    beside = path.with_suffix(".toml")
    beside.write_text(f"[pronounce]\n{table}", encoding="utf-8")
    _read_settings(beside)


def _read_settings(path: Path) -> None:
    _speak(_SAID, "en", load_settings(path).pronounce)


def _read_aloud(path: Path) -> None:
    text = path.read_bytes().decode(errors="ignore")
    language, _ = detect_language(text)
    _speak(text, language, {"NASA": "/ˈnæsə/", "a": "uh"})


def _speak(text: str, language: str, pronounce: Mapping[str, str]) -> None:
    """Speak a text in process, as whatever a transcript holds is spoken."""
    turn = Turn("Ann", (Span(SpanKind.SPEECH, text),), line=1)
    said = build_lexicon(Interview("", language, (), (turn,)), pronounce).pronounce(text)
    assert all(one.offset + one.length <= two.offset for one, two in pairwise(said))
    voice = EspeakVoice(choose_espeak_voice(language) or "en-us")
    clip = voice.speak(Utterance(text, pronunciations=said))
    assert all(0 <= mark.start_ms <= mark.end_ms <= clip.duration_ms for mark in clip.marks)
    assert all(0 <= mark.offset <= mark.offset + mark.length <= len(text) for mark in clip.marks)


def _read_style(path: Path) -> None:
    load_style(str(path))


def _read_words(path: Path) -> None:
    """Read the words of a text as they may be heard in a recording."""
    text = path.read_bytes().decode(errors="ignore")
    words = text.split()
    assert len(pronounce_words(words, detect_language(text)[0])) == len(words)


def _read_dapt(path: Path) -> None:
    check_dapt(path.read_bytes())
    script = read_dapt(path)
    parse_dapt("".join(write_dapt(script)))


def _read_clip(path: Path) -> None:
    label, clip = read_label(path), read_clip(path)
    assert clip is None or (label and label.length * 2 == len(clip.samples))


def _read_language(path: Path) -> None:
    text = path.read_bytes().decode(errors="surrogateescape")
    detected, _ = detect_language(text)
    assert canonicalise_language(detected) == detected
    tag = canonicalise_language(text.partition("\n")[0])
    assert canonicalise_language(tag) == tag


def _read_media(path: Path) -> None:
    recording = open_recording(path)
    read_container(recording)
    for decode in (decode_speech, decode_sound):
        if recording.tracks:
            for _ in islice(decode(recording), _BLOCKS):
                pass


TARGETS = {
    "transcript": Target(_read_transcript, "interview.txt", seeds.give_interviews, 15),
    "word": Target(_read_transcript, "interview.docx", seeds.give_word_documents, 4),
    "word part": Target(_read_word_part, "document.xml", seeds.give_word_parts, 4),
    "webvtt": Target(_read_captions, "captions.vtt", seeds.give_captions, 5),
    "subrip": Target(_read_captions, "captions.srt", seeds.give_captions, 3),
    "ttml": Target(_convert, "captions.ttml", seeds.give_ttml, 5),
    "scc": Target(_convert, "captions.scc", seeds.give_scc, 3),
    "spoken captions": Target(_read_transcript, "talk.vtt", seeds.give_captions, 5),
    "export": Target(_read_transcript, "interview.json", seeds.give_exports, 6),
    "edits": Target(_read_edits, "interview.edits.toml", seeds.give_edits, 3),
    "edited captions": Target(_read_edited, "two.txt", seeds.give_edited_captions, 5, 4096),
    "settings": Target(_read_settings, "interview.toml", seeds.give_settings, 3),
    "folder": Target(load_folder_settings, "vivavoz.toml", seeds.give_settings, 2),
    "style": Target(_read_style, "own.toml", seeds.give_styles, 4),
    "pronounce": Target(_read_pronounce, "entries.txt", seeds.give_entries, 3, 2048),
    "voice": Target(_read_aloud, "said.txt", seeds.give_texts, 6, 2048),
    "words": Target(_read_words, "heard.txt", seeds.give_texts, 3, 2048),
    "dapt": Target(_read_dapt, "script.xml", seeds.give_scripts, 5),
    "clip": Target(_read_clip, "clip.flac", seeds.give_clips, 3),
    "record": Target(read_record, "record.json", seeds.give_records, 1),
    "language": Target(_read_language, "text.txt", seeds.give_texts, 2),
    "media": Target(_read_media, "talk.media", seeds.give_media, 18, 65536),
}
