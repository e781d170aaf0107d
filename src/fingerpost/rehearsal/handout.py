"""Cases as documents for a training: questions for participants, answers for the trainer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase

from ..model.base import Frozen
from ..model.case import Case, Choice, Judgement
from ..model.library import Library
from ..model.sentence import Urgency
from ..model.tree import Outcome, Question
from ..page import labels
from ..page.messages import as_sentence, say
from ..page.page import Page
from ..page.speaker import Speaker
from ..sheets.document import (
    Blank,
    Block,
    Box,
    Break,
    Document,
    Heading,
    Note,
    Paragraph,
    Points,
    lead,
)
from ..walk.walk import Walk, answer_in, fits
from . import services
from .answer_key import Verdict, what_is_asked
from .catalogue import Lesson, in_room, lesson
from .rehearsal import EndingStep, JudgementStep, NewsStep, QuestionStep, Rehearsal
from .review import page_at_end, soon
from .review_document import banner, foot

_TO_ALL = ("leave-out", "no-marks", "real")
_TO_TRAINER = ("say-first", "choose-first", "ask", "keys", "say-after")
"""What stands at the head of each sheet: keys of the catalogue of messages."""


def handout(
    library: Library, cases: Sequence[Case], *, answers: bool = False, large: bool = False
) -> Document:
    """Cases as a document: stories with blanks to fill in, or with ``answers`` the trainer's copy.

    Each should be a case that can be rehearsed: see ``checks.runner.rehearsable``.
    """
    stories = [_Story.of(library, case) for case in cases]
    kind = "-answers" if answers else ""
    return Document(
        title=say(f"rehearsal.handout.title{kind}"),
        blocks=tuple(_answers(stories) if answers else _questions(stories)),
        kicker=say(f"rehearsal.handout.kicker{kind}"),
        banner=banner(),
        every_side=True,
        large=large,
        most_sides=sum(2 if answers and story.case.scene else 1 for story in stories),
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
        return page_at_end(self.way[-1].for_staff if self.case.scene else self.end)


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
    for number, story in enumerate(stories, 1):
        called = story.lesson.title
        title = say("rehearsal.handout.heading", banner=banner(), number=number, title=called)
        apart = (Break(),) if number > 1 else ()
        about = (Paragraph(story.lesson.about),) if story.lesson.case.scene else ()
        yield story, (*apart, Heading(title), *about, Paragraph(story.story))


def _at_the_head(keys: Iterable[str]) -> Points:
    return Points(tuple(say(f"rehearsal.handout.{key}") for key in keys))


# --- for participants ----------------------------------------------------------------------------


def _questions(stories: Sequence[_Story]) -> Iterator[Block]:
    yield _at_the_head(_TO_ALL)
    for story, beginning in _headed(stories):
        yield from beginning
        yield from _to_write(story)
    yield Paragraph(say("rehearsal.afterwards"))
    yield foot(story.page for story in stories)


def _to_write(story: _Story) -> Iterator[Block]:
    """A blank for each answer. The content of news, and what it changes, is left out; and of a
    scene what comes after its first moment, which tells what was right there."""
    if story.case.scene:
        first, *others, _ = story.way[-1].judgements
        yield from _to_choose(story, first.judgement)
        yield from (Blank(say("rehearsal.handout.next-blank"), 4) for _ in others)
        yield Blank(say("scene.ring-asks"), 4)
        yield Blank(say("rehearsal.handout.keep-blank"), 4)
        return
    written = {"teller"}  # on paper the participant is the one who answers
    for rehearsal in story.way:
        match rehearsal.here:
            case JudgementStep(judgement):
                yield from _to_choose(story, judgement)
            case NewsStep():
                yield Blank(say("rehearsal.handout.news-blank"), 2)
            case QuestionStep(walk):
                # A question asked again after news is answered in the blank of the news.
                if (fact := _question(walk).fact) not in written:
                    written.add(fact)
                    yield Blank(_asked(walk))
            case _:
                pass  # an ending on the way would give the answer away
    yield Blank(say("rehearsal.handout.say-blank"))
    choices = ", ".join(map(soon, sorted(Urgency, reverse=True)))
    yield Blank(say("rehearsal.handout.soon-blank", choices=choices))
    yield Blank(say("rehearsal.handout.whom-blank"), 3)


def _to_choose(story: _Story, judgement: Judgement) -> Iterator[Block]:
    says = tuple(story.speaker.say(choice.say) for choice in judgement.choices)
    yield Box(what_is_asked(judgement, story.speaker), (), steps=says)
    yield Blank(say("rehearsal.handout.which"), 2)


# --- for the trainer -----------------------------------------------------------------------------


def _answers(stories: Sequence[_Story]) -> Iterator[Block]:
    yield _at_the_head(_TO_TRAINER)
    if len(stories) > 1:
        long = sum(in_room(story.library, story.case) for story in stories)
        yield Paragraph(say("rehearsal.handout.all", minutes=long))
    for story, beginning in _headed(stories):
        yield from beginning
        yield from _script(story) if story.case.scene else _answered(story)
        yield from _at_the_end(story)
    exercises = [story for story in stories if story.case.scene is None]
    choices = (c for s in exercises for j in s.case.every_judgement for c in j.choices)
    of_pages = (source for each in exercises if each.page for source in each.page.sources)
    yield foot((s.page for s in stories), (*(c.source for c in choices if c.source), *of_pages))


def _answered(story: _Story) -> Iterator[Block]:
    """The answers of an exercise, with judgements and news in their order."""
    minutes = in_room(story.library, story.case)
    yield Paragraph(say("rehearsal.handout.minutes", minutes=minutes))
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
                yield Box(say("rehearsal.handout.news"), (), notes=(told,))
            case EndingStep(walk):
                assert isinstance(walk.here, Outcome)
                title = Speaker(walk.library, walk.facts, walk.tree.name).say(walk.here.title)
                yield Paragraph(say("rehearsal.handout.shows", title=title))
            case _:
                pass  # what is asked at the end comes under a heading of its own
    if lines:
        yield Points(tuple(lines))


def _answer(rehearsal: Rehearsal, walk: Walk) -> str:
    question = _question(walk)
    values = rehearsal.story_answer(question)
    asked = _asked(walk)
    if not fits(question, values):
        return say("rehearsal.handout.talk-about-each", asked=asked)
    words = Speaker(walk.library, walk.facts, walk.tree.name).answers(question.fact, values)
    if answer_in(rehearsal.expected, question) is not None:
        return f"{asked} {words}."
    return say("rehearsal.handout.not-said", asked=asked, answer=words)


def _judged(story: _Story, judgement: Judgement) -> Box:
    """Each choice of a judgement with its number, verdict and reason."""
    speaker = story.speaker
    notes = []
    for number, choice in enumerate(judgement.choices, 1):
        says, because = as_sentence(speaker.say(choice.say)), speaker.say(choice.because)
        notes.append(Note(_label(number, choice), f"{says} {because}"))
    return Box(what_is_asked(judgement, speaker), (), notes=tuple(notes))


def _label(number: int, choice: Choice) -> str:
    verdict = Verdict.of(choice.verdict).word
    return say("rehearsal.handout.choice", number=number, verdict=verdict)


def _script(story: _Story) -> Iterator[Block]:
    """All moments of a scene, by letters: what they say, and each choice whole with its reason and
    what comes of it. It can be run from paper alone."""
    moments, speaker = story.case.every_judgement, story.speaker
    letters = dict(zip((each.name for each in moments), ascii_uppercase, strict=False))
    met = {each.judgement.name for each in story.way[-1].judgements}
    for moment, after in zip(moments, (*(each.name for each in moments[1:]), ""), strict=True):
        notes = []
        for number, choice in enumerate(moment.choices, 1):
            because, then = speaker.say(choice.because), speaker.say(choice.then)
            because = lead(because)[0] if choice.verdict == "right" else because
            if choice.goto != after:
                then = say("rehearsal.handout.go-to", then=then, letter=letters[choice.goto])
            said = Note(_label(number, choice), f"{speaker.say(choice.say)} {because}")
            notes += [said, Note("", then)]
        kind = "wrong-turn" if moment.name not in met else "matters" if moment.matters else "moment"
        asked, letter = what_is_asked(moment, speaker), letters[moment.name]
        title = say(f"rehearsal.handout.{kind}", letter=letter, asked=asked)
        yield Box(title, (), notes=tuple(notes))


def _at_the_end(story: _Story) -> Iterator[Block]:
    """What the page says; of a scene, whose last moment is whom to ring, briefly."""
    found = story.page
    if found is None:
        yield Paragraph(say("rehearsal.handout.both-ways"))
        return
    if story.case.scene:
        told = say("rehearsal.handout.page", soon=soon(found.urgency))
        helping = services.who_helps(found, story.way[-1].for_staff, story.case)
        who = say("rehearsal.debrief.who", names=" ".join(map(as_sentence, helping)))
        yield Paragraph(f"{told} {who}")
        return
    first = Note(say("rehearsal.handout.first-words"), found.opening)
    notes = (Note(soon(found.urgency).capitalize(), found.title), first)
    yield Box(say("rehearsal.handout.to-say"), (), notes=notes)
    expected = frozenset(story.case.expect.routes)
    yield Box(say("rehearsal.debrief.whom"), (), notes=tuple(_right(found, expected)))
    if wrong := tuple(_wrong(story, found)):
        yield Box(say("rehearsal.handout.not-for"), (), notes=wrong)


def _right(found: Page, expected: frozenset[str]) -> Iterator[Note]:
    """For each need the expected services, and in brackets the other right ones."""
    for need in found.help:
        contacts = (*need.contacts, *need.more)
        named = [labels.title_of(each) for each in contacts if each.route in expected]
        others = [labels.title_of(each) for each in contacts if each.route not in expected]
        told = ", ".join(named)
        if others:
            more = ", ".join(others)
            told = say("rehearsal.handout.also", names=told, others=more) if told else more
        yield Note(need.heading, f"{told}. {' '.join(need.because)}".rstrip())


def _wrong(story: _Story, found: Page) -> Iterator[Note]:
    """The services that the case names as wrong, without those that news made right."""
    right = {c.route for each in found.help for c in (*each.contacts, *each.more)}
    for name in story.case.expect.never:
        if name not in right:
            route = story.library.routes[name]
            yield Note(story.speaker.say(route.title), services.why_unsuitable(route, story.end))
