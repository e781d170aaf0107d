"""Boxes: sets of what may be known of people, as one integer each.

A box has a bit for each value that a fact may still have, "unknown" among them, and stands for
every combination of these. What people answer to one question mostly does not depend on what they
answer to another, so a few boxes are all that can be known at a step. A test of a fact is ``&``.

A fact that may have several values at once has two bits for each value, chosen and not chosen, and
one more without which at least one of them is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import product
from operator import and_, attrgetter, or_
from typing import TypeAlias

from ..model.base import Frozen, grouped
from ..model.facts import Facts
from .formula import All, Any, Formula, Not, Test, values_by_fact

Box: TypeAlias = int
"""A bit for each value that a fact may still have. Never one that stands for nobody."""

MOST_BOXES = 2_000_000
"""Boxes that all proofs of a check may make together. The shipped library takes 450,000."""


_MOST_KNOWN = 20_000
"""Parts of formulas that are kept, compiled, for others that have them too."""


class LimitReached(Exception):
    """There are more boxes than may be made, so that the answer is not known."""


class Room:
    """How many more boxes may be made, by all proofs that share it: ``left`` of ``most``."""

    def __init__(self, most: int = MOST_BOXES) -> None:
        self.most = most
        self.left = most

    def take(self, boxes: int) -> None:
        """Make some more. Raises LimitReached if there is no room left for them."""
        self.left -= boxes
        if self.left <= 0:
            raise LimitReached


class _Literal(Frozen):
    """A test of one value or of one of some. ``yes`` and ``no`` are the bits of those of whom it is
    true and false, ``some`` those of which a box of the fact must have one."""

    yes: int
    no: int
    some: int
    length = 1

    @property
    def reads(self) -> int:
        """All bits of its fact."""
        return self.yes | self.no | self.some

    def value(self, box: Box) -> bool | _Literal:
        """Whether it is true of all in a box, of none, or else itself: it divides them."""
        if not box & self.yes:
            return False
        return self if box & self.no else True

    def sides(self, box: Box) -> Iterator[Box]:
        """The parts of a box in which it is true, and in which it is not."""
        for out, within in ((self.no, self.yes), (self.yes, self.no)):
            part = box & ~out
            if part & within and part & self.some:
                yield part


class _Parts(Frozen):
    """A disjunction (``one``: true decides it) or a conjunction (false does)."""

    parts: tuple[Compiled, ...]
    one: bool
    length: int
    reads: int

    def value(self, box: Box) -> bool | _Literal:
        """Whether it is true of all in a box, of none, or else a literal that divides them."""
        one = self.one
        divides: bool | _Literal = not one
        for part in self.parts:
            value = part.value(box)
            if value is one:
                return one
            if value is not (not one) and divides is (not one):
                divides = value
        return divides


Compiled: TypeAlias = _Literal | _Parts


class Condition:
    """A formula, for boxes; ``reads`` are all bits of the facts that it reads."""

    def __init__(self, compiled: Compiled) -> None:
        self.reads = compiled.reads
        self.compiled = compiled
        self._met: dict[Box, bool] = {}

    def within(self, box: Box, room: Room) -> Iterator[Box]:
        """The parts of a box in which it is true, no two of which overlap."""
        waiting = [box]
        while waiting:
            here = waiting.pop()
            value = self.compiled.value(here)
            if value is True:
                yield here
            elif value is not False:
                room.take(1)
                waiting += reversed([*value.sides(here)])

    def is_met(self, boxes: Iterable[Box], room: Room) -> bool:
        """Whether it is true of anybody in some boxes."""
        met, reads = self._met, self.reads
        for here in {box & reads for box in boxes}:
            known = met.get(here)
            if known is None:
                room.take(1)
                known = met[here] = next(self.within(here, room), None) is not None
            if known:
                return True
        return False


Parts: TypeAlias = Callable[[Box], Iterator[tuple[object, Box, Facts]]]
"""The parts of a box that some tests tell apart: how they see each, all people whom they see so,
and what one of those knows of what they read."""

_Kinds: TypeAlias = Sequence[tuple[object, int]]
"""The values of a fact that some tests do not tell apart: how they see them, and their bits."""


class _One:
    """The bits of a fact with one value."""

    several = False

    def __init__(self, values: Sequence[str], first: int) -> None:
        self.bits = {value: 2 << first + at for at, value in enumerate(values)}
        self.unknown = 1 << first
        self.mask = (2 << len(values)) - 1 << first
        self.fields = (self.mask,)
        self.size = len(values) + 2  # with a guard

    def known(self, values: Iterable[str]) -> int:
        """The bits where one of these is known; of none, unknown."""
        return self._of(values) or self.unknown

    def literals(self, values: Collection[str]) -> Iterator[_Literal]:
        """Tests of which one is true where one of these is known."""
        yes = self._of(values)
        if yes:
            yield _Literal(yes, self.mask & ~yes, self.mask)

    def answers(self, offered: Sequence[tuple[str, bool, int]]) -> Iterator[tuple[int, int]]:
        """The targets of a question's answers, with the bits of what is known by then."""
        for target, values in grouped((to, value) for value, _, to in offered).items():
            yield target, self._of(values)

    def read(self, box: Box) -> frozenset[str]:
        """What one person in a box may know: nothing if that is possible."""
        if box & self.unknown:
            return frozenset()
        return next(frozenset({value}) for value, bit in self.bits.items() if box & bit)

    def parts(self, kinds: _Kinds, box: Box) -> Iterator[tuple[object, int]]:
        """The parts of a box that some tests tell apart, each with how they see it."""
        if box & self.unknown:
            yield None, self.unknown
        for kind, bits in kinds:
            if box & bits:
                yield kind, box & bits

    def _of(self, values: Iterable[str]) -> int:
        bits = self.bits
        return sum({bits[value] for value in values if value in bits})


