"""The made-up cases as something to choose from: by topic, by how much they ask, or by chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache, partial
from random import Random
from typing import TypeAlias

from ..model.base import Frozen, replace
from ..model.case import Case
from ..model.facts import NOT_SURE
from ..model.inline_markup import hard_words
from ..model.library import Library
from ..model.tree import Outcome, Step
from ..page import visibility
from ..page.speaker import Speaker
from ..search.spelling import meant
from ..search.stemming import SMALL_WORDS, roots
from ..walk import trial


class Level(IntEnum):
    """How much a case asks of whoever rehearses it."""

    FIRST = 1
    FURTHER = 2
    PRACTISED = 3


LEVEL = {
    Level.FIRST: "to begin with",
    Level.FURTHER: "with more to weigh up",
    Level.PRACTISED: "for those with practice",
}

_LONG_WAY = 9
"""Questions; a way that is so long asks for patience too."""

_WORD = re.compile(r"\w+")
_BEGINNING = 4
"""Letters; a shorter word stands for nothing but itself."""

_MOST_OF_FIRST, _MOST_OF_FURTHER = 1, 3


_Texts: TypeAlias = Callable[[Library, Case], Iterable[str]]


class Lesson(Frozen):
    """A case to rehearse. ``title`` says what its story is about: somebody may choose another."""

    case: Case
    title: str
    level: Level


class Topic(Frozen):
    """The cases of one tree, the easy ones first."""

    tree: str
    title: str
    lessons: tuple[Lesson, ...]


def syllabus(library: Library) -> tuple[Topic, ...]:
    """Every case, by the tree that it begins in, in the order of the library.

    Every case should be one that can be rehearsed: see ``checking.rehearsable``.
    """
    topics = []
    for name in library.trees:
        lessons = [lesson(library, case) for case in library.cases.values() if case.tree == name]
        if lessons:
            lessons.sort(key=lambda each: each.level)
            topics.append(Topic(name, lessons[0].title, tuple(lessons)))
    return tuple(topics)


class Search:
    """Finds stories by words: those of some topics, of one library.

    What each story says is read when it is first searched for.
    """

    def __init__(self, library: Library, topics: Sequence[Topic]) -> None:
        self._topics = tuple(topics)
        # From the words that tell most to those that tell least; each also has those before it.
        self._texts = [
            cache(partial(_said_in, library, of)) for of in (_titles, _hard_words, _story)
        ]
        self._known = cache(partial(_known, library, self._lessons))

    @property
    def _lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for topic in self._topics for lesson in topic.lessons)

    def among(self, lessons: Iterable[Lesson], words: str) -> tuple[Lesson, ...]:
        """Those of some stories that fit these words best, in their order; none if nothing fits.

        First come those in which every word is in a name or title: of the tree, of the ending, or
        of the ending that all go on to from there. Only where there are none, the hard words of
        the page count as well; and where there are still none, the story and what follows it. A
        word is found by its root or its beginning.
        """
        wanted = _telling(words)
        for said in self._texts if wanted else ():
            found = tuple(each for each in lessons if _has(wanted, said(each.case.name)))
            if found:
                return found
        return ()

    def topics(self, words: str) -> tuple[Topic, ...]:
        """The topics that have such stories, each with those alone.

        That with most of them comes first: it is about this, and the others only come to it.
        """
        fitting = {each.case.name for each in self.among(self._lessons, words)}
        found = [_keeping(topic, fitting) for topic in self._topics]
        left = [topic for topic in found if topic.lessons]
        return tuple(sorted(left, key=lambda topic: -len(topic.lessons)))

    def mended(self, words: str) -> str:
        """The same words with slips of typing mended, if that finds something; else nothing."""
        mended = (_mended(word, self._known()) for word in _WORD.findall(words))
        said = " ".join(filter(None, mended))
        return said if self.topics(said) else ""


def _keeping(topic: Topic, names: Collection[str]) -> Topic:
    """A topic with those of its stories that have these names."""
    return replace(topic, lessons=tuple(e for e in topic.lessons if e.case.name in names))


def draw(lessons: Sequence[Lesson], seed: int) -> Lesson:
    """One of these by chance: the same for the same seed. Raises ValueError if there is none."""
    if not lessons:
        raise ValueError("there is nothing to draw from")
    chance = Random(seed).random()  # noqa: S311 - to choose a story, not to keep a secret
    return lessons[int(chance * len(lessons))]


# --- how much a case asks ------------------------------------------------------------------------


def lesson(library: Library, case: Case) -> Lesson:
    """One case, with what it is about and how much it asks."""
    speaker = Speaker(library, {"teller": frozenset({"staff"})}, case.tree)
    return Lesson(case, speaker.say(library.trees[case.tree].title), _level(library, case))


def _level(library: Library, case: Case) -> Level:
    """By what there is to weigh up: judgements, news (which changes all), what nobody is sure of,
    and a long way."""
    asked = sum(1 for _ in trial.tried(library, case).answered())
    unsure = sum(NOT_SURE in values for values in case.answers.values())
    much = len(case.judgements) + 2 * len(case.injects) + unsure + (asked >= _LONG_WAY)
    if much <= _MOST_OF_FIRST:
        return Level.FIRST
    return Level.FURTHER if much <= _MOST_OF_FURTHER else Level.PRACTISED


# --- what a case is found by ---------------------------------------------------------------------


def _telling(text: str) -> frozenset[str]:
    """The roots of the words that say something."""
    return frozenset(roots(text)) - SMALL_WORDS


def _said_in(library: Library, of: _Texts, name: str) -> frozenset[str]:
    """The roots of what is said in some texts of a case."""
    return frozenset[str]().union(*map(_telling, of(library, library.cases[name])))


def _known(library: Library, lessons: Iterable[Lesson]) -> dict[str, str]:
    """Every root that is found in stories, with a word that has it."""
    texts = (text for lesson in lessons for text in _story(library, lesson.case))
    return {root: word for text in texts for word in _WORD.findall(text) for root in roots(word)}


def _has(wanted: frozenset[str], said: frozenset[str]) -> bool:
    """Whether every one of these roots is said, or a longer one that begins with it."""
    return all(
        root in said or (len(root) >= _BEGINNING and any(r.startswith(root) for r in said))
        for root in wanted
    )


def _mended(word: str, known: Mapping[str, str]) -> str:
    """The word itself if it is known or says nothing, else the nearest, or nothing."""
    [root] = roots(word)
    if root in known or root in SMALL_WORDS:
        return word
    nearest = meant(root, known)
    return known[nearest] if nearest is not None else ""


def _titles(library: Library, case: Case) -> Iterator[str]:
    tree = library.trees[case.tree]
    yield from (tree.name, *tree.title.texts)
    here = trial.tried(library, case).here
    if isinstance(here, Outcome):
        for ending in (here, *_goes_on_to(library, here)):
            yield from (ending.name, *ending.title.texts)


def _hard_words(library: Library, case: Case) -> Iterator[str]:
    """Titles, and the hard words of what the page says."""
    yield from _titles(library, case)
    walk = trial.tried(library, case)
    if isinstance(walk.here, Outcome):
        says = (line.say for line in visibility.lines(library, walk.here, walk.facts))
        for sentence in (walk.here.open, *says):
            yield from (word for text in sentence.texts for word in hard_words(text))


def _story(library: Library, case: Case) -> Iterator[str]:
    """All of that, and what the trainee reads."""
    yield from _hard_words(library, case)
    yield case.name
    sentences = [case.story, *(inject.say for inject in case.injects)]
    for judgement in case.judgements:
        sentences += (judgement.ask, *(choice.say for choice in judgement.choices))
    yield from (text for sentence in sentences for text in sentence.texts)


def _goes_on_to(library: Library, ending: Outcome) -> tuple[Outcome, ...]:
    """The ending to which all go on from here, if there is one alone."""
    met: dict[tuple[str, str], Step] = {}
    waiting = [goto for _, goto in ending.ways]
    while waiting:
        goto = waiting.pop()
        step = library.trees[goto.tree].step(goto.step)
        if step is not None and (goto.tree, step.name) not in met:
            met[goto.tree, step.name] = step
            waiting += (onward for _, onward in step.ways)
    endings = tuple(step for step in met.values() if isinstance(step, Outcome))
    return endings if len(endings) == 1 else ()
