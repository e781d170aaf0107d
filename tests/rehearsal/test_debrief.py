"""What a room takes home."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pikepdf
import pytest

from fingerpost.model.sentence import Urgency
from fingerpost.page.speaker import Speaker
from fingerpost.rehearsal.debrief import Rehearsed, reviews, take_home
from fingerpost.rehearsal.handout import script
from fingerpost.rehearsal.rehearsal import (
    Rehearsal,
)
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import text

from ..support.staged import shipped, small

Paper = Callable[..., Document]


def begun(case: str) -> Rehearsal:
    return Rehearsal.begin(small(), small().cases[case])


def answered(rehearsal: Rehearsal, *values: str) -> Rehearsal:
    for value in values:
        rehearsal = rehearsal.answered({value})
    return rehearsal


def too_late() -> Rehearsal:
    """Waits, says next week, and is not told that she is in danger."""
    done = answered(begun("a-phone-on-the-bus"), "yes", "keys").judged("wait")
    done = answered(done, "nowhere").urgency(Urgency.SOON)
    return done.turned_to({"lost-desk"})


def test_debriefs_are_as_they_were_written_down() -> None:
    """After a change RENEW_GOLDENS=1 writes them anew, and the difference is read."""
    golden = Path(__file__).parents[1] / "golden" / "debriefs.txt"
    papers = [
        take_home(small(), [small().cases["a-phone-on-the-bus"]]),
        reviews([Rehearsed(too_late())]),
    ]
    said = "\f".join(map(text, papers))
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
def test_a_take_home_of_an_exercise_is_one_side_of_paper(number: int) -> None:
    cases = [each for each in shipped().cases.values() if not each.scene]
    pdf = PdfRenderer().print(take_home(shipped(), [cases[number * (len(cases) // 6)]]))
    with pikepdf.open(io.BytesIO(pdf)) as printed:
        assert len(printed.pages) == 1


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("paper", [script, take_home])
def test_what_a_scene_is_told_by_is_two_sides_of_a_sheet(paper: Paper, number: int) -> None:
    scenes = [each for each in shipped().cases.values() if each.scene]
    pdf = PdfRenderer().print(paper(shipped(), [scenes[number * (len(scenes) // 4)]]))
    with pikepdf.open(io.BytesIO(pdf)) as printed:
        assert len(printed.pages) == 2


def test_a_room_takes_home_each_sentence_whole_and_how_to_reach_childrens_services() -> None:
    """At night too. The first side is what helped in this story, to do and to ring."""
    first, _, second = text(take_home(shipped(), [shipped().cases["on-the-bus-home"]])).partition(
        "\f"
    )
    assert first.index("What helps: ") < first.index("What to do when it's real")
    assert "999 - In danger now" not in first  # said once, above
    assert "What helps" not in second
    assert "This can hurt" not in first
    told = []
    for case in filter(lambda each: each.scene, shipped().cases.values()):
        told.append(" ".join(text(take_home(shipped(), [case])).split()))
        to_do = re.search("What (?:to do|they can do)[^-]* -+ (.*)", told[-1])
        assert to_do
        assert to_do[1].startswith("*** In danger now: ring 999. ***")
        assert told[-1].count("In danger now") == 1
        for paper in (take_home, script):
            for side in text(paper(shipped(), [case])).split("\f"):
                assert "No safeguarding professional has approved these words yet." in side
        speaker = Speaker(shipped(), case.answers, case.tree)
        for moment in case.every_judgement:
            said = ((each.say, each.because) for each in moment.choices)
            assert all(speaker.say(e) in told[-1] for e in (*moment.says, *chain(*said)))
    cut = (said.partition("Our lead and deputy")[0].partition("Who can help in ") for said in told)
    helping = [who for steps, _, who in cut if "children's services" in steps]
    assert len(helping) > 10
    for who in helping:
        assert "council: https://" in who or "bank holidays 028 9504 9999" in who
        assert "ring the night number" in who or "028 9504 9999" in who
