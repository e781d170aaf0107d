"""A rehearsal: the order of what comes, what news changes, and that each move can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.case import Case, Inject
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
from fingerpost.rehearsal.services import MOST_OFFERED, MOST_RIGHT, offered, right
from fingerpost.walk.autoplay import play_case, play_story

from ..support.alike import for_each
from ..support.printed import LIBRARY as SHIPPED
from ..support.staged import shipped
from ..support.trainee import CLUB, Trainee, called, one, rehearsed, step
from ..walk.test_walk import asked, end, library, tree

Move = Callable[[Rehearsal], Rehearsal]


def steps(case: str, **how: object) -> list[str]:
    return [step(each.here) for each in rehearsed(case, Trainee(**how))]  # type: ignore[arg-type]


def at(case: str, place: type, **how: object) -> Rehearsal:
    """The rehearsal of a case where it first comes to such a place."""
    every = rehearsed(case, Trainee(**how))  # type: ignore[arg-type]
    return next(each for each in every if isinstance(each.here, place))


# The order of what comes


def test_the_tree_is_walked_with_judgements_between_and_the_ending_is_shown_last() -> None:
    assert steps("passed-on") == [
        "JudgementStep",  # the one that waits for nothing
        "QuestionStep teller",
        "QuestionStep safe",
        "QuestionStep age",
        "QuestionStep nation",
        "QuestionStep what",
        "JudgementStep",  # the one that comes after what has happened
        "QuestionStep suspect",
        "QuestionStep where",
        "UrgencyStep",
        "ServicesStep",
        "Finished passed-on",
    ]


def test_news_is_read_and_the_question_that_it_changes_is_put_again() -> None:
    assert steps("he-has-taken-tablets")[4:] == [
        "QuestionStep kind",
        "QuestionStep suicide",
        "JudgementStep",  # before the news that comes after the same fact
        "NewsStep",
        "QuestionStep suicide",
        "EndingStep plan-now",  # the case goes on from here
        "QuestionStep where",
        "UrgencyStep",
        "ServicesStep",
        "Finished blackmail",
    ]


def test_news_may_lead_into_another_tree_which_asks_what_the_story_does_not_say() -> None:
    trainee = {"kind": "money", "suicide": "no"}
    assert steps("turned-into-a-threat", answers=trainee)[5:] == [
        "QuestionStep suspect",
        "NewsStep",
        "QuestionStep what",
        "QuestionStep kind",
        "QuestionStep suicide",
        "QuestionStep where",
        "UrgencyStep",
        "ServicesStep",
        "Finished blackmail",
    ]


def test_news_that_changes_two_answers_puts_both_again_and_keeps_what_is_between() -> None:
    case = CLUB.cases["passed-on"]
    told = Inject("suspect", case.story, {"age": one("16-17"), "suspect": one("not-sure")})
    every = [step(each.here) for each in rehearsed(replace(case, judgements=(), injects=(told,)))]
    assert every[every.index("NewsStep") :] == [
        "NewsStep",
        "QuestionStep age",
        "QuestionStep suspect",
        "QuestionStep where",
        "UrgencyStep",
        "ServicesStep",
        "Finished passed-on",
    ]


# Endings


def test_the_case_ends_at_the_ending_that_it_expects_though_there_is_a_way_on() -> None:
    assert steps("on-the-way") == [
        "QuestionStep teller",
        "QuestionStep safe",
        "UrgencyStep",
        "ServicesStep",
        "Finished danger-now",
    ]


def test_a_trainee_who_answers_that_there_is_danger_ends_where_the_tree_leads() -> None:
    assert steps("passed-on", answers={"safe": "no"})[-3:] == [
        "UrgencyStep",
        "ServicesStep",
        "Finished danger-now",
    ]


def test_going_on_may_not_say_that_the_news_is_no_longer_true() -> None:
    """The way on from there says “It is not now”, and the news says that it is."""
    assert steps("they-come-now")[-5:] == [
        "NewsStep",
        "QuestionStep soon",
        "UrgencyStep",
        "ServicesStep",
        "Finished hurt-now",
    ]


def test_from_an_ending_on_the_way_of_the_case_itself_one_goes_on() -> None:
    """A case that says “now” and expects a later ending goes on, as it does when it is checked."""
    case = CLUB.cases["they-come-now"]
    case = replace(case, injects=(), answers={**case.answers, "soon": one("now")})
    assert play_case(CLUB, case).here.name == "hurt-later"
    every = [step(each.here) for each in rehearsed(case)]
    assert every[-4:] == [
        "EndingStep hurt-now",
        "UrgencyStep",
        "ServicesStep",
        "Finished hurt-later",
    ]


@pytest.mark.slow
@for_each(zip(SHIPPED.cases))
def test_whoever_answers_as_the_story_comes_to_its_ending(case: str) -> None:
    """Of every case of ours, up to its news: after that the story need not tell the way."""
    alone = replace(SHIPPED.cases[case], injects=())
    *_, last = rehearsed(alone, library=SHIPPED)
    assert last.walk.here.name == alone.expect.outcome
    assert last.walk.facts == play_case(SHIPPED, alone).facts == last.told.facts
    assert alone.expect.urgency in (None, called(last))
    assert not any(each.departs for each in last.given)


def test_a_tree_that_goes_in_a_circle_holds_nobody() -> None:
    """Two endings that lead to each other, which no reader would let in."""
    round_ = library(tree("t", asked("who", {"me": "a"}), end("a", "b"), end("b", "a")))
    case = replace(CLUB.cases["on-the-way"], tree="t", answers={"who": one("me")})
    rehearsal = Rehearsal.begin(round_, case).answered({"me"}).went_on().went_on()
    assert isinstance(rehearsal.here, UrgencyStep)
    assert rehearsal.told.here.name == "a"


def test_a_question_that_comes_round_again_ends_the_way_of_the_story() -> None:
    round_ = library(tree("t", asked("who", {"me": "how"}), asked("how", {"so": "who"})))
    case = replace(CLUB.cases["on-the-way"], tree="t")
    walk = play_story(round_, case, {}, {"who": one("me"), "how": one("so")})
    assert walk.here.name == "who"
    assert len(walk.replies) == 2


# Departures


def test_after_news_nothing_is_filled_in() -> None:
    """“waiting at the bus stop”: he says that he is safe, and then he is not."""
    case = shipped().cases["waiting-at-the-bus-stop"]
    for here in Rehearsal.begin(shipped(), case).played_by_the_story():
        if here.news:
            assert here.filled_in() is here
            break
    else:
        raise AssertionError("there is no news")


def test_a_step_back_takes_what_was_filled_in_at_once() -> None:
    begun = Rehearsal.begin(shipped(), shipped().cases["two-in-the-morning"])
    asked = begun.filled_in()
    assert len(asked.moves) == 4
    assert asked.before() == begun
    assert asked.answered({"money-paid"}).before() == asked


def test_an_answer_departs_if_the_story_says_something_else() -> None:
    *_, last = rehearsed("passed-on", Trainee({"age": "18"}))
    assert [(e.question.fact, set(e.values)) for e in last.given if e.departs] == [("age", {"18"})]


def test_what_the_story_says_in_no_answer_to_the_question_is_not_held_against_anyone() -> None:
    case = CLUB.cases["on-the-way"]
    case = replace(case, answers={**case.answers, "teller": one("nobody")})
    rehearsal = Rehearsal.begin(CLUB, case).answered({"staff"})
    assert not rehearsal.given[0].departs


# Moves out of turn

OUT_OF_TURN: dict[str, Move] = {
    "judged": lambda r: r.judged("look"),
    "answered": lambda r: r.answered({"staff"}),
    "went_on": lambda r: r.went_on(),
    "urgency": lambda r: r.urgency(Urgency.NOW),
    "turned_to": lambda r: r.turned_to(()),
}
FITS = {
    JudgementStep: "judged",
    QuestionStep: "answered",
    NewsStep: "went_on",
    EndingStep: "went_on",
    UrgencyStep: "urgency",
    ServicesStep: "turned_to",
    Finished: "",
}


@pytest.mark.parametrize(
    ("place", "move"),
    [(place, move) for place, fits in FITS.items() for move in OUT_OF_TURN if move != fits],
)
def test_a_move_out_of_turn_is_refused(place: type, move: str) -> None:
    case = "passed-on" if place is JudgementStep else "he-has-taken-tablets"
    here = at(case, place)
    with pytest.raises(ValueError, match="not what comes next"):
        OUT_OF_TURN[move](here)


def test_a_choice_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="shout is no choice here"):
        at("passed-on", JudgementStep).judged("shout")


def test_an_answer_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no answer to teller"):
        at("passed-on", QuestionStep).answered({"nobody"})


def test_a_service_that_was_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="not offered here: nobody"):
        at("passed-on", ServicesStep).turned_to({"childline", "nobody"})


def test_a_case_of_a_tree_that_is_not_there_cannot_begin() -> None:
    with pytest.raises(KeyError):
        Rehearsal.begin(CLUB, replace(CLUB.cases["passed-on"], tree="nowhere"))


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


# Those to whom one would turn


EMERGENCY = {name for name, route in SHIPPED.routes.items() if "emergency" in route.serves}


def names(rehearsal: Rehearsal) -> list[str]:
    assert isinstance(rehearsal.here, ServicesStep)
    return [route.name for route in rehearsal.here.routes]


def test_the_services_are_those_of_the_page_and_plausible_others() -> None:
    chosen_from = set(names(at("passed-on", ServicesStep)))
    assert {"childline", "young-tool", "lead"} < chosen_from  # as the case expects
    assert {"police", "chirp"} < chosen_from  # the first for each other need of the page
    assert {"adult-tool", "scotland-police"} < chosen_from  # what the case says is never shown
    assert "parents-line" in chosen_from  # it serves a need of this page, for another reader


def test_nobody_learns_to_keep_from_ringing_in_danger() -> None:
    """999 is not drawn as a wrong answer; only the trainee's own way may bring it."""
    for case in SHIPPED.cases.values():
        here = Rehearsal.begin(SHIPPED, case)
        told = here.told
        called = {each.name for each in right(SHIPPED, case, told)}
        if not called & EMERGENCY and not EMERGENCY.intersection(case.expect.never):
            drawn = offered(SHIPPED, case, told, told, seed=1)
            assert not EMERGENCY.intersection(route.name for route in drawn)


