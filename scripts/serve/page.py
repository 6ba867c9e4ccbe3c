"""The server's own pages, in the look of all of Vivavoz's: they need no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from itertools import groupby
from urllib.parse import quote, urlencode

from ...captions.format.markup import (
    LOOK,
    write_document,
    write_language,
    write_policy,
    write_text,
    write_time,
)
from .query import Query, find_marks
from .search import Hit
from .shelf import BuiltInterview, write_address
from .words import Words

HITS_A_PAGE = 50

_CSS = (
    LOOK
    + """\
header p { margin: .25rem 0 .75rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0 0 .25rem; }
input, button { font: inherit; color: inherit; background: var(--paper); min-width: 0;
  border: 1px solid var(--soft); border-radius: .375rem; padding: .375rem .75rem; }
input { flex: 1 1 10rem; }
button { background: var(--panel); cursor: pointer; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-bottom: 1px solid var(--rule); padding: .75rem 0; }
li h2 { font-size: 1.125rem; margin: 0; }
li p { margin: .125rem 0 0; }
main > h2 { margin-top: 2rem; }
h3 { font-size: 1.125rem; line-height: 1.3; margin: 1.5rem 0 0; }
time { white-space: nowrap; }
.lacking { border-inline-start: .25rem solid var(--rule); background: var(--panel);
  padding: .375rem .75rem; margin-top: .375rem; }
