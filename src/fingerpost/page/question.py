"""The view of a question for one reader: its texts, in no format."""

from __future__ import annotations

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..model.tree import Question
from ..walk.progress import usual_length
from ..walk.walk import Walk
from .messages import say
from .page import danger
from .speaker import Speaker
from .visibility import EMERGENCY


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
    ``standing`` has the numbers that stand on every question.
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
    standing: str = ""


def asking(walk: Walk) -> QuestionView:
    """The view of the question at which a walk stands. Raises ValueError at an ending."""
    question = walk.here
    if not isinstance(question, Question):
        raise ValueError("an ending is not asked")  # noqa: TRY004 - the type is right, the place is not
    speaker = Speaker(walk.library, walk.facts, walk.tree.name)
    return QuestionView(
        tree_title=speaker.say(walk.tree.title),
        progress=_progress(walk),
        ask=speaker.say(question.ask),
        why=speaker.say(question.why),
        note=speaker.say(question.note),
        choices=tuple(
            Choice(number, answer.value, speaker.say(answer.say), answer.alone)
            for number, answer in enumerate(question.answers, 1)
        ),
        many=question.many,
        for_staff=walk.teller == "staff",
        words=speaker.glossary(),  # last, when every sentence has been said
        standing=standing(walk.library, walk.facts),
    )


def standing(library: Library, facts: Facts) -> str:
    """The number for danger and one that answers at any hour, in one line; empty if the library has
    none. A question that has not been asked yet counts as answered “not sure”."""
    served = danger(library, facts, None)
    contacts = (contact for each in served for contact in each.contacts)
    numbers = [(c.title, w.address) for c in contacts for w in c.ways if w.channel == "phone"]
    if not numbers:
        return ""
    _, emergency = numbers[0]
    talk = [c for h in served if h.need != EMERGENCY for c in h.contacts]
    helplines = [(c.title, w.address) for c in talk for w in c.ways if w.channel == "phone"]
    if not helplines:
        return say("question.standing-danger", emergency=emergency)
    title, number = helplines[0]
    return say("question.standing", emergency=emergency, title=title, number=number)


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
