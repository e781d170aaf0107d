"""What a room takes home."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
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
@pytest.mark.parametrize("paper", [script, take_home])
def test_every_scene_is_one_side_of_paper_in_letters_of_10_pt_or_more(paper: Paper) -> None:
    """And one of an exercise that nobody helps but 999 and the lead, whom its sheet names above."""
    alone = [shipped().cases["he-is-on-the-screen-now"]] if paper is take_home else []
    cases = [each for each in shipped().cases.values() if each.scene] + alone
    pdf = PdfRenderer().print(paper(shipped(), cases))
    with pikepdf.open(io.BytesIO(pdf)) as printed:
        assert len(printed.pages) == len(cases)


def test_a_room_takes_home_what_to_do_and_whom_to_ring_before_what_helped() -> None:
    """With the number of children's services, at night too; and in letters of the usual size, once,
    that nobody has approved it."""
    told = []
    for case in filter(lambda each: each.scene, shipped().cases.values()):
        told.append(" ".join(text(take_home(shipped(), [case])).split()))
        to_do = re.search("What (?:to do|they can do)[^-]* -+ (.*) The story -+ (.*)", told[-1])
        assert to_do
        assert to_do[1].startswith("*** In danger now: ring 999. ***")
        assert told[-1].count("In danger now") == 1
        for paper in (take_home, script):
            written = text(paper(shipped(), [case]))
            assert (
                written.count("\nNo safeguarding professional has approved these words yet.") == 1
            )
        speaker = Speaker(shipped(), case.answers, case.tree)
        for moment in case.scene.right_way if case.scene else ():
            right = (moment.right.say, moment.right.because)
            assert all(speaker.say(each) in to_do[2] for each in (*moment.says, *right))
    cut = (said.partition("Our lead and deputy")[0].partition("Who can help in ") for said in told)
    helping = [who for steps, _, who in cut if "children's services" in steps]
    assert len(helping) > 10
    for who in helping:
        assert "council: https://" in who or "bank holidays 028 9504 9999" in who
        assert "ring the night number" in who or "028 9504 9999" in who
