"""Every page that somebody can reach is held to a table of facts (``tests/facts/safety.yaml``).

The pages are met in the plain conversation, by people of every age, in every nation, with every
part to play, who give the first answers, the last answers, the unsure answers, or answer at
random. Then ways are followed without the conversation. Through the first two trees it is every
way; there are millions through the others, of which people at random take some thousands. Each
guard also meets a library that was spoilt on purpose, and must complain of it.
"""

from __future__ import annotations

import gc
import io
import random
import re
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Any, Generic, TypeVar
from zlib import crc32

import pyte
import pytest
import yaml

from fingerpost.cli.save_folder import FolderPrinter
from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.facts import NATIONS, NOT_SURE, TELLERS, Facts
from fingerpost.model.library import Library
from fingerpost.model.route import Route
from fingerpost.model.sentence import Sentence, Urgency
from fingerpost.model.tree import Advice, Always, Outcome, Question, When
from fingerpost.page.london_time import moment
from fingerpost.page.opening_hours import BankHolidays, Clock, Openness
from fingerpost.page.page import Page, page
from fingerpost.page.question import QuestionView
from fingerpost.page.text_layout import Block
from fingerpost.page.visibility import offered
from fingerpost.reading.loader import Reading, load, shipped
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import ENTER
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.screen import Screen
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.io.ui import Act, Menu
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.walk import Walk

from ..support.sample import FIRST_TWO
from ..support.shipped import whole_library

pytestmark = pytest.mark.slow

TABLE = Path(__file__).parents[1] / "facts" / "safety.yaml"

TREES = FIRST_TWO
BY_CHANCE = 16_000
"""How many people go through the other trees at random."""

YOUNGEST = {"teller": "young-person", "age": "under-13"}
UNDECIDED = {"danger": "none", "told-what": "not-sure"}
AGES = ("under-13", "13-15", "16-17", "18", "19-or-over", NOT_SURE)
SOMEWHERE = (*NATIONS, NOT_SURE)
EVERYONE = [
    {"teller": teller, "age": age, "nation": nation}
    for teller, age, nation in product(TELLERS, AGES, SOMEWHERE)
]
SEXUAL = (
    When((("picture", frozenset({"nude", "faked", NOT_SURE})),)),
    When((("threat", frozenset({"pictures"})),)),
    When((("also", frozenset({"picture"})),)),
)
"""A picture is or may be sexual where one of these holds."""
THOUGHTS = (
    When((("suicide", frozenset({"plan", "thoughts", NOT_SURE})),)),
    When((("also", frozenset({"suicidal"})),)),
)
"""Somebody has or may have thoughts of suicide where one of these holds."""

HOLIDAYS = BankHolidays.load()
NIGHT = Clock(moment("2026-11-25T02:00"), HOLIDAYS)
AT_ANY_HOUR = tuple(
    Clock(moment(at), HOLIDAYS)
    for at in (
        "2026-11-25T02:00",  # the middle of a night in the week
        "2026-11-29T13:00",  # a Sunday
        "2026-12-25T03:00",  # Christmas night
        "2026-11-30T10:00",  # a bank holiday in Scotland alone
        "2027-03-28T01:30",  # an hour that does not exist
        "2031-06-01T04:00",  # past the last day of the table of bank holidays
    )
)


# --- the table -----------------------------------------------------------------------------------


class Shown(Frozen):
    """What stands on a page, without its words. ``routes`` are in the order of the page, those
    that show on request among them; ``advice`` are the lines that the table knows by name; and
    ``asked`` are the facts that are known by then."""

    routes: tuple[str, ...]
    advice: frozenset[str]
    urgency: Urgency
    asked: frozenset[str]


class Seen(Frozen):
    """What someone of whom these facts are known is shown at one ending.

    ``last`` is false where the page leads on.
    """

    tree: str
    outcome: str
    facts: Facts
    shown: Shown
    last: bool

    def __str__(self) -> str:
        known = ", ".join(f"{fact} {'+'.join(sorted(v))}" for fact, v in self.facts.items())
        return f"{self.tree}/{self.outcome} ({known})"


class Row(Frozen):
    """One line of the table: for whom it holds, and what they must or must not see."""

    name: str
    when: When
    unless: tuple[When, ...]
    last_only: bool
    first: str
    shows: frozenset[str]
    never: frozenset[str]
    advises: frozenset[str]
    urgency: Urgency
    asked: frozenset[str]

    @property
    def lines_to_tick(self) -> frozenset[tuple[str, str]]:
        """The lines of ``asked``, each with its fact."""
        parts = (each.partition("=") for each in self.asked)
        return frozenset((fact, line) for fact, _, line in parts if line)

    @property
    def asked_of(self) -> frozenset[str]:
        """The facts of ``asked``."""
        return frozenset(each.partition("=")[0] for each in self.asked)

    def holds_for(self, facts: Facts, *, last: bool) -> bool:
        if self.last_only and not last:
            return False
        return self.when.holds(facts) and not any(each.holds(facts) for each in self.unless)

    def misses(self, shown: Shown) -> list[str]:
        """What is wrong with this page, if it is shown to someone for whom the row holds."""
        wrong = [f"there is {route}" for route in self.never.intersection(shown.routes)]
        wrong += [f"there is no {line}" for line in self.advises - shown.advice]
        if self.first and self.first not in shown.routes[:1]:
            wrong.append(f"{self.first} is not first")
        if self.shows and self.shows.isdisjoint(shown.routes):
            wrong.append(f"there is none of {', '.join(self.shows)}")
        if shown.urgency < self.urgency:
            wrong.append(f"it is only {shown.urgency.name}")
        if self.asked and self.asked_of.isdisjoint(shown.asked):
            wrong.append(f"nobody asked about {', '.join(sorted(self.asked))}")
        return [f"{self.name}: {what}" for what in wrong]


@cache
def advised() -> frozenset[str]:
    """The names of the lines of advice of which the table speaks."""
    return frozenset(name for row in rows() for name in row.advises)


def complaints(seen: Seen) -> list[str]:
    """Everything in which a page does not keep to the rows of the table."""
    return [
        f"{what} at {seen}"
        for row, wrong in _misses(seen.shown)
        if row.holds_for(seen.facts, last=seen.last)
        for what in wrong
    ]


@cache
def _misses(shown: Shown) -> tuple[tuple[Row, list[str]], ...]:
    # Many people see the same. Most rows find nothing wrong with it, whoever sees it, or are about
    # something that these people were not asked.
    about = (row for row in rows() if shown.asked.issuperset(row.when.facts))
    return tuple((row, wrong) for row in about if (wrong := row.misses(shown)))


@cache
def table() -> Mapping[str, Any]:
    # Every value as text, as it is typed: a nation that is "no" must stay one.
    return dict(yaml.load(TABLE.read_text(encoding="utf-8"), yaml.BaseLoader))


def _all(value: Any) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)


