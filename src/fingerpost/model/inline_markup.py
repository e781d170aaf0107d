"""A sentence as its author typed it, and the three kinds of name that it may carry.

``{route:report-remove}`` is a service, ``{where}`` a fact's own words, ``{{grooming}}`` a hard
word that the glossary explains. Everything else is plain text: ``[``, ``<``, ``*``, ``$`` and
``#`` mean nothing here or anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from .base import Frozen

_MARK = re.compile(
    r"\{\{(?P<word>[^{}]+)\}\}"
    r"|\{route:(?P<route>[^{}]*)\}"
    r"|\{(?P<fact>[a-z0-9-]+)\}"
    r"|(?P<stray>[{}])"
)


class Plain(Frozen):
    """Text that means only itself."""

    text: str


class RouteName(Frozen):
    """The name of a service, by the key it has in ``routes/``."""

    route: str
    offset: int


class FactWords(Frozen):
    """The words of the answer that was chosen for a fact."""

    fact: str
    offset: int


class HardWord(Frozen):
    """A word that the glossary explains."""

    word: str
    offset: int


class Stray(Frozen):
    """A brace that belongs to no name: a slip of the author's."""

    text: str
    offset: int


Token: TypeAlias = Plain | RouteName | FactWords | HardWord | Stray


def tokens(text: str) -> Iterator[Token]:
    """Cut a sentence into plain text and names; offsets count characters from 0."""
    at = 0
    for found in _MARK.finditer(text):
        if found.start() > at:
            yield Plain(text[at : found.start()])
        at = found.end()
        if (word := found["word"]) is not None:
            yield HardWord(word.strip(), found.start())
        elif (route := found["route"]) is not None:
            yield RouteName(route.strip(), found.start())
        elif (fact := found["fact"]) is not None:
            yield FactWords(fact, found.start())
        else:
            yield Stray(found["stray"], found.start())
    if at < len(text):
        yield Plain(text[at:])


def hard_words(text: str) -> tuple[str, ...]:
    """The hard words marked in a sentence, in order, each once."""
    return tuple(dict.fromkeys(t.word for t in tokens(text) if isinstance(t, HardWord)))


def fill(text: str, route: Callable[[str], str], fact: Callable[[str], str]) -> str:
    """The sentence as a person reads it: names replaced by words, nothing else touched."""
    said: list[str] = []
    for token in tokens(text):
        match token:
            case Plain(text=plain) | Stray(text=plain):
                said.append(plain)
            case RouteName(route=name):
                said.append(route(name))
            case FactWords(fact=name):
                said.append(fact(name))
            case _:
                said.append(token.word)
    return "".join(said)
