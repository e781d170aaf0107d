"""Finding a door by one's own words: on the drawn screen, line by line, and when nothing is found.

The made-up library has a tree about being late, one about something lost, and one for whoever has
no word for it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from fingerpost.model.base import replace
from fingerpost.model.case import Case, Expected
from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.page.page import danger
from fingerpost.reading import loader
from fingerpost.reading.folders import CannotRead
from fingerpost.search.index import SearchIndex
from fingerpost.search.indexing import index_of
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import DOWN, ENTER, ESCAPE
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.ui import Hits, Item, Menu
from fingerpost.terminal.walk_screens import live_block, trees_found
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.walk.doors import entrances

from ..support.seat import CLOCK, Sit, walked
from ..support.shipped import quick_to_search

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
NAMELESS = """\
fingerpost: 1
title: I don't know what to call it
about: Three questions.
catch-all: true
review-by: 2027-05-24
start: teller
questions:
  teller: {use: teller, goto: talk}
outcomes:
  talk:
    title: Talk to someone
    urgency: info
    open: You do not need a word for it.
    needs: [finders]
"""
KIND = "That does not mean that you are alone with it."
CHILDLINE = "0800 1111"


def load(*folders: Path) -> loader.Reading:
    return quick_to_search(loader.load(folders))


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> loader.Reading:
    """The small library with a tree for whoever has no word for it."""
    folder = tmp_path_factory.mktemp("nameless")
    (folder / "dont-know-what-to-call-it.yaml").write_text(NAMELESS, encoding="utf-8")
    found = load(LIBRARY, folder)
    assert found.mistakes == ()
    return found


def on_screen(
    sit: Sit, reading: loader.Reading, keys: Iterable[str], **more: Any
) -> tuple[list[str], BaseException | None]:
    """What is seen before each key, and how it ended."""
    index = more.pop("index", None)
    face, typist = sit(keys, **more)
    try:
        WalkSession(face, reading, lambda: CLOCK, index=index).run(None, {})
    except (Left, EOFError, KeyboardInterrupt) as left:
        return typist.shots, left
    return typist.shots, None


def line_by_line(reading: loader.Reading, *lines: str) -> str:
    return walked(reading, lines)


def doors(shot: str) -> list[str]:
    """The doors that a screen or a transcript shows, which are numbered from 1. Below a list that
    nothing is typed for stands that one may just talk to someone."""
    found = re.findall(r"^[ >] +(\d+)\. (.*)$", shot, re.M)
    for count, (number, _) in enumerate(found, 1):
        assert int(number) in (count, 1)  # a transcript has several lists
    return [says for _, says in found if says != JUST_TALK]


JUST_TALK = "I just want to talk to someone"
LATE, LOST, NO_WORD = (
    "I am late",
    "I have lost something",
    "I don't know what to call it",
)


def test_doors_stand_in_the_order_of_urgency_and_the_last_needs_no_word(
    sit: Sit, reading: loader.Reading
) -> None:
    shots, _ = on_screen(sit, reading, ["1"])
    assert doors(shots[1]) == [LOST, LATE, NO_WORD]
    assert f"  4. {JUST_TALK}\n" in shots[1]
    assert "Or say what has happened in your own words:" in shots[1]


def test_typing_shows_the_best_door_first(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = on_screen(sit, reading, ["1", "/", *"the bus", ENTER, "1", "x"])
    assert doors(shots[9]) == [LATE, NO_WORD]
    assert "Find: the bus" in shots[9]
    assert doors(shots[10]) == [LATE, NO_WORD]
    assert "Esc shows all" in shots[10]
    assert "Esc back" not in shots[10]
    assert "I am late - question 1" in shots[11]


def test_letters_are_a_search_at_once(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = on_screen(sit, reading, ["1", *"bus", DOWN, ENTER, "x"])
    assert "Find: bus" in shots[4]
    assert doors(shots[4]) == [LATE, NO_WORD]
    assert "I am late - question 1" in shots[6]
    pasted, _ = on_screen(sit, reading, ["1", "x, the bus has gone", "!", "z", ESCAPE, ESCAPE, "x"])
    assert "Find: x, the bus has gone" in pasted[2]
    assert "Ring 999." in pasted[3]
    assert pasted[4] == pasted[2]
    assert doors(pasted[5]) == [LOST, LATE, NO_WORD]
    assert "Who is answering?" in pasted[6]


def test_letters_are_text_and_a_number_that_is_not_shown_chooses_nothing(
    sit: Sit, reading: loader.Reading
) -> None:
    shots, ended = on_screen(sit, reading, ["1", "/", *"x bus", ENTER, "9"])
    assert isinstance(ended, EOFError)  # and x has not left
    assert doors(shots[-1]) == [LATE, NO_WORD]
    assert "There is no number 9 here." in shots[-1]


def test_where_nothing_is_found_that_is_said_kindly_and_enter_takes_the_last_door(
    sit: Sit, reading: loader.Reading
) -> None:
    shots, _ = on_screen(sit, reading, ["1", "/", *"elephant", ENTER])
    told = " ".join(shots[10].split())
    assert KIND in told
    assert CHILDLINE in told
    assert doors(shots[10]) == [NO_WORD]
    assert "Enter takes this one" in shots[10]
    assert "You do not need a word for it." in shots[-1]


def test_without_such_a_door_all_doors_come_back_under_the_same_words(sit: Sit) -> None:
    small = load(LIBRARY)
    shots, _ = on_screen(sit, small, ["1", "/", *"zzz", ENTER, "1"])
    told = " ".join(shots[6].split())
    assert KIND in told
    assert "You can talk to someone about anything. Or choose from the list." in told
    assert f"Childline {CHILDLINE}." in told
    assert doors(shots[6]) == [LOST, LATE]
    assert KIND not in " ".join(shots[7].split())


@pytest.mark.slow
def test_a_whole_sentence_has_room_and_no_more_than_two_hundred_letters(
    sit: Sit, reading: loader.Reading
) -> None:
    shots, _ = on_screen(sit, reading, ["1", "/", *("late " * 50)])
    assert " ".join(shots[-1].split()).count("late") - doors(shots[-1])[0].count("late") == 40


def test_a_pasted_sentence_finds_as_a_typed_one_does(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = on_screen(sit, reading, ["1", "/", "i missed ", "the bus", ENTER, "1"])
    assert "Find: i missed the bus" in shots[4]
    assert doors(shots[4]) == [LATE, NO_WORD]
    assert "I am late - question 1" in shots[-1]


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 8)])
def test_a_long_sentence_fits_every_window(
    sit: Sit, reading: loader.Reading, size: tuple[int, int]
) -> None:
    sentence = "i am late for the bus and i think that i have lost my keys on the way to it "
    shots, _ = on_screen(sit, reading, ["1", "/", *(sentence * 2)], columns=size[0], rows=size[1])
    assert "Ctrl-C" in shots[-1]
    assert all(len(row) <= size[0] for row in shots[-1].splitlines())


def test_ctrl_c_leaves_from_the_middle_of_a_sentence(sit: Sit, reading: loader.Reading) -> None:
    _, ended = on_screen(sit, reading, ["1", "/", *"my e", "ctrl-c"])
    assert isinstance(ended, KeyboardInterrupt)


# Line by line


def test_a_number_that_is_not_there_is_no_search(reading: loader.Reading) -> None:
    found = line_by_line(reading, "1", "17", "x").split("own words: ")[1]
    assert "Please type a number from 1 to 4." in found
    assert doors(found) == []


# Many doors


MANY = [Item(f"Door {n}", f"What is behind door {n}.") for n in range(1, 13)]


def nothing(_said: str) -> Hits:
    return trees_found([], None)


def test_doors_that_do_not_all_fit_stand_there_by_their_names_alone(sit: Sit) -> None:
    face, typist = sit(["3", ENTER])
    assert face.menu(Menu("What has happened?", MANY, find=nothing)) == 2
    assert doors(typist.shots[0]) == [f"Door {n}" for n in range(1, 13)]
    assert "behind" not in typist.shots[0]
    assert "page" not in typist.shots[0]


def test_what_cannot_be_found_by_its_own_words_says_what_it_is_about(sit: Sit) -> None:
    face, typist = sit(["3", ENTER])
    face.menu(Menu("What has happened?", MANY))
    assert "behind" in typist.shots[0]
    assert "page 1 of 2" in typist.shots[0]


def test_the_last_row_is_used_where_one_page_is_all_there_is(sit: Sit) -> None:
    """The row above tells which page this is; with nothing to tell it is free."""
    items = [Item(f"Item {n}") for n in range(1, 20)]
    face, typist = sit(["3", ENTER])
    face.menu(Menu("What?", tuple(items)))
    assert doors(typist.shots[0])[-1] == "Item 19"
    assert "page" not in typist.shots[0]
    face, typist = sit(["3", ENTER])
    face.menu(Menu("What?", (*items, Item("One more"))))
    assert "page 1 of 2" in typist.shots[0]


@pytest.mark.parametrize("count", [5, 6])
def test_line_by_line_many_doors_are_read_out_by_their_names_alone(count: int) -> None:
    said = io.StringIO()
    face = PlainUi(said, io.StringIO("/a\n1\n"), False)
    found = trees_found([3], None)
    assert face.menu(Menu("What has happened?", MANY[:count], find=lambda _: found)) == 2
    before, after = said.getvalue().split("own words: ", 1)
    assert before.count("behind") == (5 if count == 5 else 0)
    assert "What is behind door 3." in after


@pytest.mark.parametrize(
    ("key", "reader"), [("1", "young-person"), ("2", "parent"), ("3", "staff")]
)
def test_every_door_that_ships_for_a_reader_stands_on_one_screen(
    sit: Sit, key: str, reader: str
) -> None:
    shipped = loader.load([loader.shipped()])
    shots, _ = on_screen(sit, shipped, [key, "x"])
    trees = shipped.library.trees.values()
    mine = [tree for tree in trees if reader in tree.given.get("teller", {reader})]
    assert 0 < len(mine) < len(trees)  # some are for others
    assert "What has happened?" in shots[1]
    assert len(doors(shots[1])) == 8
    assert f"  9. {JUST_TALK}\n" in shots[1]
    assert "page" not in shots[1]
    found = entrances(shipped.library, reader, shipped.library.trees)
    behind = [tree for _, trees in found for tree in trees]
    assert sorted(behind) == sorted(tree.name for tree in mine)  # each of them once
    own = [tree.name for tree in mine if "teller" in tree.given]
    assert found[0][1] == (own or ["threatened"])  # what an adult comes with has a key


def test_back_from_the_first_question_leads_to_the_list_that_the_tree_was_chosen_from(
    sit: Sit, tmp_path: Path
) -> None:
    """And from there to the doors. Whoever found the tree by words never saw the second list."""
    (tmp_path / "shared").mkdir()
    behind = "doors: {others: {say: Something else, trees: [lost, late]}}"
    (tmp_path / "shared" / "doors.yaml").write_text(behind, "utf-8")
    reading = load(LIBRARY, tmp_path)
    assert reading.mistakes == ()
    shots, _ = on_screen(sit, reading, ["1", "1", "2", "b", "1", "b", "b", *"bus", ENTER, "b"])
    lists = [doors(shots[at]) for at in (1, 2, 4, 6, 7)]
    assert lists == [["Something else"], *[[LOST, LATE]] * 3, ["Something else"]]
    assert "I am late - question 1" in shots[3]
    assert "I have lost something - question 1" in shots[5]
    assert "I am late - question 1" in shots[11]
    assert doors(shots[12]) == ["Something else"]


def test_danger_shows_all_for_right_now_on_its_first_screen_and_each_number_once(sit: Sit) -> None:
    """Nor is a number said twice above the doors that are found."""
    shipped = loader.load([loader.shipped()])
    shots, _ = on_screen(sit, shipped, ["1", "!", "z", *"someone has a knife", ENTER])
    danger, found = shots[2], shots[-1]
    for name in ("Childline (under 19)", "Shout", "Samaritans"):
        assert f"\n{name}\n" in danger
    assert "\n\nRing 999\nText 999\n  It only works in the UK, if" in danger
    assert "\n  Ring 999\n  Childline (under 19): Phone 0800 1111\n" in found
    for shot in (danger, found):
        assert not re.search("Phone 999|Text 999.*\n *Text 999", shot)


# What is searched, and when


def with_a_case(made: Library) -> Library:
    story = Sentence("An elephant sat on it.", span=Span.start_of("made-up"))
    expected = Expected("", None, (), ())
    case = Case("c", "late", story, {}, expected, span=Span.start_of("made-up"))
    return replace(made, cases={"c": case})


def test_an_index_is_read_once_and_only_when_somebody_searches(
    sit: Sit, reading: loader.Reading
) -> None:
    asked = []

    def index() -> SearchIndex:
        asked.append(1)
        return index_of(with_a_case(reading.library))

    on_screen(sit, reading, ["1", "1", "b"], index=index)
    assert asked == []
    shots, _ = on_screen(sit, reading, ["1", "/", *"elephant"], index=index)
    assert asked == [1]
    assert doors(shots[-1]) == [LATE, NO_WORD]


def test_an_index_that_can_no_longer_be_made_stops_nobody(
    sit: Sit, reading: loader.Reading
) -> None:
    def index() -> SearchIndex:
        raise CannotRead("The folder has gone.")

    shots, _ = on_screen(sit, reading, ["1", "/", *"bus"], index=index)
    assert doors(shots[-1]) == [LATE, NO_WORD]


def test_a_tree_that_cannot_be_walked_is_not_found(
    sit: Sit, reading: loader.Reading, tmp_path: Path
) -> None:
    (tmp_path / "late.yaml").write_text(
        (LIBRARY / "late.yaml").read_text(encoding="utf-8").replace("goto: wait", "goto: nowhere"),
        encoding="utf-8",
    )
    broken = load(LIBRARY, tmp_path)
    assert broken.stopping("late")
    shots, _ = on_screen(sit, broken, ["1", "/", *"bus"], index=lambda: index_of(reading.library))
    assert doors(shots[-1]) == []
    assert KIND in " ".join(shots[-1].split())


# Other menus


@pytest.mark.parametrize(
    ("numbers", "nameless", "shown"),
    [
        ([2, 1], 3, (2, 1, 3)),
        ([3, 2], 3, (2, 3)),  # it is always the last, even where it fits best
        ([], 3, (3,)),
        ([3], 3, (3,)),
        ([], None, ()),
        ([1], None, (1,)),
    ],
)
def test_the_door_without_a_name_is_always_the_last(
    numbers: Sequence[int], nameless: int | None, shown: tuple[int, ...]
) -> None:
    hits = trees_found(numbers, nameless)
    assert hits.numbers == shown
    assert bool(hits.told) is (set(shown) <= {3} and 1 not in shown and 2 not in shown)


@pytest.fixture(scope="module")
def in_danger(tmp_path_factory: pytest.TempPathFactory) -> loader.Reading:
    """The small library with words of danger."""
    folder = tmp_path_factory.mktemp("danger")
    crisis = "{needs: [%s], kinds: {lost: {doors: lost, says: [cold dark]}}}"
    needs = ", ".join(loader.load([LIBRARY]).library.needs)
    text = f"crisis: {crisis % needs}\n"
    (folder / "search.yaml").write_text(text, encoding="utf-8")
    found = load(LIBRARY, folder)
    assert found.mistakes == ()
    return found


def test_words_of_danger_show_who_answers_now_above_the_doors(
    sit: Sit, in_danger: loader.Reading
) -> None:
    shots, _ = on_screen(sit, in_danger, ["1", "/", *"late so dark", " ", *"cold", ENTER, "x"])
    for shot in shots[-2:]:
        assert shot.index("These answer now:") < shot.index(LATE) < shot.index(LOST)
    assert "These answer now:" not in shots[10]


def test_who_answers_now_is_read_from_the_services(in_danger: loader.Reading) -> None:
    library = in_danger.library
    served = [contact for each in danger(library, {}, CLOCK) for contact in each.contacts]
    [told, *lines] = [line.text for line in live_block(served)]
    assert told.endswith("These answer now:")
    answering = [each for each in served if each.live_now]
    assert len(lines) == len(answering) > 0
    assert all(each.title in line for each, line in zip(answering, lines, strict=True))


def test_without_any_service_999_and_childline_stand_there() -> None:
    assert CHILDLINE in live_block([])[1].text
    assert "999" in live_block([])[1].text


def test_few_items_are_searched_where_own_words_find(sit: Sit) -> None:
    def find(said: str) -> Hits:
        return trees_found([2] if said == "b" else [], None)

    face, typist = sit(["/", "b", ENTER])
    assert face.menu(Menu("What?", [Item("One"), Item("Two")], find=find)) == 1
    assert doors(typist.shots[2]) == ["Two"]


# Doors with several trees


DOORS = "doors: {gone: {say: 'Something, or a bus, has gone', trees: [lost, late]}}\n"


def with_doors(folder: Path, text: str) -> loader.Reading:
    (folder / "shared").mkdir()
    (folder / "shared" / "doors.yaml").write_text(text, encoding="utf-8")
    return load(LIBRARY, folder)


def test_a_door_with_several_trees_opens_a_second_list(sit: Sit, tmp_path: Path) -> None:
    grouped = with_doors(tmp_path, DOORS)
    assert grouped.mistakes == ()
    shots, _ = on_screen(sit, grouped, ["1", "1", "2", "x"])
    assert doors(shots[1]) == ["Something, or a bus, has gone"]
    assert doors(shots[2]) == [LOST, LATE]
    assert "I am late - question 1" in shots[3]
    shots, _ = on_screen(sit, grouped, ["1", "1", "b", *"bus", ENTER])
    assert doors(shots[3]) == doors(shots[1])
    assert "I am late - question 1" in shots[-1]  # a search finds the trees themselves


def test_a_tree_may_be_behind_another_door_for_another_reader(sit: Sit, tmp_path: Path) -> None:
    one = "{say: Gone, trees: [lost, late], when: {teller: young-person}}"
    other = "{say: It has gone, trees: lost, when: {teller: [parent, staff]}}"
    found = with_doors(tmp_path, f"doors: {{one: {one}, other: {other}}}\n")
    assert found.mistakes == ()
    shots, _ = on_screen(sit, found, ["1", "b", "x"])
    assert doors(shots[1]) == ["Gone"]
    shots, _ = on_screen(sit, found, ["2", "x"])
    assert doors(shots[1]) == [LOST, LATE]
    twice = f"doors: {{one: {one}, other: {other.replace('staff', 'young-person')}}}\n"
    (tmp_path / "shared" / "doors.yaml").write_text(twice, encoding="utf-8")
    assert [each.code for each in load(LIBRARY, tmp_path).mistakes] == ["FP117"]
