"""Papers as plain text: all of it, in lines that fit, and nothing that acts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.sanitize import clean
from fingerpost.page.text_layout import cells
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.document import (
    Address,
    Box,
    Brief,
    Code,
    Document,
    Fine,
    Heading,
    Note,
    Points,
    Steps,
)
from fingerpost.sheets.formats.text import text

from ..support.alike import for_each
from ..support.printed import (
    CASES,
    EACH_IN_TURN,
    EVERY_KIND,
    HOSTILE,
    LIBRARY,
    PHONE,
    page_of,
    sheet_of,
    texts,
    with_everywhere,
)

AS_TEXT = """\
GET HELP NOW
A picture

What to do
==========

*** In danger now? Ring 999. ***

It is not your fault.

Who can help
------------

Childline
  Phone: 0800 1111 - any time, day or night
  Web: https://www.childline.org.uk
  1. Ring.
  2. Say hello.
  Cost: Free.

Childline: Phone 0800 1111 - any time, day or night / Web
    https://www.childline.org.uk
Your school

 1. One.
 2. Two.

  - This.
  - That.
\fThe app
  Menus change.

Who I told:
............................................................
............................................................

Code:
  K7QF-2M9T
Keep it.

Code:
  K7QF-2M9T

  Not the police.

  Not legal advice.
"""


def squeezed(written: str) -> str:
    """Without white space, which may stand anywhere where a line was cut."""
    return re.sub(r"\s", "", written)


def test_every_kind_of_block() -> None:
    assert text(EVERY_KIND, width=60) == AS_TEXT


def test_a_paper_of_a_title_alone() -> None:
    assert text(Document("Who to ring")) == "Who to ring\n===========\n"


def test_a_kind_of_block_that_nobody_knows_is_not_left_out_quietly() -> None:
    unknown: Any = ("a table",)
    with pytest.raises(AssertionError, match="a table"):
        text(Document("a", (unknown,)))


def test_lines_are_numbered_so_that_ten_stand_below_nine() -> None:
    lines = text(Document("a", (Steps(("x",) * 10),))).splitlines()
    assert lines[-2:] == [" 9. x", "10. x"]


def test_lines_that_are_cut_hang_below_their_words() -> None:
    way = Address("Phone", "999", "tel:999", "by day and night")
    box = Box("Somebody", (way,), ("Ring them " * 4,), (Note("Cost", "Free for " + "you " * 8),))
    code = Code("Code", "K7QF-2M9T-ABCD K7QF-2M9T-ABCD")
    paper = Document("a", (box, Points(("and so on " * 4,)), code, Fine(("it was seen " * 4,))))
    assert text(paper, width=30).splitlines()[3:] == [
        "Somebody",
        "  Phone: 999 - by day and",
        "    night",
        "  1. Ring them Ring them Ring",
        "     them Ring them",
        "  Cost: Free for you you you",
        "    you you you you you",
        "",
        "  - and so on and so on and so",
        "    on and so on",
        "",
        "Code:",
        "  K7QF-2M9T-ABCD",
        "  K7QF-2M9T-ABCD",
        "",
        "  it was seen it was seen it",
        "  was seen it was seen",
    ]


def test_a_title_in_wide_letters_is_underlined_to_its_end() -> None:
    assert text(Document("漢字")).splitlines()[1] == "===="


def test_a_title_is_never_underlined_past_the_margin() -> None:
    lines = text(Document("word " * 40, (Heading("word " * 40),)), width=40).splitlines()
    assert max(map(len, lines)) == 40
    assert "=" * 40 in lines
    assert "-" * 40 in lines


@pytest.mark.slow
@for_each(EACH_IN_TURN)
def test_nothing_of_a_sheet_is_lost_and_every_line_fits(case: str, audience: str) -> None:
    for discretion in (None, Discretion.of(LIBRARY)):
        paper = sheet_of(page_of(case), audience, discretion=discretion)
        for width in (40, 80):
            written = text(paper, width)
            bare = squeezed(written)
            links = {led.uri for box in boxes(paper) for led in (box, *box.addresses)}
            for each in set(texts(paper)) - links - {paper.language}:
                assert squeezed(each) in bare, each
            for row in written.splitlines():
                assert cells(row) <= width or " " not in row.strip(), row


def boxes(paper: Document) -> list[Box]:
    inside = [box for block in paper.blocks if isinstance(block, Brief) for box in block.boxes]
    return [*inside, *(block for block in paper.blocks if isinstance(block, Box))]


@pytest.mark.slow
@for_each(zip(CASES))
def test_numbers_and_links_stand_whole_on_one_line(case: str) -> None:
    paper = sheet_of(page_of(case), "staff")
    for width in (20, 40, 80):
        rows = text(paper, width).splitlines()
        for box in boxes(paper):
            for way in box.addresses:
                if way.uri.startswith(("tel:", "https:")):
                    assert any(way.text in row for row in rows), way.text


def test_there_is_nothing_that_is_read_out_as_a_drawing() -> None:
    for case in CASES:
        written = text(sheet_of(page_of(case), "staff"))
        assert not re.search("[\u2190-\u2bff]", written)  # arrows, boxes, blocks, symbols


def test_the_same_paper_is_the_same_text() -> None:
    assert text(EVERY_KIND) == text(EVERY_KIND)
    assert text(EVERY_KIND, width=40) != text(EVERY_KIND)


# What a stranger has written

ACTS = re.compile("[\x00-\x09\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Whatever a terminal or a printer would obey, but for the line feed and our own form feed."""


def rows_of(hostile: str) -> list[str]:
    written = text(with_everywhere(hostile), width=10_000)
    assert not ACTS.search(written)
    assert written.count("\f") == 1
    return written.splitlines()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_can_act_on_nothing_and_begin_no_line(hostile: str) -> None:
    rows = rows_of(hostile)
    assert len(rows) == len(rows_of("harmless"))
    said = clean(hostile).replace("\n", " ").rstrip()
    assert rows[0] == rows[1] == rows[3] == said
    assert f"*** {clean(hostile).replace(chr(10), ' ')} ***" in rows


def test_a_text_cannot_pass_for_an_address() -> None:
    told = Note("Cost", "Free.\n  Phone: 0900 666 666")
    written = text(Document("a", (Box("Somebody", (PHONE,), notes=(told,)),)))
    assert "  Cost: Free.   Phone: 0900 666 666\n" in written
    assert "\n  Phone: 0900" not in written


@given(st.text(max_size=60))
def test_no_text_at_all_can_act(hostile: str) -> None:
    assert len(rows_of(f"a{hostile}a")) == len(rows_of("harmless"))
