"""Rehearsals on a terminal: the choice of a story, and one person's way through it to a review."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from random import choice
from typing import assert_never

from ..model.base import replace
from ..model.case import Case, Scene
from ..model.library import Library
from ..model.sentence import Urgency
from ..page.messages import say
from ..page.opening_hours import Clock
from ..page.page import Page
from ..page.question import QuestionView
from ..page.speaker import Speaker
from ..page.text_layout import GAP, Block, Line, Style
from ..rehearsal.answer_key import said_alike, what_is_asked
from ..rehearsal.catalogue import Lesson, Search, SpokenOf, Topic, lesson
from ..rehearsal.debrief import Rehearsed
from ..rehearsal.rehearsal import (
    EndingStep,
    Finished,
    JudgementStep,
    NewsStep,
    QuestionStep,
    Rehearsal,
    ServicesStep,
    UrgencyStep,
)
from ..rehearsal.review import read_out
from ..rehearsal.review_document import banner, review_document
from ..sheets.formats.text import document_blocks
from ..walk.walk import Walk
from .conversation import Context, Conversation, Left
from .io.background import Background
from .io.ui import Act, Hits, Item, LateItems, Menu, Ui
from .rehearsal_screens import (
    NONE_OF_THESE,
    about_lines,
    came_of_it,
    filled_in,
    goodbye_blocks,
    lesson_item,
    opening_blocks,
    scene_lines,
    set_right,
    story_blocks,
    to_fill_in,
    turning,
    urgency_item,
)
from .walk_screens import note_blocks

_FOUND = 12
"""The most stories that are found by some words."""

_BEGINNING = 3
"""The most letters of a word that is still being typed: of one that no story has, nothing is said.
"""

_AT_ONCE = 100
"""The most stories of those that an option selects that are listed without their topics."""


class RehearsalSession(Conversation, ABC):
    """Rehearses stories, one after the other.

    ``topics`` are the stories to choose from, at least one; those in ``named`` come first, without
    a choice. ``begun`` are the stories in which something has
    been decided. The danger key is about the user, of whom no facts are known, and never about the
    story. ``keeps`` is the file to which the review will be written, or empty, and ``keep`` writes
    that of such stories.
    """

    def __init__(
        self,
        ui: Ui,
        library: Library,
        clock: Callable[[], Clock],
        topics: Sequence[Topic],
        named: Iterable[Lesson] = (),
        keeps: str = "",
        keep: Callable[[tuple[Rehearsed, ...]], None] | None = None,
    ) -> None:
        super().__init__(ui, library, clock, Context(banner(), {}))
        self.topics = topics
        self.keeps = keeps
        self.keep = keep
        self.begun: tuple[Rehearsed, ...] = ()
        self.named = list(named)
        self._search = Background(partial(Search.prepared, library, topics))
        self._spoken_of = SpokenOf(library)

    def run(self) -> None:
        """Rehearse until the user leaves, which raises Left.

        Raises EOFError at the end of input before a review.
        """
        self.open()
        while True:
            self.rehearse(self.lesson())

    @abstractmethod
    def rehearse(self, lesson: Lesson) -> None:
        """Rehearse one story, and append it to ``begun`` as soon as something is decided."""

    def open(self) -> None:
        """The first screen, while which is read the stories are prepared to be searched."""
        if not (self.far or self.named):
            self._search.is_ready()
        blocks = opening_blocks(plain=self.ui.plain, can_clear=self.ui.can_clear, far=self.far)
        self.opening(blocks)

    def lesson(self) -> Lesson:
        """The next story, accepted by the user after reading what it is about."""
        while True:
            lesson = self.named.pop(0) if self.named else self.chosen()
            if lesson is None:
                self.open()
            elif self.accepts(lesson):
                return lesson

    def accepts(self, lesson: Lesson) -> bool:
        """Whether the user takes a story, after reading what it is about."""
        begin = "scene.start" if lesson.case.scene else "rehearsal.read-story"
        items = (Item(say(begin)), Item(say("rehearsal.another")))
        return self.pick(Menu(say("rehearsal.about-this"), items, self.about_story(lesson))) == 0

    def about_story(self, lesson: Lesson) -> Block:
        """What a story is about, and that it may be left out."""
        return tuple(about_lines(self.library, lesson, far=self.far))

    def chosen(self) -> Lesson | None:
        """Choose a scene, or a topic and one of its stories. None to go back."""
        every = [each for topic in self.topics for each in topic.lessons]
        scenes = [each for each in every if each.case.scene]
        mild = [each for each in scenes if not self._spoken_of(each.case)]
        if len(self.topics) == 1 or len(every) < min(len(self.library.cases), _AT_ONCE):
            return self._one_of(sorted(every, key=lambda each: each.case.scene is None))
        if not scenes:
            return self._of_topics(every)
        items = [Item(say("scene.surprise")), Item(say("scene.more"))]
        items += [lesson_item(self._spoken_of, each, far=self.far) for each in scenes]
        while isinstance(said := self._said("which-scene", items, every), int):
            if said == 0:
                return choice(mild or scenes)  # noqa: S311 - no secret; and no surprise by abuse
            if said > 1:
                return scenes[said - 2]
            if found := self._of_topics(every):
                return found
        return said

    def _of_topics(self, every: Sequence[Lesson]) -> Lesson | None:
        """Choose a topic and one of its stories. None to go back."""
        stories = [say("rehearsal.stories", count=len(topic.lessons)) for topic in self.topics]
        items = [Item(each.title, says) for each, says in zip(self.topics, stories, strict=True)]
        while True:
            said = self._said("which-topic", items, every)
            if not isinstance(said, int):
                return said
            if found := self._one_of(self.topics[said].lessons):
                return found

    def _one_of(self, lessons: Sequence[Lesson]) -> Lesson | None:
        """Choose one of some stories, which are listed with what they speak of. None to go back."""
        found = self._said("which-story", (), lessons)
        assert not isinstance(found, int)  # without other items only a story is chosen
        return found

    def _said(
        self, title: str, listed: Sequence[Item], lessons: Sequence[Lesson]
    ) -> int | Lesson | None:
        """The number from 0 of a listed item, or a story, which is found by its words; without such
        items they are listed themselves. None to go back. Of many that are found the last number
        lists all. In a room letters are keys, and nothing is searched."""
        found: tuple[Lesson, ...] = ()

        def find(words: str) -> Hits:
            nonlocal found
            search, typing = self._search(), words.rpartition(" ")[2]
            found, told = search.among(lessons, words), []
            if not found and not self.ui.plain and 0 < len(typing) <= _BEGINNING:
                return Hits((*range(1, 1 + (len(listed) or len(lessons))),))
            if not found and (meant := search.mended(words)):
                found, told = search.among(lessons, meant), [say("rehearsal.meant", words=meant)]
            numbers = [len(listed) + lessons.index(each) + 1 for each in found]
            if len(found) > _FOUND:
                told.append(say("rehearsal.more-found", count=len(found)))
                numbers[_FOUND:] = [len(listed) + len(lessons) + 1]
            return Hits(
                tuple(numbers), " ".join(told) if found else say("rehearsal.nothing", words=words)
            )

        def item(place: int) -> Item:
            if place < len(listed):
                return listed[place]
            if place == len(listed) + len(lessons):
                return Item(say("rehearsal.all-found"))
            return lesson_item(self._spoken_of, lessons[place - len(listed)], far=self.far)

        menu = Menu(
            say(f"rehearsal.{title}"),
            LateItems(item, range(len(listed) + len(lessons) + 1)),
            find=None if self.far else find,
            ready=self._search.is_ready,
            asks=say("rehearsal.find-topic"),
            listed=len(listed) or len(lessons),
        )
        while (place := self.pick(menu)) == len(menu.items) - 1:
            if chosen := self._one_of(found):
                return chosen
        return place if place is None or place < len(listed) else lessons[place - len(listed)]

    def speaker(self, case: Case) -> Speaker:
        """The speaker of a case's sentences."""
        return Speaker(self.library, case.answers, case.tree)

    def story(self, case: Case) -> str:
        """What is read out of a case."""
        return read_out(self.library, case)

    def stopping(self) -> None:
        if self.keep is not None and self.begun:
            self.keep(self.begun)

    def farewell(self, at: Context | None) -> Iterable[Block]:
        key = "rehearsal.kept" if self.begun else "rehearsal.none-finished"
        return goodbye_blocks(say(key, file=self.keeps) if self.keeps else "")


