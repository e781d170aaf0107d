"""A paper as one HTML file: no script, nothing that is fetched, made for the screen and for A4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ...page.messages import say
from .. import document as parts
from ..document import Address, Document
from ..qr import qr_code
from . import Renderer
from .html_document import document
from .html_elements import Markup, attributes, block, element, lines, row
from .links import followable

_MODULE_MM = 0.65
"""Millimetres. At 72 dots to an inch, every code that was tried is read with 0.65 or 0.75, and some
are not with 0.6 or with 0.7."""

_LONGEST_UNBROKEN = 20
"""Letters; a number that is not longer is never broken over two lines."""


def renderer() -> Renderer:
    """As ``Format.renderer`` says."""
    return lambda paper: html(paper).encode()


def html(paper: Document) -> str:
    """The whole file."""
    level = _box_heading(paper)
    return document(
        paper.title,
        "html",
        *_top(paper),
        element("h1", paper.title),
        *(_block(part, level) for part in paper.blocks),
        lang=paper.language,
        class_=" ".join(_kinds(paper)) or None,
    )


def _kinds(paper: Document) -> Iterator[str]:
    """How the whole document is set."""
    if paper.large:
        yield "large"
    if paper.every_side:
        yield "every-side"


def _top(paper: Document) -> Iterator[Markup]:
    """What stands above the title."""
    above = (("banner", paper.banner), ("kicker", paper.kicker))
    told = [element("p", words, class_=kind) for kind, words in above if words]
    if told:
        yield block("div", *told, class_="top")
    if paper.every_side:
        # Who listens has heard it above, and has one page however many sides are printed.
        yield element("div", paper.banner, class_="edge", aria_hidden="true")


def _box_heading(paper: Document) -> str:
    """Where the first box stands below no heading, boxes are sections too: no level is left out."""
    kinds = parts.Heading | parts.Box
    first = next((part for part in paper.blocks if isinstance(part, kinds)), None)
    return "h2" if isinstance(first, parts.Box) else "h3"


def _block(part: parts.Block, level: str) -> Markup:  # noqa: C901 - a case a kind
    match part:
        case parts.Heading(text=said):
            return element("h2", said)
        case parts.Paragraph(text=said, strong=strong):
            return element("p", said, class_="strong" if strong else None)
        case parts.Steps(lines=said):
            return _listed("ol", said)
        case parts.Points(lines=said):
            return _listed("ul", said)
        case parts.Box():
            return block("div", *_box(part, level), class_="box urgent" if part.urgent else "box")
        case parts.Brief(boxes=boxes):
            return block("ul", *map(_brief, boxes), class_="brief")
        case parts.Blank(label=label, lines=count):
            room = [element("div", class_="line")] * count
            return block("div", element("p", label), *room, class_="blank")
        case parts.Code(label=label, letters=letters, note=note):
            code = element("p", label, " ", element("span", letters, class_="letters"))
            noted = [element("p", note)] if note else []
            return block("div", code, *noted, class_="sheet-code")
        case parts.Fine(lines=said):
            return block("div", *(element("p", line) for line in said), class_="fine")
        case parts.Break():
            return element("div", class_="break")
        case _:
            assert_never(part)


def _listed(kind: str, said: tuple[str, ...]) -> Markup:
    return block(kind, *(element("li", line) for line in said))


def _box(box: parts.Box, level: str) -> Iterator[Markup]:
    """A service: its name, the codes to scan, each way to reach it, and what to know of it."""
    yield element(level, box.title)
    alone = len(box.addresses) == 1
    codes = [
        element("p", lines(_picture(address), *([] if alone else [_caption(address)])))
        for address in box.addresses
        if address.scan and followable(address.uri)
    ]
    if codes:
        yield block("div", *codes, class_="codes alone" if alone else "codes")
    for address in box.addresses:
        yield element("p", *_way(address), class_="way")
    if box.steps:
        yield _listed("ol", box.steps)
    for note in box.notes:
        about = (element("b", note.label, ":"), " ") if note.label else ()
        yield element("p", *about, note.text)


def _brief(box: parts.Box) -> Markup:
    """A service on one line."""
    ways = [element("span", *_way(address), class_="way") for address in box.addresses]
    others = (row("· ", way) for way in ways[1:])
    return element("li", lines(element("b", box.title), *ways[:1], *others))


def _way(address: Address) -> Iterator[str]:
    """How to reach somebody: a link, if it is one that may be followed."""
    yield from (address.label, " ")
    kind = "number" if _is_number(address) else "address"
    if followable(address.uri):
        yield element("a", address.text, class_=kind, href=address.uri)
    else:
        yield element("span", address.text, class_=kind)
    if address.note:
        yield from (" ", element("span", address.note, class_="note"))


def _is_number(address: Address) -> bool:
    called = address.uri.startswith(("tel:", "sms:"))
    return called and len(address.text) <= _LONGEST_UNBROKEN


# Codes to scan


def _picture(address: Address) -> Markup:
    """The code of an address, which says to those who cannot see it what it holds."""
    code = qr_code(address.uri)
    side = f"{code.side * _MODULE_MM:g}mm"
    told = attributes(
        role="img", aria_label=say("sheet.to-scan", text=address.text), width=side, height=side
    )
    return Markup(code.svg().replace("<svg", f"<svg{told}", 1))


def _caption(address: Address) -> Markup:
    """Which of several codes it is. Two numbers are told apart by the numbers themselves."""
    if _is_number(address):
        return element("span", address.text)
    return element("span", address.label, class_="worded")
