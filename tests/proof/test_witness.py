"""Exploring a tree against an oracle: a walker that takes every way there is, one by one."""

from __future__ import annotations

import random

import pytest

from fingerpost.model.base import replace
from fingerpost.model.graph import StepGraph
from fingerpost.model.library import Library
from fingerpost.model.tree import ALWAYS, Expectation, Outcome, Question, Rule, Step, When
from fingerpost.proof.formula import Test
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Status
from fingerpost.proof.witness import explore
from fingerpost.walk.walk import Walk

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
    fewest,
    holds,
    must_replay,
    of_trees,
    question,
    replay,
    told_apart,
    tree,
    with_help,
)
from ..support.sample import first_two


@pytest.mark.slow
@pytest.mark.in_turn(among="longer sweeps")
def test_the_same_arrivals_as_by_every_way_there_is() -> None:
    """20,000 random libraries: who arrives where, with what known, and by how few answers."""
    replayed = several = 0
    for seed in range(20_000):
        chance = random.Random(seed)
        read = any_trees(chance)
        facts = chance.sample(sorted(VALUES), chance.randint(0, 3))
        tests = tuple(Test(fact, any_values(chance, fact)) for fact in facts)
        beforehand = {"teller": VALUES["teller"]} if chance.random() < 0.3 else {}
        explored = explore(StepGraph(read, "one"), tests, beforehand=beforehand)
        assert explored.complete
        assert by_exploring(explored, tests) == by_brute_force(read, "one", tests, beforehand), seed
        several += len(explored.arrivals) > 1
        if seed % 10 == 0:
            for arrival in explored.arrivals:
                must_replay(read, "one", explored, arrival)
                replayed += 1
    assert several > 10_000
    assert replayed > 3_000


@pytest.mark.slow
@pytest.mark.in_turn(among="longer sweeps")
def test_the_same_verdicts_as_by_every_way_there_is() -> None:
    """2,500 random libraries with a random rule: verdict, endings and the shortest witness."""
    met = dict.fromkeys(Status, 0)
    for seed in range(2_500):
        chance = random.Random(100_000 + seed)
        read = with_help(chance, any_trees(chance))
        expected = any_expectation(chance)
        sides = (expected, NOTHING) if chance.random() < 0.5 else (NOTHING, expected)
        rule = Rule("r", None, any_when(chance, 1), *sides, span=HERE)
        proofs = Proofs(read)
        verdict = proofs.rule(rule)
        endings: set[tuple[str, str]] = set()
        shortest: int | None = None
        for start in read.trees:
            for name, outcome, facts, answers in fewest(arrivals(read, start, proofs.beforehand)):
                if rule.when.holds(facts):
                    endings.add((name, outcome.name))
                    if not holds(read, rule, outcome, facts):
                        shortest = min(answers, shortest if shortest is not None else answers)
        assert verdict.endings == len(endings), seed
        met[verdict.status] += 1
        if shortest is None:
            assert verdict.status is (Status.PROVED if endings else Status.NEVER_TESTED), seed
            continue
        assert verdict.status is Status.BROKEN, seed
        assert verdict.witness is not None
        assert len(verdict.witness.given) + len(verdict.witness.replies) == shortest, seed
        walk = replay(read, verdict.witness)
        assert isinstance(walk.here, Outcome)
        assert rule.when.holds(walk.facts)
        assert not holds(read, rule, walk.here, walk.facts), seed
    assert min(met[state] for state in Status if state is not Status.NOT_DECIDED) > 100, met


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


def test_work_is_in_proportion_to_steps_and_not_to_ways() -> None:
    explored = explore(StepGraph(ladder(2_000), "one"), [Test("safe", frozenset({"no"}))])
    assert explored.took < 20 * 2_000
    assert [arrival.answers for arrival in explored.arrivals] == [2_001, 2_001]
    assert len(explored.witness(explored.arrivals[0].state).replies) == 2_001


def test_more_states_than_allowed_are_no_proof() -> None:
    read = ladder(30)
    tests = [Test(f"fact{n}", frozenset({"yes"})) for n in range(30)]
    explored = explore(StepGraph(read, "one"), tests, node_budget=20)
    assert not explored.complete
    rule = Rule(
        "all-yes",
        None,
        When(tuple((f"fact{n}", frozenset({"yes"})) for n in range(30))),
        Expectation(outcome=("end",)),
        NOTHING,
        span=HERE,
    )
    assert Proofs(read, node_budget=100).rule(rule).status is Status.NOT_DECIDED
    assert Proofs(read).rule(rule).status is Status.PROVED


def test_what_is_broken_is_broken_though_not_everything_was_looked_at() -> None:
    read = ladder(3)
    rule = Rule("r", None, ALWAYS, Expectation(outcome=("other",)), NOTHING, span=HERE)
    assert Proofs(read, node_budget=5).rule(rule).status is Status.BROKEN


def wide(count: int, *, one_way: bool = True) -> Library:
    """A question with so many answers of which any may be chosen together."""
    values = [f"v{n}" for n in range(count)]
    goto = {v: "one/end" if one_way or n else "one/other" for n, v in enumerate(values)}
    steps: list[Step] = [question("q", MANY, goto), ending("end"), ending("other")]
    return of_trees(tree("one", steps))


