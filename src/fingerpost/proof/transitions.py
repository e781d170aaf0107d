"""Symbolic transition system over (step, values of the live facts).

States at one step that agree on every live fact have the same continuations. So the work grows with
the number of such states over all steps, and not with the number of paths. Liveness, and why
forgetting the other facts loses nothing: ``docs/proving.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import product

from ..model.base import grouped
from ..model.facts import WROTE, Facts
from ..model.graph import StepGraph, union_of
from ..model.library import Library
from ..model.tree import Outcome, Question
from .encoding import Edge, Encoding, Kinds, edges_of
from .formula import Test, of
from .state_sets import PER_STEP, Assignment, StateSet, StateSets, ones

NODE_BUDGET = 200_000
"""Nodes of a decision diagram; a proof that needs more is not decided."""

BEGAN = "/began"
"""The fact that says in which tree a walk began. No author's fact has a slash in its name."""

_FACTS_AT_ONCE = 4096
"""Facts per pass of the liveness analysis, a bit each."""

_MOST_VARIABLES = 400
"""Over more variables a diagram could be deeper than Python's recursion limit."""


class Start:
    """A step graph, and what may be known at its starts.

    ``beforehand`` are facts of which one value, or none, may be known in advance: each combination
    is one of ``begun``. Facts that are always asked are left out. ``free`` has the facts of which
    anything may be known at a start, as it was typed, with their values. ``early`` are all facts
    that may be known there.
    """

    def __init__(
        self, here: StepGraph, beforehand: Mapping[str, Collection[str]] | None = None
    ) -> None:
        self.map = here
        self.begun = tuple(_beginnings(here.library, beforehand or {}))
        self._kinds: dict[tuple[tuple[str, ...], tuple[frozenset[str], ...]], Kinds] = {}
        asked = here.library.questions.get(WROTE)
        self.free = {} if asked is None else {WROTE: asked.values}
        told = (fact for facts in self.begun for fact in facts)
        self.early = frozenset((BEGAN, *told, *self.free))

    @cached_property
    def facts(self) -> Mapping[str, int]:
        """Every fact that may be known anywhere, with its rank by first occurrence."""
        every = dict.fromkeys((BEGAN, *self.map.facts, *sorted(self.early)))
        return {fact: rank for rank, fact in enumerate(every)}

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """A bit for each fact that may already be known at a step that sets it."""
        again = (
            fact
            for fact in self.facts
            if fact in self.early or self.map.facts[fact] > 1 or self.map.cyclic
        )
        return {fact: 1 << number for number, fact in enumerate(again)}

    @cached_property
    def known(self) -> list[int]:
        """For each node the ``bits`` of the facts that may be known on arriving there."""
        return self.map.known(self.bits, self.early)

    def may_know(self, number: int, fact: str) -> bool:
        """Whether a fact may be known on arriving at a node that asks for it."""
        return bool(self.known[number] & self.bits.get(fact, 0))

    @cached_property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """For each fact all values that it can have."""
        found: dict[str, dict[str, None]] = {}
        for fact, values, _ in self._assignments():
            found.setdefault(fact, {}).update(dict.fromkeys(values))
        found[BEGAN] = dict.fromkeys(self.map.starts)
        return {fact: tuple(values) for fact, values in found.items()}

    @cached_property
    def many(self) -> frozenset[str]:
        """The facts that can have several values at once."""
        return frozenset(fact for fact, _, many in self._assignments() if many)

    @cached_property
    def asked_knowing(self) -> Mapping[str, list[int]]:
        """For each fact the questions about it at which it may already be known."""
        return grouped(
            (node.step.fact, number)
            for number, node in enumerate(self.map.nodes)
            if isinstance(node.step, Question) and self.may_know(number, node.step.fact)
        )

    @cached_property
    def deciding(self) -> frozenset[str]:
        """Facts whose value, or being known, may decide an edge: a question about one with several
        successors may be skipped."""
        nodes = self.map.nodes
        return frozenset(
            fact
            for fact, asking in self.asked_knowing.items()
            if any(len(nodes[number].successors) > 1 for number in asking)
        ).union(self.conditions)

    @cached_property
    def conditions(self) -> Mapping[str, list[frozenset[str]]]:
        """The facts that decide whether questions are asked, with the values of each condition;
        without those that nothing here makes known."""
        every = (test for question in self.map.questions() for test in question.when.tests)
        return grouped((fact, values) for fact, values in every if fact in self.values)

    def kinds(self, fact: str, tests: Iterable[Test]) -> Kinds:
        """The classes of a fact's values that tests, and edges, distinguish."""
        read = (test.values for test in tests if test.fact == fact)
        key = self.values[fact], tuple(dict.fromkeys((*read, *self._told_apart(fact))))
        if key not in self._kinds:
            self._kinds[key] = Kinds(*key)  # many facts have the same values, as yes and no
        return self._kinds[key]

    def _told_apart(self, fact: str) -> Iterator[frozenset[str]]:
        """The sets of values of a known fact that edges of questions about it distinguish, and
        those that decide whether a question is asked."""
        yield from self.conditions.get(fact, ())
        for number in self.asked_knowing.get(fact, ()):
            node = self.map.nodes[number]
            assert isinstance(node.step, Question)  # only questions ask
            apart = node.step.many and len({target for _, target in node.edges}) > 1
            # Of several chosen values the first decides, so where edges diverge each value counts.
            targets = grouped((value if apart else target, value) for value, target in node.edges)
            yield from map(frozenset, targets.values())

    def _assignments(self) -> Iterator[tuple[str, Iterable[str], bool]]:
        """Everything that sets a fact: the fact, its values, and whether it may have several."""
        for node in self.map.nodes:
            told = dict(node.given)
            if isinstance(node.step, Question):
                yield node.step.fact, node.step.values, node.step.many
            else:
                told |= node.step.settles
            yield from _settled(told)
        for facts in self.begun:
            yield from _settled(facts)
        yield from ((fact, values, True) for fact, values in self.free.items())