def _when(value: Mapping[str, Any]) -> When:
    return When(tuple((fact, _all(values)) for fact, values in value.items()))


def _unless(value: Any) -> tuple[When, ...]:
    """One exception, or some of them."""
    return tuple(map(_when, [value] if isinstance(value, Mapping) else value))


@cache
def rows() -> tuple[Row, ...]:
    read = []
    for name, row in table()["rows"].items():
        known = {"because", "at", "when", "unless", "first", "shows", "never", "advises",
                 "urgency", "asked"}  # fmt: skip
        assert row.keys() <= known, f"{name} has a key that nothing reads"
        assert row["because"], f"{name} rests on nothing"
        assert row.get("at", "last") == "last"
        read.append(
            Row(
                name=name,
                when=_when(row["when"]),
                unless=_unless(row.get("unless", [])),
                last_only="at" in row,
                first=row.get("first", ""),
                shows=_all(row.get("shows", [])),
                never=_all(row.get("never", [])),
                advises=_all(row.get("advises", [])),
                urgency=Urgency[row.get("urgency", "info").upper()],
                asked=_all(row.get("asked", [])),
            )
        )
    for service, nations in table()["elsewhere"].items():
        others = [nation for nation in SOMEWHERE if nation not in nations]
        read.append(_never(f"{service}-is-not-there", {"nation": others}, service))
    for service, readers in table()["readers"].items():
        others = [teller for teller in TELLERS if teller not in readers]
        read.append(_never(f"{service}-is-not-for-them", {"teller": others}, service))
    return tuple(read)


def _never(name: str, when: Mapping[str, Any], service: str) -> Row:
    nobody: frozenset[str] = frozenset()
    return Row(
        name=name,
        when=_when(when),
        unless=(),
        last_only=False,
        first="",
        shows=nobody,
        never=frozenset({service}),
        advises=nobody,
        urgency=Urgency.INFO,
        asked=nobody,
    )


@pytest.fixture(scope="module")
def reading() -> Reading:
    found = load([shipped()])
    assert found.mistakes == ()
    return found


@pytest.fixture(scope="module")
def real(reading: Reading) -> Library:
    return reading.library


def test_the_table_speaks_of_what_is_there(real: Library) -> None:
    """A slip in the table must not make a row hold for nobody, or guard against nothing."""
    values = dict(_values(real))
    named_advice = {line.name for line in _lines(real)}
    for row in rows():
        for when in (row.when, *row.unless):
            for fact, wanted in when.tests:
                assert wanted <= values[fact], f"{row.name}: no such value of {fact}"
        assert row.advises <= named_advice, row.name
        assert row.asked_of <= values.keys(), row.name
        for fact, line in row.lines_to_tick:
            assert line in values[fact], row.name
        assert row.first in {"", *real.routes}, row.name
        assert row.shows <= real.routes.keys(), row.name
        assert row.never <= real.routes.keys(), row.name
    assert set(table()["day-and-night"]) <= real.routes.keys()


def _values(library: Library) -> Iterator[tuple[str, frozenset[str]]]:
    """Every fact that some question sets, with all its values."""
    found: dict[str, set[str]] = {}
    for tree in library.trees.values():
        for question in tree.questions.values():
            found.setdefault(question.fact, set()).update(question.values)
    for fact, values in found.items():
        yield fact, frozenset(values)


def _lines(library: Library) -> Iterator[Advice]:
    for entry in library.always:
        yield from entry.advice
    for tree in library.trees.values():
        for outcome in tree.outcomes.values():
            yield from outcome.advice


# --- people at the plain conversation ------------------------------------------------------------

Manner = Callable[[Question], str]


def first(question: Question) -> str:
    return question.values[0]


def last(question: Question) -> str:
    return question.values[-1]


def unsure(question: Question) -> str:
    return NOT_SURE if question.answer(NOT_SURE) else question.values[0]


def at_random(seed: int) -> Manner:
    chance = random.Random(seed)
    return lambda question: chance.choice(question.values)


class Person(Frozen):
    """Someone of whom some facts are fixed, and who answers the rest in one manner.

    A fixed fact may have several values, as ``picture+suicidal``, of which those that a question
    offers are chosen. Who is ``thorough`` also reads what shows on request alone.
    """

    manner: Manner
    fixed: Mapping[str, str]
    thorough: bool = False

    def answers(self, question: Question) -> tuple[str, ...]:
        fixed = self.fixed.get(question.fact, "").split("+")
        return tuple(v for v in question.values if v in fixed) or (self.manner(question),)


class Met(Frozen):
    """An ending that somebody met: its page, what was known, and everything that was printed."""

    facts: Facts
    page: Page
    said: str
    thorough: bool

    @property
    def seen(self) -> Seen:
        return seen_on(self.page, self.facts)


def seen_on(shown: Page, facts: Facts) -> Seen:
    contacts = (contact for each in shown.help for contact in (*each.contacts, *each.more))
    lines = (*shown.steps, *(line for part in shown.parts for line in part.lines))
    without_words = Shown(
        routes=tuple(contact.route for contact in contacts),
        advice=advised().intersection(line.name for line in lines),
        urgency=shown.urgency,
        asked=frozenset(facts),
    )
    return Seen(shown.tree, shown.outcome, facts, without_words, last=not shown.carry_on)


