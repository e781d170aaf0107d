"""The libraries that ``check`` is measured with are what they claim to be."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from fingerpost.checks.content import contacts, not_sure, sentences
from fingerpost.checks.structure import circles
from fingerpost.model.library import Library
from fingerpost.reading.loader import load

from ..support.checking import found_by

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "libraries.py"

libraries = SimpleNamespace(**runpy.run_path(str(PROGRAM)))

RULES = 20


def read(folder: Path, kind: str, size: int, seed: str = "1") -> Library:
    """A library as it is read from its files, which have no mistake of any kind."""
    place = folder / f"{kind}-{size}-{seed}"
    libraries.write(libraries.KINDS[kind](size, seed), place)
    reading = load([place], whole=True)
    assert reading.mistakes == ()
    return reading.library


@pytest.mark.parametrize("kind", libraries.KINDS)
@pytest.mark.parametrize("size", [10, 23, 150])
def test_every_kind_is_read_without_a_mistake_at_any_size(
    tmp_path: Path, kind: str, size: int
) -> None:
    library = read(tmp_path, kind, size)
    assert len(library.rules) == RULES
    for check in (circles, contacts, not_sure, sentences):
        assert found_by(check, library) == ()
