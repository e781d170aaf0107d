"""A paper as CommonMark, for a wiki, a record or a newsletter.

The size of print and the codes to scan are for other formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias, assert_never

from .. import document as parts
from ..document import Address, Document
from . import Renderer
from .commonmark import link, plain, strong, verbatim

_Part: TypeAlias = str | parts.Steps | parts.Points
"""What stands between two empty lines: a list, or anything else as it is written."""

_DOTS = "." * 60
"""Room to write by hand."""


def renderer() -> Renderer:
    """As ``Format.renderer`` says."""
    return lambda paper: markdown(paper).encode()


def markdown(paper: Document) -> str:
    """The whole paper. It ends in a line feed."""
    return "\n\n".join(_written(_parts(paper))) + "\n"


def _parts(paper: Document) -> Iterator[_Part]:
    yield strong(paper.banner)
    yield plain(paper.kicker)
    yield _titled("# ", paper.title)
    for block in paper.blocks:
        yield from _of(block)


def _of(block: parts.Block) -> Iterator[_Part]:  # noqa: C901 - a case for each kind of block
    match block:
        case parts.Heading(text=said):
            yield _titled("## ", said)
        case parts.Paragraph(text=said, strong=heavy):
            yield strong(said) if heavy else plain(said)
        case parts.Steps(lines=lines):
            yield parts.Steps(tuple(map(plain, lines)))
        case parts.Points(lines=lines):
            yield parts.Points(tuple(map(plain, lines)))
        case parts.Box():
            yield from _box(block)
        case parts.Brief(boxes=boxes):
            yield from map(_brief, boxes)
        case parts.Blank(label=label, lines=lines):
            yield "\\\n".join((strong(f"{label}:"), *(_DOTS,) * lines))
        case parts.Code(label=label, letters=letters, note=note):
            yield f"{strong(f'{label}:')} {verbatim(letters)}".rstrip()
            yield plain(note)
        case parts.Fine(lines=lines):
            yield "---"
            yield from map(plain, lines)
        case parts.Break():
            yield "---"
        case _:
            assert_never(block)


def _box(box: parts.Box) -> Iterator[_Part]:
    yield strong(box.title)
    yield parts.Points(tuple(_address(plain(f"{a.label}:"), a) for a in box.addresses))
    yield parts.Steps(tuple(map(plain, box.steps)))
    for note in box.notes:
        about = f"{strong(f'{note.label}:')} " if note.label else ""
        yield about + plain(note.text)


def _brief(box: parts.Box) -> str:
    ways = " / ".join(_address(plain(a.label), a) for a in box.addresses)
    return f"{strong(f'{box.title}:')} {ways}" if ways else strong(box.title)


def _address(how: str, address: Address) -> str:
    note = f" - {plain(address.note)}" if address.note else ""
    return f"{how} {link(address.text, address.uri)}{note}"


def _written(all_parts: Iterable[_Part]) -> Iterator[str]:
    """Each part that holds anything. Of lists in a row every second has other marks, without
    which they would be one list."""
    filled = (part for part in all_parts if part and (isinstance(part, str) or part.lines))
    for _, run in groupby(filled, type):
        for number, part in enumerate(run):
            yield part if isinstance(part, str) else _list(part, second=number % 2 == 1)


def _list(part: parts.Steps | parts.Points, *, second: bool) -> str:
    if isinstance(part, parts.Points):
        marks = ["*" if second else "-"] * len(part.lines)
    else:
        marks = [f"{number}{')' if second else '.'}" for number in range(1, len(part.lines) + 1)]
    return "\n".join(
        f"{mark} {line}".rstrip() for mark, line in zip(marks, part.lines, strict=True)
    )


def _titled(mark: str, text: str) -> str:
    return mark + words if (words := plain(text)) else ""
