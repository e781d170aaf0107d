"""FP417 to FP420: questions and pages that ask more of their reader than ``budgets.yaml`` allows.

Pages are those of the made-up cases: each ending once, with the longest of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from ...model.base import Frozen
from ...model.diagnostics import Diagnostic, Span
from ...model.facts import TELLERS
from ...model.library import Library
from ...model.text_index import free_text
from ...model.tree import Advice, Kind, Outcome, Question
from ...page.page import page
from ...walk.autoplay import play_case
from ..page_length import Length, asks, length_of, words


def find(pages: CasePages) -> Iterator[Diagnostic]:
    """Every question, page and line over its budget."""
    yield from _questions(pages.library)
    yield from _pages(pages)
    yield from _lines(pages.library)


class CasePages:
    """The pages to which the made-up cases lead."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.lengths = tuple(_lengths(library))


class _CasePage(Frozen):
    """The length of the page of a case, for a reader of ``budgets.yaml``."""

    case: str
    ending: Outcome
    reader: str
    length: Length


def _lengths(library: Library) -> Iterator[_CasePage]:
    """Cases that lead to the same page have it made once."""
    made: dict[Hashable, tuple[str, Length]] = {}
    for case in library.cases.values():
        if case.tree in library.trees:
            walk = play_case(library, case)
            if isinstance(walk.here, Outcome):
                same = (walk.tree.name, walk.here.name, *walk.facts.items())
                if same not in made:
                    shown = page(library, walk.tree, walk.here, walk.facts)
                    reader = "under-13" if shown.under_13 else shown.reader
                    made[same] = reader, length_of(shown)
                reader, length = made[same]
                yield _CasePage(case.name, walk.here, reader, length)


def _questions(library: Library) -> Iterator[Diagnostic]:
    most, longest = library.budgets.answers, library.budgets.answer_words
    asked: dict[Span, Question] = {}
    for tree in library.trees.values():
        for question in tree.asked:
            asked.setdefault(question.span, question)
    said: set[Span] = set()
    for question in asked.values():
        listed = max(len(question.listed), *(len(answers) for _, answers in question.listed))
        if listed > most:
            yield Diagnostic(
                "FP417",
                f"“{question.name}” has {listed} answers in one list, and {most} are the most",
                question.span,
                hint="ask in two steps, or give the rare ones a kind of their own",
            )
        lines = (*(kind.say for kind in question.kinds), *(each.say for each in question.answers))
        for line in lines:
            count, text = max((words([free_text(text)]), text) for text in line.texts)
            if count > longest and line.span not in said:
                said.add(line.span)
                yield Diagnostic(
                    "FP417",
                    f"this answer has {count} words, and {longest} are the most",
                    line.place_of(text),
                    hint="say it in a few words; what it means can stand in “why”",
                )


def _pages(pages: CasePages) -> Iterator[Diagnostic]:
    budgets = pages.library.budgets
    longest: dict[tuple[Span, str], _CasePage] = {}
    for each in pages.lengths:
        before = longest.setdefault((each.ending.span, each.reader), each)
        if before.length.whole < each.length.whole:
            longest[each.ending.span, each.reader] = each
    for (span, reader), each in longest.items():
        for what, count, most in (
            ("words on its first screen", each.length.first, budgets.first_screen[reader]),
            ("words in all", each.length.whole, budgets.whole_page[reader]),
            ("parts", each.length.parts, budgets.parts),
        ):
            if count > most:
                yield Diagnostic(
                    "FP418",
                    f"the page “{each.ending.name}” has {count} {what} for {reader}, and {most} "
                    f"are the most: case {each.case}",
                    span,
                    hint="say what is true for this person; the rest is an answer, or goes",
                )


def _lines(library: Library) -> Iterator[Diagnostic]:
    for line in {line.say.span: line for line in library.lines}.values():
        if asking := next(filter(asks, line.say.texts), None):
            yield Diagnostic(
                "FP419",
                "this line asks its reader something",
                line.say.place_of(asking),
                hint="a condition is a “when”, or a title: write “ask” beside “know”",
            )
        if line.kind is Kind.DONT and line.already is None and _is_told(line):
            yield Diagnostic(
                "FP420",
                "this line has no way back for someone who has done it",
                line.say.span,
                hint="add “already”, with what they have done and what to do now",
            )


def _is_told(line: Advice) -> bool:
    """Whether a line is for a young person or a parent."""
    tests = (values for when in line.whens for fact, values in when.tests if fact == "teller")
    return all(not values.isdisjoint(TELLERS[:2]) for values in tests)
