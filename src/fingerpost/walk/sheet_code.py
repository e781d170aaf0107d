"""The code of a sheet: the tree that was walked, and its reader, age and nation; no other answer.

A code is 20 of the letters in LETTERS, in groups of four. Each letter stands for four bits:

===== ====================================================================================
1     the format of codes
4     the tree: the last 16 bits of the CRC-32 of its name
3 × 3 reader, nation and age: 0 if unknown, else 1 + the CRC-32 of ``fact=value`` modulo 4095
6     the check: the last 24 bits of the CRC-32 of the letters before it
===== ====================================================================================

A name has the same bits in every version of a library, so a code stays good when a reader, a
nation, an age, a tree or a question is added. What is no value of the library any more is asked
again, and so is all that a code does not hold: danger, suicide, who did it, what it is like at
home. See docs/decisions/0035.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from ..model.base import Frozen
from ..model.facts import NATIONS, NOT_SURE, TELLERS, Facts
from ..model.library import Library

if TYPE_CHECKING:
    from zlib import crc32
else:  # the same function, without the file that zlib is loaded from
    from binascii import crc32

LETTERS = "BCDGHJLMPQRTVWXZ"
"""The letters of codes; the index of each is its value. Without vowels nothing is spelt, and of
letters that sound alike (S and F, N and M, K and Q) there is one."""

_FORMAT = 1
_GROUP = 4
_TREE, _FACT, _CHECK = 4, 3, 6
"""The number of letters of a tree, of a fact and of the check."""

_LENGTH = 1 + _TREE + 3 * _FACT + _CHECK

_BETWEEN = " \t\r\n\u00a0\u202f.-\u2010\u2011\u2012\u2013\u2014\u2212"
"""Ignored characters: white space, dots, hyphens and dashes."""


class Wrong(StrEnum):
    """Why a code cannot be opened. The catalogue of messages has a sentence for each."""

    NONE = "none"
    CHARACTERS = "characters"
    LENGTH = "length"
    CHECK = "check"
    VERSION = "version"
    TREE = "tree"


class WrongCode(Exception):
    """Not a code, or one that cannot be opened here."""

    def __init__(self, why: Wrong) -> None:
        super().__init__(why)
        self.why = why


class Opened(Frozen):
    """What a code holds: a tree, and of ``teller``, ``nation`` and ``age`` what was known."""

    tree: str
    facts: Facts


def values_in_codes(library: Library) -> Mapping[str, Collection[str]]:
    """The facts that a code holds, in its order, each with the values that can be read from it."""
    asked = library.questions.get("age")
    return {
        "teller": TELLERS,
        "nation": (*NATIONS, NOT_SURE),
        "age": asked.values if asked else (),
    }


def code_of(library: Library, tree: str, facts: Facts) -> str:
    """The code of a tree and of what is known about the person. Other facts are left out."""
    letters = _letters(_FORMAT, 1) + _letters(_tree(tree), _TREE)
    for fact, values in values_in_codes(library).items():
        known = facts.get(fact, frozenset()).intersection(values)
        letters += _letters(_value(fact, *known) if len(known) == 1 else 0, _FACT)
    letters += _letters(crc32(letters.encode()), _CHECK)
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def opened(library: Library, code: str) -> Opened:
    """Read a code, in either case and with any spaces, hyphens and dots. Raises WrongCode."""
    letters = "".join(_CAPITAL.get(each, each) for each in code if each not in _BETWEEN)
    if not letters:
        raise WrongCode(Wrong.NONE)
    if not set(letters) <= set(LETTERS):
        raise WrongCode(Wrong.CHARACTERS)
    if len(letters) != _LENGTH:
        raise WrongCode(Wrong.LENGTH)
    if _letters(crc32(letters[:-_CHECK].encode()), _CHECK) != letters[-_CHECK:]:
        raise WrongCode(Wrong.CHECK)
    if letters[0] != LETTERS[_FORMAT]:
        raise WrongCode(Wrong.VERSION)
    tree = _only(name for name in library.trees if _letters(_tree(name), _TREE) == letters[1:5])
    if tree is None:
        raise WrongCode(Wrong.TREE)
    facts = {}
    for number, (fact, values) in enumerate(values_in_codes(library).items()):
        at = 1 + _TREE + number * _FACT
        written = letters[at : at + _FACT]
        value = _only(each for each in values if _letters(_value(fact, each), _FACT) == written)
        if value is not None:
            facts[fact] = frozenset({value})
    return Opened(tree, facts)


def _letters(number: int, count: int) -> str:
    """The lowest bits of a number as this many letters, the highest first."""
    return "".join(LETTERS[number >> 4 * place & 15] for place in reversed(range(count)))


def _tree(name: str) -> int:
    return crc32(name.encode())


def _value(fact: str, value: str) -> int:
    return 1 + crc32(f"{fact}={value}".encode()) % 4095


def _only(names: Iterable[str]) -> str | None:
    """The only one of some names, or None: two that are alike in a code are not told apart."""
    found = [*names]
    return found[0] if len(found) == 1 else None


_CAPITAL = {letter.lower(): letter for letter in LETTERS}
