"""A folder of files that take long to make: one process of a run makes it, the others wait."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

MOST_SECONDS = 600
"""For which a process waits."""


def made_once(
    factory: pytest.TempPathFactory,
    name: str,
    make: Callable[[Path], object],
    seconds: float = MOST_SECONDS,
) -> Path:
    """The folder of this name, which ``make`` has filled.

    Raises RuntimeError where another process failed to make it, or is not done in time.
    """
    own = factory.getbasetemp()  # of this process alone, in that of the run
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    done, failed = folder.with_suffix(".done"), folder.with_suffix(".failed")
    try:
        folder.mkdir()
    except FileExistsError:
        limit = time.monotonic() + seconds
        while not done.exists():
            if failed.exists() or time.monotonic() > limit:
                raise RuntimeError(f"another process did not make {name}") from None
            time.sleep(0.1)
        return folder
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return folder
