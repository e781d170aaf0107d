"""``fingerpost version``: what --version prints."""

from __future__ import annotations

import click

from ... import __version__
from ..echo import echo


@click.command("version", epilog="Example: fingerpost version")
def command() -> None:
    """Say which version of fingerpost this is."""
    echo(f"fingerpost {__version__}")
