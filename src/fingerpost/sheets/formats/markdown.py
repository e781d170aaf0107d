r"""A document as CommonMark, in which author text is never markup.

Every character that Markdown or an extension of it may interpret is escaped with ``\``, and a word
that a renderer would turn into a link, a mention or an emoji stands in a code span. The size of
print and the codes to scan are for other formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias, assert_never

from ...model.base import replace
from ...model.sanitize import clean
from .. import document as parts
from ..document import Address, Document, followable
from . import Renderer

_SIGN = re.compile(r"[\\`*_{}\[\]<>&|~^$=#%]")
"""Characters that may be markup anywhere, in CommonMark or in its extensions."""

_BEGINS = re.compile(r"^(?:[0-9]+(?=[.)](?: |$))|(?=[-+:]))")
"""The position before a list marker or a setext underline at the start of a line."""

_BAR = re.compile(r"(?<!\\)\|")
"""A bar that is not escaped, as one in a code span is not."""

_TAKEN = re.compile(r"@|://|www\.|:[\w+-]+:|\w\.[^\W\d_]{2}", re.IGNORECASE)
"""An address, a mention, or an emoji by name (``:smile:``) within a word."""

_Part: TypeAlias = str | parts.Steps | parts.Points
"""A list, or any other part as it is written, between two empty lines."""

_DOTS = "." * 60
"""A line to write on by hand."""


def renderer() -> Renderer:
    """As ``Format.renderer`` says."""
    return lambda document: markdown(document).encode()


def markdown(document: Document) -> str:
    """The whole document. It ends in a line feed."""
    return "\n\n".join(_written(_parts(document))) + "\n"


def _parts(document: Document) -> Iterator[_Part]:
    yield strong(document.banner)
    yield plain(document.kicker)
    yield _titled("# ", document.title)
    for block in document.blocks:
        yield from _of(block)


def _of(block: parts.Block) -> Iterator[_Part]:  # noqa: C901 - a case for each kind of block
    match block:
        case parts.Heading(text=said, inner=inner):
            yield _titled("### " if inner else "## ", said)
        case parts.Paragraph(text=said, strong=heavy, uri=uri):
            words = link(said, uri)
            yield f"**{words}**" if heavy and words else words
        case parts.Steps() | parts.Points():
            yield replace(block, lines=tuple(_with_ways(block)))
        case parts.Table(head=head, rows=rows):
            yield "\n".join((_row(head), "|---" * len(head) + "|", *map(_row, rows)))
        case parts.Rows(lines=said):
            yield parts.Points(tuple((strong if x.strong else plain)(x.in_all) for x in said))
        case parts.Contents(entries=entries):
            yield parts.Points(tuple(plain(f"{e.text}: {e.note}") for e in entries))
        case parts.Box():
            yield from _box(block)
        case parts.Brief(boxes=boxes):
            yield from map(_brief, boxes)
        case parts.Scans():  # the addresses stand elsewhere
            return
        case parts.Blank(label=label, lines=lines):
            yield "\\\n".join((strong(f"{label}:"), *(_DOTS,) * lines))
        case parts.Fine(lines=lines):
            yield "---"
            yield from map(plain, lines)
        case parts.Break():
            yield "---"
        case parts.Tick(number=number, note=note):
            yield " ".join(filter(None, ("\\[ \\]", strong(number), plain(note), _DOTS)))
        case _:
            assert_never(block)


def _with_ways(listed: parts.Steps | parts.Points) -> Iterator[str]:
    for at, line in enumerate(listed.lines):
        ways = (link(way.text, way.uri) for place, way in listed.ways if place == at)
        yield " ".join((plain(line), *ways))


def _row(cells: Iterable[str]) -> str:
    """A row of a table, in which a bar ends a cell even within a code span."""
    told = (_BAR.sub(r"\\|", plain(cell)) for cell in cells)
    return f"| {' | '.join(told)} |"


def _box(box: parts.Box) -> Iterator[_Part]:
    yield _name(box)
    yield parts.Points(
        tuple(_address(plain(f"{a.label}:") if a.label else "", a) for a in box.addresses)
    )
    yield parts.Steps(tuple(map(plain, box.steps)))
    yield from _notes(box)


def _notes(box: parts.Box) -> Iterator[str]:
    for note in box.notes:
        yield (f"{strong(f'{note.label}:')} " if note.label else "") + plain(note.text)


def _brief(box: parts.Box) -> str:
    ways = " / ".join(_address(plain(a.label), a) for a in box.addresses)
    named = f"{strong(f'{box.title}:')} {ways}" if ways else _name(box)
    return " - ".join((named, *_notes(box)))


def _name(box: parts.Box) -> str:
    return f"**{link(box.title, box.uri)}**" if box.title else ""


def _address(how: str, address: Address) -> str:
    note = f" - {plain(address.note)}" if address.note else ""
    return f"{how} {link(address.text, address.uri)}{note}".lstrip()


def _written(all_parts: Iterable[_Part]) -> Iterator[str]:
    """The parts that are not empty. Bullets that follow each other are one list. Adjacent numbered
    lists alternate their markers: with the same marker they would be one."""
    filled = (part for part in all_parts if part and (isinstance(part, str) or part.lines))
    for _, run in groupby(filled, type):
        points: list[str] = []
        for number, part in enumerate(run):
            if isinstance(part, parts.Points):
                points += (f"- {line}".rstrip() for line in part.lines)
            else:
                yield part if isinstance(part, str) else _numbered(part, ".)"[number % 2])
        if points:
            yield "\n".join(points)


def _numbered(steps: parts.Steps, sign: str) -> str:
    numbered = enumerate(steps.lines, steps.first)
    return "\n".join(f"{number}{sign} {line}".rstrip() for number, line in numbered)


def _titled(mark: str, text: str) -> str:
    return mark + words if (words := plain(text)) else ""


# Inline


def plain(text: str) -> str:
    """Text on one line in which nothing is markup or becomes a link."""
    words = _one_line(text).split(" ")
    made = " ".join(_fenced(word) if _TAKEN.search(word) else _escaped(word) for word in words)
    return _BEGINS.sub(r"\g<0>\\", made)


def strong(text: str) -> str:
    """Text in strong emphasis; empty for empty text."""
    return f"**{words}**" if (words := plain(text)) else ""


def verbatim(text: str) -> str:
    """A code span, on one line; empty for empty text."""
    return _fenced(_one_line(text))


def link(text: str, uri: str) -> str:
    """A link, short where its text is its address; only text if that must not be followed."""
    bare = text == uri.removeprefix("mailto:")
    linked = f"<{text}>" if bare else f"[{plain(text)}](<{uri.replace('&', '&amp;')}>)"
    return linked if followable(uri) else plain(text)


def address(uri: str) -> str:
    """An autolink, or plain text if the address must not be followed."""
    return f"<{uri}>" if followable(uri) else plain(uri)  # an entity is no “&” there


def _one_line(text: str) -> str:
    """Sanitised, with single spaces: leading ones would be markup."""
    return re.sub("[ \n]+", " ", clean(text)).strip()


def _escaped(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)


def _fenced(word: str) -> str:
    """A code span, fenced by one backtick more than its longest run of them."""
    fence = "`" * (max(map(len, re.findall("`+", word)), default=0) + 1)
    room = " " if word.startswith("`") or word.endswith("`") else ""
    return f"{fence}{room}{word}{room}{fence}" if word else ""
