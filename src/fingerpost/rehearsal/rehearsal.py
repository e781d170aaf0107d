"""A made-up case, rehearsed: a value, replayed from the moves of whoever practises.

A rehearsal is never changed. Each move gives a new one, and ``here`` says what comes next. The
trainee walks the real tree as the person in the story, so that a rehearsal can never teach what
the trees no longer say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias, assert_never

from ..model.base import Frozen, replace
from ..model.case import Case, Choice, Inject, Judgement
from ..model.facts import NOT_SURE, Facts
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Urgency
from ..model.tree import Question
from ..walk.autoplay import goes_on, play_story
from ..walk.walk import Walk, answer_in, fits
from .service_choices import offered

# What comes next


class JudgementStep(Frozen):
    """A question to the trainee that is not the tree's."""

    judgement: Judgement


class QuestionStep(Frozen):
    """A question of the tree, at which the walk stands."""

    walk: Walk


class NewsStep(Frozen):
    """Something has happened. What it changes may be asked again."""

    inject: Inject


class EndingStep(Frozen):
    """An ending on the way, at which the walk stands. It is read, and the case goes on from it."""

    walk: Walk


class UrgencyStep(Frozen):
    """How soon is help needed? The tree has come to its ending and does not show it yet."""


class ServicesStep(Frozen):
    """To whom would you turn? Some of these are right, and some are plausible and wrong."""

    routes: tuple[Route, ...]


class Finished(Frozen):
    """The tree's ending, at which the walk stands, may be shown, and the review is to be read."""

    walk: Walk


Place: TypeAlias = (
    JudgementStep | QuestionStep | NewsStep | EndingStep | UrgencyStep | ServicesStep | Finished
)


# What the trainee does


class Judged(Frozen):
    """A judgement was answered by the choice of this name."""

    choice: str


class Answered(Frozen):
    """A question of the tree was answered."""

    values: frozenset[str]


class WentOn(Frozen):
    """News, or an ending on the way, was read."""


class UrgencyMove(Frozen):
    """How soon help is needed."""

    urgency: Urgency


class Turned(Frozen):
    """The names of the routes to whom the trainee would turn; perhaps none."""

    routes: frozenset[str]


Move: TypeAlias = Judged | Answered | WentOn | UrgencyMove | Turned


# What has been done


class Chosen(Frozen):
    """What was chosen at a judgement."""

    judgement: Judgement
    choice: Choice


class Given(Frozen):
    """An answer that was given to the question at which ``walk`` stands.

    ``expected`` is what was known of the person in the story at that moment, by news too.
    """

    walk: Walk
    question: Question
    values: frozenset[str]
    expected: Facts

    @property
    def wanted(self) -> frozenset[str] | None:
        """What the story says, or None if it does not say, or not in an answer to this."""
        return answer_in(self.expected, self.question)

    @property
    def departs(self) -> bool:
        """Whether the story says something else."""
        return self.wanted is not None and self.wanted != self.values


