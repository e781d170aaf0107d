"""Rehearsing alone: a talk that was written down, and what each key does."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Question
from fingerpost.page.question import QuestionView, asking
from fingerpost.rehearsal.catalogue import lesson, syllabus
from fingerpost.rehearsal.rehearsal import (
    Finished,
    JudgementStep,
    QuestionStep,
    Rehearsal,
    ServicesStep,
    UrgencyStep,
)
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import BACKSPACE, ENTER
from fingerpost.terminal.rehearsal_session import RehearsalSession, SoloRehearsal
from fingerpost.terminal.room import RoomRehearsal

from ..support.seat import Sit
from ..support.staged import PROMPT, TALKS, clock, shipped, small, staged
from . import test_pty

start = test_pty.start  # a fixture, asked for by its name

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


def test_the_talks_show_every_screen() -> None:
    """A transcript proves only what it contains."""
    both = "".join((TALKS / f"rehearsal-{name}.txt").read_text("utf-8") for name in CASES)
    for screen in (
        "what is it to be about?",
        "which story?",
        "what this one is about",
        "REHEARSAL: the story",
        "REHEARSAL: what the story tells",
        "REHEARSAL: you decide",
        "REHEARSAL: something has happened",
        "REHEARSAL: how soon?",
        "REHEARSAL: to whom?",
        "REHEARSAL: the review",
        "REHEARSAL: the tree says",
        "REHEARSAL: debrief",
        "Why we ask",
        "What the words mean",
        "For the worker. Do not read this aloud.",
        "In danger now",
        "which do you want to answer again?",
        "This cannot wait",
        "It is a tie.",
        "No hands were counted.",
        "THE STORY SAYS THIS",
        "PARTLY RIGHT",
        "(stopped)",
    ):
        assert screen in both, screen


def test_every_screen_says_that_it_is_a_rehearsal() -> None:
    """But where somebody asks for help in danger: that is the real thing."""
    for name in CASES:
        said = (TALKS / f"rehearsal-{name}.txt").read_text("utf-8")
        for screen in re.split(r"\n\n(?=REHEARSAL|In danger now\n)", said):
            real = screen.startswith("In danger now\n")
            assert real or screen.startswith("REHEARSAL"), screen


LATE = ["1", "1", "1", "1", "4", "3"]
"""The whole of the late bus as it is told, but for whom to turn to: the third of the services."""


# Which story


def first_screens(lines: Iterable[str], *cases: str) -> str:
    return staged(SoloRehearsal, lines, *cases)[0]


@pytest.mark.parametrize("keys", [["2", "4"], ["3"]])
def test_chance_chooses_among_what_is_offered(keys: list[str]) -> None:
    drawn = [
        re.findall(r"--case (\S+)", first_screens([*keys, *rest])) for rest in ([], ["b", *keys])
    ]
    assert len(drawn[0]) == 1
    assert drawn[1][0] == drawn[0][0]  # the same seed draws the same
    assert len(drawn[1]) == 2
    lost = {"a-phone-on-the-bus", "keys-and-a-quarrel", "safe-again"}
    assert set(drawn[1]) <= (lost if keys == ["2", "4"] else {*lost, "a-late-bus"})


def crowd(*more: str) -> Library:
    """The small library with many stories of one topic: five to begin with, and others with more
    to weigh up, named after what is told in them."""
    library = small()
    easy, harder = library.cases["safe-again"], library.cases["keys-and-a-quarrel"]
    many = [replace(easy, name=f"easy-{number}", judgements=(), injects=()) for number in range(5)]
    for name in more:
        story = replace(harder.story, otherwise=f"Somebody has lost a {name}.")
        many.append(replace(harder, name=name, story=story))
    return replace(library, cases={each.name: each for each in many})


def first_of(library: Library, *lines: str) -> str:
    return staged(SoloRehearsal, lines, library=library)[0]


ANIMALS = ("goldfish", "tortoise", "hamster", "gerbil", "budgerigar")


def test_many_stories_are_parted_by_how_much_they_ask() -> None:
    said = first_of(crowd(*ANIMALS), "1", "b", "q")
    levels, stories = "how much is it to ask of you?\n", "REHEARSAL: which story?\n"
    assert "  1. To begin with\n     5 stories\n  2. " in said
    assert "  3. One at random\n" in said
    assert (said.count(levels), said.count(stories)) == (2, 1)
    [easy] = re.findall(rf"{re.escape(stories)}(.*?)REHEARSAL", said, re.DOTALL)
    assert easy.count("Easy ") == 5
    assert "Hamster" not in easy


def test_chance_chooses_among_stories_of_every_difficulty() -> None:
    drawn = {
        name
        for _ in range(2)
        for name in re.findall(r"--case (\S+)", first_of(crowd(*ANIMALS), *["3", "2"] * 20))
    }
    assert drawn & set(ANIMALS)
    assert drawn - set(ANIMALS)


def test_a_story_is_found_by_a_word_of_it() -> None:
    said = first_of(crowd(*ANIMALS[:2]), "which tortoise", "zebra", "q")
    assert said.count("Tortoise") == 2
    assert said.count("Goldfish") == 1
    assert "Nothing here has those letters." in said


def shipped_by(*lines: str) -> str:
    return first_of(shipped(), *lines)


def test_a_topic_is_found_by_words_and_keeps_to_what_they_find() -> None:
    said = shipped_by("sextortion", "1", "3", "q")
    _, found, _, levels, _, stories = said.split("REHEARSAL: ")[2:8]
    assert found.splitlines()[1].strip() == "1. Someone is threatening a young person"
    all_of_them = int(found.splitlines()[2].split()[0])
    easy, further, asked = (
        int(count) for count in re.findall(r"^ +(\d+) stor(?:y|ies)$", levels, re.M)
    )
    assert 9 < easy + further + asked < all_of_them
    named = re.findall(r"^ +\d+\. (.*)$", stories, re.M)
    assert named[-1] == "One at random"
    assert len(named) == asked + 1
    assert "Two in the morning" in named


# On the way


def test_an_earlier_answer_can_be_given_again_from_the_review() -> None:
    said, stage = staged(SoloRehearsal, [*LATE, "1", "c", "4", "1", "1", "q"], "a-late-bus")
    [done] = stage.finished  # what was done otherwise has been done otherwise
    assert done.rehearsal.turned == {"ring-999"}
    assert said.count("REHEARSAL: the review") == 2


def test_whom_to_turn_to_can_be_gone_back_from() -> None:
    said = first_screens([*LATE[:5], "b", "4", "c", "3", "2"], "a-late-bus")
    assert said.count("REHEARSAL: how soon?\n") == 3
    assert said.count("REHEARSAL: to whom?") == 3


def test_what_was_only_read_is_not_answered_again() -> None:
    keys = ["1", "1", "2", "1", "2", "2", "1 2", "1", "c"]
    said = first_screens(keys, "keys-and-a-quarrel")
    listed = said.rsplit("which do you want to answer again?\n", 1)[1]
    assert re.findall(r"^  \d\. (.*)$", listed, re.MULTILINE) == [
        "Who is answering?",
        "Are you safe?",
        "What have you lost?",
        "Which door do they open?",
        "Where have you looked?",
    ]


# Leaving


@pytest.mark.parametrize(
    ("lines", "ended", "finished"),
    [
        ([], "(ended before a review)\n", 0),
        (["1"], "(ended before a review)\n", 0),
        (["1", "x"], "(left at once)\n", 0),
        (["q"], "(stopped)\n", 0),
        (LATE, "(stopped)\n", 1),  # it has been shown what the tree says
        ([*LATE, "1"], "(stopped)\n", 1),
        ([*LATE, "1", "q"], "(stopped)\n", 1),
        ([*LATE, "1", "x"], "(left at once)\n", 1),
        ([*LATE, "1", "!", "x"], "(left at once)\n", 1),
    ],
)
def test_how_a_rehearsal_ends(lines: list[str], ended: str, finished: int) -> None:
    said, stage = staged(SoloRehearsal, lines, "a-late-bus")
    assert said.endswith(ended)
    assert len(stage.finished) == finished


@pytest.mark.parametrize(
    ("keys", "seen", "at_once"),
    [
        (["!", " ", "x"], "In danger now", True),
        (["!", "x"], "In danger now", True),
        (["!", "q", " "], "Thank you for practising.", False),
        (["q", "!", " ", " "], "In danger now", False),
        (["q", "x"], "Thank you for practising.", True),
        ([" ", "1", "1", "n", "x"], "REHEARSAL: the story", True),
        ([" ", "1", "1", "n", "!", " ", "x"], "In danger now", True),
    ],
)
def test_leaving_and_danger_are_a_key_away_on_a_drawn_screen(
    sit: Sit, keys: list[str], seen: str, at_once: bool
) -> None:
    face, typist = sit(keys)
    named = [lesson(small(), small().cases["a-late-bus"])]
    with pytest.raises(Left) as left:
        SoloRehearsal(face, small(), clock, syllabus(small()), named).run()
    assert left.value.at_once is at_once
    assert typist.keys == []
    assert any(seen in shot for shot in typist.shots)


# Whatever is typed


TYPED = st.sampled_from([*"123456789!bcwgnmsyrv?z", "1 2", "12", "v 1 2 3", "v 4 4", "t 1", ""])


@settings(max_examples=60)
@given(st.sampled_from([SoloRehearsal, RoomRehearsal]), st.lists(TYPED, max_size=60))
def test_whatever_is_typed_is_answered(kind: type[RehearsalSession], lines: list[str]) -> None:
    said, stage = staged(kind, [*lines, "q", "q"])
    assert said.endswith(("(stopped)\n", "(ended before a review)\n", "(left at once)\n"))
    for done in stage.finished:
        assert isinstance(done.rehearsal.soon, Urgency)


@pytest.mark.slow
def test_stories_of_the_library_can_be_rehearsed_as_they_are_told() -> None:
    """The answers of a story, typed by their numbers, lead to its review without a departure.

    Those with news are left out: what comes after it the story need not tell.
    """
    library = shipped()
    told = [case for case in library.cases.values() if not case.injects]
    for case in told[::12]:
        typed = _as_told(Rehearsal.begin(library, case, seed=7))
        said, stage = staged(
            SoloRehearsal, ["1", "1", *typed, "1", "q"], case.name, library=library
        )
        assert len(stage.finished) == 1, case.name
        assert "Your answers are those of the story." in said, case.name


def _as_told(rehearsal: Rehearsal) -> list[str]:
    """What to type for the first choice of each judgement and the answers of the story."""
    typed = []
    while not isinstance(rehearsal.here, Finished):
        number = "1"
        match rehearsal.here:
            case JudgementStep(judgement):
                rehearsal = rehearsal.judged(judgement.choices[0].name)
            case QuestionStep(walk):
                assert isinstance(walk.here, Question)
                wanted = rehearsal.expected[walk.here.fact]
                *before, number = _numbers(asking(walk), wanted)
                typed += before
                rehearsal = rehearsal.answered(wanted)
            case UrgencyStep():
                rehearsal = rehearsal.urgency(Urgency.NOW)
            case ServicesStep(routes):
                number = str(len(routes) + 1)
                rehearsal = rehearsal.turned_to(())
            case _:
                rehearsal = rehearsal.went_on()
        typed.append(number)
    return typed


def _numbers(shown: QuestionView, wanted: frozenset[str]) -> list[str]:
    """The numbers of an answer, which may stand behind a kind of answers."""
    kind = next((c for c in shown.listed if c.inside and wanted & set(c.values)), None)
    if kind:
        return [str(kind.number), *_numbers(shown.of_kind(kind.values), wanted)]
    return [" ".join(str(c.number) for c in shown.listed if c.value in wanted)]


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
def test_each_drawn_screen_says_that_it_is_a_rehearsal(sit: Sit, size: tuple[int, int]) -> None:
    """Also while somebody searches, reads the story again or asks what a word means."""
    keys = [*" /late", ENTER, BACKSPACE, *"b", *" 2", "1", "1", "1"]
    keys += [*"n ", *"w ", *"g ", "1", "c", "b", *"3", "1", "1", "b"]
    face, typist = sit(keys, *size)
    library = small()
    with pytest.raises(EOFError):  # there are no more keys
        SoloRehearsal(face, library, clock, syllabus(library), seed=7).run()
    assert len(typist.shots) > 25
    for shot in typist.shots:
        assert "REHEARSAL" in shot.split("\n\n", 1)[0], shot


BOY = "two-in-the-morning"


@pytest.mark.parametrize(
    ("size", "first", "whole"), [((120, 40), 1, True), ((80, 24), 1, True), ((40, 20), 3, False)]
)
def test_the_story_stays_above_the_question(
    sit: Sit, size: tuple[int, int], first: int, whole: bool
) -> None:
    """And above what is to be decided; in a small window as much of it as there is room for."""
    face, typist = sit([*" " * first, *"1111212"], *size)
    library = shipped()
    named = [lesson(library, library.cases[BOY])]
    with pytest.raises(EOFError):
        SoloRehearsal(face, library, clock, syllabus(library), named, seed=7).run()
    asked = [shot for shot in typist.shots if "question " in shot or "you decide" in shot]
    assert len(asked) > 3
    story = library.cases[BOY].story.otherwise
    for shot in asked if whole else asked[:1]:
        assert (story if whole else story[:150]) in " ".join(shot.split()), shot
        assert shot.index("It is two") < shot.index("1. ")
    assert whole or " ...\n" in asked[0]


# A real terminal


SMALL = ("--trees", str(TALKS / "library"), "--only", "--cases", str(TALKS / "cases"))


@pytest.mark.pty
def test_a_story_on_a_real_terminal_of_the_usual_size(start: test_pty.Start) -> None:
    terminal = start("rehearse", *SMALL, "--case", "a-phone-on-the-bus", "--seed", "7")
    terminal.until("Nothing is kept")
    terminal.press(" ", "what this one is about")
    terminal.press("1", "A girl comes to you in the yard.")
    terminal.press("1", "REHEARSAL: I have lost something - question 1")
    terminal.press("n", "A girl comes to you in the yard.")
    terminal.press(" ", "Who is answering?")
    terminal.press("3", "Are you safe?")
    terminal.press("1", "What have you lost?")
    terminal.press("1", "REHEARSAL: you decide")
    terminal.press("3", "Where have you looked?")
    terminal.press("12\r", "How soon is help needed?")  # it stands alone, and so answers at once
    terminal.press("3", "Whom would you turn to")
    terminal.press("1", "[x] 999")
    terminal.press("\r", "GET HELP TODAY")
    review = terminal.press("1", "This cannot wait")
    assert review.startswith("REHEARSAL: the review - page 1 of")
    terminal.press(" ", "REHEARSAL: the review - page 2 of")
    terminal.press("q", "Thank you for practising.")
    terminal.press(" ")
    assert terminal.ended() == 0
    assert terminal.is_as_it_was()
    assert "yard" not in terminal.screen.everything()


@pytest.mark.slow
@pytest.mark.pty
@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "linux"}])
@pytest.mark.parametrize("room", [(), ("--room",)])
def test_on_every_terminal_it_says_that_it_is_a_rehearsal(
    start: test_pty.Start, environ: dict[str, str], room: tuple[str, ...]
) -> None:
    """Line by line on one that cannot be drawn on, where Enter follows each number."""
    terminal = start(
        "rehearse", *SMALL, "--case", "a-late-bus", "--seed", "7", *room, environ=environ
    )
    enter = "\r" if environ.get("TERM") == "dumb" else ""
    if not enter:
        assert terminal.until("Nothing is kept").startswith("REHEARSAL")
        terminal.press(" ", "REHEARSAL: what this one is about")
    terminal.until("REHEARSAL: what this one is about")
    terminal.press(f"1{enter}", "REHEARSAL: the story")
    if room:
        terminal.press(f"n{enter}", "REHEARSAL: what the story tells")
    terminal.press(f"{'n' if room else '1'}{enter}", "REHEARSAL: I am late")
