"""Cases as documents for a training: questions for participants, answers for the trainer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from ..model.base import Frozen
from ..model.case import Case, Judgement
from ..model.library import Library
from ..model.tree import Outcome, Question
from ..page import labels
from ..page.messages import as_sentence, say
from ..page.page import Page, page
from ..page.speaker import Speaker
from ..sheets.document import (
    Blank,
    Block,
    Box,
    Break,
    Document,
    Fine,
    Heading,
    Note,
    Paragraph,
    Points,
)
from ..walk.walk import Walk, answer_in, fits
from . import services
from .answer_key import VERDICT, what_is_asked
from .catalogue import LEVEL, Lesson, lesson
from .rehearsal import EndingStep, JudgementStep, NewsStep, QuestionStep, Rehearsal
from .review import HOW_SOON, URGENCY
from .review_document import BANNER

_TITLE = "What would you do?"

_TO_ALL = (
    "The young people in these stories are made up. The questions and the advice are real.",
    "Each story says first what it is about. You may leave one out, and need not say why.",
    "Nobody is marked, and nobody collects this paper.",
    "If something real comes up, stop here and go to your safeguarding lead. In danger, ring 999.",
)
_TO_TRAINER = (
    "Keep this paper to yourself until the end. The participants get the one without answers.",
    "Someone here may have been through it. Say first what a story is about.",
    "Say too who they can talk to after: you, your safeguarding lead, or a helpline.",
    "Let anyone sit a story out, and ask for no reason.",
    "Listen for what people say first: thanks, or a why. For promises, and for who gets told.",
    "Let everyone write first, then talk. Ask those who are alone with their view to say why.",
    "If something real comes up, stop. Your safeguarding lead must know. In danger, ring 999.",
)

_WHAT_TO_SAY = "What would you say first?"
_HOW_SOON = f"{HOW_SOON} ({', '.join(URGENCY.values())})"
_WHOM = "Whom would you turn to, and in which order?"

_WORDS_A_MINUTE = 130
"""Reading speed aloud."""

_A_QUESTION, _A_JUDGEMENT, _NEWS, _AT_THE_END, _TALK = 0.5, 3, 2, 3, 5
"""Minutes: for a question of the tree, a judgement with a vote, news and what it changes, how soon
and whom to turn to, and to talk when all is known."""


def handout(
    library: Library, cases: Sequence[Case], *, answers: bool = False, large: bool = False
) -> Document:
    """Cases as a document: stories with blanks to fill in, or with ``answers`` the trainer's copy.

    Each should be a case that can be rehearsed: see ``checks.runner.rehearsable``.
    """
    stories = [_Story.of(library, case) for case in cases]
    return Document(
        title=f"{_TITLE} The answers" if answers else _TITLE,
        blocks=tuple(_answers(stories) if answers else _questions(stories)),
        kicker="For the trainer only" if answers else "For participants",
        banner=BANNER,
        every_side=True,
        large=large,
    )


class _Story(Frozen):
    """A case with its rehearsal played by the story.

    ``way`` is the rehearsal at each step; the last is at its ending, or at a question that no
    answer of the story fits.
    """

    library: Library
    lesson: Lesson
    way: tuple[Rehearsal, ...]

    @classmethod
    def of(cls, library: Library, case: Case) -> _Story:
        return cls(
            library,
            lesson(library, case),
            tuple(Rehearsal.begin(library, case).played_by_the_story()),
        )

    @property
    def case(self) -> Case:
        return self.lesson.case

    @property
    def speaker(self) -> Speaker:
        """The speaker for the person in the story."""
        return Speaker(self.library, self.case.answers, self.case.tree)

    @property
    def story(self) -> str:
        """What is read out: the story, or how the scene opens."""
        scene = self.case.scene
        return self.speaker.say(scene.opens if scene else self.case.story)

    @property
    def end(self) -> Walk:
        return self.way[-1].walk

    @property
    def page(self) -> Page | None:
        """The page at its ending, or None if it has none."""
        here = self.end.here
        if not isinstance(here, Outcome):
            return None
        return page(self.library, self.end.tree, here, self.end.facts)

    @property
    def minutes(self) -> dict[str, int]:
        """The time that a group takes for each part of it, in minutes, rounded up."""
        asked = sum(isinstance(each.here, QuestionStep) for each in self.way)
        judged = sum(isinstance(each.here, JudgementStep) for each in self.way)
        taken = {
            "to read it out": len(self.story.split()) / _WORDS_A_MINUTE,
            "for the questions": _A_QUESTION * asked,
            "to judge and vote": _A_JUDGEMENT * judged,
            "for the news": _NEWS * sum(isinstance(each.here, NewsStep) for each in self.way),
            "for whom to turn to": _AT_THE_END,
            "to talk": _TALK,
        }
        return {what: ceil(minutes) for what, minutes in taken.items() if minutes}


def _question(walk: Walk) -> Question:
    assert isinstance(walk.here, Question)
    return walk.here


def _asked(walk: Walk) -> str:
    """The words of a question, of which a screen shows much more."""
    return Speaker(walk.library, walk.facts, walk.tree.name).say(_question(walk).ask)


def _headed(stories: Sequence[_Story]) -> Iterator[tuple[_Story, tuple[Block, ...]]]:
    """Each story with its opening blocks; each but the first begins a new page.

    The banner on it makes sure that no loose page is taken for a record of a real child.
    """
    for number, (story, title) in enumerate(zip(stories, _titled(stories), strict=True)):
        apart = (Break(),) if number else ()
        yield (
            story,
            (*apart, Heading(f"{BANNER}. {title}"), Paragraph(story.story)),
        )


def _titled(stories: Iterable[_Story]) -> Iterator[str]:
    """The heading of each story, which says what it is about."""
    return (f"Story {number}: {story.lesson.title}" for number, story in enumerate(stories, 1))


# --- for participants ----------------------------------------------------------------------------


def _questions(stories: Sequence[_Story]) -> Iterator[Block]:
    yield Points(_TO_ALL)
    for story, beginning in _headed(stories):
        yield from beginning
        yield from _to_write(story)
    yield Fine((say("page.from-nobody"),))


def _to_write(story: _Story) -> Iterator[Block]:
    """A blank for each answer. The content of news, and what it changes, is left out."""
    if scene := story.case.scene:  # also the moments to which a wrong turn leads
        for judgement in scene.moments:
            yield from _to_choose(story, judgement)
        return
    written = {"teller"}  # on paper the participant is the one who answers
    for rehearsal in story.way:
        match rehearsal.here:
            case JudgementStep(judgement):
                yield from _to_choose(story, judgement)
            case NewsStep():
                yield Blank("There is news. What does it change?", 2)
            case QuestionStep(walk):
                # A question asked again after news is answered in the blank of the news.
                if (fact := _question(walk).fact) not in written:
                    written.add(fact)
                    yield Blank(_asked(walk))
            case _:
                pass  # an ending on the way would give the answer away
    yield Blank(_WHAT_TO_SAY)
    yield Blank(_HOW_SOON)
    yield Blank(_WHOM, 3)


def _to_choose(story: _Story, judgement: Judgement) -> Iterator[Block]:
    says = tuple(story.speaker.say(choice.say) for choice in judgement.choices)
    yield Box(what_is_asked(judgement, story.speaker), (), steps=says)
    yield Blank("Which, and why?")


# --- for the trainer -----------------------------------------------------------------------------


def _answers(stories: Sequence[_Story]) -> Iterator[Block]:
    yield Points(_TO_TRAINER)
    yield Heading("What there is, and how long it takes")
    yield Points(tuple(_overview(stories)))
    for story, beginning in _headed(stories):
        yield from beginning
        taken = (f"{minutes} {what}" for what, minutes in story.minutes.items())
        yield Paragraph(f"Minutes: {', '.join(taken)}.")
        shown = f"fingerpost rehearse --room --case {story.case.name} --review debrief.html"
        yield Paragraph(f"On a screen: {shown}")
        yield from _answered(story)
        yield from _at_the_end(story)
    yield Fine(tuple(_origins(stories)))


def _overview(stories: Sequence[_Story]) -> Iterator[str]:
    """The length and level of each story, and the total time."""
    long = [sum(story.minutes.values()) for story in stories]
    for story, title, minutes in zip(stories, _titled(stories), long, strict=True):
        yield f"{as_sentence(title)} About {minutes} minutes, {LEVEL[story.lesson.level]}."
    if len(stories) > 1:
        yield f"All of it: about {sum(long)} minutes."


def _answered(story: _Story) -> Iterator[Block]:
    """The answers, with judgements and news in their order."""
    if scene := story.case.scene:
        yield from (_judged(story, judgement) for judgement in scene.moments)
        return
    lines: list[str] = []
    for rehearsal in story.way:
        here = rehearsal.here
        if isinstance(here, QuestionStep):
            lines.append(_answer(rehearsal, here.walk))
            continue
        if lines:
            yield Points(tuple(lines))
            lines.clear()
        match here:
            case JudgementStep(judgement):
                yield _judged(story, judgement)
            case NewsStep(inject):
                told = Note("", story.speaker.say(inject.say))
                yield Box("News: read it out here", (), notes=(told,))
            case EndingStep(walk):
                assert isinstance(walk.here, Outcome)
                title = Speaker(walk.library, walk.facts, walk.tree.name).say(walk.here.title)
                yield Paragraph(f"Here the tree shows “{title}”. Read it, then go on.")
            case _:
                pass  # what is asked at the end comes under a heading of its own
    if lines:
        yield Points(tuple(lines))


def _answer(rehearsal: Rehearsal, walk: Walk) -> str:
    question = _question(walk)
    values = rehearsal.story_answer(question)
    asked = _asked(walk)
    if not fits(question, values):
        return f"{asked} The story does not say. Talk about each answer."
    words = Speaker(walk.library, walk.facts, walk.tree.name).answers(question.fact, values)
    if answer_in(rehearsal.expected, question) is not None:
        return f"{asked} {words}."
    return f"{asked} The story does not say, so: {words}."


def _judged(story: _Story, judgement: Judgement) -> Box:
    """Each choice of a judgement with its number, verdict and reason."""
    say = story.speaker.say
    notes = []
    for number, choice in enumerate(judgement.choices, 1):
        source = f" ({labels.cited(choice.source, title=False)})" if choice.source else ""
        then = f" Then: {say(choice.then)}" if choice.then else ""
        told = f"{_quoted(say(choice.say))} {say(choice.because)}{source}{then}"
        notes.append(Note(f"{number}. {VERDICT[choice.verdict].capitalize()}", told))
    return Box(what_is_asked(judgement, story.speaker), (), notes=tuple(notes))


def _quoted(said: str) -> str:
    return said if said.startswith(('"', "“")) else f"“{said}”"


def _at_the_end(story: _Story) -> Iterator[Block]:
    found = story.page
    if found is None:
        yield Paragraph("From here the story does not say which way it goes. Talk about both.")
        return
    soon = URGENCY[found.urgency].capitalize()
    yield Box(
        "What to say, and how soon help is needed",
        (),
        notes=(Note(soon, found.title), Note("First words", found.opening)),
    )
    expected = frozenset(story.case.expect.routes)
    yield Box("Whom to turn to", (), notes=tuple(_right(found, expected)))
    if wrong := tuple(_wrong(story, found)):
        yield Box("Not for this person", (), notes=wrong)


def _right(found: Page, expected: frozenset[str]) -> Iterator[Note]:
    """For each need the expected services, and in brackets the other right ones."""
    for need in found.help:
        contacts = (*need.contacts, *need.more)
        named = [labels.title_of(each) for each in contacts if each.route in expected]
        others = [labels.title_of(each) for each in contacts if each.route not in expected]
        told = ", ".join(named)
        if others:
            told = f"{told} (also: {', '.join(others)})" if told else ", ".join(others)
        yield Note(need.heading, f"{told}. {' '.join(need.because)}".rstrip())


def _wrong(story: _Story, found: Page) -> Iterator[Note]:
    """The services that the case names as wrong, without those that news made right."""
    right = {c.route for each in found.help for c in (*each.contacts, *each.more)}
    for name in story.case.expect.never:
        if name not in right:
            route = story.library.routes[name]
            yield Note(story.speaker.say(route.title), services.why_unsuitable(route, story.end))


def _origins(stories: Sequence[_Story]) -> Iterator[str]:
    pages = [story.page for story in stories]
    yield from dict.fromkeys(labels.reviewed(found) for found in pages if found)
    choices = (c for s in stories for j in s.case.every_judgement for c in j.choices)
    on_pages = (source for found in pages if found for source in found.sources)
    sources = dict.fromkeys((*(c.source for c in choices if c.source), *on_pages))
    if sources:
        yield f"To read: {'; '.join(dict.fromkeys(map(labels.cited, sources)))}."
    yield say("page.from-nobody")
