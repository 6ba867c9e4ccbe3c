"""What all pages share that a person reads: their look, their policy, and text put into HTML."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape

from ...source import primary_subtag

LOOK = """
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
"""
"""The first rules of a page's style, light and dark."""

_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
_NONCHARACTERS = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_UNSHOWN = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
"""What HTML forbids, and what would turn the text around it."""


def write_policy(css: str, forms: str = "'none'") -> str:
    """Return the Content-Security-Policy of a page that has nothing but text and this style.

    `forms` is where its forms may lead, as the policy says it.
    """
    style = f"style-src {write_digest(css)}"
    return f"default-src 'none'; {style}; base-uri 'none'; form-action {forms}"


def write_digest(source: str) -> str:
    """Return what a Content-Security-Policy knows a style or a script by."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def write_document(title: str, body: str, *, language: str, css: str, policy: str) -> str:
    """Return a whole page. `title` and `body` are HTML, `language` is a BCP 47 tag."""
    return (
        f"<!doctype html>\n<html {mark_language(language)}>\n<head>\n"
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{css}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def write_language(language: str) -> str:
    """Return a BCP 47 tag without what can't stand in one, so that it is safe in an attribute."""
    return re.sub(r"[^A-Za-z0-9-]", "", language)


def mark_language(language: str) -> str:
    """Return a BCP 47 tag, and which way it is written, as the attributes of an element."""
    direction = "rtl" if primary_subtag(language) in _RIGHT_TO_LEFT else "ltr"
    return f'lang="{write_language(language)}" dir="{direction}"'


def write_text(text: str) -> str:
    """Return text as HTML; what HTML can't hold is shown as a replacement character."""
    return escape(clean_text(text))


def clean_text(text: str) -> str:
    """Replace what HTML can't hold, and what would turn the text around it."""
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)


def write_time(time_ms: int) -> str:
    """Return a time of the programme as HTML."""
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f'<time datetime="PT{time_ms / 1000:.3f}S">{shown}</time>'
