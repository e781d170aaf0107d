"""Which texts would tell whoever finds a paper what it is about.

A list of words that tell would never be whole: there is always one more app, drug or name. So it
is the other way round. A text is harmless only if each of its words could stand in a note on any
kitchen table, and if it does not name a service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.base import Frozen
from ..model.library import Library

_WORD = r"[^\W_]+(?:'[^\W_]+)*"
_SIGN = r"[^\s.,;:!?\"'“”‘()+/–—-]"
"""A sign other than those between words: a picture or a symbol may tell as well."""


class Discretion(Frozen):
    """What must not be read on a discreet sheet: services, apps, and what has happened.

    ``names`` are the services of a library, which may be made of harmless words: Take It Down.
    Each is in small letters, its words parted by single spaces. ``harmless`` are the words that may
    stand anywhere, and those that may where they stand in a row. ``token`` is the pattern of a
    word or a sign; what is harmless only as a whole, such as “bank holiday”, is one.
    """

    names: tuple[str, ...]
    harmless: frozenset[str]
    token: str

    @classmethod
    def of(cls, library: Library) -> Discretion:
        """For a library, an organisation's own services included."""
        titles = (text for route in library.routes.values() for text in route.title.texts)
        wholes = (each for each in library.harmless if not re.fullmatch(_WORD, each))
        token = "|".join((*map(re.escape, sorted(wholes, reverse=True)), _WORD, _SIGN))
        names = {tuple(_tokens(token, title)) for title in titles}
        named = sorted(" ".join(name) for name in names if not _is_number(name))
        return cls(tuple(named), library.harmless, token)

    def tells(self, text: str) -> bool:
        """Whether a text holds a word or a sign that may tell, or the name of a service.

        A number by itself tells nothing, and neither does a text without words.
        """
        tokens = tuple(_tokens(self.token, text))
        if not all(token in self.harmless or token.isdecimal() for token in tokens):
            return True
        said = f" {' '.join(tokens)} "
        return any(f" {name} " in said for name in self.names)


def _is_number(tokens: Iterable[str]) -> bool:
    return all(token.isdecimal() for token in tokens)


def _tokens(token: str, text: str) -> list[str]:
    return re.findall(token, text.casefold().replace("’", "'"))
