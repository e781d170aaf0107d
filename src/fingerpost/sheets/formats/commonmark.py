r"""Words in CommonMark that mean only themselves, whoever wrote them.

Author text is never markup. Every sign that Markdown or a program for it may take for its own is
escaped with ``\``, and a word that such a program would make a link, a mention or a picture of
stands in a code span, in which nothing means anything.
"""

from __future__ import annotations

import re

from ...model.sanitize import clean
from .links import followable

_SIGN = re.compile(r"[\\`*_{}\[\]<>&|~^$=#%]")
"""What may be markup wherever it stands, in CommonMark or in what others have added to it."""

_BEGINS = re.compile(r"^(?:[0-9]+(?=[.)](?: |$))|(?=[-+:]))")
"""What stands before the sign by which a list begins, or a line that makes a heading."""

_TAKEN = re.compile(r"@|://|www\.|:[\w+-]+:|\w\.[^\W\d_]{2}", re.IGNORECASE)
"""In a word: an address, a name of somebody, or a picture by its name (``:smile:``)."""


def plain(text: str) -> str:
    """Words as they are, on one line: no sign in them is markup, and no address in them a link."""
    words = _one_line(text).split(" ")
    made = " ".join(_fenced(word) if _TAKEN.search(word) else _escaped(word) for word in words)
    return _BEGINS.sub(r"\g<0>\\", made)


def strong(text: str) -> str:
    """The same in heavy print; nothing for no words."""
    return f"**{words}**" if (words := plain(text)) else ""


def verbatim(text: str) -> str:
    """A code span, on one line; nothing for no text."""
    return _fenced(_one_line(text))


def link(text: str, uri: str) -> str:
    """Words that lead somewhere; only the words where the address must not be followed."""
    words = plain(text)
    return f"[{words}]({_bracketed(uri)})" if followable(uri) else words


def address(uri: str) -> str:
    """An address that leads to itself; only its letters where it must not be followed."""
    return _bracketed(uri) if followable(uri) else plain(uri)


def _bracketed(uri: str) -> str:
    return f"<{uri.replace('&', '&amp;')}>"


def _one_line(text: str) -> str:
    """Clean, and with single spaces, of which Markdown would make markup where a line begins."""
    return re.sub("[ \n]+", " ", clean(text)).strip()


def _escaped(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)


def _fenced(word: str) -> str:
    """A code span, fenced by more backticks than stand together within it."""
    fence = "`" * (max(map(len, re.findall("`+", word)), default=0) + 1)
    room = " " if word.startswith("`") or word.endswith("`") else ""
    return f"{fence}{room}{word}{room}{fence}" if word else ""
