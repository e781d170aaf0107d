"""``fingerpost help`` and ``fingerpost version``: what the options of these names print."""

from __future__ import annotations

import click

from ... import __version__
from ..main import GROUPS
from ..output import echo

_ONE_TREE = """
To approve a tree, such as threatened:
  fingerpost approve threatened -o book.pdf        Read and tick it on paper,
                                  and type review.txt as its last page says.
  fingerpost approve threatened --from review.txt  This signs what you ticked.
  fingerpost approve threatened                    Or do it all on the screen.
  fingerpost approve threatened --status           See what is left."""
"""What a lead does, in this order."""


@click.command("help", epilog="Example: fingerpost help walk")
@click.argument("words", nargs=-1, metavar="[COMMAND]")
@click.pass_context
def help_(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Say what there is, or what COMMAND does and with which options.

    Instead of COMMAND, "leads" or "authors" lists the commands for them.
    """
    whole = ctx.find_root()
    name = None if words[:1] == ("me",) else next(iter(words), None)
    if name in GROUPS:
        formatter = ctx.make_formatter()
        with formatter.section(f"Commands for {name}, each with --help"):
            formatter.write_dl(list(GROUPS[name].items()))
        echo(formatter.getvalue(), nl=False)
        if name == "leads":
            echo(_ONE_TREE)
        return
    if name is not None and isinstance(whole.command, click.Group):
        name, found, _ = whole.command.resolve_command(whole, [name])
        if found is not None:
            echo(click.Context(found, whole, name, **found.context_settings).get_help())
            return
    echo(whole.get_help())


@click.command("version", epilog="Example: fingerpost version")
def version() -> None:
    """Say which version of fingerpost this is."""
    echo(f"fingerpost {__version__}")
