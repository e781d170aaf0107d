"""Line break opportunities within words that are too long for a line."""

from __future__ import annotations

import re
from itertools import groupby
from unicodedata import combining

_SIGNS = "/.?&=_-"
"""Characters after which an address is broken first."""


def pieces(text: str, longest: int) -> list[str]:
    """A text in pieces, between which a line may end; joined they are the text.

    A word of more than ``longest`` characters is broken after the punctuation of an address, and a
    piece of one that is still longer after any character.
    """
    if all(len(word) <= longest for word in text.split()):  # nearly always
        return [text]
    found = [""]
    for is_space, group in groupby(text, str.isspace):
        run = "".join(group)
        if is_space or len(run) <= longest:
            found[-1] += run
        else:
            first, *others = _parted(run, longest)
            found[-1] += first
            found += others
    return found


def _parted(word: str, longest: int) -> list[str]:
    found: list[str] = []
    for piece in re.findall(f"[^{_SIGNS}]*[{_SIGNS}]+|[^{_SIGNS}]+", word):
        found += [piece] if len(piece) <= longest else _letters(piece)
    return found


def _letters(piece: str) -> list[str]:
    """Each letter with its combining marks."""
    found: list[str] = []
    for letter in piece:
        if combining(letter) and found:
            found[-1] += letter
        else:
            found.append(letter)
    return found
