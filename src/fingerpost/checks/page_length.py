"""How much of a page there is to read, in words, and what a question puts before its reader.

Services are apart: of each only its name and its first way are counted. Titles count once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.base import Frozen
from ..page.page import Page
from ..page.page_text import first_screen

_SAID = re.compile(r"\"[^\"]*\"|“[^”]*”")
"""What a line gives its reader to say."""


class Length(Frozen):
    """The words of a first screen and of a whole page, and the number of its steps and parts."""

    first: int
    whole: int
    steps: int
    parts: int


def length_of(page: Page) -> Length:
    """The length of a page. The note for the worker beside the reader is not counted, nor is the
    list of titles on the first screen."""
    top = [line.text for block in first_screen(page) for line in block]
    opened = [text for part in page.parts for text in (part.title, part.short, *part.text)]
    opened += [line.text for part in page.parts for line in part.lines]
    served = [each.heading for each in page.help]
    served += [f"{c.title} {way.address}" for c in page.contacts for way in c.ways[:1]]
    return Length(words(top), words((*top, *opened, *served)), len(page.steps), len(page.parts))


def words(texts: Iterable[str]) -> int:
    """The number of words of some texts."""
    return sum(len(text.split()) for text in texts)


def asks(text: str) -> bool:
    """Whether a line asks its reader something, apart from what it gives them to say."""
    return "?" in _SAID.sub("", text)
