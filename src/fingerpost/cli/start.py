"""Starting the program, and ending it, without searching for what is not there.

Python looks through all values again and again for those that lead in a circle and to which nothing
else leads. What a program loads and reads has none, and somebody is waiting. On its way out Python
would take each of them apart besides, and they go anyway.
"""

from __future__ import annotations

import atexit
import gc
import os

_MANY = 100_000
"""So many new values before Python looks for circles, in place of 700. By the first question there
are a third of that; a long rehearsal or a large check will come to it."""


def start() -> None:
    """The console script: load the program, run it, and end."""
    gc.set_threshold(_MANY)
    from .main import run

    try:
        run()
    except SystemExit as ended:
        if isinstance(ended.code, int):
            _end(ended.code)
        raise


def _end(status: int) -> None:
    """End here. What others want done at the end is done; all output has been written by now."""
    atexit._run_exitfuncs()
    os._exit(status)
