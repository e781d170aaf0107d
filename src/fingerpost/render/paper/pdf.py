"""A paper as a PDF that can be read aloud, set by typst.

The template ``paper.typ`` is a fixed file of the package. Texts reach it as data and never become
part of it, so none of them can do anything; and each goes through one place here, which makes sure
that all of it will be seen. The same paper gives the same bytes, which tell neither who made them
nor when.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, TypeAlias
from unicodedata import name, normalize

from ...clean import clean
from ...frozen import Frozen, field_names
from ...paper import Address, Paper
from ...qr import qr_code
from .font import letters
from .links import followable

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "paper.typ"
_FONTS = _HERE.parents[1] / "data" / "fonts"

_STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1). Asked for this, typst refuses to write what cannot be read aloud."""

_NO_TIME = 0
"""Seconds since 1970, for whatever would hold a time: typst would look at the clock."""

_LONGEST_SCANNED = 500
"""Letters of a link. The code of a longer one would fill a column, and few phones could read it."""

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

_Data: TypeAlias = "dict[str, _Data] | list[_Data] | str | int | None"


class NoPdf(Exception):
    """No PDF can be made on this computer as it is. The message says what to do."""


class CannotPrint(Exception):
    """No PDF can be made of this paper. The message says why, and what to do."""


class Press:
    """Makes papers into PDFs. One that is kept for many papers makes each of them sooner."""

    __slots__ = ("_codes", "_compiler", "_letters")

    def __init__(self) -> None:
        """Raises NoPdf where typst is not installed."""
        try:
            from typst import Compiler, Fonts
        except ImportError as error:
            raise NoPdf(
                'To make PDFs, install what they need: pip install "fingerpost[pdf]". '
                "Or make HTML: a browser prints it well."
            ) from error
        fonts = sorted(_FONTS.glob("*.ttf"))
        self._letters = frozenset.intersection(*(letters(font.read_bytes()) for font in fonts))
        self._codes: dict[str, _Data] = {}
        self._compiler = Compiler(
            str(_TEMPLATE),
            root=str(_HERE),
            font_paths=Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[str(_FONTS)],
            ),
            ignore_system_fonts=True,
        )

    def print(self, paper: Paper) -> bytes:
        """The paper as a PDF. Raises CannotPrint if that would not show all of it."""
        from typst import TypstError

        data = json.dumps(self._data(paper, "paper"))
        try:
            made, warnings = self._compiler.compile_with_warnings(
                sys_inputs={"paper": data}, pdf_standards=[_STANDARD], timestamp=_NO_TIME
            )
        except TypstError as error:
            raise _refused(error.message) from error
        for warning in warnings:
            raise _refused(warning.message)
        assert isinstance(made, bytes)
        return made

    def _data(self, value: object, where: str) -> _Data:
        """What the template is told of a part of a paper. ``where`` is what a text of it is in."""
        if isinstance(value, str):
            return self._text(value, where)
        if isinstance(value, tuple):
            return [self._data(each, where) for each in value]
        if isinstance(value, Address):
            return self._address(value)
        if isinstance(value, Frozen):
            kind = type(value).__name__.lower()
            told = {
                name: self._data(getattr(value, name), name if kind == "paper" else kind)
                for name in field_names(value)
            }
            return {"kind": kind, **told}
        assert isinstance(value, int)
        return value

    def _address(self, address: Address) -> _Data:
        """An address, with a link and a code only where it is a link that may be followed."""
        link = address.uri if followable(address.uri) else ""
        scanned = address.scan and 0 < len(link) <= _LONGEST_SCANNED
        return {
            "label": self._text(address.label, "address"),
            "text": self._text(address.text, "address"),
            "note": self._text(address.note, "address"),
            "link": link,
            "number": link.startswith(("tel:", "sms:")),
            "code": self._code(link) if scanned else None,
        }

    def _code(self, link: str) -> _Data:
        """The code of a link. Pages of one library share theirs, and drawing one takes a while."""
        if link not in self._codes:
            code = qr_code(link)
            self._codes[link] = {"svg": code.svg(), "side": code.side}
        return self._codes[link]

    def _text(self, text: str, where: str) -> str:
        """A text as it will be printed: one line, with nothing that nobody would see.

        A letter with marks that the fonts lack is put together from those that they have.
        """
        line = normalize("NFC", clean(text)).translate(_STAND_INS)
        for at, letter in enumerate(line):
            if not self._letters.issuperset(normalize("NFD", letter)):
                around = line[max(0, at - _QUOTED) : at + 1 + _QUOTED]
                raise CannotPrint(
                    f"The fonts of PDFs have no U+{ord(letter):04X} "
                    f"{name(letter, 'without a name')}, which stands in the {where} “{around}”. "
                    "Take it out, or make HTML."
                )
        return line


def _refused(reason: str) -> CannotPrint:
    return CannotPrint(f"The PDF could not be set ({reason}). Make HTML instead.")
