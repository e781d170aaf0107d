"""Sets of states, where a state gives each of some places a digit.

A place stands for something that is known of people: digit 0 is that nothing is, each other digit
is one value of a fact. There are two ways to keep such a set, with the same operations: here as the
bits of one integer, which is quick and grows with the number of all possible states; and in
``diagram.py`` as a decision diagram, for the rare proofs that would not fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias, TypeVar

Member: TypeAlias = tuple[int, ...]
"""One state: the digit at each place."""


class Digits(Protocol):
    """The digit at each place, however they are kept."""

    def __getitem__(self, place: int, /) -> int:
        """The digit at a place."""


States = TypeVar("States")


class TooMany(Exception):
    """A set would need more room than is allowed, so what was asked is not decided."""


class Algebra(Protocol[States]):
    """What can be done with sets of states. ``digits`` are bits: bit d is digit d."""

    nothing: States
    begin: States
    """The one state in which nothing is known."""

    def union(self, these: States, those: States) -> States:
        """Whatever is in either."""

    def without(self, these: States, those: States) -> States:
        """Whatever is in these and not in those."""

    def keep(self, these: States, place: int, digits: int) -> States:
        """Those that have one of these digits at a place."""

    def put(self, these: States, place: int, digits: int) -> States:
        """Each with each of these digits at a place, whatever stood there."""

    def forget(self, these: States, places: frozenset[int]) -> States:
        """Each with the digit 0 at all of these places, whatever stood there."""

    def members(self, these: States) -> Iterator[Member]:
        """Every state, in the order of its digits, the last place first."""

    def count(self, these: States) -> int:
        """How many states there are."""

    def rest(self) -> None:
        """Give back the room of what was worked out. It is worked out again if need be."""


class Bits:
    """Sets of states as integers: bit i is the state whose digits, read as a number, are i.

    ``sizes`` says how many digits each place has.
    """

    nothing = 0
    begin = 1

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = tuple(sizes)
        self._strides: list[int] = []
        width = 1
        for size in sizes:
            self._strides.append(width)
            width *= size
        self._width = width
        self._having: dict[tuple[int, int], int] = {}

    def union(self, these: int, those: int) -> int:
        """Whatever is in either."""
        return these | those

    def without(self, these: int, those: int) -> int:
        """Whatever is in these and not in those."""
        return these & ~those

    def keep(self, these: int, place: int, digits: int) -> int:
        """Those that have one of these digits at a place."""
        return these & self._all_with(place, digits)

    def put(self, these: int, place: int, digits: int) -> int:
        """Each with each of these digits at a place, whatever stood there."""
        size, stride = self._sizes[place], self._strides[place]
        nothing_here = self._all_with(place, 1)
        folded = these & nothing_here
        if folded != these:
            for digit in range(1, size):
                folded |= (these >> digit * stride) & nothing_here
        if digits == 1:
            return folded
        put = 0
        for digit in range(size):
            if digits >> digit & 1:
                put |= folded << digit * stride
        return put

    def forget(self, these: int, places: frozenset[int]) -> int:
        """Each with the digit 0 at all of these places, whatever stood there."""
        for place in places:
            these = self.put(these, place, 1)
        return these

    def members(self, these: int) -> Iterator[Member]:
        """Every state, in the order of its digits, the last place first."""
        while these:
            low = these & -these
            these ^= low
            number = low.bit_length() - 1
            yield tuple(
                number // stride % size
                for size, stride in zip(self._sizes, self._strides, strict=True)
            )

    def count(self, these: int) -> int:
        """How many states there are."""
        return these.bit_count()

    def rest(self) -> None:
        """Nothing is kept that is not needed at each step."""

    def _all_with(self, place: int, digits: int) -> int:
        """All states there could be that have one of these digits at a place."""
        known = self._having.get((place, digits))
        if known is None:
            size, stride = self._sizes[place], self._strides[place]
            pattern = 0
            for digit in range(size):
                if digits >> digit & 1:
                    pattern |= ((1 << stride) - 1) << digit * stride
            period = size * stride
            # The pattern again and again, over the whole width: doubled until it is long enough.
            known, length = pattern, period
            while length < self._width:
                known |= known << length
                length *= 2
            known &= (1 << self._width) - 1
            self._having[place, digits] = known
        return known
