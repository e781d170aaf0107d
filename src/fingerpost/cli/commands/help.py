"""``fingerpost help``: what --help prints, of the program or of a command."""

from __future__ import annotations

import click

from ..completion import command_names
from ..echo import echo


@click.command("help", epilog="Example: fingerpost help walk")
@click.argument("name", required=False, metavar="[COMMAND]", shell_complete=command_names)
@click.pass_context
def command(ctx: click.Context, name: str | None) -> None:
    """Say what there is, or what COMMAND does and with which options."""
    whole = ctx.find_root()
    if name is not None and isinstance(whole.command, click.Group):
        found = whole.command.resolve_command(whole, [name])[1]
        if found is not None:
            echo(click.Context(found, whole, name, **found.context_settings).get_help())
            return
    echo(whole.get_help())
