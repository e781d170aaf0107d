"""``fingerpost graph``: a tree as a diagram, or for whom its endings are, and the way there."""

from __future__ import annotations

from typing import Any

import click

from ..context import facts_given, read_tree
from ..options import library_options, person_options
from ..output import Exit, echo, echo_blocks


@click.command("graph", epilog="Example: fingerpost graph image-shared --teller parent")
@click.argument("tree")
@click.option("--paths", is_flag=True, help="Say for whom each ending is, and the shortest way.")
@person_options
@library_options
def command(
    tree: str,
    paths: bool,
    teller: str | None,
    nation: str | None,
    given: tuple[str, ...],
    **where: Any,
) -> None:
    """Draw a tree in Mermaid's language: its questions, its endings, the doors to other trees and
    what leads where.

    With --paths, show in place of that for whom each ending is, and a walk of the fewest answers
    that leads there. What is given about a person leaves less to draw, or to show.
    """
    library = read_tree(tree, **where)
    told = facts_given(library, teller, nation, given)
    facts = {f: values for f, values in told.items() if not library.always_asks(f)}
    if paths:
        from ...page.text_layout import Line
        from ...proof.arrivals import arrivals
        from ...proof.boxes import LimitReached
        from ...proof.drawings.paths_text import paths_text

        try:
            text = paths_text(library, tree, facts, arrivals(library, tree, facts))
        except LimitReached as reached:
            echo(f"Too many kinds of people would have to be told apart in {tree}.", err=True)
            raise click.exceptions.Exit(Exit.PROBLEMS) from reached
        echo_blocks(((Line(row),) for row in text.splitlines()), paged=True)
        return
    from ...proof.drawing import graph
    from ...proof.drawings.mermaid import mermaid

    echo(mermaid(graph(library, tree, facts)), nl=False)
