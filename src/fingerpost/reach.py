"""Who comes to each step. A proof needs to know no more, and not by how many answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from math import prod

from .coding import Coding
from .conditions import Facts
from .crowd import MOST_STATES, WIDEST, Crowd, Setting, crowd_of
from .formulas import Formula, Test
from .model import Question
from .states import Bits, TooMany


class Reached:
    """Who comes to each step, as far as some tests tell people apart.

    If ``complete`` is false a limit was met: those who are found do come, and others may.
    """

    def __init__(
        self,
        crowd: Crowd[int],
        sets: Mapping[int, int],
        complete: bool,
        elsewhere: Reached | None = None,
    ) -> None:
        self._crowd = crowd
        self._sets = sets
        self._elsewhere = elsewhere
        self.complete = complete

    @property
    def setting(self) -> Setting:
        """The map, and who may begin on it."""
        return self._crowd.setting

    @property
    def facts(self) -> Collection[str]:
        """The facts by which people are told apart."""
        return self._crowd.coding.facts.keys()

    @cached_property
    def states(self) -> int:
        """How many states were found."""
        here = sum(map(self._crowd.algebra.count, self._sets.values()))
        return here + (self._elsewhere.states if self._elsewhere else 0)

    def at(self, number: int) -> int:
        """Those who come to a step: a set that only this object can read, false if it is empty."""
        these = self._sets.get(number)
        if these is None:
            return self._elsewhere.at(number) if self._elsewhere else self._crowd.algebra.nothing
        return these

    def among(self, these: int, formula: Formula) -> int:
        """Those of whom a formula is true. It may read only what the tests read.

        Raises TooMany if that cannot be decided.
        """
        return self._crowd.coding.holding(self._crowd.algebra, these, formula)

    def known(self, these: int) -> Iterator[Facts]:
        """What is known of each of them. Of values that no test tells apart one stands for all."""
        return map(self._crowd.coding.known, self._crowd.algebra.members(these))

    def asked(self, number: int) -> bool:
        """Whether somebody is asked the question at this step, and does not pass over it. The
        tests must read its fact, if it can be known there.

        Raises TooMany if that cannot be decided.
        """
        step = self.setting.map.nodes[number].step
        assert isinstance(step, Question)  # nothing else is asked
        return bool(self._crowd.asked(number, step, self.at(number)))

    def nearby(self, tests: Iterable[Test], at: Iterable[int], most: int) -> Reached | None:
        """The same, told apart by further tests too, where that matters to some endings.

        Where nothing of what they read can be known yet, people are as they were. None if that
        would need too much room, if ways go round, or if here values count as one.
        """
        setting, here = self.setting, self.setting.map
        tests = [test for test in tests if test.fact in setting.values]
        further = dict.fromkeys(test.fact for test in tests if test.fact not in self.facts)
        kinds = self._crowd.kinds | {
            fact: setting.kinds(fact, tests, finely=fact not in setting.many) for fact in further
        }
        coding: Coding[int] = Coding(kinds, setting.many)
        coarse = any(len(k.kinds) < len(setting.values[f]) for f, k in self._crowd.kinds.items())
        if coarse or here.goes_round or prod(coding.sizes) > min(WIDEST, most):
            return None
        crowd = Crowd(setting, kinds, coding, Bits(coding.sizes), kinds)
        mark = sum(setting.bits[fact] for fact in further)
        nearby = here.leading_to(at, lambda number: setting.known[number] & mark)
        edge = {before for number in nearby for before in here.before[number]} - nearby
        # The first places are the same, so that a set of theirs is a set here.
        sets = {number: self.at(number) for number in edge}
        _begin(crowd, sets, nearby)
        order = sorted(nearby | edge, key=here.position.__getitem__)
        _spread(crowd, sets, order, nearby)
        return Reached(crowd, {n: sets.get(n, 0) for n in nearby}, self.complete, self)


def reach(
    setting: Setting,
    tests: Iterable[Test],
    most: int = MOST_STATES,
    *,
    finely: bool = False,
) -> Reached:
    """Who comes to each step, for proofs that read facts only through ``tests``.

    Nobody's answers are counted: of a fact that no test reads it matters whether it is known only
    where that decides the way. If ``finely``, each value of a fact with one answer is told apart,
    so that more proofs can share what is found.
    """
    crowd = crowd_of(setting, tuple(tests), setting.deciding, most, finely)
    sets: dict[int, int] = {}
    try:
        _begin(crowd, sets)
        _spread(crowd, sets, setting.map.order)
    except TooMany:
        return Reached(crowd, sets, complete=False)
    return Reached(crowd, sets, complete=True)


def _begin(crowd: Crowd[int], sets: dict[int, int], within: Collection[int] | None = None) -> None:
    """Put everyone at the start of each tree, or at those starts that are within some nodes."""
    for start in crowd.setting.map.starts.values():
        if within is None or start in within:
            for facts in crowd.setting.begun:
                begun = crowd.beginning(start, facts)
                sets[start] = crowd.algebra.union(sets.get(start, crowd.algebra.nothing), begun)


def _spread(
    crowd: Crowd[int],
    sets: dict[int, int],
    order: Iterable[int],
    within: Collection[int] | None = None,
) -> None:
    """Let people go on from each node in turn; where ways go round, until nobody is new."""
    algebra, nothing = crowd.algebra, crowd.algebra.nothing
    goes_round = crowd.setting.map.goes_round
    changed = True
    while changed:
        changed = False
        for number in order:
            these = sets.get(number, nothing)
            if these == nothing:
                continue
            for target, there, _ in crowd.going(number, these, within):
                so_far = sets.get(target, nothing)
                sets[target] = algebra.union(so_far, there)
                changed = changed or (goes_round and sets[target] != so_far)