class Typed(io.StringIO):
    """What a person types, line by line; after that comes the end of input."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: deque[str] = deque()
        self.everything = ""

    def readline(self, size: int | None = -1, /) -> str:
        line = f"{self.waiting.popleft()}\n" if self.waiting else ""
        self.everything += line
        return line


class AtThePlain(PlainUi):
    """The plain conversation with a person at it, who goes on wherever there is a way on."""

    def __init__(self, person: Person, walk: Walk) -> None:
        self.typed, self.printed = Typed(), io.StringIO()
        super().__init__(output=self.printed, source=self.typed, can_clear=False)
        self.person, self.walk = person, walk
        self.met: list[Met] = []
        self.responses = set[str]()
        self.meant: Collection[str] = ()
        self.begun = 0
        self.read_notes = False

    def menu(self, menu: Menu) -> int | Act:
        """What is said after an answer. Who is thorough reads first whom they could talk to."""
        talks = self.person.thorough and menu.title not in self.responses
        self.responses.add(menu.title)
        self.typed.waiting.append("1" if talks else "2")
        return super().menu(menu)

    def question(self, asking: QuestionView, acts: Collection[Act]) -> Collection[str] | Act:
        assert isinstance(self.walk.here, Question)
        # Behind a kind of answers the same question goes on: it is one answer all the same.
        answers = self.meant or self.person.answers(self.walk.here)
        # Whoever would rather not say ticks nothing: Enter alone is that answer.
        ticked = [value for value in answers if value != self.walk.here.unticked]
        lines = [each for each in asking.listed if not {*ticked}.isdisjoint(each.values)]
        self.typed.waiting.append(", ".join(str(each.number) for each in lines))
        chosen = super().question(asking, acts)
        if any(each.inside for each in lines):
            self.meant = answers
            return chosen
        self.meant = ()
        assert chosen == set(answers)
        self.walk = self.walk.answer(chosen).past_unasked()
        self.begun, self.read_notes = self.printed.tell(), False
        return chosen

    def ending(
        self, title: str, blocks: Sequence[Block], page: Page, acts: Collection[Act]
    ) -> int | Act:
        if not self.person.thorough:
            return self._leaves(title, blocks, page, acts)
        if Act.MORE in acts:
            self.typed.waiting.append(Act.MORE.value)
        elif Act.NOTE in acts and not self.read_notes:
            self.typed.waiting.append(Act.NOTE.value)
            self.read_notes = True
        else:
            return self._leaves(title, blocks, page, acts)
        return super().ending(title, blocks, page, acts)

    def _leaves(
        self, title: str, blocks: Sequence[Block], page: Page, acts: Collection[Act]
    ) -> int | Act:
        if page.carry_on:
            self.typed.waiting.append("1")
        try:
            return super().ending(title, blocks, page, acts)
        finally:
            said = self.printed.getvalue()[self.begun :]
            self.met.append(Met(self.walk.facts, page, said, self.person.thorough))
            self.begun, self.read_notes = self.printed.tell(), False
            if page.carry_on:
                self.walk = self.walk.carry_on().past_unasked()


def talk_plainly(reading: Reading, tree: str, person: Person) -> list[Met]:
    """Every ending that a person meets on the way to the last."""
    face = AtThePlain(person, Walk.begin(reading.library, tree))
    with pytest.raises(Left):
        WalkSession(face, reading, lambda: NIGHT).run(tree, {})
    assert "\x1b" not in face.printed.getvalue()
    return face.met


# Each comes to an ending of its own, by one answer of many to two questions or more.
SELDOM_BY_CHANCE: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("threatened", {"teller": "young-person", "age": "under-13", "threat": "screen"}),
    (
        "image-shared",
        {
            "teller": "young-person",
            "age": "under-13",
            "happened": "embarrassing",
            "posted-by": "family",
        },
    ),
    (
        "image-shared",
        {
            "teller": "staff",
            "happened": "embarrassing",
            "posted-by": "peers",
            "also": "accused-myself",
        },
    ),
    (
        "image-shared",
        {
            "teller": "staff",
            "happened": "peers",
            "picture": "faked",
            "also": "accused-myself",
        },
    ),
    ("image-shared", {"teller": "young-person", "age": "under-13", "happened": "ai"}),
    (
        "image-shared",
        {
            "teller": "young-person",
            "age": "13-15",
            "happened": "embarrassing",
            "posted-by": "peers",
            "also": "who-i-am",
        },
    ),
)


def people() -> Iterator[tuple[str, Person]]:
    """Every teller, age and nation in two trees, in one manner each; then more at random, of whom
    some are under 13; and those who say what few say by chance.

    The manners take turns among the nations, so that each teller of each age has all three in each
    tree. What is left out is the same person in the other two: those of the nations beside it.
    """
    manners = (first, last, unsure)
    for number, tree in enumerate(TREES):
        for turn, fixed in enumerate(EVERYONE):
            yield tree, Person(manners[(number + turn) % 3], fixed)
    chance = random.Random(20261124)
    for seed in range(160):
        yield TREES[seed % 2], Person(at_random(seed), chance.choice(EVERYONE), thorough=True)
    # Under 13 there are pages of their own, to which few come by chance.
    for seed, nation in enumerate(SOMEWHERE * 8):
        young = {"teller": "young-person", "age": "under-13", "nation": nation}
        yield TREES[seed % 2], Person(at_random(seed), young, thorough=True)
    for (tree, fixed), nation in product(SELDOM_BY_CHANCE, SOMEWHERE):
        yield tree, Person(first, {**fixed, "nation": nation}, thorough=True)


def people_elsewhere(trees: Iterable[str]) -> Iterator[tuple[str, Person]]:
    """In each other tree a third of all tellers, ages and nations, in one manner each.

    Every third is in turn of another nation, so that each tree meets every teller of every age,
    and nobody is left out of three trees that follow each other.
    """
    manners = (first, last, unsure, at_random(1))
    for number, tree in enumerate(trees):
        for turn, fixed in enumerate(EVERYONE[number % 3 :: 3]):
            yield tree, Person(manners[(number + turn) % 4], fixed, thorough=turn % 5 == 0)


@pytest.fixture(scope="module")
def met(reading: Reading) -> list[Met]:
    return [met for tree, person in people() for met in talk_plainly(reading, tree, person)]


@pytest.fixture(scope="module")
def met_anywhere(reading: Reading, met: list[Met]) -> list[Met]:
    elsewhere = people_elsewhere(others(reading.library))
    return met + [m for tree, person in elsewhere for m in talk_plainly(reading, tree, person)]


def others(library: Library) -> list[str]:
    return sorted(library.trees.keys() - set(TREES))


def test_everyone_who_is_to_be_there_was_there(met: list[Met], real: Library) -> None:
    """The walks lead to every ending, and each teller, age and nation is met at a last one."""
    assert {(m.page.tree, m.page.outcome) for m in met if m.page.tree in TREES} == {
        (tree, outcome) for tree in TREES for outcome in real.trees[tree].outcomes
    }
    lasting = {
        tuple(next(iter(m.facts[fact])) for fact in ("teller", "age", "nation"))
        for m in met
        if not m.page.carry_on
    }
    assert lasting == set(product(TELLERS, AGES, SOMEWHERE))


# --- guards on one page --------------------------------------------------------------------------
# Each is a function from a page that somebody met to complaints about it.


def rows_hold(met: Met) -> Iterator[str]:
    """The rows of the table."""
    yield from complaints(met.seen)


def somebody_can_help(met: Met) -> Iterator[str]:
    """Nobody is left without anyone to turn to."""
    if not met.page.contacts:
        yield f"nobody to turn to at {met.seen}"


def somebody_is_there_at_this_hour(met: Met) -> Iterator[str]:
    """At an urgent ending a person answers now, by telephone, by text or in a chat."""
    urgent = met.page.urgency >= Urgency.TODAY
    if urgent and not any(contact.answering for contact in met.page.contacts):
        yield f"nobody answers now at {met.seen}"


def the_helpline_is_told_first(met: Met) -> Iterator[str]:
    """Where a page is urgent and has a helpline, one that is open heads it."""
    line = met.page.lifeline
    urgent = met.page.urgency >= Urgency.TODAY
    if urgent and met.page.emergency is None and line is None:
        yield f"neither 999 nor a helpline heads {met.seen}"
    if urgent and line is not None and line.way.state is not Openness.OPEN:
        yield f"{line.route} heads {met.seen}, and is not known to be open"


def thoughts_find_a_crisis_line(met: Met) -> Iterator[str]:
    """With thoughts of suicide, a crisis line that is open now is among the first three."""
    if not any(when.holds(met.facts) for when in THOUGHTS):
        return
    crisis = [each for each in met.page.help if each.need == "crisis-support"]
    shown = [contact for each in crisis for contact in each.contacts]
    known = set(table()["day-and-night"])
    if not any(contact.route in known and contact.answering for contact in shown):
        yield f"no crisis line that is open among the first at {met.seen}"


def not_paying_comes_before_keeping(met: Met) -> Iterator[str]:
    """In blackmail for money: not to pay, not to send more, and then not to delete."""
    if met.facts.get("threat", frozenset()).isdisjoint({"money", "money-paid"}):
        return
    if met.page.carry_on:
        return
    said = [line.name for line in met.page.instructions if line.name]
    paid = "money-paid" in met.facts["threat"]
    order = [*(["pay-no-more"] if paid else ["do-not-pay", "send-nothing-more"]), "do-not-delete"]
    if "young-do-not-answer" in said:  # under 13: not to send or pay anything, in one line
        left = {"young-delete-nothing", "young-leave-it-as-it-is"} & {*said}
        order = ["young-do-not-answer", *left]
    if [name for name in said if name in order] != order:
        yield f"{[name for name in said if name in order]} is the order at {met.seen}"


def only_numbers_that_are_known(met: Met) -> Iterator[str]:
    """No number stands on a page that the facts do not support."""
    known = {_digits(number) for some in table()["numbers"].values() for number in some}
    for number in _numbers(met.said):
        if _digits(number) not in known:
            yield f"{number} at {met.seen}"


def nothing_is_promised(met: Met) -> Iterator[str]:
    """Nothing that old leaflets got wrong, and nothing that nobody can promise."""
    for sentence in sentences(met.page):
        for phrase in _wrongly_said(sentence):
            yield f"“{phrase}” in “{sentence}” at {met.seen}"


def no_copy_is_asked_for(met: Met) -> Iterator[str]:
    """Where a picture is or may be sexual, nobody is told to copy it, keep it or pass it on."""
    if not any(when.holds(met.facts) for when in SEXUAL):
        return
    for sentence in sentences(met.page):
        if order := _asks_for_a_copy(sentence):
            yield f"“{order}” in “{sentence}” at {met.seen}"


def what_is_shown_was_printed(met: Met) -> Iterator[str]:
    """The conversation prints every way in to every service on the page."""
    said = _joined(met.said)
    for each in met.page.help:
        for contact in (*each.contacts, *(each.more if met.thorough else ())):
            for way in contact.ways:
                if _joined(way.address) not in said:
                    yield f"{contact.route}: {way.address} is not printed at {met.seen}"


GUARDS: tuple[Callable[[Met], Iterator[str]], ...] = (
    rows_hold,
    somebody_can_help,
    somebody_is_there_at_this_hour,
    the_helpline_is_told_first,
    thoughts_find_a_crisis_line,
    not_paying_comes_before_keeping,
    only_numbers_that_are_known,
    nothing_is_promised,
    no_copy_is_asked_for,
    what_is_shown_was_printed,
)


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdigit())


def _joined(text: str) -> str:
    """Text without its line breaks, so that what was wrapped is found again."""
    return "".join(text.split())


_DATE = re.compile(r"(?<!\d\d\d )\b(?:19|20)\d\d(?:-\d\d){0,2}\b")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[ -]\d+)*(?![\w:.]\d)\b")


def _numbers(said: str) -> list[str]:
    """What looks like a number to ring, in print: three digits or more that are no date."""
    before_sources = said.split("Where this comes from")[0]
    text = _ADDRESS.sub(" ", _DATE.sub(" ", before_sources))
    return [found for found in _NUMBER.findall(text) if len(_digits(found)) >= 3]


def sentences(shown: Page) -> Iterator[str]:
    """Every sentence on a page, one by one."""
    for text in _texts(shown):
        yield from re.split(r"(?<=[.!?:])\s+", text)


def _texts(value: object) -> Iterator[str]:
    """Every text inside a value, whatever holds it."""
    if isinstance(value, Sentence):
        yield from value.texts
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, (tuple, frozenset)):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Frozen):
        for name in field_names(value):
            yield from _texts(getattr(value, name))


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """Any of the phrases of this list of the table."""
    return re.compile("|".join(rf"\b{re.escape(p)}\b" for p in table()[name]), re.IGNORECASE)


_CANNOT = re.compile(r"\b(?:cannot|can't|nobody can|never|do not|don't) promise\b", re.IGNORECASE)


_SAID_BY_THEM = re.compile(r"\beven if they say no police\b", re.IGNORECASE)
"""What whoever threatens somebody says, and no promise of ours."""


@cache
def _wrongly_said(sentence: str) -> list[str]:
    plain = sentence.replace("’", "'").replace("It was called Action Fraud.", "")
    plain = _SAID_BY_THEM.sub("", plain)
    found = _phrases("never-said").findall(plain)
    return found if _CANNOT.search(plain) else [*found, *_phrases("promised").findall(plain)]


@cache
def _copying() -> re.Pattern[str]:
    verbs = "|".join(re.escape(verb) for verb in table()["copying"]["verbs"])
    things = "|".join(re.escape(thing) for thing in table()["copying"]["things"])
    return re.compile(
        rf"(?:^|[,:;“\"] ?|\b(?:then|and|or|can|may|please|should|must|must be|you) )"
        rf"(?:{verbs})\b(?: \w+){{0,3}}? (?:{things})\b(?!(?: of \w+)? (?:off|from))",
        re.IGNORECASE,
    )


_TURNED_ROUND = re.compile(
    r"\b(?:don't|do not|never|no|not|nobody|nothing|without)\b", re.IGNORECASE
)

_WHAT_HAPPENED = re.compile(r"^Did [^.]*\?$")


@cache
def _asks_for_a_copy(sentence: str) -> str:
    plain = sentence.replace("’", "'")
    if _TURNED_ROUND.search(plain) or _WHAT_HAPPENED.search(plain):
        return ""
    found = _copying().search(plain)
    return found[0] if found else ""


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_every_page_that_somebody_meets(
    guard: Callable[[Met], Iterator[str]], met_anywhere: list[Met]
) -> None:
    wrong = [complaint for each in met_anywhere for complaint in guard(each)]
    assert wrong == [], _some(wrong)


def _some(complaints: Sequence[str]) -> str:
    return "\n".join([f"{len(complaints)} complaints", *complaints[:12]])


# --- every way there is --------------------------------------------------------------------------

Place = tuple[str, str, frozenset[tuple[str, frozenset[str]]]]
"""A step of a tree, and what is known of someone who comes there."""


def endings(library: Library) -> dict[Place, tuple[Outcome, Facts]]:
    """Every ending of every walk through the first two trees, with what is known there.

    A question that takes many answers is given each of them alone. All who have answered alike
    live in one nation, and those beside them in another: not each way is gone in every nation.
    Facts that only one tree knows are left behind at the door to another, which cannot read them.
    """
    met: set[Place] = set()
    found: dict[Place, tuple[Outcome, Facts]] = {}

    def visit(tree: str, step: str, facts: dict[str, frozenset[str]]) -> None:
        here = library.trees[tree].step(step)
        assert here is not None
        facts = {**facts, **library.gives(library.trees[tree])}
        place = (tree, here.name, frozenset(facts.items()))
        if place in met:
            return
        met.add(place)
        if isinstance(here, Outcome):
            found[place] = here, facts
            if here.carry_on:
                goto = here.carry_on.goto
                visit(goto.tree, goto.step, {**facts, **here.carry_on.sets})
            return
        past = here.passed_to(facts)
        ways = [w for w in here.ways if not here.at_ending or w[0] == NOT_SURE]
        if here.fact == "nation":
            known_by_now = sorted((fact, *sorted(values)) for fact, values in facts.items())
            ways = [ways[crc32(repr(known_by_now).encode()) % len(ways)]]
        onward = (
            [(past, facts)]
            if past
            else [(goto, {**facts, here.fact: frozenset({value})}) for value, goto in ways]
        )
        for goto, known in onward:
            if goto.tree != tree:
                known = {fact: known[fact] for fact in known if fact in library.questions}
            visit(goto.tree, goto.step, known)

    for tree in TREES:
        visit(tree, "", {})
    return found


def endings_by_chance(library: Library) -> dict[Place, tuple[Outcome, Facts]]:
    """Endings of walks that begin in the other trees and answer at random, each question with one
    answer. Whoever can go on from an ending does. One of four is a young person under 13, and one
    is in no danger and not sure what was told: few come to the pages for these by chance."""
    chance = random.Random(20261125)
    trees = others(library)
    found: dict[Place, tuple[Outcome, Facts]] = {}
    for number in range(BY_CHANCE):
        walk = Walk.begin(library, trees[number % len(trees)])
        fixed = (YOUNGEST, UNDECIDED, {}, {})[number // len(trees) % 4]
        while isinstance(walk.here, Question) or walk.here.carry_on:
            if isinstance(walk.here, Question):
                value = fixed.get(walk.here.fact, "")
                chosen = value if value in walk.here.values else chance.choice(walk.here.values)
                walk = walk.answer({chosen}).past_unasked()
            else:
                found[place_of(walk)] = walk.here, walk.facts
                walk = walk.carry_on().past_unasked()
        found[place_of(walk)] = walk.here, walk.facts
    return found


def place_of(walk: Walk) -> Place:
    return (walk.tree.name, walk.here.name, frozenset(walk.facts.items()))


Found = TypeVar("Found")


class Once(Generic[Found]):
    """A question about facts, answered once for all who agree on the facts that it reads."""

    def __init__(self, reads: Collection[str], answer: Callable[[Facts], Found]) -> None:
        self.reads = tuple(sorted(reads))
        self.answer = answer
        self.found: dict[tuple[frozenset[str] | None, ...], Found] = {}

    def __call__(self, facts: Facts) -> Found:
        key = tuple([facts.get(fact) for fact in self.reads])
        if key not in self.found:
            self.found[key] = self.answer(facts)
        return self.found[key]


def read(whens: Iterable[When | None]) -> frozenset[str]:
    """The facts that conditions read."""
    return frozenset(fact for when in whens if when for fact in when.facts)


def read_by_lines(lines: Iterable[Advice]) -> frozenset[str]:
    """Those that decide whether any of the lines is shown of which the table speaks."""
    spoken_of = (line for line in lines if line.name in advised())
    return read(when for line in spoken_of for when in (*line.whens, *line.unless))


class WithoutWords:
    """What a page shows, without its words: there are so many endings that to write every page
    would take minutes. A test holds it to the pages themselves."""

    def __init__(self, library: Library) -> None:
        self.library = library
        routes = library.routes.values()
        self.by_entries = read(when for e in library.always for when in (e.when, *e.unless))
        self.by_their_lines = read_by_lines(line for e in library.always for line in e.advice)
        self.added = Once(self.by_entries, self._added)
        self.there = Once(read(w for r in routes for w in (*r.whens, *r.unless)), self._there)
        self.needs: dict[tuple[str, str], Once[tuple[str, ...]]] = {}
        self.advice: dict[tuple[str, str], Once[frozenset[str]]] = {}
        self.routes: dict[tuple[tuple[str, ...], int], tuple[str, ...]] = {}

    def seen(self, tree: str, outcome: Outcome, facts: Facts) -> Seen:
        shown = Shown(
            routes=self._routes(self.needs_of(tree, outcome)(facts), self.there(facts)),
            advice=self._advice_of(tree, outcome)(facts),
            urgency=max([outcome.urgency, *(e.urgency for e in self.added(facts) if e.urgency)]),
            asked=frozenset(facts),
        )
        return Seen(tree, outcome.name, facts, shown, last=outcome.carry_on is None)

    def needs_of(self, tree: str, outcome: Outcome) -> Once[tuple[str, ...]]:
        place = tree, outcome.name
        if place not in self.needs:
            self.needs[place] = self._needs(outcome)
        return self.needs[place]

    def _advice_of(self, tree: str, outcome: Outcome) -> Once[frozenset[str]]:
        place = tree, outcome.name
        if place not in self.advice:
            self.advice[place] = self._advice(outcome)
        return self.advice[place]

    def _added(self, facts: Facts) -> tuple[Always, ...]:
        return tuple([entry for entry in self.library.always if entry.shown(facts)])

    def _there(self, facts: Facts) -> tuple[Route, ...]:
        return tuple(sorted(offered(self.library, facts), key=lambda route: not route.first))

    def _needs(self, outcome: Outcome) -> Once[tuple[str, ...]]:
        always = self.library.always
        listed = [need for entry in always for need in entry.needs] + list(outcome.needs)

        def called_for(facts: Facts) -> tuple[str, ...]:
            added = self.added(facts)
            before = [need for entry in added if not entry.after for need in entry.needs]
            after = [need for entry in added if entry.after for need in entry.needs]
            wanted = [n.need for n in (*before, *outcome.needs, *after) if n.when.holds(facts)]
            return tuple(sorted(dict.fromkeys(wanted), key=lambda need: need != "emergency"))

        return Once(self.by_entries | read(need.when for need in listed), called_for)

    def _advice(self, outcome: Outcome) -> Once[frozenset[str]]:
        reads = self.by_entries | self.by_their_lines | read_by_lines(outcome.advice)

        def said(facts: Facts) -> frozenset[str]:
            added = (line for entry in self.added(facts) for line in entry.advice)
            lines = (line for line in (*outcome.advice, *added) if line.name in advised())
            return frozenset(line.name for line in lines if line.shown(facts))

        return Once(reads, said)

    def _routes(self, needs: tuple[str, ...], there: tuple[Route, ...]) -> tuple[str, ...]:
        key = needs, id(there)  # ``there`` is kept, so that no other ever has its place in memory
        if key not in self.routes:
            by_need = (route.name for need in needs for route in there if need in route.serves)
            self.routes[key] = tuple(dict.fromkeys(by_need))
        return self.routes[key]


Endings = dict[Place, tuple[Outcome, Facts]]


@pytest.fixture(scope="module")
def every_way(real: Library) -> Iterator[Endings]:
    """The endings of everybody who begins in the first two trees."""
    # So many values and no cycle among them: to look for one takes longer than all the rest.
    gc.disable()
    try:
        found = endings(real)
        gc.freeze()
    finally:
        gc.enable()
    yield found
    gc.unfreeze()


@pytest.fixture(scope="module")
def every_ending(real: Library, every_way: Endings) -> Endings:
    """Those, and the endings of every case and of some thousands who begin in the other trees."""
    cases = [play_case(real, case) for case in whole_library().cases.values()]
    ends = [(walk, walk.here) for walk in cases if isinstance(walk.here, Outcome)]
    return every_way | {place_of(w): (end, w.facts) for w, end in ends} | endings_by_chance(real)


def test_every_ending_keeps_to_the_table(real: Library, every_ending: Endings) -> None:
    without_words, wrong = WithoutWords(real), []
    always_there = frozenset(table()["day-and-night"])
    for (tree, *_), (outcome, facts) in every_ending.items():
        seen = without_words.seen(tree, outcome, facts)
        wrong += complaints(seen)
        if seen.shown.urgency >= Urgency.TODAY and always_there.isdisjoint(seen.shown.routes):
            wrong.append(f"nobody answers at every hour at {seen}")
        if not seen.shown.routes:
            wrong.append(f"nobody to turn to at {seen}")
    assert wrong == [], _some(wrong)
    # Two trees with all their branches: if this falls, ways are missing, not wrong.
    assert len(every_ending) > 100_000
    assert {(tree, name) for tree, name, _ in every_ending} == {
        (tree.name, name) for tree in real.trees.values() for name in tree.outcomes
    }


def test_whoever_may_tick_a_line_is_offered_it(every_way: Endings) -> None:
    missed = not_offered(every_way)
    assert missed == [], _some(missed)


def test_a_line_that_is_not_offered_is_missed(every_way: Endings) -> None:
    nobody_ticked = {
        place: found
        for place, found in every_way.items()
        if "suicidal" not in found[1].get("also", ())
    }
    missed = " ".join(not_offered(nobody_ticked))
    assert "blackmail-asks-about-suicide" in missed
    assert "a-nude-passed-round-asks-about-suicide" in missed


def not_offered(every_way: Endings) -> list[str]:
    """Those who are not offered a line that a row counts as a question.

    All who are asked no other question of that row, and have answered alike by the time the line is
    offered, have somebody among them who ticked it. What is asked later may depend on what was
    ticked, as the age in a picture does.
    """
    ticked: dict[tuple[object, ...], set[str]] = {}
    wanted: dict[tuple[object, ...], str] = {}
    for row in rows():
        for fact, line in row.lines_to_tick:
            questions = row.asked_of - {fact}
            for (tree, *_), (outcome, facts) in every_way.items():
                if fact not in facts or not questions.isdisjoint(facts):
                    continue
                if row.holds_for(facts, last=outcome.carry_on is None):
                    # Facts are in the order in which they were asked.
                    rest = frozenset(islice(facts.items(), list(facts).index(fact)))
                    ticked.setdefault((row.name, tree, rest), set()).update(facts[fact])
                    wanted[row.name, tree, rest] = line
    return [str(who) for who, line in wanted.items() if line not in ticked[who]]


def some_of(every_ending: Endings, count: int) -> list[tuple[str, Outcome, Facts]]:
    """Some endings, the same ones each time."""
    some = random.Random(count).sample(list(every_ending.items()), count)
    return [(tree, outcome, facts) for (tree, *_), (outcome, facts) in some]


def test_whatever_a_page_calls_for_shows_without_asking(
    real: Library, every_ending: Endings
) -> None:
    """No need stands behind a key press: of those who serve it, one at least is in sight."""
    without_words = WithoutWords(real)
    for tree, outcome, facts in some_of(every_ending, 300):
        shown = page(real, real.trees[tree], outcome, facts, NIGHT)
        in_sight = {need for c in shown.contacts for need in real.routes[c.route].serves}
        wanted = without_words.needs_of(tree, outcome)(facts)
        assert in_sight.issuperset(wanted), without_words.seen(tree, outcome, facts)


def test_what_is_seen_without_words_is_what_the_page_shows(
    real: Library, every_ending: Endings
) -> None:
    without_words = WithoutWords(real)
    for tree, outcome, facts in some_of(every_ending, 250):
        shown = page(real, real.trees[tree], outcome, facts)
        made, read = without_words.seen(tree, outcome, facts), seen_on(shown, facts)
        # On paper a service of the reader's own nation comes second. A worker finds first whom the
        # steps name, but for danger.
        first = made.shown.routes[:1]
        if "staff" not in facts["teller"] or "emergency" in real.routes[first[0]].serves:
            assert first == read.shown.routes[:1]
        assert in_any_order(made) == in_any_order(read)


def in_any_order(seen: Seen) -> Seen:
    return replace(seen, shown=replace(seen.shown, routes=tuple(sorted(seen.shown.routes))))


def test_walks_come_only_to_endings_that_are_counted(
    real: Library, every_ending: Endings, met: list[Met]
) -> None:
    """Whoever walks from one of two trees is where the count says that people can be, there or in
    another nation."""
    anywhere = {
        (tree, name, frozenset(each for each in facts if each[0] != "nation"))
        for tree, name, facts in every_ending
    }
    for each in met:
        own = {question.fact for question in real.trees[each.page.tree].questions.values()}
        asked = (own | real.questions.keys()) - {"nation"}
        known = {f: v for f, v in each.facts.items() if f in asked}
        assert (each.page.tree, each.page.outcome, frozenset(known.items())) in anywhere


@pytest.mark.parametrize("clock", AT_ANY_HOUR, ids=lambda clock: clock.at.isoformat())
def test_somebody_answers_at_any_hour(real: Library, every_ending: Endings, clock: Clock) -> None:
    wrong: list[str] = []
    for tree, outcome, facts in some_of(every_ending, 60):
        shown = page(real, real.trees[tree], outcome, facts, clock)
        met = Met(facts, shown, said="", thorough=False)
        wrong += somebody_is_there_at_this_hour(met)
        wrong += the_helpline_is_told_first(met)
        wrong += thoughts_find_a_crisis_line(met)
    assert wrong == [], _some(wrong)


# --- what would happen if ------------------------------------------------------------------------
# Every row and every guard is shown a library that was spoilt on purpose.


def loosened(library: Library, names: Collection[str]) -> Library:
    """These services are offered to everyone, for everything, and nothing stands in for them."""
    spoilt = {
        name: replace(route, whens=(), unless=(), instead="", serves=tuple(library.needs))
        for name, route in library.routes.items()
        if name in names
    }
    # First in the file, so that none of them stands behind three others.
    rest = {
        name: replace(route, instead="") if route.instead in names else route
        for name, route in library.routes.items()
        if name not in names
    }
    return replace(library, routes={**spoilt, **rest})


def without(library: Library, names: Collection[str]) -> Library:
    """These services are offered to nobody."""
    kept = {name: route for name, route in library.routes.items() if name not in names}
    return replace(library, routes=kept)


def rewritten(library: Library, change: Callable[[Outcome | Always], Any]) -> Library:
    """Every ending, and every entry that is always added, after a change."""
    trees = {
        name: replace(tree, outcomes={n: change(o) for n, o in tree.outcomes.items()})
        for name, tree in library.trees.items()
    }
    return replace(library, trees=trees, always=tuple(change(e) for e in library.always))


def spoilt_for(row: Row, library: Library) -> Library:
    """A library in which this row must find something wrong."""
    if row.never:
        library = loosened(library, row.never)
    if row.shows:
        library = without(library, row.shows)
    if row.first:
        library = without(library, [row.first])
    if row.advises:
        library = rewritten(
            library,
            lambda at: replace(
                at, advice=tuple(line for line in at.advice if line.name not in row.advises)
            ),
        )
    if row.urgency:
        library = rewritten(library, lambda at: replace(at, urgency=Urgency.INFO))
    return library


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_every_row_finds_what_was_spoilt(row: Row, real: Library, every_ending: Endings) -> None:
    cases = (
        (tree, outcome, facts)
        for (tree, *_), (outcome, facts) in every_ending.items()
        if row.holds_for(facts, last=outcome.carry_on is None)
    )
    tree, outcome, facts = next(cases)  # a row that is about nobody would guard nobody
    known = {fact: values for fact, values in facts.items() if fact not in row.asked_of}
    spoilt = spoilt_for(row, real)
    there = spoilt.trees[tree]
    seen = seen_on(page(spoilt, there, there.outcomes[outcome.name], known), known)
    found = [what for what in complaints(seen) if what.startswith(f"{row.name}: ")]
    for part in (row.never, row.advises):
        assert all(any(f"no {name} " in c or f"is {name} " in c for c in found) for name in part)
    assert found


@pytest.fixture(scope="module")
def blackmailed(reading: Reading) -> Met:
    """The ending of someone who is blackmailed for money, and who has thoughts of suicide."""
    fixed = {"age": "13-15", **BLACKMAILED, "suicide": "thoughts"}
    return talk_plainly(reading, "threatened", Person(first, fixed))[-1]


BLACKMAILED = {
    "danger": "none",
    "threat": "money",
    "suicide": "no",
    "also": "picture",
    # Another child who wants money is met at school, today.
    "suspect": "online-only",
}
"""Someone who is blackmailed for money over a picture."""

Spoil = Callable[[Library, Met], Met]


def page_again(library: Library, met: Met) -> Met:
    """The same person at the same ending of another library."""
    tree = library.trees[met.page.tree]
    shown = page(library, tree, tree.outcomes[met.page.outcome], met.facts, NIGHT)
    return replace(met, page=shown)


def nobody_serves(library: Library, met: Met) -> Met:
    return page_again(without(library, tuple(library.routes)), met)


def hours_are_lost(library: Library, met: Met) -> Met:
    routes = {name: replace(route, hours={}) for name, route in library.routes.items()}
    return page_again(replace(library, routes=routes), met)


def crisis_lines_are_lost(library: Library, met: Met) -> Met:
    return page_again(without(library, table()["day-and-night"]), met)


def advice_is_turned_round(library: Library, met: Met) -> Met:
    turned = rewritten(library, lambda at: replace(at, advice=at.advice[::-1]))
    return page_again(turned, met)


def says(*, text: str) -> Spoil:
    """The page's first words are these."""

    def spoil(library: Library, met: Met) -> Met:
        return replace(met, page=replace(met.page, opening=text), said=f"{text}\n{met.said}")

    return spoil


