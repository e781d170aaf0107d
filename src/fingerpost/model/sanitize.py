"""The one place that makes text safe to show: it can be read, and can do nothing else.

Text comes from trees that a stranger may have written, from file names, and from what a person
typed. None of it may move the cursor, clear the screen, change the clipboard or swap the order of
what is read. (``characters`` is the other half: it keeps such things out of trees.)
"""

from __future__ import annotations

from unicodedata import category

_STAY = frozenset("\n\u200c\u200d\u200e\u200f\u061c")
"""The line feed; and what Persian, Hindi and emoji need to join letters or not, and Arabic and
Hebrew to keep their marks in place."""

_SEEN = frozenset(
    map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD])
)
"""Signs that are written before a number in Arabic, Syriac and Kaithi. Unicode counts them among
the invisible, and they are not."""

_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls (ESC and C1 among them), invisible format characters (bidirectional overrides and
isolates, tags), halves of a letter, and line breaks to some programs and not to others."""


def clean(text: str) -> str:
    """The same text without anything that a terminal would obey or that nobody would see.

    A tab becomes a space, ``\\r\\n`` a line feed, and everything else that is refused U+FFFD, one
    for one: a reader sees that something was there, and columns stay as they were. Line feeds
    stay; who wants one line replaces them. To clean twice is to clean once.
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
