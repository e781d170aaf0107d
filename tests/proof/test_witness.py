"""Exploring a tree against an oracle: a walker that takes every way there is, one by one."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from fingerpost.model.base import replace
from fingerpost.model.graph import StepGraph
from fingerpost.model.library import Library
from fingerpost.model.tree import Expectation, Question, Rule, Step, When
from fingerpost.proof.boxes import Room
from fingerpost.proof.formula import Test
from fingerpost.proof.prover import Met, Proofs
from fingerpost.proof.verdict import Status
from fingerpost.walk.walk import Walk

from ..support import judging
from ..support.oracle import (
    HERE,
    MANY,
    NOTHING,
    VALUES,
    any_expectation,
    any_trees,
    any_values,
    any_when,
    arrivals,
    by_brute_force,
    by_exploring,
    choices,
    ending,
    holds,
    of_trees,
    question,
    replay,
    told_apart,
    tree,
    with_help,
)
from ..support.sample import first_two


@pytest.mark.slow
def test_the_same_arrivals_as_by_every_way_there_is() -> None:
    """20,000 random libraries: who arrives where, with what known, and by a walk that is mostly a
    shortest."""
    longer = several = 0
    for seed in range(20_000):
        chance = random.Random(seed)
        read = any_trees(chance)
        facts = chance.sample(sorted(VALUES), chance.randint(0, 3))
        tests = tuple(Test(fact, any_values(chance, fact)) for fact in facts)
        beforehand = {"teller": VALUES["teller"]} if chance.random() < 0.3 else {}
        found = by_exploring(read, "one", tests, beforehand)
        least = by_brute_force(read, "one", tests, beforehand)
        assert found.keys() == least.keys(), seed
        assert all(found[kind] >= least[kind] for kind in least), seed
        longer += found != least
        several += len(found) > 1
    assert several > 10_000
    assert longer < 100


@pytest.mark.slow
def test_the_same_verdicts_as_by_every_way_there_is() -> None:
    """2,500 random libraries with a random rule of the library or of one tree: its verdict, its
    endings, and a walk that breaks it."""
    met = dict.fromkeys(Status, 0)
    longer = 0
    for seed in range(2_500):
        chance = random.Random(530_000 + seed)
        read = with_help(chance, any_trees(chance))
        expected = any_expectation(chance)
        sides = (expected, NOTHING) if chance.random() < 0.5 else (NOTHING, expected)
        rule = Rule("r", None, any_when(chance, 1), *sides, span=HERE)
        name = chance.choice([None, *read.trees])
        if name is None:
            read = replace(read, rules=(rule,))
        else:
            own = replace(read.trees[name], rules=(rule,))
            read = replace(read, trees={**read.trees, name: own})
        [(_, verdict)] = Proofs(read).verdicts
        meant = [
            person
            for person in judging.everyone(read)
            if rule.when.holds(person.facts) and name in (None, person.start, person.tree)
        ]
        breaking = [p.answers for p in meant if not holds(read, rule, p.outcome, p.facts)]
        assert verdict.endings == len({(p.tree, p.outcome.name) for p in meant}), seed
        met[verdict.status] += 1
        if not breaking:
            assert verdict.status is (Status.PROVED if meant else Status.NEVER_TESTED), seed
            continue
        assert verdict.status is Status.BROKEN, seed
        assert verdict.witness is not None
        assert verdict.arrival is not None
        walk = replay(read, verdict.witness)
        assert (walk.tree.name, walk.here) == (verdict.arrival.tree, verdict.arrival.outcome), seed
        assert rule.when.holds(walk.facts)
        assert not holds(read, rule, verdict.arrival.outcome, walk.facts), seed
        longer += len(verdict.witness.given) + len(verdict.witness.replies) > min(breaking)
    assert min(met[state] for state in Status if state is not Status.NOT_DECIDED) > 100, met
    assert longer < 100


def test_the_oracle_walks_as_a_walk_does() -> None:
    """What is left out by neither: the oracle's arrivals are those of all walks."""
    for seed in range(150):
        read = any_trees(random.Random(seed))
        found = set()
        waiting = [Walk.begin(read, "one")]
        while waiting:
            walk = waiting.pop()
            if isinstance(walk.here, Question):
                waiting += [walk.answer(chosen) for chosen in choices(walk.here)]
                continue
            known = frozenset(walk.facts.items())
            found.add((walk.tree.name, walk.here.name, known, len(walk.replies)))
            if walk.here.carry_on is not None:
                waiting.append(walk.carry_on())
        assert found == {
            (name, outcome.name, frozenset(facts.items()), answers)
            for name, outcome, facts, answers in arrivals(read, "one", {})
        }, seed


# What is forgotten, what is known, and where it stops


