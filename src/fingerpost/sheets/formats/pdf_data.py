"""A paper as the typesetter gets it: data for the template, which decides where it all stands.

Each text goes through one place here, which makes sure that all of it will be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias
from unicodedata import name, normalize

from ...model.base import Frozen, field_names
from ...model.sanitize import clean
from ...page.messages import say
from ..document import Address, Block, Box, Break, Code, Document, Heading
from ..qr import qr_code
from . import CannotPrint
from .line_breaks import pieces
from .links import followable

_LONGEST_SCANNED = 500
"""Letters of a link. The code of a longer one would fill a column, and few phones could read it."""

_LONGEST_WORD, _LONGEST_IN_TITLE, _LONGEST_UNDER_CODE = 20, 15, 10
"""Letters for which a line is sure to have room: in most places, in a large heading, and under a
code."""

_LONGEST_FOOT = 40
"""Letters for which there is room in the one line at the foot of a side."""

_STAND_INS = str.maketrans(
    {
        "\n": " ",
        "\N{REPLACEMENT CHARACTER}": "?",  # what clean puts in place of something harmful
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}",
        # What is never seen, and joins or turns letters that these fonts do not have.
        **dict.fromkeys("\u200c\u200d\u200e\u200f\u061c", ""),
    }
)
"""What is printed for a letter that the fonts lack, where the meaning stays the same."""

_QUOTED = 20
"""How many letters on either side show where a letter stands that cannot be printed."""

Told: TypeAlias = dict[str, Any]
"""Names, and for each a text, a number, whether something is so, or lists and more names."""


class PdfData:
    """Makes papers ready for the typesetter, whose fonts have these letters."""

    __slots__ = ("_codes", "_letters")

    def __init__(self, letters: frozenset[str]) -> None:
        self._letters = letters
        self._codes: dict[str, Told] = {}

    def manuscript(self, paper: Document) -> Told:
        """What the template is told of a paper. Raises CannotPrint if not all could be seen."""
        title = self._text(paper.title, "title")
        banner = self._text(paper.banner, "banner")
        language, _, region = paper.language.partition("-")
        return {
            "name": title,
            "title": pieces(title, _LONGEST_IN_TITLE),
            "kicker": pieces(self._text(paper.kicker, "kicker"), _LONGEST_WORD),
            "banner": pieces(banner, _LONGEST_WORD),
            "foot": banner if len(banner) <= _LONGEST_FOOT else "",
            "language": language,
            "region": region or None,
            "large": paper.large,
            "sides": [*self._sides(paper)],
        }

    def _sides(self, paper: Document) -> Iterator[Told]:
        """What stands between breaks: its parts, and which of them the services begin with."""
        level = 2
        for blocks in _between_breaks(paper.blocks):
            parts = []
            for block, following in zip(blocks, (*blocks[1:], None), strict=False):
                told = self._part(block)
                told |= {"before-box": isinstance(following, Box), "level": level}
                parts.append(told)
                if isinstance(block, Heading):  # what is in this section is one level below it
                    level = 3
            yield {"parts": parts, "services": _services(blocks)}

    def _part(self, part: Frozen) -> Told:
        """A block, or what stands in one: its kind and its fields, and what follows from them."""
        kind = type(part).__name__.lower()
        told: Told = {"kind": kind}
        for field in field_names(part):
            if field != "uri":  # which nobody sees
                told[field] = self._field(getattr(part, field), kind)
        if isinstance(part, Address):
            told |= self._link(part)
        elif isinstance(part, Code):
            told["groups"] = [
                pieces(group, _LONGEST_WORD) for group in _groups("".join(told["letters"]))
            ]
        return told

    def _field(self, value: object, kind: str) -> Any:
        if isinstance(value, str):
            return pieces(self._text(value, kind), _LONGEST_WORD)
        if isinstance(value, tuple):
            return [self._field(each, kind) for each in value]
        return self._part(value) if isinstance(value, Frozen) else value

    def _link(self, address: Address) -> Told:
        """A link, and a code of it, where it is one that may be followed."""
        link = address.uri if followable(address.uri) else ""
        number = link.startswith(("tel:", "sms:"))
        told: Told = {"link": link, "number": number, "code": None}
        if address.scan and 0 < len(link) <= _LONGEST_SCANNED:
            text = self._text(address.text, "address")
            under = text if number else self._text(address.label, "address")
            told["code"] = self._code(link) | {
                "says": say("sheet.to-scan", text=text),
                "caption": pieces(under, _LONGEST_UNDER_CODE),
            }
        return told

    def _code(self, link: str) -> Told:
        """The code of a link. Pages of one library share theirs, and drawing one takes a while."""
        if link not in self._codes:
            code = qr_code(link)
            self._codes[link] = {"svg": code.svg(), "side": code.side}
        return self._codes[link]

    def _text(self, text: str, where: str) -> str:
        """A text as it will be printed: one line, with nothing that nobody would see.

        A letter with marks that the fonts lack is put together from those that they have. ``where``
        is what the text stands in.
        """
        line = normalize("NFC", clean(text)).translate(_STAND_INS)
        if self._letters.issuperset(line):  # nearly always
            return line
        for at, letter in enumerate(line):
            if not self._letters.issuperset(normalize("NFD", letter)):
                around = line[max(0, at - _QUOTED) : at + 1 + _QUOTED]
                raise CannotPrint(
                    f"The fonts of PDFs have no U+{ord(letter):04X} "
                    f"{name(letter, 'without a name')}, which stands in the {where} “{around}”. "
                    "Take it out, or make HTML."
                )
        return line


def _between_breaks(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """The blocks of each side that begins anew; between two breaks there may be none."""
    side: list[Block] = []
    for block in blocks:
        if isinstance(block, Break):
            yield tuple(side)
            side = []
        else:
            side.append(block)
    yield tuple(side)


def _services(blocks: Sequence[Block]) -> int | None:
    """Where the section of the first box begins; None if there is no box."""
    boxes = (at for at, block in enumerate(blocks) if isinstance(block, Box))
    first = next(boxes, None)
    if first is None:
        return None
    headings = (at for at in range(first - 1, -1, -1) if isinstance(blocks[at], Heading))
    return next(headings, first)


def _groups(letters: str) -> list[str]:
    """The groups of a code, each with the hyphen or the space behind it."""
    return re.findall("[^- ]+[- ]?", letters)
