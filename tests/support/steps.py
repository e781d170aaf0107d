"""Made-up libraries of few steps, which may be odder than any reader would let in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence, Urgency
from fingerpost.model.tree import Answer, CarryOn, Outcome, Question, Target, Tree

HERE = Span.start_of("made-up")


def target(to: str) -> Target:
    """``end`` is a step of the tree ``t``, ``other/end`` one of another tree."""
    tree, _, step = to.rpartition("/")
    return Target(tree or "t", step, span=HERE)


def asked(
    name: str,
    goto: Mapping[str, str],
    *,
    fact: str = "",
    many: bool = False,
    alone: Sequence[str] = (),
    always_ask: bool = False,
    words: str = "",
) -> Question:
    answers = (
        Answer(value, Sentence(words or value, span=HERE), target(to), value in alone, span=HERE)
        for value, to in goto.items()
    )
    return Question(
        name=name,
        fact=fact or name,
        ask=Sentence(words or f"{name}?", span=HERE),
        why=None,
        note=None,
        answers=tuple(answers),
        many=many,
        always_ask=always_ask,
        span=HERE,
    )


def end(
    name: str,
    onward: str = "",
    sets: Mapping[str, str] | None = None,
    *,
    urgency: Urgency = Urgency.SOON,
    words: str = "",
) -> Outcome:
    known = {fact: frozenset({value}) for fact, value in (sets or {}).items()}
    say = Sentence(words or name, span=HERE)
    carry_on = CarryOn(Sentence(words or "Go on", span=HERE), target(onward), known, span=HERE)
    return Outcome(
        name=name,
        title=say,
        urgency=urgency,
        open=say,
        advice=(),
        needs=(),
        carry_on=carry_on if onward else None,
        span=HERE,
    )


def tree(
    name: str,
    *steps: Question | Outcome,
    knows: Mapping[str, str] | None = None,
    start: str = "",
    words: str = "",
) -> Tree:
    return Tree(
        name=name,
        title=Sentence(words or name, span=HERE),
        about=Sentence(name, span=HERE),
        review_by=date(2027, 1, 1),
        sources={},
        given={fact: frozenset({value}) for fact, value in (knows or {}).items()},
        start=start or steps[0].name,
        questions={step.name: step for step in steps if isinstance(step, Question)},
        outcomes={step.name: step for step in steps if isinstance(step, Outcome)},
        span=HERE,
    )


def library(*trees: Tree, shared: Sequence[Question] = ()) -> Library:
    return Library(
        trees={each.name: each for each in trees},
        questions={question.fact: question for question in shared},
        advice={},
        always=(),
        needs={},
        words={},
        routes={},
    )
