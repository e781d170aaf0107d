"""Saves the sheet of an ending in the current folder, during a walk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count, filterfalse
from pathlib import Path
from typing import TYPE_CHECKING

from ..terminal.save_prompt import Order
from ..walk.walk import Walk

if TYPE_CHECKING:
    from ..sheets.formats import Format

_NEXT = "Delete it when nobody needs it any more, and empty the bin too."


class FolderPrinter:
    """Saves sheets in a folder, under the first free name of advice-1, advice-2, ...

    ``moment`` is the text of --now. The folder is read, and formats loaded, at the first request.
    """

    def __init__(self, moment: str | None, folder: Path = Path()) -> None:
        self._moment = moment
        self._folder = folder

    def formats(self) -> Sequence[str]:
        """The suffixes of the formats that are installed, the default first."""
        return tuple(each.suffix for each in _offered() if each.available)

    def folder(self) -> str:
        """The absolute path, or the relative one if the folder has been removed."""
        try:
            return str(self._folder.absolute())
        except OSError:
            return str(self._folder)

    def next_name(self) -> str:
        """The first name that no sheet of any format has."""
        return next(self._free_names())

    def _free_names(self) -> Iterator[str]:
        return filterfalse(self._is_taken, map("advice-{}".format, count(1)))

    def _is_taken(self, name: str) -> bool:
        files = (self._folder / f"{name}.{each.suffix}" for each in _offered())
        return any(map(os.path.lexists, files))

    def save(self, walk: Walk, order: Order) -> str:
        """Save a sheet, and return a sentence that says where it is, or why there is none."""
        from ..sheets.formats import CannotPrint, NotInstalled, named
        from .files import NotWritten
        from .output import paper_of

        paper = paper_of(walk, large=order.large, discreet=order.discreet, moment=self._moment)
        try:
            path = self._write(named(order.format).renderer()(paper), order.format)
        except (CannotPrint, NotInstalled, NotWritten) as wrong:
            return f"Nothing was saved. {wrong}"
        return f"Saved as {path.name} in {self.folder()}. {_NEXT}"

    def _write(self, data: bytes, ending: str) -> Path:
        """Write a file under the first free name, or the next if that is taken meanwhile."""
        from .files import AlreadyThere, write_new

        names = self._free_names()
        while True:
            path = self._folder / f"{next(names)}.{ending}"
            with suppress(AlreadyThere):
                write_new(path, data)
                return path


def _offered() -> Iterator[Format]:
    from ..sheets.formats import FORMATS

    return (each for each in FORMATS if each.offered)
