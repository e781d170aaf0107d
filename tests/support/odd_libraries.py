"""Made-up libraries at random, with all that decides a walk: odder than any reader would let in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from random import Random

from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.facts import TELLERS, WROTE, Facts
from fingerpost.model.library import NO_BUDGETS, Library
from fingerpost.model.route import Contract, Form, Phone, Route, RouteSource, TextLine
from fingerpost.model.sentence import Sentence, Source, Urgency
from fingerpost.model.tree import (
    Advice,
    Already,
    Always,
    Answer,
    AnswerKind,
    CarryOn,
    Door,
    Kind,
    Need,
    NeedWords,
    Outcome,
    Question,
    Response,
    Step,
    Target,
    Tree,
    When,
)

HERE = Span.start_of("made-up")

VALUES = {
    "teller": TELLERS,
    "nation": ("wales", "scotland", "not-sure"),
    "age": ("under-13", "13-15", "not-sure"),
    "safe": ("yes", "no", "not-sure"),
    "where": ("here", "there", "nowhere", "not-sure"),
    "what": ("one", "two", "none"),
}
TYPED = {WROTE: ("one", "two")}
"""What nobody is asked."""

MANY = ("where", "what")
"""Nobody is two readers, or in two nations: those questions are never asked for several."""

ALONE = ("nowhere", "none", "not-sure")
TREES = ("t", "u", "v")
STEPS = 7
STEPS_SHOWN = {"under-13": 3, "young-person": 5, "parent": 5, "staff": 6}
HOURS = (
    *("24/7", "Mo-Fr 09:00-17:00", "Sa,Su 22:00-02:00; PH off", "by appointment"),
    *("We 06:00-24:00; Th 00:00-20:00", "Mo-Su 12:00-24:00", "Sa,Su 00:00-12:00; PH 12:00-18:00"),
    "PH 10:00-14:00",
)
ROUTES = ("police", "line", "line-too", "line-there", "desk", "form", "app")
DONE = ("paid", "sent more", "told them", "{{grooming}}", "met")
"""What somebody may have done already: so few that some do the same."""

WORDS = (
    "Plain words",
    "A {stray} brace } and {{grooming}}, {{ Sextortion }} and {{nothing}}",
    "Ask {route:line} or {route: desk } or {route:nobody}",
    "You said {where}. And {what}, {age}",
    "Costs $1, $& and <b>nothing</b>. Really.",
)


def odd_library(random: Random) -> Library:
    """A library of three small trees."""
    return _Maker(random).library()


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.steps = [Target(tree, str(at), span=HERE) for tree in TREES for at in range(STEPS)]

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def library(self) -> Library:
        shared = {
            fact: self.question(fact, fact, always_ask=self.often(0.3))
            for fact in VALUES
            if fact == "safe" or self.often(0.5)
        }
        if self.often(0.5):
            shared[WROTE] = self.question(WROTE, WROTE)
        return Library(
            trees={name: self.tree(name) for name in TREES},
            questions=shared,
            advice={},
            always=tuple(self.always() for _ in range(3)),
            needs={
                "emergency": NeedWords("emergency", self.say(), live=self.often(0.5), span=HERE),
                "talk": NeedWords("talk", self.say(), live=True, span=HERE),
                "report": NeedWords("report", self.say(), span=HERE),
            },
            words={"grooming": self.say(), "sextortion": self.say()},
            routes={name: self.route(name) for name in ROUTES},
            opening=(self.advice(),),
            doors=tuple(self.door(f"door-{at}") for at in range(2)),
            nation=self.random.choice((None, "wales")),
            organisation=self.random.choice(("", "A club")),
            budgets=replace(NO_BUDGETS, steps=STEPS_SHOWN),
        )

    # --- trees -----------------------------------------------------------------------------------

    def tree(self, name: str) -> Tree:
        steps: list[Step] = [self.step(str(at)) for at in range(STEPS - 1)]
        steps.append(self.outcome(str(STEPS - 1)))
        given = self.facts(1) if self.often(0.4) else {}
        return Tree(
            name=name,
            title=self.say(),
            about=self.say(),
            review_by=date(2026, self.random.choice((6, 12)), 1),
            sources={},
            given={**given, **({"teller": self.some("teller", 1)} if self.often(0.3) else {})},
            start=str(self.random.randrange(3)),
            questions={step.name: step for step in steps if isinstance(step, Question)},
            outcomes={step.name: step for step in steps if isinstance(step, Outcome)},
            catch_all=self.often(0.3),
            span=HERE,
        )

    def step(self, name: str) -> Step:
        if self.often(0.3):
            return self.outcome(name)
        return self.question(name, self.random.choice([*VALUES]))

    def question(self, name: str, fact: str, *, always_ask: bool = False) -> Question:
        known = (VALUES | TYPED)[fact]
        values = self.random.sample(known, self.random.randint(1, len(known)))
        at_ending = "not-sure" in values and self.often(0.2)
        conditional = self.often(0.4)
        many = fact in MANY and self.often(0.6)
        alone = [value for value in values if value in ALONE]
        kinds = [""] if many else ["", "a", "b"]
        return Question(
            name=name,
            fact=fact,
            ask=self.say(),
            why=self.say() if self.often(0.5) else None,
            note=self.say() if self.often(0.5) else None,
            answers=tuple(
                Answer(
                    value,
                    self.say(),
                    self.target(),
                    value in ALONE,
                    self.response(),
                    self.random.choice(kinds),
                    span=HERE,
                )
                for value in values
            ),
            many=many,
            always_ask=always_ask,
            fork=conditional and self.often(0.2),
            at_ending=at_ending,
            when=self.when() if conditional else When(),
            otherwise=self.target() if conditional else None,
            in_danger=frozenset(value for value in values if self.often(0.2)),
            kinds=tuple(AnswerKind(name, self.say(), span=HERE) for name in kinds if name),
            unticked=self.random.choice(alone) if many and alone and self.often(0.5) else "",
            span=HERE,
        )

    def response(self) -> Response | None:
        if self.often(0.7):
            return None
        needs = tuple(self.random.sample(("emergency", "talk", "report"), 2))
        return Response(self.say(), needs, self.say(), self.say(), span=HERE)

    def outcome(self, name: str) -> Outcome:
        most = self.random.choice((4, 4, 40))  # few lines, or more than a first screen takes
        on = CarryOn(self.say(), self.target(), self.facts(2), span=HERE)
        return Outcome(
            name=name,
            title=self.say(),
            urgency=self.random.choice([*Urgency]),
            open=self.say(),
            advice=tuple(self.advice() for _ in range(self.random.randint(0, most))),
            needs=tuple(self.need() for _ in range(self.random.randint(0, 3))),
            worse=self.say() if self.often(0.3) else None,
            to_say=self.say() if self.often(0.6) else None,
            carry_on=on if self.often(0.6) else None,
            span=HERE,
        )

    def target(self) -> Target:
        if self.often(0.2):
            return Target(self.random.choice(TREES), "", span=HERE)
        return self.random.choice(self.steps)

    # --- what is shown ---------------------------------------------------------------------------

    def advice(self) -> Advice:
        source = Source("book", "A book", "A press", "2024", "https://example.org", span=HERE)
        done = Sentence(self.random.choice(DONE), span=HERE)
        back = Already(done, self.random.choice((done, self.say())), span=HERE)
        return Advice(
            kind=self.random.choice([*Kind, Kind.DO, Kind.DO]),
            say=self.say(),
            whens=self.whens(),
            unless=self.whens(),
            name=self.random.choice(("", "", "", "breathe", "wait")),
            source=source if self.often(0.3) else None,
            first=self.often(0.2),
            help=self.random.choice(("", "", "999")),
            ask=self.say() if self.often(0.2) else None,
            short=self.say() if self.often(0.2) else None,
            already=back if self.often(0.3) else None,
            span=HERE,
        )

    def need(self) -> Need:
        need = self.random.choice(("emergency", "talk", "report"))
        because = self.say() if self.often(0.4) else None
        return Need(need, because, self.when() if self.often(0.3) else When(), span=HERE)

    def always(self) -> Always:
        return Always(
            when=self.when(),
            unless=self.whens(),
            urgency=self.random.choice((None, *Urgency)),
            advice=(self.advice(),),
            needs=(self.need(),),
            after=self.often(0.5),
            span=HERE,
        )

    def route(self, name: str) -> Route:
        channels = ("phone", "text", "chat", "email", "web", "bsl")
        fields = (*channels, "steps", "forms.join", *(f"hours.{each}" for each in channels))
        contract = Contract(
            frozenset(),
            self.some("nation", self.random.randint(1, 2)),
            frozenset(),
            self.random.choice(("", "18", "19")),
        )
        link = f"https://example.org/{name}"
        return Route(
            name=name,
            title=self.say(),
            serves=tuple(self.random.sample(("emergency", "talk", "report"), 2)),
            contract=contract if self.often(0.5) else None,
            whens=self.whens(),
            unless=self.whens(),
            first=self.often(0.3),
            instead=self.random.choice(("", "", *ROUTES)),
            who=self.say() if self.often(0.5) else None,
            phone=(Phone("0800 1111", self.say(), span=HERE), Phone("999", span=HERE))
            if self.often(0.6)
            else (),
            text=(TextLine("85258", self.random.choice(("", "HI")), span=HERE),)
            if self.often(0.5)
            else (),
            chat=link if self.often(0.4) else "",
            email="us@example.org" if self.often(0.3) else "",
            web=link if self.often(0.4) else "",
            hours={each: self.random.choice(HOURS) for each in channels if self.often(0.5)},
            cost=self.say() if self.often(0.5) else None,
            expect=self.say() if self.often(0.5) else None,
            steps=(self.say(),) if self.often(0.3) else (),
            forms=(Form("join", self.say(), link, span=HERE),) if self.often(0.3) else (),
            source=RouteSource(link, "2026-11") if self.often(0.5) else None,
            confidence=self.random.choice(("", "low")),
            unsure=frozenset(each for each in fields if self.often(0.2)),
            local=self.often(0.2),
            span=HERE,
        )

    def door(self, name: str) -> Door:
        trees = tuple(self.random.sample(TREES, self.random.randint(1, 2)))
        return Door(name, self.say(), trees, self.whens(("teller",)), span=HERE)

    # --- facts and words -------------------------------------------------------------------------

    def some(self, fact: str, most: int = 2) -> frozenset[str]:
        known = (VALUES | TYPED)[fact]
        return frozenset(self.random.sample(known, self.random.randint(1, most)))

    def facts(self, most: int) -> Facts:
        named = self.random.sample([*VALUES], self.random.randint(0, most))
        return {fact: self.some(fact, 1) for fact in named}

    def whens(self, facts: Sequence[str] = ()) -> tuple[When, ...]:
        return tuple(self.when(facts) for _ in range(self.random.choice((0, 0, 0, 1, 2))))

    def when(self, facts: Sequence[str] = ()) -> When:
        named = facts or self.random.sample([*VALUES, *TYPED], self.random.randint(1, 2))
        return When(tuple((fact, self.some(fact)) for fact in named))

    def say(self) -> Sentence:
        words = [f"{self.random.choice(WORDS)} {self.random.randrange(100)}" for _ in range(4)]
        if self.often(0.7):
            return Sentence(words[0], span=HERE)
        readers = self.random.sample(TELLERS, self.random.randint(1, 3))
        otherwise = "" if len(readers) == len(TELLERS) else words[3]
        return Sentence(otherwise, tuple(zip(readers, words, strict=False)), span=HERE)


def long_library() -> Library:
    """A tree of more questions than a length is counted for: one after the other."""
    words = Sentence("Words", span=HERE)
    names = [*map(str, range(801)), "end"]
    questions = {
        name: Question(
            name=name,
            fact=name,
            ask=words,
            why=None,
            note=None,
            answers=(Answer("x", words, Target("t", onward, span=HERE), span=HERE),),
            span=HERE,
        )
        for name, onward in pairwise(names)
    }
    end = Outcome("end", words, Urgency.SOON, words, (), (), span=HERE)
    tree = Tree(
        name="t",
        title=words,
        about=words,
        review_by=date(2026, 6, 1),
        sources={},
        given={},
        start=names[0],
        questions=questions,
        outcomes={"end": end},
        span=HERE,
    )
    return Library({"t": tree}, {}, {}, (), {}, {}, {})
