"""What a browser prints of an ending: the advice, services, codes and notes of Python's sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest

from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.facts import TELLERS, Facts
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import Advice, Already, Kind, Outcome, Tree
from fingerpost.page.messages import say
from fingerpost.page.page import Page, page
from fingerpost.sheets.document import (
    Address,
    Block,
    Box,
    Break,
    Brief,
    Document,
    Note,
    Scans,
)
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.web.data import walk_data
from fingerpost.web.html import style

from ..sheets.test_browser import printed_words
from ..support.chromium import CHROMIUM, node_here
from ..support.node import run
from ..support.printed import LIBRARY, ended
from .test_page import with_approvals

pytestmark = [pytest.mark.browser, pytest.mark.node]

Drawn: TypeAlias = list[tuple[str, str]]
"""The attributes of a picture."""

TODAY, LATER = date(2026, 11, 28), date(2030, 1, 1)

SIDES = {
    "two-in-the-morning": 2,
    "round-the-year-group": 2,
    "they-are-outside": 2,
    "sent-to-a-boyfriend": 2,
    "the-house-is-full-of-shouting": 2,
    "the-chat-without-her": 2,
}
"""The most sides that some papers take, a few in smaller letters. The last is for a child, whose
front has letters of its own."""

USUAL, SMALLEST = 12, 10
"""Points of letters."""

LONG = "https://www.example.org/" + "a-long-way-down/" * 8
"""An address whose code has more modules than that of any shipped one."""

KNOWN_TO_MOST = 0.8
"""How likely it is that a fact is known."""


class Job(Frozen):
    """An ending for somebody, how it is to be printed, and where to."""

    tree: str
    outcome: str
    facts: Facts
    today: date
    large: bool = False
    pdf: str | None = None

    @property
    def page(self) -> Page:
        tree = library().trees[self.tree]
        return page(library(), tree, tree.outcomes[self.outcome], self.facts)

    @property
    def sheet(self) -> Document:
        """What Python prints."""
        shown = self.page
        return sheet(shown, Sheet(self.today, self.large))


class Paper(Frozen):
    """What is laid out: its texts, those on the front of a child's, each code to scan with what it
    stands beside, the size of its letters, whether it was seen on the screen, and what was left of
    it when it had been taken away."""

    texts: Sequence[str]
    front: Sequence[str]
    codes: Sequence[tuple[str, str]]
    size: str
    is_seen: bool
    rest: str

    @property
    def text(self) -> str:
        return flat(" ".join(self.texts))


@cache
def library() -> Library:
    """What ships, of which some trees are approved, with endings that tell more, and with a service
    whose address is long."""
    ends = {(ended(case).tree.name, ended(case).here.name) for case in SIDES}
    trees = {
        tree.name: replace(
            tree,
            outcomes={
                name: each if (tree.name, name) in ends else telling_more(each)
                for name, each in tree.outcomes.items()
            },
        )
        for tree in LIBRARY.trees.values()
    }
    found = with_approvals(Random(8), replace(LIBRARY, trees=trees), 0.5)
    far = next(route for route in found.routes.values() if route.web and route.web.startswith("h"))
    routes = {**found.routes, far.name: replace(far, web=LONG)}
    return replace(found, routes=routes)


def telling_more(outcome: Outcome) -> Outcome:
    """An ending with what to say, a question and its answer, and a way back from each “don't”."""

    def said(text: str) -> Sentence:
        return Sentence(text, span=outcome.span)

    asked = Advice(
        kind=Kind.KNOW,
        say=said("They ask you before they do."),
        ask=said("Will they tell my mum?"),
        short=said("Maybe."),
        span=outcome.span,
    )
    back = Already(done=said("paid"), say=said("Say so when you report."), span=outcome.span)
    lines = (replace(e, already=back) if e.kind is Kind.DONT else e for e in outcome.advice)
    return replace(outcome, advice=(*lines, asked), to_say=said("“I need to talk.”"))


@cache
def data() -> Any:
    return walk_data(library())


