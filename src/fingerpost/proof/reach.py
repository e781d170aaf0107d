"""Who comes to each step. A proof needs to know no more, and not by how many answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model.facts import Facts
from ..model.tree import Question
from .encoding import Coding
from .formula import All, Any, Formula, Test
from .states import TooMany
from .transitions import MOST_STATES, Crowd, Setting, crowd_of

_REST_AFTER = 1_000
"""Steps; what was worked out before is hardly needed again, and takes more room than the sets."""


class Reached:
    """Who comes to each step, as far as some tests tell people apart.

    If ``complete`` is false a limit was met: those who are found do come, and others may. What is
    asked of people may read only what the tests read. Raises TooMany where it cannot be decided.
    """

    def __init__(self, crowd: Crowd[int], sets: Mapping[int, int], complete: bool) -> None:
        self._crowd = crowd
        self._sets = sets
        self.complete = complete

    @property
    def coding(self) -> Coding[int]:
        """How people are told apart."""
        return self._crowd.coding

    def at(self, number: int) -> int:
        """Those who come to a step: a set that only this object can read, false if it is empty."""
        return self._sets.get(number, self._crowd.algebra.nothing)

    def roughly_at(self, number: int, formula: Formula) -> int:
        """The same, or what is enough to ask a formula of them."""
        return self.at(number)

    def meets(self, these: int, formula: Formula) -> bool:
        """Whether a formula is true of some of these."""
        algebra, nothing = self._crowd.algebra, self._crowd.algebra.nothing
        match formula:
            case Test(fact, values) if fact in self.coding.facts:
                enough = self.coding.facts[fact].true_of(values)
                return any(algebra.keep(these, *one) != nothing for one in enough)
            case Any(parts):
                return any(self.meets(these, part) for part in parts)
            case All((*first, last)):
                return self.meets(self._among(these, All(tuple(first))), last)
            case _:
                return self._among(these, formula) != nothing

    def states(self, these: int) -> int:
        """In how many states these are."""
        return self._crowd.algebra.count(these)

    def known(self, these: int, formula: Formula, read: Iterable[Test]) -> Iterator[Facts]:
        """What is known, as far as some tests read it, of those of whom a formula is true. Of
        values that no test tells apart one stands for all."""
        return map(
            self._crowd.coding.known, self._crowd.algebra.members(self._among(these, formula))
        )

    def asked(self, number: int) -> bool:
        """Whether somebody is asked the question at this step, and does not pass over it. The
        tests must read its fact, if it can be known there."""
        step = self._crowd.setting.map.nodes[number].step
        assert isinstance(step, Question)  # nothing else is asked
        return bool(self._crowd.asked(number, step, self.at(number)))

    def _among(self, these: int, formula: Formula) -> int:
        return self._crowd.coding.holding(self._crowd.algebra, these, formula)


def reach(setting: Setting, tests: Iterable[Test], most: int = MOST_STATES) -> Reached:
    """Who comes to each step, for proofs that read facts only through ``tests``.

    Nobody's answers are counted: of a fact that no test reads it matters whether it is known only
    where that decides the way.
    """
    crowd = crowd_of(setting, tuple(tests), setting.deciding, most)
    return Reached(crowd, *spread(crowd))


def spread(crowd: Crowd[int]) -> tuple[Mapping[int, int], bool]:
    """Let everybody go on from the start of each tree as far as they come; where ways go round,
    until nobody is new. Those who come to each step, and whether these are all."""
    here, algebra = crowd.setting.map, crowd.algebra
    sets: dict[int, int] = {}
    try:
        for start in here.starts.values():
            for facts in crowd.setting.begun:
                begun = crowd.beginning(start, facts)
                sets[start] = algebra.union(sets.get(start, algebra.nothing), begun)
        changed = True
        while changed:
            changed = False
            for gone, number in enumerate(here.order):
                these = sets.get(number, algebra.nothing)
                if these == algebra.nothing:
                    continue
                if gone % _REST_AFTER == _REST_AFTER - 1:
                    crowd.rest()
                for target, there, _ in crowd.going(number, these):
                    so_far = sets.get(target, algebra.nothing)
                    sets[target] = algebra.union(so_far, there)
                    changed = changed or (here.goes_round and sets[target] != so_far)
    except TooMany:
        return sets, False
    return sets, True
