"""A transcript as a page: one HTML file with no script, that opens anywhere.

Every passage has an address of its own, so that one can send a link to what was said.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape

from ...source import primary_subtag
from ...source.track import Track, Written
from .passage import Passage, PassageKind, Transcript, tell_track
from .wording import Wording, choose_wording

_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}

_NONCHARACTERS = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_UNSHOWN = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
"""What HTML forbids, and what would turn the text around it."""

_CSS = """
:root { --ink: #1b1b1f; --paper: #ffffff; --soft: #5a5a66; --rule: #d5d5dc; --panel: #f4f4f7;
  --link: #1a4f9c; --target: #fff3c4; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --paper: #17171b; --soft: #b3b3c0;
  --rule: #3c3c46; --panel: #222228; --link: #9cc2ff; --target: #3d3617; } }
* { box-sizing: border-box; }
html { color-scheme: light dark; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 42rem; background: var(--paper);
  color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .5rem; }
p { margin: 0 0 .75rem; }
a { color: var(--link); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .125rem; }
header { border-bottom: 1px solid var(--rule); margin-bottom: 1.5rem; }
.soft, time { font-size: .875rem; }
.soft { color: var(--soft); }
time { font-variant-numeric: tabular-nums; }
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
_POLICY = b64encode(sha256(_CSS.encode()).digest()).decode()


def write_page_of_track(track: Track) -> Written:
    """Write captions as a page."""
    return Written(write_page(tell_track(track)))


def write_page(transcript: Transcript) -> str:
    """Write a transcript as a page."""
    wording = choose_wording(transcript.language)
    title = _say(transcript.title) or wording.transcript
    direction = "rtl" if primary_subtag(transcript.language) in _RIGHT_TO_LEFT else "ltr"
    policy = (
        f"default-src 'none'; style-src 'sha256-{_POLICY}'; base-uri 'none'; form-action 'none'"
    )
    language = re.sub(r"[^A-Za-z0-9-]", "", transcript.language) or wording.language
    remark = f'<p class="soft" lang="en" dir="ltr">{_say(transcript.remark)}</p>\n'
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{title}</h1>\n{remark if transcript.remark else ''}</header>\n<main>\n"
        f"{''.join(_write_passages(transcript, wording))}</main>\n</body>\n</html>\n"
    )


def _write_passages(transcript: Transcript, wording: Wording) -> Iterator[str]:
    named: set[str] = set()
    for passage in transcript.passages:
        name = f"t{passage.start_ms}"
        while name in named:  # several may begin at once
            name += "-"
        named.add(name)
        if passage.kind is PassageKind.HEADING:
            yield f'<h2 id="{name}">{_say(" ".join(passage.paragraphs))}</h2>\n'
        else:
            shown = _write_passage(passage, name, wording)
            yield f'<div class="passage {passage.kind}" id="{name}">\n{shown}</div>\n'


def _write_passage(passage: Passage, name: str, wording: Wording) -> str:
    paragraphs = [_say(paragraph) for paragraph in passage.paragraphs]
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
    who = f'<b dir="auto">{_say(passage.speaker)}</b> ' if passage.speaker else ""
    return f'<p class="who">{who}<a href="#{name}">{_write_time(passage.start_ms)}</a></p>\n{told}'


def _write_time(time_ms: int) -> str:
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f'<time datetime="PT{time_ms / 1000:.3f}S">{shown}</time>'


def _say(text: str) -> str:
    return escape(_UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text))
