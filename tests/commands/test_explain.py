"""``fingerpost check --explain``: what a code means."""

from __future__ import annotations

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.diagnostics import codes
from fingerpost.page.text_layout import cells

Capture = pytest.CaptureFixture[str]


def explained(capsys: Capture, *arguments: str) -> str:
    assert main(["check", "--explain", *arguments]) == Exit.DONE
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


@pytest.mark.parametrize("code", ["", *codes()])
def test_it_fits_80_columns_and_has_no_control_character(capsys: Capture, code: str) -> None:
    said = explained(capsys, *([code] if code else []))
    assert max(map(cells, said.splitlines())) <= 80
    assert said.replace("\n", "").isprintable()
