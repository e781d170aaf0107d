"""The line-by-line interface, for screen readers, pipes and consoles without escapes.

It writes no escape sequence; the caller writes those that clear a terminal on leaving at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TextIO

from ...page.messages import as_sentence, listed, say
from ...page.page import Page
from ...page.page_text import letter_of
from ...page.question import Choice, QuestionView
from ...page.text_layout import Block, Line, cells, pages, wrap
from ..walk_screens import menu_blocks, question_blocks
from . import streams
from .safe_line import can_encode, safe_line
from .ui import (
    ANYWHERE,
    BAR,
    KEYS,
    LONGEST_WORDS,
    NUMBERS,
    PLAIN_BAR,
    Act,
    Command,
    Hits,
    Menu,
    Slide,
    act_of,
    among,
    named_of,
    numbers_in,
    room_keys,
    sure,
)

_FEW = 9
"""Up to this many answers need no search."""

_LONGEST_LINE = 10_000
"""The most characters of a line that are read as an answer."""

_FEW_TO_READ = 5
"""Up to this many items that can be searched are read out with what they are about."""

_SHORTEST_NAME = 3
"""Letters of a name that is not typed in full."""


class PlainUi:
    """The interface on a pair of text streams. ``source`` is None where input is closed."""

    plain = True

    def __init__(self, output: TextIO, source: TextIO | None, can_clear: bool) -> None:
        self.output = output
        self.source = source
        self.can_clear = can_clear
        self.sign = BAR if can_encode(BAR, output.encoding) else PLAIN_BAR
        self.standing = ""
        self._keys_told = False
        # What was typed after /, which answers the next prompt.
        self._typed_ahead = ""
        # The last ending shown, empty once a question has been asked since.
        self._last_ending: tuple[Block, ...] = ()
        # What of its parts has not been said, each as much as a window has room for.
        self._left: list[list[Line]] = []
        self._last_slide: tuple[str, tuple[Block, ...]] | None = None
        # What of it has not been said.
        self._left_of_slide: list[list[Line]] = []
        self._slide_keys_told: set[str] = set()

    def opening(self, blocks: Sequence[Block], acts: Collection[Act] = ()) -> Act | None:
        self._say(blocks)
        return None

    def read(self, title: str, blocks: Sequence[Block]) -> Act | None:
        self._line("")
        self._say(blocks)
        return None

    def goodbye(self, blocks: Sequence[Block]) -> Act | None:
        return self.read("", blocks)

    def code(self, about: Sequence[str], lines: Sequence[str]) -> Act | None:
        self._say((tuple(map(Line, about)),))
        return None

    def menu(self, menu: Menu) -> int | Act:
        acts = (*menu.acts, *ANYWHERE)
        own_words = (menu.asks or say("plain.own-words")) if menu.find else ""
        self._line("")
        if menu.find and streams.is_terminal(self.output):
            menu.ready()  # what a search looks up is read while the person reads
        # A screen reader takes long to read many.
        brief = menu.find is not None and len(menu.offered) > _FEW_TO_READ
        self._say(_without_gaps(menu_blocks(menu, told=0 if brief else None)))
        self._line(self.standing)
        listed = numbers = tuple(range(1, len(menu.offered) + 1))
        self._tell_keys_once(acts, own_words)
        while True:
            key = "plain.ask-words" if menu.find else "plain.ask"
            typed = self._ask(say(key, asks=_asked(menu.title), count=len(numbers)))
            act = act_of(typed)
            if act in acts:
                return act
            places = numbers_in(typed, len(numbers)) or _named(
                [menu.items[number - 1].says for number in numbers], typed
            )
            if typed == KEYS:
                self._tell_keys(acts, own_words)
            elif len(places) == 1:
                number = numbers[places[0] - 1]
                self._say_chosen(places, [menu.items[number - 1].says])
                return number - 1
            elif menu.find and _says_something(typed):
                if streams.is_terminal(self.output):
                    self._line(say("screen.moment"))
                shown = menu.find(typed.removeprefix("/"))
                numbers = shown.numbers or listed
                if shown.at_once:
                    self._line(say("plain.at-once", says=menu.items[numbers[0] - 1].says))
                    return numbers[0] - 1
                self._say(_without_gaps(menu_blocks(menu, shown=shown)))
                self._line(self.standing)
            else:
                self._line(say("plain.number", count=len(numbers)))

    def question(self, asking: QuestionView, acts: Collection[Act]) -> Collection[str] | Act:
        self._last_ending = ()
        self._line("")
        self._line(f"{asking.tree_title} - {asking.progress}")
        self._say(_without_gaps(question_blocks(asking)))
        self._line(self.standing)
        every = (Act.BACK, *acts, *ANYWHERE)
        count = len(asking.listed)
        behind = len(asking.choices) > count
        find = say("plain.find") if behind or count > _FEW else ""
        self._tell_keys_once(every, find)
        key = "plain.ask-several" if asking.many else "plain.ask-words" if behind else "plain.ask"
        prompt = say(key, asks=_asked(asking.ask), count=count)
        while True:
            typed = self._ask(prompt)
            act = act_of(typed)
            if act in every:
                return act
            if not typed and asking.unticked:
                self._line(say("plain.chosen", words=as_sentence(asking.unticked)))
                return frozenset({asking.unticked_value})
            if typed == KEYS:
                self._tell_keys(every, find)
            elif chosen := () if typed.startswith("/") else _choices(asking, typed, count):
                self._say_chosen([c.number for c in chosen], [c.says for c in chosen])
                return frozenset[str]().union(*(choice.values for choice in chosen))
            elif typed.startswith("/") or (behind and _says_something(typed)):
                found = among([choice.says for choice in asking.choices])(typed.removeprefix("/"))
                self._say(_without_gaps(_by_number(asking, found)))
                count = len(asking.choices)
            else:
                self._line(_what_is_wrong(asking))

    def ending(
        self, title: str, blocks: Sequence[Block], page: Page, acts: Collection[Act]
    ) -> int | Act:
        allowed = (Act.BACK, *acts, Act.AGAIN, *ANYWHERE)
        parts = {letter_of(part[0]): part for part in _parts(blocks)}
        onward = [f"1 {page.carry_on}"] if page.carry_on else []
        keys = f"{_listed(allowed, before=onward)}, {say('plain.again')}"
        if tuple(blocks) != self._last_ending:  # a long page is not repeated after every aside
            self._left = self._say_ending(title, blocks)
        self._line("")
        self._line(say("plain.can-type", keys=keys))
        inside = False  # a part that was opened, from which back leads to the top of the page
        while True:
            left = len(self._left)
            typed = self._ask(say("plain.more", count=left) if left else say("plain.what-next"))
            if not typed and left:
                self._say([self._left.pop(0)])
                inside = True
                continue
            if typed == "1" and page.carry_on:
                return 0
            if opened := parts.get(typed.lower()):
                self._say(opened)
                inside = True
                continue
            asks = Act.ASK in allowed and typed.startswith(Act.ASK)
            self._typed_ahead = typed[1:].strip() if asks else ""
            act = Act.ASK if asks else act_of(typed)
            if act is Act.BACK and inside:
                self._say(_first(blocks))
                inside = False
                continue
            if act in allowed:
                if act := sure(self, act):
                    return act
            elif typed == KEYS:
                self._left = self._say_ending(title, blocks)
            else:
                self._line(say("plain.one-of", keys=keys))

    def slide(self, slide: Slide) -> Command:
        if (slide.title, slide.blocks) != self._last_slide:  # not repeated for a notice
            self._last_slide = (slide.title, slide.blocks)
            for text in ("", slide.title, ""):
                self._line(text)
            self._left_of_slide = self._parts_of(slide)
            self._say([self._left_of_slide.pop(0)])
            self._line(self.standing)
        if slide.notice:
            self._line(slide.notice)
        if slide.asks_words:
            typed = self._ask(f"{slide.asks_words}: ")
            act = act_of(typed)
            return Command(act) if act in ANYWHERE else Command("", typed[:LONGEST_WORDS])
        keys = ", ".join(key.shown for key in (*slide.keys, *room_keys()))
        told = say("plain.can-type", keys=keys).replace("\N{NO-BREAK SPACE}", " ")
        if told not in self._slide_keys_told:
            self._slide_keys_told.add(told)
            self._line(told)
        while True:
            more = say("rehearsal.key.more") if self._left_of_slide else slide.prompt
            typed = self._ask(f"{more or say('rehearsal.key.prompt')}: ")
            if not typed and self._left_of_slide:
                self._say([self._left_of_slide.pop(0)])
                continue
            command = self._command(slide, typed)
            if command is not None:
                return command
            self._line(told)

    def _parts_of(self, slide: Slide) -> list[list[Line]]:
        """A slide in parts that a window has room for, if there is one and all is to be read."""
        if not streams.is_terminal(self.source) or not any(key.at_end for key in slide.keys):
            return [[line for block in slide.blocks for line in block]]
        return self._paged(slide.blocks)

    def _paged(self, blocks: Sequence[Block]) -> list[list[Line]]:
        """Blocks in pages that a window has room for, with a prompt below."""
        width, rows = streams.size(self.output)
        return pages(blocks, width, max(1, rows - 3))

    def _command(self, slide: Slide, typed: str) -> Command | None:
        act = act_of(typed)
        if act in ANYWHERE:
            return Command(act)
        typed = typed or slide.onward
        key = slide.key(typed[:1].lower())
        rest = typed.removeprefix(typed[:1] if key and key.letter != NUMBERS else NUMBERS).strip()
        if key is None or (rest and not key.asks):
            return None
        if key.at_end and self._left_of_slide:
            self._line(say("rehearsal.key.to-its-end"))
            return None
        given = rest or (self._ask(f"{key.asks}: ") if key.asks else "")
        if given and not rest and key.letter == NUMBERS:
            return self._command(slide, given)
        if notice := key.wrong(given):
            self._line(notice)
            return None
        return Command(key.letter, given)

    def _say_ending(self, title: str, blocks: Sequence[Block]) -> list[list[Line]]:
        """Say an ending: to a person what to do first, and give the pages that are left."""
        self._last_ending = tuple(blocks)
        self._line("")
        if title:
            self._line(title)
        if not streams.is_terminal(self.source):
            self._say(blocks)
            return []
        first = [*_first(blocks)]
        self._say(first)
        return self._paged(blocks[len(first) :])

    def _tell_keys_once(self, acts: Collection[Act], more: str) -> None:
        if not self._keys_told:
            self._keys_told = True
            self._tell_keys(acts, more)

    def _tell_keys(self, acts: Collection[Act], more: str) -> None:
        before = [more] if more else []
        self._line(say("plain.keys", keys=_listed(acts, before=before)))

    def _say_chosen(self, places: Iterable[int], words: Iterable[str]) -> None:
        chosen = [f"{place}, {says.rstrip('.')}" for place, says in zip(places, words, strict=True)]
        self._line(say("plain.chosen", words=as_sentence("; ".join(chosen))))

    def _say(self, blocks: Iterable[Sequence[Line]]) -> None:
        for block in blocks:
            for line in block:
                self._show(line)

    def _line(self, text: str) -> None:
        self._show(Line(text))

    def _show(self, line: Line) -> None:
        # A terminal wraps for itself: where a row ends, a screen reader pauses.
        width = streams.size(self.output)[0]
        if streams.is_terminal(self.output):
            width = cells(line.before) + cells(line.text) + 1
        for row in wrap(safe_line(line, self.output.encoding), width, breaks=False):
            self.output.write(f"{row}\n")

    def _ask(self, prompt: str) -> str:
        if self._typed_ahead:
            typed, self._typed_ahead = self._typed_ahead, ""
            return typed
        self.output.write(safe_line(Line(prompt), self.output.encoding).text)
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


def _first(blocks: Iterable[Block]) -> Iterable[Block]:
    """What stands above the first part."""
    return takewhile(lambda block: not letter_of(block), blocks)


def _parts(blocks: Iterable[Block]) -> list[list[Block]]:
    """The blocks of each part."""
    found: list[list[Block]] = []
    for block in blocks:
        if letter_of(block):
            found.append([])
        if found:
            found[-1].append(block)
    return found


def _without_gaps(blocks: Iterable[Block]) -> Iterable[Block]:
    return (block for block in blocks if block[0].text)


def _listed(acts: Iterable[Act], before: Sequence[str] = ()) -> str:
    return ", ".join((*before, *(say(f"plain.key.{act.name}") for act in named_of(acts))))


def _says_something(typed: str) -> bool:
    return any(letter.isalpha() for letter in typed)


def _asked(text: str) -> str:
    """What a prompt repeats of a text: its question, if it has one."""
    question, mark, _ = text.partition("?")
    return f"{question}{mark}" if mark else say("plain.choose")


def _by_number(asking: QuestionView, shown: Hits) -> Iterator[Block]:
    """The results of a search of answers, each by its own number."""
    if shown.told:
        yield (Line(shown.told),)
    for number in shown.numbers:
        yield (Line(asking.choices[number - 1].says, before=f"{number}. "),)


def _named(texts: Sequence[str], typed: str) -> tuple[int, ...]:
    """The places of the texts that typed names mean, separated by commas; empty unless each of
    them means exactly one."""
    names = [name for part in typed.split(",") if (name := part.strip())]
    found: list[int] = []
    for name in names:
        same = [n for n, text in enumerate(texts, 1) if text.casefold() == name.casefold()]
        parts = among(texts)(name).numbers if len(name) >= _SHORTEST_NAME else ()
        meant = same or [*parts]
        if len(meant) != 1:
            return ()
        found += meant
    return tuple(dict.fromkeys(found))


def _choices(asking: QuestionView, typed: str, most: int) -> tuple[Choice, ...]:
    """The choices of typed numbers up to ``most``, or of names; none if they are no answer."""
    places = numbers_in(typed, most)
    if not places and _says_something(typed):
        places = _named([choice.says for choice in asking.choices], typed)
    choices = tuple(asking.choices[place - 1] for place in dict.fromkeys(places))
    if len(choices) > 1 and (not asking.many or any(choice.alone for choice in choices)):
        return ()
    return choices


def _what_is_wrong(asking: QuestionView) -> str:
    last = len(asking.listed)
    if not asking.many:
        return say("plain.number", count=last)
    told = say("plain.numbers", count=last)
    alone = [str(choice.number) for choice in asking.choices if choice.alone]
    return f"{told} {say('plain.alone', numbers=listed(alone))}" if alone else told