class TransitionSystem:
    """The transitions between steps of the states of an encoding.

    ``read`` gives for a node the facts that are read there. ``live`` are, for each node, the
    tracked facts that are kept there; others are forgotten on arriving.
    """

    def __init__(
        self,
        start: Start,
        encoding: Encoding,
        sets: StateSets,
        read: Callable[[int], Collection[str]],
    ) -> None:
        self.start = start
        self.encoding = encoding
        self.sets = sets
        self.live = _live(start, encoding.facts.keys(), read)
        self._dead = _dead(start, encoding, self.live)
        self._edges: dict[int, tuple[Edge, ...]] = {}

    @property
    def took(self) -> int:
        """The work so far, in the units of ``Work``."""
        return self.sets.operations + PER_STEP * len(self.start.map.nodes)

    def initial(self, number: int, facts: Facts) -> StateSet:
        """The initial states at a node, where these facts are known: one for everything that may
        be known of the free facts."""
        told = {BEGAN: frozenset({self.start.map.nodes[number].tree}), **facts}
        states = self.encoding.assign(self.sets, self.sets.unit, told)
        for fact in self.start.free:
            if fact in self.encoding.facts:
                states = self.encoding.facts[fact].free(self.sets, states)
        return self.entering(number, states)

    def singleton(self, state: Assignment) -> StateSet:
        """The set of one state."""
        states = self.sets.unit
        for variable, value in enumerate(state):
            if value:
                states = self.sets.assign(states, variable, 1 << value)
        return states

    def leaving(self, number: int, states: StateSet) -> Iterator[tuple[int, StateSet, bool]]:
        """The image of the states at a node along each edge, before arriving: the target, the
        states, and whether it took an answer. Skipping a question takes none."""
        node = self.start.map.nodes[number]
        step = node.step
        if isinstance(step, Outcome):
            for target in node.successors:
                yield target, self.encoding.assign(self.sets, states, step.settles), True
            return
        if node.otherwise is not None:
            here = self.encoding.satisfying(self.sets, states, of(step.when))
            past = self.sets.difference(states, here)
            if past != self.sets.empty:
                yield node.otherwise, past, False
            states = here
        if states != self.sets.empty:
            yield from self._answering(number, step, states)

    def _answering(
        self, number: int, step: Question, states: StateSet
    ) -> Iterator[tuple[int, StateSet, bool]]:
        """As ``leaving``, of a question whose condition holds in these states."""
        sets, edges = self.sets, self.edges(number, step)
        encoded = self.encoding.facts.get(step.fact)
        if encoded is None:
            for target in dict.fromkeys(edge.target for edge in edges):
                yield target, states, True
            return
        asked = self.asked(number, step, states)
        rest = sets.difference(states, asked)
        if rest != sets.empty:
            for target, over in encoded.passed_over(sets, rest, edges):
                yield target, over, False
        if asked != sets.empty:
            for target, there in encoded.answered(sets, asked, edges):
                yield target, there, True

    def asked(self, number: int, question: Question, states: StateSet) -> StateSet:
        """The states in which a question is asked: its condition holds, and its fact is unknown, or
        has no value that is offered here."""
        if question.when.tests:
            states = self.encoding.satisfying(self.sets, states, of(question.when))
        encoded = self.encoding.facts.get(question.fact)
        if encoded is None or not self.start.may_know(number, question.fact):
            return states
        sets = self.sets
        offered = [edge.value for edge in self.edges(number, question)]
        return sets.difference(states, encoded.holding(sets, states, offered))

    def entering(self, number: int, states: StateSet) -> StateSet:
        """The states after arriving at a node: dead facts are forgotten, and the facts that its
        tree gives are set."""
        dead, live = self._dead[number], self.live[number]
        if dead:
            states = self.sets.project(states, dead)
        for fact, values in self.start.map.nodes[number].given:
            if fact in live:
                states = self.encoding.facts[fact].assign(self.sets, states, values)
        return states

    def clear_caches(self) -> None:
        """Drop all caches."""
        self.sets.clear_caches()
        self._edges.clear()

    def image(self, number: int, states: StateSet) -> Iterator[tuple[int, StateSet, bool]]:
        """As ``leaving``, after arriving at the targets."""
        for target, there, answered in self.leaving(number, states):
            yield target, self.entering(target, there), answered

    def edges(self, number: int, question: Question) -> tuple[Edge, ...]:
        """The answers of a question that lead somewhere."""
        found = self._edges.get(number)
        if found is None:
            found = edges_of(question, self.start.map.nodes[number].edges)
            self._edges[number] = found
        return found


