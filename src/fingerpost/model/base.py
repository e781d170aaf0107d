"""Frozen structs, the base of all values, and their JSON.

A dataclass compiles its methods at every start, and nearly a hundred classes of values are loaded
before the first question. Those of a msgspec struct are ready-made.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar, dataclass_transform

from msgspec import Struct, field
from msgspec.json import decode, encode
from msgspec.structs import replace

__all__ = ["Frozen", "as_json", "field", "field_names", "from_json", "grouped", "replace"]

_Kind = TypeVar("_Kind")
_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True, gc=False, omit_defaults=True):
    """An immutable value, equal to another of its class if all fields are; hashable if they are.

    It is never part of a reference cycle, so the garbage collector does not track it (``gc``).
    """


def field_names(value: Frozen) -> tuple[str, ...]:
    """The names of the fields of a value, in order of definition."""
    return value.__struct_fields__


def as_json(value: object) -> str:
    """Plain values as JSON, without loading the ``json`` module while a user waits."""
    return encode(value).decode()


def from_json(text: bytes, kind: type[_Kind]) -> _Kind:
    """The value of a JSON text. Raises ``msgspec.ValidationError`` for one of another type."""
    return decode(text, type=kind)


def grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """The values of each key; keys by first occurrence, values in order."""
    found: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
