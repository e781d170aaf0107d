"""What a whole room looks at: one slide after the other, and what the facilitator types."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TextIO

from ...model.base import Frozen
from ...page.text_layout import Block, Line, Style, height, pages, wrap
from ..conversation import Act, Face, act_of
from . import streams
from .keyboard import BACKSPACE, ENTER, Keyboard
from .plain_ui import PlainFace
from .sanitize import can_say, harmless, harmless_line
from .screen import Screen
from .screen_ui import ScreenFace

BAR, PLAIN_BAR = "█", "#"
"""What a bar is made of, and on a console that lacks it."""

NUMBERS = "1"
"""The key that stands for any number."""

_TYPED = frozenset("0123456789 ,")
_LONGEST_TYPED = 80


class Key(Frozen):
    """A key of the facilitator. ``asks`` is what is typed after it, or empty where nothing is."""

    letter: str
    does: str
    asks: str = ""

    @property
    def shown(self) -> str:
        """The key in the list of keys."""
        letter = "number" if self.letter == NUMBERS else self.letter
        return f"{letter} {self.does}".replace(" ", "\N{NO-BREAK SPACE}")


ANYWHERE = (Key("!", "danger now"), Key("x", "leave at once"), Key("q", "stop"))


class Slide(Frozen):
    """What the room sees. ``keys`` are those that do something here, beside those of ANYWHERE.

    ``notice`` is for the facilitator, in small letters.
    """

    title: str
    blocks: tuple[Block, ...]
    keys: tuple[Key, ...]
    notice: str = ""


class Said(Frozen):
    """What the facilitator asks for: a letter of a key, NUMBERS, or an act; and what was typed."""

    key: str | Act
    typed: str = ""


class Wall(Protocol):
    """Where slides are shown. Reading raises EOFError and KeyboardInterrupt as on a Face.

    ``sign`` is what bars are made of. ``far``: rows stand apart, to be read from the back.
    """

    sign: str
    far: bool

    def show(self, slide: Slide) -> Said:
        """Show a slide until the facilitator asks for something that it offers."""

    def time(self, seconds: int) -> None:
        """Begin to count down, from now on and whatever is shown."""


def wall_on(face: Face) -> Wall:
    """The wall of a conversation that has been opened: drawn, or line by line."""
    if isinstance(face, ScreenFace):
        return DrawnWall(face.screen, face.keyboard)
    assert isinstance(face, PlainFace)
    return LinesWall(face.said, face.heard)


def minutes(seconds: float) -> str:
    """A length of time as on a clock: 1:05."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


class LinesWall:
    """Slides one below the other, for a pipe or a console that cannot be drawn on."""

    far = False

    def __init__(self, said: TextIO, heard: TextIO | None) -> None:
        self.said = said
        self.heard = heard
        self.sign = BAR if can_say(BAR, said.encoding) else PLAIN_BAR
        self._last: tuple[str, tuple[Block, ...]] = ("", ())
        self._told: list[tuple[Key, ...]] = []

    def show(self, slide: Slide) -> Said:
        if (slide.title, slide.blocks) != self._last:  # nothing is read out twice for a notice
            self._last = (slide.title, slide.blocks)
            self._line("")
            self._line(slide.title)
            self._line("")
            for block in slide.blocks:
                for line in block:
                    self._show(line)
        if slide.notice:
            self._line(slide.notice)
        keys = ", ".join(key.shown for key in (*slide.keys, *ANYWHERE)).replace("\xa0", " ")
        if slide.keys not in self._told:
            self._told.append(slide.keys)
            self._line(f"You can type: {keys}.")
        while True:
            said = self._said(slide, self._ask("Facilitator (? for the keys): "))
            if said is not None:
                return said
            self._line(f"You can type: {keys}.")

    def time(self, seconds: int) -> None:
        self._line(f"{minutes(seconds)} from now. Line by line no clock can be shown.")

    def _said(self, slide: Slide, typed: str) -> Said | None:
        act = act_of(typed)
        if act in _ACTS:
            return Said(act)
        letter, rest = typed[:1].lower(), typed[1:].strip()
        key = _key_of(slide, letter)
        if key is None or (rest and not key.asks and key.letter != NUMBERS):
            return None
        if key.letter == NUMBERS:
            return Said(NUMBERS, typed)
        return Said(key.letter, rest or (self._ask(f"{key.asks}: ") if key.asks else ""))

    def _line(self, text: str) -> None:
        self._show(Line(text))

    def _show(self, line: Line) -> None:
        width, _ = streams.size(self.said)
        for row in wrap(harmless_line(line, self.said.encoding), width):
            self.said.write(f"{row}\n")

    def _ask(self, prompt: str) -> str:
        self.said.write(prompt)
        self.said.flush()
        line = self.heard.readline() if self.heard else ""
        if not line or not streams.is_terminal(self.heard):
            self.said.write("\n")  # the new line that nobody has typed
        if not line:
            raise EOFError
        return line.strip()


