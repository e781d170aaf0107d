"""How people go on from step to step, all at once, as far as some facts tell them apart.

A state is a step and the values of the facts that still matter there. Two people who arrive at a
step and agree on those facts have the same future, so the work is the sum over steps of those
combinations, and not of paths. See ``docs/proving.md`` for what is kept, what is forgotten and why
nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import prod
from typing import Generic, TypeVar

from ..model.facts import Facts
from ..model.library import Library
from ..model.map import Map
from ..model.tree import Outcome, Question
from .encoding import Coding, Kinds, Way, ways_of
from .formula import Test
from .state_sets import Diagrams
from .states import Algebra, Bits, Member

MOST_STATES = 200_000
"""How many states, or nodes of a decision diagram, may be kept before a proof is not decided."""

WIDEST = 1 << 17
"""Bits; so many combinations of what may be known are kept as one integer for each step."""

BEGAN = "/began"
"""What everybody knows: the tree in which they began. No author's fact has a slash in its name."""

_TOGETHER = 4096
"""Bits; of so many facts it is worked out at once where they matter."""

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
        self._kinds: dict[tuple[tuple[str, ...], tuple[frozenset[str], ...]], Kinds] = {}
        self.early = frozenset((BEGAN, *(fact for facts in self.begun for fact in facts)))

    @cached_property
    def facts(self) -> Mapping[str, int]:
        """Every fact that may be known anywhere, with its place in the order in which they are
        met."""
        return {
            fact: n
            for n, fact in enumerate(dict.fromkeys((BEGAN, *self.map.facts, *sorted(self.early))))
        }

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """For each fact that may be known already where it is asked or told, the bit that stands
        for it."""
        again = (
            fact
            for fact in self.facts
            if fact in self.early or self.map.facts[fact] > 1 or self.map.goes_round
        )
        return {fact: 1 << number for number, fact in enumerate(again)}

    @cached_property
    def known(self) -> list[int]:
        """For each node, as bits, those of these facts that may be known to who is there."""
        return self.map.known(self.bits, self.early)

    def may_know(self, number: int, fact: str) -> bool:
        """Whether somebody who comes to a step that asks for a fact may know it already."""
        return bool(self.known[number] & self.bits.get(fact, 0))

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
        found[BEGAN] = dict.fromkeys(self.map.starts)
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
            if isinstance(node.step, Question) and self.may_know(number, node.step.fact):
                asked.setdefault(node.step.fact, []).append(number)
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

    def kinds(self, fact: str, tests: Iterable[Test]) -> Kinds:
        """The values of a fact that tests, and the ways on, tell apart."""
        read = (test.values for test in tests if test.fact == fact)
        key = self.values[fact], tuple(dict.fromkeys((*read, *self._told_apart(fact))))
        if key not in self._kinds:
            self._kinds[key] = Kinds(*key)  # many facts have the same values, as yes and no
        return self._kinds[key]

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

    ``coding`` says which, and how finely. ``read`` says for a step what is read of those who are
    there. A fact is forgotten where nothing ahead reads it, or is decided by it.
    """

    def __init__(
        self,
        setting: Setting,
        coding: Coding[States],
        algebra: Algebra[States],
        read: Callable[[int], Collection[str]],
    ) -> None:
        self.setting = setting
        self.coding = coding
        self.algebra = algebra
        self.held = _held(setting, coding.facts.keys(), read)
        self._forgotten = _forgotten(setting, coding.facts.keys(), self.held)
        self._ways: dict[int, tuple[Way, ...]] = {}
        self._places: dict[frozenset[str], frozenset[int]] = {frozenset(): frozenset()}

    def beginning(self, start: int, facts: Facts) -> States:
        """Those who know this at a start."""
        told = {BEGAN: frozenset({self.setting.map.nodes[start].tree}), **facts}
        return self.arriving(start, self.coding.knowing(self.algebra, self.algebra.begin, told))

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
        if code is None or not self.setting.may_know(number, question.fact):
            return these
        algebra = self.algebra
        rest = algebra.without(these, code.unknown(algebra, these))
        offered = code.holding(algebra, rest, [way.value for way in self.ways(number, question)])
        return algebra.without(these, offered)

    def arriving(self, number: int, these: States) -> States:
        """Forget what does not matter any more, and take what the tree gives."""
        forgotten, held = self._forgotten[number], self.held[number]
        if forgotten:
            these = self.without_facts(these, forgotten)
        for fact, values in self.setting.map.nodes[number].given:
            if fact in held:
                these = self.coding.facts[fact].having(self.algebra, these, values)
        return these

    def without_facts(self, these: States, facts: frozenset[str]) -> States:
        """The same people, after nothing is known of some facts any more."""
        places = self._places.get(facts)
        if places is None:
            places = self._places[facts] = self.coding.places(facts)
        return self.algebra.forget(these, places)

    def rest(self) -> None:
        """Give back the room of what is worked out again if need be."""
        self.algebra.rest()
        self._ways.clear()
        self._places = {frozenset(): frozenset()}

    def going(self, number: int, these: States) -> Iterator[tuple[int, States, bool]]:
        """Where people arrive who go on from a step, as ``leaving`` says."""
        for target, there, answered in self.leaving(number, these):
            yield target, self.arriving(target, there), answered

    def ways(self, number: int, question: Question) -> tuple[Way, ...]:
        """The answers of a question that lead somewhere."""
        found = self._ways.get(number)
        if found is None:
            found = ways_of(question, self.setting.map.nodes[number].ways)
            self._ways[number] = found
        return found


def _held(
    setting: Setting, tracked: Collection[str], read: Callable[[int], Collection[str]]
) -> list[frozenset[str]]:
    """For each step those of the tracked facts that some may know there and that still matter:
    something at the step or ahead reads them, or is decided by them, before all are asked again.

    Facts are looked at some thousand at a time, as bits of one integer for each step.
    """
    nothing = frozenset[str]()
    held = [nothing] * len(setting.map.nodes)
    facts = tuple(tracked)
    for first in range(0, len(facts), _TOGETHER):
        some = facts[first : first + _TOGETHER]
        bits = {fact: 1 << number for number, fact in enumerate(some)}
        # At many steps the same facts are held, and they share one set.
        with_these: dict[tuple[int, int], frozenset[str]] = {}
        before = tuple(held)  # so that no set is gone by whose identity another is found
        for number, here in enumerate(_held_of(setting, bits, read)):
            key = id(before[number]), here
            if key not in with_these:
                with_these[key] = before[number].union(some[at] for at in _ones(here))
            held[number] = with_these[key]
    return held


def _held_of(
    setting: Setting, bits: Mapping[str, int], read: Callable[[int], Collection[str]]
) -> list[int]:
    here, nodes = setting.map, setting.map.nodes
    asked = [bits.get(n.step.fact, 0) if isinstance(n.step, Question) else 0 for n in nodes]
    known_before = {number for numbers in setting.asked_knowing.values() for number in numbers}
    reading = [_all_of(bits, read(number)) for number in range(len(nodes))]
    matter = [0] * len(nodes)
    changed = True
    while changed:
        changed = False
        for number in reversed(here.order):
            ahead = 0
            for target in nodes[number].onward:
                ahead |= matter[target]
            ahead = ahead | asked[number] if number in known_before else ahead & ~asked[number]
            ahead |= reading[number]
            changed = changed or (here.goes_round and ahead != matter[number])
            matter[number] = ahead
    return here.known(bits, setting.early, matter)


def _all_of(bits: Mapping[str, int], facts: Iterable[str]) -> int:
    together = 0
    for fact in facts:
        together |= bits.get(fact, 0)
    return together


def _ones(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while bits:
        low = bits & -bits
        bits ^= low
        yield low.bit_length() - 1


def _forgotten(
    setting: Setting, tracked: Collection[str], held: Sequence[frozenset[str]]
) -> list[frozenset[str]]:
    """For each step what some may know who come there, and what matters no more."""
    here = setting.map
    forgotten: list[set[str]] = [set() for _ in here.nodes]
    for start in here.starts.values():
        forgotten[start].update(setting.early.intersection(tracked))
    for number, node in enumerate(here.nodes):
        step = node.step
        told = (step.fact,) if isinstance(step, Question) else step.settles
        known = held[number].union(fact for fact in told if fact in tracked)
        for target in node.onward:
            if not known <= held[target]:
                forgotten[target] |= known
    shared: dict[frozenset[str], frozenset[str]] = {}
    left = (frozenset(each - kept) for each, kept in zip(forgotten, held, strict=True))
    return [shared.setdefault(each, each) for each in left]


def crowd_of(
    setting: Setting, tests: Collection[Test], deciding: Iterable[str], most: int
) -> Crowd[int]:
    """A crowd of whom the facts that tests read are tracked, and those that decide the way.

    Values that no test tells apart are one.
    """
    coding, read = _coded(setting, tests, deciding)
    if prod(coding.sizes) > min(WIDEST, most):
        return diagram_of(setting, tests, deciding, most)[0]
    return Crowd(setting, coding, Bits(coding.sizes), read)


def diagram_of(
    setting: Setting, tests: Collection[Test], deciding: Iterable[str], most: int
) -> tuple[Crowd[int], Diagrams]:
    """The same, kept as diagrams, however few there are."""
    coding, read = _coded(setting, tests, deciding)
    diagrams = Diagrams(coding.sizes, most if len(coding.sizes) <= _MOST_PLACES else 0)
    return Crowd(setting, coding, diagrams, read), diagrams


def _coded(
    setting: Setting, tests: Collection[Test], deciding: Iterable[str]
) -> tuple[Coding[int], Callable[[int], Collection[str]]]:
    """How they are written, the facts that are met last first; and what is read at each step."""
    read = frozenset(test.fact for test in tests if test.fact in setting.values)
    tracked = sorted(read.union(deciding), key=lambda fact: -setting.facts[fact])
    coding: Coding[int] = Coding({f: setting.kinds(f, tests) for f in tracked}, setting.many)
    endings = frozenset(setting.map.endings)
    return coding, lambda number: read if number in endings else ()


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
