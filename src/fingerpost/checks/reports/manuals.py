"""The manuals of codes, as plain text for a terminal and as a page of Markdown."""

from __future__ import annotations

import re
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


_NOT_WORDS = re.compile(r"https?://\S+|[\\`*_\[\]<>&|~]")
"""An address, which would become a link, or a character that Markdown gives a meaning."""


def as_markdown(manual: Manual) -> str:
    """All that a manual says of its code, below a heading."""
    return "\n".join(_lines(manual))


def _lines(manual: Manual) -> Iterator[str]:
    yield f"### {manual.code}: {_plain(manual.title)}\n"
    yield f"*{MATTERS[manual.severity]}*\n"
    yield f"{_plain(manual.why)}\n"
    for heading, lines in ((BAD, manual.bad), (GOOD, manual.good)):
        yield f"{heading}\n\n```yaml\n{lines.rstrip()}\n```\n"


def _plain(text: str) -> str:
    """Escape text, so that no character in it is markup and no address a link."""
    return _NOT_WORDS.sub(lambda found: f"`{found[0]}`" if found[0][1:] else f"\\{found[0]}", text)
