"""The number of paths to each ending of a tree, a shortest one, and for whom it is.

A path is a sequence of answers from the start to an ending; a carry-on counts as an answer. A
question that is skipped, because its fact is known, adds no factor. A question of which several
values may be chosen has one answer for each non-empty set of them.

Paths are counted without listing them, by dynamic programming over the graph of steps in
topological order. A state is a step and the edges *decided* by the known facts at questions ahead.
Paths that agree on both have the same continuations, and are one group. See ``docs/proving.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import TypeAlias

from ..model.base import Frozen, grouped
from ..model.facts import Facts
from ..model.graph import Node, StepGraph
from ..model.library import Library
from ..model.tree import Outcome, Question
from ..walk.walk import Reply, Walk

MOST_GROUPS = 200_000
"""Groups of paths that are told apart; with more, paths are not counted."""

PEOPLE = ("teller", "age", "nation")
"""The facts that say for whom an ending is."""


class NotCounted(Exception):
    """The paths are infinitely many, or too many states are needed to count them. The message is
    one sentence that says which."""


class Path(Frozen):
    """A path to an ending: its replies, in order."""

    tree: str
    outcome: Outcome
    replies: tuple[Reply, ...]


class Ending(Frozen):
    """An ending, the number of paths to it, and one with the fewest replies (None: unreachable).

    ``people`` has those of the facts PEOPLE that are restricted here, with their values; a fact
    that is left out may have every value here, or be unknown.
    """

    tree: str
    outcome: Outcome
    paths: int
    shortest: Path | None
    people: Facts


class Counted(Frozen):
    """Every ending of a tree, then those in other trees that it leads to. ``given`` is what was
    known beforehand."""

    tree: str
    given: Facts
    endings: tuple[Ending, ...]

    @property
    def paths(self) -> int:
        """The number of all paths."""
        return sum(ending.paths for ending in self.endings)


def count(
    library: Library, tree: str, given: Facts | None = None, most: int = MOST_GROUPS
) -> Counted:
    """Count the paths of a tree on which ``given`` is known beforehand.

    Raises KeyError for an unknown tree, and NotCounted if its graph has a cycle or more than
    ``most`` groups would have to be distinguished.
    """
    return _Count(library, tree, given, most).run()


def listed(library: Library, tree: str, given: Facts | None = None) -> Iterator[Path]:
    """Every path, lazily, in the order of the answers; at an ending, first the path that stops.

    Raises KeyError for an unknown tree, and NotCounted if its graph has a cycle.
    """
    graph = StepGraph(library, tree)
    _topological_order(graph, tree)
    return _listed(graph, graph.starts[tree], Walk.begin(library, tree, given).given)


def _routing(graph: StepGraph, given: Facts) -> Mapping[str, tuple[int, ...]]:
    """The facts that may be known already when a question asks for them, with those questions."""
    nodes = enumerate(graph.nodes)
    asking = grouped((n.step.fact, number) for number, n in nodes if isinstance(n.step, Question))
    return {
        fact: tuple(questions)
        for fact, questions in asking.items()
        if graph.facts[fact] > 1 or fact in given
    }


def _topological_order(graph: StepGraph, tree: str) -> tuple[int, ...]:
    """Every step after all its predecessors. Raises NotCounted if there is a cycle."""
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for number, node in enumerate(graph.nodes):
        sorter.add(number)
        for successor in node.successors:
            sorter.add(successor, number)
    try:
        return tuple(sorter.static_order())
    except CycleError as cycle:
        raise NotCounted(
            f"The ways of {tree} lead round in a circle, so its paths have no number. "
            "To see where, run: fingerpost check"
        ) from cycle


# --- listing -------------------------------------------------------------------------------------

_At: TypeAlias = tuple[tuple[Reply, ...], int, Facts]
"""The replies so far, the node that they lead to, and the facts known there."""


def _listed(graph: StepGraph, start: int, given: Facts) -> Iterator[Path]:
    """Depth first; the stack has, for each reply on the path, its alternatives not yet tried."""
    conditions = (fact for each in graph.questions() for fact in each.when.facts)
    routing = frozenset((*_routing(graph, given), *conditions))
    waiting: list[Iterator[_At]] = [iter([((), *_met(graph, start, given))])]
    while waiting:
        at = next(waiting[-1], None)
        if at is None:
            waiting.pop()
            continue
        replies, number, _ = at
        node = graph.nodes[number]
        if isinstance(node.step, Outcome):
            yield Path(node.tree, node.step, replies)
        waiting.append(_moves(graph, at, routing))


def _moves(graph: StepGraph, at: _At, routing: frozenset[str]) -> Iterator[_At]:
    """The continuation by each reply that can be given at a node.

    Only facts that may be asked for again are tracked.
    """
    replies, number, known = at
    node = graph.nodes[number]
    if isinstance(node.step, Outcome):
        for target in node.successors:
            reply = Reply(node.tree, node.step.name)
            yield (*replies, reply), *_met(graph, target, {**known, **node.step.settles})
        return
    for values in _answers(node.step):
        goto = node.target(values)
        if goto is not None:
            reply = Reply(node.tree, node.step.name, values)
            now = {**known, node.step.fact: values} if node.step.fact in routing else known
            yield (*replies, reply), *_met(graph, goto, now)


def _met(graph: StepGraph, number: int, known: Facts) -> tuple[int, Facts]:
    """The first node from here that takes a reply, and the facts known there."""
    while True:
        node = graph.nodes[number]
        known = {**known, **dict(node.given)}
        over = node.passed_to(known)
        if over is None:
            return number, known
        number = over


def _answers(question: Question) -> Iterator[frozenset[str]]:
    """All answers to a question: single values first, then larger sets."""
    for answer in question.answers:
        yield frozenset({answer.value})
    if question.many:
        together = [answer.value for answer in question.answers if not answer.alone]
        for size in range(2, len(together) + 1):
            yield from map(frozenset, combinations(together, size))


# --- counting ------------------------------------------------------------------------------------

_Decided: TypeAlias = tuple[tuple[int, int | None], ...]
"""What known facts decide: for each question about them the node that it leads to when it is
skipped, or None if it will be asked; for each test of a condition 1 if it holds, or None."""

_People: TypeAlias = tuple[frozenset[str], ...]
"""For each of the facts PEOPLE its possible values; the empty value is unknown."""


class _Group:
    """The paths to one state: a node, and the edges decided ahead of it.

    ``paths`` is their number, ``answers`` the length of a shortest one, and ``before`` the group
    that it comes from with its last reply, which is None where a question was skipped.
    """

    __slots__ = ("answers", "before", "paths", "people")

    def __init__(
        self,
        paths: int,
        answers: int,
        people: _People,
        before: tuple[_Group, Reply | None] | None = None,
    ) -> None:
        self.paths = paths
        self.answers = answers
        self.people = people
        self.before = before

    def after(self, reply: Reply | None, told: Facts, ways: int = 1) -> _Group:
        """The paths extended by a reply that exists in ``ways`` variants and makes these facts
        known, or (None) by skipping a question."""
        answers = self.answers + (reply is not None)
        return _Group(self.paths * ways, answers, _told(self.people, told), (self, reply))

    def join(self, other: _Group) -> None:
        """Add other paths to the same state."""
        self.paths += other.paths
        self.people = tuple(a | b for a, b in zip(self.people, other.people, strict=True))
        if other.answers < self.answers:
            self.answers, self.before = other.answers, other.before

    def replies(self) -> tuple[Reply, ...]:
        """The replies of a shortest path."""
        found: list[Reply] = []
        before = self.before
        while before is not None:
            group, reply = before
            if reply is not None:
                found.append(reply)
            before = group.before
        return tuple(reversed(found))


class _Choice(Frozen):
    """Equivalent answers to a question: their number, and one with the fewest values.

    ``values`` are all that occur in any of them.
    """

    ways: int
    fewest: frozenset[str]
    values: frozenset[str]

    def or_else(self, other: _Choice) -> _Choice:
        """The union with more equivalent answers; of equally short ones the first is kept."""
        fewest = other.fewest if len(other.fewest) < len(self.fewest) else self.fewest
        return _Choice(self.ways + other.ways, fewest, self.values | other.values)

    def and_also(self, value: str) -> _Choice:
        """Each of these answers with one more value."""
        more = frozenset({value})
        return _Choice(self.ways, self.fewest | more, self.values | more)


class _Count:
    def __init__(self, library: Library, tree: str, given: Facts | None, most: int) -> None:
        self.graph = StepGraph(library, tree)
        self.tree = tree
        self.most = most
        self.order = _topological_order(self.graph, tree)
        self.given = Walk.begin(library, tree, given).given
        self.routing = _routing(self.graph, self.given)
        self.tests: dict[str, list[tuple[int, frozenset[str]]]] = {}
        self.conditions: dict[int, list[int]] = {}
        questions = [number for each in self.routing.values() for number in each]
        owners = {number: number for number in questions}
        for number, node in enumerate(self.graph.nodes):
            for fact, values in node.step.when.tests if isinstance(node.step, Question) else ():
                key = len(self.graph.nodes) + len(owners)  # no number of a node
                owners[key] = number
                self.tests.setdefault(fact, []).append((key, values))
                self.conditions.setdefault(number, []).append(key)
        self.bits = {key: 1 << place for place, key in enumerate(owners)}
        self.own: dict[int, int] = {}
        for key, number in owners.items():
            self.own[number] = self.own.get(number, 0) | self.bits[key]
        self.ahead = self.graph.ahead(self.own)
        self.at: dict[int, dict[_Decided, _Group]] = {}
        self.groups = 0

    def run(self) -> Counted:
        people = tuple(self.given.get(fact, frozenset({""})) for fact in PEOPLE)
        self._arrive(self.graph.starts[self.tree], self._decided(self.given), _Group(1, 0, people))
        ended: dict[tuple[str, str], _Group] = {}
        for number in self.order:
            groups = self.at.pop(number, {})
            node = self.graph.nodes[number]
            choices = self._choices(number, node.step) if isinstance(node.step, Question) else {}
            for decided, group in groups.items():
                self._go_on(number, decided, group, choices)
            if isinstance(node.step, Outcome) and groups:
                first, *others = groups.values()
                ended[node.place] = everyone = copy(first)
                for other in others:
                    everyone.join(other)
        return Counted(self.tree, self.given, tuple(self._endings(ended)))

    def _endings(self, ended: Mapping[tuple[str, str], _Group]) -> Iterator[Ending]:
        """The endings of the tree in the order of its file, then others in topological order."""
        trees = self.graph.library.trees
        own = ((self.tree, name) for name in trees[self.tree].outcomes)
        for tree, name in dict.fromkeys((*own, *ended)):
            outcome, group = trees[tree].outcomes[name], ended.get((tree, name))
            if group is None:
                yield Ending(tree, outcome, 0, None, {})
            else:
                shortest = Path(tree, outcome, group.replies())
                yield Ending(tree, outcome, group.paths, shortest, self._limits(group.people))

    def _limits(self, people: _People) -> Facts:
        """The facts PEOPLE that are always known here and cannot have every value."""
        told = zip(PEOPLE, people, strict=True)
        return {
            fact: values
            for fact, values in told
            if "" not in values and not values >= self._every(fact)
        }

    def _every(self, fact: str) -> frozenset[str]:
        asked = (*self.graph.questions(), *self.graph.library.questions.values())
        return frozenset(value for each in asked if each.fact == fact for value in each.values)

    def _go_on(self, number: int, decided: _Decided, group: _Group, choices: _Choices) -> None:
        """Extend the paths to a state along every edge."""
        node = self.graph.nodes[number]
        if isinstance(node.step, Outcome):
            told, reply = node.step.settles, Reply(node.tree, node.step.name)
            for target in node.successors:
                self._arrive(target, (*decided, *self._decided(told)), group.after(reply, told))
        elif (over := self._over(number, node, dict(decided))) is not None:
            self._arrive(over, decided, group.after(None, {}))
        else:
            for (target, known), choice in choices.items():
                reply = Reply(node.tree, node.step.name, choice.fewest)
                on = group.after(reply, {node.step.fact: choice.values}, choice.ways)
                self._arrive(target, (*decided, *known), on)

    def _over(self, number: int, node: Node, decided: Mapping[int, int | None]) -> int | None:
        """The node to which a question is passed over, or None."""
        if all(decided.get(key) for key in self.conditions.get(number, ())):
            return decided.get(number)
        return node.otherwise

    def _arrive(self, number: int, decided: _Decided, group: _Group) -> None:
        """Add a group to the state that it reaches: with what the tree gives, and without decided
        edges of questions that are no longer ahead. Of several for one question the last counts.
        """
        given = dict(self.graph.nodes[number].given)
        group.people = _told(group.people, given)
        ahead = self.ahead[number] | self.own.get(number, 0)
        now = dict((*decided, *self._decided(given)))
        key = tuple(
            sorted((n, to) for n, to in now.items() if to is not None and self.bits[n] & ahead)
        )
        here = self.at.setdefault(number, {})
        if key in here:
            here[key].join(group)
            return
        self.groups += 1
        if self.groups > self.most:
            raise self._too_many()
        here[key] = group

    def _too_many(self) -> NotCounted:
        return NotCounted(
            f"The paths of {self.tree} are not counted: more than {self.most:,} kinds of people "
            "would have to be told apart."
        )

    def _decided(self, facts: Facts) -> _Decided:
        over = (
            (number, self.graph.nodes[number].target(values))
            for fact, values in facts.items()
            for number in self.routing.get(fact, ())
        )
        passed = (
            (key, None if values.isdisjoint(wanted) else 1)
            for fact, values in facts.items()
            for key, wanted in self.tests.get(fact, ())
        )
        return (*over, *passed)

    def _choices(self, number: int, question: Question) -> _Choices:
        """The answers to a question, grouped by target and by the edges that they decide."""
        values = (frozenset({a.value}) for a in question.answers if a.alone or not question.many)
        single = (_Choice(1, value, value) for value in values)
        chosen: _Choices = {}
        for choice in (*self._sets(number, question), *single):
            target = self.graph.nodes[number].target(choice.fewest)
            if target is not None:
                key = target, self._decided({question.fact: choice.fewest})
                chosen[key] = chosen[key].or_else(choice) if key in chosen else choice
        return chosen

    def _sets(self, number: int, question: Question) -> Iterable[_Choice]:
        """The sets of values that may be combined, without listing them.

        The first chosen value that a question offers decides its edge, so sets with the same first
        value at each question about the fact are equivalent, if conditions hold for both.
        """
        asking = self.routing.get(question.fact, (number,))
        here = asking.index(number)
        places = [
            {value: edge for edge, (value, _) in enumerate(self.graph.nodes[n].edges)}
            for n in asking
        ]
        places += [dict.fromkeys(wanted, 0) for _, wanted in self.tests.get(question.fact, ())]
        nothing: _Firsts = (None,) * len(places)
        sets: dict[_Firsts, _Choice] = {nothing: _Choice(1, frozenset(), frozenset())}
        for answer in reversed(question.answers):
            if answer.alone or not question.many or answer.value not in places[here]:
                continue
            offered = [each.get(answer.value) for each in places]
            for firsts, choice in list(sets.items()):
                key, more = _earlier(firsts, offered), choice.and_also(answer.value)
                sets[key] = more.or_else(sets[key]) if key in sets else more
            if len(sets) > self.most:
                raise self._too_many()
        return reversed(sets.values())  # the empty set too, which leads nowhere


_Firsts: TypeAlias = tuple[int | None, ...]
"""For each question about a fact the index of the first edge with a chosen value."""

_Choices: TypeAlias = dict[tuple[int, _Decided], _Choice]


def _earlier(firsts: _Firsts, offered: list[int | None]) -> _Firsts:
    """The first edges of a set to which one more value is added."""
    pairs = zip(firsts, offered, strict=True)
    return tuple(b if a is None else a if b is None else min(a, b) for a, b in pairs)


def _told(people: _People, facts: Facts) -> _People:
    """The possible values after these facts become known."""
    return tuple(facts.get(fact, known) for fact, known in zip(PEOPLE, people, strict=True))