def test_the_seed_decides_which() -> None:
    def drawn(seed: int) -> list[str]:
        every = rehearsed("they-want-a-game-card", library=SHIPPED, seed=seed)
        return next(names(each) for each in every if isinstance(each.here, ServicesStep))

    assert drawn(1) == drawn(1)
    assert len({tuple(drawn(seed)) for seed in range(8)}) > 1


@pytest.mark.slow
@for_each(zip(SHIPPED.cases))
def test_there_are_right_and_wrong_ones_and_no_more_than_can_be_looked_over(case: str) -> None:
    every = rehearsed(replace(SHIPPED.cases[case], injects=()), library=SHIPPED)
    turning = next(each for each in every if isinstance(each.here, ServicesStep))
    fitting = {route.name for route in right(SHIPPED, turning.case, turning.told)}
    every_one = set(names(turning))
    assert fitting < every_one
    assert 1 <= len(fitting) <= MOST_RIGHT
    assert len(fitting) + 2 < len(every_one) <= MOST_OFFERED
    assert not every_one & set(turning.case.expect.never) & fitting


def test_where_the_story_does_not_tell_its_end_the_case_says_who_is_right() -> None:
    case = replace(CLUB.cases["passed-on"], answers={})
    begun = Rehearsal.begin(CLUB, case)
    assert isinstance(begun.told.here, Question)
    found = [route.name for route in right(CLUB, case, begun.told)]
    assert found == ["childline", "young-tool", "lead"]


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
    assert asked == ["teller", "safe", "meant"]
    last = places[-1].walk
    assert last.here.name == "call-back"
    assert last.facts["where"] == {app}
