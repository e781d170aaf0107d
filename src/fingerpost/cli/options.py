"""Options that several commands share. They are declared before anything is loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..model.facts import NATIONS, TELLERS
from .completion import given_facts

_Command = TypeVar("_Command", bound=Callable[..., Any])


def library_options(command: _Command) -> _Command:
    """Which library is read: --trees, --only, --local."""
    for option in (
        click.option(
            "--local",
            "local_file",
            type=click.Path(path_type=Path),
            envvar="FINGERPOST_LOCAL",
            metavar="FILE",
            help="Your organisation's own details.",
        ),
        click.option("--only", is_flag=True, help="Leave out the trees that come with fingerpost."),
        click.option(
            "--trees",
            "trees_folder",
            type=click.Path(path_type=Path),
            envvar="FINGERPOST_TREES",
            metavar="DIR",
            help="A folder of trees to lay over those that come with fingerpost.",
        ),
    ):
        command = option(command)
    return command


def cases_option(command: _Command) -> _Command:
    """--cases, for stories that a trainer has written."""
    return click.option(
        "--cases",
        "cases_folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="A folder of your own cases, beside those that come with fingerpost.",
    )(command)


def now_option(command: _Command) -> _Command:
    """--now, to preview any moment."""
    return click.option(
        "--now",
        "moment",
        metavar="MOMENT",
        help="Pretend that it is 2026-12-25 or 2026-12-25T03:00.",
    )(command)


def walk_options(command: _Command) -> _Command:
    """What a walk takes."""
    command = now_option(library_options(command))
    for option in (
        click.option("--code", metavar="CODE", help="Begin with the answers of a sheet's code."),
        click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes."),
        click.option(
            "--given",
            multiple=True,
            metavar="FACT=VALUE",
            shell_complete=given_facts,
            help="Something that is known already.",
        ),
        click.option("--nation", type=click.Choice(NATIONS), help="Where in the UK."),
        click.option("--teller", type=click.Choice(TELLERS), help="Who is reading."),
    ):
        command = option(command)
    return command
