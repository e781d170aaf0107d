"""The drawn conversation, key by key, on a screen that is read back as a person would see it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

import pytest
import zxingcpp

from fingerpost.model.base import replace
from fingerpost.model.facts import TELLERS
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Outcome, Question
from fingerpost.page.joined import page_of
from fingerpost.page.labels import number_alone, title_of
from fingerpost.page.messages import LAST_RESORT, say
from fingerpost.page.page import Page
from fingerpost.page.page import page as make_page
from fingerpost.page.page_text import page_blocks
from fingerpost.page.text_layout import Style, wrap
from fingerpost.page.visibility import is_private
from fingerpost.reading import loader
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io import view_keys
from fingerpost.terminal.io.keyboard import DOWN, ENTER, RESIZED
from fingerpost.terminal.io.ui import Act
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.walk.autoplay import case_steps, play
from fingerpost.walk.walk import Walk, answer_in

from ..support.seat import CLOCK, Sit, ask, paragraphs
from ..support.shipped import quick_to_search, whole_library, whole_reading

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
AT_QUESTION = (Act.CHANGE, Act.WORDS, Act.NOTE)
"""What can be asked for at a question that has all of it."""


# A question


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


def test_enter_alone_goes_on_as_soon_as_the_next_question_was_seen(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A digit and Enter as one habit answer one question, and not the next one too."""
    for seconds, presses in ((0.2, 2), (0.6, 1)):
        face, typist = sit(["1", ENTER, ENTER])
        moments = iter((10.0, 10.0, *[10.0 + seconds] * 2))
        monkeypatch.setattr(view_keys, "monotonic", lambda moments=moments: next(moments))
        face.question(ask(3), AT_QUESTION)
        said = face.question(ask(3, many=True, unticked="None", unticked_value="no"), AT_QUESTION)
        assert said == {"no"}
        assert len(typist.shots) == 1 + presses


# Something to read


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
    face.code(["A line: 0800 1111"], ["tel:08001111"])
    assert decoded(typist.shots[0]) == []
    assert decoded(typist.shots[1]) == ["tel:08001111"]


BLACKMAILED = "danger=none age=13-15 nation=wales threat=money suicide=not-sure also=picture"


def at_ending(
    sit: Sit, answers: str, tree: str, *sizes: int, keys: Sequence[str] = tuple("t1z2    x")
) -> tuple[list[str], Page]:
    """What a young person sees at the page of these answers, and that page. By default they put it
    on a phone."""
    known = {"teller": frozenset({"young-person"})}
    known |= {fact: frozenset({value}) for fact, value in re.findall(r"(\S+)=(\S+)", answers)}

    def answer(question: Question) -> frozenset[str]:
        return answer_in(known, question) or frozenset({question.answers[-1].value})

    walk = play(Walk.begin(whole_library(), tree, known), answer, lambda _: False)
    face, typist = sit(keys, *sizes)
    with pytest.raises(Left):
        WalkSession(face, quick_to_search(whole_reading()), lambda: CLOCK).ending(walk)
    return typist.shots, page_of(walk, CLOCK)


@pytest.mark.parametrize(("columns", "rows", "codes"), [(80, 24, 3), (120, 40, 2)])
def test_a_phone_reads_whole_steps_and_numbers_from_at_most_three_codes(
    sit: Sit, columns: int, rows: int, codes: int
) -> None:
    shots, shown = at_ending(sit, BLACKMAILED, "threatened", columns, rows)
    first, offer, numbers, _, *drawn = shots
    assert "t code for a phone" in first
    assert offer.index("Report Remove") < offer.index("Samaritans")
    assert "18001" not in offer
    assert say("phone.leaves")[:60] in " ".join(offer.split())
    assert all("! danger now  x leave" in shot and "ring 999" in shot for shot in drawn[:codes])
    read = [text for shot in drawn[:codes] for text in decoded(shot)]
    assert len(read) == codes
    assert all(f"Code {n} of {codes}." in shot for n, shot in enumerate(drawn[:codes], 1))
    top = "Danger? Ring 999\nChildline - 0800 1111\nShout - Text SHOUT to 85258\n"
    steps = [f"{n}. {step.text}" for n, step in enumerate(shown.steps, 1)]
    assert len(steps) >= 5
    fit = steps if rows > 24 else steps[:3]
    assert "\n".join(read).replace("\n... ", " ") == top + "\n".join(fit)
    assert all(line in drawn[0] for line in top.splitlines())  # what goes on the phone is seen
    [kept] = decoded(numbers)
    assert kept.startswith(f"{top}The police on 101\nSamaritans 116 123\n")


