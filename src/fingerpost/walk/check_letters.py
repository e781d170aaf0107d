"""Encode a number in letters with a check, and decode it; detects typos.

The 32 letters are the digits and capitals without 0 and O, 1 and I, which look or sound alike, so
that a code can be read out over a phone. They are in groups of four; the last two are the check.

**The check.** Each letter is an element of the field GF(32), a subfield of GF(1024). Start with 1,
and for each letter multiply by ALPHA and add the letter. The check letters are the unique pair for
which the result is 0: every element of GF(1024) is an element of GF(32) times ALPHA plus another.

- A wrong letter at position i adds a non-zero multiple of ALPHA to the power of i, so not 0.
- A swap of the letters at i and j adds their difference times the sum of both powers of ALPHA,
  which is 0 only if the powers are equal. The first 1,023 are distinct, so any swap is detected in
  a code of up to 1,023 letters; a real one has about twenty.
- Because the start is 1, the length counts too: a code without one of its groups passes with a
  probability of about 1 in 1,000, as random letters do.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The letters of codes; the index of each is its value."""

GROUP = 4
"""The number of letters of a group."""

_VOWELS = frozenset("AEU")

_CHECKS = 2
_BITS = 5
"""Bits per letter."""

_BETWEEN = " \t\r\n\u00a0\u202f.-\u2010\u2011\u2012\u2013\u2014\u2212"
"""Ignored characters: white space, dots, hyphens and dashes."""


class Wrong(StrEnum):
    """Why a code cannot be opened. The catalogue of messages has a sentence for each."""

    NONE = "none"
    CHARACTERS = "characters"
    GROUPS = "groups"
    CHECK = "check"
    VERSION = "version"
    TREE = "tree"
    TREES = "trees"
    WALK = "walk"


class WrongCode(Exception):
    """Not a code, or one that cannot be opened here."""

    def __init__(self, why: Wrong) -> None:
        super().__init__(why)
        self.why = why


def written(number: int) -> str:
    """Encode a number, 0 or more, in groups of four letters joined by hyphens."""
    groups = _groups(number)
    count = groups * GROUP - _CHECKS
    symbols = [number >> _BITS * place & 31 for place in reversed(range(count))]
    # Two zeros in the positions of the check letters leave the pair that those must cancel.
    letters = [LETTERS[symbol] for symbol in (*symbols, *_remainder([*symbols, 0, 0]))]
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def read(code: str) -> int:
    """Decode a code, in either case and with any spaces, hyphens and dots.

    Raises WrongCode for other characters, a wrong number of them, or a failed check.
    """
    letters = [letter for letter in code if letter not in _BETWEEN]
    symbols = [_SYMBOL.get(letter) for letter in letters]
    known = [symbol for symbol in symbols if symbol is not None]
    if len(known) < len(symbols):
        raise WrongCode(Wrong.CHARACTERS)
    if not known:
        raise WrongCode(Wrong.NONE)
    if len(known) % GROUP:
        raise WrongCode(Wrong.GROUPS)
    # int reads a number of base 32 in 0-9 and a-v, in linear time.
    digits = bytes(_DIGITS[symbol] for symbol in known[:-_CHECKS])
    number = int(digits, 1 << _BITS)
    if _remainder(known) != (0, 0) or _groups(number) * GROUP != len(known):
        raise WrongCode(Wrong.CHECK)
    return number


def spells(code: str) -> bool:
    """Whether a group may look like a word: three letters in a row, one of them A, E or U."""
    return any(
        part.isalpha() and not _VOWELS.isdisjoint(part)
        for group in code.split("-")
        for part in (group[:3], group[1:])
    )


def _groups(number: int) -> int:
    """The least number of groups for a number and the check."""
    letters = -(-number.bit_length() // _BITS)
    return max(1, -(-(letters + _CHECKS) // GROUP))


def _remainder(symbols: Iterable[int]) -> tuple[int, int]:
    """The result of the check, as a pair (a, b) for a times ALPHA plus b.

    The square of ALPHA is ALPHA plus 3, so that its first 1,023 powers are distinct.
    """
    high, low = 0, 1
    for symbol in symbols:
        high, low = high ^ low, high ^ _doubled(high) ^ symbol
    return high, low


def _doubled(element: int) -> int:
    """Two times an element of GF(32): polynomials over GF(2) modulo x^5 + x^2 + 1."""
    return element << 1 ^ (0b100101 if element & 16 else 0)


_SYMBOL = {
    letter: symbol
    for symbol, capital in enumerate(LETTERS)
    for letter in (capital, capital.lower())
}
_DIGITS = b"0123456789abcdefghijklmnopqrstuv"
