"""The sheet that the page in a browser makes of an ending is the document that Python makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeAlias, get_args

import pytest

from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.facts import TELLERS, Facts
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Checked, Outcome, Tree
from fingerpost.page.approval import Approved
from fingerpost.page.page import Channel, Contact, FormLink, Help, Page, page
from fingerpost.sheets.document import Block
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.web.data import walk_data

from ..support.journeys import first_difference
from ..support.node import MODULES, planted, run
from ..support.printed import AUDIENCES, CODE, LIBRARY

pytestmark = pytest.mark.node

Job: TypeAlias = tuple[Page, str, Sheet]

TODAY = date(2026, 11, 28)
KNOWN_TO_MOST = 0.8
"""How likely it is that a fact is known."""


def plain(value: object) -> Any:
    """A value as the page in a browser has it: a block of a document says of which kind it is."""
    match value:
        case Frozen():
            kind = {"kind": type(value).__name__} if isinstance(value, get_args(Block)) else {}
            return kind | {name: plain(getattr(value, name)) for name in field_names(value)}
        case tuple():
            return [plain(each) for each in value]
        case _:
            return value


def endings(library: Library) -> Iterator[tuple[Tree, Outcome]]:
    return ((tree, each) for tree in library.trees.values() for each in tree.outcomes.values())


def drawn_facts(library: Library, tree: Tree, random: Random) -> Facts:
    """What might be known of somebody, whether or not anybody comes to an ending with it."""
    asked = (*library.questions.values(), *tree.questions.values())
    return {
        question.fact: frozenset(random.sample(question.values, random.choice((1, 1, 1, 2))))
        for question in asked
        if random.random() < KNOWN_TO_MOST and len(question.values) > 1
    }


def drawn_page(tree: Tree, outcome: Outcome, random: Random) -> Page:
    """A page as for paper, of this library or of one in which other things are so."""
    made = page(LIBRARY, tree, outcome, drawn_facts(LIBRARY, tree, random))

    def is_so() -> bool:
        return random.random() < 0.3

    if is_so():
        made = replace(made, reviewed=Checked(date(2026, 9, 1), "A reader"))
    if is_so():
        until = TODAY + timedelta(random.randint(-2, 2))
        club = random.choice(("", "A club"))
        changed = random.random() < 0.5
        approval = Approved("A lead", "safeguarding lead", date(2026, 10, 1), until, club, changed)
        made = replace(made, approval=approval)
    if is_so():
        made = replace(made, urgency=random.choice([*Urgency]))
    if is_so():
        again = (replace(source, title="Another page") for source in made.sources)
        made = replace(made, sources=(*made.sources, *again))
    if is_so():
        made = replace(made, under_13=True)
    if is_so():
        made = replace(made, help=tuple(made_up(each, random) for each in made.help))
    return made


DIALLED = ("999", "112", "101", "08001111", "18001999", "1800108001111")
LINKS = ("https://example.org", "https://example.org/?a", "https://example.org/a/long/way")


def made_up(help_: Help, random: Random) -> Help:
    """A need with services that can be reached in ways that no shipped service has."""

    def ways() -> Iterator[Channel]:
        for number in random.sample(DIALLED, random.randint(0, 2)):
            yield Channel("phone", number, f"tel:{number}", says="any time", unsure=is_so())
        for channel in random.sample(("chat", "web", "bsl"), random.randint(0, 3)):
            link = random.choice(LINKS)
            yield Channel(channel, link, link, label="for some", unsure=is_so())
        if is_so():
            yield Channel("email", "a@example.org", "mailto:a@example.org")

    def is_so() -> bool:
        return random.random() < 0.3

    def service(each: Contact) -> Contact:
        forms = tuple(FormLink("Tell them", link) for link in LINKS if is_so())
        steps = each.steps if is_so() else ()
        return replace(each, ways=tuple(ways()), forms=forms, steps=steps, local=is_so())

    return replace(help_, contacts=tuple(map(service, help_.contacts)))


def drawn_job(tree: Tree, outcome: Outcome, random: Random) -> Job:
    shown = drawn_page(tree, outcome, random)
    day = date.fromisoformat(shown.review_by) + timedelta(random.randint(-1, 1))
    how = Sheet(random.choice(TELLERS), random.choice((day, TODAY)), large=random.random() < 0.3)
    return shown, random.choice((CODE, "")), how


def first_that_differs(jobs: Sequence[Job], modules: Path = MODULES) -> str:
    """Where a sheet of the page is another than Python's, or empty."""
    told = [{"page": shown, "code": code, "how": how} for shown, code, how in jobs]
    for job, found in zip(jobs, run("sheet.mjs", told, data(), modules), strict=True):
        if (wanted := plain(sheet(*job))) != found:
            shown, _, how = job
            return f"{first_difference(wanted, found)} on {shown.tree}/{shown.outcome} for {how}"
    return ""


