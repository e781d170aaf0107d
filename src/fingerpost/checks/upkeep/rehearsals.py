"""FP322 and FP324: made-up cases that cannot be rehearsed to their end as their story tells.

Whether the answers lead to the ending is another check (see ``cases``). News and judgements come up
only in rehearsals.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.case import Case
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.library import Library
from ...model.tree import Question
from ...rehearsal.rehearsal import QuestionStep, Rehearsal
from ...walk.walk import answer_in


def find(library: Library) -> Iterator[Diagnostic]:
    """Each place of a case at which a rehearsal cannot go on by its story, or never comes to."""
    for case in library.cases.values():
        yield from _of(library, case)


def _of(library: Library, case: Case) -> Iterator[Diagnostic]:
    tree = library.trees.get(case.tree)
    if tree is None or tree.step("") is None or not (case.injects or case.judgements):
        return  # the first is another mistake
    way = tuple(Rehearsal.begin(library, case).played_by_the_story())
    for rehearsal in way:
        question = rehearsal.walk.here
        if not (rehearsal.news and isinstance(rehearsal.here, QuestionStep)):
            continue
        if isinstance(question, Question) and answer_in(rehearsal.expected, question) is None:
            yield _not_told(rehearsal, question)
    met = [each.judgement for each in way[-1].judgements]
    for judgement in case.judgements:
        if judgement not in met:
            yield _not_met(case, "this judgement", judgement.after, judgement.ask.span)
    for inject in case.injects:
        if inject not in way[-1].news:
            yield _not_met(case, "this news", inject.after, inject.say.span)


def _not_told(rehearsal: Rehearsal, question: Question) -> Diagnostic:
    return Diagnostic(
        "FP322",
        f"after its news the case “{rehearsal.case.name}” does not answer “{question.name}”",
        rehearsal.news[-1].say.span,
        hint=f"say in the “answers” of the news what “{question.fact}” is",
        related=(Related("this is what is asked then", question.span),),
    )


def _not_met(case: Case, what: str, after: str, span: Span) -> Diagnostic:
    return Diagnostic(
        "FP324",
        f"nobody who rehearses “{case.name}” comes to {what}: its way does not ask for “{after}”",
        span,
        hint="put it after what is asked for, or let the news that turns the way come later",
    )
