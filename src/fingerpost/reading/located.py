"""Located YAML nodes: every value as typed, with its place.

A library has many nodes, and is read before every walk. So a node holds its place as numbers, and
makes a ``Span`` only on request.
"""

from __future__ import annotations

from typing import TypeAlias

from ..model.base import Frozen, replace
from ..model.diagnostics import Span


class Placed(Frozen):
    """A key or a value, with its place."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """The place."""
        return Span(self.file, self.line, self.column, self.end_line, self.end_column)


class Scalar(Placed):
    """A text exactly as typed: ``no`` is two letters, ``0800 1111`` nine characters.

    Quotation marks are part of its place, not of the text.
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
        """The place of the key."""
        return self.key.span


class Mapping(Placed):
    """Keys with values, by the text of the key, in file order and without duplicates.

    Its place is from its first key or bracket to the end of its last value.
    """

    by_text: dict[str, Entry]


Node: TypeAlias = Scalar | Sequence | Mapping


def laid_over(below: Node, above: Node, *, inside: bool = True) -> Node:
    """A file laid over another: an entry of the upper one takes the place of that of the same name,
    or is added. A list, and whatever else has no names, is that of the upper one."""
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    every = {**below.by_text, **above.by_text}
    for key in (below.by_text.keys() & above.by_text.keys()) if inside else ():
        under, entry = below.by_text[key].value, every[key]
        every[key] = replace(entry, value=laid_over(under, entry.value, inside=False))
    return replace(above, by_text=every)
