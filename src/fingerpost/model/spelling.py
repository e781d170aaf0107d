"""The known word that a mistyped one stands for: in a file, in a command and in a search."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_CHARACTERS = 80
_MOST_NAMES = 300
"""Of many known names only the first are compared."""
_LEAST_SIMILARITY = 0.65

_BEGUN, _SHORT, _LONG, _LONGEST = 3, 4, 8, 40


def closest(word: str, known: tuple[str, ...]) -> str | None:
    """The known name that is ``meant``, or else the most similar one, or None."""
    return meant(word, known) or next(iter(most_similar(word, known[:_MOST_NAMES], 1)), None)


def meant_or_begun(word: str, known: tuple[str, ...]) -> str | None:
    """The known name that is ``meant``, or else the shortest that begins with the word, or None: in
    a command what is only alike is no guess."""
    is_begun = len(word.strip("-")) >= _BEGUN
    begun = (each for each in known if is_begun and each.startswith(word))
    return meant(word, known) or min(begun, key=len, default=None)


def most_similar(word: str, known: Iterable[str], most: int) -> list[str]:
    """The known names most similar to a word. One of more than 80 characters is no typo."""
    from difflib import get_close_matches  # few runs have a word that is not known

    near = () if len(word) > _MOST_CHARACTERS else known
    return get_close_matches(word, near, most, _LEAST_SIMILARITY)


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """A hint that names the closest known word, or all of them if there are few, or nothing."""
    close = closest(word, known)
    if close is not None:
        return f"did you mean “{close}”?"
    if 0 < len(known) <= 12:
        return f"known here: {', '.join(known)}"
    return ""


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to one of a search, or None if none is within its distance.

    The distance is optimal string alignment (OSA): a letter inserted, deleted or replaced, or two
    neighbours swapped, counts 1. A word of 4 to 7 letters may be 1 away and a longer one 2; a
    shorter word, or one of more than 40 letters, is not corrected. Of words as near, one with the
    same first letter wins, and then the first by alphabet.
    """
    if not _SHORT <= len(word) <= _LONGEST:
        return None
    most = 1 if len(word) < _LONG else 2
    letters = frozenset(word)
    near = (
        (distance, other[:1] != word[0], other)
        for other in known
        # Of thousands of words few pass these two, which cost next to nothing.
        if abs(len(other) - len(word)) <= most
        and len(letters.symmetric_difference(other)) <= 2 * most
        and (distance := _distance(word, other, most)) <= most
    )
    return min(near, default=(0, False, None))[2]


def _distance(one: str, other: str, most: int) -> int:
    """The OSA distance of two words, or ``most`` + 1 if it is greater than ``most``."""
    if one and one[:1] == other[:1]:
        return _distance(one[1:], other[1:], most)
    if not one or not other or not most:
        return min(max(len(one), len(other)), most + 1)
    ways = [(one[1:], other[1:]), (one[1:], other), (one, other[1:])]
    if one[:2] == other[1::-1]:
        ways.append((one[2:], other[2:]))
    return 1 + min(_distance(*way, most - 1) for way in ways)
