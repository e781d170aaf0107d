"""Text made safe for one stream: sanitised, and limited to its encoding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import normalize

from ...model.base import replace
from ...model.sanitize import one_line

if TYPE_CHECKING:
    from ...page.text_layout import Block, Line

_ASCII = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "£": "GBP "}
"""Replacements for punctuation that a legacy console encoding lacks."""


def safe_blocks(blocks: Iterable[Block], encoding: str | None) -> list[Block]:
    """Blocks whose every line is ``safe_line``."""
    return [tuple(safe_line(line, encoding) for line in block) for block in blocks]


def safe_line(line: Line, encoding: str | None) -> Line:
    """A line without control characters or line feeds, in characters of an encoding."""
    return replace(line, text=encodable(one_line(line.text), encoding))


def encodable(text: str, encoding: str | None) -> str:
    """Text in characters of an encoding; others are replaced by similar ones, or by ``?``.

    An encoding of None is UTF-8.
    """
    encoding = encoding or "utf-8"
    if can_encode(text, encoding):
        return text
    return "".join(_nearest(char, encoding) for char in text)


def can_encode(text: str, encoding: str | None) -> bool:
    """Whether an encoding has all of these characters."""
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _nearest(char: str, encoding: str) -> str:
    base = normalize("NFKD", char)[0]
    candidates = (char, _ASCII.get(char, base), base)
    return next((found for found in candidates if can_encode(found, encoding)), "?")
