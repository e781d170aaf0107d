"""Count the sentences of an index that have a term: a word, letters of it, or words near another.

Where words stand is a number, of which each bit is a place in the text of all sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from math import log, sqrt
from typing import TypeAlias

from ..model.base import Frozen, grouped
from .index import Sentences, lettered

NEAR = 6
"""The most other words from one of a pair to the other."""

DANGER, USUAL = "all danger", "all usual"
"""Sets of sentences beside those of each kind of danger, whose names have no spaces."""

_UNSEEN = 0.1
"""Additive smoothing of the number of sentences that have a term."""

_TELLS = 0.4
"""The least log ratio that counts: many words that tell next to nothing would outweigh one."""

_DIGITS = 9
"""The digits of a likeness: without those that depend on the order of a sum, equal ones are
equal."""

_SENSES_KEPT = 256
"""Senses whose places are kept: more than a passage has."""

Pair: TypeAlias = tuple[str, bool, str]
"""The senses of two words near one another, and whether others stand between them."""

Term: TypeAlias = str | Pair
"""A sense, which is a stem or a ``[group]`` of words; ``~``, and letters of a word between ``<``
and ``>``; or a pair."""


class _Set(Frozen):
    """Some sentences: the places of their ends, and their number."""

    ends: int
    number: int

    def count(self, found: int) -> int:
        """The number of those that end at one of these places."""
        return (found & self.ends).bit_count()

    def share(self, count: int) -> float:
        """The share of a number of sentences, smoothed."""
        return (count + _UNSEEN) / (self.number + 2 * _UNSEEN)


class Compared:
    """Sentences with which a text is compared. ``groups`` are the stems of groups of words."""

    def __init__(self, known: Sentences, groups: Mapping[str, Collection[str]]) -> None:
        self._letters = lettered(word for word, _ in known.words)
        self._bearers = grouped((stem, self._letters[word]) for word, stem in known.words)
        self._groups = groups
        self._ended = "".join(f"<{word}>" for word, _ in known.words)
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        texts = {USUAL: known.usual, **known.heard}
        for at, each in enumerate("".join(texts.values())):
            self._places[each].append(at)
        self._size = sum(map(len, texts.values()))
        self._ends = self._where("\n")
        self._inside = ((1 << self._size) - 1) ^ self._ends
        self._sets: dict[str, _Set] = {}
        past = 0
        for name, text in texts.items():
            of_set = (((1 << len(text)) - 1) << past) & self._ends
            self._sets[name] = _Set(of_set, of_set.bit_count())
            past += len(text)
        danger = self._ends ^ self._sets[USUAL].ends
        self._sets[DANGER] = _Set(danger, danger.bit_count())
        self._worth = cache(self._log_ratio)
        self._of_sense = lru_cache(_SENSES_KEPT)(self._places_of_sense)
        self._after = lru_cache(_SENSES_KEPT)(self._places_after)

    def likeness(self, terms: Collection[Term], some: str, others: str) -> float:
        """How much more these terms are like those of some sentences than like those of others: the
        sum of the log ratios of their shares, by the root of their number. Without sentences of
        both kinds there is nothing to compare with."""
        if not (self._sets[some].number and self._sets[others].number):
            return 0.0
        worth = sum(self._worth(term, some, others) for term in terms)
        return round(worth / sqrt(max(1, len(terms))), _DIGITS)

    def _log_ratio(self, term: Term, some: str, others: str) -> float:
        """That of the shares of sentences with a term; 0 if none has it or it tells little."""
        found = self._found(term)
        one, other = self._sets[some], self._sets[others]
        counts = one.count(found), other.count(found)
        ratio = log(one.share(counts[0]) / other.share(counts[1])) if any(counts) else 0.0
        return ratio if abs(ratio) >= _TELLS else 0.0

    def _found(self, term: Term) -> int:
        """The ends of the sentences that have a term."""
        if isinstance(term, str):
            is_run = term.startswith("~")
            there = self._where(self._of_run(term[1:])) if is_run else self._of_sense(term)
        else:
            one, apart, other = term
            there = self._after(one)[apart] & self._of_sense(other)
        # To a row of ones, which are the words of a sentence, anything added is carried to its end.
        return (there + self._inside) & self._ends

    def _places_of_sense(self, sense: str) -> int:
        stems = self._groups.get(sense, (sense,))
        return self._where(each for stem in stems for each in self._bearers.get(stem, ()))

    def _places_after(self, sense: str) -> tuple[int, int]:
        """The places next to a sense, and those a few words later in the same sentence."""
        at = self._of_sense(sense)
        following = [at := at << 1 & self._inside for _ in range(1, NEAR)]
        apart = 0
        for each in following[1:]:
            apart |= each
        return following[0], apart

    def _of_run(self, run: str) -> Iterator[str]:
        """The letters of the words that have these letters in a row."""
        past = 0
        while (at := self._ended.find(run, past)) >= 0:
            past = self._ended.index(">", at + len(run) - 1)
            yield self._letters[self._ended[self._ended.rindex("<", 0, at + 1) + 1 : past]]

    def _where(self, letters: Iterable[str]) -> int:
        """The places of the words of these letters."""
        bits = bytearray(self._size // 8 + 1)
        for each in letters:
            for at in self._places.get(each, ()):
                bits[at >> 3] |= 1 << (at & 7)
        return int.from_bytes(bits, "little")
