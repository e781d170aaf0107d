"""The drawn conversation, key by key, on a screen that is read back as a person would see it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import zxingcpp

from fingerpost.model.base import replace
from fingerpost.model.facts import TELLERS
from fingerpost.model.tree import Question
from fingerpost.page.labels import number_alone, title_of
from fingerpost.page.messages import LAST_RESORT
from fingerpost.page.page import Page
from fingerpost.page.page import page as make_page
from fingerpost.page.page_text import contents_lines, has_more, page_blocks
from fingerpost.page.text_layout import Block, Line
from fingerpost.reading import loader
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import (
    BACKSPACE,
    DOWN,
    ENTER,
    ESCAPE,
    NOTHING,
    PAGE_DOWN,
    PAGE_UP,
    RESIZED,
    UP,
)
from fingerpost.terminal.io.ui import Act, Item, Menu
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.walk.walk import Walk

from ..support.seat import CLOCK, Sit, ask
from ..support.shipped import quick_to_search

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
AT_QUESTION = (Act.CHANGE, Act.WHY, Act.WORDS, Act.NOTE)
"""What can be asked for at a question that has all of it."""


def paragraphs(count: int) -> tuple[Block, ...]:
    return tuple((Line(f"Paragraph {n}."),) for n in range(1, count + 1))


# A question


def test_a_number_answers(sit: Sit) -> None:
    face, typist = sit(["2"])
    assert face.question(ask(3), AT_QUESTION) == {"v2"}
    assert typist.shots[0].splitlines()[:6] == [
        "A tree - question 1",
        "Which?",
        "",
        "  1. Answer 1 of these",
        "  2. Answer 2 of these",
        "  3. Answer 3 of these",
    ]
    assert typist.shots[0].splitlines()[-3:] == [
        "1-3 or up, down, Enter  < back  c change answer  y why we ask  w hard words",
        "n worker's note",
        "! danger now  x leave at once  q stop  ? all keys",
    ]


@pytest.mark.parametrize(
    ("key", "act"),
    [
        ("<", Act.BACK),
        ("b", Act.BACK),
        ("c", Act.CHANGE),
        ("y", Act.WHY),
        ("w", Act.WORDS),
        ("n", Act.NOTE),
        ("!", Act.DANGER),
        ("0", Act.DANGER),
        ("x", Act.LEAVE),
        ("X", Act.LEAVE),
        ("q", Act.STOP),
        ("Q", Act.STOP),
    ],
)
@pytest.mark.parametrize("count", [3, 12])
def test_a_letter_asks_for_something_at_a_question(
    sit: Sit, key: str, act: Act, count: int
) -> None:
    face, _ = sit([key])
    assert face.question(ask(count), AT_QUESTION) is act


@pytest.mark.parametrize("key", [NOTHING, "z", "v", "r", "s", " ", RESIZED, BACKSPACE, "é"])
def test_other_keys_do_nothing_at_a_question(sit: Sit, key: str) -> None:
    face, _ = sit([key, "1"])
    assert face.question(ask(3), AT_QUESTION) == {"v1"}


def test_a_number_that_is_not_there_is_said_quietly(sit: Sit) -> None:
    face, typist = sit(["7", "3"])
    assert face.question(ask(3), AT_QUESTION) == {"v3"}
    assert "There is no number 7 here." in typist.shots[1]
    assert typist.shots[1].splitlines()[-1] == "! danger now  x leave at once  q stop  ? all keys"


def test_enter_alone_is_no_answer(sit: Sit) -> None:
    face, typist = sit([ENTER, "3"])
    assert face.question(ask(3), AT_QUESTION) == {"v3"}
    assert "Choose first: type a number" in typist.shots[1]


def test_of_ten_or_more_a_number_moves_the_marker_and_enter_takes_it(sit: Sit) -> None:
    """One rule for all of them: 2 of twelve waits as 1 does, whatever other numbers there are."""
    face, typist = sit(["2", ENTER])
    assert face.question(ask(12), AT_QUESTION) == {"v2"}
    assert "Number: 2" in typist.shots[1]
    assert ">  2. Answer 2" in typist.shots[1]
    assert "1-12 and Enter, or up, down, Enter" in typist.shots[0]
    assert sit(["1", "2", ENTER])[0].question(ask(12), AT_QUESTION) == {"v12"}
    assert sit(["1", ENTER])[0].question(ask(12), AT_QUESTION) == {"v1"}
    assert sit(["2", "5", ENTER])[0].question(ask(25), AT_QUESTION) == {"v25"}
    menu = Menu("What?", tuple(Item(f"Item {n}") for n in range(12)))
    assert sit(["2", ENTER])[0].menu(menu) == 1


def test_up_and_down_move_a_marker_and_enter_takes_it(sit: Sit) -> None:
    face, typist = sit([DOWN, DOWN, DOWN, UP, ENTER])
    assert face.question(ask(3), AT_QUESTION) == {"v2"}
    assert ">" not in typist.shots[0]
    assert "> 1. Answer 1" in typist.shots[1]
    assert "> 2. Answer 2" in typist.shots[-1]
    assert sit([UP, ENTER])[0].question(ask(3), AT_QUESTION) == {"v3"}


def test_the_marker_turns_the_page_and_page_keys_do(sit: Sit) -> None:
    face, typist = sit([UP, PAGE_UP, PAGE_DOWN, "2", "0", ENTER], 80, 14)
    assert face.question(ask(20), AT_QUESTION) == {"v20"}
    assert "> 20. Answer 20" in typist.shots[1]
    assert "page 3 of 3" in typist.shots[1]
    assert "page 2 of 3" in typist.shots[2]
    assert "page 3 of 3" in typist.shots[3]


def test_enter_right_after_a_digit_belongs_to_the_digit(sit: Sit) -> None:
    """Many type a number and Enter. It may neither answer nor close the screen that follows."""
    face, typist = sit(["2", ENTER, "z"])
    assert face.question(ask(3), AT_QUESTION) == {"v2"}
    assert face.read("", paragraphs(1)) is None
    assert typist.keys == []
    face, typist = sit(["2", ENTER, ENTER, DOWN, ENTER])
    assert face.question(ask(3), AT_QUESTION) == {"v2"}
    assert face.question(ask(3), AT_QUESTION) == {"v1"}
    assert "Choose first" in typist.shots[3]


def test_enter_after_what_was_taken_takes_nothing(sit: Sit) -> None:
    face, typist = sit([DOWN, ENTER, ENTER])
    assert face.question(ask(4, many=True), AT_QUESTION) == {"v1"}
    assert "> 1. [ ] Answer 1" in typist.shots[1]
    assert "  1. [x] Answer 1" in typist.shots[2]


def test_escape_goes_back(sit: Sit) -> None:
    assert sit([ESCAPE])[0].question(ask(3), AT_QUESTION) is Act.BACK
    assert sit([ESCAPE])[0].menu(Menu("What?", (Item("One"), Item("Two")))) is Act.BACK
    assert sit([ESCAPE])[0].read("", paragraphs(1)) is None


def test_the_only_item_needs_no_choosing(sit: Sit) -> None:
    assert sit([ENTER])[0].menu(Menu("What?", (Item("Go on"),))) == 0


def test_every_key_is_listed_and_works_from_the_list(sit: Sit) -> None:
    face, typist = sit(["?", "z", "?", "y"])
    assert face.question(ask(3), AT_QUESTION) is Act.WHY
    listed = typist.shots[1]
    for key in ("1-3 or up, down, Enter", "< or Esc: back", "y why we ask", "! danger now"):
        assert key in listed
    assert typist.shots[2] == typist.shots[0]


def test_the_footer_has_only_keys_that_lead_somewhere(sit: Sit) -> None:
    face, typist = sit(["1"])
    face.question(ask(3), ())
    assert "change" not in typist.shots[0]
    assert "hard words" not in typist.shots[0]
    assert "note" not in typist.shots[0]


def test_the_present_answer_is_marked_when_one_is_changed(sit: Sit) -> None:
    face, typist = sit([ENTER])
    assert face.question(ask(3, present=frozenset({"v2"})), AT_QUESTION) == {"v2"}
    assert "> 2. Answer 2 of these (your answer now)" in typist.shots[0]
    face, typist = sit(["1", ENTER])
    assert face.question(ask(3, many=True, present=frozenset({"v2"})), ()) == {"v1", "v2"}
    assert "2. [x] Answer 2" in typist.shots[0]


def test_what_was_said_so_far_stands_in_one_line(sit: Sit) -> None:
    said = ("No one's in danger right now", "13, 14 or 15", "Wales")
    face, typist = sit(["1", "1"], 80)
    face.question(ask(3, said=said, why="To help."), ())
    told = "You said: No one's in danger right now - 13, 14 or 15 - Wales"
    assert typist.shots[0].splitlines()[1] == told
    assert "Why we ask: To help." in typist.shots[0]
    face, typist = sit(["1"], 40)
    face.question(ask(3, said=said), ())
    assert typist.shots[0].splitlines()[1] == "You said: ... - 13, 14 or 15 - Wales"


def test_the_cursor_stands_at_the_input(sit: Sit) -> None:
    """A screen magnifier follows it."""
    face, typist = sit([DOWN, "b"])
    face.question(ask(3), AT_QUESTION)
    cursor = typist.window.screen.cursor
    row = typist.window.screen.display[cursor.y]
    assert row.startswith("> 1. Answer 1")
    assert cursor.x == len(row.rstrip())
    face, typist = sit(["1", "x"])
    face.question(ask(12), AT_QUESTION)
    cursor = typist.window.screen.cursor
    assert typist.window.screen.display[cursor.y].rstrip() == "Number: 1"
    assert cursor.x == len("Number: 1")


def test_where_several_are_chosen_of_many_each_number_needs_enter(sit: Sit) -> None:
    """Enter alone goes on, so one that came after a whole number would leave the question."""
    face, typist = sit(["2", ENTER, "3", ENTER, ENTER])
    assert face.question(ask(12, many=True), AT_QUESTION) == {"v2", "v3"}
    assert "Number: 2" in typist.shots[1]


def test_nought_is_danger_only_as_the_first_key(sit: Sit) -> None:
    assert sit(["0"])[0].question(ask(12), AT_QUESTION) is Act.DANGER
    assert sit(["1", "0", ENTER])[0].question(ask(12), AT_QUESTION) == {"v10"}
    assert sit(["1", BACKSPACE, "0"])[0].question(ask(12), AT_QUESTION) is Act.DANGER


def test_x_leaves_even_while_a_number_is_typed(sit: Sit) -> None:
    assert sit(["1", "x"])[0].question(ask(12), AT_QUESTION) is Act.LEAVE


def test_a_long_number_that_is_not_there(sit: Sit) -> None:
    face, typist = sit([*"13", "1", BACKSPACE, "2", ENTER])
    assert face.question(ask(12), AT_QUESTION) == {"v2"}
    assert "There is no number 13 here." in typist.shots[2]
    assert ">" not in typist.shots[4]  # the marker goes with the number


def test_answers_are_ticked_one_by_one(sit: Sit) -> None:
    face, typist = sit(["1", "3", "1", "2", ENTER])
    assert face.question(ask(4, many=True, alone=1), AT_QUESTION) == {"v2", "v3"}
    assert "  1. [ ] Answer 1" in typist.shots[0]
    assert "  1. [x] Answer 1" in typist.shots[1]
    assert "  1. [ ] Answer 1" in typist.shots[3]
    assert "1-4 ticks, Enter goes on" in typist.shots[0]


def test_an_answer_that_stands_alone_answers_at_once(sit: Sit) -> None:
    """One key for whom nothing else is true, and what was ticked before does not count."""
    for keys in (["4"], ["1", "2", "4"]):
        face, typist = sit(keys)
        assert face.question(ask(4, many=True, alone=1), AT_QUESTION) == {"v4"}
        assert typist.keys == []
    assert sit(["3"])[0].question(ask(4, many=True, alone=2), AT_QUESTION) == {"v3"}
    assert sit(["1", ENTER, "1", "2", ENTER])[0].question(
        ask(12, many=True, alone=1), AT_QUESTION
    ) == {"v12"}


def test_nothing_ticked_goes_nowhere(sit: Sit) -> None:
    face, typist = sit(["1", "1", ENTER, "2", ENTER])
    assert face.question(ask(4, many=True), AT_QUESTION) == {"v2"}
    assert "Choose first: type a number" in typist.shots[3]


def test_many_ticks_are_told_where_they_cannot_be_seen(sit: Sit) -> None:
    keys = [k for n in ("1", "12", "13", "14") for k in (*n, ENTER)]
    face, typist = sit([*keys, ENTER], 80, 16)
    assert face.question(ask(14, many=True), AT_QUESTION) == {"v1", "v12", "v13", "v14"}
    assert "Chosen: Answer 1 of these, Answer 12 of these\n" in typist.shots[5]
    assert (
        "Chosen: Answer 1 of these, Answer 12 of these, Answer 13 of these and 1 more"
        in (typist.shots[-1])
    )
    assert "1-14 and Enter ticks, Enter alone goes on" in typist.shots[0]


@pytest.mark.parametrize("aside", ["y", "w", "n", "!"])
def test_ticks_and_page_are_kept_over_something_to_read(sit: Sit, aside: str) -> None:
    question = ask(14, many=True)
    face, typist = sit(["2", ENTER, " ", aside, ENTER], 80, 16)
    assert isinstance(face.question(question, AT_QUESTION), Act)
    assert face.question(question, AT_QUESTION) == {"v2"}
    assert "page 2 of" in typist.shots[-1]


def test_ticks_are_not_kept_over_a_step_back_or_an_answer(sit: Sit) -> None:
    """The next young person may not find what the last one ticked."""
    question = ask(4, many=True)
    face, typist = sit(["2", "b", "3", ENTER, "1", ENTER])
    assert face.question(question, AT_QUESTION) is Act.BACK
    assert face.question(question, AT_QUESTION) == {"v3"}
    assert face.question(question, AT_QUESTION) == {"v1"}
    assert "[x]" not in typist.shots[2]
    assert "[x]" not in typist.shots[4]


def test_the_note_is_shown_to_staff_alone(sit: Sit) -> None:
    face, typist = sit(["1", "1"])
    face.question(ask(2, note="Do not ask who."), AT_QUESTION)
    face.question(ask(2, note="Do not ask who.", for_staff=True), AT_QUESTION)
    assert "Do not ask who." not in typist.shots[0]
    assert "Worker: Do not ask who." in typist.shots[1]


def test_a_wide_menu_turns_its_pages_and_repeats_the_question(sit: Sit) -> None:
    face, typist = sit([" ", " ", " ", "1", "4", ENTER], 80, 14)
    assert face.question(ask(20), AT_QUESTION) == {"v14"}
    top = "A tree - question 1 - page {} of 3\nWhich?\n\n  "
    assert typist.shots[0].startswith(f"{top.format(1)} 1. Answer 1 ")
    assert typist.shots[1].startswith(top.format(2))
    assert typist.shots[2].startswith(top.format(3))
    assert "Space more" in typist.shots[1]
    assert "Space page 1" in typist.shots[2]
    assert typist.shots[3] == typist.shots[0]
    assert "20. Answer 20" in typist.shots[2]


def test_a_narrow_window_gives_its_rows_to_the_answers(sit: Sit) -> None:
    """The name of the tree goes before it takes a row, and few keys are enough till the end."""
    asked = ask(20, tree_title="For parents and carers: I'm worried about my child")
    face, typist = sit([" ", "?", "z", "x"], 40, 20)
    assert face.question(asked, (*AT_QUESTION, Act.ABOUT)) is Act.LEAVE
    first, last, keys, *_ = typist.shots
    assert "1-20 and Enter" in first
    assert first.startswith("question 1 - page 1 of 2\nWhich?\n")
    assert "c change answer" not in first
    assert "c change answer" in last
    assert "c change answer" in keys


# Finding


def test_letters_find_an_answer_and_enter_takes_the_one_that_is_left(sit: Sit) -> None:
    face, typist = sit(["/", *"R 12", ENTER])
    assert face.question(ask(14), AT_QUESTION) == {"v12"}
    assert "Find: R 12" in typist.shots[-1]
    assert "Enter takes this one" in typist.shots[-1]
    assert "Answer 12" in typist.shots[-1]
    assert "Answer 11" not in typist.shots[-1]


def test_letters_are_text_while_finding_and_the_screen_says_so(sit: Sit) -> None:
    face, typist = sit(["/", *"xqb?0", NOTHING, "ctrl-c"])
    with pytest.raises(KeyboardInterrupt):
        face.question(ask(14), AT_QUESTION)
    assert "Find: xqb?0" in typist.shots[-1]
    last = "! danger now  Esc shows all  Ctrl-C leaves at once"
    assert typist.shots[-1].splitlines()[-1] == last


def test_danger_is_one_key_away_while_finding_and_what_was_typed_stays(sit: Sit) -> None:
    face, typist = sit(["/", *"r 1", "!", "2", ENTER])
    assert face.question(ask(14), AT_QUESTION) is Act.DANGER
    assert face.question(ask(14), AT_QUESTION) == {"v12"}
    assert "Find: r 1" in typist.shots[5]


def test_escape_leaves_the_search(sit: Sit) -> None:
    face, typist = sit(["/", *"r 1", ESCAPE, ESCAPE])
    assert face.question(ask(14), AT_QUESTION) is Act.BACK
    assert "Find" not in typist.shots[-1]
    assert "Answer 2 " in typist.shots[-1]


def test_several_that_are_found_are_numbered_anew_and_chosen(sit: Sit) -> None:
    face, typist = sit(["/", *"answer 1", ENTER, "9", "3"])
    assert face.question(ask(14), AT_QUESTION) == {"v11"}
    shown = typist.shots[10]
    assert "  2. Answer 10" in shown
    assert "Answer 2 " not in shown
    assert "1-6 or up, down, Enter" in shown
    assert "Esc shows all" in shown
    assert "There is no number 9 here." in typist.shots[11]
    keys = ["/", *"answer 1", DOWN, DOWN, ENTER]
    assert sit(keys)[0].question(ask(14), AT_QUESTION) == {"v10"}


def test_nothing_found_is_said_and_all_are_shown_again(sit: Sit) -> None:
    face, typist = sit(["/", *"zzz", ENTER, "2", ENTER])
    assert face.question(ask(14), AT_QUESTION) == {"v2"}
    assert "Nothing here has those letters." in typist.shots[4]
    assert "Answer 1 " not in typist.shots[4]
    assert "Nothing here has those letters." in typist.shots[5]
    assert "Answer 14" in typist.shots[5]


def test_letters_are_corrected_and_none_finds_all(sit: Sit) -> None:
    face, typist = sit(["/", "z", BACKSPACE, ENTER, "2", ENTER])
    assert face.question(ask(14), AT_QUESTION) == {"v2"}
    assert "Answer 14" in typist.shots[3]
    assert "Answer 14" in typist.shots[4]


def test_what_is_found_is_ticked_and_all_are_shown_again(sit: Sit) -> None:
    face, typist = sit(["/", *"r 12", ENTER, "1", ENTER, ENTER])
    assert face.question(ask(14, many=True), AT_QUESTION) == {"v1", "v12"}
    assert "Chosen: Answer 12" in typist.shots[6]
    assert "Answer 14" in typist.shots[6]


def test_a_very_long_search_is_cut(sit: Sit) -> None:
    face, typist = sit(["/", *("a" * 30), ENTER, "x"])
    assert face.question(ask(14), AT_QUESTION) is Act.LEAVE
    assert f"Find: {'a' * 20}\n" in typist.shots[31]


def test_a_few_answers_are_not_searched(sit: Sit) -> None:
    face, typist = sit(["/", "1"])
    assert face.question(ask(3), AT_QUESTION) == {"v1"}
    assert "Find" not in typist.shots[1]


# A menu


def test_a_menu_gives_the_index(sit: Sit) -> None:
    face, typist = sit(["2"])
    assert (
        face.menu(
            Menu(
                "What?",
                (
                    Item("One", "first"),
                    Item("Two"),
                ),
            )
        )
        == 1
    )
    assert typist.shots[0].startswith("What?\n\n  1. One\n     first\n  2. Two\n")


def test_a_menu_knows_fewer_keys(sit: Sit) -> None:
    items = [Item("One"), Item("Two")]
    face, typist = sit(["c", "w", ENTER, "b"])
    assert face.menu(Menu("What?", tuple(items))) is Act.BACK
    assert "Choose first: type a number" in typist.shots[3]
    for key, act in [("x", Act.LEAVE), ("q", Act.STOP), ("0", Act.DANGER)]:
        assert sit([key])[0].menu(Menu("What?", tuple(items))) is act


def test_a_wide_menu_is_searched_in_both_lines(sit: Sit) -> None:
    items = [Item(f"Item {n}", f"about {n * 100}") for n in range(1, 31)]
    assert sit(["/", *"2700", ENTER])[0].menu(Menu("What?", tuple(items))) == 26
    assert sit(["1", "1", ENTER])[0].menu(Menu("What?", tuple(items))) == 10


# Something to read


def test_any_key_goes_back_and_pages_turn_with_space_and_b(sit: Sit) -> None:
    face, typist = sit([" ", " ", "b", NOTHING, RESIZED, "z"], 80, 12)
    assert face.read("Title", paragraphs(25)) is None
    first, second, third, back, still, again = typist.shots
    assert first.startswith("Title - page 1 of 3\nParagraph 1.\n")
    assert second.startswith("Title - page 2 of 3\nParagraph 10.\n")
    assert third.startswith("Title - page 3 of 3\nParagraph 19.\n")
    assert back == still == again == second


@pytest.mark.parametrize(
    ("title", "second"),
    [
        ("A picture of me has been shared", "A picture of me has been shared - page 2 of 3"),
        (f"A title {'x' * 70}", "page 2 of 3"),
        (f"For workers {'x' * 50} - question 4", "question 4 - page 2 of 3"),
    ],
)
def test_beside_a_long_title_the_page_goes_without_it(sit: Sit, title: str, second: str) -> None:
    face, typist = sit([" ", "z"], 80, 12)
    assert face.read(title, paragraphs(25)) is None
    assert typist.shots[1].startswith(f"{second}\n")
    assert "Space more" in typist.shots[1]


@pytest.mark.parametrize("key", [" ", "b", "1", ENTER, "/"])
def test_keys_that_go_back_from_the_only_page(sit: Sit, key: str) -> None:
    assert sit([key])[0].read("", paragraphs(2)) is None


@pytest.mark.parametrize("key", ["x", "q", "!", "0", "X"])
@pytest.mark.parametrize("where", ["read", "opening", "goodbye"])
def test_danger_leave_and_stop_are_on_every_screen(sit: Sit, key: str, where: str) -> None:
    face, typist = sit([key])
    show = {
        "read": lambda: face.read("", paragraphs(1)),
        "opening": lambda: face.opening(paragraphs(1)),
        "goodbye": lambda: face.goodbye(paragraphs(1)),
    }
    assert show[where]() in (Act.LEAVE, Act.STOP, Act.DANGER)
    assert typist.shots[0].splitlines()[-1] == "! danger now  x leave at once  q stop  ? all keys"


def test_the_opening_is_read_to_its_end(sit: Sit) -> None:
    """What leaving at once does and does not clear may stand on the second page."""
    face, typist = sit(["z", "z"], 80, 12)
    assert face.opening(paragraphs(12)) is None
    assert "Paragraph 12." in typist.shots[1]
    assert sit(["z", "x"], 80, 12)[0].opening(paragraphs(12)) is Act.LEAVE


# A code


def decoded(shot: str) -> list[str]:
    """The texts of the codes on a screen, two modules to a character, light on dark."""
    rows = shot.splitlines()
    width = max(map(len, rows))
    halves = {" ": (0, 0), "▀": (255, 0), "▄": (0, 255), "█": (255, 255)}
    pixels: list[list[int]] = []
    for row in rows:
        cells = [halves.get(char, (0, 0)) for char in row.ljust(width)]
        pixels += [[upper for upper, _ in cells], [lower for _, lower in cells]]
    scale = 4
    large = [[pixel for pixel in row for _ in range(scale)] for row in pixels for _ in range(scale)]
    image = memoryview(bytes(pixel for row in large for pixel in row)).cast(
        "B", (len(large), width * scale)
    )
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize(
    "uri",
    [
        "https://www.childline.org.uk",
        "tel:08001111",
        "https://example.org/a/rather/long/way/to/a/form?that=has&many=words",
    ],
)
def test_a_phone_can_scan_the_code(sit: Sit, uri: str) -> None:
    face, typist = sit(["z"])
    assert face.code("Childline", "the address", uri) is None
    assert "Childline: the address" in typist.shots[0]
    assert decoded(typist.shots[0]) == [uri]


@pytest.mark.parametrize("size", [(80, 10), (20, 40), (40, 20)])
def test_a_window_that_is_too_small_says_so(sit: Sit, size: tuple[int, int]) -> None:
    uri = "https://example.org/a/rather/long/way/to/a/form?that=has&many=words"
    face, typist = sit(["z"], *size)
    face.code("A form", "example.org", uri)
    assert "larger" in typist.shots[0]
    assert "█" not in typist.shots[0]
    assert "A form: example.org" in " ".join(typist.shots[0].split())


def test_the_code_comes_when_the_window_grows(sit: Sit) -> None:
    face, typist = sit([RESIZED, "z"], 80, 10)
    read = typist.read

    def grow() -> str:
        key = read()
        if key == RESIZED:
            typist.window.size = (80, 30)
            typist.window.screen.resize(30, 80)
        return key

    typist.read = grow  # type: ignore[method-assign]
    face.code("A line", "0800 1111", "tel:08001111")
    assert decoded(typist.shots[0]) == []
    assert decoded(typist.shots[1]) == ["tel:08001111"]


def test_a_console_without_the_signs_gives_the_address_alone(sit: Sit) -> None:
    face, typist = sit(["z"], encoding="cp1252")
    face.code("Childline", "0800 1111", "tel:08001111")
    assert typist.shots[0].splitlines()[0] == "Childline: 0800 1111"
    assert "?" not in typist.shots[0].replace("? all keys", "")


# The whole walk


@pytest.fixture(scope="module")
def reading() -> loader.Reading:
    found = loader.load([LIBRARY])
    assert found.mistakes == ()
    return found


def talk(
    sit: Sit, reading: loader.Reading, keys: Sequence[str], tree: str | None = "lost", **size: int
) -> tuple[list[str], BaseException | None]:
    """What is seen before each key, and how it ended."""
    face, typist = sit(keys, **size)
    ended: BaseException | None = None
    try:
        WalkSession(face, reading, lambda: CLOCK).run(tree, {})
    except (Left, EOFError, KeyboardInterrupt) as left:
        ended = left
    return typist.shots, ended


TO_THE_END = [" ", "1", "1", "1", "1", ENTER, ENTER]


def test_a_walk_from_its_first_screen_to_its_ending(sit: Sit, reading: loader.Reading) -> None:
    shots, ended = talk(sit, reading, [*TO_THE_END, "x"])
    top = shots[0].splitlines()
    assert top[0] == "In danger now? Ring 999. Can't speak? Press !"
    assert top[2] == "You did right to look. Nothing that you answer is kept or sent."
    assert "In danger: ring 999. To talk: Childline 0800 1111." in top
    assert "What you tell me stays with me and Childline." not in shots[0]  # for a worker alone
    assert "question 1, usually 4 or 5" in shots[1]
    ending = shots[-1]
    assert ending.startswith("page 1 of 10\n")
    assert "Childline: 0800 1111" in ending
    assert " 1. Look where you last had it." in ending
    assert isinstance(ended, Left)
    assert ended.at_once


def test_the_ending_is_paged_and_comes_back_to_its_page(sit: Sit, reading: loader.Reading) -> None:
    keys = [*TO_THE_END, " ", "!", "z", "w", "z", "<", "<", "x"]
    shots, _ = talk(sit, reading, keys)
    at = len(TO_THE_END)
    second = shots[at + 1]
    assert "page 2 of 10" in second
    assert "Ring 999." in shots[at + 2]
    assert "Things that somebody has found" in shots[at + 4]
    assert shots[at + 3] == shots[at + 5] == second
    assert shots[at + 6] == shots[at]  # <: from a part to what to do first
    assert "Where have you looked?" in shots[at + 7]  # <: the question before


def test_more_help_stays_on_the_page_and_is_said_once(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [*TO_THE_END, "e", "v", " ", "x"])
    before, after = shots[-3], shots[-2]
    assert "v more help" in before
    assert "v more help" not in after
    assert any("Last Desk" in shot for shot in shots[-2:])


def test_a_code_is_chosen_from_what_is_shown(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [*TO_THE_END, "t", "2", "z", "x"])
    assert "Which address or number?" in shots[-3]
    assert "  1. Childline\n     0800 1111\n" in shots[-3]
    assert decoded(shots[-2]) == ["https://www.childline.org.uk"]
    assert "page 1" in shots[-1]


def test_no_code_after_all(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [*TO_THE_END, "t", "b", "x"])
    assert shots[-1] == shots[-3]


def test_danger_says_two_numbers_even_where_no_route_is_left(
    sit: Sit, reading: loader.Reading
) -> None:
    bare = replace(reading, library=replace(reading.library, routes={}))
    shots, _ = talk(sit, bare, [" ", "!", "z", "q", "x"])
    assert LAST_RESORT in shots[2]
    assert "In danger? Ring 999." in shots[4]


def test_an_answer_is_changed_and_those_that_fit_are_kept(
    sit: Sit, reading: loader.Reading
) -> None:
    # From a phone to keys: the door is asked, where they have looked is kept.
    keys = [*TO_THE_END, "<", "c", "3", "2", "1", "2", ENTER, ENTER, "x"]
    shots, _ = talk(sit, reading, keys)
    at = len(TO_THE_END) + 1
    assert "  3. What have you lost?\n     A phone\n" in shots[at + 1]
    assert "What have you lost?" in shots[at + 2]
    assert "Which door do they open?" in shots[at + 3]
    assert "You said Keys." in shots[-1]


def test_while_an_answer_is_changed_every_key_still_works(
    sit: Sit, reading: loader.Reading
) -> None:
    asides = ["y", "z", "n", "z", "!", "z"]
    keys = [*TO_THE_END, "<", "c", "!", "z", "3", *asides, "b", "3", "3", "2", ENTER, ENTER, "x"]
    shots, ended = talk(sit, reading, keys)
    at = len(TO_THE_END) + 1
    assert "A phone can be rung." in shots[at + 5]
    assert "Do not ask who lost it." in shots[at + 7]
    assert "(your answer now)" in shots[at + 8]
    assert "Ring 999." in shots[at + 9]
    assert "Which answer do you want to change?" in shots[at + 11]  # b: choose another
    assert "You said I'm not sure." in shots[-1]
    assert isinstance(ended, Left)


def test_at_the_first_question_there_is_no_key_to_change_an_answer(
    sit: Sit, reading: loader.Reading
) -> None:
    shots, _ = talk(sit, reading, [" ", "c", "1", "x"])
    assert "c change" not in shots[1]
    assert shots[2] == shots[1]
    assert "c change answer" in shots[3]


def test_what_it_is_and_what_leaving_clears_are_behind_i(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, ["i", "z", "1", "b", "x"], tree=None)
    assert "It cannot clear the list of commands" not in " ".join(shots[0].split())
    assert "This is not the police, Childline or legal advice." in shots[0]
    assert "It cannot clear the list of commands" in " ".join(shots[1].split())
    assert shots[2] == shots[0]
    assert "b back" not in shots[0]  # it would lead nowhere


def test_change_and_back_to_the_question(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [" ", "1", "c", "b", "x"])
    assert "Are you safe?" in shots[2]
    assert shots[4] == shots[2]


def test_going_on_from_an_ending(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [" ", "1", "2", "7", "1", "x"])
    assert "Get safe first" in shots[3]
    assert "1 everyone is safe now" in shots[3]
    assert shots[4] == shots[3]
    assert "What have you lost?" in shots[5]


def test_starting_again_forgets_everything(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [*TO_THE_END, " ", "s", "1", "1", "1", "x"])
    assert "Who is answering?" in shots[-4]
    assert "question 1," in shots[-4]
    assert "[x]" not in shots[-1]


def test_the_second_ending_begins_at_its_first_page(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [*TO_THE_END, " ", "s", *TO_THE_END[1:], "x"])
    assert "page 2 of" in shots[len(TO_THE_END) + 1]
    assert "page 1 of" in shots[-1]


def test_who_is_reading_is_chosen_first_and_then_what_has_happened(
    sit: Sit, reading: loader.Reading
) -> None:
    keys = ["!", "z", "7", "1", "!", "z", ESCAPE, "3", "2", "b", "1", "x"]
    shots, _ = talk(sit, reading, keys, tree=None)
    first, doors = shots[0], shots[4]
    assert first.startswith("In danger now? Ring 999. Can't speak? Press !\n")
    assert "Who is answering?\n" in first
    assert "  1. A young person\n  2. A parent or carer\n  3. A worker\n" in first
    assert "Ring 999." in shots[1]
    assert shots[2] == first
    assert "There is no number 7 here." in shots[3]
    assert "  1. I have lost something\n" in doors
    assert "  2. I am late\n     The bus has gone.\n" in doors
    assert "Ring 999." in shots[5]
    assert shots[6] == doors
    assert shots[7] == first  # b: who is reading
    assert "I am late - question 1" in shots[9]
    assert "How late are you?" in shots[9]  # nobody is asked again who is reading
    assert "I have lost something" in shots[10]  # b at the first question: choose again
    assert "I have lost something - question 1" in shots[11]
    assert "Are you safe?" in shots[11]


def test_whoever_starts_again_is_asked_again_who_is_reading(
    sit: Sit, reading: loader.Reading
) -> None:
    keys = ["1", "1", *TO_THE_END[2:], "i", "s", "x"]
    shots, _ = talk(sit, reading, keys, tree=None)
    assert "s start again" in shots[-2]  # below the last page, where all has been read
    assert shots[-1] == shots[0]


def test_what_a_worker_says_first_is_in_the_note_where_the_reader_is_chosen(
    sit: Sit, reading: loader.Reading
) -> None:
    """Whether a line is said depends on who is reading, so the first screen cannot have it yet."""
    told = "What you tell me stays with me and Childline."
    shots, _ = talk(sit, reading, ["3", "1", "n", "z", "x"], tree=None)
    assert told not in shots[0]
    assert told in shots[3]
    shots, _ = talk(sit, reading, ["2", "1", "n", "z", "x"], tree=None)
    assert told not in "".join(shots)  # it is not for parents
    shots, _ = talk(sit, reading, ["3", "1", "1", "n", "x"], tree=None)
    assert told not in shots[4]  # and only the first question has it


PARENTS = """\
fingerpost: 1
title: My child has lost something
about: For parents.
review-by: 2027-05-24
given: {teller: parent}
start: talk
questions: {}
outcomes:
  talk: {title: Talk, urgency: info, open: You are not alone., needs: [finders]}