def prints_nothing(library: Library, met: Met) -> Met:
    return replace(met, said="")


@pytest.mark.parametrize(
    ("guard", "spoil"),
    [
        (somebody_can_help, nobody_serves),
        (somebody_is_there_at_this_hour, hours_are_lost),
        (the_helpline_is_told_first, hours_are_lost),
        (the_helpline_is_told_first, nobody_serves),
        (thoughts_find_a_crisis_line, crisis_lines_are_lost),
        (thoughts_find_a_crisis_line, hours_are_lost),
        (not_paying_comes_before_keeping, advice_is_turned_round),
        (only_numbers_that_are_known, says(text="Ring Childline on 0800 111 now.")),
        (only_numbers_that_are_known, says(text="Ring 0800 1112.")),
        (only_numbers_that_are_known, says(text="Text 88247.")),
        (nothing_is_promised, says(text="It will be gone in 48 hours.")),
        (nothing_is_promised, says(text="Tell Action Fraud.")),
        (nothing_is_promised, says(text="The Malicious Communications Act says so.")),
        (no_copy_is_asked_for, says(text="First, screenshot the picture.")),
        (no_copy_is_asked_for, says(text="Write it down. Then send it to your worker.")),
        (what_is_shown_was_printed, prints_nothing),
    ],
)
def test_every_guard_finds_what_was_spoilt(
    guard: Callable[[Met], Iterator[str]], spoil: Spoil, real: Library, blackmailed: Met
) -> None:
    assert list(guard(blackmailed)) == []
    assert list(guard(spoil(real, blackmailed)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Screenshot the picture.",
        "Take it slowly, and save the video first.",
        "Then forward it to your lead.",
        "You can send on the picture.",
        "Please show the nude to an adult.",
        "Screenshot everything.",
        "Keep the picture as proof.",
        "Film the screen with another phone.",
        "Did they ask for it? Then send it to them.",
    ],
)
def test_orders_to_copy_are_found(sentence: str) -> None:
    assert _asks_for_a_copy(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Don't save, screenshot or pass on the picture.",
        "Never save, screenshot or send a nude of anyone under 18.",
        "It can keep the picture off many big sites.",
        "There are tools that can keep a picture of you off many big sites.",
        "Write down the username, any link and what happened.",
        "Screenshot the words, with the name, day and time.",
        "They say they will share a picture.",
        "Send someone else to tell your safeguarding lead now.",
        "You can show them this page.",
        "Report it in the app.",
        "Did someone show it to them, or send it?",
    ],
)
def test_what_is_no_order_to_copy_is_let_be(sentence: str) -> None:
    assert not _asks_for_a_copy(sentence)


