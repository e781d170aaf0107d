"""Who comes to each ending by how few answers, and by which: the witness of a proof that failed.

It is slower than ``reach.py``, which says who comes at all, and is only needed where something
fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from heapq import heapify, heappop, heappush

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.map import Map
from ..model.tree import Outcome
from ..walk.walk import Reply
from .formula import Formula, Test
from .states import Member, TooMany
from .transitions import MOST_STATES, Crowd, Setting, crowd_of


class State(Frozen):
    """A place in an exploration, by which its witness is found: a step, what is known there, and
    how many answers it takes at least, each fact that is known beforehand being one."""

    node: int
    member: Member
    answers: int


class Arrival(Frozen):
    """An ending as some people reach it: its place and what is true of them, as far as read.

    Of values that no test tells apart ``facts`` has one that stands for all. ``state`` is where
    they were met in an exploration that counts answers, or None.
    """

    tree: str
    outcome: Outcome
    facts: Facts
    state: State | None = None

    @property
    def answers(self) -> int:
        """How many answers it takes at least; 0 where nobody counted."""
        return self.state.answers if self.state else 0

    @property
    def place(self) -> tuple[str, str]:
        """The ending, by its tree and its name."""
        return (self.tree, self.outcome.name)


class _Entry(Frozen):
    """Those who come to a step by so many answers and no fewer, in the order of their coming."""

    answers: int
    turn: int
    these: int


class Explored:
    """What was found. If ``complete`` is false, a limit was met and nothing is proved."""

    def __init__(
        self, crowd: Crowd[int], entries: Mapping[int, list[_Entry]], complete: bool
    ) -> None:
        self._crowd = crowd
        self._entries = entries
        self.complete = complete

    @cached_property
    def arrivals(self) -> tuple[Arrival, ...]:
        """Every ending as each kind of people reaches it; those that need fewer answers first."""
        return tuple(self.arriving())

    def arriving(self, only: Mapping[int, Formula] | None = None) -> Iterator[Arrival]:
        """The arrivals, one at a time; or only those at some endings of whom a formula is true.

        Raises TooMany if the formula cannot be decided.
        """
        crowd = self._crowd
        nodes, coding = crowd.setting.map.nodes, crowd.coding
        numbers = crowd.setting.map.endings if only is None else only
        found = sorted(
            (entry.answers, entry.turn, number, entry.these)
            for number in numbers
            for entry in self._entries.get(number, ())
        )
        for answers, _, number, these in found:
            node = nodes[number]
            assert isinstance(node.step, Outcome)  # it is one of the map's endings
            those = these if only is None else coding.holding(crowd.algebra, these, only[number])
            for member in crowd.algebra.members(those):
                state = State(number, member, answers)
                yield Arrival(node.tree, node.step, coding.known(member), state)

    @cached_property
    def states(self) -> int:
        """How many states were found."""
        count = self._crowd.algebra.count
        return sum(count(entry.these) for some in self._entries.values() for entry in some)

    def witness(self, state: State) -> tuple[Reply, ...]:
        """One shortest list of replies that leads to a state, from what was ``given``."""
        return tuple(reply for _, reply in reversed([*self._back(state)]) if reply is not None)

    def given(self, state: State) -> Facts:
        """What the people of the witness had told before its first reply."""
        first = self._first(state)
        begun = self._begun(first)
        assert begun is not None  # that is where going back ends
        return begun

    def tree(self, state: State) -> str:
        """The tree in which the people of the witness begin."""
        return self._crowd.setting.map.nodes[self._first(state).node].tree

    def _first(self, state: State) -> State:
        for earlier, _ in self._back(state):
            state = earlier
        return state

    def _begun(self, state: State) -> Facts | None:
        """What people know who begin in this state; None if it is no beginning."""
        crowd = self._crowd
        if state.node not in crowd.setting.map.starts.values():
            return None
        here = crowd.one(state.member)
        return next(
            (
                facts
                for facts in crowd.setting.begun
                if len(facts) == state.answers and crowd.beginning(state.node, facts) == here
            ),
            None,
        )

    def _back(self, state: State) -> Iterator[tuple[State, Reply | None]]:
        """Each state on the way back to the start, with the reply that led on from there."""
        turn = self._turn(state)
        while self._begun(state) is None:
            state, reply, turn = self._before(state, turn)
            yield state, reply

    def _turn(self, state: State) -> int:
        here = self._crowd.one(state.member)
        return next(
            entry.turn for entry in self._entries[state.node] if self._has(entry.these, here)
        )

    def _has(self, these: int, one: int) -> bool:
        algebra = self._crowd.algebra
        return algebra.without(one, these) == algebra.nothing

    def _before(self, state: State, turn: int) -> tuple[State, Reply | None, int]:
        """A state from which one goes on to this one, the reply, and when it was found."""
        crowd, here = self._crowd, self._crowd.one(state.member)
        for number in crowd.setting.map.before[state.node]:
            for entry in self._entries.get(number, ()):
                if entry.turn >= turn or state.answers - entry.answers not in (0, 1):
                    continue
                for answered in (False, True):
                    if entry.answers + answered != state.answers:
                        continue

                    def leads(these: int, number: int = number, answered: bool = answered) -> bool:
                        return any(
                            target == state.node and how is answered and self._has(there, here)
                            for target, there, how in crowd.going(number, these)
                        )

                    if leads(entry.these):
                        member = self._narrowed(entry.these, leads)
                        earlier = State(number, member, entry.answers)
                        reply = self._reply(earlier, state) if answered else None
                        return earlier, reply, entry.turn
        raise AssertionError("nobody comes to a state from nowhere")

    def _narrowed(self, these: int, fits: Callable[[int], bool]) -> Member:
        """One of these that fits, if any of them does: place by place, the first digit that can
        be."""
        algebra = self._crowd.algebra
        for place, size in enumerate(self._crowd.coding.sizes):
            these = next(
                part
                for digit in range(size)
                if (part := algebra.keep(these, place, 1 << digit)) != algebra.nothing
                and fits(part)
            )
        return next(algebra.members(these))

    def _reply(self, earlier: State, state: State) -> Reply:
        """What was replied on the way from one state to the next."""
        crowd, here = self._crowd, self._crowd.one(state.member)
        node = crowd.setting.map.nodes[earlier.node]
        step = node.step
        if isinstance(step, Outcome):
            return Reply(node.tree, step.name)
        ways = crowd.ways(earlier.node, step)
        code = crowd.coding.facts.get(step.fact)
        if code is None:
            values = next(frozenset({way.value}) for way in ways if way.target == state.node)
            return Reply(node.tree, step.name, values)

        def fits(these: int) -> bool:
            return self._has(crowd.arriving(state.node, these), here)

        leaving = crowd.leaving(earlier.node, crowd.one(earlier.member))
        replied = next(
            there
            for target, there, answered in leaving
            if answered and target == state.node and fits(there)
        )
        values = code.reply(self._narrowed(replied, fits), ways, state.node)
        return Reply(node.tree, step.name, values)


def explore(
    here: Map,
    tests: Iterable[Test],
    given: Facts | None = None,
    most: int = MOST_STATES,
    beforehand: Mapping[str, Collection[str]] | None = None,
) -> Explored:
    """Explore a map for a proof that reads facts only through ``tests``, with shortest ways.

    ``given`` are facts known in advance. ``beforehand`` are facts of which one value may be known
    in advance, or none: each possibility is explored. What is not known is every value that can
    be answered.
    """
    setting = Setting(here, given, beforehand)
    crowd = crowd_of(setting, tuple(tests), setting.asked_knowing, most)
    exploration = _Exploration(crowd)
    try:
        exploration.run()
    except TooMany:
        return Explored(crowd, exploration.entries, complete=False)
    return Explored(crowd, exploration.entries, complete=True)


class _Exploration:
    """Breadth first, by the number of answers: the first way to a state is a shortest."""

    def __init__(self, crowd: Crowd[int]) -> None:
        self.crowd = crowd
        self.entries: dict[int, list[_Entry]] = {}
        self.seen: dict[int, int] = {}
        self.turns = 0

    def run(self) -> None:
        """Look at all that takes so many answers, and then at what takes one more."""
        answers = 0
        waiting: dict[int, int] = {}
        last = max(len(facts) for facts in self.crowd.setting.begun)
        while waiting or answers <= last:
            self._begin(answers, waiting)
            waiting = self._round(answers, waiting)
            answers += 1

    def _begin(self, answers: int, waiting: dict[int, int]) -> None:
        """Those who come with so many facts known."""
        for start in self.crowd.setting.map.starts.values():
            for facts in self.crowd.setting.begun:
                if len(facts) == answers:
                    self._add(waiting, start, self.crowd.beginning(start, facts))

    def _round(self, answers: int, now: dict[int, int]) -> dict[int, int]:
        algebra, position = self.crowd.algebra, self.crowd.setting.map.position
        after: dict[int, int] = {}
        turns = [(position[number], number) for number in now]
        heapify(turns)
        while turns:
            _, number = heappop(turns)
            these = algebra.without(now.pop(number, 0), self.seen.get(number, 0))
            if these == algebra.nothing:
                continue
            self.seen[number] = algebra.union(self.seen.get(number, 0), these)
            self.entries.setdefault(number, []).append(_Entry(answers, self.turns, these))
            self.turns += 1
            for target, there, answered in self.crowd.going(number, these):
                if answered:
                    self._add(after, target, there)
                else:
                    # This costs no answer: it is looked at in the same round.
                    heappush(turns, (position[target], target))
                    self._add(now, target, there)
        return after

    def _add(self, waiting: dict[int, int], number: int, these: int) -> None:
        waiting[number] = self.crowd.algebra.union(waiting.get(number, 0), these)
