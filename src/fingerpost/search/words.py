"""The words of texts and of searches: split, stemmed, replaced by synonyms, and as they were typed.

"Blackmailed" and "blackmailing" have one stem; a pic and a photograph are one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from unicodedata import normalize

from ..model.library import SearchWords

_WORD = re.compile(r"[\w£]+")
_APOSTROPHES = str.maketrans(
    "", "", "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
)

_DRAWN_OUT = re.compile(r"(.)\1{2,}")

_SENTENCES = re.compile(r"[.!?;\n]+")

_ENDINGS = ("", "s", "d", "ed", "in", "ing")
"""The endings of words in text-speak, which often have no vowel, so that no stemmer takes them."""

_SHORTEST_BEGINNING = 4
"""The fewest letters of a word that matches longer ones by prefix."""

MOST_WORDS = 160
"""The most words of a query; the rest is ignored."""


def split(text: str) -> list[str]:
    """The words of a text as written. A word with an apostrophe is one word without it."""
    return _WORD.findall(normalize("NFC", text).translate(_APOSTROPHES))


def in_sentences(text: str) -> list[str]:
    """The sentences of a text, and what is left between their marks."""
    return _SENTENCES.split(text)


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


def english_stems() -> Callable[[str], str]:
    """A memoised function to the stem of a word in small letters, by Porter2 (Snowball)."""
    from Stemmer import Stemmer  # type: ignore[import-not-found]  # it ships no types

    return cache(Stemmer("english").stemWord)


class Vocabulary:
    """Normalises the words of a text by the words of ``search.yaml``.

    ``same`` maps the stem of a synonym to that of the first of its group; ``small`` are the stems
    of stop words, and ``money`` is what a sum stands for.
    """

    def __init__(self, known: SearchWords) -> None:
        self.stem = english_stems()
        self.written = {
            f"{short}{ending}": word
            for word, every in known.written.items()
            for short in every
            for ending in _ENDINGS
        }
        self.same = _first_of_each([self.stems(" ".join(group)) for group in known.same])
        self.small = frozenset(self.stems(" ".join(known.small)))
        [money] = self.stems("money")
        self.money = self.same.get(money, money)

    def stems(self, text: str) -> list[str]:
        """The stems of the words of a text, in order."""
        return [self.stem(token) for token in self._tokens(text)]

    def _tokens(self, text: str) -> list[str]:
        """Those of a text, each in text-speak replaced by the word for which it is written."""
        return [self.written.get(token, token) for token in tokens(text)]

    def words(self, text: str) -> list[str]:
        """The same, each replaced by the first of its synonyms. A sum such as £200 is money."""
        return [
            self.money if stem.startswith("£") else self.same.get(stem, stem)
            for stem in self.stems(text)
        ]

    def telling(self, text: str) -> tuple[str, ...]:
        """The words but stop words, unstemmed, in small letters and without duplicates."""
        words = dict.fromkeys(self._tokens(text))
        return tuple(word for word in words if self.stem(word) not in self.small)


def _first_of_each(groups: Iterable[Sequence[str]]) -> Mapping[str, str]:
    """For each word of a group the first. Groups with a word in common are merged, so that an upper
    layer can add to a group by any word of it."""
    firsts: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for group in filter(None, groups):
        joined = dict.fromkeys(firsts.get(word, word) for word in group)
        first = next(iter(joined))
        members[first] = [word for each in joined for word in members.pop(each, [each])]
        firsts |= dict.fromkeys(members[first], first)
    return {word: first for word, first in firsts.items() if word != first}
