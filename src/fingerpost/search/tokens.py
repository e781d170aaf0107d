"""The words of a text, and which of several texts have all that are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize

_WORD = re.compile(r"[\w£]+")
_APOSTROPHES = str.maketrans(
    "", "", "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
)

_SHORTEST_BEGINNING = 4
"""Letters; a shorter word stands for nothing but itself."""

MOST_WORDS = 60
"""A frightened person may write a lot, but who looks for something needs no more than this."""


def split(text: str) -> list[str]:
    """The words of a text as they are written. What an apostrophe parts is one word."""
    return _WORD.findall(normalize("NFC", text).translate(_APOSTROPHES))


def tokens(text: str) -> list[str]:
    """The words of a text in small letters, in order.

    Each word is folded by itself: the small letter of İ is an i and a dot, and a dot would part
    the word in two.
    """
    return [word.casefold() for word in split(text)]


def contains_all(text: str, words: Iterable[str]) -> bool:
    """Whether all of these words, or parts of words, stand in a text; capitals do not matter."""
    folded = text.casefold()
    return all(word.casefold() in folded for word in words)


def saying_all(wanted: Iterable[str], said: Mapping[str, frozenset[str]]) -> list[str]:
    """The names of those that say every one of these stems, or a longer one that begins with it.

    ``said`` are the stems that each says, by its name. Nothing wanted is said by all.
    """
    known = frozenset[str]().union(*said.values())
    forms = [{stem, *_longer(stem, known)} for stem in wanted]
    return [
        name for name, stems in said.items() if not any(form.isdisjoint(stems) for form in forms)
    ]


def _longer(stem: str, known: Iterable[str]) -> Iterable[str]:
    if len(stem) < _SHORTEST_BEGINNING:
        return ()
    return (other for other in known if other.startswith(stem))
