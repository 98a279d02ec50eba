"""TOML to checked, frozen lexicon entries.

Language knowledge lives in `data/<language>/<table>.toml`, one array of tables per kind of entry, each entry
with sentences that a test runs (`yes`: the entry must speak; `no`: it must not). Loading refuses unknown keys,
wrong types, missing keys and duplicates, naming file and entry.
"""

import dataclasses
import tomllib
import types
import typing
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from claimgraph.errors import LexiconError

__all__ = ["load_entries"]

Entry = TypeVar("Entry")


@cache
def load_entries(language: str, table: str, array: str, entry: type[Entry], key: str) -> tuple[Entry, ...]:
    """Load the entries of one array of one table, in file order.

    Args:
        language: ISO 639-1 code, the folder under `data/`.
        table: file name without `.toml`; may name a subfolder (`timing/units`).
        array: the array of tables in that file, such as `cue` for `[[cue]]`.
        entry: frozen dataclass whose fields are the allowed keys; fields with defaults may be left out.
            Field types may be str, int, bool, float, an enum, tuple of str, or one of them or None.
        key: the field that must be unique within the array.

    Raises:
        LexiconError: the file is missing, or an entry has unknown or missing keys, a wrong type or a used key.
    """
    name = f"data/{language}/{table}.toml"
    seen: set[Any] = set()
    entries = []
    for position, raw in enumerate(_read(name).get(array, ())):
        label = str(raw.get(key, f"number {position + 1}"))
        made = _build(entry, raw, name, label)
        identity = getattr(made, key)
        if identity in seen:
            raise LexiconError(name, label, f"{key} is already taken by an entry above it")
        seen.add(identity)
        entries.append(made)
    return tuple(entries)


@cache
def _read(name: str) -> dict[str, Any]:
    """Parse one TOML file of the package."""
    source = resources.files("claimgraph").joinpath(name)
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(name, "(file)", "there is no such lexicon") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(name, "(file)", f"not valid TOML: {error}") from error


def _build(entry: type[Entry], raw: dict[str, Any], name: str, label: str) -> Entry:
    """Make one entry, refusing what its dataclass does not know."""
    fields = {field.name: field for field in dataclasses.fields(entry)}  # type: ignore[arg-type]
    unknown = sorted(raw.keys() - fields.keys())
    if unknown:
        raise LexiconError(name, label, f"unknown keys {unknown}; allowed: {sorted(fields)}")
    missing = sorted(
        field.name
        for field in fields.values()
        if field.name not in raw
        and field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    )
    if missing:
        raise LexiconError(name, label, f"missing keys {missing}")
    hints = typing.get_type_hints(entry)
    values = {key: _convert(value, hints[key], name, label, key) for key, value in raw.items()}
    return entry(**values)


def _convert(value: Any, hint: Any, name: str, label: str, key: str) -> Any:
    """Turn a TOML value into the annotated type."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(option for option in typing.get_args(hint) if option is not type(None))
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise LexiconError(name, label, f"{key} must be a list")
        member = typing.get_args(hint)[0]
        return tuple(_convert(item, member, name, label, key) for item in value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError:
            raise LexiconError(name, label, f"{key} is {value!r}; allowed: {[m.value for m in hint]}") from None
    if hint is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise LexiconError(name, label, f"{key} must be {hint.__name__}, is {value!r}")
    return value
