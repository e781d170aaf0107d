"""Verdicts of rules, and the ways that break them, as a manager reads them."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import ALWAYS, Expectation, Rule, When
from fingerpost.proof.boxes import Room
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Status, Verdict

from ..support.sample import first_two

NOTHING = Expectation()

Verdicts: TypeAlias = tuple[tuple[Rule, Verdict], ...]


@pytest.fixture(scope="module")
def shipped() -> Library:
    return first_two()


@pytest.fixture(scope="module")
def verdicts(shipped: Library) -> Verdicts:
    """What is known of every rule, with room for all."""
    return Proofs(shipped).verdicts


def rule(
    library: Library,
    when: When = ALWAYS,
    must: Expectation = NOTHING,
    never: Expectation = NOTHING,
) -> Rule:
    return Rule("r", None, when, must, never, span=library.rules[0].span)


def in_tree(library: Library, tree: str, own: Rule) -> Library:
    """The library with this rule, in this tree, and no other."""
    trees = {
        name: replace(each, rules=(own,) if name == tree else ())
        for name, each in library.trees.items()
    }
    return replace(library, trees=trees, rules=())


def test_a_rule_of_a_tree_speaks_of_its_endings_and_of_whoever_begins_there(
    shipped: Library,
) -> None:
    """Only the tree of threats has this ending, and one can come to it from the other tree."""
    sextortion = rule(shipped, never=Expectation(outcome=("sextortion",)))
    for tree in shipped.trees:
        [(_, verdict)] = Proofs(in_tree(shipped, tree, sextortion)).verdicts
        assert verdict.status is Status.BROKEN
        assert verdict.arrival is not None
        assert verdict.arrival.tree == "threatened"
    faked = rule(shipped, never=Expectation(outcome=("faked",)))
    [(_, verdict)] = Proofs(in_tree(shipped, "threatened", faked)).verdicts
    assert verdict.status is Status.PROVED


@pytest.mark.parametrize("most", [1, 100, 3_000, 4_000, 2_000_000])
def test_in_less_room_a_rule_is_proved_of_as_many_endings_or_not_decided(
    shipped: Library, verdicts: Verdicts, most: int
) -> None:
    """A part that was looked at is never taken for the whole."""
    undecided = 0
    for (each, verdict), (_, full) in zip(
        Proofs(shipped, Room(most)).verdicts, verdicts, strict=True
    ):
        if verdict.status is Status.NOT_DECIDED:
            undecided += 1
        else:
            assert verdict == full, each.name
    assert bool(undecided) == (most < 2_000_000)


@pytest.mark.slow
def test_who_is_asked_is_known_whole_or_said_to_be_a_part(shipped: Library) -> None:
    """A fork asks nobody, and somebody comes to it all the same."""
    asked, met, complete = Proofs(shipped).asked()
    assert complete
    steps = {(t.name, name): q for t in shipped.trees.values() for name, q in t.questions.items()}
    assert met == steps.keys()
    assert asked == {place for place, step in steps.items() if not step.fork}
    parts = 0
    for most in range(1, 1_200, 20):
        some, come, complete = Proofs(shipped, Room(most)).asked()
        assert some == asked if complete else some <= asked
        assert come == met if complete else come <= met
        parts += not complete
    assert parts > 10
