"""Exploring a tree against an oracle: a walker that takes every way there is, one by one."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import Rule, Step
from fingerpost.proof.formula import Test
from fingerpost.proof.prover import Met, Proofs
from fingerpost.proof.verdict import Status

from ..support import judging
from ..support.oracle import (
    HERE,
    NOTHING,
    any_expectation,
    any_trees,
    any_when,
    ending,
    holds,
    of_trees,
    question,
    replay,
    tree,
    with_help,
)


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


# Libraries with mistakes, which reading reports


def test_a_circle_comes_to_an_end() -> None:
    steps: list[Step] = [
        question("a", "age", {"young": "one/b", "old": "one/end"}),
        question("b", "safe", {"yes": "one/a", "no": "one/end"}),
        ending("end"),
    ]
    found = arrivals_of(Proofs(of_trees(tree("one", steps))), [Test("safe", frozenset({"no"}))])
    assert {tuple(met.arrival.facts.get("safe", ())) for met in found} == {("no",), ()}
