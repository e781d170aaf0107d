"""Cases as documents for a training: questions for participants, answers for the trainer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..model.base import Frozen
from ..model.case import Case, Choice, Judgement, Scene
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
    Brief,
    Document,
    Fine,
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
_TO_TRAINER = ("purpose", "say-first", "keys", "never")

_FIRST_STEPS = 3

AT_THE_END = ("liked", "own-words", "ring-here")
"""What a trainer asks at the end: keys of messages."""


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
        kicker=say(f"rehearsal.{kind}.kicker"),
        banner=banner(),
        every_side=True,
        large=large,
        most_sides=len(stories) + sum(bool(e.case.scene) for e in stories) * (kind == "script"),
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
    """Each story with its opening blocks: what it is about, and an exercise. Each but the first
    begins a new page.

    The banner on it makes sure that no loose page is taken for a record of a real child.
    """
    heard = SpokenOf(stories[0].library)  # costs more than all else here
    for story in stories:
        scene, case = story.case.scene, story.case
        # Nobody reads how an exercise begins before what it is about.
        title = f"{banner()}: {story.lesson.title if scene else warning(heard, case)}"
        apart = (Break(),) if story is not stories[0] else ()
        about = story.lesson.about if scene else story.opens
        yield story, (*apart, Heading(title), Paragraph(about))


def _points(keys: Iterable[str]) -> Points:
    return Points(tuple(say(f"rehearsal.handout.{key}") for key in keys))


# --- for participants ----------------------------------------------------------------------------


def _questions(stories: Sequence[_Story]) -> Iterator[Block]:
    yield _points(_TO_ALL)
    for story, beginning in _headed(stories):
        yield from beginning
        yield from [Paragraph(story.opens)] if story.case.scene else []
        yield from _to_write(story)
    yield Paragraph(say("rehearsal.afterwards"))
    yield foot(story.page for story in stories)


def _to_write(story: _Story) -> Iterator[Block]:
    """A blank for each answer: what to choose among comes after they have written. The content of
    news, and what it changes, is left out; and of a scene all that comes after its first moment,
    which tells what was right there: what is asked at its end, and that there is a second try."""
    if scene := story.case.scene:
        for said in scene.moments[0].says:
            yield Paragraph(story.speaker.say(said), strong=True)
        yield Paragraph(say("rehearsal.handout.next-blank"))
        letters = lettered(scene)
        yield from (Blank(letters[moment.name], 4) for moment in scene.right_way)
        yield Blank(say("rehearsal.handout.keep-blank"), 2)
        return
    if "staff" not in story.case.answers.get("teller", ()):
        yield Paragraph(say("rehearsal.answer-as"), strong=True)
    for asked, right in _decisions(story):
        yield Blank(asked, min(len(right), 3) or 1)
    yield Blank(say("rehearsal.urgency-asks"))
    yield Blank(say("rehearsal.handout.whom-blank"), 3)


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
    yield _points(_TO_TRAINER)
    yield Blank(say("rehearsal.script.talk-to"))
    for story, beginning in _headed(stories):
        yield from beginning
        approved = Fine(who_approved([story.page]))
        if scene := story.case.scene:
            yield from _prepared(story, scene)
            yield from (*_to_talk(), approved, Break())  # a sheet is copied a side at a time
            yield Heading(say("rehearsal.script.side-2", title=f"{banner()}: {story.lesson.title}"))
            yield Paragraph(story.opens)
            yield from _looked_up(story, scene)
        else:
            yield from (*_exercise(story), *_to_talk())
        yield from (*_at_the_end(story), approved)


def _to_talk() -> Iterator[Block]:
    yield Paragraph(say("rehearsal.script.talk", minutes=TALK))
    yield _points((*AT_THE_END, "say-after"))


def _prepared(story: _Story, scene: Scene) -> Iterator[Box]:
    """The way through a scene that a trainer reads before it: at each moment the last that is said,
    what is right and why. The screen has the rest."""
    letters = lettered(scene)
    for moment in scene.right_way:
        asked = story.speaker.say(moment.says[-1]) if moment.says else ""
        kind = "matters" if moment.matters else "moment"
        title = say(
            f"rehearsal.handout.{kind}",
            letter=letters[moment.name],
            asked=asked or what_is_asked(moment, story.speaker),
        )
        yield Box(title, (), notes=tuple(_judged(story, moment, right=True)))


def _looked_up(story: _Story, scene: Scene) -> Iterator[Box]:
    """What a trainer looks up in the room: what each moment asks, and what is not right there; of
    one to which only a wrong turn leads which turns those are, and what is right there."""
    letters = lettered(scene)
    led_to: dict[str, list[str]] = {}
    for moment in scene.moments:
        letter = letters[moment.name]
        for number, choice in enumerate(moment.choices, 1):
            led_to.setdefault(choice.goto, []).append(f"{letter}{number}")
        notes = [*_judged(story, moment, right=False)]
        if moment not in scene.right_way:
            after = ", ".join(led_to[moment.name])
            letter = say("rehearsal.script.after", letter=letter, choices=after)
            notes = [*_judged(story, moment, right=True), *notes]
        asked = what_is_asked(moment, story.speaker)
        title = say("rehearsal.handout.moment", letter=letter, asked=asked)
        yield Box(title, (), notes=tuple(notes))


def _judged(story: _Story, moment: Judgement, *, right: bool) -> Iterator[Note]:
    """What is right at a moment, or what is not, and why."""
    for number, choice in enumerate(moment.choices, 1):
        if (choice.verdict == "right") is right:
            yield _choice(number, choice, story.speaker)


def _exercise(story: _Story) -> Iterator[Block]:
    for asked, right in _decisions(story):
        told = " \N{EN DASH} ".join([asked, *(each.text for each in right)])
        yield Box(asked, (), notes=right) if len(right) > 1 else Paragraph(told)


def _choice(number: int, choice: Choice, speaker: Speaker) -> Note:
    label = say("rehearsal.script.choice", number=number, verdict=Verdict.of(choice.verdict).word)
    return Note(label, with_reason(choice, speaker))


def with_reason(choice: Choice, speaker: Speaker) -> str:
    """What can be said or done, and why that is right or not."""
    said, because = as_sentence(speaker.say(choice.say)), speaker.say(choice.because)
    return f"{said} \N{EN DASH} {because}" if because else said


def _at_the_end(story: _Story) -> Iterator[Block]:
    """How soon help is needed, who can help and what to do, which of a scene that can wait the
    screen says."""
    if found := story.page:
        if not story.case.scene or found.urgency is Urgency.NOW:
            yield Paragraph(say("rehearsal.script.page", soon=soon(found.urgency)))
            told = story.way[-1].told
            steps = tuple(line.text for line in found.instructions)
            yield Steps(steps[:_FIRST_STEPS] if story.case.scene else steps)
            helps = services.who_helps(found, told, story.case)
            rung = [each for each in helps if "://" not in services.in_words(each)]
            yield Brief(tuple(rung) if story.case.scene else helps)
    else:
        yield Paragraph(say("rehearsal.script.both-ways"))
