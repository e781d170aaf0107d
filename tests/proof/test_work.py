"""One budget for all proofs of a check: what is not reached is not decided, and never passed."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from fingerpost.checks import registry
from fingerpost.model.library import Library
from fingerpost.proof.prover import Proofs
from fingerpost.proof.state_sets import LimitReached, StateSets, Work
from fingerpost.proof.verdict import Status
from fingerpost.reading.loader import load

LIBRARY = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"


@pytest.fixture(scope="module")
def library() -> Library:
    return load([LIBRARY], whole=True).library


def statuses(library: Library, budget: int) -> list[Status]:
    return [verdict.status for _, verdict in Proofs(library, work=Work(budget)).verdicts]


@pytest.mark.parametrize("name", registry.OF_PATHS)
def test_without_work_no_check_says_more_than_that_it_does_not_know(
    library: Library, name: str
) -> None:
    proofs = Proofs(library, work=Work(0))
    known = {m.order for m in registry.find((name,), Proofs(library))}
    found = list(registry.find((name,), proofs))
    assert all(m.code == "FP312" or m.order in known for m in found)
    assert all("all proofs together" in m.message for m in found if m.code == "FP312")


def test_with_any_budget_a_verdict_is_the_true_one_or_none(library: Library) -> None:
    whole = Proofs(library)
    true = [verdict.status for _, verdict in whole.verdicts]
    assert Status.PROVED in true
    assert set(statuses(library, 0)) == {Status.NOT_DECIDED}
    took = whole.work.budget - whole.work.left
    partly = 0
    for share in range(1, 20):
        found = statuses(library, took * share // 20)
        pairs = list(zip(found, true, strict=True))
        assert all(one in (other, Status.NOT_DECIDED) for one, other in pairs)
        partly += Status.NOT_DECIDED in found and len(set(found)) > 1
    assert partly


def test_work_that_is_spent_stops_what_goes_on() -> None:
    work = Work(10)
    work.done(9)
    work.go_on()
    work.done(1)
    with pytest.raises(LimitReached):
        work.go_on()


def test_sets_that_nobody_needs_are_gone_without_the_collector() -> None:
    """``check`` has it off, and each question about a formula makes sets of its own."""
    gc.disable()
    try:
        first = StateSets((2, 2), 100)
        states = first.assign(first.unit, 0, 2)
        copy = StateSets((2, 2), 100)
        copy.copied_from(first, states)
        gone = weakref.ref(copy)
        del copy
        assert gone() is None
    finally:
        gc.enable()
