"""The checks of paths against the oracle: the same mistakes, of the same people, as few answers.

Each check looks at many people at once and reads as few facts as it can. The oracle takes every
way through a small random library, one by one, and looks at each page with all that is known.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from fingerpost.checks.safety import contracts, open_at_night, rules, unserved
from fingerpost.checks.structure import unreached
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic
from fingerpost.model.library import Library
from fingerpost.model.tree import Question, Rule
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
    """3,000 random libraries: what is wrong, for whom, and a short way to show it."""
    met: Counter[str] = Counter()
    for seed in range(part, 3_000, 3):
        read = any_library(random.Random(300_000 + seed))
        checks = (unserved, contracts, open_at_night, rules)
        found = [mistake for check in checks for mistake in found_by(check, read)]
        assert {mistake.code for mistake in found} <= {*LOOKS, "FP305", "FP311"}, seed
        met.update(must_be_the_same(read, found))
    assert met.keys() == {*LOOKS, "FP305", "FP311"}
    assert min(met.values()) > 100, met


def test_the_oracle_notices_what_is_not_said_what_is_untrue_and_a_longer_way() -> None:
    noticed: Counter[str] = Counter()
    witnesses = 0
    for seed in range(60):
        read = any_library(random.Random(300_000 + seed))
        found = [m for check in (contracts, open_at_night, rules) for m in found_by(check, read)]
        found += found_by(unserved, read)
        endings = [o for tree in read.trees.values() for o in tree.outcomes.values()]
        # To go on from an ending says nothing, so there fewer words may be as true.
        says_all = not any(ending.carry_on for ending in endings)
        for mistake in found:
            others = [other for other in found if other is not mistake]
            untrue = replace(mistake, span=spot("nowhere"))
            if mistake.code != "FP305":
                noticed[mistake.code] += 1
                assert is_noticed(read, [*found, untrue])
            if mistake.code not in ("FP303", "FP304", "FP305"):  # one of several may do for those
                assert is_noticed(read, others)
            if mistake.witness and says_all:
                witnesses += 1
                assert is_noticed(read, [*others, replace(mistake, witness=mistake.witness[1:])])
    assert noticed.keys() == {*LOOKS, "FP311"}
    assert witnesses > 20


def is_noticed(read: Library, found: list[Diagnostic]) -> bool:
    try:
        must_be_the_same(read, found)
    except AssertionError:
        return True
    return False


def test_what_is_lost_is_what_no_way_leads_to() -> None:
    """2,000 random libraries: each lost step to which no other leads, with how many behind it."""
    several = 0
    for seed in range(2_000):
        read = any_trees(random.Random(400_000 + seed))
        every = {
            (t.name, step) for t in read.trees.values() for step in (*t.questions, *t.outcomes)
        }
        lost = every - {
            place
            for tree in read.trees.values()
            for way in ways(read, tree.name, tree.start)
            for place in way
        }
        behind = {
            place: {other for way in ways(read, *place) for other in way} & lost - {place}
            for place in lost
        }
        first = {place for place in lost if not any(place in other for other in behind.values())}
        expected = {
            f"{tree}/{step}": f", nor to the {len(behind[tree, step])} behind it"
            if behind[tree, step]
            else ""
            for tree, step in first
        }
        found = found_by(unreached, read)
        assert {m.span.file: m.message.rpartition("”")[2] for m in found} == expected, seed
        several += len(found) > 1
    assert several > 200


def ways(read: Library, tree: str, name: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every list of steps that leads from one to an ending, whoever may take it."""
    step = read.trees[tree].step(name)
    here = (tree, step.name if step else name)
    onward = []
    if isinstance(step, Question):
        onward = [answer.goto for answer in step.answers if answer.goto]
        onward += [step.otherwise] if step.otherwise else []
    elif step is not None and step.carry_on is not None:
        onward = [step.carry_on.goto]
    if not onward:
        yield (here,)
    for goto in onward:
        for way in ways(read, goto.tree, goto.step):
            yield (here, *way)


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
