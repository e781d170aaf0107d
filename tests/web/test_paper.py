"""What the page in a browser draws and prints of a sheet is what Python's HTML sheet is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fingerpost.model.base import Frozen, replace
from fingerpost.model.facts import TELLERS
from fingerpost.model.tree import Outcome, Tree
from fingerpost.page.page import page
from fingerpost.sheets.document import Address, Box, Document
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.web.data import walk_data
from fingerpost.web.html import style

from ..sheets.test_browser import Word, printed_words
from ..support.chromium import CHROMIUM, node_here
from ..support.journeys import first_difference
from ..support.node import MODULES, planted, run
from ..support.printed import CODE, LIBRARY, page_of, sheet_of
from .test_sheet import TODAY, drawn_facts, endings, plain

pytestmark = [pytest.mark.browser, pytest.mark.node]

LATER = date(2030, 1, 1)
AS_FAR = 0.1
"""Points by which a word may stand elsewhere: parts of a sheet that is in a page are not rounded
as those of a page that is a sheet."""


LONG = "https://www.example.org/" + "a-long-way-down/" * 8
"""An address whose code has more modules than that of any shipped one."""


@cache
def data() -> Any:
    """A library that has the long address as well."""
    known = next(route for route in LIBRARY.routes.values() if route.web)
    far = replace(known, name="far", web=LONG)
    return walk_data(replace(LIBRARY, routes={**LIBRARY.routes, far.name: far}))


@cache
def papers() -> tuple[Document, ...]:
    """Sheets to hand out: urgent, long, for a child, in large print, and long out of date."""
    return (
        sheet_of(page_of("the-house-is-full-of-shouting")),
        sheet_of(page_of("they-are-outside"), "staff"),
        sheet_of(page_of("sent-to-a-boyfriend"), large=True),
        sheet_of(page_of("round-the-year-group"), "staff", printed_on=LATER),
        sheet_of(page_of("two-in-the-morning")),
        sheet_of(page_of("two-in-the-morning"), "parent"),
        sheet_of(page_of("the-chat-without-her")),
        Document("Far", (Box("A service", (Address("Web", LONG, LONG, scan=True),)),), "A tree"),
    )


class Looked(Frozen):
    """A sheet as the page has drawn it, and as Python's file has it; whether it was seen on the
    screen, and what was left of it when it had been taken away. With a folder, both are printed."""

    ours: Any
    theirs: Any
    is_seen: bool
    rest: str


def looked(
    documents: Sequence[Document],
    modules: Path = MODULES,
    folder: Path | None = None,
    rules: str | None = None,
) -> list[Looked]:
    node_here()
    given = {"data": data(), "style": rules or style(), "executablePath": CHROMIUM}
    jobs = [
        {
            "document": plain(each),
            "html": str.__str__(html(each)),
            "pdf": folder and str(folder / str(number)),
        }
        for number, each in enumerate(documents)
    ]
    return [Looked(**found) for found in run("paper.mjs", jobs, given, modules)]


def first_that_differs(documents: Sequence[Document], looks: Sequence[Looked]) -> str:
    """Where a sheet is drawn otherwise than Python's file has it, or empty."""
    for paper, found in zip(documents, looks, strict=True):
        if found.ours != found.theirs:
            return f"{first_difference(found.theirs, found.ours)} on {paper.title}"
    return ""


@pytest.fixture(scope="module")
def seen() -> list[Looked]:
    return looked(papers())


@pytest.mark.slow
def test_sheets_are_drawn_as_python_writes_them(seen: list[Looked]) -> None:
    assert {each.child for each in papers()} == {each.large for each in papers()} == {True, False}
    assert first_that_differs(papers(), seen) == ""


@pytest.mark.slow
def test_a_sheet_is_not_on_the_screen_and_leaves_nothing(seen: list[Looked]) -> None:
    assert not any(each.is_seen for each in seen)
    assert {each.rest for each in seen} == {""}


@pytest.mark.in_turn(among="whole sweeps")
@pytest.mark.slow
def test_the_sheets_of_every_ending_are_drawn_as_python_writes_them() -> None:
    random = Random(5)

    def drawn(tree: Tree, outcome: Outcome) -> Document:
        shown = page(LIBRARY, tree, outcome, drawn_facts(LIBRARY, tree, random))
        how = Sheet(random.choice(TELLERS), TODAY, large=random.random() < 0.2)
        return sheet(shown, random.choice((CODE, "")), how)

    every = [drawn(tree, outcome) for tree, outcome in endings(LIBRARY)]
    assert first_that_differs(every, looked(every)) == ""


