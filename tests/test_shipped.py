"""The library that ships: read whole, held to every check, and without a mistake."""

from __future__ import annotations

import pytest

from fingerpost.checks import every
from fingerpost.cli.main import main
from fingerpost.library import Reading, load, shipped


@pytest.fixture(scope="module")
def reading() -> Reading:
    return load([shipped()], whole=True)


def test_the_shipped_library_has_no_mistakes(reading: Reading) -> None:
    """No warnings either, and nothing that only a check can see."""
    assert reading.mistakes == ()
    for check in every():
        assert check.find(reading.library) == ()


def test_the_command_that_checks_it_agrees(
    reading: Reading, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == f"{len(reading.texts)} files read. No mistakes found.\n"
