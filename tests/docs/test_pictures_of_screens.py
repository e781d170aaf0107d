"""The screens whose pictures stand in docs/: they show what is on them now."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageChops

pytest.importorskip("typst")

DOCS = Path(__file__).parents[2] / "docs"
SCREENS = ("first-screen", "question", "ending", "danger", "plain", "room")

SAME = 0.0002
"""The share of dots in which two pictures of the same may differ. One other word is more."""

LARGEST_FILE = 60_000
"""Bytes."""

pytestmark = pytest.mark.slow


def script(folder: Path = DOCS / "pictures") -> ModuleType:
    """make.py of a folder of pictures, which is no part of the package."""
    name = f"make_{folder.name}"
    spec = importlib.util.spec_from_file_location(name, folder / "make.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


make = script()


@cache
def now() -> Mapping[str, Image.Image]:
    """Each picture as it would be made."""
    before = dict(os.environ)
    try:
        make.in_colour()
        return {name: make.in_both(screen) for name, screen in make.screens()}
    finally:
        os.environ.clear()
        os.environ.update(before)


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that differ by more than few colours make them differ."""
    apart = ImageChops.difference(one.convert("L"), other.convert("L"))
    counted = apart.point([0] * 64 + [1] * 192).histogram()
    return counted[1] / (one.width * one.height)


def kept(name: str) -> Image.Image:
    with Image.open(DOCS / "pictures" / f"{name}.png") as picture:
        return picture.convert("RGB")


@pytest.mark.parametrize("name", SCREENS)
def test_the_picture_shows_the_screen_as_it_is_now(name: str) -> None:
    assert kept(name).size == now()[name].size
    assert differing(kept(name), now()[name]) < SAME
    assert (DOCS / "pictures" / f"{name}.png").stat().st_size < LARGEST_FILE


def test_another_word_is_found_out() -> None:
    picture = now()["first-screen"].copy()
    word = picture.crop((0, 20, 60, 45))
    picture.paste(picture.crop((60, 20, 120, 45)), (0, 20))
    assert word.tobytes() != picture.crop((0, 20, 60, 45)).tobytes()
    assert differing(kept("first-screen"), picture) > SAME


def test_the_pages_show_them_all() -> None:
    pages = [(DOCS / name).read_text(encoding="utf-8") for name in ("walk.md", "rehearsal.md")]
    shown = set(re.findall(r"\(pictures/(.+?)\.png\)", "".join(pages)))
    assert shown == {*SCREENS}
