"""The choices before a sheet is saved, and the interface to what saves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Protocol

from ..model.base import Frozen
from ..walk.walk import Walk
from .views.walk import Item

_SAVE_NOTHING = Item("Do not save anything")
_DISCREET = "Numbers to ring, and nothing that says what it is about."


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
    _, *others = printer.formats()
    yield Order(), Item("Save a sheet to print", f"{name}.html. A browser opens and prints it.")
    yield Order(large=True), Item("Save it in large print", f"{name}.html, in letters of 18 pt.")
    yield Order(discreet=True), Item("Save a discreet sheet", f"{name}.html. {_DISCREET}")
    for other in others:
        told = f"{name}.{other}, with the same on it."
        yield Order(other), Item(f"Save a {other.upper()}", told)
    yield None, _SAVE_NOTHING


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
    yield Saving.AS_ASKED, Item("Save it", _DISCREET if discreet else "")
    if not discreet:
        yield Saving.DISCREET, Item("Save a discreet one", _DISCREET)
    yield Saving.NOT, _SAVE_NOTHING
    if onward:
        yield Saving.LATER, Item(onward, "Go on to the rest, and save a sheet of that.")
