"""The formats of a document: each is a module of this package and a line of FORMATS, and no more.

The module has a function ``renderer``, without arguments, which gives what turns any document into
the bytes of a file. It is loaded when it is asked for: most commands need one of them, or none.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TypeAlias

from ...model.base import Frozen
from ..document import Document

Renderer: TypeAlias = Callable[[Document], bytes]


class NotInstalled(Exception):
    """This computer lacks what a format needs. The message says what to do."""


class CannotPrint(Exception):
    """A document cannot be written in a format. The message says why, and what to do."""


class Format(Frozen):
    """A format in which a document can be written.

    ``suffix`` is its name and the end of its files, and ``also`` are other ends that ask for it.
    ``module`` is the module of this package that writes it, and ``needs`` a package that may be
    missing. ``sized``: letters have a size, so they can be large. ``binary``: no terminal can show
    it. ``offered``: whoever is at the end of a walk can save it there.
    """

    suffix: str
    module: str
    also: tuple[str, ...] = ()
    sized: bool = False
    binary: bool = False
    offered: bool = False
    needs: str = ""

    @property
    def available(self) -> bool:
        """Whether what it needs is installed. That is not loaded to find out."""
        return not self.needs or find_spec(self.needs) is not None

    def renderer(self) -> Renderer:
        """What writes documents. One that is kept for many may write each of them sooner.

        Raises NotInstalled if it is not available. What it gives raises CannotPrint for a document
        that cannot be written so.
        """
        found: Renderer = import_module(f"{__name__}.{self.module}").renderer()
        return found


FORMATS = (
    Format("html", "html", also=("htm",), sized=True, offered=True),
    Format("pdf", "pdf", sized=True, binary=True, offered=True, needs="typst"),
    Format("md", "markdown"),
    Format("txt", "text"),
)
"""Every format, the usual one first."""


def named(name: str) -> Format:
    """The format of this name. Raises KeyError if there is none."""
    return {each.suffix: each for each in FORMATS}[name]


def of_suffix(suffix: str) -> Format | None:
    """The format that the end of a file's name asks for, such as ``.html``; None for others."""
    asked = suffix.removeprefix(".").lower()
    return next((each for each in FORMATS if asked in (each.suffix, *each.also)), None)
