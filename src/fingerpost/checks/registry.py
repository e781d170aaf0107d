"""The names of all checks, in groups by what each is given.

A check is a module of this package with a function ``find``, which yields every mistake of its kind
in any order. To add one is to write its file, the manual of its code in ``model/codes``, and one
line below. A walk never imports checks, so one may be slow and import what only it needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from ..model.diagnostics import Diagnostic

OF_ANY = (
    "content.contacts",
    "structure.circles",
)
"""Checks of a library that may have other errors: ``find(library)``."""

OF_PATHS = (
    "safety.rules",
    "safety.unserved",
    "safety.contracts",
    "safety.open_at_night",
    "safety.danger_first",
    "safety.not_sure_as_urgent",
    "safety.named_services",
    "safety.absent_services",
    "structure.never_shown",
    "structure.never_asked",
    "structure.no_advice",
    "structure.unreached",
    "structure.no_difference",
    "structure.ambiguous_facts",
    "structure.tree_links",
)
"""Checks of all paths of a sound library, one without a reading error and without a cycle:
``find(proofs)``. They share one exploration of its paths."""

OF_SOUND_PATHS = ("upkeep.cases",)
"""Checks of a library on whose paths nothing is wrong: ``find(library)``."""

OF_SOUND = (
    "upkeep.rehearsals",
    "upkeep.scenes",
    "content.not_sure",
    "upkeep.hazards",
    "upkeep.languages",
    "content.doors",
)
"""Checks of the files and cases of a sound library: ``find(library)``."""

OF_WORDS = (
    "content.sentences",
    "content.services",
    "content.glossary",
    "content.reading_age",
    "content.unsafe_lines",
)
"""Checks of the sentences of a sound library: ``find(wording)``. They share one index of them."""

OF_PAGES = ("content.budgets",)
"""Checks of the pages to which the cases of a sound library lead: ``find(pages)``."""

DATED = ("upkeep.overdue",)
"""Checks of a sound library on a day: ``find(library, today)``."""


def find(group: tuple[str, ...], *given: object) -> Iterator[Diagnostic]:
    """The mistakes that each check of a group finds in what it is given."""
    for name in group:
        yield from import_module(f".{name}", __package__).find(*given)
