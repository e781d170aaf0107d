"""``fingerpost graph``: a tree as a diagram for Mermaid or Graphviz."""

from __future__ import annotations

from typing import Any

import click

from ...page.messages import say
from ..context import read_tree
from ..options import format_option, library_options, tree_names
from ..output import echo


@click.command("graph", epilog="Example: fingerpost graph image-shared --format dot")
@click.argument("tree", shell_complete=tree_names)
@format_option("mermaid", "dot", help_="The language to draw in.")
@click.option(
    "--part",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only this part of a tree that is too large for one Mermaid diagram.",
)
@library_options
def command(tree: str, format_: str, part: int | None, **where: Any) -> None:
    """Draw a tree: its questions, its endings, the doors to other trees and what leads where.

    A tree that is too large for one Mermaid diagram comes as a Markdown page with a diagram for
    each part.
    """
    from ...proof.drawing import graph

    if part is not None and format_ != "mermaid":
        raise click.UsageError("--part goes with --format mermaid: DOT draws a tree as one.")
    drawing = graph(read_tree(tree, **where), tree)
    if format_ == "dot":
        from ...proof.drawings.dot import dot

        echo(dot(drawing), nl=False)
        return
    from ...proof.drawings.mermaid import mermaid

    diagrams = mermaid(drawing)
    if part is not None:
        if part > len(diagrams):
            raise click.UsageError(say("graph.no-part", part=part, count=len(diagrams)))
        diagrams = (diagrams[part - 1],)
    if len(diagrams) == 1:
        echo(diagrams[0], nl=False)
        return
    for number, diagram in enumerate(diagrams, 1):
        echo(f"## {tree}, part {number} of {len(diagrams)}\n\n```mermaid\n{diagram}```\n")
