"""The checks of paths against the oracle: the same mistakes, of the same people, as few answers."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from fingerpost.checks.safety import contracts, open_at_night, rules, unserved
from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import Rule
from fingerpost.page import page as pages
from fingerpost.page import visibility

from ..support.checking import found_by
from ..support.judging import LOOKS, everyone, must_be_the_same
from ..support.oracle import NOTHING, any_expectation, any_trees, any_when, spot, with_help

pytestmark = pytest.mark.slow


def any_library(chance: random.Random) -> Library:
    """A random library with one rule for all of it and one of a tree."""
    read = with_help(chance, any_trees(chance))
    for_all, own = any_rule(chance, "for-all"), any_rule(chance, "own")
    one = replace(read.trees["one"], rules=(own,))
    return replace(read, rules=(for_all,), trees={**read.trees, "one": one})


def any_rule(chance: random.Random, name: str) -> Rule:
    expected = any_expectation(chance)
    sides = (expected, NOTHING) if chance.random() < 0.5 else (NOTHING, expected)
    return Rule(name, None, any_when(chance, 1), *sides, span=spot(name))


@pytest.mark.parametrize("part", range(3))
def test_every_verdict_is_that_of_a_walker_on_every_way(part: int) -> None:
    """1,500 random libraries: what is wrong, for whom, and a short way to show it."""
    met: Counter[str] = Counter()
    for seed in range(part, 1_500, 3):
        read = any_library(random.Random(300_000 + seed))
        checks = (unserved, contracts, open_at_night, rules)
        found = [mistake for check in checks for mistake in found_by(check, read)]
        assert {mistake.code for mistake in found} <= {*LOOKS, "FP305", "FP311"}, seed
        met.update(must_be_the_same(read, found))
    assert met.keys() == {*LOOKS, "FP305", "FP311"}
    assert min(met.values()) > 50, met


def test_what_a_proof_takes_as_shown_is_what_stands_on_the_page() -> None:
    """500 random libraries: each page that anybody reads has these lines, needs and routes."""
    for seed in range(500):
        read = any_library(random.Random(500_000 + seed))
        for person in everyone(read):
            tree, outcome, facts = read.trees[person.tree], person.outcome, person.facts
            read_by = pages.page(read, tree, outcome, facts)
            lines = [line.name for line in visibility.lines(read, outcome, facts)]
            assert [each.name for each in read_by.instructions] == lines
            assert read_by.urgency is visibility.urgency(read, outcome, facts)
            assert [
                (each.need, [contact.route for contact in (*each.contacts, *each.more)])
                for each in read_by.help
            ] == [
                (each.need, [route.name for route in each.routes])
                for each in visibility.served(read, outcome, facts)
            ]
            needs = visibility.needs(read, outcome, facts)
            offered = visibility.offered(read, facts)
            on_it = {contact.route for each in read_by.help for contact in each.contacts}
            on_it |= {contact.route for each in read_by.help for contact in each.more}
            assert on_it == {r.name for r in offered if needs.keys() & set(r.serves)}