.at { display: inline-block; min-width: 1.5rem; padding: .125rem .375rem .125rem 0; }
mark { background: var(--target); color: inherit; font-weight: 600; }
nav { display: flex; gap: 1.5rem; margin-top: 1.5rem; }
"""
)
POLICY = write_policy(_CSS, "'self'")


def write_index(interviews: Sequence[BuiltInterview], words: Words) -> str:
    """Return the page that lists all interviews."""
    listed = "".join(_write_interview(interview, words) for interview in interviews)
    told = f"<ul>\n{listed}</ul>\n" if interviews else f"<p>{words.nothing_here}</p>\n"
    return _write_page(words.interviews, told, words)


def write_results(query: Query, hits: Sequence[Hit], page: int, words: Words) -> str:
    """Return a page of what was found; the first is 1."""
    title = words.found.format(f"“{write_text(query.text)}”", len(hits))
    pages = max(1, -(-len(hits) // HITS_A_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * HITS_A_PAGE
    shown = hits[first : first + HITS_A_PAGE]
    told = (
        "".join(_write_hits(shown, _find_repeated(hits), query, words))
        or f"<p>{words.found_none}</p>\n"
    )
    if pages > 1:
        span = words.shown.format(first + 1, first + len(shown))
        told = f'<p class="soft">{span}</p>\n{told}{_write_ways(query, page, pages, words)}'
    return _write_page(title, f"<h2>{title}</h2>\n{told}", words, query.text)


def write_files(interview: BuiltInterview, words: Words) -> str:
    """Return a page for an interview that has none: with what there is of it."""
    names = sorted(name for name in interview.outputs if (interview.folder / name).is_file())
    listed = "".join(
        f'<li><a href="{write_address(f"{interview.name}/{name}")}">{write_text(name)}</a></li>\n'
        for name in names
    )
    told = f"<h2>{_write_title(interview, words)}</h2>\n<p>{words.files}</p>\n<ul>\n{listed}</ul>\n"
    return _write_page(write_text(interview.title), told, words)


def write_missing(words: Words) -> str:
    """Return the page for an address that nothing is at."""
    told = f"<h2>{words.not_found}</h2>\n<p>{words.not_found_help}</p>\n"
    return _write_page(words.not_found, told, words)


def _write_page(title: str, told: str, words: Words, asked: str = "") -> str:
    body = (
        f'<header>\n<h1><a href="/">{words.interviews}</a></h1>\n<search>\n<form action="/">\n'
        f'<input type="search" name="q" value="{write_text(asked)}" maxlength="200" '
        f'aria-label="{words.search}" aria-describedby="help">\n'
        f'<button>{words.search}</button>\n</form>\n<p id="help" class="soft">'
        f"{words.search_help}</p>\n</search>\n</header>\n<main>\n{told}</main>\n"
    )
    return write_document(title, body, language=words.language, css=_CSS, policy=POLICY)


def _write_interview(interview: BuiltInterview, words: Words) -> str:
    facts = " · ".join(_list_facts(interview, words))
    failure = (
        f'<p class="lacking">{words.lacking} '
        f'<span lang="en" dir="auto">{write_text(interview.failure)}</span></p>\n'
    )
    return (
        f'<li>\n<h2><a href="{interview.address}">{_write_title(interview, words)}</a></h2>\n'
        f'<p class="soft">{facts}</p>\n{failure if interview.failure else ""}</li>\n'
    )


def _list_facts(interview: BuiltInterview, words: Words) -> Iterator[str]:
    yield write_text(interview.name)
    languages = [interview.language, *(language for language, _ in interview.captions)]
    yield ", ".join(write_text(language) for language in dict.fromkeys(languages))
    yield write_time(interview.duration_ms)
    yield words.captions.format(interview.cues)
    yield words.findings.format(interview.findings)
    if interview.is_described or interview.pictures:
        yield words.described if interview.is_described else words.undescribed
    built = datetime.fromtimestamp(interview.built_ns / 1e9, UTC).astimezone()
    exact = built.isoformat(timespec="minutes")
    yield f'{words.built} <time datetime="{exact}">{built:%Y-%m-%d %H:%M}</time>'


def _write_title(interview: BuiltInterview, words: Words) -> str:
    return f"<bdi{_mark_language(interview.language, words)}>{write_text(interview.title)}</bdi>"


def _mark_language(language: str, words: Words) -> str:
    """Return the attribute of what is in another language than the page."""
    return "" if language == words.language else f' lang="{write_language(language)}"'


def _find_repeated(hits: Iterable[Hit]) -> set[str]:
    """Find the titles that more than one interview has."""
    titles = {hit.interview.name: hit.interview.title for hit in hits}
    return {title for title, count in Counter(titles.values()).items() if count > 1}


def _write_hits(
    hits: Iterable[Hit], repeated: Collection[str], query: Query, words: Words
) -> Iterator[str]:
    for interview, group in groupby(hits, lambda hit: hit.interview):
        title = _write_title(interview, words)
        yield f'<h3><a href="{interview.address}">{title}</a></h3>\n'
        if interview.title in repeated:
            yield f'<p class="soft"><bdi>{write_text(interview.name)}</bdi></p>\n'
        yield "<ul>\n"
        for hit in group:
            yield _write_hit(hit, query, words)
        yield "</ul>\n"


def _write_hit(hit: Hit, query: Query, words: Words) -> str:
    sentence = hit.sentence
    speaker = f'<b dir="auto">{write_text(sentence.speaker)}</b>' if sentence.speaker else ""
    told = "".join(_mark(sentence.text, find_marks(sentence.text, query)))
    return (
        f'<li>\n<p><a class="at" href="{_write_place(hit)}">{write_time(sentence.start_ms)}</a>'
        f' {speaker}</p>\n<p dir="auto"{_mark_language(hit.language, words)}>{told}</p>\n</li>\n'
    )


def _write_place(hit: Hit) -> str:
    """Return the address of a sentence: by its time, and by its words for a page without times."""
    sentence, interview = hit.sentence, hit.interview
    language = f"&lang={quote(hit.language)}" if hit.language != interview.language else ""
    # A hyphen says in such an address what stands before and after (WICG Text Fragments).
    words = quote(sentence.text, safe="").replace("-", "%2D")
    place = f"#t={sentence.start_ms / 1000:.3f}{language}:~:text={words}"
    return escape(f"{interview.address}{place}")


def _mark(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    last = 0
    for start, end in spans:
        yield f"{write_text(text[last:start])}<mark>{write_text(text[start:end])}</mark>"
        last = end
    yield write_text(text[last:])


def _write_ways(query: Query, page: int, pages: int, words: Words) -> str:
    """Return the links to the pages beside this one."""
    ways = [(words.earlier, page - 1), (words.later, page + 1)]
    links = (
        f'<a href="/?{escape(urlencode({"q": query.text, "page": number}))}">{word}</a>\n'
        for word, number in ways
        if 1 <= number <= pages
    )
    return f'<nav aria-label="{words.pages}">\n{"".join(links)}</nav>\n'