@cache
def data() -> Any:
    return walk_data(LIBRARY)


SAMPLE = 120


@cache
def sample(number: int) -> list[Job]:
    random = Random(number)
    return [drawn_job(*random.choice([*endings(LIBRARY)]), random) for _ in range(SAMPLE)]


@pytest.mark.slow
def test_sheets_are_those_of_python() -> None:
    assert first_that_differs(sample(1)) == ""


@pytest.mark.slow
@pytest.mark.in_turn(among="longer sweeps")
def test_the_sheets_of_every_ending_are_those_of_python() -> None:
    """For each audience, in usual and in large print, with facts that are drawn anew for each."""
    random = Random(2)
    jobs = [
        (drawn_page(tree, outcome, random), CODE, Sheet(audience, TODAY, large=large))
        for tree, outcome in endings(LIBRARY)
        for audience in AUDIENCES
        for large in (False, True)
    ]
    assert first_that_differs(jobs) == ""


FAULTS = {
    "a child has every step in front": ("STEPS_OF_A_CHILD = 3", "STEPS_OF_A_CHILD = 30"),
    "a child rings a number that is not sure": (" && !way.unsure", ""),
    "nobody is told of a bill": ('["cost", "private"]', '["private"]'),
    "staff are not told what happens": ('"expect", ', ""),
    "a young person reads the worker's notes": ('forStaff || line.kind !== "worker"', "true"),
    "999 can be rung by accident": ("(?!(?:18001)?.{0,3}$)", ""),
    "a textphone can ring 999": ("(?:18001)?", ""),
    "a code that nobody needs": ("(short ? links[0] : undefined)", "links[0]"),
    "a code for a short address": ("!isShort(uri)", "true"),
    "each address stands twice": ("JSON.stringify([way.uri, way.address])", "way"),
    "the web is named before chat": ("rank(one) - rank(other)", "rank(other) - rank(one)"),
    "the web is named beside chat": ('channel === "web" ? "" : ', ""),
    "a review of today is overdue": ("today > review_by", "today >= review_by"),
    "an approval never ends": ("today > approval.until", "false"),
    "a source stands twice": ("[...new Set(named)]", "named"),
    "a young person reads titles of sources": ("inFull ? each", "true ? each"),
    "no date of the numbers": ("if (day) seen", "if (!day) seen"),
    "urgent help is not marked": ("urgent = need === EMERGENCY", "urgent = false"),
    "large print has no number on its first side": ("(large || ", "("),
    "a form stands in brief": (" || contact.forms.length > 0", ""),
    "who does not answer stands in brief": ("live.length > 0 ?", "true ?"),
    "languages are named in England": ("=== BILINGUAL", "!== BILINGUAL"),
}


@pytest.mark.slow
@pytest.mark.in_turn
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_would_be_seen(fault: str, tmp_path: Path) -> None:
    assert first_that_differs(sample(3), planted(tmp_path, "sheets/sheet.mjs", *FAULTS[fault]))


@pytest.mark.slow
def test_where_a_sheet_differs_is_told(tmp_path: Path) -> None:
    modules = planted(tmp_path, "sheets/sheet.mjs", 'say("page.near")', 'say("page.far")')
    told = first_that_differs(sample(4), modules)
    assert re.match(
        r"/blocks/\d+/text: Python has '.+', the browser '.+' on \S+/\S+ for Sheet", told
    )
