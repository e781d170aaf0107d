"""A rehearsal in a room: a facilitator at the keys, and slides for everybody else."""

from __future__ import annotations

from collections.abc import Collection

from ..model.base import Frozen, replace
from ..page.question import asking
from ..page.text_layout import Block, Style
from ..rehearsal.answer_key import reveal
from ..rehearsal.catalogue import Lesson
from ..rehearsal.debrief import Rehearsed, debrief
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
from ..rehearsal.votes import Option, Vote, counted, leading
from ..sheets.formats.terminal import paper_blocks
from ..walk.walk import Walk
from .conversation import Left
from .io.ui import NUMBERS, Act, Command, Key, Slide
from .rehearsal_base import RehearsalSession
from .views import room as slides
from .views.rehearsal import (
    AT_LAST,
    DEBRIEF,
    HOW_SOON,
    NAME,
    NEWS,
    NONE_OF_THESE,
    ON_THE_WAY,
    SOON,
    THE_STORY,
    TURN_IN_ROOM,
    URGENCIES,
    WHAT_DO_YOU_DO,
    turning,
)

_NEXT = Key("n", "next")
_BACK = Key("b", "back")
_STORY = Key("y", "story")
_OTHER = Key("s", "another")
_VOTE = Key("v", "vote", "Hands for each, such as 3 5 0")
_REVEAL = Key("r", "reveal")
_TIMER = Key("t", "timer", "Minutes, such as 2")
_CHOOSE = Key(NUMBERS, "takes it", "Go on with, such as 2 or 1 3")

_DECIDING = (_VOTE, _REVEAL, _NEXT, _CHOOSE, _BACK, _TIMER, _STORY, _OTHER)
_READING = (_NEXT, _BACK, _TIMER, _OTHER)
_ENDED = (_BACK, _OTHER)

_NOT_SAID = "The story does not say."

_LONGEST = 60
"""Minutes that a timer can run."""


class _Put(Frozen):
    """What the room is asked. ``values`` are those of the options, in their order."""

    title: str
    asked: str
    options: tuple[Option, ...]
    values: tuple[str, ...]
    many: bool = False


