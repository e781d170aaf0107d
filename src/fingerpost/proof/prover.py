"""Proofs of a property on every path of a library, or a counterexample.

Each proof reads a few facts only, and starts at the starts of all trees. First a formula, an
under-approximation of the property, is evaluated on whole state sets. The states that remain in
doubt are enumerated, and judged by the functions that decide what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property, partial
from itertools import islice
from typing import Generic, TypeAlias, TypeVar

from ..model.base import Frozen, grouped, replace
from ..model.facts import Facts
from ..model.graph import Place, StepGraph
from ..model.library import Library
from ..model.tree import Outcome, Question, Rule
from ..page.rules import Arrival, keeps
from .dependencies import Dependencies
from .formula import ALWAYS, All, Formula, Test, both, of, values_by_fact
from .formula import tests as tests_of
from .reachability import Reachability, SharedReachability, reachable, shared_reachability
from .state_sets import LimitReached, StateSet, StateSets, Work
from .transitions import BEGAN, NODE_BUDGET, Start
from .verdict import Claim, Doubts, Status, Verdict
from .visibility_formulas import VisibilityFormulas
from .witness import CountedArrival, Explored, Witness, explore

BEFOREHAND = ("teller", "nation")
"""Facts that may be known before the first question: from the command line or the local file."""

_GIVE_UP = 100
"""Divisor of the node budget for proofs that cannot be expected to finish."""

_MOST_ENUMERATED = 50_000
"""States enumerated at one ending; beyond that the proof is incomplete."""

_LOOK = 20
"""Units of work that it is to judge one state by itself."""

Key = TypeVar("Key", bound=Hashable)


class Met:
    """An arrival at an ending that a search found: ``found``, or the equivalent one with the fewest
    answers and its exploration, which ``shortest`` computes on demand."""

    def __init__(
        self, found: Arrival, shortest: Callable[[], tuple[CountedArrival, Explored] | None]
    ) -> None:
        self._found = found
        self._find = shortest

    @property
    def arrival(self) -> Arrival:
        """The arrival with the fewest answers; any, if that is not decided."""
        return self._shortest[0] if self._shortest else self._found

    @property
    def start(self) -> str:
        """The tree in which the witness starts."""
        return self.witness.tree

    @cached_property
    def witness(self) -> Witness:
        """A shortest walk there; without replies if none was found within the node budget."""
        if self._shortest:
            arrival, explored = self._shortest
            with suppress(LimitReached):
                return explored.witness(arrival.state)
        return Witness(self.arrival.tree, {}, ())

    @cached_property
    def _shortest(self) -> tuple[CountedArrival, Explored] | None:
        return self._find()


class Search(Frozen, Generic[Key]):
    """The result of a search of all endings: each key found, with an arrival that shows it. If
    ``complete`` is false a limit was reached, and there may be other keys."""

    found: Mapping[Key, Met]
    complete: bool


_Claimed: TypeAlias = tuple[Claim, Sequence[int]]
"""A claim, and the endings at which it is made."""


class Proofs:
    """Proofs over the trees of a library, which share one exploration.

    A tree whose start is missing is left out: reading reports that. ``for_all`` may be false for
    a few searches that name what they read: the shared exploration takes longer. When ``work`` is
    spent, all that is left is not decided.
    """

    def __init__(
        self,
        library: Library,
        node_budget: int = NODE_BUDGET,
        *,
        for_all: bool = True,
        work: Work | None = None,
    ) -> None:
        self.library = library
        self.node_budget = node_budget
        self.work = work or Work()
        self.for_all = for_all
        self.dependencies = Dependencies(library)
        self.formulas = VisibilityFormulas(library)
        self.starts = tuple(name for name, tree in library.trees.items() if tree.step(""))
        self.beforehand = {
            fact: library.questions[fact].values for fact in BEFOREHAND if fact in library.questions
        }
        self._explored: dict[tuple[Test, ...], Explored] = {}

    @cached_property
    def map(self) -> StepGraph:
        """The graph of what is reachable from the start of any tree."""
        return StepGraph(self.library, *self.starts)

    @cached_property
    def all_steps(self) -> StepGraph:
        """The graph of all steps, reachable or not."""
        return StepGraph.whole(self.library)

    @cached_property
    def start(self) -> Start:
        """All starts, and the facts that may be known there."""
        return Start(self.map, self.beforehand)

    @cached_property
    def endings(self) -> tuple[tuple[int, Outcome], ...]:
        """The number of each node that is an ending, and the ending."""
        nodes = enumerate(self.map.nodes)
        return tuple((n, node.step) for n, node in nodes if isinstance(node.step, Outcome))

    # --- rules ---

    def rule(self, rule: Rule, tree: str | None = None) -> Verdict:
        """Whether every page to which a rule applies shows what it demands, and nothing that it
        forbids.

        ``tree`` names the tree whose own rule it is: it then applies to walks that start there,
        and to its endings.
        """
        if self.work.is_spent:
            return Verdict(Status.NOT_DECIDED)
        self.work.done(len(self.endings))
        doubts = self.doubts(self._claimed(rule, tree))
        endings = len(doubts.meant)

        def look(arrival: Arrival) -> Iterator[None]:
            if rule.when.holds(arrival.facts) and not keeps(self.library, rule, arrival):
                yield None

        search = self.search_doubts(self.dependencies.rule(rule), look, doubts)
        if search.found:
            met = search.found[None]
            return Verdict(Status.BROKEN, endings, doubts.states, met.witness, met.arrival)
        if not (doubts.complete and search.complete):
            return Verdict(Status.NOT_DECIDED, endings, doubts.states)
        return Verdict(Status.PROVED if endings else Status.NEVER_TESTED, endings, doubts.states)

    @cached_property
    def verdicts(self) -> tuple[tuple[Rule, Verdict], ...]:
        """Every rule with its verdict: those of the library, then those of each tree."""
        found = [(rule, self.rule(rule)) for rule in self.library.rules]
        for tree in self.library.trees.values():
            found += [(rule, self.rule(rule, tree.name)) for rule in tree.rules]
        return tuple(found)

    def _claimed(self, rule: Rule, tree: str | None) -> Mapping[int, Claim]:
        """The claim that a rule is kept, at each ending where it may apply."""
        key, speaks = self.formulas.key(rule), of(rule.when)
        alike: dict[Hashable, Claim] = {}
        claims: dict[int, Claim] = {}
        for number, outcome in self.endings:
            here = tree is None or self.map.nodes[number].tree == tree
            if here or number in self._after.get(tree or "", ()):
                kind = (here, key(outcome))
                if kind not in alike:
                    meant = speaks if here else both(speaks, Test(BEGAN, frozenset({tree or ""})))
                    kept = self.formulas.under_approximation(rule, outcome)
                    alike[kind] = Claim(meant, kept)
                claims[number] = alike[kind]
        return claims

    @cached_property
    def _after(self) -> Mapping[str, frozenset[int]]:
        """For each tree with rules of its own, all nodes reachable from its start."""
        ruled = (name for name in self.starts if self.library.trees[name].rules)
        starts = self.map.starts
        return {name: frozenset(self.map.reachable_from([starts[name]])) for name in ruled}

    # --- formulas on whole state sets ---

    def satisfiable(self, wanted: Iterable[tuple[Formula, Sequence[int]]]) -> frozenset[int]:
        """The indices of the formulas that are satisfiable at one of their endings; incomplete
        where a budget is spent."""
        shared = self.shared.without_cache()
        found: set[int] = set()
        left: dict[int, _Claimed] = {}
        for number, (formula, at) in enumerate(wanted):
            if self.work.is_spent:
                return frozenset(found)
            if not (shared.complete and shared.distinguishes(at, formula)):
                left[number] = Claim(formula, ALWAYS), at
            else:
                with suppress(LimitReached):
                    if _satisfiable(shared, formula, at):
                        found.add(number)
        numbers = {id(claim): number for number, (claim, _) in left.items()}
        for reached, together in self._where(left.values()):
            for claim, at in together:
                if self.work.is_spent:
                    return frozenset(found)
                before = reached.took
                with suppress(LimitReached):
                    if _satisfiable(reached, claim.meant, at):
                        found.add(numbers[id(claim)])
                self.work.done(reached.took - before)
        return frozenset(found)

    def doubts(self, claims: Mapping[int, Claim]) -> Doubts:
        """Search for counterexamples to claims, each at the ending with that number."""
        alike: dict[int, tuple[Claim, list[int]]] = {}
        for number, claim in claims.items():
            alike.setdefault(id(claim), (claim, []))[1].append(number)
        meant: set[int] = set()
        doubtful: dict[int, Formula] = {}
        states, complete = 0, True
        for reached, together in self._where(alike.values()):
            complete = complete and reached.complete
            for claim, numbers in together:
                if self.work.is_spent:
                    break
                judged: dict[StateSet, _Judged] = {}
                coarse = reached.coarse_at(numbers, claim.whole)
                for number, these in zip(numbers, coarse, strict=True):
                    if these not in judged:
                        judged[these] = self._judged(reached, these, claim)
                    found = judged[these]
                    complete = complete and found.decided
                    if found.meant:
                        meant.add(number)
                        states += reached.count(reached.at(number))
                    if found.doubted:
                        doubtful[number] = claim.doubtful
        complete = complete and not self.work.is_spent
        return Doubts(frozenset(meant), doubtful, states, complete)

    def _where(
        self, claims: Iterable[_Claimed]
    ) -> Iterator[tuple[Reachability, Iterable[_Claimed]]]:
        """The explorations on which to evaluate claims, each with those claims."""
        shared = self.shared
        told: list[_Claimed] = []
        alone: list[_Claimed] = []
        for claim, numbers in claims:
            told_apart = shared.complete and shared.distinguishes(numbers, claim.whole)
            (told if told_apart else alone).append((claim, numbers))
        if told:
            yield shared, told
        by_facts = grouped((frozenset(test.fact for test in c.tests), (c, at)) for c, at in alone)
        for together in by_facts.values():
            if self.work.is_spent:
                return
            tests = (test for claim, _ in together for test in claim.tests)
            yield self._alone(tests), together

    def _judged(self, reached: Reachability, states: StateSet, claim: Claim) -> _Judged:
        before = reached.took
        try:
            self.work.go_on()
            meant = reached.intersects(states, claim.meant)
            doubted = meant and any(reached.intersects(states, each) for each in claim.doubts)
            return _Judged(meant, doubted, decided=True)
        except LimitReached:
            return _Judged(meant=True, doubted=True, decided=False)
        finally:
            self.work.done(reached.took - before)

    def _alone(self, tests: Iterable[Test]) -> Reachability:
        """An exploration for one proof."""
        reached = reachable(self.start, tests, self.own_budget)
        self.work.done(reached.took)
        return reached

    @cached_property
    def own_budget(self) -> int:
        """The node budget of a proof that explores by itself. Where even the bare graph exceeds it,
        no such proof can be decided, so each gets a small part of it."""
        if not self.for_all or self.shared.complete:
            return self.node_budget
        bare = reachable(self.start, (), self.node_budget)
        return self.node_budget if bare.complete else self.node_budget // _GIVE_UP

    @cached_property
    def shared(self) -> SharedReachability:
        """The states at each step, distinguished by all that is read of them there."""
        always = {test.fact for test in self.dependencies.shared()} | self.library.questions.keys()
        always.update(fact for rule in self.library.rules for fact in rule.when.facts)
        own, tests = self._read_at_endings, self.dependencies.all()
        of_all = frozenset(always)
        return shared_reachability(self.start, of_all, own, tests, self.node_budget, self.work)

    @cached_property
    def _read_at_endings(self) -> Mapping[int, Collection[str]]:
        """For each ending the facts that decide what is shown there and which rules apply, besides
        those that are read everywhere."""
        read: dict[int, set[str]] = {}
        for number, outcome in self.endings:
            tree = self.map.nodes[number].tree
            own = (*self.dependencies.own(outcome), *self.dependencies.rules_of(tree))
            read[number] = {test.fact for test in own}
        for tree, after in self._after.items():
            spoken_of = {BEGAN, *(test.fact for test in self.dependencies.rules_of(tree))}
            for number in read.keys() & after:
                read[number] |= spoken_of
        return read

    # --- enumerating states ---

    def asked(self) -> tuple[frozenset[Place], frozenset[Place], bool]:
        """The questions that are asked in some reachable state, those that are reached in one, and
        whether these are all."""
        nodes, may_know = self.map.nodes, self.start.may_know
        found: set[Place] = set()
        come: set[Place] = set()
        complete = True
        by_fact = grouped(
            (node.step.fact if may_know(number, node.step.fact) else "", number)
            for number, node in enumerate(nodes)
            if isinstance(node.step, Question)
        )
        for fact, numbers in by_fact.items():
            if self.work.is_spent:
                return frozenset(found), frozenset(come), False
            reached: Reachability = self.shared
            if not reached.complete:
                every = Test(fact, frozenset(self.start.values.get(fact, ())))
                reached = self._alone([every] if fact else [])
            complete = complete and reached.complete
            try:
                found |= {nodes[number].place for number in numbers if reached.asked(number)}
            except LimitReached:
                complete = False
            come |= {nodes[n].place for n in numbers if reached.at(n) != StateSets.empty}
        return frozenset(found), frozenset(come), complete

    def search(
        self,
        read: Iterable[Test],
        look: Callable[[Arrival], Iterable[Key]],
        at: Collection[tuple[str, str]] | None = None,
    ) -> Search[Key]:
        """Apply ``look`` at every ending in every state that some tests distinguish.

        ``at`` restricts the endings, each by its tree and its name; None is all of them.
        """
        nodes, places = self.map.nodes, None if at is None else frozenset(at)
        wanted = (n for n in self.map.endings if places is None or nodes[n].place in places)
        return self._search(tuple(read), look, dict.fromkeys(wanted, ALWAYS))

    def search_doubts(
        self,
        read: Iterable[Test],
        look: Callable[[Arrival], Iterable[Key]],
        doubts: Doubts,
    ) -> Search[Key]:
        """Apply ``look`` to the states in doubt, at each ending until it finds something."""
        if not doubts.doubtful or self.work.is_spent:
            return Search({}, complete=not doubts.doubtful)
        tests = dict.fromkeys((*read, *(t for f in doubts.doubtful.values() for t in tests_of(f))))
        return self._search(tuple(tests), look, doubts.doubtful, once=True)

    def _search(
        self,
        read: tuple[Test, ...],
        look: Callable[[Arrival], Iterable[Key]],
        people: Mapping[int, Formula],
        *,
        once: bool = False,
    ) -> Search[Key]:
        if self.work.is_spent:
            return Search({}, complete=False)
        wanted = tuple(dict.fromkeys(read))
        reached = self._looking(wanted, people)
        keys: dict[Key, Arrival] = {}
        complete = reached.complete
        for number, formula in people.items():
            node = self.map.nodes[number]
            assert isinstance(node.step, Outcome)  # searches are at endings
            try:
                states = reached.at(number)
                people_there = reached.known(states, formula, wanted)
                for known in _apart(wanted, islice(people_there, _MOST_ENUMERATED)):
                    arrival = Arrival(node.tree, node.step, known)
                    new = list(look(arrival))
                    for key in new:
                        keys.setdefault(key, arrival)
                    self.work.done(_LOOK)
                    self.work.go_on()
                    if once and new:
                        break
                else:
                    complete = complete and next(people_there, None) is None
            except LimitReached:
                complete = False

        @cache
        def firsts() -> tuple[Explored, Mapping[Key, CountedArrival]]:
            explored = self.explored(wanted)
            return explored, _fewest_answers(explored, look, people, keys.keys(), wanted)

        def shortest(key: Key) -> tuple[CountedArrival, Explored] | None:
            if self.work.is_spent:
                return None
            explored, found = firsts()
            return (found[key], explored) if key in found else None

        return Search({k: Met(met, partial(shortest, k)) for k, met in keys.items()}, complete)

    def _looking(self, read: Collection[Test], at: Iterable[int]) -> Reachability:
        """The exploration whose states are enumerated."""
        if self.for_all and self.shared.complete:
            # What only other endings read need not be known here.
            shared = All(tuple(test for test in read if test.fact in self.library.questions))
            everything = All(tuple(read))
            if self.shared.distinguishes((), everything) and self.shared.distinguishes(at, shared):
                return self.shared
        return self._alone(read)

    def explored(self, read: tuple[Test, ...]) -> Explored:
        """The same states by the number of answers, for the witness of a failed proof."""
        if read not in self._explored:
            self._explored.clear()  # only the last: they are large, and used one after another
            explored = explore(self.map, read, self.own_budget, self.beforehand)
            self._explored[read] = explored
            self.work.done(explored.took)
        return self._explored[read]


class _Judged(Frozen):
    """A claim evaluated in some states: whether it covers any, and whether any is a
    counterexample."""

    meant: bool
    doubted: bool
    decided: bool


def _fewest_answers(
    explored: Explored,
    look: Callable[[Arrival], Iterable[Key]],
    states: Mapping[int, Formula],
    wanted: Collection[Key],
    read: Iterable[Test],
) -> Mapping[Key, CountedArrival]:
    """For each key wanted the arrival with the fewest answers that shows it; incomplete if a limit
    is reached."""
    facts = frozenset(test.fact for test in read)
    found: dict[Key, CountedArrival] = {}
    with suppress(LimitReached):
        for met in islice(explored.arriving(states), _MOST_ENUMERATED):
            # Facts that are tracked only to find the path are not for a proof to see.
            arrival = replace(met, facts={f: v for f, v in met.facts.items() if f in facts})
            for key in look(arrival):
                if key in wanted:
                    found.setdefault(key, arrival)
            if len(found) == len(wanted):
                break
    return found


def _satisfiable(reached: Reachability, formula: Formula, at: Iterable[int]) -> bool:
    return any(reached.intersects(states, formula) for states in reached.coarse_at(at, formula))


def _apart(read: Iterable[Test], people: Iterable[Facts]) -> Iterator[Facts]:
    """One representative of all states that the tests do not distinguish, with what is read."""
    tests = values_by_fact(read)
    alike: dict[tuple[str, frozenset[str]], Hashable] = {}
    met: set[tuple[Hashable, ...]] = set()
    for known in people:
        told = [(fact, known[fact]) for fact in tests if fact in known]
        for fact, values in told:
            if (fact, values) not in alike:
                kinds = (tuple(value in test for test in tests[fact]) for value in values)
                alike[fact, values] = (fact, frozenset(kinds))
        kind = tuple(alike[each] for each in told)
        if kind not in met:
            met.add(kind)
            yield dict(told)
