"""The book of a library: everything that is read before it is approved, each sentence once.

First stand what to do, the key to the marks and the contents; then what trees share, by subject;
then each tree, with a table of its questions, and its pages. Each part has a box to tick.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, groupby

from ..model.library import Library
from ..model.sentence import Urgency
from ..model.tree import Tree
from ..page.approval import Fingerprints
from ..page.messages import listed, say
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
    Row,
    Rows,
    Said,
    Steps,
    Table,
    Tick,
)
from .leaves import CARE, WORDS_A_MINUTE, Leaf, Leaves, minutes
from .lines import Line, asked_in_short
from .marks import asked_in, filled, key, key_of_pages, unasked

_AFTERNOON = 180
"""Minutes of an afternoon."""


class _Section(tuple[Leaf, ...]):
    """The leaves of one subject."""

    __slots__ = ()

    @property
    def words(self) -> int:
        return sum(leaf.words for leaf in self)


def book(
    fingerprints: Fingerprints,
    trees: Sequence[str] | None,
    today: date,
    read: Collection[str] = (),
) -> Document:
    """The book of some trees and what these share, or of the whole library, without the parts that
    are ``read``."""
    library = fingerprints.library
    leaves = Leaves(fingerprints).of(trees, read)
    sections = [_Section(some) for _, some in groupby(leaves, key=lambda leaf: leaf.subject)]
    own = [library.trees[name] for name in (library.trees if trees is None else trees)]
    titles = listed([f"“{filled(library, tree.title, 'young-person')}”" for tree in own])
    blocks: list[Block] = [
        Heading(say("book.afternoon")),
        Steps(tuple(say("book.to-do").split("\n"))),
        Paragraph(say("book.to-type")),
        Blank(say("book.who")),
        Heading(say("book.marks")),
        Points(
            (
                *key(),
                *_not_asked(library, sections, own),
                *say("book.key-on-paper").split("\n"),
                *key_of_pages(),
            )
        ),
        Heading(say("book.contents")),
        Paragraph(_in_all(sections, own)),
        Paragraph(_afternoon(sections, own)),
        Contents(tuple(_entries(sections, alone=len(own) == 1))),
        Break(),
    ]
    names = {
        part: f"part-{number}-{at}"
        for number, section in enumerate(sections, 1)
        for at, leaf in enumerate(section, 1)
        for part in leaf.parts
    }
    for number, section in enumerate(sections, 1):
        blocks += [Break()] if section[0].table else []
        blocks.append(Heading(section[0].subject, name=f"part-{number}"))
        for leaf in section:
            blocks += _leaf(leaf, names)
    return Document(
        title=say("book.name", trees=say("book.of-all") if trees is None else titles),
        kicker=say("book.kicker"),
        blocks=(
            *blocks,
            Break(),
            Heading(say("book.file")),
            Paragraph(say("book.file-is")),
            *map(Paragraph, say("book.file-rows").split("\n")),
            Fine((say("book.made", day=today),)),
        ),
    )


def _in_all(sections: Iterable[_Section], own: Sequence[Tree]) -> str:
    """How long all of it takes, and how long without what trees share."""
    names = {tree.name for tree in own}
    words = {False: 0, True: 0}
    for leaf in (leaf for section in sections for leaf in section):
        words[leaf.parts[0].partition("/")[0] in names] += leaf.words
    both = words[False] and words[True]
    every, later = minutes(sum(words.values())), minutes(words[True])
    return say("book.takes-then" if both else "book.takes", every=every, later=later)


def _afternoon(sections: Iterable[_Section], own: Sequence[Tree]) -> str:
    """What somebody gets done who also looks things up and thinks about them: first the pages for
    people who need help now, then what is shared."""
    leaves = [leaf for section in sections for leaf in section]
    pages = {f"{tree.name}/{x.name}": x for tree in own for x in tree.outcomes.values()}
    now = {name for name, page in pages.items() if page.urgency is Urgency.NOW}
    first = [leaf for leaf in leaves if leaf.parts[0] in now]
    trees = {tree.name for tree in own}
    then = [leaf for leaf in leaves if leaf.parts[0].partition("/")[0] not in trees]
    read = accumulate(leaf.words * CARE for leaf in (*first, *then))
    done = sum(words <= _AFTERNOON * WORDS_A_MINUTE for words in read)
    return say(
        "book.with-care",
        times=CARE,
        time=minutes(sum(leaf.words for leaf in leaves) * CARE),
        hours=_AFTERNOON // 60,
        pages=min(done, len(first)),
        all_pages=len(first),
        boxes=max(0, done - len(first)),
        all_boxes=len(then),
    )


def _not_asked(
    library: Library, sections: Iterable[_Section], own: Sequence[Tree]
) -> Iterator[str]:
    """The questions of other trees that marks name, in words."""
    asked = asked_in(own)
    lines = (line for section in sections for leaf in section for line in leaf.lines)
    for fact in dict.fromkeys(f for line in lines for f in unasked(line.mark, asked)):
        if question := library.questions.get(fact):
            yield say("book.of-other-trees", fact=fact, asks=asked_in_short(library, question))


def _entries(sections: Sequence[_Section], *, alone: bool) -> Iterator[Entry]:
    """The contents; the parts of the last section too, if there is one tree ``alone``."""
    for number, section in enumerate(sections, 1):
        yield Entry(section[0].subject, minutes(section.words), f"part-{number}")
        for at, leaf in enumerate(section if alone and number == len(sections) else (), 1):
            yield Entry(leaf.title, minutes(leaf.words), f"part-{number}-{at}", inner=True)


def _leaf(leaf: Leaf, names: Mapping[str, str]) -> Iterator[Block]:
    """A part with its lines, and a box to tick. The title of a page is its heading and no line.
    ``names`` are those of the headings over the parts."""
    lines = leaf.lines
    if leaf.title != leaf.subject:
        yield Heading(leaf.title, inner=True, name=names[leaf.parts[0]])
        if f": {lines[0].says.removeprefix('»')} (" in leaf.title and not lines[0].mark:
            lines = lines[1:]
    if leaf.table:
        rows = tuple((line.called.removesuffix(":"), line.mark, line.says) for line in lines)
        yield Table(tuple(say("book.table").split("\n")), rows, (4, 3, 8))
    else:
        yield Rows(tuple(_rows(lines, names)))
    yield Tick(leaf.number, say("book.comment"))


def _rows(lines: Iterable[Line], names: Mapping[str, str]) -> Iterator[Row]:
    """The lines, those of one mark together. Those that are only named are one paragraph, each with
    its mark behind it."""
    for (again, mark, to), same in groupby(lines, key=lambda x: (x.again, _margin(x), x.to)):
        if again:
            named = (f"{each.says} ({each.mark})" if each.mark else each.says for each in same)
            yield Row("", (Said(" · ".join(named), quiet=True, to=names.get(to, "")),))
        else:
            every = (tuple(some) for _, some in groupby(enumerate(same), key=_paragraph))
            yield Row(mark, tuple(_said([line for _, line in some]) for some in every))


def _margin(line: Line) -> str:
    return "" if line.again else line.mark


def _paragraph(numbered: tuple[int, Line]) -> object:
    """What lines that are one paragraph have in common: of an answer all that comes after its
    question."""
    number, line = numbered
    alone = line.note or line.head or line.called or not line.of
    return number if alone else line.of


def _said(lines: Sequence[Line]) -> Said:
    text = " ".join(f"{line.called} {line.says}".strip() for line in lines)
    return Said(text, strong=lines[0].head, quiet=lines[0].note)
