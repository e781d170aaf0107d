"""The slides of a rehearsal in a room: few words, and what counts in the heaviest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...page import labels
from ...page.messages import say
from ...page.page import Page
from ...page.text_layout import GAP, Block, Line, Style
from ...rehearsal.answer_key import AGREES
from ...rehearsal.votes import Option, leading

_LONGEST_BAR = 30


def filled_in(answers: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """The questions that the story answers, each with its answer."""
    for asked, said in answers:
        yield (Line(asked), Line(said, Style.TITLE, "  ", 2))
        yield GAP
    yield (Line(say("rehearsal.filled-in")),)


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
    ``revealed`` has a word (RIGHT, WRONG) and a reason for each option; both may be empty. The word
    has a row of its own in bold, and what is right is reversed as well.
    """
    width = len(str(len(offered)))
    lead = leading(offered, hands, many=many)
    most = max(hands, default=0)
    margin = " " * (width + 2)
    for place, option in enumerate(offered):
        word, because = revealed[place] if revealed else ("", "")
        agrees = word in AGREES
        block: Block = (Line(option.says, Style.ITEM, f"{place + 1:>{width}}  ", len(margin)),)
        if hands:
            tied = "rehearsal.vote.most" if len(lead) == 1 else "rehearsal.vote.as-many"
            said = say("rehearsal.vote.takes" if many else tied)
            told = f"{hands[place]} {said}" if place in lead else str(hands[place])
            bar = f"{sign * round(_LONGEST_BAR * hands[place] / most)} " if hands[place] else ""
            heavy = Style.TITLE if agrees else Style.PLAIN
            block = (*block, Line(f"{bar}{told}", heavy, margin, len(margin)))
        if word:
            verdict = Line(word, Style.URGENT if agrees else Style.TITLE, margin)
            why = Line(because, before=margin, hang=len(margin))
            block = (*block, verdict, *((why,) if because else ()))
        yield block
        if revealed or not hands:  # a bar parts what is above it from what is below
            yield GAP


def advice(page: Page) -> Iterator[Block]:
    """An ending for a room: what to do, who can help, and who approved the words."""
    yield (
        Line(labels.urgency(page.urgency), Style.URGENT),
        Line(page.title, Style.TITLE),
    )
    yield GAP
    yield (Line(page.opening),)
    yield GAP
    for number, line in enumerate(page.instructions, 1):
        before = f"{number:>2}  "
        yield (Line(line.text, before=before, hang=len(before)),)
    yield GAP
    for each in page.help:
        titles = (Line(contact.title, before="- ", hang=2) for contact in each.contacts)
        yield (Line(each.heading, Style.HEADING), *titles)
        yield GAP
    yield (Line(labels.reviewed(page), Style.QUIET),)