def test_numbers_are_told_from_dates_addresses_and_small_numbers() -> None:
    said = (
        "1. Ring 0800 1111, 116 123 or 18001 101 (24/7, from 8:30am).\n"
        "Text SHOUT to 85258. For 13 to 15. Date of our source 2022-08, or 2024. https://a.uk/1234\n"
        "Where this comes from\nSections 179 and 181."
    )
    assert _numbers(said) == ["0800 1111", "116 123", "18001 101", "85258"]


def test_a_promise_may_be_named_where_it_cannot_be_made() -> None:
    assert _wrongly_said("Nobody can promise that it will be gone.") == []
    assert _wrongly_said("It will be gone.") == ["will be gone"]
    assert _wrongly_said("They can’t promise, but the police won’t come.") == ["police won't"]


def test_what_whoever_threatens_somebody_says_is_no_promise() -> None:
    assert _wrongly_said("Ring 999, even if they say no police.") == []
    for promise in (
        "No police.",
        "Tell a teacher: there will be no police.",
        "They say no police, and so do we.",
        "Even if they say no police, it will be with no police.",
    ):
        assert _wrongly_said(promise), promise


# --- at two in the morning -----------------------------------------------------------------------


class Keys:
    """The keys that a person presses, one after the other; after that the terminal has gone."""

    def __init__(self) -> None:
        self.waiting: deque[str] = deque()

    def read(self) -> str:
        if not self.waiting:
            raise EOFError
        return self.waiting.popleft()


