"""Every text of a page is drawn wherever pages are: what a place leaves out is named here.

A page is filled with a word of its own in every field, and each is looked for in what is drawn of
the page: on a terminal, in each format of paper, and in a browser. So a field that is added to a
page, a line of advice, a service or a way to reach it is forgotten nowhere.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from fnmatch import fnmatch
from itertools import count, product
from types import NoneType, UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

import pikepdf
import pytest

from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.facts import TELLERS
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.page.approval import Approved
from fingerpost.page.page import Page
from fingerpost.page.page_text import page_blocks
from fingerpost.page.text_layout import text as written
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import text
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.terminal.walk_screens import word_blocks, worker_blocks
from fingerpost.web.data import walk_data

from ..support.journeys import comparable
from ..support.node import run
from ..support.printed import CODE, PRINTED_ON

Drawn: TypeAlias = Callable[[], Iterator[str]]
"""All that is drawn of the pages in one place."""

GIVEN: Mapping[str, object] = {
    "*.span": None,
    "reader": "young-person",
    "urgency": Urgency.NOW,
    "*.channel": "phone",
    "*.field": "cost",
    "*.local": False,
    "emergency": None,  # it is one of the services
    "near.ways": (),  # only what to do has ways
    "far.ways": (),
    "know.ways": (),
    "worker.ways": (),
    "under_13": False,
    "nation": "wales",
    "review_by": "2001-12-31",
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


EMPTY = Library({}, {}, {}, (), {}, {}, {})
"""Of a library only the messages are read here."""


def pages() -> tuple[dict[str, str], list[Page]]:
    """The words, and pages with all of them: for each reader, and where little else is known."""
    words: dict[str, str] = {}
    page = filled(Page, words)
    several = (page, replace(page, approval=None), replace(page, to_talk=()))
    several = (*several, replace(page, under_13=True))
    return words, [replace(each, reader=who) for each, who in product(several, TELLERS)]


WORDS, PAGES = pages()


def on_a_terminal() -> Iterator[str]:
    for page, more in product(PAGES, (False, True)):
        asked_for = (*word_blocks(page.words), *worker_blocks(line.text for line in page.worker))
        yield written((*page_blocks(page, more=more), *asked_for), 10_000)


def on_paper(drawn: Callable[[Document], str]) -> Drawn:
    return lambda: (drawn(sheet(page, CODE, Sheet(page.reader, PRINTED_ON))) for page in PAGES)


def as_pdf() -> Iterator[str]:
    press = PdfRenderer()
    for data in (press.print(sheet(page, CODE, Sheet(page.reader, PRINTED_ON))) for page in PAGES):
        yield subprocess.run(
            ["pdftotext", "-", "-"], input=data, capture_output=True
        ).stdout.decode()
        with pikepdf.open(io.BytesIO(data)) as document:
            yield from (str(a.A.URI) for page in document.pages for a in page.get("/Annots", []))


def in_a_browser(**paper: Any) -> Drawn:
    jobs = [{"page": comparable(page), "paper": paper or None} for page in PAGES]
    return lambda: iter(run("drawn.mjs", jobs, walk_data(EMPTY)))


FOR_NOBODY = "tree outcome *.route *.name help.need *.confidence *.source_url sources.url"
"""What the program, a check or a lead reads."""

FOR_PAPER = "instructions.ways.* help.more.* words.* carry_on"
"""What nobody can ask a sheet for. A service that a line names has its number in the words."""

OF_A_LINE = "instructions.ways.label instructions.ways.says"

PLACES: Mapping[str, tuple[Drawn, str]] = {
    # The title of a tree is that of the screen, and no address is a link.
    "terminal": (on_a_terminal, f"tree_title lifeline.* text_line.* *.uri {OF_A_LINE}"),
    "text": (on_paper(text), f"{FOR_PAPER} to_talk.* *.uri"),
    "markdown": (on_paper(markdown), f"{FOR_PAPER} to_talk.*"),
    "html": (on_paper(html), f"{FOR_PAPER} to_talk.*"),
    "pdf": (as_pdf, f"{FOR_PAPER} to_talk.*"),
    "browser": (in_a_browser(), f"lifeline.* text_line.* {OF_A_LINE}"),
    # What is for a worker alone is on no page that staff read, and others print none for staff.
    "printed by a browser": (
        in_a_browser(code="", large=True, bilingual=True, today="2026-11-28"),
        f"{FOR_PAPER} text_line.* worker.text",
    ),
}
"""Where a page is drawn, and the fields that are not drawn there."""

MARKS = {"pdf": pytest.mark.poppler, "browser": pytest.mark.node}


@pytest.mark.parametrize(
    "place", [pytest.param(each, marks=MARKS.get(each.split()[-1], ())) for each in PLACES]
)
def test_every_field_of_a_page_is_drawn(place: str) -> None:
    """What is made of a page in a browser is compared field by field in tests/web/test_page.py."""
    drawn, left_out = PLACES[place]
    said = " ".join(drawn())
    missing = {way for way, word in WORDS.items() if word not in said}
    known = f"{left_out} {FOR_NOBODY}".split()
    assert missing == {way for way in WORDS if any(fnmatch(way, each) for each in known)}
