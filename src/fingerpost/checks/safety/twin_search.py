"""Whether two state sets hold a pair of states that agree on every fact but one.

The decision diagrams are walked together, a pair of nodes at a time, so that no state is listed. A
fact that is unknown on one side agrees with any value on the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ...proof.encoding import Encoding
from ...proof.state_sets import StateSet, StateSets

_Told: TypeAlias = tuple[tuple[int, int], ...]
"""What is known of one fact: its variables that are not 0, with their values."""


class Pairs:
    """Pairs of states in which each fact but one is the same, or is unknown in one of them."""

    def __init__(self, encoding: Encoding, sets: StateSets, but: str) -> None:
        self._sets = sets
        self._of_variable = {
            variable: (encoded.variables, fact == but)
            for fact, encoded in encoding.facts.items()
            for variable in encoded.variables
        }
        self._known: dict[tuple[StateSet, StateSet], bool] = {}

    def are_in(self, these: StateSet, those: StateSet) -> bool:
        """Whether a state of the first set and one of the second are such a pair."""
        if StateSets.empty in (these, those):
            return False
        if StateSets.unit in (these, those):
            return True  # on one side nothing more is known
        key = (these, those)
        if key not in self._known:
            first = min(self._sets.node(these)[0], self._sets.node(those)[0])
            variables, differing = self._of_variable[first]
            mine, yours = dict(self._told(these, variables)), dict(self._told(those, variables))
            self._known[key] = any(
                self.are_in(one, other)
                for told, below in mine.items()
                for other_told, others in yours.items()
                if differing or told == other_told or not told or not other_told
                for one in below
                for other in others
            )
        return self._known[key]

    def _told(self, states: StateSet, variables: range) -> Mapping[_Told, set[StateSet]]:
        """For each assignment to some variables the sets that may follow below them."""
        found: dict[_Told, set[StateSet]] = {}
        for told, below in self._each(states, variables, ()):
            found.setdefault(told, set()).add(below)
        return found

    def _each(
        self, states: StateSet, variables: range, so_far: _Told
    ) -> Iterator[tuple[_Told, StateSet]]:
        variable, values, children = self._sets.node(states)
        if variable not in variables:
            yield so_far, states
            return
        for value, child in zip(values, children, strict=True):
            told = (*so_far, (variable, value)) if value else so_far
            yield from self._each(child, variables, told)
