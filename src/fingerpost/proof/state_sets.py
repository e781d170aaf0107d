"""Sets of states as zero-suppressed decision diagrams over multi-valued variables.

A state assigns a value to each variable: 0 for unknown, otherwise one value of a fact. A node has a
variable and, for each value that occurs there, the diagram of the remaining variables.
A variable that is 0 throughout has no node, so what is unknown costs nothing. Nodes are unique:
equal sets are equal numbers. (Minato, "Zero-suppressed BDDs for set manipulation in combinatorial
problems", DAC 1993, with values for bits.)

Each operation has memo tables from node to node. Recursion goes one frame deeper for each variable,
and there may be hundreds; so recursive methods loop instead of using comprehensions, which before
Python 3.12 are a frame of their own.
"""
# ruff: noqa: PERF401 - see above

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import prod
from typing import Protocol, TypeAlias

Assignment: TypeAlias = tuple[int, ...]
"""One state: the value of each variable."""

StateSet: TypeAlias = int
"""The number of a node; 0 is the empty set, 1 the set of the one state that is 0 from here on."""

Node: TypeAlias = tuple[int, tuple[int, ...], tuple[StateSet, ...]]
"""A variable, the values that occur there in ascending order, and the child of each (not empty)."""

_Table: TypeAlias = dict[StateSet, StateSet]

_EMPTY, _UNIT = 0, 1

NODE_BITS = 32
"""Bits of a node number, so that a pair of nodes is one integer as a cache key."""

_SORTED_UP_TO = 1 << 17
"""Possible states up to which members are sorted; beyond, they are generated lazily."""

WORK_BUDGET = 12_000_000
"""Units of work, each a few microseconds: a node made, a pair of nodes visited, an ending asked of.
The shipped library takes some 5 million."""

PER_STEP = 12
"""Units that an exploration takes for each step of the graph, however few states there are."""


class Values(Protocol):
    """The value of each variable, however they are stored."""

    def __getitem__(self, variable: int, /) -> int:
        """The value of a variable."""


class LimitReached(Exception):
    """An operation would exceed its node budget, so that its result is unknown."""


class Work:
    """What is left of a work budget, shared by proofs. When it is spent none of them goes on, so
    that what they were to show is not decided."""

    def __init__(self, budget: int = WORK_BUDGET) -> None:
        self.budget = budget
        self.left = budget

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    def done(self, units: int) -> None:
        """Take what was done from what is left."""
        self.left -= units

    def go_on(self) -> None:
        """Raise LimitReached if nothing is left."""
        if self.is_spent:
            raise LimitReached


