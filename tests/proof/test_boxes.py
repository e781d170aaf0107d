"""Boxes against everybody who comes by any way there is: who is meant by a formula, and how."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import pairwise

import pytest

from fingerpost.model.base import replace
from fingerpost.model.facts import Facts
from fingerpost.model.tree import Advice, Expectation, Kind, Rule, When
from fingerpost.page.rules import Arrival
from fingerpost.proof.boxes import LimitReached, Room
from fingerpost.proof.formula import ALWAYS, NEVER, All, Any, Formula, Not, Test, both
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Claim, Status

from ..support import judging
from ..support.oracle import (
    HERE,
    NOTHING,
    VALUES,
    WORDS,
    any_trees,
    any_values,
    ending,
    of_trees,
    question,
    tree,
)

EACH_VALUE = [Test(fact, frozenset({value})) for fact in VALUES for value in VALUES[fact]]


def any_formula(chance: random.Random, deep: int = 2) -> Formula:
    kind = chance.choice(["test", "all", "any", "not"]) if deep else "test"
    if kind == "test":
        if chance.random() < 0.1:
            return chance.choice([ALWAYS, NEVER, Test("nobody-asks", frozenset({"yes"}))])
        fact = chance.choice([*VALUES])
        return Test(fact, any_values(chance, fact))
    if kind == "not":
        return Not(any_formula(chance, deep - 1))
    parts = tuple(any_formula(chance, deep - 1) for _ in range(chance.randint(0, 3)))
    return All(parts) if kind == "all" else Any(parts)


def is_true(formula: Formula, facts: Facts) -> bool:
    match formula:
        case Test(fact, values):
            return not values.isdisjoint(facts.get(fact, ()))
        case All(parts):
            return all(is_true(part, facts) for part in parts)
        case Any(parts):
            return any(is_true(part, facts) for part in parts)
        case _:
            return not is_true(formula.part, facts)


def kinds(tests: Iterable[Test], people: Iterable[Facts]) -> set[tuple[bool, ...]]:
    """As what sort of people some tests see them."""
    wanted = tuple(tests)
    return {tuple(is_true(test, facts) for test in wanted) for facts in people}


@pytest.mark.slow
def test_a_formula_is_true_of_somebody_if_it_is_of_one_by_one() -> None:
    """2,000 random libraries with formulas of every kind, and who exactly is meant by them."""
    met_with = {True: 0, False: 0}
    for seed in range(2_000):
        chance = random.Random(510_000 + seed)
        read = any_trees(chance)
        proofs, people = Proofs(read), judging.everyone(read)
        wanted = chance.sample(EACH_VALUE, 3)
        for number, outcome in proofs.endings:
            place = proofs.map.nodes[number].place
            here = [p.facts for p in people if (p.tree, p.outcome.name) == place]
            formula, other = any_formula(chance), any_formula(chance)
            meant = [facts for facts in here if is_true(formula, facts)]
            doubted = [facts for facts in meant if not is_true(other, facts)]
            assert bool(proofs.satisfiable([(formula, [number])])) == bool(meant), seed
            doubts = proofs.doubts({number: Claim(formula, other)})
            assert doubts.complete
            assert doubts.meant == ({number} if meant else set()), seed
            assert bool(doubts.doubtful) == bool(doubted), seed
            looked: list[Facts] = []

            def look(arrival: Arrival, looked: list[Facts] = looked) -> Iterable[None]:
                looked.append(arrival.facts)
                return ()

            assert proofs.search_doubts(wanted, look, doubts).complete
            assert kinds(wanted, looked) == kinds(wanted, doubted), seed
            assert outcome.name == place[1]
            met_with[bool(doubted)] += 1
    assert min(met_with.values()) > 500, met_with


@pytest.mark.parametrize("missing", [False, True])
def test_a_rule_that_a_million_kinds_of_people_keep_or_few_break(*, missing: bool) -> None:
    """20 facts that all matter at the only ending: of these lines everybody is shown just one."""
    chance = random.Random(7)
    facts = [f"fact{number}" for number in range(20)]
    asked = [
        question(fact, fact, dict.fromkeys(("yes", "no"), f"one/{after}"))
        for fact, after in pairwise([*facts, "end"])
    ]
    whens = [When()]
    for _ in range(5):  # each in two, by a fact of its own
        parted: list[When] = []
        for when in whens:
            fact = chance.choice([f for f in facts if f not in dict(when.tests)])
            parted += [When((*when.tests, (fact, frozenset({v})))) for v in ("yes", "no")]
        whens = parted
    chance.shuffle(whens)
    lines = tuple(Advice(Kind.DO, WORDS, (when,), name="line", span=HERE) for when in whens)
    end = replace(ending("end"), advice=lines[missing:])
    rule = Rule("r", None, When(), Expectation(advice=("line",)), NOTHING, span=HERE)
    proofs = Proofs(of_trees(tree("one", [*asked, end])))
    verdict = proofs.rule(rule)
    assert verdict.status is (Status.BROKEN if missing else Status.PROVED)
    if verdict.witness is not None:
        said = {
            fact: reply.values for fact, reply in zip(facts, verdict.witness.replies, strict=True)
        }
        assert whens[0].holds(said)
    assert proofs.room.most - proofs.room.left < 1_000


def test_what_is_asked_of_an_ending_that_does_not_keep_it_is_explored_for() -> None:
    """Nothing reads the colour there, until somebody asks."""
    ways = {"red": "one/end", "blue": "one/end"}
    proofs = Proofs(of_trees(tree("one", [question("a", "colour", ways), ending("end")])))
    [(number, _)] = proofs.endings
    red, blue = (Test("colour", frozenset({value})) for value in ways)
    wanted = [(red, [number]), (both(red, blue), [number]), (red, []), (Not(red), [number])]
    assert proofs.satisfiable(wanted) == {0, 3}


def test_with_too_little_room_nothing_is_claimed() -> None:
    ways = {"red": "one/end", "blue": "one/end"}
    read = of_trees(tree("one", [question("a", "colour", ways), ending("end")]))
    decided: list[bool] = []
    for most in range(12):
        proofs = Proofs(read, Room(most))
        [(number, _)] = proofs.endings
        red = Test("colour", frozenset({"red"}))
        doubts = proofs.doubts({number: Claim(ALWAYS, red)})
        assert bool(doubts.doubtful) == doubts.complete
        decided.append(doubts.complete)
    assert decided == sorted(decided)
    assert {*decided} == {False, True}
    room = Room(2)
    room.take(1)
    with pytest.raises(LimitReached):
        room.take(1)
    assert room.is_full
