"""Formulas as decision diagrams, to be asked of a whole set of people at once.

A node stands for a place and says for each digit there which node decides the rest. Where a
formula does not read a place it has no node for it. So of a formula and a set that is a diagram
too, every pair of nodes is looked at once, however many people there are; and what was found out
about a pair is known wherever it is met again, at another ending or for another rule.
"""

# ruff: noqa: PERF401 - as in ``diagram.py``: a comprehension is one more call at each place

from __future__ import annotations

from typing import TypeAlias

from .encoding import Coding
from .formula import All, Any, Formula, Test
from .state_sets import PAIR, Diagram, Diagrams
from .states import TooMany

Decision: TypeAlias = int
"""A node by its number; 0 is true of nobody and 1 of everybody."""

_NEVER, _ALWAYS = 0, 1


_MOST_FOR_ONE = 20_000
"""Nodes, and pairs of nodes, for one formula. What is written by hand takes some tens; what takes
more may be one of those puzzles of yes and no of which every diagram is as large as their answers
are many."""


class Decisions:
    """Formulas over the places of a coding, and what they say of sets that are diagrams.

    A test of a fact that is not written there is true of nobody. All raise TooMany where a formula
    takes more than ``_MOST_FOR_ONE``, or all of them more than ``most``.
    """

    def __init__(self, coding: Coding[int], diagrams: Diagrams, most: int) -> None:
        self._coding = coding
        self._diagrams = diagrams
        last = len(coding.sizes)
        self._most = most
        self._room = _MOST_FOR_ONE
        self._nodes: list[tuple[int, tuple[Decision, ...]]] = [(last, ()), (last, ())]
        self._numbers: dict[tuple[int, tuple[Decision, ...]], Decision] = {}
        self._opposites: dict[Decision, Decision] = {_NEVER: _ALWAYS, _ALWAYS: _NEVER}
        self._together: dict[int, Decision] = {}
        self._of: dict[int, tuple[Formula, Decision]] = {}
        self._met: dict[Decision, dict[Diagram, bool]] = {}

    def of(self, formula: Formula) -> Decision:
        """The node that decides a formula."""
        self._room = _MOST_FOR_ONE
        return self._decided(formula)

    def both(self, one: Decision, other: Decision) -> Decision:
        """True of whom both are true."""
        if one == other or other == _ALWAYS:
            return one
        if one == _ALWAYS:
            return other
        if _NEVER in (one, other):
            return _NEVER
        key = one << PAIR | other if one < other else other << PAIR | one
        known = self._together.get(key)
        if known is None:
            (place, mine), (there, yours) = self._nodes[one], self._nodes[other]
            if place < there:
                yours = (other,) * len(mine)
            elif place > there:
                mine = (one,) * len(yours)
            parts: list[Decision] = []
            for own, others in zip(mine, yours, strict=True):
                parts.append(self.both(own, others))
            known = self._together[key] = self._node(min(place, there), tuple(parts))
            self._take_room()
        return known

    def no(self, decision: Decision) -> Decision:
        """True of whom it is not true."""
        known = self._opposites.get(decision)
        if known is None:
            place, parts = self._nodes[decision]
            opposite: list[Decision] = []
            for part in parts:
                opposite.append(self.no(part))
            known = self._node(place, tuple(opposite))
            self._opposites[decision] = known
            self._opposites[known] = decision
        return known

    def met(self, these: Diagram, decision: Decision) -> bool:
        """Whether it is true of somebody."""
        if these == Diagrams.nothing or decision == _NEVER:
            return False
        self._room = _MOST_FOR_ONE
        return decision == _ALWAYS or self._met_among(these, decision)

    def _met_among(self, these: Diagram, decision: Decision) -> bool:
        """The same, of a set that is not empty and where it depends."""
        table = self._met.get(decision)
        if table is None:
            table = self._met[decision] = {}
        known = table.get(these)
        if known is None:
            here, digits, onwards = self._diagrams.node(these)
            place, parts = self._nodes[decision]
            if place < here:
                # A place that the set has no node for has the digit 0 everywhere.
                left = parts[0]
                known = left == _ALWAYS or (left != _NEVER and self._met_among(these, left))
            elif place > here:
                known = False
                for onward in onwards:
                    if self._met_among(onward, decision):
                        known = True
                        break
            else:
                known = False
                for digit, onward in zip(digits, onwards):  # noqa: B905 - to say strict takes longer
                    left = parts[digit]
                    if left == _ALWAYS or (left != _NEVER and self._met_among(onward, left)):
                        known = True
                        break
            table[these] = known
            self._room -= 1
            if self._room < 0:
                raise TooMany
        return known

    def _take_room(self) -> None:
        self._room -= 1
        if self._room < 0 or len(self._nodes) > self._most:
            raise TooMany

    def _decided(self, formula: Formula) -> Decision:
        match formula:
            case Test(fact, values):
                return self._test(fact, values)
            case All(parts):
                found = _ALWAYS
                for part in parts:
                    found = self.both(found, self._part(part))
                return found
            case Any(parts):
                found = _ALWAYS
                for part in parts:
                    found = self.both(found, self.no(self._part(part)))
                return self.no(found)
            case _:
                return self.no(self._part(formula.part))

    def _part(self, formula: Formula) -> Decision:
        """The node that decides a part of a formula, in the room that is left for the whole."""
        if isinstance(formula, Test):
            return self._decided(formula)
        # By identity: formulas share their parts, and to compare long ones takes longer than this.
        known = self._of.get(id(formula))
        if known is None:
            known = self._of[id(formula)] = (formula, self._decided(formula))
        return known[1]

    def _test(self, fact: str, values: frozenset[str]) -> Decision:
        code = self._coding.facts.get(fact)
        if code is None:
            return _NEVER
        enough = [self._having(place, digits) for place, digits in code.true_of(values)]
        if len(enough) == 1:
            return enough[0]
        found = _ALWAYS
        for each in enough:
            found = self.both(found, self.no(each))
        return self.no(found)

    def _having(self, place: int, digits: int) -> Decision:
        """True of whom one of these digits stands at a place."""
        every = range(self._coding.sizes[place])
        return self._node(place, tuple([digits >> digit & 1 for digit in every]))

    def _node(self, place: int, parts: tuple[Decision, ...]) -> Decision:
        """The one node that says this; or what follows, where every digit leads to the same."""
        if parts.count(parts[0]) == len(parts):
            return parts[0]
        key = (place, parts)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._nodes)
            self._nodes.append(key)
        return number
