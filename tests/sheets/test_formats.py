"""The registry of formats: to add one is a file of its own and a line in FORMATS, and no more."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fingerpost.model.base import replace
from fingerpost.sheets.document import (
    Address,
    Blank,
    Box,
    Contents,
    Document,
    Entry,
    Fine,
    Heading,
    Note,
    Points,
    Rows,
    Said,
    Steps,
    Table,
    Tick,
)
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.text import text

from ..support.printed import EVERY_KIND, PHONE

# Every kind of block, in each format of words

IN_WORDS: dict[str, Callable[[Document], str]] = {
    "html": lambda paper: re.sub(
        r"(?s)(<style>).*(</style>)|(<svg)\b.*?(</svg>)", r"\1\2\3\4", html(paper)
    ),
    "md": markdown,
    "txt": lambda paper: text(paper, width=60),
}
"""Without the rules of HTML, which have the fonts in them, and the drawn squares of a code."""

LONG = "Say it to somebody " * 6
MORE = (
    Heading("Reporting it", inner=True),
    Box("Helpers", (PHONE, replace(PHONE, text="116 123", uri="tel:116123"))),
    Box("School", (Address("", "by hand"), Address("Phone", "the office", note=LONG)), (LONG,)),
    Box("Shout", (Address("Text", "SHOUT " * 9, "sms:85258"),), notes=(Note("Cost", LONG),)),
    Steps(("x",) * 10),
    Points((LONG,)),
    Table(("What", "To whom"), (("Say it", LONG), ("@jo|jo", "a | b"))),
    Blank("One line"),
    Heading("Lines", name="lines"),
    Table(("Asked", "Leads"), (("Is it safe?", "yes: 2"), ("", LONG))),
    Rows((Said("Is it?", strong=True), Said(LONG), Said("a", quiet=True))),
    Contents((Entry("Lines", "2 minutes", "lines"),)),
    Tick("1", "7 pages"),
    Fine((LONG,)),
)


@pytest.mark.parametrize("suffix", IN_WORDS)
def test_every_kind_of_block_is_as_it_was_written_down(suffix: str) -> None:
    """After a change RENEW_GOLDENS=1 writes it anew, and the difference is read."""
    golden = Path(__file__).parents[1] / "golden" / f"paper.{suffix}"
    paper = replace(EVERY_KIND, blocks=(*EVERY_KIND.blocks, *MORE), every_side=True, large=True)
    said = IN_WORDS[suffix](paper)
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize("suffix", IN_WORDS)
def test_a_kind_of_block_that_nobody_knows_is_not_left_out_quietly(suffix: str) -> None:
    unknown: Any = ("a table",)
    with pytest.raises(AssertionError, match="a table"):
        IN_WORDS[suffix](Document("Title", (unknown,)))
