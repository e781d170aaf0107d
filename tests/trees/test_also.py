"""Whoever is asked what is true as well can say that they hurt themselves.

It is what most often stands beside another trouble, and a page that does not hear of it has no care
for a wound. A young person under 13 is asked none of these questions.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fingerpost.model.facts import TELLERS
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question
from fingerpost.page.page import Page, page
from fingerpost.walk.autoplay import play_known
from fingerpost.walk.walk import Walk

from ..support.shipped import whole_library

HURT_SELF = "hurt-self"

WITHOUT = {
    # It has been said already, as what they came for.
    "not-coping/also-self-harm": "who is asked came because they hurt themselves",
    # A page about no young person.
    "staff-disclosure/also-account": "it is about an account of the organisation",
}
"""The questions that do without it, and why."""


def lacking(library: Library) -> Iterator[str]:
    """The steps that ask what is true as well, and do not offer it."""
    for tree in library.trees.values():
        for question in tree.asked:
            if question.fact == "also" and question.answer(HURT_SELF) is None:
                yield f"{tree.name}/{question.name}"


STEPS = {
    "weapon": ("police-about-the-weapon",),
    "named-day": ("police-before-the-day", "do-not-be-there"),
    "meeting": ("do-not-meet",),
    "with-them-today": ("before-they-leave-with-them",),
    "waits-for-me": ("being-followed-is-serious",),
    "will-hurt": ("told-before-the-next-journey", "told-outside-home-before-the-next-journey"),
}
"""The step for a danger that is ticked, by its name in shared/advice.yaml."""

FIRST = 5
"""The steps that somebody in a hurry reads."""


def ticked(tree: str, teller: str) -> Iterator[tuple[str, Page]]:
    """The first page of each list of ticks after each danger that is ticked there, in no danger."""
    known = {"danger": "none", "age": "13-15", "nation": "england", "suicide": "no"}
    library, met = whole_library(), set[str]()
    waiting = [Walk.begin(library, tree, {"teller": frozenset({teller})})]
    while waiting:
        walk = waiting.pop()
        question = walk.here
        if isinstance(question, Outcome) or question.name in met:
            continue
        met.add(question.name)
        for value in STEPS.keys() & set(question.values) if question.fact == "also" else ():
            after = walk.answer({value})
            while isinstance(after.here, Question):
                after = after.answer(after.unasked or {after.here.values[-1]})
            yield value, page(library, after.tree, after.here, after.facts)
        values = [known[question.fact]] if question.fact in known else question.values
        waiting += [walk.answer({value}) for value in values]


@pytest.mark.parametrize("teller", TELLERS)
def test_the_step_for_a_danger_that_is_ticked_is_among_the_first(teller: str) -> None:
    library, late = whole_library(), dict[str, str]()
    for tree in library.trees.values():
        if teller in tree.given.get("teller", (teller,)):
            for tick, shown in ticked(tree.name, teller):
                first = {line.name for line in shown.instructions[:FIRST]}
                if first.isdisjoint(STEPS[tick]):
                    late[f"{tree.name} {shown.outcome}"] = tick
    assert late == {}


ASKED = {"stay-and-ask-about-suicide", "not-alone-with-thoughts"}


@pytest.mark.parametrize("threat", ["money", "money-paid", "pictures", "favour"])
@pytest.mark.parametrize("suicide", ["thoughts", "no", "nobody-asked"])
@pytest.mark.parametrize("teller", ["parent", "staff"])
def test_an_adult_of_a_blackmailed_child_asks_about_suicide_among_the_first_steps(
    teller: str, suicide: str, threat: str
) -> None:
    known = {"danger": "none", "age": "13-15", "nation": "wales", "suspect": "online-only"}
    known |= {"teller": teller, "threat": threat, "suicide": suicide, "also": "none"}
    facts = {fact: frozenset({value}) for fact, value in known.items()}
    library = whole_library()
    end = play_known(Walk.begin(library, "threatened"), {**facts, "where": frozenset({"snapchat"})})
    assert isinstance(end.here, Outcome)
    shown = page(library, end.tree, end.here, end.facts)
    assert ASKED & {line.name for line in shown.instructions[:FIRST]}


def test_who_would_rather_not_say_reads_first_whom_to_ring() -> None:
    known = {"danger": "none", "age": "13-15", "nation": "wales", "threat": "money", "also": "none"}
    known |= {"teller": "young-person", "suicide": "not-sure", "where": "snapchat"}
    facts = {fact: frozenset({value}) for fact, value in known.items()}
    library = whole_library()
    end = play_known(Walk.begin(library, "threatened"), facts)
    assert isinstance(end.here, Outcome)
    shown = page(library, end.tree, end.here, end.facts)
    assert "ring-if-it-gets-too-much" in {line.name for line in shown.instructions[:FIRST]}


def test_whoever_is_asked_what_is_true_as_well_can_say_that_they_hurt_themselves() -> None:
    assert set(lacking(whole_library())) == WITHOUT.keys()
