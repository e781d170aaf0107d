"""Whom to ring stands on every screen of a walk, drawn and line by line, at 80 by 24."""

from __future__ import annotations

import re

import pytest

from fingerpost.model.tree import Outcome
from fingerpost.page.messages import LAST_RESORT
from fingerpost.page.page import page
from fingerpost.page.page_text import page_blocks
from fingerpost.page.question import standing
from fingerpost.reading import loader
from fingerpost.terminal.io.keyboard import ESCAPE
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.walk.autoplay import play_case

from ..support.seat import CLOCK, Sit, walked
from ..support.shipped import quick_to_search, whole_reading

CHILDLINE, SAMARITANS = "Childline 0800 1111.", "Samaritans 116 123."


def reading() -> loader.Reading:
    return quick_to_search(whole_reading())


DRAWN = {
    "all keys": ["?", " "],
    "who is reading": ["1"],
    "a second menu": ["2", "b"],
    "all keys of a menu": ["?", " "],
    "found by words": ["/", *"zzzz", ESCAPE],
    "a search that takes two pages": [*"i want to die", ESCAPE],
    "danger": ["1", "1"],
    "the age": ["2"],
    "the nation": ["2"],
    "which answer to change": ["u", "b"],
    "lists": ["1", "1"],
}
"""Keys of a walk, by the screens at which they are pressed."""


def numbers_lack(seen: str) -> bool:
    """Whether a screen does not say whom to ring: 999, and one who answers at any hour."""
    told = " ".join(seen.split())
    return "In danger: ring 999." not in told or not (CHILDLINE in told or SAMARITANS in told)


def test_every_drawn_screen_says_whom_to_ring(sit: Sit) -> None:
    """Also each page of a list, the list of all keys, and what is found by own words."""
    face, typist = sit([key for keys in DRAWN.values() for key in keys])
    with pytest.raises(EOFError):
        WalkSession(face, reading(), lambda: CLOCK).run(None, {})
    assert len(typist.shots) > 35
    lacking = [seen for seen in typist.shots if numbers_lack(seen)]
    assert lacking == []
    before = [seen for seen in typist.shots if LAST_RESORT in seen]
    assert typist.shots[0] in before  # and not a helpline for the young alone


@pytest.mark.parametrize(("keys", "rows"), [("112112", 10), ("11112233", 10)])
def test_each_page_of_a_long_list_and_of_ticks_says_it(sit: Sit, keys: str, rows: int) -> None:
    face, typist = sit([*keys, *"    "], rows=rows)
    with pytest.raises(EOFError):
        WalkSession(face, reading(), lambda: CLOCK).run(None, {})
    assert any("(2 of" in seen for seen in typist.shots)
    assert [seen for seen in typist.shots if numbers_lack(seen)] == []


def test_line_by_line_every_menu_and_question_says_it() -> None:
    found = [
        part
        for part in walked(reading(), ["1", "2", "b", "/zzzz", *"1122cbx"]).split("\n\n")
        if " 1. " in part
    ]
    assert len(found) >= 9
    assert [part for part in found if numbers_lack(part)] == []


@pytest.mark.parametrize(("columns", "rows"), [(80, 24)])
def test_the_first_screen_of_every_ending_says_to_ring_999(
    sit: Sit, columns: int, rows: int
) -> None:
    """A page of every tree, urgency and reader that its cases come to."""
    library = whole_reading().library
    cases = {
        (case.tree, case.expect.urgency, tuple(case.answers.get("teller", ()))): case
        for case in library.cases.values()
    }
    lacking = []
    for case in cases.values():
        at = play_case(library, case)
        if not isinstance(at.here, Outcome):
            continue
        shown = page(library, at.tree, at.here, at.facts, CLOCK)
        face, typist = sit([], columns=columns, rows=rows)
        face.standing = standing(library, at.facts)
        with pytest.raises(EOFError):
            face.ending(shown.tree_title, tuple(page_blocks(shown)), shown, ())
        if not re.search(r"\b[Rr]ing 999\b", " ".join(typist.shots[0].split())):
            lacking.append(case.name)
    assert len(cases) > 80
    assert lacking == []


def test_what_a_worker_must_say_in_their_nation_comes_with_the_answer_that_names_it() -> None:
    told = walked(reading(), [*"32123", *"3x"]).split(" - question")
    there = ["In Scotland, add:" in " ".join(part.split()) for part in told[-3:]]
    assert there == [False, True, False]
