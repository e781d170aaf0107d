"""A document as blocks of lines, to be read on a terminal.

The banner is left out, because the screen shows it on every page itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ...page.text_layout import GAP, Block, Line, Style
from .. import document as parts
from ..document import Document


def document_blocks(document: Document) -> Iterator[Block]:
    """The whole document. A heading stays with the next block, and blanks are left out."""
    kicker = (Line(document.kicker),) if document.kicker else ()
    yield (*kicker, Line(document.title, Style.TITLE))
    heading: Block = ()
    for part in document.blocks:
        blocks = tuple(_blocks(part))
        if isinstance(part, parts.Heading):
            heading = (*heading, *blocks[0])
        elif blocks:
            yield GAP
            first, *rest = blocks
            yield (*heading, *first)
            yield from rest
            heading = ()


def _blocks(part: parts.Block) -> Iterator[Block]:  # noqa: C901 - a case a kind
    match part:
        case parts.Heading(text=said):
            yield (Line(said, Style.HEADING),)
        case parts.Paragraph(text=said, strong=strong):
            yield (Line(said, Style.URGENT if strong else Style.PLAIN),)
        case parts.Steps(lines=lines):
            for number, line in enumerate(lines, 1):
                yield (Line(line, before=f"{number:>3}. ", hang=5),)
        case parts.Points(lines=lines):
            for line in lines:
                yield (Line(line, before="  - ", hang=4),)
        case parts.Fine(lines=lines):
            for line in lines:
                yield (Line(line, Style.QUIET, "  ", 2),)
        case parts.Box():
            yield _box(part)
        case parts.Brief(boxes=boxes):
            for box in boxes:
                yield _box(box)
        case parts.Code(label=label, letters=letters, note=note):
            yield (Line(f"{label}: {letters}"), *((Line(note),) if note else ()))
        case parts.Figure(says=says, lines=lines):
            yield (Line(says), *(Line(line, before="  - ", hang=4) for line in lines))
        case parts.Blank() | parts.Break() | parts.Tick():
            return
        case _:
            assert_never(part)


def _box(box: parts.Box) -> Block:
    """A service with its addresses, steps and notes."""
    ways = (
        f"{way.label} {way.text}" + (f" - {way.note}" if way.note else "") for way in box.addresses
    )
    notes = (f"{note.label}: {note.text}" if note.label else note.text for note in box.notes)
    steps = (f"{number}. {step}" for number, step in enumerate(box.steps, 1))
    lines = (Line(said, before="  ", hang=4) for said in (*ways, *steps, *notes))
    return (Line(box.title, Style.SERVICE), *lines)
