"""Find words that may speak of suicide, self-harm or danger now.

Each phrase of ``crisis`` in ``search.yaml`` is found where all its words stand within a few words
of one another, in any order and form, with typos corrected. One phrase anywhere in a text is
enough, so that a long text hides none. It does not count if it lies wholly within a figure of
speech, such as "my mum will kill me". And a text that is more like sentences of people in danger
than like usual ones, word for word, is taken for one that nobody foresaw (naive Bayes).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product
from math import log, sqrt
from typing import TypeAlias

from ..model.library import CrisisWords
from ..model.spelling import meant
from .tokens import tokens

_NEAR = 6
"""The most other words among those of a phrase."""

_PASSAGE, _STEP = 32, 16
"""The words that are searched at once, and by how many the next such passage starts later: a phrase
of up to ``_STEP`` words with those among it lies wholly within one of them."""

_MOST_WORDS = 1_000
"""The most words of a text; the rest is ignored."""

_DRAWN_OUT = re.compile(r"(.)\1{2,}")

_Words: TypeAlias = tuple[str, ...]
"""Stems that stand in a row."""

_Part: TypeAlias = frozenset[_Words]
"""The alternatives for a word of a phrase."""

_Phrase: TypeAlias = tuple[_Part, ...]

_Places: TypeAlias = Mapping[_Part, Sequence[frozenset[int]]]
"""Where the parts stand of which a passage has any alternative."""

_LIKE = 0.6
"""The least likeness to sentences of danger of a text that may speak of it."""


class CrisisSearch:
    """Finds the kinds of danger that a text may speak of.

    ``stem`` stems a word. ``spelt`` are stems of words that are no typos.
    """

    def __init__(
        self, known: CrisisWords, stem: Callable[[str], str], spelt: Collection[str]
    ) -> None:
        self._stem = stem
        self._groups = known.words
        self._kinds = {name: self._phrases(kind.says) for name, kind in known.kinds.items()}
        self._figures = self._phrases(known.figures)
        phrases = (*self._figures, *(phrase for each in self._kinds.values() for phrase in each))
        self._parts = {part for phrase in phrases for part in phrase}
        self._by_first: dict[str, set[_Words]] = {}
        for row in {row for part in self._parts for row in part}:
            self._by_first.setdefault(row[0], set()).add(row)
        self._by_letter: dict[str, set[str]] = {}
        for word in {word for rows in self._by_first.values() for row in rows for word in row}:
            self._by_letter.setdefault(word[0], set()).add(word)
        self._understood = cache(self._meant)
        sentences = " ".join((*known.heard, *known.usual))
        self._spelt = {*spelt, *map(stem, tokens(sentences))}
        self._weights = _weights(
            *([_terms(self._words(each)) for each in said] for said in (known.heard, known.usual))
        )

    def kinds(self, said: str) -> tuple[str, ...]:
        """The kinds of danger of which a text has a phrase, in their order."""
        words = self._words(said)
        starts = range(0, max(1, len(words) - _PASSAGE + _STEP), _STEP)
        found = {kind for at in starts for kind in self._in_passage(words[at : at + _PASSAGE])}
        return tuple(kind for kind in self._kinds if kind in found)

    def is_unforeseen(self, said: str) -> bool:
        """Whether a text is more like sentences of danger than like usual ones, though it may have
        no phrase of it."""
        words = self._words(said)
        starts = range(0, max(1, len(words) - _PASSAGE + _STEP), _STEP)
        return any(self._likeness(words[at : at + _PASSAGE]) > _LIKE for at in starts)

    def _likeness(self, words: Sequence[str]) -> float:
        """How much more a passage is like sentences of danger than like usual ones: the sum of the
        weights of its words and pairs by the root of their number. One with a figure of speech is
        like neither."""
        places = self._places(words)
        if any(True for phrase in self._figures for _ in _found(phrase, places)):
            return 0.0
        terms = _terms(words)
        return sum(self._weights.get(term, 0.0) for term in terms) / sqrt(max(1, len(terms)))

    def _phrases(self, lines: Iterable[str]) -> tuple[_Phrase, ...]:
        part = cache(self._alternatives)
        phrases = (phrase.split() for line in lines for phrase in line.split(","))
        return tuple(tuple(map(part, phrase)) for phrase in phrases if phrase)

    def _alternatives(self, word: str) -> _Part:
        """The words of a group, or a word itself; a hyphen stands between words in a row."""
        group = self._groups.get(word, (word,))
        rows = (tokens(each.replace("-", " ")) for each in group)
        return frozenset(tuple(map(self._stem, row)) for row in rows if row)

    def _words(self, said: str) -> list[str]:
        return [self._understood(word) for word in tokens(said)[:_MOST_WORDS]]

    def _meant(self, word: str) -> str:
        """The stem of a word: without letters that are drawn out, with the g of an -ing that lacks
        it, and of a typo that of the known word nearest to it with the same first letter."""
        word = _DRAWN_OUT.sub(r"\1", word)
        stem, known = self._stem(word), self._by_letter.get(word[:1], ())
        if stem in known or stem in self._spelt:
            return stem
        whole = self._stem(f"{word}g")
        return whole if whole in known else meant(stem, known) or meant(word, known) or stem

    def _in_passage(self, words: Sequence[str]) -> Iterator[str]:
        """The kinds of danger of which there is a phrase outside of figures of speech."""
        places = self._places(words)
        figures = tuple(at for phrase in self._figures for at in _found(phrase, places))
        for kind, phrases in self._kinds.items():
            found = (at for phrase in phrases for at in _found(phrase, places))
            if any(not any(at <= figure for figure in figures) for at in found):
                yield kind

    def _places(self, words: Sequence[str]) -> _Places:
        """Where the parts of phrases stand."""
        places: dict[_Words, list[frozenset[int]]] = {}
        for at, word in enumerate(words):
            for row in self._by_first.get(word, ()):
                if tuple(words[at : at + len(row)]) == row:
                    places.setdefault(row, []).append(frozenset(range(at, at + len(row))))
        there = set(places)
        found = (part for part in self._parts if not part.isdisjoint(there))
        return {part: [at for row in part & there for at in places[row]] for part in found}


def _found(phrase: _Phrase, places: _Places) -> Iterator[frozenset[int]]:
    """The places at which the words of a phrase stand near one another."""
    if all(map(places.__contains__, phrase)):
        for chosen in product(*map(places.__getitem__, phrase)):
            at = frozenset[int]().union(*chosen)
            apart = len(at) == sum(map(len, chosen))
            if apart and max(at) - min(at) < len(at) + _NEAR:
                yield at


def _terms(words: Sequence[str]) -> frozenset[str]:
    """The words and the pairs of neighbours."""
    return frozenset((*words, *map(" ".join, pairwise(words))))


def _weights(
    heard: Collection[frozenset[str]], usual: Collection[frozenset[str]]
) -> Mapping[str, float]:
    """The weight of each word and pair: the log ratio of the shares of sentences of danger, and of
    usual ones, that have it; half as much for a pair, whose words count too."""

    def share(said: Collection[frozenset[str]]) -> Callable[[str], float]:
        counts = Counter(term for terms in said for term in terms)
        return lambda term: (counts[term] + 0.5) / (len(said) + 1)

    of_heard, of_usual = share(heard), share(usual)
    terms = frozenset[str]().union(*heard, *usual)
    return {
        term: log(of_heard(term) / of_usual(term)) * (0.5 if " " in term else 1) for term in terms
    }
