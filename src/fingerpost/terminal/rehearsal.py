"""Rehearsing alone: the story, then what one would do, then the review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import assert_never

from ..model.base import replace
from ..model.case import Inject, Judgement
from ..model.tree import Outcome
from ..page.page import Page, page
from ..page.page_text import page_blocks
from ..page.question import QuestionView, asking
from ..page.text_layout import GAP, Line, Style
from ..rehearsal.catalogue import Lesson
from ..rehearsal.debrief import Rehearsed, reviews
from ..rehearsal.rehearsal import (
    EndingStep,
    Finished,
    JudgementStep,
    NewsStep,
    Rehearsal,
    ServicesStep,
    UrgencyStep,
)
from ..rehearsal.rehearsal import QuestionStep as Put
from ..sheets.formats.terminal import paper_blocks
from ..walk.walk import Walk
from .conversation import Act, Left
from .rehearsal_base import Stage
from .views.rehearsal import (
    AGAIN,
    ANOTHER_STORY,
    BACK_TO_WHICH,
    GO_ON,
    HOW_SOON,
    NAME,
    NEWS,
    NONE_OF_THESE,
    NOTHING_DONE,
    READ_LATER,
    READ_REVIEW,
    SOON,
    THE_REVIEW,
    THE_STORY,
    URGENCIES,
    WHAT_DO_YOU_DO,
    marked,
    moves_made,
    story_blocks,
    turning,
)
from .views.walk import Item, note_blocks, why_blocks, word_blocks, worker_blocks

_ASIDE = (Act.DANGER, Act.LEAVE, Act.STOP)


class Alone(Stage):
    """One person, one story after another."""

    def rehearse(self, lesson: Lesson) -> None:
        begun = Rehearsal.begin(self.library, lesson.case, self.seed)
        rehearsal = begun if self._read_first(begun) else None
        before = self.finished
        while rehearsal is not None:
            if isinstance(rehearsal.here, Finished):
                # Whoever goes back from the review and does it otherwise has done it otherwise.
                self.finished = (*before, Rehearsed(rehearsal))
            rehearsal = self._step(rehearsal)

    def _read_first(self, rehearsal: Rehearsal) -> bool:
        """Read the story; False to leave it at that."""
        story = Line(self.speaker(rehearsal.case).say(rehearsal.case.story))
        again = Line(READ_LATER.format("type" if self.face.plain else "press"), Style.QUIET)
        return self.pick(THE_STORY, [Item(GO_ON)], [story, again]) is not None

    def _step(self, rehearsal: Rehearsal) -> Rehearsal | None:
        """What comes next, and then the rehearsal after it; None for another story."""
        match rehearsal.here:
            case JudgementStep(judgement):
                return self._judge(rehearsal, judgement)
            case Put(walk):
                return self._answer(rehearsal, walk)
            case NewsStep(inject):
                return self._hear(rehearsal, inject)
            case EndingStep(walk):
                return self._pass(rehearsal, walk)
            case UrgencyStep():
                return self._say_how_soon(rehearsal)
            case ServicesStep(routes):
                shown = turning(routes, self.speaker(rehearsal.case))
                said = self._ask(rehearsal, shown)
                if isinstance(said, Act):
                    return self._turned_back(rehearsal, said)
                return rehearsal.turned_to(set(said) - {NONE_OF_THESE})
            case Finished(walk):
                return self._finish(rehearsal, walk)
            case _ as never:
                assert_never(never)

    def _judge(self, rehearsal: Rehearsal, judgement: Judgement) -> Rehearsal | None:
        speaker = self.speaker(rehearsal.case)
        items = [Item(speaker.say(choice.say)) for choice in judgement.choices]
        ask = Line(speaker.say(judgement.ask), Style.TITLE)
        place = self._choose(rehearsal, WHAT_DO_YOU_DO, items, ask)
        if place is None:
            return self._back(rehearsal)
        return rehearsal.judged(judgement.choices[place].name)

    def _answer(self, rehearsal: Rehearsal, walk: Walk) -> Rehearsal | None:
        said = self._ask(rehearsal, asking(walk))
        if isinstance(said, Act):
            return self._turned_back(rehearsal, said)
        return rehearsal.answered(said)

    def _hear(self, rehearsal: Rehearsal, inject: Inject) -> Rehearsal | None:
        told = Line(self.speaker(rehearsal.case).say(inject.say), Style.TITLE)
        if self._choose(rehearsal, NEWS, [Item(GO_ON)], told) is None:
            return self._back(rehearsal)
        return rehearsal.went_on()

    def _pass(self, rehearsal: Rehearsal, walk: Walk) -> Rehearsal | None:
        """An ending on the way, from which the story goes on."""
        said = self._show(walk)
        return rehearsal.went_on() if said == 0 else self._turned_back(rehearsal, said)

    def _say_how_soon(self, rehearsal: Rehearsal) -> Rehearsal | None:
        ask = Line(SOON, Style.TITLE)
        place = self._choose(rehearsal, HOW_SOON, list(URGENCIES.values()), ask)
        if place is None:
            return self._back(rehearsal)
        return rehearsal.urgency(tuple(URGENCIES)[place])

    def _finish(self, rehearsal: Rehearsal, walk: Walk) -> Rehearsal | None:
        """What the tree shows at last, and then the review. Whoever closes it here has finished."""
        try:
            said = self._show(walk, onward=READ_REVIEW)
            while said == 0:
                said = self._review(rehearsal, walk)
                if said is Act.BACK:
                    said = self._show(walk, onward=READ_REVIEW)
                elif said == 0:
                    return None
        except EOFError:
            raise Left(at_once=False) from None
        return self._turned_back(rehearsal, said)

    def _review(self, rehearsal: Rehearsal, walk: Walk) -> int | Act:
        blocks = tuple(paper_blocks(reviews([Rehearsed(rehearsal)])))
        shown = replace(self._page(walk), carry_on=ANOTHER_STORY)
        while (said := self.face.ending(THE_REVIEW, blocks, shown, ())) in _ASIDE:
            self.aside(Act(said))
        return said

    def _show(self, walk: Walk, *, onward: str = "") -> int | Act:
        """Show an ending until it is left: 0 to go on, or an act that turns the rehearsal.

        ``onward`` are the words of the way on, where it is not the ending's own.
        """
        more = False
        while True:
            shown = self._page(walk)
            if onward:
                shown = replace(shown, carry_on=onward)
            acts = _keys_at(shown, more=more)
            title = f"{NAME}: {shown.tree_title}"
            said = self.face.ending(title, tuple(page_blocks(shown, more=more)), shown, acts)
            match said:
                case Act.MORE:
                    more = True
                case Act.WORDS:
                    self.read(word_blocks(shown.words))
                case Act.NOTE:
                    self.read(worker_blocks(line.text for line in shown.worker))
                case Act.DANGER | Act.LEAVE | Act.STOP:
                    self.aside(said)
                case _:
                    return said

    def _page(self, walk: Walk) -> Page:
        assert isinstance(walk.here, Outcome)
        return page(self.library, walk.tree, walk.here, walk.facts, self.clock())

    def _ask(self, rehearsal: Rehearsal, shown: QuestionView) -> Collection[str] | Act:
        """Ask a question until it is answered, or left by an act that turns the rehearsal."""
        story = tuple(story_blocks(self.speaker(rehearsal.case).say(rehearsal.case.story)))
        about = {
            Act.WHY: tuple(why_blocks(shown)),
            Act.WORDS: tuple(word_blocks(shown.words)),
            Act.NOTE: (*story, *((GAP, *note_blocks(shown)) if shown.note else ())),
        }
        while True:
            said = self.face.question(marked(shown))
            if not isinstance(said, Act) or said in (Act.BACK, Act.CHANGE):
                return said
            if said in about:
                self.read(about[said])
            else:
                self.aside(said)

    def _choose(
        self, rehearsal: Rehearsal, title: str, items: Sequence[Item], about: Line
    ) -> int | None:
        """Choose one of some items, with the story to read again; None to go back."""
        while True:
            place = self.pick(title, [*items, Item(AGAIN)], [about])
            if place != len(items):
                return place
            self.story(rehearsal.case)

    def _turned_back(self, rehearsal: Rehearsal, act: int | Act) -> Rehearsal | None:
        """The rehearsal after an act that turns it; None for another story."""
        if act is Act.CHANGE:
            return self._changed(rehearsal)
        return self._back(rehearsal) if act is Act.BACK else None

    def _back(self, rehearsal: Rehearsal) -> Rehearsal | None:
        """The rehearsal before the last move; before the first, the story, or another one."""
        if rehearsal.moves:
            return rehearsal.back()
        return rehearsal if self._read_first(rehearsal) else None

    def _changed(self, rehearsal: Rehearsal) -> Rehearsal:
        """Go back to an earlier place. What came after it is asked again."""
        made = moves_made(rehearsal)
        if not made:
            self.read([(Line(NOTHING_DONE),)])
            return rehearsal
        place = self.pick(BACK_TO_WHICH, [item for _, item in made])
        if place is None:
            return rehearsal
        return rehearsal.replayed(rehearsal.moves[: made[place][0]])


def _keys_at(shown: Page, *, more: bool) -> tuple[Act, ...]:
    """The keys that do something at this ending."""
    able = {
        Act.MORE: not more and any(each.more for each in shown.help),
        Act.WORDS: bool(shown.words),
        Act.NOTE: bool(shown.worker),
    }
    return tuple(act for act, can in able.items() if can)
