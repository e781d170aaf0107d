"""A paper as a PDF that can be read aloud, set by typst.

The template ``paper.typ`` is a fixed file of the package. Texts reach it as data (``manuscript``)
and never become part of it, so none of them can do anything. The same paper gives the same bytes,
which tell neither who made them nor when.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...model.base import as_json
from ..document import Document
from . import CannotPrint, NotInstalled, Renderer
from .glyphs import LETTERS
from .pdf_data import PdfData

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "paper.typ"
_FONTS = _HERE / "fonts"

_STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1). Asked for this, typst refuses to write what cannot be read aloud."""

_NO_TIME = 0
"""Seconds since 1970, for whatever would hold a time: typst would look at the clock."""


def renderer() -> Renderer:
    """As ``Format.renderer`` says."""
    return PdfRenderer().print


class PdfRenderer:
    """Makes papers into PDFs. One that is kept for many papers makes each of them sooner."""

    __slots__ = ("_compiler", "_editor")

    def __init__(self) -> None:
        """Raises NotInstalled where typst is not installed."""
        try:
            from typst import Compiler, Fonts
        except ImportError as error:
            raise NotInstalled(
                'To make PDFs, install what they need: pip install "fingerpost[pdf]". '
                "Or make HTML: a browser prints it well."
            ) from error
        self._editor = PdfData(LETTERS)
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

    def print(self, paper: Document) -> bytes:
        """The paper as a PDF. Raises CannotPrint if that would not show all of it."""
        from typst import TypstError

        data = as_json(self._editor.manuscript(paper))
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


def _refused(reason: str) -> CannotPrint:
    return CannotPrint(f"The PDF could not be set ({reason}). Make HTML instead.")
