"""Rehearsing in a room: what the facilitator's keys do, drawn and line by line."""

from __future__ import annotations

import io
import re
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fingerpost.page.text_layout import Block, Line, Style
from fingerpost.rehearsal.catalogue import lesson, syllabus
from fingerpost.rehearsal.votes import Option
from fingerpost.terminal import rehearsal_screens as slides
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import (
    BACKSPACE,
    DOWN,
    ENTER,
    NOTHING,
    PAGE_DOWN,
    PAGE_UP,
    UP,
)
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.io.ui import NUMBERS, Act, Command, Key, Slide, minutes
from fingerpost.terminal.room import RoomRehearsal

from ..support.seat import Sit, lined
from ..support.staged import TALKS, clock, small, staged
from . import test_pty

start = test_pty.start  # a fixture, asked for by its name

NEXT, VOTE = Key("n", "next"), Key("v", "vote", "Hands")
CHOOSE = Key(NUMBERS, "takes it", "Take")


def paragraphs(count: int) -> tuple[Block, ...]:
    return tuple((Line(f"Paragraph {n}."),) for n in range(1, count + 1))


# Line by line


def typed(*lines: str, keys: tuple[Key, ...] = (NEXT, VOTE, CHOOSE)) -> tuple[Command, str]:
    """What the facilitator asks for by these lines, and what was said meanwhile."""
    said = io.StringIO()
    wall = PlainUi(said, lined(lines), can_clear=False)
    return wall.slide(Slide("A slide", paragraphs(2), keys)), said.getvalue()


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (["n"], Command("n")),
        (["N"], Command("n")),
        (["v 3 5"], Command("v", "3 5")),
        (["v3 5"], Command("v", "3 5")),
        (["v", "3 5"], Command("v", "3 5")),
        (["2"], Command(NUMBERS, "2")),
        (["1 3"], Command(NUMBERS, "1 3")),
        (["!"], Command(Act.DANGER)),
        (["0"], Command(Act.DANGER)),
        (["x"], Command(Act.LEAVE)),
        (["q"], Command(Act.STOP)),
        (["z", "", "n now", "n"], Command("n")),
    ],
)
def test_a_line_asks_for_something(lines: list[str], asked: Command) -> None:
    assert typed(*lines)[0] == asked


def test_a_key_that_is_not_offered_does_nothing() -> None:
    said, told = typed("v 1 2", "2", "n", keys=(NEXT,))
    assert said == Command("n")
    assert told.count("You can type: n next, ! danger now, x leave at once, q stop.") == 3


def test_the_end_of_input_is_the_end() -> None:
    with pytest.raises(EOFError):
        typed()
    with pytest.raises(EOFError):
        PlainUi(io.StringIO(), None, can_clear=False).slide(Slide("A slide", (), (NEXT,)))


def test_nothing_is_read_out_twice_for_a_notice() -> None:
    said = io.StringIO()
    wall = PlainUi(said, io.StringIO("n\nn\nn\n"), can_clear=False)
    wall.slide(Slide("A slide", paragraphs(1), (NEXT,)))
    wall.slide(Slide("A slide", paragraphs(1), (NEXT,), "It is a tie."))
    assert said.getvalue().count("Paragraph 1.") == 1
    assert "It is a tie." in said.getvalue()
    wall.slide(Slide("Another", paragraphs(1), (NEXT,)))
    assert said.getvalue().count("Paragraph 1.") == 2
    assert said.getvalue().count("You can type") == 1


def test_author_text_cannot_act_on_the_terminal() -> None:
    said = io.StringIO()
    PlainUi(said, io.StringIO("n\n"), can_clear=False).slide(
        Slide("\x1b[2J", ((Line("\x1b[31mred\u202e"),),), (NEXT,))
    )
    assert "\x1b" not in said.getvalue()
    assert "\u202e" not in said.getvalue()


# Drawn


