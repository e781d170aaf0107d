"""The book of a library: everything that is read before it is approved.

First stand what to do, the key to the marks and the contents; then each page, after what it shares
with others; and the questions. Each part has a box to tick.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TypeAlias

from ..model.sanitize import shorten
from ..page.approval import Fingerprints
from ..page.messages import listed, say
from ..page.reach import Kind
from ..sheets.document import (
    Blank,
    Block,
    Break,
    Contents,
    Document,
    Entry,
    Fine,
    Heading,
    Paragraph,
    Points,
    Rows,
    Said,
    Steps,
    Tick,
)
from .leaves import Leaf, Leaves, minutes
from .lines import Line
from .marks import filled

_Section: TypeAlias = tuple[Leaf, ...]
"""The leaves of one subject."""

_FIRST_WORDS = 24
"""Letters by which a book of many trees names a line that stood before."""


def book(
    fingerprints: Fingerprints,
    trees: Sequence[str] | None,
    today: date,
    read: Collection[str] = (),
    nation: str = "",
) -> Document:
    """The book of some trees and what these share, or of the whole library, without the parts that
    are ``read``; of a ``nation``, without what nobody there is shown. In that of one tree pages
    stand whole: in others what stood before is only named."""
    library = fingerprints.library
    leaves = tuple(Leaves(fingerprints, nation).of(trees, read))
    sections = [tuple(some) for _, some in groupby(leaves, key=lambda leaf: leaf.subject)]
    numbers = {part: leaf.number for leaf in leaves for part in leaf.parts}
    own = [library.trees[name] for name in (library.trees if trees is None else trees)]
    titles = listed([f"“{filled(library, tree.title, 'young-person')}”" for tree in own])
    blocks: list[Block] = [
        Heading(say("book.what-to-do")),
        Steps(tuple(say("book.to-do").split("\n"))),
        Paragraph(say("book.to-type")),
        Blank(say("book.who")),
        Heading(say("book.marks")),
        Points(tuple(say("book.key").split("\n"))),
        Heading(say("book.contents")),
        Paragraph(say("book.takes", every=minutes(sum(leaf.words for leaf in leaves)))),
        Contents(tuple(_entries(sections))),
        Break(),
    ]
    for number, section in enumerate(sections, 1):
        blocks.append(Heading(section[0].subject, name=f"part-{number}"))
        for leaf in section:
            blocks += _leaf(leaf, numbers, brief=len(own) > 1)
    return Document(
        title=say("book.name", trees=say("book.of-all") if trees is None else titles),
        kicker=say("book.kicker"),
        blocks=(
            *blocks,
            Break(),
            Heading(say("book.file")),
            Paragraph(
                say(
                    "book.file-is",
                    trees="".join(f" {name}" for name in trees or ()),
                    nation=f" --nation {nation}" if nation else "",
                )
            ),
            *map(Paragraph, say("book.file-rows").split("\n")),
            Fine((say("book.made", day=today),)),
        ),
    )


def _entries(sections: Sequence[_Section]) -> Iterator[Entry]:
    """The subjects with their minutes; pages of one title with whom they are shown to as well."""
    titles = Counter(section[0].subject.partition(": ")[2] for section in sections)
    for number, section in enumerate(sections, 1):
        time, says = minutes(sum(leaf.words for leaf in section)), section[0].subject
        if titles[says.partition(": ")[2]] > 1 and section[-1].reader:
            says += f" ({section[-1].reader})"
        yield Entry(says, time, f"part-{number}")


def _leaf(leaf: Leaf, numbers: Mapping[str, str], *, brief: bool) -> Iterator[Block]:
    """A part with its lines, and a box to tick: a page first as somebody sees it, and then the
    lines of others that did not stand before. ``numbers`` has the box of each part."""
    yield Heading(say("book.itself") if leaf.tree else leaf.title, inner=True)
    page, others = leaf.lines[: leaf.shown], leaf.lines[leaf.shown :]
    if page:
        yield Paragraph(say("book.sees", whom=leaf.reader))
        yield Rows(tuple(_rows(page, leaf, numbers, brief=brief)))
        others = tuple(line for line in others if not line.again)
    if page and others:
        yield Paragraph(say("book.otherwise"))
    if others:
        yield Rows(tuple(_rows(others, leaf, numbers, brief=brief)))
    yield Tick(leaf.number, say("book.comment"))


def _rows(
    lines: Iterable[Line], leaf: Leaf, numbers: Mapping[str, str], *, brief: bool
) -> Iterator[Said]:
    """The lines, each with its mark behind it; and the names of those that stood before, with the
    number of the box that has them, if it is another. A ``brief`` book names each box once on a
    page, by its first line there, has nothing that is only of the page, and of services no
    headings."""

    def place(line: Line) -> str | None:
        number = numbers.get(line.first, "")
        return (number if number != leaf.number else "") if line.first else None

    def thing(line: Line) -> object:
        """Of what lines that follow each other are all: an answer, or a service."""
        return line.of if line.of and line.part in leaf.parts else (line.first, line.head)

    def is_heading(line: Line) -> bool:
        return line.again and (not line.first or line.first.startswith(f"{Kind.NEED} "))

    told = (line for line in lines if not (brief and is_heading(line)))
    named: set[str] = set()
    for to, same in groupby(told, key=place):
        if to is None:
            for _, together in groupby(enumerate(same), key=_paragraph):
                yield _said([line for _, line in together])
        elif not brief:
            things = (next(some) for _, some in groupby(same, key=thing))
            yield from (Said(_told(line), strong=line.head, to=to) for line in things)
        elif to not in named:
            named.add(to)
            says = shorten(next(same).says, _FIRST_WORDS)
            yield Said(f"» {says}", quiet=True, to=to, runs_on=True)


def _paragraph(numbered: tuple[int, Line]) -> object:
    """What lines that are one paragraph have in common: of an answer all that comes after its
    question."""
    number, line = numbered
    alone = line.note or line.head or line.called or not line.of
    return number if alone else (line.of, line.mark)


def _said(lines: Sequence[Line]) -> Said:
    """Lines as a paragraph: small if they are a source."""
    first = lines[0]
    text = " ".join(map(_told, lines))
    whole = f"{text} [{first.mark}]" if first.mark else text
    return Said(whole, strong=first.head, quiet=first.note)


def _told(line: Line) -> str:
    return f"{line.called} {line.says}".strip()
