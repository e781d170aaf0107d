"""Codes of sheets are read and refused in a browser as in Python."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import msgspec
import pytest

from fingerpost.model.facts import NATIONS, TELLERS
from fingerpost.page.messages import say
from fingerpost.walk.sheet_code import LETTERS, WrongCode, code_of, opened
from fingerpost.web.data import walk_data

from ..support.journeys import comparable
from ..support.node import run
from ..support.shipped import whole_library

pytestmark = pytest.mark.node


def tried(code: str) -> Mapping[str, object]:
    """What a code opens to, or the sentence that refuses it."""
    try:
        found = opened(whole_library(), code)
    except WrongCode as wrong:
        return {"wrong": say(f"code.wrong-{wrong.why}")}
    return {"tree": found.tree, "facts": found.facts}


def codes() -> list[str]:
    """Codes of people at random, each with a slip, and what is no code."""
    random, library, made = Random(1), whole_library(), list[str]()
    for tree in library.trees:
        offered = {
            "teller": TELLERS,
            "nation": (*NATIONS, "not-sure"),
            "age": library.questions["age"].values,
        }
        known = {
            fact: frozenset({random.choice(values)})
            for fact, values in offered.items()
            if random.random() < 0.7
        }
        code = code_of(library, tree, known)
        at = random.randrange(len(code))
        made += [code, code.lower().replace("-", random.choice((" ", ".", "\u202f")))]
        made += [code[:at] + random.choice(f"{LETTERS}A\u017f\U0001f600") + code[at + 1 :]]
    return [*made, code_of(library, "no-such-tree", {}), "", "-", "B" * 20, "B" * 19, "\0\n", "É"]


def test_a_browser_reads_and_refuses_the_same_codes() -> None:
    every = codes()
    wanted = [msgspec.json.decode(msgspec.json.encode(comparable(tried(code)))) for code in every]
    assert run("codes.mjs", every, walk_data(whole_library())) == wanted
    assert len({each.get("wrong") for each in wanted}) == 6
