"""The exit statuses of the program, as listed in ``docs/architecture.md``."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The reason why the program ended."""

    DONE = 0
    PROBLEMS = 1
    """Mistakes were found in trees."""
    USAGE = 2
    """The command line is wrong."""
    CANNOT = 3
    """The environment does not allow it: an unreadable file, or lost output."""
    BUG = 70
    STOPPED = 130
    """Ctrl-C, or the end of input before an ending."""
