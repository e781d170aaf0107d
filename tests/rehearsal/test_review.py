"""What a review says: what could hurt most first, in words, and with no grade."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.case import Case
from fingerpost.model.library import Library
from fingerpost.model.route import Route
from fingerpost.model.sentence import Urgency
from fingerpost.rehearsal.rehearsal import NewsStep, Rehearsal, ServicesStep
from fingerpost.rehearsal.review import (
    HOW_SOON,
    Review,
    broken_rules,
    review,
)
from fingerpost.rehearsal.review_document import review_document
from fingerpost.rehearsal.services import right, why_unsuitable
from fingerpost.sheets.document import Box, Brief, Document, Heading, Paragraph
from fingerpost.sheets.formats.text import text

from ..support.alike import for_each
from ..support.printed import HOSTILE, texts
from ..support.printed import LIBRARY as SHIPPED
from ..support.trainee import CLUB, Trainee, one, rehearsed
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
    fitting = {route.name for route in right(library, before.case, before.told)}
    return before.turned_to(fitting | set(turned))


def reviewed(case: str | Case, **how: Any) -> Review:
    return review(finished(case, **how))


def elsewhere_after_the_news(soon: Urgency) -> Rehearsal:
    """The trainee does not follow the news, and the story does not say what it leads to."""
    every = rehearsed("turned-into-a-threat", Trainee({"kind": "money", "suicide": "no"}))
    news = next(each for each in every if isinstance(each.here, NewsStep))
    *_, last = Trainee({"what": "nothing"}, soon=soon, turned=()).through(news)
    return last


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
    said = text(review_document(review(last)))
    golden = GOLDEN / f"review-{wrong}.txt"
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text("utf-8")


def test_each_review_of_a_small_library_is_as_it_was_written_down() -> None:
    """A line in brackets says which case it is and what the trainee does otherwise; below stand the
    rules that this breaks, and the paper."""
    golden = GOLDEN / "reviews.txt"
    written = golden.read_text("utf-8")
    said = []
    for head in re.findall(r"^\[.*\]$", written, re.M):
        case, how = ast.literal_eval(head)
        if "soon" in how:
            how["soon"] = Urgency[how["soon"]]
        last = finished(case, **how)
        rules = [f"{each.asked} {each.said}: {each.because}" for each in broken_rules(last)]
        said.append("\n".join([head, "", *rules, "", text(review_document(review(last)))]))
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text("\n".join(said), "utf-8")
    assert "\n".join(said) == written


# How soon


def test_after_news_that_nobody_can_follow_the_case_says_how_soon() -> None:
    told = review(elsewhere_after_the_news(soon=Urgency.SOON))
    assert (told.ending, told.timing.ending, told.timing.first) == ("", "", ())
    assert told.timing.called is Urgency.TODAY
    assert told.missed[0].why == ""
    assert [each.meaning for each in told.departures if each.by_news] == [None]


# Answers that left the story


def test_an_answer_that_leads_to_a_question_nobody_answered_says_so() -> None:
    """Alone it leads to a threat of blood, of which neither story nor trainee says when."""
    case = CLUB.cases["passed-on"]
    case = replace(case, answers={**case.answers, "kind": one("blood")})
    answers = {"what": "threat", "kind": "money", "suicide": "no"}
    *_, last = rehearsed(case, Trainee(answers))
    first, _ = review(last).departures
    assert first.said == "Someone makes a threat"
    assert first.meaning is not None
    assert first.meaning.asked == "When?"
    assert not first.meaning.nothing
    assert "does not answer: “When?”" in " ".join(texts(review_document(review(last))))
    assert [each.asked for each in broken_rules(last)] == []


# Safety rules


def test_a_rule_of_the_tree_counts_too() -> None:
    case = CLUB.cases["they-come-now"]
    case = replace(case, injects=(), answers={**case.answers, "soon": one("now")})
    case = replace(case, expect=replace(case.expect, outcome="hurt-now"))
    found = broken_rules(finished(case, answers={"soon": "no-day"}))
    assert [(each.name, each.said) for each in found] == [
        ("hurt-now-is-an-emergency", "No day was named")
    ]


def test_rules_are_there_before_the_end_too() -> None:
    every = rehearsed("passed-on", Trainee({"age": "18"}))
    asked = next(each for each in every if each.given and each.given[-1].departs)
    assert [each.name for each in broken_rules(asked)] == ["no-adult-tool-for-children"]


@pytest.mark.slow
@for_each(zip(SHIPPED.cases))
def test_whoever_does_as_the_story_says_breaks_no_rule_and_misses_nothing(case: str) -> None:
    *_, last = rehearsed(replace(SHIPPED.cases[case], injects=()), library=SHIPPED)
    told = review(last)
    assert broken_rules(last) == ()
    assert (told.departures, told.missed, told.misplaced) == ((), (), ())
    assert not told.timing.too_low


def test_an_unfinished_rehearsal_is_not_reviewed() -> None:
    for each in rehearsed("passed-on")[:-1]:
        with pytest.raises(ValueError, match="when it is finished"):
            review(each)


# Services


def test_services_that_were_not_named_are_told_with_what_they_are_for() -> None:
    *_, last = rehearsed("passed-on", Trainee(turned=["childline", "lead"]))
    missed = {each.title: each.why for each in review(last).missed}
    assert missed["Example Tool for the Young"] == (
        "Getting it taken down. It can keep it off many sites."
    )
    assert "Childline" not in missed
    assert "The lead" not in missed


def test_a_right_service_that_was_not_offered_is_no_mistake_where_it_is_named() -> None:
    """What the page shows behind the first three is as right as they are."""
    *_, last = rehearsed("passed-on")
    everybody = {route.name for route in right(CLUB, last.case, last.told)}
    named = everybody | {"example-ears", "two-nations"}
    assert review(replace(last, turned=frozenset(named))).misplaced == ()


def why(route: str, case: str = "passed-on", **facts: str) -> str:
    """Why a route is not for the person in a case, some of whose facts are others."""
    found = CLUB.cases[case]
    known = {**found.answers, **{fact: one(value) for fact, value in facts.items()}}
    return why_unsuitable(
        CLUB.routes[route], Rehearsal.begin(CLUB, replace(found, answers=known)).told
    )


def test_a_reason_comes_from_the_contract_first() -> None:
    assert why("adult-tool") == "It is not for this age. It says whom it is for: Adults only."
    assert why("two-nations", nation="scotland") == (
        "It serves England and Wales, and this story is in Scotland."
    )
    assert (
        why("parents-line") == "It talks to parents and carers, and not to workers and volunteers."
    )


def test_of_an_age_without_a_limit_nobody_pretends_to_know_how_old_someone_is() -> None:
    """A service that ends at 35 is for some who are 19 or over: that it is not would be untrue."""
    assert why("childline", age="19-or-over") == (
        "Someone of “19 or older” may be too old for it. "
        "It says whom it is for: Anyone until their 19th birthday."
    )
    assert why("adult-tool", age="under-13").startswith("It is not for this age.")
    tool = CLUB.routes["young-tool"]
    assert tool.contract is not None
    from_13 = replace(tool, contract=replace(tool.contract, ages=one("13-15")))
    told = Rehearsal.begin(CLUB, CLUB.cases["passed-on"]).told
    for age, said in (
        ("under-13", "Someone of “12 or younger” may be too young for it."),
        ("19-or-over", "It is not for this age."),
    ):
        assert why_unsuitable(from_13, replace(told, facts={**told.facts, "age": one(age)})) == said


def test_why_papyrus_is_left_out_at_19_agrees_with_whom_it_says_it_is_for() -> None:
    """It says that it is for anyone under 35, and somebody of 20 may read that."""
    case = SHIPPED.cases["nineteen-and-a-fake"]
    why = why_unsuitable(SHIPPED.routes["papyrus"], Rehearsal.begin(SHIPPED, case).told)
    assert why.startswith("Someone of “19 or older” may be too old for it.")
    assert "Anyone under 35" in why
    assert "not for this age" not in why


def test_where_nobody_knows_the_age_or_the_nation_nobody_pretends_to() -> None:
    assert why("young-tool", age="not-sure") == (
        "It is only for some ages, and nobody knows if that fits here."
    )
    assert why("scotland-police", nation="not-sure") == (
        "It is only for Scotland, and nobody knows if that fits here."
    )


def test_a_reason_may_be_that_another_stands_in_for_it() -> None:
    assert why("police", nation="scotland") == "Here The police in Scotland stands in for it."


def test_a_reason_may_be_an_answer() -> None:
    assert why("lead", suspect="the-lead") == (
        "It is not for whoever answers “Who did it?” with “Our own lead”."
    )
    assert why("chirp", where="post") == (
        "It is not for whoever answers “Where is it?” with “On Post”."
    )


def test_a_fact_that_no_question_shares_is_no_reason_that_anyone_could_read() -> None:
    told = Rehearsal.begin(CLUB, CLUB.cases["passed-on"]).told
    nobody_asks = replace(told.library, questions={})
    here = replace(told, library=nobody_asks, facts={"where": one("post")})
    assert why_unsuitable(CLUB.routes["chirp"], here).startswith(
        "It is for “Reporting it in the app”"
    )
    apart = replace(here, facts={"suspect": one("the-lead")})
    assert why_unsuitable(CLUB.routes["lead"], apart).startswith(
        "It is for “The safeguarding lead”"
    )


def test_a_reason_may_be_that_nothing_there_calls_for_it() -> None:
    assert why("bank") == (
        "It is for “Stopping a payment”, and “It was passed on” does not call for that."
    )
    assert why("parents-line", teller="parent") != ""


def test_of_999_it_is_said_that_in_danger_it_is_for_everybody() -> None:
    assert why("ring-999") == (
        "It is for “In danger now”, and “It was passed on” does not call for that. "
        "If anyone is in danger, use it at once."
    )


def test_a_service_without_a_contract_or_a_named_need_has_a_reason_too() -> None:
    told = replace(Rehearsal.begin(CLUB, CLUB.cases["passed-on"]).told)
    nameless = replace(CLUB.routes["bank"], contract=None, serves=("unheard-of",))
    assert why_unsuitable(nameless, told) == (
        "It is for something else, and “It was passed on” does not call for that."
    )
    begun = Rehearsal.begin(CLUB, replace(CLUB.cases["passed-on"], answers={})).walk
    assert why_unsuitable(nameless, begun) == (
        "It is for something else, and this does not call for that."
    )


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


def paper(case: str = "passed-on", name: str = "", **how: Any) -> Document:
    return review_document(reviewed(case, **how), name)


def headings(found: Document) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Heading)]


def test_where_nobody_can_follow_the_news_the_paper_says_less() -> None:
    found = review_document(review(elsewhere_after_the_news(soon=Urgency.SOON)))
    assert [type(block) for block in found.blocks[:3]] == [Heading, Paragraph, Heading]
    (box,) = [block for block in found.blocks if isinstance(block, Box)]
    assert [note.label for note in box.notes] == ["You answered", "Since the news, the story says"]


def test_there_is_a_name_on_it_only_if_one_is_given() -> None:
    assert paper().title == "What this rehearsal shows"
    assert paper(name="Sam").title == "What this rehearsal shows, for Sam"


GRADES = re.compile(r"\b(score|grade|mark|points?|percent|well done|good job|fail(ed)?)\b|%|\d/\d")


@pytest.mark.parametrize("wrong", WRONG)
def test_nobody_is_graded_or_praised(wrong: str) -> None:
    *_, last = rehearsed("round-the-year-group", WRONG[wrong], SHIPPED)
    told = text(review_document(review(last)))
    story, _, _ = told.partition("The story\n")
    assert not GRADES.search(story.lower())
    assert GRADES.search("you have 3/5")


def test_of_many_services_some_are_named_and_the_others_counted() -> None:
    found = reviewed("passed-on", answers={"age": "18"})
    (only,) = found.departures
    assert only.meaning is not None
    many = replace(only.meaning, help=tuple("abcdefgh"))
    told = review_document(replace(found, departures=(replace(only, meaning=many),)))
    assert "a, b, c, d, e, f and 2 more." in " ".join(texts(told))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.org", "//example.org"])
def test_only_a_safe_address_becomes_a_link(url: str) -> None:
    found = reviewed("passed-on")
    source = replace(found.sources[0], url=url)
    (brief,) = [
        block
        for block in review_document(replace(found, sources=(source,))).blocks
        if isinstance(block, Brief)
    ]
    (address,) = brief.boxes[0].addresses
    assert (address.text, address.uri) == (url, "")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_an_author_wrote_stays_text(hostile: str) -> None:
    """Each text of a review is one text of the paper, whatever is in it."""
    found = reviewed("passed-on", choices=["look"])
    told = review_document(replace(found, story=hostile, topic=hostile), name=hostile)
    assert hostile in list(texts(told))
    assert told.kicker == hostile


@ANY
@given(st.one_of(any_case(CLUB), any_case(SHIPPED)), st.data())
def test_whatever_was_done_can_be_reviewed(case: Case, data: st.DataObject) -> None:
    """And nothing that the trainee did as in the story is held against them."""
    last = finish(Rehearsal.begin(CLUB if case.name in CLUB.cases else SHIPPED, case), data)
    found = review(last)
    told = review_document(found)
    assert (headings(told)[0] == "This cannot wait") == found.timing.too_low
    assert len(found.departures) == sum(each.departs for each in last.given)
    assert all(each.said != each.story for each in found.departures)
    assert len(found.decisions) == len(case.judgements)
    asked = {each.asked for each in found.departures} | {HOW_SOON}
    assert {each.asked for each in broken_rules(last)} <= asked
    fitting = {speaks(route, last) for route in right(last.library, case, last.told)}
    assert fitting.isdisjoint(service.title for service in found.misplaced)
    assert fitting >= {service.title for service in found.missed}


def speaks(route: Route, rehearsal: Rehearsal) -> str:
    teller = next(iter(rehearsal.told.facts.get("teller", ())), None)
    return route.title.read_by(teller)
