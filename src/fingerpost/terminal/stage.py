"""What every rehearsal on a terminal has: its first screen, choosing a story, the keys that are
always there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import count

from ..debrief import Rehearsed
from ..model import Case, Library
from ..page import Clock, danger
from ..render.layout import Block, Line
from ..render.rehearsal import (
    ABOUT_THIS,
    ANOTHER,
    AT_RANDOM,
    NAME,
    READ_IT,
    WHICH_STORY,
    WHICH_TOPIC,
    about_lines,
    goodbye_blocks,
    lesson_item,
    opening_blocks,
    story_blocks,
    topic_item,
)
from ..render.talk import Item, danger_blocks
from ..speech import Speaker
from ..syllabus import Lesson, Topic, draw
from .talk import Act, Face, Left


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
            items = [*map(topic_item, self.topics), Item(AT_RANDOM)]
            place = 0 if only else self.pick(WHICH_TOPIC, items)
            if place == len(self.topics):
                return self._drawn([each for topic in self.topics for each in topic.lessons])
            found = None if place is None else self._of(self.topics[place].lessons)
            if found is not None:
                return found
            if only or place is None:
                self.open()

    def _of(self, lessons: Sequence[Lesson]) -> Lesson | None:
        """Choose one of some stories; None to go back."""
        place = self.pick(WHICH_STORY, [*map(lesson_item, lessons), Item(AT_RANDOM)])
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

    def pick(self, title: str, items: Sequence[Item], about: Sequence[Line] = ()) -> int | None:
        """The place of the item chosen, or None to go back."""
        while True:
            chosen = self.face.menu(title, items, about)
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