def _live(
    start: Start, tracked: Collection[str], read: Callable[[int], Collection[str]]
) -> list[frozenset[str]]:
    """For each node the tracked facts that may be known there and are live: read, or deciding an
    edge, there or ahead, before the fact is always asked again. Bit-vector data-flow analysis."""
    none = frozenset[str]()
    live = [none] * len(start.map.nodes)
    facts = tuple(tracked)
    for first in range(0, len(facts), _FACTS_AT_ONCE):
        some = facts[first : first + _FACTS_AT_ONCE]
        bits = {fact: 1 << number for number, fact in enumerate(some)}
        # Many nodes have the same live facts, and share one set.
        with_these: dict[tuple[int, int], frozenset[str]] = {}
        before = tuple(live)  # keeps alive the sets whose identity is a key
        for number, here in enumerate(_live_bits(start, bits, read)):
            key = id(before[number]), here
            if key not in with_these:
                with_these[key] = before[number].union(some[at] for at in ones(here))
            live[number] = with_these[key]
    return live


def _live_bits(
    start: Start, bits: Mapping[str, int], read: Callable[[int], Collection[str]]
) -> list[int]:
    here, nodes = start.map, start.map.nodes
    asked = [bits.get(n.step.fact, 0) if isinstance(n.step, Question) else 0 for n in nodes]
    known_before = {number for numbers in start.asked_knowing.values() for number in numbers}
    reading = [
        union_of(
            bits, (*read(number), *(n.step.when.facts if isinstance(n.step, Question) else ()))
        )
        for number, n in enumerate(nodes)
    ]
    matter = [0] * len(nodes)
    changed = True
    while changed:
        changed = False
        for number in here.postorder:
            ahead = 0
            for target in nodes[number].successors:
                ahead |= matter[target]
            ahead = ahead | asked[number] if number in known_before else ahead & ~asked[number]
            ahead |= reading[number]
            changed = changed or (here.cyclic and ahead != matter[number])
            matter[number] = ahead
    return here.known(bits, start.early, matter)


def _dead(start: Start, encoding: Encoding, live: Sequence[frozenset[str]]) -> list[frozenset[int]]:
    """For each node the variables of the tracked facts that may be known on arriving, and are not
    live there."""
    here, tracked = start.map, encoding.facts.keys()
    arriving: list[set[str]] = [set() for _ in here.nodes]
    for number in here.starts.values():
        arriving[number].update(start.early.intersection(tracked))
    for number, node in enumerate(here.nodes):
        step = node.step
        told = (step.fact,) if isinstance(step, Question) else step.settles
        known = live[number].union(fact for fact in told if fact in tracked)
        for target in node.successors:
            if not known <= live[target]:
                arriving[target] |= known
    variables = cache(encoding.variables)  # many nodes have the same dead facts
    return [variables(frozenset(each - kept)) for each, kept in zip(arriving, live, strict=True)]


def transition_system(
    start: Start, tests: Collection[Test], deciding: Iterable[str], node_budget: int
) -> TransitionSystem:
    """A system that tracks the facts that tests read at endings, and those ``deciding`` an edge.

    Values that no test distinguishes are one class. Facts set last have the first variables.
    """
    read = frozenset(test.fact for test in tests if test.fact in start.values)
    tracked = sorted(read.union(deciding), key=lambda fact: -start.facts[fact])
    encoding = Encoding({fact: start.kinds(fact, tests) for fact in tracked}, start.many)
    endings = frozenset(start.map.endings)
    sets = StateSets(encoding.sizes, node_budget if len(encoding.sizes) <= _MOST_VARIABLES else 0)
    return TransitionSystem(start, encoding, sets, lambda number: read if number in endings else ())


def _beginnings(library: Library, beforehand: Mapping[str, Collection[str]]) -> Iterator[Facts]:
    """The combinations of facts known before the first question, fewest facts first."""
    open_facts = [fact for fact in beforehand if not library.always_asks(fact)]
    choices = [(None, *beforehand[fact]) for fact in open_facts]
    found = [
        {f: frozenset({v}) for f, v in zip(open_facts, chosen, strict=True) if v}
        for chosen in product(*choices)
    ]
    return iter(sorted(found, key=len))


def _settled(facts: Facts) -> Iterator[tuple[str, Iterable[str], bool]]:
    return ((fact, sorted(values), len(values) > 1) for fact, values in facts.items())
