"""The choices before a sheet is saved, and the protocol of what saves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from typing import Protocol

from ..model.base import Frozen
from ..model.facts import TELLERS
from ..page.messages import say
from ..walk.walk import Walk
from .io.ui import Item


class Order(Frozen):
    """A request for a sheet, or for the empty page of ``record``.

    ``format`` is the suffix of one of the printer's formats.
    """

    format: str = "html"
    large: bool = False
    discreet: bool = False
    record: bool = False


class Saved(Frozen):
    """A sentence that says where a sheet was saved, or why not.

    ``open`` opens it in a window, if that can be done from here, and says whether it could.
    """

    told: str
    open: Callable[[], str] | None = None


class Printer(Protocol):
    """Renders sheets and saves them in a folder."""

    def formats(self) -> Sequence[str]:
        """The suffixes of its formats, the default first."""

    def folder(self) -> str:
        """The path of the folder."""

    def next_name(self) -> str:
        """The name of the next sheet, without a suffix."""

    def save(self, walk: Walk, order: Order) -> Saved:
        """Save the sheet of an ending."""


class Saving(Enum):
    """A decision about a sheet, of those at an ending or of one that the command line asked for."""

    AS_ASKED = auto()
    DISCREET = auto()
    NOT = auto()
    YOUNG = auto()
    """One for the young person instead, whose page has other words."""
    LATER = auto()
    """Carry on to another ending first."""


def orders(printer: Printer, walk: Walk) -> Iterator[tuple[Order | Saving, Item]]:
    """The menu of sheets of an ending, the safest to be found with first. A worker can have a
    record to fill in."""
    name = printer.next_name()
    holds = say("save.discreet-holds")
    _, *others = printer.formats()
    about = say("save.discreet-about", name=name, discreet=holds)
    yield Order(discreet=True), Item(say("save.discreet"), about)
    yield Order(), Item(say("save.print"), say("save.print-about", name=name))
    yield from _for_the_young(walk)
    yield Order(large=True), Item(say("save.large"), say("save.large-about", name=name))
    for other in others:
        about = say("save.other-about", name=name, suffix=other)
        yield Order(other), Item(say("save.other", format=other.upper()), about)
    if walk.teller == "staff" and walk.library.record:
        yield Order(record=True), Item(say("save.record"), say("save.record-about", name=name))
    yield Saving.NOT, Item(say("save.nothing"))


def _for_the_young(walk: Walk) -> Iterator[tuple[Saving, Item]]:
    """An adult's words are not to be given to the young person: theirs stand on a page for them."""
    if walk.teller in TELLERS[1:]:
        yield Saving.YOUNG, Item(say("save.young"), say("save.young-about"))


def after_saving() -> Iterator[tuple[bool, Item]]:
    """The menu after a sheet is saved that can be opened: whether to do so."""
    yield True, Item(say("save.open"), say("save.open-about"))
    yield False, Item(say("save.back"))


def savings(walk: Walk, *, discreet: bool, onward: str) -> Iterator[tuple[Saving, Item]]:
    """The menu at an ending of a sheet that the command line asked for.

    ``discreet``: the sheet is discreet in any case. ``onward`` is the text for carrying on, empty
    at an ending without that.
    """
    holds = say("save.discreet-holds")
    yield Saving.AS_ASKED, Item(say("save.it"), holds if discreet else "")
    yield from _for_the_young(walk)
    if not discreet:
        yield Saving.DISCREET, Item(say("save.discreet-one"), holds)
    yield Saving.NOT, Item(say("save.nothing"))
    if onward:
        yield Saving.LATER, Item(onward, say("save.later"))
