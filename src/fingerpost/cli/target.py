"""Where a sheet goes: a file of its own, or the output of the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ..clean import clean
from ..frozen import Frozen
from ..terminal.harmless import sayable
from ..writing import AlreadyThere, NotWritten, write
from .printing import FORMATS, format_of

OUTPUT = "-"
"""What stands for the output in place of a file's name."""

_KEPT = "is there already, and is left as it is. To replace it: --force"


class Target(Frozen):
    """Where a sheet goes and in which format; ``path`` is None for the output."""

    path: Path | None
    format: str
    force: bool

    @classmethod
    def of(cls, output: str, format_: str | None, *, force: bool) -> Target:
        """What -o, --format and --force ask for; refused before a single question is asked."""
        if output == OUTPUT:
            if format_ == "pdf":
                raise click.UsageError("A PDF is not for the output: -o FILE.")
            return cls(None, format_ or FORMATS[0], force)
        path = Path(output)
        format_ = format_ or format_of(path.suffix)
        if format_ is None:
            endings = ", ".join(f".{each}" for each in FORMATS)
            told = f"-o {output}: end the name with one of {endings}, or say --format."
            raise click.UsageError(told)
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
            raise click.ClickException(f"{output} is a folder. Name a file in it.")
        if os.path.lexists(path) and not force:
            raise click.ClickException(f"{output} {_KEPT}")
        return cls(path, format_, force)

    def write(self, data: bytes) -> None:
        """Write a sheet there. Ends the command with a sentence if that cannot be done."""
        if self.path is None:
            click.echo(sayable(data.decode(), sys.stdout.encoding), nl=False)
            return
        try:
            write(self.path, data, replace=self.force)
        except AlreadyThere as there:
            raise click.ClickException(f"{self.path} {_KEPT}") from there
        except NotWritten as wrong:
            raise click.ClickException(str(wrong)) from wrong
        name = clean(str(self.path)).replace("\n", " ")
        click.echo(f"Written: {name} (whoever finds it can read it)")
