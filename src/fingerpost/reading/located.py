"""Located YAML: every value as it was typed, with its place.

A library has very many of these, and is read before every walk. So each holds its place as
numbers; a ``Span`` is made of them only where one is asked for.
"""

from __future__ import annotations

from typing import TypeAlias

from ..model.base import Frozen
from ..model.diagnostics import Span


class Placed(Frozen):
    """What has a place: a value, or a key."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.file, self.line, self.column, self.end_line, self.end_column)


class Scalar(Placed):
    """Some text, exactly as typed: ``no`` is the two letters, ``0800 1111`` the nine characters.

    Quotation marks belong to its place, and not to the text.
    """

    text: str


class Sequence(Placed):
    """A list, from its first dash or bracket to the end of its last value."""

    items: tuple[Node, ...]


class Entry(Frozen):
    """A key with its value."""

    key: Scalar
    value: Node

    @property
    def text(self) -> str:
        """The key's text."""
        return self.key.text

    @property
    def span(self) -> Span:
        """Where the key stands."""
        return self.key.span


class Mapping(Placed):
    """Keys with values, in file order, each key once: each entry by the text of its key.

    It stands from its first key or bracket to the end of its last value.
    """

    by_text: dict[str, Entry]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The keys with their values, in file order."""
        return tuple(self.by_text.values())


Node: TypeAlias = Scalar | Sequence | Mapping
