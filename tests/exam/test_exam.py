"""140 made-up people: where each ends, what stands there, and what may never stand there.

``sixty.yaml``, ``forty.yaml`` and ``eleventh.yaml`` are files of cases, so
``fingerpost check --cases tests/exam`` reads them as well. ``words/never_said.yaml`` is about the
words of their pages, which no case can name; it has a folder of its own, as a folder of cases
holds nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml

from fingerpost.checks.upkeep import cases
from fingerpost.model.base import replace
from fingerpost.model.case import Case
from fingerpost.model.sentence import Urgency
from fingerpost.page.page import page
from fingerpost.page.page_text import page_blocks
from fingerpost.reading.loader import load, shipped
from fingerpost.walk.autoplay import play_case

from ..support.checking import found_by

HERE = Path(__file__).parent
READING = load([shipped()], own_cases=HERE, whole=True)
LIBRARY = READING.library
PEOPLE = {name: case for name, case in LIBRARY.cases.items() if case.span.file in READING.own_cases}
WORDS: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(
    (HERE / "words" / "never_said.yaml").read_text(encoding="utf-8")
)


@cache
def printed(name: str) -> str:
    """The page at which a person ends, as plain text in lower case, on one line."""
    walk = play_case(LIBRARY, PEOPLE[name])
    found = page(LIBRARY, walk.tree, walk.here, walk.facts)  # type: ignore[arg-type]  # an ending
    lines = (line.text for block in page_blocks(found) for line in block)
    return " ".join(" ".join(lines).lower().split())


def wrong(name: str, words: Mapping[str, Mapping[str, list[str]]], text: str) -> Iterator[str]:
    """Each phrase that stands in a person's text and may not, or is missing from it."""
    yield from (f"says “{p}”" for p in words["never"].get(name, ()) if p in text)
    yield from (f"lacks “{p}”" for p in words["says"].get(name, ()) if p not in text)


def changed(case: Case, **expected: object) -> list[str]:
    """What the check of cases finds if one person alone is expected to end in another way."""
    other = replace(case, expect=replace(case.expect, **expected))
    library = replace(LIBRARY, cases={case.name: other})
    return [mistake.message for mistake in found_by(cases, library)]


def test_there_are_140_people_and_no_mistake_in_their_files() -> None:
    assert len(PEOPLE) == 140
    assert [m for m in READING.mistakes if m.span.file in READING.own_cases] == []


def test_everyone_ends_where_and_with_what_is_expected() -> None:
    assert found_by(cases, replace(LIBRARY, cases=PEOPLE)) == ()


def test_everyone_has_something_that_must_be_said() -> None:
    assert WORDS["says"].keys() == PEOPLE.keys()
    assert WORDS["never"].keys() <= PEOPLE.keys()


@pytest.mark.parametrize("kind", ["never", "says"])
def test_phrases_can_be_found_at_all(kind: str) -> None:
    """A phrase with a capital or a double space would never be found in a printed page."""
    phrases = [phrase for each in WORDS[kind].values() for phrase in each]
    assert phrases == [" ".join(phrase.lower().split()) for phrase in phrases]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_page_says_what_it_must_and_nothing_that_it_may_not(name: str) -> None:
    assert list(wrong(name, WORDS, printed(name))) == []


# --- these tests would notice --------------------------------------------------------------------


def test_a_wrong_expectation_is_found() -> None:
    one = PEOPLE["yp01"]
    assert changed(one) == []
    for expected, said in (
        ({"outcome": "faked"}, "ends at"),
        ({"urgency": Urgency.INFO}, "is today"),
        ({"routes": ("stopncii",)}, "does not show stopncii"),
        ({"never": ("report-remove",)}, "shows report-remove"),
    ):
        (message,) = changed(one, **expected)
        assert said in message


def test_a_forbidden_phrase_on_a_page_is_found() -> None:
    text = printed("yp01") + " stopncii"
    assert list(wrong("yp01", WORDS, text)) == ["says “stopncii”"]


def test_a_missing_phrase_is_found() -> None:
    text = printed("yp01").replace("report remove", "")
    assert list(wrong("yp01", WORDS, text)) == ["lacks “report remove”"]
