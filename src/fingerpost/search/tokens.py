"""Split texts into words, and match texts that have all of some words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize

_WORD = re.compile(r"[\w£]+")
_APOSTROPHES = str.maketrans(
    "", "", "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
)

_DRAWN_OUT = re.compile(r"(.)\1{2,}")

_SHORTEST_BEGINNING = 4
"""The fewest letters of a word that matches longer ones by prefix."""

MOST_WORDS = 60
"""The most words of a query; the rest is ignored."""


def split(text: str) -> list[str]:
    """The words of a text as written. A word with an apostrophe is one word without it."""
    return _WORD.findall(normalize("NFC", text).translate(_APOSTROPHES))


def tokens(text: str) -> list[str]:
    """The case-folded words of a text, in order.

    Folding follows splitting: İ folds to an i and a combining dot, which would split the word.
    """
    return [word.casefold() for word in split(text)]


def not_drawn_out(word: str) -> str:
    """A word without letters that are drawn out, as in "dieeee"."""
    return _DRAWN_OUT.sub(r"\1", word)


def contains_all(text: str, words: Iterable[str]) -> bool:
    """Whether all of these words are substrings of a text, whatever their case."""
    folded = text.casefold()
    return all(word.casefold() in folded for word in words)


def saying_all(wanted: Iterable[str], said: Mapping[str, frozenset[str]]) -> list[str]:
    """The names of the texts with every one of these stems, or a longer stem that begins with it.

    ``said`` has the stems of each text by name. All texts match no stems.
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
