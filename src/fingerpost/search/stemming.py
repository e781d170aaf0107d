"""Stem English words: "blackmailed" and "blackmailing" have one stem."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


def english_stems() -> Callable[[str], str]:
    """A memoised function to the stem of a word in small letters, by Porter2 (Snowball)."""
    from snowballstemmer import stemmer  # type: ignore[import-untyped]  # it ships no types

    return cache(stemmer("english").stemWord)
