"""Saves the sheet of an ending in the current folder, during a walk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count, filterfalse
from pathlib import Path
from typing import TYPE_CHECKING

from ..page.messages import say
from ..terminal.save_prompt import Order
from ..walk.walk import Walk

if TYPE_CHECKING:
    from ..sheets.formats import Format
    from .browser import Opens

_NEXT = "Delete it when nobody needs it any more, and empty the bin too."


class FolderPrinter:
    """Saves sheets in a folder, under the first free name of advice-1, advice-2, ...

    ``moment`` is the text of --now. ``browser`` finds what opens a sheet, if anything can. The
    folder is read, formats loaded and the browser sought at the first request.
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
        self._opens_with: Opens | None = None
        self._saved: Path | None = None

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

        self._saved = None
        paper = paper_of(
            walk,
            large=order.large,
            discreet=order.discreet,
            coded=order.coded,
            moment=self._moment,
        )
        try:
            self._saved = self._write(named(order.format).renderer()(paper), order.format)
        except (CannotPrint, NotInstalled, NotWritten) as wrong:
            return f"Nothing was saved. {wrong}"
        return f"Saved as {self._saved.name} in {self.folder()}. {_NEXT}"

    def opens(self) -> bool:
        """Whether a sheet has been saved that can be opened in a window."""
        if self._saved is not None and self._opens_with is None:
            self._opens_with = self._browser()
        return self._saved is not None and self._opens_with is not None

    def open(self) -> str:
        """Open the sheet that was saved last, and return a sentence that says whether it could."""
        if self._saved is None or self._opens_with is None:
            return say("save.not-opened")
        return say("save.opened" if self._opens_with(self._saved) else "save.not-opened")

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
