"""What every part of a library is made of: a place in a file, a sentence, a source, an urgency."""

from __future__ import annotations

from enum import IntEnum

from .base import Frozen
from .diagnostics import Span
from .facts import TELLERS


class Urgency(IntEnum):
    """How soon help is needed; a greater number is more urgent."""

    INFO = 0
    SOON = 1
    TODAY = 2
    NOW = 3


PLACES = frozenset({"span", "spans"})
"""The fields that tell where something stands."""


class Placed(Frozen, kw_only=True):
    """A value that stands somewhere in a file, at ``span``, which is no part of what it says."""

    span: Span

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self._said() == other._said())

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> tuple[object, ...]:
        """Everything but where it stands."""
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in PLACES)


class Sentence(Placed):
    """One sentence, or one for each reader.

    ``by_teller`` is empty for a sentence that is the same for all. ``otherwise`` is empty only
    where ``by_teller`` names all three tellers.
    """

    otherwise: str
    by_teller: tuple[tuple[str, str], ...] = ()

    def read_by(self, teller: str | None) -> str:
        """The words for this reader. Before anyone has said who reads, a young person may."""
        if not self.by_teller:
            return self.otherwise
        words = dict(self.by_teller)
        return words.get(teller or TELLERS[0], self.otherwise)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every wording, once each."""
        otherwise = (self.otherwise,) if self.otherwise else ()
        if not self.by_teller:
            return otherwise
        return tuple(dict.fromkeys((*otherwise, *(text for _, text in self.by_teller))))


class Source(Placed):
    """Where a statement comes from. ``published`` is as precise as is known: 2024 or 2024-03."""

    name: str
    title: str
    publisher: str
    published: str
    url: str
