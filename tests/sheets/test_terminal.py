"""A paper on a terminal: every kind of block, and what stays together."""

from __future__ import annotations

from fingerpost.page.text_layout import Block, Style
from fingerpost.sheets.document import (
    Address,
    Blank,
    Box,
    Brief,
    Document,
    Heading,
    Note,
    Paragraph,
    Points,
)
from fingerpost.sheets.formats.text import document_blocks


def shown(*parts: object, **how: str) -> list[Block]:
    return list(document_blocks(Document("A title", tuple(parts), **how)))  # type: ignore[arg-type]


def rows(blocks: list[Block]) -> list[str]:
    return [f"{line.before}{line.text}" for block in blocks for line in block]


def test_a_heading_stays_with_what_follows_it() -> None:
    blocks = shown(Heading("First"), Points(("one", "two")), Heading("Last"), Blank("Name"))
    assert [line.text for line in blocks[2]] == ["First", "one"]
    assert blocks[2][0].style is Style.HEADING
    assert rows(blocks)[2:] == ["First", "  - one", "  - two"]


def test_two_headings_stay_together() -> None:
    assert [line.text for line in shown(Heading("A"), Heading("B"), Paragraph("c"))[2]] == [
        "A",
        "B",
        "c",
    ]


def test_a_service_stays_with_its_ways_and_what_to_know() -> None:
    ways = (Address("Phone", "0800 1111", note="any time"), Address("Web", "https://example.org"))
    box = Box("Childline", ways, ("Ring.",), (Note("Cost", "Free."), Note("", "Kind.")))
    [_, _, block] = shown(box)
    assert rows([block]) == [
        "Childline",
        "  Phone: 0800 1111 - any time",
        "  Web: https://example.org",
        "  1. Ring.",
        "  Cost: Free.",
        "  Kind.",
    ]
    assert len(shown(Brief((box, box)))) == 4
