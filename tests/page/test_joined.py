"""One page for two troubles: nothing that either page owes is lost, and nothing stands twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest
from tests.support.shipped import whole_library

from fingerpost.model.base import replace
from fingerpost.model.tree import Outcome, Question
from fingerpost.page.approval import Approved
from fingerpost.page.joined import joined, page_of
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Page, PartKind
from fingerpost.walk.walk import Walk

_AT = datetime(2026, 11, 30, 19, 30, tzinfo=UTC)
_PAIRS = 300


def _to_its_end(walk: Walk, at_random: Random) -> Walk:
    while isinstance(walk.here, Question):
        others = [each.value for each in walk.here.answers if not each.alone]
        chosen = frozenset({at_random.choice(walk.here.answers).value})
        if walk.here.many and at_random.random() < 0.4:
            chosen = frozenset(at_random.sample(others, 2))
        walk = walk.answer(chosen if walk.unasked is None else walk.unasked)
    return walk


def _pairs(count: int = _PAIRS) -> list[Walk]:
    """Walks at their endings, each beside another that has begun in any tree."""
    library, at_random = whole_library(), Random(29)
    trees, found = [name for name, tree in library.trees.items() if not tree.given], []
    while len(found) < count:
        first = _to_its_end(Walk.begin(library, at_random.choice(trees)), at_random)
        assert isinstance(first.here, Outcome)
        if first.here.carry_on is None:
            found.append(_to_its_end(first.also(at_random.choice(trees)), at_random))
    return found


def _routes(page: Page) -> list[str]:
    return [c.route for each in page.help for c in (*each.contacts, *each.more)]


@pytest.mark.slow
def test_a_page_of_two_holds_what_both_pages_hold_each_once() -> None:
    clock = Clock(_AT, BankHolidays.load())
    for walk in _pairs():
        assert walk.beside is not None
        one, other = page_of(walk.beside, clock), page_of(replace(walk, beside=None), clock)
        both = page_of(walk, clock)
        graver, milder = (one, other) if one.urgency >= other.urgency else (other, one)
        assert both == joined(one, other)
        assert both.urgency == graver.urgency
        assert graver.title in both.title
        assert milder.title in both.title
        steps = [line.text for line in both.steps]
        assert {line.text for line in graver.steps[:3]} <= set(steps)
        told = [*steps, *(line.text for line in both.lines_of(PartKind.MORE))]
        owed = {line.text for page in (one, other) for line in page.instructions}
        assert set(told) == owed
        assert len(set(steps)) == len(steps)
        assert {line.text for page in (one, other) for line in page.steps if line.first} <= set(
            steps
        )
        assert sorted(_routes(both)) == sorted({*_routes(one), *_routes(other)})
        for kind in PartKind:
            owed = {line.text for page in (one, other) for line in page.lines_of(kind)}
            assert owed == {line.text for line in both.lines_of(kind)} or kind is PartKind.MORE


@pytest.mark.slow
def test_a_further_trouble_asks_nothing_about_the_person_again() -> None:
    kept = {f for f, q in whole_library().questions.items() if q.of_person}
    assert kept >= {"teller", "age", "nation", "danger"}
    for walk in _pairs():
        assert walk.beside is not None
        known = kept & walk.beside.facts.keys()
        # What the tree where it begins does not ask, another to which it leads may ask anew.
        known &= {q.fact for q in walk.library.trees[walk.start.tree].asked}
        asked = {
            walk.library.trees[r.tree].questions[r.step].fact for r in walk.replies if r.values
        }
        assert asked.isdisjoint(known)
        assert all(walk.facts[f] == walk.beside.facts[f] for f in known & walk.facts.keys())


def test_danger_that_is_typed_beside_a_trouble_is_not_lost() -> None:
    library, wrote = whole_library(), {"wrote": frozenset({"weapon"})}
    first = Walk.begin(library, "bullied-online", {"teller": frozenset({"young-person"})})
    beside = first.also("threatened", {**first.of_person, **wrote})
    assert beside.facts["wrote"] == frozenset({"weapon"})
    assert beside.facts["teller"] == frozenset({"young-person"})


@pytest.mark.parametrize("danger", ["hurt", "suicide", "person", "missing"])
def test_a_page_for_now_leads_on_to_one_with_a_headline_and_steps_of_its_own(danger: str) -> None:
    known = {"teller": {"young-person"}, "age": {"13-15"}, "nation": {"wales"}}
    walk = Walk.begin(whole_library(), "threatened", {f: frozenset(v) for f, v in known.items()})
    led = walk.answer({danger}).carry_on().answer({"money"}).answer({"no"}).answer({"picture"})
    shown = page_of(led.past_unasked())
    assert shown.title == "You're being blackmailed over a picture"
    assert any("Ring 999 now" in step.text for step in shown.steps)
    assert any("Don't pay" in step.text for step in shown.steps)


def test_nobody_has_approved_a_page_of_which_they_have_read_half() -> None:
    shown = [page_of(replace(walk, beside=None)) for walk in _pairs(2)]
    one, other = shown
    by = Approved("A. Person", "lead", date(2026, 11, 1), date(2027, 11, 1), "", changed=False)
    assert joined(replace(one, approval=by), other).approval is None
    assert joined(replace(one, approval=by), replace(other, approval=by)).approval == by
