"""HTML in which text can only ever be text: whatever is not markup of ours is escaped.

Elements are made by functions, and only what they give is Markup. A plain string, wherever it
stands among the children or the attributes of an element, comes out as words that can be read and
do nothing. To glue markup to a string with ``+`` or an f-string gives a plain string again, so a
slip shows as angle brackets on the page, and never as an element that somebody else has written.
"""

from __future__ import annotations

import re

from ...model.sanitize import clean

_NAME = re.compile("[a-z][a-z0-9-]*")

_UNESCAPED = frozenset({"script", "style"})
"""Elements in which a browser reads no escapes: text in them would be rules or a program."""

_ESCAPES = str.maketrans(
    {"\n": " ", "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
)


class Markup(str):
    """HTML that is printed as it is. Call this only on what stands in our own source or is drawn
    by it: never on anything that has an author's words in it."""

    __slots__ = ()


NEW_LINE = Markup("\n")
"""A line feed of the file. One in a text becomes a space."""


def escaped(text: str) -> Markup:
    """A text as words on one line, without anything that nobody would see; markup as it is."""
    return text if isinstance(text, Markup) else _words(text)


def attributes(**named: str | None) -> Markup:
    """Attributes as they stand in a tag, each after a space; those that are None are left out.

    ``class_`` is ``class``, and ``aria_label`` is ``aria-label``. A value is always text: markup
    is escaped too. Raises ValueError for what cannot be a name.
    """
    return Markup(
        "".join(
            f' {_named(key.rstrip("_").replace("_", "-"))}="{_words(value)}"'
            for key, value in named.items()
            if value is not None
        )
    )


def element(name: str, /, *children: str, **named: str | None) -> Markup:
    """An element with an end, its children in a row and its attributes as ``attributes`` has them.

    Raises ValueError for what cannot be a name, and for an element in which text is not text.
    """
    if name in _UNESCAPED:
        raise ValueError(f"text in an element {name} would not stay text")
    return Markup(f"<{_named(name)}{attributes(**named)}>{row(*children)}</{name}>")


def block(name: str, /, *children: str, **named: str | None) -> Markup:
    """An element of which each child has a line of its own in the file."""
    return element(name, NEW_LINE, lines(*children), **named)


def row(*children: str) -> Markup:
    """Children one after the other."""
    return Markup("".join(map(escaped, children)))


def lines(*children: str) -> Markup:
    """Each child on a line of its own in the file."""
    return Markup("".join(f"{escaped(child)}\n" for child in children))


def _words(text: str) -> Markup:
    return Markup(clean(text).translate(_ESCAPES))


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name in HTML: {name!r}")
    return name