def ladder(length: int) -> Library:
    """Questions that each lead on by two answers: two to the power of their number of ways."""
    steps: list[Step] = [
        question(f"q{n}", f"fact{n}", {"yes": f"one/q{n + 1}", "no": f"one/q{n + 1}"})
        for n in range(length)
    ]
    steps.append(question(f"q{length}", "safe", {"yes": "one/end", "no": "one/end"}))
    return of_trees(tree("one", [*steps, ending("end")]))


def boxes(proofs: Proofs) -> int:
    """How many were made so far."""
    return proofs.room.most - proofs.room.left


def arrivals_of(proofs: Proofs, tests: Iterable[Test]) -> list[Met]:
    """Everybody whom some tests tell apart, in the order of how many answers it takes."""
    search = proofs.search(tests, lambda each: [(each.place, *each.facts.items())])
    assert search.complete
    return sorted(search.found.values(), key=lambda met: len(met.witness.replies))


def test_work_is_in_proportion_to_steps_and_not_to_ways() -> None:
    proofs = Proofs(ladder(1_000))
    found = arrivals_of(proofs, [Test("safe", frozenset({"no"}))])
    assert [len(met.witness.replies) for met in found] == [1_001, 1_001]
    assert boxes(proofs) < 10 * 1_000


def test_more_boxes_than_allowed_are_no_proof() -> None:
    read = ladder(30)
    when = When(tuple((f"fact{n}", frozenset({"yes"})) for n in range(30)))
    rule = Rule("all-yes", None, when, Expectation(outcome=("end",)), NOTHING, span=HERE)
    assert Proofs(read, Room(20)).rule(rule).status is Status.NOT_DECIDED
    assert Proofs(read).rule(rule).status is Status.PROVED


def wide(count: int, *, one_way: bool = True) -> Library:
    """A question with so many answers of which any may be chosen together."""
    values = [f"v{n}" for n in range(count)]
    goto = {v: "one/end" if one_way or n else "one/other" for n, v in enumerate(values)}
    steps: list[Step] = [question("q", MANY, goto), ending("end"), ending("other")]
    return of_trees(tree("one", steps))


def test_answers_that_nothing_tells_apart_count_as_one() -> None:
    one = [Test(MANY, frozenset({"v0"}))]
    assert len(arrivals_of(Proofs(wide(40)), one)) == 3  # only v0, only others, both
    assert len(arrivals_of(Proofs(wide(40, one_way=False)), [])) == 2


def test_many_answers_together_need_no_listing() -> None:
    """Any of 40 answers may be chosen together: a million million sets, and one box."""
    each = Test(MANY, frozenset(f"v{n}" for n in range(40)))
    proofs = Proofs(wide(40))
    [met] = arrivals_of(proofs, [each])
    assert boxes(proofs) < 100
    [reply] = met.witness.replies
    assert len(reply.values) == 1
    assert reply.values == met.arrival.facts[MANY]


def two_questions() -> Library:
    steps: list[Step] = [
        question("teller", "teller", {"me": "one/safe", "you": "one/safe"}),
        question("safe", "safe", {"yes": "one/end", "no": "one/end"}),
        ending("end"),
    ]
    return of_trees(tree("one", steps))


# Libraries with mistakes, which reading reports


def test_a_tree_without_a_start_cannot_be_explored() -> None:
    read = of_trees(replace(two_questions().trees["one"], start="no"))
    with pytest.raises(KeyError):
        StepGraph(read, "one")
    with pytest.raises(KeyError):
        StepGraph(read, "two")
    assert Proofs(read).starts == ()


def test_a_circle_comes_to_an_end() -> None:
    steps: list[Step] = [
        question("a", "age", {"young": "one/b", "old": "one/end"}),
        question("b", "safe", {"yes": "one/a", "no": "one/end"}),
        ending("end"),
    ]
    found = arrivals_of(Proofs(of_trees(tree("one", steps))), [Test("safe", frozenset({"no"}))])
    assert {tuple(met.arrival.facts.get("safe", ())) for met in found} == {("no",), ()}


# The shipped library


def test_every_arrival_of_the_shipped_trees_has_a_witness_that_replays() -> None:
    trees = first_two()
    tests = (Test("safe", frozenset({"yes"})), Test("suicide", frozenset({"plan"})))
    proofs = Proofs(trees)
    places = set()
    for met in arrivals_of(proofs, tests):
        walk = replay(trees, met.witness)
        assert (walk.tree.name, walk.here) == (met.arrival.tree, met.arrival.outcome)
        assert told_apart(tests, walk.facts) == told_apart(tests, met.arrival.facts)
        places.add(met.arrival.place)
    assert places == {(t.name, name) for t in trees.trees.values() for name in t.outcomes}
