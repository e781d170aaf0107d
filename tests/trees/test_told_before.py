"""Who told before and saw nothing happen is sent to another, before anybody else is named."""

from __future__ import annotations

import re
from functools import cache

import pytest

from fingerpost.model.tree import Outcome
from fingerpost.page.page import Page, page
from fingerpost.reading.loader import load, shipped
from fingerpost.walk.autoplay import play_case

TELLS = re.compile(r"\bTell (?:a|the|your|an) (?:\w+ )?(?:teacher|lead|safeguarding lead)\b")
ANOTHER, REFUSED = "tell-another-if-nothing-happened", "when-the-app-said-no"


@cache
def pages(ticked: str) -> tuple[Page, ...]:
    library = load([shipped()], whole=True).library
    cases = [each for each in library.cases.values() if ticked in each.answers.get("also", ())]
    walks = [play_case(library, case) for case in cases]
    found = [
        page(library, walk.tree, walk.here, walk.facts)
        for walk in walks
        if isinstance(walk.here, Outcome) and ticked in walk.facts.get("also", ())
    ]
    return tuple(each for each in found if not each.under_13)


def test_nobody_is_named_before_another_is() -> None:
    shown = pages("told-nothing")
    assert len(shown) > 10
    for each in shown:
        names = [line.name for line in each.instructions]
        before = each.instructions[: names.index(ANOTHER)]
        assert not any(TELLS.search(line.text) for line in before), f"{each.tree}/{each.outcome}"


@pytest.mark.parametrize(("ticked", "line"), [("told-nothing", ANOTHER), ("app-refused", REFUSED)])
def test_the_line_sends_nobody_back(ticked: str, line: str) -> None:
    shown = pages(ticked)
    said = {each.text for one in shown for each in one.instructions if each.name == line}
    assert said
    assert not any(re.search("again|so send it in", text) for text in said)


def test_an_adult_whose_lead_did_nothing_is_not_sent_back_to_the_lead() -> None:
    """Many lines name the lead, so the first of them says who is meant by it on this page."""
    adults = [each for each in pages("told-nothing") if each.reader != "young-person"]
    assert {each.reader for each in adults} == {"parent", "staff"}
    for each in adults:
        lines = (*each.instructions, *each.near, *each.far, *each.know, *each.worker)
        names = [line.name for line in lines]
        assert not {"tell-lead-of-a-worry", "parent-tells-the-lead"} & set(names)
        [told] = [line.text for line in each.instructions if line.name == ANOTHER]
        assert re.search(
            "Where this page says (?:your|the) lead, it means the (?:next )?person", told
        )
        if each.reader == "staff":
            assert "tell the person above your lead today" in told
            assert "ring children's services yourself" in told
