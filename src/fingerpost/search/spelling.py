"""Whether one word may be another that was typed with a slip of the finger or of spelling."""

from __future__ import annotations

from collections.abc import Iterable

_SHORT, _LONG, _LONGEST = 4, 8, 40


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest to a word, or None if none is near enough to be meant.

    A slip is a letter too many, too few or wrong, or two that have changed places. A word of 4 to 7
    letters may have one and a longer one two; a shorter word or one of more than 40 letters has
    none. Of two that are as near, the first letter counts, and then the alphabet.
    """
    most = _slips_forgiven(word)
    if not most:
        return None
    near = [
        (found, other[:1] != word[0], other)
        for other in known
        if abs(len(other) - len(word)) <= most and (found := slips(word, other, most)) <= most
    ]
    return min(near)[2] if near else None


def slips(one: str, other: str, most: int) -> int:
    """How many slips lie between two words; more than ``most`` are not counted to the end."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, second in enumerate(other, 1):
            fewest = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != second))
            pair, other_pair = one[max(0, row - 2) : row], other[max(0, column - 2) : column]
            if len(pair) == 2 and pair == other_pair[::-1]:
                fewest = min(fewest, before[column - 2] + 1)
            here.append(fewest)
        if min(here) > most:
            return most + 1
        before, last = last, here
    return last[-1]


def _slips_forgiven(word: str) -> int:
    if not _SHORT <= len(word) <= _LONGEST:
        return 0
    return 1 if len(word) < _LONG else 2
