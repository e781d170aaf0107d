"""Twins among two crowds, against comparing everybody with everybody."""

from __future__ import annotations

import random
from collections.abc import Mapping

from fingerpost.checks.safety.twin_search import Pairs
from fingerpost.model.facts import Facts
from fingerpost.proof.encoding import Encoding, Kinds
from fingerpost.proof.state_sets import StateSets

from ..support.oracle import MANY, VALUES, any_answer

BUT = "age"


def any_people(chance: random.Random) -> list[Facts]:
    asked = chance.sample([*VALUES], chance.randint(1, len(VALUES)))
    return [
        {fact: any_answer(chance, fact) for fact in asked if chance.random() < 0.8}
        for _ in range(chance.randint(0, 4))
    ]


def are_twins(one: Facts, other: Facts) -> bool:
    return all(one[fact] == other[fact] for fact in one.keys() & other.keys() - {BUT})


def crowd(encoding: Encoding, sets: StateSets, people: list[Facts]) -> int:
    these = sets.empty
    for facts in people:
        these = sets.union(these, encoding.assign(sets, sets.unit, facts))
    return these


def test_a_pair_is_found_where_two_are_twins_and_nowhere_else() -> None:
    met_with = {True: 0, False: 0}
    for seed in range(3_000):
        chance = random.Random(540_000 + seed)
        order = chance.sample([*VALUES], len(VALUES))
        kinds: Mapping[str, Kinds] = {fact: Kinds.each(VALUES[fact]) for fact in order}
        encoding: Encoding = Encoding(kinds, [MANY])
        sets = StateSets(encoding.sizes, 10_000)
        one, other = any_people(chance), any_people(chance)
        expected = any(are_twins(a, b) for a in one for b in other)
        pairs = Pairs(encoding, sets, BUT)
        these, those = (crowd(encoding, sets, people) for people in (one, other))
        assert pairs.are_in(these, those) == expected, seed
        assert pairs.are_in(those, these) == expected, seed
        met_with[expected] += 1
    assert min(met_with.values()) > 500, met_with
