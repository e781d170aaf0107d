"""A document as an accessible PDF, typeset by typst.

The templates ``paper.typ``, ``leaflet.typ`` and ``card.typ`` are fixed files of the package, which
decide the layout. Texts reach them as data and never become markup: every text passes one function
here, which makes sure that all of it can be printed. A word that is too long for a line has places
at which it may be broken. The same document gives the same bytes, which hold neither author nor
time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, product
from pathlib import Path
from typing import Any, Final, TypeAlias
from unicodedata import combining, name, normalize

from ...model.base import Frozen, as_json, field_names
from ...model.route import address_parts
from ...model.sanitize import clean
from ...page.messages import say
from .. import document as parts
from ..document import Address, Block, Document, followable
from ..qr import qr_code
from . import CannotPrint, NotInstalled, Renderer

_HERE = Path(__file__).parent
_FONTS = _HERE / "fonts"

_STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1), by which typst refuses documents that are not accessible."""

_NO_TIME = 0
"""Seconds since 1970, instead of the current time that typst would write."""


_USUAL, _LARGE = 12, (18, 17.5, 17, 16.5, 16)
"""The sizes of letters in points; large ones are smaller only where that spares a side."""

_FILLING, _SMALLER, _SMALLEST = (14, 13, _USUAL), (11.5, 11, 10.5, 10), (9.5, 9)
"""Those with which a sheet fills its sides, and those with which it may fit on fewer."""

_TOO_LONG = re.compile(r"too many sides: (\d+)")
"""What the template says of a document that has more sides than it may have."""


class _TooLong(Exception):
    """A document has this number of sides in letters of this size, which are too many."""


def renderer() -> Renderer:
    """As ``Format.renderer`` says."""
    return PdfRenderer().print


class PdfRenderer:
    """Renders documents as PDF; reuse one for many documents, since it caches."""

    __slots__ = ("_compilers", "_data")

    def __init__(self) -> None:
        """Raises NotInstalled where typst is not installed."""
        try:
            from typst import Compiler, Fonts
        except ImportError as error:
            raise NotInstalled(
                'To make PDFs, in the folder of fingerpost: .venv/bin/pip install ".[pdf]". '
                "Or make HTML: a browser prints it well."
            ) from error
        self._data = PdfData()
        fonts = Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
        )
        self._compilers = {
            name: Compiler(
                str(_HERE / f"{name}.typ"),
                root=str(_HERE),
                font_paths=fonts,
                ignore_system_fonts=True,
            )
            for name in ("paper", "leaflet", "card")
        }

    def print(self, document: Document) -> bytes:
        """The document as a PDF. Raises CannotPrint if it cannot be shown in full."""
        data = self._data.of(document)
        most, sizes = document.most_sides, (*_FILLING, *_SMALLER)
        taken: dict[tuple[bool, float], int] = {}  # sides of what was too long
        if not most:
            return self._set(document, data, _LARGE[0] if document.large else _USUAL)
        for sides, codes, size in chain(
            product(range(1, 100), (True,), _LARGE) if document.large else (),
            product(range(1, most), (True,), _FILLING),
            product((most,), (True, False), sizes),
            product((most,), (False,), _SMALLEST),
            product((most + 1,), (True,), (_USUAL, *_SMALLER)),  # at the worst one more
        ):
            if sides >= taken.get((codes, size), 0):
                try:
                    return self._set(document, data | {"most-sides": sides, "codes": codes}, size)
                except _TooLong as too_long:
                    [taken[codes, size]] = too_long.args
        return self._set(document, data, _USUAL)

    def _set(self, document: Document, data: Data, size: float) -> bytes:
        """The document in letters of a size. Raises _TooLong if it has more sides than it may."""
        from typst import TypstError

        template = "leaflet" if document.leaflet else "card" if document.card else "paper"
        paper = as_json({**data, "letters": size})
        try:
            made, warnings = self._compilers[template].compile_with_warnings(
                sys_inputs={"paper": paper}, pdf_standards=[_STANDARD], timestamp=_NO_TIME
            )
        except TypstError as error:
            if too_long := _TOO_LONG.search(error.message):
                raise _TooLong(int(too_long[1])) from error
            raise _refused(error.message) from error
        for warning in warnings:
            raise _refused(warning.message)
        assert isinstance(made, bytes)
        return made


