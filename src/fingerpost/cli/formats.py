"""The sheet of an ending, from a walk to the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable

from ..model.tree import Outcome
from ..page.page import page
from ..sheets.document import Document
from ..sheets.sheet import Sheet, sheet
from ..walk.resume_code import code_of
from ..walk.walk import Walk
from .context import day_of

FORMATS = ("html", "pdf", "md", "txt")
"""What a sheet can be written in, the usual one first."""

SIZED = ("html", "pdf")
"""Those of them in which letters have a size."""

_SUFFIXES = {"html": "html", "htm": "html", "pdf": "pdf", "md": "md", "txt": "txt"}


def format_of(suffix: str) -> str | None:
    """The format that the end of a file's name asks for, such as ``.html``; None for others."""
    return _SUFFIXES.get(suffix.removeprefix(".").lower())


def can_make_pdf() -> bool:
    """Whether the extra for PDF is installed. It is not loaded to find out."""
    from importlib.util import find_spec

    return find_spec("typst") is not None


def paper_of(
    walk: Walk,
    *,
    audience: str | None = None,
    large: bool = False,
    discreet: bool = False,
    moment: str | None = None,
) -> Document:
    """The sheet of the ending at which a walk stands, with its code.

    ``audience`` is whom the paper is for: None for whoever reads the page. ``moment`` is what
    --now names.
    """
    assert isinstance(walk.here, Outcome)
    discretion = None
    if discreet:
        from ..sheets.discretion import Discretion

        discretion = Discretion.of(walk.library)
    shown = page(walk.library, walk.tree, walk.here, walk.facts)
    how = Sheet(
        audience=audience or shown.reader,
        printed_on=day_of(moment),
        large=large,
        discretion=discretion,
    )
    return sheet(shown, code_of(walk), how)


def renderer(format_: str) -> Callable[[Document], bytes]:
    """What makes a file of any paper in one of FORMATS.

    Raises NoPdf if that is PDF and this computer cannot make one. What it gives raises CannotPrint
    for a paper of which no PDF can be made.
    """
    if format_ == "pdf":
        from ..sheets.formats.pdf import PdfRenderer

        return PdfRenderer().print
    written = _text_in(format_)
    return lambda paper: written(paper).encode()


def _text_in(format_: str) -> Callable[[Document], str]:
    if format_ == "html":
        from ..sheets.formats.html import html

        return html
    if format_ == "md":
        from ..sheets.formats.markdown import markdown

        return markdown
    from ..sheets.formats.text import text

    return text
