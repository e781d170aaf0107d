"""The base of every rehearsal on a terminal: its first screen and the choice of a story."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from itertools import count

from ..model.case import Case
from ..model.library import Library
from ..page.messages import say
from ..page.page import Clock
from ..page.speaker import Speaker
from ..page.text_layout import Block
from ..rehearsal.catalogue import Lesson, Search, Topic, draw
from ..rehearsal.debrief import Rehearsed
from ..rehearsal.review_document import BANNER
from .conversation import Context, Conversation
from .io.ui import Hits, Item, Menu, Ui, hits
from .views.rehearsal_screens import (
    about_lines,
    goodbye_blocks,
    lesson_item,
    level_item,
    opening_blocks,
    topic_item,
)

_FEW = 9
"""Up to this many stories are in one menu; more of them are grouped by level."""


class RehearsalSession(Conversation, ABC):
    """Rehearses stories, one after the other.

    ``topics`` are the stories to choose from, at least one; those in ``named`` come first, without
    a choice. ``seed`` seeds the draws. ``finished`` are the stories that came to their review. The
    danger key is about the user, of whom no facts are known, and never about the story. ``keeps``
    is the file to which the review will be written, or empty, and ``keep`` writes that of finished
    stories.
    """

    far = False
    """Whether the screen is read from afar."""

    def __init__(
        self,
        ui: Ui,
        library: Library,
        clock: Callable[[], Clock],
        topics: Sequence[Topic],
        named: Iterable[Lesson] = (),
        seed: int = 0,
        keeps: str = "",
        keep: Callable[[tuple[Rehearsed, ...]], None] | None = None,
    ) -> None:
        super().__init__(ui, library, clock, Context(BANNER, {}))
        self.topics = topics
        self.seed = seed
        self.keeps = keeps
        self.keep = keep
        self.finished: tuple[Rehearsed, ...] = ()
        self._named = list(named)
        self._seeds = count(seed + 1)
        self._search = Search(library, topics)

    def run(self) -> None:
        """Rehearse until the user leaves, which raises Left.

        Raises EOFError at the end of input before a review.
        """
        self.open()
        while True:
            self.rehearse(self.lesson())

    @abstractmethod
    def rehearse(self, lesson: Lesson) -> None:
        """Rehearse one story, and append it to ``finished`` if it comes to its review."""

    def open(self) -> None:
        """The first screen."""
        blocks = opening_blocks(plain=self.ui.plain, can_clear=self.ui.can_clear, far=self.far)
        self.opening(blocks)

    def lesson(self) -> Lesson:
        """The next story, accepted by the user after reading what it is about."""
        while True:
            lesson = self._named.pop(0) if self._named else self._chosen()
            speaker = self.speaker(lesson.case)
            about = speaker.say(self.library.trees[lesson.case.tree].about)
            items = (Item(say("rehearsal.read-story")), Item(say("rehearsal.another")))
            lines = tuple(about_lines(lesson, about, self.seed))
            if self.pick(Menu(say("rehearsal.about-this"), items, lines)) == 0:
                return lesson

    def _chosen(self) -> Lesson:
        """Choose a topic, if there are several, and one of its stories; or draw one."""
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
        """A topic, or a story drawn at random; None to go back.

        A topic that was found by a search is reduced to the stories that match its words.
        """
        fitting: dict[str, Topic] = {}

        def find(words: str) -> Hits:
            nonlocal fitting
            search = self._search
            found = search.topics(words) or search.topics(search.mended(words))
            fitting = {topic.tree: topic for topic in found}
            return hits(numbers[tree] for tree in fitting)

        numbers = {topic.tree: number for number, topic in enumerate(self.topics, 1)}
        items = (*map(topic_item, self.topics), Item(say("rehearsal.at-random")))
        asks = say("rehearsal.find-topic")
        place = self.pick(Menu(say("rehearsal.which-topic"), items, find=find, asks=asks))
        if place is None:
            return None
        if place == len(self.topics):
            return self._drawn([each for topic in self.topics for each in topic.lessons])
        topic = self.topics[place]
        return fitting.get(topic.tree, topic)

    def _of(self, topic: Topic) -> Lesson | None:
        """One of its stories, by level first if there are many; None to go back."""
        levels = sorted({lesson.level for lesson in topic.lessons})
        if len(topic.lessons) <= _FEW or len(levels) == 1:
            return self._story_of(topic.lessons)
        parts = [[each for each in topic.lessons if each.level is level] for level in levels]
        items = [level_item(level, len(part)) for level, part in zip(levels, parts, strict=True)]
        while True:
            every = (*items, Item(say("rehearsal.at-random")))
            place = self.pick(Menu(say("rehearsal.how-much"), every))
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

        items = (*map(lesson_item, lessons), Item(say("rehearsal.at-random")))
        asks = say("rehearsal.find-story")
        place = self.pick(Menu(say("rehearsal.which-story"), items, find=find, asks=asks))
        if place is None:
            return None
        return self._drawn(lessons) if place == len(lessons) else lessons[place]

    def _drawn(self, lessons: Sequence[Lesson]) -> Lesson:
        """Draw one with the next seed."""
        return draw(lessons, next(self._seeds))

    def speaker(self, case: Case) -> Speaker:
        """The speaker of a case's sentences."""
        return Speaker(self.library, case.answers, case.tree)

    def story(self, case: Case) -> str:
        """The text of a case's story."""
        return self.speaker(case).say(case.story)

    def stopping(self) -> None:
        if self.keep is not None and self.finished:
            self.keep(self.finished)

    def farewell(self, at: Context | None) -> Iterable[Block]:
        key = "rehearsal.kept" if self.finished else "rehearsal.none-finished"
        return goodbye_blocks(say(key, file=self.keeps) if self.keeps else "")
