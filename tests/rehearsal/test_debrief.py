"""What a room takes home."""

from __future__ import annotations

import io
import os
from pathlib import Path
from random import Random

import pikepdf
import pytest

from fingerpost.model.case import Case
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Question
from fingerpost.page.speaker import Speaker
from fingerpost.reading import loader as files
from fingerpost.rehearsal.answer_key import what_is_asked
from fingerpost.rehearsal.debrief import Rehearsed, debrief, reviews
from fingerpost.rehearsal.rehearsal import (
    Finished,
    JudgementStep,
    QuestionStep,
    Rehearsal,
    ServicesStep,
    UrgencyStep,
)
from fingerpost.rehearsal.votes import Option, Vote
from fingerpost.sheets.formats import named
from fingerpost.sheets.formats.text import text

from ..support.staged import CASES, TALKS, shipped, small


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


def with_others(done: Rehearsal) -> Rehearsed:
    """With two of another mind at each step."""
    votes = []
    for made in done.judgements:
        choices = made.judgement.choices
        taken = choices.index(made.choice)
        hands = tuple(
            4 if at == taken else 2 * (at == (taken + 1) % 3) for at in range(len(choices))
        )
        options = tuple(Option(each.say.otherwise) for each in choices)
        asked = what_is_asked(made.judgement, Speaker(done.library, {}, done.case.tree))
        votes.append(Vote(asked, options, hands, frozenset({taken})))
    return Rehearsed(done, tuple(votes))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(20))
@pytest.mark.parametrize("in_scene", [True, False])
def test_a_debrief_is_one_side_of_paper(number: int, in_scene: bool) -> None:
    """Of stories of the library, with many mistakes and somebody of another mind at each step."""
    cases = [each for each in shipped().cases.values() if bool(each.scene) is in_scene]
    done = at_random(cases[number * (len(cases) // 20)], number)
    pdf = named("pdf").renderer()(debrief([with_others(done)]))
    with pikepdf.open(io.BytesIO(pdf)) as printed:
        assert len(printed.pages) == 1


def test_a_room_takes_home_each_sentence_whole_and_how_to_reach_childrens_services() -> None:
    """At night too."""
    told = []
    for case in filter(lambda each: each.scene, shipped().cases.values()):
        *_, done = Rehearsal.begin(shipped(), case).played_by_the_story()
        told.append(" ".join(text(debrief([Rehearsed(done)])).split()))
        speaker = Speaker(shipped(), case.answers, case.tree)
        for made in done.judgements:
            heard = (*made.judgement.says, made.choice.say)
            assert all(speaker.say(said) in told[-1] for said in heard if said)
    cut = (said.partition("Our lead and deputy")[0].partition("Who can help in ") for said in told)
    helping = [who for steps, _, who in cut if "children's services" in steps]
    assert len(helping) > 10
    for who in helping:
        assert "council: https://" in who or "bank holidays 028 9504 9999" in who
        assert "ring the night number" in who or "028 9504 9999" in who
