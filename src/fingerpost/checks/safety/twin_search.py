"""Is anybody of some people a twin of somebody of others, in all that both are known to have told?

Of both sides only diagrams are looked at, a pair of nodes at a time, so that nobody need be
listed. Whoever was not asked something there may be the twin of anybody, as far as that goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ...proof.encoding import Coding
from ...proof.state_sets import Diagram, Diagrams

_Told: TypeAlias = tuple[tuple[int, int], ...]
"""What is told of one fact: the places with a digit other than 0; empty if nobody asked."""


class Pairs:
    """Pairs of people of whom each fact but one is the same, or is known of one of them only."""

    def __init__(self, coding: Coding[int], diagrams: Diagrams, but: str) -> None:
        self._diagrams = diagrams
        self._of_place = {
            place: (code.places, fact == but)
            for fact, code in coding.facts.items()
            for place in code.places
        }
        self._known: dict[tuple[Diagram, Diagram], bool] = {}

    def are_in(self, these: Diagram, those: Diagram) -> bool:
        """Whether somebody of these and somebody of those are such a pair."""
        if Diagrams.nothing in (these, those):
            return False
        if Diagrams.begin in (these, those):
            return True  # of one side nothing more is known
        key = (these, those)
        if key not in self._known:
            first = min(self._diagrams.node(these)[0], self._diagrams.node(those)[0])
            places, differing = self._of_place[first]
            mine, yours = dict(self._told(these, places)), dict(self._told(those, places))
            self._known[key] = any(
                self.are_in(one, other)
                for told, onward in mine.items()
                for other_told, others in yours.items()
                if differing or told == other_told or not told or not other_told
                for one in onward
                for other in others
            )
        return self._known[key]

    def _told(self, these: Diagram, places: range) -> Mapping[_Told, set[Diagram]]:
        """For all that is told at some places what may follow."""
        found: dict[_Told, set[Diagram]] = {}
        for told, onward in self._each(these, places, ()):
            found.setdefault(told, set()).add(onward)
        return found

    def _each(
        self, these: Diagram, places: range, so_far: _Told
    ) -> Iterator[tuple[_Told, Diagram]]:
        place, digits, onwards = self._diagrams.node(these)
        if place not in places:
            yield so_far, these
            return
        for digit, onward in zip(digits, onwards, strict=True):
            yield from self._each(onward, places, (*so_far, (place, digit)) if digit else so_far)
