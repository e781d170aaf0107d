"""The manuals of codes as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.diagnostics import Manual
from ...page.text_layout import GAP, Block, Line, Style, text
from .manual_words import BAD, GOOD, GROUPS, MATTERS

_MARGIN = "    "
_TAB = 4


def one(manual: Manual) -> str:
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


def every(manuals: Iterable[Manual]) -> str:
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
    return text((*blocks, (Line("For more on one of them: fingerpost explain CODE"),)))


def _example(lines: str) -> Iterator[Line]:
    """The lines of an example. One that does not fit is wrapped with a deeper indent."""
    for line in lines.splitlines():
        shown = line.expandtabs(_TAB)
        indent = len(shown) - len(shown.lstrip(" "))
        yield Line(shown, Style.CODE, before=_MARGIN, hang=len(_MARGIN) * 2 + indent)
