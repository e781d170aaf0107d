"""The catalogue of interface texts of walk, rehearsal, page and sheet, by key.

A second language is another file with the same keys, for ``catalogue`` to choose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from ..model.base import from_json

LAST_RESORT = "In danger: ring 999. Under 19: Childline 0800 1111. Any age: Samaritans 116 123."
"""Printed first by every refusal and crash; a constant, so that nothing can fail before it."""

Plural: TypeAlias = Mapping[str, str]
"""A text for each plural category of CLDR that differs: English has "one" and "other"."""


@cache
def catalogue() -> Mapping[str, str | Plural]:
    """The messages of the language in use, which so far is English."""
    path = Path(__file__).parent / "messages.en.json"
    return from_json(path.read_bytes(), dict[str, str | dict[str, str]])


def say(key: str, /, *, count: int | None = None, **values: object) -> str:
    """The text of a key with its values filled in; ``count`` selects the plural form.

    Raises KeyError for a key that the catalogue lacks.
    """
    text = catalogue()[key]
    if not isinstance(text, str):
        text = text["one" if count == 1 and "one" in text else "other"]
    return text.format(count=count, **values)


def listed(words: Sequence[str]) -> str:
    """An enumeration: "a, b and c"; empty for no words."""
    if len(words) < 2:
        return "".join(words)
    *most, last = words
    return say("list.and", words=", ".join(most), last=last)


def either(words: Sequence[str]) -> str:
    """Alternatives: "a, b or c"; empty for no words."""
    if len(words) < 2:
        return "".join(words)
    *most, last = words
    return say("list.or", words=", ".join(most), last=last)


def as_sentence(words: str) -> str:
    """Words with a full stop, unless they end in a mark already."""
    return words if words.rstrip('"”)').endswith(("?", "!", ".")) else f"{words}."
