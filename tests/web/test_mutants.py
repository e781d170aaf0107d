"""Each condition of the engine decides something that the comparison of walks sees.

One ``if`` or ``? :`` after the other is turned into its opposite, in a copy of the modules, and a
small sample of journeys must differ. A run turns twenty of them, drawn at random.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from subprocess import TimeoutExpired

import pytest

from fingerpost.model.base import Frozen
from fingerpost.model.library import Library

from ..support.journeys import (
    MOMENTS,
    Differs,
    Expected,
    Journey,
    at_random,
    compare,
    expected,
)
from ..support.node import MODULES, JobFailed, run
from ..support.odd_libraries import long_library, odd_library

pytestmark = pytest.mark.node

SEED = int(os.environ.get("FINGERPOST_MUTANTS") or time.time_ns() // 1_000 % 100_000)
"""Of this run: FINGERPOST_MUTANTS repeats it."""

DRAWN = 20
MOST_SECONDS = 30
"""A condition that is turned may let a loop go round for ever."""

TURNED = ("engine",)
"""The rooms whose conditions are turned."""

EQUIVALENT: dict[tuple[str, str], str] = {}
"""Conditions that may be turned without anybody's noticing, each with the reason."""


class Mutant(Frozen):
    """A module in which one condition is turned into its opposite."""

    module: str
    condition: str
    text: str

    def planted(self, folder: Path) -> Path:
        """All modules, in a new folder, with this one among them."""
        copy = shutil.copytree(
            MODULES, folder / "web", ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
        (copy / self.module).write_text(self.text, encoding="utf-8")
        return copy


@cache
def mutants() -> tuple[Mutant, ...]:
    """One for each condition, in the order of the modules."""
    return tuple(_mutants())


def _mutants() -> Iterator[Mutant]:
    files = [file for room in TURNED for file in sorted((MODULES / room).glob("*.mjs"))]
    texts = [file.read_text(encoding="utf-8") for file in files]
    found = run("conditions.mjs", texts, options=["--expose-internals"])
    for file, text, conditions in zip(files, texts, found, strict=True):
        assert max(text) <= "\uffff"  # else JavaScript counts other places than Python
        for start, end in conditions:
            turned = f"{text[:start]}!({text[start:end]}){text[end:]}"
            yield Mutant(file.relative_to(MODULES).as_posix(), text[start:end], turned)


@cache
def sample() -> tuple[tuple[Library, ...], tuple[Journey, ...], tuple[Expected, ...]]:
    """Journeys through made-up libraries, with what Python sees on them."""
    random = Random(1)
    libraries = (*(odd_library(random) for _ in range(40)), long_library())
    journeys = (
        *(at_random(random, each, at) for at, each in enumerate(libraries[:-1]) for _ in range(5)),
        Journey(len(libraries) - 1, "t", MOMENTS["a day"]),
    )
    return libraries, journeys, tuple(expected(each, libraries[each.library]) for each in journeys)


def is_caught(mutant: Mutant, folder: Path) -> bool:
    libraries, journeys, wanted = sample()
    modules = mutant.planted(folder)
    try:
        compare(journeys, libraries, wanted, modules, seconds=MOST_SECONDS)
    except (Differs, JobFailed, RuntimeError, TimeoutExpired):
        return True
    return False


def named(mutant: Mutant) -> tuple[str, str]:
    return mutant.module, mutant.condition


@pytest.mark.slow
def test_the_sample_is_the_same_in_a_browser() -> None:
    libraries, journeys, wanted = sample()
    compare(journeys, libraries, wanted)


@pytest.mark.slow
@pytest.mark.parametrize("drawn", range(DRAWN))
def test_a_condition_that_is_turned_is_noticed(drawn: int, tmp_path: Path) -> None:
    able = [mutant for mutant in mutants() if named(mutant) not in EQUIVALENT]
    mutant = Random(SEED).sample(able, DRAWN)[drawn]
    assert is_caught(mutant, tmp_path), f"FINGERPOST_MUTANTS={SEED}: {named(mutant)}"


def test_each_condition_of_a_module_is_turned() -> None:
    every = {named(mutant) for mutant in mutants()}
    assert ("engine/walk.mjs", "!walk.replies.length") in every
    assert ("engine/doors.mjs", "readers.has(teller)") in every
    assert len(mutants()) > DRAWN
    assert every >= EQUIVALENT.keys()
