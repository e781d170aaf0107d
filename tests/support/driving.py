"""Drives the page of the web in headless Chromium: one browser for all tests of a process."""

from __future__ import annotations

import atexit
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Timer
from typing import Any, TypeAlias

from .chromium import CHROMIUM, node_here

DRIVER = Path(__file__).parents[1] / "web" / "browser" / "drive.mjs"

Step: TypeAlias = tuple[str, Any]
"""What is done, by its name in the driver, and with what."""

SEE: Step = ("see", None)
LEFT: Step = ("wait", "html")
"""Waits until a page has taken the place of the one that was left."""


@dataclass(frozen=True)
class Job:
    """A file to open, what to do there, and how the browser is set up."""

    file: Path
    steps: Sequence[Step]
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Driven:
    """What was seen at each step that looks, what was asked of the network, and all that the
    console, an error or a dialog said."""

    sees: list[Any]
    requests: list[str]
    said: list[str]


def keys(pressed: str) -> list[Step]:
    """A key of the keyboard after the other."""
    return [("key", key) for key in pressed]


def drive(jobs: Iterable[Job]) -> list[Driven]:
    """What came of each job. The test is skipped where there is no browser."""
    told = [{"file": str(job.file), "steps": job.steps, **job.settings} for job in jobs]
    driver = _driver(node_here())
    assert driver.stdin
    assert driver.stdout
    limit = Timer(_MOST_SECONDS, driver.kill)
    limit.start()
    try:
        print(json.dumps(told), file=driver.stdin, flush=True)
        answer = driver.stdout.readline()
    finally:
        limit.cancel()
    if not answer:
        _driver.cache_clear()
        raise AssertionError("the driver of the browser has ended")
    found = json.loads(answer)
    if "threw" in found:
        raise AssertionError(found["threw"])
    return [Driven(**each) for each in found["found"]]


_MOST_SECONDS = 300


@cache
def _driver(node: str) -> Popen[str]:
    """It ends, with its browser, as this process does: nothing more comes then. Each job has a
    context of its own, so that no test sees what another has stored."""
    environment = {**os.environ, "FINGERPOST_CHROMIUM": CHROMIUM or ""}
    child = Popen([node, DRIVER], stdin=PIPE, stdout=PIPE, env=environment, encoding="utf-8")
    atexit.register(child.communicate)
    return child
