r"""A paper as CommonMark, for a wiki, a record or a newsletter.

Author text is never markup. Every sign that Markdown or a program for it may take for its own is
escaped with ``\``, and a word that such a program would make a link, a mention or a picture of
stands in a code span, in which nothing means anything. The size of print and the codes to scan are
for other formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias, assert_never

from ... import paper as parts
from ...clean import clean
from ...paper import Address, Paper
from .links import followable

_Part: TypeAlias = str | parts.Steps | parts.Points
"""What stands between two empty lines: a list, or anything else as it is written."""

_SIGN = re.compile(r"[\\`*_{}\[\]<>&|~^$=#%]")
"""What may be markup wherever it stands, in CommonMark or in what others have added to it."""

_BEGINS = re.compile(r"^(?:[0-9]+(?=[.)](?: |$))|(?=[-+:]))")
"""What stands before the sign by which a list begins, or a line that makes a heading."""

_TAKEN = re.compile(r"@|://|www\.|:[\w+-]+:|\w\.[^\W\d_]{2}", re.IGNORECASE)
"""In a word: an address, a name of somebody, or a picture by its name (``:smile:``)."""

_DOTS = "." * 60
"""Room to write by hand."""


def markdown(paper: Paper) -> str:
    """The whole paper. It ends in a line feed."""
    return "\n\n".join(_written(_parts(paper))) + "\n"


def _parts(paper: Paper) -> Iterator[_Part]:
    yield _strong(paper.banner)
    yield _plain(paper.kicker)
    yield _titled("# ", paper.title)
    for block in paper.blocks:
        yield from _of(block)


def _of(block: parts.Block) -> Iterator[_Part]:  # noqa: C901 - a case for each kind of block
    match block:
        case parts.Heading(text=said):
            yield _titled("## ", said)
        case parts.Paragraph(text=said, strong=strong):
            yield _strong(said) if strong else _plain(said)
        case parts.Steps(lines=lines):
            yield parts.Steps(tuple(map(_plain, lines)))
        case parts.Points(lines=lines):
            yield parts.Points(tuple(map(_plain, lines)))
        case parts.Box():
            yield from _box(block)
        case parts.Brief(boxes=boxes):
            yield from map(_brief, boxes)
        case parts.Blank(label=label, lines=lines):
            yield "\\\n".join((_strong(f"{label}:"), *(_DOTS,) * lines))
        case parts.Code(label=label, letters=letters, note=note):
            yield f"{_strong(f'{label}:')} {_verbatim(_one_line(letters))}".rstrip()
            yield _plain(note)
        case parts.Fine(lines=lines):
            yield "---"
            yield from map(_plain, lines)
        case parts.Break():
            yield "---"
        case _:
            assert_never(block)


def _box(box: parts.Box) -> Iterator[_Part]:
    yield _strong(box.title)
    yield parts.Points(tuple(_address(_plain(f"{a.label}:"), a) for a in box.addresses))
    yield parts.Steps(tuple(map(_plain, box.steps)))
    for note in box.notes:
        about = f"{_strong(f'{note.label}:')} " if note.label else ""
        yield about + _plain(note.text)


def _brief(box: parts.Box) -> str:
    ways = " / ".join(_address(_plain(a.label), a) for a in box.addresses)
    return f"{_strong(f'{box.title}:')} {ways}" if ways else _strong(box.title)


def _address(how: str, address: Address) -> str:
    note = f" - {_plain(address.note)}" if address.note else ""
    return f"{how} {_link(address)}{note}"


def _link(address: Address) -> str:
    words = _plain(address.text)
    if not followable(address.uri):
        return words
    return f"[{words}](<{address.uri.replace('&', '&amp;')}>)"


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
    return mark + words if (words := _plain(text)) else ""


def _strong(text: str) -> str:
    return f"**{words}**" if (words := _plain(text)) else ""


def _plain(text: str) -> str:
    """Words as they are, on one line: no sign in them is markup, and no address in them a link."""
    words = _one_line(text).split(" ")
    made = " ".join(_verbatim(word) if _TAKEN.search(word) else _escaped(word) for word in words)
    return _BEGINS.sub(r"\g<0>\\", made)


def _one_line(text: str) -> str:
    """Clean, and with single spaces, of which Markdown would make markup where a line begins."""
    return re.sub("[ \n]+", " ", clean(text)).strip()


def _escaped(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)


def _verbatim(word: str) -> str:
    """A code span, fenced by more backticks than stand together within it."""
    fence = "`" * (max(map(len, re.findall("`+", word)), default=0) + 1)
    room = " " if word.startswith("`") or word.endswith("`") else ""
    return f"{fence}{room}{word}{room}{fence}" if word else ""
