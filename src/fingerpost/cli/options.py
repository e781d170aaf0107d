"""Options that several commands share, declared before anything slow is loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import click

from ..model.facts import NATIONS, TELLERS, understood

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Decorator: TypeAlias = Callable[[_Command], _Command]


def refuse_first(*rules: tuple[object, str]) -> None:
    """Raise a usage error with the words of the first rule that is broken: of options that do not
    go together."""
    if told := next((told for broken, told in rules if broken), None):
        raise click.UsageError(told)


class ValueOf(click.Choice[str]):
    """The values of a fact, each of which may be written as people write it."""

    def __init__(self, fact: str, values: Collection[str]) -> None:
        super().__init__(values)
        self._fact = fact

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(understood(self._fact, value, self.choices), param, ctx)


def teller_option(whom: str) -> Callable[[_Command], _Command]:
    """--teller, with what it says of whom."""
    type_, told = ValueOf("teller", TELLERS), f"{whom}: {', '.join(TELLERS)}."
    return click.option("--teller", type=type_, metavar="WHO", help=told)


def nation_option(where: str) -> Callable[[_Command], _Command]:
    """--nation, with what it says of where."""
    type_, told = ValueOf("nation", NATIONS), f"{where}: {', '.join(NATIONS)}."
    return click.option("--nation", type=type_, metavar="NATION", help=told)


def _together(*options: Callable[[Any], Any]) -> _Decorator[_Command]:
    """One decorator for several options, which the help lists in this order."""

    def decorated(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


def format_option(
    *names: str, help_: str = "For people or for programs."
) -> Callable[[_Command], _Command]:
    """--format, with the first of the names as its default."""
    return click.option(
        "--format", "format_", type=click.Choice(names), default=names[0], help=help_
    )


def local_option(help_: str) -> Callable[[_Command], _Command]:
    """--local, or else FINGERPOST_LOCAL: the file of local details."""
    return click.option(
        "--local",
        "local_file",
        type=click.Path(path_type=Path),
        envvar="FINGERPOST_LOCAL",
        metavar="FILE",
        help=help_,
    )


cases_option = click.option(
    "--cases",
    "cases_folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of your own cases, beside fingerpost's.",
)
now_option = click.option(
    "--now",
    "moment",
    metavar="MOMENT",
    hidden=True,
    help="Pretend that it is 2026-12-25 or 2026-12-25T03:00.",
)
plain_option = click.option(
    "--plain",
    is_flag=True,
    envvar="FINGERPOST_PLAIN",
    help="Line by line, for screen readers and pipes.",
)

language_option = click.option(
    "--language", metavar="TAG", help="In the language of languages/TAG.yaml."
)
library_options = _together(
    click.option(
        "--trees",
        "trees_folder",
        type=click.Path(path_type=Path),
        envvar="FINGERPOST_TREES",
        metavar="DIR",
        help="Trees to lay over fingerpost's own (or --only these).",
    ),
    click.option("--only", is_flag=True, hidden=True, help="Leave out fingerpost's own trees."),
    local_option("Your organisation's own details."),
)
"""Which library is read: the arguments of ``context.read``."""

person_options = _together(
    teller_option("Who reads"),
    nation_option("Where"),
    click.option(
        "--given", multiple=True, metavar="FACT=VALUE", help="What is known, and so not asked."
    ),
)
"""What is known of a person: the arguments of ``context.facts_given``."""

walk_options = _together(
    person_options,
    language_option,
    plain_option,
    now_option,
    library_options,
)
