"""Runs a conversation on the terminal at hand, and restores the terminal afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO, TypeVar

import click

from ..terminal.io import streams
from .output import Exit

if TYPE_CHECKING:
    from ..terminal.io.ui import Ui

_Said = TypeVar("_Said")


def leave_no_core_dump() -> None:
    """Disable core dumps, which would write the answers to disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hold(talk: Callable[[Ui], _Said], *, plain: bool, on: TextIO) -> _Said | None:
    """Run a conversation on the terminal at hand, and restore the terminal afterwards.

    Output goes to ``on``; answers come from stdin. Returns the result of ``talk``, or None if the
    user has left. Ends the command on Ctrl-C, a signal, or the end of input.
    """
    clearable = streams.can_clear(on, os.environ)
    try:
        if not plain and clearable and streams.is_terminal(sys.stdin):
            return _unless_ended(talk, on)
        return _line_by_line(talk, on, clearable=clearable)
    except (KeyboardInterrupt, EOFError):
        # click itself would print an empty line on the screen that has just been cleared.
        raise click.exceptions.Exit(Exit.STOPPED) from None


def _unless_ended(talk: Callable[[Ui], _Said], on: TextIO) -> _Said | None:
    """Run it on a drawn screen, which is restored if a signal ends the process.

    Line by line there is nothing to restore, so signals keep their default action there.
    """
    from ..terminal.io.keyboard import Ended, ended_by_signals

    try:
        with ended_by_signals():
            return _on_screen(talk, on)
    except Ended as ended:
        raise click.exceptions.Exit(128 + ended.signum) from None


def _on_screen(talk: Callable[[Ui], _Said], on: TextIO) -> _Said | None:
    from ..terminal.conversation import Left
    from ..terminal.io.keyboard import Keyboard
    from ..terminal.io.screen import Screen
    from ..terminal.io.screen_ui import ScreenUi

    screen = Screen(on, links=streams.has_links(os.environ))

    def suspended() -> Callable[[], None]:
        screen.leave()
        return screen.enter

    keyboard = Keyboard(sys.stdin, suspended)
    clear = False
    with keyboard.opened():
        try:
            screen.enter()
            return talk(ScreenUi(screen, keyboard))
        except Left as left:
            clear = left.at_once
            return None
        finally:
            screen.leave(clear=clear)


def _line_by_line(talk: Callable[[Ui], _Said], on: TextIO, *, clearable: bool) -> _Said | None:
    from ..terminal.conversation import Left
    from ..terminal.io.plain_ui import PlainUi
    from ..terminal.io.streams import CLEAR_ALL

    try:
        return talk(PlainUi(on, sys.stdin, clearable))
    except Left as left:
        if left.at_once and clearable:
            on.write(CLEAR_ALL)
            on.flush()
        return None
