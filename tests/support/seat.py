"""Somebody at a terminal: a window that can be read back, the keys or lines that they type, and a
printer that prints nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pyte
import pytest

from fingerpost.model.facts import Facts
from fingerpost.page.messages import say
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.question import Choice, QuestionView
from fingerpost.page.text_layout import Block, Line
from fingerpost.reading.loader import Reading
from fingerpost.search.index import SearchIndex
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.save_prompt import Order, Saved
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.walk.walk import Walk

NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CLOCK = Clock(NIGHT, BankHolidays.load())


class Window(io.StringIO):
    """A window of a terminal: what is written to it can be seen."""

    def __init__(self, columns: int = 80, rows: int = 24, encoding: str = "utf-8") -> None:
        super().__init__()
        self.size, self.letters = (columns, rows), encoding
        self.screen = pyte.Screen(columns, rows)
        self.screen.set_mode(pyte.modes.LNM)
        self.stream = pyte.Stream(self.screen)

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a StringIO has none of its own
        return self.letters

    def write(self, text: str) -> int:
        text.encode(self.letters)  # what it cannot show would end the program
        self.stream.feed(text)
        return super().write(text)

    def seen(self) -> str:
        """What is on the screen now, without the spaces at the ends."""
        return "\n".join(row.rstrip() for row in self.screen.display).rstrip("\n")


class Typist:
    """Presses keys one after the other, and looks at the screen before each."""

    def __init__(self, window: Window, keys: Iterable[str]) -> None:
        self.window, self.keys = window, list(keys)
        self.shots: list[str] = []

    def read(self) -> str:
        self.shots.append(self.window.seen())
        if not self.keys:
            raise EOFError
        key = self.keys.pop(0)
        if key == "ctrl-c":
            raise KeyboardInterrupt
        return key

    def read_words(self, *, sends: bool = False) -> str:
        return self.read()

    def has_key(self, seconds: float = 0) -> bool:
        """Only of the next letter of a word, for the screen is looked at before each key."""
        return seconds > 0.5 and bool(self.keys)


Sit: TypeAlias = Callable[..., tuple[ScreenUi, Typist]]
"""``sit`` of ``terminal/conftest.py``."""


def lined(lines: Iterable[str]) -> io.StringIO:
    """An input of these lines."""
    return io.StringIO("".join(f"{line}\n" for line in lines))


def walked(
    reading: Reading,
    lines: Iterable[str],
    tree: str | None = None,
    known: Facts | None = None,
    index: Callable[[], SearchIndex] | None = None,
) -> str:
    """What is seen line by line by somebody who types this, until they leave or the input ends."""
    said = io.StringIO()
    face = PlainUi(said, lined(lines), can_clear=False)
    with pytest.raises((Left, EOFError)):
        WalkSession(face, reading, lambda: CLOCK, index=index).run(tree, known or {})
    return said.getvalue()


class Echo(io.StringIO):
    """A terminal's own part in a transcript: what is typed is seen where it is typed."""

    def __init__(self, said: io.StringIO, lines: Iterable[str]) -> None:
        super().__init__(lined(lines).getvalue())
        self.said = said

    def readline(self, size: int = -1, /) -> str:
        line = super().readline(size)
        self.said.write(line.rstrip("\n") if line else "(the end of input)")
        return line


class PretendedPrinter:
    """Saves nothing, and says what it has been asked for, or what it is told to say."""

    def __init__(self, folder: str = "/somewhere", told: str = "") -> None:
        self.where, self.told = folder, told
        self.orders: list[Order] = []

    def formats(self) -> tuple[str, ...]:
        return ("html", "pdf")

    def folder(self) -> str:
        return self.where

    def next_name(self) -> str:
        return "advice-1"

    def save(self, walk: Walk, order: Order) -> Saved:
        self.orders.append(order)
        kinds = [name for name in ("large", "discreet") if getattr(order, name)]
        told = f"Saved: {' '.join([*kinds, order.format])} of {walk.here.name}."
        return Saved(self.told or told)


def ask(count: int, *, many: bool = False, alone: int = 0, **said: Any) -> QuestionView:
    """A question with answers called one, two, three; the last ``alone`` of them stand alone."""
    shown = {
        "tree_title": "A tree",
        "progress": "question 1",
        "ask": "Which?",
        "why": "",
        "note": "",
        "for_staff": False,
        "words": (),
        "mark": say("question.present"),
        **said,
    }
    choices = tuple(
        Choice(n, f"v{n}", f"Answer {n} of these", alone=n > count - alone)
        for n in range(1, count + 1)
    )
    return QuestionView(choices=choices, many=many, **shown)


def paragraphs(count: int) -> tuple[Block, ...]:
    return tuple((Line(f"Paragraph {n}."),) for n in range(1, count + 1))
