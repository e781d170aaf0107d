"""Estimate how many questions are still to come."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate

from ..model.graph import Place
from ..model.library import Library
from ..model.tree import Question, Step, Target
from .walk import Walk

_LARGEST = 800
"""Questions and forks; no estimate is given for a larger library."""

_ROUNDING = 1e-9
"""The tolerance of sums of probabilities."""


def usual_length(walk: Walk) -> tuple[int, int] | None:
    """The usual number of questions of a walk like this one in all, as a range.

    All answers to a question count as equally likely; the range is between the quartiles of the
    paths from here. None if the library is too large.
    """
    if sum(len(t.questions) for t in walk.library.trees.values()) > _LARGEST:
        return None
    asked = walk.asked_before
    here = (walk.tree.name, walk.here.name)
    ways = _Ways(walk.library, walk).lengths(here, frozenset(), frozenset())
    return asked + _quantile(ways, 0.25), asked + _quantile(ways, 0.75)


class _Ways:
    """The distribution of the number of questions from a step to an ending, memoised."""

    def __init__(self, library: Library, walk: Walk) -> None:
        self.library = library
        self.walk = walk
        self.found: dict[tuple[str, str, frozenset[str]], dict[int, float]] = {}

    def lengths(
        self, at: Place, known: frozenset[str], behind: frozenset[Place]
    ) -> dict[int, float]:
        """Probability by number of questions; ``known`` are the facts asked on the way."""
        tree, name = at
        step = self.library.trees[tree].step(name)
        place = (tree, step.name if step else name)
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
            for length, probability in self.lengths(goto, known, behind | {place}).items():
                total = length + asked
                lengths[total] = lengths.get(total, 0.0) + probability * share
        self.found[key] = lengths
        return lengths

    def _onward(self, step: Step | None, known: frozenset[str]) -> tuple[int, Counter[Place]]:
        """The number of questions that a step asks, 0 or 1, and the number of answers by target.

        An ending with a way on is not an end: most people carry on once they are safe.
        """
        if not isinstance(step, Question):
            return 0, Counter([_named(step.carry_on.goto)] if step and step.carry_on else [])
        ways = Counter([_named(goto) for _, goto in step.ways])
        if step.fact in known:
            return 0, ways
        # What is asked ahead may let a condition hold, so only what is known is sure to fail it.
        past = step.passed_to(self.walk.facts) if _is_settled(step, self.walk, known) else None
        if past is not None:
            return 0, Counter([_named(past)])
        return 0 if step.at_ending else 1, ways


def _named(target: Target) -> Place:
    """A target by its names, whose hash takes a tenth of the time of that of a value with a place
    in a file: there are thousands of targets ahead of every question."""
    return target.tree, target.step


def _is_settled(question: Question, walk: Walk, ahead: frozenset[str]) -> bool:
    """Whether a walk's facts settle if a question is asked: none of its condition comes ahead."""
    return ahead.isdisjoint(question.when.facts) or not walk.facts.keys().isdisjoint(
        question.when.facts
    )


def _quantile(lengths: dict[int, float], share: float) -> int:
    """The least number that this share of the paths does not exceed."""
    in_order = sorted(lengths)
    so_far = list(accumulate(lengths[length] for length in in_order))
    return in_order[bisect_left(so_far, share - _ROUNDING)]
