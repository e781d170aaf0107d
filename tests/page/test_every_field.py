"""Every text of an author comes to a page, and every text of a page is drawn wherever pages are."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from fnmatch import fnmatch
from functools import cache
from itertools import count, product
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

import pikepdf
import pytest

from fingerpost.approval.book import book
from fingerpost.diff.comparison import compare
from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.facts import TELLERS
from fingerpost.model.library import Library
from fingerpost.model.route import Route
from fingerpost.model.sentence import Urgency
from fingerpost.model.text_index import Wording
from fingerpost.model.tree import ALWAYS, Advice, Kind, Outcome, Target
from fingerpost.page.approval import Approved, Fingerprints
from fingerpost.page.contact import CHANNELS
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Page, Part, PartKind
from fingerpost.page.page import page as page_at
from fingerpost.page.page_text import page_blocks
from fingerpost.page.text_layout import text as written
from fingerpost.reading.loader import load
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import text
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.terminal.walk_screens import note_blocks, word_blocks
from fingerpost.web.data import walk_data

from ..support.journeys import comparable
from ..support.node import run
from ..support.printed import PRINTED_ON, texts

EVERY_KEY = Path(__file__).parents[1] / "fixtures" / "every_key"

Drawn: TypeAlias = Callable[[], Iterator[str]]
"""All that is drawn of the pages in one place."""

GIVEN: Mapping[str, object] = {
    "*.span": None,
    "reader": "young-person",
    "urgency": Urgency.NOW,
    "*.channel": "phone",
    "*.field": "languages",
    "*.local": False,
    "emergency": None,  # it is one of the services
    "under_13": False,
    "nation": "wales",
    "approval.nations": ("wales",),
    "review_by": "2001-12-31",
    "*.by_teller": (),
    "*.judged": (),
    "*.whens": (),
    "*.unless": (),
    "*.when": ALWAYS,
    "outcome.advice": (),
    "*.source.name": "a source",
    "outcome.way_on": None,  # these words are shared, and an ending has them in its way on
    "*.need": "talk",
    "*.goto": Target("first", "shared-one", span=Span.start_of("made-up")),
    "*.sets": {},
    "route.serves": ("talk",),
    "route.contract": None,
    "route.confidence": "high",
    "route.instead": "",
    "route.word": "",
    "route.unsure": frozenset(),
    "route.kept": None,  # it is a route too
    "route.spans": {},
    "*.spans": (),
    "route.hours": dict.fromkeys(CHANNELS, "Mo-Su 09:00-17:00"),
    "route.web_by_nation": {"scotland": "https://scotland.example"},
}
"""What stands in fields in which not any word may stand, by the way to them."""


def filled(kind: Any, words: dict[str, str], path: str = "") -> Any:
    """A value with a word of its own in every field that people could read, which is noted in
    ``words`` under the way to it, such as ``help.contacts.title``."""
    for way, value in GIVEN.items():
        if fnmatch(path, way):
            return value
    if kind in (str, date):
        number = len(words) + 100
        word = date(2001, 1, 1) + timedelta(number) if kind is date else f"w{number}w"
        if path.endswith((".uri", ".web")):
            word = f"https://{word}.example"
        words[path] = str(word)
        return word
    if get_origin(kind) is UnionType:
        return filled(next(each for each in get_args(kind) if each is not NoneType), words, path)
    if get_origin(kind) is tuple:
        first, *others = get_args(kind)
        if others == [...]:
            return (filled(first, words, path),)
        return tuple(
            filled(each, words, f"{path}.{at}") for each, at in zip((first, *others), count())
        )
    if issubclass(kind, Frozen):
        hints = get_type_hints(kind, localns={"Approved": Approved})
        ways = {name: f"{path}.{name}".lstrip(".") for name in field_names(kind)}
        return kind(**{name: filled(hints[name], words, way) for name, way in ways.items()})
    return next(iter(kind)) if issubclass(kind, Enum) else True


def left_out(words: dict[str, str], said: str) -> set[str]:
    return {way for way, word in words.items() if word not in said}


def matching(words: Iterable[str], known: str) -> set[str]:
    return {way for way in words if any(fnmatch(way, each) for each in known.split())}


EMPTY = Library({}, {}, {}, (), {}, {}, {})
"""Of a library only the messages are read here."""


def pages() -> tuple[dict[str, str], list[Page]]:
    """The words, and pages with all of them: for each reader, and where little else is known."""
    words: dict[str, str] = {}
    page = filled(Page, words)
    page = replace(page, parts=(*page.parts, Part(PartKind.HELP, "")))
    several = (page, replace(page, approval=None), replace(page, to_talk=()))
    several = (*several, replace(page, under_13=True))
    return words, [replace(each, reader=who) for each, who in product(several, TELLERS)]


WORDS, PAGES = pages()


def on_a_terminal() -> Iterator[str]:
    for page, more in product(PAGES, (False, True)):
        asked_for = (*word_blocks(page.words), *note_blocks(*page.note))
        yield written((*page_blocks(page, more=more), *asked_for), 10_000)


def on_paper(drawn: Callable[[Document], str]) -> Drawn:
    return lambda: (drawn(sheet(page, Sheet(PRINTED_ON, large=True))) for page in PAGES)


def as_pdf() -> Iterator[str]:
    """Of a worker's pages alone: they have all fields, and each takes long to set."""
    press, pages = PdfRenderer(), [page for page in PAGES if page.reader == "staff"]
    for data in (press.print(sheet(page, Sheet(PRINTED_ON, large=True))) for page in pages):
        yield subprocess.run(
            ["pdftotext", "-", "-"], input=data, capture_output=True
        ).stdout.decode()
        with pikepdf.open(io.BytesIO(data)) as document:
            yield from (str(a.A.URI) for page in document.pages for a in page.get("/Annots", []))


