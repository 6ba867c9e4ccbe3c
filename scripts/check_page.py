"""A page for a producer: what a check found, in its context. One file, with no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..captions.format.markup import LOOK, write_document, write_policy, write_text
from ..source.caption_file.stamp import write_stamp
from .finding import summarise_verdict
from .listing import format_time
from .speed_chart import draw_speeds

if TYPE_CHECKING:
    from ..captions import Finding, ReadCue, Style, Verdict

_MOST = 500
"""Cues shown with their findings: a page of ten thousand helps nobody."""
_LONGEST = 300
"""Characters of a line that are shown."""
_MOST_LINES = 10
"""Of a cue."""

_CSS = (
    LOOK
    + """
:root { --bar: #5b7fb5; --over: #c03a1d; --mark: #7a1fa2; }
@media (prefers-color-scheme: dark) { :root { --bar: #7d9fd3; --over: #ff8d6b; --mark: #d79af0; } }
body { max-width: 60rem; }
h2 { padding-top: 1rem; border-top: 2px solid var(--rule); }
h3 { font-size: 1.125rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 0 0 .5rem; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; }
figcaption { color: var(--soft); font-size: .875rem; }
svg { display: block; width: 100%; height: 13rem; background: var(--panel); }
svg text { font: .8125rem system-ui, sans-serif; fill: var(--ink); paint-order: stroke;
  stroke: var(--panel); stroke-width: 4px; }
rect { shape-rendering: crispEdges; }
.bar { fill: var(--bar); } .over { fill: var(--over); } .mark { fill: var(--mark); }
line.limit { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 6 4; }
.floor { stroke: var(--soft); }
.ends { display: flex; justify-content: space-between; }
.key { display: inline-block; width: .75rem; height: .75rem; margin: 0 .25rem 0 .75rem; }
.key:first-child { margin-left: 0; }
.key.bar { background: var(--bar); } .key.over { background: var(--over); }
.key.mark { background: var(--mark); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .75rem;
  margin: 1rem 0; }
dl div { background: var(--panel); padding: .5rem .75rem; border-radius: .25rem; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0; font-size: 1.125rem; font-variant-numeric: tabular-nums; }
dd .soft { display: block; }
table { border-collapse: collapse; margin: .5rem 0; }
caption { text-align: left; white-space: nowrap; font-weight: 600; padding-bottom: .25rem; }
th, td { text-align: left; padding: .2rem 1.25rem .2rem 0; border-bottom: 1px solid var(--rule);
  font-weight: normal; }
td { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; }
article { background: var(--panel); border-left: .25rem solid var(--over); border-radius: .25rem;
  padding: .75rem; margin: .75rem 0; }
blockquote { margin: .25rem 0; padding: .25rem .75rem; border-left: 2px solid var(--rule);
  color: var(--soft); white-space: pre-line; }
.this { color: var(--ink); border-color: var(--ink); }
ul { margin: .5rem 0 0; padding-left: 1.25rem; }
"""
)


def compose_page(sections: Sequence[str], unchecked: Iterable[str], style: Style) -> str:
    """Return the whole page, from the sections of its files."""
    title = write_text(f"Captions checked under {style.title}")
    listed = "".join(f"<li>{write_text(what)}</li>" for what in unchecked)
    nothing = "" if sections else "<p>None of the files could be read.</p>"
    body = (
        f"<main>\n<h1>{title}</h1>\n{nothing}{''.join(sections)}"
        f'<section aria-labelledby="unchecked"><h2 id="unchecked">Not checked</h2>'
        f"<ul>{listed}</ul></section>\n</main>\n"
    )
    return write_document(title, body, language="en", css=_CSS, policy=write_policy(_CSS))


def compose_section(verdict: Verdict, number: int) -> str:
    """Return the part of the page about one file, the `number`th from 0."""
    heading = f"file-{number}"
    return (
        f'<section aria-labelledby="{heading}">\n'
        f'<h2 id="{heading}">{write_text(str(verdict.file.path))}</h2>\n'
        f"<p>{write_text(summarise_verdict(verdict))}</p>\n"
        f"{_compose_figure(verdict, number)}{_compose_figures(verdict)}"
        f"{''.join(_compose_findings(verdict))}</section>\n"
    )


def compose_failure(path: Path, message: str, number: int) -> str:
    """Return the part of the page about a file that can't be read."""
    heading = f"file-{number}"
    return (
        f'<section aria-labelledby="{heading}">\n<h2 id="{heading}">{write_text(str(path))}</h2>\n'
        f"<p>This file was not checked. {write_text(message)}</p>\n</section>\n"
    )


def _compose_figure(verdict: Verdict, number: int) -> str:
    chart = draw_speeds(verdict, number)
    if not chart:
        return ""
    end = format_time(max(cue.end_ms for cue in verdict.file.cues))
    unit = verdict.style.reading.unit
    return (
        f'<figure>{chart}<div class="ends soft"><span>00:00</span><span>{end}</span></div>'
        f'<figcaption><span class="key bar"></span>reading speed, in {unit} '
        '<span class="key over"></span>over the limit <span class="key mark"></span>a finding'
        "</figcaption></figure>\n"
    )


def _compose_figures(verdict: Verdict) -> str:
    shown = (
        f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _list_figures(verdict)
    )
    speakers = "".join(
        f'<tr><th scope="row" dir="auto">{write_text(speaker[:_LONGEST])}</th>'
        f"<td>{words:.0f}</td></tr>"
        for speaker, words in verdict.figures.words_a_minute.items()
    )
    table = f"<table><caption>Words a minute, by speaker</caption>{speakers}</table>\n"
    return f"<dl>{''.join(shown)}</dl>\n{table if speakers else ''}"


def _list_figures(verdict: Verdict) -> Iterator[tuple[str, str]]:
    figures, unit = verdict.figures, verdict.style.reading.unit
    yield "Cues", str(figures.cues)
    for share, speed in figures.speeds.items():
        name = {50: "Half need at most", 100: "Fastest"}.get(share, f"{share} % need at most")
        yield name, f"{speed:.1f} <span class='soft'>{unit}</span>"
    if figures.shortest_ms is not None and figures.longest_ms is not None:
        yield "Shortest", f"{figures.shortest_ms / 1000:.2f} s"
        yield "Longest", f"{figures.longest_ms / 1000:.2f} s"
    yield "Time with captions", f"{figures.captioned * 100:.0f} %"


def _compose_findings(verdict: Verdict) -> Iterator[str]:
    findings = verdict.findings
    yield f"<h3>Findings: {len(findings)}</h3>\n"
    general = [found for found in findings if found.cue is None]
    if general:
        lines = (f"<li>Line {found.line}: {_explain(found)}</li>" for found in general[:_MOST])
        yield f"<article><h4>The file</h4><ul>{''.join(lines)}</ul></article>\n"
    timed = sorted((found for found in findings if found.cue is not None), key=_cue_of)
    cues = [(cue, list(group)) for cue, group in groupby(timed, _cue_of)]
    for cue, group in cues[:_MOST]:
        yield _compose_cue(cue, group, verdict.file.cues)
    if max(len(cues), len(general)) > _MOST:
        yield f"<p>The first {_MOST} are shown; <code>vivavoz check --json</code> lists all.</p>\n"


def _cue_of(found: Finding) -> int:
    return -1 if found.cue is None else found.cue


def _compose_cue(place: int, findings: Sequence[Finding], cues: Sequence[ReadCue]) -> str:
    """Show a cue between those beside it, and what was found of it."""
    cue = cues[place]
    times = f"{write_stamp(cue.start_ms)} → {write_stamp(cue.end_ms)}"
    before = _quote(cues[place - 1], "The cue before") if place else ""
    after = _quote(cues[place + 1], "The cue after") if place + 1 < len(cues) else ""
    lines = "".join(f"<li>{_explain(found)}</li>" for found in findings)
    return (
        f'<article><h4>Cue {place + 1} <span class="soft">{times}, line {cue.line}</span></h4>'
        f"{before}{_quote(cue, 'This cue', 'this')}{after}<ul>{lines}</ul></article>\n"
    )


def _quote(cue: ReadCue, name: str, kind: str = "beside") -> str:
    lines = (
        "\n".join(write_text(line[:_LONGEST]) for line in cue.lines[:_MOST_LINES]) or "(no text)"
    )
    return f'<blockquote class="{kind}" aria-label="{name}" dir="auto">{lines}</blockquote>'


def _explain(found: Finding) -> str:
    return f'{write_text(found.message)} <span class="soft">{write_text(found.section)}</span>'