# --- in print ------------------------------------------------------------------------------------


def misplaced(folder: Path, rules: str | None = None) -> list[str]:
    """What does not stand in the print of the page where it stands in that of Python's file."""
    looked(papers(), folder=folder, rules=rules)
    found = []
    for number, paper in enumerate(papers()):
        (ours, sides), (theirs, wanted) = (
            printed_words(folder / f"{number}-{whose}.pdf") for whose in ("ours", "theirs")
        )
        if sides != wanted or len(ours) != len(theirs):
            found.append(f"{paper.title}: {sides} sides and {len(ours)} words")
        elif there := next(
            (one for one, other in zip(ours, theirs, strict=True) if far(one, other)), None
        ):
            found.append(f"{paper.title}: {there}")
    return found


def far(one: Word, other: Word) -> bool:
    """Whether two words are not the same at the same place."""
    moved = (one.left - other.left, one.top - other.top, one.bottom - other.bottom)
    return (one.text, one.side) != (other.text, other.side) or max(map(abs, moved)) > AS_FAR


@pytest.mark.poppler
@pytest.mark.slow
def test_a_print_has_the_same_words_on_the_same_places_of_as_many_sides(tmp_path: Path) -> None:
    assert misplaced(tmp_path) == []


@pytest.mark.poppler
@pytest.mark.slow
@pytest.mark.in_turn(among="planted faults")
def test_a_screen_that_is_printed_too_would_be_seen(tmp_path: Path) -> None:
    rules = style().replace(".on-paper body", ".nowhere body")
    assert len(misplaced(tmp_path, rules)) == len(papers())


# --- the guards themselves -----------------------------------------------------------------------

FAULTS = {
    "letters that are too large": ("paper", "LETTERS_OF_A_SIDE = 1750", "LETTERS_OF_A_SIDE = 1850"),
    "letters of whole points": ("paper", "toFixed(1)", "toFixed(0)"),
    "a child's side is counted twice": ("paper", "findLastIndex(isBreak) + 1", "length * 0"),
    "a child's side is not counted": (
        "paper",
        "most_sides - parts.filter(isBreak).length",
        "most_sides",
    ),
    "a child has small letters": ("paper", "large, child, long });", "large, long });"),
    "codes of one size": ("paper", "{ text }), document.large", "{ text }), false"),
    "a lone code is among several": ("paper", 'alone ? "codes alone" : "codes"', '"codes"'),
    "a lone code has a caption": ("paper", 'alone ? "" : ', ""),
    "a code beside everything": ("paper", "each.scan && ", ""),
    "danger looks like all the rest": ("paper", 'urgent ? "box urgent" : "box"', '"box"'),
    "two addresses run together": ("paper", 'number > 0 && "· "', '""'),
    "a number is broken over lines": ("paper", "LONGEST_UNBROKEN = 20", "LONGEST_UNBROKEN = 5"),
    "a heading level is left out": ("paper", '"Box" ? "h2"', '"Box" ? "h3"'),
    "what is strong is not": ("paper", 'strong && "strong"', '""'),
    "a code that touches what is beside it": ("qr", "QUIET_ZONE = 4", "QUIET_ZONE = 2"),
    "a code that is too small to read": ("qr", "LEAST_MM = 0.65", "LEAST_MM = 0.3"),
    "a code with light and dark turned": ("qr", "/1+/g", "/0+/g"),
    "a code without some of its bits": ("qr", '.padStart(8, "0")', ""),
}


@pytest.mark.slow
@pytest.mark.in_turn
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_would_be_seen(fault: str, tmp_path: Path) -> None:
    module, right, wrong = FAULTS[fault]
    modules = planted(tmp_path, f"sheets/{module}.mjs", right, wrong)
    assert first_that_differs(papers(), looked(papers(), modules))


@pytest.mark.slow
@pytest.mark.in_turn(among="planted faults")
def test_a_sheet_on_the_screen_would_be_seen_and_what_it_leaves(tmp_path: Path) -> None:
    modules = planted(tmp_path, "sheets/paper.mjs", '"on-paper": document', '"on-paper": true')
    rules = style().replace(".paper { display: none; }", "")
    [found] = looked(papers()[:1], modules, rules=rules)
    assert found.is_seen
    assert found.rest == "on-paper"
