"""A standing fuzz: everything that ever failed, and some inputs of each kind that nobody has tried.

``python -m tests.fuzz`` runs more of them, keeps what fails and writes docs/reliability.md. It is
made with Hypothesis alone: atheris has wheels for Linux only, and the tests run everywhere.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from . import record
from .kinds import KINDS
from .running import Tried, draw, replay
from .threats import THREATS, Threat

ROOT = Path(__file__).parents[2]
SEED = 20


def must_hold(tried: Tried) -> None:
    for place, (each, error) in tried.failed.items():
        raise AssertionError(f"{place}\n{each!r}") from error


@pytest.mark.parametrize("name", KINDS)
def test_what_failed_once_holds(name: str) -> None:
    must_hold(replay(KINDS[name]))


@pytest.mark.parametrize("name", KINDS)
def test_some_inputs_hold(name: str) -> None:
    tried = draw(KINDS[name], KINDS[name].quick, SEED)
    must_hold(tried)
    assert tried.inputs >= KINDS[name].quick


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_many_inputs_hold(name: str) -> None:
    must_hold(draw(KINDS[name], KINDS[name].slow, SEED + 1))


# The record and the page


def test_the_page_is_made_of_the_record() -> None:
    assert record.PAGE.read_text("utf-8") == record.page(KINDS)


def test_nothing_that_was_found_is_open() -> None:
    assert {name: each["open"] for name, each in record.read().items() if each["open"]} == {}


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat.function)
def test_every_threat_has_a_test(threat: Threat) -> None:
    written = (ROOT / threat.file).read_text("utf-8")
    assert re.search(rf"^def {threat.function}\(", written, re.MULTILINE)
