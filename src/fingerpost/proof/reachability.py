"""Reachable states of the facts at each step, as far as some tests distinguish them.

``reachable`` explores for one proof; ``shared_reachability`` explores once for all proofs. There,
states at an ending are distinguished by what its own lines and needs read, by what all endings
share, and by the rules that apply there. Facts asked last have the first variables: what is asked
late is forgotten early, so diagrams mostly grow and shrink at the top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy

from ..model.facts import Facts
from ..model.tree import Question
from .encoding import Encoding, Kinds
from .formula import All, Any, Formula, Not, Test, values_by_fact
from .formula_bdd import BddNode, FormulaBdd
from .state_sets import LimitReached, StateSet, StateSets, Work
from .transitions import BEGAN, NODE_BUDGET, Start, TransitionSystem, transition_system

_CLEAR_AFTER = 1_000
"""Steps between clearing the caches, which are rarely hit later and larger than the sets."""

_STEPS_FOR_EACH_BUDGET = 5_000
"""Steps for which one node budget is granted. Most libraries take some ten nodes a step."""

_MOST_VARIABLES = 300
"""Over more variables a diagram could be deeper than Python's recursion limit."""


class Reachability:
    """The reachable states at each step.

    If ``complete`` is false the node budget was spent: the states found are reachable, and others
    may be. Formulas may read only what the tests read. ``encoding`` has the tracked facts. Raises
    LimitReached where a question cannot be decided.
    """

    def __init__(
        self, system: TransitionSystem, sets: Mapping[int, StateSet], *, complete: bool
    ) -> None:
        self._system = system
        self._at = sets
        self.complete = complete
        self.encoding = system.encoding

    @property
    def took(self) -> int:
        """The work that the exploration was."""
        return self._system.took

    def at(self, number: int) -> StateSet:
        """The states reachable at a node: a set in this object's collection."""
        return self._at.get(number, StateSets.empty)

    def coarse_at(self, numbers: Iterable[int], formula: Formula) -> Iterator[StateSet]:
        """The states at each of some nodes, or a projection of them that is enough to evaluate a
        formula."""
        return map(self.at, numbers)

    def intersects(self, states: StateSet, formula: Formula) -> bool:
        """Whether any of the states satisfies a formula."""
        match formula:
            case Test(fact, values) if fact in self.encoding.facts:
                literals, sets = self.encoding.facts[fact].literals(values), self._system.sets
                return any(sets.restrict(states, *one) != sets.empty for one in literals)
            case Any(parts):
                return any(self.intersects(states, part) for part in parts)
            case All((*first, last)):
                return self.intersects(self._satisfying(states, All(tuple(first))), last)
            case _:
                return self._satisfying(states, formula) != StateSets.empty

    def count(self, states: StateSet) -> int:
        """The number of states."""
        return self._system.sets.count(states)

    def known(self, states: StateSet, formula: Formula, read: Iterable[Test]) -> Iterator[Facts]:
        """The facts known in each state that satisfies a formula, as far as some tests read them.
        Of values that no test distinguishes one represents all."""
        return map(
            self.encoding.decoded, self._system.sets.members(self._satisfying(states, formula))
        )

    def asked(self, number: int) -> bool:
        """Whether the question of a node is asked in some state, and not skipped. The tests must
        read its fact, if it may be known there."""
        step = self._system.start.map.nodes[number].step
        assert isinstance(step, Question)  # nothing else is asked
        return self._system.asked(number, step, self.at(number)) != StateSets.empty

    def _satisfying(self, states: StateSet, formula: Formula) -> StateSet:
        return self.encoding.satisfying(self._system.sets, states, formula)


def reachable(start: Start, tests: Iterable[Test], node_budget: int = NODE_BUDGET) -> Reachability:
    """Explore for proofs that read facts only through ``tests``, without counting answers."""
    system = transition_system(start, tuple(tests), start.deciding, node_budget)
    sets, complete = reachable_sets(system)
    return Reachability(system, sets, complete=complete)


