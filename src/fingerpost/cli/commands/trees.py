"""``fingerpost trees``: the trees in a table, each with how much of it is approved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ...model.base import grouped
from ...page.messages import say
from ..context import day_of, read
from ..options import library_options, now_option
from ..output import echo_table

if TYPE_CHECKING:
    from ...model.tree import Tree


@click.command("trees", epilog="Example: fingerpost trees")
@now_option
@library_options
def command(moment: str | None, **where: Any) -> None:
    """List what there is: each tree with whom it is for, and how many of its pages are approved.

    Below them stands when each is to be read again.
    """
    from ...approval.leaves import Leaves
    from ...approval.status import approved
    from ...page.approval import Fingerprints

    reading = read(**where)
    library, today = reading.library, day_of(moment)
    held = approved(Leaves(Fingerprints(library)), today)
    walkable = {name: library.trees[name] for name in reading.files if not reading.stopping(name)}
    rows = [
        _row(name, walkable[name], held)
        if name in walkable
        else (name, "", "", say("trees.mistakes"))
        for name in reading.files
    ]
    head = [say(f"trees.{column}") for column in ("name", "approved", "for-whom", "title")]
    due = grouped((tree.review_by.isoformat(), name) for name, tree in walkable.items())
    notes = [say("trees.status" if library.approvals else "trees.not-approved")]
    notes.append(say("trees.next"))
    notes += [
        say(
            "trees.due",
            day=day,
            trees=say("trees.all") if len(names) == len(rows) else ", ".join(names),
        )
        for day, names in due.items()
    ]
    echo_table(head, rows, notes)


def _row(name: str, tree: Tree, held: Iterable[str]) -> tuple[str, str, str, str]:
    count = sum(f"{name}/{page}" in held for page in tree.outcomes)
    tellers = tree.given.get("teller", ())
    for_whom = ", ".join(say(f"trees.{each}") for each in tellers) or say("trees.anyone")
    of = say("trees.of", count=count, pages=len(tree.outcomes))
    return name, of, for_whom, tree.title.read_by(None)
