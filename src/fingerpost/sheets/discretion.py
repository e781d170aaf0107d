"""Which texts would reveal the topic of a discreet sheet, by a list of harmless words.

A list of revealing words would never be complete: there is always one more app, drug or name. So
the list is of allowed words: a text is harmless only if each of its words could stand in a note on
any kitchen table, and if it does not name a service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..model.base import Frozen
from ..model.library import Library
from ..page.question import is_for_any_age

_WORD = r"[^\W_]+(?:'[^\W_]+)*"
_SIGN = r"[^\s.,;:!?\"'“”‘()+/–—-]"
"""A character other than punctuation: an emoji or a symbol may reveal the topic as well."""


class Discretion(Frozen):
    """The filter of a discreet sheet, which leaves out services, apps, and what has happened.

    ``names`` are the services of a library, which may consist of harmless words: Take It Down. They
    are in lower case, their words separated by single spaces. ``harmless`` are the allowed words
    and phrases. ``token`` is the pattern of a word, a symbol or an allowed phrase such as “bank
    holiday”. ``under`` is for each route the birthday from which it serves nobody, or empty;
    ``any_age`` are those for everybody.
    """

    names: tuple[str, ...]
    harmless: frozenset[str]
    token: str
    under: Mapping[str, str]
    any_age: frozenset[str] = frozenset()

    @classmethod
    def of(cls, library: Library) -> Discretion:
        """The filter for a library, an organisation's own services included."""
        titles = (text for route in library.routes.values() for text in route.title.texts)
        wholes = (each for each in library.harmless if not re.fullmatch(_WORD, each))
        token = "|".join((*map(re.escape, sorted(wholes, reverse=True)), _WORD, _SIGN))
        names = {tuple(_tokens(token, title)) for title in titles}
        named = sorted(" ".join(name) for name in names if not _is_number(name))
        under = {route.name: route.under for route in library.routes.values()}
        known = ((name, r) for name, r in library.routes.items() if r.contract)
        every = (name for name, route in known if is_for_any_age(library, route))
        return cls(tuple(named), library.harmless, token, under, frozenset(every))

    def tells(self, text: str) -> bool:
        """Whether a text has a word or symbol that is not harmless, or the name of a service.

        A number by itself is harmless, and so is a text without words.
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
