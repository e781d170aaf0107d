"""The picture that docs/web.md shows is that of the page in a browser as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from ..support.chromium import node_here
from .test_book_pictures import grey
from .test_pictures import DOCS, LARGEST_FILE, differing
from .test_pictures_of_screens import script

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PICTURES = DOCS / "pictures" / "web"

ALIKE = 0.005
"""The share of dots in which a picture may differ. One other word is more."""


def made(folder: Path, patch: pytest.MonkeyPatch, **known: str) -> Image.Image:
    """The picture as it is made now, of a person of whom something else may be known."""
    node_here()
    make = script(PICTURES)
    patch.setattr(make, "HERE", folder)
    patch.setattr(make, "KNOWN", {**make.KNOWN, **known})
    make.main()
    return grey(folder / "three-screens.png")


def test_the_picture_shows_the_page_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it does not: run docs/pictures/web/make.py, and look at what it wrote."""
    kept, now = grey(PICTURES / "three-screens.png"), made(tmp_path, monkeypatch)
    assert kept.size == now.size
    assert differing(kept, now) < ALIKE
    assert (PICTURES / "three-screens.png").stat().st_size < LARGEST_FILE
    assert "(pictures/web/three-screens.png)" in (DOCS / "web.md").read_text(encoding="utf-8")


@pytest.mark.in_turn(among="planted faults")
def test_a_picture_of_another_page_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(tmp_path, monkeypatch, teller="parent")
    assert differing(grey(PICTURES / "three-screens.png"), other) > ALIKE
