"""What a search in a browser finds is what Python finds, with the same scores in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from fingerpost.model.base import Frozen
from fingerpost.model.facts import TELLERS
from fingerpost.model.library import Library
from fingerpost.search.indexing import index_of
from fingerpost.search.trees import TreeSearch
from fingerpost.web.data import search_data

from ..support.journeys import Differs
from ..support.node import run
from ..support.shipped import shipped_search, whole_library

pytestmark = pytest.mark.node

TESTS = Path(__file__).parents[1]
READERS = (None, *TELLERS)
CLOSE = 1e-12
"""The most that a score may differ: a logarithm is rounded as each machine likes."""


# --- the comparison ------------------------------------------------------------------------------


class Search(Frozen):
    """Texts to search a library for, for one kind of reader after the other, and what Python finds
    for each."""

    library: Library
    said: tuple[str, ...]
    readers: tuple[str | None, ...]
    found: tuple[Mapping[str, Any], ...]


def searched(
    said: Iterable[str], library: Library, search: TreeSearch | None = None, first: int = 0
) -> Search:
    """What Python finds for these texts."""
    search = search or TreeSearch(index_of(library))
    texts = tuple(said)
    readers = tuple(READERS[(first + at) % len(READERS)] for at in range(len(texts)))
    found = tuple(
        {
            "found": [[each.tree, each.score] for each in search.find(text, reader)],
            "two": [*search.two(text, reader)],
            "plain": search.plain(text, reader),
            "told": [
                {fact: sorted(values) for fact, values in facts.items()}
                for facts in search.told(text, {"teller": frozenset({reader})} if reader else {})
            ],
            "is_crisis": search.is_crisis(text),
            "may_be": search.may_be_crisis(text),
            "advice": [*search.advice(text)],
            "needs": sorted(search.needs_in_danger(text) or ()),
        }
        for text, reader in zip(texts, readers, strict=True)
    )
    return Search(library, texts, readers, found)


def compare(*searches: Search, seconds: float = 300) -> None:
    """Search in Node.js, and raise Differs for the first text for which something else is found."""
    for search in searches:
        pairs = zip(search.said, search.readers, strict=True)
        jobs = [{"said": text, "teller": reader} for text, reader in pairs]
        data = {"search": search_data(index_of(search.library))}
        found = run("search.mjs", jobs, data, seconds=seconds)
        for job, want, have in zip(jobs, search.found, found, strict=True):
            if told := _difference(want, have):
                raise Differs(f"{told}\nin {job}")


def _difference(want: Mapping[str, Any], have: Mapping[str, Any]) -> str:
    for at, (one, other) in enumerate(zip(want["found"], have["found"], strict=False)):
        if one[0] != other[0] or not abs(one[1] - other[1]) <= CLOSE:
            return f"/found/{at}: Python has {one}, the browser {other}"
    if len(want["found"]) != len(have["found"]):
        return f"/found: Python has {want['found']}, the browser {have['found']}"
    for key in ("two", "plain", "told", "is_crisis", "may_be", "advice", "needs"):
        if want[key] != have[key]:
            return f"/{key}: Python has {want[key]}, the browser {have[key]}"
    return ""


# --- what people say -----------------------------------------------------------------------------


@cache
def sentences() -> tuple[str, ...]:
    """All that people say in the tests of the search, and the stories of the exam."""
    told: list[str] = []
    for path in sorted((TESTS / "search").glob("*.yaml")) + sorted((TESTS / "exam").glob("*.yaml")):
        told.extend(_said(yaml.safe_load(path.read_text(encoding="utf-8"))))
    for path in sorted((TESTS / "search").glob("*.txt")):
        told.extend(path.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(told))


def _said(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, each in value.items():
                if key in ("say", "said", "story") and isinstance(each, str):
                    yield each
                else:
                    yield from _said(each)
        case list():
            for each in value:
                yield from _said(each)


HOSTILE = (
    "",
    " \t\n\r",
    "?!",
    "constructor __proto__ hasownproperty toString valueOf",
    "null null undefined None None NaN",
    "kill\u200bmyself k\u0131ll m\u0443self ｋｉｌｌ ｍｙｓｅｌｆ 𝓀𝒾𝓁𝓁 𝓂𝓎𝓈ℯ𝓁𝒻",
    "kiiiiill myseeeeelf dieeeee diiiie",
    "k i l l m e",
    "İstanbul STRASSE straße ΟΔΟΣ ﬁnd ſelf-harm Ꭰꭰ",
    "cafe\u0301 café CAFÉ",
    "don't don’t dont ‘sext’ '''",
    "£200 £ ££ 200£ £two",
    "😭😭😭 help 🆘",
    "\u202egnihtyna od t'nac\u202c \u0000 \ufeff \ud7ff \uffff",
    "<script>alert(1)</script> {{grooming}} {route:police} {where}",
    "x" * 39 + " " + "x" * 40 + " " + "photograph" * 4,
    "i " * 59 + "photo blackmail",
    "i " * 60 + "photo blackmail",
    "nobody would miss me " + "and then we had tea " * 300,
    "and then we had tea " * 250 + "i want to die",
    "and then we had tea " * 249 + "we had i want to die",
    "die die die " * 40,
    "my my my my best friend and me and my friend sent me and told me",
    "me and my daughter my online friend nobody my son showed me",
    "a girl in care a foster child my foster son",
)


def mangled(seed: int, count: int) -> Iterator[str]:
    """Sentences as nobody would say them: halves put together, letters lost, swapped and repeated,
    words in any order, of many sentences in a row, and of letters at random."""
    random = Random(seed)
    told = sentences()
    for _ in range(count):
        words = " ".join(random.choices(told, k=random.choice((1, 1, 1, 2, 5)))).split()
        if random.random() < 0.3:
            random.shuffle(words)
        if random.random() < 0.3:
            words = words[random.randrange(len(words)) :]
        if random.random() < 0.05:
            words *= random.randint(2, 30)
        yield " ".join(_mangled(random, word) for word in words)


def _mangled(random: Random, word: str) -> str:
    does, at = random.random(), random.randrange(len(word))
    if does < 0.05:
        return word[:at] + word[at + 1 :]
    if does < 0.1:
        return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    if does < 0.13:
        return word[:at] + word[at] * random.randint(2, 4) + word[at + 1 :]
    if does < 0.16:
        return word[: at + 1]
    if does < 0.18:
        return "".join(
            random.choices("abcdefghiklmnoprstuwy\N{LATIN SMALL LETTER E WITH ACUTE}", k=5)
        )
    return word.upper() if does < 0.2 else word


# --- the searches --------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_search_in_a_browser_finds_the_same_whatever_people_say() -> None:
    """Every fortieth sentence and some nonsense, for one kind of reader after the other."""
    said = [*HOSTILE, *sentences()[::40], *mangled(1, 60)]
    assert len(said) > 150
    compare(searched(said, whole_library(), shipped_search()))
