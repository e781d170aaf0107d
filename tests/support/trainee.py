"""Somebody who rehearses a case of a small library, move by move, and need not type anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from fingerpost.model.base import replace
from fingerpost.model.case import Case
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Outcome
from fingerpost.page import visibility
from fingerpost.reading.loader import load
from fingerpost.rehearsal.rehearsal import (
    EndingStep,
    Finished,
    JudgementStep,
    NewsStep,
    Place,
    QuestionStep,
    Rehearsal,
    ServicesStep,
    UrgencyStep,
)
from fingerpost.rehearsal.services import right

from .shipped import whole_library

CLUB = load([Path(__file__).parents[1] / "fixtures" / "rehearsals"], None, whole=True).library
"""A library in which every kind of rehearsal can be had, and whose words nobody else needs."""


def one(value: str | Collection[str]) -> frozenset[str]:
    return frozenset({value}) if isinstance(value, str) else frozenset(value)


class Trainee:
    """Somebody who does what the story says, but for what they are told to do differently.

    ``answers`` maps a fact to what they answer each time, and ``choices`` are the names of the
    choices that they prefer to the right ones. ``turned`` are the routes that they name.
    """

    def __init__(
        self,
        answers: Mapping[str, str | Collection[str]] | None = None,
        choices: Collection[str] = (),
        soon: Urgency | None = None,
        turned: Collection[str] | None = None,
    ) -> None:
        self.answers = {fact: one(values) for fact, values in (answers or {}).items()}
        self.choices = choices
        self.soon = soon
        self.turned = turned

    def move(self, at: Rehearsal) -> Rehearsal:
        match at.here:
            case JudgementStep(judgement):
                names = [c.name for c in judgement.choices if c.name in self.choices]
                names += [c.name for c in judgement.choices if c.verdict == "right"]
                return at.judged(names[0])
            case NewsStep() | EndingStep():
                return at.went_on()
            case QuestionStep(walk):
                fact = walk.here.fact  # type: ignore[union-attr]  # it asks, so it is a question
                return at.answered(self.answers.get(fact) or at.expected[fact])
            case UrgencyStep():
                return at.urgency(called(at) if self.soon is None else self.soon)
            case ServicesStep():
                named = {route.name for route in right(at.case, at.told)}
                return at.turned_to(named if self.turned is None else self.turned)
            case Finished():
                return at

    def through(self, at: Rehearsal) -> Iterator[Rehearsal]:
        """The rehearsal at each place, to the last."""
        while not isinstance(at.here, Finished):
            yield at
            at = self.move(at)
        yield at


def called(at: Rehearsal) -> Urgency:
    """How soon help is needed in the story."""
    here = at.told.here
    assert isinstance(here, Outcome)
    return visibility.urgency(at.library, here, at.told.facts)


def rehearsed(
    case: str | Case, trainee: Trainee | None = None, library: Library = CLUB
) -> tuple[Rehearsal, ...]:
    """The rehearsal of a case at each place, to the last."""
    found = library.cases[case] if isinstance(case, str) else case
    begun = Rehearsal.begin(library, found)
    return tuple((trainee or Trainee()).through(begun))


@cache
def by_the_story(name: str) -> tuple[Rehearsal, ...]:
    """The rehearsal of a case that ships, up to its news, by whoever does as its story says."""
    case = replace(whole_library().cases[name], injects=())
    return rehearsed(case, library=whole_library())


def step(place: Place) -> str:
    """A place in a word or two: what kind it is, and at which step of the tree."""
    walk = getattr(place, "walk", None)
    return type(place).__name__ + (f" {walk.here.name}" if walk is not None else "")
