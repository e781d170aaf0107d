"""Runs the modules of the web page in Node.js: one process for a whole list of jobs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

import fingerpost.web

MODULES = Path(fingerpost.web.__file__).parent
DRIVERS = Path(__file__).parents[1] / "web" / "drivers"

_MOST_SECONDS = 300
"""A loop without an end in a module must not hang a run of all tests."""


class JobFailed(AssertionError):
    """A job threw an error; the message is its stack."""


def run(
    driver: str,
    jobs: Iterable[object],
    given: object = None,
    modules: Path = MODULES,
    *,
    options: Sequence[str] = (),
    seconds: float = _MOST_SECONDS,
) -> list[Any]:
    """The result of each job, by one process of Node.js; ``given`` is what all of them share.

    All values are plain ones, as JSON says them. ``options`` are those of Node.js. Raises JobFailed
    for the first job that threw, RuntimeError where the driver itself fails, and
    ``subprocess.TimeoutExpired`` where all of it takes longer than these seconds.
    """
    lines = b"\n".join(msgspec.json.encode(each) for each in (given, *jobs))
    done = subprocess.run(
        ["node", *options, str(DRIVERS / driver), str(modules)],
        input=lines,
        capture_output=True,
        timeout=seconds,
    )
    if done.returncode or done.stderr:
        raise RuntimeError(f"{driver}: {done.stderr.decode()}")
    results = [msgspec.json.decode(line) for line in done.stdout.splitlines()]
    for number, result in enumerate(results):
        if "threw" in result:
            raise JobFailed(f"{driver}, job {number}: {result['threw']}")
    return [result["is"] for result in results]
