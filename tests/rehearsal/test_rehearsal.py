"""A rehearsal: the order of what comes, what news changes, and that each move can be taken back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.model.case import Case
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Outcome, Question
from fingerpost.reading.loader import load
from fingerpost.rehearsal.rehearsal import (
    EndingStep,
    Finished,
    JudgementStep,
    NewsStep,
    QuestionStep,
    Rehearsal,
    ServicesStep,
    UrgencyStep,
)

from ..support.printed import LIBRARY as SHIPPED
from ..support.trainee import CLUB, Trainee, rehearsed, step


def steps(case: str, **how: object) -> list[str]:
    return [step(each.here) for each in rehearsed(case, Trainee(**how))]  # type: ignore[arg-type]


def at(case: str, place: type, **how: object) -> Rehearsal:
    """The rehearsal of a case where it first comes to such a place."""
    every = rehearsed(case, Trainee(**how))  # type: ignore[arg-type]
    return next(each for each in every if isinstance(each.here, place))


# The order of what comes


def test_news_is_read_and_the_question_that_it_changes_is_put_again() -> None:
    assert steps("he-has-taken-tablets") == [
        "QuestionStep kind",
        "QuestionStep suicide",
        "JudgementStep",  # before the news that comes after the same fact
        "NewsStep",
        "QuestionStep suicide",
        "EndingStep plan-now",  # the case goes on from here
        "UrgencyStep",
        "ServicesStep",
        "Finished blackmail",
    ]


# Back


@pytest.mark.parametrize("case", CLUB.cases)
def test_every_move_can_be_taken_back(case: str) -> None:
    answers = {"kind": "money", "suicide": "not-sure"} if case == "turned-into-a-threat" else {}
    every = rehearsed(case, Trainee(answers))
    for before, after in pairwise(every):
        assert after.back() == before
        assert after.back().here == before.here
    assert every[0].back() == every[0]


ANY = settings(max_examples=60, derandomize=True)


def some_move(rehearsal: Rehearsal, data: st.DataObject) -> Rehearsal:
    match rehearsal.here:
        case JudgementStep(judgement):
            return rehearsal.judged(data.draw(st.sampled_from(judgement.choices)).name)
        case QuestionStep(walk):
            assert isinstance(walk.here, Question)
            return rehearsal.answered({data.draw(st.sampled_from(walk.here.values))})
        case NewsStep() | EndingStep():
            return rehearsal.went_on()
        case UrgencyStep():
            return rehearsal.urgency(data.draw(st.sampled_from(Urgency)))
        case ServicesStep(routes):
            names = st.sets(st.sampled_from([route.name for route in routes]))
            return rehearsal.turned_to(data.draw(names))
        case Finished():
            return rehearsal


def finish(rehearsal: Rehearsal, data: st.DataObject) -> Rehearsal:
    """Some way to the end, which no case of ours puts further off than this."""
    for _ in range(60):
        if not isinstance(rehearsal.here, Finished):
            rehearsal = some_move(rehearsal, data)
    return rehearsal


def any_case(of: Library) -> st.SearchStrategy[Case]:
    return st.sampled_from(list(of.cases.values()))


@ANY
@given(st.one_of(any_case(CLUB), any_case(SHIPPED)), st.data())
def test_whatever_is_answered_there_is_an_end_and_the_moves_lead_there_again(
    case: Case, data: st.DataObject
) -> None:
    begun = Rehearsal.begin(CLUB if case.name in CLUB.cases else SHIPPED, case)
    rehearsal = finish(begun, data)
    assert isinstance(rehearsal.here, Finished)
    assert isinstance(rehearsal.walk.here, Outcome)
    assert begun.replayed(rehearsal.moves) == rehearsal


# What waits until the ending


APP = """\
cases:
  sent-too-soon:
    tree: message
    story: A girl has sent a message to the wrong person. She sits beside you.
    answers: {teller: young-person, safe: yes, where: %s, meant: friend}
    expect: {outcome: call-back, urgency: soon, routes: [childline], never: [ring-999]}
"""


@pytest.mark.parametrize("app", ["chatter", "not-sure"])
def test_the_app_is_part_of_the_story_and_not_asked(tmp_path: Path, app: str) -> None:
    talks = Path(__file__).parents[1] / "fixtures" / "talks"
    (tmp_path / "own.yaml").write_text(APP % app, encoding="utf-8")
    folders = [talks / "library", talks / "with-app"]
    reading = load(folders, whole=True, own_cases=tmp_path)
    assert reading.mistakes == ()
    places = rehearsed("sent-too-soon", library=reading.library)
    asked = [place.here.walk.here.name for place in places if isinstance(place.here, QuestionStep)]
    assert asked == ["safe"]
    last = places[-1].walk
    assert last.here.name == "call-back"
    assert last.facts["where"] == {app}