class StateSets:
    """Sets of states over variables of given sizes, sharing at most ``node_budget`` nodes.

    ``sizes`` is the number of values of each variable. Where an argument ``values`` is an integer
    it is a bit mask: bit v stands for value v. Every operation that makes nodes raises LimitReached
    when the budget is spent.
    """

    empty = _EMPTY
    unit = _UNIT
    """The set of the one state in which every variable is 0."""

    def __init__(self, sizes: Sequence[int], node_budget: int) -> None:
        self._sizes = tuple(sizes)
        self._node_budget = node_budget
        self.operations = 0
        """How often a node was made, or found to be there already."""
        # Both terminals have the variable after the last, so that they order below every other.
        terminal: Node = (len(self._sizes), (), ())
        self._nodes: list[Node] = [terminal, terminal]
        self._numbers: dict[Node, StateSet] = {}
        self._values: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._counts: dict[StateSet, int] = {_EMPTY: 0, _UNIT: 1}
        self.clear_caches()

    def clear_caches(self) -> None:
        """Drop the caches of operations; nodes are kept."""
        self._unions: dict[int, StateSet] = {}
        self._differences: dict[int, StateSet] = {}
        self._restricted: dict[tuple[int, int], _Table] = {}
        self._assigned: dict[tuple[int, int], _Table] = {}
        self._projected: dict[frozenset[int], _Table] = {}

    @cached_property
    def _sorted(self) -> bool:
        return prod(self._sizes) <= _SORTED_UP_TO

    def copied_from(self, other: StateSets, states: StateSet) -> StateSet:
        """The same set, made of nodes of this collection. ``other`` has the same variables."""
        return self._copied(other, states, {_EMPTY: _EMPTY, _UNIT: _UNIT})

    def _copied(
        self, other: StateSets, here: StateSet, copies: dict[StateSet, StateSet]
    ) -> StateSet:
        """The copy of a set. A closure that calls itself would be a cycle, and keep this collection
        alive while ``check`` has the collector off."""
        if here not in copies:
            variable, values, children = other.node(here)
            below: list[StateSet] = []
            for child in children:
                below.append(self._copied(other, child, copies))
            copies[here] = self._node(variable, values, tuple(below))
        return copies[here]

    @property
    def support(self) -> frozenset[int]:
        """Every variable that is not 0 in some state of some set."""
        return frozenset(variable for variable, _, _ in self._nodes[2:])

    def node(self, states: StateSet) -> Node:
        """The top node of a set. For the two terminals the variable is the number of variables,
        and there are no children."""
        return self._nodes[states]

    def union(self, one: StateSet, other: StateSet) -> StateSet:
        """The states in either set."""
        if one == other or other == _EMPTY:
            return one
        if one == _EMPTY:
            return other
        if one > other:
            one, other = other, one
        key = one << NODE_BITS | other
        known = self._unions.get(key)
        if known is None:
            variable, values, mine = self._nodes[one]
            other_variable, other_values, yours = self._nodes[other]
            if variable == other_variable:
                both = dict(zip(values, mine, strict=True))
                for value, child in zip(other_values, yours, strict=True):
                    so_far = both.get(value)
                    both[value] = child if so_far is None else self.union(so_far, child)
                known = self._of(variable, sorted(both.items()))
            elif variable < other_variable:
                known = self._with_all_zero(one, other)
            else:
                known = self._with_all_zero(other, one)
            self._unions[key] = known
        return known

    def difference(self, one: StateSet, other: StateSet) -> StateSet:
        """The states in the first set and not in the second."""
        if one in (other, _EMPTY):
            return _EMPTY
        if other == _EMPTY:
            return one
        key = one << NODE_BITS | other
        known = self._differences.get(key)
        if known is None:
            variable = min(self._nodes[one][0], self._nodes[other][0])
            yours = dict(self._children(other, variable))
            left: list[tuple[int, StateSet]] = []
            for value, child in self._children(one, variable):
                taken = yours.get(value, _EMPTY)
                left.append((value, self.difference(child, taken)))
            known = self._differences[key] = self._of(variable, left)
        return known

    def restrict(self, states: StateSet, variable: int, values: int) -> StateSet:
        """The states in which a variable has one of these values."""
        table = self._restricted.setdefault((variable, values), {})
        return self._restrict(states, variable, values, table)

    def assign(self, states: StateSet, variable: int, values: int) -> StateSet:
        """Each state with each of these values for a variable, whatever it was before."""
        if states == _EMPTY:
            return _EMPTY
        table = self._assigned.setdefault((variable, values), {})
        return self._assign(states, variable, tuple(ones(values)), table)

    def project(self, states: StateSet, variables: frozenset[int]) -> StateSet:
        """Each state with all of these variables set to 0."""
        table = self._projected.setdefault(variables, {})
        return self._project(states, variables, max(variables, default=-1), table)

    def members(self, states: StateSet) -> Iterator[Assignment]:
        """Every state, in the order of its values, the last variable first; beyond
        ``_SORTED_UP_TO`` possible states, the first variable first."""
        zeros = [0] * len(self._sizes)

        def dense(known: dict[int, int]) -> Assignment:
            member = zeros.copy()
            for variable, value in known.items():
                member[variable] = value
            return tuple(member)

        found = map(dense, self.sparse_members(states))
        return iter(sorted(found, key=lambda member: member[::-1])) if self._sorted else found

    def sparse_members(self, states: StateSet) -> Iterator[dict[int, int]]:
        """Every state as its variables that are not 0, in the order of the values, the first
        variable first."""
        waiting: list[tuple[StateSet, dict[int, int]]] = [(states, {})]
        while waiting:
            here, known = waiting.pop()
            if here == _UNIT:
                yield known
            variable, values, children = self._nodes[here]
            for value, child in zip(reversed(values), reversed(children), strict=True):
                waiting.append((child, {**known, variable: value} if value else known))

    def count(self, states: StateSet) -> int:
        """The number of states."""
        known = self._counts.get(states)
        if known is None:
            known = 0
            for child in self._nodes[states][2]:
                known += self.count(child)
            self._counts[states] = known
        return known

    def _restrict(self, states: StateSet, variable: int, values: int, table: _Table) -> StateSet:
        here, occurring, children = self._nodes[states]
        if here > variable:
            return states if values & 1 else _EMPTY
        known = table.get(states)
        if known is None:
            if here == variable:
                pairs = zip(occurring, children, strict=True)
                known = self._of(here, [pair for pair in pairs if values >> pair[0] & 1])
            else:
                below: list[StateSet] = []
                for child in children:  # most have been met: this is asked millions of times
                    met = table.get(child)
                    below.append(
                        self._restrict(child, variable, values, table) if met is None else met
                    )
                if _EMPTY in below:
                    known = self._of(here, zip(occurring, below, strict=True))
                else:
                    known = self._node(here, occurring, tuple(below))
            table[states] = known
        return known

    def _assign(
        self, states: StateSet, variable: int, values: tuple[int, ...], table: _Table
    ) -> StateSet:
        known = table.get(states)
        if known is None:
            here, occurring, children = self._nodes[states]
            if here < variable:
                below: list[StateSet] = []
                for child in children:
                    below.append(self._assign(child, variable, values, table))
                known = self._node(here, occurring, tuple(below))
            else:
                rest = self._union_of(children) if here == variable else states
                known = self._node(variable, values, (rest,) * len(values))
            table[states] = known
        return known

    def _project(
        self, states: StateSet, variables: frozenset[int], last: int, table: _Table
    ) -> StateSet:
        here, values, children = self._nodes[states]
        if here > last:
            return states
        known = table.get(states)
        if known is None:
            below: list[StateSet] = []
            for child in children:
                below.append(self._project(child, variables, last, table))
            if here in variables:
                known = self._union_of(below)
            else:
                known = self._node(here, values, tuple(below))
            table[states] = known
        return known

    def _union_of(self, several: Iterable[StateSet]) -> StateSet:
        found = _EMPTY
        for states in several:
            found = self.union(found, states)
        return found

    def _children(self, states: StateSet, variable: int) -> Iterable[tuple[int, StateSet]]:
        """The child for each value of a variable at or above the top node's."""
        here, values, children = self._nodes[states]
        if here == variable:
            return zip(values, children, strict=True)
        return ((0, states),) if states != _EMPTY else ()

    def _with_all_zero(self, upper: StateSet, lower: StateSet) -> StateSet:
        """The union with a set in which the top variable of the first is 0 throughout."""
        variable, values, children = self._nodes[upper]
        if values[0] == 0:
            return self._node(variable, values, (self.union(children[0], lower), *children[1:]))
        return self._node(variable, (0, *values), (lower, *children))

    def _of(self, variable: int, children: Iterable[tuple[int, StateSet]]) -> StateSet:
        """The node with these children by value, of which some may be empty."""
        kept = [child for child in children if child[1] != _EMPTY]
        if not kept:
            return _EMPTY
        values, nodes = zip(*kept, strict=True)
        return self._node(variable, values, nodes)

    def _node(
        self, variable: int, values: tuple[int, ...], children: tuple[StateSet, ...]
    ) -> StateSet:
        """The unique node with these children; suppressed where the only value is 0."""
        self.operations += 1
        if values == (0,):
            return children[0]
        key = (variable, self._values.setdefault(values, values), children)
        number = self._numbers.get(key)
        if number is None:
            number = len(self._nodes)
            if number > self._node_budget:
                raise LimitReached
            self._nodes.append(key)
            self._numbers[key] = number
        return number


def ones(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, in time linear in their number."""
    while mask:
        low = mask & -mask
        mask ^= low
        yield low.bit_length() - 1
