"""What a room takes home."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from random import Random

import pikepdf
import pytest

from fingerpost.model.case import Case
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Question
from fingerpost.page.speaker import Speaker
from fingerpost.reading import loader as files
from fingerpost.rehearsal.debrief import Rehearsed, debrief, reviews, take_home
from fingerpost.rehearsal.handout import script
from fingerpost.rehearsal.rehearsal import (
    Finished,
    JudgementStep,
    QuestionStep,
    Rehearsal,
    ServicesStep,
    UrgencyStep,
)
from fingerpost.rehearsal.votes import Option, Vote
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats import named
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import text

from ..support.staged import CASES, TALKS, shipped, small

Paper = Callable[..., Document]


def begun(case: str) -> Rehearsal:
    return Rehearsal.begin(small(), small().cases[case])


def answered(rehearsal: Rehearsal, *values: str) -> Rehearsal:
    for value in values:
        rehearsal = rehearsal.answered({value})
    return rehearsal


def as_in_the_story() -> Rehearsal:
    done = answered(begun("a-phone-on-the-bus"), "staff", "yes", "phone").judged("ring")
    done = done.answered({"nowhere"}).urgency(Urgency.TODAY)
    return done.turned_to({"childline", "lost-desk"})


def too_late() -> Rehearsal:
    """Waits, says next week, and is not told that she is in danger."""
    done = answered(begun("a-phone-on-the-bus"), "staff", "yes", "keys").judged("wait")
    done = answered(done, "front", "nowhere").urgency(Urgency.SOON)
    return done.turned_to({"lost-desk"})


RULE = """
rules:
  in-danger-now:
    because: Whoever is in danger is told to get help now.
    when: {safe: no}
    must: {urgency: now}
"""


def test_each_safety_rule_that_an_answer_breaks_is_named(tmp_path: Path) -> None:
    """The story says that somebody is in danger since the news, and the room stays at “safe”."""
    (tmp_path / "rules.yaml").write_text(RULE, "utf-8")
    folders = [TALKS / "library", tmp_path]
    library = files.load(folders, whole=True, own_cases=CASES).library
    done = Rehearsal.begin(library, library.cases["keys-and-a-quarrel"])
    done = answered(done, "parent", "yes", "keys", "bicycle", "bag").went_on()
    done = done.answered({"yes"}).urgency(Urgency.TODAY).turned_to(())
    said = " ".join(text(debrief([Rehearsed(done)])).split())
    broken = "Whoever is in danger is told to get help now."
    assert f"today It's needed: now Why: {broken}" in said
    story = "Since the news, the story says: No"
    assert f"Are you safe? We went on with: Yes {story} What it would mean: {broken}" in said
    assert said.count(broken) == 2


# Who saw it otherwise


JUDGED = "She wants you to ring it at once. What do you do?"


def vote(*hands: int, taken: int = 0, asked: str = "What do you do?") -> Vote:
    options = tuple(Option(f"Do thing {number}") for number in range(1, 4))
    return Vote(asked, options, hands, frozenset({taken}))


def test_debriefs_are_as_they_were_written_down() -> None:
    """After a change RENEW_GOLDENS=1 writes them anew, and the difference is read."""
    golden = Path(__file__).parents[1] / "golden" / "debriefs.txt"
    outvoted = vote(1, 2, 5, taken=2, asked=JUDGED)
    minds = [vote(5, 1, 2), vote(8, 0, 0, asked="Who is of one mind?"), outvoted]
    asked = [vote(asked="What have you lost?"), vote(3, 0, 1, asked=JUDGED)]
    rooms = [
        debrief([Rehearsed(as_in_the_story(), tuple(asked))]),
        debrief([Rehearsed(too_late())]),
        debrief([Rehearsed(too_late(), tuple(minds))]),
        reviews([Rehearsed(too_late())]),
    ]
    said = "\f".join(map(text, rooms))
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text("utf-8")


# The whole paper


def at_random(case: Case, seed: int) -> Rehearsal:
    """A rehearsal in which much is mistaken; a room judges better than by chance."""
    drawn = Random(seed)
    done = Rehearsal.begin(shipped(), case)
    for _ in range(60):
        filled = done.filled_in()
        here = filled.here
        match here:
            case Finished():
                return filled
            case JudgementStep(judgement):
                right = (each for each in judgement.choices if each.verdict == "right")
                done = filled.judged(drawn.choice((*judgement.choices, *right)).name)
            case QuestionStep(walk) if isinstance(walk.here, Question):
                wanted = filled.story_answer(walk.here)
                answers = [each.value for each in walk.here.answers]
                known = wanted <= {*answers}
                done = filled.answered(wanted if known and drawn.random() < 0.6 else {answers[0]})
            case UrgencyStep():
                done = filled.urgency(drawn.choice(list(Urgency)))
            case ServicesStep(routes):
                done = filled.turned_to({each.name for each in drawn.sample(routes, 1)})
            case _:
                done = filled.went_on()
    raise AssertionError("it does not end")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(20))
def test_a_debrief_is_one_side_of_paper(number: int) -> None:
    """Of exercises of the library, with many mistakes."""
    cases = [each for each in shipped().cases.values() if not each.scene]
    done = at_random(cases[number * (len(cases) // 20)], number)
    pdf = named("pdf").renderer()(debrief([Rehearsed(done)]))
    with pikepdf.open(io.BytesIO(pdf)) as printed:
        assert len(printed.pages) == 1


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("paper", [script, take_home])
def test_what_a_scene_is_told_by_is_two_sides_of_a_sheet(paper: Paper, number: int) -> None:
    """In letters that can be read: a quarter of the scenes in each run."""
    scenes = [each for each in shipped().cases.values() if each.scene][number::4]
    pdf = PdfRenderer().print(paper(shipped(), scenes))
    with pikepdf.open(io.BytesIO(pdf)) as printed:
        assert len(printed.pages) == 2 * len(scenes)


def test_a_room_takes_home_each_sentence_whole_and_how_to_reach_childrens_services() -> None:
    """At night too; and the same whatever it voted for."""
    told = []
    for case in filter(lambda each: each.scene, shipped().cases.values()):
        written = text(take_home(shipped(), [case]))
        told.append(" ".join(written.split()))
        assert text(debrief([Rehearsed(at_random(case, 1))])) == written
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