def shown(sit: Sit, *keys: str, blocks: int = 2, **how: int) -> tuple[Command, list[str]]:
    """What the facilitator asks for by these keys, and the screens that they saw."""
    face, typist = sit(keys, **how)
    slide = Slide("A slide", paragraphs(blocks), (NEXT, VOTE, CHOOSE), "For the facilitator")
    return face.slide(slide), typist.shots


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        (["n"], Command("n")),
        (["N"], Command("n")),
        (["z", NOTHING, ENTER, " ", "n"], Command("n")),
        (["v", "3", " ", "5", ENTER], Command("v", "3 5")),
        (["v", "3", "z", "n", "5", BACKSPACE, ENTER], Command("v", "3")),
        (["v", "3", BACKSPACE, BACKSPACE, "n"], Command("n")),
        (["v", "1", "0", ENTER], Command("v", "10")),
        (["v", "3", "x"], Command(Act.LEAVE)),
        (["v", "Q"], Command(Act.STOP)),
        (["v", "!"], Command(Act.DANGER)),
        (["2", ENTER], Command(NUMBERS, "2")),
        (["1", " ", "3", ENTER], Command(NUMBERS, "1 3")),
        (["0"], Command(Act.DANGER)),
        (["x"], Command(Act.LEAVE)),
    ],
)
def test_a_key_asks_for_something(sit: Sit, keys: list[str], asked: Command) -> None:
    assert shown(sit, *keys)[0] == asked


def test_the_cursor_stands_where_numbers_are_typed(sit: Sit) -> None:
    face, typist = sit(["v", "3"])
    with pytest.raises(EOFError):
        face.slide(Slide("A slide", paragraphs(2), (NEXT, VOTE, CHOOSE)))
    cursor, row = typist.window.screen.cursor, "Hands: 3"
    assert typist.window.seen().splitlines()[cursor.y] == row
    assert cursor.x == len(row)


@pytest.mark.parametrize(("turn", "page"), [(PAGE_DOWN, 2), (DOWN, 2), (PAGE_UP, 1), (UP, 1)])
def test_the_keys_of_pages_turn_those_of_a_slide(sit: Sit, turn: str, page: int) -> None:
    _, shots = shown(sit, turn, turn, "n", blocks=30)
    assert shots[2].splitlines()[0] == f"A slide - page {page} of 2, Space"


def test_the_keys_stand_at_the_bottom(sit: Sit) -> None:
    _, [seen] = shown(sit, "n")
    assert seen.splitlines()[-2:] == [
        "n next  v vote  number takes it",
        "! danger now  x leave at once  q stop",
    ]
    assert len(seen.splitlines()) == 24


def test_a_long_slide_is_turned_with_space(sit: Sit) -> None:
    _, shots = shown(sit, " ", " ", "n", blocks=30)
    assert [shot.splitlines()[0] for shot in shots] == [
        "A slide - page 1 of 2, Space",
        "A slide - page 2 of 2, Space",
        "A slide - page 1 of 2, Space",
    ]
    assert "Paragraph 30." in shots[1]


def test_the_time_that_is_left_is_in_the_header(sit: Sit) -> None:
    now = [100.0]
    face, typist = sit(["z", "z", "n"])
    wall = ScreenUi(face.screen, face.keyboard, now=lambda: now[0])

    def read(pressed: Callable[[], str] = typist.read) -> str:
        key = pressed()
        now[0] += 60
        return key

    typist.read = read  # type: ignore[method-assign]  # a minute passes before each key
    wall.countdown(120)
    wall.slide(Slide("A slide", paragraphs(1), (NEXT,)))
    assert [shot.splitlines()[0] for shot in typist.shots] == [
        "A slide - 2:00",
        "A slide - 1:00",
        "A slide - Time is up",
    ]


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (-3, "0:00"), (65, "1:05"), (3600, "60:00")]
)
def test_a_time_is_as_on_a_clock(seconds: int, said: str) -> None:
    assert minutes(seconds) == said


def test_a_console_without_blocks_has_bars_too(sit: Sit) -> None:
    assert sit([])[0].sign == "█"
    face, typist = sit(["n"], encoding="ascii")
    split = tuple(slides.options([Option("Look")], [2], many=False, sign=face.sign))
    face.slide(Slide("A slide", split, (NEXT,)))
    assert f"{'#' * 30} 2 most" in typist.shots[0]


# What stands on a slide


def rows(blocks: Sequence[Block]) -> list[str]:
    return [f"{line.before}{line.text}" for block in blocks for line in block if line.text]


def split(hands: Sequence[int], *, many: bool = False) -> list[str]:
    options = [Option("Look"), Option("Decline"), Option("Send it on")]
    return rows(tuple(slides.options(options, hands, many=many, sign="#")))


def test_no_hands_at_all_have_no_bar() -> None:
    assert split((0, 0, 0))[1::2] == ["   0"] * 3
    assert split(()) == ["1  Look", "2  Decline", "3  Send it on"]


