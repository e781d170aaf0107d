"""``fingerpost new``: a tree and a case to begin from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ...model.sanitize import clean
from ...reading.loader import shipped
from ..context import day_of
from ..files import NotWritten, write_new
from ..options import now_option
from . import scaffold


@click.command("new", epilog="Example: fingerpost new locked-out --trees my-trees")
@click.argument("name")
@click.option(
    "--trees",
    "trees_folder",
    type=click.Path(path_type=Path),
    envvar="FINGERPOST_TREES",
    metavar="DIR",
    default=Path("trees"),
    help="The folder to write into, if not trees.",
)
@now_option
def command(name: str, trees_folder: Path, moment: str | None) -> None:
    """Write a short tree called NAME and a case for it, to change into your own.

    Both are without a mistake as they stand. Nothing that is there already is replaced.
    """
    if why := scaffold.refusal(name):
        raise click.UsageError(why)
    today = day_of(moment)
    tree, case = trees_folder / f"{name}.yaml", trees_folder / "cases" / f"{name}.yaml"
    _refuse_taken(name, tree, case)
    written: list[Path] = []
    for file, text in ((tree, scaffold.tree(name, today)), (case, scaffold.case(name))):
        try:
            write_new(file, text.encode())
        except NotWritten as wrong:
            before = "".join(f" Written before that: {path}" for path in written)
            raise click.ClickException(f"{wrong}{before}") from wrong
        written.append(file)
    click.echo(clean(_next_steps(name, tree, case, trees_folder)))


def _refuse_taken(name: str, tree: Path, case: Path) -> None:
    """Neither file is written if one is there already, or if a shipped tree would be replaced."""
    for file in (tree, case):
        if os.path.lexists(file):
            raise click.ClickException(f"{file} is there already, and is left as it is.")
    if (shipped() / tree.name).exists():
        told = f"A tree that comes with fingerpost is called “{name}”. Choose another name."
        raise click.ClickException(told)


def _next_steps(name: str, tree: Path, case: Path, folder: Path) -> str:
    where = f'"{folder}"' if " " in str(folder) else str(folder)
    return "\n".join(
        (
            f"Written: {tree}",
            f"Written: {case}",
            "What to do next:",
            "1. Open both in an editor, and put your own words in place of these.",
            f"2. Look for mistakes:  fingerpost check --trees {where}",
            f"3. Walk it:            fingerpost walk {name} --trees {where}",
        )
    )