class SoloRehearsal(RehearsalSession):
    """A rehearsal by one person, one story after another."""

    def rehearse(self, lesson: Lesson) -> None:
        begun = Rehearsal.begin(self.library, lesson.case)
        rehearsal = begun if self._read_first(begun) else None
        before = self.begun
        while rehearsal is not None:
            # A user may go back and decide otherwise: the last one counts.
            self.begun = (*before, Rehearsed(rehearsal)) if rehearsal.moves else before
            rehearsal = self._step(rehearsal)

    def _read_first(self, rehearsal: Rehearsal) -> bool:
        """Show the story; False to go back. A scene begins at once."""
        if rehearsal.case.scene:
            return True
        again = say("rehearsal.read-later-plain" if self.ui.plain else "rehearsal.read-later")
        filled = (line for block in filled_in(rehearsal) for line in (*GAP, *block) if block != GAP)
        about = (Line(self.story(rehearsal.case)), *filled, *GAP, Line(again, Style.QUIET))
        menu = Menu(say("rehearsal.story"), (Item(say("rehearsal.go-on")),), about)
        return self.pick(menu) is not None

    def _step(self, rehearsal: Rehearsal) -> Rehearsal | None:
        """The rehearsal after its next step, or None for another story."""
        scene = rehearsal.case.scene
        if scene and not isinstance(rehearsal.here, Finished):
            return self._in_scene(rehearsal, scene)
        return self._in_story(rehearsal)

    def _in_story(self, rehearsal: Rehearsal) -> Rehearsal | None:
        speaker = self.speaker(rehearsal.case)
        match rehearsal.here:
            case JudgementStep(judgement):
                says = zip(said_alike(judgement, speaker), judgement.choices, strict=True)
                choices = [(rehearsal.judged(each.name), Item(said)) for said, each in says]
                title = say("rehearsal.decide")
                return self._decide(rehearsal, title, what_is_asked(judgement, speaker), choices)
            case NewsStep(inject):
                onward = [(rehearsal.went_on(), Item(say("rehearsal.go-on")))]
                return self._decide(
                    rehearsal, say("rehearsal.news"), speaker.say(inject.say), onward
                )
            case UrgencyStep():
                choices = [(rehearsal.urgency(u), urgency_item(u)) for u in reversed(Urgency)]
                title = say("rehearsal.urgency")
                return self._decide(rehearsal, title, say("rehearsal.urgency-asks"), choices)
            case QuestionStep():
                said = self._question(rehearsal, to_fill_in(rehearsal))
                if isinstance(said, Act):
                    return self._moved(rehearsal, said)
                return rehearsal.answered(said)
            case ServicesStep(routes):
                said = self._question(rehearsal, turning(routes, rehearsal.told))
                if isinstance(said, Act):
                    return self._moved(rehearsal, said)
                return rehearsal.turned_to(set(said) - {NONE_OF_THESE})
            case EndingStep(walk):  # on the way: the story goes on from it
                shown = self.ending(walk)
                return rehearsal.went_on() if shown == 0 else self._moved(rehearsal, shown)
            case Finished(walk):
                return self._finish(rehearsal, walk)
            case never:
                assert_never(never)

    def _in_scene(self, rehearsal: Rehearsal, scene: Scene) -> Rehearsal | None:
        """The rehearsal after the next moment of a scene, or after who is rung first."""
        speaker, here = self.speaker(rehearsal.case), rehearsal.here
        assert isinstance(here, JudgementStep)  # a scene has no other step
        items = [Item(speaker.say(choice.say)) for choice in here.judgement.choices]
        moved = [partial(rehearsal.judged, each.name) for each in here.judgement.choices]
        title = f"{banner()}: {speaker.say(scene.title)}"
        about = tuple(scene_lines(rehearsal, speaker))
        place = self.pick(Menu(title, tuple(items), about))
        return self._back(rehearsal) if place is None else moved[place]()

    def _finish(self, rehearsal: Rehearsal, walk: Walk) -> Rehearsal | None:
        """Show the review without its head, and the page of the story if that is wanted. The end of
        input at either ends the rehearsal."""
        _, *found = document_blocks(review_document(rehearsal))
        came = tuple(came_of_it(rehearsal, self.speaker(rehearsal.case)))
        found = [GAP, came, *found] if came else found
        lines = tuple(line for block in found for line in block)
        page = say("scene.see-page", readers=say(f"index.reader.{self.page(walk).reader}"))
        items = tuple(map(Item, (page, say("scene.again"), say("rehearsal.another-story"))))
        menu = Menu(say("rehearsal.review"), items, lines)
        try:
            while (place := self.pick(menu)) == 0:
                if self.ending(walk, onward=items[2].says) == 0:
                    return None
        except EOFError:
            raise Left(at_once=False) from None
        if place == 1:
            self.named.insert(0, lesson(self.library, rehearsal.case))
        return rehearsal.back() if place is None else None

    def above(self, shown: Page) -> str:
        return f"{banner()}: {shown.tree_title}"

    def _question(self, rehearsal: Rehearsal, shown: QuestionView) -> Collection[str] | Act:
        """Ask a question whose note is the story, followed by the worker's note if there is one."""
        right = (line.text for line in set_right(rehearsal))
        story = " ".join([self.story(rehearsal.case), *right])
        if rehearsal.walk.teller != "staff":
            story = f"{story} {say('rehearsal.answer-as')}"
        note = (*story_blocks(story), *((GAP, *note_blocks(shown.note)) if shown.note else ()))
        again = say("rehearsal.reminder", story=story)
        return self.ask(replace(shown, banner=banner(), story=again), note, change=False)

    def _decide(
        self, rehearsal: Rehearsal, title: str, asks: str, choices: Sequence[tuple[Rehearsal, Item]]
    ) -> Rehearsal | None:
        """The rehearsal after one of some choices, or a step back; a key shows the story too."""
        story, items = self.story(rehearsal.case), tuple(item for _, item in choices)
        about = (*set_right(rehearsal), Line(asks, Style.TITLE))
        again, acts = say("rehearsal.reminder", story=story), (Act.BACK, Act.NOTE)
        menu = Menu(title, items, about, story=again, acts=acts)
        place = self.pick(menu, note=tuple(story_blocks(story)))
        return self._back(rehearsal) if place is None else choices[place][0]

    def _moved(self, rehearsal: Rehearsal, act: int | Act) -> Rehearsal | None:
        """The rehearsal after an act that moves it; None for another story."""
        return self._back(rehearsal) if act is Act.BACK else None

    def _back(self, rehearsal: Rehearsal) -> Rehearsal | None:
        """The rehearsal before the last move; before the first, the story or None."""
        if rehearsal.moves:
            return rehearsal.back()
        read_again = not rehearsal.case.scene and self._read_first(rehearsal)
        return rehearsal if read_again else None
