"""What a library means: trees, questions, endings, advice, needs, routes, rules and cases.

Everything here is frozen. Each value knows its place in the author's file (``span``), and the
place is no part of what it is: two values that say the same are equal wherever they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum, StrEnum
from typing import TypeAlias

from .conditions import ALWAYS, TELLERS, Facts, When
from .diagnostics import Span
from .frozen import Frozen, field


class Urgency(IntEnum):
    """How soon help is needed; a greater number is more urgent."""

    INFO = 0
    SOON = 1
    TODAY = 2
    NOW = 3


class Kind(StrEnum):
    """What a line of advice asks: do this, don't do that, know this, or a word to the worker."""

    DO = "do"
    DONT = "dont"
    KNOW = "know"
    WORKER = "worker"


PLACES = frozenset({"span", "spans"})
"""The fields that tell where something stands."""


class Placed(Frozen, kw_only=True):
    """A value that stands somewhere in a file, at ``span``, which is no part of what it says."""

    span: Span

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self._said() == other._said())

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> tuple[object, ...]:
        """Everything but where it stands."""
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in PLACES)


class Sentence(Placed):
    """One sentence, or one for each reader.

    ``by_teller`` is empty for a sentence that is the same for all. ``otherwise`` is empty only
    where ``by_teller`` names all three tellers.
    """

    otherwise: str
    by_teller: tuple[tuple[str, str], ...] = ()

    def read_by(self, teller: str | None) -> str:
        """The words for this reader. Before anyone has said who reads, a young person may."""
        if not self.by_teller:
            return self.otherwise
        words = dict(self.by_teller)
        return words.get(teller or TELLERS[0], self.otherwise)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every wording, once each."""
        otherwise = (self.otherwise,) if self.otherwise else ()
        if not self.by_teller:
            return otherwise
        return tuple(dict.fromkeys((*otherwise, *(text for _, text in self.by_teller))))


class Source(Placed):
    """Where a statement comes from. ``published`` is as precise as is known: 2024 or 2024-03."""

    name: str
    title: str
    publisher: str
    published: str
    url: str


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


class Checked(Frozen):
    """A person read it, on a day. Only that person may write this."""

    on: date
    by: str


class Tree(Placed):
    """One decision tree. ``given`` facts hold for everyone who is in it.

    ``said`` is what people in this situation type. It is only searched, and never shown.
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

    def step(self, name: str) -> Step | None:
        """The question or ending of this name; the empty name is the start."""
        name = name or self.start
        return self.questions.get(name) or self.outcomes.get(name)


class Phone(Placed):
    """A number to ring, as it is printed. ``say`` tells which line it is, or is None."""

    number: str
    say: Sentence | None = None


class TextLine(Placed):
    """A number to text, and the word to send (empty if any words will do)."""

    to: str
    send: str = ""


class Form(Placed):
    """A web form of an app for one purpose, such as a hacked account."""

    name: str
    say: Sentence
    web: str


class Contract(Frozen):
    """Who a service says it serves, apart from when we offer it, so that the two can disagree."""

    ages: frozenset[str]
    nations: frozenset[str]
    tellers: frozenset[str]


class RouteSource(Frozen):
    """Where the facts of a route were seen, and when (as precisely as is known, or empty)."""

    url: str
    seen: str


class Route(Placed):
    """A service, a reporting route, or how to report in one app.

    ``hours`` maps a channel (phone, text, chat, email, web, bsl) to opening hours as written, in
    the subset of OpenStreetMap's opening_hours that ``fingerpost.hours`` reads, Europe/London.
    ``unsure`` names fields that a person must check before they are relied on, such as
    ``hours.phone`` or ``forms.hacked``. ``steps`` is a numbered how-to, mostly for apps.
    ``instead`` names the route for which this one stands in where both are shown. ``local`` is
    true of a route that an organisation added, or laid over a shipped one.
    """

    name: str
    title: Sentence
    serves: tuple[str, ...]
    contract: Contract | None
    whens: tuple[When, ...] = ()
    unless: When | None = None
    fixed: bool = False
    first: bool = False
    instead: str = ""
    who: Sentence | None = None
    phone: tuple[Phone, ...] = ()
    text: tuple[TextLine, ...] = ()
    chat: str = ""
    email: str = ""
    web: str = ""
    bsl: str = ""
    languages: Sentence | None = None
    hours: Mapping[str, str] = field(default_factory=dict)
    cost: Sentence | None = None
    expect: Sentence | None = None
    private: Sentence | None = None
    limits: Sentence | None = None
    steps: tuple[Sentence, ...] = ()
    forms: tuple[Form, ...] = ()
    source: RouteSource | None = None
    checked: Checked | None = None
    confidence: str = ""
    unsure: frozenset[str] = frozenset()
    local: bool = False
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each field's value stands, for the checks of numbers, links and hours."""

    def offered(self, facts: Facts) -> bool:
        """Whether this route is for a person with these facts."""
        return _shown(self.whens, self.unless, facts)


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


class Choice(Frozen):
    """One possible reply to a judgement question, right, wrong or partly right, and why."""

    name: str
    say: Sentence
    verdict: str
    because: Sentence
    source: Source | None = None


class Judgement(Frozen):
    """A question to the trainee that is not a question of the tree. ``after`` names the fact
    after whose answer it is put, or is empty for the start."""

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
    """A made-up case: a golden test, a rehearsal and a sample for whoever signs a tree off."""

    name: str
    tree: str
    story: Sentence
    answers: Facts
    expect: Expected
    judgements: tuple[Judgement, ...] = ()
    injects: tuple[Inject, ...] = ()


class Library(Frozen):
    """Everything that was read, and what it means together.

    ``questions`` is the shared wording by fact name, ``words`` the glossary by the word in small
    letters, ``opening`` what is said before the first question. ``sources`` are those at the top of
    the files of ``shared/`` and of cases. ``nation`` is what the local file says of where we are,
    or None.
    """

    trees: Mapping[str, Tree]
    questions: Mapping[str, Question]
    advice: Mapping[str, Advice]
    always: tuple[Always, ...]
    needs: Mapping[str, NeedWords]
    words: Mapping[str, Sentence]
    routes: Mapping[str, Route]
    opening: tuple[Advice, ...] = ()
    rules: tuple[Rule, ...] = ()
    cases: Mapping[str, Case] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    nation: str | None = None

    def always_asks(self, fact: str) -> bool:
        """Whether only a person's own answer counts for a fact, and never a given one."""
        question = self.questions.get(fact)
        return question is not None and question.always_ask

    def gives(self, tree: Tree) -> Facts:
        """What a tree fixes for all who are in it. Where only one's own answer counts it cannot."""
        return {f: values for f, values in tree.given.items() if not self.always_asks(f)}

    def place(self, target: Target) -> tuple[str, str] | None:
        """The step that is meant, by its tree and its name; None if it is not there."""
        tree = self.trees.get(target.tree)
        step = tree.step(target.step) if tree else None
        return (target.tree, step.name) if step else None

    def question_of(self, fact: str, tree: str) -> Question | None:
        """The question that says what the values of a fact mean in a tree."""
        shared = self.questions.get(fact)
        if shared is not None:
            return shared
        own = self.trees[tree].questions.values() if tree in self.trees else ()
        return next((q for q in own if q.fact == fact), None)


def _shown(whens: tuple[When, ...], unless: When | None, facts: Facts) -> bool:
    return all(when.holds(facts) for when in whens) and not (unless and unless.holds(facts))