def test_answers_that_nothing_tells_apart_count_as_one() -> None:
    one = [Test(MANY, frozenset({"v0"}))]
    explored = explore(StepGraph(wide(40), "one"), one)
    assert explored.complete
    assert len(explored.arrivals) == 3  # only v0, only others, both
    assert len(explore(StepGraph(wide(40, one_way=False), "one"), []).arrivals) == 2


def test_many_answers_together_need_no_listing() -> None:
    """Any of 40 answers may be chosen together: a million million sets, and a small diagram."""
    each = [Test(MANY, frozenset({f"v{n}"})) for n in range(40)]
    explored = explore(StepGraph(wide(40), "one"), each)
    assert explored.complete
    assert explored.took < 10 * 40
    first = next(explored.arriving())
    assert len(first.facts[MANY]) == 1
    [reply] = explored.witness(first.state).replies
    assert reply.values == first.facts[MANY]
    assert not explore(StepGraph(wide(40), "one"), each, node_budget=50).complete


def test_where_answers_part_only_the_first_chosen_decides() -> None:
    """Of 40 answers the first leads elsewhere."""
    one = [Test(MANY, frozenset({"v0"})), Test(MANY, frozenset({"v1"}))]
    explored = explore(StepGraph(wide(40, one_way=False), "one"), one)
    assert explored.complete
    kinds = {(a.outcome.name, told_apart(tuple(one), a.facts)) for a in explored.arrivals}
    assert kinds == {
        ("other" if v0 else "end", ((True, v0), (True, v1)))
        for v0 in (True, False)
        for v1 in (True, False)
    }


def two_questions() -> Library:
    steps: list[Step] = [
        question("teller", "teller", {"me": "one/safe", "you": "one/safe"}),
        question("safe", "safe", {"yes": "one/end", "no": "one/end"}),
        ending("end"),
    ]
    return of_trees(tree("one", steps))


def test_what_may_be_known_beforehand_is_explored_both_ways() -> None:
    """Nobody asks for the age here: it is known only to whoever was told before."""
    age = [Test("age", frozenset({"young"}))]
    beforehand = {"age": VALUES["age"], "safe": VALUES["safe"]}
    explored = explore(StepGraph(two_questions(), "one"), age, beforehand=beforehand)
    met = [(dict(arrival.facts), arrival.answers) for arrival in explored.arrivals]
    assert met == [
        ({}, 2),
        ({"age": frozenset({"young"})}, 3),
        ({"age": frozenset({"old"})}, 3),
    ]
    [reply] = explored.witness(explored.arrivals[2].state).replies[1:]
    assert reply.step == "safe"  # which is always asked
    assert explored.witness(explored.arrivals[2].state).given == {"age": frozenset({"old"})}


def test_the_shortest_way_is_found_though_passing_over_costs_nothing() -> None:
    """A question that is passed over makes a way of more steps the shorter one."""
    steps: list[Step] = [
        question("a", "age", {"young": "one/b", "old": "one/c"}),
        question("b", "where", {"here": "one/end", "there": "one/end"}),
        question("c", "age", {"young": "one/b", "old": "one/d"}),
        question("d", "age", {"young": "one/b", "old": "one/end"}),
        ending("end"),
    ]
    read = of_trees(tree("one", steps))
    explored = explore(StepGraph(read, "one"), [])
    [arrival] = explored.arrivals
    assert arrival.answers == 1
    assert [reply.step for reply in explored.witness(arrival.state).replies] == ["a"]


# Libraries with mistakes, which reading reports


def test_ways_that_lead_nowhere_are_left_out() -> None:
    nowhere = question("a", "age", {"young": "one/end", "old": "one/no", "not-sure": "no/no"})
    lost = replace(nowhere.answers[0], value="lost", goto=None)
    steps: list[Step] = [replace(nowhere, answers=(*nowhere.answers, lost)), ending("end")]
    read = of_trees(tree("one", steps))
    here = StepGraph(read, "one")
    assert len(explore(here, []).arrivals) == 1
    assert here.index("one", "end") == 1
    with pytest.raises(KeyError):
        here.index("one", "no")


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
    here = StepGraph(of_trees(tree("one", steps)), "one")
    explored = explore(here, [Test("safe", frozenset({"no"}))])
    assert explored.complete
    assert {tuple(a.facts.get("safe", ())) for a in explored.arrivals} == {("no",), ()}


# The shipped library


@pytest.fixture(scope="module")
def trees() -> Library:
    return first_two()


@pytest.mark.parametrize("name", ["image-shared", "threatened"])
def test_every_arrival_of_the_shipped_trees_has_a_witness_that_replays(
    trees: Library, name: str
) -> None:
    tests = [Test("safe", frozenset({"yes"})), Test("suicide", frozenset({"plan"}))]
    proofs = Proofs(trees)
    explored = explore(StepGraph(trees, name), tests, beforehand=proofs.beforehand)
    met = {arrival.outcome.name for arrival in explored.arrivals if arrival.tree == name}
    assert met == {*trees.trees[name].outcomes}
    for arrival in explored.arrivals:
        must_replay(trees, name, explored, arrival)
