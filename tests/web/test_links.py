"""The page in a browser makes a link of the same addresses as every format does."""

from __future__ import annotations

from random import Random

import pytest

from fingerpost.sheets.document import followable
from fingerpost.web.scanned import codes_to_scan

from ..sheets.test_links import FOLLOWED, NEVER_FOLLOWED
from ..support.node import run
from ..support.printed import LIBRARY

pytestmark = pytest.mark.node

LETTERS = "ax9.-/:?#@%_+'&= \n\\\"<é\u202e"
STARTS = ("https://", "tel:", "sms:", "mailto:", "http://", "javascript:", "")


def spoilt(uri: str, random: Random) -> str:
    """An address with something in it changed, left out or put in."""
    at = random.randint(0, len(uri))
    put = random.choice((random.choice(LETTERS), "", random.choice(STARTS)))
    return uri[:at] + put + uri[at + random.randint(0, 2) :]


def addresses() -> list[str]:
    random = Random(7)
    known = (*FOLLOWED, *NEVER_FOLLOWED, *codes_to_scan(LIBRARY))
    return [*known, *(spoilt(random.choice(known), random) for _ in range(5000))]


def followed_otherwise() -> list[str]:
    """The addresses that lead elsewhere in the page, or lead there when they must not."""
    found = run("links.mjs", addresses())
    return [uri for uri, each in zip(addresses(), found, strict=True) if each != expected(uri)]


def expected(uri: str) -> dict[str, str | None]:
    name, href = ("a", uri) if followable(uri) else ("span", None)
    return {"name": name, "href": href, "textContent": "<b>Text</b>"}


@pytest.mark.slow
def test_addresses_are_followed_as_everywhere() -> None:
    assert followed_otherwise() == []
    assert 500 < sum(map(followable, addresses())) < 4500
