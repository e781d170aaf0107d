"""Who told before and saw nothing happen is sent to another, and never back.

Nobody is asked who was told. It may have been the safeguarding lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from fingerpost.model.base import replace
from fingerpost.model.tree import Outcome
from fingerpost.page.page import Instruction, Page, page
from fingerpost.reading.loader import load, shipped
from fingerpost.walk.autoplay import play_case

TELLS = re.compile(r"\bTell (?:a|the|your|an) (?:\w+ )?(?:teacher|lead|safeguarding lead)\b")
TELLS_THE_LEAD = re.compile(r"(?i)\b(?:tell|say so to|write to)\b[^.?!]*\blead\b[^.?!]*")
SOMEBODY_ELSE = re.compile(
    r"\b(?:above|deputy|manager|head|teacher|youth worker|assessor|police)\b"
)
ANOTHER, REFUSED = "tell-another-if-nothing-happened", "when-the-app-said-no"
ABOVE = "tell-above-if-nothing-happened"


@cache
def pages(ticked: str) -> tuple[Page, ...]:
    """What the person of each case reads who ticks that too."""
    library = load([shipped()], whole=True).library
    found = []
    for case in library.cases.values():
        also = case.answers.get("also")
        if also is None:
            continue
        answers = {**case.answers, "also": (also - {"none"}) | {ticked}}
        walk = play_case(library, replace(case, answers=answers))
        if isinstance(walk.here, Outcome) and ticked in walk.facts.get("also", ()):
            found.append(page(library, walk.tree, walk.here, walk.facts))
    return tuple(each for each in found if not each.under_13)


def lines(shown: Page) -> Iterator[Instruction]:
    yield from (*shown.steps, *(line for part in shown.parts for line in part.lines))


def test_nobody_is_named_before_another_is() -> None:
    shown = pages("told-nothing")
    assert len(shown) > 100
    for each in shown:
        names = [line.name for line in each.instructions]
        before = each.instructions[: names.index(ABOVE if each.reader == "staff" else ANOTHER)]
        assert not any(TELLS.search(line.text) for line in before), f"{each.tree}/{each.outcome}"


@pytest.mark.parametrize(("ticked", "line"), [("told-nothing", ANOTHER), ("app-refused", REFUSED)])
def test_the_line_sends_nobody_back(ticked: str, line: str) -> None:
    shown = pages(ticked)
    said = {each.text for one in shown for each in one.instructions if each.name == line}
    assert said
    assert not any(re.search("again|so send it in", text) for text in said)


def test_nobody_is_sent_back_to_the_lead() -> None:
    shown = pages("told-nothing")
    assert {each.reader for each in shown} == {"young-person", "parent", "staff"}
    back = {
        f"{each.tree}/{each.outcome}: {said}"
        for each in shown
        for line in lines(each)
        for said in TELLS_THE_LEAD.findall(line.text)
        if not SOMEBODY_ELSE.search(said)
    }
    assert not back


def test_there_is_somebody_else_to_tell() -> None:
    """For a worker beside a young person too, and among the services that a worker is shown."""
    for each in pages("told-nothing"):
        said = {line.name: line.text for line in lines(each)}
        if each.reader != "staff":
            assert "the head" in said[ANOTHER]
        if each.reader != "parent":
            above = said[ABOVE] if each.reader == "staff" else " ".join(each.note)
            assert "tell the person above your lead today" in above
            assert "ring children's services yourself" in above
        if each.reader == "staff":
            services = {contact.route for contact in each.contacts}
            assert "above-the-lead" in services, f"{each.tree}/{each.outcome}"
            assert "safeguarding-lead" not in services, f"{each.tree}/{each.outcome}"
