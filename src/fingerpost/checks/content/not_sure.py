"""FP401: questions that matter and that cannot be answered with “not sure”.

“Not sure” is always a fair answer, and is treated with care. Only the question who is reading needs
no such answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostics import Diagnostic, Span
from ...model.facts import NOT_SURE
from ...model.library import Library
from ...model.tree import Question
from ...proof.dependencies import Dependencies, conditions, of
from ...proof.formula import Test

_KNOWN_TO_ALL = "teller"


def find(library: Library) -> Iterator[Diagnostic]:
    """Every question whose answer changes something and that lacks ``not-sure``.

    A shared question is reported once, where its words are; where only one tree leaves ``not-sure``
    out, in that tree.
    """
    read = frozenset(test.fact for test in _tests(library))
    found: dict[Span, Question] = {}
    for tree in library.trees.values():
        for asked in tree.asked:
            if asked.fact == _KNOWN_TO_ALL or asked.answer(NOT_SURE):
                continue
            if asked.many and any(answer.alone for answer in asked.answers):
                continue  # whoever ticks nothing of it says so with the answer that stands alone
            if len(asked.answers) < 2:
                continue  # fewer than two answers are FP110, or could not be read
            ways = {answer.goto for answer in asked.answers}
            if asked.fact in read or len(ways) > 1:
                shared = library.questions.get(asked.fact)
                lacking = asked if shared is None or shared.answer(NOT_SURE) else shared
                found[lacking.span] = lacking
    yield from map(_mistake, found.values())


def _mistake(question: Question) -> Diagnostic:
    return Diagnostic(
        "FP401",
        f"“{question.name}” has no answer “not-sure”, and a page depends on what is answered",
        question.span,
        hint="add the answer not-sure, and treat it with as much care as the worst of the others",
    )


def _tests(library: Library) -> Iterator[Test]:
    """Every test that decides whether something is shown."""
    dependencies = Dependencies(library)
    yield from dependencies.shared()
    for line in (*library.advice.values(), *library.opening):
        yield from conditions(line.whens, line.unless)
    for _, need in dependencies.needs:
        yield from of(need.when)
    for _, line in dependencies.lines:
        yield from conditions(line.whens, line.unless)
