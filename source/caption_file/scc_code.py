"""CEA-608 (line 21): its characters, its control codes, and how they become pairs of bytes.

The tables are those of 47 CFR 15.119 and ANSI/CTA-608-E, 4.1 and annex B; channel 1, field 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

Word = tuple[int, int]
"""What one frame carries: two bytes of seven bits."""
Group = tuple[Word, ...]
"""Words that nothing may part, such as a control code and its repetition."""

COLUMNS, ROWS = 32, 15
SAFE = 10
"""Per cent of the picture on each side of them (47 CFR 15.119)."""

RESUME_LOADING: Word = (0x14, 0x20)
ERASE_DISPLAYED: Word = (0x14, 0x2C)
ERASE_LOADED: Word = (0x14, 0x2E)
END_OF_CAPTION: Word = (0x14, 0x2F)

_STANDARD = {
    **{chr(code): code for code in range(0x20, 0x7F) if chr(code) not in "*\\^_`{|}~"},
    **dict(zip("áéíóúç÷Ññ█", b"\x2a\x5c\x5e\x5f\x60\x7b\x7c\x7d\x7e\x7f", strict=True)),
}
_SPECIAL = {sign: (0x11, 0x30 + place) for place, sign in enumerate("®°½¿™¢£♪à\u00a0èâêîôû")}
_EXTENDED = {
    sign: (page, 0x20 + place)
    for page, signs in (
        (0x12, "ÁÉÓÚÜü‘¡*\0—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»"),
        (0x13, "ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤│ÅåØø"),
    )
    for place, sign in enumerate(signs)
    if sign != "\0"  # a second apostrophe
}
_FALLBACKS = dict(zip("‘“”—«»ßØø", '\'""-""sOo', strict=True))
"""What a decoder shows that knows no extended characters; each replaces one of these."""
_SIMILAR = dict(zip("’‚`´„–‐‑−łŁđĐıð×♫♬", "''''\"----lLdDidx♪♪", strict=True))
_SPELLED = {
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ẞ": "SS",
    "þ": "th",
    "Þ": "TH",
    "…": "...",
    "€": "EUR",
}
_PREAMBLES = (
    *((0x11, 0x40), (0x11, 0x60), (0x12, 0x40), (0x12, 0x60), (0x15, 0x40), (0x15, 0x60)),
    *((0x16, 0x40), (0x16, 0x60), (0x17, 0x40), (0x17, 0x60), (0x10, 0x40), (0x13, 0x40)),
    *((0x13, 0x60), (0x14, 0x40), (0x14, 0x60)),
)
"""Where rows 1 to 15 begin, in white at the left."""
_INDENT, _ITALIC, _UNDERLINED = 0x10, 0x0E, 0x01
_TAB = 4
"""Columns from one indent to the next."""


def is_known(sign: str) -> bool:
    """Tell whether there is a code for a character."""
    return sign in _STANDARD or sign in _SPECIAL or sign in _EXTENDED


def substitute(sign: str) -> str:
    """Return what stands for a character that has no code; nothing where nothing could."""
    known = _SIMILAR.get(sign) or _SPELLED.get(sign)
    if known is None:
        known = "".join(filter(is_known, normalize("NFKD", sign)))
    return known


def encode_text(text: str) -> Iterator[Group]:
    """Yield the words of a text all of whose characters are known."""
    waiting = 0
    for sign in text:
        code = _STANDARD.get(sign)
        if code is None and sign in _EXTENDED:
            # A decoder without extended characters shows this one; the others put theirs over it.
            code = _STANDARD[_find_fallback(sign)]
        if code is not None:
            if waiting:
                yield ((waiting, code),)
                waiting = 0
            else:
                waiting = code
        if sign in _STANDARD:
            continue
        if waiting:
            yield ((waiting, 0),)
            waiting = 0
        yield repeat(_SPECIAL.get(sign) or _EXTENDED[sign])
    if waiting:
        yield ((waiting, 0),)


def _find_fallback(sign: str) -> str:
    known = _FALLBACKS.get(sign) or normalize("NFD", sign)[0]
    return known if known in _STANDARD else " "


def repeat(word: Word) -> Group:
    """Return a control code as it is sent: twice, for where one is lost."""
    return word, word


def address(row: int, column: int, *, italic: bool = False, underline: bool = False) -> list[Group]:
    """Return what moves to a row from 1 and a column from 0, and sets how letters look.

    Only at the first column letters can be italic from there on; elsewhere that takes a space.
    """
    page, code = _PREAMBLES[row - 1]
    indent, rest = divmod(column, _TAB)
    style = _ITALIC if italic and not column else _INDENT + 2 * indent
    groups = [repeat((page, code + style + _UNDERLINED * underline))]
    return [*groups, repeat((0x17, 0x20 + rest))] if rest else groups


def change_look(*, italic: bool, underline: bool) -> Group:
    """Return what changes the look of letters in a row; it is shown as a space."""
    return repeat((0x11, 0x20 + _ITALIC * italic + _UNDERLINED * underline))


def write_word(word: Word) -> str:
    """Return a word in hexadecimal, each byte with odd parity."""
    return "".join(f"{byte | (0x80 if byte.bit_count() % 2 == 0 else 0):02x}" for byte in word)
