"""A document as an accessible PDF, typeset by typst.

The templates ``paper.typ``, ``leaflet.typ`` and ``card.typ`` are fixed files of the package. Texts
reach them as data (``pdf_data``) and never become markup. The same document gives the same bytes,
which hold neither author nor time.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Final

from ...model.base import as_json
from ..document import Document
from . import CannotPrint, NotInstalled, Renderer
from .pdf_data import Data, PdfData

_HERE = Path(__file__).parent
_FONTS = _HERE / "fonts"

_STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1), by which typst refuses documents that are not accessible."""

_NO_TIME = 0
"""Seconds since 1970, instead of the current time that typst would write."""


_USUAL, _LARGE, _SMALLER = 12, 18, (11.5, 11, 10.5, 10)
"""The size of letters in points, and those with which a long document may fit on fewer sides."""

_TOO_LONG = "too many sides"
"""What the template says of a document that has more sides than it may have."""


class _TooLong(CannotPrint):
    """A document has too many sides in letters of this size."""


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
                'To make PDFs, in the folder of fingerpost: pip install ".[pdf]". '
                "Or make HTML: a browser prints it well."
            ) from error
        self._data = PdfData()
        fonts = Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(_FONTS)],
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
        usual = _LARGE if document.large else _USUAL
        if document.most_sides and not document.large:
            sides = (document.most_sides, document.most_sides + 1)  # at the worst one more
            for most, size, columns in product(sides, (usual, *_SMALLER), (False, True)):
                with suppress(_TooLong):
                    return self._set(document, data, size, most, columns=columns)
        return self._set(document, data, usual)

    def _set(
        self, document: Document, data: Data, size: float, most: int = 0, *, columns: bool = False
    ) -> bytes:
        """The document in letters of a size. Raises _TooLong if it has more than ``most`` sides.

        ``columns``: services are in two columns on each of several sides, too.
        """
        from typst import TypstError

        template = "leaflet" if document.leaflet else "card" if document.card else "paper"
        paper = as_json({**data, "letters": size, "most-sides": most, "columns": columns})
        try:
            made, warnings = self._compilers[template].compile_with_warnings(
                sys_inputs={"paper": paper}, pdf_standards=[_STANDARD], timestamp=_NO_TIME
            )
        except TypstError as error:
            why = _TooLong if _TOO_LONG in error.message else CannotPrint
            raise _refused(error.message, why) from error
        for warning in warnings:
            raise _refused(warning.message)
        assert isinstance(made, bytes)
        return made


def _refused(reason: str, why: type[CannotPrint] = CannotPrint) -> CannotPrint:
    return why(f"The PDF could not be set ({reason}). Make HTML instead.")
