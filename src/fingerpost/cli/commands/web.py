"""``fingerpost web``: the whole walk as one HTML page that needs nothing installed."""

from __future__ import annotations

import sys
from typing import Any

import click

from ...sheets.document import followable
from ...terminal.io import streams
from ..context import (
    day_of,
    facts_given,
    no_such,
    read,
    refuse,
    refuse_what_could_harm,
    search_index,
    warn_of_unread,
)
from ..options import (
    language_option,
    library_options,
    nation_option,
    now_option,
    teller_option,
)
from ..output import echo
from ..writer import Writer, force_option, output_option


@click.command("web", epilog="Example: fingerpost web -o fingerpost.html --nation wales")
@output_option
@click.option("--tree", metavar="TREE", help="Begin here, whatever has happened.")
@teller_option("Who reads")
@nation_option("Where")
@click.option("--leave-to", metavar="URL", help="The page at which “Leave at once” ends.")
@language_option
@force_option
@now_option
@library_options
def command(
    output: str,
    tree: str | None,
    teller: str | None,
    nation: str | None,
    leave_to: str | None,
    force: bool,
    moment: str | None,
    **where: Any,
) -> None:
    """Write the whole walk as one HTML page, which opens in any browser.

    It holds all trees and your organisation's own details. It fetches, sends and keeps nothing.
    What --tree, --teller and --nation say is not asked.
    """
    if leave_to and not (leave_to.startswith("https://") and followable(leave_to)):
        raise click.UsageError("--leave-to: write an https address, such as https://www.bbc.co.uk.")
    writer = Writer.of("-o", output, "html", force=force)
    made_on = day_of(moment)
    reading = read(**where, whole=True)
    refuse_what_could_harm(reading, **where)
    if errors := reading.errors:
        refuse("There is no page until these mistakes are mended:", errors, reading.texts)
    library = reading.library
    if tree is not None and tree not in library.trees:
        raise no_such("tree", tree, tuple(library.trees))
    given = facts_given(library, teller, nation, ())
    if streams.is_terminal(sys.stderr):
        echo("Putting all pages into one file, which takes a few seconds ...", err=True)
    from ...web.html import page_of  # it reads the style and the script

    index = search_index(**where)
    page = page_of(library, index, made_on=made_on, tree=tree, given=given, leave_to=leave_to)
    writer.write(page, "it opens in any browser")
    warn_of_unread(**where)
