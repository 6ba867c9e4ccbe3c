"""TOML files that people write: read, and held strictly against what may stand in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from difflib import get_close_matches
from enum import EnumType
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, ValidationError, convert

from .errors import UnreadableSource, UsageError
from .quotation import quote
from .text_file import load_bytes
from .type_name import name_types

Table = dict[str, Any]
_Fitted = TypeVar("_Fitted", bound=Struct)

_AT = " - at `$"
_PLACE = re.compile(r"\.?(\w*)(?:\.(\w+))?")


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
    except ValueError:  # Python counts to 4300 digits
        raise UsageError("A number in this file has too many digits.", file=path) from None


def fit_table(
    table: Table, model: type[_Fitted], path: Path, whole: str, inside: str = ""
) -> _Fitted:
    """Hold what a file says against a model of strict structs; `whole` names such a file.

    `inside` names the part of the file that the table is, if it is not all of it. Raises UsageError
    with what is wrong, and where a key or a choice is unknown with the nearest there is.
    """
    try:
        return convert(table, model)
    except ValidationError as error:
        raise UsageError(_explain(str(error), model, whole, inside), file=path) from None


def _explain(message: str, model: type[Struct], whole: str, inside: str) -> str:
    """Say what is wrong with a file in the words of someone who writes one."""
    reason, _, place = message.rpartition(_AT) if _AT in message else (message, "", "")
    found = _PLACE.match(place)
    name, key = found.groups() if found else (None, None)
    if name not in model.__struct_fields__:  # what is quoted may look like a place
        name = key = None
    if reason.startswith("Object contains unknown field"):
        where = f"[{name}]" if name else inside or f"a {whole}"
        unknown, known = reason.split("`")[1], _list_keys(model, name)
        return f"There is no {quote(unknown)} in {where}; {suggest(unknown, known)}"
    where = " ".join(part for part in (inside, _write_place(model, name, key)) if part)
    if reason.startswith("Invalid enum value"):
        choice, choices = reason.split("'", 1)[1].rstrip("'"), _list_choices(model, name, key)
        return f"{where}: there is no {quote(choice)}; {suggest(choice, choices)}"
    if reason.startswith("Object missing required field"):
        return f"{quote(reason.split('`')[1])} is missing in {where or f'this {whole}'}."
    reason = name_types(reason.replace(" | null`", "`"))  # which TOML can't say
    return f"{where or f'This {whole}'}: {reason[0].lower()}{reason[1:]}."


def suggest(unknown: str, known: Collection[str]) -> str:
    """Ask whether the nearest of what is known was meant, or else tell all that there is."""
    near = get_close_matches(unknown, known, 1)
    return f"did you mean “{near[0]}”?" if near else f"there are {', '.join(known)}."


def _write_place(model: type[Struct], name: str | None, key: str | None) -> str:
    """Write a place as it stands in the file: `[table] key`, `[table]` or `key`."""
    if not name:
        return ""
    if key:
        return f"[{name}] {key}"
    table = any(get_origin(kind) is dict or _is_struct(kind) for kind in _list_kinds(model, name))
    return f"[{name}]" if table else name


def _list_keys(model: type[Struct], table: str | None) -> list[str]:
    """List what a table is made of, or what tables there are."""
    if not table:
        return list(model.__struct_fields__)
    return [
        key for kind in _list_kinds(model, table) for key in getattr(kind, "__struct_fields__", ())
    ]


def _list_choices(model: type[Struct], name: str | None, key: str | None) -> list[str]:
    """List what may be chosen for a key, or for one of a table."""
    kinds = _list_kinds(model, name or "")
    if key:
        kinds = [kind for table in kinds if _is_struct(table) for kind in _list_kinds(table, key)]
    return [str(each) for kind in kinds if isinstance(kind, EnumType) for each in kind]


def _list_kinds(model: type[Struct], key: str) -> list[Any]:
    """List the types that a key may have."""
    hint = get_type_hints(model)[key]
    return [*get_args(hint)] if get_origin(hint) in {Union, UnionType, tuple} else [hint]


def _is_struct(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)