def reachable_sets(system: TransitionSystem) -> tuple[Mapping[int, StateSet], bool]:
    """The least fixpoint of the images from all starts: the states at each node, and whether these
    are all. A graph without cycles needs one pass."""
    here, sets = system.start.map, system.sets
    found: dict[int, StateSet] = {}
    try:
        for start in here.starts.values():
            for facts in system.start.begun:
                initial = system.initial(start, facts)
                found[start] = sets.union(found.get(start, sets.empty), initial)
        changed = True
        while changed:
            changed = False
            for done, number in enumerate(here.order):
                states = found.get(number, sets.empty)
                if states == sets.empty:
                    continue
                if done % _CLEAR_AFTER == _CLEAR_AFTER - 1:
                    system.clear_caches()
                for target, there, _ in system.image(number, states):
                    so_far = found.get(target, sets.empty)
                    found[target] = sets.union(so_far, there)
                    changed = changed or (here.cyclic and found[target] != so_far)
    except LimitReached:
        return found, False
    return found, True


class SharedReachability(Reachability):
    """The states reachable at each step, for all proofs.

    If ``complete`` is false the node budget was spent. Then the states must not be used, and each
    proof explores by itself. ``work`` is told of what each formula takes.
    """

    def __init__(
        self,
        system: TransitionSystem,
        node_budget: int,
        work: Work,
        always: frozenset[str],
        read: Mapping[int, Collection[str]],
        sets: Mapping[int, StateSet],
        *,
        complete: bool,
    ) -> None:
        super().__init__(system, sets, complete=complete)
        self._node_budget = node_budget
        self._work = work
        self._always = always
        self._read = read
        self._coarse: dict[int, StateSet] = {}
        self._caches = True
        # By identity: formulas share their parts, and comparing long ones takes longer than this.
        self._queries: dict[int, tuple[Formula, frozenset[str] | None]] = {}
        self._parts: dict[int, tuple[Formula, frozenset[str] | None]] = {}
        self._diagrams: dict[int, tuple[Formula, BddNode | None]] = {}
        self._bdd = self._new_bdd()

    def without_cache(self) -> SharedReachability:
        """The same states, for formulas that are evaluated once and not cached."""
        other = copy(self)
        other._caches, other._queries, other._parts, other._diagrams = False, {}, {}, {}
        other._bdd = self._new_bdd()
        return other

    def _new_bdd(self) -> FormulaBdd:
        return FormulaBdd(self.encoding, self._system.sets, self._node_budget, self._work)

    def distinguishes(self, numbers: Iterable[int], formula: Formula) -> bool:
        """Whether states at these endings are distinguished by all that a formula reads."""
        needed = self._needed(formula)
        if needed is None:
            return False
        own = needed - self._always
        return not own or all(own.issubset(self._read.get(number, ())) for number in numbers)

    def _needed(self, formula: Formula) -> frozenset[str] | None:
        """The facts that must be live where a whole formula is evaluated, as ``_read_by`` says."""
        known = self._queries.get(id(formula))
        if known is None:
            if not self._caches:
                self._queries.clear()
                self._parts.clear()
                self._diagrams.clear()
            known = self._queries[id(formula)] = (formula, self._read_by(formula))
        return known[1]

    def _needed_by_part(self, part: Formula) -> frozenset[str] | None:
        if isinstance(part, Test):
            return self._read_by(part)
        known = self._parts.get(id(part))
        if known is None:
            known = self._parts[id(part)] = (part, self._read_by(part))
        return known[1]

    def _read_by(self, formula: Formula) -> frozenset[str] | None:
        """The facts that must be live where a formula is evaluated; None if some of their values
        are nowhere distinguished."""
        match formula:
            case Test(fact, values):
                kinds = self.encoding.kinds.get(fact)
                if kinds is None:
                    return None if fact in self._system.start.facts else frozenset()
                return frozenset({fact}) if kinds.distinguish(values) else None
            case Not(part):
                return self._needed_by_part(part)
            case All(parts) | Any(parts):
                needed: set[str] = set()
                for part in parts:
                    of_part = self._needed_by_part(part)
                    if of_part is None:
                        return None
                    needed |= of_part
                return frozenset(needed)

    def coarse_at(self, numbers: Iterable[int], formula: Formula) -> Iterator[StateSet]:
        """The states at each of some nodes, projected to what is read at every ending if that is
        enough to evaluate a formula: many endings then have the same set."""
        needed = self._needed(formula)
        enough = needed is not None and needed <= self._always
        return map(self._projected if enough else self.at, numbers)

    def _projected(self, number: int) -> StateSet:
        """The states at a node, projected to what is read at every ending."""
        if number not in self._coarse:
            own = self._system.live[number] - self._always
            self._coarse[number] = states = self.at(number)
            with suppress(LimitReached):
                variables = self.encoding.variables(own)
                self._coarse[number] = self._system.sets.project(states, variables)
        return self._coarse[number]

    def intersects(self, states: StateSet, formula: Formula) -> bool:
        """Whether any of the states satisfies a formula."""
        bdd = self._diagram(formula)
        if bdd is not None:
            try:
                return self._bdd.intersects(states, bdd)
            except LimitReached:
                self._diagrams[id(formula)] = (formula, None)
        _, satisfying = self._apart(states, formula)
        return satisfying != StateSets.empty

    def _diagram(self, formula: Formula) -> BddNode | None:
        """The diagram of a formula; None if it is too large or too deep. What a formula reads is
        known without it, and takes far less."""
        known = self._diagrams.get(id(formula))
        if known is None:
            bdd = self._bdd_of(formula, self._needed(formula))
            known = self._diagrams[id(formula)] = (formula, bdd)
        return known[1]

    def _bdd_of(self, formula: Formula, needed: frozenset[str] | None) -> BddNode | None:
        if needed is None or len(self.encoding.variables(needed)) > _MOST_VARIABLES:
            return None
        if self._bdd.is_full:
            self._bdd = self._new_bdd()
            self._diagrams.clear()  # they were in the full one
        with suppress(LimitReached):
            return self._bdd.of(formula)
        return None

    def _apart(self, states: StateSet, formula: Formula) -> tuple[StateSets, StateSet]:
        """The states that satisfy a formula, in a collection of their own: each query has the
        whole node budget."""
        sets = StateSets(self.encoding.sizes, self._node_budget)
        try:
            copied = sets.copied_from(self._system.sets, states)
            return sets, self.encoding.satisfying(sets, copied, formula)
        finally:
            self._work.done(sets.operations)

    def known(self, states: StateSet, formula: Formula, read: Iterable[Test]) -> Iterator[Facts]:
        """The facts known in each state that satisfies a formula, as far as tests read them."""
        encoding = self.encoding
        sets, satisfying = self._apart(states, formula)
        by_fact = values_by_fact(test for test in read if test.fact in encoding.facts)
        encoded = {fact: encoding.facts[fact] for fact in by_fact}
        coarse = sets.project(satisfying, sets.support - encoding.variables(encoded))
        for fact, each in encoded.items():
            coarse = each.coarsened(sets, coarse, by_fact[fact])
        for sparse in sets.sparse_members(coarse):
            state = defaultdict(int, sparse)
            yield {f: values for f, each in encoded.items() if (values := each.values(state))}


