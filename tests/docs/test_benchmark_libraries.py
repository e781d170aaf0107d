"""The libraries that ``check`` is measured with are what they claim to be."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from fingerpost.checks.content import contacts, not_sure, sentences
from fingerpost.checks.structure import circles
from fingerpost.model.library import Library
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Status
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


def test_everything_is_proved_of_topics(tmp_path: Path) -> None:
    found = Proofs(read(tmp_path, "topics", 60)).verdicts
    assert [verdict.status for _, verdict in found] == [Status.PROVED] * RULES


def test_everything_is_proved_of_a_ladder_too(tmp_path: Path) -> None:
    found = {rule.name: verdict for rule, verdict in Proofs(read(tmp_path, "ladder", 23)).verdicts}
    assert {verdict.status for verdict in found.values()} == {Status.PROVED}
    assert len(found) == RULES + 1
    assert "everyone-sees-a-line-that-fits" in found


def test_the_program_writes_a_folder(tmp_path: Path) -> None:
    assert libraries.main(["topics", "10", str(tmp_path / "one")]) == 0
    assert libraries.main(["topics", "10", str(tmp_path / "two"), "7"]) == 0
    one, two = (
        {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*.yaml")}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == libraries.topics(10)
    assert two == libraries.topics(10, "7")
