"""The book of a library: everything that is read before it is approved.

First stand what to do, the key to the marks and the contents; then whole pages, the questions, and
what else trees share. Each part has a box to tick.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from ..model.sanitize import shorten
from ..page.approval import Fingerprints
from ..page.london_time import date_of_year
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
from .status import nations_named, nations_read

_ANSWER = re.compile("“[^“”]*”")
"""An answer, where a reader is named by what they said."""


def book(
    fingerprints: Fingerprints,
    trees: Sequence[str] | None,
    today: date,
    read: Collection[str] = (),
) -> Document:
    """The book of some trees and what these share, or of the whole library, without the parts that
    are ``read``. In that of one tree pages stand whole: in others what stood before is only named.
    """
    library = fingerprints.library
    leaves = Leaves(fingerprints)
    every = tuple(leaves.of(trees, read))
    places: dict[object, str] = {}
    own = [library.trees[name] for name in (library.trees if trees is None else trees)]
    titles = [filled(library, tree.title, "young-person") for tree in own]
    brief = len(own) > 1

    def chapter(leaf: Leaf) -> str:
        """The tree, of several, and else the page."""
        found = (title for title in titles if brief and leaf.subject.startswith(f"{title}: "))
        return next(found, leaf.subject)

    pages = [(x.number, x.reader.partition(", “" if brief else "\n")[0]) for x in every if x.shown]
    readers = dict(next(some) for _, some in groupby(pages, key=itemgetter(int(brief))))
    chapters = {title: tuple(some) for title, some in groupby(every, key=chapter)}
    alike = Counter(
        title.partition(": ")[2] + answer
        for title, some in chapters.items()
        for answer in ("", *_ANSWER.findall(some[0].reader))
    )
    nation = f" --nation {leaves.nation}" if leaves.nation else ""
    command = say("book.command", trees="".join(f" {x}" for x in trees or ()), nation=nation)
    named = say("book.of-all") if trees is None else listed([f"“{each}”" for each in titles])
    told_for = (nations_named(leaves), library.organisation)
    whose = [say("book.whose", whom=each) for each in told_for if each]
    parts = (part.name for tree in own for part in leaves.parts.of_tree(tree.name)[1:])
    pages_of = [{part, *leaves.needed(part)} for part in parts]
    waits = {x.number: sum(not some.isdisjoint(x.parts) for some in pages_of) for x in every}
    blocks: list[Block] = [
        *map(Paragraph, filter(None, [nations_read(leaves)])),
        Heading(say("book.what-to-do")),
        Steps(tuple(say("book.to-do", command=command).split("\n"))),
        Blank(say("book.who")),
        Heading(say("book.marks")),
        Points(tuple(f"{say('book.stands')}\n{say('book.key')}".split("\n"))),
        Heading(say("book.contents")),
        Paragraph(say("book.takes", time=minutes(every))),
        Contents(
            tuple(
                Entry(_told_apart(title, some[0], alike), minutes(some), f"part-{number}")
                for number, (title, some) in enumerate(chapters.items(), 1)
            )
        ),
    ]
    for number, (title, some) in enumerate(chapters.items(), 1):
        for at, (subject, section) in enumerate(groupby(some, key=lambda leaf: leaf.subject)):
            says = subject.removeprefix(f"{title}: ") if at else subject
            blocks.append(Heading(says, name="" if at else f"part-{number}"))
            blocks += _section(section, places, readers, waits, brief=brief)
    return Document(
        title=", ".join((named, *whose)),
        kicker=say("book.kicker"),
        blocks=(
            *blocks,
            Break(),
            Heading(say("book.file")),
            Paragraph(say("book.file-is", command=command)),
            *map(Paragraph, say("book.file-rows").split("\n")),
            Fine((say("book.made", day=date_of_year(today)),)),
        ),
    )


def _told_apart(title: str, leaf: Leaf, alike: Mapping[str, int]) -> str:
    """A title, and of one that stands there again the first answer of those who come to it that no
    one else of that title gave, or else the last."""
    page, answers = title.partition(": ")[2], _ANSWER.findall(leaf.reader)
    own = (each for each in answers if alike[page + each] == 1)
    answer = next(own, *answers[-1:]) if answers else ""
    return f"{title} ({answer})" if answer and alike[page] > 1 else title


def _section(
    section: Iterable[Leaf],
    places: dict[object, str],
    readers: Mapping[str, str],
    waits: Mapping[str, int],
    *,
    brief: bool,
) -> Iterator[Block]:
    """The parts that are read for a page, with boxes to tick. ``places`` has the box of each part
    so far, and the number of each line by what that is known by; ``readers`` the reader of a page
    whose reader is to be said, ``waits`` how many pages wait for each box."""
    for leaf in section:
        yield from () if leaf.tree else (Heading(leaf.title, inner=True),)
        if whom := readers.get(leaf.number):
            yield Paragraph(say("book.sees-from-here" if brief else "book.sees", whom=whom))
        page, others = leaf.lines[: leaf.shown], leaf.lines[leaf.shown :]
        first, rest = (tuple(_rows(x, leaf, places, brief=brief)) for x in (page, others))
        yield from (Rows(first),) * bool(page)
        yield from (Paragraph(say("book.otherwise")),) * bool(page and others)
        yield from (Rows(rest),) * bool(others)
        places |= dict.fromkeys(leaf.parts, leaf.number)
        names = {said.number: said.name for said in (*first, *rest) if said.name}
        for line in (x for x in leaf.lines if x.number in names):
            for known in (*line.known_by, *line.tells):
                places.setdefault(known, names[line.number])
        count = waits[leaf.number]
        yield Tick(leaf.number, say("book.waits", count=count) if count > 1 else "")


def _rows(
    lines: Iterable[Line], leaf: Leaf, places: Mapping[object, str], *, brief: bool
) -> Iterator[Said]:
    """The lines, each with its mark behind it; those that stood before with where that was, and
    services by name. A ``brief`` book names each other box once on a page, by the first words
    there, and services last, by number; it has nothing that is only of the page, no title twice, no
    source again, and of services no headings."""
    named = {""}
    heading, service = f"{Kind.NEED} ", f"{Kind.ROUTE} "
    if brief:
        lines = (
            line
            for line in lines
            if not (leaf.shown and leaf.subject.endswith(f": {line.says}"))
            and (not line.again or (line.first and not line.note) or line.head > bool(leaf.shown))
            and not line.first.startswith(heading)
        )
    services: list[Said] = []
    for some in _paragraphs(lines, places):
        first = some[0].first
        box = places.get(first, "")
        known = (places[each] for each in some[0].known_by if each in places)
        to = next(known, box) if box else ""
        if not first or not brief:
            yield _said(some, to, leaf.number)
        elif box not in named:
            named.add(box)
            is_service = leaf.shown and first.startswith(service)
            says = say("book.shared-route") if is_service else shorten(some[0].says, 14)  # letters
            told = "" if is_service and services else f"» {says}"
            named_here = Said(told, quiet=True, to=to, runs_on=True)
            if is_service:
                services.append(named_here)
            else:
                yield named_here
    yield from services


def _paragraphs(lines: Iterable[Line], places: Mapping[object, str]) -> Iterator[list[Line]]:
    """Lines that are one paragraph: each with those beside it, of parts in the same box."""
    some: list[Line] = []
    for line in lines:
        alike = {(places.get(x.first, x.first), x.mark, x.note) for x in (*some[-1:], line)}
        if some and not (line.is_beside and (len(alike) == 1 or not (line.first or line.note))):
            yield some
            some = []
        some.append(line)
    yield from filter(None, [some])


def _said(lines: Sequence[Line], to: str, box: str) -> Said:
    """Lines as a paragraph: small if they are a source, or services that stood before, by name."""
    first = lines[0]
    if to and first.head and not first.number:
        lines = [line for line in lines if line.head]
    text = " · ".join(f"{line.called} {line.says}".strip() for line in lines)
    text = re.sub(r'(?<=[.?!:"”]) · ', " ", text)
    mark = f"[{first.mark}]" if first.mark else ""
    is_head = first.head and first.number > 0
    name = f"{box}.{first.number}" if first.number else ""
    return Said(text, is_head, not first.number, mark, to, number=first.number, name=name)
