"""A second oracle: a library as boolean functions, in decision diagrams that are not our own.

For each step there is the set of all that can be known by those who come to it, as a function of
one variable for each value of each fact. What a page shows is another function. A mistake is
where the two meet. The package ``dd`` makes the diagrams; nothing of it ships.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import combinations
from typing import Any, TypeAlias

import dd.bdd
import pytest
from dd.autoref import BDD

from fingerpost.checks.safety import contracts, open_at_night, rules, unserved
from fingerpost.model.base import replace
from fingerpost.model.facts import NOT_SURE
from fingerpost.model.library import Library
from fingerpost.model.route import Route
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import (
    Advice,
    Always,
    Expectation,
    Kind,
    Outcome,
    Question,
    Rule,
    Step,
    Target,
    When,
)
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Status

from ..support.checking import found_by
from ..support.judging import terms
from ..support.oracle import (
    HERE,
    NOTHING,
    WORDS,
    any_expectation,
    any_trees,
    any_when,
    choices,
    ending,
    holds,
    of_trees,
    question,
    replay,
    spot,
    tree,
    with_help,
)

pytestmark = pytest.mark.slow

Place: TypeAlias = tuple[str, str]
Function: TypeAlias = Any
"""A function of the package ``dd``, which has no types."""


# It asserts that nothing refers to a diagram any more when it goes. Where a test fails that is not
# so, and what it raises then would hide why the test failed.
del dd.bdd.BDD.__del__


class Diagrams:
    """A library's functions: who comes where, and what a page shows to whom."""

    def __init__(self, read: Library) -> None:
        self.read = read
        self.bdd = BDD()
        self.values: dict[str, dict[str, None]] = {}
        for asked in self._questions():
            self.values.setdefault(asked.fact, {}).update(dict.fromkeys(asked.values))
        self.bdd.declare(*(var for fact in self.values for var in self._vars(fact)))
        self.always_asked = {fact for fact, asked in read.questions.items() if asked.always_ask}
        self.arrivals: dict[tuple[str, str, str], Function] = {}
        for start in read.trees:
            for (name, step), known in self._reach(start).items():
                if step in read.trees[name].outcomes:
                    self.arrivals[start, name, step] = known

    def _questions(self) -> Iterator[Question]:
        yield from self.read.questions.values()
        for each in self.read.trees.values():
            yield from each.questions.values()

    def _vars(self, fact: str) -> list[str]:
        return [f"{fact}={value}" for value in self.values[fact]]

    # Sets of people

    def _reach(self, start: str) -> dict[Place, Function]:
        """What is known by those who come to each step, from the start of a tree."""
        order = list(reversed(self._ends_first((start, self.read.trees[start].start))))
        found = dict.fromkeys(order, self.bdd.false)
        found[order[0]] = self._enter(order[0], self._beginnings())
        for place in order:
            for onward, known in self._ways(place, found[place]):
                found[onward] |= self._enter(onward, known)
        return found

    def _ends_first(self, place: Place, seen: set[Place] | None = None) -> list[Place]:
        seen = set() if seen is None else seen
        seen.add(place)
        order: list[Place] = []
        for onward in self._targets(place):
            if onward not in seen:
                order += self._ends_first(onward, seen)
        return [*order, place]

    def _targets(self, place: Place) -> list[Place]:
        step = self.read.trees[place[0]].step(place[1])
        if isinstance(step, Question):
            past = [] if step.otherwise is None else [self._place(step.otherwise)]
            return [*(self._place(answer.goto) for answer in step.answers), *past]
        return [self._place(step.carry_on.goto)] if step and step.carry_on else []

    def _place(self, target: Target | None) -> Place:
        assert target is not None
        return target.tree, target.step or self.read.trees[target.tree].start

    def _beginnings(self) -> Function:
        """Nobody has told anything, or who reads, or the nation, or both."""
        nothing = self.all(~self.bdd.var(var) for fact in self.values for var in self._vars(fact))
        begun = nothing
        for fact in {"teller", "nation"} & set(self.read.questions) - self.always_asked:
            told = (
                self._settle(begun, fact, frozenset({value}))
                for value in self.read.questions[fact].values
            )
            begun = self.any((begun, *told))
        return begun

    def _enter(self, place: Place, known: Function) -> Function:
        for fact, values in self.read.trees[place[0]].given.items():
            if fact not in self.always_asked:
                known = self._settle(known, fact, values)
        return known

    def _settle(self, known: Function, fact: str, values: frozenset[str]) -> Function:
        """The same people once a fact has these values, whatever it was before."""
        forgotten = self.bdd.exist(self._vars(fact), known)
        each = {value: self.bdd.var(f"{fact}={value}") for value in self.values[fact]}
        return forgotten & self.all(v if value in values else ~v for value, v in each.items())

    def _ways(self, place: Place, known: Function) -> Iterator[tuple[Place, Function]]:
        step = self.read.trees[place[0]].step(place[1])
        if isinstance(step, Outcome):
            if step.carry_on is not None:
                for fact, values in step.carry_on.sets.items():
                    known = self._settle(known, fact, values)
                yield self._place(step.carry_on.goto), known
            return
        assert step is not None
        if step.when.tests:
            yield self._place(step.otherwise), known & ~self.when(step.when)
            known &= self.when(step.when)
        for answer in step.answers:
            passed_over = known & self.is_one_of(step.fact, {answer.value})
            known &= ~passed_over
            yield self._place(answer.goto), passed_over
        for chosen in choices(step):
            first = next(answer for answer in step.answers if answer.value in chosen)
            yield self._place(first.goto), self._settle(known, step.fact, chosen)

    # Who is shown what

    def all(self, functions: Iterable[Function]) -> Function:
        return reduce(lambda one, other: one & other, functions, self.bdd.true)

    def any(self, functions: Iterable[Function]) -> Function:
        return reduce(lambda one, other: one | other, functions, self.bdd.false)

    def is_one_of(self, fact: str, values: Iterable[str]) -> Function:
        """Whether one of these values is chosen; a value that nobody can choose never is."""
        known = set(values) & self.values.get(fact, {}).keys()
        return self.any(self.bdd.var(f"{fact}={value}") for value in sorted(known))

    def when(self, when: When) -> Function:
        return self.all(self.is_one_of(fact, values) for fact, values in when.tests)

    def shown(self, each: Advice | Route) -> Function:
        return self.all(map(self.when, each.whens)) & ~self.any(map(self.when, each.unless))

    def entry(self, entry: Always) -> Function:
        return self.when(entry.when) & ~self.any(map(self.when, entry.unless))

    def need(self, outcome: Outcome, name: str) -> Function:
        own = (self.when(need.when) for need in outcome.needs if need.need == name)
        added = (
            self.entry(entry) & self.when(need.when)
            for entry in self.read.always
            for need in entry.needs
            if need.need == name
        )
        return self.any((*own, *added))

    def advice(self, outcome: Outcome, name: str) -> Function:
        # Lines that read the same side by side, so that what they are together stays small.
        lines = sorted(outcome.advice, key=lambda line: str(line.whens))
        own = (self.shown(line) for line in lines if line.name == name)
        added = (
            self.entry(entry) & self.shown(line)
            for entry in self.read.always
            for line in entry.advice
            if line.name == name
        )
        return self.any((*own, *added))

    def as_urgent_as(self, outcome: Outcome, least: Urgency) -> Function:
        if outcome.urgency >= least:
            return self.bdd.true
        return self.any(
            self.entry(entry)
            for entry in self.read.always
            if entry.urgency is not None and entry.urgency >= least
        )

    def offered(self, route: Route) -> Function:
        """Its own conditions hold, and those who stand in for it do not cover all that is known."""
        beside = [each for each in self.read.routes.values() if each.instead == route.name]
        covered = self.bdd.false
        for size in range(1, len(beside) + 1):
            for there in combinations(beside, size):
                just_these = self.all(
                    self.shown(each) if each in there else ~self.shown(each) for each in beside
                )
                covered |= just_these & self._all_within(there)
        return self.shown(route) & ~covered

    def _all_within(self, standing_in: Iterable[Route]) -> Function:
        """Whether of each fact that these read no other value is chosen than they are for."""
        read: dict[str, set[str]] = {}
        for route in standing_in:
            for when in route.whens:
                for fact, values in when.tests:
                    read.setdefault(fact, set()).update(values)
        return self.all(
            ~self.is_one_of(fact, self.values[fact].keys() - values)
            for fact, values in read.items()
        )

    def on_page(self, outcome: Outcome, route: Route) -> Function:
        return self.offered(route) & self.any(self.need(outcome, name) for name in route.serves)

    def outside(self, fact: str, served: frozenset[str]) -> Function:
        values = self.values[fact].keys()
        unknown = ~self.is_one_of(fact, values)
        elsewhere = self.is_one_of(fact, values - served)
        return elsewhere if NOT_SURE in served else elsewhere | unknown

    # What is wrong

    def met(self) -> Iterator[tuple[str, str, Outcome, Function]]:
        for (start, name, step), known in self.arrivals.items():
            yield start, name, self.read.trees[name].outcomes[step], known

    def unserved(self) -> set[str]:
        """The needs that somebody finds unserved."""
        routes = self.read.routes.values()
        return {
            name
            for _, _, outcome, known in self.met()
            for name in {need for route in routes for need in route.serves}
            if known
            & self.need(outcome, name)
            & ~self.any(self.offered(route) for route in routes if name in route.serves)
            != self.bdd.false
        }

    def contracts_left(self) -> set[tuple[str, str]]:
        return {
            (route.name, fact)
            for route in self.read.routes.values()
            for fact, served in terms(route.contract)
            for _, _, outcome, known in self.met()
            if fact in self.read.questions
            and known & self.on_page(outcome, route) & self.outside(fact, served) != self.bdd.false
        }

    def nobody_at_night(self) -> set[Place]:
        awake = [
            route
            for route in self.read.routes.values()
            if route.hours.get("phone") == "24/7" and not route.unsure
        ]
        return {
            (name, outcome.name)
            for _, name, outcome, known in self.met()
            if known
            & self.as_urgent_as(outcome, Urgency.TODAY)
            & ~self.any(self.on_page(outcome, route) for route in awake)
            != self.bdd.false
        }

    def broken(self, rule: Rule, own_of: str = "") -> tuple[bool, bool]:
        """Whether a rule speaks of somebody, and whether one of them breaks it."""
        concerned = breaks = self.bdd.false
        for start, name, outcome, known in self.met():
            if own_of in ("", start, name):
                people = known & self.when(rule.when)
                concerned |= people
                breaks |= people & ~self.keeps(rule, outcome)
        return concerned != self.bdd.false, breaks != self.bdd.false

    def keeps(self, rule: Rule, outcome: Outcome) -> Function:
        """Whether a page keeps a rule that asks for nothing about the order of routes."""
        assert not rule.must.first
        assert not rule.must.route
        assert not rule.never.first
        must = self._each(rule.must, outcome)
        never = self._each(rule.never, outcome)
        return self.all(must) & ~self.any(never)

    def _each(self, expected: Expectation, outcome: Outcome) -> Iterator[Function]:
        if expected.need:
            yield self.any(self.need(outcome, name) for name in expected.need)
        if expected.advice:
            yield self.any(self.advice(outcome, name) for name in expected.advice)
        if expected.route:
            yield self.any(self.on_page(outcome, self.read.routes[n]) for n in expected.route)
        if expected.outcome:
            yield self.bdd.true if outcome.name in expected.outcome else self.bdd.false
        if expected.urgency is not None:
            yield self.as_urgent_as(outcome, expected.urgency)


