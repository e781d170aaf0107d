"""What a library means: trees, questions, endings, advice, needs, routes, rules and cases.

Everything here is frozen. Each value knows its place in the author's file (``span``), and the
place is no part of what it is: two values that say the same are equal wherever they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from .base import Frozen
from .facts import Facts
from .sentence import Placed, Sentence, Source, Urgency


class When(Frozen):
    """Every fact named must hold; for each, any one of the listed values is enough.

    A fact that has not been asked does not hold. The empty condition always holds.
    """

    tests: tuple[tuple[str, frozenset[str]], ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether this condition is met by what is known."""
        return all(
            fact in facts and not wanted.isdisjoint(facts[fact]) for fact, wanted in self.tests
        )

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the facts that this condition reads, in the order written."""
        return tuple(fact for fact, _ in self.tests)


ALWAYS = When()


class Kind(StrEnum):
    """What a line of advice asks: do this, don't do that, know this, or a word to the worker."""

    DO = "do"
    DONT = "dont"
    KNOW = "know"
    WORKER = "worker"


class Target(Placed):
    """Where an answer leads: a step of a tree. An empty ``step`` is the tree's start."""

    tree: str
    step: str


class Answer(Placed):
    """One answer: the value that its question's fact takes, the words, and the way on.

    ``alone`` marks an answer of a ``many`` question that excludes the others. ``goto`` is None
    only in the shared wording of a question, which has no routing.
    """

    value: str
    say: Sentence
    goto: Target | None
    alone: bool = False


class Question(Placed):
    """A question: it sets ``fact`` to the chosen answer, or answers where ``many``.

    ``always_ask`` means that in a walk only the person's own answer counts, never a given one.
    ``not_sure_as`` are the answers after which people are helped as carefully as those need who
    are not sure; empty where the file does not say.
    ``shared`` says that the words come from ``shared/questions.yaml``.
    """

    name: str
    fact: str
    ask: Sentence
    why: Sentence | None
    note: Sentence | None
    answers: tuple[Answer, ...]
    many: bool = False
    always_ask: bool = False
    not_sure_as: frozenset[str] = frozenset()
    shared: bool = False

    def answer(self, value: str) -> Answer | None:
        """The answer with this value, or None."""
        return next((a for a in self.answers if a.value == value), None)

    @property
    def values(self) -> tuple[str, ...]:
        """The values that this question can give its fact, in the order offered."""
        return tuple([answer.value for answer in self.answers])

    @property
    def ways(self) -> tuple[tuple[str, Target], ...]:
        """The ways on: the value of each answer that leads somewhere, with where it leads."""
        return tuple([(a.value, a.goto) for a in self.answers if a.goto is not None])


class Advice(Placed):
    """One line of advice. It is shown when every condition of ``whens`` holds and no ``unless``.

    ``name`` is its name in ``shared/advice.yaml``, by which rules know it, or empty. ``source``
    is a source's name, or empty.
    """

    kind: Kind
    say: Sentence
    whens: tuple[When, ...] = ()
    unless: When | None = None
    name: str = ""
    source: Source | None = None

    def shown(self, facts: Facts) -> bool:
        """Whether a person with these facts sees this line."""
        return _shown(self.whens, self.unless, facts)


class Need(Placed):
    """Something that an ending calls for; the routes that serve it are found by the facts."""

    need: str
    because: Sentence | None = None
    when: When = ALWAYS


class NeedWords(Placed):
    """How a need is named on a page. ``live`` needs are served by someone who answers now."""

    name: str
    say: Sentence
    live: bool = False


class CarryOn(Placed):
    """The way on from an ending: its words, where it goes, and the facts that it settles."""

    say: Sentence
    goto: Target
    sets: Mapping[str, frozenset[str]]


class Outcome(Placed):
    """An ending. ``needs`` are in order of importance and there is at least one."""

    name: str
    title: Sentence
    urgency: Urgency
    open: Sentence
    advice: tuple[Advice, ...]
    needs: tuple[Need, ...]
    worse: Sentence | None = None
    carry_on: CarryOn | None = None

    @property
    def ways(self) -> tuple[tuple[str, Target], ...]:
        """The way on, if there is one. It is no answer, so its value is empty."""
        return () if self.carry_on is None else (("", self.carry_on.goto),)

    @property
    def settles(self) -> Facts:
        """What is known of whoever goes on from here."""
        return {} if self.carry_on is None else self.carry_on.sets


Step: TypeAlias = Question | Outcome
"""A place in a tree where a person can be."""


class Always(Placed):
    """What is added to every ending for those whose facts call for it: danger comes first."""

    when: When
    unless: When | None
    urgency: Urgency | None
    advice: tuple[Advice, ...]
    needs: tuple[Need, ...]

    def shown(self, facts: Facts) -> bool:
        """Whether this is added for a person with these facts."""
        return _shown((self.when,), self.unless, facts)


class Expectation(Frozen):
    """What an ending must or must never show. Within one field, any one name is enough to meet
    ``must`` and any one breaks ``never``."""

    first: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    urgency: Urgency | None = None


class Rule(Placed):
    """A safety rule: for everyone for whom ``when`` holds, ``must`` is shown and ``never`` not."""

    name: str
    because: Sentence | None
    when: When
    must: Expectation
    never: Expectation


class Checked(Frozen):
    """A person read it, on a day. Only that person may write this."""

    on: date
    by: str


class Tree(Placed):
    """One decision tree. ``given`` facts hold for everyone who is in it.

    ``said`` is what people in this situation type. It is only searched, and never shown.
    ``catch_all`` marks a tree for those who have no word for what has happened: no search finds it,
    and it is offered last, beside whatever is found.
    """

    name: str
    title: Sentence
    about: Sentence
    review_by: date
    reviewed: Checked | None
    sources: Mapping[str, Source]
    given: Facts
    start: str
    questions: Mapping[str, Question]
    outcomes: Mapping[str, Outcome]
    rules: tuple[Rule, ...] = ()
    said: tuple[Sentence, ...] = ()
    catch_all: bool = False

    def step(self, name: str) -> Step | None:
        """The question or ending of this name; the empty name is the start."""
        name = name or self.start
        return self.questions.get(name) or self.outcomes.get(name)


def _shown(whens: tuple[When, ...], unless: When | None, facts: Facts) -> bool:
    return all(when.holds(facts) for when in whens) and not (unless and unless.holds(facts))
