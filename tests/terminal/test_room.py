"""Rehearsing in a room: what the facilitator's keys do, drawn and line by line."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest

from fingerpost.rehearsal.catalogue import lesson, syllabus
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import BACKSPACE, ENTER, NOTHING
from fingerpost.terminal.io.ui import NUMBERS, Act, Command, Key, Slide
from fingerpost.terminal.room import RoomRehearsal

from ..support.seat import Sit, paragraphs
from ..support.staged import TALKS, clock, shipped, small, staged
from . import test_pty

start = test_pty.start  # a fixture, asked for by its name

NEXT, VOTE = Key("n", "next"), Key("v", "vote", "Hands")
CHOOSE = Key(NUMBERS, "takes it", "Take")


# Drawn


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        (["n"], Command("n")),
        (["N"], Command("n")),
        (["z", NOTHING, ENTER, " ", "n"], Command("n")),
        (["v", "3", " ", "5", ENTER], Command("v", "3 5")),
        (["v", "3", "z", "n", "5", BACKSPACE, ENTER], Command("v", "3")),
        (["v", "3", BACKSPACE, BACKSPACE, "n"], Command("n")),
        (["v", "x"], Command(Act.LEAVE)),
        (["v", "Q"], Command(Act.STOP)),
        (["v", "!"], Command(Act.DANGER)),
        (["1", " ", "3", ENTER], Command(NUMBERS, "1 3")),
        (["0", ENTER], Command(NUMBERS, "0")),  # a count, and not help in danger
        (["x"], Command(Act.LEAVE)),
    ],
)
def test_a_key_asks_for_something(sit: Sit, keys: list[str], asked: Command) -> None:
    face, _ = sit(keys)
    slide = Slide("A slide", paragraphs(2), (NEXT, VOTE, CHOOSE), "For the facilitator")
    assert face.slide(slide) == asked


# The whole way


PHONE = "a-phone-on-the-bus"
ON = ("", "")
"""After hands have been counted: what is right and why, and then on."""

TO_JUDGING = ["n", "n", *"nnnn"]


def in_room(*lines: str, case: str = PHONE) -> tuple[str, RoomRehearsal]:
    said, stage = staged(RoomRehearsal, lines, case)
    assert isinstance(stage, RoomRehearsal)
    return said, stage


def test_hands_are_kept_when_the_facilitator_goes_back() -> None:
    """They are shown again; with n, others have been outvoted."""
    said, room = in_room(*TO_JUDGING, "n", "1 0 7", *ON, "b", "n", "q")
    [counted] = [vote for vote in room.begun[0].votes if vote.hands]
    assert (counted.hands, counted.taken, counted.most) == ((1, 0, 7), {0}, {2})
    assert said.count("7 of 8: the most") == 3


SCENE = "she-made-me-promise"


def test_a_slip_of_a_key_does_not_put_the_other_stories_on_the_wall() -> None:
    """Not even of one that the terminal has: they can be had before the story and at its end."""
    said, _ = staged(RoomRehearsal, ["n", "n", "s", "q"], SCENE, library=shipped())
    assert "porn" not in said


def drawn(sit: Sit, keys: Iterable[str], case: str = SCENE, **size: int) -> list[str]:
    """The screens of a room that is left by these keys."""
    face, typist = sit(keys, **size)
    library = shipped()
    named = [lesson(library, library.cases[case])]
    with pytest.raises(Left):
        RoomRehearsal(face, library, clock, syllabus(library), named).run()
    return typist.shots


def test_hands_are_shown_and_a_slip_can_be_mended() -> None:
    keys = ["n", "n", "n", "2 2 2", "3 2 3", "n", "n", "q"]
    said, _ = staged(RoomRehearsal, keys, SCENE, library=shipped())
    assert "2 of 6: a tie" in said
    assert "3 of 8: a tie" in said


def test_back_leads_to_the_answer_and_the_last_wrong_one_is_put_right(sit: Sit) -> None:
    """After a wrong choice at the end its answer and then the right one's begin the debrief. From
    there < leads to why, and Enter on again."""
    keys = [*" nn", *"nnnnnnn", *"0 0 8", ENTER, ENTER, ENTER, "<", ENTER, *"qq"]
    shots = drawn(sit, keys, case="on-the-bus-home", columns=100, rows=40)
    onward, back, again = shots[-5:-2]
    for shot in (onward, again):
        assert '"A picture of what? Who?"' in shot
        assert "Better: You ring your lead" in shot
        assert "Nobody looks at it." in shot
    assert "\n3  She'll need to know today" in back
    assert "\nEnter on with 3" in back


def test_n_goes_on_to_the_last_screen_and_no_slip_ends_it(sit: Sit) -> None:
    """The debrief and the advice follow one another until q, which asks. Of a room that has only
    talked the debrief says what helps most."""
    shots = drawn(sit, [*" n", *"n" * 40, *"qq"], columns=80, rows=24)
    assert all("\nEnter " in shot for shot in shots[1:-1])
    assert "q again to stop" in shots[-2]
    last = [each.splitlines()[0].removeprefix("REHEARSAL: ")[:7] for each in shots[-8:-1]]
    assert {*last} == {"debrief", "what th"}
    told = " ".join(next(shot for shot in shots if "What helps most" in shot).split())
    assert "B. \"Tell her that you promised too soon. I'll come with you.\" It's honest" in told
    assert "What we saw" not in told


def test_a_debrief_has_what_was_right_what_was_not_and_what_helps_most(sit: Sit) -> None:
    """Letters follow one another: only a wrong turn leads to a second try. What is right
    was seen where as many hands are for it as for another."""
    keys = [*" nnn", *"1 5 2", ENTER, *"nn", "n", *"6 0 1", ENTER, *"nn", "n", *"0 4 4", ENTER]
    keys += [*"nn", "n", *"4 4 0", ENTER]
    shots = drawn(sit, [*keys, *"nnnnnnnnn"], columns=120, rows=50)
    assert [letter for letter in "ABCD" if any(f"{letter}. You" in s for s in shots)] == [*"ABCD"]
    told = next(shot for shot in shots if "REHEARSAL: debrief" in shot)
    saw, left, most = map(told.index, ("What we saw", "Where we'd do it differ", "What helps most"))
    assert saw < left < most < told.index("How would you say it?")
    assert re.findall(r"^([A-D])\. ", told, re.MULTILINE) == ["B", "D", "A", "C", "B"]
    better = r'^A\. Better: "First things first.* Tonight comes before.*\n   This can hurt: "That'
    assert re.search(better, told, re.MULTILINE | re.DOTALL)
    assert "Then give out the take-home." in shots[-1]
    assert "Who would we ring? At night?" in shots[-1]


def test_what_won_at_a_second_try_is_in_the_debrief_too(sit: Sit) -> None:
    """Each question is told by what it is."""
    vote = ["n", *"0 8 0", ENTER, ENTER, ENTER]
    keys = [*" nn", *"nnn", *vote, *vote, *"nnnnnnnnnnqq"]
    told = drawn(sit, keys, columns=120)
    left = next(shot for shot in told if "Where we'd do it differently" in shot)
    assert re.findall(r"^(B(?: again)?)\. ", left, re.MULTILINE) == ["B", "B again"]


def test_back_clears_the_hands_and_leads_no_further_than_what_the_story_is_about(sit: Sit) -> None:
    """Where numbers that are typed for a vote open nothing."""
    keys = [*" nnn", *"3 5", ENTER, *"3 5 0", ENTER, *"<<<", *"350", *"qq"]
    shots = drawn(sit, keys, columns=120)
    slip, bars, asked, story, about = (shots[at] for at in (8, 14, 15, 16, 20))
    assert "You typed 2; there are 3 choices." in slip
    assert "5 of 8: the most" in bars
    assert "5 of 8" not in asked
    assert "\"That's a lot to carry." in asked
    assert "REHEARSAL: the story" in story
    assert "Priya's promised not to tell" in about
    page = Path(__file__).parents[2] / "docs" / "rehearsal.md"
    assert re.findall(r"about (\d+) minutes", about + page.read_text("utf-8")) == ["18", "18"]


def test_a_second_try_is_said_before_it_and_back_leads_away_from_counting(sit: Sit) -> None:
    shots = drawn(sit, [*" nnnnnn", ENTER, *" <nn", *"0 0 8", ENTER, ENTER, *"qq"], rows=40)
    asked, back, told = shots[8], shots[10], shots[-2]
    assert "(n no vote, < back):" in asked
    assert "Tonight comes before the promise" in back
    assert "\nEnter try again  n on with 1" in told


def test_nothing_typed_but_hands_tells_what_is_right(sit: Sit) -> None:
    """The question stands alone until they have written, and takes no number; one is no vote, nor
    are no hands. Enter asks for them, then says why, then goes on with what most are for."""
    keys = [*" nn", "3", ENTER, ENTER, "3", ENTER, *"0 0 0", ENTER, *"1 5 2", ENTER, *"nn"]
    shots = drawn(sit, [*keys, *"qq"], columns=120, rows=40)
    alone, still, asked, one, none, counted, told, onward = (
        shots[at] for at in (3, 4, 6, 8, 14, 20, 21, 22)
    )
    assert "REHEARSAL: A. You decide" in alone
    assert "Bring her in here" not in alone
    assert still == alone
    assert "\nEnter show the choices" in alone
    assert "\nHands, as 3 5 0 (n no vote, < back):" in asked
    assert "That's one number. Type 3, with spaces between." in one
    assert "No hands yet." in none
    assert not re.search("Right|Tonight comes before the promise", "".join(shots[3:21]))
    assert "\nEnter answer  number count hands" in counted
    assert "This can hurt (5 of 8: the most)" in told
    assert "\n2  You want to get it right. But she's already told it once" in told
    assert "Talk: why might someone choose 2?" in told
    assert "\nEnter on with 2  n on with 3" in told
    assert 'You: "First things first.' in onward


@pytest.mark.parametrize(("hands", "key"), [("1 6 1", "n"), ("2 3 3", ENTER)])
def test_n_and_a_tie_go_on_with_what_is_right(sit: Sit, hands: str, key: str) -> None:
    """Once the room has seen why. The hands are typed over another count."""
    keys = [*" nnn", *"3 5 0", ENTER, *hands, ENTER, ENTER, key, *"qq"]
    told, onward = drawn(sit, keys, columns=120)[-4:-2]
    assert "on with 3  < back" in told
    assert ("A tie: on with what's right." in told) == (key == ENTER)
    assert "\n3  Tonight comes before the promise" in told
    assert 'You: "First things first.' in onward


@pytest.mark.parametrize(("columns", "rows"), [(50, 16), (64, 20)])
def test_a_question_its_bars_and_each_key_stand_on_one_small_screen(
    sit: Sit, columns: int, rows: int
) -> None:
    """Letters are enlarged for a room: what came before makes room first. 999 stays at its foot."""
    vote = [*"nn", *"3 4 3", ENTER, ENTER]
    shots = drawn(sit, [*" n", *vote, *vote, *vote, *"qq"], columns=columns, rows=rows)
    for letter, asks in (("A", "knew what it was"), ("B", "grown-up who lied"), ("C", "to you.")):
        of_it = [shot for shot in shots if f"REHEARSAL: {letter}. You decide" in shot]
        _, asked, *typed, counted, told = of_it[:9]
        for shot in (asked, *typed, counted):
            assert all(f"\n{number}  " in shot for number in "123")
            assert asks in " ".join(shot.split())
        assert "4 of 10: the most" in counted
        assert "(4 of 10: the most)" in told
        assert all(f"\n{number}  " in told for number in "123")
        for shot in of_it[:2]:
            assert "  < back  y story" in shot.replace("\N{NO-BREAK SPACE}", " ")
        assert all("ring 999" in "".join(shot.splitlines()[-4:]) for shot in of_it)


@pytest.mark.parametrize("case", ["cannot-carry-it", "a-stepfather-and-a-favour"])
def test_an_exercise_warns_of_suicide_that_is_only_spoken_of(sit: Sit, case: str) -> None:
    """Before any of it is read."""
    told = drawn(sit, [*" qq"], case=case)[1]
    assert "It speaks of suicide" in " ".join(told.split())
    assert ("sexually abuses her at home" in " ".join(told.split())) == ("stepfather" in case)


def test_n_turns_the_pages_of_the_advice_before_it_goes_on(sit: Sit) -> None:
    """Who can help, with their numbers, stands on the last of them."""
    shots = drawn(sit, [*" nn", *"nnn" * 4, *"nnnqq"])
    shots = [shot for shot in shots if "what the advice page says" in shot]
    assert "\nEnter more (1 of 2)" in shots[0]
    assert "\nEnter debrief" in shots[1]
    assert "- Childline 0800 1111" in shots[1]


def test_stopping_before_the_first_decision_says_that_nothing_is_written(sit: Sit) -> None:
    """A debrief without a vote would be empty. The words stand on the last screen, which somebody
    may close with its window."""
    face, typist = sit([*" n", *"nqq"])
    library = small()
    named, topics = [lesson(library, library.cases[PHONE])], syllabus(library)
    room = RoomRehearsal(face, library, clock, topics, named, keeps="debrief.html")
    with pytest.raises(Left):
        room.run()
    assert "\nNothing was decided yet, so nothing is written.\n" in typist.shots[-1]
    assert "debrief.html" not in typist.shots[-1]


def test_danger_is_the_real_thing_on_every_slide() -> None:
    said, _ = in_room("n", "n")
    slides = said.split("Facilitator (? for the keys): ")
    assert len(slides) == 4
    assert all("ring 999" in slide for slide in slides[:3])
    said, _ = in_room("n", "!", "n", "!")
    assert said.count("\nIn danger now\nRing 999.") == 2
    assert in_room("n", "x")[0].endswith("(left at once)\n")


@pytest.mark.slow
@pytest.mark.pty
def test_a_window_that_is_closed_at_the_goodbye_has_written_the_debrief(
    start: test_pty.Start, tmp_path: Path
) -> None:
    """And n at whom to turn to goes on without a count of hands. In the middle a slip of q does not
    end it."""
    file = tmp_path / "debrief.txt"
    library = ["--trees", str(TALKS / "library"), "--only", "--cases", str(TALKS / "cases")]
    story = ["--case", PHONE, "--room", "--review", str(file)]
    terminal = start("rehearse", *library, *story)
    terminal.until("For a room")
    for key, seen in [
        *((" ", "what this one is about"), ("n", "A girl comes to you in the yard.")),
        *(("n", "Are you safe?"), ("n", "The story says this"), ("n", "What have you lost?")),
        *(("n", "The story says this"), ("n", "REHEARSAL: now you"), ("n", "Ring it with her")),
        *(("0 0 8\r", "8 of 8"), ("n", "This can hurt"), ("\r", "Where have you looked?")),
        *(("n", "The story says this"), ("n", "How soon is help needed?")),
        *(("n", "The story says this"), ("n", "Who would you turn to")),
        *(("n", "Enter on with 2, 3"), ("q", "q again to stop")),
        *(("n", "Where we'd do it differently"), ("n", "Stopping writes this to")),
        *(("!", "In danger now"), ("q", "GET HELP TODAY"), ("q", "q again to stop")),
    ]:
        terminal.press(key, seen)
    assert not file.exists()
    terminal.press("q", "Thank you for practising.")
    terminal.child.kill(signal.SIGKILL)
    terminal.child.wait()
    written = " ".join(file.read_text(encoding="utf-8").split())
    assert "Who can help" in written
    assert "the room named" not in written
