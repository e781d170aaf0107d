"""FP312: where there is no room to decide, a check of paths says so, and calls nothing right."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from fingerpost.checks import registry
from fingerpost.model.diagnostics import Severity
from fingerpost.proof.boxes import Room
from fingerpost.proof.prover import Proofs
from fingerpost.reading.loader import load

FIXTURES = Path(__file__).parents[1] / "fixtures"
OPEN = {
    "safety.rules": "whether the rule “danger-first” is kept",
    "safety.unserved": "whether the need “emergency” is always served",
    "safety.contracts": "whether “police” keeps its contract",
    "safety.open_at_night": "whether somebody answers at night",
    "safety.danger_first": "whether 999 comes first for who is not safe",
    "safety.named_services": "whether “line” is named only to those whom it serves",
    "safety.absent_services": "whether “line” stands on every page that names it",
}
"""What each leaves open of a small library. Others are in ``test_never.py``."""


@pytest.mark.parametrize("check", OPEN)
def test_what_there_is_no_room_to_decide_is_an_error(check: str) -> None:
    library = load([FIXTURES / "mistakes" / "sound"], whole=True).library
    found = import_module(f".{check}", registry.__package__).find(Proofs(library, Room(1)))
    left_open = [mistake for mistake in found if mistake.code == "FP312"]
    assert {mistake.severity for mistake in left_open} == {Severity.ERROR}
    assert [m.message for m in left_open if m.message.startswith(OPEN[check], 18)] != []
    assert "would tell apart more than 1 kinds of people" in left_open[0].message
