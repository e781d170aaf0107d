"""The choices before a sheet is saved, and the interface to what saves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Protocol

from ..model.base import Frozen
from ..page.messages import say
from ..walk.walk import Walk
from .views.walk import Item


class Order(Frozen):
    """A sheet that somebody wants. ``format`` is the suffix of one of the printer's formats."""

    format: str = "html"
    large: bool = False
    discreet: bool = False


class Printer(Protocol):
    """Makes sheets and saves them in a folder of its own choice."""

    def formats(self) -> Sequence[str]:
        """The suffixes of the formats that it can make, the usual one first."""

    def folder(self) -> str:
        """Where it saves."""

    def next_name(self) -> str:
        """The name, without a suffix, that the next sheet is going to have."""

    def save(self, walk: Walk, order: Order) -> str:
        """Save the sheet of an ending. A sentence that says where, or why it could not be."""


def orders(printer: Printer) -> Iterator[tuple[Order | None, Item]]:
    """The sheets of an ending that somebody can choose from; None is no sheet at all."""
    name = printer.next_name()
    holds = say("save.discreet-holds")
    _, *others = printer.formats()
    yield Order(), Item(say("save.print"), say("save.print-about", name=name))
    yield Order(large=True), Item(say("save.large"), say("save.large-about", name=name))
    about = say("save.discreet-about", name=name, discreet=holds)
    yield Order(discreet=True), Item(say("save.discreet"), about)
    for other in others:
        about = say("save.other-about", name=name, suffix=other)
        yield Order(other), Item(say("save.other", format=other.upper()), about)
    yield None, Item(say("save.nothing"))


class Saving(Enum):
    """What becomes of a sheet that was asked for before the conversation began."""

    AS_ASKED = auto()
    DISCREET = auto()
    NOT = auto()
    LATER = auto()
    """The way on is taken, to another ending."""


def savings(*, discreet: bool, onward: str) -> Iterator[tuple[Saving, Item]]:
    """What somebody can choose from at an ending.

    ``discreet``: the sheet is to be that anyhow. ``onward`` are the words of the way on, or empty.
    """
    holds = say("save.discreet-holds")
    yield Saving.AS_ASKED, Item(say("save.it"), holds if discreet else "")
    if not discreet:
        yield Saving.DISCREET, Item(say("save.discreet-one"), holds)
    yield Saving.NOT, Item(say("save.nothing"))
    if onward:
        yield Saving.LATER, Item(onward, say("save.later"))
