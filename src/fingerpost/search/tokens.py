"""The words of a text, and whether words stand in it letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

_WORD = re.compile(r"[\w£]+")
_APOSTROPHES = str.maketrans(
    "", "", "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
)


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
