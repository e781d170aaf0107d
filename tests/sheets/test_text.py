"""Papers as plain text: all of it, in lines that fit, and nothing that acts."""

from __future__ import annotations

import re

import pytest

from fingerpost.model.sanitize import clean
from fingerpost.page.text_layout import cells
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.document import Box, Brief, Document, Note
from fingerpost.sheets.formats.text import text

from ..support.alike import for_each
from ..support.printed import (
    CASES,
    HOSTILE,
    LIBRARY,
    PHONE,
    page_of,
    read_alone,
    sheet_of,
    texts,
    uris,
    with_everywhere,
)


def squeezed(written: str) -> str:
    """Without white space, which may stand anywhere where a line was cut."""
    return re.sub(r"\s", "", written)


@pytest.mark.slow
@for_each(zip(CASES))
def test_nothing_of_a_sheet_is_lost_and_every_line_fits(case: str) -> None:
    for discretion in (None, Discretion.of(LIBRARY)):
        paper = read_alone(sheet_of(page_of(case), discretion=discretion))
        for width in (40, 80):
            written = text(paper, width)
            bare = squeezed(written)
            for each in set(texts(paper)) - {*uris(paper), paper.language}:
                assert squeezed(each) in bare, each
            for row in written.splitlines():
                assert cells(row) <= width or " " not in row.strip(), row


def boxes(paper: Document) -> list[Box]:
    inside = [box for block in paper.blocks if isinstance(block, Brief) for box in block.boxes]
    return [*inside, *(block for block in paper.blocks if isinstance(block, Box))]


@pytest.mark.slow
@for_each(zip(CASES))
def test_numbers_and_links_stand_whole_on_one_line(case: str) -> None:
    paper = sheet_of(page_of(case))
    for width in (20, 40, 80):
        rows = text(paper, width).splitlines()
        for box in boxes(paper):
            for way in box.addresses:
                if way.uri.startswith(("tel:", "https:")):
                    assert any(way.text in row for row in rows), way.text


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
