"""What every code means to somebody who writes trees: why it matters, a bad and a good example.

The manuals of a check stand beside the check. What reading a library finds has no such room, so
its manuals are here: one file for each group of codes.

The first line of an example says where its lines belong. ``# FILE`` is a whole file; ``# FILE, at
its top`` and ``# FILE, in KEY`` stand below nothing or below that key, in place of what has the
same names there. ``# and 9 more like it`` repeats the line above. All of it is true:
``tests/checks/test_manuals.py`` lays each example over a small library and checks that.
"""

from __future__ import annotations

from ..model.diagnostics import Severity
from .registry import Manual as Manual

GROUPS = {
    "FP0": "Reading a file",
    "FP1": "The parts of a file",
    "FP2": "Names",
    "FP3": "Paths",
    "FP4": "Care",
}
"""The groups of codes by how their codes begin, and what each is about."""

_WARNINGS = frozenset(
    {
        *("FP012", "FP217", "FP218", "FP309", "FP311", "FP313", "FP314", "FP321"),
        *("FP322", "FP324"),
        *("FP401", "FP402", "FP404", "FP405", "FP406", "FP407", "FP410", "FP411"),
    }
)
_NOTICES = frozenset({"FP305", "FP403", "FP408", "FP409"})


def every() -> tuple[Manual, ...]:
    """The manual of every code, in the order of the codes."""
    from . import manuals_names, manuals_reading, manuals_shape, registry

    found = [*manuals_reading.MANUALS, *manuals_shape.MANUALS, *manuals_names.MANUALS]
    found += (manual for check in registry.every() for manual in check.MANUALS)
    found += (manual for check in registry.dated() for manual in check.MANUALS)
    return tuple(sorted(found, key=lambda manual: manual.code))


def severity(code: str) -> Severity:
    """How much a mistake of this code matters; where it may matter less, its manual says so."""
    if code in _WARNINGS:
        return Severity.WARNING
    return Severity.NOTICE if code in _NOTICES else Severity.ERROR
