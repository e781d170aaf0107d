"""The screens of a rehearsal, as blocks of lines. Each of them says that it is one."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.base import replace
from ...model.route import Route
from ...model.sentence import Urgency
from ...page.question import Choice, QuestionView, asking
from ...page.speaker import Speaker
from ...page.text_layout import GAP, Block, Line, Style
from ...rehearsal import review
from ...rehearsal.catalogue import LEVEL, Lesson, Level, Topic
from ...rehearsal.rehearsal import (
    Answered,
    Judged,
    JudgementStep,
    Move,
    Place,
    Rehearsal,
    ServicesStep,
    Turned,
    UrgencyMove,
    UrgencyStep,
)
from ...rehearsal.rehearsal import QuestionStep as AskingPlace
from ...rehearsal.review_document import BANNER
from .walk import Item

NAME = BANNER
"""What stands on every screen of a rehearsal, as on every print."""

WHICH_TOPIC = f"{NAME}: what is it to be about?"
HOW_MUCH = f"{NAME}: how much is it to ask of you?"
WHICH_STORY = f"{NAME}: which story?"
FIND_TOPIC = "say in your own words what it is to be about"
FIND_STORY = "say a word that is in the story"
AT_RANDOM = "One at random"
ABOUT_THIS = f"{NAME}: what this one is about"
READ_IT = "Read the story"
ANOTHER = "Choose another"
THE_STORY = f"{NAME}: the story"
AGAIN = "Read the story again"
GO_ON = "Go on"
THE_REVIEW = f"{NAME}: the review"
ON_THE_WAY = f"{NAME}: on the way"
AT_LAST = f"{NAME}: the tree says"
DEBRIEF = f"{NAME}: debrief"
READ_REVIEW = "Read the review"
ANOTHER_STORY = "Choose another story"
WHAT_DO_YOU_DO = f"{NAME}: you decide"
NEWS = f"{NAME}: something has happened"
READ_LATER = "To read it again at a question, {} n."
TO_WHOM = "to whom?"
HOW_SOON = f"{NAME}: how soon?"
BACK_TO_WHICH = f"{NAME}: which do you want to answer again?"
NOTHING_DONE = "There is nothing to answer again yet."

SOON = f"{review.HOW_SOON} Decide before the tree tells you."
TURN = (
    "Whom would you turn to, or tell the young person about? Choose all that fit this story. "
    "Some do not."
)
TURN_IN_ROOM = "Whom would you turn to, or tell them about? Some of these do not fit."
NONE_OF_THESE = "none-of-these"
_NONE = "None of these"

URGENCIES = {
    Urgency.NOW: Item("Now", "Someone may be badly hurt, or die. This minute."),
    Urgency.TODAY: Item("Today", "Before the day ends, whatever else is planned."),
    Urgency.SOON: Item("In the next days", "It can be planned."),
    Urgency.INFO: Item("At any time", "It is good to know what could help."),
}
"""The four answers to how soon help is needed, the soonest first."""

_DANGER = "In danger now, here and for real? Ring 999. {} ! on any screen for other ways."
_MADE_UP = (
    "This is practice. The people in the stories are made up. The questions, the advice and the "
    "services are those of the real trees."
)
_DO_YOUR_PART = (
    "Read a story. Do what you would do: decide, answer the questions as that person would, say "
    "how soon help is needed and who can give it. Then a review tells you what it would have "
    "meant for them."
)
_NOTHING_KEPT = (
    "Nothing is kept: not what you answer, nor what you get wrong. There are no marks. Only a "
    "review that you ask for with --review FILE is written."
)
_HARD = (
    "Some stories are hard to read. Before each, a line says what it is about, and you can choose "
    "another. {} stops, and x leaves at once."
)
_CLOSE_WINDOW = "This window cannot be cleared from here, so close it when you leave."
_STAYS_WITH_US = (
    "A story can touch something of our own. If this one did, talk to somebody whom you trust, or "
    "ring one of the helplines in the tree. They are for you too."
)


def opening_blocks(*, plain: bool, can_clear: bool) -> Iterator[Block]:
    """The first screen: that this is practice, what is asked, and that nothing is kept."""
    yield (Line(NAME, Style.TITLE),)
    yield GAP
    yield (Line(_DANGER.format("Type" if plain else "Press"), Style.URGENT),)
    for text in (_MADE_UP, _DO_YOUR_PART, _NOTHING_KEPT, _HARD.format("q")):
        yield GAP
        yield (Line(text),)
    if not can_clear:
        yield GAP
        yield (Line(_CLOSE_WINDOW),)


def goodbye_blocks() -> Iterator[Block]:
    """The last screen."""
    yield (Line(NAME, Style.TITLE), Line("That was the end of it. Thank you for practising."))
    yield GAP
    yield (Line(_STAYS_WITH_US),)
    yield GAP
    yield (Line("In danger, ring 999.", Style.URGENT),)


def topic_item(topic: Topic) -> Item:
    """A topic to choose."""
    return Item(topic.title, _stories(len(topic.lessons)))


def level_item(level: Level, number: int) -> Item:
    """How much stories ask, to choose, and how many of them do."""
    return Item(LEVEL[level].capitalize(), _stories(number))


def _stories(number: int) -> str:
    return "1 story" if number == 1 else f"{number} stories"


def lesson_item(lesson: Lesson) -> Item:
    """A story to choose, by its name and how hard it is: nothing of the story itself."""
    return Item(case_title(lesson), LEVEL[lesson.level].capitalize())


def case_title(lesson: Lesson) -> str:
    """The name of a case as words."""
    return lesson.case.name.replace("-", " ").capitalize()


def about_lines(lesson: Lesson, about: str, seed: int) -> Iterator[Line]:
    """What a story is about, before anybody reads it, and how to come back to it."""
    yield Line(lesson.title, Style.SERVICE)
    yield Line(about)
    yield Line(f"A story {LEVEL[lesson.level]}.")
    again = f"To rehearse it again: --case {lesson.case.name} --seed {seed}"
    yield Line(again, Style.QUIET)


def story_blocks(story: str) -> Iterator[Block]:
    """The story, to read again."""
    yield (Line(THE_STORY, Style.TITLE),)
    yield GAP
    yield (Line(story),)


def marked(asking: QuestionView) -> QuestionView:
    """A question of the tree, on a screen that says that this is a rehearsal."""
    return replace(asking, tree_title=f"{NAME}: {asking.tree_title}")


def turning(routes: tuple[Route, ...], speaker: Speaker) -> QuestionView:
    """To whom would you turn, asked like a question of the tree. None of these is an answer."""
    titles = [speaker.say(route.title) for route in routes]
    choices = [
        Choice(number, route.name, title)
        for number, (route, title) in enumerate(zip(routes, titles, strict=True), 1)
    ]
    none = Choice(len(choices) + 1, NONE_OF_THESE, _NONE, alone=True)
    return QuestionView(
        tree_title=TO_WHOM,
        progress="before the tree tells you",
        ask=TURN,
        why="So that you know them before you need them. Some help only in some places, at some "
        "ages, or with some things.",
        note="",
        choices=(*choices, none),
        many=True,
        for_staff=False,
        words=speaker.glossary(),
    )


def moves_made(rehearsal: Rehearsal) -> tuple[tuple[int, Item], ...]:
    """What has been decided and answered so far, each with its place among the moves.

    What was only read is left out.
    """
    speaker = Speaker(rehearsal.library, rehearsal.case.answers, rehearsal.case.tree)
    made = []
    for number, move in enumerate(rehearsal.moves):
        here = rehearsal.replayed(rehearsal.moves[:number]).here
        item = _made(move, here, speaker)
        if item is not None:
            made.append((number, item))
    return tuple(made)


def _made(move: Move, here: Place, speaker: Speaker) -> Item | None:
    """What was asked, and what was done."""
    match move, here:
        case Judged(name), JudgementStep(judgement):
            chosen = next(choice for choice in judgement.choices if choice.name == name)
            return Item(speaker.say(judgement.ask), speaker.say(chosen.say))
        case Answered(values), AskingPlace(walk):
            shown = asking(walk)
            chosen_words = [choice.says for choice in shown.choices if choice.value in values]
            return Item(shown.ask, ", ".join(chosen_words))
        case UrgencyMove(urgency), UrgencyStep():
            return Item(SOON, URGENCIES[urgency].says)
        case Turned(names), ServicesStep(routes):
            titles = [speaker.say(route.title) for route in routes if route.name in names]
            return Item(TURN, ", ".join(titles) or _NONE)
        case _:
            return None
