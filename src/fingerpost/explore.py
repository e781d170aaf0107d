"""Every way through a tree at once: which endings are reached, by people of whom what is true.

A state is a step and the values of the facts that still matter there. Two people who arrive at a
step and agree on those facts have the same future, so the work is the sum over steps of those
combinations, and not of paths. See ``docs/proving.md`` for what is kept, what is forgotten and why
nothing is lost by it.

``reach`` says who comes to each step, which decides a proof. ``explore`` also says by how few
answers, and finds a witness; it is slower, and only needed where something fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import product
from math import prod
from typing import Generic, TypeVar

from .coding import Coding, Kinds, Way, ways_of
from .conditions import Facts
from .diagram import Diagrams
from .formulas import Formula, Test
from .map import Map
from .model import Library, Outcome, Question
from .states import Algebra, Bits, Member, TooMany
from .walk import Reply

MOST_STATES = 200_000
"""How many states, or nodes of a decision diagram, may be kept before a proof is not decided."""

_WIDEST = 1 << 17
"""Bits; so many combinations of what may be known are kept as one integer for each step."""

_MOST_PLACES = 400
"""A diagram over more places would be deeper than Python calls."""

States = TypeVar("States")


@dataclass(frozen=True, slots=True)
class State:
    """A place in an exploration, by which its witness is found: a step, what is known there, and
    how many answers it takes at least, each fact that is known beforehand being one."""

    node: int
    member: Member
    answers: int


@dataclass(frozen=True, slots=True)
class Arrival:
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


# --- how people go on ----------------------------------------------------------------------------


class _Crowd(Generic[States]):
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


def _crowd(
    setting: Setting, tests: Collection[Test], deciding: Iterable[str], most: int, finely: bool
) -> _Crowd[int]:
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
    if prod(coding.sizes) <= min(_WIDEST, most):
        algebra = Bits(coding.sizes)
    else:
        algebra = Diagrams(coding.sizes, most if len(coding.sizes) <= _MOST_PLACES else 0)
    return _Crowd(setting, kinds, coding, algebra, read)


# --- who comes where -----------------------------------------------------------------------------


class Reached:
    """Who comes to each step, as far as some tests tell people apart.

    If ``complete`` is false a limit was met: those who are found do come, and others may.
    """

    def __init__(
        self,
        crowd: _Crowd[int],
        sets: Mapping[int, int],
        complete: bool,
        elsewhere: Reached | None = None,
    ) -> None:
        self._crowd = crowd
        self._sets = sets
        self._elsewhere = elsewhere
        self.complete = complete

    @property
    def setting(self) -> Setting:
        """The map, and who may begin on it."""
        return self._crowd.setting

    @property
    def facts(self) -> Collection[str]:
        """The facts by which people are told apart."""
        return self._crowd.coding.facts.keys()

    @cached_property
    def states(self) -> int:
        """How many states were found."""
        here = sum(map(self._crowd.algebra.count, self._sets.values()))
        return here + (self._elsewhere.states if self._elsewhere else 0)

    def at(self, number: int) -> int:
        """Those who come to a step: a set that only this object can read, false if it is empty."""
        these = self._sets.get(number)
        if these is None:
            return self._elsewhere.at(number) if self._elsewhere else self._crowd.algebra.nothing
        return these

    def among(self, these: int, formula: Formula) -> int:
        """Those of whom a formula is true. It may read only what the tests read.

        Raises TooMany if that cannot be decided.
        """
        return self._crowd.coding.holding(self._crowd.algebra, these, formula)

    def known(self, these: int) -> Iterator[Facts]:
        """What is known of each of them. Of values that no test tells apart one stands for all."""
        return map(self._crowd.coding.known, self._crowd.algebra.members(these))

    def asked(self, number: int) -> bool:
        """Whether somebody is asked the question at this step, and does not pass over it. The
        tests must read its fact, if it can be known there.

        Raises TooMany if that cannot be decided.
        """
        step = self.setting.map.nodes[number].step
        assert isinstance(step, Question)  # nothing else is asked
        return bool(self._crowd.asked(number, step, self.at(number)))

    def nearby(self, tests: Iterable[Test], at: Iterable[int], most: int) -> Reached | None:
        """The same, told apart by further tests too, where that matters to some endings.

        Where nothing of what they read can be known yet, people are as they were. None if that
        would need too much room, if ways go round, or if here values count as one.
        """
        setting, here = self.setting, self.setting.map
        tests = [test for test in tests if test.fact in setting.values]
        further = dict.fromkeys(test.fact for test in tests if test.fact not in self.facts)
        kinds = self._crowd.kinds | {
            fact: setting.kinds(fact, tests, finely=fact not in setting.many) for fact in further
        }
        coding: Coding[int] = Coding(kinds, setting.many)
        coarse = any(len(k.kinds) < len(setting.values[f]) for f, k in self._crowd.kinds.items())
        if coarse or here.goes_round or prod(coding.sizes) > min(_WIDEST, most):
            return None
        crowd = _Crowd(setting, kinds, coding, Bits(coding.sizes), kinds)
        mark = sum(setting.bits[fact] for fact in further)
        nearby = here.leading_to(at, lambda number: setting.known[number] & mark)
        edge = {before for number in nearby for before in here.before[number]} - nearby
        # The first places are the same, so that a set of theirs is a set here.
        sets = {number: self.at(number) for number in edge}
        _begin(crowd, sets, nearby)
        order = sorted(nearby | edge, key=here.position.__getitem__)
        _spread(crowd, sets, order, nearby)
        return Reached(crowd, {n: sets.get(n, 0) for n in nearby}, self.complete, self)


def reach(
    setting: Setting,
    tests: Iterable[Test],
    most: int = MOST_STATES,
    *,
    finely: bool = False,
) -> Reached:
    """Who comes to each step, for proofs that read facts only through ``tests``.

    Nobody's answers are counted: of a fact that no test reads it matters whether it is known only
    where that decides the way. If ``finely``, each value of a fact with one answer is told apart,
    so that more proofs can share what is found.
    """
    crowd = _crowd(setting, tuple(tests), setting.deciding, most, finely)
    sets: dict[int, int] = {}
    try:
        _begin(crowd, sets)
        _spread(crowd, sets, setting.map.order)
    except TooMany:
        return Reached(crowd, sets, complete=False)
    return Reached(crowd, sets, complete=True)


def _begin(crowd: _Crowd[int], sets: dict[int, int], within: Collection[int] | None = None) -> None:
    """Put everyone at the start of each tree, or at those starts that are within some nodes."""
    for start in crowd.setting.map.starts.values():
        if within is None or start in within:
            for facts in crowd.setting.begun:
                begun = crowd.beginning(start, facts)
                sets[start] = crowd.algebra.union(sets.get(start, crowd.algebra.nothing), begun)


def _spread(
    crowd: _Crowd[int],
    sets: dict[int, int],
    order: Iterable[int],
    within: Collection[int] | None = None,
) -> None:
    """Let people go on from each node in turn; where ways go round, until nobody is new."""
    algebra, nothing = crowd.algebra, crowd.algebra.nothing
    goes_round = crowd.setting.map.goes_round
    changed = True
    while changed:
        changed = False
        for number in order:
            these = sets.get(number, nothing)
            if these == nothing:
                continue
            for target, there, _ in crowd.going(number, these, within):
                so_far = sets.get(target, nothing)
                sets[target] = algebra.union(so_far, there)
                changed = changed or (goes_round and sets[target] != so_far)


# --- by how few answers --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """Those who come to a step by so many answers and no fewer, in the order of their coming."""

    answers: int
    turn: int
    these: int


class Explored:
    """What was found. If ``complete`` is false, a limit was met and nothing is proved."""

    def __init__(
        self, crowd: _Crowd[int], entries: Mapping[int, list[_Entry]], complete: bool
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
    crowd = _crowd(setting, tuple(tests), setting.asked_knowing, most, finely=False)
    exploration = _Exploration(crowd)
    try:
        exploration.run()
    except TooMany:
        return Explored(crowd, exploration.entries, complete=False)
    return Explored(crowd, exploration.entries, complete=True)


class _Exploration:
    """Breadth first, by the number of answers: the first way to a state is a shortest."""

    def __init__(self, crowd: _Crowd[int]) -> None:
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