class _Several:
    """The bits of a fact that may have several values at once."""

    several = True

    def __init__(self, values: Sequence[str], first: int) -> None:
        # Of each value: not chosen, chosen, and a guard.
        self.bits = {value: 2 << first + 3 * at for at, value in enumerate(values)}
        self.none = 1 << first + 3 * len(values)
        self.chosen = sum(self.bits.values())
        self.unknown = self.chosen >> 1 | self.none
        self.mask = self.chosen | self.unknown
        self.fields = (*(bit | bit >> 1 for bit in self.bits.values()), self.none)
        self.some = self.chosen | self.none
        self.size = 3 * len(values) + 1

    def known(self, values: Iterable[str]) -> int:
        """The bits where just these are known; of none, unknown."""
        chosen = sum({self.bits[value] for value in values if value in self.bits})
        return self.chosen >> 1 & ~(chosen >> 1) | chosen if chosen else self.unknown

    def literals(self, values: Collection[str]) -> Iterator[_Literal]:
        """Tests of which one is true where one of these is chosen, in an order that is always the
        same: the first that is met decides which of two walks as short is a witness."""
        for value, bit in self.bits.items():
            if value in values:
                yield _Literal(bit, bit >> 1, self.some)

    def answers(self, offered: Sequence[tuple[str, bool, int]]) -> Iterator[tuple[int, int]]:
        """The targets of a question's answers, with the bits of what is known by then. Of several
        chosen the first decides; one that is chosen alone excludes all others."""
        together = [(value, target) for value, alone, target in offered if not alone]
        for value, alone, target in offered:
            if alone:
                yield target, self.known([value])
        while together:
            target = together[0][1]
            may_be = sum(self.bits[value] for value, _ in together)
            if all(to == target for _, to in together):
                yield target, self.chosen >> 1 | may_be
                return
            value, _ = together.pop(0)
            bit = self.bits[value]
            yield target, (self.chosen >> 1 & ~(bit >> 1)) | may_be

    def read(self, box: Box) -> frozenset[str]:
        """What one person in a box may know: as little as possible."""
        chosen = [value for value, bit in self.bits.items() if box & bit and not box & bit >> 1]
        if not chosen and not box & self.none:
            chosen = [next(value for value, bit in self.bits.items() if box & bit)]
        return frozenset(chosen)

    def parts(self, kinds: _Kinds, box: Box) -> Iterator[tuple[object, int]]:
        """The parts of a box that some tests tell apart, each with how they see it."""
        choices: list[list[tuple[object, int]]] = []
        for kind, bits in kinds:
            choice: list[tuple[object, int]] = []
            if not bits >> 1 & ~box:
                choice.append((None, ~bits))
            if may_be := box & bits:
                choice.append((kind, ~((may_be & -may_be) >> 1)))
            choices.append(choice)
        for chosen in product(*choices):
            part = reduce(and_, [keep for _, keep in chosen], box)
            if part & self.some:
                yield frozenset(kind for kind, _ in chosen if kind is not None) or None, part