def shared_reachability(
    start: Start,
    always: frozenset[str],
    read: Mapping[int, Collection[str]],
    tests: Iterable[Test],
    node_budget: int = NODE_BUDGET,
    work: Work | None = None,
) -> SharedReachability:
    """Explore once for all proofs, whose work budget is ``work``.

    ``always`` are the facts that are read at every ending, ``read`` those read at each besides. For
    shared questions, and for the starting tree, each value is a class; for all other facts, and
    where several values may be chosen, classes are what the ``tests`` distinguish.
    """
    wanted = always.union(*read.values(), start.asked_knowing, start.conditions)
    by_fact = values_by_fact(tests)
    shared = start.map.library.questions

    def latest(fact: str) -> tuple[bool, int]:
        """What is asked at the ending goes first: below other facts each of their diagrams would
        hold a copy of all its values."""
        return not (fact in shared and shared[fact].at_ending), -start.facts[fact]

    last_first = sorted(wanted & start.facts.keys(), key=latest)
    each_value = {*start.map.library.questions, BEGAN} - start.many
    kinds = {
        fact: Kinds.each(start.values[fact])
        if fact in each_value
        else start.kinds(fact, (Test(fact, values) for values in by_fact.get(fact, ())))
        for fact in last_first
    }
    encoding = Encoding(kinds, start.many)
    budgets = max(1, len(start.map.nodes) // _STEPS_FOR_EACH_BUDGET)
    endings = frozenset(start.map.endings)
    system = TransitionSystem(
        start,
        encoding,
        StateSets(encoding.sizes, node_budget * budgets),
        lambda number: always.union(read.get(number, ())) if number in endings else (),
    )
    variables = {fact: len(each.variables) for fact, each in encoding.facts.items()}
    live = frozenset(system.live)
    deepest = max((sum(variables[fact] for fact in facts) for facts in live), default=0)
    sets, complete = reachable_sets(system) if deepest <= _MOST_VARIABLES else ({}, False)
    system.clear_caches()
    work = work or Work()
    found = SharedReachability(system, node_budget, work, always, read, sets, complete=complete)
    work.done(found.took)
    return found
