"""The parts of all values of a library: place in a file, sentence, source, urgency."""

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
"""The fields that hold places in files."""


class Placed(Frozen, kw_only=True):
    """A value with its place in a file, ``span``, which equality and hash ignore."""

    span: Span

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self._content() == other._content())

    def __hash__(self) -> int:
        return hash(self._content())

    def _content(self) -> tuple[object, ...]:
        """All fields but the places."""
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in PLACES)


class Sentence(Placed):
    """One sentence, or one for each reader.

    ``by_teller`` is empty for a sentence that is the same for all. ``otherwise`` is empty only
    where ``by_teller`` names all three tellers. ``judged`` has the kinds of unsafe lines that it
    looks like and is not, each with the reason. ``spans`` are the places of the words for each
    reader, in the order of ``by_teller`` and then of ``otherwise``.
    """

    otherwise: str
    by_teller: tuple[tuple[str, str], ...] = ()
    judged: tuple[tuple[str, str], ...] = ()
    spans: tuple[Span, ...] = ()

    def __hash__(self) -> int:
        return hash((self.otherwise, self.by_teller))

    def read_by(self, teller: str | None) -> str:
        """The words for this reader; for a young person while the reader is unknown."""
        if not self.by_teller:
            return self.otherwise
        words = dict(self.by_teller)
        return words.get(teller or TELLERS[0], self.otherwise)

    def place_of(self, text: str) -> Span:
        """The place of one wording; that of the whole sentence if all readers have the same."""
        wordings = (*(words for _, words in self.by_teller), self.otherwise)
        return next(
            (at for at, each in zip(self.spans, wordings, strict=False) if each == text), self.span
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Every wording, without duplicates."""
        otherwise = (self.otherwise,) if self.otherwise else ()
        if not self.by_teller:
            return otherwise
        return tuple(dict.fromkeys((*otherwise, *(text for _, text in self.by_teller))))


class Formed(Placed):
    """A text that a check holds to the form of its ``kind``, such as a link, wherever it stands.

    ``owner`` is the entry of its file in which it stands, such as “route childline”; ``of_source``:
    it is not of that itself but of its source.
    """

    kind: str
    text: str
    owner: str = ""
    of_source: bool = False


class Source(Placed):
    """The source of a statement. ``published`` is as precise as is known: 2024 or 2024-03."""

    name: str
    title: str
    publisher: str
    published: str
    url: str

    @property
    def body(self) -> str:
        """Whose statement it is, without who carried it."""
        return (self.publisher or self.title).partition(", carried by ")[0]
