"""The screens of the library that ships, cell by cell: nothing is faint, and nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any

import pyte
import pytest

from fingerpost.page.text_layout import Line
from fingerpost.reading.loader import Reading, load, shipped
from fingerpost.rehearsal.catalogue import lesson, syllabus
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io import streams
from fingerpost.terminal.io.keyboard import DOWN, ENTER
from fingerpost.terminal.io.screen import Screen
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.room import RoomRehearsal
from fingerpost.terminal.walk_session import WalkSession

from ..support.seat import Typist, Window
from ..support.shipped import quick_to_search
from ..support.staged import clock
from ..support.staged import shipped as with_cases
from .test_weight import SIZES, THEMES, cells, contrast

QUESTION = "11122"
ENDING = f"{QUESTION}336."

WALKS = {
    "first screen": "",
    "what it is": "i",
    "doors": "1",
    "a search": "1bla",
    "a search for danger": ["1", *"i want to die"],
    "a question": QUESTION,
    "a marked answer": [*QUESTION, DOWN],
    "many answers": f"{QUESTION}33",
    "every key": f"{QUESTION}?",
    "why": f"{QUESTION}y",
    "danger": "!",
    "an ending": ENDING,
    "its second page": f"{ENDING} ",
    "its third page": f"{ENDING}  ",
    "hard words": f"{ENDING}w",
    "codes": f"{ENDING}t",
    "a code": f"{ENDING}t1",
    "goodbye": "q",
}
"""The keys that lead to a screen of a walk."""

ROOMS = {"a vote": " nn 6 2 0 0 0 0 0.", "right and wrong": " nnnnn1 5 2.n"}
"""Those that lead to a slide of a room; a full stop is Enter."""

SAYS = {
    "a search for danger": "116 123",
    "a question": "money or gift cards",
    "danger": "press 55",
    "an ending": "GET HELP TODAY",
    "codes": "What do you want on a phone",
    "a vote": "6 of 8: the most",
    "right and wrong": "This can hurt",
}
"""What some of them must say, or they are not the screens that they are called."""

DIM = re.compile(r"\x1b\[(?:\d+;)*2(?:;\d+)*m")


class Recorder(Screen):
    """A screen that keeps the lines of its last drawing, and what was sent for it."""

    drawn: Sequence[Line] = ()
    sent = ""

    def draw(self, lines: Sequence[Line], footer: Sequence[Line], *how: Any) -> None:
        self.drawn = (*lines, *footer)
        super().draw(lines, footer, *how)

    def _send(self, text: str) -> None:
        self.sent = text
        super()._send(text)


@cache
def reading() -> Reading:
    return quick_to_search(load([shipped()]))


def shown(name: str, size: tuple[int, int]) -> tuple[pyte.Screen, Recorder]:
    """A screen after its keys: its cells, and what was drawn."""
    window = Window(*size, "utf-8")
    recorder = Recorder(window)
    keys = [ENTER if key == "." else key for key in {**WALKS, **ROOMS}[name]]
    face = ScreenUi(recorder, Typist(window, keys))  # type: ignore[arg-type]
    if name in WALKS:
        begin = partial(WalkSession(face, reading(), clock).run, None, {})
    else:
        library = with_cases()
        named = [lesson(library, library.cases["two-in-the-morning"])]
        begin = RoomRehearsal(face, library, clock, syllabus(library), named).run
    with pytest.raises((EOFError, Left)):
        begin()
    return window.screen, recorder


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(streams, "size", lambda stream: stream.size)


def faint(screen: pyte.Screen, recorder: Recorder, theme: str) -> Iterator[str]:
    """What is less legible than 4.5:1, or than the theme itself if that is less."""
    front, back = THEMES[theme]
    least = min(4.5, contrast(front, back))
    for cell in cells(screen):
        ink = front if cell.fg == "default" else cell.fg
        paper = back if cell.bg == "default" else cell.bg
        if not re.fullmatch(r"[0-9a-f]{6}", ink) or not re.fullmatch(r"[0-9a-f]{6}", paper):
            yield f"{cell.data}: a colour that only the theme knows"
        elif contrast(ink, paper) < least:
            yield f"{cell.data}: {ink} on {paper}"
    if DIM.search(re.sub(r"[34]8;5;\d+", "", recorder.sent)):
        yield "dim"


def cut(screen: pyte.Screen, recorder: Recorder) -> list[str]:
    """The lines of which a part is not on the screen."""
    seen = "".join("".join(screen.display).split())
    return [line.text for line in recorder.drawn if "".join(line.text.split()) not in seen]


every_screen = pytest.mark.parametrize("name", [*WALKS, *ROOMS])


@pytest.mark.slow
@every_screen
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_faint_and_nothing_is_cut_off(name: str, size: tuple[int, int]) -> None:
    screen, recorder = shown(name, size)
    assert SAYS.get(name, "") in " ".join(" ".join(screen.display).split())
    for theme in THEMES:
        assert list(faint(screen, recorder, theme)) == [], theme
    assert cut(screen, recorder) == []
