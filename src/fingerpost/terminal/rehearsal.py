"""A rehearsal alone: the story, then what one would do, then the review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import assert_never

from ..model.base import replace
from ..page.page import Page
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
from .conversation import Left
from .io.ui import ANYWHERE, Act
from .rehearsal_base import RehearsalSession
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
from .views.walk import Item, note_blocks


class SoloRehearsal(RehearsalSession):
    """One person, one story after another."""

    def rehearse(self, lesson: Lesson) -> None:
        begun = Rehearsal.begin(self.library, lesson.case, self.seed)
        rehearsal = begun if self._read_first(begun) else None
        before = self.finished
        while rehearsal is not None:
            if isinstance(rehearsal.here, Finished):
                # Going back from the review to decide otherwise replaces it.
                self.finished = (*before, Rehearsed(rehearsal))
            rehearsal = self._step(rehearsal)

    def _read_first(self, rehearsal: Rehearsal) -> bool:
        """Read the story; False to go back."""
        story = Line(self.speaker(rehearsal.case).say(rehearsal.case.story))
        again = Line(READ_LATER.format("type" if self.ui.plain else "press"), Style.QUIET)
        return self.pick(THE_STORY, [Item(GO_ON)], [story, again]) is not None

    def _step(self, rehearsal: Rehearsal) -> Rehearsal | None:
        """Do what comes next: the rehearsal after it, or None for another story."""
        match rehearsal.here:
            case JudgementStep(judgement):
                speaker = self.speaker(rehearsal.case)
                choices = [
                    (rehearsal.judged(choice.name), Item(speaker.say(choice.say)))
                    for choice in judgement.choices
                ]
                return self._decide(rehearsal, WHAT_DO_YOU_DO, speaker.say(judgement.ask), choices)
            case NewsStep(inject):
                told = self.speaker(rehearsal.case).say(inject.say)
                return self._decide(rehearsal, NEWS, told, [(rehearsal.went_on(), Item(GO_ON))])
            case UrgencyStep():
                choices = [(rehearsal.urgency(how), item) for how, item in URGENCIES.items()]
                return self._decide(rehearsal, HOW_SOON, SOON, choices)
            case Put(walk):
                said = self._question(rehearsal, asking(walk))
                if isinstance(said, Act):
                    return self._moved(rehearsal, said)
                return rehearsal.answered(said)
            case ServicesStep(routes):
                said = self._question(rehearsal, turning(routes, self.speaker(rehearsal.case)))
                if isinstance(said, Act):
                    return self._moved(rehearsal, said)
                return rehearsal.turned_to(set(said) - {NONE_OF_THESE})
            case EndingStep(walk):  # on the way: the story goes on from it
                shown = self.ending(walk)
                return rehearsal.went_on() if shown == 0 else self._moved(rehearsal, shown)
            case Finished(walk):
                return self._finish(rehearsal, walk)
            case _ as never:
                assert_never(never)

    def _finish(self, rehearsal: Rehearsal, walk: Walk) -> Rehearsal | None:
        """The last ending, and then the review. To close either is to have finished."""
        try:
            said = self.ending(walk, onward=READ_REVIEW)
            while said == 0:
                said = self._review(rehearsal, walk)
                if said is Act.BACK:
                    said = self.ending(walk, onward=READ_REVIEW)
                elif said == 0:
                    return None
        except EOFError:
            raise Left(at_once=False) from None
        return self._moved(rehearsal, said)

    def _review(self, rehearsal: Rehearsal, walk: Walk) -> int | Act:
        blocks = tuple(paper_blocks(reviews([Rehearsed(rehearsal)])))
        shown = replace(self.page(walk), carry_on=ANOTHER_STORY)
        while (said := self.ui.ending(THE_REVIEW, blocks, shown, ())) in ANYWHERE:
            self.aside(Act(said))
        return said

    def page(self, walk: Walk) -> Page:
        shown = super().page(walk)
        return replace(shown, tree_title=f"{NAME}: {shown.tree_title}")

    def _question(self, rehearsal: Rehearsal, shown: QuestionView) -> Collection[str] | Act:
        """Ask a question, with the story to read again in place of the note."""
        story = tuple(story_blocks(self.speaker(rehearsal.case).say(rehearsal.case.story)))
        note = (*story, *((GAP, *note_blocks(shown)) if shown.note else ()))
        return self.ask(marked(shown), note)

    def _decide(
        self, rehearsal: Rehearsal, title: str, asks: str, choices: Sequence[tuple[Rehearsal, Item]]
    ) -> Rehearsal | None:
        """The rehearsal after one of some choices, with the story to read again; or a step back."""
        items = [*(item for _, item in choices), Item(AGAIN)]
        while (place := self.pick(title, items, [Line(asks, Style.TITLE)])) == len(choices):
            self.story(rehearsal.case)
        return self._back(rehearsal) if place is None else choices[place][0]

    def _moved(self, rehearsal: Rehearsal, act: int | Act) -> Rehearsal | None:
        """The rehearsal after an act that moves it; None for another story."""
        if act is Act.CHANGE:
            return self._changed(rehearsal)
        return self._back(rehearsal) if act is Act.BACK else None

    def _back(self, rehearsal: Rehearsal) -> Rehearsal | None:
        """The rehearsal before the last move; before the first, the story, or another one."""
        if rehearsal.moves:
            return rehearsal.back()
        return rehearsal if self._read_first(rehearsal) else None

    def _changed(self, rehearsal: Rehearsal) -> Rehearsal:
        """Go back to an earlier move. What came after it is asked again."""
        made = moves_made(rehearsal)
        if not made:
            self.read([(Line(NOTHING_DONE),)])
            return rehearsal
        place = self.choose(BACK_TO_WHICH, made)
        return rehearsal if place is None else rehearsal.replayed(rehearsal.moves[:place])
