"""Rank trees by how well they match a user's own words.

A query is matched against all texts of a tree: see ``index``. The score is a log-likelihood ratio
of smoothed word frequencies, of a tree against the average tree, summed over words and bigrams: of
the whole text, and of each sentence for which a tree is likelier than the average one, so that the
sentence that decides does not drown in a story.
Whom the text is about counts too, since a friend's problem has another tree, but less in a story.
Prefixes match, and typos are corrected. What may speak of danger now is found first: see
``crisis``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import exp, log
from typing import TypeAlias

from ..model.base import Frozen
from ..model.facts import SOMETHING, WROTE, Facts
from ..model.library import CrisisKind
from ..model.spelling import meant
from .crisis import CrisisSearch
from .index import SearchIndex, lettered
from .perspective import Perspective
from .stated import stated_in
from .urgency import AS_URGENT
from .words import MOST_WORDS, Vocabulary, in_sentences

_ANYWHERE, _ACTS = 0.2, 0.05
"""The weight of the average of all trees, for smoothing; and that for who acts in one sentence."""

_BY_CHANCE = 0.00005
"""Additive smoothing of the frequency of each word: a word that one tree has once, and no other,
counts little; a frequent one counts as before."""

_PAIR, _LONGER, _WHOM = 0.5, 0.2, 0.6
"""The weights of a bigram, of a prefix match, and of whom the text is about."""

_WHOM_IN_STORY = 0.3
"""The last of these in a text of several sentences: in a story there are others whomever it is
about, as a friend who only gave advice. Settled by 153 texts that people wrote."""

_OWN, _OF_FRIEND = 3.0, -1.5
"""The score of a tree for being that of the reader, and for being that of a friend where the reader
is a parent or works with young people."""

_SPEAKS_OF = {"parent": "child", "staff": "in-care"}
"""Of whom a reader speaks, if not of themselves, by the keys of ``whom``."""

_SHORTEST_BEGINNING = 3

_SURE = 1.5
"""By how much scores are greater than the log likelihoods of trees, since words that go together
count as if each told something new. Settled by the likelihood of the right trees of sentences."""

_LIKELY, _LIKELY_IN_DANGER = 0.02, 0.2
"""The least likelihood of a tree that is found beside the best one: a wrong tree beside the right
one does less harm than a wrong one alone; and beside that for a danger that is named, from which
what hardly fits only leads away. 56 of 1,170 people do not find theirs among the first three."""

_FEWEST = 3
"""The trees that are found for a story though they do not fit, since what decides it may stand in
one word of many."""

_OF_WHOLE = 0.5
"""The weight of a whole text beside its sentences. Settled by 153 texts that people wrote, and by
1,170 sentences."""

_PARTS = re.compile(r"[.!?;,&\n]|[ \t](?:and|but|also|then|n)[ \t]", re.IGNORECASE | re.ASCII)
"""What parts a text that may speak of two troubles."""

_FEWEST_WORDS, _PLAIN = 3, 2.0
"""The fewest words of a part, and how much greater the score of its best tree is than that of any
other. Settled by 1,170 sentences, most of one trouble, of which 27 seem to tell two, 10 of them
rightly; and by 400 pairs of those, of which 187 do, 176 of them rightly."""

_OF_TREES, _OF_LANGUAGE = 5, 2
"""One in so many trees has a word of English, but for those that say nothing: of few trees nothing
tells what is English; and so many words tell a language. Of 3,600 sentences in English seven have
fewer than half such words, and of 45 in other languages all but five."""

_AT_ONCE, _AT_ONCE_SENTENCES = 4.0, 2
"""The same for a tree that is gone to at once, and the most sentences of a text for which that is
so. Of 1,357 sentences it is for 28 in a hundred, and 97 in a hundred of these are in the right one;
of longer stories 23 of 154 had such a lead, and four of these were in the wrong one."""


class Found(Frozen):
    """A tree and its score; a greater score is a better match."""

    tree: str
    score: float


_Term: TypeAlias = tuple[str, ...]
"""A word, a mark of whom a text is about, or two words in a row."""


class _Sought(Frozen):
    """A part of a query: the alternative terms with their weights, and the weight of the part."""

    terms: Mapping[_Term, float]
    worth: float = 1.0


class TreeSearch:
    """Searches the trees of an index. ``spelt`` are the stems of the words that it has."""

    def __init__(self, index: SearchIndex) -> None:
        self._vocabulary = Vocabulary(index.words)
        self._perspective = Perspective(index.words, self._vocabulary)
        self._parts = index.parts
        self._letters = lettered(word for word, _ in index.spread)
        self._texts = "".join(part.texts for parts in index.parts.values() for part in parts)
        self._spread = {word: trees for word, trees in index.spread if trees and " " not in word}
        same = self._vocabulary.same
        synonyms = (word for word, first in same.items() if first in self._spread)
        self._known = (*self._spread, *synonyms)
        self._urgency = index.urgency
        self._readers = index.readers
        self._stated = index.words.stated
        self._words_of_crisis = index.words.crisis
        self._has_something = index.has_something
        small, stem = self._vocabulary.small, self._vocabulary.stem
        self.spelt = spelt = frozenset({*self._known, *small, *self._vocabulary.written})
        self._crisis = CrisisSearch(index.words.crisis, index.sentences, stem, spelt)
        self._shares = cache(self._share_in_each)

    def is_crisis(self, said: str) -> bool:
        """Whether a text speaks of suicide, self-harm or danger now."""
        return bool(self._dangers(said))

    def needs_in_danger(self, said: str) -> frozenset[str] | None:
        """The needs of the danger now that a text speaks of, or may speak of in another language;
        None if it speaks of none."""
        usual = self._words_of_crisis.needs
        each = [kind.needs or usual for kind in self._dangers(said)]
        each += [usual] if not (each or self.is_english(said)) else []
        return frozenset[str]().union(*each) if each else None

    def is_english(self, said: str) -> bool:
        """Whether half of the words of a text are known, or they are too few to tell."""
        typed = {*self._typed(said)}
        small = self._vocabulary.small
        least = len(self._parts) // _OF_TREES
        known = [w for w in typed if w in small or self._spread.get(w, 0) >= least]
        return len(typed) < _OF_LANGUAGE or 2 * len(known) >= len(typed)

    def _dangers(self, said: str) -> list[CrisisKind]:
        """The kinds of danger of which a text has a phrase, else the one that it is most like."""
        named = self._crisis.kinds(said)
        like = None if named else self._crisis.unforeseen(said)
        return [self._words_of_crisis.kinds[kind] for kind in (named if like is None else (like,))]

    def advice(self, said: str) -> tuple[str, ...]:
        """The names of shared advice for the dangers of which a text has a phrase."""
        kinds = (self._words_of_crisis.kinds[kind] for kind in self._crisis.kinds(said))
        return tuple(name for kind in kinds for name in kind.advice)

    def may_be_crisis(self, said: str) -> bool:
        """Whether a text may speak of these, too little to stop a story with it: a little like it,
        or plainly for the first door of a kind of danger. Who is blackmailed may despair."""
        doors = {kind.doors[:1] for kind in self._words_of_crisis.kinds.values()}
        return self._crisis.may_be(said) or (self._plainly(said, None),) in doors

    def names_danger(self, said: str) -> bool:
        """Whether a text has a phrase of suicide, self-harm or danger now. A question, such as
        "will my mum find out", is otherwise as like a cry for help as a story is."""
        return bool(self._crisis.kinds(said))

    def danger_written(self, said: str) -> frozenset[str]:
        """The kinds of danger that a text speaks of, now or for later: values of ``wrote``."""
        kinds = frozenset(self._crisis.later(said))
        is_other = not kinds and self._has_something and self.is_crisis(said)
        return frozenset({SOMETHING}) if is_other else kinds

    def told(self, said: str, known: Facts) -> tuple[Facts, Facts]:
        """What is known of whoever wrote a text, with the kinds of danger of which it speaks; and
        the facts that it states in so many words."""
        stated = stated_in(said, self._stated, next(iter(known.get("teller", ())), ""))
        kinds = self.danger_written(said) | stated.get(WROTE, frozenset())
        return ({**known, WROTE: kinds} if kinds else known), stated

    def find(self, said: str, teller: str | None = None) -> tuple[Found, ...]:
        """The trees that match these words, best first but for danger and the first: see `_safest`.

        Where the words may speak of danger now, the trees for it stand after the one that fits
        best, and a reader's own before it if it is one of them. Of trees for some readers alone
        only those of the ``teller`` are found; None is any reader. Empty if no tree has any of the
        words. Only the first 160 words of a text count, except for danger. In another language none
        is found but for a danger that is named.
        """
        typed = self._typed(said)
        ranked, best = self._ranked(said, teller)
        first = [self._safest(best)] if best else []
        danger = tuple(self._for_danger(said, typed, teller, ranked))
        if not self.is_english(said):
            return tuple(dict.fromkeys(danger)) if self.names_danger(said) else ()
        kinds = [self._words_of_crisis.kinds[kind] for kind in self._crisis.kinds(said)]
        looks_after = danger and self._readers[danger[0].tree]
        is_own = looks_after and (set(first) & set(danger) or any(kind.own for kind in kinds))
        # Who looks after somebody in danger has the door of their own before it.
        before = danger[:2] if is_own or any(kind.first for kind in kinds) else ()
        few = best[:_FEWEST] if len(_parts_of(said)) > 1 else ()
        is_its = danger and (before or set(first) <= set(danger)) and kinds
        worth = _worth_showing(best, _LIKELY_IN_DANGER if is_its else _LIKELY)
        found = tuple(dict.fromkeys((*before, *first, *danger, *worth, *few)))
        own = [each for each in ranked if teller in self._readers[each.tree]]
        return tuple(dict.fromkeys((*found[:2], *own, *found[2:]) if found else ()))

    def two(self, said: str, teller: str | None = None) -> tuple[str, ...]:
        """The two trees that fit best, if each is plainly what a part of the text is about; else
        none. What is for one reader, or about whom, fits beside any trouble and is none of them."""
        best = [each.tree for each in self._troubles(said, teller)[:2]]
        told = {self._plainly(part, teller) for part in _PARTS.split(said)}
        return tuple(best) if len(best) > 1 and told.issuperset(best) else ()

    def plain(self, said: str, teller: str | None = None) -> str | None:
        """The tree that is plainly meant, and is gone to at once: the one that is found first, if
        it fits much better than any other, and neither a story nor danger nor a second trouble is
        told."""
        best = self._troubles(said, teller)[:2]
        is_story = len(_parts_of(said)) > _AT_ONCE_SENTENCES
        if not best or is_story or self.is_crisis(said) or self.two(said, teller):
            return None
        lead = best[0].score - max([0.0, *(each.score for each in best[1:])])
        is_first = [best[0].tree] == [each.tree for each in self.find(said, teller)[:1]]
        return best[0].tree if is_first and lead >= _AT_ONCE else None

    def _plainly(self, part: str, teller: str | None) -> str | None:
        """The tree that a part of a text is about, if it fits much better than any other."""
        best = self._troubles(part, teller)
        if len(self._typed(part)) < _FEWEST_WORDS or not best:
            return None
        lead = best[0].score - max([0.0, *(each.score for each in best[1:])])
        return best[0].tree if lead >= _PLAIN else None

    def _troubles(self, said: str, teller: str | None) -> list[Found]:
        _, best = self._ranked(said, teller)
        about = self._words_of_crisis.theirs.values()
        return [e for e in best if not self._readers[e.tree] and e.tree not in about]

    def _typed(self, said: str) -> list[str]:
        return self._vocabulary.words(said)[:MOST_WORDS]

    def _ranked(self, said: str, teller: str | None) -> tuple[list[Found], list[Found]]:
        """The trees for this reader, the best first, and those that have any of the words."""
        parts = several if len(several := _parts_of(said)) > 1 else []
        whom = _WHOM_IN_STORY if parts else _WHOM
        whole, speaks = self._scores(self._typed(said), teller, whom)
        told = [self._scores(self._typed(part), teller, whom)[0] for part in parts]
        scores = {
            name: self._of_reader(name, teller) + _together(score, [each[name] for each in told])
            for name, score in whole.items()
        }
        ranked = sorted(
            (Found(name, score) for name, score in scores.items() if self._is_for(name, teller)),
            key=lambda each: -each.score,
        )
        return ranked, [each for each in ranked if each.tree in speaks]

    def _scores(
        self, typed: list[str], teller: str | None, whom: float
    ) -> tuple[dict[str, float], set[str]]:
        """The score of each tree for some words, and the trees that have any of them. ``whom`` is
        the weight of whom these are about."""
        scores = dict.fromkeys(self._parts, 0.0)
        speaks: set[str] = set()
        for sought in self._sought(typed):
            often = self._often(sought)
            speaks |= {name for name, share in often.items() if share}
            _add(scores, often, sought.worth)
        # A parent speaks of a child whatever has happened.
        of_whom = self._perspective.marks(typed) if speaks and teller not in _SPEAKS_OF else ()
        for mark in of_whom:
            smooth = _ACTS if whom == _WHOM else _ANYWHERE
            _add(scores, self._often(_Sought({(mark,): 1.0})), whom, smooth)
        return scores, speaks

    def _is_for(self, tree: str, teller: str | None) -> bool:
        """Whether a tree is for this reader."""
        readers = self._readers[tree]
        return teller is None or not readers or teller in readers

    def _of_reader(self, tree: str, teller: str | None) -> float:
        """The score of a tree before any word is known."""
        if teller in _SPEAKS_OF and tree == self._words_of_crisis.theirs.get("friend"):
            return _OF_FRIEND
        return _OWN if teller in self._readers[tree] else 0.0

    def _for_danger(
        self, said: str, typed: Sequence[str], teller: str | None, ranked: Sequence[Found]
    ) -> Iterator[Found]:
        """The trees that are found, whatever else a text says, because it may speak of danger: that
        of whom it is about, and the best one for each kind, the worst first. In words that nobody
        foresaw it is the best one for the likeliest kind."""
        whom = _SPEAKS_OF.get(teller or "") or self._perspective.spoken_of(typed) or ""
        doors_of = [kind.doors for kind in self._dangers(said)]
        theirs = self._words_of_crisis.theirs.get(whom, "")
        if self.names_danger(said) and not all(theirs in doors for doors in doors_of):
            doors_of.insert(0, (theirs,))
        for doors in dict.fromkeys(doors_of):
            yield from [each for each in ranked if each.tree in doors][:1]

    def _sought(self, typed: list[str]) -> Iterator[_Sought]:
        """The terms of a query: its words but stop words, without duplicates, and its bigrams."""
        understood = {word: self._understood(word) for word in dict.fromkeys(typed)}
        for word, known in understood.items():
            if known is not None and known not in self._vocabulary.small:
                longer = ((each,) for each in self._longer(word))
                yield _Sought({**dict.fromkeys(longer, _LONGER), (known,): 1.0})
        for first, second in dict.fromkeys(pairwise(understood[word] for word in typed)):
            if first is not None and second is not None:
                yield _Sought({(first, second): 1.0}, _PAIR)

    def _understood(self, word: str) -> str | None:
        """The known word for a typed one: itself, one that begins with it, or the nearest.

        None for a word that no tree has. Of longer words that of most trees is meant, and of those
        the first.
        """
        if word in self._spread or word in self._vocabulary.small:
            return word

        def rank(longer: str) -> tuple[int, int]:
            letter = self._letters.get(longer, "")  # a synonym has none
            return -self._spread.get(longer, 0), self._texts.find(letter)

        longer = self._longer(word)
        found = min(longer, key=rank) if longer else meant(word, self._known)
        return None if found is None else self._vocabulary.same.get(found, found)

    def _longer(self, word: str) -> list[str]:
        """The known words that begin with this one, if it is long enough."""
        if len(word) < _SHORTEST_BEGINNING:
            return []
        return [known for known in self._known if known.startswith(word) and known != word]

    def _often(self, sought: _Sought) -> Mapping[str, float]:
        """The weighted frequency of the terms of a part of a query in each tree."""
        shares = [(share, self._shares(term)) for term, share in sought.terms.items()]
        return {name: sum(share * each[name] for share, each in shares) for name in self._parts}

    def _share_in_each(self, term: _Term) -> Mapping[str, float]:
        """The weighted frequency of a term in each tree. Two stop words count only where people
        type them: "can't do this"."""
        row = "".join(self._letters.get(word, "") for word in term)
        is_small = len(term) > 1 and self._vocabulary.small.issuperset(term)
        return {
            name: sum(
                part.share * _times(row, part.texts) / part.length
                for part in parts
                if len(row) == len(term) and (part.is_typed or not is_small)
            )
            for name, parts in self._parts.items()
        }

    def _safest(self, ranked: Sequence[Found]) -> Found:
        """The tree to show first: that of which it is likelier than of any other that it is right
        rather than a more urgent one."""
        likely = {each: exp((each.score - ranked[0].score) / _SURE) for each in ranked}

        def gain(shown: Found) -> float:
            least = self._urgency[shown.tree] + AS_URGENT
            return likely[shown] - sum(
                share for each, share in likely.items() if self._urgency[each.tree] > least
            )

        return max(ranked, key=gain)


def _parts_of(said: str) -> list[str]:
    """The sentences of a text that say anything."""
    return [part for part in in_sentences(said) if len(part.split()) >= _FEWEST_WORDS]


def _together(whole: float, sentences: Sequence[float]) -> float:
    """The score of a text with those of its sentences, if it has several."""
    if not sentences:
        return whole
    return (_OF_WHOLE * whole + sum(max(0.0, each) for each in sentences)) / (_OF_WHOLE + 1)


def _times(row: str, texts: str) -> int:
    """How often some letters stand in a row in texts; aa stands twice in aaa."""
    times, at = 0, texts.find(row)
    while at >= 0:
        times, at = times + 1, texts.find(row, at + 1)
    return times


def _add(
    scores: dict[str, float], often: Mapping[str, float], worth: float, smooth: float = _ANYWHERE
) -> None:
    """Add the score of a term to each tree: the log ratio of its frequency to the average. A term
    that is less frequent than on average counts against a tree."""
    usual = sum(often.values()) / len(often)
    if usual:
        floor = smooth * usual + _BY_CHANCE
        for name, share in often.items():
            scores[name] += worth * log((share + floor) / (usual + floor))


def _worth_showing(ranked: Sequence[Found], likely: float) -> Iterator[Found]:
    """The ``likely`` trees that fit at all, or nearly as well as the best one."""
    best = ranked[0].score if ranked else 0.0
    least = max(best + _SURE * log(likely), min(0.0, best - _SURE))
    return (each for each in ranked if each.score > least)
