"""The producer's panel of a page: what a check and a build want a person to look at, and where.

All of it stands here in words, first; a timeline is drawn by script, as an aid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from ...captions.format.markup import mark_language, write_text
from ..listing import format_time
from .content import PageContent, PageDescription, PageFinding, Version
from .timeline import write_timeline
from .wording import Wording

_BESIDE = 24
"""Characters of the caption before a finding's, and of the one after."""


def write_panel(content: PageContent, wording: Wording) -> str:
    """Return the panel, closed."""
    original, review = content.versions[0], content.review
    words = wording.part("panel")
    language = f" {mark_language(original.language)}" if wording.mark(original.language) else ""
    return (
        f'<details class="panel" id="panel"{wording.mark(original.language)}>\n'
        f"<summary><h2>{words.say('panel')}</h2> ({_count('findings', review.findings, words)})"
        f"</summary>\n<p>{words.say('checked')} {write_text(review.style)}.</p>\n"
        f"{write_timeline(content, words) if content.media else ''}"
        f"{_write_findings(review.findings, _quote_cues(original, language), words)}"
        f"{_write_descriptions(review.descriptions, language, words)}"
        f"{_write_gaps(review.gaps, words)}{_write_notices(review.notices, words)}</details>\n"
    )


def _write_findings(findings: Sequence[PageFinding], cues: Sequence[str], words: Wording) -> str:
    """Return the findings by their rules, that with the most first; forced ones don't count."""
    by_rule = sorted(findings, key=attrgetter("rule", "is_forced"))
    rules = {rule: list(found) for rule, found in groupby(by_rule, attrgetter("rule"))}
    order = sorted(rules, key=lambda rule: sum(found.is_forced - 1 for found in rules[rule]))
    listed = "".join(_write_rule(rule, rules[rule], cues, words) for rule in order)
    return (
        f"<section>\n<h3>{_count('findings', findings, words)}</h3>\n"
        f"{_write_filter(order, words) if len(order) > 1 else ''}{listed}</section>\n"
    )


def _write_filter(rules: Iterable[str], words: Wording) -> str:
    options = "".join(
        f'<option value="{write_text(rule)}">{_name_rule(rule, words)}</option>' for rule in rules
    )
    return (
        f'<p id="rules" hidden><label>{words.say("rule")} <select>'
        f'<option value="">{words.say("every_rule")}</option>{options}</select></label></p>\n'
    )


def _write_rule(
    rule: str, findings: Sequence[PageFinding], cues: Sequence[str], words: Wording
) -> str:
    """Return what is found of a rule; what speech forces stands apart, at the end."""
    sections = dict.fromkeys(write_text(found.section) for found in findings)
    forced = _count("by_speech", [found for found in findings if found.is_forced], words)
    told = lists = ""
    for is_forced, group in groupby(findings, attrgetter("is_forced")):
        entries = [_write_finding(found, cues, words) for found in group]
        if is_forced:
            told = f" ({forced})"
            lists += f"<h5>{forced}</h5>\n"
        lists += _write_list("findings", entries, "forced" if is_forced else "finding")
    return (
        f'<details class="rule" data-rule="{write_text(rule)}"><summary>'
        f"<h4>{_name_rule(rule, words)}: {len(findings)}</h4>{told}</summary>\n"
        f"<p{_mark_english(words)}>{'; '.join(sections)}</p>\n{lists}</details>\n"
    )


def _write_finding(found: PageFinding, cues: Sequence[str], words: Wording) -> str:
    place = words.say("whole")
    if found.start_ms is not None:
        place = _write_place(found.start_ms)
    cue = "" if found.cue is None else cues[found.cue]
    return f"{place} {cue} <span{_mark_english(words)}>{write_text(found.message)}</span>"


def _quote_cues(version: Version, language: str) -> list[str]:
    """Return each caption as it is quoted, between what is read just before and after it."""
    texts = [" ".join(text for _, text in cue.lines) for cue in version.cues]
    before = ["", *(f"…{write_text(text[-_BESIDE:])} " for text in texts[:-1])]
    after = [*(f" {write_text(text[:_BESIDE])}…" for text in texts[1:]), ""]
    return [
        f"<q{language}>{left}<b>{write_text(text)}</b>{right}</q>"
        for left, text, right in zip(before, texts, after, strict=True)
    ]


def _write_descriptions(
    descriptions: Sequence[PageDescription], language: str, words: Wording
) -> str:
    entries = [
        f"{_write_place(one.start_ms, one.end_ms, one.step)} "
        f"<span>{words.say(one.step)}:</span> <span{language}>{write_text(one.text)}</span>"
        for one in descriptions
    ]
    return _write_section("descriptions", entries, words)


def _write_gaps(gaps: Sequence[tuple[int, int]], words: Wording) -> str:
    entries = [
        f"{_write_place(start_ms, end_ms)} "
        f"<span>{words.say('gap')}, {(end_ms - start_ms) / 1000:.1f} s</span>"
        for start_ms, end_ms in gaps
    ]
    return _write_section("gaps", entries, words)


def _write_notices(notices: Sequence[str], words: Wording) -> str:
    mark = _mark_english(words)
    entries = [f"<span{mark}>{write_text(notice)}</span>" for notice in notices]
    return _write_section("notices", entries, words)


def _write_section(name: str, entries: Sequence[str], words: Wording) -> str:
    """Return a list to open; nothing where there is nothing in it."""
    if not entries:
        return ""
    return (
        f"<section><details><summary><h3>{_count(name, entries, words)}</h3></summary>\n"
        f"{_write_list(name, entries, name)}</details></section>\n"
    )


def _write_list(lane: str, entries: Iterable[str], shape: str) -> str:
    """Return a list; its places are drawn in a lane, in this shape unless they have their own."""
    items = "".join(f"<li>{entry}</li>\n" for entry in entries)
    return f'<ol data-lane="{lane}" data-shape="{shape}">\n{items}</ol>\n'


def _write_place(start_ms: int, end_ms: int | None = None, shape: str | None = None) -> str:
    """Return a time as a button; it works once a script makes it play what is there."""
    end = f' data-end="{end_ms}"' if end_ms else ""
    own = f' data-shape="{shape}"' if shape else ""
    return f'<button data-start="{start_ms}"{end}{own} disabled>{format_time(start_ms)}</button>'


def _count(name: str, things: Sequence[object], words: Wording) -> str:
    return f"{words.say(name)}: {len(things)}"


def _name_rule(rule: str, words: Wording) -> str:
    return write_text(words.part("names").name(rule))


def _mark_english(words: Wording) -> str:
    """Return what says that a sentence of ours is English, among words that are not."""
    return "" if words.language == "en" else ' lang="en" dir="ltr"'
