"""Stem English words: "blackmailed" and "blackmailing" have one stem."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


def english_stems() -> Callable[[str], str]:
    """A memoised function to the stem of a word in small letters, by Porter2 (Snowball)."""
    from Stemmer import Stemmer  # type: ignore[import-not-found]  # it ships no types

    return cache(Stemmer("english").stemWord)
