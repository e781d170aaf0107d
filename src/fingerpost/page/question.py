"""The view of a question for one reader, and of what is said after it: texts, in no format."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..model.base import Frozen
from ..model.facts import WROTE, Facts
from ..model.tree import Answer, Question
from ..walk.progress import usual_length
from ..walk.walk import Walk, unasked
from .messages import say
from .page import Clock, Contact, danger
from .speaker import Speaker
from .visibility import EMERGENCY

NUMBERS = 2
"""The services whose numbers stand on the screen itself."""


class Choice(Frozen):
    """An answer to choose, by its number on the screen, from 1."""

    number: int
    value: str
    says: str
    alone: bool = False


class QuestionView(Frozen):
    """Everything on the screen of one question.

    ``progress`` says how many questions there are ("question 3, usually 5 or 6"). ``why`` and
    ``note`` (for the worker, never read aloud) may be empty. ``words`` explain the hard words.
    ``unticked`` are the words of the answer of those who choose none of many, ``unticked_value``
    its value; both are empty if there is none. ``wrote`` says back, at the question about danger,
    what kinds of it the person wrote of.
    ``said`` has the beginning of each answer so far, and ``present`` the values of an answer that
    is being changed. A rehearsal has a ``banner``, which stays however narrow the window, and a
    ``story`` above the question.
    """

    tree_title: str
    progress: str
    ask: str
    why: str
    note: str
    choices: tuple[Choice, ...]
    many: bool
    for_staff: bool
    words: tuple[tuple[str, str], ...]
    said: tuple[str, ...] = ()
    present: frozenset[str] = frozenset()
    banner: str = ""
    story: str = ""
    wrote: str = ""
    unticked: str = ""
    unticked_value: str = ""


class ResponseView(Frozen):
    """Everything on the screen of a response, and on the one for those who would rather talk.

    ``says`` are its words, ``served`` those who answer now, ``talk`` the words of the choice to
    talk to them instead, and ``open`` the first words there.
    """

    says: str
    talk: str
    open: str
    served: tuple[Contact, ...]


def asking(walk: Walk, present: Iterable[str] = ()) -> QuestionView:
    """The view of the question at which a walk stands. Raises ValueError at an ending.

    ``present`` are the values of an answer that is being changed.
    """
    question = walk.here
    if not isinstance(question, Question):
        raise ValueError("an ending is not asked")  # noqa: TRY004 - the type is right, the place is not
    speaker = Speaker(walk.library, walk.facts, walk.tree.name)
    refusal = question.answer(question.unticked)
    return QuestionView(
        tree_title=speaker.say(walk.tree.title),
        progress=_progress(walk),
        ask=speaker.say(question.ask),
        why=speaker.say(question.why),
        note=speaker.say(question.note),
        choices=tuple(
            Choice(number, answer.value, speaker.say(answer.say), answer.alone)
            for number, answer in enumerate(_to_choose(question), 1)
        ),
        many=question.many,
        for_staff=walk.teller == "staff",
        wrote=_wrote(question, speaker, walk.facts),
        unticked=speaker.say(refusal.say if refusal else None),
        unticked_value=question.unticked,
        words=speaker.glossary(),  # last, when every sentence has been said
        said=_said(walk),
        present=frozenset(present),
    )


def _to_choose(question: Question) -> list[Answer]:
    """The answers that are listed: all but that of those who tick nothing."""
    return [answer for answer in question.answers if answer.value != question.unticked]


def responding(
    question: Question, values: Collection[str], walk: Walk, clock: Clock | None
) -> ResponseView | None:
    """What is said after these values of a question, which led to where a walk stands; None if
    nothing is, or if no more is asked: an ending says it."""
    chosen = (answer.response for answer in question.answers if answer.value in values)
    response = next((each for each in chosen if each is not None), None)
    if response is None or not _asks_more(walk):
        return None
    speaker, routes = Speaker(walk.library, walk.facts, walk.tree.name), walk.library.routes
    return ResponseView(
        says=speaker.say(response.say),
        talk=speaker.say(response.talk),
        open=speaker.say(response.open),
        served=tuple(
            contact
            for each in danger(walk.library, walk.facts, clock)
            for contact in each.contacts
            if each.need != EMERGENCY
            and not set(response.needs).isdisjoint(routes[contact.route].serves)
        ),
    )


def _asks_more(walk: Walk) -> bool:
    """Whether a question is asked before the next ending."""
    while isinstance(walk.here, Question):
        values = unasked(walk.here)
        if values is None:
            return True
        walk = walk.answer(values)
    return False


def _wrote(question: Question, speaker: Speaker, facts: Facts) -> str:
    """What kinds of danger the person wrote of, if this question is about danger; or empty."""
    if not question.in_danger or WROTE not in facts:
        return ""
    return say("question.wrote", what=speaker.answers(WROTE, facts[WROTE]))


def _said(walk: Walk) -> tuple[str, ...]:
    """The first sentence of each answer so far, in order."""
    answered = [each for each in walk.answered() if not each[1].at_ending]
    words = (
        Speaker(walk.library, walk.facts, reply.tree).answers(question.fact, reply.values)
        for _, question, reply in answered
    )
    return tuple(each.partition(". ")[0].rstrip(".") for each in words)


def _progress(walk: Walk) -> str:
    asked = walk.asked_before + 1
    usual = usual_length(walk)
    if usual is None:
        return say("question.place", asked=asked)
    low, high = max(usual[0], asked), max(usual[1], asked)
    if low == high:
        return say("question.place-of", asked=asked, low=low)
    key = "question.place-of-two" if high == low + 1 else "question.place-of-range"
    return say(key, asked=asked, low=low, high=high)
