"""The page in Firefox on a phone of 360 pixels: a walk, danger, the way back, and leaving."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest

from ...support.chromium import BROWSER, node_here, ran
from ...support.driving import Step
from .test_walks import QUIETLY, whole

__all__ = ["whole"]

pytestmark = [pytest.mark.browser, pytest.mark.firefox, pytest.mark.slow]

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")

CHOOSE = "document.querySelectorAll('.choices button')[{}].click()"
PRESS = "document.dispatchEvent(new KeyboardEvent('keydown', {key: '!', bubbles: true}))"
LEAVE = "document.querySelector('.leave').click()"


def test_a_walk_back_danger_and_leaving(whole: Path) -> None:
    if FIREFOX is None:
        pytest.skip("there is no Firefox here")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    look: list[Step] = [("see", ""), ("axe", "")]
    steps: list[Step] = [
        *look,
        *[("run", CHOOSE.format(0)), *look, ("run", CHOOSE.format(0)), *look],
        *[("go", "Back"), ("see", ""), ("run", CHOOSE.format(0))],
        *[("run", QUIETLY), *look, ("run", PRESS), *look, ("go", "Back"), ("see", "")],
        *[("run", LEAVE), ("see", ""), ("go", "Forward"), ("see", "")],
    ]
    axe = BROWSER / "node_modules" / "axe-core" / "axe.min.js"
    driver = Path(__file__).with_name("firefox.mjs")
    told = json.loads(
        ran(node_here(), driver, FIREFOX, whole, str(port), axe, json.dumps(steps), seconds=120)
    )
    screens = [each for each in told if isinstance(each, dict)]
    *walked, left, forward = screens
    first, doors, asked, back, ending, danger, again = walked
    assert [each for each in told if isinstance(each, list)] == [[]] * 5
    assert all(each["wide"] <= 360 and each["focus"] == "H1" for each in walked)
    assert (first["heading"], doors["heading"]) == ("Who's reading this?", "What has happened?")
    assert asked["heading"].startswith("Is anyone in danger")
    assert (back["heading"], again["heading"]) == (doors["heading"], ending["heading"])
    assert 0 < ending["below"] <= 1110
    assert danger["heading"] == "In danger now"
    assert {each["history"] for each in walked[1:]} == {first["history"] + 1}
    assert (left["url"], left["text"]) == (forward["url"], forward["text"]) == ("about:blank", "")
