"""Decision trees: conditions, questions, endings, advice, needs and safety rules.

All values are frozen, and have a place in the author's file that equality ignores.
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
    """A condition on facts: a conjunction over facts of a disjunction over values.

    It does not hold for a fact that has not been asked. The empty condition always holds.
    """

    tests: tuple[tuple[str, frozenset[str]], ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether the known facts satisfy this condition."""
        for fact, wanted in self.tests:  # a loop: this is asked a hundred times for a page
            if fact not in facts or wanted.isdisjoint(facts[fact]):
                return False
        return True

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the facts that this condition reads, in order."""
        return tuple(fact for fact, _ in self.tests)


ALWAYS = When()


class Kind(StrEnum):
    """The kind of a line of advice: do this, don't do that, know this, or a note to the worker.

    ``near`` and ``far`` are for adults: what to do beside the young person, or at a distance.
    """

    DO = "do"
    DONT = "dont"
    NEAR = "near"
    FAR = "far"
    KNOW = "know"
    WORKER = "worker"


class Target(Placed):
    """The target of an answer: a step of a tree. An empty ``step`` is the tree's start."""

    tree: str
    step: str


class Response(Placed):
    """What is said after an answer, before anything more is asked.

    ``needs`` are those whose services that answer now are shown, ``talk`` has the words of the
    choice to talk to them instead, and ``open`` the first words above all of them.
    """

    say: Sentence
    needs: tuple[str, ...]
    talk: Sentence
    open: Sentence


class Answer(Placed):
    """One answer: the value of its question's fact, the words, and the way on.

    ``alone`` marks an answer of a ``many`` question that excludes the others. ``goto`` is None
    only in the shared wording of a question, which has no routing. ``response`` is what is said
    after it, and ``kind`` the name of its kind, or empty.
    """

    value: str
    say: Sentence
    goto: Target | None
    alone: bool = False
    response: Response | None = None
    kind: str = ""


class AnswerKind(Placed):
    """A kind of answers: one line of a list, behind which they stand. No more than that."""

    name: str
    say: Sentence


class Question(Placed):
    """A question: it sets ``fact`` to the chosen answer, or answers where ``many``.

    Where ``when`` does not hold it is passed over, to ``otherwise``. ``always_ask`` means that a
    walk asks it even if the fact is given, and ``at_ending`` that it is asked only on request, at
    the ending: before, “not sure” is its answer. ``as_urgent_as`` has, for an answer, those than
    which its endings may not be less urgent. ``in_danger`` are the answers of people in danger now.
    ``unticked`` is the answer of those who choose none of many, or empty: they said nothing.
    ``of_person``: the answer stays true for any other trouble of the same person. ``kinds`` are
    those of its answers, and ``groups`` names for several of them in the files of a library.
    ``shared`` means that the words come from ``shared/questions.yaml``. A ``fork`` is never asked:
    whoever its condition holds for has answered it already.
    """

    name: str
    fact: str
    ask: Sentence
    why: Sentence | None
    note: Sentence | None
    answers: tuple[Answer, ...]
    many: bool = False
    always_ask: bool = False
    shared: bool = False
    fork: bool = False
    at_ending: bool = False
    when: When = ALWAYS
    otherwise: Target | None = None
    as_urgent_as: tuple[tuple[str, frozenset[str]], ...] = ()
    in_danger: frozenset[str] = frozenset()
    unticked: str = ""
    of_person: bool = False
    kinds: tuple[AnswerKind, ...] = ()
    groups: tuple[tuple[str, frozenset[str]], ...] = ()

    def answer(self, value: str) -> Answer | None:
        """The answer with this value, or None."""
        return next((a for a in self.answers if a.value == value), None)

    @property
    def values(self) -> tuple[str, ...]:
        """The values that this question can give its fact, in the order offered."""
        return tuple([answer.value for answer in self.answers])

    @property
    def listed(self) -> tuple[tuple[AnswerKind | None, tuple[Answer, ...]], ...]:
        """The lines of the first list: an answer, or a kind with its answers where the first of
        them was. A kind of one answer is that answer."""
        lines: dict[str, tuple[Answer, ...]] = {}
        for answer in self.answers:
            name = f"kind {answer.kind}" if answer.kind else answer.value
            lines[name] = (*lines.get(name, ()), answer)
        kinds = {kind.name: kind for kind in self.kinds}
        return tuple(
            [(kinds[line[0].kind] if len(line) > 1 else None, line) for line in lines.values()]
        )

    def passed_to(self, facts: Facts) -> Target | None:
        """Where this question is passed over to, or None if it is asked.

        It is passed over where its condition does not hold, and where its fact is known. A known
        value that it does not offer does not pass it over.
        """
        if not self.when.holds(facts):
            return self.otherwise
        known = facts.get(self.fact, frozenset())
        return next((answer.goto for answer in self.answers if answer.value in known), None)

    @property
    def ways(self) -> tuple[tuple[str, Target], ...]:
        """The ways on: the value and the target of each answer that has one."""
        return tuple([(a.value, a.goto) for a in self.answers if a.goto is not None])


