"""What an approval covers, what voids it, and what a page says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fingerpost.model.library import Library
from fingerpost.page import labels
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import page
from fingerpost.reading.loader import load
from fingerpost.sheets.sheet import Sheet, sheet

from .library import DAY, signed, sound, voided, written

NOBODY = "No safeguarding professional has approved these words yet."
LEAD = "Approved by Jo Field, Safeguarding lead, on 2026-11-27"
CHANGED = f"{LEAD}, and changed since."
PARENT = {"teller": frozenset({"parent"}), "safe": frozenset({"yes"})}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library")


def said(library: Library, place: str, **facts: str) -> str:
    """What the page of an ending says of its approval."""
    tree, _, ending = place.partition("/")
    known = {fact: frozenset({value}) for fact, value in facts.items()}
    here = library.trees[tree]
    return labels.reviewed(page(library, here, here.outcomes[ending], known))


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


# What is voided


CHANGES = {
    "a line of an ending": ("one.yaml", "Ring a friend", "Ring a pal", "one/calm"),
    "a title": ("two.yaml", "title: Stop", "title: Halt", "two/stop"),
    "an urgency": ("two.yaml", "urgency: today", "urgency: now", "two/stop"),
    "who sees a line": (
        "one.yaml", "teller: young-person, safe: yes}}", "safe: yes}}", "one/calm",
    ),
    "a line more": ("two.yaml", "{do: Sit down.}", "{do: Sit down.}, {do: Rest.}", "two/stop"),
    "a line less": ("two.yaml", "{do: Get up.}, ", "", "two/go"),
    "the order of lines": (
        "two.yaml", "{do: Get up.}, {use: breathe}", "{use: breathe}, {do: Get up.}", "two/go",
    ),
    "a question": ("one.yaml", "Where is it", "Where was it", "one"),
    "a reason": ("one.yaml", "So that the", "For the", "one"),
    "an answer": ("one.yaml", "say: Here", "say: Right here", "one"),
    "an answer that a page names": ("one.yaml", "say: There", "say: Away", "one one/rude"),
    "a way on": ("one.yaml", "There, goto: rude", "There, goto: calm", "one/rude"),
    "a shared question": ("shared/questions.yaml", "Safe?", "Are you safe?", "one two"),
    "what it is for": ("one.yaml", "about: One thing", "about: A thing", "one"),
    "the title of a tree": ("two.yaml", "title: Two", "title: Zwei", "two two/stop two/go"),
    "the opening, which is read with no tree": ("shared/opening.yaml", "first", "at first", ""),
    "a line of two endings": (
        "shared/advice.yaml", "Breathe out", "Breathe in", "one/calm two/go",
    ),
    "a line that is always added": (
        "shared/advice.yaml", "help comes", "it comes", "one/danger two/stop",
    ),
    "a line for staff": (
        "shared/advice.yaml", "Write it", "Note it", "one/danger one/calm two/stop two/go",
    ),
    "a service": (
        "routes/uk.yaml", "Free.", "Free of charge.",
        "one/danger one/calm one/rude two/stop two/go",
    ),
    "a service that a page only names": ("routes/uk.yaml", "Far desk", "A far desk", "two/go"),
    "what a page only names, and does not show": (
        "routes/uk.yaml", "Ask for Ann.", "Ask for Bob.", "",
    ),
    "a hard word": ("shared/words.yaml", "trust", "believe", "one/calm"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES)
def test_a_change_voids_the_parts_that_it_stands_in_and_no_other(
    folder: Path, case: tuple[str, str, str, str]
) -> None:
    file, old, new, parts = case
    signed(folder)
    assert voided(folder) == set()
    change(folder, file, old, new)
    assert voided(folder) == set(parts.split())


# What a page says


def test_a_page_and_a_sheet_say_that_it_is_to_be_read_again(folder: Path) -> None:
    library = signed(folder)
    tree = library.trees["one"]
    late = Clock(datetime(2027, 11, 28, 12, tzinfo=UTC), BankHolidays.load())
    over = "It was to be read again by 2027-11-27."
    shown = page(library, tree, tree.outcomes["calm"], PARENT, late)
    assert labels.reviewed(shown) == f"{LEAD}. {over}"
    paper = page(library, tree, tree.outcomes["calm"], PARENT)
    assert over in str(sheet(paper, Sheet(date(2027, 11, 28))))
    assert over not in str(sheet(paper, Sheet(DAY)))


def test_the_first_screen_says_how_many_pages_are_signed(folder: Path) -> None:
    library = signed(folder, "one")
    some = "{} pages here are signed."
    assert labels.approval_of(library, "one").startswith(some.format("3 of 3"))
    assert labels.approval_of(library, "two") == NOBODY
    assert labels.approval_of(library, None).startswith(some.format("3 of 5"))
    change(folder, "one.yaml", "Look away", "Look up")
    assert labels.approval_of(sound(folder), "one").startswith(some.format("2 of 3"))


def test_a_reader_is_told_of_an_approval_where_all_that_they_see_is_signed(folder: Path) -> None:
    signed(folder)
    change(folder, "shared/advice.yaml", "Write it", "Note it")
    later = sound(folder)
    assert said(later, "one/calm", teller="staff", safe="yes") == CHANGED
    assert said(later, "one/calm", teller="parent", safe="yes") == f"{LEAD}."
    text = (folder / "approvals.yaml").read_text(encoding="utf-8")
    says = (
        'comments:\n  - {page: two/go, line: Breathe out., says: "%s", by: Ann, on: 2026-11-27}\n'
    )
    for words, told in (("Note: slow.", f"{LEAD}."), ("OK, but not so.", NOBODY)):
        (folder / "approvals.yaml").write_text(text + says % words, encoding="utf-8")
        assert said(sound(folder), "one/calm", teller="parent", safe="yes") == told


def test_approvals_with_a_mistake_approve_nothing_and_stop_nobody(folder: Path) -> None:
    signed(folder)
    change(folder, "approvals.yaml", "  - by: ", "  - from: ")
    reading = load([folder])
    assert reading.library.approvals == ()
    assert {mistake.code for mistake in reading.mistakes} == {"FP102", "FP103"}
    assert reading.stopping("one") == ()
