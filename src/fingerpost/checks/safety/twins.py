"""Twins, readers who answer all but one question alike, and the pages that they arrive at.

A reader who is not sure of one thing is compared with those who give an answer there, and the same
answer to every other question that both are asked. Whether to carry on from an ending counts as
one of these.

Where the answer does not affect routing, twins arrive at the same ending, and only the tests that
decide the page are tracked. Where it does, their paths may part for good: then all tests that
affect routing are tracked, and in a large tree that may take more than the node budget.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from ...model.base import Frozen, replace
from ...model.facts import Facts
from ...model.graph import StepGraph
from ...model.sentence import Urgency
from ...model.tree import ALWAYS, Answer, Outcome, Question, Target
from ...page import visibility
from ...proof.dependencies import of
from ...proof.formula import Formula, Test, both, no
from ...proof.prover import Proofs
from ...proof.reachability import reachable_sets
from ...proof.state_sets import LimitReached, StateSet
from ...proof.transitions import Start, TransitionSystem, transition_system
from ...proof.witness import CountedArrival, Explored, Witness, explore
from .twin_search import Pairs

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.tree import Tree
    from ...walk.walk import Reply

_STAY = "/stay"
_GO = "/go"
"""What is added to an ending's name, where staying there or carrying on is made an answer."""

_Shape: TypeAlias = frozenset[str]
"""The facts that are known of a reader, but for the one that twins differ in."""

_Known: TypeAlias = frozenset[tuple[str, frozenset[str]]]
"""What is known of a reader, to be compared."""


class Asked(Frozen):
    """An answer to a question about a fact that is judged, and those that it is compared with."""

    fact: str
    answer: str
    values: frozenset[str]

    @property
    def given(self) -> str:
        """The answer in words."""
        return f"{self.fact}={self.answer}"

    def tests(self) -> Iterator[Test]:
        """A test for each of these answers."""
        return (Test(self.fact, frozenset({value})) for value in (self.answer, *self.values))

    def unsure(self, facts: Facts) -> bool:
        """Whether the answer was the one that is judged."""
        return self.answer in facts.get(self.fact, ())

    def compared(self, facts: Facts) -> bool:
        """Whether the answer was one that the judged one is compared with."""
        return not self.unsure(facts) and not self.values.isdisjoint(facts.get(self.fact, ()))

    def decides_the_way(self, here: StepGraph) -> bool:
        """Whether these answers have different targets, let different questions be asked, or are
        known to some at a question that does not offer them all."""
        wanted = self.values | {self.answer}
        start = Start(here)
        return any(
            (node.step.fact == self.fact and self._diverges(node.step, start, number))
            or any(
                fact == self.fact and not wanted <= values and not wanted.isdisjoint(values)
                for fact, values in node.step.when.tests
            )
            for number, node in enumerate(here.nodes)
            if isinstance(node.step, Question)
        )

    def _diverges(self, question: Question, start: Start, number: int) -> bool:
        wanted = self.values | {self.answer}
        ways = {answer.goto for answer in question.answers if answer.value in wanted}
        lacks = not question.fork and not wanted <= frozenset(question.values)
        return len(ways) > 1 or (lacks and start.may_know(number, self.fact))


class Page(Frozen):
    """A page that readers arrive at. ``beside`` is a key that all twins share, such as their start;
    ``explored`` is the exploration that found it.
    """

    start: str
    arrival: CountedArrival
    urgency: Urgency
    beside: Hashable
    explored: Explored

    @property
    def witness(self) -> Witness:
        """A shortest walk to it; without replies if none was found within the node budget."""
        with suppress(LimitReached):
            found = self.explored.witness(self.arrival.state)
            return replace(found, replies=tuple(_as_walked(found.replies)))
        return Witness(self.start, {}, ())


