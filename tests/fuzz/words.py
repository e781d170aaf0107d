"""Hostile words of an author, through every renderer."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from fingerpost.model.sanitize import clean
from fingerpost.sheets.document import Document, Paragraph
from fingerpost.sheets.formats import CannotPrint, named
from fingerpost.sheets.formats.markdown import markdown

from ..sheets import test_html, test_markdown, test_text
from ..support.printed import HOSTILE, with_everywhere
from ..terminal import test_hostile
from .kind import Kind, must

BITS = (*HOSTILE, *test_html.MORE_HOSTILE, *test_hostile.HOSTILE.values(), test_hostile.MARKUP)
WORDS = st.one_of(
    st.lists(st.sampled_from(BITS), min_size=1, max_size=3).map("".join),
    st.text(max_size=30),
    st.text("<>&\"'`*_#[]()!|\\~-+=:/@.{}$%^ \n\t\x1b\x9b\x00\u202ea1", max_size=20),
)
HOW = st.sampled_from(("sheets",) * 18 + ("terminal", "pdf"))
"""A screen and a PDF take a hundred times as long as the other formats."""


def run(drawn: list[str], _: Path) -> None:
    how, text = drawn
    match how:
        case "sheets":
            on_sheets(text)
        case "terminal":
            on_a_terminal(text)
        case _:
            as_pdf(text)


def on_sheets(text: str) -> None:
    must(test_html.everywhere(f"a{text}").tree == HTML, "markup in HTML")
    structure = test_markdown.structure(markdown(with_everywhere(f"a{text}")))
    must(structure == test_markdown.HARMLESS, "markup in Markdown")
    rows = test_text.rows_of(f"a{text}a")
    must(len(rows) == ROWS, "a line of its own in a text")
    said = clean(f"a{text}a").replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ")
    must(rows[0] == said, "other words in a text")


def on_a_terminal(text: str) -> None:
    reading = test_hostile.poisoned_reading(text)
    screen = test_hostile.shown_on_a_screen(reading)
    must(not test_hostile.ACTS.search(test_hostile.OURS.sub("", screen)), "acts on a screen")
    plain = test_hostile.shown_line_by_line(reading)
    must(not test_hostile.ACTS.search(plain), "acts line by line")


def as_pdf(text: str) -> None:
    try:
        made = named("pdf").renderer()(Document(f"a{text}", (Paragraph(text),)))
    except CannotPrint as cannot:
        must(clean(str(cannot)) == str(cannot), "a refusal that acts on a terminal")
        return
    must(made.startswith(b"%PDF-"), "no PDF")
    must(b"/URI" not in made and b"/JavaScript" not in made, "a link or a script in a PDF")


HTML = test_html.everywhere("words").tree
ROWS = len(test_text.rows_of("harmless"))

KIND = Kind(
    "words",
    "Hostile words in every text of HTML, Markdown, plain text, a screen and (rarely) a PDF",
    st.tuples(HOW, WORDS),
    run,
    quick=20,
    slow=80,
)
