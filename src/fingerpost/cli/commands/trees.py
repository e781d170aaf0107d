"""``fingerpost trees``: list the trees, each with its purpose, and when it is to be read again."""

from __future__ import annotations

from typing import Any

import click

from ...page.text_layout import GAP, Block, Line, Style
from ..context import read
from ..options import library_options
from ..output import echo, echo_blocks


@click.command("trees", epilog="Example: fingerpost trees")
@library_options
def command(**where: Any) -> None:
    """List what there is, what each tree is for, and when it is to be read again."""
    reading = read(**where)
    due: dict[str, list[str]] = {}
    for name in reading.files:
        tree = reading.library.trees.get(name)
        if tree is None or reading.stopping(name):
            echo_blocks([_entry(name, "Cannot be walked: it has mistakes. Run: fingerpost check")])
            continue
        called = f"{name}: {tree.title.read_by(None)}"
        echo_blocks([_entry(called, tree.about.read_by(None))])
        due.setdefault(tree.review_by.isoformat(), []).append(name)
    for day, names in due.items():
        who = "All of these" if len(names) == len(reading.files) else ", ".join(names)
        echo_blocks([(Line(f"{who}: to be checked again by {day}.", hang=2),)])
    if due and reading.library.approvals:
        echo("Who approved which of their pages: fingerpost approve --status")
    elif due:
        echo("None of them is approved by a safeguarding professional yet.")


def _entry(called: str, about: str) -> Block:
    return (Line(called, Style.TITLE, hang=2), Line(about, before="  ", hang=2), *GAP)
