"""The page as one file: its policy, what it fetches (nothing), and that it is always the same."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from datetime import date
from gzip import decompress
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from fingerpost import __version__
from fingerpost.model.approval import Approval
from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.page.messages import LAST_RESORT
from fingerpost.reading import loader
from fingerpost.search.indexing import index_of
from fingerpost.web.data import search_data, walk_data
from fingerpost.web.html import style

from ..support.poisoning import poisoned
from ..support.shipped import page_to_search

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
DAY = date(2026, 11, 28)


class Elements(HTMLParser):
    """Each element with its attributes, and the text in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.declared: list[str] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))
        self.inside = True

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][2].append(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_decl(self, decl: str) -> None:
        self.declared.append(decl)

    def texts(self, tag: str) -> list[str]:
        return ["".join(inside) for name, _, inside in self.found if name == tag]

    def meta(self, name: str) -> str | None:
        for tag, given, _ in self.found:
            if tag == "meta" and name in (given.get("name"), given.get("http-equiv")):
                return given["content"]
        raise AssertionError(f"no meta {name}")


def small() -> Library:
    return loader.load([LIBRARY], whole=True).library


@pytest.fixture(scope="module")
def page() -> str:
    return page_to_search(small(), made_on=DAY)


def packed(page: str, name: str) -> Any:
    letters = re.search(f'<template id="{name}">([^<]*)</template>', page)
    assert letters
    return json.loads(decompress(b64decode(letters[1])))


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_the_script_and_the_style_of_this_file_alone(page: str) -> None:
    elements = Elements(page)
    [script], [style] = elements.texts("script"), elements.texts("style")
    assert elements.meta("Content-Security-Policy") == (
        f"default-src 'none'; script-src {hash_of(script)}; style-src {hash_of(style)}; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def test_it_names_nothing_to_fetch_and_no_listener(page: str) -> None:
    elements = Elements(page)
    named = {name for _, given, _ in elements.found for name in given}
    assert named <= {"lang", "charset", "http-equiv", "name", "content", "class", "id"}
    [style] = elements.texts("style")
    assert set(re.findall(r"url\(\"?([^:]+):", style)) == {"data"}
    assert "@import" not in style


def test_its_head_says_what_it_is_and_keeps_it_out_of_searches(page: str) -> None:
    elements = Elements(page)
    assert elements.declared == ["DOCTYPE html"]
    assert elements.found[0][1] == {"lang": "en-GB"}
    assert elements.texts("title") == ["What to do next"]
    assert elements.meta("referrer") == "no-referrer"
    assert elements.meta("robots") == "noindex, nofollow"
    assert elements.meta("made-on") == "2026-11-28"
    assert elements.meta("generator") == f"fingerpost {__version__}"
    told = elements.meta("approved-by")
    assert told == "No safeguarding professional has approved these words yet."


def test_whoever_cannot_run_it_reads_whom_to_ring(page: str) -> None:
    assert Elements(page).texts("h1") == [LAST_RESORT]


def test_its_data_is_that_of_the_library_and_of_what_is_known(page: str) -> None:
    library = small()
    walk = packed(page, "walk")
    assert walk["library"] == walk_data(library)
    assert packed(page, "search") == search_data(index_of(library))
    assert walk["made"] | {"version": ""} == {
        "made_on": "28 November 2026",
        "review_by": "2027-05-24",
        "version": "",
        "tree": None,
        "given": {"map": []},
    }
    given = {"teller": frozenset({"staff"}), "nation": frozenset({"wales"})}
    begun = packed(page_to_search(library, made_on=DAY, tree="lost", given=given), "walk")["made"]
    assert begun["tree"] == "lost"
    assert begun["given"]["map"] == [["teller", {"set": ["staff"]}], ["nation", {"set": ["wales"]}]]


def test_the_same_input_gives_the_same_file(page: str) -> None:
    assert page_to_search(small(), made_on=DAY) == page
    assert page_to_search(small(), made_on=date(2026, 11, 29)) != page


def test_it_has_the_same_letters_in_any_encoding() -> None:
    library = small()
    approval = Approval(
        by="Zoë Łuczak",
        role="lead",
        on=DAY,
        until=DAY,
        pages={"lost/end": "aaaaaaaa"},
        span=library.trees["lost"].span,
    )
    page = page_to_search(replace(library, approvals=(approval,)), made_on=DAY)
    assert page.isascii()
    assert style().isascii()  # the policy knows the style by its bytes, and no other would run
    assert Elements(page).meta("approved-by") == "Zoë Łuczak, lead, 2026-11-28 (1)"


def test_nothing_that_an_author_writes_stands_outside_the_packed_data() -> None:
    hostile = page_to_search(
        poisoned(small(), "POISON</template><script>alert(1)</script>"), made_on=DAY
    )
    assert "POISON" not in hostile
    assert "POISON" in json.dumps(packed(hostile, "walk"))
