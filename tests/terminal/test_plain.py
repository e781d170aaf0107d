"""The conversation line by line: transcripts, every refusal, and not one escape sequence."""

from __future__ import annotations

import difflib
import io
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.page.question import Choice, QuestionView
from fingerpost.page.text_layout import Line
from fingerpost.reading import loader
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io import streams
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.ui import Act, Item, Menu
from fingerpost.terminal.walk_session import WalkSession

from ..support.seat import CLOCK, Echo, PretendedPrinter, ask, lined

TALKS = Path(__file__).parents[1] / "fixtures" / "talks"

# What somebody types in a transcript stands after the last sign of a prompt, here at the end of
# the pattern: "How old are you? 1 to 6: 2".
PROMPT = re.compile(
    r"^((?:.* 1(?: to \d+)?(?:, or .*words|, such as 1 3)?|What next \([^)]*\)): )(.*)$",
    re.MULTILINE,
)


@cache
def small_library(*laid_over: str) -> loader.Reading:
    found = loader.load([TALKS / "library", *(TALKS / folder for folder in laid_over)])
    assert found.mistakes == ()
    return found


def converse(
    lines: Iterable[str],
    tree: str | None = "lost",
    *,
    can_clear: bool = True,
    library: loader.Reading | None = None,
) -> str:
    """A whole conversation as a transcript, with how it ended in brackets."""
    said = io.StringIO()
    face = PlainUi(said, Echo(said, lines), can_clear)
    try:
        reading = library or small_library()
        WalkSession(face, reading, lambda: CLOCK, PretendedPrinter()).run(tree, {})
    except Left as left:
        said.write("(left at once)\n" if left.at_once else "(stopped)\n")
    except EOFError:
        said.write("(ended before an ending)\n")
    return said.getvalue()


THE_TALKS = {"lost": "lost", "late": None, "message": "message"}
"""The transcripts, each with the tree that is named. In the second it is chosen."""


@pytest.mark.parametrize("name", THE_TALKS)
def test_a_talk_is_as_it_was_written_down(name: str) -> None:
    """Each transcript holds what was typed, so it is both the walk and what must come of it.

    To write them anew after a change of wording, run with RENEW_TALKS=1 and read the difference.
    """
    file = TALKS / f"{name}.txt"
    written = file.read_text(encoding="utf-8")
    typed = [found[2] for found in PROMPT.finditer(written)]
    assert len(typed) > 10
    library = small_library("with-app") if name == "message" else None
    said = converse(typed, THE_TALKS[name], library=library)
    if os.environ.get("RENEW_TALKS"):
        file.write_text(said, encoding="utf-8", newline="\n")
    lines = difflib.unified_diff(written.splitlines(), said.splitlines(), "written", "said")
    assert said == written, "\n".join(lines)


# On a terminal


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "is_terminal", lambda _: True)
    monkeypatch.setattr(streams, "size", lambda _: (40, 20))


@pytest.mark.usefixtures("on_a_terminal")
def test_on_a_terminal_an_ending_is_said_as_much_at_a_time_as_the_window_has_room_for() -> None:
    said = converse(["1", "1", "1", "1", "", "w", "", "e", "<", *[""] * 8, "x"])
    first, *parts = said.partition("GET HELP TODAY")[2].split("\nEnter for ")
    assert " 1. Look where you last had it." in first
    assert "What else is here" in first
    assert "Has anybody handed it in?" not in first  # a part waits for Enter
    asked = [part.partition(" (")[0] for part in parts]
    # Neither an aside, nor a part that was asked for by its letter, nor back loses anything.
    togo = [f"more, {count} to go" for count in (4, 3, 3, 2, 2, 2)]
    assert asked == [*togo, "the rest"]
    read_on = "".join((*parts[:3], *parts[4:]))
    assert re.findall(r"(?m)(?:^|: )([a-g])  ", read_on) == list("abcdefg")
    assert "Things get lost" in parts[0]  # short parts come together
    assert "What the words mean" in parts[1]
    assert "Most people give back what they find." in parts[3]
    assert " 1. Look where you last had it." in parts[4]  # back is the top of the page
    assert "Please type one of these" in parts[-1].partition("What next")[2]  # nothing is left


# One thing at a time


AT_QUESTION = (Act.CHANGE, Act.WORDS, Act.NOTE)


def face(*lines: str, can_clear: bool = True) -> PlainUi:
    return PlainUi(io.StringIO(), lined(lines), can_clear)


def said_by(one: PlainUi) -> str:
    assert isinstance(one.output, io.StringIO)
    return one.output.getvalue()


@pytest.mark.parametrize(
    "typed", ["", "13", "-1", "1 2", "²", "١", "1.0", "1x", "00", "+1", "one", "1" * 5000]
)
def test_what_is_no_answer_is_said_and_asked_again(typed: str) -> None:
    one = face(typed, "3")
    assert one.question(ask(12), AT_QUESTION) == {"v3"}
    assert "Please type a number from 1 to 12." in said_by(one)


def test_nought_is_danger() -> None:
    assert face("0").question(ask(12), AT_QUESTION) is Act.DANGER
    assert (
        face("0").menu(
            Menu(
                "What?",
                (
                    Item("One"),
                    Item("Two"),
                ),
            )
        )
        is Act.DANGER
    )


def test_input_that_is_closed_is_the_end() -> None:
    with pytest.raises(EOFError):
        PlainUi(io.StringIO(), None, can_clear=False).question(ask(3), AT_QUESTION)
    with pytest.raises(EOFError):
        face().menu(Menu("What?", (Item("One"),)))


# Nothing that acts


HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x90\x07\x00\u202e\u2066\u200b\r\n[]/:;"),
    ),
    max_size=40,
)


@given(HOSTILE, HOSTILE, st.lists(HOSTILE, min_size=2, max_size=11))
@settings(max_examples=60, deadline=None)
def test_no_text_of_an_author_can_act(title: str, ask_: str, answers: list[str]) -> None:
    choices = tuple(Choice(n, f"v{n}", says) for n, says in enumerate(answers, 1))
    question = QuestionView(title, "question 1", ask_, title, ask_, choices, False, True, ())
    one = face("?", "/", "99", "1")
    one.question(question, AT_QUESTION)
    one.read(title, ((Line(ask_),),))
    one.code([title, ask_], {"https://example.org": ""})
    harmless(said_by(one))


def harmless(text: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", text)
