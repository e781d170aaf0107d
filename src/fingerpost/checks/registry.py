"""What ``check`` looks for beyond reading: one room for each kind of mistake, one file each.

A walk never comes in here, so a check may be slow and may import what only it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..model.base import Frozen

if TYPE_CHECKING:
    from datetime import date

    from ..model.diagnostics import Diagnostic
    from ..model.library import Library
    from ..model.text_index import Wording
    from ..proof.prover import Proofs


class Manual(Frozen):
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


class PathCheck(Check, Protocol):
    """A check of what follows on every path."""

    def prove(self, proofs: Proofs) -> tuple[Diagnostic, ...]:
        """As ``find``, of a library whose ways through are worked out already."""


class WordCheck(Check, Protocol):
    """A check of what is said."""

    def read(self, wording: Wording) -> tuple[Diagnostic, ...]:
        """As ``find``, of a library whose words are gathered already."""


class DatedCheck(Protocol):
    """A check that also needs to know which day it is."""

    @property
    def MANUALS(self) -> tuple[Manual, ...]:  # noqa: N802 - in a module it is a constant
        """As of any check."""

    def find(self, library: Library, today: date) -> tuple[Diagnostic, ...]:
        """Every mistake of this kind in a library on a day."""


def of_any() -> tuple[Check, ...]:
    """Checks that make sense of a library whatever else is wrong with it."""
    from .content import contacts
    from .structure import circles

    return (contacts, circles)


def of_paths() -> tuple[PathCheck, ...]:
    """Checks of every path of a library that reads without an error and leads in no circle.

    They share what is worked out about its ways.
    """
    from .safety import (
        contracts,
        danger_first,
        named_services,
        not_sure_as_urgent,
        open_at_night,
        rules,
        unserved,
    )
    from .structure import (
        ambiguous_facts,
        never_asked,
        never_shown,
        no_advice,
        no_difference,
        tree_links,
        unreached,
    )

    return (
        *(
            rules,
            unserved,
            contracts,
            open_at_night,
            danger_first,
            not_sure_as_urgent,
            named_services,
        ),
        *(
            never_shown,
            never_asked,
            no_advice,
            unreached,
            no_difference,
            ambiguous_facts,
            tree_links,
        ),
    )


def of_sound() -> tuple[Check, ...]:
    """Checks of such a library that read its files and cases."""
    from .content import not_sure, screen_fit
    from .upkeep import cases, rehearsals, unused_sources

    return (cases, rehearsals, not_sure, unused_sources, screen_fit)


def of_words() -> tuple[WordCheck, ...]:
    """Checks of what such a library says. They share its words, gathered once."""
    from .content import glossary, reading_age, sentences, services

    return (sentences, services, glossary, reading_age)


def every() -> tuple[Check, ...]:
    """All checks that hold on any day, imported only when somebody asks."""
    return (*of_any(), *of_paths(), *of_sound(), *of_words())


def dated() -> tuple[DatedCheck, ...]:
    """Checks of a sound library of which the day decides."""
    from .upkeep import overdue

    return (overdue,)
