"""The model of a printable document: a title and blocks of plain text, in no format.

The texts may come from any author; each renderer escapes them for its format. Sheets, handouts and
reviews are made of these blocks, and a new format is one new renderer.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from ..model.base import Frozen, field
from ..page.messages import say


class Heading(Frozen):
    """The heading of a section, or of an ``inner`` one within it.

    ``name`` is what an entry of contents leads to it by: letters, digits and hyphens. ``folds``:
    on the screen of a phone what follows stays shut until somebody opens it.
    """

    text: str
    inner: bool = False
    name: str = ""
    folds: bool = False


class Paragraph(Frozen):
    """A sentence or more; ``strong`` for what must not be overlooked. ``uri`` is what it leads to,
    as the number that it says to ring, or empty."""

    text: str
    strong: bool = False
    uri: str = ""


class Address(Frozen):
    """One way to reach a service, in full.

    ``label`` is the channel (Phone), ``text`` what to ring or type, ``note`` the hours and what
    else to know. ``uri`` is https, tel, sms or mailto, or empty without a link. ``does`` is what a
    screen, where nobody types it, says in its place (Open Report Remove), or empty.
    """

    label: str
    text: str
    uri: str = ""
    note: str = ""
    does: str = ""


class Scans(Frozen):
    """QR codes of addresses in a row. Beside each stands its label, which says what it does, and
    its note."""

    codes: tuple[Address, ...]


class Steps(Frozen):
    """Things to do in order, numbered from ``first``. ``ways`` are addresses of services that
    its lines name, each with the place of its line; they stand beside it."""

    lines: tuple[str, ...]
    ways: tuple[tuple[int, Address], ...] = ()
    first: int = 1


class Points(Frozen):
    """A bulleted list, with ``ways`` as those of ``Steps``."""

    lines: tuple[str, ...]
    ways: tuple[tuple[int, Address], ...] = ()


class Table(Frozen):
    """A table in letters as small as ``Fine``: the ``head`` over its columns, and as many texts in
    each row. ``shares`` are those of the columns in the width of a PDF; if empty, their words
    decide."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()


class Said(Frozen):
    """A paragraph in strong letters, or in ``quiet`` small ones, with a quiet ``mark`` behind it.
    ``to`` is the ``name`` of what it repeats or says in short: a link behind it, and in a PDF the
    page. One that ``runs_on`` stands in one paragraph of a PDF with those around it that do. Its
    ``number`` is one to name it by, or 0."""

    text: str
    strong: bool = False
    quiet: bool = False
    mark: str = ""
    to: str = ""
    runs_on: bool = False
    number: int = 0
    name: str = ""

    @property
    def in_all(self) -> str:
        """The paragraph with its number, its mark, and the name that it leads to."""
        number = f"({self.number})" if self.number else ""
        to = f"({self.to})" if self.to else ""
        return " ".join(filter(None, (number, self.text, self.mark, to)))


class Rows(Frozen):
    """Paragraphs close to each other."""

    lines: tuple[Said, ...]


class Entry(Frozen):
    """An entry of contents: its text, a note behind it, and the name of the heading ``to`` which it
    leads."""

    text: str
    note: str
    to: str


class Contents(Frozen):
    """Contents: links, and in a PDF the pages to which they lead."""

    entries: tuple[Entry, ...]


class Note(Frozen):
    """One thing to know about a service, under a label (Cost) that may be empty."""

    label: str
    text: str


class Box(Frozen):
    """One service in a frame, which is never split over two pages.

    ``steps`` are numbered instructions. ``uri`` is what the title leads to where that is the number
    itself, as in “Text 999”. ``codes`` stand beside it all; one alone needs no words.
    """

    title: str
    addresses: tuple[Address, ...]
    steps: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    uri: str = ""
    codes: tuple[Address, ...] = ()


class Brief(Frozen):
    """More services, each on a line with its name, addresses and notes."""

    boxes: tuple[Box, ...]


class Blank(Frozen):
    """A label with up to ``lines`` empty lines to write on by hand. What is ``boxed`` is a service
    of its own, and none of those below it."""

    label: str
    lines: int = 1
    boxed: bool = False


class Fine(Frozen):
    """The sources, or a note: set apart, in letters of 9 pt where others have 12."""

    lines: tuple[str, ...]


class Break(Frozen):
    """A page break."""


class Tick(Frozen):
    """A box to tick beside the number of a part, and a ``note``, with a line for a comment."""

    number: str
    note: str = ""


Block: TypeAlias = (
    Heading
    | Paragraph
    | Steps
    | Points
    | Table
    | Rows
    | Contents
    | Box
    | Brief
    | Scans
    | Blank
    | Fine
    | Break
    | Tick
)


class Document(Frozen):
    """A document. ``title`` is its only top heading and its title among its properties.

    ``kicker`` is small above the title and ``banner`` in a dark strip at the top (GET HELP NOW);
    both may be empty. ``banner_uri`` is what the banner leads to, or empty. ``foot``, as much of it
    as there is room for, or else the banner, stands in a PDF at the foot of each of several pages.
    ``every_side``: HTML prints the banner on each page too, so that a loose page is recognised, and
    a PDF has what stands between breaks in the largest letters with which that is one side.
    ``large`` asks for 18 pt instead of 12, or 17 to spare a side. ``most_sides``: smaller letters
    may be taken where that gets it on so many sides of a PDF, and larger ones that fill them; 0 is
    any number. ``child``: what comes before the first break is for a child, in larger letters.
    ``leaflet``: it is one side of A5 for a rack, and its first box has the number to ring.
    ``card``: it is as small as fits in a pocket, and a page has many of it. ``language`` is an
    IETF tag.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    kicker: str = ""
    banner: str = ""
    banner_uri: str = ""
    foot: tuple[str, ...] = ()
    every_side: bool = False
    large: bool = False
    most_sides: int = 0
    child: bool = False
    leaflet: bool = False
    card: bool = False
    language: str = field(default_factory=lambda: say("language.tag"))


_LEAD = re.compile(r".+?[.:?!][\"”]?(?= |$)")


def lead(text: str) -> tuple[str, str]:
    """The first sentence of a text, and the rest with the space before it."""
    found = _LEAD.match(text)
    at = found.end() if found else len(text)
    return text[:at], text[at:]


_HOST = r"(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
_LINK = re.compile(
    rf"https://{_HOST}(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?"
    r"|(?:tel|sms):\+?[0-9]{3,15}|tel:18001[0-9]{3,15}"
    rf"|mailto:[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*@{_HOST}"
)


def followable(uri: str) -> bool:
    """Whether an address may become a link or a QR code; all others stay plain text.

    Allowed are https URLs of a named host (no port, user or punycode), telephone and SMS numbers,
    and email addresses without parameters. 18001 is the textphone prefix of Relay UK, with which a
    number may be longer.
    """
    return _LINK.fullmatch(uri) is not None
