"""``fingerpost walk``, and ``fingerpost`` alone: the main job."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import click

from ..diagnostics import Diagnostic, Severity
from ..exits import Exit
from ..library import Reading
from ..page import Clock
from ..render.talk import LAST_RESORT
from ..terminal import streams
from ..terminal.ask import Ended, ended_by_signals
from ..terminal.talk import Face, Left, Talk
from .asked import facts_given, moment_of, no_such, read
from .options import walk_options

_Held: TypeAlias = Callable[[Face], None]
"""A conversation, to be held face to face with somebody."""


@click.command("walk", epilog="Example: fingerpost walk image-shared --teller parent")
@click.argument("tree", required=False)
@walk_options
def command(tree: str | None, **options: Any) -> None:
    """Answer questions about what has happened, and see what to do and where to turn.

    Without TREE, choose what has happened from a list.
    """
    start(tree, **options)


def start(
    tree: str | None,
    *,
    trees_folder: Path | None,
    only: bool,
    local_file: Path | None,
    teller: str | None,
    nation: str | None,
    given: tuple[str, ...],
    moment: str | None,
    plain: bool,
) -> None:
    """Read the library and hold the conversation."""
    if moment is not None:
        moment_of(moment)
    reading = read(trees_folder, only, local_file, trees=None if tree is None else (tree,))
    if tree is not None and tree not in reading.files:
        raise no_such("tree", tree, tuple(reading.files))
    stopping = _stopping(tree, reading)
    if stopping:
        click.echo(LAST_RESORT, err=True)
        _explain(stopping, reading)
        raise click.exceptions.Exit(Exit.PROBLEMS)
    facts = facts_given(reading.library, teller, nation, given)
    _tell_of_local_mistakes(reading)

    def clock() -> Clock:
        from ..hours import BankHolidays

        return Clock(moment_of(moment), BankHolidays.load())

    _leave_no_core_dump()
    _hold(plain, lambda face: Talk(face, reading, clock).run(tree, facts))


def _stopping(tree: str | None, reading: Reading) -> tuple[Diagnostic, ...]:
    """The mistakes that leave nothing to walk."""
    if tree is not None:
        return reading.stopping(tree)
    if any(not reading.stopping(name) for name in reading.library.trees):
        return ()
    return reading.mistakes


def _explain(mistakes: tuple[Diagnostic, ...], reading: Reading) -> None:
    from ..render.diagnostics import for_people

    click.echo("This cannot be used until these mistakes are mended:", err=True)
    click.echo(for_people(mistakes, reading.texts), err=True)


def _tell_of_local_mistakes(reading: Reading) -> None:
    if not any(mistake.severity is Severity.ERROR for mistake in reading.local_mistakes):
        return
    from ..render.diagnostics import for_people

    click.echo("Your organisation's own details are left out until this is mended:", err=True)
    click.echo(for_people(reading.local_mistakes, reading.texts), err=True)


def _leave_no_core_dump() -> None:
    """What was answered is in memory, so a crash may not write memory to disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _hold(plain: bool, talk: _Held) -> None:
    """Hold a conversation on whatever terminal there is, and leave it as it was."""
    clearable = streams.can_clear(sys.stdout, os.environ)
    drawn = not plain and clearable and streams.is_terminal(sys.stdin)
    try:
        if drawn:
            # Line by line there is nothing to put right, and a signal may end us where we stand.
            with ended_by_signals():
                _on_screen(talk)
        else:
            _line_by_line(talk, clearable)
    except Ended as ended:
        raise click.exceptions.Exit(128 + ended.signum) from None
    except (KeyboardInterrupt, EOFError):
        # Told here, because click would print an empty line on what has just been cleared.
        raise click.exceptions.Exit(Exit.STOPPED) from None


def _on_screen(talk: _Held) -> None:
    from ..terminal.ask import Keyboard
    from ..terminal.screen import ScreenFace
    from ..terminal.show import Screen

    screen = Screen(sys.stdout)

    def suspended() -> Callable[[], None]:
        screen.leave()
        return screen.enter

    keyboard = Keyboard(sys.stdin, suspended)
    clear = False
    with keyboard.opened():
        try:
            screen.enter()
            talk(ScreenFace(screen, keyboard))
        except Left as left:
            clear = left.at_once
        finally:
            screen.leave(clear=clear)


def _line_by_line(talk: _Held, clearable: bool) -> None:
    from ..terminal.harmless import CLEAR_ALL
    from ..terminal.plain import PlainFace

    try:
        talk(PlainFace(sys.stdout, sys.stdin, clearable))
    except Left as left:
        if left.at_once and clearable:
            sys.stdout.write(CLEAR_ALL)
            sys.stdout.flush()
