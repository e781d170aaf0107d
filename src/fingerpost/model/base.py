"""How a value is written: named fields that nothing changes once they are set.

A dataclass writes and compiles its own methods at every start, and there are nearly a hundred
values before the first question. Here they are ready-made.
"""

from __future__ import annotations

from typing import TypeVar, dataclass_transform

from msgspec import Struct, field
from msgspec.json import decode, encode
from msgspec.structs import replace

__all__ = ["Frozen", "as_json", "field", "field_names", "from_json", "replace"]

_Kind = TypeVar("_Kind")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True, gc=False):
    """A value. Two of one class are equal if all their fields are, and then they hash alike.

    Nothing that it holds leads back to it, so Python need not look for that (``gc``).
    """


def field_names(value: Frozen) -> tuple[str, ...]:
    """The names of its fields, in the order in which they are given."""
    return value.__struct_fields__


def as_json(told: object) -> str:
    """Names, texts, numbers and lists of them as JSON, where somebody waits: what Python has for
    that would have to be loaded, and this has been."""
    return encode(told).decode()


def from_json(text: bytes, kind: type[_Kind]) -> _Kind:
    """The value of a JSON text, which has to be of this kind."""
    return decode(text, type=kind)
