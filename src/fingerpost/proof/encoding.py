"""What is known of people, written as digits at places: see ``states.py``.

A fact with one answer has one place; a fact of which several answers may be chosen has one place,
with the digits no and yes, for each kind of value. Values that no test tells apart are one kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.tree import Question
from .formula import All, Any, Formula, Test
from .states import Algebra, Digits, Member

States = TypeVar("States")

_NOBODY_ASKED = 1
"""The digit 0, as bits: nothing is known at this place."""
_YES = 2
"""The digit 1, as bits."""


class Kinds:
    """The values of a fact, parted into those that the tests tell apart.

    ``kinds`` are the values of each; the first value of a kind stands for all of it.
    """

    def __init__(self, values: Iterable[str], tests: Iterable[frozenset[str]]) -> None:
        apart = tuple(dict.fromkeys(tests))
        alike: dict[tuple[bool, ...], list[str]] = {}
        for value in values:
            alike.setdefault(tuple(value in test for test in apart), []).append(value)
        self.kinds = tuple(map(tuple, alike.values()))
        self._of = {value: kind for kind, them in enumerate(self.kinds) for value in them}
        self.digits = (frozenset[str](), *(frozenset({kind[0]}) for kind in self.kinds))
        """What is known of somebody by a digit that stands for a kind, or for none."""

    @classmethod
    def each(cls, values: Iterable[str]) -> Kinds:
        """Each value a kind of its own."""
        every = tuple(values)
        return cls(every, (frozenset({value}) for value in every))

    def tell(self, values: frozenset[str]) -> bool:
        """Whether these values are told apart from all others."""
        return all(values.issuperset(kind) or values.isdisjoint(kind) for kind in self.kinds)

    def of(self, value: str) -> int:
        """The number of the kind of a value."""
        return self._of[value]

    def alike(self, tests: Iterable[frozenset[str]]) -> Iterator[tuple[int, list[int]]]:
        """Kinds that some tests take for the same: the first, and the others."""
        apart = tuple(tests)
        found: dict[tuple[bool, ...], list[int]] = {}
        for number, kind in enumerate(self.kinds):
            found.setdefault(tuple(kind[0] in test for test in apart), []).append(number)
        return ((first, others) for first, *others in found.values() if others)

    def all_of(self, values: Iterable[str]) -> tuple[int, ...]:
        """The kinds of some values, in order; those that nobody can have are left out."""
        return tuple(dict.fromkeys(self._of[value] for value in values if value in self._of))


class Way(Frozen):
    """One answer of a question that leads somewhere: its value, and the node it leads to."""

    value: str
    alone: bool
    target: int


def ways_of(question: Question, ways: Iterable[tuple[str, int]]) -> tuple[Way, ...]:
    """The answers of a question that lead somewhere, in its order. Where not several may be
    chosen each stands alone."""
    alone = {answer.value: answer.alone or not question.many for answer in question.answers}
    return tuple(Way(value, alone[value], target) for value, target in ways)


class One(Generic[States]):
    """A fact with one answer: its kind is the digit at one place."""

    __slots__ = ("_kinds", "_place")

    def __init__(self, kinds: Kinds, place: int) -> None:
        self._kinds = kinds
        self._place = place

    def sizes(self) -> tuple[int, ...]:
        """How many digits each of its places has."""
        return (len(self._kinds.kinds) + 1,)

    def unknown(self, algebra: Algebra[States], these: States) -> States:
        """Those who have not been asked."""
        return algebra.keep(these, self._place, _NOBODY_ASKED)

    def holding(self, algebra: Algebra[States], these: States, values: Iterable[str]) -> States:
        """Those who gave one of these values."""
        return algebra.keep(these, self._place, self._digits(values))

    def having(self, algebra: Algebra[States], these: States, values: Iterable[str]) -> States:
        """The same people, after all are known to have exactly these values (none: unasked)."""
        return algebra.put(these, self._place, self._digits(values) or _NOBODY_ASKED)

    def answered(
        self, algebra: Algebra[States], these: States, ways: Sequence[Way]
    ) -> Iterator[tuple[int, States]]:
        """Where the answers of people who are asked lead them."""
        digits: dict[int, int] = {}
        for way in ways:
            digit = 2 << self._kinds.of(way.value)
            digits[way.target] = digits.get(way.target, 0) | digit
        for target, several in digits.items():
            yield target, algebra.put(these, self._place, several)

    def passed_over(
        self, algebra: Algebra[States], these: States, ways: Sequence[Way]
    ) -> Iterator[tuple[int, States]]:
        """Where those are led whose known value is an answer here."""
        digits: dict[int, int] = {}
        for way in ways:
            digits[way.target] = digits.get(way.target, 0) | 2 << self._kinds.of(way.value)
        for target, several in digits.items():
            yield target, algebra.keep(these, self._place, several)

    @property
    def places(self) -> range:
        """Where it is written."""
        return range(self._place, self._place + 1)

    def true_of(self, values: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Who gave one of these values, as places with digits of which one is enough."""
        yield self._place, self._digits(values)

    def values(self, member: Digits) -> frozenset[str]:
        """What a person is known to have answered; nothing if nobody asked."""
        return self._kinds.digits[member[self._place]]

    def as_one(
        self, algebra: Algebra[States], these: States, tests: Iterable[frozenset[str]]
    ) -> States:
        """The same people, after answers that no test tells apart count as one."""
        for first, others in self._kinds.alike(tests):
            those = algebra.keep(these, self._place, sum(2 << kind for kind in others))
            if those != algebra.nothing:
                these = algebra.without(these, those)
                these = algebra.union(these, algebra.put(those, self._place, 2 << first))
        return these

    def reply(self, member: Member, ways: Sequence[Way], target: int) -> frozenset[str]:
        """An answer that led such a person there."""
        return next(
            frozenset({way.value})
            for way in ways
            if way.target == target and self._kinds.of(way.value) + 1 == member[self._place]
        )

    def _digits(self, values: Iterable[str]) -> int:
        digits = 0
        for kind in self._kinds.all_of(values):
            digits |= 2 << kind
        return digits


