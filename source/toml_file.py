"""TOML files that people write: read, and held strictly against what may stand in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from msgspec import Struct, ValidationError, convert

from .errors import UnreadableSource, UsageError
from .text_file import load_bytes

Table = dict[str, Any]
_Fitted = TypeVar("_Fitted", bound=Struct)

_PLACE = re.compile(r"(?: - at `\$\.?(\w*)(?:\.(\w+))?.*`)?$")
_NAMES = {
    "`object`": "a table",
    "`int`": "a whole number",
    "`float`": "a number",
    "`str`": "a text",
    "`array`": "a list",
}


def read_toml(path: Path) -> Table:
    """Read a TOML file.

    Raises UnreadableSource where there is none, UsageError where it is no TOML.
    """
    try:
        return tomllib.loads(load_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableSource("This is not UTF-8 text; save it as UTF-8.", file=path) from None
    except RecursionError:
        raise UsageError("This nests lists or tables too deeply.", file=path) from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"This is not TOML: {error}.", file=path) from None


def fit_table(table: Table, model: type[_Fitted], path: Path, whole: str) -> _Fitted:
    """Hold what a file says against a model of strict structs; `whole` names such a file.

    Raises UsageError with what is wrong, and where a key is unknown with the nearest there is.
    """
    try:
        return convert(table, model)
    except ValidationError as error:
        raise UsageError(" ".join(_explain(str(error), model, whole)), file=path) from None


def _explain(message: str, model: type[Struct], whole: str) -> Iterator[str]:
    """Say what is wrong with a file in the words of someone who writes one."""
    place = _PLACE.search(message)
    table, key = place.groups() if place else (None, None)
    reason = message[: place.start()] if place else message
    if reason.startswith("Object contains unknown field"):
        unknown = reason.split("`")[1]
        known = _list_keys(model, table)
        near = get_close_matches(unknown, known, 1)
        meant = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(known)}."
        yield f"There is no “{unknown}” {f'in [{table}]' if table else f'in a {whole}'}; {meant}"
        return
    for type_name, words in _NAMES.items():
        reason = reason.replace(type_name, words)
    where = f"[{table}] {key}" if key else f"[{table}]" if table else f"This {whole}"
    yield f"{where}: {reason[0].lower()}{reason[1:]}."


def _list_keys(model: type[Struct], table: str | None) -> list[str]:
    """List what a table is made of, or what tables there are."""
    if table is None:
        return list(model.__struct_fields__)
    hint = get_type_hints(model)[table]
    kinds = get_args(hint) or [hint]
    return [key for kind in kinds for key in getattr(kind, "__struct_fields__", ())]
