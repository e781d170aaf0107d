"""What the made-up cases that ship reach. How it is counted and told is in the transcripts."""

from __future__ import annotations

import pytest

from fingerpost.checks.upkeep.coverage import Coverage, Kind, Thing, coverage
from fingerpost.model.facts import WROTE
from fingerpost.model.library import Library

from ..support.shipped import whole_library


@pytest.fixture(scope="module")
def library() -> Library:
    return whole_library()


@pytest.fixture(scope="module")
def real(library: Library) -> Coverage:
    return coverage(library)


def shown_nowhere(library: Library, found: Coverage) -> list[Thing]:
    """What no case reaches, in whichever tree.

    Shared words are the same wherever they are used. So an answer of a shared question, an ending
    in shared words and a line of shared advice is reached if a case of one tree reaches it: that
    each tree leads to them is proved on every path, and 18 cases of one page would show no more.
    """
    shared_endings = {
        ending.name
        for tree in library.trees.values()
        for ending in tree.outcomes.values()
        if ending.title.span.file != tree.span.file
    }
    shared = {
        Kind.ENDING: shared_endings,
        Kind.LINE: set(library.advice),
        Kind.ANSWER: {
            f"{question.fact}: {value}"
            for question in library.questions.values()
            for value in question.values
        },
    }
    somewhere = {(thing.kind, thing.name) for thing in found.reached}
    return [
        thing
        for thing in found.missed
        if thing.name not in shared.get(thing.kind, ()) or (thing.kind, thing.name) not in somewhere
    ]


@pytest.fixture(scope="module")
def left(library: Library, real: Coverage) -> list[Thing]:
    return shown_nowhere(library, real)


def test_every_ending_of_what_ships_has_a_case(left: list[Thing]) -> None:
    assert [thing.name for thing in left if thing.kind is Kind.ENDING] == []
    assert [thing.name for thing in left if thing.kind is Kind.NEWS] == []


def test_every_route_of_what_ships_is_shown_in_a_case(left: list[Thing]) -> None:
    assert [thing.name for thing in left if thing.kind is Kind.ROUTE] == []


def test_all_but_one_in_eighteen_lines_that_only_some_see_are_seen_in_a_case(
    real: Coverage, left: list[Thing]
) -> None:
    """No case types anything, so what was typed is tried by tests/terminal/test_own_words.py."""
    typed = f"what is always added by {WROTE}"
    lines = [t for t in real.things if t.kind is Kind.LINE and t.name != typed]
    missed = [t for t in left if t.kind is Kind.LINE and t.name != typed]
    assert len(missed) < len(lines) / 18


def test_cases_of_what_ships_give_every_answer_somewhere_but_the_names_of_apps(
    left: list[Thing],
) -> None:
    """A question that many trees ask is answered in each way by somebody, in one of them."""
    answers = {thing.name for thing in left if thing.kind is Kind.ANSWER}
    assert [name for name in sorted(answers) if not name.startswith("where: ")] == []