"""


def test_doors_are_those_of_the_reader(sit: Sit, reading: loader.Reading, tmp_path: Path) -> None:
    (tmp_path / "parents.yaml").write_text(PARENTS, encoding="utf-8")
    laid_over = quick_to_search(loader.load([LIBRARY, tmp_path]))
    assert laid_over.mistakes == ()
    title = "My child has lost something"
    for reader, offered in (("1", False), ("2", True), ("3", False)):
        shots, _ = talk(sit, laid_over, [reader, "/", *"my child lost", "x"], tree=None)
        assert (title in shots[1]) is offered
        assert (title in shots[-1]) is offered  # nor is it found
        assert "I have lost something" in shots[1]
    # Whoever said on the command line who is reading is not asked, and has the same doors.
    face, typist = sit([" ", "x"])
    with pytest.raises(Left):
        WalkSession(face, laid_over, lambda: CLOCK).run(None, {"teller": frozenset({"parent"})})
    assert "Who is answering?" not in "".join(typist.shots)
    assert title in typist.shots[1]


def test_a_letter_opens_its_part_and_back_is_the_first_screen(
    sit: Sit, reading: loader.Reading
) -> None:
    """One screen says what to do first and what else there is, and has no row to spare."""
    shots, _ = talk(sit, reading, [*TO_THE_END, *"c<B<d<?a<o", "x"])
    first, answer, second, call, third, already, fourth, keys, more, fifth, last = shots[-11:]
    assert {first, second, third, fourth, fifth} == {FIRST_SCREEN}
    assert "c  Will they be cross with me?\nNo.\nThings get lost, and nobody" in answer
    assert "Has anybody handed it in?”\n\nChildline: Someone answers.\n" in call
    assert "d  Already looked three times\nIt's not too late to get help.\n" in already
    assert "A letter opens a part of this page. < goes back to the top." in keys
    assert "a  What else to do\n 6. Look again tomorrow.\n" in more
    assert last == first  # a letter that no part has


FIRST_SCREEN = """\
page 1 of 10
GET HELP TODAY
Look again, and ask
In danger? Ring 999.
You said A phone. Most lost things turn up within a day.
Talk to someone:  Childline: 0800 1111

 1. Look where you last had it.
 2. Don't look in the same place three times.
 3. Ring Lost Property Desk, and ask for the lost property book.
    https://example.org/lost-property-desk
 4. Ask whoever was with you.
 5. Write down what it looks like.





