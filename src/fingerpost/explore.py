"""Every way through a tree at once: which endings are reached, by people of whom what is true.

A state is a step and the values of the facts that still matter there. Two people who arrive at a
step and agree on those facts have the same future, so the work is the sum over steps of those
combinations, and not of paths. See ``docs/proving.md`` for what is kept, what is forgotten and why
nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

from .conditions import Facts
from .model import Library, Outcome, Question, Step
from .walk import Reply

MOST_STATES = 400_000
"""States; a proof that needs more is not decided."""

Known = tuple[frozenset[str] | None, ...]
"""The values of the tracked facts, in order; None is not asked, or no longer of any matter."""


@dataclass(frozen=True, slots=True)
class Test:
    """A question that a proof asks of a fact: is one of these values chosen?"""

    __test__ = False  # so that a test runner does not take it for one of its own

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class State:
    """A place in the exploration, by which its witness is found."""

    node: int
    known: Known


@dataclass(frozen=True, slots=True)
class Arrival:
    """An ending as some people reach it: its place and what is true of them, as far as read.

    Of values that no test tells apart ``facts`` has one that stands for all. ``answers`` is how
    many answers it takes at least, each fact that is known beforehand being one.
    """

    tree: str
    outcome: Outcome
    facts: Facts
    state: State
    answers: int


@dataclass(frozen=True, slots=True)
class Explored:
    """What was found. If ``complete`` is false, a limit was met and nothing is proved.

    Arrivals that need fewer answers come first.
    """

    arrivals: tuple[Arrival, ...]
    states: int
    complete: bool
    _before: Mapping[State, tuple[State, Reply | None]] = field(repr=False)
    _begun: Mapping[State, Facts] = field(repr=False)

    def witness(self, state: State) -> tuple[Reply, ...]:
        """One shortest list of replies that leads to a state, from what was ``given``."""
        return tuple(reply for _, reply in reversed([*self._back(state)]) if reply is not None)

    def given(self, state: State) -> Facts:
        """What the people of the witness had told before its first reply."""
        first = state
        for earlier, _ in self._back(state):
            first = earlier
        return self._begun[first]

    def _back(self, state: State) -> Iterator[tuple[State, Reply | None]]:
        while (step := self._before.get(state)) is not None:
            yield step
            state = step[0]


@dataclass(slots=True)
class _Node:
    """A step, what its tree gives to all who are there, and where each of its answers leads.

    ``asked`` has a bit for each fact that is asked about here or further on.
    """

    tree: str
    step: Step
    given: tuple[tuple[str, frozenset[str]], ...]
    ways: tuple[tuple[str, int], ...] = ()
    asked: int = 0

    @property
    def onward(self) -> frozenset[int]:
        """The nodes that come next."""
        return frozenset(target for _, target in self.ways)


class Map:
    """The steps that can be met from the start of a tree, through doors, with the ways between.

    It is made once for a tree and then explored for each proof. A way that leads to no step is a
    mistake that reading reports; here it is left out. Raises KeyError for a tree that is not
    there or has no start.
    """

    def __init__(self, library: Library, start: str) -> None:
        self.library = library
        self.nodes: list[_Node] = []
        self._index: dict[tuple[str, str], int] = {}
        first = self._add(start, "")
        if first is None:
            raise KeyError(start)
        self.start = first
        at = 0
        while at < len(self.nodes):
            node = self.nodes[at]
            found = ((value, self._add(*place)) for value, place in _onward(node.step))
            node.ways = tuple((value, way) for value, way in found if way is not None)
            at += 1
        self.bits = {
            fact: 1 << number
            for number, fact in enumerate(dict.fromkeys(q.fact for q in self.questions()))
        }
        self._look_ahead()

    def questions(self) -> Iterator[Question]:
        """Every question that can be met."""
        return (node.step for node in self.nodes if isinstance(node.step, Question))

    def asked_again(self) -> frozenset[str]:
        """The facts that one walk may be asked about twice."""
        again = 0
        for node in self.nodes:
            if isinstance(node.step, Question):
                ahead = 0
                for target in node.onward:
                    ahead |= self.nodes[target].asked
                again |= ahead & self.bits[node.step.fact]
        return frozenset(fact for fact, bit in self.bits.items() if bit & again)

    def index(self, tree: str, step: str) -> int:
        """The number of a step. Raises KeyError if nothing leads there."""
        return self._index[tree, step]

    def _add(self, tree: str, step: str) -> int | None:
        here = self.library.trees.get(tree)
        found = here.step(step) if here else None
        if here is None or found is None:
            return None
        place = (tree, found.name)
        if place not in self._index:
            self._index[place] = len(self.nodes)
            given = tuple(
                (fact, values)
                for fact, values in here.given.items()
                if not _always_asked(self.library, fact)
            )
            self.nodes.append(_Node(tree, found, given))
        return self._index[place]

    def _look_ahead(self) -> None:
        """Note at each step what may still be asked; where ways meet no circle, in one round."""
        order = self._ends_first()
        changed = True
        while changed:
            changed = False
            for number in order:
                node = self.nodes[number]
                asked = self.bits[node.step.fact] if isinstance(node.step, Question) else 0
                for target in node.onward:
                    asked |= self.nodes[target].asked
                changed = changed or asked != node.asked
                node.asked = asked

    def _ends_first(self) -> list[int]:
        order: list[int] = []
        seen = {self.start}
        way = [(self.start, iter(self.nodes[self.start].onward))]
        while way:
            number, onward = way[-1]
            target = next(onward, None)
            if target is None:
                order.append(number)
                way.pop()
            elif target not in seen:
                seen.add(target)
                way.append((target, iter(self.nodes[target].onward)))
        return order


def explore(
    here: Map,
    tests: Iterable[Test],
    given: Facts | None = None,
    most: int = MOST_STATES,
    beforehand: Mapping[str, Collection[str]] | None = None,
) -> Explored:
    """Explore a tree for a proof that reads facts only through ``tests``.

    ``given`` are facts known in advance. ``beforehand`` are facts of which one value may be known
    in advance, or none: each possibility is explored. What is not known is every value that can
    be answered. More than ``most`` states are not looked at.
    """
    return _Exploration(here, tuple(tests), given or {}, most, beforehand or {}).run()


_Way = tuple[Reply, int, int | None, frozenset[str]]
"""A reply, where it leads, and the slot that it sets (or None) to which values."""

_Step = tuple[State, State | None, Reply | None]
"""A state, the one before it (None at the start), and the reply between (None if passed over)."""


class _Exploration:
    def __init__(
        self,
        here: Map,
        tests: tuple[Test, ...],
        given: Facts,
        most: int,
        beforehand: Mapping[str, Collection[str]],
    ) -> None:
        self.map = here
        self.most = most
        self.begun = tuple(_beginnings(here.library, given, beforehand))
        routing = self._known_when_asked({*given, *beforehand})
        self.facts = tuple(sorted({test.fact for test in tests} | routing))
        self.slot = {fact: number for number, fact in enumerate(self.facts)}
        self.alike = [_Alike(fact, tests, self._tests(fact, routing)) for fact in self.facts]
        self.keep = [self._kept(node) for node in here.nodes]
        self.ways: dict[int, tuple[_Way, ...]] = {}
        self.complete = self.within = True
        self.seen: set[State] = set()
        self.before: dict[State, tuple[State, Reply | None]] = {}
        self.first_facts: dict[State, Facts] = {}
        self.arrivals: list[Arrival] = []

    def run(self) -> Explored:
        """Breadth first, by the number of answers: the first way to a state is a shortest."""
        answers, last = 0, max(len(facts) for facts in self.begun)
        waiting: list[_Step] = []
        while self.within and (waiting or answers <= last):
            waiting = self._round([*self._begin(answers), *waiting], answers)
            answers += 1
        complete = self.within and self.complete
        return Explored(
            tuple(self.arrivals), len(self.seen), complete, self.before, self.first_facts
        )

    def _begin(self, answers: int) -> Iterator[_Step]:
        """Those who come with so many facts known."""
        for facts in self.begun:
            first = self._arrive(self.map.start, tuple(facts.get(fact) for fact in self.facts))
            if len(facts) == answers and first not in self.first_facts:
                self.first_facts[first] = facts
                yield first, None, None

    def _round(self, now: list[_Step], answers: int) -> list[_Step]:
        """Look at all that takes so many answers, and give what takes one more."""
        after: list[_Step] = []
        for state, earlier, reply in now:
            if state in self.seen:
                continue
            if len(self.seen) == self.most:
                self.within = False
                break
            self.seen.add(state)
            if earlier is not None:
                self.before[state] = (earlier, reply)
            node = self.map.nodes[state.node]
            if isinstance(node.step, Outcome):
                facts = {f: v for f, v in zip(self.facts, state.known, strict=True) if v}
                self.arrivals.append(Arrival(node.tree, node.step, facts, state, answers))
            over = self._over(node, state)
            if over is not None:
                # This costs no answer: it is looked at in the same round.
                now.append((self._arrive(over, state.known), state, None))
            else:
                after += self._answered(node, state)
        return after

    def _answered(self, node: _Node, state: State) -> Iterator[_Step]:
        for reply, target, slot, values in self._ways(state.node):
            known = state.known
            if slot is not None:
                known = (*known[:slot], values, *known[slot + 1 :])
            yield self._settled(target, known, node.step), state, reply

    def _arrive(self, node: int, known: Known) -> State:
        """Take what the tree gives, and forget what no longer matters."""
        now = list(known)
        for fact, values in self.map.nodes[node].given:
            if fact in self.slot:
                now[self.slot[fact]] = values
        return State(
            node,
            tuple(
                None if kept is None or values is None else kept.of(values)
                for kept, values in zip(self.keep[node], now, strict=True)
            ),
        )

    def _settled(self, node: int, known: Known, left: Step) -> State:
        """Arrive, with what a carry-on settles on the way out of an ending."""
        if isinstance(left, Outcome) and left.carry_on is not None:
            now = list(known)
            for fact, values in left.carry_on.sets.items():
                if fact in self.slot:
                    now[self.slot[fact]] = values
            known = tuple(now)
        return self._arrive(node, known)

    def _over(self, node: _Node, state: State) -> int | None:
        """Where a question leads that is passed over, because its fact is known; or None."""
        slot = self.slot.get(node.step.fact) if isinstance(node.step, Question) else None
        known = state.known[slot] if slot is not None else None
        if known is None:
            return None
        return next((target for value, target in node.ways if value in known), None)

    def _ways(self, number: int) -> tuple[_Way, ...]:
        if number not in self.ways:
            node = self.map.nodes[number]
            if isinstance(node.step, Outcome):
                on = Reply(node.tree, node.step.name)
                self.ways[number] = tuple((on, way, None, frozenset()) for _, way in node.ways)
            else:
                self.ways[number] = tuple(self._answers(node, node.step))
        return self.ways[number]

    def _answers(self, node: _Node, question: Question) -> Iterator[_Way]:
        """Answers that differ in where they lead or in what a proof reads, one of each kind."""
        slot = self.slot.get(question.fact)
        kinds = None if slot is None else self.alike[slot].while_asked
        taken: set[object] = set()
        for values in self._choices(node, question, kinds):
            target = next((way for value, way in node.ways if value in values), None)
            kind = (target, kinds.of(values) if kinds else None)
            if target is not None and kind not in taken:
                taken.add(kind)
                yield Reply(node.tree, question.name, values), target, slot, values

    def _choices(
        self, node: _Node, question: Question, kinds: _Kinds | None
    ) -> Iterator[frozenset[str]]:
        """Everything that can be answered, up to values that count as one."""
        for answer in question.answers:
            yield frozenset({answer.value})
        if not question.many or kinds is None:
            return
        # Of several chosen values the first decides the way, so where ways part none are merged.
        merge = len(node.onward) == 1
        together: dict[str, str] = {}
        for answer in question.answers:
            if not answer.alone:
                value = answer.value
                together.setdefault(kinds.one(value) if merge else value, value)
        if 1 << len(together) > self.most:
            self.complete = False
            return
        for size in range(2, len(together) + 1):
            for chosen in combinations(together.values(), size):
                yield frozenset(chosen)

    def _kept(self, node: _Node) -> tuple[_Kinds | None, ...]:
        """How finely each tracked fact has to be known at a step; None is not at all."""
        return tuple(
            alike.while_asked
            if self.map.bits.get(fact, 0) & node.asked
            else alike.at_the_end
            if alike.is_read
            else None
            for fact, alike in zip(self.facts, self.alike, strict=True)
        )

    def _known_when_asked(self, early: Collection[str]) -> frozenset[str]:
        """Facts that may be known when a question about them is met: they decide the way."""
        known = frozenset(early)
        for node in self.map.nodes:
            known |= {fact for fact, _ in node.given}
            if isinstance(node.step, Outcome) and node.step.carry_on is not None:
                known |= set(node.step.carry_on.sets)
        return (known & set(self.map.bits)) | self.map.asked_again()

    def _tests(self, fact: str, routing: Collection[str]) -> Iterator[Test]:
        """What decides the way of someone who meets a question about a fact that is known."""
        if fact not in routing:
            return
        for node in self.map.nodes:
            if not isinstance(node.step, Question) or node.step.fact != fact:
                continue
            onward: dict[object, set[str]] = {}
            for value, target in node.ways:
                # Of several chosen values the first decides, so where they part each counts.
                onward.setdefault(target if len(node.onward) == 1 else value, set()).add(value)
            for values in onward.values():
                yield Test(fact, frozenset(values))


class _Kinds:
    """Values of a fact that no test tells apart count as one, the first of them."""

    def __init__(self, fact: str, tests: Iterable[Test]) -> None:
        self._tests = tuple({test.values for test in tests if test.fact == fact})
        self._first: dict[tuple[bool, ...], str] = {}
        self._one: dict[str, str] = {}
        self._of: dict[frozenset[str], frozenset[str]] = {}

    def one(self, value: str) -> str:
        """The value that stands for this one."""
        if value not in self._one:
            kind = tuple(value in wanted for wanted in self._tests)
            self._one[value] = self._first.setdefault(kind, value)
        return self._one[value]

    def of(self, values: frozenset[str]) -> frozenset[str]:
        """The values that stand for these."""
        if values not in self._of:
            self._of[values] = frozenset(self.one(value) for value in values)
        return self._of[values]


class _Alike:
    """How finely a fact is told apart: as long as it may be asked about, and at the end."""

    def __init__(self, fact: str, reads: tuple[Test, ...], routing: Iterable[Test]) -> None:
        self.is_read = any(test.fact == fact for test in reads)
        self.at_the_end = _Kinds(fact, reads)
        self.while_asked = _Kinds(fact, (*reads, *routing))


def _beginnings(
    library: Library, given: Facts, beforehand: Mapping[str, Collection[str]]
) -> Iterator[Facts]:
    """What may be known before the first question, least first."""
    asked = {f: v for f, v in given.items() if not _always_asked(library, f)}
    open_facts = [f for f in beforehand if f not in given and not _always_asked(library, f)]
    choices = [(None, *beforehand[fact]) for fact in open_facts]
    found = [
        asked | {f: frozenset({v}) for f, v in zip(open_facts, chosen, strict=True) if v}
        for chosen in product(*choices)
    ]
    return iter(sorted(found, key=len))


def _always_asked(library: Library, fact: str) -> bool:
    question = library.questions.get(fact)
    return question is not None and question.always_ask


def _onward(step: Step) -> Iterator[tuple[str, tuple[str, str]]]:
    """The ways on from a step: for each value (none for a carry-on) the place that it leads to."""
    if isinstance(step, Outcome):
        if step.carry_on is not None:
            yield "", (step.carry_on.goto.tree, step.carry_on.goto.step)
        return
    for answer in step.answers:
        if answer.goto is not None:
            yield answer.value, (answer.goto.tree, answer.goto.step)
