"""What the program's exit status means. See the table in ``docs/architecture.md``."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Why the program ended."""

    DONE = 0
    PROBLEMS = 1
    """Mistakes were found in trees."""
    USAGE = 2
    """The command line is wrong."""
    CANNOT = 3
    """The surroundings do not allow it: a file that cannot be read, output that is lost."""
    BUG = 70
    STOPPED = 130
    """Ctrl-C, or the end of input before an ending."""
