"""Detect whom a text is about: its author, a friend, a child, or a young person in care.

Each has a tree of their own for the same problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.library import SearchWords
from .words import Vocabulary

_NEAR = 3
"""The most words between a possessive and its person, as in my very best friend, and one."""


class Perspective:
    """Detects whom a text is about, by the words of ``whom`` in ``search.yaml``."""

    def __init__(self, known: SearchWords, vocabulary: Vocabulary) -> None:
        def each(key: str) -> frozenset[str]:
            """The phrases of a key, as ``Vocabulary.words`` gives them in a text."""
            phrases = known.whom.get(key, ())
            return frozenset(" ".join(vocabulary.words(phrase)) for phrase in phrases)

        self._theirs = {"friend": each("friend"), "child": each("child")}
        self._cared_for = {"in-care": each("in-care")}
        self._mine, self._me, self._and = each("my"), each("me"), each("and")
        self._teller = self._me | each("i")
        self._told, self._nobody = each("told"), each("nobody")
        self._online, self._kin = each("online"), each("kin")
        self._first = {"i": each("i"), "mine": self._mine, "they": each("they"), "how": each("how")}

    def marks(self, said: Sequence[str]) -> tuple[str, ...]:
        """The features of whom a text is about; ``said`` are its words by ``Vocabulary.words``.

        One is for another person, or without one for who acts: whoever is named first. The other
        tells besides whether it was done to the author.
        """
        acts = (who for word in said for who, any_of in self._first.items() if word in any_of)
        spoken_of = self.spoken_of(said, online=False)
        about = f"first: {next(acts, '')}" if spoken_of is None else f"of: {spoken_of}"
        return (about, f"{about}, {'to me' if self._is_to_me(said) else 'not to me'}")

    def spoken_of(self, said: Sequence[str], *, online: bool = True) -> str | None:
        """The first person whom a text is about, other than its author; None if there is none. One
        who is only known ``online`` is a friend in danger, and else may be a stranger."""
        return next(self._others(said, online), None)

    def _others(self, said: Sequence[str], online: bool) -> Iterator[str]:
        """The other people of a text, in order."""
        is_to_me = self._is_to_me(said)
        for at, word in enumerate(said):
            before = said[max(0, at - _NEAR) : at]
            ends = {word, " ".join((*before[-1:], word))}
            after = said[at + 1 : at + 3]
            with_me = self._is_beside(before[:2]) or self._is_beside(after[::-1])
            is_met = online or self._online.isdisjoint((*before, *after[:1]))
            is_person = is_met and self._nobody.isdisjoint(before) and not with_me
            is_of_kin = self._is_of_kin(before, after)
            is_kin = is_of_kin or not self._kin.isdisjoint(after[:1])
            is_theirs = is_person and not (is_to_me and is_kin) and (online or not is_of_kin)
            if is_theirs and not self._mine.isdisjoint(before):
                yield from (who for who, names in self._theirs.items() if names & ends)
            yield from (who for who, names in self._cared_for.items() if names & ends)

    def _is_of_kin(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether somebody is another's: a mum's friend, or a brother in law."""
        mine = max((at for at, word in enumerate(before) if word in self._mine), default=-1)
        between = self._and.isdisjoint(before) and not self._kin.isdisjoint(before[mine + 1 :])
        return (mine >= 0 and between) or (len(after) > 1 and " ".join(after) in self._kin)

    def _is_beside(self, two: Sequence[str]) -> bool:
        """Whether two words are "me and", or "and me" reversed."""
        return len(two) == 2 and two[0] in self._teller and two[1] in self._and

    def _is_to_me(self, said: Sequence[str]) -> bool:
        """Whether a text has "me" other than as one who was told or shown something."""
        return any(
            word in self._me and not (at and said[at - 1] in self._told)
            for at, word in enumerate(said)
        )
