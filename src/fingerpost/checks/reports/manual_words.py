"""The manuals of codes: the words that each format of them has."""

from __future__ import annotations

from ...model.diagnostics import Severity

GROUPS = {
    "FP0": "Reading a file",
    "FP1": "The parts of a file",
    "FP2": "Names",
    "FP3": "Paths",
    "FP4": "Care",
}
"""The groups of codes by how their codes begin, and what each is about."""

BAD, GOOD = "Not like this:", "Like this:"

MATTERS = {
    Severity.ERROR: "An error: it has to be mended.",
    Severity.WARNING: "A warning: “fingerpost check --strict” counts it as an error.",
    Severity.NOTICE: "A notice: “fingerpost check --notices” shows it.",
}
"""How much a mistake matters, and what follows from that."""
