"""Search the answers to plain questions by a reader's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt

from ..model.facts import Facts
from ..model.library import Library
from ..model.tree import Advice
from .words import MOST_WORDS, Vocabulary

_IN_ANSWER = 0.3
"""Weight of a word that only the answer has, beside one of the question."""

_NEARLY_ALL, _LEAST_SHARED = 0.9, 2
"""How much of a question, by weight, and how many of its words a text must have to ask it."""

_DIGITS = 9
MOST_FOUND = 5


class AnswerSearch:
    """Searches the shared answers that hold for a reader and say how people ask.

    A question and each way of putting it are compared apart, so that many ways of putting one are
    no advantage. A word weighs the more, the fewer questions have it.
    """

    def __init__(self, library: Library, facts: Facts) -> None:
        self._vocabulary = Vocabulary(library.search)
        self.lines = [a for a in library.advice.values() if a.said and a.shown(facts)]
        teller = next(iter(facts.get("teller", ())), None)
        self._asked: Mapping[str, list[frozenset[str]]] = {
            line.name: [self._stems(text) for text in (_asked(line, teller), *line.said)]
            for line in self.lines
        }
        self._told = {line.name: self._stems(line.say.read_by(teller)) for line in self.lines}
        known = Counter(stem for ways in self._asked.values() for stem in frozenset().union(*ways))
        self._weight = {stem: log(1 + len(self.lines) / n) for stem, n in known.items()}

    def find(self, typed: str) -> tuple[Advice, ...]:
        """The answers that fit best, the best first; none for words that no question has."""
        return tuple(line for _, line in self._ranked(typed)[:MOST_FOUND])

    def asked_by(self, typed: str) -> tuple[Advice, ...]:
        """The answers whose question a text asks, whatever else it says, the best first."""
        wanted = self._stems(typed)
        return tuple(line for _, line in self._ranked(typed) if self._asks(wanted, line.name))

    def _asks(self, wanted: frozenset[str], name: str) -> bool:
        return any(
            len(wanted & way) >= _LEAST_SHARED
            and self._sum(wanted & way) >= _NEARLY_ALL * self._sum(way)
            for way in self._asked[name]
        )

    def _ranked(self, typed: str) -> list[tuple[float, Advice]]:
        wanted = self._stems(" ".join(typed.split()[:MOST_WORDS]))
        # A sum depends on the order of its parts in the last digits: those do not part equals.
        fits = ((round(self._fit(wanted, line.name), _DIGITS), line) for line in self.lines)
        return sorted(((f, line) for f, line in fits if f > 0), key=lambda found: -found[0])

    def _fit(self, wanted: frozenset[str], name: str) -> float:
        """How well stems fit a question: 1 for those of one way of putting it, and no others."""
        best = max(
            self._sum(wanted & way) / sqrt(self._sum(wanted) * self._sum(way) or 1)
            for way in self._asked[name]
        )
        return best + _IN_ANSWER * self._sum(wanted & self._told[name]) / (self._sum(wanted) or 1)

    def _sum(self, stems: Iterable[str]) -> float:
        return sum(self._weight.get(stem, 0) for stem in stems)

    def _stems(self, text: str) -> frozenset[str]:
        """The stems of the telling words of a text; of all its words if it has no others."""
        small = self._vocabulary.small
        every = self._vocabulary.words(text)
        return frozenset(s for s in every if s not in small) or frozenset(every)


def _asked(line: Advice, teller: str | None) -> str:
    return line.ask.read_by(teller) if line.ask else ""
