"""``fingerpost new``: a tree and a case to start from, filled in from two template files.

The templates use the shared words that come with the program. Their own words are few and fit any
trouble, so that an unchanged tree misleads no reader.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from string import Template

import click

from ...reading.files.names import NAME_RULE, better_name, is_name
from ...reading.reading import shipped
from ..context import day_of
from ..files import look_at, write
from ..options import now_option
from ..output import echo
from ..writer import say_written

_UNTIL_REVIEW = timedelta(days=182)
"""Half a year: the time after which a tree has to be reviewed."""

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""Names of devices on Windows, which no file there can have."""

_TAKEN = frozenset(
    {"rules", "hazards", "search", "discreet", "front-pages", "review-questions", "unsafe-lines"}
)
"""Names of files beside the trees that are not trees."""


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

    Both pass “check --strict” as they stand. Nothing that is there already is replaced.
    """
    if why := _refusal(name):
        raise click.UsageError(why)
    values = {
        "name": name,
        "title": name.replace("-", " ").strip().capitalize(),
        "review_by": day_of(moment) + _UNTIL_REVIEW,
    }
    tree, case = trees_folder / f"{name}.yaml", trees_folder / "cases" / f"{name}.yaml"
    _refuse_taken(name, tree, case)
    for file, template in ((tree, "new-tree.yaml"), (case, "new-case.yaml")):
        text = Path(__file__).with_name(template).read_text(encoding="utf-8")
        write(file, Template(text).substitute(values).encode())
        say_written(file)
    echo(_next_steps(name, trees_folder))


def _refusal(name: str) -> str:
    """The reason why no tree can have this name, with what to do; empty if one can."""
    if not is_name(name):
        better = better_name(name)
        return f"A tree's name {NAME_RULE}.{f' Try: {better}' if better else ''}"
    if name in _TAKEN:
        return f"{name}.yaml is a file of its own kind, so no tree can be called “{name}”."
    if name in _DEVICES:
        return f"On Windows no file can be called “{name}”. Choose another name."
    return ""


def _refuse_taken(name: str, tree: Path, case: Path) -> None:
    """Raise a ClickException if a file is there, or has the name of a tree of the program."""
    for file in (tree, case):
        look_at(file)
    if (shipped() / tree.name).exists():
        told = f"A tree that comes with fingerpost is called “{name}”. Choose another name."
        raise click.ClickException(told)


def _next_steps(name: str, folder: Path) -> str:
    where = f'"{folder}"' if " " in str(folder) else str(folder)
    return "\n".join(
        (
            "What to do next:",
            "1. Open both in an editor, and put your own words in place of these.",
            f"2. Look for mistakes:  fingerpost check --trees {where}",
            f"3. Walk it:            fingerpost walk {name} --trees {where}",
        )
    )
