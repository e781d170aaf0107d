"""Rehearsing alone: a talk that was written down, and what each key does."""

from __future__ import annotations

import difflib
import os
import re
from operator import itemgetter

import pytest

from fingerpost.page.messages import say
from fingerpost.rehearsal.catalogue import lesson, syllabus
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import BACKSPACE, ENTER
from fingerpost.terminal.rehearsal_session import SoloRehearsal
from fingerpost.terminal.room import RoomRehearsal

from ..support.seat import Sit
from ..support.staged import PROMPT, TALKS, clock, shipped, small, staged

CASES = {
    "alone": (SoloRehearsal, ()),
    "room": (RoomRehearsal, ("a-phone-on-the-bus", "keys-and-a-quarrel")),
}
"""Each talk with its kind of rehearsal and the stories that are named before it begins."""


@pytest.mark.parametrize("name", CASES)
def test_a_talk_is_as_it_was_written_down(name: str) -> None:
    """Each transcript holds what was typed, so it is both the walk and what must come of it.

    To write them anew after a change of wording, run with RENEW_TALKS=1 and read the difference.
    """
    kind, cases = CASES[name]
    file = TALKS / f"rehearsal-{name}.txt"
    written = file.read_text(encoding="utf-8")
    typed = [found[2] for found in PROMPT.finditer(written)]
    assert len(typed) > 40
    said, _ = staged(kind, typed, *cases)
    if os.environ.get("RENEW_TALKS"):
        file.write_text(said, encoding="utf-8", newline="\n")
    lines = difflib.unified_diff(written.splitlines(), said.splitlines(), "written", "said")
    assert said == written, "\n".join(lines)


LATE = ["1", "1", "1", "1", "4", "3"]
"""The whole of the late bus as it is told, but for whom to turn to: the third of the services."""


# Leaving


@pytest.mark.parametrize(
    ("lines", "ended", "finished"),
    [
        ([], "(ended before a review)\n", 0),
        (["1", "x"], "(left at once)\n", 0),
        (["q"], "(stopped)\n", 0),
        (LATE, "(stopped)\n", 1),  # it has been shown the review
        ([*LATE, "1"], "(stopped)\n", 1),
        ([*LATE, "1", "x"], "(left at once)\n", 1),
        ([*LATE, "1", "!", "x"], "(left at once)\n", 1),
    ],
)
def test_how_a_rehearsal_ends(lines: list[str], ended: str, finished: int) -> None:
    said, stage = staged(SoloRehearsal, lines, "a-late-bus")
    assert said.endswith(ended)
    assert len(stage.begun) == finished


# Whatever is typed


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
def test_each_drawn_screen_says_that_it_is_a_rehearsal(sit: Sit, size: tuple[int, int]) -> None:
    """Also while somebody searches, reads the story again or asks what a word means."""
    keys = [*" /late", ENTER, BACKSPACE, *"b", *" 2", "1", "1", "1"]
    keys += [*"n ", *"w ", *"g ", "1", *"3", "1", "1", "b"]
    face, typist = sit(keys, *size)
    library = small()
    with pytest.raises(EOFError):  # there are no more keys
        SoloRehearsal(face, library, clock, syllabus(library)).run()
    assert len(typist.shots) > 25
    for shot in typist.shots:
        assert "REHEARSAL" in shot.split("\n\n", 1)[0], shot


def test_nothing_is_said_of_the_beginning_of_a_word(sit: Sit) -> None:
    face, typist = sit([*" zzzz"], 80, 24)
    with pytest.raises(EOFError):
        SoloRehearsal(face, small(), clock, syllabus(small())).run()
    *_, begun, typed = typist.shots
    assert "no story" not in begun
    assert "1. " in begun
    assert "no story about “zzzz”" in typed
    assert "Number" not in begun  # it takes words