class Pages:
    """The pages after “not sure” and after the answers to compare with, from some starts, as far as
    the tests tell them apart."""

    def __init__(
        self, proofs: Proofs, asked: Asked, tests: Iterable[Test], starts: Collection[str]
    ) -> None:
        self.proofs = proofs
        self.library = proofs.library
        self.asked = asked
        self.tests = tuple(dict.fromkeys(tests))
        self.complete = True
        self.unsure: list[Page] = []
        self.twins = _Twins(asked.fact)
        choosing: Library | None = None
        for start in starts:
            if not asked.decides_the_way(proofs.maps[start]):
                self._at_one_ending(start)
            else:
                choosing = choosing or _with_going_on_as_an_answer(self.library)
                self._wherever_they_end(StepGraph(choosing, start), start)

    def beside_their_twins(
        self, doubtful: Callable[[Page], bool]
    ) -> Iterator[tuple[Page, list[list[Page]]]]:
        """Each page after “not sure” that may be at fault and has twins, fewest answers first.

        With it come the pages of its twins: in lists, in each of which the most urgent comes first.
        ``doubtful`` says of a page whether it may be at fault, which is cheaper than to find twins.
        """
        for page in sorted(self.unsure, key=lambda page: page.arrival.answers):
            if doubtful(page) and (twins := self.twins.of(page)):
                yield page, twins

    def _at_one_ending(self, start: str) -> None:
        """Add the pages from a start where the answer does not affect routing."""
        proofs = self.proofs
        if proofs.work.is_spent:
            self.complete = False
            return
        graph = proofs.maps[start]
        explored = explore(graph, self.tests, None, proofs.own_budget, proofs.beforehand)
        proofs.work.done(explored.took)
        self.complete = self.complete and explored.complete
        for arrival in explored.arrivals:
            others = frozenset((f, v) for f, v in arrival.facts.items() if f != self.asked.fact)
            self._keep(start, explored, arrival, (start, arrival.place, others))

    def _wherever_they_end(self, here: StepGraph, start: str) -> None:
        """Add the pages from a start where the answer affects routing.

        Each set of facts known beforehand is explored by itself, so that no fact is known to one
        twin only because it was given.
        """
        tests = tuple(dict.fromkeys((*self.tests, *_routing(here))))
        left = self.proofs.own_budget
        for given in _beginnings(self.proofs, start, tests):
            explored = explore(here, tests, given, left)
            self.proofs.work.done(explored.took)
            left -= explored.states
            if not explored.complete or left < 0 or self.proofs.work.is_spent:
                self.complete = False
                return
            free = explored.free
            for arrival in explored.arrivals:
                name = arrival.outcome.name
                typed = {fact: arrival.facts[fact] for fact in free if fact in arrival.facts}
                begun = (start, frozenset({**given, **typed}.items()))
                if not name.endswith(_GO):
                    outcome = self.library.trees[arrival.tree].outcomes[name.removesuffix(_STAY)]
                    self._keep(start, explored, replace(arrival, outcome=outcome), begun)

    def _keep(
        self, start: str, explored: Explored, arrival: CountedArrival, beside: Hashable
    ) -> None:
        unsure = self.asked.unsure(arrival.facts)
        if not unsure and not self.asked.compared(arrival.facts):
            return
        urgency = visibility.urgency(self.library, arrival.outcome, arrival.facts)
        page = Page(start, arrival, urgency, beside, explored)
        if unsure:
            self.unsure.append(page)
        else:
            self.twins.add(page)


def could_be_more_urgent(proofs: Proofs, asked: Asked, start: str) -> bool:
    """Whether, of walks that begin in a tree, a page after the judged answer may be less urgent
    than a twin's; true where that takes looking at each page.
    """
    if proofs.work.is_spent:
        return True
    here = proofs.maps[start]
    if not asked.decides_the_way(here):
        return True
    choosing = StepGraph(_with_going_on_as_an_answer(proofs.library), start)
    urgency = proofs.dependencies.urgency()
    tests = tuple(dict.fromkeys((*urgency, *asked.tests(), *_routing(choosing))))
    try:
        return any(
            _some_differ(proofs, asked, Start(choosing, given), tests)
            for given in _beginnings(proofs, start, tests)
        )
    except LimitReached:
        return True


def _some_differ(proofs: Proofs, asked: Asked, start: Start, tests: Collection[Test]) -> bool:
    deciding = (*start.asked_knowing, *start.conditions)
    system = transition_system(start, tests, deciding, proofs.own_budget)
    reached, complete = reachable_sets(system)
    proofs.work.done(system.took)
    if not complete:
        raise LimitReached
    pairs = Pairs(system.encoding, system.sets, asked.fact)
    urgent = proofs.formulas.urgent
    unsure = Test(asked.fact, frozenset({asked.answer}))
    compared = both(Test(asked.fact, asked.values), no(unsure))
    return any(
        pairs.are_in(
            _together(system, reached, lambda end: both(unsure, no(urgent(end, level)))),  # noqa: B023
            _together(system, reached, lambda end: both(compared, urgent(end, level))),  # noqa: B023
        )
        for level in list(Urgency)[1:]
    )


def _together(
    system: TransitionSystem,
    reached: Mapping[int, StateSet],
    wanted: Callable[[Outcome], Formula],
) -> StateSet:
    """The states at all endings that satisfy the formula of each. Endings that stand for carrying
    on are left out."""
    sets, graph = system.sets, system.start.map
    found = sets.empty
    for number in graph.endings:
        ending = graph.nodes[number].step
        assert isinstance(ending, Outcome)  # it is one of the map's endings
        if not ending.name.endswith(_GO):
            there = reached.get(number, sets.empty)
            found = sets.union(found, system.encoding.satisfying(sets, there, wanted(ending)))
    return found


_ByKnown: TypeAlias = dict[_Known, list[Page]]
"""Pages by what is known of their readers, of some facts."""