def of_case(case: str, today: date = TODAY, **how: Any) -> Job:
    walk = ended(case)
    return Job(walk.tree.name, walk.here.name, walk.facts, today, **how)


def laid_out(jobs: Sequence[Job], rules: str | None = None) -> list[Paper]:
    node_here()
    given = {"data": data(), "style": rules or style(), "executablePath": CHROMIUM}
    return [Paper(**found) for found in run("paper.mjs", jobs, given)]


def flat(text: str) -> str:
    return " ".join(text.split())


# --- what must be on it --------------------------------------------------------------------------

TO_TALK = (say("page.lifeline"), say("page.lifeline-them"))


def in_order(document: Document) -> Iterator[str]:
    """The texts of a sheet but for addresses, notes, and services in a line, which stand elsewhere
    among those of their need."""
    yield from (document.banner, document.kicker, document.title)
    for block in document.blocks:
        if not isinstance(block, Brief) and not is_to_talk(block):
            yield from told(block, without=(Address, Note))


def is_to_talk(block: Block) -> bool:
    """Whether this is the one number of a child."""
    return isinstance(block, Box) and block.title.startswith(TO_TALK)


def told(value: object, without: tuple[type, ...] = ()) -> Iterator[str]:
    """Every text that a reader sees of a part of a document."""
    match value:
        case str():
            yield value
        case tuple():
            for each in value:
                yield from told(each, without)
        case Address():
            yield from () if without else (value.label, value.text, value.note)
        case Scans(codes=codes):  # of which nobody reads the address
            yield from (code.label for code in codes)
        case Frozen() if not isinstance(value, without):
            for name in field_names(value):
                if name != "uri":
                    yield from told(getattr(value, name), without)


def words(texts: Iterable[str]) -> set[str]:
    return {word.strip(".,:;()") for text in texts for word in text.split()}


def at_top(document: Document) -> Iterator[str]:
    """The names and numbers of the helplines at the top."""
    for block in document.blocks:
        if isinstance(block, Brief) and block.boxes[0].title.startswith(TO_TALK):
            for box in block.boxes:
                yield from (box.title.split(": ")[-1], *(each.text for each in box.addresses))


def faults(job: Job, paper: Paper) -> Iterator[str]:
    """How a paper is not what Python prints."""
    document, at = job.sheet, 0
    for text in map(flat, in_order(document)):
        found = paper.text.find(text, at)
        if found < 0:
            yield f"{text!r} is missing"
        at = max(at, found + len(text))
    top = paper.text.partition(say("page.what-to-do"))[2 * (job.page.reader == "staff")]
    yield from (f"{each!r} is not at the top" for each in at_top(document) if each not in top)
    wanted = words((document.banner, document.kicker, document.title, *told(document.blocks)))
    printed = words(paper.texts)
    yield from (f"{each!r} is missing" for each in wanted - printed)
    yield from (f"{each!r} is too much" for each in printed - wanted)
    if (codes := [*codes_of(document)]) != (ours := [(at, alike(svg)) for at, svg in paper.codes]):
        yield f"codes: {ours} are not {codes}"
    if (front := words(front_of(document))) != words(paper.front):
        yield f"the front: {front ^ words(paper.front)}"


def codes_of(document: Document) -> Iterator[tuple[str, Drawn]]:
    """Each code to scan, with what it stands beside, as the file that Python writes has it."""
    drawn = iter(re.findall("<svg.*?</svg>", html(document)))
    for row in document.blocks:
        if isinstance(row, Scans | Box):
            yield from ((code.label, alike(next(drawn))) for code in row.codes)


def alike(svg: str) -> Drawn:
    """A picture by the attributes of its elements, in whatever order they are written."""
    found = re.findall(r'([\w-]+)="([^"]*)"', svg)
    return sorted((name, unescape(value)) for name, value in found if name != "xmlns")


