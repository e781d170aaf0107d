"""How many questions are usually still to come."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate

from ..model.library import Library
from ..model.tree import Question, Step, Target
from .walk import Walk, passed_over

_LARGEST = 400
"""Steps; in a larger tree nobody is told how many questions are to come."""

_ROUNDING = 1e-9
"""What thirds that are added up may lack of a whole."""


def usual_length(walk: Walk) -> tuple[int, int] | None:
    """How many questions a walk like this one usually has in all, from its first to its last.

    Every answer still to come is taken to be as likely as its neighbours; the two numbers hold
    the middle half of the ways from here. None where a tree is too large to say.
    """
    if sum(len(t.questions) for t in walk.library.trees.values()) > _LARGEST:
        return None
    asked = sum(1 for _ in walk.answered())
    here = Target(walk.tree.name, walk.here.name, span=walk.here.span)
    ways = _Ways(walk.library, walk).lengths(here, frozenset(), frozenset())
    return asked + _quantile(ways, 0.25), asked + _quantile(ways, 0.75)


class _Ways:
    """The number of questions from a step to an ending, with how likely each number is."""

    def __init__(self, library: Library, walk: Walk) -> None:
        self.library = library
        self.walk = walk
        self.found: dict[tuple[str, str, frozenset[str]], dict[int, float]] = {}

    def lengths(
        self, at: Target, known: frozenset[str], behind: frozenset[tuple[str, str]]
    ) -> dict[int, float]:
        """Likelihood by number of questions; ``known`` are the facts asked on the way from here."""
        step = self.library.trees[at.tree].step(at.step)
        place = (at.tree, step.name if step else at.step)
        key = (*place, known)
        if place in behind:
            return {0: 1.0}
        if key in self.found:
            return self.found[key]
        asked, onward = self._onward(step, known)
        if not onward:
            return {0: 1.0}
        if isinstance(step, Question):
            known |= {step.fact}
        lengths: dict[int, float] = {}
        for goto, answers in onward.items():
            share = answers / onward.total()
            for length, likelihood in self.lengths(goto, known, behind | {place}).items():
                total = length + asked
                lengths[total] = lengths.get(total, 0.0) + likelihood * share
        self.found[key] = lengths
        return lengths

    def _onward(self, step: Step | None, known: frozenset[str]) -> tuple[int, Counter[Target]]:
        """How many questions a step asks, none or one, and how many answers lead where.

        An ending from which a walk can go on is no end: most people go on once they are safe.
        """
        if not isinstance(step, Question):
            return 0, Counter([step.carry_on.goto] if step and step.carry_on else [])
        told = None if step.fact in known else passed_over(step, self.walk.facts)
        answers = (told,) if told else step.answers
        asked = 0 if told or step.fact in known else 1
        return asked, Counter(answer.goto for answer in answers if answer.goto)


def _quantile(lengths: dict[int, float], share: float) -> int:
    """The number that this share of the ways do not go beyond."""
    in_order = sorted(lengths)
    so_far = list(accumulate(lengths[length] for length in in_order))
    return in_order[bisect_left(so_far, share - _ROUNDING)]
