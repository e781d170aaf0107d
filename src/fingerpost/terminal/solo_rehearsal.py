"""A rehearsal by one person: the story, the decisions, then the review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import assert_never

from ..model.base import replace
from ..model.sentence import Urgency
from ..page.messages import say
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
    QuestionStep,
    Rehearsal,
    ServicesStep,
    UrgencyStep,
)
from ..rehearsal.review_document import BANNER
from ..sheets.formats.terminal import document_blocks
from ..walk.walk import Walk
from .conversation import Left
from .io.ui import ANYWHERE, Act, Item, Menu
from .rehearsal_base import RehearsalSession
from .views.rehearsal_screens import (
    NONE_OF_THESE,
    marked,
    moves_made,
    story_blocks,
    turning,
    urgency_item,
)
from .views.walk_screens import note_blocks


class SoloRehearsal(RehearsalSession):
    """A rehearsal by one person, one story after another."""

    def rehearse(self, lesson: Lesson) -> None:
        begun = Rehearsal.begin(self.library, lesson.case, self.seed)
        rehearsal = begun if self._read_first(begun) else None
        before = self.finished
        while rehearsal is not None:
            if isinstance(rehearsal.here, Finished):
                # A user may go back from the review and decide otherwise: the last one counts.
                self.finished = (*before, Rehearsed(rehearsal))
            rehearsal = self._step(rehearsal)

    def _read_first(self, rehearsal: Rehearsal) -> bool:
        """Show the story; False to go back."""
        again = say("rehearsal.read-later-plain" if self.ui.plain else "rehearsal.read-later")
        about = (Line(self.story(rehearsal.case)), Line(again, Style.QUIET))
        menu = Menu(say("rehearsal.story"), (Item(say("rehearsal.go-on")),), about)
        return self.pick(menu) is not None

    def _step(self, rehearsal: Rehearsal) -> Rehearsal | None:
        """The rehearsal after its next step, or None for another story."""
        speaker = self.speaker(rehearsal.case)
        match rehearsal.here:
            case JudgementStep(judgement):
                choices = [
                    (rehearsal.judged(choice.name), Item(speaker.say(choice.say)))
                    for choice in judgement.choices
                ]
                title = say("rehearsal.decide")
                return self._decide(rehearsal, title, speaker.say(judgement.ask), choices)
            case NewsStep(inject):
                onward = [(rehearsal.went_on(), Item(say("rehearsal.go-on")))]
                return self._decide(
                    rehearsal, say("rehearsal.news"), speaker.say(inject.say), onward
                )
            case UrgencyStep():
                choices = [(rehearsal.urgency(u), urgency_item(u)) for u in reversed(Urgency)]
                title = say("rehearsal.urgency")
                return self._decide(rehearsal, title, say("rehearsal.urgency-asks"), choices)
            case QuestionStep(walk):
                said = self._question(rehearsal, asking(walk))
                if isinstance(said, Act):
                    return self._moved(rehearsal, said)
                return rehearsal.answered(said)
            case ServicesStep(routes):
                said = self._question(rehearsal, turning(routes, speaker))
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

    def _finish(self, rehearsal: Rehearsal, walk: Walk) -> Rehearsal | None:
        """Show the last ending, then the review. The end of input at either ends the rehearsal."""
        try:
            said = self.ending(walk, onward=say("rehearsal.read-review"))
            while said == 0:
                said = self._review(rehearsal, walk)
                if said is Act.BACK:
                    said = self.ending(walk, onward=say("rehearsal.read-review"))
                elif said == 0:
                    return None
        except EOFError:
            raise Left(at_once=False) from None
        return self._moved(rehearsal, said)

    def _review(self, rehearsal: Rehearsal, walk: Walk) -> int | Act:
        blocks = tuple(document_blocks(reviews([Rehearsed(rehearsal)])))
        shown = replace(self.page(walk), carry_on=say("rehearsal.another-story"))
        while (
            said := self.ui_at(None).ending(say("rehearsal.review"), blocks, shown, ())
        ) in ANYWHERE:
            self.aside(Act(said))
        return said

    def page(self, walk: Walk) -> Page:
        shown = super().page(walk)
        return replace(shown, tree_title=f"{BANNER}: {shown.tree_title}")

    def _question(self, rehearsal: Rehearsal, shown: QuestionView) -> Collection[str] | Act:
        """Ask a question whose note is the story, followed by the worker's note if there is one."""
        story = self.story(rehearsal.case)
        note = (*story_blocks(story), *((GAP, *note_blocks(shown)) if shown.note else ()))
        return self.ask(marked(shown, story), note, change=bool(moves_made(rehearsal)))

    def _decide(
        self, rehearsal: Rehearsal, title: str, asks: str, choices: Sequence[tuple[Rehearsal, Item]]
    ) -> Rehearsal | None:
        """The rehearsal after one of some choices, or a step back; offers the story too."""
        items = (*(item for _, item in choices), Item(say("rehearsal.story-again")))
        story = self.story(rehearsal.case)
        menu = Menu(title, items, (Line(asks, Style.TITLE),), story=story)
        while (place := self.pick(menu)) == len(choices):
            self.read(story_blocks(story))
        return self._back(rehearsal) if place is None else choices[place][0]

    def _moved(self, rehearsal: Rehearsal, act: int | Act) -> Rehearsal | None:
        """The rehearsal after an act that moves it; None for another story."""
        if act is Act.CHANGE:
            return self._changed(rehearsal)
        return self._back(rehearsal) if act is Act.BACK else None

    def _back(self, rehearsal: Rehearsal) -> Rehearsal | None:
        """The rehearsal before the last move; before the first, the story or None."""
        if rehearsal.moves:
            return rehearsal.back()
        return rehearsal if self._read_first(rehearsal) else None

    def _changed(self, rehearsal: Rehearsal) -> Rehearsal:
        """The rehearsal before an earlier move, from which everything is asked again."""
        made = moves_made(rehearsal)
        place = self.choose(say("rehearsal.change"), made)
        return rehearsal if place is None else rehearsal.replayed(rehearsal.moves[:place])
