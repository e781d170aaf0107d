"""``fingerpost explain``: the manual entry of a mistake's code."""

from __future__ import annotations

import sys

import click

from ..context import no_such
from ..options import code_names, format_option
from ..output import echo


@click.command("explain", epilog="Example: fingerpost explain FP304")
@click.argument("code", required=False, metavar="[CODE]", shell_complete=code_names)
@format_option("text", "markdown", help_="For people, or as Markdown for a page.")
def command(code: str | None, format_: str) -> None:
    """Say what a code of check means, why it matters, and what to write instead.

    Without CODE every code is listed with its title.
    """
    from ...checks.reports import manuals
    from ...model.diagnostics import codes, manual
    from ...terminal.io.safe_line import encodable

    known = codes()
    if code is not None and code.upper() not in known:
        raise no_such("code", code.upper(), known)
    if code is None:
        every = manuals.all_as_markdown if format_ == "markdown" else manuals.all_as_text
        said = every(map(manual, known))
    else:
        one = manuals.as_markdown if format_ == "markdown" else manuals.as_text
        said = one(manual(code.upper()))
    echo(encodable(said, sys.stdout.encoding), nl=False)