class Several(Generic[States]):
    """A fact of which several values may be chosen: a place for each kind, chosen or not.

    Who was asked chose at least one, so where none is chosen nobody asked.
    """

    def __init__(self, kinds: Kinds, first_place: int) -> None:
        self._kinds = kinds
        self._first = first_place
        self.places = range(first_place, first_place + len(kinds.kinds))
        """Where it is written."""

    def sizes(self) -> tuple[int, ...]:
        """How many digits each of its places has."""
        return (2,) * len(self.places)

    def unknown(self, algebra: Algebra[States], these: States) -> States:
        """Those who have not been asked."""
        for place in self.places:
            these = algebra.keep(these, place, _NOBODY_ASKED)
        return these

    def holding(self, algebra: Algebra[States], these: States, values: Iterable[str]) -> States:
        """Those who chose at least one of these values."""
        found = algebra.nothing
        for kind in self._kinds.all_of(values):
            found = algebra.union(found, algebra.keep(these, self._first + kind, _YES))
        return found

    def having(self, algebra: Algebra[States], these: States, values: Iterable[str]) -> States:
        """The same people, after all are known to have exactly these values (none: unasked)."""
        chosen = set(self._kinds.all_of(values))
        for kind, place in enumerate(self.places):
            these = algebra.put(these, place, _YES if kind in chosen else _NOBODY_ASKED)
        return these

    def answered(
        self, algebra: Algebra[States], these: States, ways: Sequence[Way]
    ) -> Iterator[tuple[int, States]]:
        """Where the answers of people who are asked lead them: the first chosen decides."""
        these = self.having(algebra, these, ())
        after = these  # whatever may be chosen of the answers that come later, or nothing
        for way in reversed(ways):
            place = self._first + self._kinds.of(way.value)
            if way.alone:
                yield way.target, algebra.put(these, place, _YES)
            else:
                chosen = algebra.put(after, place, _YES)
                yield way.target, chosen
                after = algebra.union(after, chosen)

    def passed_over(
        self, algebra: Algebra[States], these: States, ways: Sequence[Way]
    ) -> Iterator[tuple[int, States]]:
        """Where those are led of whose known values one is an answer here: the first decides."""
        for way in ways:
            place = self._first + self._kinds.of(way.value)
            yield way.target, algebra.keep(these, place, _YES)
            these = algebra.keep(these, place, _NOBODY_ASKED)

    def true_of(self, values: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Who chose one of these values, as places with digits of which one is enough."""
        return ((self._first + kind, _YES) for kind in self._kinds.all_of(values))

    def values(self, member: Digits) -> frozenset[str]:
        """What a person is known to have chosen; nothing if nobody asked."""
        kinds = zip(self._kinds.kinds, self.places, strict=True)
        return frozenset(kind[0] for kind, place in kinds if member[place])

    def as_one(
        self, algebra: Algebra[States], these: States, tests: Iterable[frozenset[str]]
    ) -> States:
        """The same people, after choices that no test tells apart count as one."""
        for first, others in self._kinds.alike(tests):
            for kind in others:
                those = algebra.keep(these, self._first + kind, _YES)
                if those != algebra.nothing:
                    these = algebra.without(these, those)
                    those = algebra.put(those, self._first + kind, _NOBODY_ASKED)
                    chosen = algebra.put(those, self._first + first, _YES)
                    these = algebra.union(these, chosen)
        return these

    def reply(self, member: Member, ways: Sequence[Way], target: int) -> frozenset[str]:
        """A choice that led such a person there."""
        wanted = {kind for kind, place in enumerate(self.places) if member[place]}
        return next(
            chosen
            for at, way in enumerate(ways)
            if way.target == target and (chosen := self._choice(wanted, ways[at:])) is not None
        )

    def _choice(self, wanted: set[int], ways: Sequence[Way]) -> frozenset[str] | None:
        """The first of these answers, and of the later ones what is still wanted; None if that
        would not be what is wanted."""
        first, *later = ways
        chosen = {self._kinds.of(first.value): first.value}
        for way in () if first.alone else later:
            if not way.alone:
                chosen.setdefault(self._kinds.of(way.value), way.value)
        if self._kinds.of(first.value) not in wanted or not wanted <= chosen.keys():
            return None
        return frozenset(value for kind, value in chosen.items() if kind in wanted)


class Coding(Generic[States]):
    """How the facts that matter are written; of other facts nothing is known.

    ``kinds`` are the facts in the order of their places, ``many`` those of which several values
    may be chosen.
    """

    def __init__(self, kinds: Mapping[str, Kinds], many: Iterable[str]) -> None:
        several = frozenset(many)
        self.kinds = dict(kinds)
        self.facts: dict[str, One[States] | Several[States]] = {}
        sizes: list[int] = []
        for fact, them in kinds.items():
            code: One[States] | Several[States] = (
                Several(them, len(sizes)) if fact in several else One(them, len(sizes))
            )
            self.facts[fact] = code
            sizes += code.sizes()
        self.sizes = tuple(sizes)

    def places(self, facts: Iterable[str]) -> frozenset[int]:
        """Where some facts are written."""
        return frozenset(place for fact in facts for place in self.facts[fact].places)

    def known(self, member: Member) -> dict[str, frozenset[str]]:
        """What is known of a person."""
        return {f: values for f, code in self.facts.items() if (values := code.values(member))}

    def knowing(self, algebra: Algebra[States], these: States, facts: Facts) -> States:
        """The same people, after all are known to have these values."""
        for fact, values in facts.items():
            code = self.facts.get(fact)
            if code is not None:
                these = code.having(algebra, these, values)
        return these

    def holding(self, algebra: Algebra[States], these: States, formula: Formula) -> States:
        """Those of whom a formula is true."""
        match formula:
            case Test(fact, values):
                code = self.facts.get(fact)
                return algebra.nothing if code is None else code.holding(algebra, these, values)
            case All(parts):
                for part in parts:
                    if these == algebra.nothing:
                        break
                    these = self.holding(algebra, these, part)
                return these
            case Any(parts):
                found, rest = algebra.nothing, these
                for part in parts:
                    if rest == algebra.nothing:
                        break
                    more = self.holding(algebra, rest, part)
                    found = algebra.union(found, more)
                    rest = algebra.without(rest, more)
                return found
            case _:
                return algebra.without(these, self.holding(algebra, these, formula.part))
