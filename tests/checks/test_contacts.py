"""Numbers, links, addresses and hours: what holds of any text. The rest is in the transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.checks.content.contacts import (
    email_trouble,
    hours_trouble,
    link_trouble,
    phone_trouble,
    text_trouble,
)
from fingerpost.reading.files import values
from fingerpost.reading.files.bound import Bound
from fingerpost.reading.format import FORMAT, WITH_A_FORM
from fingerpost.reading.loader import load, shipped

EVERY_KEY = Path(__file__).parents[1] / "fixtures" / "every_key"
LAID_OVER = FORMAT.kinds["laid-over"]
"""A route in a local file has the keys of a route, and some of these may not stand there."""

ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|sms:|www\.)\S+|[^\s@]+@[\w.-]+", re.IGNORECASE)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Bound]:
    """Every mapping that is read from here on."""
    found: list[Bound] = []

    def noted(*given: Any) -> Bound:
        found.append(Bound(*given))
        return found[-1]

    monkeypatch.setattr(values, "Bound", noted)
    return found


def unchecked(read: list[Bound]) -> set[str]:
    """The keys at which an address stands that no check looks at."""
    looked_at = {*WITH_A_FORM, *FORMAT.kinds}  # what stands in a mapping is a key of that
    return {
        f"{key} is {notation} in {at.kind.about}, and says {text}"
        for at in read
        for key, value in at.values.items()
        if looked_at.isdisjoint(re.findall("[a-z-]+", notation := at.kind.by_name[key].notation))
        for text in texts(value)
        if ADDRESS.fullmatch(text)
    }


def texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case tuple():
            yield from (text for each in value for text in texts(each))
        case dict():
            yield from (text for each in value.values() for text in texts(each))
        case _:
            pass


def test_an_address_is_of_a_type_that_is_checked(read: list[Bound]) -> None:
    """What is found of each type is in the transcripts. A new key stands in format.txt and in the
    library of every key: if an address is a text, this test says so."""
    load([EVERY_KEY], whole=True, local_file=EVERY_KEY / "own" / "local.yaml")
    kinds = [(at, at.kind.about) for at in read if at.kind is not LAID_OVER]
    used = {(about, key) for at, about in kinds for key in at.values}
    assert {(about, key) for at, about in kinds for key in at.kind.by_name} - used == set()
    load([shipped()], whole=True)
    assert unchecked(read) == set()


@settings(deadline=None)
@given(st.text(alphabet="0123456789", min_size=1, max_size=9))
def test_a_freephone_number_has_the_length_that_the_hint_gives(rest: str) -> None:
    number = f"0800 {rest}"
    if phone_trouble(number) is None:
        assert len(rest) in {6, 7} or number == "0800 1111"


@settings(deadline=None)
@given(st.text() | st.text().map("https://".__add__) | st.text().map("mailto:".__add__))
def test_no_text_breaks_the_room(text: str) -> None:
    for trouble_of in (phone_trouble, text_trouble, link_trouble, email_trouble, hours_trouble):
        trouble = trouble_of(text)
        assert trouble is None or (trouble.message and trouble.hint)
