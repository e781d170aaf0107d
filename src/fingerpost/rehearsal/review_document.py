"""The review of a rehearsal as a document to read, print or keep.

The most harmful mistakes come first. It says what was done and what that would have meant,
and never gives a grade.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.sentence import Source
from ..page import labels
from ..page.messages import say
from ..sheets.document import (
    Address,
    Block,
    Box,
    Brief,
    Document,
    Fine,
    Heading,
    Note,
    Paragraph,
    Points,
)
from .review import FIRST_THINGS, URGENCY, Decision, Departure, Meaning, Review, Service, Timing

BANNER = "REHEARSAL"
"""The banner on every screen and print of a rehearsal."""

TITLE = "What this rehearsal shows"

_MOST_NAMED = 6
"""Services named in one sentence; further ones are only counted."""

NOBODY = (
    "This case is made up. It is about nobody, and nothing is kept of who answered what.",
    say("page.from-nobody"),
)
"""What every review and debrief ends with."""


def review_document(review: Review, name: str = "") -> Document:
    """A review as a document, with the trainee's name in the title if one is given."""
    return Document(
        title=f"{TITLE}, for {name}" if name else TITLE,
        blocks=tuple(_blocks(review)),
        kicker=review.topic,
        banner=BANNER,
        every_side=True,
    )


def _blocks(review: Review) -> Iterator[Block]:
    if review.timing.too_low:
        yield from _too_low(review.timing)
    if review.departures:
        yield Heading("Where your answers left the story")
        yield from map(_departure, review.departures)
    if review.missed or review.misplaced:
        yield Heading("To whom you would turn")
        yield from _services("These are for them too:", review.missed)
        yield from _services("These are not for them here:", review.misplaced)
    if review.decisions:
        yield Heading("What you decided")
        yield from map(_decision, review.decisions)
    yield from _agreeing(review)
    if review.sources:
        yield Heading("What to read")
        yield Brief(tuple(map(_source, review.sources)))
    yield from story_again(review)
    yield Fine(NOBODY)


def story_again(review: Review) -> Iterator[Block]:
    """The story, and its news."""
    yield Heading("The story")
    yield Paragraph(review.story)
    if review.news:
        yield Paragraph("Then there was news:")
        yield Points(review.news)


def _agreeing(review: Review) -> Iterator[Block]:
    """What agrees with the story, which is stated explicitly."""
    lines: list[str] = []
    if not review.departures:
        lines.append("Your answers are those of the story.")
    if not (review.missed or review.misplaced):
        lines.append("Those to whom you would turn are those on its page.")
    if not review.timing.too_low:
        lines.append(soon_enough(review.timing))
    if lines:
        yield Heading("As in the story")
        yield Points(tuple(lines))


# How soon


def _too_low(urgency: Timing) -> Iterator[Block]:
    yield Heading("This cannot wait")
    said, called = URGENCY[urgency.said], URGENCY[urgency.called]
    told = f"You said that help is needed {said}. It is needed {called}."
    yield Paragraph(told, strong=True)
    if urgency.ending:
        yield Paragraph(f"The story ends at “{urgency.ending}”.")
    for because in urgency.because:
        yield Paragraph(because)
    if urgency.first:
        yield Paragraph("Until then, none of this would have been done:")
        yield Points(urgency.first)


def soon_enough(urgency: Timing, who: str = "You said") -> str:
    """That an urgency is that of the page, or sooner; ``who`` said it."""
    said, called = URGENCY[urgency.said], URGENCY[urgency.called]
    if urgency.said is urgency.called:
        return f"{who} that help is needed {said}, and so does the page."
    sooner = "If in doubt, sooner is safer."
    return f"{who} that help is needed {said}. The page says {called}. {sooner}"


# Answers


def _departure(departure: Departure) -> Box:
    notes = [Note("You answered", departure.said), says(departure)]
    if departure.meaning is not None:
        notes += _meant(departure.meaning)
    return Box(departure.asked, (), notes=tuple(notes))


def says(departure: Departure) -> Note:
    """What the story says instead."""
    label = "Since the news, the story says" if departure.by_news else "The story says"
    return Note(label, departure.story)


def _meant(meaning: Meaning) -> Iterator[Note]:
    yield Note("What that alone would have meant", " ".join(led(meaning)))
    if meaning.help:
        yield Note("Not on that page", f"{_some(meaning.help)}.")
    for service in meaning.strange:
        yield Note("On it, and not for them", f"{service.title}. {service.why}")
    if meaning.advice:
        lines = " ".join(f"“{line}”" for line in meaning.advice[:FIRST_THINGS])
        yield Note("Not said there", lines)


def led(meaning: Meaning) -> Iterator[str]:
    """Sentences on where an answer leads, and how soon help would come."""
    page, called = labels.urgency(meaning.urgency), labels.urgency(meaning.called)
    if meaning.nothing:
        yield "The same help as in the story."
    elif meaning.asked:
        yield f"The next question is one that the story does not answer: “{meaning.asked}”"
    elif meaning.urgency < meaning.called:
        yield f"Help would have come later: the page would say {page}, and not {called}."
    elif meaning.urgency > meaning.called:
        yield f"The page would say {page}, and not {called}."
    elif not meaning.ending:
        yield "The ending is the same, and the help on its page is not."
    if meaning.ending:
        yield f"It leads to “{meaning.ending}” and not to “{meaning.instead_of}”."
    if meaning.onward:
        yield f"The rest comes after “{meaning.onward}”."


def _some(names: tuple[str, ...]) -> str:
    """The first names in a sentence, and the number of the others."""
    told, more = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    return f"{', '.join(told)} and {more} more" if more > 0 else ", ".join(told)


# Services


def _services(before: str, services: tuple[Service, ...]) -> Iterator[Block]:
    if services:
        yield Paragraph(before)
        yield Points(tuple(f"{each.title}. {each.why}".strip() for each in services))


# Decisions

WHY = {"wrong": "Why not", "partly": "What is missing", "right": "Why"}
"""The label of the reason of a choice, by its verdict."""


def _decision(decision: Decision) -> Box:
    return Box(decision.asked, (), notes=tuple(_notes(decision)))


def _notes(decision: Decision) -> Iterator[Note]:
    if decision.said:
        yield Note("You chose", decision.said)
        yield Note(WHY[decision.verdict], decision.because)
    else:
        yield Note("", "Your way did not come to this.")
    for better, because in decision.better:
        yield Note("Better" if decision.said else "Right", better)
        yield Note(WHY["right"], because)
    for source in decision.sources:
        yield Note("Source", labels.cited(source))


def _source(source: Source) -> Box:
    linked = source.url if source.url.startswith("https://") else ""
    address = Address(labels.channel("web"), source.url, linked)
    return Box(labels.cited(source), (address,) if source.url else ())
