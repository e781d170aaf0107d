"""The manuals of codes: the words that each format of them has."""

from __future__ import annotations

from ...model.diagnostics import Severity

BAD, GOOD = "Not like this:", "Like this:"

MATTERS = {
    Severity.ERROR: "An error: it has to be mended.",
    Severity.WARNING: "A warning: “fingerpost check --strict” counts it as an error.",
    Severity.NOTICE: "A notice: “fingerpost check --notices” shows it.",
}
"""How much a mistake matters, and what follows from that."""