def test_what_is_revealed_stands_below_its_option() -> None:
    """In a row of its own: bold if it is wrong, and bold and reversed with its bar if right."""
    options = [Option("Look"), Option("Decline"), Option("Wait")]
    revealed = [("WRONG", "You need not see it."), ("RIGHT", "He hears a no."), ("", "")]
    found = tuple(slides.options(options, (1, 2, 0), many=False, sign="#", revealed=revealed))
    assert rows(found) == [
        *("1  Look", f"   {'#' * 15} 1", "   WRONG", "   You need not see it."),
        *("2  Decline", f"   {'#' * 30} 2 most", "   RIGHT", "   He hears a no."),
        *("3  Wait", "   0"),
    ]
    styles = {line.text: line.style for block in found for line in block}
    assert styles["WRONG"] is Style.TITLE
    assert styles["RIGHT"] is Style.URGENT
    assert styles[f"{'#' * 30} 2 most"] is Style.TITLE
    assert styles[f"{'#' * 15} 1"] is Style.PLAIN


# The whole way


PHONE = "a-phone-on-the-bus"
TO_JUDGING = ["1", "n", "n", "1", "1"]
AS_TOLD = [*TO_JUDGING, "1", "12", "2", "2 3"]


def in_room(*lines: str, case: str = PHONE) -> tuple[str, RoomRehearsal]:
    said, stage = staged(RoomRehearsal, lines, case)
    assert isinstance(stage, RoomRehearsal)
    return said, stage


def test_the_majority_takes_the_branch_and_the_minority_is_kept() -> None:
    _, room = in_room(*TO_JUDGING, "v 2 0 5", "n", "12", "2", "2 3", "n", "q")
    [done] = room.finished
    assert done.rehearsal.judgements[0].choice.name == "wait"
    [counted] = [vote for vote in done.votes if vote.hands]
    assert [(option.says, hands) for option, hands in counted.others] == [("Ring it with her", 2)]


def test_the_facilitator_may_take_another_branch_than_the_majority() -> None:
    _, room = in_room(*TO_JUDGING, "v 1 0 7", "1", *AS_TOLD[6:], "q")
    assert room.finished[0].rehearsal.judgements[0].choice.name == "ring"
    [counted] = [vote for vote in room.finished[0].votes if vote.hands]
    assert [option.says for option, _ in counted.others] == ["Wait until it turns up"]


def test_a_vote_that_was_gone_back_from_is_not_kept() -> None:
    _, room = in_room(*TO_JUDGING, "v 1 0 7", "n", "b", "1", *AS_TOLD[6:], "q")
    assert not any(vote.hands for vote in room.finished[0].votes)


@pytest.mark.parametrize("wrong", ["4", "1 2", "7", "1,x"])
def test_what_is_no_answer_is_not_taken(wrong: str) -> None:
    said, _ = in_room(*TO_JUDGING, wrong)
    assert f"That is no answer here: {wrong}" in said
    assert said.rstrip().endswith("(ended before a review)")


def test_reveal_says_where_the_story_says_nothing() -> None:
    said, _ = in_room("1", "n", "n", "2", "r", case="a-late-bus")
    assert "The story does not say." in said


@pytest.mark.parametrize("typed", ["t 0", "t 61", "t soon", "t 1000"])
def test_a_timer_is_for_minutes(typed: str) -> None:
    said, _ = in_room("1", typed)
    assert "Type minutes from 1 to 60." in said


def test_another_story_can_be_chosen_anywhere() -> None:
    for lines in (["1", "s"], ["1", "n", "s"], [*AS_TOLD, "s"], [*AS_TOLD, "n", "s"]):
        said, _ = in_room(*lines, "q")
        assert said.count("what is it to be about?\n") == 1
        assert said.endswith("(stopped)\n")


def test_back_from_the_ending_is_whom_to_turn_to() -> None:
    said, room = in_room(*AS_TOLD, "b", "1", "n", "q")
    assert room.finished[0].rehearsal.turned == {"ring-999"}
    assert len(room.finished) == 1
    assert said.count("REHEARSAL: to whom?") == 2


def test_stopping_before_the_end_of_a_story_says_that_nothing_is_written(sit: Sit) -> None:
    """A debrief without a vote would be empty. The words stand on the last screen, which somebody
    may close with its window."""
    face, typist = sit([*" 1", *"nq", " "])
    library = small()
    named, topics = [lesson(library, library.cases[PHONE])], syllabus(library)
    room = RoomRehearsal(face, library, clock, topics, named, keeps="debrief.html")
    with pytest.raises(Left):
        room.run()
    assert "\nThere is nothing to write yet: no story came to its end.\n" in typist.shots[-1]
    assert "debrief.html" not in typist.shots[-1]


