"""The pictures of the book that docs/approval.md shows are those of the book as it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from .test_pictures import DOCS, LARGEST_FILE, differing
from .test_pictures_of_screens import script

pytestmark = [pytest.mark.poppler, pytest.mark.slow]

PICTURES = DOCS / "pictures" / "book"

ALIKE = 0.005
"""The share of dots in which a picture may differ: other minutes are less, a line more is more."""


make = script(PICTURES)


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures as they are made now."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler is not installed")
    folder = tmp_path_factory.mktemp("pictures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "HERE", folder)
        make.main()
    return folder


def grey(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("L")


@pytest.mark.in_turn
@pytest.mark.parametrize("name", make.SIDES)
def test_the_picture_shows_the_book_as_it_is_made_now(now: Path, name: str) -> None:
    """If it does not: run docs/pictures/book/make.py, and look at what it wrote."""
    kept, made = grey(PICTURES / f"{name}.png"), grey(now / f"{name}.png")
    assert kept.size == made.size
    assert differing(kept, made) < ALIKE
    assert (PICTURES / f"{name}.png").stat().st_size < LARGEST_FILE


def test_a_picture_of_another_side_is_found_out(now: Path) -> None:
    found = [grey(now / f"{name}.png") for name in make.SIDES]
    assert all(differing(one, other) > ALIKE for one in found for other in found if one != other)


def test_the_page_shows_all_four() -> None:
    page = (DOCS / "approval.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(pictures/book/(.+?)\.png\)", page)) == {*make.SIDES}
    assert {path.stem for path in PICTURES.glob("*.png")} == {*make.SIDES}
    assert len(make.SIDES) == 4
