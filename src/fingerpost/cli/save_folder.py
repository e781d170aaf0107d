"""Saves the sheet of an ending in the current folder, during a walk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count, filterfalse
from pathlib import Path
from typing import TYPE_CHECKING

from ..page.messages import say
from ..terminal.save_prompt import Order, Saved
from ..walk.walk import Walk

if TYPE_CHECKING:
    from ..sheets.formats import Format
    from .browser import Opens

_NEXT = "Delete it when nobody needs it any more, and empty the bin too."


class FolderPrinter:
    """Saves sheets in a folder, under the first free name of advice-1, advice-2, ...

    ``moment`` is the text of --now. ``browser`` finds what opens a sheet, if anything can. The
    folder is read, formats loaded and the browser sought when they are needed.
    """

    def __init__(
        self,
        moment: str | None,
        folder: Path = Path(),
        browser: Callable[[], Opens | None] = lambda: None,
    ) -> None:
        self._moment = moment
        self._folder = folder
        self._browser = browser

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

    def save(self, walk: Walk, order: Order) -> Saved:
        """Save a sheet under the first free name, or the next if that is taken meanwhile."""
        from ..sheets.formats import CannotPrint, NotInstalled, named
        from ..sheets.record import record_page
        from ..sheets.sheet import sheet_of
        from .context import day_of
        from .files import AlreadyThere, NotWritten, write

        record = walk.library.record if order.record else None
        paper = (
            record_page(record)
            if record
            else sheet_of(
                walk,
                day_of(self._moment),
                large=order.large,
                discreet=order.discreet,
            )
        )
        try:
            data = named(order.format).renderer()(paper)
            for name in self._free_names():
                path = self._folder / f"{name}.{order.format}"
                with suppress(AlreadyThere):
                    write(path, data)
                    break
        except (CannotPrint, NotInstalled, NotWritten) as wrong:
            return Saved(f"Nothing was saved. {wrong}")
        opens = self._browser()
        return Saved(
            f"Saved as {path.name} in {self.folder()}. {_NEXT}",
            opens and (lambda: say("save.opened" if opens(path) else "save.not-opened")),
        )


def _offered() -> Iterator[Format]:
    from ..sheets.formats import FORMATS

    return (each for each in FORMATS if each.offered)
