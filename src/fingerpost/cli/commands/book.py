"""``fingerpost book``: everything that a reviewer reads before they approve a library."""

from __future__ import annotations

from typing import Any

import click

from ..context import day_of, no_such_tree, read, refuse
from ..options import library_options, now_option, tree_names
from ..writer import Writer, force_option, output_option, suffix_option


@click.command("book", epilog="Example: fingerpost book threatened -o -")
@click.argument("trees", nargs=-1, metavar="[TREE]...", shell_complete=tree_names)
@output_option
@suffix_option
@force_option
@now_option
@library_options
def command(
    trees: tuple[str, ...],
    output: str,
    format_: str | None,
    force: bool,
    moment: str | None,
    **where: Any,
) -> None:
    """Write everything that pages can say as a book, for a person who is to approve it.

    Each question stands in it for each reader, each ending with whom its lines are for, each tree
    as a picture, and what trees share once; with boxes to tick. Without TREE, all trees.
    """
    from ...approval.book import book

    writer = Writer.of("-o", output, format_, force=force)
    today = day_of(moment)
    reading = read(**where, whole=True)
    if errors := reading.blocking:
        refuse("There is no book until these mistakes are mended:", errors, reading.texts)
    library = reading.library
    for name in trees:
        if name not in library.trees:
            raise no_such_tree(name, tuple(library.trees), **where)
    wanted = tuple(dict.fromkeys(trees)) or tuple(library.trees)
    writer.write(book(library, wanted, today, whole=not trees))
