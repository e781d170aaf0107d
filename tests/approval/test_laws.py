"""Laws of an approval, on libraries and changes at random: what somebody can see counts, and what
stands on another page alone does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any, TypeAlias

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from fingerpost.approval.leaves import Leaves
from fingerpost.approval.needed import Needed
from fingerpost.approval.signing import sign
from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.facts import NATIONS, TELLERS, WROTE, Facts
from fingerpost.model.graph import Place
from fingerpost.model.library import Library
from fingerpost.model.route import Phone
from fingerpost.model.sentence import PLACES, Sentence, Urgency
from fingerpost.model.tree import (
    Advice,
    Always,
    Need,
    Outcome,
    Target,
    Tree,
    When,
)
from fingerpost.page import visibility
from fingerpost.page.approval import Fingerprints
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Page, page
from fingerpost.page.reach import Item, Kind, Reach
from fingerpost.walk.walk import Walk

from ..support.odd_libraries import HERE, TREES, VALUES, odd_library
from .library import SIGNED

CLOCKS = (None, Clock(datetime(2026, 12, 25, 15, 30, tzinfo=UTC), BankHolidays.load()))
_MOST_REPLIES = 25

GENERATED = (Phase.explicit, Phase.reuse, Phase.generate)
"""A seed that is smaller makes no smaller library, so none is looked for."""

seeds = st.integers(0, 2**32).map(Random)


# Walks at random


def some_facts(chance: Random, likely: float, facts: Mapping[str, Any] = VALUES) -> Facts:
    return {
        fact: frozenset(chance.sample(values, chance.choice((1, 1, 2)) if fact == "what" else 1))
        for fact, values in facts.items()
        if chance.random() < likely
    }


def walks(chance: Random, library: Library) -> Iterator[Walk]:
    """A walk from its beginning, step by step."""
    early = {"teller": TELLERS, "nation": (*NATIONS, "not-sure")}
    asked = library.questions.get("age")
    early |= {"age": asked.values} if asked else {}
    known = {**some_facts(chance, 0.4, early)}
    if WROTE in library.questions and chance.random() < 0.3:
        values = library.questions[WROTE].values
        known[WROTE] = frozenset(chance.sample(values, chance.randint(1, len(values))))
    walk = Walk.begin(library, chance.choice([*library.trees]), known)
    yield walk
    for _ in range(_MOST_REPLIES):
        here = walk.here
        if isinstance(here, Outcome):
            if here.carry_on is None:
                return
            walk = walk.carry_on()
        else:
            values = [a.value for a in here.answers if not a.alone]
            most = len(values) if here.many and values else 1
            chosen = chance.sample(values, chance.randint(1, most)) if most > 1 else []
            walk = walk.answer(chosen or [chance.choice(here.answers).value])
        yield walk


def ends(chance: Random, library: Library, count: int) -> Iterator[tuple[Place, Facts]]:
    """Endings to which somebody comes, with what is known there."""
    for _ in range(count):
        for walk in walks(chance, library):
            if isinstance(walk.here, Outcome):
                yield (walk.tree.name, walk.here.name), walk.facts


# Changes at random

Site: TypeAlias = tuple[tuple[object, ...], object]
"""A value inside another, with the way to it: names of fields, keys and places."""


def sites(value: object, way: tuple[object, ...] = ()) -> Iterator[Site]:
    """Everything in a value that a change can begin at. A line with a name is a copy of what stands
    once in a library, so it doesn't change in one place."""
    if isinstance(value, Advice) and value.name:
        return
    yield way, value
    match value:
        case Sentence() | When() | Phone():
            return
        case Frozen():
            parts = [(n, getattr(value, n)) for n in field_names(value) if n not in PLACES]
        case Mapping():
            parts = [*value.items()]
        case tuple():
            parts = [*enumerate(value)]
        case _:
            return
    for name, part in parts:
        yield from sites(part, (*way, name))


def put(value: Any, way: tuple[Any, ...], new: object) -> Any:
    """A value with another at the end of a way."""
    if not way:
        return new
    name, *rest = way
    match value:
        case Frozen():
            return replace(value, **{name: put(getattr(value, name), (*rest,), new)})
        case Mapping():
            return {**value, name: put(value[name], (*rest,), new)}
        case _:
            return (*value[:name], put(value[name], (*rest,), new), *value[name + 1 :])


def other(chance: Random, value: object) -> object:
    """Another value of the same kind; the same if there is none."""
    match value:
        case Sentence():
            return Sentence(f"Other words {chance.random()}", span=HERE)
        case Phone():
            return replace(value, number=f"0800 {chance.randrange(1000, 9999)}")
        case When():
            fact = chance.choice([*VALUES])
            return chance.choice(
                (When(), When(((fact, frozenset({chance.choice(VALUES[fact])})),)))
            )
        case Urgency():
            return chance.choice([*Urgency])
        case Target():
            return Target(chance.choice(TREES), str(chance.randrange(7)), span=HERE)
        case bool():
            return not value
        case tuple() if value and isinstance(value[0], Advice | Need | Always):
            at = chance.randrange(len(value))
            return (*value[:at], *value[at + 1 :]) if chance.random() < 0.5 else value[::-1]
        case _:
            return value


FIELDS = frozenset(
    {"title", "ask", "say", "open", "worse", "because", "whens"}
    | {"advice", "needs", "answers", "questions", "outcomes"}
)
"""Names of fields by which one thing that is changed is of another kind than the next."""


