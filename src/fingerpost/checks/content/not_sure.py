"""Can somebody who does not know the answer say so?

“Not sure” is always fair, and is treated with care. Who reads is the one thing that everybody
knows of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic
from ...model.facts import NOT_SURE

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.tree import Advice, Need, Question
    from ...model.when import When

_KNOWN_TO_ALL = "teller"


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Every question whose answer changes something and that lacks ``not-sure``.

    A shared question is a mistake once, where its words are; if only one tree leaves ``not-sure``
    out, there.
    """
    read = frozenset(fact for when in _conditions(library) for fact in when.facts)
    found: dict[Question, None] = {}
    for tree in library.trees.values():
        for asked in tree.questions.values():
            if asked.fact == _KNOWN_TO_ALL or asked.answer(NOT_SURE) or len(asked.answers) < 2:
                continue  # fewer than two answers are FP110, or could not be read
            ways = {answer.goto for answer in asked.answers}
            if asked.fact in read or len(ways) > 1:
                shared = library.questions.get(asked.fact)
                found[asked if shared is None or shared.answer(NOT_SURE) else shared] = None
    mistakes = [_missing(question) for question in found]
    return tuple(sorted(mistakes, key=lambda mistake: mistake.order))


def _missing(question: Question) -> Diagnostic:
    return Diagnostic(
        "FP401",
        f"nobody can answer “{question.name}” with “not-sure”, and its answer changes something",
        question.span,
        hint="add the answer not-sure, and treat it with as much care as the worst of the others",
    )


def _conditions(library: Library) -> Iterator[When]:
    """Every condition by which something is shown or not."""
    yield from _of_advice((*library.advice.values(), *library.opening))
    for entry in library.always:
        yield from (entry.when, *([entry.unless] if entry.unless else []))
        yield from _of_advice(entry.advice)
        yield from _of_needs(entry.needs)
    for route in library.routes.values():
        yield from (*route.whens, *([route.unless] if route.unless else []))
    for tree in library.trees.values():
        for outcome in tree.outcomes.values():
            yield from _of_advice(outcome.advice)
            yield from _of_needs(outcome.needs)


def _of_advice(lines: tuple[Advice, ...]) -> Iterator[When]:
    for line in lines:
        yield from (*line.whens, *([line.unless] if line.unless else []))


def _of_needs(needs: tuple[Need, ...]) -> Iterator[When]:
    return (need.when for need in needs)
