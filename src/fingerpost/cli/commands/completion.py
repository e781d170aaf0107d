"""``fingerpost completion``: the completion script of a shell."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from ..output import echo


@click.command("completion", hidden=True, epilog="Example: fingerpost completion fish")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print what a shell needs to complete commands, trees, nations and facts.

    For bash and zsh, add it to ~/.bashrc or ~/.zshrc; for fish, write it to
    ~/.config/fish/completions/fingerpost.fish.
    """
    found = get_completion_class(shell)
    if found is None:  # click knows all three
        raise click.UsageError(f"There is no completion for {shell}.")
    program = click.get_current_context().find_root().command
    complete = found(program, {}, "fingerpost", "_FINGERPOST_COMPLETE")
    # Not the method of bash's own class, which starts bash to ask for its version.
    echo(ShellComplete.source(complete))
