"""The known word that a mistyped one stands for: in a file, in a command and in a search.

rapidfuzz is imported when a word is first compared: a walk without mistakes needs no corrector.
"""

from __future__ import annotations

from collections.abc import Iterable

_MOST_CHARACTERS = 80
_MOST_NAMES = 300
_LEAST_SIMILARITY = 0.6

_SHORT, _LONG, _LONGEST = 4, 8, 40


def closest(word: str, known: tuple[str, ...]) -> str | None:
    """The known name most similar to a mistyped one, or None if none is similar enough.

    Similarity is twice the longest common subsequence over the sum of both lengths (normalised
    Indel similarity), 0.6 at least. Of equals the nearest in length wins, then the last by
    alphabet. A word of more than 80 characters is no typo, and of many known names only the first
    300 are compared.
    """
    if len(word) > _MOST_CHARACTERS:
        return None
    from rapidfuzz.distance.Indel import normalized_similarity as similarity

    near = (
        (alike, -abs(len(name) - len(word)), name)
        for name in known[:_MOST_NAMES]
        if (alike := similarity(word, name)) >= _LEAST_SIMILARITY
    )
    return max(near, default=(0, 0, None))[2]


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
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    near = extract_iter(word, list(known), scorer=OSA.distance, score_cutoff=most)
    return min(
        ((distance, other[:1] != word[0], other) for other, distance, _ in near),
        default=(0, False, None),
    )[2]
