"""The conversation line by line: for screen readers, pipes and consoles that cannot be drawn on.

Not one escape sequence is sent, save the three that clear a real terminal when someone leaves
at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TextIO

from ...page.page import Page
from ...page.question import QuestionView
from ...page.text_layout import Block, Line, wrap
from ..conversation import ANYWHERE, AT_QUESTION, Act, Find, act_of, among
from ..views.walk import Item, menu_blocks, question_blocks
from . import streams
from .sanitize import harmless_line

_NAMES = {
    Act.BACK: "b back",
    Act.CHANGE: "c change an answer",
    Act.WHY: "w why we ask",
    Act.WORDS: "g hard words",
    Act.NOTE: "n worker's note",
    Act.MORE: "m more who can help",
    Act.CODE: "r address to copy",
    Act.PRINT: "p print or save a sheet",
    Act.AGAIN: "s start again",
    Act.DANGER: "! danger now",
    Act.LEAVE: "x leave at once",
    Act.STOP: "q stop",
}

_IN_OWN_WORDS = "say what has happened in your own words"

_FEW = 9
"""Answers up to this many are not worth a search."""


class PlainFace:
    """The conversation on a pair of text streams. ``heard`` is None where input is closed."""

    plain = True

    def __init__(self, said: TextIO, heard: TextIO | None, can_clear: bool) -> None:
        self.said = said
        self.heard = heard
        self.can_clear = can_clear
        self._keys_told = False
        # The ending that was read last, if no question has been asked since.
        self._read_last: tuple[Block, ...] = ()

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
        own_words = f"{asks or _IN_OWN_WORDS}, " if find else ""
        self._line("")
        brief = find is not None and len(items) > _FEW  # many are long to be read out
        self._say(_without_gaps(menu_blocks(title, items, about=about, brief=brief)))
        while True:
            typed = self._ask(f"Number (or {own_words}{_listed(acts)}): ")
            act = act_of(typed)
            if act in acts:
                return act
            chosen = _chosen(typed, len(items))
            if len(chosen) == 1:
                return chosen[0] - 1
            if find and _says_something(typed):
                shown = find(typed.removeprefix("/"))
                self._say(_without_gaps(menu_blocks(title, items, shown=shown)))
            else:
                self._line(f"Please type a number from 1 to {len(items)}.")

    def question(self, asking: QuestionView) -> Collection[str] | Act:
        self._read_last = ()
        self._line("")
        self._line(f"{asking.tree_title} - {asking.progress}")
        self._say(_without_gaps(question_blocks(asking)))
        if asking.note and not asking.for_staff:
            self._line("(worker's note: type n)")
        if not self._keys_told:
            self._tell_keys(asking)
            self._keys_told = True
        kind = "Numbers, such as 1 3" if asking.many else "Number"
        while True:
            typed = self._ask(f"{kind} (? for the keys, ! danger now, x leave): ")
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
        onward = f"1 {page.carry_on[:1].lower()}{page.carry_on[1:]}, " if page.carry_on else ""
        keys = f"{onward}{_listed(allowed)}, ? this page again"
        if tuple(blocks) != self._read_last:  # a long page is not read out after every aside
            self._say_ending(title, blocks)
        self._line("")
        self._line(f"You can type: {keys}.")
        while True:
            typed = self._ask("What next (! danger now, x leave): ")
            if typed == "1" and page.carry_on:
                return 0
            act = act_of(typed)
            if act in allowed:
                return act
            if typed == "?":
                self._say_ending(title, blocks)
            else:
                self._line(f"Please type one of these: {keys}.")

    def _say_ending(self, title: str, blocks: Sequence[Block]) -> None:
        self._read_last = tuple(blocks)
        self._line("")
        self._line(title)
        self._say(blocks)

    def _tell_keys(self, asking: QuestionView) -> None:
        search = ", / and some letters to find an answer" if len(asking.choices) > _FEW else ""
        self._line(f"A number answers{search}. Or type: {_listed(AT_QUESTION)}.")

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


def _without_gaps(blocks: Iterable[Block]) -> Iterable[Block]:
    return (block for block in blocks if block[0].text)


def _listed(acts: Iterable[Act]) -> str:
    return ", ".join(_NAMES[act] for act in acts)


def _says_something(typed: str) -> bool:
    return any(letter.isalpha() for letter in typed)


def _chosen(typed: str, most: int) -> tuple[int, ...]:
    """The numbers that were typed, with commas or spaces in between; none if one is not there."""
    words = typed.replace(",", " ").split()
    known = {str(number): number for number in range(1, most + 1)}
    return tuple(known[word] for word in words) if all(word in known for word in words) else ()


def _values(asking: QuestionView, typed: str) -> frozenset[str]:
    """The values that some typed numbers choose; none if they are no answer."""
    choices = {asking.choices[number - 1] for number in _chosen(typed, len(asking.choices))}
    if len(choices) > 1 and (not asking.many or any(choice.alone for choice in choices)):
        return frozenset()
    return frozenset(choice.value for choice in choices)


def _what_is_wrong(asking: QuestionView) -> str:
    last = len(asking.choices)
    if not asking.many:
        return f"Please type a number from 1 to {last}."
    alone = [str(choice.number) for choice in asking.choices if choice.alone]
    stand = f" {' and '.join(alone)} can only be chosen alone." if alone else ""
    return f"Please type one or more numbers from 1 to {last}.{stand}"
