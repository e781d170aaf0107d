"""The book of a library: everything that is read before it is approved, each sentence once.

First stand what to do, the key to the marks and the contents; then what trees share, by subject;
then each tree, with a table of its questions, and its pages. Each part has a box to tick.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, groupby

from ..model.library import Library
from ..model.tree import Tree
from ..page.approval import Fingerprints
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
from .leaves import WORDS_A_MINUTE, Leaf, Leaves, minutes
from .lines import Line, asked_in_short
from .marks import KEY, ON_PAPER, asked_in, filled, unasked

_TO_DO = (
    "Take one tree: the questions on one trouble, and the pages of advice that they lead to.",
    "First comes what pages share; then pages, those with GET HELP NOW first. These must be right.",
    "Tick the box under a part if you would hand these words to a young person as they are.",
    "If not, leave the box empty and write beside it what is wrong.",
    "Stop when you like. What is ticked counts. Go on another day, or share it with a colleague.",
    "What many pages share stands once, at the start. When you have ticked it, it is read for all.",
    "A page is approved when you have ticked it and all that it shares with others.",
)

_TO_TYPE = (
    "Then type the numbers of your ticks, and your comments, into a file for “fingerpost approve "
    "--from”, or hand this paper to those who look after the files. To read on a screen instead, "
    "one part at a time: “fingerpost approve”, and the name of the tree. “fingerpost safety-case” "
    "says what a computer has proved of all this, and what nobody has."
)

_CARE = 4
"""How many times as long as reading it takes to weigh what is read: a careful reader's estimate."""

_AFTERNOON = 180
"""Minutes of an afternoon."""

_ASKED = ("Question", "For whom", "Its words, or its answers and where they lead")


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
    titles = " and ".join(f"“{filled(library, tree.title, 'young-person')}”" for tree in own)
    blocks: list[Block] = [
        Heading("What to do in an afternoon"),
        Steps(_TO_DO),
        Paragraph(_TO_TYPE),
        Blank("Your name, your role and the day"),
        Heading("The marks in the margin"),
        Points((*KEY, *_not_asked(library, sections, own), *ON_PAPER)),
        Heading("Contents, and how long it takes to read"),
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
        title="The book of every page" if trees is None else f"The book of {titles}",
        kicker="fingerpost: to read before you approve it",
        blocks=(*blocks, Fine((f"Made on {today} from the files as they were on that day.",))),
    )


def _in_all(sections: Iterable[_Section], own: Sequence[Tree]) -> str:
    """How long all of it takes, and how long without what trees share."""
    names = {tree.name for tree in own}
    words = {False: 0, True: 0}
    for leaf in (leaf for section in sections for leaf in section):
        words[leaf.parts[0].partition("/")[0] in names] += leaf.words
    told = f"All of it takes about {minutes(sum(words.values()))} at 200 words a minute"
    if words[False] and words[True]:
        told += f", and {minutes(words[True])} once you have read what is shared"
    return f"{told}."


def _afternoon(sections: Iterable[_Section], own: Sequence[Tree]) -> str:
    """What somebody gets done who also looks things up and thinks about them."""
    pages = {f"{tree.name}/{each}" for tree in own for each in tree.outcomes}
    leaves = [leaf for section in sections for leaf in section]
    read = list(accumulate(leaf.words * _CARE for leaf in leaves))
    done = sum(words <= _AFTERNOON * WORDS_A_MINUTE for words in read)
    held = sum(leaf.parts[0] in pages for leaf in leaves[:done])
    all_ = sum(leaf.parts[0] in pages for leaf in leaves)
    return (
        f"That is reading alone. With looking up and thinking about each box it is about {_CARE} "
        f"times as long: {minutes(sum(leaf.words for leaf in leaves) * _CARE)}. An afternoon of "
        f"{_AFTERNOON // 60} hours gets you to about {done} of {len(leaves)} boxes, and {held} of "
        f"{all_} pages. What is shared comes first, and is not read again for another tree."
    )


def _not_asked(
    library: Library, sections: Iterable[_Section], own: Sequence[Tree]
) -> Iterator[str]:
    """The questions of other trees that marks name, in words."""
    asked = asked_in(own)
    lines = (line for section in sections for leaf in section for line in leaf.lines)
    for fact in dict.fromkeys(f for line in lines for f in unasked(line.mark, asked)):
        if question := library.questions.get(fact):
            yield f"“{fact}” is a question of other trees: {asked_in_short(library, question)}"


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
        yield Table(_ASKED, rows, (4, 3, 8))
    else:
        yield Rows(tuple(_rows(lines, names)))
    yield Tick(leaf.number, "Comment:")


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
