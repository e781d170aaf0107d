"""The formats of a document: each is a module of this package and an entry of FORMATS.

The module has a function ``renderer`` without arguments, which returns a function from documents to
the bytes of a file. Modules are imported on demand, since most commands need at most one.
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
    """A package that a format needs is missing. The message says what to do."""


class CannotPrint(Exception):
    """A document cannot be written in a format. The message says why, and what to do."""


class Format(Frozen):
    """A format in which a document can be written.

    ``suffix`` is its name and file suffix, and ``also`` are other suffixes that select it.
    ``module`` is the module of this package that writes it, and ``needs`` a package that may be
    missing. ``sized``: it has large print. ``binary``: no terminal can show it. ``offered``: users
    can save it at the end of a walk.
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
        """Whether the package that it needs is installed, found without importing it."""
        return not self.needs or find_spec(self.needs) is not None

    def renderer(self) -> Renderer:
        """The function that writes documents; reuse it for many, since it may cache.

        Raises NotInstalled if the format is not available. The function raises CannotPrint for a
        document that cannot be written in it.
        """
        found: Renderer = import_module(f"{__name__}.{self.module}").renderer()
        return found


FORMATS = (
    Format("html", "html", also=("htm",), sized=True, offered=True),
    Format("pdf", "pdf", sized=True, binary=True, offered=True, needs="typst"),
    Format("md", "markdown"),
    Format("txt", "text"),
)
"""Every format, the default first."""


def named(name: str) -> Format:
    """The format of this name. Raises KeyError if there is none."""
    return {each.suffix: each for each in FORMATS}[name]


def of_suffix(suffix: str) -> Format | None:
    """The format of a file suffix such as ``.html``; None for others."""
    asked = suffix.removeprefix(".").lower()
    return next((each for each in FORMATS if asked in (each.suffix, *each.also)), None)
