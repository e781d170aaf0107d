"""Find words that may speak of suicide, self-harm or danger now.

A text is compared with sentences of people in danger and with usual ones (naive Bayes), by its
words, the groups of words in which they stand, pairs of words near one another, and runs of
letters, which misspelt words share with others. The few words that are most like danger count as
much as all, so that half a sentence is heard. A phrase whose words stand near one another, in any
order and form, with typos corrected, is enough unless all that is said is like usual sentences.

Of a story each sentence is compared by itself. Among many one is soon a little like danger, so that
there it has to be much more so: what is only a little so may speak of danger, and no more is said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import chain, product
from typing import TypeAlias

from ..model.base import Frozen
from ..model.library import CrisisKind, CrisisWords
from ..model.spelling import meant
from .index import Sentences
from .sentences import DANGER, NEAR, USUAL, Compared, Term
from .words import in_sentences, not_drawn_out, tokens

_WIDE, _NARROW = 32, 10
"""The words of a text that are searched at once, and the few of them that count as much as all. The
next such passage starts half as many words later."""

_MOST_WORDS = 1_000
"""The most words of a text; the rest is ignored."""

_RUNS = (3, 4)
"""The lengths of runs of letters."""

_LIKE = 0.8
"""The likeness above which a text may speak of danger. Chosen on blind sets, for recall, so that
less than one in ten ordinary sentences is disturbed."""

_STORY = 3
"""The fewest sentences of a story."""

_LIKE_IN_STORY, _PHRASE_IN_STORY = 7.0, 4.0
"""The likeness above which a sentence of a story speaks of danger, and that which it needs if it
has a phrase. Of 154 texts that people wrote and nothing was tuned to, 35 of 42 in danger are heard
so, the others as what may be danger; and 4 of 61 in none (57 of 61 before)."""

_FEW, _PHRASE_FOR_LATER = -0.25, -0.5
"""What the few words that are most like danger need, if there is a phrase; and what a text needs
with a phrase of what may be for later, which stops nobody."""

_Words: TypeAlias = tuple[str, ...]
"""Stems that stand in a row."""

_Part: TypeAlias = frozenset[_Words]
"""The alternatives for a word of a phrase."""

_Phrase: TypeAlias = tuple[_Part, ...]

Phrased: TypeAlias = Mapping[str, tuple[tuple[_Phrase, ...], tuple[_Phrase, ...]]]
"""Kinds of danger by name: their phrases, and those that count in any text."""

_Places: TypeAlias = Mapping[_Part, Sequence[frozenset[int]]]
"""Where the parts stand of which a passage has any alternative."""

_Terms: TypeAlias = frozenset[Term]
"""What a text is compared by."""


class Phrases(Frozen):
    """The phrases of kinds of danger, now and for later; and the stems of groups of words, by the
    name in which they are senses: not those that are only for later, or in plain phrases."""

    kinds: Phrased
    later: Phrased
    groups: Mapping[str, frozenset[str]]


def instead_of(known: CrisisWords) -> tuple[tuple[str, str], ...]:
    """Words in a row and the word as which they are read, each between spaces, in their order."""
    each = ((row.replace("-", " "), word) for word, rows in known.instead.items() for row in rows)
    return tuple((f" {row} ", f" {word} ") for row, word in each)


def phrases_of(known: CrisisWords, stem: Callable[[str], str]) -> Phrases:
    """The phrases of some words, of which ``stem`` stems each."""

    def alternatives(word: str) -> _Part:
        """The words of a group, or a word itself; a hyphen stands between words in a row."""
        rows = (tokens(each.replace("-", " ")) for each in known.words.get(word, (word,)))
        return frozenset(tuple(map(stem, row)) for row in rows if row)

    part = cache(alternatives)

    def phrases(lines: Iterable[str]) -> tuple[_Phrase, ...]:
        every = (phrase.split() for line in lines for phrase in line.split(","))
        return tuple(tuple(map(part, phrase)) for phrase in every if phrase)

    def phrased(kinds: Mapping[str, CrisisKind]) -> Phrased:
        return {name: (phrases(kind.says), phrases(kind.plain)) for name, kind in kinds.items()}

    now, later = known.kinds.values(), known.later.values()
    told = _words_of(kind.says for kind in now)
    alone = _words_of(each for kind in (*now, *later) for each in (kind.says, kind.plain)) - told
    groups = {
        f"[{name}]": frozenset(map(stem, group))
        for name, group in known.words.items()
        if name not in alone
    }
    return Phrases(phrased(known.kinds), phrased(known.later), groups)


class CrisisSearch:
    """Finds the kinds of danger that a text may speak of.

    ``stem`` stems a word. ``spelt`` are stems of words that are no typos.
    """

    def __init__(
        self,
        known: CrisisWords,
        sentences: Sentences,
        stem: Callable[[str], str],
        spelt: Collection[str],
    ) -> None:
        self._stem = stem
        known_phrases = phrases_of(known, stem)
        self._kinds, self._later = known_phrases.kinds, known_phrases.later
        phrases = chain(*chain(*self._kinds.values(), *self._later.values()))
        self._with_row: dict[_Words, set[_Part]] = {}
        self._by_first: dict[str, set[_Words]] = {}
        for part in {part for phrase in phrases for part in phrase}:
            for row in part:
                self._with_row.setdefault(row, set()).add(part)
                self._by_first.setdefault(row[0], set()).add(row)
        self._by_letter: dict[str, set[str]] = {}
        for word in {word for rows in self._by_first.values() for row in rows for word in row}:
            self._by_letter.setdefault(word[0], set()).add(word)
        self._spelt = spelt
        self._instead = instead_of(known)
        self._named: dict[str, set[str]] = {}
        for name, stems in known_phrases.groups.items():
            for each in stems:
                self._named.setdefault(each, set()).add(name)
        self._understood, self._said = cache(self._meant), cache(self._senses)
        self._heard = tuple(kind for kind, text in sentences.heard.items() if text)
        self._compared = Compared(sentences, known_phrases.groups)

    def kinds(self, said: str) -> tuple[str, ...]:
        """The kinds of danger of which a text has a phrase, in their order: a plain one, or any
        in a passage of which a few words are no more like usual sentences. In a story, any in a
        sentence that is like danger."""
        parts, is_story = self._told(said)
        return self._spoken_of(parts, self._kinds, _PHRASE_IN_STORY if is_story else None)

    def later(self, said: str) -> tuple[str, ...]:
        """The kinds of danger that may be for later, of which a text has a phrase."""
        return self._spoken_of(self._told(said)[0], self._later, _PHRASE_FOR_LATER)

    def may_be(self, said: str) -> bool:
        """Whether any sentence of a text is a little like danger, or has a phrase of it."""
        parts, _ = self._told(said)
        return bool(self._spoken_of(parts, self._kinds)) or self._most_like(parts)[0] > _LIKE

    def _told(self, said: str) -> tuple[list[list[str]], bool]:
        """The words of a text, and whether it is a story; of a story those of each sentence."""
        words = tokens(said)[:_MOST_WORDS]
        sentences = [each for each in map(tokens, in_sentences(said)) if len(each) > 1]
        is_story = len(sentences) >= _STORY and len(words) < _MOST_WORDS
        return [self._read(each) for each in (sentences if is_story else [words])], is_story

    def _read(self, words: Iterable[str]) -> list[str]:
        row = f" {' '.join(words)} "
        return reduce(lambda said, each: said.replace(*each), self._instead, row).split()

    def _spoken_of(
        self, parts: Iterable[Sequence[str]], kinds: Phrased, least: float | None = None
    ) -> tuple[str, ...]:
        found: set[str] = set()
        for words in chain.from_iterable(_passages(part, _WIDE) for part in parts):
            places = self._places([self._understood(word) for word in words])

            def has(phrases: Iterable[_Phrase], places: _Places = places) -> bool:
                return any(each[0] in places and _is_found(each, places) for each in phrases)

            found.update(name for name, (_, plain) in kinds.items() if has(plain))
            perhaps = {name for name, (says, _) in kinds.items() if has(says)} - found
            if perhaps:  # how like danger a passage is takes long
                is_like = self._likeness(words) > least if least else self._of_few(words) >= _FEW
                found |= perhaps if is_like else set()
        return tuple(kind for kind in kinds if kind in found)

    def unforeseen(self, said: str) -> str | None:
        """The kind of danger that a text is most like, if it speaks of danger though it has no
        phrase of it."""
        parts, is_story = self._told(said)
        likeness, words = self._most_like(parts)
        if likeness <= (_LIKE_IN_STORY if is_story else _LIKE):
            return None
        terms = self._terms(max(_passages(words, _NARROW), key=self._of_all))
        return max(self._heard, key=lambda kind: self._compared.likeness(terms, kind, DANGER))

    def _most_like(self, parts: Iterable[Sequence[str]]) -> tuple[float, Sequence[str]]:
        """The part that is most like danger, with its likeness."""
        each = ((max(map(self._likeness, _passages(part, _WIDE))), part) for part in parts)
        return max(each, key=lambda found: found[0])

    def _likeness(self, words: Sequence[str]) -> float:
        """How much more a passage is like sentences of danger than like usual ones: the average of
        all its words and of the few that are most so."""
        return (self._of_all(words) + self._of_few(words)) / 2

    def _of_few(self, words: Sequence[str]) -> float:
        """The same of the few words that are most like danger."""
        return max(map(self._of_all, _passages(words, _NARROW)))

    def _of_all(self, words: Sequence[str]) -> float:
        return self._compared.likeness(self._terms(words), DANGER, USUAL)

    def _terms(self, words: Sequence[str]) -> _Terms:
        """The terms of each word, and the pairs of words near one another by their senses. Words
        that are neighbours make another pair than those with others between them."""
        said = [self._said(word) for word in words]
        pairs = (
            (one, apart > 0, other)
            for at, (senses, _) in enumerate(said)
            for apart, (others, _) in enumerate(said[at + 1 : at + NEAR])
            for one in senses
            for other in others
        )
        return frozenset[Term]().union(pairs, *(terms for _, terms in said))

    def _senses(self, word: str) -> tuple[frozenset[str], frozenset[str]]:
        """The stem of a word and the groups in which it stands; and these with its runs of
        letters."""
        word = not_drawn_out(word)
        stem = self._stem(word)
        senses = frozenset({stem, *self._named.get(stem, ())})
        ends = f"<{word}>"
        runs = (ends[at : at + n] for n in _RUNS for at in range(len(ends) - n + 1))
        return senses, senses.union(f"~{run}" for run in runs)

    def _meant(self, word: str) -> str:
        """The stem of a word: without letters that are drawn out, with the g of an -ing that lacks
        it, and of a typo that of the known word nearest to it with the same first letter."""
        word = not_drawn_out(word)
        stem, known = self._stem(word), self._by_letter.get(word[:1], ())
        if stem in known or stem in self._spelt:
            return stem
        whole = self._stem(f"{word}g")
        return whole if whole in known else meant(stem, known) or meant(word, known) or stem

    def _places(self, words: Sequence[str]) -> _Places:
        """Where the parts of phrases stand."""
        places: dict[_Words, list[frozenset[int]]] = {}
        for at, word in enumerate(words):
            for row in self._by_first.get(word, ()):
                if tuple(words[at : at + len(row)]) == row:
                    places.setdefault(row, []).append(frozenset(range(at, at + len(row))))
        there = set(places)
        found = frozenset[_Part]().union(*map(self._with_row.__getitem__, there))
        return {part: [at for row in part & there for at in places[row]] for part in found}


def _words_of(phrases: Iterable[Iterable[str]]) -> frozenset[str]:
    """The words, and the names of groups, in some lines of phrases."""
    lines = chain.from_iterable(phrases)
    return frozenset(word for line in lines for word in line.replace(",", " ").split())


def _passages(words: Sequence[str], length: int) -> Iterator[Sequence[str]]:
    """All words of a short text; of a longer one, passages of a length that overlap."""
    last = max(0, len(words) - length)
    for at in (*range(0, last, length // 2), last):
        yield words[at : at + length]


def _is_found(phrase: _Phrase, places: _Places) -> bool:
    """Whether the words of a phrase stand near one another."""
    if not all(map(places.__contains__, phrase)):
        return False
    for chosen in product(*map(places.__getitem__, phrase)):
        at = frozenset[int]().union(*chosen)
        if len(at) == sum(map(len, chosen)) and max(at) - min(at) < len(at) + NEAR:
            return True
    return False
