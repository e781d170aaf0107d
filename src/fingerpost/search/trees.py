"""Rank trees by how well they match a user's own words.

People do not know what their problem is called. So a query is matched against all texts of a tree:
what people type who are in it, its title and description, its questions, answers and endings, its
hard words, and the stories of its made-up cases. The score is a log-likelihood ratio of smoothed
word frequencies, of a tree against the average tree, summed over words and bigrams. Whom the text
is about counts too, since a friend's problem has another tree. Prefixes match, and typos are
corrected. What may speak of danger now is found first: see ``crisis``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp, log

from ..model import inline_markup
from ..model.base import Frozen
from ..model.case import Case
from ..model.facts import SOMETHING, WROTE
from ..model.library import Library
from ..model.sentence import Sentence
from ..model.spelling import meant
from ..model.tree import Tree
from .crisis import CrisisSearch
from .perspective import Perspective
from .synonyms import Vocabulary
from .tokens import MOST_WORDS
from .urgency import AS_URGENT, urgencies

_SAID, _TITLE, _ABOUT = "said", "title", "about"
_NAME, _ASKED, _STORY, _ADVICE = "name", "asked", "story", "advice"

_SHARES: Mapping[str, float] = {
    _SAID: 1.2,
    _TITLE: 0.15,
    _ABOUT: 0.1,
    _NAME: 0.02,
    _ASKED: 0.04,
    _STORY: 0.1,
    _ADVICE: 0.035,
}
"""The weight of each part of a tree, whatever its length. A name is a hard word or the title of an
ending."""

_ANYWHERE = 0.2
"""The weight of the average of all trees, for smoothing."""

_BY_CHANCE = 0.00005
"""Additive smoothing of the frequency of each word: a word that one tree has once, and no other,
counts little; a frequent one counts as before."""

_DOUBT = 20
"""Words added to the length of each part, so that one word of a short part is no proof."""

_PAIR, _LONGER, _WHOM = 0.5, 0.2, 0.6
"""The weights of a bigram, of a prefix match, and of whom the text is about."""

_OWN, _OF_FRIEND = 3.0, -1.5
"""The score of a tree for being that of the reader, and for being that of a friend where the reader
is a parent or works with young people."""

_SPEAKS_OF = {"parent": "child", "staff": "in-care"}
"""Of whom a reader speaks, if not of themselves, by the keys of ``whom``."""

_SHORTEST_BEGINNING = 3

_SURE = 1.5
"""By how much scores are greater than the log likelihoods of trees, since words that go together
count as if each told something new. Settled by the likelihood of the right trees of sentences."""

_WORTH_SHOWING = 0.1
"""The least share of the best score of a tree that is found. It is small: a wrong tree beside the
right one does less harm than a wrong one alone."""


_FEWEST = 3
"""The trees that are found though they fit much worse than the best, if they fit at all."""


class Found(Frozen):
    """A tree and its score; a greater score is a better match."""

    tree: str
    score: float


class _Sought(Frozen):
    """A term of a query: the alternative words with their weights, and the weight of the term."""

    words: Mapping[str, float]
    worth: float = 1.0


class TreeSearch:
    """A search index of the trees of a library, which should hold its cases too.

    A ``catch_all`` tree is never found: it is about everything a little, and is offered beside the
    trees found.
    """

    def __init__(self, library: Library) -> None:
        self._vocabulary = Vocabulary(library.search)
        self._perspective = Perspective(library.search, self._vocabulary)
        stories = _stories(library)
        self._trees = {
            name: self._shares(library, tree, stories.get(name, []))
            for name, tree in library.trees.items()
            if not tree.catch_all
        }
        self._spread = Counter(word for often in self._trees.values() for word in often)
        known = [word for word in self._spread if _is_word(word)]
        same = self._vocabulary.same
        self._known = (*known, *(word for word, first in same.items() if first in self._spread))
        self._urgency = urgencies(library)
        self._readers = {name: library.trees[name].given.get("teller") for name in self._trees}
        self._theirs = library.search.crisis.theirs
        self._doors = {name: kind.doors for name, kind in library.search.crisis.kinds.items()}
        spelt = {*self._known, *self._vocabulary.small}
        asked = library.questions.get(WROTE)
        self._has_something = asked is not None and SOMETHING in asked.values
        self._crisis = CrisisSearch(library.search, self._vocabulary.stem, spelt)

    def is_crisis(self, said: str) -> bool:
        """Whether a text may speak of suicide, self-harm or danger now."""
        return bool(self._crisis.kinds(said)) or self._crisis.unforeseen(said) is not None

    def danger_written(self, said: str) -> frozenset[str]:
        """The kinds of danger that a text speaks of, now or for later: values of ``wrote``."""
        kinds = frozenset(self._crisis.later(said))
        is_other = not kinds and self._has_something and self.is_crisis(said)
        return frozenset({SOMETHING}) if is_other else kinds

    def find(self, said: str, teller: str | None = None) -> tuple[Found, ...]:
        """The trees that match these words, best first but for danger and the first: see `_safest`.

        Where the words may speak of danger now, the trees for it stand after the one that fits
        best, and a reader's own before it if it is one of them. Of trees for some readers alone
        only those of the ``teller`` are found; None is any reader. Empty if no tree has any of the
        words. Only the first 60 words of a text count, except for danger.
        """
        typed = self._vocabulary.words(said)[:MOST_WORDS]
        scores = {name: self._of_reader(name, teller) for name in self._trees}
        speaks: set[str] = set()
        for sought in self._sought(typed):
            often = self._often(sought)
            speaks |= {name for name, share in often.items() if share}
            _add(scores, often, sought.worth)
        # A parent speaks of a child whatever has happened.
        of_whom = self._perspective.marks(typed) if speaks and teller not in _SPEAKS_OF else ()
        for mark in of_whom:
            _add(scores, self._often(_Sought({mark: 1.0})), _WHOM)
        ranked = sorted(
            (Found(name, score) for name, score in scores.items() if self._is_for(name, teller)),
            key=lambda each: -each.score,
        )
        best = [each for each in ranked if each.tree in speaks]
        first = [self._safest(best)] if best else []
        danger = tuple(self._for_danger(said, typed, teller, ranked))
        if set(first) & set(danger) and self._readers[danger[0].tree]:
            first = []  # who looks after somebody in danger has the door of their own before it
        found = tuple(dict.fromkeys((*first, *danger, *_worth_showing(best))))
        own = [each for each in ranked if teller in (self._readers[each.tree] or ())]
        return tuple(dict.fromkeys((*found[:2], *own, *found[2:]) if found else ()))

    def _is_for(self, tree: str, teller: str | None) -> bool:
        """Whether a tree is for this reader."""
        readers = self._readers[tree]
        return teller is None or readers is None or teller in readers

    def _of_reader(self, tree: str, teller: str | None) -> float:
        """The score of a tree before any word is known."""
        if teller in _SPEAKS_OF and tree == self._theirs.get("friend"):
            return _OF_FRIEND
        return _OWN if teller in (self._readers[tree] or ()) else 0.0

    def _for_danger(
        self, said: str, typed: Sequence[str], teller: str | None, ranked: Sequence[Found]
    ) -> Iterator[Found]:
        """The trees that are found, whatever else a text says, because it may speak of danger: that
        of whom it is about, and the best one for each kind, the worst first. In words that nobody
        foresaw it is the best one for the likeliest kind."""
        kinds = self._crisis.kinds(said)
        if not kinds and (unforeseen := self._crisis.unforeseen(said)):
            yield from [each for each in ranked if each.tree in self._doors[unforeseen]][:1]
        whom = _SPEAKS_OF.get(teller or "") or self._perspective.spoken_of(typed) or ""
        named = (self._theirs.get(whom, ""),) if kinds else ()
        for doors in dict.fromkeys((named, *(self._doors[kind] for kind in kinds))):
            yield from [each for each in ranked if each.tree in doors][:1]

    def _sought(self, typed: list[str]) -> Iterator[_Sought]:
        """The terms of a query: its words but stop words, without duplicates, and its bigrams."""
        understood = {word: self._understood(word) for word in dict.fromkeys(typed)}
        for word, known in understood.items():
            if known is not None and known not in self._vocabulary.small:
                yield _Sought({**dict.fromkeys(self._longer(word), _LONGER), known: 1.0})
        for first, second in dict.fromkeys(pairwise(understood[word] for word in typed)):
            if f"{first} {second}" in self._spread:
                yield _Sought({f"{first} {second}": 1.0}, _PAIR)

    def _understood(self, word: str) -> str | None:
        """The known word for a typed one: itself, one that begins with it, or the nearest.

        None for a word that no tree has.
        """
        if word in self._spread or word in self._vocabulary.small:
            return word
        longer = self._longer(word)
        found = max(longer, key=self._spread.__getitem__) if longer else meant(word, self._known)
        return None if found is None else self._vocabulary.same.get(found, found)

    def _longer(self, word: str) -> list[str]:
        """The known words that begin with this one, if it is long enough."""
        if len(word) < _SHORTEST_BEGINNING:
            return []
        return [known for known in self._known if known.startswith(word) and known != word]

    def _often(self, sought: _Sought) -> Mapping[str, float]:
        """The weighted frequency of a term in each tree."""
        return {
            name: sum(share * often.get(word, 0.0) for word, share in sought.words.items())
            for name, often in self._trees.items()
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

    def _shares(self, library: Library, tree: Tree, cases: Iterable[Case]) -> Mapping[str, float]:
        """The weighted frequency of each word, bigram and mark in a tree."""
        # A text with several places, such as an answer of a shared question, counts once.
        lists = (library.search.said, library.search.in_doubt)
        said = [line for each in lists for line in each.get(tree.name, ())]
        texts = {**dict(_texts(tree, cases)), **dict.fromkeys(said, _SAID)}
        hard = [word for text in texts for word in inline_markup.hard_words(text)]
        for word in dict.fromkeys(hard):  # in order, since of words as common the first is meant
            texts.setdefault(word, _NAME)
            meaning = library.words.get(word.lower())
            texts |= dict.fromkeys((meaning.texts if meaning else ()), _ADVICE)

        def title(route: str) -> str:
            return library.routes[route].title.read_by(None) if route in library.routes else ""

        counted: dict[str, Counter[str]] = {part: Counter() for part in _SHARES}
        for text, part in texts.items():
            told = self._vocabulary.words(inline_markup.fill(text, title, lambda _fact: ""))
            counted[part].update(self._to_find(told, is_typed=part is _SAID))
        often: dict[str, float] = {}
        for part, counts in counted.items():
            length = _DOUBT + sum(count for word, count in counts.items() if _is_word(word))
            for word, count in counts.items():
                often[word] = often.get(word, 0.0) + _SHARES[part] * count / length
        return often

    def _to_find(self, told: list[str], *, is_typed: bool) -> Iterator[str]:
        """The terms of a text: its words but stop words, its bigrams, and the marks of whom it is
        about. Bigrams of two stop words count only where people type them: "can't do this"."""
        small = self._vocabulary.small
        yield from (word for word in told if word not in small)
        for first, second in pairwise(told):
            if is_typed or first not in small or second not in small:
                yield f"{first} {second}"
        if is_typed:
            yield from self._perspective.marks(told)


def _add(scores: dict[str, float], often: Mapping[str, float], worth: float) -> None:
    """Add the score of a term to each tree: the log ratio of its frequency to the average. A term
    that is less frequent than on average counts against a tree."""
    usual = sum(often.values()) / len(often)
    if usual:
        for name, share in often.items():
            more = share + _ANYWHERE * usual + _BY_CHANCE
            scores[name] += worth * log(more / (usual + _ANYWHERE * usual + _BY_CHANCE))


def _worth_showing(ranked: Sequence[Found]) -> Iterator[Found]:
    """The trees above the least score, and the first few that fit at all."""
    best = ranked[0].score if ranked else 0.0
    least = best * _WORTH_SHOWING if best > 0 else best - _SURE
    return (
        each
        for at, each in enumerate(ranked)
        if each.score >= least or (at < _FEWEST and each.score > 0)
    )


def _stories(library: Library) -> Mapping[str, list[Case]]:
    """The cases of each tree."""
    found: dict[str, list[Case]] = {}
    for case in library.cases.values():
        found.setdefault(case.tree, []).append(case)
    return found


def _is_word(found: str) -> bool:
    """Whether a term is one word, and not a bigram or a mark."""
    return " " not in found


def _texts(tree: Tree, cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """The texts of a tree, each with its part; the better part of a text in two comes later."""

    def each(sentences: Iterable[Sentence], part: str) -> Iterator[tuple[str, str]]:
        return ((text, part) for sentence in sentences for text in sentence.texts)

    for ending in tree.outcomes.values():
        yield from each((ending.open, *(line.say for line in ending.advice)), _ADVICE)
    yield from each((case.story for case in cases), _STORY)
    for question in tree.asked:
        yield from each((question.ask, *(answer.say for answer in question.answers)), _ASKED)
    yield from each((ending.title for ending in tree.outcomes.values()), _NAME)
    yield from each([tree.about], _ABOUT)
    yield from each([tree.title], _TITLE)
    yield from each(tree.said, _SAID)
