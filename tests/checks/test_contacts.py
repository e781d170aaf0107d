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
from fingerpost.reading.files import kinds, values
from fingerpost.reading.files.bound import Bound
from fingerpost.reading.format import FORMAT, WITH_A_FORM
from fingerpost.reading.loader import load, shipped

EVERY_KEY = Path(__file__).parents[1] / "fixtures" / "every_key"
LAID_OVER = FORMAT.kinds["laid-over"]
"""A route in a local file has the keys of a route, and some of these may not stand there."""
ELSEWHERE = {"sources", "said", "symptom"}
"""Keys of which nothing is made: sources are known while a file is read, what people type is taken
with its place, and a symptom is for whoever reads the file."""

ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|sms:|www\.)\S+|[^\s@]+@[\w.-]+", re.IGNORECASE)


class Asked(dict[str, Any]):
    """The values of a mapping by key, with the keys that have been asked for."""

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)
        self.keys_asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.keys_asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_asked.add(key)
        return super().get(key, default)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Bound]:
    """Every mapping that is read from here on."""
    found: list[Bound] = []

    def noted(file: Any, kind: Any, node: Any, key: Any, given: Any, empty: Any) -> Bound:
        found.append(Bound(file, kind, node, key, Asked(given), empty))
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


def test_every_key_is_made_something_of_and_an_address_is_checked(read: list[Bound]) -> None:
    """What is found of each type is in the transcripts. A new key stands in format.txt and in the
    library of every key; if no value of the model has it, or an address is a text, this fails."""
    load([EVERY_KEY], whole=True, local_file=EVERY_KEY / "own" / "local.yaml")
    kept = [FORMAT.kinds[name] for name in FORMAT.kinds.keys() - kinds.MADE.keys()]  # by their keys
    made = [(at, at.kind.about) for at in read if at.kind not in (LAID_OVER, *kept)]
    used = {(about, key) for at, about in made for key in at.values}
    asked = {(about, key) for at, about in made for key in at.values.keys_asked}
    known = {(about, key) for at, about in made for key in at.kind.by_name}
    assert known - used == set()
    assert {key for _, key in known - asked} == ELSEWHERE
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
