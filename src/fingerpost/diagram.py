"""Sets of states as a decision diagram: what is read of millions of people is some hundred nodes.

A diagram is a node or one of two ends. A node stands for a place and says, for each digit that
occurs there, which diagram says the rest. A place where only the digit 0 occurs has no node, so
what is not known costs nothing. Equal diagrams are the same node: to compare them is to compare
two numbers. (Minato, "Zero-suppressed BDDs for set manipulation", 1993, with digits for bits.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from .states import Member, TooMany

Diagram: TypeAlias = int
"""A node by its number; 0 is the empty set, 1 is the one state whose digits from here are all 0."""

Ways: TypeAlias = tuple[tuple[int, Diagram], ...]
"""For each digit that occurs at a place, in order, what follows; never the empty set."""

_NOTHING, _BEGIN = 0, 1


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
        self._nodes: list[tuple[int, Ways]] = [(len(self._sizes), ()), (len(self._sizes), ())]
        self._numbers: dict[tuple[int, Ways], Diagram] = {}
        self._unions: dict[tuple[Diagram, Diagram], Diagram] = {}
        self._differences: dict[tuple[Diagram, Diagram], Diagram] = {}
        self._kept: dict[tuple[Diagram, int, int], Diagram] = {}
        self._put: dict[tuple[Diagram, int, int], Diagram] = {}
        self._forgot: dict[tuple[Diagram, frozenset[int]], Diagram] = {}
        self._counts: dict[Diagram, int] = {_NOTHING: 0, _BEGIN: 1}

    def ways(self, these: Diagram) -> tuple[int, Ways]:
        """The first place at which something is known, and what follows each digit there. The
        two ends have the place after the last, and no ways."""
        return self._nodes[these]

    def union(self, these: Diagram, those: Diagram) -> Diagram:
        """Whatever is in either."""
        if these == those or those == _NOTHING:
            return these
        if these == _NOTHING:
            return those
        key = (these, those) if these < those else (those, these)
        known = self._unions.get(key)
        if known is None:
            place, mine = self._nodes[these]
            other, yours = self._nodes[those]
            if place == other:
                both = dict(mine)
                for digit, onward in yours:
                    so_far = both.get(digit)
                    both[digit] = onward if so_far is None else self.union(so_far, onward)
                known = self._node(place, tuple(sorted(both.items())))
            elif place < other:
                known = self._node(place, self._with_all_zero(mine, those))
            else:
                known = self._node(other, self._with_all_zero(yours, these))
            self._unions[key] = known
        return known

    def without(self, these: Diagram, those: Diagram) -> Diagram:
        """Whatever is in these and not in those."""
        if these in (those, _NOTHING):
            return _NOTHING
        if those == _NOTHING:
            return these
        key = (these, those)
        known = self._differences.get(key)
        if known is None:
            place = min(self._nodes[these][0], self._nodes[those][0])
            yours = dict(self._ways(those, place))
            left = (
                (digit, self.without(onward, yours[digit]) if digit in yours else onward)
                for digit, onward in self._ways(these, place)
            )
            known = self._node(place, tuple(way for way in left if way[1] != _NOTHING))
            self._differences[key] = known
        return known

    def keep(self, these: Diagram, place: int, digits: int) -> Diagram:
        """Those that have one of these digits at a place."""
        here, ways = self._nodes[these]
        if these == _NOTHING or here > place:
            return these if digits & 1 else _NOTHING
        key = (these, place, digits)
        known = self._kept.get(key)
        if known is None:
            if here == place:
                kept = tuple(way for way in ways if digits >> way[0] & 1)
            else:
                below = ((digit, self.keep(onward, place, digits)) for digit, onward in ways)
                kept = tuple(way for way in below if way[1] != _NOTHING)
            known = self._kept[key] = self._node(here, kept)
        return known

    def put(self, these: Diagram, place: int, digits: int) -> Diagram:
        """Each with each of these digits at a place, whatever stood there."""
        if these == _NOTHING:
            return _NOTHING
        here, ways = self._nodes[these]
        key = (these, place, digits)
        known = self._put.get(key)
        if known is None:
            if here < place:
                below = tuple([(digit, self.put(onward, place, digits)) for digit, onward in ways])
                known = self._node(here, below)
            else:
                rest = self._all_of(ways) if here == place else these
                every = range(self._sizes[place])
                known = self._node(place, tuple([(d, rest) for d in every if digits >> d & 1]))
            self._put[key] = known
        return known

    def forget(self, these: Diagram, places: frozenset[int]) -> Diagram:
        """Each with the digit 0 at all of these places, whatever stood there."""
        return self._forget(these, places, max(places, default=-1))

    def members(self, these: Diagram) -> Iterator[Member]:
        """Every state; those with the smaller digit at an earlier place come first."""
        return (tuple(digits) for digits in self._listed(these, [0] * len(self._sizes)))

    def told(self, these: Diagram) -> Iterator[dict[int, int]]:
        """Every state, as the places with a digit other than 0; in the same order."""
        waiting: list[tuple[Diagram, dict[int, int]]] = [(these, {})]
        while waiting:
            here, digits = waiting.pop()
            if here == _BEGIN:
                yield digits
            place, ways = self._nodes[here]
            for digit, onward in reversed(ways):
                waiting.append((onward, {**digits, place: digit} if digit else digits))

    def count(self, these: Diagram) -> int:
        """How many states there are."""
        if these not in self._counts:
            self._counts[these] = sum(self.count(onward) for _, onward in self._nodes[these][1])
        return self._counts[these]

    def _forget(self, these: Diagram, places: frozenset[int], last: int) -> Diagram:
        here, ways = self._nodes[these]
        if here > last:
            return these
        key = (these, places)
        known = self._forgot.get(key)
        if known is None:
            below = tuple([(digit, self._forget(onward, places, last)) for digit, onward in ways])
            known = self._all_of(below) if here in places else self._node(here, below)
            self._forgot[key] = known
        return known

    def _all_of(self, ways: Ways) -> Diagram:
        """Whatever follows, by any digit."""
        found = _NOTHING
        for _, onward in ways:
            found = self.union(found, onward)
        return found

    def _listed(self, these: Diagram, digits: list[int]) -> Iterator[list[int]]:
        if these == _BEGIN:
            yield digits
        place, ways = self._nodes[these]
        for digit, onward in ways:
            digits[place] = digit
            yield from self._listed(onward, digits)
            digits[place] = 0

    def _ways(self, these: Diagram, place: int) -> Ways:
        """What follows each digit at a place that may have no node here."""
        here, ways = self._nodes[these]
        if here == place:
            return ways
        return ((0, these),) if these != _NOTHING else ()

    def _with_all_zero(self, ways: Ways, those: Diagram) -> Ways:
        """What follows each digit, with more that have the digit 0 here."""
        if ways[0][0] == 0:
            return ((0, self.union(ways[0][1], those)), *ways[1:])
        return ((0, those), *ways)

    def _node(self, place: int, ways: Ways) -> Diagram:
        """The one node that says this; or less than a node, where that says the same."""
        if not ways:
            return _NOTHING
        if len(ways) == 1 and ways[0][0] == 0:
            return ways[0][1]
        key = (place, ways)
        number = self._numbers.get(key)
        if number is None:
            number = len(self._nodes)
            if number > self._most:
                raise TooMany
            self._nodes.append(key)
            self._numbers[key] = number
        return number
