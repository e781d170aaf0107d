"""The slides of a rehearsal in a room: short rows, to be read from a distance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...page import labels
from ...page.messages import say
from ...page.page import Page
from ...page.text_layout import GAP, Block, Line, Style, wrap
from ...rehearsal.votes import Option, leading

WIDEST = 44
"""Columns of text in a row. The terminal's own font size makes the letters larger."""

_MARGIN = "  "
_LONGEST_BAR = 30


def large(text: str, style: Style = Style.PLAIN, *, far: bool) -> Iterator[Block]:
    """A text in short rows; ``far``: with an empty row after each."""
    rows = close(text, style)
    for block in [(row,) for row in rows] if far else [rows]:
        yield block
        yield GAP


def close(text: str, style: Style = Style.PLAIN, before: str = "", hang: int = 0) -> Block:
    """A text in short rows that are never separated."""
    rows = wrap(Line(text, before=before, hang=hang), WIDEST)
    return tuple(Line(row, style, before=_MARGIN) for row in rows)


def narrow(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks of the usual width, wrapped again into short rows."""
    for block in blocks:
        rows = [(line, row) for line in block for row in wrap(line, WIDEST)]
        yield tuple(Line(row, line.style, before=_MARGIN if row else "") for line, row in rows)


def options(
    offered: Sequence[Option],
    hands: Sequence[int],
    *,
    many: bool,
    sign: str,
    revealed: Sequence[tuple[str, str]] = (),
) -> Iterator[Block]:
    """Options numbered from 1, with a bar chart of the votes if hands were counted.

    A bar is a row of ``sign`` followed by the number, so it does not depend on colour.
    ``revealed`` has a word (RIGHT, WRONG) and a reason for each option; both may be empty.
    """
    width = len(str(len(offered)))
    lead = leading(offered, hands, many=many)
    most = max(hands, default=0)
    margin = " " * (width + 2)
    for place, option in enumerate(offered):
        block = close(option.says, Style.SERVICE, f"{place + 1:>{width}}  ", len(margin))
        if hands:
            tied = "rehearsal.vote.most" if len(lead) == 1 else "rehearsal.vote.as-many"
            said = say("rehearsal.vote.takes" if many else tied)
            told = f"{hands[place]} {said}" if place in lead else str(hands[place])
            bar = f"{sign * round(_LONGEST_BAR * hands[place] / most)} " if hands[place] else ""
            block = (*block, Line(f"{bar}{told}", before=f"{_MARGIN}{margin}"))
        if revealed:
            word, because = revealed[place]
            shown = close(
                f"{word}. {because}" if because else word, Style.PLAIN, margin, len(margin)
            )
            block = (*block, *(shown if word else ()))
        yield block
        yield GAP


def advice(page: Page, *, far: bool) -> Iterator[Block]:
    """An ending for a room: what to do, who can help, and who approved the words."""
    yield (
        Line(labels.urgency(page.urgency), Style.URGENT, before=_MARGIN),
        *close(page.title, Style.TITLE),
    )
    yield GAP
    yield from large(page.opening, far=far)
    for number, line in enumerate(page.instructions, 1):
        before = f"{number:>2}  "
        yield close(line.text, before=before, hang=len(before))
        yield GAP
    for each in page.help:
        titles = [contact.title for contact in each.contacts]
        first, *rest = [close(title, before="- ", hang=2) for title in titles]
        yield (*close(each.heading, Style.HEADING), *first, *(line for one in rest for line in one))
        yield GAP
    yield close(labels.reviewed(page), Style.QUIET)
