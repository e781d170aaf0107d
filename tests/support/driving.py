"""Drives the page of the web in headless Chromium: one process of Node.js for a list of jobs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, TypeAlias

from .chromium import node_here, ran

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


def drive(folder: Path, jobs: Iterable[Job]) -> list[Driven]:
    """What came of each job. The test is skipped where there is no browser."""
    node = node_here()
    told = [{"file": str(job.file), "steps": job.steps, **job.settings} for job in jobs]
    asked = folder / "jobs.json"
    asked.write_text(json.dumps(told), encoding="utf-8")
    try:
        found = json.loads(ran(node, DRIVER, asked))
    except CalledProcessError as failed:
        raise AssertionError(failed.stderr) from None
    return [Driven(**each) for each in found]
