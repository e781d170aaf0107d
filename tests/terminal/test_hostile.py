"""Text that would act: in every sentence of a library it is harmless, on every screen."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fingerpost.model.base import replace
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.reading import loader
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import ENTER
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.screen import Screen
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.walk_session import WalkSession

from ..support.poisoning import poisoned

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

OURS = re.compile(r"\x1b\[(?:\?1049[hl]|(?:\d+;\d+)?H|[23]J|(?:\d+(?:;\d+)*)?m)")
"""Every escape sequence that the program itself may send."""

ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

HOSTILE = {
    "clears the scrollback": "\x1b[3J",
    "moves the cursor": "\x1b[1;1H",
    "the same with one character": "\x9b1;1H",
    "sets the clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "names the window": "\x1b]0;what happened to me\x1b\\",
    "a device control string": "\x90+q544e\x9c",
    "leaves our screen": "\x1b[?1049l",
    "turns the text round": "\u202e0800 2222\u202c \u2066x\u2069",
    "rings and goes back": "\x07\x08\x08\x08",
    "new lines": "one\r\ntwo\x0bthree\x0cfour\x85five\u2028six",
    "a NUL": "a\x00b",
}

MARKUP = "[link=https://evil.example]a[/link] [/x] [bold red]b :warning: <b> *c*"
"""What rich would make something of, or trip over, if it were given text as markup."""


def poisoned_reading(text: str) -> loader.Reading:
    reading = loader.load([LIBRARY])
    return replace(reading, library=poisoned(reading.library, text))


EVERY_SCREEN = "!b2!b1wznz2!b11u1112↵↵/one↵2b  <<1↵↵dvwbnztz1zb2s1qqz"
"""Keys, one by one; ↵ is Enter."""

LINES = "! 2 ! 1 w n 2 ! 1 1 u 1 1 1 /one 2 < 1 d v w n t 1 < 2 s 2 q"
"""The same line by line, each word a line."""


class Keys:
    def __init__(self, keys: str) -> None:
        self.keys = [ENTER if key == "↵" else key for key in keys]

    def read(self) -> str:
        if not self.keys:
            raise EOFError
        return self.keys.pop(0)

    read_words = read

    def has_key(self, seconds: float = 0) -> bool:
        """Never, for the screen is looked at before each key."""
        return False


def shown_on_a_screen(reading: loader.Reading) -> str:
    written = io.StringIO()
    face = ScreenUi(Screen(written), Keys(EVERY_SCREEN))  # type: ignore[arg-type]  # it has only keys
    return held(face, written, reading)


def shown_line_by_line(reading: loader.Reading) -> str:
    written = io.StringIO()
    heard = io.StringIO("".join(f"{line}\n" for line in LINES.split()))
    return held(PlainUi(written, heard, can_clear=True), written, reading)


def held(face: Any, written: io.StringIO, reading: loader.Reading) -> str:
    clock = Clock(NIGHT, BankHolidays.load())
    with pytest.raises((Left, EOFError)):
        WalkSession(face, reading, lambda: clock).run(None, {})
    return written.getvalue()


def test_the_keys_show_every_screen() -> None:
    """What follows proves something only if all screens are met on the way."""
    reading = loader.load([LIBRARY])
    screen = shown_on_a_screen(reading)
    plain = shown_line_by_line(reading)
    for words in [
        "In danger now? Ring 999.",
        "What has happened?",
        "Why we ask",
        "What the words mean",
        "For the worker",
        "In danger now",
        "Which answer do you want to change?",
        "It's fine to stop here.",
    ]:
        assert words in screen, words
        assert words in plain, words


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_that_an_author_writes_can_act(text: str) -> None:
    reading = poisoned_reading(f"Before {text} after")
    screen = shown_on_a_screen(reading)
    assert not ACTS.search(OURS.sub("", screen))
    assert screen.count("\x1b") == len(OURS.findall(screen))
    assert "\x1b[3J" not in screen
    assert "\x1b[?1049l" not in screen
    plain = shown_line_by_line(reading)
    assert not ACTS.search(plain)
    assert "Before" in plain
    assert "after" in plain


def test_brackets_and_colons_are_only_themselves() -> None:
    reading = poisoned_reading(MARKUP)
    screen = shown_on_a_screen(reading)
    words = " ".join(OURS.sub("", screen).split())
    assert MARKUP in words
    assert "⚠" not in words
    assert "https://evil.example" in words
    assert MARKUP in " ".join(shown_line_by_line(reading).split())
