"""A document as plain text, for a printer, an email or a screen reader, or on a terminal.

No boxes are drawn: what belongs together is indented below its name. The size of print and the
codes to scan are for other formats, because plain text has neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from ...model.sanitize import clean
from ...page.text_layout import GAP, Block, Line, Style, cells
from ...page.text_layout import text as written
from .. import document as parts
from ..document import Address, Document
from . import Renderer

_NEXT_PAGE: Block = (Line("\f"),)
"""A page break: a form feed."""

_MARGIN = "  "


def renderer() -> Renderer:
    """As ``Format.renderer`` says."""
    return lambda document: text(document).encode()


def text(document: Document, width: int = 80) -> str:
    """The document in lines of at most ``width`` columns; a longer word has a line of its own."""
    pages: list[list[Block]] = [list(_head(document, width))]
    for block in (block for part in document.blocks for block in _blocks(part, width)):
        if block is _NEXT_PAGE:
            pages.append([])
        else:
            pages[-1].append(block)
    return "\n\f".join(written(_apart(page), width) for page in pages)


def _apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with an empty line between each two."""
    for number, block in enumerate(filter(None, blocks)):
        if number:
            yield GAP
        yield block


def _head(document: Document, width: int) -> Iterator[Block]:
    yield tuple(Line(words, Style.URGENT) for words in (document.banner, document.kicker) if words)
    yield _underlined(document.title, "=", width)


def _blocks(block: parts.Block, width: int) -> Iterator[Block]:  # noqa: C901 - a case a kind
    match block:
        case parts.Heading(text=said, inner=inner):
            yield _underlined(said, "." if inner else "-", width)
        case parts.Paragraph(text=said, strong=strong):
            yield (Line(f"*** {said} ***" if strong else said),)
        case parts.Steps():
            yield tuple(_numbered(_with_ways(block), first=block.first))
        case parts.Points():
            yield tuple(_points(_with_ways(block)))
        case parts.Table():
            yield tuple(_rows(block))
        case parts.Rows(lines=said):
            yield tuple(_points(each.in_all for each in said))
        case parts.Contents(entries=entries):
            yield tuple(_points(f"{entry.text}: {entry.note}" for entry in entries))
        case parts.Box():
            yield tuple(_box(block))
        case parts.Brief(boxes=boxes):
            yield tuple(Line(_brief(box), hang=4) for box in boxes)
        case parts.Scans():  # paper that is text has none, and the addresses stand elsewhere
            return
        case parts.Blank(label=label, lines=lines):
            yield (Line(f"{label}:"), *(Line("." * width),) * lines)
        case parts.Fine(lines=lines):
            yield from ((Line(line, before=_MARGIN, hang=2),) for line in lines)
        case parts.Break():
            yield _NEXT_PAGE
        case parts.Tick(number=number, note=note):
            yield (Line(f"[ ] {number} {note}".rstrip()), Line("." * width))
        case _:
            assert_never(block)


def _underlined(words: str, sign: str, width: int) -> Block:
    return (Line(words, Style.HEADING), Line(sign * min(width, cells(clean(words)))))


def _with_ways(listed: parts.Steps | parts.Points) -> Iterator[str]:
    """The lines, each with the addresses that stand beside it."""
    for at, line in enumerate(listed.lines):
        yield " ".join((line, *(way.text for place, way in listed.ways if place == at)))


def _points(lines: Iterable[str]) -> Iterator[Line]:
    return (Line(line, before="  - ", hang=4) for line in lines)


def _rows(table: parts.Table) -> Iterator[Line]:
    """The rows, each a line: columns would be too narrow on paper, and a screen reader has none."""
    return (Line(" | ".join(row), hang=4) for row in (table.head, *table.rows))


def _numbered(lines: Iterable[str], margin: str = "", first: int = 1) -> Iterator[Line]:
    for number, line in enumerate(lines, first):
        before = f"{margin}{number}. ".rjust(4)
        yield Line(line, before=before, hang=len(before))


def _box(box: parts.Box) -> Iterator[Line]:
    yield Line(box.title, Style.SERVICE)
    for address in box.addresses:
        yield Line(
            _address(f"{address.label}:" if address.label else "", address), before=_MARGIN, hang=4
        )
    yield from _numbered(box.steps, _MARGIN)
    yield from (Line(note, before=_MARGIN, hang=4) for note in _notes(box))


def _brief(box: parts.Box) -> str:
    ways = " / ".join(_address(address.label, address) for address in box.addresses)
    return " - ".join((f"{box.title}: {ways}" if ways else box.title, *_notes(box)))


def _notes(box: parts.Box) -> Iterator[str]:
    return (f"{note.label}: {note.text}" if note.label else note.text for note in box.notes)


def _address(how: str, address: Address) -> str:
    note = f" - {address.note}" if address.note else ""
    return f"{how} {address.text}{note}".lstrip()


# On a terminal


def document_blocks(document: Document) -> Iterator[Block]:
    """The whole document. A heading stays with the next block, blanks are left out, and so is the
    banner, which the screen shows on every page itself."""
    kicker = (Line(document.kicker),) if document.kicker else ()
    yield (*kicker, Line(document.title, Style.TITLE))
    heading: Block = ()
    for part in document.blocks:
        blocks = tuple(_shown(part))
        if isinstance(part, parts.Heading):
            heading = (*heading, *blocks[0])
        elif blocks:
            yield GAP
            first, *rest = blocks
            yield (*heading, *first)
            yield from rest
            heading = ()


def _shown(part: parts.Block) -> Iterator[Block]:
    """A block as in a file, but for what a screen has styles for; a list may be parted anywhere."""
    match part:
        case parts.Heading(text=said):
            yield (Line(said, Style.HEADING),)
        case parts.Paragraph(text=said, strong=strong):
            yield (Line(said, Style.URGENT if strong else Style.PLAIN),)
        case parts.Fine(lines=lines):
            yield from ((Line(line, Style.QUIET, _MARGIN, 2),) for line in lines)
        case parts.Box():
            yield tuple(_box(part))
        case parts.Brief(boxes=boxes):
            yield from (tuple(_box(box)) for box in boxes)
        case parts.Blank() | parts.Break() | parts.Tick():
            return
        case _:
            yield from ((line,) for block in _blocks(part, 0) for line in block)
