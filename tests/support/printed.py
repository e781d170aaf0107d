"""What tests of printing share: every case of the shipped library as a page, and a full paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.page.page import Page, page
from fingerpost.sheets.document import (
    Address,
    Blank,
    Box,
    Break,
    Brief,
    Contents,
    Document,
    Entry,
    Fine,
    Heading,
    Note,
    Paragraph,
    Points,
    Rows,
    Said,
    Scans,
    Steps,
    Table,
    Tick,
)
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.walk import Walk

from .sample import FIRST_TWO
from .shipped import whole_library

LIBRARY = whole_library()

PHONE = Address("Phone", "0800 1111", "tel:08001111", "any time, day or night")
WEB = Address("Web", "https://www.childline.org.uk", "https://www.childline.org.uk")

EVERY_KIND = Document(
    title="What to do",
    kicker="A picture",
    banner="GET HELP NOW",
    blocks=(
        Paragraph("In danger now? Ring 999.", strong=True),
        Paragraph("It is not your fault."),
        Heading("Who can help"),
        Box("Childline", (PHONE, WEB), ("Ring.", "Say hello."), (Note("Cost", "Free."),)),
        Brief((Box("Childline", (PHONE, WEB)), Box("Your school", (), notes=(Note("", "Ask."),)))),
        Scans((replace(PHONE, label="Ring Childline"),)),
        Steps(("One.", "Two.")),
        Points(("This.", "That.")),
        Break(),
        Box("The app", (), notes=(Note("", "Menus change."),)),
        Blank("Who I told", lines=2),
        Fine(("Not the police.", "Not legal advice.")),
    ),
)
"""A paper with each kind of block."""


@cache
def page_of(case: str) -> Page:
    """The page at which a case of the shipped library ends, as for paper: at no moment."""
    walk = ended(case)
    return page(LIBRARY, walk.tree, walk.here, walk.facts)  # type: ignore[arg-type]  # an ending


@cache
def ended(case: str) -> Walk:
    return play_case(LIBRARY, LIBRARY.cases[case])


def _enough_cases() -> Iterator[str]:
    """All cases of the two oldest trees, and of each other ending the first case of it.

    Each is printed in many ways, and a second case of an ending tells little new.
    What every page must keep to is held to by other tests, for everyone who can come there.
    """
    seen = set()
    for case in LIBRARY.cases.values():
        walk = ended(case.name)
        kind = (walk.tree.name, walk.here.name)
        if case.tree in FIRST_TWO or kind not in seen:
            yield case.name
        seen.add(kind)


CASES = tuple(_enough_cases())
PRINTED_ON = date(2026, 11, 25)


def sheet_of(found: Page, **how: Any) -> Document:
    return sheet(found, Sheet(how.pop("printed_on", PRINTED_ON), **how))


def texts(value: object) -> Iterator[str]:
    """Every text that can be reached in a value, but for what only a screen says, and names of
    places to which links lead."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, Frozen):
        for name in filter(lambda each: each not in ("does", "name"), field_names(value)):
            yield from texts(getattr(value, name))


def read_alone(paper: Document) -> Document:
    """A paper without what only a printed one has: codes to scan, and a foot on each side."""
    blocks = tuple(
        replace(each, codes=()) if isinstance(each, Box) else each
        for each in paper.blocks
        if not isinstance(each, Scans)
    )
    return replace(paper, blocks=blocks, foot=())


def uris(value: object) -> list[str]:
    """Every address to which something in a value leads."""
    if isinstance(value, tuple):
        return [uri for each in value for uri in uris(each)]
    if not isinstance(value, Frozen):
        return []
    named = [(name, getattr(value, name)) for name in field_names(value)]
    own = [each for name, each in named if name == "uri" and each]
    return own + [uri for _, each in named for uri in uris(each)]


def with_everywhere(text: str) -> Document:
    """A paper that holds a text at every place that a text can have, and each kind of block."""
    own = Address(text, text, f"nothing:{text}", text)
    linked = Address(text, text, "https://example.org/?a=1&copy;=2#c", text)
    box = Box(text, (own, linked), (text, text), (Note(text, text), Note("", text)))
    return Document(
        title=text,
        kicker=text,
        banner=text,
        blocks=(
            Heading(text, name="part"),
            Heading(text, inner=True),
            Table((text, text), ((text, text), (text, text))),
            Rows((Said(text), Said(text, strong=True), Said(text, quiet=True))),
            Contents((Entry(text, text, "part"),)),
            Tick("7"),
            Paragraph(text),
            Paragraph(text, strong=True),
            Steps((text, text)),
            Points((text, text)),
            Points((text,)),
            Table((text, text), ((text, text), (text, text))),
            box,
            Brief((box, Box(text, ()))),
            Scans((linked,)),
            Break(),
            Blank(text, 2),
            Fine((text, text)),
        ),
    )


HOSTILE = (
    "<script>alert(1)</script>",
    "</p><img src=x onerror=alert(1)>",
    "<!-- a",
    "*a*",
    "**a**",
    "_a_",
    "`a`",
    "``",
    "a | b",
    "@a|b",
    "[x](javascript:alert(1))",
    "[x](https://evil.example)",
    "![x](https://evil.example/a.png)",
    "[x]: https://evil.example",
    "[^1]",
    "[ ] a",
    "$x$",
    '#read("/etc/passwd")',
    "# a",
    "a #",
    "> a",
    "1. a",
    "10) a",
    "- a",
    "+ a",
    "---",
    "***",
    "===",
    "~~~",
    "~~a~~",
    "    a",
    "&amp;",
    "&#60;b&#62;",
    "\\",
    "a\\",
    "<https://evil.example>",
    "https://evil.example",
    "http://evil.example).",
    "www.evil.example",
    "(WWW.evil.example)",
    "evil.example",
    "jo@evil.example",
    "@jo",
    "`jo@evil.example",
    ":smile:",
    "{{ a }} {% a %}",
    "a\n\n# b",
    "a\r\n- b",
    "a\x0cb\x0bc\u2028d\u2029e\x85f",
    "\x1b[2Ja\x07",
    "\u202e0800 2222\u202c",
    "a\x00b",
    "x" * 300,
)
"""What an author may have written that would be more than words to somebody's program."""
