"""Starting the program, and ending it, without searching for what is not there.

Python looks through all values again and again for those that lead in a circle and to which nothing
else leads. What a program loads and reads has none, and somebody is waiting.
"""

from __future__ import annotations

import gc

_MANY = 100_000
"""So many new values before Python looks for circles, in place of 700. By the first question there
are a third of that; a long rehearsal or a large check will come to it."""


def start() -> None:
    """The console script: load the program and run it."""
    gc.set_threshold(_MANY)
    from .main import run

    try:
        run()
    finally:
        gc.freeze()  # on its way out Python would look through all that is left, and it goes anyway
