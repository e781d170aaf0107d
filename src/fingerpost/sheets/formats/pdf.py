"""A document as an accessible PDF, typeset by typst.

The templates ``paper.typ`` and ``leaflet.typ`` are fixed files of the package. Texts reach them as
data (``pdf_data``) and never become markup. The same document gives the same bytes, which hold
neither author nor time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...model.base import as_json
from ..document import Document
from . import CannotPrint, NotInstalled, Renderer
from .pdf_data import PdfData

_HERE = Path(__file__).parent
_TEMPLATE, _LEAFLET = _HERE / "paper.typ", _HERE / "leaflet.typ"
_FONTS = _HERE / "fonts"

_STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1), by which typst refuses documents that are not accessible."""

_NO_TIME = 0
"""Seconds since 1970, instead of the current time that typst would write."""


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
                'To make PDFs, install what they need: pip install "fingerpost[pdf]". '
                "Or make HTML: a browser prints it well."
            ) from error
        self._data = PdfData()
        fonts = Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(_FONTS)],
        )
        self._compilers = {
            leaflet: Compiler(
                str(template), root=str(_HERE), font_paths=fonts, ignore_system_fonts=True
            )
            for leaflet, template in ((False, _TEMPLATE), (True, _LEAFLET))
        }

    def print(self, document: Document) -> bytes:
        """The document as a PDF. Raises CannotPrint if it cannot be shown in full."""
        from typst import TypstError

        data = as_json(self._data.of(document))
        try:
            made, warnings = self._compilers[document.leaflet].compile_with_warnings(
                sys_inputs={"paper": data}, pdf_standards=[_STANDARD], timestamp=_NO_TIME
            )
        except TypstError as error:
            raise _refused(error.message) from error
        for warning in warnings:
            raise _refused(warning.message)
        assert isinstance(made, bytes)
        return made


def _refused(reason: str) -> CannotPrint:
    return CannotPrint(f"The PDF could not be set ({reason}). Make HTML instead.")
