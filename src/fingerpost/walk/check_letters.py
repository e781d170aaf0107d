"""A number as letters that can be read out over a phone, and back, with slips found out.

The letters are 32: the digits and capitals without 0 and O, 1 and I, which look or sound alike.
They stand in groups of four, of which the last two letters are a check.

**How the check works.** Take each letter as an element of the field GF(32), which is part of the
larger field GF(1024). Begin with 1, and for each letter multiply by ALPHA and add the letter. The
check letters are those two with which this comes to nothing at the end, and there is always one
such pair, because every element of GF(1024) is one element of GF(32) times ALPHA plus another.

- A wrong letter at place i adds a difference times ALPHA to the power of i, which is never 0.
- Two letters that changed places, i and j, add their difference times the sum of the two powers of
  ALPHA. That is 0 only if the powers are equal, and the first 1,023 are all different. So every
  such swap is found in a code of up to 1,023 letters, and a real one has about twenty.
- Because it begins with 1, the number of letters counts too: a code of which a group was left out
  passes about once in a thousand times, as any other letters would.
"""

from __future__ import annotations

from collections.abc import Iterable

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The letters that a code is made of; the place of each is the number that it stands for."""

GROUP = 4
"""How many letters stand together."""

_VOWELS = frozenset("AEU")

_CHECKS = 2
_BITS = 5
"""How much of a number one letter holds."""

_BETWEEN = " \t\r\n\u00a0\u202f.-\u2010\u2011\u2012\u2013\u2014\u2212"
"""What may stand anywhere in a code and means nothing: white space, dots, hyphens and dashes."""

_DOES_NOT_ADD_UP = "This code does not add up: one or more of its characters are wrong."


class WrongCode(Exception):
    """This is not a code, or not one that can be opened here. The message is one sentence."""


def written(number: int) -> str:
    """The letters of a number, which is 0 or more: groups of four, joined by hyphens."""
    groups = _groups(number)
    count = groups * GROUP - _CHECKS
    symbols = [number >> _BITS * place & 31 for place in reversed(range(count))]
    # Two more places of nothing leave the very pair that the check letters must take away again.
    letters = [LETTERS[symbol] for symbol in (*symbols, *_remainder([*symbols, 0, 0]))]
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def read(code: str) -> int:
    """The number of a code, in small letters or capitals and with any spaces, hyphens and dots.

    Raises WrongCode for what cannot be a code: other characters, the wrong number of them, or a
    slip that the check finds.
    """
    letters = [letter for letter in code if letter not in _BETWEEN]
    symbols = [_SYMBOL.get(letter) for letter in letters]
    known = [symbol for symbol in symbols if symbol is not None]
    if len(known) < len(symbols):
        raise WrongCode("A code has only letters and the digits 2 to 9, and never an I or an O.")
    if not known:
        raise WrongCode("There is no code here.")
    if len(known) % GROUP:
        raise WrongCode(f"A code has groups of {GROUP} characters: some are missing or too many.")
    # Of its kind Python reads only 0-9 and a-v, but those at once, however long the code is.
    digits = bytes(_DIGITS[symbol] for symbol in known[:-_CHECKS])
    number = int(digits, 1 << _BITS)
    if _remainder(known) != (0, 0) or _groups(number) * GROUP != len(known):
        raise WrongCode(_DOES_NOT_ADD_UP)
    return number


def spells(code: str) -> bool:
    """Whether a group might be taken for a word: three letters on end, one of them A, E or U."""
    return any(
        part.isalpha() and not _VOWELS.isdisjoint(part)
        for group in code.split("-")
        for part in (group[:3], group[1:])
    )


def _groups(number: int) -> int:
    """As few groups as have room for a number and the check."""
    letters = -(-number.bit_length() // _BITS)
    return max(1, -(-(letters + _CHECKS) // GROUP))


def _remainder(symbols: Iterable[int]) -> tuple[int, int]:
    """What these come to, as a pair: the first times ALPHA, plus the second.

    ALPHA times ALPHA is ALPHA plus 3, by which its first 1,023 powers are all different.
    """
    high, low = 0, 1
    for symbol in symbols:
        high, low = high ^ low, high ^ _doubled(high) ^ symbol
    return high, low


def _doubled(element: int) -> int:
    """Twice an element of GF(32), whose numbers are polynomials modulo x^5 + x^2 + 1."""
    return element << 1 ^ (0b100101 if element & 16 else 0)


_SYMBOL = {
    letter: symbol
    for symbol, capital in enumerate(LETTERS)
    for letter in (capital, capital.lower())
}
_DIGITS = b"0123456789abcdefghijklmnopqrstuv"
