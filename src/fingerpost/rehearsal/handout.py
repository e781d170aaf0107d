"""Cases as documents for a training: questions for participants, answers for the trainer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..model.base import Frozen
from ..model.case import RING, Case
from ..model.library import Library
from ..model.sentence import Urgency
from ..model.tree import Question
from ..page.messages import as_sentence, say
from ..page.page import Page
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
from ..walk.walk import Walk
from . import services
from .answer_key import Verdict, lettered, what_is_asked
from .catalogue import A_JUDGEMENT, TALK, Lesson, in_room, lesson
from .rehearsal import JudgementStep, NewsStep, QuestionStep, Rehearsal
from .review import page_at_end, soon, who_can_help
from .review_document import banner, foot, who_approved, who_to_ring

_TO_ALL = ("leave-out", "no-marks", "real")
_TO_TRAINER = ("say-first", "write-first", "say-after")
_FIRST_SAID = re.compile(
    r"""("[^"]*,"[^".?!]*[.?!]|"[^"]*"|[^"]+?[.?!](?= |$)|[^"]*"[^"]*")(?: .*)?"""
)
"""A text, and the first of it that somebody says or does, whole."""

AT_THE_END = ("liked", "own-words", "ring-here")
"""What a trainer asks at the end: keys of messages."""


def handout(
    library: Library, cases: Sequence[Case], *, answers: bool = False, large: bool = False
) -> Document:
    """Cases as a document: stories with blanks to fill in, and with ``answers`` before them the
    trainer's script.

    Each should be a case that can be rehearsed: see ``checks.runner.rehearsable``.
    """
    stories = [_Story.of(library, case) for case in cases]
    kind = "-answers" if answers else ""
    return Document(
        title=say(f"rehearsal.handout.title{kind}"),
        blocks=(*(_answers(stories) if answers else ()), *_questions(stories, apart=answers)),
        kicker=say(f"rehearsal.handout.kicker{kind}"),
        banner=banner(),
        every_side=True,
        large=large,
        most_sides=(2 if answers else 1) * len(stories),
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
    def opens(self) -> str:
        """What is read out: the story, or how the scene opens."""
        scene = self.case.scene
        return self.speaker.say(scene.opens if scene else self.case.story)

    @property
    def page(self) -> Page | None:
        """The page at its ending, or None if it has none."""
        return page_at_end(self.way[-1].for_staff)


def _headed(
    stories: Sequence[_Story], *, script: bool = False
) -> Iterator[tuple[_Story, tuple[Block, ...]]]:
    """Each story with its opening blocks: of a scene what it is about and, unless this is the
    ``script``, behind which it stands, how it opens. Each but the first begins a new page.

    The banner on it makes sure that no loose page is taken for a record of a real child.
    """
    for story in stories:
        title = f"{banner()}: {story.lesson.title}"
        apart = (Break(),) if story is not stories[0] else ()
        about = (Paragraph(story.lesson.about),) if story.case.scene else ()
        opens = () if script and about else (Paragraph(story.opens),)
        yield story, (*apart, Heading(title), *about, *opens)


def _points(keys: Iterable[str]) -> Points:
    return Points(tuple(say(f"rehearsal.handout.{key}") for key in keys))


# --- for participants ----------------------------------------------------------------------------


def _questions(stories: Sequence[_Story], *, apart: bool) -> Iterator[Block]:
    if apart:
        yield Break()
        yield Heading(say("rehearsal.handout.kicker"))
    yield _points(_TO_ALL)
    for story, beginning in _headed(stories):
        yield from beginning
        yield from _to_write(story)
    yield Paragraph(say("rehearsal.afterwards"))
    yield foot(story.page for story in stories)


def _to_write(story: _Story) -> Iterator[Block]:
    """A blank for each answer: what to choose among comes after they have written. The content of
    news, and what it changes, is left out; and of a scene what comes after its first moment, which
    tells what was right there."""
    letters = lettered(story.case)
    if scene := story.case.scene:
        yield Paragraph(what_is_asked(scene.moments[0], story.speaker), strong=True)
        for moment in scene.moments:
            asks = say("scene.ring-asks" if moment.name == RING else "rehearsal.handout.next-blank")
            kind = "moment" if moment in scene.right_way else "perhaps"
            yield Blank(
                say(f"rehearsal.handout.{kind}", letter=letters[moment.name], asked=asks), 3
            )
        yield Blank(say("rehearsal.handout.keep-blank"), 2)
        return
    written = {"teller"}  # on paper the participant is the one who answers
    for rehearsal in story.way:
        match rehearsal.here:
            case JudgementStep(judgement):
                asks, letter = what_is_asked(judgement, story.speaker), letters[judgement.name]
                yield Blank(say("rehearsal.handout.moment", letter=letter, asked=asks), 3)
            case NewsStep():
                yield Blank(say("rehearsal.handout.news-blank"), 2)
            case QuestionStep(Walk(here=Question() as question) as walk):
                # News changes an answer in its own blank; who the person is stands in the story.
                if question.fact not in written and (question.in_danger or not question.of_person):
                    written.add(question.fact)
                    if len(written) == 2 and "staff" not in walk.facts.get("teller", ()):
                        yield Paragraph(say("rehearsal.answer-as"), strong=True)
                    speaker = Speaker(walk.library, walk.facts, walk.tree.name)
                    yield Blank(speaker.say(question.ask))
            case _:
                pass  # an ending on the way would give the answer away
    yield Blank(say("rehearsal.handout.say-blank"))
    choices = ", ".join(map(soon, sorted(Urgency, reverse=True)))
    yield Blank(say("rehearsal.handout.soon-blank", choices=choices))
    yield Blank(say("rehearsal.handout.whom-blank"), 3)


# --- for the trainer -----------------------------------------------------------------------------


def _answers(stories: Sequence[_Story]) -> Iterator[Block]:
    yield _points(_TO_TRAINER)
    for story, beginning in _headed(stories, script=True):
        yield from beginning
        long = in_room(story.library, story.case)
        yield Paragraph(say("rehearsal.handout.minutes", minutes=long, each=A_JUDGEMENT, talk=TALK))
        yield from _script(story)
        yield from _at_the_end(story)
    yield Fine(who_approved(story.page for story in stories))


def _script(story: _Story) -> Iterator[Block]:
    """All that is decided, by letters: what they say, what can be said, and what comes of it, or in
    an exercise why: a screen has the reasons of a scene. Then the news."""
    moments, speaker = story.case.every_judgement, story.speaker
    letters = lettered(story.case)
    met = [each.judgement for each in story.way[-1].judgements]
    for moment in moments:
        notes = []
        for number, choice in enumerate(moment.choices, 1):
            said, came = map(speaker.say, (choice.say, choice.then or choice.because))
            if moment.name != RING:
                came = _FIRST_SAID.sub(r"\1", came) if choice.then else came
            elif choice.verdict != "right":
                said, came = said.partition(":")[0], ""
            words = " \N{EN DASH} ".join(filter(None, (as_sentence(said), came)))
            verdict = Verdict.of(choice.verdict).word
            label = say("rehearsal.handout.choice", number=number, verdict=verdict)
            notes.append(Note(label, words))
        kind = "wrong-turn" if moment not in met else "matters" if moment.matters else "moment"
        on_paper = story.case.scene and moment is moments[0]
        asked = say("rehearsal.handout.first") if on_paper else what_is_asked(moment, speaker)
        title = say(f"rehearsal.handout.{kind}", letter=letters[moment.name], asked=asked)
        yield Box(title, (), notes=tuple(notes))
    for inject in story.case.injects:
        told = speaker.say(inject.say)
        yield Box(say("rehearsal.handout.news"), (), notes=(Note("", told),))


def _at_the_end(story: _Story) -> Iterator[Block]:
    """How soon help is needed, and who can help."""
    if found := story.page:
        told = say("rehearsal.handout.page", soon=soon(found.urgency))
        yield Paragraph(told)
        yield from who_to_ring(who_can_help(story.way[-1]))
        yield from services.to_write_in(found, story.way[-1].for_staff)
    else:
        yield Paragraph(say("rehearsal.handout.both-ways"))