# Small libraries


def any_rule(chance: random.Random) -> Rule:
    """A rule that asks for nothing about the order of routes."""
    while True:
        expected = any_expectation(chance)
        if expected.first:
            continue
        forbids = bool(expected.route) or chance.random() < 0.5
        sides = (NOTHING, expected) if forbids else (expected, NOTHING)
        return Rule("rule", None, any_when(chance, 2), *sides, span=spot("rule"))


@pytest.mark.in_turn(among="longer sweeps")
def test_the_verdicts_on_small_libraries() -> None:
    """600 random libraries: the same needs, contracts, nights and rules are wrong."""
    met = {"need": 0, "contract": 0, "night": 0, "broken": 0, "kept": 0, "nobody": 0}
    for seed in range(600):
        chance = random.Random(600_000 + seed)
        read = replace(with_help(chance, any_trees(chance)), rules=(any_rule(chance),))
        diagrams = Diagrams(read)
        needs = {m.message.split("“")[1].split("”")[0] for m in found_by(unserved, read)}
        assert needs == diagrams.unserved(), seed
        left = {
            (m.span.file, m.message.rpartition(": ")[2].partition(" ")[0])
            for m in found_by(contracts, read)
            if m.code == "FP304"
        }
        outside = diagrams.contracts_left()
        assert left <= outside, seed
        assert {route for route, _ in left} == {route for route, _ in outside}, seed
        night = {tuple(m.span.file.split("/")) for m in found_by(open_at_night, read)}
        assert night == diagrams.nobody_at_night(), seed
        speaks, breaks = diagrams.broken(read.rules[0])
        state = "broken" if breaks else "kept" if speaks else "nobody"
        said = {"FP310": "broken", "FP311": "nobody"}
        assert [said[m.code] for m in found_by(rules, read)] == (
            [] if state == "kept" else [state]
        ), seed
        for what, count in (("need", needs), ("contract", left), ("night", night)):
            met[what] += len(count)
        met[state] += 1
    assert min(met.values()) > 50, met


