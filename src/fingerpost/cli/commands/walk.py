"""``fingerpost walk``, and ``fingerpost`` alone: the conversation with a user."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from ...terminal.io import streams
from ...terminal.io.ui import Ui
from ...terminal.walk_session import WalkSession
from ..browser import Opens, browser
from ..context import beginning, clock_of
from ..options import walk_options
from ..save_folder import FolderPrinter
from ..terminal_session import hold, leave_no_core_dump


@click.command("walk", epilog="Example: fingerpost walk image-shared --teller parent")
@click.argument("tree", required=False)
@walk_options
def command(tree: str | None, **options: Any) -> None:
    """Answer questions about what has happened, and see what to do and where to turn.

    Without TREE, choose what has happened from a list.
    """
    start(tree, **options)


def start(tree: str | None, *, moment: str | None, plain: bool, **known: Any) -> None:
    """Run the conversation. ``known`` are the arguments of ``beginning``."""
    clock = clock_of(moment)
    begun = beginning(tree, **known)
    leave_no_core_dump()

    def talk(face: Ui) -> None:
        printer = FolderPrinter(moment, browser=_browser)
        conversation = WalkSession(face, begun.reading, clock, printer, begun.index, begun.every)
        conversation.run(begun.tree, begun.given)

    hold(talk, plain=plain, on=sys.stdout)


def _browser() -> Opens | None:
    """The browser, for a person: a program that types lines is not asked whether to open it."""
    return browser(os.environ) if streams.is_terminal(sys.stdin) else None