def _refused(reason: str) -> CannotPrint:
    return CannotPrint(f"The PDF could not be set ({reason}). Make HTML instead.")


_LONGEST_SCANNED = 500
"""Characters. The code of a longer link would fill a column, and few phones could read it."""

_LONGEST_WORD, _LONGEST_IN_TITLE, _LONGEST_OF_ADDRESS = 20, 15, 30
"""Characters that fit on every line: in most places, in a large heading, and where a service is."""

_LONGEST_FOOT = 40
"""Characters that fit in the one line of the page footer."""

_FONT_RANGES = (
    "0020-007E 00A0-00AC 00AE-00B4 00B6-0107 010A-0113 0116-011B 011E-0123 0126-0127 012A-012B "
    "012E-0133 0136-0137 0139-013E 0141-0148 0150-0155 0158-015B 015E-0165 016A-016B 016E-017E "
    "0192 0218-021B 0237 02C6-02C7 02C9 02D8-02DD 0300-0304 0306-0308 030A-030C 0312 0326-0328 "
    "0394 03A9 03BC 03C0 1E80-1E85 1E9E 1EF2-1EF3 2009 2013-2014 2018-201A 201C-201E 2020-2022 "
    "2026 2030 2039-203A 2044 20AC 20B9 2113 2122 212E 2202 220F 2211-2212 2215 2219-221A 221E "
    "222B 2248 2260 2264-2265 25CA 266A"
)
"""Code points in hexadecimal, as the character map (``cmap``) of each font file has them. A test
reads the files and holds this to them; it says what to write here when the fonts change."""

LETTERS = frozenset(
    chr(code)
    for stretch in _FONT_RANGES.split()
    for code in range(int(stretch[:4], 16), int(stretch[-4:], 16) + 1)
)
"""The characters that the PDF fonts can draw, the same in both weights."""

_STAND_INS = str.maketrans(
    {
        "\n": " ",
        "\N{REPLACEMENT CHARACTER}": "?",  # what clean puts instead of a harmful character
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}",
        # Invisible joiners and direction marks, for scripts that these fonts do not have.
        **dict.fromkeys("\u200c\u200d\u200e\u200f\u061c", ""),
    }
)
"""Replacements for characters that the fonts lack, where the meaning stays the same."""

_QUOTED = 20
"""Characters quoted on either side of one that cannot be printed."""

Data: TypeAlias = dict[str, Any]
"""A JSON object."""


