"""Find what people state in so many words: "I'm 14", "we live in Glasgow"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import pairwise

from ..model.facts import Facts
from ..model.library import Stated
from .words import tokens

_ANY = "any"
"""What stands in a phrase for any of the words of an answer, in small letters."""


def stated_in(text: str, stated: Mapping[str, Stated], teller: str) -> Facts:
    """The facts that a text states. Where it states two values of one, nothing is known of it, but
    for one of which several may be said."""
    row = " ".join(tokens(text))
    found = {fact: frozenset(_values(row, each, teller)) for fact, each in stated.items()}
    return {f: some for f, some in found.items() if len(some) == 1 or (some and stated[f].several)}


def _values(row: str, stated: Stated, teller: str) -> Iterator[str]:
    says = stated.says.get(teller, stated.says.get("otherwise", ()))
    phrases = [" ".join(tokens(phrase.replace("-", " "))) for phrase in says]
    unless = {word for each in stated.unless for word in tokens(each)}
    for value, words in stated.means.items():
        meant = [" ".join(tokens(word.replace("-", " "))) for word in words]
        said = [phrase.replace(_ANY, word) for phrase in phrases for word in meant]
        if any(_is_said(each, row, unless) for each in said):
            yield value


def _is_said(phrase: str, row: str, unless: Set[str]) -> bool:
    """Whether a phrase stands in a row of words, and none of ``unless`` beside it."""
    parts = f" {row} ".split(f" {phrase} ")
    return any(
        {before.rpartition(" ")[2], after.partition(" ")[0]}.isdisjoint(unless)
        for before, after in pairwise(parts)
    )
