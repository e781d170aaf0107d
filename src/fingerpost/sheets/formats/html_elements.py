"""HTML elements as functions, which escape every text that is not Markup.

Only these functions return Markup. A plain string among the children or attributes of an element is
escaped. Concatenating Markup with a string gives a plain string again, so a mistake shows as angle
brackets on the page, and never as an element that an author has written.
"""

from __future__ import annotations

import re

from ...model.sanitize import clean
from ...page.messages import say

_NAME = re.compile("[a-z][a-z0-9-]*")

_UNESCAPED = frozenset({"script", "style"})
"""Raw text elements, in which browsers read no escapes (HTML standard, 13.1.2)."""

_VOID = frozenset({"input"})
"""Elements without an end tag (HTML standard, 13.1.2)."""

_ESCAPES = str.maketrans(
    {"\n": " ", "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
)


class Markup(str):
    """Trusted HTML, written as it is. Construct it only from literals in this package or from
    drawings made by it, never from an author's words."""

    __slots__ = ()


NEW_LINE = Markup("\n")
"""A line feed in the file; in text it becomes a space."""


def escaped(text: str) -> Markup:
    """A text escaped, on one line, without invisible characters; Markup as it is. What is marked as
    English, where there is no translation, is so for a screen reader too."""
    if isinstance(text, Markup):
        return text
    mark = say("language.fallback", text="")
    before, mark, english = text.partition(mark)
    words = _words(before + mark)
    return Markup(f'{words}<span lang="en-GB">{_words(english)}</span>') if mark else words


def breakable(address: str) -> Markup:
    """An address, escaped, that may end a row after each slash."""
    return Markup(re.sub("(?<=[^/<]/)(?!/|$)", "<wbr>", escaped(address)))


def attributes(**named: str | None) -> Markup:
    """The attributes of a tag, each after a space; those that are None are left out.

    ``class_`` is ``class``, and ``aria_label`` is ``aria-label``. Values are always escaped, Markup
    too. Raises ValueError for an invalid name.
    """
    return Markup(
        "".join(
            f' {_named(key.rstrip("_").replace("_", "-"))}="{_words(value)}"'
            for key, value in named.items()
            if value is not None
        )
    )


def element(name: str, /, *children: str, **named: str | None) -> Markup:
    """An element with its children and its attributes (see ``attributes``).

    Raises ValueError for an invalid name and for a raw text element.
    """
    if name in _UNESCAPED:
        raise ValueError(f"text in an element {name} would not stay text")
    start = f"<{_named(name)}{attributes(**named)}>"
    if name in _VOID:
        return Markup(start)
    inside = row(*map(_words, children)) if name == "title" else row(*children)
    return Markup(f"{start}{inside}</{name}>")


def block(name: str, /, *children: str, **named: str | None) -> Markup:
    """An element with each child on a line of its own in the file."""
    return element(name, NEW_LINE, lines(*children), **named)


def row(*children: str) -> Markup:
    """Children concatenated."""
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
