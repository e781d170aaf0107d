"""Author text made safe to show, and the sequences that clear a screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import normalize

from ...model.base import replace
from ...model.sanitize import clean

if TYPE_CHECKING:
    from ...page.text_layout import Block, Line

HOME, WIPE, WIPE_SCROLLBACK = "\x1b[H", "\x1b[2J", "\x1b[3J"

CLEAR_ALL = HOME + WIPE + WIPE_SCROLLBACK
"""Clears the screen and the scrollback. In this order: another leaves lines behind."""

_PLAINER = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "£": "GBP "}
"""What a console that has only its own small set of letters shows instead of our signs."""


def harmless(blocks: Iterable[Block], encoding: str | None) -> list[Block]:
    """Blocks whose text can do nothing but be read, in letters that a stream can show."""
    return [tuple(harmless_line(line, encoding) for line in block) for block in blocks]


def harmless_line(line: Line, encoding: str | None) -> Line:
    """A line whose text can do nothing but be read, on one line."""
    return replace(line, text=sayable(clean(line.text).replace("\n", " "), encoding))


def sayable(text: str, encoding: str | None) -> str:
    """Text for a stream of this encoding: what it lacks is said in plainer signs or letters."""
    encoding = encoding or "utf-8"
    if can_say(text, encoding):
        return text
    return "".join(_nearest(char, encoding) for char in text)


def can_say(text: str, encoding: str | None) -> bool:
    """Whether a stream of this encoding has all of these signs."""
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _nearest(char: str, encoding: str) -> str:
    without_accent = normalize("NFKD", char)[0]
    candidates = (char, _PLAINER.get(char, without_accent), without_accent)
    return next((said for said in candidates if can_say(said, encoding)), "?")