class Rehearsal(Frozen):
    """One case, as far as it has been rehearsed.

    ``moves`` are all that was done, in order; everything else follows from them. ``expected`` is
    what is true of the person in the story, with the ``news`` that has been read. ``soon`` and
    ``turned`` are None until they have been said.
    """

    library: Library
    case: Case
    seed: int
    walk: Walk
    expected: Facts
    moves: tuple[Move, ...] = ()
    judgements: tuple[Chosen, ...] = ()
    given: tuple[Given, ...] = ()
    news: tuple[Inject, ...] = ()
    soon: Urgency | None = None
    turned: frozenset[str] | None = None

    @classmethod
    def begin(cls, library: Library, case: Case, seed: int = 0) -> Rehearsal:
        """A case at its beginning. The same seed offers the same routes at the end.

        Raises KeyError for a case of a tree that the library does not have.
        """
        walk = Walk.begin(library, case.tree)
        return cls(library, case, seed, walk, expected=dict(case.answers))

    @property
    def here(self) -> Place:
        """What comes next."""
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
            return ServicesStep(offered(self.library, self.case, self.told, self.walk, self.seed))
        return Finished(self.walk)

    @property
    def told(self) -> Walk:
        """The way of the person in the story, with all the news so far.

        Where news leads to questions that the story says nothing of, the trainee's own answers
        count, for nobody can say that they are wrong.
        """
        return self.if_answered({}, self.expected)

    def if_answered(self, answers: Facts, known: Facts) -> Walk:
        """The way of somebody of whom this is known, but for these answers."""
        own = {each.question.fact: each.values for each in self.given}
        return play_story(self.library, self.case, known, {**known, **answers}, own)

    def judged(self, choice: str) -> Rehearsal:
        """Choose at a judgement. Raises ValueError if this is none, or has no such choice."""
        here = self.here
        if not isinstance(here, JudgementStep):
            raise _out_of_turn("a judgement", here)
        found = next((each for each in here.judgement.choices if each.name == choice), None)
        if found is None:
            raise ValueError(f"{choice} is no choice here")
        done = Chosen(here.judgement, found)
        return self._moved(Judged(choice), judgements=(*self.judgements, done))

    def answered(self, values: Collection[str]) -> Rehearsal:
        """Answer the tree's question. Raises ValueError if none is put, or if this is no answer."""
        here = self.here
        question = self.walk.here
        if not isinstance(here, QuestionStep) or not isinstance(question, Question):
            raise _out_of_turn("an answer", here)
        done = Given(self.walk, question, frozenset(values), self.expected)
        return self._moved(
            Answered(done.values), walk=self.walk.answer(values), given=(*self.given, done)
        )

    def went_on(self) -> Rehearsal:
        """Go on from news or from an ending on the way. Raises ValueError at any other place."""
        here = self.here
        if isinstance(here, EndingStep):
            return self._moved(WentOn(), walk=self.walk.carry_on())
        if not isinstance(here, NewsStep):
            raise _out_of_turn("going on", here)
        return self._moved(
            WentOn(),
            walk=_put_again(self.walk, here.inject.answers),
            news=(*self.news, here.inject),
            expected={**self.expected, **here.inject.answers},
        )

    def urgency(self, urgency: Urgency) -> Rehearsal:
        """Say how soon help is needed. Raises ValueError if that is not asked here."""
        if not isinstance(self.here, UrgencyStep):
            raise _out_of_turn("an urgency", self.here)
        return self._moved(UrgencyMove(urgency), soon=urgency)

    def turned_to(self, names: Collection[str]) -> Rehearsal:
        """Name those to whom one would turn; none may be named.

        Raises ValueError if that is not asked here, or for a route that is not offered.
        """
        here = self.here
        if not isinstance(here, ServicesStep):
            raise _out_of_turn("whom to turn to", here)
        if unknown := set(names) - {route.name for route in here.routes}:
            raise ValueError(f"not offered here: {', '.join(sorted(unknown))}")
        return self._moved(Turned(frozenset(names)), turned=frozenset(names))

    def back(self) -> Rehearsal:
        """Take the last move back; the same rehearsal if there is none."""
        return self.replayed(self.moves[:-1]) if self.moves else self

    def replayed(self, moves: Iterable[Move]) -> Rehearsal:
        """This case from its beginning by these moves.

        Raises ValueError for a move that does not fit the place at which it is made.
        """
        rehearsal = Rehearsal.begin(self.library, self.case, self.seed)
        for move in moves:
            rehearsal = rehearsal._made(move)
        return rehearsal

    def story_answer(self, question: Question) -> frozenset[str]:
        """What the story answers to a question; of what it does not tell, nobody is sure."""
        return answer_in(self.expected, question) or frozenset({NOT_SURE})

    def played_by_the_story(self) -> Iterator[Rehearsal]:
        """This rehearsal, and then each place to which it comes by what its story says.

        It stops where the tree has come to its ending, at a question to which not even "not sure"
        is an answer, and where it would go in a circle.
        """
        rehearsal: Rehearsal | None = self
        while rehearsal is not None:
            yield rehearsal
            rehearsal = rehearsal._played()

    def _played(self) -> Rehearsal | None:
        match self.here:
            case JudgementStep(judgement) if judgement.choices:
                return self.judged(judgement.choices[0].name)  # whichever: it changes no fact
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
            case Judged(choice):
                return self.judged(choice)
            case Answered(values):
                return self.answered(values)
            case WentOn():
                return self.went_on()
            case UrgencyMove(urgency):
                return self.urgency(urgency)
            case Turned(routes):
                return self.turned_to(routes)
            case _:
                assert_never(move)

    def _moved(self, move: Move, **changed: object) -> Rehearsal:
        return replace(self, moves=(*self.moves, move), **changed)

    def _met(self, after: str) -> bool:
        return not after or after in self.walk.facts


def _put_again(walk: Walk, changed: Facts) -> Walk:
    """The walk at the first question that was answered and whose fact has changed.

    Later answers are kept where they are still asked for. An ending that was left for more
    questions is shown again, as where any answer is changed.
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
