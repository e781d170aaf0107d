"""The inline markup of sentences: names of routes, facts and hard words in braces.

``{route:report-remove}`` is the name of a service (in the middle of a sentence “the LADO”, not “The
LADO”), ``{where}`` the words of a fact's answer and ``{{grooming}}`` a hard word that the glossary
explains. Everything else is plain text: ``[``,
``<``, ``*``, ``$`` and ``#`` have no meaning.
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

_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?])\W*$")
_ORDINARY = re.compile(r"(?:The|Your|A|An|Another|Children's)\b")
"""Words at the beginning of a name that have a capital only at the beginning of a sentence."""


class Plain(Frozen):
    """Text without markup."""

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
    """A brace that belongs to no name: a typo."""

    text: str
    offset: int


Token: TypeAlias = Plain | RouteName | FactWords | HardWord | Stray


def tokens(text: str) -> Iterator[Token]:
    """Split a sentence into plain text and names; offsets are in characters, from 0."""
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
    """The hard words of a sentence, in order, without duplicates."""
    if "{{" not in text:  # as in most sentences
        return ()
    return tuple(dict.fromkeys(t.word for t in tokens(text) if isinstance(t, HardWord)))


def routes(text: str) -> tuple[str, ...]:
    """The routes that a sentence names, in order, without duplicates."""
    named = (t.route for t in tokens(text) if isinstance(t, RouteName)) if "{route:" in text else ()
    return tuple(dict.fromkeys(named))


def fill(
    text: str,
    route: Callable[[str], str],
    fact: Callable[[str], str],
    word: Callable[[str], str] = str,
) -> str:
    """The sentence with its names replaced, by ``route`` and ``fact``; hard words lose braces, and
    may be replaced by ``word``."""
    if "{" not in text:  # as in most sentences
        return text
    filled: list[str] = []
    for token in tokens(text):
        match token:
            case Plain(text=plain) | Stray(text=plain):
                filled.append(plain)
            case RouteName(route=name, offset=offset):
                words = route(name)
                if _ORDINARY.match(words) and not _BEGINS_SENTENCE.search(text[:offset]):
                    words = f"{words[0].lower()}{words[1:]}"
                filled.append(words)
            case FactWords(fact=name):
                filled.append(fact(name))
            case HardWord(word=hard):
                filled.append(word(hard))
    return "".join(filled)