class AtTheScreen(ScreenUi):
    """The drawn conversation with a person at it, who stops at the first page of the ending."""

    def __init__(self, person: Person, walk: Walk) -> None:
        self.keys, self.drawn = Keys(), io.StringIO()
        super().__init__(Screen(self.drawn), self.keys)  # type: ignore[arg-type] # keys of our own
        self.person, self.walk = person, walk

    def opening(self, blocks: Sequence[Block], acts: Collection[Act] = ()) -> Act | None:
        self.keys.waiting.append(ENTER)
        return super().opening(blocks, acts)

    def menu(self, menu: Menu) -> int | Act:
        self.keys.waiting.append("2")
        return super().menu(menu)

    def question(self, asking: QuestionView, acts: Collection[Act]) -> Collection[str] | Act:
        assert isinstance(self.walk.here, Question)
        answers = self.person.answers(self.walk.here)
        for value in answers:
            if value == self.walk.here.unticked:
                continue
            self.keys.waiting.extend(str(self.walk.here.values.index(value) + 1))
            if len(asking.choices) > 9:
                self.keys.waiting.append(ENTER)
        if asking.many:
            self.keys.waiting.append(ENTER)
        chosen = super().question(asking, acts)
        assert chosen == set(answers)
        self.walk = self.walk.answer(chosen).past_unasked()
        return chosen


