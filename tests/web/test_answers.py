"""What a search of the answers in a browser finds is what Python finds, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fingerpost.search.answers import AnswerSearch
from fingerpost.search.indexing import index_of
from fingerpost.web.data import search_data, walk_data

from ..support.node import MODULES, run
from ..support.shipped import shipped_search, whole_library
from .test_find import HOSTILE, mangled, sentences
from .test_page import any_facts

pytestmark = [pytest.mark.node, pytest.mark.slow]


def jobs() -> list[dict[str, Any]]:
    """What people say, and each fourth way in which a question is put, for anybody."""
    random, library = Random(9), whole_library()
    ways = [way for line in library.advice.values() if line.ask for way in line.said]
    said = [*HOSTILE, *ways[::4], *sentences()[::90], *mangled(4, 20)]
    return [{"said": text, "facts": any_facts(random, library, 0.3)} for text in said]


def differences(modules: Path = MODULES) -> Iterator[str]:
    library, every = whole_library(), jobs()
    given = {"library": walk_data(library), "search": search_data(index_of(library))}
    for job, its in zip(every, run("answers.mjs", every, given, modules), strict=True):
        facts = {fact: frozenset(values) for fact, values in job["facts"].items()}
        search = AnswerSearch(library, facts, spelt=shipped_search().spelt)
        found = (search.find(job["said"]), search.asked_by(job["said"]))
        plainly = search.asked_plainly(job["said"])
        ours = [[line.name for line in lines] for lines in (*found, [plainly] if plainly else [])]
        if its != ours:
            yield f"{job}: {its} is not {ours}"


def test_a_search_of_answers_finds_the_same() -> None:
    assert [*differences()] == []
