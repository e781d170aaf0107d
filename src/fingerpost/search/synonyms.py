"""Stems, synonyms and stop words: for a search a pic and a photograph are one word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..model.library import SearchWords
from .stemming import english_stems
from .tokens import tokens


class Vocabulary:
    """Normalises the words of a text by the words of ``search.yaml``.

    ``same`` maps the stem of a synonym to that of the first of its group; ``small`` are the stems
    of stop words.
    """

    def __init__(self, known: SearchWords) -> None:
        self.stem = english_stems()
        self.same = _first_of_each([self.stems(" ".join(group)) for group in known.same])
        self.small = frozenset(self.stems(" ".join(known.small)))
        [money] = self.stems("money")
        self._money = self.same.get(money, money)

    def stems(self, text: str) -> list[str]:
        """The stems of the words of a text, in order."""
        return [self.stem(token) for token in tokens(text)]

    def words(self, text: str) -> list[str]:
        """The same, each replaced by the first of its synonyms. A sum such as £200 is money."""
        return [
            self._money if stem.startswith("£") else self.same.get(stem, stem)
            for stem in self.stems(text)
        ]

    def telling(self, text: str) -> tuple[str, ...]:
        """The words but stop words, unstemmed, in small letters and without duplicates."""
        words = dict.fromkeys(tokens(text))
        return tuple(word for word in words if self.stem(word) not in self.small)


def _first_of_each(groups: Iterable[Sequence[str]]) -> Mapping[str, str]:
    """For each word of a group the first. Groups with a word in common are merged, so that an upper
    layer can add to a group by any word of it."""
    firsts: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for group in filter(None, groups):
        joined = dict.fromkeys(firsts.get(word, word) for word in group)
        first = next(iter(joined))
        members[first] = [word for each in joined for word in members.pop(each, [each])]
        firsts |= dict.fromkeys(members[first], first)
    return {word: first for word, first in firsts.items() if word != first}
