"""A rehearsal of a case: an immutable value, replayed from the moves of the trainee.

Each move gives a new rehearsal, and ``here`` is its current step. The trainee is a worker who is
told the story, and fills in the real tree, so that a rehearsal can never teach what the trees no
longer say. Whatever is answered, the walk goes on as the story has it: every decision is met.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias, assert_never

from ..model.base import Frozen, replace
from ..model.case import Case, Choice, Inject, Judgement, Scene
from ..model.facts import NOT_SURE, Facts
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Urgency
from ..model.tree import Outcome, Question
from ..page import visibility
from ..walk.autoplay import goes_on, play_story
from ..walk.walk import Walk, answer_in, fits
from .services import offered

# Steps


class JudgementStep(Frozen):
    """A judgement to make: a question of the case, not of the tree."""

    judgement: Judgement


class QuestionStep(Frozen):
    """The question of the tree at which the walk stands."""

    walk: Walk


class NewsStep(Frozen):
    """News to read. Questions whose facts it changes are asked again."""

    inject: Inject


class EndingStep(Frozen):
    """The ending at which the walk stands and from which the case continues."""

    walk: Walk


class UrgencyStep(Frozen):
    """How soon is help needed? The walk is at its ending, which is not shown yet."""


class ServicesStep(Frozen):
    """To whom would you turn? Some routes are right, and some plausible and wrong."""

    routes: tuple[Route, ...]


class Finished(Frozen):
    """The ending at which the walk stands may be shown, and the review read."""

    walk: Walk


Place: TypeAlias = (
    JudgementStep | QuestionStep | NewsStep | EndingStep | UrgencyStep | ServicesStep | Finished
)


# Moves


class JudgementMove(Frozen):
    """Choose the choice of this name at a judgement."""

    choice: str


class AnswerMove(Frozen):
    """Answer a question of the tree."""

    values: frozenset[str]


class ContinueMove(Frozen):
    """Continue from news or from an ending on the way."""


class UrgencyMove(Frozen):
    """Say how soon help is needed."""

    urgency: Urgency


class ServicesMove(Frozen):
    """Choose any number of routes by name."""

    routes: frozenset[str]


Move: TypeAlias = JudgementMove | AnswerMove | ContinueMove | UrgencyMove | ServicesMove


# Records of moves


class Chosen(Frozen):
    """A judgement with the choice that was made."""

    judgement: Judgement
    choice: Choice


class Given(Frozen):
    """An answer to the question at which ``walk`` stands.

    ``expected`` are the facts of the story at that moment, news included.
    """

    walk: Walk
    question: Question
    values: frozenset[str]
    expected: Facts

    @property
    def wanted(self) -> frozenset[str] | None:
        """The answer of the story, or None if it gives none that fits."""
        return answer_in(self.expected, self.question)

    @property
    def departs(self) -> bool:
        """Whether the story gives another answer."""
        return self.wanted not in {None, self.values}


class Rehearsal(Frozen):
    """The state of the rehearsal of one case.

    ``moves`` are in order; everything else follows from them. ``expected`` are the facts of the
    story for whoever fills them in, with the ``news`` read so far. ``soon`` (the urgency) and
    ``turned`` (the names of routes) are None until they have been given.
    """

    library: Library
    case: Case
    walk: Walk
    expected: Facts
    moves: tuple[Move, ...] = ()
    judgements: tuple[Chosen, ...] = ()
    given: tuple[Given, ...] = ()
    news: tuple[Inject, ...] = ()
    soon: Urgency | None = None
    turned: frozenset[str] | None = None

    @classmethod
    def begin(cls, library: Library, case: Case) -> Rehearsal:
        """A case at its start.

        Raises KeyError for a case of a tree that the library lacks.
        """
        begun = cls(library, case, Walk.begin(library, case.tree), _known(library, case))
        # What a scene states is never asked.
        return replace(begun, walk=begun.told) if case.scene else begun._filled_in()

    @property
    def here(self) -> Place:
        """The current step."""
        if self.case.scene:
            return self._in_scene(self.case.scene)
        put = [each.judgement for each in self.judgements]
        for judgement in self.case.judgements:
            if judgement not in put and self._met(judgement.after):
                return JudgementStep(judgement)
        for inject in self.case.injects:
            if inject not in self.news and self._met(inject.after):
                return NewsStep(inject)
        if isinstance(self.walk.here, Question):
            return QuestionStep(self.walk)
        if goes_on(self.walk, self.case, self.expected):
            return EndingStep(self.walk)
        if self.soon is None:
            return UrgencyStep()
        if self.turned is None:
            return ServicesStep(offered(self.case, self.told))
        return Finished(self.walk)

    def _in_scene(self, scene: Scene) -> Place:
        goto = self.judgements[-1].choice.goto if self.judgements else scene.moments[0].name
        if moment := scene.moment(goto):
            return JudgementStep(moment)
        return Finished(self.walk)

    @property
    def told(self) -> Walk:
        """The walk of the person in the story, with all the news so far.

        Questions that the story does not answer take the trainee's own answers, which cannot be
        wrong.
        """
        return self.if_answered({}, self.expected)

    @property
    def stated(self) -> tuple[tuple[Question, frozenset[str]], ...]:
        """What is filled in of the story beside its nation, such as the age, to be shown. Where
        help is needed now nobody reads that no one is in danger, nor how soon before they are
        asked."""
        now = self.case.expect.urgency is Urgency.NOW
        return tuple(
            (question, reply.values)
            for _, question, reply in self.told.answered()
            if question.fact in self.library.asked_everywhere - {"teller", "nation"}
            and not (question.many or question.at_ending or (now and question.in_danger))
            and question.fact in self.case.answers
        )

    def if_answered(self, answers: Facts, known: Facts) -> Walk:
        """The walk of a person with the facts ``known``, overridden by these answers."""
        own = {each.question.fact: each.values for each in self.given}
        return play_story(self.library, self.case, known, {**known, **answers}, own)

    def judged(self, choice: str) -> Rehearsal:
        """Make a judgement. Raises ValueError at another step, or for an unknown choice."""
        here = self.here
        if not isinstance(here, JudgementStep):
            raise _out_of_turn("a judgement", here)
        found = next((each for each in here.judgement.choices if each.name == choice), None)
        if found is None:
            raise ValueError(f"{choice} is no choice here")
        done = Chosen(here.judgement, found)
        return self._moved(JudgementMove(choice), judgements=(*self.judgements, done))

    def answered(self, values: Collection[str]) -> Rehearsal:
        """Answer the tree's question. Raises ValueError at another step, or for no valid answer."""
        here = self.here
        question = self.walk.here
        if not isinstance(here, QuestionStep) or not isinstance(question, Question):
            raise _out_of_turn("an answer", here)
        done = Given(self.walk, question, frozenset(values), self.expected)
        walk = self.walk.answer(values)  # which refuses what is no answer
        if done.departs:
            walk = self.walk.answer(done.wanted or values)
        return self._moved(AnswerMove(done.values), walk=walk, given=(*self.given, done))

    def went_on(self) -> Rehearsal:
        """Continue from news or from an ending on the way. Raises ValueError at another step."""
        here = self.here
        if isinstance(here, EndingStep):
            return self._moved(ContinueMove(), walk=self.walk.carry_on())
        if not isinstance(here, NewsStep):
            raise _out_of_turn("going on", here)
        return self._moved(
            ContinueMove(),
            walk=_put_again(self.walk, here.inject.answers),
            news=(*self.news, here.inject),
            expected={**self.expected, **here.inject.answers},
        )

    def urgency(self, urgency: Urgency) -> Rehearsal:
        """Say how soon help is needed. Raises ValueError at another step."""
        if not isinstance(self.here, UrgencyStep):
            raise _out_of_turn("an urgency", self.here)
        return self._moved(UrgencyMove(urgency), soon=urgency)

    def turned_to(self, names: Collection[str]) -> Rehearsal:
        """Choose services by the names of their routes; there may be none.

        Raises ValueError at another step, or for a route that is not offered.
        """
        here = self.here
        if not isinstance(here, ServicesStep):
            raise _out_of_turn("whom to turn to", here)
        if unknown := set(names) - {route.name for route in here.routes}:
            raise ValueError(f"not offered here: {', '.join(sorted(unknown))}")
        return self._moved(ServicesMove(frozenset(names)), turned=frozenset(names))

    def back(self) -> Rehearsal:
        """Undo the last move; the same rehearsal if there is none."""
        return self.replayed(self.moves[:-1]) if self.moves else self

    def replayed(self, moves: Iterable[Move]) -> Rehearsal:
        """This case replayed from its start by these moves.

        Raises ValueError for a move that does not fit its step.
        """
        rehearsal = Rehearsal.begin(self.library, self.case)
        for move in moves:
            rehearsal = rehearsal._made(move)
        return rehearsal

    def story_answer(self, question: Question) -> frozenset[str]:
        """The story's answer to a question; "not sure" if it gives none."""
        return answer_in(self.expected, question) or frozenset({NOT_SURE})

    def played_by_the_story(self) -> Iterator[Rehearsal]:
        """This rehearsal, then each next one with the moves of the story.

        It stops at the ending of the tree, at a question that not even "not sure" answers, and
        before a cycle.
        """
        rehearsal: Rehearsal | None = self
        while rehearsal is not None:
            yield rehearsal
            rehearsal = rehearsal._played()

    def _played(self) -> Rehearsal | None:
        match self.here:
            case JudgementStep(judgement) if judgement.choices:
                # Any choice, as none changes a fact; of a scene, which goes on by it, a right one.
                return self.judged(judgement.right.name)
            case QuestionStep(walk) if isinstance(walk.here, Question):
                values = self.story_answer(walk.here)
                stuck = walk.in_cycle or not fits(walk.here, values)
                return None if stuck else self.answered(values)
            case NewsStep() | EndingStep():
                return self.went_on()
            case _:
                return None

    def _made(self, move: Move) -> Rehearsal:
        match move:
            case JudgementMove(choice):
                return self.judged(choice)
            case AnswerMove(values):
                return self.answered(values)
            case ContinueMove():
                return self.went_on()
            case UrgencyMove(urgency):
                return self.urgency(urgency)
            case ServicesMove(routes):
                return self.turned_to(routes)
            case _:
                assert_never(move)

    def _moved(self, move: Move, **changed: object) -> Rehearsal:
        return replace(self, moves=(*self.moves, move), **changed)._filled_in()

    def _filled_in(self) -> Rehearsal:
        """This rehearsal at the next question that takes thought. Whoever reads the story knows
        what every tree asks, such as the age, until news changes it; nobody what it does not say;
        and what is asked at the ending is nothing to be practised."""
        changed = {fact for inject in self.news for fact in inject.answers}
        known = self.library.asked_everywhere - changed
        walk = self.walk
        while isinstance(asked := walk.here, Question) and not walk.in_cycle:
            untold = answer_in(self.expected, asked) is None and not self.news
            values = self.story_answer(asked)
            if not (asked.at_ending or asked.fact in known or untold) or not fits(asked, values):
                break
            walk = walk.answer(values)
        return replace(self, walk=walk)

    def _met(self, after: str) -> bool:
        return not after or after in self.walk.facts