# Wide libraries, of which nobody could take every way


def wide(chance: random.Random, count: int) -> Library:
    """So many questions with yes and no, of which one may be passed by; and lines with one name,
    of which everybody is shown just one, or nearly everybody."""
    facts = [f"fact{number}" for number in range(count)]
    places = [*(f"one/{fact}" for fact in facts), "one/end"]
    passed_by = chance.randrange(1, count) if chance.random() < 0.5 else 0
    steps: list[Step] = []
    for number, fact in enumerate(facts, start=1):
        no = places[number + 1] if number == passed_by else places[number]
        steps.append(question(fact, fact, {"yes": places[number], "no": no}))
    lines = [*parted(chance, facts, When())]
    if chance.random() < 0.5:
        lines.pop(chance.randrange(len(lines)))
    chance.shuffle(lines)
    advice = tuple(Advice(Kind.DO, WORDS, (when,), None, "line", span=HERE) for when in lines)
    end = replace(ending("end"), advice=advice)
    rule = Rule("r", None, When(), Expectation(advice=("line",)), NOTHING, span=spot("r"))
    return replace(of_trees(tree("one", [*steps, end])), rules=(rule,))


def parted(chance: random.Random, facts: list[str], so_far: When) -> Iterator[When]:
    """Conditions of which just one holds for everybody who has been asked everything."""
    read = {fact for fact, _ in so_far.tests}
    left = [fact for fact in facts if fact not in read]
    if not left or (len(read) > 3 and chance.random() < 0.3) or len(read) == 6:
        yield so_far
        return
    fact = chance.choice(left)
    for value in ("yes", "no"):
        test = (fact, frozenset({value}))
        yield from parted(chance, facts, When((*so_far.tests, test)))


MANY_FACTS = 20
"""Together they may be known in a million ways, so that no list of those would be a proof."""


@pytest.mark.in_turn(among="longer sweeps")
def test_the_verdicts_on_wide_libraries() -> None:
    """30 libraries with 20 facts that all matter at their only ending: a rule is kept by all, or
    broken by few, and the witness breaks it."""
    met = dict.fromkeys(Status, 0)
    for seed in range(30):
        read = wide(random.Random(700_000 + seed), MANY_FACTS)
        [rule] = read.rules
        verdict = Proofs(read).rule(rule)
        speaks, breaks = Diagrams(read).broken(rule)
        assert speaks
        assert verdict.status is (Status.BROKEN if breaks else Status.PROVED), seed
        if verdict.witness is not None:
            walk = replay(read, verdict.witness)
            assert isinstance(walk.here, Outcome)
            assert not holds(read, rule, walk.here, walk.facts)
        met[verdict.status] += 1
    assert min(met[Status.BROKEN], met[Status.PROVED]) > 5, met
