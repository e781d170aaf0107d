"""Located YAML: every value as it was typed, with its place.

A library has very many of these, and is read before every walk. So each is a tuple that holds
its place as numbers; a ``Span`` is made of them only where one is asked for.
"""

from __future__ import annotations

from typing import NamedTuple, Self, TypeAlias

from .diagnostics import Span


class Scalar(NamedTuple):
    """Some text, exactly as typed: ``no`` is the two letters, ``0800 1111`` the nine characters."""

    text: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """Where it stands, quotation marks included."""
        return Span(self.file, self.line, self.column, self.end_line, self.end_column)


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """Where it stands, from its first dash or bracket to the end of its last value."""
        return Span(self.file, self.line, self.column, self.end_line, self.end_column)


class Entry(NamedTuple):
    """A key with its value; the place is that of the key."""

    text: str
    value: Node
    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, key: Scalar, value: Node) -> Self:
        """A key and a value that are there already."""
        return cls(key.text, value, *key[1:])

    @property
    def span(self) -> Span:
        """Where the key stands."""
        return Span(self.file, self.line, self.column, self.end_line, self.end_column)

    @property
    def key(self) -> Scalar:
        """The key by itself."""
        return Scalar(self.text, *self[2:])


class Mapping(NamedTuple):
    """Keys with values, in file order, each key once: each entry by the text of its key."""

    by_text: dict[str, Entry]
    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The keys with their values, in file order."""
        return tuple(self.by_text.values())

    @property
    def span(self) -> Span:
        """Where it stands, from its first key or bracket to the end of its last value."""
        return Span(self.file, self.line, self.column, self.end_line, self.end_column)


Node: TypeAlias = Scalar | Sequence | Mapping

Placed: TypeAlias = Node | Entry
"""What has a place: a value, or a key."""
