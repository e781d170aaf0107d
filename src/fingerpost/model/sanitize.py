"""Make text safe to show: without control and invisible characters.

Text comes from trees of unknown authors, from file names and from the user. It must not move the
cursor, clear the screen, change the clipboard or reorder what is read.
(``reading.forbidden_characters`` keeps such characters out of trees.)
"""

from __future__ import annotations

from unicodedata import category

_STAY = frozenset("\n\u200c\u200d\u200e\u200f\u061c")
"""The line feed; the joiners that Persian, Hindi and emoji need; and the direction marks that
Arabic and Hebrew need."""

_SEEN = frozenset(
    map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD])
)
"""Prefixed number signs of Arabic, Syriac and Kaithi: visible, although their category is Cf."""

_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories: controls (with ESC and C1), format characters (with bidirectional overrides and
isolates, and tags), surrogates, and line and paragraph separators."""


def clean(text: str) -> str:
    """The same text without control and invisible characters.

    A tab becomes a space, ``\\r\\n`` a line feed, and each other refused character U+FFFD, so
    that columns stay as they were. Line feeds are kept. Idempotent.
    """
    if text.isprintable():  # nearly always
        return text
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        letter
        if letter in _STAY or letter in _SEEN or category(letter) not in _REFUSED
        else "\N{REPLACEMENT CHARACTER}"
        for letter in text
    )


def one_line(text: str) -> str:
    """``clean`` text on one line, such as the name of a file, which may hold line feeds."""
    return clean(text).replace("\n", " ")


LONGEST = 60
"""Characters; longer texts are shortened."""


def shorten(text: str, longest: int = LONGEST) -> str:
    """A text on one line of at most ``longest`` characters, cut between words if possible."""
    text = " ".join(clean(text).split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    whole, _, _ = cut.rpartition(" ")
    return f"{whole or cut}…"
