"""Verdicts of rules, and the ways that break them, as a manager reads them."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import ALWAYS, Expectation, Rule, When
from fingerpost.proof.boxes import LimitReached, Room
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
def test_in_less_room_every_rule_is_proved_as_in_more_or_none_is(
    shipped: Library, verdicts: Verdicts, most: int
) -> None:
    """A part that was looked at is never taken for the whole."""
    if most < 2_000_000:
        with pytest.raises(LimitReached):
            _ = Proofs(shipped, Room(most)).verdicts
    else:
        assert Proofs(shipped, Room(most)).verdicts == verdicts


@pytest.mark.slow
def test_who_is_asked_is_known_whole(shipped: Library) -> None:
    """A fork asks nobody, and somebody comes to it all the same."""
    asked, met = Proofs(shipped).asked()
    steps = {(t.name, name): q for t in shipped.trees.values() for name, q in t.questions.items()}
    assert met == steps.keys()
    assert asked == {place for place, step in steps.items() if not step.fork}