def front_of(document: Document) -> tuple[str, ...]:
    """What is before the break of a child's sheet."""
    if not document.child:
        return ()
    front = document.blocks[: document.blocks.index(Break())]
    return (document.banner, document.kicker, document.title, *told(front))


def first_fault(jobs: Sequence[Job]) -> str:
    """The first fault of some papers, or empty."""
    for job, paper in zip(jobs, laid_out(jobs), strict=True):
        for fault in faults(job, paper):
            return f"{fault} on {job.tree}/{job.outcome} for {job.facts}"
    return ""


# --- the papers ----------------------------------------------------------------------------------


@cache
def some() -> tuple[Job, ...]:
    """Urgent, long, for a child, for each reader, in large print and out of date; and
    one in twenty-five of all endings, for anybody."""
    cases = ("the-house-is-full-of-shouting", "they-are-outside", "sent-to-a-boyfriend")
    more = ("round-the-year-group", "two-in-the-morning", "the-chat-without-her")
    every = [of_case(case) for case in (*cases, *more)]
    every += [of_case(cases[0], large=True), of_case(more[2], large=True)]
    every += [of_case(cases[2], large=True), of_case(more[0], today=LATER)]
    every += [of_case(cases[1], large=True)]
    every += [of_case("her-ex-is-in-the-car-park", large=each) for each in (True, False)]
    random = Random(3)
    anybody = (of_anybody(*each, random) for each in endings()[::25])
    # Where no walk ends an approval counts as changed, and a browser is never there.
    found = [job for job in anybody if not (job.page.approval and job.page.approval.changed)]
    return (*every, *found)


def of_anybody(tree: Tree, outcome: Outcome, random: Random) -> Job:
    """A paper for somebody of whom anything may be known, also what nobody could say there; but one
    nation, as which of two comes first is settled by nothing."""
    asked = (*library().questions.values(), *tree.questions.values())
    facts = {
        question.fact: frozenset(
            random.sample(
                question.values, random.choice((1, 1, 1, 1 + (question.fact != "nation")))
            )
        )
        for question in asked
        if random.random() < KNOWN_TO_MOST and len(question.values) > 1
    }
    today = random.choice((tree.review_by, tree.review_by + timedelta(1), date(2026, 12, 2)))
    return Job(tree.name, outcome.name, facts, today, random.random() < 0.2)


@cache
def endings() -> tuple[tuple[Tree, Outcome], ...]:
    trees = library().trees.values()
    return tuple((tree, each) for tree in trees for each in tree.outcomes.values())


@pytest.mark.slow
def test_a_browser_prints_what_python_prints() -> None:
    kinds = {(job.large, job.page.reader, job.page.under_13) for job in some()}
    assert kinds >= {(large, reader, False) for large in (True, False) for reader in TELLERS}
    assert any(child for _, _, child in kinds)
    assert first_fault(some()) == ""


@pytest.mark.slow
def test_a_paper_is_not_on_the_screen_and_leaves_nothing() -> None:
    papers = laid_out(some()[:9])
    assert not any(each.is_seen for each in papers)
    assert {each.rest for each in papers} == {""}


@pytest.mark.poppler
@pytest.mark.slow
def test_a_print_takes_few_sides_and_has_nothing_of_the_screen(tmp_path: Path) -> None:
    """What is long has smaller letters. Of a child the front is one side, whatever is behind it."""
    jobs = [of_case(case, pdf=str(tmp_path / f"{case}.pdf")) for case in SIDES]
    sizes = []
    for case, job, paper in zip(SIDES, jobs, laid_out(jobs), strict=True):
        found, sides = printed_words(tmp_path / f"{case}.pdf")
        assert sides <= SIDES[case]
        sizes.append(float(paper.size.removesuffix("pt") or USUAL))
        assert "ON-SCREEN" not in {word.text for word in found}
        front = words(unescape(word.text) for word in found if word.side == 1)
        assert not job.sheet.child or front - {"1", "2", "3"} == words(paper.front)
    assert SMALLEST <= min(sizes) < max(sizes) == USUAL
