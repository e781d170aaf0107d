"""A made-up case: a person's answers, the ending expected, and what a rehearsal tells."""

from __future__ import annotations

from .base import Frozen
from .facts import Facts
from .sentence import Placed, Sentence, Source, Urgency


class Choice(Frozen):
    """One choice of a judgement question: right, wrong or partly right, and why."""

    name: str
    say: Sentence
    verdict: str
    because: Sentence
    source: Source | None = None


class Judgement(Frozen):
    """A question to the trainee that is not a question of the tree. ``after`` names the fact
    after whose answer it is asked, or is empty for the start."""

    ask: Sentence
    choices: tuple[Choice, ...]
    after: str = ""


class Inject(Frozen):
    """News that arrives after the fact ``after`` is answered, and the facts that it changes."""

    after: str
    say: Sentence
    answers: Facts


class Expected(Frozen):
    """Where a case must end, how urgently, and which routes it must and must not show."""

    outcome: str
    urgency: Urgency | None
    routes: tuple[str, ...]
    never: tuple[str, ...]


class Case(Placed):
    """A made-up case: a golden test, a rehearsal and a sample for sign-off."""

    name: str
    tree: str
    story: Sentence
    answers: Facts
    expect: Expected
    judgements: tuple[Judgement, ...] = ()
    injects: tuple[Inject, ...] = ()
