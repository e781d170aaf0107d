"""What every rehearsal on a terminal has: its first screen, choosing a story, the keys that are
always there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import count

from ..model.case import Case
from ..model.library import Library
from ..page.page import Clock, danger
from ..page.speaker import Speaker
from ..page.text_layout import Block, Line
from ..rehearsal.catalogue import Lesson, Search, Topic, draw
from ..rehearsal.debrief import Rehearsed
from .conversation import Act, Face, Find, Left
from .views.rehearsal import (
    ABOUT_THIS,
    ANOTHER,
    AT_RANDOM,
    FIND_STORY,
    FIND_TOPIC,
    HOW_MUCH,
    NAME,
    READ_IT,
    WHICH_STORY,
    WHICH_TOPIC,
    about_lines,
    goodbye_blocks,
    lesson_item,
    level_item,
    opening_blocks,
    story_blocks,
    topic_item,
)
from .views.walk import Hits, Item, danger_blocks, hits

_FEW = 9
"""Stories that stand in one list; more of them are parted by how much they ask."""


class Stage(ABC):
    """Where stories are rehearsed, one after the other.

    ``topics`` are the stories to choose from, of which there must be one; those in ``named`` come
    before anybody is asked. ``seed`` decides what is drawn. ``clock`` gives the moment, for who
    answers now if somebody is in danger: a rehearsal can find someone out who needs help today.
    """

    def __init__(
        self,
        face: Face,
        library: Library,
        clock: Callable[[], Clock],
        topics: Sequence[Topic],
        named: Iterable[Lesson] = (),
        seed: int = 0,
    ) -> None:
        self.face = face
        self.library = library
        self.clock = clock
        self.topics = topics
        self.seed = seed
        self.finished: tuple[Rehearsed, ...] = ()
        self._named = list(named)
        self._seeds = count(seed + 1)
        self._search = Search(library, topics)

    def run(self) -> None:
        """Rehearse until somebody leaves, which raises Left.

        Raises EOFError at the end of input before a review.
        """
        self.open()
        while True:
            self.rehearse(self.lesson())

    @abstractmethod
    def rehearse(self, lesson: Lesson) -> None:
        """One story, until somebody wants another. One that ends goes to ``finished``."""

    def open(self) -> None:
        """The first screen."""
        blocks = tuple(opening_blocks(plain=self.face.plain, can_clear=self.face.can_clear))
        while act := self.face.opening(blocks):
            self.aside(act)

    def lesson(self) -> Lesson:
        """The next story, when it has been said what it is about."""
        while True:
            lesson = self._named.pop(0) if self._named else self._chosen()
            speaker = self.speaker(lesson.case)
            about = speaker.say(self.library.trees[lesson.case.tree].about)
            items = [Item(READ_IT), Item(ANOTHER)]
            lines = tuple(about_lines(lesson, about, self.seed))
            if self.pick(ABOUT_THIS, items, lines) == 0:
                return lesson

    def _chosen(self) -> Lesson:
        """Choose a topic, if there are several, and one of its stories; or one at random."""
        only = len(self.topics) == 1
        while True:
            topic = self.topics[0] if only else self._topic()
            if isinstance(topic, Lesson):
                return topic
            found = None if topic is None else self._of(topic)
            if found is not None:
                return found
            if only or topic is None:
                self.open()

    def _topic(self) -> Topic | Lesson | None:
        """A topic, or a story at random; None to go back.

        Of a topic that was found by somebody's words only the stories count that fit these.
        """
        fitting: dict[str, Topic] = {}

        def find(words: str) -> Hits:
            nonlocal fitting
            search = self._search
            found = search.topics(words) or search.topics(search.mended(words))
            fitting = {topic.tree: topic for topic in found}
            return hits(numbers[tree] for tree in fitting)

        numbers = {topic.tree: number for number, topic in enumerate(self.topics, 1)}
        items = [*map(topic_item, self.topics), Item(AT_RANDOM)]
        place = self.pick(WHICH_TOPIC, items, find=find, asks=FIND_TOPIC)
        if place is None:
            return None
        if place == len(self.topics):
            return self._drawn([each for topic in self.topics for each in topic.lessons])
        topic = self.topics[place]
        return fitting.get(topic.tree, topic)

    def _of(self, topic: Topic) -> Lesson | None:
        """One of its stories; of many, by how much they ask. None to go back."""
        levels = sorted({lesson.level for lesson in topic.lessons})
        if len(topic.lessons) <= _FEW or len(levels) == 1:
            return self._story_of(topic.lessons)
        parts = [[each for each in topic.lessons if each.level is level] for level in levels]
        items = [level_item(level, len(part)) for level, part in zip(levels, parts, strict=True)]
        while True:
            place = self.pick(HOW_MUCH, [*items, Item(AT_RANDOM)])
            if place is None:
                return None
            if place == len(parts):
                return self._drawn(topic.lessons)
            found = self._story_of(parts[place])
            if found is not None:
                return found

    def _story_of(self, lessons: Sequence[Lesson]) -> Lesson | None:
        """Choose one of some stories; None to go back."""

        def find(words: str) -> Hits:
            found = self._search.among(lessons, words)
            return hits(lessons.index(each) + 1 for each in found)

        items = [*map(lesson_item, lessons), Item(AT_RANDOM)]
        place = self.pick(WHICH_STORY, items, find=find, asks=FIND_STORY)
        if place is None:
            return None
        return self._drawn(lessons) if place == len(lessons) else lessons[place]

    def _drawn(self, lessons: Sequence[Lesson]) -> Lesson:
        """One by chance: the next seed draws the next."""
        return draw(lessons, next(self._seeds))

    def speaker(self, case: Case) -> Speaker:
        """Says the sentences of a case."""
        return Speaker(self.library, case.answers, case.tree)

    def story(self, case: Case) -> None:
        """Read the story again."""
        self.read(story_blocks(self.speaker(case).say(case.story)))

    def pick(
        self,
        title: str,
        items: Sequence[Item],
        about: Sequence[Line] = (),
        find: Find | None = None,
        asks: str = "",
    ) -> int | None:
        """The place of the item chosen, or None to go back. The rest is as in a menu of a face."""
        while True:
            chosen = self.face.menu(title, items, about, find, asks)
            if not isinstance(chosen, Act):
                return chosen
            if chosen is Act.BACK:
                return None
            self.aside(chosen)

    def read(self, blocks: Iterable[Block]) -> None:
        """Show something to read, and come back."""
        act = self.face.read(NAME, tuple(blocks))
        if act:
            self.aside(act)

    def aside(self, act: Act) -> None:
        """What a key of every screen does. Danger is the real thing: it is no part of the story."""
        if act is Act.LEAVE:
            raise Left(at_once=True)
        if act is Act.STOP:
            self._stop()
        else:
            self.in_danger()

    def in_danger(self) -> None:
        """Where whoever sits here can turn in danger now."""
        served = danger(self.library, {}, self.clock())
        again = self.face.read("", tuple(danger_blocks(served)))
        if again in (Act.LEAVE, Act.STOP):
            self.aside(again)

    def _stop(self) -> None:
        last = None
        with suppress(EOFError):
            while (last := self.face.goodbye(tuple(goodbye_blocks()))) is Act.DANGER:
                self.in_danger()
        raise Left(at_once=last is Act.LEAVE)
