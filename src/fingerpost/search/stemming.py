"""Words without their endings: "blackmailed" and "blackmailing" have one stem."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


def english_stems() -> Callable[[str], str]:
    """The stem of an English word in small letters, by Porter's second algorithm (Snowball).

    What it gives remembers each word, as a text has few words and many of each.
    """
    from snowballstemmer import stemmer  # type: ignore[import-untyped]  # it ships no types

    return cache(stemmer("english").stemWord)
