"""The shipped library spoilt at random: reading and checking never crash, and say what is true."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from fingerpost.reading import loader

from ..support.doctoring import layer, texts
from ..support.sample import FIRST_TWO
from ..support.spoiling import LAW, SLIPS, Files, Slips, changed_well, must_hold, spoilt

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_file_is_read_once")]


def of_two_trees() -> Files:
    """What ships, with two of its trees and their cases alone, so that more can be tried on it."""
    others = {*texts(loader.shipped())} - {"rules.yaml", *(f"{tree}.yaml" for tree in FIRST_TWO)}
    left_out = {name for name in others if "/" not in name}
    left_out |= {f"cases/{name}" for name in left_out}
    return {name: text for name, text in texts(loader.shipped()).items() if name not in left_out}


@settings(LAW, max_examples=10)
@given(slips=SLIPS)
def test_two_shipped_trees_spoilt_at_random(
    slips: Slips, capsys: pytest.CaptureFixture[str]
) -> None:
    with TemporaryDirectory() as folder:
        must_hold(layer(Path(folder), spoilt(of_two_trees(), slips)), capsys)


@settings(LAW, max_examples=2)
@given(slips=SLIPS)
def test_all_that_ships_spoilt_at_random(slips: Slips, capsys: pytest.CaptureFixture[str]) -> None:
    with TemporaryDirectory() as folder:
        must_hold(layer(Path(folder), spoilt(texts(loader.shipped()), slips)), capsys)


@settings(LAW, max_examples=5)
@given(slips=SLIPS)
def test_two_shipped_trees_changed_so_that_they_still_read_well(
    slips: Slips, capsys: pytest.CaptureFixture[str]
) -> None:
    with TemporaryDirectory() as folder:
        changed = changed_well(Path(folder), of_two_trees(), slips)
        must_hold(layer(Path(folder), changed), capsys)