def changed(
    chance: Random, library: Library, at: Callable[[tuple[Any, ...], object], bool]
) -> tuple[tuple[Any, ...], Library]:
    """A library in which one thing is another, and the way to it."""
    of_pages = ("trees", "questions", "always", "needs", "words", "routes", "opening", "doors")
    alike: dict[object, list[Site]] = {}
    for way, value in sites(library):
        if way and way[0] in of_pages and at(way, value) and other(chance, value) != value:
            fields = tuple(name for name in way if name in FIELDS)
            alike.setdefault((way[0], fields, type(value)), []).append((way, value))
    # Each kind of thing is as likely, however many there are.
    way, value = chance.choice(alike[chance.choice([*alike])])
    while (new := other(chance, value)) == value:
        pass
    return way, put(library, way, new)


# What is approved


def approved(library: Library) -> Library:
    fingerprints = Fingerprints(library)
    parts = [*fingerprints.shared, *(part for part, *_ in pages(library))]
    return replace(library, approvals=sign((), fingerprints, SIGNED, parts))


def told(shown: Page) -> Page:
    """A page without what nobody approves: by whom and until when it was read."""
    return replace(shown, approval=None, review_by="", overdue=False)


# The laws


def is_shown(library: Library, outcome: Outcome, facts: Facts, item: Item) -> bool:
    """Whether a page shows something that trees share."""
    called = visibility.needs(library, outcome, facts).keys()
    match item.kind:
        case Kind.ROUTE:
            return any(
                item.name == route.name
                for each in visibility.served(library, outcome, facts)
                for route in each.routes
            )
        case Kind.NEED:
            return item.name in called
        case _:
            holds = all(when.holds(facts) for when in item.whens)
            return holds and not any(when.holds(facts) for when in item.unless)


@settings(max_examples=60, deadline=None, phases=GENERATED)
@given(seeds)
def test_whatever_somebody_can_see_of_what_trees_share_counts(chance: Random) -> None:
    library = odd_library(chance)
    prints = Fingerprints(library)
    needs = Needed(prints)
    needed = needs.by
    pages = [
        x for name, t in library.trees.items() for x in (name, *(f"{name}/{o}" for o in t.outcomes))
    ]
    some = chance.sample(sorted(prints.shared), min(4, len(prints.shared)))
    for part in some:  # asked of one part alone, it is the same
        assert [*needs.showing([part])] == [page for page in pages if part in needed(page)]
    for place, facts in ends(chance, library, 20):
        outcome = library.trees[place[0]].outcomes[place[1]]
        asked = {fact: frozenset(each.values) for fact, each in library.questions.items()}
        if "age" in facts or not all(v <= asked.get(f, frozenset()) for f, v in facts.items()):
            continue  # a proof has those alone of whom nothing is known but what answers say
        counted = {*needed("/".join(place))}
        for item in prints.reach.items:
            if str(item) in prints.shared and is_shown(library, outcome, facts, item):
                assert str(item) in counted


@pytest.mark.slow
@settings(max_examples=60, deadline=None, phases=GENERATED)
@example(Random(400370539))  # told by a value that no answer gives
@example(Random(2298665724))  # a number of one's own beside the name of a service
@given(seeds)
def test_a_page_that_is_as_approved_shows_what_was_approved(chance: Random) -> None:
    """Whatever was changed in the library, and whoever comes there."""
    before = approved(odd_library(chance))
    way, after = changed(chance, before, lambda _, value: True)
    fingerprints, plain = Fingerprints(after), replace(before, approvals=())
    found = [*ends(chance, after, 8)][:40]
    found += [(place, some_facts(chance, 0.6)) for place, _ in found[:10]]
    for place, facts in found:
        old, new = before.trees[place[0]], after.trees[place[0]]
        for clock in CLOCKS:
            shown = page(after, new, new.outcomes[place[1]], facts, clock, fingerprints)
            # A page that shares a part which nobody has approved says nothing.
            if shown.approval is not None and not shown.approval.changed:
                was = page(plain, old, old.outcomes[place[1]], facts, clock)
                assert told(shown) == told(was), (way, place, facts)


def pages(library: Library) -> Iterator[tuple[str, Tree, Outcome | None]]:
    """The parts of trees by name."""
    for tree in library.trees.values():
        yield tree.name, tree, None
        for outcome in tree.outcomes.values():
            yield f"{tree.name}/{outcome.name}", tree, outcome


@settings(max_examples=60, deadline=None, phases=GENERATED)
@given(seeds)
def test_a_changed_word_takes_the_approval_of_what_has_it_and_of_nothing_else(
    chance: Random,
) -> None:
    """What has a word is what is read of a page before it is approved, or what it shares. Titles,
    questions, services and hard words, which others repeat in part, are tried elsewhere."""

    def is_of_page(way: tuple[Any, ...], value: object) -> bool:
        return isinstance(value, Sentence) and ("outcomes" in way or way[0] == "needs")

    before = odd_library(chance)
    way, after = changed(chance, before, is_of_page)
    old, new = Fingerprints(before), Fingerprints(after)
    leaves = Leaves(new)
    for part, *_ in [*pages(after), *((shared,) for shared in new.shared)]:
        has_it = any("Other words" in line.says for line in leaves.lines_of(part))
        is_voided = old.of(part) != new.of(part)
        # Words for readers whom its tree is not for are read nowhere.
        is_own = way[0] == "trees" and part == f"{way[1]}/{way[3]}"
        assert is_voided == (has_it or is_own), (way, part)


@settings(max_examples=60, deadline=None, phases=GENERATED)
@given(seeds)
def test_whatever_somebody_can_know_is_possible(chance: Random) -> None:
    library = odd_library(chance)
    possible = Reach(library).possible
    for _ in range(40):
        for walk in walks(chance, library):
            place = (walk.tree.name, walk.here.name)
            assert possible.covers(possible.at(place), walk.facts), (place, walk.facts)
