"""Signals in the programs that tests start."""

from __future__ import annotations

import signal


def with_default_signals() -> None:
    """In the program that is started: no signal is ignored, as on a terminal that is new.

    What ignores a signal passes that on. Tests that a script runs in the background, or under
    nohup, ignore some of them, and the program would rightly do so too.
    """
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