BOY = "two-in-the-morning"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_a_line_of_the_story_stays_above_the_question_and_n_shows_it(
    sit: Sit, size: tuple[int, int]
) -> None:
    """And above what is to be decided."""
    face, typist = sit([" ", *"1111212n"], *size)
    library = shipped()
    named = [lesson(library, library.cases[BOY])]
    with pytest.raises(EOFError):
        SoloRehearsal(face, library, clock, syllabus(library), named).run()
    asked = [shot for shot in typist.shots if "question " in shot or "now you" in shot]
    assert len(asked) > 2
    for shot in asked:
        assert shot.index("(n: the story) Scotland. It is two") < shot.index("1. ")
    told = library.cases[BOY].story.otherwise
    assert [told in " ".join(shot.split()) for shot in (*asked, typist.shots[-1])].count(True) == 1


def shipped_by(*lines: str) -> str:
    return staged(SoloRehearsal, lines, library=shipped())[0]


def test_nobody_is_surprised_by_abuse_suicide_or_danger_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in (0, -1, 2):
        monkeypatch.setattr("fingerpost.terminal.rehearsal_session.choice", itemgetter(place))
        told = shipped_by("1", "q").split("REHEARSAL: ")[2].partition("In danger")[0]
        assert not re.search("abuse|suicid|rape|she is 9|sexual (?!picture)", told), told


def test_scenes_are_listed_by_what_they_are_about_and_others_by_topic() -> None:
    first = shipped_by("q").split("REHEARSAL: ")[1]
    listed = re.findall(r"^ +\d+\. (.*)$", first, re.M)
    assert len(listed) == 26
    assert listed[:2] == ["Surprise me", "More: all the stories, by topic"]
    assert listed[5] == "Blackmailed at two in the morning (5 min; a picture, suicide)"
    found = shipped_by("tracks her", "q").split("REHEARSAL: ")[2]
    assert "Her boyfriend tracks her, and scares her" in found
    # Suicide is no word of this story: a question on the way to its ending asks about it.
    assert re.search(
        r"A girl of 16 [^(]* \(\d+ min; suicide\)", shipped_by("nude unless stays", "q")
    )
    topics = shipped_by("2", "sextortion", "q").split("REHEARSAL: ")[5]
    assert "Blackmailed at two in the morning" in topics
    every = shipped_by("suicide", "13", "q").split("REHEARSAL: which story?")[1]
    assert len(re.findall(r"^ +\d+\. ", every, re.M)) > 40  # of which twelve were shown first


def test_a_young_person_answers_and_a_call_has_its_consequence() -> None:
    library = shipped()
    scene = library.cases["rory-at-two"].scene
    assert scene is not None
    *moments, ring = scene.right_way
    typed, told = ["1"], [scene.opens]
    for moment in moments:
        typed.append(str(moment.choices.index(moment.right) + 1))
        told += [*moment.says, *filter(None, [moment.right.then])]
    wrong = next(at for at, c in enumerate(ring.choices, 1) if c.verdict == "wrong")
    told += filter(None, [ring.choices[wrong - 1].then])
    said, _ = staged(SoloRehearsal, [*typed, str(wrong)], "rory-at-two", library=library)
    said = " ".join(said.split())
    places = [said.index(" ".join(each.otherwise.split())) for each in told]
    assert len(places) > len(moments)
    assert places == sorted(places)
    hurt = " ".join(ring.choices[wrong - 1].say.otherwise.split())
    assert said.count(hurt) > 1  # what was done, and then that it could have hurt
    assert places[-1] < said.index(say("scene.mattered-most")) < said.index("Better: You ring your")
    assert "1. See the page for a worker" in said


def test_no_number_skips_the_review_or_is_named_before_what_it_chooses(sit: Sit) -> None:
    """And its first screen has the call, which can't be taken back, and what to say instead; the
    next one, under a heading, what else could hurt."""
    face, typist = sit([*" 1133331111"], 80, 24)
    library = shipped()
    named = [lesson(library, library.cases["they-chant-it-in-the-group"])]
    with pytest.raises(Left):
        SoloRehearsal(face, library, clock, syllabus(library), named).run()
    *_, first, second, third, last, page = typist.shots
    assert first.rindex("You ring the worker") < first.index("Better: ")
    assert second.index("What else can hurt") < second.index(
        '"Glad you wrote. It stays between us.'
    )
    assert "1-3" not in first + second + third
    assert "Your safeguarding lead" in third
    assert "1-3 or up, down, Enter" in last
    assert "Someone's telling them to hurt themselves" in page
