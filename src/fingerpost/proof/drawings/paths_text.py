"""Path counts and paths as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...model.library import Library
from ...model.sanitize import one_line
from ..path_count import Counted, Ending, Path
from .path_words import digits, known, said

_MOST_DIGITS = 15
"""Numbers of more digits are rounded."""


def counted(library: Library, found: Counted) -> str:
    """Every ending with its number of paths, for whom it is, and a shortest path."""
    return "\n".join(_lines(library, found)) + "\n"


def one(library: Library, path: Path) -> str:
    """A path on one line: the ending, then the replies."""
    return one_line(f"{path.tree}/{path.outcome.name}: {' '.join(said(library, path))}".rstrip())


def _lines(library: Library, found: Counted) -> Iterator[str]:
    paths = "1 path" if found.paths == 1 else f"{_number(found.paths)} paths"
    endings = sum(ending.paths > 0 for ending in found.endings)
    yield one_line(f"{found.tree}: {paths} to {endings} ending{'s' * (endings != 1)}")
    if found.given:
        yield one_line(f"Known beforehand: {' '.join(known(found.given))}")
    for ending in found.endings:
        yield ""
        yield from _ending(library, ending)


def _ending(library: Library, ending: Ending) -> Iterator[str]:
    yield one_line(f"{ending.tree}/{ending.outcome.name}: {ending.outcome.title.read_by(None)}")
    if ending.shortest is None:
        yield "  Nobody comes here."
        return
    yield f"  paths:    {_number(ending.paths)}"
    yield one_line(f"  for:      {' '.join(known(ending.people)) or 'anyone'}")
    shortest = " ".join(said(library, ending.shortest)) or "no question is asked"
    yield one_line(f"  shortest: {shortest}")


def _number(number: int) -> str:
    written = digits(number)
    if len(written) <= _MOST_DIGITS:
        return f"{number:,}"
    front, _, power = f"{Decimal(number):.2e}".partition("e+")
    return f"about {front} × 10^{power}"
