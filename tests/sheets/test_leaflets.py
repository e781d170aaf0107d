"""A pack has a leaflet for everyone who comes to an ending, and one where others would have two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome
from fingerpost.page.messages import say
from fingerpost.page.page import page
from fingerpost.reading.loader import load
from fingerpost.sheets.app_guide import without_apps
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.formats.html import index
from fingerpost.sheets.leaflet_index import Section, contents
from fingerpost.sheets.leaflets import Group, Leaflet, Order, Pack, Whom, pack, together
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.walk.walk import Walk

from ..support.shipped import whole_library

TODAY = date(2026, 11, 25)
RACK = Path(__file__).parents[1] / "fixtures" / "rack"
SMALL = load([RACK], None, whole=True).library
SHIPPED = whole_library()


def order(library: Library = SMALL, **how: object) -> Order:
    return replace(Order(tuple(library.trees), TODAY), **how)  # type: ignore[arg-type]  # a test's


def made(library: Library = SMALL, **how: object) -> Pack:
    return pack(library, order(library, **how))


def sizes(found: Pack) -> Counter[str]:
    """How many leaflets there are at each ending."""
    ends = [{place.outcome for place in leaflet.places} for leaflet in found.leaflets]
    return Counter(end for each in ends for end in each)


def people(whom: tuple[Whom, ...]) -> Iterator[dict[str, str]]:
    """Everyone for whom a leaflet is, by the one value of each of their facts."""
    for one in whom:
        for chosen in product(*(values for _, values in one)):
            yield {fact: ",".join(sorted(v)) for (fact, _), v in zip(one, chosen, strict=True)}


# --- which leaflets there are --------------------------------------------------------------------


def test_the_leaflets_of_a_small_library_are_as_many_as_can_be_counted_by_hand() -> None:
    # Each sheet says which of the three readers it is for. Who needs somebody to talk to is told
    # of one more line in Wales, and a child whose phone has gone of one more thing to do.
    assert sizes(made()) == {
        "wait": 3,  # of the tree “late”, in which nobody is asked for an age or a nation
        "danger-now": 3,
        "rung": 3 * 2 * 2,
        "looked": 3 * 2,
        "nothing-lost": 3 * 2,
    }


# --- for whom ------------------------------------------------------------------------------------


WORDS = st.sampled_from("abc")


@given(st.sets(st.tuples(WORDS, WORDS, WORDS), min_size=1))
def test_putting_people_together_loses_and_doubles_nobody(rows: set[tuple[str, ...]]) -> None:
    each = [
        tuple((str(n), (frozenset({value}),)) for n, value in enumerate(row))
        for row in sorted(rows)
    ]
    whom = together(each)
    found = [tuple(one.values()) for one in people(whom)]
    assert sorted(found) == sorted(rows)
    assert set(together(whom)) == set(whom)


# --- the index -----------------------------------------------------------------------------------


def body(contained: Section) -> str:
    return index(contained, (".html",)).partition("<body>")[2]


def test_a_discreet_pack_tells_nothing_on_its_sheets_or_its_index() -> None:
    wanted = order(discretion=Discretion.of(SMALL))
    found = pack(SMALL, wanted)
    assert found.apps == ()
    assert {leaflet.document.title for leaflet in found.leaflets} == {say("sheet.who-to-ring")}
    contained = contents(SMALL, wanted, found)
    (section,) = contained.sections
    assert (contained.heading, contained.lines, section.heading) == (
        say("sheet.who-to-ring"),
        (),
        "Sheets",
    )
    assert len(section.entries) == len(found.leaflets)
    said = body(contained)
    for telling in ("lost", "phone", "keys", "bus", "late", "Chirp", "Childline", "police", "safe"):
        assert telling.lower() not in said.lower()
    # The index of the same pack without discretion fails the same test.
    assert "lost" in body(contents(SMALL, order(), made()))
    wales = [entry.text for entry in section.entries if "Nation: Wales." in entry.text]
    assert wales
    assert all(text.startswith("Who to ring ") for text in wales)


# --- the shipped library -------------------------------------------------------------------------


TREES = ("threatened", "my-child", "staff-disclosure")
"""A tree for each reader: blackmail for anybody, and those that are a parent's and a worker's own.
Of all that ship some thirty thousand leaflets would be made."""


@pytest.fixture(scope="module")
def rack() -> Pack:
    return made(SHIPPED, trees=TREES)


@pytest.mark.slow
def test_every_ending_of_the_shipped_trees_has_a_leaflet(rack: Pack) -> None:
    found = {(place.tree, place.outcome) for x in rack.leaflets for place in x.places}
    assert found == {(name, end) for name in TREES for end in SHIPPED.trees[name].outcomes}


def alone(case: str, facts: Mapping[str, str]) -> Walk:
    """Somebody like this case who tells these facts first, walked by hand."""
    answers = {**SHIPPED.cases[case].answers, **{f: frozenset({v}) for f, v in facts.items()}}
    walk = Walk.begin(SHIPPED, SHIPPED.cases[case].tree, {f: answers[f] for f in facts})
    end = SHIPPED.cases[case].expect.outcome
    while walk.here.name != end:
        walk = walk.carry_on() if isinstance(walk.here, Outcome) else walk.answer(
            answers[walk.here.fact])  # fmt: skip
    return walk


@pytest.mark.slow
def test_each_reader_of_each_case_finds_their_own_sheet_and_only_that(rack: Pack) -> None:
    by_place: dict[tuple[str, str], list[tuple[Group, Leaflet, list[dict[str, str]]]]] = {}
    for leaflet in rack.leaflets:
        for place in leaflet.places:
            one = (place, leaflet, list(people(place.whom)))
            by_place.setdefault((place.tree, place.outcome), []).append(one)
    values = {fact: SHIPPED.questions[fact].values for fact in ("teller", "age", "nation")}
    everyone = [dict(zip(values, each, strict=True)) for each in product(*values.values())]
    tried_out = 0
    for number, case in enumerate(SHIPPED.cases):
        for facts in islice(everyone, number % 7, None, 7):
            try:
                walk = alone(case, facts)
            except (KeyError, ValueError):
                continue  # they are asked what the case does not answer, or come elsewhere
            assert isinstance(walk.here, Outcome)
            if any(
                walk.facts[fact] != {value} for fact, value in facts.items() if fact in walk.facts
            ):
                continue  # the tree itself says who reads
            if walk.tree.name not in TREES:
                continue
            shown = without_apps(SHIPPED, page(SHIPPED, walk.tree, walk.here, walk.facts))
            here = by_place[walk.tree.name, walk.here.name]
            told = {fact for place, _, _ in here for fact, _ in place.known}
            # What a way on says for them is no answer of theirs: no leaflet is told by it.
            asked = {question.fact for _, question, _ in walk.answered()} & told
            fits = [
                leaflet
                for place, leaflet, whom in here
                if facts in whom
                and asked <= dict(place.known).keys()
                and all(walk.facts.get(fact) == v for fact, v in place.known)
            ]
            assert {x.document for x in fits} == {sheet(shown, Sheet(TODAY))}
            tried_out += 1
    assert tried_out > 50
