"""The manuals of codes, as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.diagnostics import Manual, Severity
from ...page.text_layout import GAP, Block, Line, Style, text

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


_MARGIN = "    "
_TAB = 4


def as_text(manual: Manual) -> str:
    """All that a manual says of its code."""
    return text(
        (
            (Line(f"{manual.code}: {manual.title}", Style.TITLE),),
            (Line(MATTERS[manual.severity]),),
            GAP,
            (Line(manual.why),),
            GAP,
            (Line(BAD, Style.HEADING),),
            tuple(_example(manual.bad)),
            GAP,
            (Line(GOOD, Style.HEADING),),
            tuple(_example(manual.good)),
        )
    )


def all_as_text(manuals: Iterable[Manual]) -> str:
    """Every code with its title, group by group."""
    known = tuple(manuals)
    blocks: list[Block] = []
    for begins, title in GROUPS.items():
        codes = (manual for manual in known if manual.code.startswith(begins))
        blocks += [
            (Line(title, Style.HEADING),),
            tuple(Line(f"{manual.code}  {manual.title}", hang=len("FP000  ")) for manual in codes),
            GAP,
        ]
    return text((*blocks, (Line("For more on one of them: fingerpost check --explain CODE"),)))


def _example(lines: str) -> Iterator[Line]:
    """The lines of an example. One that does not fit is wrapped with a deeper indent."""
    for line in lines.splitlines():
        shown = line.expandtabs(_TAB)
        indent = len(shown) - len(shown.lstrip(" "))
        yield Line(shown, Style.CODE, before=_MARGIN, hang=len(_MARGIN) * 2 + indent)
