"""What is met on plain ways: inside one tree, from its start, where every question is asked.

Most conditions hold for somebody who walks one tree. A way on which no question asks for what is
known already needs no exploring, for whoever answers so can walk it. All conditions of a tree are
looked at in one pass, as bits. What is not met here may still be met by someone else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ..frozen import Frozen
from ..model import Outcome

if TYPE_CHECKING:
    from ..model import Library, Question, Step, Tree
    from .onward import Onward, Place

MOST_TESTS = 4
"""A wish with more is not looked at: each test doubles what is to be remembered of all."""

_Met: TypeAlias = tuple[int, ...]
"""For each set of tests, by its number in bits, the wishes of which all of these are true."""


class Wish(Frozen):
    """That somebody comes to one of these endings (None: to any) of whom all of this is true:
    each fact is known to have one of these values."""

    tests: Mapping[str, frozenset[str]]
    places: Collection[Place] | None


def met(library: Library, onward: Onward, wishes: Sequence[Wish]) -> frozenset[int]:
    """The numbers of the wishes that are met on a plain way."""
    inside: dict[str, list[Place]] = {name: [] for name in library.trees}
    for place in reversed([*onward.steps]):
        inside[place[0]].append(place)
    wished: dict[str, dict[int, Wish]] = {name: {} for name in library.trees}
    for number, wish in enumerate(wishes):
        if len(wish.tests) <= MOST_TESTS:
            for name in library.trees if wish.places is None else {tree for tree, _ in wish.places}:
                wished[name][number] = wish
    found: set[int] = set()
    for name, some in wished.items():
        if some:
            found.update(_Pass(library, library.trees[name], some).met(onward, inside[name]))
    return frozenset(found)


class _Front(Frozen):
    """What is true on some plain way to a step, and which facts may be known there, as bits."""

    known: int
    met: _Met

    def __or__(self, other: _Front) -> _Front:
        both = zip(self.met, other.met, strict=True)
        return _Front(self.known | other.known, tuple(mine | theirs for mine, theirs in both))


class _Pass:
    """One look at all plain ways of a tree. Each wish is a bit."""

    def __init__(self, library: Library, tree: Tree, wishes: Mapping[int, Wish]) -> None:
        self.library = library
        self.tree = tree
        self.wishes = wishes
        self.facts: dict[str, int] = {}
        self.helped: dict[tuple[str, str], dict[int, int]] = {}
        self.of_size = [0] * (MOST_TESTS + 1)
        self.anywhere = 0
        self.wished: dict[Place, int] = {}
        for number, wish in enumerate(wishes.values()):
            self._note(1 << number, wish)

    def met(self, onward: Onward, places: Iterable[Place]) -> Iterator[int]:
        """The numbers of what is met. ``places`` are the steps of the tree, nearest first."""
        everyone = ((1 << len(self.wishes)) - 1, *(0,) * ((1 << MOST_TESTS) - 1))
        start = _Front(self._bits(self.tree.given), everyone)
        fronts = {(self.tree.name, self.tree.start): start}
        met = 0
        for place in places:
            front = fronts.pop(place, None)
            if front is None:
                continue
            step = onward.steps[place]
            if isinstance(step, Outcome):
                met |= self._complete(front) & (self.wished.get(place, 0) | self.anywhere)
            for following, then in self._onward(step, front):
                fronts[following] = then | fronts[following] if following in fronts else then
        return (number for bit, number in enumerate(self.wishes) if met >> bit & 1)

    def _note(self, bit: int, wish: Wish) -> None:
        self.of_size[len(wish.tests)] |= bit
        for nth, (fact, values) in enumerate(wish.tests.items()):
            for value in values:
                helped = self.helped.setdefault((fact, value), {})
                helped[1 << nth] = helped.get(1 << nth, 0) | bit
        if wish.places is None:
            self.anywhere |= bit
        for place in wish.places or ():
            self.wished[place] = self.wished.get(place, 0) | bit

    def _bits(self, facts: Iterable[str]) -> int:
        bits = 0
        for fact in facts:
            bits |= 1 << self.facts.setdefault(fact, len(self.facts))
        return bits

    def _complete(self, front: _Front) -> int:
        met = 0
        for size, of_size in enumerate(self.of_size):
            met |= of_size & front.met[(1 << size) - 1]
        return met

    def _onward(self, step: Step, front: _Front) -> Iterator[tuple[Place, _Front]]:
        """Where the plain ways lead on, as long as they stay inside the tree."""
        if not isinstance(step, Outcome):
            yield from self._answered(step, front)
        elif step.carry_on is not None and (place := self.library.place(step.carry_on.goto)):
            settled = self._bits(step.carry_on.sets)
            # What an ending settles was true before and is no longer. To look no further is safe.
            if not settled and place[0] == self.tree.name:
                yield place, front

    def _answered(self, question: Question, front: _Front) -> Iterator[tuple[Place, _Front]]:
        asked = self._bits([question.fact])
        if front.known & asked:
            return
        for answer in question.answers:
            place = self.library.place(answer.goto) if answer.goto else None
            if place is not None and place[0] == self.tree.name:
                met = list(front.met)
                for test, helped in self.helped.get((question.fact, answer.value), {}).items():
                    for tests, before in enumerate(front.met):
                        if not tests & test:
                            met[tests | test] |= before & helped
                yield place, _Front(front.known | asked, tuple(met))
