"""``fingerpost book``: everything that is read before a library is approved."""

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
@click.option("--left", is_flag=True, help="Only what nobody has approved as it stands.")
@now_option
@library_options
def command(
    trees: tuple[str, ...],
    output: str,
    format_: str | None,
    force: bool,
    left: bool,
    moment: str | None,
    **where: Any,
) -> None:
    """Write all that pages can say as a book, to read on paper and approve.

    Each sentence stands once: first what trees share, then each tree with its questions and pages,
    each with a box to tick and its number for "approve --from". Without TREE, all trees.
    """
    from ...approval.book import book
    from ...approval.status import approved
    from ...page.approval import Fingerprints

    writer = Writer.of("-o", output, format_, force=force)
    today = day_of(moment)
    reading = read(**where, whole=True)
    if errors := reading.blocking:
        refuse("There is no book until these mistakes are mended:", errors, reading.texts)
    library = reading.library
    for name in trees:
        if name not in library.trees:
            raise no_such_tree(name, tuple(library.trees), **where)
    found = Fingerprints(library)
    without = approved(found, today) if left else ()
    writer.write(book(found, tuple(dict.fromkeys(trees)) or None, today, without))
