"""``fingerpost record``: an empty page to write down by hand what a young person has said."""

from __future__ import annotations

from typing import Any

import click

from ...sheets.record import record_page
from ..context import read
from ..options import library_options
from ..writer import Writer, force_option, output_option, suffix_option


@click.command("record", epilog="Example: fingerpost record -o record.html")
@output_option
@suffix_option
@click.option("--large-print", "large", is_flag=True, help="In letters of 18 pt.")
@force_option
@library_options
def command(output: str, format_: str | None, large: bool, force: bool, **where: Any) -> None:
    """Write a page to print, on which a worker writes down what they were told and who they told.

    It is empty, and nothing that is written on it is known to any program.
    """
    writer = Writer.of("-o", output, format_, force=force, large=large)
    record = read(**where, trees=()).library.record
    if record is None:
        raise click.ClickException("This library's record.yaml has a mistake: fingerpost check")
    writer.write(record_page(record, large=large), "it is empty")
