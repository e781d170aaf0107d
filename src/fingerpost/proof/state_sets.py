"""Sets of states as a decision diagram: what is read of millions of people is some hundred nodes.

A diagram is a node or one of two ends. A node stands for a place and says, for each digit that
occurs there, which diagram says the rest. A place where only the digit 0 occurs has no node, so
what is not known costs nothing. Equal diagrams are the same node: to compare them is to compare
two numbers. (Minato, "Zero-suppressed BDDs for set manipulation", 1993, with digits for bits.)

What was worked out is kept, for the same parts are met again and again: for each thing that was
done a table from one node to another. A diagram may have hundreds of places below one another, and
Python does not call itself much deeper, so what goes down does so in plain loops: a comprehension
would be a call of its own at each place.
"""
# ruff: noqa: PERF401 - see above

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from .states import Member, TooMany

Diagram: TypeAlias = int
"""A node by its number; 0 is the empty set, 1 is the one state whose digits from here are all 0."""

Node: TypeAlias = tuple[int, tuple[int, ...], tuple[Diagram, ...]]
"""A place, the digits that occur there in order, and what follows each; never the empty set."""

_Table: TypeAlias = dict[Diagram, Diagram]

_NOTHING, _BEGIN = 0, 1
PAIR = 32
"""Two nodes are written as one number, the first so many bits further on."""


