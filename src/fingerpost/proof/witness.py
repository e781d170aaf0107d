"""Shortest witnesses: the fewest answers that lead to a state at an ending.

Breadth-first, so slower than ``reachability.py``; needed only where a proof fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import product

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.graph import StepGraph
from ..model.library import Library
from ..model.tree import Outcome
from ..page.rules import Arrival
from ..walk.walk import Reply
from .formula import Formula, Test
from .state_sets import Assignment, LimitReached, StateSet
from .transitions import NODE_BUDGET, Start, TransitionSystem, transition_system


class Witness(Frozen):
    """A walk that demonstrates a result: the tree in which it starts, the facts known before its
    first question, and its replies."""

    tree: str
    given: Facts
    replies: tuple[Reply, ...]

    def words(self, library: Library) -> tuple[str, ...]:
        """The answers of the walk in order, each as FACT=VALUE. A carry-on contributes only the
        facts that it sets."""
        said = [f"{fact}={','.join(sorted(values))}" for fact, values in self.given.items()]
        for reply in self.replies:
            step = library.trees[reply.tree].step(reply.step)
            if not isinstance(step, Outcome) and step is not None:
                values = (value for value in step.values if value in reply.values)
                said.append(f"{step.fact}={','.join(values)}")
            elif step is not None and step.carry_on is not None:
                settled = step.carry_on.sets.items()
                said += [f"{fact}={','.join(sorted(values))}" for fact, values in settled]
        return tuple(said)


class State(Frozen):
    """A state of an exploration that counts answers: a node, the assignment there, and the least
    number of answers that leads to it. Each fact that is known beforehand counts as one, but what
    was typed counts as none."""

    node: int
    assignment: Assignment
    answers: int


class CountedArrival(Arrival):
    """An arrival with the ``state`` of its exploration.

    Of values that no test distinguishes ``facts`` has one that represents all.
    """

    state: State

    @property
    def answers(self) -> int:
        """The least number of answers that leads to it."""
        return self.state.answers


class _Layer(Frozen):
    """The states first reached at a node by this number of answers; ``turn`` orders discovery."""

    answers: int
    turn: int
    states: StateSet


class Explored:
    """The result of an exploration. If ``complete`` is false the node budget was spent, and
    nothing is proved."""

    def __init__(
        self, system: TransitionSystem, layers: Mapping[int, list[_Layer]], *, complete: bool
    ) -> None:
        self._system = system
        self._layers = layers
        self.complete = complete

    @property
    def took(self) -> int:
        """The work that the exploration was."""
        return self._system.took

    @cached_property
    def arrivals(self) -> tuple[CountedArrival, ...]:
        """Every ending in every state in which it is reached; the fewest answers first."""
        return tuple(self.arriving())

    def arriving(self, only: Mapping[int, Formula] | None = None) -> Iterator[CountedArrival]:
        """The arrivals, lazily; ``only`` restricts them to endings, each with a formula.

        Raises LimitReached if the formula cannot be evaluated.
        """
        sets, encoding = self._system.sets, self._system.encoding
        nodes = self._system.start.map.nodes
        numbers = self._system.start.map.endings if only is None else only
        found = sorted(
            (layer.answers, layer.turn, number, layer.states)
            for number in numbers
            for layer in self._layers.get(number, ())
        )
        for answers, _, number, states in found:
            node = nodes[number]
            assert isinstance(node.step, Outcome)  # it is one of the map's endings
            those = states if only is None else encoding.satisfying(sets, states, only[number])
            for member in sets.members(those):
                state = State(number, member, answers)
                yield CountedArrival(node.tree, node.step, encoding.decoded(member), state)

    def witness(self, state: State) -> Witness:
        """One shortest walk to a state. Raises LimitReached if the node budget is spent."""
        back = [(state, None), *self._back(state)]
        first, _ = back[-1]
        given = self._begun(first)
        assert given is not None  # that is where going back ends
        tree = self._system.start.map.nodes[first.node].tree
        return Witness(tree, given, tuple(reply for _, reply in reversed(back) if reply))

    def _begun(self, state: State) -> Facts | None:
        """The facts known in an initial state; None if it is not initial."""
        system = self._system
        if state.node not in system.start.map.starts.values():
            return None
        here = system.singleton(state.assignment)
        known = system.encoding.decoded(state.assignment)
        typed = {fact: known[fact] for fact in system.start.free if fact in known}
        return next(
            (
                {**facts, **typed}
                for facts in system.start.begun
                if len(facts) == state.answers
                and self._has(system.initial(state.node, facts), here)
            ),
            None,
        )

    def _back(self, state: State) -> Iterator[tuple[State, Reply | None]]:
        """Each state on the path back to a start, with the reply that follows it."""
        turn = self._turn(state)
        while self._begun(state) is None:
            state, reply, turn = self._before(state, turn)
            yield state, reply

    def _turn(self, state: State) -> int:
        here = self._system.singleton(state.assignment)
        return next(
            layer.turn for layer in self._layers[state.node] if self._has(layer.states, here)
        )

    def _has(self, states: StateSet, one: StateSet) -> bool:
        sets = self._system.sets
        return sets.difference(one, states) == sets.empty

    def _before(self, state: State, turn: int) -> tuple[State, Reply | None, int]:
        """A predecessor of this state, the reply between them, and its turn."""
        system, here = self._system, self._system.singleton(state.assignment)
        for number in system.start.map.predecessors[state.node]:
            for layer in self._layers.get(number, ()):
                if layer.turn >= turn or state.answers - layer.answers not in (0, 1):
                    continue
                for answered in (False, True):
                    if layer.answers + answered != state.answers:
                        continue

                    def leads(
                        states: StateSet, number: int = number, answered: bool = answered
                    ) -> bool:
                        return any(
                            target == state.node and how is answered and self._has(there, here)
                            for target, there, how in system.image(number, states)
                        )

                    if leads(layer.states):
                        assignment = self._narrowed(layer.states, leads)
                        earlier = State(number, assignment, layer.answers)
                        reply = self._reply(earlier, state) if answered else None
                        return earlier, reply, layer.turn
        raise AssertionError("every state that is not initial has a predecessor")

    def _narrowed(self, states: StateSet, fits: Callable[[StateSet], bool]) -> Assignment:
        """The first state that fits, of states that do: variable by variable, its first possible
        value. Where a variable has only one value nothing need be tried."""
        sets = self._system.sets
        for variable, size in enumerate(self._system.encoding.sizes):
            states = next(
                part
                for value in range(size)
                if (part := sets.restrict(states, variable, 1 << value)) != sets.empty
                and (part == states or fits(part))
            )
        return next(sets.members(states))

    def _reply(self, earlier: State, state: State) -> Reply:
        """The reply that leads from one state to the next."""
        system, here = self._system, self._system.singleton(state.assignment)
        node = system.start.map.nodes[earlier.node]
        step = node.step
        if isinstance(step, Outcome):
            return Reply(node.tree, step.name)
        edges = system.edges(earlier.node, step)
        encoded = system.encoding.facts.get(step.fact)
        if encoded is None:
            values = next(frozenset({edge.value}) for edge in edges if edge.target == state.node)
            return Reply(node.tree, step.name, values)

        def fits(states: StateSet) -> bool:
            return self._has(system.entering(state.node, states), here)

        leaving = system.leaving(earlier.node, system.singleton(earlier.assignment))
        replied = next(
            there
            for target, there, answered in leaving
            if answered and target == state.node and fits(there)
        )
        values = encoded.reply(self._narrowed(replied, fits), edges, state.node)
        return Reply(node.tree, step.name, values)


def explore(
    here: StepGraph,
    tests: Iterable[Test],
    node_budget: int = NODE_BUDGET,
    beforehand: Mapping[str, Collection[str]] | None = None,
) -> Explored:
    """Explore a graph, counting answers, for a proof that reads facts only through ``tests``.

    ``beforehand`` is as for ``Start``.
    """
    start = Start(here, beforehand)
    deciding = (*start.asked_knowing, *start.conditions)
    system = transition_system(start, tuple(tests), deciding, node_budget)
    exploration = _Exploration(system)
    try:
        exploration.run()
    except LimitReached:
        return Explored(system, exploration.layers, complete=False)
    return Explored(system, exploration.layers, complete=True)


class _Exploration:
    """Breadth-first by the number of answers: the first path to a state is a shortest."""

    def __init__(self, system: TransitionSystem) -> None:
        self.system = system
        self.layers: dict[int, list[_Layer]] = {}
        self.seen: dict[int, StateSet] = {}
        self.turns = 0

    def run(self) -> None:
        """Explore the states that take no answers, then those that take one more, and so on."""
        start, answers = self.system.start, 0
        waiting: dict[int, StateSet] = {}
        while waiting or answers <= len(start.begun[-1]):  # which has the most facts
            for number, facts in product(start.map.starts.values(), start.begun):
                if len(facts) == answers:
                    self._add(waiting, number, self.system.initial(number, facts))
            waiting = self._round(answers, waiting)
            answers += 1

    def _round(self, answers: int, now: dict[int, StateSet]) -> dict[int, StateSet]:
        sets, position = self.system.sets, self.system.start.map.position
        after: dict[int, StateSet] = {}
        turns = [(position[number], number) for number in now]
        heapify(turns)
        while turns:
            _, number = heappop(turns)
            seen = self.seen.get(number, sets.empty)
            states = sets.difference(now.pop(number, sets.empty), seen)
            if states == sets.empty:
                continue
            self.seen[number] = sets.union(seen, states)
            self.layers.setdefault(number, []).append(_Layer(answers, self.turns, states))
            self.turns += 1
            for target, there, answered in self.system.image(number, states):
                if answered:
                    self._add(after, target, there)
                else:
                    # This costs no answer: it is explored in the same round.
                    heappush(turns, (position[target], target))
                    self._add(now, target, there)
        return after

    def _add(self, waiting: dict[int, StateSet], number: int, states: StateSet) -> None:
        sets = self.system.sets
        waiting[number] = sets.union(waiting.get(number, sets.empty), states)
