"""What is at which address: the index, which is the search too, and each interview's files."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from .delivery import answer_file, locate_file
from .guard import Guard
from .page import POLICY, write_files, write_index, write_missing, write_results
from .query import parse_query
from .search import Search
from .shelf import PAGE, Shelf, write_address
from .words import Words, choose_words

_HEADERS = {
    "content-security-policy": f"{POLICY}; frame-ancestors 'none'",
    "vary": "accept-language",
}
_ONE_RANGE = re.compile(r"bytes=(?:[0-9]+-[0-9]*|-[0-9]+)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[0-9]{1,6}")


class _AnyPath(Convertor[str]):
    """Starlette's own paths hold no newline, which the name of a folder may."""

    regex = "(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


def open_site(shelf: Shelf, search: Search, port: int) -> ASGIApp:
    """Return the application that serves a shelf at a port of this machine."""
    site = _Site(shelf, search)
    register_url_convertor("any", _AnyPath())
    routes = [
        Route("/", site.answer_index),
        Route("/favicon.ico", _answer_nothing),
        Route("/{path:any}", site.answer_file),
    ]
    return Guard(Starlette(routes=routes), port)


class _Site:
    """Answers run in threads, for they look at the disk."""

    def __init__(self, shelf: Shelf, search: Search) -> None:
        self._shelf = shelf
        self._search = search

    def answer_index(self, request: Request) -> Response:
        words = _choose_words(request)
        asked = request.query_params.get("q", "").strip()
        if not asked:
            return HTMLResponse(write_index(self._shelf.list_interviews(), words), headers=_HEADERS)
        query, page = parse_query(asked), request.query_params.get("page", "")
        hits = self._search.find(query)
        number = int(page) if _PAGE_NUMBER.fullmatch(page) else 1
        return HTMLResponse(write_results(query, hits, number, words), headers=_HEADERS)

    def answer_file(self, request: Request) -> Response:
        path = locate_file(self._shelf, request.scope["raw_path"])
        if path and self._shelf.has_interview(path.parent):
            return self._find_file(path, request)
        if path and self._shelf.has_interview(path):
            # The links of a page are read from its folder: the address has to end in a slash.
            place = path.relative_to(self._shelf.root).as_posix()
            return RedirectResponse(f"{write_address(place)}/", 308)
        return self._answer_missing(request)

    def _find_file(self, path: Path, request: Request) -> Response:
        _pass_unheeded_ranges(request)
        answer = answer_file(self._shelf, path, request.headers)
        if answer:
            return answer
        interview = self._shelf.find_interview(path.parent) if path.name == PAGE else None
        if interview:
            return HTMLResponse(write_files(interview, _choose_words(request)), headers=_HEADERS)
        return self._answer_missing(request)

    def _answer_missing(self, request: Request) -> Response:
        return HTMLResponse(write_missing(_choose_words(request)), 404, headers=_HEADERS)


def _choose_words(request: Request) -> Words:
    return choose_words(request.headers.get("accept-language", ""))


def _answer_nothing(_: Request) -> Response:
    """Answer for the icon that browsers ask for wherever a page names none."""
    return Response(status_code=204)


def _pass_unheeded_ranges(request: Request) -> None:
    """Take out a header that asks for a part of a head, in another unit, or for many parts.

    None is heeded, and the answer is whole (RFC 9110, 14.2): Starlette would refuse many parts
    altogether where one of them lies outside the file.
    """
    asked = request.headers.get("range", "")
    if request.method != "GET" or not _ONE_RANGE.fullmatch(asked):
        headers = request.scope["headers"]
        headers[:] = [header for header in headers if header[0] != b"range"]
