"""A document that is made to be printed, in no format: every renderer for paper takes one.

Its texts are plain text and may come from anybody; each renderer makes them harmless in its own
format. A new kind of document (a sheet, a handout, a review) is made of these same blocks, and a
new format is one new renderer.
"""

from __future__ import annotations

from typing import TypeAlias

from ..model.base import Frozen, field


class Heading(Frozen):
    """The beginning of a section. There is one level of sections below the title."""

    text: str


class Paragraph(Frozen):
    """A sentence or more. ``strong``: nobody may overlook it."""

    text: str
    strong: bool = False


class Steps(Frozen):
    """Things to do one after the other: numbered lines."""

    lines: tuple[str, ...]


class Points(Frozen):
    """Lines that have no order."""

    lines: tuple[str, ...]


class Address(Frozen):
    """One way to reach somebody, in full.

    ``label`` is how (Phone), ``text`` what to ring or type, ``note`` when it is answered and what
    else to know. ``uri`` is https, tel, sms or mailto, or empty where there is no link. ``scan``:
    a code that a phone can read stands beside it.
    """

    label: str
    text: str
    uri: str = ""
    note: str = ""
    scan: bool = False


class Note(Frozen):
    """One thing to know about a service, and what it is about (Cost). ``label`` may be empty."""

    label: str
    text: str


class Box(Frozen):
    """One service in a frame of its own, which is never parted over two pages.

    ``steps`` are how to do it there, numbered. ``urgent``: it is for danger now.
    """

    title: str
    addresses: tuple[Address, ...]
    steps: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    urgent: bool = False


class Brief(Frozen):
    """More services, each with its name and how to reach it and no more; nothing is scanned."""

    boxes: tuple[Box, ...]


class Blank(Frozen):
    """A label and room to write by hand, so many lines of it."""

    label: str
    lines: int = 1


class Code(Frozen):
    """Letters to read out or type exactly as they are, after a label, and what to know of them."""

    label: str
    letters: str
    note: str = ""


class Fine(Frozen):
    """Where it all comes from: set apart at the end, quieter and never smaller than 12 pt."""

    lines: tuple[str, ...]


class Break(Frozen):
    """What follows begins a new page."""


Block: TypeAlias = Heading | Paragraph | Steps | Points | Box | Brief | Blank | Code | Fine | Break


class Document(Frozen):
    """A document. ``title`` is its only top heading and its title among its properties.

    ``kicker`` stands small above the title and ``banner`` in a dark strip on top of all (GET HELP
    NOW), and in a PDF at the foot of each of several sides; both may be empty. ``every_side``: no
    side may be taken for something else when it lies alone, so HTML prints the banner on each too.
    ``large`` asks for 18 pt instead of 12. ``language`` is an IETF tag.
    """

    title: str
    blocks: tuple[Block, ...] = field(default=())
    kicker: str = ""
    banner: str = ""
    every_side: bool = False
    large: bool = False
    language: str = "en-GB"
