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
    NOTHING,
    RESIZED,
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


# A menu


def test_a_wide_menu_is_searched_in_both_lines(sit: Sit) -> None:
    items = [Item(f"Item {n}", f"about {n * 100}") for n in range(1, 31)]
    assert sit(["/", *"2700", ENTER])[0].menu(Menu("What?", tuple(items))) == 26
    assert sit(["1", "1", ENTER])[0].menu(Menu("What?", tuple(items))) == 10


# Something to read


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


def test_a_code_is_chosen_from_what_is_shown(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = talk(sit, reading, [*TO_THE_END, "t", "2", "z", "x"])
    assert "Which address or number?" in shots[-3]
    assert "  1. Childline\n     0800 1111\n" in shots[-3]
    assert decoded(shots[-2]) == ["https://www.childline.org.uk"]
    assert "page 1" in shots[-1]


def test_danger_says_two_numbers_even_where_no_route_is_left(
    sit: Sit, reading: loader.Reading
) -> None:
    bare = replace(reading, library=replace(reading.library, routes={}))
    shots, _ = talk(sit, bare, [" ", "!", "z", "q", "x"])
    assert LAST_RESORT in shots[2]
    assert "In danger? Ring 999." in shots[4]


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
