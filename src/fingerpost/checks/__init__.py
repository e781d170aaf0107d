"""What ``check`` looks for beyond reading: one room for each kind of mistake, one file each.

A walk never comes in here, so a check may be slow and may import what only it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..diagnostics import Diagnostic
    from ..model import Library


@dataclass(frozen=True, slots=True)
class Manual:
    """What one code means. ``bad`` and ``good`` are lines of YAML, and a test holds them to it."""

    code: str
    title: str
    why: str
    bad: str
    good: str


class Check(Protocol):
    """A module of this package: the manuals of its codes, and the search for their mistakes."""

    @property
    def MANUALS(self) -> tuple[Manual, ...]:  # noqa: N802 - in a module it is a constant
        """One for each code that ``find`` can report, in the order of the codes."""

    def find(self, library: Library) -> tuple[Diagnostic, ...]:
        """Every mistake of this kind in a library, in the order in which a reader meets them."""


def every() -> tuple[Check, ...]:
    """All checks, imported only when somebody asks."""
    from . import circles, contacts

    return (contacts, circles)