def _known(library: Library, case: Case) -> Facts:
    """The facts of a story as a worker fills them in; as the person in it does where a worker would
    not come to all that happens in it, or help would come later."""
    worker = {**case.answers, "teller": frozenset({"staff"})}
    after = dict(ChainMap(*(dict(each.answers) for each in reversed(case.injects)), worker))
    told = play_story(library, case, after, after)
    if not isinstance(told.here, Outcome) or told.teller != "staff":
        return dict(case.answers)
    asked = {each.after for each in case.judgements} | {each.after for each in case.injects}
    met = asked - {""} <= told.facts.keys()
    urgency, least = visibility.urgency(library, told.here, told.facts), case.expect.urgency
    return worker if met and (least is None or least <= urgency) else dict(case.answers)


def _put_again(walk: Walk, changed: Facts) -> Walk:
    """The walk back at the first answered question whose fact has changed.

    Later answers are kept while their questions are still asked. An ending on the way is shown
    again, as after any changed answer.
    """
    places = [index for index, question, _ in walk.answered() if question.fact in changed]
    if not places:
        return walk
    begun = walk
    while len(begun.replies) > places[0]:
        begun = begun.back()
    again = {walk.replies[index].place for index in places}
    later = (*walk.replies[places[0] :], *walk.kept)
    kept = tuple(reply for reply in later if reply.values and reply.place not in again)
    return replace(begun, kept=kept)


def _out_of_turn(move: str, here: Place) -> ValueError:
    return ValueError(f"{move} is not what comes next: {type(here).__name__}")