class DrawnWall:
    """Slides on the alternate screen of a real terminal, with one key for each thing."""

    far = True

    def __init__(
        self, screen: Screen, keyboard: Keyboard, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.screen = screen
        self.keyboard = keyboard
        self.now = now
        self.sign = BAR if can_say(BAR, screen.stream.encoding) else PLAIN_BAR
        self._ends: float | None = None

    def show(self, slide: Slide) -> Said:
        page = 0
        while True:
            page, last = self._draw(slide, page)
            key = self._key()
            if key == " " and last:
                page = 0 if page == last else page + 1
                continue
            act = act_of(key)
            if act in _ACTS:
                return Said(act)
            found = _key_of(slide, key.lower()) if len(key) == 1 else None
            if found is None:
                continue
            if not found.asks:
                return Said(found.letter)
            said = self._typed(slide, page, found, key if found.letter == NUMBERS else "")
            if said is not None:
                return said

    def time(self, seconds: int) -> None:
        self._ends = self.now() + seconds

    def _typed(self, slide: Slide, page: int, key: Key, typed: str) -> Said | None:
        """The numbers that are typed until Enter; None if they are all taken back."""
        while True:
            self._draw(slide, page, f"{key.asks}: {typed}")
            pressed = self._key()
            if pressed == ENTER:
                return Said(key.letter, typed)
            if pressed == BACKSPACE:
                if not typed:
                    return None
                typed = typed[:-1]
            elif pressed != "0" and act_of(pressed) in _ACTS:
                return Said(Act(pressed.lower()))
            elif pressed in _TYPED:
                typed = (typed + pressed)[:_LONGEST_TYPED]

    def _key(self) -> str:
        """The next key; while time runs, also RESIZED once a second, so that all is drawn anew."""
        with _ticking(running=self._left() > 0):
            return self.keyboard.read()

    def _left(self) -> float:
        return 0 if self._ends is None else self._ends - self.now()

    def _draw(self, slide: Slide, page: int, asks: str = "") -> tuple[int, int]:
        """Draw one page of a slide: that page and the last one."""
        width, rows = streams.size(self.screen.stream)
        encoding = self.screen.stream.encoding
        footer = [harmless_line(line, encoding) for line in _footer(slide, asks)]
        while len(footer) > 1 and _tall(footer, width) > rows // 2:
            del footer[-2]  # in a very low window only what is always there has room
        title = harmless_line(Line(slide.title, Style.TITLE), encoding)
        room = max(1, rows - _tall(footer, width) - _tall([title], width) - 1)
        dealt = pages(harmless(slide.blocks, encoding), width, room)
        last = len(dealt) - 1
        page = min(page, last)
        head = [Line(self._header(title.text, page, last), Style.TITLE), Line("")]
        self.screen.draw([*head, *dealt[page]], footer, width, rows)
        return page, last

    def _header(self, title: str, page: int, last: int) -> str:
        parts = [title]
        if last:
            parts.append(f"page {page + 1} of {last + 1}, Space")
        if self._ends is not None:
            left = self._left()
            parts.append(minutes(left) if left > 0 else "Time is up")
        return " - ".join(parts)


_ACTS = (Act.DANGER, Act.LEAVE, Act.STOP)


def _key_of(slide: Slide, letter: str) -> Key | None:
    """The key of a slide that a letter or a digit stands for."""
    wanted = NUMBERS if letter.isascii() and letter.isdigit() else letter
    return next((key for key in slide.keys if key.letter == wanted), None)


def _footer(slide: Slide, asks: str) -> Iterator[Line]:
    if asks or slide.notice:
        yield Line(asks or slide.notice)
    for keys in (slide.keys, ANYWHERE):
        yield Line("  ".join(key.shown for key in keys), Style.QUIET)


def _tall(lines: Sequence[Line], width: int) -> int:
    return sum(height(wrap(line, width), width) for line in lines)


@contextmanager
def _ticking(*, running: bool) -> Iterator[None]:
    """Inside, the window counts as changed once a second, so that whoever waits for a key wakes.

    Where a system has no such clock, the time is drawn anew with the next key.
    """
    if not running or sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGWINCH))
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