class Diagrams:
    """Sets over places with so many digits each, in at most ``most`` nodes.

    Every operation raises TooMany when it would make more.
    """

    nothing = _NOTHING
    begin = _BEGIN

    def __init__(self, sizes: Sequence[int], most: int) -> None:
        self._sizes = tuple(sizes)
        self._most = most
        # The last place of all stands for the two ends, below every other.
        end: Node = (len(self._sizes), (), ())
        self._nodes: list[Node] = [end, end]
        self._numbers: dict[Node, Diagram] = {}
        self._digits: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._counts: dict[Diagram, int] = {_NOTHING: 0, _BEGIN: 1}
        self.rest()

    def rest(self) -> None:
        """Give back the room of what was worked out. It is worked out again if need be."""
        self._unions: dict[int, Diagram] = {}
        self._differences: dict[int, Diagram] = {}
        self._kept: dict[tuple[int, int], _Table] = {}
        self._put: dict[tuple[int, int], _Table] = {}
        self._forgot: dict[frozenset[int], _Table] = {}

    def taken_from(self, other: Diagrams, these: Diagram) -> Diagram:
        """The same set as one of another collection over the same places."""
        taken = {_NOTHING: _NOTHING, _BEGIN: _BEGIN}

        def take(here: Diagram) -> Diagram:
            if here not in taken:
                place, digits, onwards = other.node(here)
                below: list[Diagram] = []
                for onward in onwards:
                    below.append(take(onward))
                taken[here] = self._node(place, digits, tuple(below))
            return taken[here]

        return take(these)

    @property
    def places(self) -> frozenset[int]:
        """Every place at which something is known in some set."""
        return frozenset(place for place, _, _ in self._nodes[2:])

    def node(self, these: Diagram) -> Node:
        """The first place at which something is known, and what follows each digit there. The
        two ends have the place after the last, and nothing follows."""
        return self._nodes[these]

    def union(self, these: Diagram, those: Diagram) -> Diagram:
        """Whatever is in either."""
        if these == those or those == _NOTHING:
            return these
        if these == _NOTHING:
            return those
        if these > those:
            these, those = those, these
        key = these << PAIR | those
        known = self._unions.get(key)
        if known is None:
            place, digits, mine = self._nodes[these]
            other, other_digits, yours = self._nodes[those]
            if place == other:
                both = dict(zip(digits, mine, strict=True))
                for digit, onward in zip(other_digits, yours, strict=True):
                    so_far = both.get(digit)
                    both[digit] = onward if so_far is None else self.union(so_far, onward)
                known = self._of(place, sorted(both.items()))
            elif place < other:
                known = self._with_all_zero(these, those)
            else:
                known = self._with_all_zero(those, these)
            self._unions[key] = known
        return known

    def without(self, these: Diagram, those: Diagram) -> Diagram:
        """Whatever is in these and not in those."""
        if these in (those, _NOTHING):
            return _NOTHING
        if those == _NOTHING:
            return these
        key = these << PAIR | those
        known = self._differences.get(key)
        if known is None:
            place = min(self._nodes[these][0], self._nodes[those][0])
            yours = dict(self._ways(those, place))
            left: list[tuple[int, Diagram]] = []
            for digit, onward in self._ways(these, place):
                taken = yours.get(digit, _NOTHING)
                left.append((digit, self.without(onward, taken)))
            known = self._differences[key] = self._of(place, left)
        return known

    def keep(self, these: Diagram, place: int, digits: int) -> Diagram:
        """Those that have one of these digits at a place."""
        return self._keep(these, place, digits, self._kept.setdefault((place, digits), {}))

    def put(self, these: Diagram, place: int, digits: int) -> Diagram:
        """Each with each of these digits at a place, whatever stood there."""
        if these == _NOTHING:
            return _NOTHING
        table = self._put.setdefault((place, digits), {})
        return self._put_below(these, place, tuple(_ones(digits)), table)

    def forget(self, these: Diagram, places: frozenset[int]) -> Diagram:
        """Each with the digit 0 at all of these places, whatever stood there."""
        table = self._forgot.setdefault(places, {})
        return self._forget(these, places, max(places, default=-1), table)

    def members(self, these: Diagram) -> Iterator[Member]:
        """Every state; those with the smaller digit at an earlier place come first."""
        nothing = [0] * len(self._sizes)
        for told in self.told(these):
            member = nothing.copy()
            for place, digit in told.items():
                member[place] = digit
            yield tuple(member)

    def told(self, these: Diagram) -> Iterator[dict[int, int]]:
        """Every state, as the places with a digit other than 0; in the same order."""
        waiting: list[tuple[Diagram, dict[int, int]]] = [(these, {})]
        while waiting:
            here, told = waiting.pop()
            if here == _BEGIN:
                yield told
            place, digits, onwards = self._nodes[here]
            for digit, onward in zip(reversed(digits), reversed(onwards), strict=True):
                waiting.append((onward, {**told, place: digit} if digit else told))

    def count(self, these: Diagram) -> int:
        """How many states there are."""
        known = self._counts.get(these)
        if known is None:
            known = 0
            for onward in self._nodes[these][2]:
                known += self.count(onward)
            self._counts[these] = known
        return known

    def _keep(self, these: Diagram, place: int, digits: int, table: _Table) -> Diagram:
        here, there, onwards = self._nodes[these]
        if these == _NOTHING or here > place:
            return these if digits & 1 else _NOTHING
        known = table.get(these)
        if known is None:
            kept: list[tuple[int, Diagram]] = []
            for digit, onward in zip(there, onwards, strict=True):
                if here != place:
                    kept.append((digit, self._keep(onward, place, digits, table)))
                elif digits >> digit & 1:
                    kept.append((digit, onward))
            known = table[these] = self._of(here, kept)
        return known

    def _put_below(
        self, these: Diagram, place: int, digits: tuple[int, ...], table: _Table
    ) -> Diagram:
        known = table.get(these)
        if known is None:
            here, there, onwards = self._nodes[these]
            if here < place:
                below: list[Diagram] = []
                for onward in onwards:
                    below.append(self._put_below(onward, place, digits, table))
                known = self._node(here, there, tuple(below))
            else:
                rest = self._all_of(onwards) if here == place else these
                known = self._node(place, digits, (rest,) * len(digits))
            table[these] = known
        return known

    def _forget(self, these: Diagram, places: frozenset[int], last: int, table: _Table) -> Diagram:
        here, digits, onwards = self._nodes[these]
        if here > last:
            return these
        known = table.get(these)
        if known is None:
            below: list[Diagram] = []
            for onward in onwards:
                below.append(self._forget(onward, places, last, table))
            if here in places:
                known = self._all_of(below)
            else:
                known = self._node(here, digits, tuple(below))
            table[these] = known
        return known

    def _all_of(self, several: Iterable[Diagram]) -> Diagram:
        """Whatever is in one of several."""
        found = _NOTHING
        for these in several:
            found = self.union(found, these)
        return found

    def _ways(self, these: Diagram, place: int) -> Iterable[tuple[int, Diagram]]:
        """What follows each digit at a place that may have no node here."""
        here, digits, onwards = self._nodes[these]
        if here == place:
            return zip(digits, onwards, strict=True)
        return ((0, these),) if these != _NOTHING else ()

    def _with_all_zero(self, these: Diagram, those: Diagram) -> Diagram:
        """The union with others that have the digit 0 at the place of a node."""
        place, digits, onwards = self._nodes[these]
        if digits[0] == 0:
            return self._node(place, digits, (self.union(onwards[0], those), *onwards[1:]))
        return self._node(place, (0, *digits), (those, *onwards))

    def _of(self, place: int, ways: Iterable[tuple[int, Diagram]]) -> Diagram:
        """The node with these ways, of which some may lead to nothing."""
        kept = [way for way in ways if way[1] != _NOTHING]
        if not kept:
            return _NOTHING
        digits, onwards = zip(*kept, strict=True)
        return self._node(place, digits, onwards)

    def _node(self, place: int, digits: tuple[int, ...], onwards: tuple[Diagram, ...]) -> Diagram:
        """The one node that says this; or less than a node, where that says the same."""
        if digits == (0,):
            return onwards[0]
        key = (place, self._digits.setdefault(digits, digits), onwards)
        number = self._numbers.get(key)
        if number is None:
            number = len(self._nodes)
            if number > self._most:
                raise TooMany
            self._nodes.append(key)
            self._numbers[key] = number
        return number


def _ones(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    return (number for number in range(bits.bit_length()) if bits >> number & 1)