a What else to do  b What to say when you call
c Will they be cross with me? No.
d Already looked three times  e Who can help  f Good to know
g If it gets worse  h For the worker  i Where this comes from
Space more  < back  + something else too  / ask  v more help  w hard words
! danger now  x leave at once  q stop  ? all keys"""


def test_in_a_narrow_window_the_first_screen_has_the_first_steps(
    sit: Sit, reading: loader.Reading
) -> None:
    """What can be opened is listed among the keys: here it would take the rows of the steps."""
    shots, _ = talk(sit, reading, [" ", *TO_THE_END, "?", "c", "x"], columns=40, rows=20)
    first, keys, answer = shots[-3:]
    assert " 1. Look where you last had it." in first
    assert "A letter opens a part of this page." in first
    assert "Will they be cross with me? No." in keys
    assert "c  Will they be cross with me?\nNo.\n" in answer


@pytest.fixture(scope="module")
def endings() -> list[Page]:
    """The pages of random walks through what ships."""
    library = loader.load([loader.shipped()]).library
    chance = random.Random(15)
    found = []
    for _ in range(40):
        tree = chance.choice(sorted(library.trees))
        readers = library.trees[tree].given.get("teller", frozenset(TELLERS))
        walk = Walk.begin(library, tree, {"teller": frozenset({chance.choice(sorted(readers))})})
        while isinstance(walk.here, Question):
            one = frozenset({chance.choice(walk.here.answers).value})
            walk = walk.answer(walk.unasked or one)
        found.append(make_page(library, walk.tree, walk.here, walk.facts, CLOCK))
    return found


def screens_of(sit: Sit, shown: Page, columns: int = 80, rows: int = 24) -> list[str]:
    """All screens of an ending, one key press after the other."""
    acts = (Act.MORE, Act.WORDS, Act.NOTE, Act.CODE, Act.PRINT)
    blocks = page_blocks(shown, contents=False)
    shots: list[str] = []
    last = 1
    while len(shots) < last:
        face, typist = sit([" "] * (last - 1) + ["x"], columns, rows)
        assert face.ending(shown.tree_title, blocks, shown, acts) is Act.LEAVE
        shots = typist.shots
        last = int(re.findall(r"page 1 of (\d+)", shots[0])[0])
    return shots


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20), (120, 40)])
def test_an_ending_never_parts_a_service_from_its_number_and_has_its_sections_named(
    sit: Sit, endings: list[Page], columns: int, rows: int
) -> None:
    for shown in endings[:5]:
        screens = [" ".join(screen.split()) for screen in screens_of(sit, shown, columns, rows)]
        for contact in shown.contacts:
            for way in contact.ways:
                if way.channel == "phone" and not way.label:
                    title = title_of(contact)
                    both = number_alone(title, way) or f"{title} Phone {way.address}"
                    assert any(both in screen for screen in screens)
        for line in contents_lines(shown) if columns > 40 else ():
            assert " ".join(line.text.split()) in screens[0]


def test_what_the_second_service_costs_is_left_to_more_help(endings: list[Page]) -> None:
    shown = next(each for each in endings if each.help[0].need == "someone-to-talk-to")
    first, second, *_ = shown.help[0].contacts
    brief, whole = (
        " ".join(line.text for block in page_blocks(shown, more=more) for line in block)
        for more in (False, True)
    )
    costs = [next(d.text for d in each.details if d.field == "cost") for each in (first, second)]
    assert costs[0] in brief
    assert costs[1] not in brief
    assert all(cost in whole for cost in costs)
    assert has_more(shown)


@pytest.fixture(scope="module")
def with_app() -> loader.Reading:
    found = loader.load([LIBRARY, LIBRARY.parent / "with-app"])
    assert found.mistakes == ()
    return found


def test_the_app_is_asked_at_the_ending_and_changes_the_page(
    sit: Sit, with_app: loader.Reading
) -> None:
    keys = [" ", *"111", "?", *"r1<1rb<cbbbx"]
    shots, _ = talk(sit, with_app, keys, tree="message", rows=40)
    assert "question 2," in shots[2]
    assert "question 3," in shots[3]
    assert "For whom was it?" in shots[3]  # not: which app
    assert "r how to report in the app" in shots[5]
    assert "1. Look in the help of the app" in shots[4]
    assert "Which app is it?" in shots[6]
    assert 'choose "delete for everyone"' in shots[7]
    assert "For whom was it?" in shots[8]  # <: the question before, not the app
    assert shots[9] == shots[7]  # what was said of the app still counts
    assert shots[11] == shots[9]  # r, and then back
    assert "Which app is it?" not in shots[13]  # c: it is changed with r alone
    assert "For whom was it?" in shots[14]
    assert "Are you safe?" in shots[15]  # b goes past the app


def test_where_nothing_waits_there_is_no_key_for_it(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [*TO_THE_END, "r", "x"])
    assert "in the app" not in shots[-1]
    assert shots[-1] == shots[-2]


def test_stopping_says_something_kind_and_waits(sit: Sit, reading: loader.Reading) -> None:
    shots, ended = talk(sit, reading, [" ", "q", "!", "z", "z"])
    assert "It's fine to stop here." in shots[2]
    assert "Phone 0800 1111 - open now" in shots[2]
    assert "Ring 999." in shots[3]
    assert shots[4] == shots[2]
    assert isinstance(ended, Left)
    assert not ended.at_once


@pytest.mark.parametrize("keys", [["q"], [" ", "!", "q"], [" ", "y", "q"], [" ", "1", "c", "q"]])
def test_stop_and_then_leave_at_once(sit: Sit, reading: loader.Reading, keys: list[str]) -> None:
    shots, ended = talk(sit, reading, [*keys, "x"])
    assert "It's fine to stop here." in shots[-1]
    assert isinstance(ended, Left)
    assert ended.at_once


@pytest.mark.parametrize(
    "keys",
    [
        ["x"],
        [" ", "x"],
        [" ", "!", "x"],
        [" ", "y", "x"],
        [" ", "1", "c", "x"],
        [" ", "1", "c", "1", "x"],
        [*TO_THE_END, "t", "x"],
        [*TO_THE_END, "t", "1", "x"],
        [*TO_THE_END, "w", "x"],
        ["q", "x"],
    ],
)
def test_x_leaves_at_once_from_everywhere(
    sit: Sit, reading: loader.Reading, keys: list[str]
) -> None:
    _, ended = talk(sit, reading, keys)
    assert isinstance(ended, Left)
    assert ended.at_once


@pytest.mark.parametrize("aside", [[], ["!"], ["t"], ["t", "1"], ["w"], ["n"], ["v"], [" "], ["q"]])
def test_the_end_of_input_at_an_ending_is_no_fault(
    sit: Sit, reading: loader.Reading, aside: list[str]
) -> None:
    _, ended = talk(sit, reading, [*TO_THE_END, *aside])
    assert isinstance(ended, Left)
    assert not ended.at_once


@pytest.mark.parametrize(
    "keys", [[], [" "], [" ", "!"], [*TO_THE_END, "<"], [*TO_THE_END, "<", "c"]]
)
def test_the_end_of_input_before_an_ending_is_told(
    sit: Sit, reading: loader.Reading, keys: list[str]
) -> None:
    _, ended = talk(sit, reading, keys)
    assert isinstance(ended, EOFError)


# Every window


@pytest.mark.parametrize("columns", [20, 27, 40, 80, 200])
@pytest.mark.parametrize("rows", [12, 20, 24])
def test_every_screen_fits_every_window(
    sit: Sit, reading: loader.Reading, columns: int, rows: int
) -> None:
    """The last row is the keys: nothing has been pushed out, and nothing is missing."""
    keys = [*" " * 12, "1", "1", "2", "1", "1", "0", ENTER, ENTER, *" " * 20, "x"]
    shots, _ = talk(sit, reading, keys, columns=columns, rows=rows)
    for shot in shots:
        assert len(shot.splitlines()) == rows
        assert shot.splitlines()[-1].endswith("all keys")
        assert "danger now" in shot
    everything = "\n".join(shots)
    for number in ["0800 1111", "020 7946 0002", "020 7946 0003", "999"]:
        assert number in everything


def test_a_window_of_almost_nothing_still_takes_keys(sit: Sit, reading: loader.Reading) -> None:
    shots, ended = talk(sit, reading, [*" " * 12, "1", "2", "!", " ", "x"], columns=20, rows=6)
    assert "999" in shots[-1]
    assert all("danger now" in shot for shot in shots)
    assert isinstance(ended, Left)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_no_number_and_no_route_is_lost_in_other_letters(
    sit: Sit, reading: loader.Reading, encoding: str
) -> None:
    face, typist = sit([*TO_THE_END, "e", " ", " ", "x"], encoding=encoding)
    with pytest.raises(Left):
        WalkSession(face, reading, lambda: CLOCK).run("lost", {})
    everything = "\n".join(typist.shots)
    for whole in ["0800 1111", "020 7946 0002", "Lost Property Desk", "bus@example.org"]:
        assert whole in everything
    lost = everything.replace("? all keys", "")
    for asked in ("now?", "danger?", "speak?", "me?", "?\n"):
        lost = lost.replace(asked, "\n")
    assert "?" not in lost
