"""``fingerpost completion``: the completion script of a shell, and what bash has of its own."""

from __future__ import annotations

import re

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
)

from ..output import echo


@add_completion_class
class Bash(BashComplete):
    """Bash takes “age=13” for three words, and completes the last of them."""

    def get_completion_args(self) -> tuple[list[str], str]:
        args, incomplete = super().get_completion_args()
        joined = re.sub("\n=\n?", "=", "\n".join([*args, incomplete]))
        *args, incomplete = joined.split("\n")
        return args, incomplete

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        found = super().get_completions(args, incomplete)
        fact = incomplete.rpartition("=")[0].rpartition("=")[2]
        for each in found:
            each.value = each.value.removeprefix(f"{fact}=")
        return found


@click.command("completion", hidden=True, epilog="Example: fingerpost completion fish")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print what a shell needs to complete commands, trees, services and facts.

    \b
    One line sets it up, for each shell that you open from then on:
    bash: echo 'eval "$(fingerpost completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(fingerpost completion zsh)"' >> ~/.zshrc
    fish: echo 'fingerpost completion fish | source' >> ~/.config/fish/config.fish
    """
    found = get_completion_class(shell)
    if found is None:  # click knows all three
        raise click.UsageError(f"There is no completion for {shell}.")
    program = click.get_current_context().find_root().command
    complete = found(program, {}, "fingerpost", "_FINGERPOST_COMPLETE")
    # Not the method of bash's own class, which starts bash to ask for its version.
    echo(ShellComplete.source(complete))
