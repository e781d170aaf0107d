"""What a search by a user's own words reads, made of a library once: its texts, a letter a word.

A build writes it, so that no search begins with splitting and stemming 350,000 words. Where each
word is one letter, a text takes little room, and words in a row are found as a part of a string.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, repeat

from ..model.base import Frozen
from ..model.library import SearchWords

_LETTERS = (
    *(range(0x23, 0x5C), range(0x5D, 0x7F)),
    *(range(0x100, 0x800), range(0x4E00, 0xA000), range(0x20000, 0xE0000)),
)
"""Those that JSON writes as they are, and none that is a control or invisible; short ones first."""


class Part(Frozen):
    """Texts of a tree, each followed by a line feed, and how much they count together.

    ``length`` is the number of words by which that is divided. ``is_typed``: people in it type such
    texts. Each of those is followed by the marks of whom it is about, as a text of its own.
    """

    share: float
    length: int
    is_typed: bool
    texts: str


class Sentences(Frozen):
    """Sentences of people in danger, by its kind, and usual ones, each followed by a line feed.

    ``words`` have a letter each, in this order: a word as it is typed, and its stem.
    """

    words: tuple[tuple[str, str], ...]
    usual: str
    heard: Mapping[str, str]


class SearchIndex(Frozen):
    """What ``trees.TreeSearch`` looks up.

    ``words`` are those of ``search.yaml`` without its sentences. ``spread`` has the words and marks
    of trees, which have a letter each in this order, with the number of trees that have it, or 0
    for a stop word. By tree, but for those that are never found, are its ``urgency``, its
    ``readers``, empty if it is for all, and its ``parts``. ``has_something``: what is written may
    be ``something`` else.
    """

    words: SearchWords
    spread: tuple[tuple[str, int], ...]
    urgency: Mapping[str, float]
    readers: Mapping[str, frozenset[str]]
    parts: Mapping[str, tuple[Part, ...]]
    sentences: Sentences
    has_something: bool


def lettered(words: Iterable[str]) -> dict[str, str]:
    """The letter of each of these words, which are few enough: more than anybody knows have the
    last letter together."""
    every = chain.from_iterable(_LETTERS)
    last = _LETTERS[-1][-1]
    return {word: chr(each) for word, each in zip(words, chain(every, repeat(last)), strict=False)}
