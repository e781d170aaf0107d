"""What a review says: what could hurt most first, in words, and with no grade."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fingerpost.model.case import Case
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Outcome
from fingerpost.rehearsal.rehearsal import Rehearsal, ServicesStep
from fingerpost.rehearsal.review import review
from fingerpost.rehearsal.review_document import review_document
from fingerpost.rehearsal.services import MOST_OFFERED, right, why_unsuitable
from fingerpost.sheets.document import Heading
from fingerpost.sheets.formats.text import text
from fingerpost.walk.autoplay import play_case

from ..support.alike import for_each
from ..support.printed import LIBRARY as SHIPPED
from ..support.trainee import CLUB, Trainee, by_the_story, called, rehearsed
from .test_rehearsal import ANY, any_case, finish

GOLDEN = Path(__file__).parents[1] / "golden"


def finished(
    case: str | Case, library: Library = CLUB, turned: Collection[str] = (), **how: Any
) -> Rehearsal:
    """A case to its end. The trainee turns to those who are right, and to these too."""
    every = rehearsed(case, Trainee(**how), library)
    if not turned:
        return every[-1]
    before = next(each for each in every if isinstance(each.here, ServicesStep))
    fitting = {route.name for route in right(before.case, before.told)}
    return before.turned_to(fitting | set(turned))


# The three of the issue: each has the case to the end, with one thing dangerously wrong

VOLUNTEER = {"threat": "favour", "suspect": "young-person"}
"""What the story does not say after its news: the ex wants something, and is a pupil too."""

WRONG = {
    "looks": Trainee(VOLUNTEER, choices=["look"]),
    "promises": Trainee(VOLUNTEER, choices=["promise"]),
    "waits": Trainee(VOLUNTEER, soon=Urgency.SOON),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_review_is_as_it_was_written_down(wrong: str) -> None:
    """The whole of it. After a change of wording, RENEW_GOLDENS=1 writes it anew, to be read."""
    *_, last = rehearsed("round-the-year-group", WRONG[wrong], SHIPPED)
    said = text(review_document(last))
    golden = GOLDEN / f"review-{wrong}.txt"
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text("utf-8")


def test_a_danger_that_was_missed_is_named_first() -> None:
    """The page has the same title with and without it."""
    *_, last = rehearsed("a-stepfather-and-a-favour", Trainee({"danger": "none"}), SHIPPED)
    most = text(review_document(last)).partition("What mattered most")[2].partition("What else")[0]
    assert "would have been missed: Someone might kill themselves" in " ".join(most.split())


def test_each_review_of_a_small_library_is_as_it_was_written_down() -> None:
    """A line in brackets says which case it is and what the trainee does otherwise; below stands
    the paper."""
    golden = GOLDEN / "reviews.txt"
    written = golden.read_text("utf-8")
    said = []
    for head in re.findall(r"^\[.*\]$", written, re.M):
        case, how = ast.literal_eval(head)
        if "soon" in how:
            how["soon"] = Urgency[how["soon"]]
        last = finished(case, **how)
        said.append("\n".join([head, "", text(review_document(last))]))
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text("\n".join(said), "utf-8")
    assert "\n".join(said) == written


# Whoever does as its story says


EMERGENCY = {name for name, route in SHIPPED.routes.items() if "emergency" in route.serves}


@pytest.mark.slow
@for_each(zip(SHIPPED.cases))
def test_whoever_does_as_the_story_says_is_helped_in_time_and_misses_nothing(name: str) -> None:
    """Of every case, up to its news: after that the story need not tell the way. A worker may come
    to another page than the person would, and by no wrong turn to a later one. Among the services
    are right and wrong ones, and 999 is never a wrong one: nobody learns to keep from ringing."""
    every = by_the_story(name)
    last, case = every[-1], every[-1].case
    assert isinstance(last.walk.here, Outcome)
    assert last.walk.facts == last.told.facts
    if last.walk.teller != "staff" or "staff" in case.answers.get("teller", ()):
        assert last.walk.here.name == case.expect.outcome
        assert last.walk.facts == play_case(SHIPPED, case).facts
    assert case.expect.urgency is None or called(last) >= case.expect.urgency
    assert not any(each.departs for each in last.given)
    if case.scene:
        return
    told = review(last)
    assert {each.verdict for each in told.findings} <= {"right", ""}
    assert not any(each.better for each in told.findings)
    assert (told.missed, told.misplaced) == ((), ())
    offered = next(each.here.routes for each in every if isinstance(each.here, ServicesStep))
    fitting, drawn = last.turned, {route.name for route in offered}
    assert fitting is not None
    assert fitting < drawn
    assert len(fitting) + 2 <= len(drawn) <= MOST_OFFERED  # two wrong ones at least
    if not EMERGENCY & {*fitting, *case.expect.never}:
        assert not EMERGENCY & drawn


def test_a_wrong_turn_is_told_by_what_they_would_not_have_heard() -> None:
    """And whom to turn to is chosen from those whom the steps of the right page name."""
    wrong = {"told-what": "harm", "suspect": "not-sure", "with-them": "not-sure"}
    *_, last = rehearsed("pay-or-it-goes-out", Trainee(wrong, turned=["childline"]), SHIPPED)
    told = " ".join(text(review_document(last)).split())
    assert "not at all: Stay until a safe adult has them. Don't pay, whatever they say." in told
    chosen, _, missed = told.partition("You didn't choose these, and they can help:")
    assert "You chose these, and they can help: Childline." in chosen
    for each in ("Your safeguarding lead", "CEOP Safety Centre http", "Report Remove http"):
        assert each in missed


# Services


def test_why_papyrus_is_left_out_at_19_agrees_with_whom_it_says_it_is_for() -> None:
    """It says that it is for anyone under 35, and somebody of 20 may read that."""
    case = SHIPPED.cases["nineteen-and-a-fake"]
    why = why_unsuitable(SHIPPED.routes["papyrus"], Rehearsal.begin(SHIPPED, case).told)
    assert why.startswith("Someone of “19 or older” may be too old for it.")
    assert "Anyone under 35" in why
    assert "not for this age" not in why


def test_of_999_it_is_said_that_in_danger_it_is_for_everybody() -> None:
    told = Rehearsal.begin(CLUB, CLUB.cases["passed-on"]).told
    assert why_unsuitable(CLUB.routes["ring-999"], told) == (
        "It's for “In danger now”, which isn't what's needed here. "
        "If anyone's in danger, use it straight away."
    )


def test_a_review_says_first_whether_999_was_needed_and_chosen() -> None:
    *_, before, _ = rehearsed("two-in-the-morning", Trainee(), SHIPPED)
    for chosen, told in (["police-999"], "You chose it"), ([], "You didn't choose it"):
        short = text(review_document(before.turned_to(chosen))).partition("Who you")[0]
        assert told in short
        assert "help is needed now" in short


@pytest.mark.slow
@for_each(zip(SHIPPED.cases))
def test_each_service_that_a_case_never_shows_has_a_reason(case: str) -> None:
    """And it is one that a person could read: whole sentences, with no name of ours in them."""
    told = Rehearsal.begin(SHIPPED, SHIPPED.cases[case]).told
    for name in SHIPPED.cases[case].expect.never:
        why = why_unsuitable(SHIPPED.routes[name], told)
        assert re.fullmatch(r"[A-Z].*\.", why)
        assert "not-sure" not in why


# On paper


GRADES = re.compile(r"\b(score|grade|mark|points?|percent|well done|good job|fail(ed)?)\b|%|\d/\d")


@pytest.mark.parametrize("wrong", WRONG)
def test_nobody_is_graded_or_praised(wrong: str) -> None:
    *_, last = rehearsed("round-the-year-group", WRONG[wrong], SHIPPED)
    told = text(review_document(last))
    story, _, _ = told.partition("The story\n")
    assert not GRADES.search(story.lower())
    assert GRADES.search("you have 3/5")


@ANY
@given(st.one_of(any_case(CLUB), any_case(SHIPPED)), st.data())
def test_whatever_was_done_can_be_reviewed(case: Case, data: st.DataObject) -> None:
    """And nothing that the trainee did as in the story is held against them."""
    assume(not case.scene)
    last = finish(Rehearsal.begin(CLUB if case.name in CLUB.cases else SHIPPED, case), data)
    found = review(last)
    first, second, *_ = (b for b in review_document(last).blocks if isinstance(b, Heading))
    assert (first.text, second.text) == ("What went well", "What mattered most")
    assert sum(each.better != "" for each in found.findings) >= sum(e.departs for e in last.given)
    wrong = [each for each in last.judgements if each.choice.verdict == "wrong"]
    assert sum(each.verdict == "wrong" for each in found.findings) >= len(wrong)
    (teller,) = last.told.facts.get("teller", [None])
    fitting = {each.title.read_by(teller) for each in right(case, last.told)}
    assert not any(each.startswith(f"{title}.") for each in found.misplaced for title in fitting)
