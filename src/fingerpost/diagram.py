"""Sets of states as a decision diagram, for proofs that read too much to be kept as bits.

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

_Ways: TypeAlias = tuple[tuple[int, Diagram], ...]
"""For each digit that occurs at a place, in order, what follows."""

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
        self._nodes: list[tuple[int, _Ways]] = [(len(self._sizes), ()), (len(self._sizes), ())]
        self._numbers: dict[tuple[int, _Ways], Diagram] = {}
        self._unions: dict[tuple[Diagram, Diagram], Diagram] = {}
        self._differences: dict[tuple[Diagram, Diagram], Diagram] = {}
        self._kept: dict[tuple[Diagram, int, int], Diagram] = {}
        self._put: dict[tuple[Diagram, int, int], Diagram] = {}
        self._counts: dict[Diagram, int] = {_NOTHING: 0, _BEGIN: 1}

    def union(self, these: Diagram, those: Diagram) -> Diagram:
        """Whatever is in either."""
        if these == those or those == _NOTHING:
            return these
        if these == _NOTHING:
            return those
        key = (these, those) if these < those else (those, these)
        known = self._unions.get(key)
        if known is None:
            place = min(self._nodes[these][0], self._nodes[those][0])
            mine, yours = dict(self._ways(these, place)), dict(self._ways(those, place))
            known = self._node(
                place,
                {d: self.union(mine.get(d, 0), yours.get(d, 0)) for d in mine.keys() | yours},
            )
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
            mine = self._ways(these, place)
            known = self._node(place, {d: self.without(s, yours.get(d, 0)) for d, s in mine})
            self._differences[key] = known
        return known

    def keep(self, these: Diagram, place: int, digits: int) -> Diagram:
        """Those that have one of these digits at a place."""
        here = self._nodes[these][0]
        if these == _NOTHING or here > place:
            return these if digits & 1 else _NOTHING
        key = (these, place, digits)
        known = self._kept.get(key)
        if known is None:
            ways = self._nodes[these][1]
            known = self._node(
                here,
                {d: s for d, s in ways if digits >> d & 1}
                if here == place
                else {d: self.keep(s, place, digits) for d, s in ways},
            )
            self._kept[key] = known
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
                known = self._node(here, {d: self.put(s, place, digits) for d, s in ways})
            else:
                rest = these
                if here == place:
                    rest = _NOTHING
                    for _, onward in ways:
                        rest = self.union(rest, onward)
                every = range(self._sizes[place])
                known = self._node(place, {d: rest for d in every if digits >> d & 1})
            self._put[key] = known
        return known

    def members(self, these: Diagram) -> Iterator[Member]:
        """Every state; those with the smaller digit at an earlier place come first."""
        return (tuple(digits) for digits in self._listed(these, [0] * len(self._sizes)))

    def count(self, these: Diagram) -> int:
        """How many states there are."""
        if these not in self._counts:
            self._counts[these] = sum(self.count(onward) for _, onward in self._nodes[these][1])
        return self._counts[these]

    def _listed(self, these: Diagram, digits: list[int]) -> Iterator[list[int]]:
        if these == _BEGIN:
            yield digits
        place, ways = self._nodes[these]
        for digit, onward in ways:
            digits[place] = digit
            yield from self._listed(onward, digits)
            digits[place] = 0

    def _ways(self, these: Diagram, place: int) -> _Ways:
        """What follows each digit at a place that may have no node here."""
        here, ways = self._nodes[these]
        if here == place:
            return ways
        return ((0, these),) if these != _NOTHING else ()

    def _node(self, place: int, ways: dict[int, Diagram]) -> Diagram:
        """The one node that says this; or less than a node, where that says the same."""
        kept = tuple(sorted((d, onward) for d, onward in ways.items() if onward != _NOTHING))
        if not kept:
            return _NOTHING
        if len(kept) == 1 and kept[0][0] == 0:
            return kept[0][1]
        key = (place, kept)
        number = self._numbers.get(key)
        if number is None:
            number = len(self._nodes)
            if number > self._most:
                raise TooMany
            self._nodes.append(key)
            self._numbers[key] = number
        return number
