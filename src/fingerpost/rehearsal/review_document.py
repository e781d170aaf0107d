"""The review of a rehearsal as a document to read, print or keep.

Help that would have come too late comes first. It says what was done and what that would have
meant, and never gives a grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.sentence import Source
from ..page import labels
from ..page.messages import as_sentence, say
from ..page.page import Instruction, Page
from ..sheets.document import (
    Block,
    Box,
    Document,
    Fine,
    Heading,
    Note,
    Paragraph,
    Points,
    lead,
)
from .answer_key import Verdict
from .review import (
    FIRST_THINGS,
    VERDICTS,
    Decision,
    Departure,
    Meaning,
    Review,
    Service,
    Timing,
    soon,
)


def banner() -> str:
    """The banner on every screen and print of a rehearsal."""
    return say("rehearsal.banner")


def who_approved(pages: Iterable[Page | None]) -> tuple[str, ...]:
    """Who approved the words of pages, or that nobody has."""
    lines = (labels.reviewed(each) if each else say("page.not-reviewed") for each in pages)
    return tuple(dict.fromkeys(lines))


def foot(pages: Iterable[Page | None], sources: Iterable[Source] = ()) -> Fine:
    """What every handout, review and debrief ends with: who approved the words of its pages, or
    that nobody has, then what to read, and that it is made up and from no service."""
    lines = [*who_approved(pages)]
    if cited := "; ".join(map(labels.cited, dict.fromkeys(sources))):
        lines.append(say("rehearsal.handout.sources", sources=cited))
    made_up, nobody = say("rehearsal.review.made-up"), say("page.from-nobody")
    return Fine((*lines, made_up, nobody))


def review_document(review: Review) -> Document:
    """A review as a document."""
    return Document(
        title=say("rehearsal.review.title"),
        blocks=tuple(_blocks(review)),
        kicker=review.topic,
        banner=banner(),
        every_side=True,
    )


def _blocks(review: Review) -> Iterator[Block]:
    timing = review.timing
    if timing and timing.too_low:
        yield from _too_low(timing, review.page.instructions if review.page else ())
    decisions = sorted(review.decisions, key=lambda each: VERDICTS.index(each.verdict))
    yield from _in_short(review, decisions)
    if decisions:
        yield Heading(say("rehearsal.review.decided"))
        yield from map(_decision, decisions)
    if review.departures:
        yield Heading(say("rehearsal.review.left"))
        yield from map(_departure, review.departures)
    if review.missed or review.misplaced:
        yield Heading(say("rehearsal.review.whom"))
        yield from services(say("rehearsal.review.for-them-too"), review.missed)
        yield from services(say("rehearsal.review.not-for-them"), review.misplaced)
    yield from listed_under("rehearsal.who-helps", review.helps)
    yield from story_again(review)
    yield foot([review.page])


def story_again(review: Review) -> Iterator[Block]:
    """The story, and its news."""
    yield Heading(say("rehearsal.review.story"))
    yield Paragraph(review.story)
    if review.news:
        yield Paragraph(say("rehearsal.review.then"))
        yield Points(review.news)


def _in_short(review: Review, decisions: Sequence[Decision]) -> Iterator[Block]:
    """What the first screen says, what could hurt most first: danger that was missed, the worst
    that was decided or another answer of the story, and 999; then what agrees with it."""
    missed = (each.meaning.missed for each in review.departures if each.meaning)
    lines = [say("rehearsal.review.missed-danger", danger=each) for each in missed if each]
    less = [e for e in review.departures if not e.meaning or e.meaning.urgency <= e.meaning.called]
    others = [] if lines else less[:1]  # whoever is more careful than the story is not put right
    left = [f"{each.asked} {says(each).label}: {as_sentence(each.story)}" for each in others]
    decided = [_decided(each) for each in decisions[:1] if each.said]
    lines += [*left, *decided] if decisions and not decisions[0].better else [*decided, *left]
    lines += (f"{each.title}. {each.why}" for each in review.if_danger)
    too_low = review.timing and review.timing.too_low
    lines += [soon_enough(review.timing)] if review.timing and not too_low else []
    if not review.departures:
        lines.append(say("rehearsal.review.answers-agree"))
    if not (review.missed or review.misplaced):
        lines.append(say("rehearsal.review.whom-agrees"))
    if lines and not too_low:
        yield Heading(say("scene.mattered-most"))
        yield Paragraph(lines.pop(0))
    yield from listed_under("rehearsal.review.in-short", lines)


def _decided(made: Decision) -> str:
    """What was decided, how right it is and why, and what would be better."""
    told = f"{Verdict.of(made.verdict).word}: {as_sentence(made.said)} {made.because}"
    better = (say("scene.better", words=as_sentence(words)) for words, _ in made.better[:1])
    return " ".join([told, *better])


# How soon


def _too_low(urgency: Timing, to_do: tuple[Instruction, ...]) -> Iterator[Block]:
    yield Heading(say("rehearsal.review.cannot-wait"))
    said, called = soon(urgency.said), soon(urgency.called)
    yield Paragraph(say("rehearsal.review.too-low", said=said, called=called), strong=True)
    for because in urgency.because:
        yield Paragraph(because)
    if to_do:
        yield Paragraph(say("rehearsal.review.until-then"))
        yield Points(tuple(line.text for line in to_do[:FIRST_THINGS]))


def soon_enough(urgency: Timing) -> str:
    """That an urgency is that of the page, or sooner."""
    key = "same-soon" if urgency.said is urgency.called else "sooner"
    said, called = soon(urgency.said), soon(urgency.called)
    return say(f"rehearsal.review.{key}", said=said, called=called)


# Answers


def _departure(departure: Departure) -> Box:
    notes = [Note(say("rehearsal.review.answered"), departure.said), says(departure)]
    if departure.meaning is not None:
        notes += _meant(departure.meaning)
    return Box(departure.asked, (), notes=tuple(notes))


def says(departure: Departure) -> Note:
    """What the story says instead."""
    key = "rehearsal.review.story-says-now" if departure.by_news else "rehearsal.review.story-says"
    return Note(say(key), departure.story)


def _meant(meaning: Meaning) -> Iterator[Note]:
    if told := " ".join(led(meaning)):
        yield Note(say("rehearsal.review.alone"), told)


def led(meaning: Meaning) -> Iterator[str]:
    """Sentences on what an answer would have kept from them, and how soon help would come."""
    page, called = labels.urgency(meaning.urgency), labels.urgency(meaning.called)
    if meaning.missed:
        yield say("rehearsal.review.missed-danger", danger=meaning.missed)
    if meaning.urgency is not meaning.called:
        key = "later" if meaning.urgency < meaning.called else "other-soon"
        yield say(f"rehearsal.review.{key}", page=page, called=called)
    if meaning.advice:
        first = " ".join(lead(line)[0] for line in meaning.advice[:FIRST_THINGS])
        yield say(f"rehearsal.review.{'late' if meaning.late else 'unheard'}", advice=first)
    if meaning.help and not meaning.late:
        yield say("rehearsal.review.unshown", names=", ".join(meaning.help))
    if meaning == Meaning(meaning.called, meaning.called, (), ()):
        yield say("rehearsal.review.same-help")


# Services


def listed_under(title: str, lines: Sequence[str]) -> Iterator[Block]:
    """Lines as points under the heading of this name; nothing without lines."""
    if lines:
        yield from (Heading(say(title)), Points(tuple(lines)))


def services(before: str, named: tuple[Service, ...]) -> Iterator[Block]:
    """Services, each with its reason, after a sentence; nothing for none."""
    if named:
        yield Paragraph(before)
        yield Points(tuple(f"{each.title}. {each.why}".strip() for each in named))


# Decisions


def why(verdict: str, because: str) -> Note:
    """The reason of a choice, labelled by its verdict."""
    return Note(say(f"rehearsal.review.why.{verdict}"), because)


def _decision(decision: Decision) -> Box:
    return Box(decision.asked, (), notes=tuple(_notes(decision)))


def _notes(decision: Decision) -> Iterator[Note]:
    if decision.said:
        yield Note(say("rehearsal.review.chose"), decision.said)
        yield why(decision.verdict, decision.because)
    else:
        yield Note("", say("rehearsal.review.not-met"))
    for better, because in decision.better:
        key = "rehearsal.review.better" if decision.said else "rehearsal.review.right"
        yield Note(say(key), better)
        yield why("right", because)
    for source in decision.sources:
        yield Note(say("rehearsal.review.source"), labels.cited(source))
