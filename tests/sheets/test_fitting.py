"""What a paper takes of its pages, guessed. The numbers are worked out by hand.

At 12 pt a line is 15.6 pt high and holds a letter for every 6 pt; A4 has room for 527.2 pt across
and 773.9 pt down. A code with the words under it is 72 pt wide at least, and takes 91.2 pt down.
"""

from __future__ import annotations

import pytest

from fingerpost.sheets.document import (
    Address,
    Blank,
    Block,
    Box,
    Brief,
    Code,
    Fine,
    Heading,
    Note,
    Paragraph,
    Points,
    Steps,
)
from fingerpost.sheets.formats.fitting import (
    BASE,
    COLUMN_WIDTH,
    LARGE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Arrangement,
    Fitting,
)

SMALL, BIG = Fitting(BASE), Fitting(LARGE)
PHONE = Address("Phone", "0800 1111", "tel:08001111", scan=True)
LINE = "x" * 80
"""A little less than a line, and more than one beside a code."""


def test_the_paper_is_a4() -> None:
    assert pytest.approx(527.24, abs=0.01) == TEXT_WIDTH
    assert pytest.approx(773.86, abs=0.01) == TEXT_HEIGHT
    assert pytest.approx(255.12, abs=0.01) == COLUMN_WIDTH


def test_under_a_code_is_room_for_what_it_leads_to() -> None:
    assert SMALL.code_width(29) == 72  # six letters high; the code alone is 50.75
    assert SMALL.code_width(45) == 78.75
    assert BIG.code_width(29) == 108


def test_a_code_stands_beside_all_that_is_said_in_a_few_words() -> None:
    box = Box("Childline", (PHONE,), notes=(Note("Cost", "Free."),))
    assert SMALL.arrangement(box, [29], TEXT_WIDTH) == Arrangement(1, "beside all", 72)


def test_long_notes_have_the_whole_width() -> None:
    """Ten lines, which beside the code would be twenty: 91 + 156 pt down, and not 343."""
    box = Box("Childline", (PHONE,), notes=(Note("", LINE),) * 10)
    assert SMALL.arrangement(box, [29], TEXT_WIDTH) == Arrangement(1, "above the notes", 72)


def test_where_too_little_room_is_left_beside_them_codes_stand_below() -> None:
    """Two of them side by side in a room of 187 pt."""
    box = Box("Childline", (PHONE,) * 3)
    assert SMALL.arrangement(box, [29, 29, 29], 200) == Arrangement(2, "below", 147.6)


def test_many_codes_stand_in_columns_each_as_wide_as_its_widest() -> None:
    """Three below each other would be 274 pt high; in three columns they are 95, with little said
    beside them."""
    box = Box("Childline", (PHONE,) * 3)
    found = SMALL.arrangement(box, [29, 45, 29], TEXT_WIDTH)
    assert found == Arrangement(3, "beside all", 72 + 78.75 + 72 + 2 * 3.6)


def test_a_box_is_sure_to_fit_if_it_is_less_than_half_a_page_and_has_few_codes() -> None:
    """Half a page is 24.8 lines: the title, and 23 steps, or 24."""
    assert SMALL.surely_on_a_page(Box("Title", (), steps=("One.",) * 23), TEXT_WIDTH)
    assert not SMALL.surely_on_a_page(Box("Title", (), steps=("One.",) * 24), TEXT_WIDTH)
    assert SMALL.surely_on_a_page(Box("Title", (PHONE,) * 4), TEXT_WIDTH)
    assert not SMALL.surely_on_a_page(Box("Title", (PHONE,) * 5), TEXT_WIDTH)


def test_notes_count_as_well() -> None:
    steps, note = ("One.",) * 23, Note("Cost", "Free.")
    assert not SMALL.surely_on_a_page(Box("Title", (), steps, (note,)), TEXT_WIDTH)


@pytest.mark.parametrize(("lines", "close"), [(41, False), (42, True), (63, True), (64, False)])
def test_what_fills_about_a_side_has_to_be_measured(lines: int, close: bool) -> None:
    """From 657.8 to 1006.0 pt, of which 12.5 are round it."""
    assert SMALL.close([Points((LINE,) * lines)]) is close


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (Heading(LINE), 1),
        (Paragraph(LINE * 2), 2),
        (Steps((LINE, LINE)), 2),
        (Points((LINE,)), 1),
        (Box(LINE, (PHONE, PHONE), (LINE,), (Note("", LINE),)), 5),
        (Brief((Box(LINE, (Address("", LINE),)), Box("Samaritans", ()))), 3),
        (Blank("Who I told"), 0),
        (Code("Code", "ABCD", LINE), 2),
        (Fine(("One.", "Two.")), 1),
    ],
)
def test_every_kind_of_block_takes_room(block: Block, lines: int) -> None:
    """So many of each, with 12.48 pt round every one, are just close to a side."""
    one = lines * 15.6 + 12.48
    enough = int(0.85 * TEXT_HEIGHT / one) + 1
    assert SMALL.close([block] * enough)
    assert not SMALL.close([block] * (enough - 1))