def first_screen(reading: Reading, **fixed: str) -> list[str]:
    """The rows of an 80x24 terminal as someone in blackmail for money first sees the ending."""
    person = Person(first, {**BLACKMAILED, **fixed})
    face = AtTheScreen(person, Walk.begin(reading.library, "threatened"))
    with pytest.raises(Left):
        WalkSession(face, reading, lambda: NIGHT).run("threatened", {})
    # Under 13 no young person is asked if there is a picture, and one page is for both.
    young = fixed["teller"] == "young-person" and fixed["age"] == "under-13"
    assert face.walk.here.name == ("young-blackmailed" if young else "sextortion")
    terminal = pyte.Screen(80, 24)
    pyte.Stream(terminal).feed(face.drawn.getvalue().replace("\n", "\r\n"))
    return [row.rstrip() for row in terminal.display]


def whole_page(reading: Reading, **fixed: str) -> str:
    """The same ending in the plain conversation, on one line."""
    person = Person(first, {**BLACKMAILED, **fixed})
    return " ".join(talk_plainly(reading, "threatened", person)[-1].said.split())


# In the words of the facts: a live helpline, that it is open, not to pay, not to send more.
FIRST_PAGE = (
    (r"0800 1111|116 123|85258|0800 068 4141|0808 808 8000", "a live helpline"),
    (r"open now", "that it is open now"),
    (r"Don't (?:let anyone |send or )?pay", "not to pay"),
    (
        (
            r"Let nothing else be sent|Don't (?:send (?:them )?anything(?: more| else|\.)"
            r"|send or pay)"
        ),
        "not to send more",
    ),
)