class Already(Placed):
    """What is said to a reader who has already done what a line tells them not to do.

    ``done`` names it in a word or two, as in “paid”. Of those for whom ``when`` holds it is known.
    """

    done: Sentence
    say: Sentence
    when: When = ALWAYS


class Advice(Placed):
    """One line of advice, shown if all conditions of ``whens`` hold and none of ``unless``.

    ``name`` is its name in a file of ``shared/``, which rules use, or empty. A ``first`` line
    stands above all that are not: what saves a life is read before anything else, wherever it was
    written. ``help`` is what the symptom needs that a line of first aid is about, such as 999, or
    empty. A line that answers a question has it in ``ask``, the answer in a few words in ``short``,
    and in ``said`` how people put it, which is only searched. ``already`` is the way back from a
    “don't”.
    """

    kind: Kind
    say: Sentence
    whens: tuple[When, ...] = ()
    unless: tuple[When, ...] = ()
    name: str = ""
    source: Source | None = None
    first: bool = False
    help: str = ""
    ask: Sentence | None = None
    short: Sentence | None = None
    said: tuple[str, ...] = ()
    already: Already | None = None

    def shown(self, facts: Facts) -> bool:
        """Whether this line is shown for these facts."""
        return shown(self.whens, self.unless, facts)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All that this line says to its readers, its own words first."""
        back = (self.already.done, self.already.say) if self.already else ()
        return tuple([each for each in (self.say, self.ask, self.short, *back) if each])

    @property
    def tops(self) -> bool:
        """Whether this is a step at the top of every page that shows it."""
        return self.first and self.kind in (Kind.DO, Kind.DONT)


class Need(Placed):
    """A need of an ending; the facts decide which of the routes that serve it are shown."""

    need: str
    because: Sentence | None = None
    when: When = ALWAYS


class NeedWords(Placed):
    """The words of a need on a page. A ``live`` need is served by a person who answers now, and one
    of the ``young`` is for the young person, also where an adult reads."""

    name: str
    say: Sentence
    live: bool = False
    young: bool = False


class Door(Placed):
    """One line for several trees, where what has happened is chosen. ``about`` is what is there."""

    name: str
    say: Sentence
    trees: tuple[str, ...]
    whens: tuple[When, ...] = ()
    about: Sentence | None = None

    def shown(self, facts: Facts) -> bool:
        """Whether this line is offered for these facts."""
        return shown(self.whens, (), facts)


class CarryOn(Placed):
    """The way on from an ending: its words, its target, and the facts that it sets."""

    say: Sentence
    goto: Target
    sets: Mapping[str, frozenset[str]]


class Outcome(Placed):
    """An ending. ``needs`` are one or more, in order of importance. ``to_say`` are the words with
    which a call begins. ``way_on`` has the words of the way on of a shared ending, which each tree
    leads somewhere. Of a ``private`` one nothing is put on a phone, where others could find it."""

    name: str
    title: Sentence
    urgency: Urgency
    open: Sentence
    advice: tuple[Advice, ...]
    needs: tuple[Need, ...]
    worse: Sentence | None = None
    to_say: Sentence | None = None
    carry_on: CarryOn | None = None
    way_on: Sentence | None = None
    private: bool = False

    @property
    def ways(self) -> tuple[tuple[str, Target], ...]:
        """The way on, if any. It is not an answer, so its value is empty."""
        return () if self.carry_on is None else (("", self.carry_on.goto),)

    @property
    def settles(self) -> Facts:
        """The facts set by the way on."""
        return {} if self.carry_on is None else self.carry_on.sets


Step: TypeAlias = Question | Outcome
"""A node of a tree."""


class Always(Placed):
    """An addition to every ending for which its condition holds, such as in danger.

    Its advice and needs come before those of the ending, or ``after`` them. A ``private`` one makes
    the ending so.
    """

    when: When
    unless: tuple[When, ...]
    urgency: Urgency | None
    advice: tuple[Advice, ...]
    needs: tuple[Need, ...]
    after: bool = False
    private: bool = False

    def shown(self, facts: Facts) -> bool:
        """Whether this is added for these facts."""
        # A library has hundreds of these, each asked three times a page: most stop at ``when``.
        return self.when.holds(facts) and shown((), self.unless, facts)


class Expectation(Frozen):
    """What an ending must or must never show. Any one name of a field satisfies ``must`` or
    violates ``never``. ``top`` are lines that stand there as ``Advice.tops``."""

    first: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    urgency: Urgency | None = None


class Rule(Placed):
    """A safety rule: where ``when`` holds, ``must`` is shown and ``never`` is not."""

    name: str
    because: Sentence | None
    when: When
    must: Expectation
    never: Expectation


class Checked(Frozen):
    """Who checked something, and when. Only that person may write this."""

    on: date
    by: str


class Accepted(Checked):
    """Who accepted a hazard, and when, with a fingerprint of its ``words`` as they were."""

    words: str


HOW_BAD = ("death", "lasting", "serious", "minor")
HOW_LIKELY = ("often", "sometimes", "seldom", "hardly")
"""How bad a hazard can be and how likely it is, the worst first."""


class Hazard(Placed):
    """A hazard: whom it could harm and how, and what controls it.

    ``controls`` are the names of rules, ``checks`` the codes of checks, and ``tests`` the project's
    tests, by the paths of their files. ``remains`` is what none of them can rule out, and ``judge``
    who must decide whether that is acceptable. ``how_bad`` is one of ``HOW_BAD``, and
    ``how_likely``, in spite of the controls, one of ``HOW_LIKELY``. ``accepted`` is by whom and
    when both were accepted, and with them what remains; None if nobody has.
    """

    name: str
    harm: Sentence
    how_bad: str
    how_likely: str
    remains: Sentence
    judge: Sentence
    accepted: Accepted | None = None
    controls: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


class Tree(Placed):
    """One decision tree. ``given`` facts hold throughout it.

    ``said`` is what people in this situation type; it is only searched, never shown. A
    ``catch_all`` tree is for people who have no word for what has happened: no search finds it,
    and it is offered last, beside the trees found.
    """

    name: str
    title: Sentence
    about: Sentence
    review_by: date
    sources: Mapping[str, Source]
    given: Facts
    start: str
    questions: Mapping[str, Question]
    outcomes: Mapping[str, Outcome]
    rules: tuple[Rule, ...] = ()
    said: tuple[Sentence, ...] = ()
    catch_all: bool = False

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that are asked: all but forks."""
        return tuple([question for question in self.questions.values() if not question.fork])

    def step(self, name: str) -> Step | None:
        """The question or ending of this name; the empty name is the start."""
        name = name or self.start
        return self.questions.get(name) or self.outcomes.get(name)


def shown(whens: tuple[When, ...], unless: tuple[When, ...], facts: Facts) -> bool:
    """Whether something with these conditions is shown for these facts."""
    for when in whens:
        if not when.holds(facts):
            return False
    return not (unless and any(when.holds(facts) for when in unless))
