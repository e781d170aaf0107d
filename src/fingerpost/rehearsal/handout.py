"""Cases as documents for a training: questions for participants, answers for the trainer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..model.base import Frozen
from ..model.case import Case, Choice, Scene
from ..model.library import Library
from ..model.tree import Question
from ..page.messages import as_sentence, say
from ..page.page import Page
from ..page.speaker import Speaker
from ..sheets.document import (
    Blank,
    Block,
    Box,
    Break,
    Brief,
    Document,
    Heading,
    Note,
    Paragraph,
    Points,
    Steps,
)
from ..walk.walk import Walk
from . import services
from .answer_key import Verdict, lettered, what_is_asked
from .catalogue import TALK, Lesson, SpokenOf, lesson, warning
from .rehearsal import JudgementStep, NewsStep, QuestionStep, Rehearsal
from .review import page_at_end, read_out, soon
from .review_document import banner, foot, who_approved

_TO_ALL = ("leave-out", "no-marks", "real")
_TO_TRAINER = ("think", "hands", "never")


def handout(library: Library, cases: Sequence[Case], *, large: bool = False) -> Document:
    """Cases as a document for the participants: stories with blanks to fill in.

    Each should be a case that can be rehearsed: see ``checks.runner.rehearsable``.
    """
    return _paper("handout", [_Story.of(library, case) for case in cases], _questions, large=large)


def script(library: Library, cases: Sequence[Case], *, large: bool = False) -> Document:
    """The same cases as a document for the trainer alone, with every answer."""
    return _paper("script", [_Story.of(library, case) for case in cases], _answers, large=large)


def _paper(
    kind: str,
    stories: Sequence[_Story],
    told: Callable[[Sequence[_Story]], Iterator[Block]],
    *,
    large: bool,
) -> Document:
    return Document(
        title=say(f"rehearsal.{kind}.title"),
        blocks=tuple(told(stories)),
        banner=banner(),
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
    def opens(self) -> str:
        """What is read out."""
        return read_out(self.library, self.case)

    @property
    def page(self) -> Page | None:
        """The page at its ending, or None if it has none."""
        return page_at_end(self.way[-1].told)


def _headed(stories: Sequence[_Story]) -> Iterator[tuple[_Story, tuple[Block, ...]]]:
    """Each story with its heading and, but for the first, an exercise after another, a new page.

    The banner on it makes sure that no loose page is taken for a record of a real child.
    """
    heard = SpokenOf(stories[0].library)  # costs more than all else here
    for before, story in zip((None, *stories), stories, strict=False):
        # Nobody reads how an exercise begins before what it is about.
        about = story.lesson.title if story.case.scene else warning(heard, story.case)
        apart = before and (before.case.scene or story.case.scene)
        yield story, (*([Break()] if apart else []), Heading(f"{banner()}: {about}"))


def _points(keys: Iterable[str]) -> Points:
    return Points(tuple(say(f"rehearsal.handout.{key}") for key in keys))


# --- for participants ----------------------------------------------------------------------------


def _questions(stories: Sequence[_Story]) -> Iterator[Block]:
    yield who_approved(story.page for story in stories)
    yield _points(_TO_ALL)
    for story, beginning in _headed(stories):
        yield from beginning
        yield from [Paragraph(story.lesson.about)] if story.case.scene else []
        yield Paragraph(story.opens)
        yield from _to_write(story)
    yield Paragraph(say("rehearsal.afterwards"))
    yield foot()


def _to_write(story: _Story) -> Iterator[Blank | Paragraph]:
    """A blank for each answer, and at each moment of a scene for a second try: what to choose among
    comes after they have written. Nor does what is said there last tell what was right before, or
    the content of news what it changes."""
    if scene := story.case.scene:
        yield Paragraph(say("rehearsal.handout.next-blank"))
        first, letters = scene.moments[0], lettered(scene)
        for moment in scene.moments:
            letter, last = letters[moment.name], moment.says[-1:]
            if moment not in scene.right_way:
                yield Blank(letter, 2)
                continue
            asked = what_is_asked(moment, story.speaker)
            asked = story.speaker.say(last[0]) if last and moment is not first else asked
            yield Blank(say("rehearsal.handout.moment", letter=letter, asked=asked), 3)
        yield Blank(say("rehearsal.handout.keep-blank"), 2)
        return
    if "staff" not in story.case.answers.get("teller", ()):
        yield Paragraph(say("rehearsal.answer-as"))
    for asked, right in _decisions(story):
        yield Blank(asked, min(len(right), 2) or 1)
    yield Blank(say("rehearsal.urgency-asks"))
    yield Blank(say("rehearsal.handout.whom-blank"), 2)


def _decisions(story: _Story) -> Iterator[tuple[str, tuple[Note, ...]]]:
    """What an exercise asks, in the order in which it comes, with what is right. Who the person is
    stands in its story; an ending on the way would give the answer away."""
    speaker = story.speaker
    asked = set[str]()
    for each in story.way:
        match each.here:
            case JudgementStep(judgement):
                numbered = enumerate(judgement.choices, 1)
                notes = tuple(_choice(number, choice, speaker) for number, choice in numbered)
                yield what_is_asked(judgement, speaker), notes
            case NewsStep(inject):
                told = Note(say("rehearsal.script.news"), speaker.say(inject.say))
                now = (speaker.answers(*each) for each in inject.answers.items())
                changed = (say("rehearsal.review.story-says-now", story=each) for each in now)
                yield say("rehearsal.handout.news-blank"), (told, *(Note("", e) for e in changed))
            case QuestionStep(Walk(here=Question() as question) as walk):
                if question.fact in asked:
                    continue  # news changes an answer in its own blank
                asked.add(question.fact)
                says = speaker.answers(question.fact, each.story_answer(question))
                asks = Speaker(walk.library, walk.facts, walk.tree.name).say(question.ask)
                yield asks, (Note("", says),)
    opening = (Note("", story.page.opening),) if story.page else ()
    yield say("rehearsal.handout.say-blank"), opening


# --- for the trainer -----------------------------------------------------------------------------


def _answers(stories: Sequence[_Story]) -> Iterator[Block]:
    yield who_approved(story.page for story in stories)
    yield _points(_TO_TRAINER)
    yield services.our_lead(stories[0].library, say("rehearsal.script.talk-to"))
    for story, beginning in _headed(stories):
        yield from beginning
        opening = say("rehearsal.script.say-first", about=story.lesson.about)
        yield Paragraph(" ".join(opening.split()))  # an exercise's heading says what it is about
        yield Paragraph(say("rehearsal.script.read-out", story=story.opens))
        yield from _moments(story, scene) if (scene := story.case.scene) else _exercise(story)
        yield Paragraph(say("rehearsal.script.talk", minutes=TALK))


def _moments(story: _Story, scene: Scene) -> Iterator[Box]:
    """Each moment of a scene with all that can be said or done there, and why what is right is; of
    one to which only a wrong turn leads which turns those are, and what is right. The screen has
    the rest, what comes of each and what to talk about."""
    letters = lettered(scene)
    led_to: dict[str, list[str]] = {}
    for moment in scene.moments:
        letter, choices = letters[moment.name], [*enumerate(moment.choices, 1)]
        for number, choice in choices:
            led_to.setdefault(choice.goto, []).append(f"{letter}{number}")
        if moment not in scene.right_way:
            after = ", ".join(led_to[moment.name])
            letter = say("rehearsal.script.after", letter=letter, choices=after)
            choices = [each for each in choices if each[1] is moment.right]
        kind = "matters" if moment.matters else "moment"
        asked = what_is_asked(moment, story.speaker)
        title = say(f"rehearsal.handout.{kind}", letter=letter, asked=asked)
        told = (_choice(*each, story.speaker, why=each[1] is moment.right) for each in choices)
        yield Box(title, (), notes=tuple(told))


def _exercise(story: _Story) -> Iterator[Block]:
    for asked, right in _decisions(story):
        told = " \N{EN DASH} ".join([asked, *(each.text for each in right)])
        yield Box(asked, (), notes=right) if len(right) > 1 else Paragraph(told)
    if found := story.page:
        yield Paragraph(say("rehearsal.script.page", soon=soon(found.urgency)))
        yield Steps(tuple(line.text for line in found.instructions))
        yield Brief(services.who_helps(found, story.way[-1].told, story.case))
    else:
        yield Paragraph(say("rehearsal.script.both-ways"))


def _choice(number: int, choice: Choice, speaker: Speaker, *, why: bool = True) -> Note:
    label = say("rehearsal.script.choice", number=number, verdict=Verdict.of(choice.verdict).word)
    return Note(label, with_reason(choice, speaker) if why else speaker.say(choice.say))


def with_reason(choice: Choice, speaker: Speaker) -> str:
    """What can be said or done, and why that is right or not."""
    said, because = as_sentence(speaker.say(choice.say)), speaker.say(choice.because)
    return f"{said} \N{EN DASH} {because}" if because else said