class RoomRehearsal(RehearsalSession):
    """A whole room, one story after another."""

    def rehearse(self, lesson: Lesson) -> None:
        begun = Rehearsal.begin(self.library, lesson.case, self.seed)
        rehearsal = begun if self._tell(begun) else None
        before = self.finished
        votes: tuple[Vote, ...] = ()
        while rehearsal is not None:
            if isinstance(rehearsal.here, Finished):
                self.finished = (*before, Rehearsed(rehearsal, votes))
                rehearsal = self._finish(self.finished[-1])
            else:
                rehearsal, votes = self._step(rehearsal, votes)
            if rehearsal is not None:
                votes = votes[: len(rehearsal.moves)]

    def _tell(self, rehearsal: Rehearsal) -> bool:
        """Show the story; False for another one."""
        story = self.speaker(rehearsal.case).say(rehearsal.case.story)
        said = self._read(THE_STORY, self._large(story), rehearsal)
        return said.key == _NEXT.letter

    def _step(
        self, rehearsal: Rehearsal, votes: tuple[Vote, ...]
    ) -> tuple[Rehearsal | None, tuple[Vote, ...]]:
        """Do what comes next: the rehearsal and the votes after it; no rehearsal: another story.

        There is a vote for each move, an empty one where there was nothing to vote on.
        """
        put = self._put(rehearsal)
        if put is None:
            said = self._pass(rehearsal)
            if said.key == _NEXT.letter:
                return rehearsal.went_on(), (*votes, Vote("", ()))
        else:
            vote = self._decided(rehearsal, put)
            if isinstance(vote, Vote):
                values = [put.values[place] for place in sorted(vote.taken)]
                return _moved(rehearsal, values), (*votes, vote)
            said = vote
        if said.key == _OTHER.letter:
            return None, votes
        if rehearsal.moves:
            return rehearsal.back(), votes
        return (rehearsal if self._tell(rehearsal) else None), votes

    def _put(self, rehearsal: Rehearsal) -> _Put | None:
        """What the room is asked here, or None where there is only something to read."""
        speaker = self.speaker(rehearsal.case)
        match rehearsal.here:
            case JudgementStep(judgement):
                options = tuple(Option(speaker.say(each.say)) for each in judgement.choices)
                names = tuple(each.name for each in judgement.choices)
                return _Put(WHAT_DO_YOU_DO, speaker.say(judgement.ask), options, names)
            case QuestionStep(walk):
                shown = asking(walk)
            case UrgencyStep():
                options = tuple(Option(f"{i.says}. {i.about}") for i in URGENCIES.values())
                return _Put(HOW_SOON, SOON, options, tuple(u.name for u in URGENCIES))
            case ServicesStep(routes):
                shown = replace(turning(routes, speaker), ask=TURN_IN_ROOM)
            case _:
                return None
        return _Put(
            f"{NAME}: {shown.tree_title}",
            shown.ask,
            tuple(Option(choice.says, choice.alone) for choice in shown.choices),
            tuple(choice.value for choice in shown.choices),
            shown.many,
        )

    def _decided(self, rehearsal: Rehearsal, put: _Put) -> Vote | Command:
        """Ask the room until it goes on, or until the facilitator asks for something else."""
        hands: tuple[int, ...] = ()
        answer: tuple[tuple[str, str], ...] = ()
        notice = ""
        while True:
            blocks = (
                *self._large(put.asked, Style.TITLE),
                *slides.options(
                    put.options, hands, many=put.many, sign=self.ui.sign, revealed=answer
                ),
            )
            said = self._shown(Slide(put.title, blocks, _DECIDING, notice), rehearsal)
            notice = ""
            match said.key:
                case _VOTE.letter:
                    typed = counted(said.typed, len(put.options))
                    hands = hands if typed is None else typed
                    notice = "" if typed else f"Type {len(put.options)} numbers, one for each."
                case _REVEAL.letter:
                    answer = () if answer else reveal(rehearsal)
                    notice = "" if any(map(any, answer)) or not answer else _NOT_SAID
                case _NEXT.letter:
                    taken = leading(put.options, hands, many=put.many)
                    if len(taken) == 1 or (taken and put.many):
                        return Vote(put.asked, put.options, hands, taken)
                    notice = _why_not_yet(hands)
                case _CHOOSE.letter:
                    chosen = _chosen(said.typed, put)
                    if chosen:
                        return Vote(put.asked, put.options, hands, chosen)
                    notice = f"That is no answer here: {said.typed}"
                case _:
                    return said

    def _pass(self, rehearsal: Rehearsal) -> Command:
        """News, or an ending on the way."""
        here = rehearsal.here
        if isinstance(here, NewsStep):
            news = self.speaker(rehearsal.case).say(here.inject.say)
            return self._read(NEWS, self._large(news, Style.TITLE), rehearsal)
        assert isinstance(here, EndingStep)
        return self._read(ON_THE_WAY, self._advice(here.walk), rehearsal)

    def _advice(self, walk: Walk) -> tuple[Block, ...]:
        """An ending in short rows: how urgent it is, and what to do."""
        return tuple(slides.advice(self.page(walk), far=self.ui.far))

    def _large(self, text: str, style: Style = Style.PLAIN) -> tuple[Block, ...]:
        return tuple(slides.large(text, style, far=self.ui.far))

    def _finish(self, rehearsed: Rehearsed) -> Rehearsal | None:
        """The last ending, then the debrief. To close either is to have finished."""
        rehearsal = rehearsed.rehearsal
        advice = self._advice(rehearsal.walk)
        debriefing = tuple(slides.narrow(paper_blocks(debrief([rehearsed]))))
        try:
            said = self._read(AT_LAST, advice, rehearsal)
            while said.key == _NEXT.letter:
                said = self._read(DEBRIEF, debriefing, rehearsal, _ENDED)
                if said.key == _BACK.letter:
                    said = self._read(AT_LAST, advice, rehearsal)
        except EOFError:
            raise Left(at_once=False) from None
        return rehearsal.back() if said.key == _BACK.letter else None

    def _read(
        self,
        title: str,
        blocks: tuple[Block, ...],
        rehearsal: Rehearsal,
        keys: tuple[Key, ...] = _READING,
    ) -> Command:
        return self._shown(Slide(title, blocks, keys), rehearsal)

    def _shown(self, slide: Slide, rehearsal: Rehearsal) -> Command:
        """Show a slide until the facilitator asks for more than an aside or the timer."""
        while True:
            said = self.ui.slide(slide)
            slide = replace(slide, notice="")
            if isinstance(said.key, Act):
                self.aside(said.key)
            elif said.key == _TIMER.letter:
                slide = replace(slide, notice=self._time(said.typed))
            elif said.key == _STORY.letter:
                story = self.speaker(rehearsal.case).say(rehearsal.case.story)
                self._read(THE_STORY, self._large(story), rehearsal, (_NEXT,))
            else:
                return said

    def _time(self, typed: str) -> str:
        """Start the timer; what to say if that was no number of minutes."""
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:3]) <= _LONGEST):
            return f"Type minutes from 1 to {_LONGEST}."
        self.ui.countdown(60 * int(typed))
        return ""


def _moved(rehearsal: Rehearsal, values: Collection[str]) -> Rehearsal:
    """The rehearsal after the room has gone on with some values."""
    match rehearsal.here:
        case JudgementStep():
            return rehearsal.judged(*values)
        case UrgencyStep():
            [urgency] = [each for each in URGENCIES if each.name in values]
            return rehearsal.urgency(urgency)
        case ServicesStep():
            return rehearsal.turned_to(set(values) - {NONE_OF_THESE})
        case _:
            return rehearsal.answered(values)


def _why_not_yet(hands: tuple[int, ...]) -> str:
    tie = "It is a tie" if any(hands) else "No hands were counted"
    return f"{tie}. Vote again, or type the number to go on with."


def _chosen(typed: str, put: _Put) -> frozenset[int]:
    """The indices of the options whose numbers were typed; empty if that is no answer."""
    words = typed.replace(",", " ").split()
    known = {str(number): number - 1 for number in range(1, len(put.options) + 1)}
    if not all(word in known for word in words):
        return frozenset()
    chosen = frozenset(known[word] for word in words)
    alone = any(put.options[place].alone for place in chosen)
    return frozenset() if len(chosen) > 1 and (alone or not put.many) else chosen