def _missing(screen: str, wanted: Iterable[tuple[str, str]]) -> list[str]:
    plain = " ".join(screen.replace("’", "'").split())
    return [what for pattern, what in wanted if not re.search(pattern, plain)]


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("teller", TELLERS)
def test_the_first_screen_of_blackmail_at_two_in_the_morning(
    reading: Reading, teller: str, age: str
) -> None:
    """Of each age, nation and answer about suicide one of the three kinds of readers, in turn."""
    turn = AGES.index(age) + TELLERS.index(teller)
    for number, nation in enumerate(SOMEWHERE, turn):
        suicide = ("no", "thoughts", NOT_SURE)[number % 3]
        # Whoever is 18 or over ticks the thoughts beside the picture.
        also = "picture+suicidal" if suicide == "thoughts" else "picture"
        screen = "\n".join(
            first_screen(reading, teller=teller, age=age, nation=nation, suicide=suicide, also=also)
        )
        assert _missing(screen, FIRST_PAGE) == [], screen
        if suicide == "thoughts":
            # What to do about the thoughts comes before what to do about the money. For whoever
            # would rather not say, it comes after (docs/decisions/0020).
            assert screen.index("999") < screen.index("pay"), screen


@pytest.mark.parametrize("nation", SOMEWHERE)
def test_then_to_keep_the_chat_then_ceop_or_101_then_report_remove(
    reading: Reading, nation: str
) -> None:
    said = whole_page(reading, teller="young-person", age="13-15", nation=nation)
    plain = said.replace("’", "'")
    places = [
        re.search(pattern, plain)
        for pattern in (
            r"Don't (?:let anyone )?pay",
            "keep the chat",
            r"CEOP|\b101\b",
            "Report Remove",
        )
    ]
    assert all(places), plain
    at = [found.start() for found in places if found]
    assert at == sorted(at), plain


# --- from outside --------------------------------------------------------------------------------


@pytest.mark.parametrize("tree", TREES)
def test_the_program_itself_says_what_the_conversation_says(reading: Reading, tree: str) -> None:
    person = Person(
        unsure, {"teller": "young-person", "danger": "none", "age": "18", "nation": "wales"}
    )
    face = AtThePlain(person, Walk.begin(reading.library, tree))
    with pytest.raises(Left):
        WalkSession(face, reading, lambda: NIGHT, FolderPrinter(None)).run(tree, {})
    command = [
        sys.executable,
        "-m",
        "fingerpost",
        "walk",
        tree,
        "--plain",
        "--now",
        "2026-11-25T02:00",
    ]
    ran = subprocess.run(
        command,
        input=face.typed.everything,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert _joined(face.met[-1].said) in _joined(ran.stdout)
