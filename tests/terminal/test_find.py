"""Finding a door by one's own words: drawn, line by line, and when nothing is found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from fingerpost.reading import loader
from fingerpost.reading.folders import CannotRead
from fingerpost.search.index import SearchIndex
from fingerpost.search.indexing import index_of
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import CTRL_X, DOWN, ENTER, ESCAPE
from fingerpost.terminal.walk_screens import live_blocks
from fingerpost.terminal.walk_session import WalkSession

from ..support.seat import CLOCK, Sit, Typist
from ..support.shipped import quick_to_search, whole_reading

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
KIND = "you're not on your own with it."
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


def test_letters_are_a_search_at_once(sit: Sit, reading: loader.Reading) -> None:
    shots, _ = on_screen(sit, reading, ["1", *"bus", DOWN, ENTER, "x"])
    assert "below: bus" in shots[4]
    assert doors(shots[4]) == [LATE, NO_WORD]
    assert "I am late - question 1" in shots[6]
    keys = ["x, the bus has gone", "!", "1", ENTER, ESCAPE, ESCAPE, ESCAPE, "x"]
    pasted, _ = on_screen(sit, reading, ["1", *keys])
    assert "below: x, the bus has gone" in pasted[2]
    assert "Ring 999." in pasted[3]
    assert pasted[3] == pasted[4] == pasted[5]  # a hand that shakes closes it with none of these
    assert pasted[6] == pasted[2]
    assert doors(pasted[7]) == [LOST, LATE, NO_WORD]
    assert "Who is answering?" in pasted[8]


def test_a_word_may_begin_with_q_or_x_and_each_alone_still_leaves(
    sit: Sit, reading: loader.Reading
) -> None:
    shots, _ = on_screen(sit, reading, ["1", *"queer", ESCAPE, "q", "Q"])
    assert "x leave at once  q stop" in shots[1]
    assert "below: queer" in shots[6]
    assert "q stop" in shots[8]
    assert "It's fine to stop here." in shots[9]
    shots, left = on_screen(sit, reading, ["1", *"xbox", ESCAPE, "x"])
    assert "below: xbox" in shots[5]
    assert isinstance(left, Left)
    assert left.at_once
    shots, left = on_screen(sit, reading, ["1", *"help", CTRL_X])
    assert "Ctrl-X leaves at once" in shots[-1]
    assert isinstance(left, Left)
    assert left.at_once


class Waiting(Typist):
    """Presses each key before a search has begun."""

    def has_key(self, seconds: float = 0) -> bool:
        return bool(self.keys)


def test_danger_waits_for_no_search(sit: Sit, reading: loader.Reading) -> None:
    made = Event()

    def index() -> SearchIndex:
        made.wait(10)
        return index_of(reading.library)

    face, typist = sit(["1", *"bus", "!"])
    typist.__class__ = Waiting
    with pytest.raises(EOFError):
        WalkSession(face, reading, lambda: CLOCK, index=index).run(None, {})
    made.set()
    assert all(words in typist.shots[4] for words in ("below: bus", "One moment"))
    assert "Ring 999." in typist.shots[5]


def test_enter_before_the_search_has_begun_counts_after_it(
    sit: Sit, reading: loader.Reading
) -> None:
    face, typist = sit(["1", *"elephant", ENTER])
    typist.__class__ = Waiting
    with pytest.raises(EOFError):
        WalkSession(face, reading, lambda: CLOCK).run(None, {})
    assert doors(typist.shots[-1]) == [NO_WORD]


def test_where_nothing_is_found_that_is_said_kindly_and_talking_is_offered_too(
    sit: Sit, reading: loader.Reading
) -> None:
    shots, _ = on_screen(sit, reading, ["1", "/", *"elephant", ENTER, "1"])
    told = " ".join(shots[10].split())
    assert KIND in told
    assert CHILDLINE in told
    assert doors(shots[10]) == [NO_WORD]
    assert "I just want to talk to someone" in told


def test_without_such_a_door_enter_takes_the_offer_to_talk(sit: Sit) -> None:
    shots, _ = on_screen(sit, load(LIBRARY), ["1", "/", *"zzz", ENTER])
    assert KIND in " ".join(shots[5].split())
    assert doors(shots[5]) == []
    assert "You don't have to know what to say." in shots[6]


# Many doors


@pytest.mark.parametrize("reader", ["1", "2"])
def test_as_many_lines_as_fit_say_what_is_behind_them(sit: Sit, reader: str) -> None:
    """A child may find their own word only there."""
    for rows, told in ((24, 8), (20, 4)):
        shots, _ = on_screen(sit, whole_reading(), [reader], rows=rows)
        _, *found = re.split(r"\n  \d\. ", shots[1].partition("\nIn danger")[0])
        behind = [len(row.rstrip().splitlines()) - 1 for row in found]
        assert behind == [1] * told + [0] * (9 - told)


def test_danger_shows_all_for_right_now_on_its_first_screen_and_each_number_once(sit: Sit) -> None:
    """Nor is a number said twice above the doors that are found."""
    shipped = loader.load([loader.shipped()])
    shots, _ = on_screen(sit, shipped, ["1", "!", "!", *"someone has a knife", ENTER])
    danger, found = shots[2], shots[-1]
    for name in ("Childline (under 19)", "Shout", "Samaritans"):
        assert f"\n  {name}: " in danger
    assert "\n  Text 999. It only works if" in danger
    assert "Domestic abuse helplines across the UK" in danger
    assert "\n  Ring 999\n  Childline (under 19): 0800 1111\n" in found
    # A parent is shown above the doors whom they can ring themselves.
    shots, _ = on_screen(sit, shipped, ["2", *"someone has a knife", ENTER])
    assert "\n  Ring 999\n  Samaritans: 116 123\n" in shots[-1]
    assert "0808 808 8000 (Northern Ireland)" in " ".join(danger.split())
    for shot in (danger, found):
        assert not re.search("Phone 999|Text 999.*\n *Text 999", shot)


# What is searched, and when


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
    shots, _ = on_screen(sit, in_danger, ["1", "/", *"late so dark", " ", *"cold", ENTER])
    for shot in shots[-2:]:
        assert shot.index("These answer now:") < shot.index(LATE) < shot.index(LOST)
    assert "These answer now:" not in shots[10]


def test_without_any_service_999_and_childline_stand_there() -> None:
    [[_, told]] = live_blocks([], "")
    assert CHILDLINE in told.text
    assert "999" in told.text