@pytest.mark.parametrize(
    ("answer", "tree"),
    [
        ("also=home-unsafe", "threatened"),
        ("also=hurt-self", "threatened"),
        ("suicide=thoughts", "threatened"),
        ("danger=person", "threatened"),
        ("control-what=checking", "controlling-partner"),
    ],
)
def test_no_page_is_put_on_a_phone_that_others_look_at_or_in_danger(
    sit: Sit, answer: str, tree: str
) -> None:
    shots, _ = at_ending(sit, f"{BLACKMAILED} {answer}", tree, keys=tuple("tx"))
    assert all(say("menu.address") not in shot and "code for a phone" not in shot for shot in shots)


POLICE = "6. Police Scotland on 101, with a grown-up"
"""That has its number already, so that none follows it."""


def test_a_child_is_told_what_needs_a_grown_up_and_which_word_to_send(sit: Sit) -> None:
    answers = "age=under-13 nation=scotland danger=none threat=money suspect=young-person"
    (_, offer, code, *_), _ = at_ending(sit, answers, "threatened", keys=tuple("t4 <x"))
    rows = [" ".join(row.split()) for row in offer.splitlines()]
    at = rows.index("3. Childline")
    assert rows[at + 1] == "0800 1111"
    assert rows[rows.index(POLICE) + 1] == ""
    assert "Then type SHOUT and send it." in " ".join(code.split())


LEAVES_A_PHONE = {
    *("use-a-device-nobody-checks", "use-another-phone", "a-device-they-did-not-give"),
    *("leave-no-page", "help-from-outside-home", "tell-outside-an-unsafe-home"),
}
"""Lines for a reader whose phone or home is looked at by someone else."""


def test_what_sends_a_reader_to_another_phone_is_kept_off_this_one() -> None:
    """On the page of every made-up case."""
    library, sent = whole_library(), 0
    for case in library.cases.values():
        for walk in case_steps(library, case):
            if isinstance(walk.here, Outcome):
                shown = page_of(walk)
                lines = (
                    *shown.instructions,
                    *(line for part in shown.parts for line in part.lines),
                )
                ticked = walk.facts.get("also", frozenset()) & {"watched", "home-unsafe"}
                if ticked or not LEAVES_A_PHONE.isdisjoint(line.name for line in lines):
                    sent += 1
                    now = shown.urgency is Urgency.NOW
                    assert now or is_private(library, walk.here, walk.facts), case.name
    assert sent > 50


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
    face, typist = sit([" ", "x", ENTER])
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
        assert face.ending("", blocks, shown, acts) is Act.LEAVE
        shots = typist.shots
        last = int(re.findall(r"\(1 of (\d+)\)", shots[0])[0])
    return shots


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20), (120, 40)])
def test_each_row_of_an_ending_is_on_one_screen_in_order_and_no_title_alone_at_its_foot(
    sit: Sit, endings: list[Page], columns: int, rows: int
) -> None:
    for shown in endings[:12]:
        left = [
            (row[start : start + columns].rstrip(), line.style)
            for block in page_blocks(shown, contents=False)
            for line in block
            for row in wrap(line, columns)
            for start in range(0, len(row), columns)
        ]
        for number, screen in enumerate(screens_of(sit, shown, columns, rows)):
            seen = [row for row in screen.splitlines() if row]
            if number:  # under its title
                assert shown.title.startswith(seen.pop(0).removesuffix("..."))
            same = takewhile(lambda pair: pair[0] == pair[1][0], zip(seen, left, strict=False))
            here = sum(1 for _ in same)
            assert left[here - 1][1] not in (Style.PART, Style.HEADING)
            assert number == 0 or seen[here].startswith("Space ")  # the keys follow, nothing else
            left = left[here:]
        assert left == []


def test_from_more_help_and_from_starting_again_back_leads_to_the_same_page(sit: Sit) -> None:
    shots, _ = at_ending(sit, BLACKMAILED, "threatened", keys="  s2s<v<<x")
    page, again, *others, more, back, first = shots[2:]
    assert say("menu.again") in again
    assert others == [page, again, page]
    assert more != page
    assert page.splitlines()[1] in back.splitlines()
    assert first.startswith("GET HELP")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20), (120, 40)])
def test_an_ending_has_all_steps_first_names_its_parts_and_keeps_a_service_with_its_number(
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
        first, titles = screens[0], [part.title for part in shown.parts]
        assert all(title in first for title in titles) or say("screen.letters") in first
        assert columns == 40 or all(step.text in first for step in shown.steps)


@pytest.mark.parametrize(
    "keys",
    [
        [" ", "!", "x"],
        [" ", "1", "u", "x"],
        [" ", "1", "u", "1", "x"],
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
