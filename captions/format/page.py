"""A transcript as a page: one HTML file with no script, that opens anywhere.

Every passage has an address of its own, so that one can send a link to what was said.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source.track import Track, Written
from .markup import LOOK, write_document, write_language, write_policy, write_text, write_time
from .passage import Passage, PassageKind, Transcript, tell_track
from .wording import Wording, choose_wording

_CSS = (
    LOOK
    + """\
.passage { padding: .375rem .5rem; margin: 0 -.5rem; border-radius: .375rem; }
.passage p:last-child { margin-bottom: 0; }
.passage:target { background: var(--target); }
.who { display: flex; flex-wrap: wrap; gap: .125rem .625rem; align-items: baseline;
  margin: .75rem 0 .125rem; }
.sound { color: var(--soft); font-style: italic; }
.picture { background: var(--panel); border-inline-start: .25rem solid var(--rule);
  margin: 1rem 0; padding: .625rem .875rem; }
@media print { body { max-width: none; } a { color: inherit; text-decoration: none; } }
"""
)
_POLICY = write_policy(_CSS)


def write_page_of_track(track: Track) -> Written:
    """Write captions as a page."""
    return Written(write_page(tell_track(track)))


def write_page(transcript: Transcript) -> str:
    """Write a transcript as a page."""
    wording = choose_wording(transcript.language)
    title = write_text(transcript.title) or wording.transcript
    remark = f'<p class="soft" lang="en" dir="ltr">{write_text(transcript.remark)}</p>\n'
    body = (
        f"<header>\n<h1>{title}</h1>\n{remark if transcript.remark else ''}</header>\n<main>\n"
        f"{''.join(_write_passages(transcript, wording))}</main>\n"
    )
    language = write_language(transcript.language) or wording.language
    return write_document(title, body, language=language, css=_CSS, policy=_POLICY)


def _write_passages(transcript: Transcript, wording: Wording) -> Iterator[str]:
    named: set[str] = set()
    for passage in transcript.passages:
        name = f"t{passage.start_ms}"
        while name in named:  # several may begin at once
            name += "-"
        named.add(name)
        if passage.kind is PassageKind.HEADING:
            yield f'<h2 id="{name}">{write_text(" ".join(passage.paragraphs))}</h2>\n'
        else:
            shown = _write_passage(passage, name, wording)
            yield f'<div class="passage {passage.kind}" id="{name}">\n{shown}</div>\n'


def _write_passage(passage: Passage, name: str, wording: Wording) -> str:
    paragraphs = [write_text(paragraph) for paragraph in passage.paragraphs]
    match passage.kind:
        case PassageKind.SOUND:
            paragraphs = [f"[{paragraph}]" for paragraph in paragraphs]
        case PassageKind.PICTURE:
            paragraphs[0] = f'<b lang="{wording.language}">{wording.picture}:</b> {paragraphs[0]}'
        case _:
            pass
    told = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    if passage.kind is not PassageKind.SPEECH:
        return told
    who = f'<b dir="auto">{write_text(passage.speaker)}</b> ' if passage.speaker else ""
    return f'<p class="who">{who}<a href="#{name}">{write_time(passage.start_ms)}</a></p>\n{told}'
