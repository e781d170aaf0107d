"""Exploring a tree against an oracle: a walker that takes every way there is, one by one."""

from __future__ import annotations

from collections.abc import Iterable

from fingerpost.model.library import Library
from fingerpost.model.tree import Step
from fingerpost.proof.formula import Test
from fingerpost.proof.prover import Met, Proofs

from ..support.oracle import (
    ending,
    of_trees,
    question,
    tree,
)

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
