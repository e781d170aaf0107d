"""``fingerpost schema``: the JSON Schema of each kind of file, for editors."""

from __future__ import annotations

from json import dumps

import click

from ...reading.format import FORMAT
from ...reading.json_schema import schema
from ..output import echo


@click.command("schema", hidden=True, epilog="Example: fingerpost schema tree")
@click.argument("kind", required=False, type=click.Choice(tuple(FORMAT.files)), metavar="[KIND]")
def command(kind: str | None) -> None:
    """Print the JSON Schema of one kind of file, or without KIND the kinds that there are.

    An editor that knows the schema completes keys and says what each is for. Name it in the first
    line of a file: # yaml-language-server: $schema=tree.schema.json
    """
    if kind is None:
        width = max(map(len, FORMAT.files))
        for name, file in FORMAT.files.items():
            echo(f"{name:{width}}  {file.files}")
        return
    echo(dumps(schema(kind), indent=2))
