"""``fingerpost graph``: a tree as a diagram, and the ways through it, counted or listed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from ...page.messages import say
from ..context import facts_given, read_tree
from ..options import library_options, person_options, refuse_first, tree_names
from ..output import Exit, echo

if TYPE_CHECKING:
    from ...model.facts import Facts
    from ...model.library import Library

_USUAL_LIMIT = 1000


@click.command("graph", epilog="Example: fingerpost graph image-shared --format dot")
@click.argument("tree", shell_complete=tree_names)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["mermaid", "dot", "text", "json"]),
    help="mermaid or dot for a drawing; with --paths text or json.",
)
@click.option(
    "--part",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only this part of a tree that is too large for one Mermaid diagram.",
)
@click.option("--paths", is_flag=True, help="Count the ways to each ending, and show a shortest.")
@click.option("--list", "list_", is_flag=True, help="List the ways, one in a line.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"With --list: no more than this many. [default: {_USUAL_LIMIT}]",
)
@person_options
@library_options
def command(
    tree: str,
    format_: str | None,
    part: int | None,
    paths: bool,
    list_: bool,
    limit: int | None,
    teller: str | None,
    nation: str | None,
    given: tuple[str, ...],
    **where: Any,
) -> None:
    """Draw a tree: its questions, its endings, the doors to other trees and what leads where.

    A tree that is too large for one Mermaid diagram comes as a Markdown page with a diagram for
    each part. With --paths or --list, what is given about a person leaves fewer ways; exits with 1
    if they cannot be counted.
    """
    counts = paths or list_
    about_ways = limit or teller or nation or given
    refuse_first(
        (about_ways and not counts, "That is about ways through the tree: add --paths or --list."),
        (limit and not list_, "--limit goes with --list."),
        (counts and format_ in ("mermaid", "dot"), "Ways are counted as text or json."),
        (not counts and format_ in ("text", "json"), "A drawing is mermaid or dot."),
        (
            part and (counts or format_ == "dot"),
            "--part goes with --format mermaid: DOT draws a tree as one.",
        ),
    )
    library = read_tree(tree, **where)
    if counts:
        facts = facts_given(library, teller, nation, given)
        _show_paths(library, tree, facts, as_json=format_ == "json", list_=list_, limit=limit)
        return
    from ...proof.drawing import graph

    drawing = graph(library, tree)
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


def _show_paths(
    library: Library, tree: str, facts: Facts, *, as_json: bool, list_: bool, limit: int | None
) -> None:
    """Count the ways to each ending, or list them."""
    from ...proof import path_count
    from ...proof.drawings import paths_json, paths_text

    written = paths_json if as_json else paths_text
    try:
        if not list_:
            echo(written.counted(library, path_count.count(library, tree, facts)), nl=False)
            return
        every = path_count.listed(library, tree, facts)
    except path_count.NotCounted as why:
        echo(str(why), err=True)
        raise click.exceptions.Exit(Exit.PROBLEMS) from why
    most = limit or _USUAL_LIMIT
    for path in islice(every, most):
        echo(written.one(library, path))
    if next(every, None) is not None:
        echo(f"There are more than {most:,}. To see more: --limit N", err=True)