def in_a_browser(**paper: Any) -> Drawn:
    jobs = [{"page": comparable(page), "paper": paper or None} for page in PAGES]
    return lambda: iter(run("drawn.mjs", jobs, walk_data(EMPTY)))


FOR_NOBODY = "tree outcome *.route *.name help.need *.confidence *.word *.source_url sources.url"
"""What the program, a check or a lead reads."""

OF_A_LINE = "steps.ways.label steps.ways.says parts.lines.ways.label parts.lines.ways.says"

ON_PAPER = "at_night.* *line.*"
"""What a screen need not say, which knows what is open now."""

FOR_PAPER = f"{OF_A_LINE} help.more.* words.* sources.* carry_on note"
"""What nobody can ask a sheet for, and in large print whose words they are."""

PLACES: Mapping[str, tuple[Drawn, str]] = {
    # Its own title says what a page is about, no address is a link, what is open needs no hours.
    # A worker opens the note in a browser, beside the page.
    "terminal": (on_a_terminal, f"{ON_PAPER} tree_title to_talk.way.says *.uri {OF_A_LINE}"),
    "text": (on_paper(text), f"{FOR_PAPER} *.uri"),
    "markdown": (on_paper(markdown), FOR_PAPER),
    "html": (on_paper(html), FOR_PAPER),
    "pdf": (as_pdf, FOR_PAPER),
    "browser": (in_a_browser(), f"{ON_PAPER} tree_title {OF_A_LINE} note"),
    "printed by a browser": (
        in_a_browser(code="", large=True, bilingual=True, today="2026-11-28"),
        FOR_PAPER,
    ),
}
"""Where a page is drawn, and the fields that are not drawn there."""

MARKS = {"pdf": pytest.mark.poppler, "browser": pytest.mark.node}


@pytest.mark.parametrize(
    "place", [pytest.param(each, marks=MARKS.get(each.split()[-1], ())) for each in PLACES]
)
def test_every_field_of_a_page_is_drawn(place: str) -> None:
    """What is made of a page in a browser is compared field by field in tests/web/test_page.py."""
    drawn, known = PLACES[place]
    said = " ".join(drawn())
    assert left_out(WORDS, said) == matching(WORDS, f"{known} {FOR_NOBODY}")


FOR_NO_PAGE = "advice.*.name advice.*.help advice.*.said route.checked.* route.forms.name"
"""What a check, a search or a lead reads."""


def an_authors() -> tuple[dict[str, str], Outcome, Route]:
    """The words, and an ending with a line of each kind and a service that have all of them."""
    words: dict[str, str] = {}
    lines = [replace(filled(Advice, words, f"advice.{kind}"), kind=kind, name="") for kind in Kind]
    outcome = replace(filled(Outcome, words, "outcome"), advice=tuple(lines))
    return words, outcome, filled(Route, words, "route")


def test_every_text_of_an_author_comes_to_a_page() -> None:
    words, outcome, route = an_authors()
    tree = load([EVERY_KEY]).library.trees["first"]
    library = replace(EMPTY, routes={route.name: route})
    clock = Clock(datetime(2026, 11, 25, 14, 0, tzinfo=UTC), BankHolidays.load())
    found = (
        page_at(library, tree, outcome, {"teller": frozenset({teller})}, at)
        for teller, at in product(TELLERS, (clock, None))
    )
    said = " ".join(text for page in found for text in texts(page)).lower()
    assert left_out(words, said) == matching(words, FOR_NO_PAGE)


@cache
def approved() -> tuple[dict[str, str], Library, Library]:
    """The words, and the library of every key without and with an ending, a service and a shared
    line that have all of them."""
    words, outcome, route = an_authors()
    line = replace(filled(Advice, words, "shared"), name="rest")
    old = load([EVERY_KEY], whole=True).library
    first = old.trees["first"]
    first = replace(first, outcomes={**first.outcomes, "today": replace(outcome, name="today")})
    new = replace(
        old,
        trees={**old.trees, "first": first},
        advice={**old.advice, line.name: line},
        routes={**old.routes, route.name: route},
    )
    return words, old, new


NOT_IN_THE_BOOK = "*.name *.help *.said route.checked.* route.source.seen"
NOT_IN_THE_BOOK += " *.source.url *.source.title"  # whose it is, and of when, tells a lead


def test_every_text_of_an_author_is_read_by_whoever_approves_it() -> None:
    words, _, library = approved()
    said = " ".join(texts(book(Fingerprints(library), None, PRINTED_ON).blocks))
    assert left_out(words, said) == matching(words, NOT_IN_THE_BOOK)


NOT_COMPARED = """
    outcome.name advice.*.name shared.name *.help *.said advice.*.source.* shared.source.*
"""
"""A source is compared where it stands at the top of its file, and is named beside a line."""


def test_every_text_of_an_author_is_compared() -> None:
    words, old, new = approved()
    said = " ".join(texts(compare(old, new).words))
    assert left_out(words, said) == matching(words, NOT_COMPARED)


def test_every_sentence_of_an_author_is_read_by_checks() -> None:
    """Of how hard it is, of what could harm, and of services in free text."""
    words, _, library = approved()
    sentences = {way: word for way, word in words.items() if way.endswith(".otherwise")}
    assert len(sentences) > len(Kind)
    assert left_out(sentences, " ".join(Wording(library).texts)) == set()
