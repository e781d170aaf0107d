"""A paper as an HTML file: what stands in it, and that no text of anybody's becomes more."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from fingerpost.model.base import replace
from fingerpost.model.sanitize import clean
from fingerpost.sheets.document import (
    Address,
    Block,
    Break,
    Document,
    Paragraph,
    Scans,
    Steps,
    followable,
)
from fingerpost.sheets.formats.html import html

from ..support.alike import for_each
from ..support.printed import CASES, HOSTILE, page_of, sheet_of, with_everywhere

VOID = frozenset({"meta", "br", "img", "link", "input", "hr", "base"})
"""Elements that have no end."""

MORE_HOSTILE = (
    "{{ 7*7 }}",
    "{% include '/etc/passwd' %}",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "</style></head><body onload=alert(1)>",
    "</main></body></html>",
    "<svg><script>alert(1)</script></svg>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "]]><!--",
    "&lt;b&gt;",
)


@dataclass
class Parsed(HTMLParser):
    """A page as a browser takes it: its elements in order, each with its attributes and its text.

    An end tag counts as an element whose name begins with a slash.
    """

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: str) -> Parsed:
        parsed = cls()
        HTMLParser.__init__(parsed)
        parsed.feed(page)
        parsed.close()
        assert parsed._open == []
        return parsed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "wbr":  # where a row may end, and nothing that is read
            return
        self.elements.append((tag, dict(attrs)))
        self.said.append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.elements.append((f"/{tag}", {}))
        self.said.append("")

    def handle_data(self, data: str) -> None:
        if self.said:
            self.said[-1] += data
        else:
            assert data.isspace()

    def handle_comment(self, data: str) -> None:
        self.oddities.append(data)

    def unknown_decl(self, data: str) -> None:
        self.oddities.append(data)

    def handle_pi(self, data: str) -> None:
        self.oddities.append(data)

    @property
    def tree(self) -> list[tuple[str, dict[str, str | None]]]:
        """The elements with those attributes that are not words."""
        return [
            (
                tag,
                {
                    name: value
                    for name, value in attrs.items()
                    if name not in ("aria-label", "data-head")
                },
            )
            for tag, attrs in self.elements
        ]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def text(self, tag: str) -> list[str]:
        """What stands right after each start of such an element, up to the next tag."""
        pairs = zip(self.elements, self.said, strict=True)
        return [said for (name, _), said in pairs if name == tag]


def words(page: str) -> str:
    """Everything that is read on a page, with one space between one thing and the next."""
    body = page[page.index("<body>") :]
    bare = re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", " ", body))
    return " ".join(bare.split())


# The page around it


def print_size(lines: int, *before: Block, say: str = "Say it. ", **more: Any) -> str | None:
    long = Document("Title", (*before, Steps((say * 10,) * lines)), most_sides=2)
    page = html(replace(long, **more))
    found = re.search(r"^:root { --print: (.+); }$", page, re.M)
    assert ('class="long' in page) == bool(found)
    return found and found[1]


def test_a_long_sheet_is_printed_in_smaller_letters_down_to_10_pt() -> None:
    assert print_size(40) is None
    assert print_size(50) == "11.2pt"
    assert print_size(50, say="'A' & 'B'") == print_size(50, say="Letters. ")  # as people see them
    assert print_size(200) == "10.0pt"
    assert print_size(50, large=True) is None
    assert print_size(50, most_sides=0) is None
    # What is on a side of its own takes no room from the rest, which then has one side.
    apart = (Paragraph("Ring. " * 900), Break())
    assert print_size(20, *apart, child=True) is None
    assert print_size(25, *apart, child=True) == "11.2pt"
    assert print_size(20, *apart) == "10.0pt"
    assert "font-size: var(--print, 12pt)" in html(Document("Title"))


# What anybody may have written


def everywhere(text: str) -> Parsed:
    parsed = Parsed.of(html(with_everywhere(text)))
    assert parsed.oddities == []
    return parsed


def shown(text: str) -> str:
    """A text as it may be read: harmless, and on one line."""
    return clean(text).replace("\n", " ")


@pytest.mark.parametrize("text", [*HOSTILE, *MORE_HOSTILE])
def test_no_text_becomes_markup(text: str) -> None:
    assert everywhere(text).tree == everywhere("words").tree


@pytest.mark.parametrize("text", [*HOSTILE, *MORE_HOSTILE])
def test_every_text_is_read_in_full(text: str) -> None:
    parsed, usual = everywhere(text), everywhere("words")
    assert parsed.text("title") == parsed.text("h1") == parsed.text("h2") == [shown(text)]
    [label] = [attrs["aria-label"] for attrs in parsed.all("svg")]
    assert label == f"Code to scan: {shown(text)}"
    # A backslash stands in the style too, which says the same for both.
    said, usually = (
        [each.replace(shown(text), "words") for each in page.said] for page in (parsed, usual)
    )
    assert said == usually


def test_a_language_cannot_leave_its_quotes() -> None:
    [root] = Parsed.of(html(Document("Title", language='en"><script>'))).all("html")
    assert root == {"lang": 'en"><script>'}


# The same in, the same out

PROGRAM = """
import hashlib
from fingerpost.sheets.document import Address, Document, Scans
from fingerpost.sheets.formats.html import html
ways = tuple(Address("Web", f"https://{a}.org", f"https://{a}.org") for a in "abcd")
print(hashlib.sha256(html(Document("Title", (Scans(ways),))).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_bytes_in_every_process(seed: str) -> None:
    ways = tuple(Address("Web", f"https://{a}.org", f"https://{a}.org") for a in "abcd")
    here = html(Document("Title", (Scans(ways),)))
    there = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert there.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()


@pytest.mark.slow
@for_each(zip(CASES))
def test_every_case_has_a_sound_page(case: str) -> None:
    """Headings in order, every link one that may be followed, no script and nothing fetched."""
    parsed = Parsed.of(html(sheet_of(page_of(case))))
    levels = [int(tag[1]) for tag, _ in parsed.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert {tag for tag, _ in parsed.elements}.isdisjoint({"script", "img", "link", "iframe"})
    assert all(followable(str(link["href"])) for link in parsed.all("a"))
    assert not any("src" in attrs or "style" in attrs for _, attrs in parsed.elements)