class _Twins:
    """An index of pages by the facts that are known both there and at another page."""

    def __init__(self, fact: str) -> None:
        self._fact = fact
        self._pages: dict[Hashable, dict[_Shape, list[Page]]] = {}
        self._index: dict[Hashable, _ByKnown] = {}
        self._beside: dict[Hashable, list[tuple[_Shape, _ByKnown]]] = {}

    def add(self, page: Page) -> None:
        """Add a page."""
        by_shape = self._pages.setdefault(page.beside, {})
        by_shape.setdefault(self._shape(page), []).append(page)

    def of(self, page: Page) -> list[list[Page]]:
        """The pages of a page's twins, in lists, in each of which the most urgent is first."""
        found = []
        known: dict[_Shape, _Known] = {}
        for shared, by_known in self._by_both(page.beside, self._shape(page)):
            if shared not in known:
                known[shared] = self._known(page, shared)
            if twins := by_known.get(known[shared]):
                found.append(twins)
        return found

    def _by_both(self, beside: Hashable, own: _Shape) -> list[tuple[_Shape, _ByKnown]]:
        """For each shape that twins may have the facts that both know, and an index by them."""
        key = (beside, own)
        if key not in self._beside:
            shapes = self._pages.get(beside, {})
            known = ((own & shape, shape) for shape in shapes)
            self._beside[key] = [(facts, self._by(facts, beside, shape)) for facts, shape in known]
        return self._beside[key]

    def _by(self, shared: _Shape, beside: Hashable, shape: _Shape) -> _ByKnown:
        key = (shared, beside, shape)
        if key not in self._index:
            index: _ByKnown = {}
            for page in sorted(self._pages[beside][shape], key=lambda page: -page.urgency):
                index.setdefault(self._known(page, shared), []).append(page)
            self._index[key] = index
        return self._index[key]

    def _shape(self, page: Page) -> _Shape:
        return frozenset(page.arrival.facts) - {self._fact}

    def _known(self, page: Page, shared: _Shape) -> _Known:
        return frozenset((fact, page.arrival.facts[fact]) for fact in shared)


def _routing(here: StepGraph) -> Iterator[Test]:
    """The tests that affect routing: of each question its values, and answers of one target."""
    offered: dict[str, set[frozenset[str]]] = {}
    for question in here.questions():
        offered.setdefault(question.fact, set()).add(frozenset(question.values))
    for fact, several in offered.items():
        if len(several) > 1:
            yield from (Test(fact, values) for values in several)
    for question in here.questions():
        yield from of(question.when)
        ways: dict[object, set[str]] = {}
        for answer in question.answers:
            # Of several chosen answers the first in order decides, so each counts by itself.
            ways.setdefault(answer.value if question.many else answer.goto, set()).add(answer.value)
        if len({answer.goto for answer in question.answers}) > 1:
            yield from (Test(question.fact, frozenset(values)) for values in ways.values())


def _beginnings(proofs: Proofs, start: str, tests: Collection[Test]) -> Iterator[Facts]:
    """The facts that may be known before the first question; one of values that no test tells
    apart. A fact that the first question asks is left out: it is known to all, given or not."""
    first = proofs.library.trees[start].step("")
    known_to_all = None
    if isinstance(first, Question) and first.when == ALWAYS:
        known_to_all = (first.fact, first.values)
    kinds: dict[str, list[str | None]] = {}
    for fact, values in proofs.beforehand.items():
        if (fact, values) != known_to_all:
            read = [test.values for test in tests if test.fact == fact]
            alike = {tuple(value in wanted for wanted in read): value for value in values}
            kinds[fact] = [None, *alike.values()]
    for told in product(*kinds.values()):
        known = zip(kinds, told, strict=True)
        yield {fact: frozenset({value}) for fact, value in known if value is not None}


# --- carrying on from an ending, as an answer ----------------------------------------------------


def _with_going_on_as_an_answer(library: Library) -> Library:
    """The library with a question before each ending that carries on: stay there, or go on?

    Twins decide that alike, as they answer all other questions alike.
    """
    return replace(library, trees={n: _choosing(t) for n, t in library.trees.items()})


def _choosing(tree: Tree) -> Tree:
    left = {name: outcome for name, outcome in tree.outcomes.items() if outcome.carry_on}
    outcomes = {name: tree.outcomes[name] for name in tree.outcomes if name not in left}
    for name, outcome in left.items():
        outcomes[name + _STAY] = replace(outcome, name=name + _STAY, carry_on=None)
        outcomes[name + _GO] = replace(outcome, name=name + _GO)
    asked = {name: _stay_or_go(tree.name, outcome) for name, outcome in left.items()}
    return replace(tree, questions={**tree.questions, **asked}, outcomes=outcomes)


def _stay_or_go(tree: str, outcome: Outcome) -> Question:
    # No author's fact has a slash in its name.
    title, span = outcome.title, outcome.span
    answers = tuple(
        Answer(way, title, Target(tree, outcome.name + way, span=span), span=span)
        for way in (_STAY, _GO)
    )
    fact = f"{tree}/{outcome.name}"
    return Question(outcome.name, fact, title, None, None, answers, span=span)


def _as_walked(replies: Iterable[Reply]) -> Iterator[Reply]:
    """The replies of a walk, without the choices to stay at an ending or to go on."""
    for reply in replies:
        if reply.step.endswith(_GO):
            yield replace(reply, step=reply.step.removesuffix(_GO))
        elif not reply.values & {_STAY, _GO}:
            yield reply
