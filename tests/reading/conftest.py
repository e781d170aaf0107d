"""What the files of tests that spoil libraries share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sound library, to be spoilt."""
    sound = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"
    return Path(shutil.copytree(sound, tmp_path / "sound"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """Replace the only place in a file of the library that says something."""

    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} has this {text.count(old)} times: {old}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return replace
