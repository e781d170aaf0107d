"""What ``check`` looks for beyond reading: one room for each kind of mistake, one file each.

A walk never comes in here, so a check may be slow and may import what only it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

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


class DatedCheck(Protocol):
    """A check that also needs to know which day it is."""

    @property
    def MANUALS(self) -> tuple[Manual, ...]:  # noqa: N802 - in a module it is a constant
        """As of any check."""

    def find(self, library: Library, today: date) -> tuple[Diagnostic, ...]:
        """Every mistake of this kind in a library on a day."""


def of_any() -> tuple[Check, ...]:
    """Checks that make sense of a library whatever else is wrong with it."""
    from . import circles, contacts

    return (contacts, circles)


def of_sound() -> tuple[Check, ...]:
    """Checks of a library that reads without an error and leads in no circle."""
    from . import (
        answers,
        cases,
        contracts,
        hard_words,
        not_sure,
        open_at_night,
        reading_age,
        rules,
        sentences,
        services,
        sources,
        unreached,
        unserved,
    )

    return (
        *(unreached, unserved, contracts, open_at_night, rules, cases),
        *(not_sure, sources, sentences, services, hard_words, answers, reading_age),
    )


def every() -> tuple[Check, ...]:
    """All checks that hold on any day, imported only when somebody asks."""
    return (*of_any(), *of_sound())


def dated() -> tuple[DatedCheck, ...]:
    """Checks of a sound library of which the day decides."""
    from . import review

    return (review,)
