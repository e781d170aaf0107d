"""``fingerpost help`` and ``fingerpost version``: what the options of these names print."""

from __future__ import annotations

import click

from ... import __version__
from ..options import command_names
from ..output import echo


@click.command("help", epilog="Example: fingerpost help walk")
@click.argument("name", required=False, metavar="[COMMAND]", shell_complete=command_names)
@click.pass_context
def help_(ctx: click.Context, name: str | None) -> None:
    """Say what there is, or what COMMAND does and with which options."""
    whole = ctx.find_root()
    if name is not None and isinstance(whole.command, click.Group):
        found = whole.command.resolve_command(whole, [name])[1]
        if found is not None:
            echo(click.Context(found, whole, name, **found.context_settings).get_help())
            return
    echo(whole.get_help())


@click.command("version", epilog="Example: fingerpost version")
def version() -> None:
    """Say which version of fingerpost this is."""
    echo(f"fingerpost {__version__}")
