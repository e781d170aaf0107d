"""Which known word may be meant by one that was typed with a slip of the finger or of spelling."""

from __future__ import annotations

from collections.abc import Iterable

_SHORT, _LONG, _LONGEST = 4, 8, 40


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest to a word, or None if none is near enough to be meant.

    A slip is a letter too many, too few or wrong, or two neighbours that have changed places
    (optimal string alignment). A word of 4 to 7 letters may have one and a longer one two; a
    shorter word or one of more than 40 letters has none. Of two that are as near, the first letter
    counts, and then the alphabet.
    """
    if not _SHORT <= len(word) <= _LONGEST:
        return None
    most = 1 if len(word) < _LONG else 2
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    near = [
        (slips, other[:1] != word[0], other)
        for other, slips, _ in extract_iter(
            word, list(known), scorer=OSA.distance, score_cutoff=most
        )
    ]
    return min(near)[2] if near else None
