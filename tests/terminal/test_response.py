"""Who says that they think of suicide is answered before anything more is asked; and whoever would
rather not say what is true as well has not said that none of it is."""

from __future__ import annotations

import pytest

from fingerpost.model.facts import NOT_SURE
from fingerpost.model.tree import Question
from fingerpost.page.question import responding
from fingerpost.walk.autoplay import play_known
from fingerpost.walk.walk import Walk

from ..support.seat import CLOCK, walked
from ..support.shipped import whole_library, whole_reading

ANSWER = "It's good that you're saying this. You're not on your own."
TALK = "I'd rather talk to someone"
NEXT = "What's it mostly about?"
REFUSAL, HOME = "I'd rather not say", "If home's safe, tell someone there too"


def typed(*said: str) -> str:
    """What is seen line by line by a young person who is not coping, until the input ends."""
    known = {"teller": frozenset({"young-person"})}
    return walked(whole_reading(), said, "not-coping", known)


def test_thoughts_of_suicide_are_answered_before_the_next_question() -> None:
    _, _, after = typed("1", "2", "1", "2", "2").partition(
        "Are you thinking about killing yourself?"
    )
    wanted = (ANSWER, "Childline: 0800 1111", "Text SHOUT to 85258", TALK, NEXT)
    places = [after.index(each) for each in wanted]
    assert places == sorted(places)


def test_whoever_would_rather_talk_is_with_those_who_answer_and_can_go_on() -> None:
    before, chosen, after = typed("1", "2", "1", "2", "1", "2").partition(
        "You don't have to explain."
    )
    assert chosen
    assert "In danger? Ring 999." in before
    wanted = ("0800 1111", "116 123", NEXT)
    places = [after.index(each) for each in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize("teller", ["young-person", "parent", "staff"])
@pytest.mark.parametrize(
    ("age", "childline"), [("under-13", True), ("16-17", True), ("19-or-over", False)]
)
def test_only_lines_for_them_that_are_open_now(teller: str, age: str, *, childline: bool) -> None:
    for tree in whole_library().trees.values():
        if teller not in tree.given.get("teller", (teller,)):
            continue
        facts = {"teller": teller, "age": age, "danger": "none", "nation": "wales"}
        known = {fact: frozenset({value}) for fact, value in facts.items()}
        walk = play_known(Walk.begin(whole_library(), tree.name, known), known)
        for plan in ("thoughts", "plan"):
            asked = walk.here
            if not isinstance(asked, Question) or asked.fact != "suicide":
                continue
            found = responding(asked, {plan}, walk.answer({plan}), CLOCK)
            assert (found is None) == (plan == "plan")
            if found:
                titles = [each.title for each in found.served if each.answering]
                assert len(titles) >= 2
                assert ("Childline" in titles) == childline


def test_enter_alone_is_a_refusal_and_not_none_of_these() -> None:
    answers = ("1", "2", "1", "3", "6")
    refused, none = typed(*answers, ""), typed(*answers, "6")
    assert f"Or just press Enter: {REFUSAL}" in refused
    assert HOME not in refused
    assert HOME in none


def test_every_list_of_ticks_can_be_refused() -> None:
    for tree in whole_library().trees.values():
        for question in tree.asked:
            assert not question.many or question.answer(NOT_SURE), f"{tree.name}/{question.name}"
