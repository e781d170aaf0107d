"""A paper as one HTML file: no script, nothing that is fetched, made for the screen and for A4."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ...clean import clean
from ...paper import Address, Block, Box, Heading, Paper
from ...qr import qr_code
from .links import followable

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_MODULE_MM = 0.65
"""Millimetres. At 72 dots to an inch, every code that was tried is read with 0.65 or 0.75, and some
are not with 0.6 or with 0.7."""

_LONGEST_UNBROKEN = 20
"""Letters; a number that is not longer is never broken over two lines."""


def html(paper: Paper) -> str:
    """The whole file."""
    template = environment().get_template("paper.html.jinja")
    return template.render(paper=paper, box_heading=_box_heading(paper), codes=_codes(paper))


@cache
def environment() -> Environment:
    """Our own templates. Whatever they print that is not markup of ours is made harmless."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("fingerpost.render.paper", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["kind"] = _kind
    made.tests |= {"followable": followable, "a_number": _is_number}
    return made


def _harmless(value: object) -> object:
    """What a template prints: our markup as it is, any other text clean and on one line."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value).replace("\n", " ")
    return value


def _kind(block: Block) -> str:
    return type(block).__name__


def _is_number(address: Address) -> bool:
    called = address.uri.startswith(("tel:", "sms:"))
    return called and len(address.text) <= _LONGEST_UNBROKEN


def _box_heading(paper: Paper) -> str:
    """Where the first box stands below no heading, boxes are sections too: no level is left out."""
    first = next((block for block in paper.blocks if isinstance(block, Heading | Box)), None)
    return "h2" if isinstance(first, Box) else "h3"


def _codes(paper: Paper) -> dict[Address, Markup]:
    """The picture of each code to scan, by its address."""
    boxes = (block for block in paper.blocks if isinstance(block, Box))
    scanned = (address for box in boxes for address in box.addresses if address.scan)
    return {address: _picture(address) for address in scanned if followable(address.uri)}


def _picture(address: Address) -> Markup:
    from markupsafe import Markup

    opening = Markup('<svg role="img" aria-label="Code to scan: {}" width="{}mm" height="{}mm" ')
    code = qr_code(address.uri)
    side = f"{code.side * _MODULE_MM:g}"
    begun = opening.format(_harmless(address.text), side, side)
    return begun + Markup(code.svg().removeprefix("<svg "))  # noqa: S704 - squares of ours
