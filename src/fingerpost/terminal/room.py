"""A rehearsal in a room: slides for the group, and keys for its facilitator."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import partial
from typing import TypeAlias

from ..model.base import Frozen, replace
from ..model.sentence import Urgency
from ..page.messages import say
from ..page.text_layout import GAP, Block, Line, Style
from ..rehearsal.answer_key import Verdict, answer_key, lettered, said_alike, what_is_asked
from ..rehearsal.catalogue import Lesson, lesson
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
from ..rehearsal.votes import Option, Vote, counted, leading
from . import rehearsal_screens as slides
from .conversation import Left
from .io.ui import NUMBERS, Act, Command, Key, Slide
from .rehearsal_screens import NONE_OF_THESE, to_fill_in, turning, urgency_item
from .rehearsal_session import RehearsalSession


class _Does(StrEnum):
    """What a key does. The value is its letter."""

    ENTER = "e"
    NEXT = "n"
    HANDS = NUMBERS
    BACK = Act.BACK.value
    STORY = "y"
    OTHER = "s"


_Step: TypeAlias = tuple[str, tuple[Option, ...], int]
"""A question to the room: what is asked, the options, and how much news there has been. It is the
same by whichever way the room comes to it."""


def _key(does: _Does) -> Key:
    return Key(does.value, say(f"rehearsal.key.{does.name.lower()}"))


def _onward(does: str = "", by: _Does = _Does.NEXT) -> Key:
    """The key that goes on from every slide, and what it ``does`` if that is more than that."""
    return Key(by.value, does or say("rehearsal.key.next"), called=say("rehearsal.key.enter"))


class _Put(Frozen):
    """A question to the room. ``told`` stands above it, and ``says`` in its place: of a scene, line
    by line."""

    title: str
    asked: str
    options: tuple[Option, ...]
    many: bool = False
    told: Block = ()
    says: Block = ()

    def step(self, rehearsal: Rehearsal) -> _Step:
        return self.asked, self.options, len(rehearsal.news)


class RoomRehearsal(RehearsalSession):
    """A rehearsal by a room, one story after another."""

    far = True

    _hands: dict[_Step, tuple[int, ...]]
    """The last hands at each step: coming back shows them again."""

    _decided: dict[_Step, frozenset[int]]
    """What the room went on with at each step."""

    def accepts(self, lesson: Lesson) -> bool:
        keys = (_onward(say("rehearsal.key.begin")), _key(_Does.OTHER))
        slide = Slide(say("rehearsal.about-this"), (self.about_story(lesson),), keys)
        return self._shown(slide, None).key == _Does.NEXT

    def rehearse(self, lesson: Lesson) -> None:
        self._hands, self._decided = {}, {}
        before = self.begun
        begun = Rehearsal.begin(self.library, lesson.case)
        rehearsal = begun if self._tell(begun) else None
        votes: tuple[Vote, ...] = ()
        came_back = False
        while rehearsal is not None:
            decided = any(vote.taken for vote in votes)
            self.begun = (*before, *([Rehearsed(rehearsal, votes)] if decided else []))
            moves = len(rehearsal.moves)
            if isinstance(rehearsal.here, Finished):
                rehearsal = self._finish(Rehearsed(rehearsal, votes))
            else:
                rehearsal, votes = self._step(rehearsal, votes, came_back=came_back)
            if rehearsal is not None:
                came_back = len(rehearsal.moves) < moves
                votes = votes[: len(rehearsal.moves)]

    def _tell(self, rehearsal: Rehearsal) -> bool:
        """Show the story; False to go back to what it is about."""
        said = self._read(say("rehearsal.story"), self._story(rehearsal), rehearsal)
        self.named[:0] = [lesson(self.library, rehearsal.case)] if said.key == _Does.BACK else []
        return said.key == _Does.NEXT

    def _step(
        self, rehearsal: Rehearsal, votes: tuple[Vote, ...], *, came_back: bool
    ) -> tuple[Rehearsal | None, tuple[Vote, ...]]:
        """The rehearsal and the votes after its next step; None in its place for another story.

        There is one vote for each move, empty for a step without a question or a vote.
        """
        put = self._put(rehearsal)
        if put is None:
            said = self._pass(rehearsal)
            if said.key == _Does.NEXT:
                return rehearsal.went_on(), (*votes, Vote("", ()))
        else:
            vote = self._voted(rehearsal, put, came_back=came_back)
            if isinstance(vote, Vote):
                self._decided[put.step(rehearsal)] = vote.taken
                return _moved(rehearsal, put, vote.taken), (*votes, vote)
            said = vote
        if rehearsal.moves:
            return rehearsal.back(), votes
        return (rehearsal if self._tell(rehearsal) else None), votes

    def _put(self, rehearsal: Rehearsal) -> _Put | None:
        """The question to the room, or None for a step that is only read."""
        speaker = self.speaker(rehearsal.case)
        match rehearsal.here:
            case JudgementStep(judgement):
                said = zip(said_alike(judgement, speaker), judgement.choices, strict=True)
                options = tuple(Option(says, value=each.name) for says, each in said)
                title = say("rehearsal.decide")
                if scene := rehearsal.case.scene:
                    letter = lettered(scene)[judgement.name]
                    title = say("rehearsal.decide-room", letter=letter)
                asked = what_is_asked(judgement, speaker)
                told = tuple(slides.came_of_it(rehearsal, speaker))
                says = tuple(Line(speaker.say(each), Style.TITLE) for each in judgement.says)
                return _Put(title, asked, options, told=told, says=says)
            case QuestionStep():
                shown, told = to_fill_in(rehearsal), ()
            case UrgencyStep():
                items = ((urgency_item(each), each.name) for each in reversed(Urgency))
                options = tuple(
                    Option(f"{item.says}. {item.about}", value=name) for item, name in items
                )
                return _Put(say("rehearsal.urgency"), say("rehearsal.urgency-asks"), options)
            case ServicesStep(routes):
                shown = replace(
                    turning(routes, rehearsal.told), ask=say("rehearsal.services-ask-room")
                )
                told = tuple(slides.came_of_it(rehearsal, speaker))
            case _:
                return None
        answers = [choice for choice in shown.choices if choice.value]  # a room sees no kinds
        return _Put(
            shown.tree_title,
            shown.ask,
            tuple(Option(choice.says, choice.alone, choice.value) for choice in answers),
            shown.many,
            told,
        )

    def _voted(self, rehearsal: Rehearsal, put: _Put, *, came_back: bool) -> Vote | Command:
        """Ask the room: its vote, or another command of the facilitator. Numbers are hands, so that
        no slip tells what is right before a vote. Whatever it takes, it sees why before it goes on,
        and again if it ``came_back``."""
        key, step = answer_key(rehearsal), put.step(rehearsal)
        told = key if any(each.word for each in key) else ()
        right = _right(key, put)
        taken = self._decided.get(step, frozenset()) if came_back else frozenset()
        answer = told if taken else ()
        # What is decided is shown without its options first, for the room to write.
        alone = not taken and isinstance(rehearsal.here, JudgementStep)
        notice, taken = "", taken or self._won(step, put, right)
        while True:
            hands = self._hands.get(step, ())
            vote = Vote(put.asked, put.options, hands, taken, put.many)
            alone, shows = alone and not taken, bool(told and not answer and taken)
            agrees = taken == right
            onward, instead = (
                _on_with(rehearsal, put, each) if each else "" for each in (taken, right - taken)
            )
            keys = _deciding_keys(put, onward, instead, alone=alone, shows=shows)
            blocks = self._deciding(put, vote, answer, alone=alone)
            tied = say("rehearsal.vote.tied") if answer and vote.is_split and agrees else ""
            slide = Slide(put.title, blocks, keys, notice or tied, onward=keys[0].letter)
            said, notice = self._shown(slide, rehearsal), ""
            match said.key:
                case _Does.HANDS:
                    self._hands[step] = counted(said.typed, len(put.options)) or ()
                    self._decided.pop(step, None)
                    taken = self._won(step, put, right)
                case _Does.NEXT if alone:
                    alone = False
                case _Does.BACK if answer or hands:
                    if not answer:
                        del self._hands[step]
                    answer, taken = (), self._won(step, put, right)
                case _Does.NEXT if not (taken or right):
                    notice = say("rehearsal.vote.no-hands")
                case _Does.NEXT | _Does.ENTER:
                    if said.key == _Does.NEXT and (answer or not taken):
                        taken = right or taken
                    if answer or not told:
                        return replace(vote, taken=taken)
                    answer = told
                case _:
                    return said

    def _won(self, step: _Step, put: _Put, right: frozenset[int]) -> frozenset[int]:
        """What the hands at a step are for: at a tie what is right."""
        won = leading(put.options, self._hands.get(step, ()), many=put.many)
        return right if len(won) > 1 and not put.many else won

    def _deciding(
        self, put: _Put, vote: Vote, answer: Sequence[Verdict], *, alone: bool
    ) -> tuple[Block, ...]:
        """The question to the room, unless it is ``alone`` with its options; or these alone with
        the answer, and a wrong one to talk of, which most took."""
        says = tuple((line,) for line in put.says or (Line(put.asked, Style.TITLE),))
        told = (*((put.told, GAP) if put.told else ()), *says, GAP)
        if alone:
            return (*told, (Line(say("rehearsal.write-first")),))
        hands, sign = vote.hands, self.ui.sign
        offered = tuple(slides.options(put.options, hands, answer, many=put.many, sign=sign))
        wrong = [at for at, verdict in enumerate(answer) if put.says and not verdict.agrees]
        if not wrong:
            return (*(() if answer else told), *offered)
        number = 1 + max(wrong, key=lambda at: hands[at] if hands else 0)
        return (*offered, GAP, (Line(say("rehearsal.vote.talk", number=number), Style.TITLE),))

    def _pass(self, rehearsal: Rehearsal) -> Command:
        """Show a step that is only read: news, or an ending on the way."""
        here = rehearsal.here
        if isinstance(here, NewsStep):
            news = self.speaker(rehearsal.case).say(here.inject.say)
            return self._read(say("rehearsal.news"), ((Line(news, Style.TITLE),),), rehearsal)
        assert isinstance(here, EndingStep)
        return self._read(
            say("rehearsal.on-the-way"),
            tuple(slides.advice(self.page(here.walk), here.walk, rehearsal.case)),
            rehearsal,
        )

    def _story(self, rehearsal: Rehearsal) -> tuple[Block, ...]:
        scene = rehearsal.case.scene
        opens = self.speaker(rehearsal.case).say(scene.opens) if scene else ""
        told = (Line(opens or self.story(rehearsal.case)),)
        return told, *(() if scene else slides.filled_in(rehearsal))

    def _finish(self, rehearsed: Rehearsed) -> Rehearsal | None:
        """Show the debrief and the ending, in turn: no slip of Enter ends it. The end of input
        does."""
        rehearsal = rehearsed.rehearsal
        speaker = self.speaker(rehearsal.case)
        at_the_end = ("liked", "own-words", "ring-here")
        asked = [(Line(say(f"rehearsal.handout.{key}"), Style.TITLE),) for key in at_the_end]
        came = (*slides.came_of_it(rehearsal, speaker), *slides.better(rehearsal, speaker))
        told = (*((came, GAP) if came else ()), *slides.debrief(rehearsed, speaker), *asked[:-1])
        shown = slides.advice(self.page(rehearsal.told), rehearsal.told, rehearsal.case)
        kept = f"{say('rehearsal.keeps', file=self.keeps)} " if self.keeps else ""
        notice = f"{kept}{say('rehearsal.give-out')}"
        keys, again = (_onward(), _key(_Does.BACK)), _onward(say("rehearsal.key.debrief"))
        last = (again, *keys[1:], _key(_Does.OTHER))
        shows = (
            Slide(say("rehearsal.debrief"), told, keys),
            Slide(say("rehearsal.ending"), (asked[-1], GAP, *shown), last, notice),
        )
        at = 0
        try:
            while True:
                said = self._shown(shows[at], rehearsal)
                if said.key == _Does.NEXT or (said.key == _Does.BACK and at):
                    at = 1 - at
                else:
                    return rehearsal.back() if said.key == _Does.BACK else None
        except EOFError:
            raise Left(at_once=False) from None

    def goodbye(self, blocks: tuple[Block, ...]) -> Act | None:
        """Stays while a room leaves: Enter, which goes on from every other screen, is no key of it
        and does not bring up what the terminal said before."""
        (title, *thanks), *more = blocks
        shown = (tuple(thanks), *more, GAP, (Line(say("rehearsal.stays")),))
        said = self.ui_at(None).slide(Slide(title.text, shown, ())).key
        return said if isinstance(said, Act) else None

    def _read(self, title: str, blocks: tuple[Block, ...], rehearsal: Rehearsal) -> Command:
        keys = (_onward(), _key(_Does.BACK))
        return self._shown(Slide(title, blocks, keys), rehearsal)

    def _shown(self, slide: Slide, rehearsal: Rehearsal | None) -> Command:
        """Show a slide until a command other than an aside or the story. Another story is chosen
        first, and none is left before that. A room that has decided stops at a second q."""
        twice = say("rehearsal.stop-again")
        slide = replace(slide, onward=slide.onward or _Does.NEXT.value)
        while True:
            said = self.ui_at(None).slide(slide)
            is_asked = slide.notice == twice or not (rehearsal and (self._hands or self._decided))
            slide = replace(slide, notice="")
            if said.key is Act.STOP and not is_asked:
                slide = replace(slide, notice=twice)
            elif isinstance(said.key, Act):
                self.aside(said.key)
            elif said.key == _Does.OTHER and not self.named:
                if other := self.chosen():
                    self.named.append(other)
                    return said
            elif said.key == _Does.STORY and rehearsal:
                again = Slide(say("rehearsal.story"), self._story(rehearsal), (_onward(),))
                self._shown(again, rehearsal)
            else:
                return said


def _moved(rehearsal: Rehearsal, put: _Put, taken: Collection[int]) -> Rehearsal:
    """The rehearsal after the room has taken the options with these indices."""
    values = [put.options[place].value for place in sorted(taken)]
    match rehearsal.here:
        case JudgementStep():
            return rehearsal.judged(*values)
        case UrgencyStep():
            [name] = values
            return rehearsal.urgency(Urgency[name])
        case ServicesStep():
            return rehearsal.turned_to(set(values) - {NONE_OF_THESE})
        case _:
            return rehearsal.answered(values)


def _deciding_keys(
    put: _Put, onward: str, instead: str, *, alone: bool, shows: bool
) -> tuple[Key, ...]:
    """The keys at a question, Enter first: it offers the options of one that stands ``alone``, or
    else ``shows`` the answer, or else goes ``onward``, or else asks for hands. n does the same, or
    goes on with what is right ``instead``. A slip must not put the list of other stories, the last
    of all, on the wall."""
    wrong, asks = partial(_no_hands, put), say("rehearsal.vote.asks")
    hands = replace(_key(_Does.HANDS), asks=asks, wrong=wrong, instead=_Does.NEXT + _Does.BACK)
    if alone:
        first = [_onward(say("rehearsal.vote.choices"))]
    elif shows:
        first = [_onward(say("rehearsal.vote.shows")), hands]
    elif onward:
        goes = _onward(onward, _Does.ENTER if instead else _Does.NEXT)
        first = [goes, *([Key(_Does.NEXT.value, instead)] if instead else [])]
    else:
        called = replace(hands, called=say("rehearsal.key.enter"))
        first = [called, Key(_Does.NEXT.value, say("rehearsal.vote.no-vote"))]
    return (*first, _key(_Does.BACK), _key(_Does.STORY))


def _on_with(rehearsal: Rehearsal, put: _Put, taken: frozenset[int]) -> str:
    """What a key does that goes on with what is taken, or that it leads to a second try."""
    scene, after = rehearsal.case.scene, _moved(rehearsal, put, taken).here
    again = scene and isinstance(after, JudgementStep) and after.judgement not in scene.right_way
    numbers = ", ".join(str(at + 1) for at in sorted(taken))
    return say(f"rehearsal.vote.{'try-again' if again else 'go-on'}", numbers=numbers)


def _no_hands(put: _Put, typed: str) -> str:
    """Why what was typed counts no hands; empty if it does."""
    hands = counted(typed, len(put.options))
    count = sum(not hands and word.isdigit() for word in typed.replace(",", " ").split())
    wanted = len(put.options)
    return "" if any(hands or ()) else say("rehearsal.vote.numbers", count=count, wanted=wanted)


def _right(key: Sequence[Verdict], put: _Put) -> frozenset[int]:
    """The indices of what is right as the story has it: of one answer, the first."""
    found = [at for at, verdict in enumerate(key) if verdict.agrees]
    return frozenset(found if put.many else found[:1])
