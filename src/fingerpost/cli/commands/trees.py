"""``fingerpost trees``: list the trees, each with its purpose and its review."""

from __future__ import annotations

from typing import Any

import click

from ...model.tree import Tree
from ...page.text_layout import GAP, Block, Line, Style
from ..context import read
from ..options import library_options
from ..output import echo_blocks


@click.command("trees", epilog="Example: fingerpost trees")
@library_options
def command(**where: Any) -> None:
    """List what there is, what each tree is for, and when it was last reviewed."""
    reading = read(**where)
    standings: dict[str, list[str]] = {}
    for name in reading.files:
        tree = reading.library.trees.get(name)
        if tree is None or reading.stopping(name):
            echo_blocks([_entry(name, "Cannot be walked: it has mistakes. Run: fingerpost check")])
            continue
        called = f"{name}: {tree.title.read_by(None)}"
        echo_blocks([_entry(called, tree.about.read_by(None))])
        standings.setdefault(_standing(tree), []).append(name)
    for standing, names in standings.items():
        who = "All of these" if len(names) == len(reading.files) else ", ".join(names)
        echo_blocks([(Line(f"{who}: {standing}", hang=2),)])


def _entry(called: str, about: str) -> Block:
    return (Line(called, Style.TITLE, hang=2), Line(about, before="  ", hang=2), *GAP)


def _standing(tree: Tree) -> str:
    """Who approved a tree, and when it is to be checked again."""
    approved = "Not yet approved by a safeguarding professional."
    if tree.reviewed:
        by, day = tree.reviewed.by, tree.reviewed.on.isoformat()
        approved = f"Read and approved by {by} on {day}."
    return f"{approved} To be checked again by {tree.review_by.isoformat()}."
