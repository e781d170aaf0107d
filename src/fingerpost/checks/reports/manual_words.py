"""The words that the manuals of codes have in every format."""

from __future__ import annotations

from ...model.diagnostics import Severity

GROUPS = {
    "FP0": "Reading a file",
    "FP1": "The parts of a file",
    "FP2": "Names",
    "FP3": "Paths",
    "FP4": "Care",
}
"""The groups of codes by prefix, each with its title."""

BAD, GOOD = "Not like this:", "Like this:"

MATTERS = {
    Severity.ERROR: "An error: it has to be mended.",
    Severity.WARNING: "A warning: “fingerpost check --strict” counts it as an error.",
    Severity.NOTICE: "A notice: “fingerpost check --notices” shows it.",
}
"""What each severity means in practice."""
