"""The line-by-line interface, for screen readers, pipes and consoles without escapes.

It writes no escape sequence; the caller writes those that clear a terminal on leaving at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TextIO

from ...page.messages import listed, say
from ...page.page import Page
from ...page.page_text import section_headings
from ...page.question import QuestionView
from ...page.text_layout import Block, Line, Style, wrap
from ..views.walk import Item, menu_blocks, question_blocks
from . import streams
from .sanitize import can_encode, safe_line
from .ui import (
    ANYWHERE,
    AT_QUESTION,
    BAR,
    NUMBERS,
    PLAIN_BAR,
    ROOM_KEYS,
    Act,
    Command,
    Find,
    Key,
    Slide,
    act_of,
    among,
    minutes,
    numbers_in,
)

_FEW = 9
"""Up to this many answers need no search."""

_LONGEST_LINE = 10_000
"""The most characters of a line that are read as an answer."""


class PlainUi:
    """The interface on a pair of text streams. ``source`` is None where input is closed."""

    plain = True
    far = False

    def __init__(self, output: TextIO, source: TextIO | None, can_clear: bool) -> None:
        self.output = output
        self.source = source
        self.can_clear = can_clear
        self.sign = BAR if can_encode(BAR, output.encoding) else PLAIN_BAR
        self._keys_told = False
        # The last ending shown, empty once a question has been asked since.
        self._last_ending: tuple[Block, ...] = ()
        self._last_slide: tuple[str, tuple[Block, ...]] | None = None
        self._slide_keys_told: list[tuple[Key, ...]] = []

    def opening(self, blocks: Sequence[Block]) -> Act | None:
        self._say(blocks)
        return None

    def read(self, title: str, blocks: Sequence[Block]) -> Act | None:
        self._line("")
        self._say(blocks)
        return None

    def goodbye(self, blocks: Sequence[Block]) -> Act | None:
        return self.read("", blocks)

    def code(self, title: str, address: str, uri: str) -> Act | None:
        self._line(f"{title}: {address}")
        return None

    def menu(
        self,
        title: str,
        items: Sequence[Item],
        about: Sequence[Line] = (),
        find: Find | None = None,
        asks: str = "",
    ) -> int | Act:
        acts = (Act.BACK, *ANYWHERE)
        own_words = [asks or say("plain.own-words")] if find else []
        prompt = say("plain.menu", keys=_listed(acts, before=own_words))
        self._line("")
        brief = find is not None and len(items) > _FEW  # a screen reader takes long to read many
        self._say(_without_gaps(menu_blocks(title, items, about=about, brief=brief)))
        while True:
            typed = self._ask(prompt)
            act = act_of(typed)
            if act in acts:
                return act
            chosen = numbers_in(typed, len(items))
            if len(chosen) == 1:
                return chosen[0] - 1
            if find and _says_something(typed):
                shown = find(typed.removeprefix("/"))
                self._say(_without_gaps(menu_blocks(title, items, shown=shown)))
            else:
                self._line(say("plain.number", count=len(items)))

    def question(self, asking: QuestionView) -> Collection[str] | Act:
        self._last_ending = ()
        self._line("")
        self._line(f"{asking.tree_title} - {asking.progress}")
        self._say(_without_gaps(question_blocks(asking)))
        if asking.note and not asking.for_staff:
            self._line(say("plain.note"))
        if not self._keys_told:
            self._tell_keys(asking)
            self._keys_told = True
        prompt = say("plain.ask-several" if asking.many else "plain.ask")
        while True:
            typed = self._ask(prompt)
            act = act_of(typed)
            if act in AT_QUESTION:
                return act
            if typed == "?":
                self._tell_keys(asking)
            elif typed.startswith("/"):
                self._say_found(asking, typed[1:])
            elif values := _values(asking, typed):
                return values
            else:
                self._line(_what_is_wrong(asking))

    def ending(
        self, title: str, blocks: Sequence[Block], page: Page, acts: Collection[Act]
    ) -> int | Act:
        allowed = (Act.BACK, Act.CHANGE, *acts, Act.AGAIN, *ANYWHERE)
        headings = {h.partition(".")[0]: h for h in section_headings(page).values()}
        onward = [f"1 {page.carry_on[:1].lower()}{page.carry_on[1:]}"] if page.carry_on else []
        keys = f"{_listed(allowed, before=onward)}, {say('plain.again')}"
        if tuple(blocks) != self._last_ending:  # a long page is not repeated after every aside
            self._say_ending(title, blocks)
        self._line("")
        self._line(say("plain.can-type", keys=keys))
        while True:
            typed = self._ask(say("plain.what-next"))
            if typed == "1" and page.carry_on:
                return 0
            act = act_of(typed)
            if act in allowed:
                return act
            if typed == "?":
                self._say_ending(title, blocks)
            elif typed in headings:
                self._say(_section(blocks, headings[typed]))
            else:
                self._line(say("plain.one-of", keys=keys))

    def slide(self, slide: Slide) -> Command:
        if (slide.title, slide.blocks) != self._last_slide:  # not repeated for a notice
            self._last_slide = (slide.title, slide.blocks)
            for text in ("", slide.title, ""):
                self._line(text)
            self._say(slide.blocks)
        if slide.notice:
            self._line(slide.notice)
        keys = ", ".join(key.shown for key in (*slide.keys, *ROOM_KEYS))
        told = say("plain.can-type", keys=keys).replace("\N{NO-BREAK SPACE}", " ")
        if slide.keys not in self._slide_keys_told:
            self._slide_keys_told.append(slide.keys)
            self._line(told)
        while True:
            command = self._command(slide, self._ask("Facilitator (? for the keys): "))
            if command is not None:
                return command
            self._line(told)

    def countdown(self, seconds: int) -> None:
        self._line(f"{minutes(seconds)} from now. Line by line no clock can be shown.")

    def _command(self, slide: Slide, typed: str) -> Command | None:
        act = act_of(typed)
        if act in ANYWHERE:
            return Command(act)
        rest = typed[1:].strip()
        key = slide.key(typed[:1].lower())
        if key is None or (rest and not key.asks and key.letter != NUMBERS):
            return None
        if key.letter == NUMBERS:
            return Command(NUMBERS, typed)
        return Command(key.letter, rest or (self._ask(f"{key.asks}: ") if key.asks else ""))

    def _say_ending(self, title: str, blocks: Sequence[Block]) -> None:
        self._last_ending = tuple(blocks)
        self._line("")
        self._line(title)
        self._say(blocks)

    def _tell_keys(self, asking: QuestionView) -> None:
        key = "plain.keys-find" if len(asking.choices) > _FEW else "plain.keys"
        self._line(say(key, keys=_listed(AT_QUESTION)))

    def _say_found(self, asking: QuestionView, letters: str) -> None:
        shown = among([choice.says for choice in asking.choices])(letters)
        self._say(_without_gaps(question_blocks(asking, shown=shown)))

    def _say(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            for line in block:
                self._show(line)

    def _line(self, text: str) -> None:
        self._show(Line(text))

    def _show(self, line: Line) -> None:
        width, _ = streams.size(self.output)
        for row in wrap(safe_line(line, self.output.encoding), width):
            self.output.write(f"{row}\n")

    def _ask(self, prompt: str) -> str:
        self.output.write(prompt)
        self.output.flush()
        line = _line_of(self.source) if self.source else ""
        if not line or not streams.is_terminal(self.source):
            self.output.write("\n")  # no echo has ended the line
        if not line:
            raise EOFError
        return line.strip()


def _line_of(source: TextIO) -> str:
    """The next line, of which no more is kept than anybody types; empty at the end of input."""
    line = rest = source.readline(_LONGEST_LINE)
    while len(rest) == _LONGEST_LINE and not rest.endswith("\n"):
        rest = source.readline(_LONGEST_LINE)
    return line


def _section(blocks: Iterable[Block], heading: str) -> Iterator[Block]:
    """The blocks from a heading to the next one."""
    inside = False
    for block in blocks:
        if block[0].style is Style.HEADING:
            inside = block[0].text == heading
        if inside:
            yield block


def _without_gaps(blocks: Iterable[Block]) -> Iterable[Block]:
    return (block for block in blocks if block[0].text)


def _listed(acts: Iterable[Act], before: Sequence[str] = ()) -> str:
    return ", ".join((*before, *(say(f"plain.key.{act.name}") for act in acts)))


def _says_something(typed: str) -> bool:
    return any(letter.isalpha() for letter in typed)


def _values(asking: QuestionView, typed: str) -> frozenset[str]:
    """The values of the typed numbers; empty if they are no answer."""
    choices = {asking.choices[number - 1] for number in numbers_in(typed, len(asking.choices))}
    if len(choices) > 1 and (not asking.many or any(choice.alone for choice in choices)):
        return frozenset()
    return frozenset(choice.value for choice in choices)


def _what_is_wrong(asking: QuestionView) -> str:
    last = len(asking.choices)
    if not asking.many:
        return say("plain.number", count=last)
    told = say("plain.numbers", count=last)
    alone = [str(choice.number) for choice in asking.choices if choice.alone]
    return f"{told} {say('plain.alone', numbers=listed(alone))}" if alone else told
