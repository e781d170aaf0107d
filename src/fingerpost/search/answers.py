"""Search the answers to plain questions by a reader's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from math import log, sqrt

from ..model.facts import Facts
from ..model.library import Library
from ..model.spelling import meant
from ..model.tree import Advice
from .words import MOST_WORDS, Vocabulary

_IN_ANSWER = 0.3
"""Weight of a word that only the answer has, beside one of the question."""

_NEARLY_ALL, _LEAST_SHARED = 0.9, 2
"""How much of a question, by weight, and how many of its words a text must have to ask it."""

_LEAST_FIT, _BESIDE_BEST, _BY_ONE_WORD = 0.3, 0.5, 0.7
"""How well an answer must fit, how well beside the best, and the part of a fit that counts if a
text of more words shares only one with a question. Of 1,050 plain questions, each asked with its
own words left out, 53 % find their answer among the first three, and of 150 ordinary sentences 65 %
find nothing; without the last limit it would be 59 and 30 %."""

_PLAINLY = 0.6
"""How well an answer whose question is asked must fit what was typed before any door. Of 1,170
sentences about troubles 19 ask one so, two of them another than is answered."""

_DIGITS = 9
MOST_FOUND = 5


class AnswerSearch:
    """Searches the shared answers that hold for a reader and say how people ask, and those
    ``of_page``, the advice of the ending on which is asked.

    A question and each way of putting it are compared apart, so that many ways of putting one are
    no advantage. A word weighs the more, the fewer questions have it. ``spelt`` are stems of words
    that are no typos; without them none is mended.
    """

    def __init__(
        self,
        library: Library,
        facts: Facts,
        of_page: Iterable[Advice] = (),
        spelt: Collection[str] = (),
    ) -> None:
        self._vocabulary = Vocabulary(library.search)
        teller = next(iter(facts.get("teller", ())), None)
        shared = [line for line in library.advice.values() if line.said]
        own = [line for line in of_page if line.ask and not line.said]
        self.lines = [line for line in (*shared, *own) if line.shown(facts)]
        self._asked = [
            [self._stems(text) for text in (_asked(line, teller), *line.said)]
            for line in self.lines
        ]
        self._told = [self._stems(line.say.read_by(teller)) for line in self.lines]
        known = Counter(stem for ways in self._asked for stem in frozenset().union(*ways))
        self._weight = {stem: log(1 + len(self.lines) / n) for stem, n in known.items()}
        self._unknown = log(1 + len(self.lines))
        self._known = sorted(set(known).union(*self._told))
        self._spelt = spelt

    def find(self, typed: str) -> tuple[Advice, ...]:
        """The answers that fit well, the best first, or none."""
        ranked = self._ranked(typed)
        least = max(_LEAST_FIT, _BESIDE_BEST * ranked[0][0]) if ranked else 0
        return tuple(self.lines[at] for fit, at in ranked[:MOST_FOUND] if fit >= least)

    def nearest(self, text: str) -> tuple[Advice, ...]:
        """All answers, first those of which a page with this text may make its reader think."""
        wanted = self._stems(text)
        fits = [round(self._fit(wanted, at), _DIGITS) for at in range(len(self.lines))]
        order = sorted(range(len(self.lines)), key=lambda at: -fits[at])
        return tuple(self.lines[at] for at in order)

    def asked_by(self, typed: str) -> tuple[Advice, ...]:
        """The answers whose question a text asks, whatever else it says, the best first."""
        wanted = self._stems(typed)
        return tuple(self.lines[at] for _, at in self._ranked(typed) if self._asks(wanted, at))

    def asked_plainly(self, typed: str) -> Advice | None:
        """The answer whose question is nearly all that a text says; None if there is none."""
        wanted = self._stems(typed)
        best = ((fit, at) for fit, at in self._ranked(typed) if self._asks(wanted, at))
        fit, at = next(best, (0.0, 0))
        return self.lines[at] if fit >= _PLAINLY else None

    def _asks(self, wanted: frozenset[str], at: int) -> bool:
        return any(
            len(wanted & way) >= _LEAST_SHARED
            and self._sum(wanted & way) >= _NEARLY_ALL * self._sum(way)
            for way in self._asked[at]
        )

    def _ranked(self, typed: str) -> list[tuple[float, int]]:
        """How well each line fits that fits at all, with its place, the best first."""
        wanted = self._mended(" ".join(typed.split()[:MOST_WORDS]))
        # A sum depends on the order of its parts in the last digits: those do not part equals.
        fits = [(round(self._fit(wanted, at), _DIGITS), at) for at in range(len(self.lines))]
        return sorted((each for each in fits if each[0] > 0), key=lambda found: -found[0])

    def _fit(self, wanted: frozenset[str], at: int) -> float:
        """How well stems fit a question: 1 for those of one way of putting it, and no others."""
        best = max(
            (_BY_ONE_WORD if len(wanted & way) < min(_LEAST_SHARED, len(wanted)) else 1)
            * self._sum(wanted & way)
            / sqrt(self._sum(wanted) * self._sum(way) or 1)
            for way in self._asked[at]
        )
        return best + _IN_ANSWER * self._sum(wanted & self._told[at]) / (self._sum(wanted) or 1)

    def _sum(self, stems: Iterable[str]) -> float:
        return sum(self._weight.get(stem, self._unknown) for stem in stems)

    def _mended(self, typed: str) -> frozenset[str]:
        """The stems of what was typed, each misspelt one that of the known word nearest to it."""
        stems = self._stems(typed)
        if not self._spelt:
            return stems
        right = stems.intersection(self._spelt).union(stems.intersection(self._known))
        return right.union(meant(stem, self._known) or stem for stem in stems - right)

    def _stems(self, text: str) -> frozenset[str]:
        """The stems of the telling words of a text; of all its words if it has no others."""
        small = self._vocabulary.small
        every = self._vocabulary.words(text)
        return frozenset(s for s in every if s not in small) or frozenset(every)


def _asked(line: Advice, teller: str | None) -> str:
    return line.ask.read_by(teller) if line.ask else ""
