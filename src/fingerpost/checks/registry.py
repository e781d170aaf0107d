"""What ``check`` looks for beyond reading: one room for each kind of mistake, one file each.

To add a check is to write its file here, the manual of its code in ``codes/``, and one line below:
its name, in the group of what it asks for. A walk never comes in here, so a check may be slow and
may import what only it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import date

    from ..model.diagnostics import Diagnostic
    from ..model.library import Library
    from ..model.text_index import Wording
    from ..proof.prover import Proofs

OF_ANY = (
    "content.contacts",
    "structure.circles",
)
"""Make sense of a library whatever else is wrong with it. Each has ``find(library)``."""

OF_PATHS = (
    "safety.rules",
    "safety.unserved",
    "safety.contracts",
    "safety.open_at_night",
    "safety.danger_first",
    "safety.not_sure_as_urgent",
    "safety.named_services",
    "structure.never_shown",
    "structure.never_asked",
    "structure.no_advice",
    "structure.unreached",
    "structure.no_difference",
    "structure.ambiguous_facts",
    "structure.tree_links",
)
"""Ask what follows on every path of a sound library: one that reads without an error and leads in
no circle. Each has ``prove(proofs)``: they share what is worked out about its paths."""

OF_SOUND = (
    "upkeep.cases",
    "upkeep.rehearsals",
    "content.not_sure",
    "upkeep.unused_sources",
    "content.screen_fit",
)
"""Read the files and cases of a sound library. Each has ``find(library)``."""

OF_WORDS = (
    "content.sentences",
    "content.services",
    "content.glossary",
    "content.reading_age",
)
"""Read what a sound library says. Each has ``read(wording)``: they share its words."""

DATED = (
    "upkeep.overdue",
    "upkeep.bank_holidays",
)
"""Judge a sound library by the day. Each has ``find(library, today)``."""


class Check(Protocol):
    """A module of this package."""

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

    def find(self, library: Library, today: date) -> tuple[Diagnostic, ...]:
        """Every mistake of this kind in a library on a day."""


def of_any() -> tuple[Check, ...]:
    """The checks of ``OF_ANY``."""
    return tuple(map(_check, OF_ANY))


def of_paths() -> tuple[PathCheck, ...]:
    """The checks of ``OF_PATHS``."""
    return tuple(map(_check, OF_PATHS))


def of_sound() -> tuple[Check, ...]:
    """The checks of ``OF_SOUND``."""
    return tuple(map(_check, OF_SOUND))


def of_words() -> tuple[WordCheck, ...]:
    """The checks of ``OF_WORDS``."""
    return tuple(map(_check, OF_WORDS))


def dated() -> tuple[DatedCheck, ...]:
    """The checks of ``DATED``."""
    return tuple(map(_check, DATED))


def every() -> tuple[Check, ...]:
    """All checks that hold on any day."""
    return (*of_any(), *of_paths(), *of_sound(), *of_words())


def _check(name: str) -> Any:  # a module; what it has to have, its group says
    return import_module(f".{name}", __package__)