class PdfData:
    """Converts documents to template data; QR codes are cached across documents."""

    __slots__ = ("_codes",)

    def __init__(self) -> None:
        self._codes: dict[str, Data] = {}

    def of(self, document: Document) -> Data:
        """The data of a document. Raises CannotPrint for a character that the fonts lack."""
        title = self._text(document.title, "title")
        banner = self._text(document.banner, "banner")
        feet = [self._text(each, "foot") for each in document.foot] or [banner]
        while len(foot := " · ".join(feet)) > _LONGEST_FOOT:
            feet.pop()
        language, _, region = document.language.partition("-")
        return {
            "name": title,
            "title": pieces(title, _LONGEST_IN_TITLE),
            "kicker": pieces(self._text(document.kicker, "kicker"), _LONGEST_WORD),
            "banner": pieces(banner, _LONGEST_WORD),
            "foot": foot,
            "place": self._text(say("sheet.place", page="{page}", last="{last}"), "place"),
            "on-side": self._text(say("sheet.on-side", page="{page}"), "place"),
            "language": language,
            "region": region or None,
            "large": document.large,
            "every-side": document.every_side,
            "filling": (*_FILLING, *_SMALLER) if document.every_side and not document.large else (),
            "most-sides": 0,  # any number
            "codes": True,
            "child": document.child,
            "sides": [*self._sides(document)],
        }

    def _sides(self, document: Document) -> Iterator[Data]:
        """The blocks between breaks."""
        level = 2
        for blocks in _between_breaks(document.blocks):
            told = []
            for before, block, following in zip(
                (None, *blocks), blocks, (*blocks[1:], None), strict=False
            ):
                extra: Data = {"level": level, "before-brief": isinstance(following, parts.Brief)}
                led = isinstance(before, parts.Heading) and (parts.Paragraph, parts.Brief)
                extra["leads"] = isinstance(following, (parts.Box, parts.Rows, *(led or ())))
                told.append(self._part(block) | extra)
                if isinstance(block, parts.Heading):  # content is one level below its heading
                    level = 4 if block.inner else 3
            yield {"parts": told}

    def _part(self, part: Frozen) -> Data:
        """A block or a part of one: its kind, its fields, and what is derived from them."""
        kind = type(part).__name__.lower()
        data: Data = {"kind": kind}
        for field in field_names(part):
            if field in ("name", "to"):  # which lead somewhere
                data[field] = getattr(part, field)
            elif field != "uri":  # which is not printed
                data[field] = self._field(getattr(part, field), kind)
        if isinstance(part, Address | parts.Paragraph):
            link = part.uri if followable(part.uri) else ""
            data |= {"link": link, "number": link.startswith(("tel:", "sms:"))}
            data["text"] = pieces("".join(data["text"]), _LONGEST_OF_ADDRESS)
        elif isinstance(part, parts.Scans):
            data["codes"] = [*self._scanned(part.codes)]
        elif isinstance(part, parts.Box):
            data["link"] = part.uri if followable(part.uri) else ""
            data["codes"] = [*self._scanned(part.codes)]
        return data

    def _field(self, value: object, kind: str) -> Any:
        if isinstance(value, str):
            return pieces(self._text(value, kind), _LONGEST_WORD)
        if isinstance(value, tuple):
            return [self._field(each, kind) for each in value]
        return self._part(value) if isinstance(value, Frozen) else value

    def _scanned(self, codes: Iterable[Address]) -> Iterator[Data]:
        """Some codes, but of what must not be followed or has too many letters."""
        for code in codes:
            if followable(code.uri) and len(code.uri) <= _LONGEST_SCANNED:
                says = say("sheet.to-scan", text=self._text(code.text, "address"))
                text = self._field(code.text, "address")
                yield self._part(code) | self._code(code.uri) | {"says": says, "text": text}

    def _code(self, link: str) -> Data:
        """The QR code of a link, cached: sheets of one library share links."""
        if link not in self._codes:
            code = qr_code(link)
            widths = {"width": code.width(), "large-width": code.width(large=True)}
            self._codes[link] = {"svg": code.svg(), **widths}
        return self._codes[link]

    def _text(self, text: str, where: str) -> str:
        """A text as it is printed: one line, without invisible characters.

        A letter with diacritics that the fonts lack is composed from glyphs that they have.
        ``where`` names the kind of block for the error. Raises CannotPrint.
        """
        line = normalize("NFC", clean(text)).translate(_STAND_INS)
        if LETTERS.issuperset(line):  # nearly always
            return line
        for at, letter in enumerate(line):
            if not LETTERS.issuperset(normalize("NFD", letter)):
                around = line[max(0, at - _QUOTED) : at + 1 + _QUOTED]
                raise CannotPrint(
                    f"The fonts of PDFs have no U+{ord(letter):04X} "
                    f"{name(letter, 'without a name')}, which stands in the {where} “{around}”. "
                    "Take it out, or make HTML."
                )
        return line


def _between_breaks(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """The blocks split at the breaks; a group may be empty."""
    side: list[Block] = []
    for block in blocks:
        if isinstance(block, parts.Break):
            yield tuple(side)
            side = []
        else:
            side.append(block)
    yield tuple(side)


def pieces(text: str, longest: int) -> list[str]:
    """A text in pieces, between which a line may end; joined they are the text.

    A word of more than ``longest`` characters is broken after a slash, what is still longer after
    other punctuation of an address, and what is still longer after any character.
    """
    if all(len(word) <= longest for word in text.split()):  # nearly always
        return [text]
    found = [""]
    for is_space, group in groupby(text, str.isspace):
        run = "".join(group)
        if is_space or len(run) <= longest:
            found[-1] += run
        else:
            parted = [_letters(part, longest) for part in address_parts(run, longest)]
            first, *others = chain.from_iterable(parted)
            found[-1] += first
            found += others
    return found


def _letters(piece: str, longest: int) -> list[str]:
    """A piece that is longer as each letter with its combining marks."""
    found: list[str] = []
    for letter in piece:
        if found and (combining(letter) or len(piece) <= longest):
            found[-1] += letter
        else:
            found.append(letter)
    return found