def test_danger_is_the_real_thing_on_every_slide() -> None:
    said, _ = in_room("1", "n")
    slides = said.split("Facilitator (? for the keys): ")
    assert len(slides) == 3
    assert all("ring 999" in slide for slide in slides[:2])
    said, _ = in_room("1", "!", "n", "!")
    assert said.count("\nIn danger now\nRing 999.") == 2
    assert in_room("1", "x")[0].endswith("(left at once)\n")


def test_a_whole_story_is_drawn_on_the_wall(sit: Sit) -> None:
    """Every screen of it says that it is a rehearsal."""
    keys = [*" 1", *"nn", "1", ENTER, "1", ENTER, *"v205", BACKSPACE, BACKSPACE, BACKSPACE]
    keys += [*"2 0 5", ENTER, *"rn", *"12", ENTER, "2", ENTER, *"1 3", ENTER, *"n   q "]
    face, typist = sit(keys)
    library = small()
    named = [lesson(library, library.cases[PHONE])]
    with pytest.raises(Left):
        RoomRehearsal(face, library, clock, syllabus(library), named, seed=7).run()
    assert all(shot.startswith("REHEARSAL") for shot in typist.shots)
    assert [shot for shot in typist.shots if not re.search(r"\b[Rr]ing 999\b", shot)] == []
    assert any("GET HELP TODAY" in shot for shot in typist.shots)
    assert any("REHEARSAL: debrief - page 2 of" in shot for shot in typist.shots)


@pytest.mark.slow
@pytest.mark.pty
def test_a_room_on_a_real_terminal_of_the_usual_size(start: test_pty.Start) -> None:
    terminal = start(
        "rehearse",
        "--trees",
        str(TALKS / "library"),
        "--only",
        "--cases",
        str(TALKS / "cases"),
        "--case",
        PHONE,
        "--seed",
        "7",
        "--room",
        "--review",
        "debrief.html",
    )
    terminal.until("Nothing is kept")
    terminal.press(" ", "what this one is about")
    terminal.press("1", "A girl comes to you in the yard.")
    terminal.press("n", "what the story tells")
    terminal.press("t2\r", lambda seen: " - 1:5" in seen)  # it runs while nobody presses a key
    terminal.press("", lambda seen: " - 1:57" in seen or " - 1:56" in seen)
    terminal.press("n", "Are you safe?")
    terminal.press("v7 1 0\r", "7 most")
    terminal.press("n", "What have you lost?")
    terminal.press("1\r", "REHEARSAL: you decide")
    terminal.press("3\r", "Where have you looked?")
    terminal.press("12\r", "How soon is help needed?")
    terminal.press("2\r", "Whom would you turn to")
    terminal.press("2\r", "GET HELP TODAY")
    terminal.press("n", "q stops, and writes this to debrief.html.")
    terminal.press("q", "Thank you for practising.")
    terminal.press(" ")
    assert terminal.ended() == 0
    assert terminal.is_as_it_was()
    assert "Written: debrief.html" in terminal.screen.everything()


@pytest.mark.slow
@pytest.mark.pty
def test_a_window_that_is_closed_at_the_goodbye_has_written_the_debrief(
    start: test_pty.Start, tmp_path: Path
) -> None:
    """And n at whom to turn to goes on without a count of hands."""
    file = tmp_path / "debrief.txt"
    library = ["--trees", str(TALKS / "library"), "--only", "--cases", str(TALKS / "cases")]
    story = ["--case", PHONE, "--seed", "7", "--room", "--review", str(file)]
    terminal = start("rehearse", *library, *story)
    terminal.until("Nothing is kept")
    for key, seen in [
        *((" ", "what this one is about"), ("1", "A girl comes to you in the yard.")),
        *(("n", "what the story tells"), ("n", "Are you safe?"), ("1\r", "What have you lost?")),
        *(("1\r", "REHEARSAL: you decide"), ("3\r", "Where have you looked?")),
        *(("12\r", "How soon is help needed?"), ("2\r", "Whom would you turn to")),
        ("n", "GET HELP TODAY"),
        ("n", "q stops, and writes this to"),
    ]:
        terminal.press(key, seen)
    assert not file.exists()
    terminal.press("q", "Thank you for practising.")
    terminal.child.kill(signal.SIGKILL)
    terminal.child.wait()
    written = " ".join(file.read_text(encoding="utf-8").split())
    assert "These are for them:" in written
    assert "the room named" not in written
