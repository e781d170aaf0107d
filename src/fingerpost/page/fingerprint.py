"""Fingerprints of values by what they mean: not of their places, comments or order of keys.

Values are written out by their own fields, so a field that is added to the model counts too. What
is empty is left out, so that a field added with an empty value voids nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeAlias

from ..model.base import Frozen, as_json, field_names
from ..model.sentence import PLACES, Sentence
from ..model.tree import When

LENGTH = 6
"""Letters of a fingerprint, of 5 bits each: enough to notice changes, and no proof of anything."""

_NAMED = 2
"""Letters more that tell of which line a fingerprint is, wherever it stands and for whom."""

_NOT_READ = PLACES | {"checked"}
"""Fields without meaning for whoever reads a page: places, and who has tried a number."""

_Written: TypeAlias = "str | list[Any]"


def fingerprint(*values: object) -> str:
    """The fingerprint of some values together."""
    from base64 import b32encode  # only for who has approvals
    from hashlib import blake2b

    digest = blake2b(as_json([_written(each) for each in values]).encode(), digest_size=5).digest()
    return b32encode(digest).decode().lower()[:LENGTH]


def mark(line: object, *values: object) -> str:
    """The fingerprint of a line in one place, which ends in letters of the line itself."""
    return fingerprint(*values) + fingerprint(line)[:_NAMED]


def lines(marks: Iterable[str]) -> set[str]:
    """The lines of some marks: one that stands in several places, each for other people, is one."""
    return {each[LENGTH:] for each in marks}


def _written(value: object) -> _Written:
    """A value as nested lists of texts: equal exactly if the meaning is the same."""
    match value:
        case When():
            return _sorted([fact, _sorted(values)] for fact, values in value.tests)
        case Sentence():
            return _sorted([*map(list, value.by_teller), ["", value.otherwise]])
        case Frozen():
            return [type(value).__name__, *_fields(value)]
        case Mapping():
            return _sorted([_written(key), _written(each)] for key, each in value.items())
        case frozenset():
            return _sorted(map(_written, value))
        case tuple():
            return [_written(each) for each in value]
        case _:
            return _plain(value)


def _plain(value: object) -> _Written:
    match value:
        case None | False:
            return []
        case Enum():
            return value.name
        case str():
            return value
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"no part of a library: {type(value)}")


def _fields(value: Frozen) -> Iterator[_Written]:
    """The fields that are not empty, each with its name."""
    for name in field_names(value):
        each = getattr(value, name)
        written = _written(each)
        if name not in _NOT_READ and written not in ("", []):
            # The order in which conditions are written means nothing.
            any_order = name in ("whens", "unless") and isinstance(written, list)
            yield [name, _sorted(written) if any_order else written]


def _sorted(written: Iterable[Any]) -> list[_Written]:
    return sorted(written, key=as_json)
