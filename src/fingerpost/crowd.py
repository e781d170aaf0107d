"""How people go on from step to step, all at once, as far as some facts tell them apart.

A state is a step and the values of the facts that still matter there. Two people who arrive at a
step and agree on those facts have the same future, so the work is the sum over steps of those
combinations, and not of paths. See ``docs/proving.md`` for what is kept, what is forgotten and why
nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from math import prod
from typing import Generic, TypeVar

from .coding import Coding, Kinds, Way, ways_of
from .conditions import Facts
from .diagram import Diagrams
from .formulas import Test
from .map import Map
from .model import Library, Outcome, Question
from .states import Algebra, Bits, Member

MOST_STATES = 200_000
"""How many states, or nodes of a decision diagram, may be kept before a proof is not decided."""

WIDEST = 1 << 17
"""Bits; so many combinations of what may be known are kept as one integer for each step."""

_MOST_PLACES = 400
"""A diagram over more places would be deeper than Python calls."""

States = TypeVar("States")


class Setting:
    """A map, and what those who begin on it may know.

    ``given`` are facts known in advance. ``beforehand`` are facts of which one value may be known
    in advance, or none: each possibility counts. Facts that are always asked are taken from
    neither.
    """

    def __init__(
        self,
        here: Map,
        given: Facts | None = None,
        beforehand: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.map = here
        self.begun = tuple(_beginnings(here.library, given or {}, beforehand or {}))
        self.early = frozenset(fact for facts in self.begun for fact in facts)

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """For each fact that may be known anywhere, the bit that stands for it."""
        bits = dict(self.map.bits)
        for fact in sorted(self.early - bits.keys()):
            bits[fact] = 1 << len(bits)
        return bits

    @cached_property
    def known(self) -> list[int]:
        """For each node, as bits, the facts that may be known to who is there."""
        return self.map.known(self.bits, self.early)

    @cached_property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """For each of these facts every value that anybody can have."""
        found: dict[str, dict[str, None]] = {}
        for node in self.map.nodes:
            told = dict(node.given)
            if isinstance(node.step, Question):
                found.setdefault(node.step.fact, {}).update(dict.fromkeys(node.step.values))
            else:
                told |= node.step.settles
            for fact, values in told.items():
                found.setdefault(fact, {}).update(dict.fromkeys(sorted(values)))
        for facts in self.begun:
            for fact, values in facts.items():
                found.setdefault(fact, {}).update(dict.fromkeys(sorted(values)))
        return {fact: tuple(values) for fact, values in found.items()}

    @cached_property
    def many(self) -> frozenset[str]:
        """The facts of which several values may be chosen."""
        several = {
            fact for facts in self.begun for fact, values in facts.items() if len(values) > 1
        }
        for node in self.map.nodes:
            told = dict(node.given)
            if isinstance(node.step, Question):
                several |= {node.step.fact} if node.step.many else set()
            else:
                told |= node.step.settles
            several |= {fact for fact, values in told.items() if len(values) > 1}
        return frozenset(several)

    @cached_property
    def asked_knowing(self) -> Mapping[str, tuple[int, ...]]:
        """For each fact the questions about it that somebody may meet who knows it already."""
        asked: dict[str, list[int]] = {}
        for number, node in enumerate(self.map.nodes):
            fact = node.step.fact if isinstance(node.step, Question) else ""
            if fact and self.known[number] & self.bits[fact]:
                asked.setdefault(fact, []).append(number)
        return {fact: tuple(numbers) for fact, numbers in asked.items()}

    @cached_property
    def deciding(self) -> frozenset[str]:
        """Facts of which it may decide the way whether they are known: where a question is
        passed over by some, and its ways part."""
        nodes = self.map.nodes
        return frozenset(
            fact
            for fact, asking in self.asked_knowing.items()
            if any(len(nodes[number].onward) > 1 for number in asking)
        )

    def kinds(self, fact: str, tests: Iterable[Test], *, finely: bool) -> Kinds:
        """The values of a fact that tests, and the ways on, tell apart; or each one."""
        if finely:
            return Kinds(self.values[fact], (frozenset({v}) for v in self.values[fact]))
        read = (test.values for test in tests if test.fact == fact)
        return Kinds(self.values[fact], (*read, *self._told_apart(fact)))

    def _told_apart(self, fact: str) -> Iterator[frozenset[str]]:
        """What decides the way of someone who meets a question about a fact that is known."""
        for number in self.asked_knowing.get(fact, ()):
            node = self.map.nodes[number]
            assert isinstance(node.step, Question)  # only questions ask
            apart = node.step.many and len(node.onward) > 1
            # Of several chosen values the first decides, so where they part each counts.
            onward: dict[object, set[str]] = {}
            for value, target in node.ways:
                onward.setdefault(value if apart else target, set()).add(value)
            yield from map(frozenset, onward.values())


class Crowd(Generic[States]):
    """How people go from step to step, of whom some facts are tracked and no others.

    ``kinds`` says which, and how finely. ``read`` are those that are kept for whoever reads them
    later; the others only decide the way, and are forgotten where they decide nothing any more.
    """

    def __init__(
        self,
        setting: Setting,
        kinds: Mapping[str, Kinds],
        coding: Coding[States],
        algebra: Algebra[States],
        read: Collection[str],
    ) -> None:
        self.setting = setting
        self.kinds = dict(kinds)
        self.coding = coding
        self.algebra = algebra
        self._ways: dict[int, tuple[Way, ...]] = {}
        self._lost: dict[int, Facts] = {}
        deciding = [fact for fact in coding.facts if fact not in read]
        marks: dict[int, int] = {}
        for fact in deciding:
            for number in setting.asked_knowing[fact]:
                marks[number] = marks.get(number, 0) | setting.bits[fact]
        self._deciding = tuple((fact, setting.bits[fact]) for fact in deciding)
        self._ahead = setting.map.ahead(marks) if deciding else []

    def beginning(self, start: int, facts: Facts) -> States:
        """Those who know this at a start."""
        return self.arriving(start, self.coding.knowing(self.algebra, self.algebra.begin, facts))

    def one(self, member: Member) -> States:
        """The set of one state."""
        these = self.algebra.begin
        for place, digit in enumerate(member):
            if digit:
                these = self.algebra.put(these, place, 1 << digit)
        return these

    def leaving(self, number: int, these: States) -> Iterator[tuple[int, States, bool]]:
        """Where people go from a step: the node, who goes there, and whether it took an answer.

        To pass over a question takes none.
        """
        node = self.setting.map.nodes[number]
        step = node.step
        if isinstance(step, Outcome):
            for target in node.onward:
                yield target, self.coding.knowing(self.algebra, these, step.settles), True
            return
        code = self.coding.facts.get(step.fact)
        if code is None:
            for target in node.onward:
                yield target, these, True
            return
        algebra, ways, nothing = self.algebra, self.ways(number, step), self.algebra.nothing
        asked = self.asked(number, step, these)
        rest = algebra.without(these, asked)
        if rest != nothing:
            for target, over in code.passed_over(algebra, rest, ways):
                yield target, over, False
        if asked != nothing:
            for target, there in code.answered(algebra, asked, ways):
                yield target, there, True

    def asked(self, number: int, question: Question, these: States) -> States:
        """Those who do not pass over a question: nobody has asked them, or what they are known to
        have answered is no answer here."""
        code = self.coding.facts.get(question.fact)
        if code is None or not self.setting.known[number] & self.setting.bits[question.fact]:
            return these
        algebra = self.algebra
        rest = algebra.without(these, code.unknown(algebra, these))
        offered = code.holding(algebra, rest, [way.value for way in self.ways(number, question)])
        return algebra.without(these, offered)

    def arriving(self, number: int, these: States) -> States:
        """Take what the tree gives, and forget what decides nothing any more."""
        changes = self._lost.get(number)
        if changes is None:
            changes = self._lost[number] = dict(self._changes(number))
        return self.coding.knowing(self.algebra, these, changes) if changes else these

    def going(
        self, number: int, these: States, within: Collection[int] | None = None
    ) -> Iterator[tuple[int, States, bool]]:
        """Where people arrive who go on from a step, as ``leaving`` says; or only those who
        arrive within some nodes."""
        for target, there, answered in self.leaving(number, these):
            if within is None or target in within:
                yield target, self.arriving(target, there), answered

    def ways(self, number: int, question: Question) -> tuple[Way, ...]:
        """The answers of a question that lead somewhere."""
        found = self._ways.get(number)
        if found is None:
            found = ways_of(question, self.setting.map.nodes[number].ways)
            self._ways[number] = found
        return found

    def _changes(self, number: int) -> Facts:
        known = self.setting.known[number]
        given = self.setting.map.nodes[number].given
        changes = {fact: values for fact, values in given if fact in self.coding.facts}
        for fact, bit in self._deciding:
            if known & bit and not self._ahead[number] & bit:
                changes[fact] = frozenset()
        return changes


def crowd_of(
    setting: Setting, tests: Collection[Test], deciding: Iterable[str], most: int, finely: bool
) -> Crowd[int]:
    """A crowd of whom the facts that tests read are tracked, and those that decide the way.

    If ``finely``, each value of a fact with one answer is told apart, whatever the tests read.
    """
    read = dict.fromkeys(test.fact for test in tests if test.fact in setting.values)
    tracked = dict.fromkeys((*(f for f in deciding if f not in read), *read))
    kinds = {
        fact: setting.kinds(fact, tests, finely=finely and fact not in setting.many)
        for fact in sorted(tracked, key=lambda fact: (fact in read, setting.bits[fact]))
    }
    coding: Coding[int] = Coding(kinds, setting.many)
    algebra: Algebra[int]
    if prod(coding.sizes) <= min(WIDEST, most):
        algebra = Bits(coding.sizes)
    else:
        algebra = Diagrams(coding.sizes, most if len(coding.sizes) <= _MOST_PLACES else 0)
    return Crowd(setting, kinds, coding, algebra, read)


def _beginnings(
    library: Library, given: Facts, beforehand: Mapping[str, Collection[str]]
) -> Iterator[Facts]:
    """What may be known before the first question, least first."""
    asked = {f: v for f, v in given.items() if not library.always_asks(f)}
    open_facts = [f for f in beforehand if f not in given and not library.always_asks(f)]
    choices = [(None, *beforehand[fact]) for fact in open_facts]
    found = [
        asked | {f: frozenset({v}) for f, v in zip(open_facts, chosen, strict=True) if v}
        for chosen in product(*choices)
    ]
    return iter(sorted(found, key=len))
