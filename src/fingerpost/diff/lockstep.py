"""Lockstep exploration of two libraries by the same answers: the product of their step graphs.

A state is a step of each library and the facts known there. A question that both ask is answered
once; one that only one of them asks now is answered there, and the answer is kept until the other
asks. As in a proof, facts are kept only while they are live, and values that no test
distinguishes are one class.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import combinations, product
from typing import TypeAlias

from ..model.base import Frozen, grouped
from ..model.facts import WROTE, Facts
from ..model.graph import Node, Place, StepGraph
from ..model.library import Library
from ..model.tree import Outcome, Question
from ..proof.dependencies import of
from ..proof.formula import Test, values_by_fact
from ..proof.prover import BEFOREHAND
from ..proof.witness import Witness
from ..walk.walk import Reply

MOST_STATES = 100_000
"""States; a comparison that takes more is not decided."""

_Known: TypeAlias = frozenset[tuple[str, frozenset[str]]]


class _At(Frozen):
    """A position in one library: the number of the step, and the facts known there."""

    number: int
    known: _Known


class State(Frozen):
    """A position in both libraries.

    ``said`` are answers that only one of them has asked for so far. ``unlike`` are facts that may
    differ: asked in one only, given by a tree or set by a carry-on.
    """

    old: _At
    new: _At
    said: _Known
    unlike: frozenset[str]

    @property
    def at(self) -> tuple[_At, _At]:
        """The position in each."""
        return self.old, self.new


class Pair(Frozen):
    """Endings reached by the same answers, and the facts that each library then knows.

    ``old_facts`` and ``new_facts`` have the facts that tests read; of values that no test
    distinguishes, one that represents all. ``unlike`` are facts, read or not, that may differ
    between the libraries. ``answers`` is the least number of answers.
    """

    old: Place
    new: Place
    old_facts: Facts
    new_facts: Facts
    unlike: frozenset[str]
    answers: int
    state: State


_Said: TypeAlias = tuple[Reply | None, Reply | None]
"""The reply in the old library and in the new one; None where it does not ask."""


class Together(Frozen):
    """The result from the start of one tree. If ``complete`` is false a limit was reached.

    Pairs that take fewer answers come first.
    """

    tree: str
    pairs: tuple[Pair, ...]
    states: int
    complete: bool
    _before: Mapping[State, tuple[State, _Said]]
    _begun: Mapping[State, Facts]

    def ways(self, state: State) -> tuple[Witness, Witness]:
        """A shortest walk to a state, in the old library and in the new one."""
        said: list[_Said] = []
        while (step := self._before.get(state)) is not None:
            state, replies = step
            said.append(replies)
        given = self._begun[state]
        old = tuple(reply for reply, _ in reversed(said) if reply is not None)
        new = tuple(reply for _, reply in reversed(said) if reply is not None)
        return Witness(self.tree, given, old), Witness(self.tree, given, new)


def together(
    old: Side,
    new: Side,
    tests: Iterable[Test],
    most: int = MOST_STATES,
    changed: Collection[Place] | None = None,
) -> Together:
    """Explore a tree that both libraries have, for a comparison that reads facts through ``tests``.

    At most ``most`` states are explored. With ``changed``, all steps that lead on otherwise, nobody
    is followed who comes to none of them: both libraries show these people the same steps.
    """
    read = dict.fromkeys((*tests, *old.conditions, *new.conditions))
    ahead = None if changed is None else old.leading_to(changed) | new.leading_to(changed)
    return _Exploration(old, new, tuple(read), most, ahead).run()


class Side:
    """One of the two libraries, read without an error: the steps reachable from a tree's start.

    Made once for a tree and used for each comparison. ``places`` are those steps, and (tree, "")
    for each of their trees.
    """

    def __init__(self, library: Library, tree: str) -> None:
        self.library = library
        self.tree = tree
        graph = StepGraph(library, tree)
        self.graph = graph
        self.nodes = graph.nodes
        self.places = frozenset(p for n in self.nodes for p in (n.place, (n.tree, "")))
        self.start = graph.starts[tree]
        self.values = values_of(every_question(library))
        asked = [(n.step.fact, i) for i, n in enumerate(self.nodes) if isinstance(n.step, Question)]
        self.routing = [
            Test(fact, values) for fact, n in asked for values in self.nodes[n].values_by_target()
        ]
        self.conditions = tuple(t for q in graph.questions() for t in of(q.when))
        asking = grouped(asked)
        self.asked_twice = frozenset(fact for fact, asked in asking.items() if len(asked) > 1)
        self._bits = {fact: 1 << bit for bit, fact in enumerate(asking)}
        own = {number: self._bits[fact] for fact, asked in asking.items() for number in asked}
        self._asked = [own.get(n, 0) | ahead for n, ahead in enumerate(graph.ahead(own))]

    def leading_to(self, places: Collection[Place]) -> frozenset[Place]:
        """Those of some steps that are here, and all steps that lead to one of them; (tree, "") is
        any step of a tree."""
        of_trees = {tree for tree, step in places if not step}
        nodes = enumerate(self.nodes)
        own = {n: 1 for n, node in nodes if node.place in places or node.tree in of_trees}
        ahead = self.graph.ahead(own)
        return frozenset(self.nodes[n].place for n, any_ in enumerate(ahead) if any_ or n in own)

    def asks(self, number: int, fact: str) -> bool:
        """Whether a fact is asked at a step or ahead of it."""
        return bool(self._asked[number] & self._bits.get(fact, 0))


def every_question(library: Library) -> Iterator[Question]:
    """The shared questions of a library, then those of each tree."""
    yield from library.questions.values()
    for tree in library.trees.values():
        yield from tree.questions.values()


def values_of(questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """The values of each fact that questions ask about."""
    values = grouped((question.fact, value) for question in questions for value in question.values)
    return {fact: tuple(dict.fromkeys(of_fact)) for fact, of_fact in values.items()}


_Representatives: TypeAlias = Mapping[str, Mapping[str, str]]
"""For each fact and value the representative of its class."""


def _representatives(sides: Collection[Side], tests: Iterable[Test]) -> _Representatives:
    """The classes of values that tests distinguish, for each fact that they read."""
    found: dict[str, Mapping[str, str]] = {}
    for fact, read in values_by_fact(tests).items():
        first: dict[tuple[bool, ...], str] = {}
        values = dict.fromkeys(v for side in sides for v in side.values.get(fact, ()))
        if values:
            kinds = {value: tuple(value in test for test in read) for value in values}
            found[fact] = {value: first.setdefault(kinds[value], value) for value in values}
    return found


_Edge: TypeAlias = tuple[int, Facts, Reply]
"""An edge in one library: its target, the facts that it makes known, and the reply."""

_Move: TypeAlias = tuple[State | None, _Said, int]
"""The next state (None if there is none), the replies, and the number of answers they take."""


class _Exploration:
    """Breadth-first by the number of answers: the first path to a state is a shortest.

    While a fact may still be asked, its values are also distinguished by their targets.
    """

    def __init__(
        self,
        old: Side,
        new: Side,
        tests: tuple[Test, ...],
        most: int,
        ahead: frozenset[Place] | None,
    ) -> None:
        self.sides = (old, new)
        self.ahead = ahead
        self.most = most
        self.tracked = frozenset(test.fact for test in tests)
        self.while_asked = _representatives(self.sides, (*tests, *old.routing, *new.routing))
        # Called very often, mostly with the same arguments.
        self.read = cache(partial(_as_one, _representatives(self.sides, tests)))
        self.kept = cache(partial(_as_one, self.while_asked))
        self.again = old.asked_twice | new.asked_twice
        self.complete = True
        self.seen: set[State] = set()
        self.before: dict[State, tuple[State, _Said]] = {}
        self.begun: dict[State, Facts] = {}
        self.pairs: list[Pair] = []

    def run(self) -> Together:
        """Explore the states that take no answers, then those that take one more, and so on."""
        beginnings = sorted(self._beginnings(), key=len)
        answers, last = 0, len(beginnings[-1])
        waiting: list[tuple[State, State | None, _Said]] = []
        while waiting or answers <= last:
            now = [*waiting, *self._begin(f for f in beginnings if len(f) == answers)]
            waiting = []
            for state, earlier, said in now:  # grows by states that take no further answer
                if state in self.seen:
                    continue
                if len(self.seen) >= self.most:
                    return self._found(complete=False)
                self.seen.add(state)
                if earlier is not None:
                    self.before[state] = (earlier, said)
                if all(isinstance(node.step, Outcome) for node in self._nodes(state)):
                    self.pairs.append(self._pair(state, answers))
                for after, replies, cost in self._moves(state):
                    if after is not None:
                        (waiting if cost else now).append((after, state, replies))
            answers += 1
        return self._found(complete=self.complete)

    def _found(self, *, complete: bool) -> Together:
        tree, pairs, states = self.sides[0].tree, tuple(self.pairs), len(self.seen)
        return Together(tree, pairs, states, complete, self.before, self.begun)

    def _beginnings(self) -> Iterator[Facts]:
        """The combinations of tracked facts that may be known before the first question. Of the
        kinds of danger that were typed it is none or all: each adds to a page, whatever the others
        do, and each by itself would take as long as all."""
        libraries = [side.library for side in self.sides]
        early: list[tuple[tuple[str, frozenset[str]] | None, ...]] = []
        for fact in (*BEFOREHAND, WROTE):
            if fact not in self.tracked or any(each.always_asks(fact) for each in libraries):
                continue
            asked = [each.questions[fact].values for each in libraries if fact in each.questions]
            both = [v for v in (asked[0] if asked else ()) if all(v in other for other in asked)]
            alike = dict.fromkeys(self.while_asked[fact][value] for value in both)
            each = [frozenset(alike)] if fact == WROTE else [frozenset({v}) for v in alike]
            early.append((None, *((fact, values) for values in each if values)))
        for chosen in product(*early):
            yield dict(filter(None, chosen))

    def _begin(self, beginnings: Iterable[Facts]) -> Iterator[tuple[State, None, _Said]]:
        for facts in beginnings:
            old, new = (self._arrive(side, side.start, facts, {}) for side in self.sides)
            first = self._state((old, new), {})
            if first is not None and first not in self.begun:
                self.begun[first] = facts
                yield first, None, (None, None)

    def _nodes(self, here: State) -> tuple[Node, Node]:
        old, new = self.sides
        return old.nodes[here.old.number], new.nodes[here.new.number]

    def _goes_on_alike(self, here: State) -> bool:
        old, new = self._nodes(here)
        is_same = old.place == new.place and here.old.known == here.new.known
        is_past = self.ahead is not None and old.place not in self.ahead
        return is_same and is_past and not (here.said or here.unlike)

    def _pair(self, here: State, answers: int) -> Pair:
        old, new = self._nodes(here)
        old_facts, new_facts = (
            {fact: self.read(fact, values) for fact, values in at.known if fact in self.tracked}
            for at in here.at
        )
        return Pair(old.place, new.place, old_facts, new_facts, here.unlike, answers, here)

    # Transitions

    def _moves(self, here: State) -> Iterator[_Move]:
        old, new = (node.step for node in self._nodes(here))
        if self._goes_on_alike(here):
            return
        if isinstance(old, Outcome) and isinstance(new, Outcome):
            if old.carry_on is not None and new.carry_on is not None:
                yield self._carry_on(here, old.settles.keys() | new.settles.keys())
        elif not isinstance(old, Question):
            assert isinstance(new, Question)  # the two are not both endings
            yield from self._ask_one(here, new, 1)
        elif not isinstance(new, Question):
            yield from self._ask_one(here, old, 0)
        elif old.fact == new.fact:
            yield from self._ask_both(here, old, new)
        else:
            # A question that the other library never asks comes first, to stay in step.
            new_waits, old_waits = (
                side.asks(at.number, question.fact)
                for side, at, question in zip(self.sides, here.at, (new, old), strict=True)
            )
            old_first = new_waits or not old_waits
            yield from self._ask_one(here, *((old, 0) if old_first else (new, 1)))

    def _carry_on(self, here: State, settled: Collection[str]) -> _Move:
        old, new = (
            (node.successors[0], node.step.settles, Reply(*node.place))
            for node in self._nodes(here)
            if isinstance(node.step, Outcome)
        )
        said = {fact: values for fact, values in here.said if fact not in settled}
        return self._move(here, (old, new), said)

    def _ask_both(self, here: State, old: Question, new: Question) -> Iterator[_Move]:
        said = {fact: values for fact, values in here.said if fact != old.fact}
        for values in self._choices(here, (old, new)):
            edges = self._edge(here, old, 0, values), self._edge(here, new, 1, values)
            if None not in edges:  # an answer that one library refuses is given in neither
                yield self._move(here, edges, said)

    def _ask_one(self, here: State, question: Question, asks: int) -> Iterator[_Move]:
        """One library asks; the other waits, and the answer is kept for it."""
        fact, said = question.fact, dict(here.said)
        kept = said.get(fact)
        for values in self._choices(here, (question,)) if kept is None else (kept,):
            edge = self._edge(here, question, asks, values)
            if edge is not None:  # a kept answer may not be offered here
                edges = (None, edge) if asks else (edge, None)
                is_new = kept is None
                yield self._move(here, edges, {**said, fact: values}, fact, is_new=is_new)

    def _edge(
        self, here: State, question: Question, asks: int, values: frozenset[str]
    ) -> _Edge | None:
        """The edge of an answer in the library that asks; None if it is not offered there."""
        node = self._nodes(here)[asks]
        target = node.target(values) if values <= dict(node.edges).keys() else None
        reply = Reply(*node.place, values)
        return None if target is None else (target, {question.fact: values}, reply)

    def _move(
        self,
        here: State,
        edges: tuple[_Edge | None, _Edge | None],
        said: Facts,
        asked: str = "",
        *,
        is_new: bool = True,
    ) -> _Move:
        """Follow an edge in each library, or (None) wait there. ``asked`` is the fact that one asks
        by itself; unless the answer ``is_new``, the other has asked for it before."""
        old, new = (
            self._arrive(side, edge[0], dict(at.known), edge[1]) if edge else (at, {})
            for side, at, edge in zip(self.sides, here.at, edges, strict=True)
        )
        old_said, new_said = (edge and edge[2] for edge in edges)
        same = set() if is_new else {asked}
        return self._state((old, new), said, here.unlike, same), (old_said, new_said), int(is_new)

    def _choices(self, here: State, asking: tuple[Question, ...]) -> Iterator[frozenset[str]]:
        """All answers, up to values of one class."""
        fact = asking[0].fact
        answers = {a.value: a for question in asking for a in question.answers}
        one = self.while_asked[fact]
        for value in dict.fromkeys(one[value] for value in answers):
            yield frozenset({value})
        if not any(question.many for question in asking) or not self._sets_count(here, fact):
            return
        alone = {a.value for question in asking for a in question.answers if a.alone}
        several = tuple(dict.fromkeys(one[value] for value in answers if value not in alone))
        if 1 << len(several) > self.most:
            self.complete = False
            return
        for size in range(2, len(several) + 1):
            yield from map(frozenset, combinations(several, size))

    def _sets_count(self, here: State, fact: str) -> bool:
        """Whether combinations of values matter; otherwise the first value alone decides."""
        if fact in self.tracked or fact in self.again:
            return True
        old, new = (
            [(value, side.nodes[target].place) for value, target in node.edges]
            for side, node in zip(self.sides, self._nodes(here), strict=True)
        )
        return old != new

    # Positions

    def _arrive(
        self, side: Side, number: int, known: Facts, learnt: Facts
    ) -> tuple[_At | None, Facts]:
        """Skip questions whose facts are known, and forget facts that are not live.

        Returns the position, None if skipping runs into a cycle (a mistake of the tree), and the
        facts newly known.
        """
        new = dict(learnt)
        met: set[int] = set()
        while number not in met:
            met.add(number)
            node = side.nodes[number]
            new |= node.given
            over = node.passed_to({**known, **new})
            if over is None:
                return _At(number, self._kept(side, number, {**known, **new})), new
            number = over
        self.complete = False
        return None, new

    def _kept(self, side: Side, number: int, known: Facts) -> _Known:
        return frozenset(
            (fact, self.kept(fact, values) if ahead else self.read(fact, values))
            for fact, values in known.items()
            if (ahead := side.asks(number, fact)) or fact in self.tracked
        )

    def _state(
        self,
        arrived: tuple[tuple[_At | None, Facts], tuple[_At | None, Facts]],
        said: Facts,
        unlike: frozenset[str] = frozenset(),
        same: Collection[str] = (),
    ) -> State | None:
        """The position in both. ``same`` are facts that both have been told now."""
        (old_at, old_learnt), (new_at, new_learnt) = arrived
        if old_at is None or new_at is None:
            return None
        every = old_learnt.keys() | new_learnt.keys()
        alike = {fact for fact in every if old_learnt.get(fact) == new_learnt.get(fact)}
        old, new = self.sides
        return State(
            old_at,
            new_at,
            frozenset(
                (fact, values)
                for fact, values in said.items()
                if _waits(old, old_at, fact) or _waits(new, new_at, fact)
            ),
            (unlike | every) - alike - {*same},
        )


def _waits(side: Side, at: _At, fact: str) -> bool:
    """Whether one library has a fact still to ask."""
    return side.asks(at.number, fact) and all(fact != known for known, _ in at.known)


def _as_one(one: _Representatives, fact: str, values: frozenset[str]) -> frozenset[str]:
    """The representatives of these values."""
    stands = one.get(fact, {})
    return frozenset(stands.get(value, value) for value in values)
