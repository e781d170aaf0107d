"""The laws that hold without a rule: not sure is treated with care, and 999 is near, in random
libraries by every way that anybody can take."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pytest

from fingerpost.checks.safety import danger_first, not_sure_as_urgent
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic
from fingerpost.model.facts import NOT_SURE, Facts
from fingerpost.model.library import Library
from fingerpost.model.route import Phone
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import (
    ALWAYS,
    Always,
    Expectation,
    Outcome,
    Question,
    Rule,
    Tree,
    When,
)
from fingerpost.page import visibility
from fingerpost.proof.prover import Proofs
from fingerpost.walk.walk import Walk

from ..support.checking import found_by
from ..support.oracle import (
    HERE,
    MANY,
    NOTHING,
    SHARED,
    VALUES,
    any_expectation,
    any_trees,
    any_unless,
    any_values,
    any_when,
    choices,
    ending_of,
    holds,
    sayings,
    spot,
    with_help,
)

pytestmark = pytest.mark.slow


# FP316: not sure is as careful as the worst


def always(condition: When, *unless: When, urgency: Urgency = Urgency.NOW) -> Always:
    return Always(condition, unless, urgency, (), (), span=spot("here"))


def with_always(library: Library, *entries: Always) -> Library:
    return replace(library, always=(*entries, *library.always))


# Against the oracle: two walks, of people who answer alike in all but one thing


@dataclass(frozen=True)
class Seen:
    """A page as one person came to it. ``went_on`` says of each ending whether they did."""

    tree: str
    outcome: Outcome
    facts: Facts
    went_on: Mapping[tuple[str, str], bool]


def seen(read: Library, start: str, given: Facts) -> Iterator[Seen]:
    """Every page that anybody comes to, by every way."""
    always = {fact for fact, asked in read.questions.items() if asked.always_ask}
    waiting = [(start, "", given, dict[tuple[str, str], bool]())]
    while waiting:
        name, place, facts, went_on = waiting.pop()
        here = read.trees[name]
        step = here.step(place)
        assert step is not None
        facts = {**facts} | {f: v for f, v in here.given.items() if f not in always}
        if isinstance(step, Outcome):
            at = (name, step.name)
            yield Seen(name, step, facts, {**went_on, at: False})
            if step.carry_on is not None:
                goto, facts = step.carry_on.goto, {**facts, **step.carry_on.sets}
                waiting.append((goto.tree, goto.step, facts, {**went_on, at: True}))
            continue
        over = step.passed_to(facts)
        if over is not None:
            waiting.append((over.tree, over.step, facts, went_on))
            continue
        for chosen in choices(step):
            way = next(a.goto for a in step.answers if a.value in chosen)
            assert way is not None
            waiting.append((way.tree, way.step, {**facts, step.fact: chosen}, went_on))


def told_beforehand(read: Library) -> Iterator[Facts]:
    beforehand = Proofs(read).beforehand
    for told in product(*((None, *values) for values in beforehand.values())):
        known = zip(beforehand, told, strict=True)
        yield {fact: frozenset({value}) for fact, value in known if value}


def alike(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return all(one[key] == other[key] for key in one.keys() & other.keys())


def with_care(chance: random.Random) -> tuple[Library, str, str, frozenset[str]]:
    """A random library in which an answer is compared with others, and what these are. In half of
    them the answers have one way on; in half an entry of ``always`` reads them."""
    read = with_help(chance, any_trees(chance))
    fact = chance.choice(["age", MANY])
    answer, *others = chance.sample(VALUES[fact], chance.randint(2, len(VALUES[fact])))
    judged = replace(SHARED[fact], as_urgent_as=((answer, frozenset(others)),))
    for values in [any_values(chance, fact)] * (chance.random() < 0.5):
        condition = When((*any_when(chance, 1).tests, (fact, values)))
        urgency = chance.choice([Urgency.TODAY, Urgency.NOW])
        unless = chance.choice([(), any_unless(chance), (When(((fact, values),)),)])
        entry = always(When(tuple(dict(condition.tests).items())), *unless, urgency=urgency)
        read = with_always(read, entry)
    trees = {name: answered_alone(each) for name, each in read.trees.items()}
    if chance.random() < 0.7:
        trees = {name: routed_alike(chance, each, fact) for name, each in trees.items()}
    return (
        replace(read, trees=trees, questions={**SHARED, fact: judged}),
        fact,
        answer,
        frozenset(others),
    )


def answered_alone(here: Tree) -> Tree:
    """A tree that gives nothing, behind its door or to those who carry on: it would be in place of
    an answer of one of two people, and they would not have answered alike."""
    outcomes = {
        name: replace(end, carry_on=end.carry_on and replace(end.carry_on, sets={}))
        for name, end in here.outcomes.items()
    }
    return replace(here, given={}, outcomes=outcomes)


def routed_alike(chance: random.Random, here: Tree, fact: str) -> Tree:
    """A tree in which the answers about a fact mostly have one way on, and nothing else reads
    them."""
    found = {}
    for name, asked in here.questions.items():
        step = asked
        if chance.random() < 0.8 and any(f == fact for f, _ in asked.when.tests):
            step = replace(step, when=ALWAYS, otherwise=None, fork=False)
        if step.fact == fact:
            offered = step if chance.random() < 0.2 else SHARED[fact]
            goto = step.answers[0].goto
            step = replace(step, answers=tuple(replace(e, goto=goto) for e in offered.answers))
        found[name] = step
    return replace(here, questions=found)


@dataclass(frozen=True)
class Twins:
    """A page after an answer, and one that is laid beside it: after one of the others, and the same
    answers to all that both were asked. Both began in the same tree."""

    page: Seen
    twin: Seen
    start: str


def twins(read: Library, fact: str, answer: str, others: frozenset[str]) -> Iterator[Twins]:
    for start, given in product(read.trees, told_beforehand(read)):
        every = list(seen(read, start, given))
        for page in every:
            known = {f: v for f, v in page.facts.items() if f != fact}
            if answer in page.facts.get(fact, ()):
                for twin in every:
                    theirs = twin.facts.get(fact, frozenset())
                    if (
                        answer not in theirs
                        and not others.isdisjoint(theirs)
                        and alike(known, twin.facts)
                        and alike(page.went_on, twin.went_on)
                    ):
                        yield Twins(page, twin, start)


def less_urgent(read: Library, pair: Twins) -> bool:
    here, there = (visibility.urgency(read, p.outcome, p.facts) for p in (pair.page, pair.twin))
    return here < there


def with_rule(chance: random.Random, read: Library) -> tuple[Library, Rule, str | None]:
    """A random rule, of the library or of a tree, that speaks for an age."""
    age = chance.choice(("young", "old"))
    speaks = dict(any_when(chance, 1).tests) | {"age": frozenset({age})}
    must = Expectation(need=("report",)) if chance.random() < 0.5 else any_expectation(chance)
    rule = Rule("r", None, When(tuple(speaks.items())), must, NOTHING, span=spot("r"))
    of_tree = chance.choice([None, *read.trees])
    if of_tree is None:
        return replace(read, rules=(rule,)), rule, None
    changed = replace(read.trees[of_tree], rules=(rule,))
    return replace(read, trees={**read.trees, of_tree: changed}), rule, of_tree


def test_where_nothing_is_said_no_page_is_less_urgent_or_shows_less() -> None:
    """5,000 random libraries with a random rule, by every two walks side by side."""
    met = dict.fromkeys(("silent", "silent on the rule", "less urgent", "shows less"), 0)
    for seed in range(5_000):
        chance = random.Random(400_000 + seed)
        read, fact, answer, others = with_care(chance)
        read, rule, of_tree = with_rule(chance, read)
        found = {mistake.span == rule.span for mistake in found_by(not_sure_as_urgent, read)}
        pairs = list(twins(read, fact, answer, others))
        if any(less_urgent(read, pair) for pair in pairs):
            assert False in found, seed
            met["less urgent"] += 1
        if answer == NOT_SURE and any(
            rule.when.holds(pair.twin.facts)
            and of_tree in (None, pair.start, pair.twin.tree)
            and not holds(read, rule, pair.page.outcome, pair.page.facts)
            for pair in pairs
        ):
            assert True in found, seed
            met["shows less"] += 1
        met["silent"] += not found and bool(pairs)
        met["silent on the rule"] += True not in found and answer == NOT_SURE and bool(pairs)
    assert min(met.values()) > 60, met


# FP317: 999 within two answers

FAR = "in “{}” no page comes within two answers for somebody who is not safe"


def dangers(read: Library, start: str) -> Iterator[tuple[bool, bool]]:
    """For every way from a start: whether safe was asked first or second; and whether somebody
    who is not safe was at an ending before a second answer after it."""
    waiting: list[tuple[str, str, Facts, list[str]]] = [(start, "", {}, [])]
    while waiting:
        name, place, facts, asked = waiting.pop()
        here = read.trees[name]
        step = here.step(place)
        assert step is not None
        facts = {**facts} | {f: v for f, v in here.given.items() if f != "safe"}
        over = step.passed_to(facts) if isinstance(step, Question) else None
        if over is not None:
            waiting.append((over.tree, over.step, facts, asked))
            continue
        told = "no" in facts.get("safe", ()) and len(asked) > asked.index("safe") + 1
        if isinstance(step, Outcome) or told:
            yield "safe" in asked[:2], isinstance(step, Outcome)
            continue
        for values in choices(step):
            way = next(a.goto for a in step.answers if a.value in values)
            assert way is not None
            waiting.append((way.tree, way.step, {**facts, step.fact: values}, [*asked, step.fact]))


def with_danger(read: Library) -> Library:
    """The library with a question that says who is in danger."""
    safe = replace(SHARED["safe"], in_danger=frozenset({"no"}))
    return replace(read, questions={**read.questions, "safe": safe})


def test_how_near_999_is_agrees_with_every_way_there_is() -> None:
    """4,000 random libraries: trees in which it is asked too late, or answered too late."""
    met = {"late": 0, "far": 0, "near": 0}
    for seed in range(5_000):
        chance = random.Random(600_000 + seed)
        read = with_danger(any_trees(chance))
        found = found_by(danger_first, read)
        for name, each in read.trees.items():
            ways = list(dangers(read, name))
            late = not all(on_time for on_time, _ in ways)
            far = not late and not all(at_ending for _, at_ending in ways)
            said = [m for m in found if m.message == FAR.format(name) or m.span == each.span]
            assert [m.message == FAR.format(name) for m in said] == [False] * late + [True] * far
            met["late" if late else "far" if far else "near"] += 1
            assert all(any(True for _ in walked(read, name, m)) for m in said), seed
    assert min(met.values()) > 20, met


def walked(read: Library, name: str, mistake: Diagnostic) -> Iterator[Walk]:
    """The walk that the witness says, to a question or an ending."""
    walk = Walk.begin(read, name)
    for word in mistake.witness:
        fact, _, values = word.partition("=")
        if not isinstance(walk.here, Question) or walk.here.fact != fact:
            return
        walk = walk.answer(values.split(","))
    yield walk


def test_what_stands_first_agrees_with_every_way_there_is() -> None:
    """1,200 random libraries: the endings where something else comes first."""
    broken = 0
    for seed in range(1_200):
        chance = random.Random(700_000 + seed)
        read = with_danger(with_help(chance, any_trees(chance)))
        dial = replace(read.routes["r1"], phone=(Phone("999", span=HERE),))
        read = replace(read, routes={**read.routes, "r1": dial})
        wanted = set()
        for start in read.trees:
            for given in told_beforehand(read):
                for page in seen(read, start, given):
                    first = next(visibility.served(read, page.outcome, page.facts), None)
                    if "no" in page.facts.get("safe", ()) and not (
                        first and first.routes[0].name == "r1"
                    ):
                        wanted.add((page.tree, page.outcome.name))
        found = [m for m in found_by(danger_first, read) if "stand first" in m.message]
        assert {ending_of(mistake) for mistake in found} == wanted, seed
        broken += bool(wanted)
        for mistake in found:
            ends = {(w.tree.name, w.here.name) for w, _ in sayings(read, mistake.witness)}
            assert ending_of(mistake) in ends, seed
    assert 100 < broken < 1_190
