"""``fingerpost paths``: the paths through a tree, counted or listed."""

from __future__ import annotations

from itertools import islice
from typing import Any

import click

from ..context import facts_given, read_tree
from ..options import format_option, library_options, person_options, tree_names
from ..output import Exit, echo

_USUAL_LIMIT = 1000


@click.command("paths", epilog="Example: fingerpost paths threatened --teller parent")
@click.argument("tree", shell_complete=tree_names)
@click.option("--list", "list_", is_flag=True, help="List the paths, one in a line.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"List no more than this many. [default: {_USUAL_LIMIT}]",
)
@click.option("--count", "count_", is_flag=True, help="Print only how many paths there are.")
@format_option("text", "json")
@person_options
@library_options
def command(
    tree: str,
    list_: bool,
    limit: int | None,
    count_: bool,
    format_: str,
    teller: str | None,
    nation: str | None,
    given: tuple[str, ...],
    **where: Any,
) -> None:
    """Show every ending of a tree: how many paths reach it, for whom, and the shortest.

    A path is the answers that somebody gives on the way. A question that is passed over, because
    its answer is known, is no choice. Exits with 1 if the paths cannot be counted.
    """
    from ...proof import path_count
    from ...proof.drawings import paths_json, paths_text
    from ...proof.drawings.path_words import digits

    if list_ and count_:
        raise click.UsageError("--list and --count do not go together: choose one.")
    if limit is not None and not list_:
        raise click.UsageError("--limit goes with --list.")
    library = read_tree(tree, **where)
    facts = facts_given(library, teller, nation, given)
    written = paths_json if format_ == "json" else paths_text
    try:
        if not list_:
            found = path_count.count(library, tree, facts)
            told = f"{digits(found.paths)}\n" if count_ else written.counted(library, found)
            echo(told, nl=False)
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