class Facets:
    """The bits of all facts that may be known in a library, and what can be done with boxes.

    ``values`` has all values of each fact, ``many`` the facts that may have several at once.
    ``unknown`` is the box of those of whom nothing is known, ``anything`` that of all people.
    """

    def __init__(self, values: Mapping[str, Sequence[str]], many: Collection[str]) -> None:
        self.facts: dict[str, _One | _Several] = {}
        first = 0
        for fact, every in values.items():
            self.facts[fact] = found = (_Several if fact in many else _One)(every, first)
            first += found.size
        each = self.facts.values()
        self.unknown = sum(fact.unknown for fact in each)
        self.anything = sum(fact.mask for fact in each)
        self._fields = {
            bit: field for fact in each for field in fact.fields for bit in _bits(field)
        }
        self._several = tuple(fact for fact in each if isinstance(fact, _Several))
        # A field and its guard: adding all its bits carries into the guard unless it is empty.
        full = [f for fact in each for f in fact.fields if f.bit_count() > 1]
        self._ones = sum(full)
        self._guards = sum(1 << field.bit_length() for field in full)
        self._known: dict[tuple[Formula, bool], Compiled] = {}

    def mask(self, facts: Iterable[str]) -> int:
        """All bits of some facts."""
        return sum({self.facts[fact].mask for fact in facts if fact in self.facts})

    def is_somebody(self, box: Box) -> bool:
        """Whether what is left of a box, after ``&``, stands for anybody."""
        if (box & self._ones) + self._ones & self._guards != self._guards:
            return False
        return all(box & fact.some for fact in self._several)

    def condition(self, formula: Formula) -> Condition:
        """A formula, for boxes; a test of a fact that is nowhere known is false."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        return Condition(self._compiled(formula, want=True))

    def _compiled(self, formula: Formula, *, want: bool) -> Compiled:
        """A formula or its negation, without negations."""
        key = formula, want
        known = self._known.get(key)
        if known is None:
            match formula:
                case Test(fact, values):
                    known = self._test(fact, values, want=want)
                case Not(part):
                    known = self._compiled(part, want=not want)
                case All(parts):
                    known = self._of(parts, want=want, one=not want)
                case Any(parts):
                    known = self._of(parts, want=want, one=want)
            self._known[key] = known
        return known

    def _test(self, fact: str, values: frozenset[str], *, want: bool) -> Compiled:
        known = self.facts.get(fact)
        literals = () if known is None else tuple(known.literals(values))
        if not want:
            literals = tuple(_Literal(each.no, each.yes, each.some) for each in literals)
        return _parts(literals, one=want)

    def _of(self, formulas: Iterable[Formula], *, want: bool, one: bool) -> Compiled:
        """The parts of a formula, the plainest first."""
        found: list[Compiled] = []
        for formula in formulas:
            part = self._compiled(formula, want=want)
            found += part.parts if isinstance(part, _Parts) and part.one is one else [part]
        return _parts(sorted(found, key=attrgetter("length")), one=one)

    def merged(self, boxes: Iterable[Box]) -> list[Box]:
        """The same people in fewer boxes: two that differ in one field alone are one."""
        found = list(dict.fromkeys(boxes))
        before = len(found) + 1
        while 1 < len(found) < before:
            before = len(found)
            either, every = 0, -1
            for box in found:
                either |= box
                every &= box
            differing = either & ~every
            while differing and len(found) > 1:
                field = self._fields[differing & -differing]
                differing &= ~field
                alike: dict[int, Box] = {}
                for box in found:
                    rest = box & ~field
                    alike[rest] = alike.get(rest, 0) | box
                if len(alike) < len(found):
                    found = list(alike.values())
        return found

    def told_apart(self, tests: Iterable[Test]) -> Parts:
        """A function that parts a box as some tests see it."""
        read = {f: sets for f, sets in values_by_fact(tests).items() if f in self.facts}
        fields = {fact: self.facts[fact] for fact in read}
        others = self.anything & ~self.mask(read)
        kinds: dict[str, _Kinds] = {
            fact: [
                (kind, sum(bits))
                for kind, bits in grouped(
                    (tuple([value in test for test in sets]), bit)
                    for value, bit in fields[fact].bits.items()
                ).items()
            ]
            for fact, sets in read.items()
        }

        def parts(box: Box) -> Iterator[tuple[object, Box, Facts]]:
            of_facts = [[*f.parts(kinds[fact], box & f.mask)] for fact, f in fields.items()]
            for chosen in product(*of_facts):
                people = sum([bits for _, bits in chosen])
                known = ((fact, f.read(people & f.mask)) for fact, f in fields.items())
                facts = {fact: values for fact, values in known if values}
                yield tuple([kind for kind, _ in chosen]), others | people, facts

        return parts


def _parts(parts: Sequence[Compiled], *, one: bool) -> Compiled:
    if len(parts) == 1:
        return parts[0]
    length = 1 + sum([part.length for part in parts])
    return _Parts(tuple(parts), one, length, reduce(or_, [part.reads for part in parts], 0))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low
        mask ^= low
