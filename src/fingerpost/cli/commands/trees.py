"""``fingerpost trees``: list the trees, each with its purpose and its review."""

from __future__ import annotations

from typing import Any

import click

from ...model.sanitize import one_line
from ..context import read
from ..echo import echo
from ..options import library_options


@click.command("trees", epilog="Example: fingerpost trees")
@library_options
def command(**where: Any) -> None:
    """List what there is, what each tree is for, and when it was last reviewed."""
    reading = read(**where)
    for name in reading.files:
        tree = reading.library.trees.get(name)
        if tree is None or reading.stopping(name):
            echo(f"{one_line(name)}\n  Cannot be walked: it has mistakes. Run: fingerpost check\n")
            continue
        approved = "Not yet approved by a safeguarding professional."
        if tree.reviewed:
            by, day = tree.reviewed.by, tree.reviewed.on.isoformat()
            approved = f"Read and approved by {by} on {day}."
        echo(f"{name}: {tree.title.read_by(None)}")
        echo(f"  {tree.about.read_by(None)}")
        echo(f"  {approved} To be checked again by {tree.review_by.isoformat()}.\n")
