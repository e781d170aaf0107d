"""Slides for a room on a drawn screen, and the keys of its facilitator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ...model.base import replace
from ...page.messages import say
from ...page.text_layout import SPACED, Block, Line, Style, cells, pages, together, wrap
from . import streams
from .keyboard import BACKSPACE, CTRL_X, DOWN, ENTER, ESCAPE, PAGE_DOWN, PAGE_UP, UP, Keyboard
from .safe_line import can_encode, safe_blocks, safe_line
from .screen import Screen, fitted, tall
from .ui import (
    ANYWHERE,
    BAR,
    LONGEST_WORDS,
    PLAIN_BAR,
    Act,
    Command,
    Key,
    Slide,
    act_of,
    room_keys,
)

_LOW = 20
"""Rows: a window with fewer, of which most are for the room, has a short footer."""

_TYPED = frozenset("0123456789 ,:")
_LONGEST_TYPED = 80

_ENDS_OF_WORDS = 200
"""The last letters of typed words that are shown: more could fill a small window."""


class RoomScreen:
    """Slides on the alternate screen of a real terminal, each command a key."""

    def __init__(self, screen: Screen, keyboard: Keyboard) -> None:
        self.screen = screen
        self.keyboard = keyboard
        self.sign = BAR if can_encode(BAR, screen.stream.encoding) else PLAIN_BAR
        self.standing = ""
        # The slide that is shown, the page of it and the first that has not been seen whole, and
        # which of its letters have been on the screen.
        self._slide: tuple[str, tuple[Block, ...]] = ("", ())
        self._page = self._unseen = 0
        self._seen: set[int] = set()
        self._is_seen = False

    def slide(self, slide: Slide) -> Command:
        if (slide.title, slide.blocks) != self._slide:
            # Hands that have been counted stand where they were asked for.
            was, blocks = self._slide
            begins_alike = slide.title == was and slide.blocks[:1] == blocks[:1]
            self._page = self._page if begins_alike else 0
            self._slide = (slide.title, slide.blocks)
            self._seen, self._is_seen = set(), False
        notice = slide.notice
        while True:
            last = self._draw_slide(slide)
            if slide.asks_words:
                return self._words(slide)
            pressed = self._onward(slide, self.keyboard.read(), last)
            if self._turned(pressed, last):
                slide = replace(slide, notice=notice)  # it takes a row of each page
                continue
            act = act_at(pressed)
            if act in ANYWHERE and pressed not in _TYPED:  # a 0 is a count, and not help in danger
                return Command(act)
            letter = Act.BACK if act is Act.BACK else pressed.lower()
            key = slide.key(letter) if len(pressed) == 1 else None
            if key is None:
                continue
            if key.at_end and not self._is_seen:
                slide = replace(slide, notice=say("rehearsal.key.to-its-end"))
                self._page = min(self._page, self._unseen)  # one before, of a window as it was
                continue
            command = self._argument(slide, key, pressed)
            if command is not None:
                return command

    def _onward(self, slide: Slide, pressed: str, last: int) -> str:
        """The key pressed; of those that go on, that which turns the page or at the end goes on."""
        key = slide.key(pressed.lower()) if len(pressed) == 1 else None
        if pressed not in (ENTER, " ") and not (key and key.called and not key.asks):
            return pressed
        return PAGE_DOWN if self._page < last else slide.onward or pressed

    def _turned(self, pressed: str, last: int) -> bool:
        """Whether a key has turned to another page of a slide, whose ``last`` this is."""
        if pressed in (PAGE_UP, UP):
            self._page = max(0, self._page - 1)
        elif pressed in (PAGE_DOWN, DOWN, ENTER, " "):
            self._page = min(self._page + 1, last)
        else:
            return False
        return True

    def _words(self, slide: Slide) -> Command:
        """The words typed until Enter; Escape gives up."""
        typed = ""
        while True:
            self._draw_slide(slide, f"{slide.asks_words}: {typed[-_ENDS_OF_WORDS:]}")
            pressed = self.keyboard.read_words(sends=True)
            if pressed == ENTER:
                return Command("", typed.strip())
            if pressed == ESCAPE:
                return Command(Act.BACK.value)
            if pressed == CTRL_X or (pressed == Act.DANGER and not typed):
                return Command(act_at(pressed) or "")
            if pressed == BACKSPACE:
                typed = typed[:-1]
            elif pressed.isprintable():
                typed = (typed + pressed)[:LONGEST_WORDS]

    def _argument(self, slide: Slide, key: Key, pressed: str) -> Command | None:
        """A key with the numbers typed until Enter, if it asks for some; None if they are all
        deleted, or given up."""
        if not key.asks:
            return Command(key.letter)
        typed, asks = pressed if pressed in _TYPED else "", key.asks
        while True:
            self._draw_slide(slide, f"{asks}: {typed}")
            pressed = self.keyboard.read()
            if pressed == ENTER:
                if not (notice := key.wrong(typed.strip())):
                    return Command(key.letter, typed.strip())
                # What is typed next is meant for it, too: no letter of that may sign a part.
                typed, asks = "", f"{notice} {key.asks}"
                continue
            if pressed == ESCAPE or (pressed == BACKSPACE and not typed):
                return None
            if not typed and pressed.lower() in key.instead:
                return Command(pressed.lower())
            act = act_at(pressed)
            if pressed in (Act.DANGER, CTRL_X) or (not typed and act in ANYWHERE[1:]):
                return Command(act or key.letter)  # a slip among numbers does not end all
            if pressed in (*_TYPED, BACKSPACE):
                more = typed[:-1] if pressed == BACKSPACE else typed + pressed
                typed = more.lstrip()[:_LONGEST_TYPED]
            elif pressed.isalpha() and len(pressed) == 1 and (notice := key.wrong(pressed)):
                asks = f"{notice} {key.asks}"

    def _draw_slide(self, slide: Slide, asks: str = "") -> int:
        """Draw the present page of a slide: the index of the last one."""
        width, rows = streams.size(self.screen.stream)
        encoding = self.screen.stream.encoding
        is_low = rows < _LOW and not any(key.at_end for key in slide.keys)

        def foot(shown: Slide) -> list[Line]:
            told = (shown, asks, self.standing)
            found = (_low_footer if is_low else _footer)(*told)
            return [safe_line(line, encoding) for line in found]

        # Each page has as many rows, whatever its foot says.
        feet = [fitted(foot(e), width, rows, first=-2) for e in (slide, _turning(slide, 1, 1))]
        taken = max(tall(each, width) for each in feet)
        title = safe_line(Line(slide.title, Style.TITLE), encoding).text
        blocks, letters = _in_rows(safe_blocks(slide.blocks, encoding), width)
        last = 0
        for _ in range(2):  # the number of pages stands in the header, which may take a row for it
            header = Line(self._header(title, slide.called, last, last), Style.TITLE)
            room = rows - taken - tall([header], width) - (not is_low)
            # Without empty lines, if there are fewer pages then.
            close = [tuple(line for line in block if line.before) for block in blocks]
            above = _above_choices(close, room)
            blocks, close = blocks[above:], close[above:]
            ways = (pages(each, width, max(1, room)) for each in (blocks, close))
            dealt = min(ways, key=len)
            last = len(dealt) - 1
        page = min(self._page, last)
        self._page = self._page if asks else page
        head = [Line(self._header(title, slide.called, page, last), Style.TITLE)]
        head += [] if is_low else [Line("")]
        lines = foot(_turning(slide, page, last) if page < last else slide)
        footer = fitted(lines, width, rows, first=-2)
        typing = lines[0] if asks else None
        self.screen.draw([*head, *dealt[page]], footer, width, rows, typing)
        if len(dealt[page]) <= room:  # what a small window cuts off is not seen
            self._seen.update(_all(dealt[page], letters))
        self._unseen = next(
            (n for n, rows in enumerate(dealt) if not self._seen.issuperset(_all(rows, letters))),
            page,
        )
        # Once it is, no other layout takes that back.
        self._is_seen = self._is_seen or len(self._seen) == sum(map(len, letters.values()))
        return last

    def _header(self, title: str, called: str, page: int, last: int) -> str:
        if not last:
            return title
        called = called or say("rehearsal.key.page")
        of = say("rehearsal.key.page-of", called=called, page=page + 1, last=last + 1)
        return f"{title} - {of}"


def act_at(key: str) -> Act | None:
    """The command of a key on a drawn screen, where Escape goes back and Ctrl-X leaves."""
    return {ESCAPE: Act.BACK, CTRL_X: Act.LEAVE}.get(key) or act_of(key)


def _in_rows(blocks: Iterable[Block], width: int) -> tuple[list[Block], dict[int, range]]:
    """Blocks with each row as a line, none of them wider than the window; and the letters of each
    row by its identity, counted from the first of all, which are the same in every window."""
    found: list[Block] = []
    letters: dict[int, range] = {}
    end = 0
    for block in blocks:
        lines = [(line, row) for line in block for row in wrap(_narrow(line, width), width)]
        found.append(tuple(Line("", line.style, row) for line, row in lines))
        for row in found[-1]:
            begin, end = end, end + len("".join(row.before.split()))
            letters[id(row)] = range(begin, end)
    return found, letters


def _above_choices(blocks: Sequence[Block], room: int) -> int:
    """How many blocks above the choices are left out, so that all choices stay on the one page that
    has this room; 0 if they have none. The slide before has said what those blocks say."""
    offered = (n for n, block in enumerate(blocks) if any(e.style is Style.ITEM for e in block))
    left_out = range(next(offered, 0) + 1)
    return next((n for n in left_out if sum(map(len, blocks[n:])) <= room), 0)


def _all(rows: Iterable[Line], letters: dict[int, range]) -> Iterator[int]:
    """The letters of some rows."""
    return chain.from_iterable(letters[id(row)] for row in rows)


def _narrow(line: Line, width: int) -> Line:
    """A line of which no word is wider than a row: one that is parts after a slash, if it can."""
    room = max(2, width - max(line.hang, cells(line.before)))
    words = (part for word in line.text.split(" ") for part in _parted(word, room))
    return replace(line, text=" ".join(words))


def _parted(word: str, room: int) -> Iterator[str]:
    while cells(word) > room:
        end = word.rfind("/", 0, room) + 1 or (room if word.isascii() else room // 2)
        yield word[:end]
        word = word[end:]
    yield word


def _turning(slide: Slide, page: int, last: int) -> Slide:
    """A slide whose key that goes on says that it turns this page, in place of one for its end."""
    does, space = say("rehearsal.key.turns", page=page + 1, last=last + 1), say("key.space")
    keys = tuple(
        replace(key, does=does, called=key.called or space) if key.called or key.at_end else key
        for key in slide.keys
    )
    return replace(slide, keys=keys)


def _low_footer(slide: Slide, asks: str, standing: str) -> tuple[Line, ...]:
    """A low window: what is asked or noticed, the keys unless it is asked, and the first number
    with the first word for each key of every slide."""
    row = SPACED.join(key.shown for key in slide.keys)
    everywhere = (together(f"{key.letter} {key.does.split()[0]}") for key in room_keys())
    shown = Line(SPACED.join((f"{standing.partition('. ')[0]}.", *everywhere)), Style.KEYS)
    told = [Line(each) for each in (asks or slide.notice,) if each]
    return (*told, *([] if asks else [Line(row, Style.KEYS)]), shown)


def _footer(slide: Slide, asks: str, standing: str) -> Iterator[Line]:
    # A page that is to be read has room for these at all times, so that it always has as many rows.
    if asks or slide.notice or any(key.at_end for key in slide.keys):
        yield Line(asks or slide.notice)
    if standing:
        yield Line(standing)
    if slide.asks_words:
        yield Line(say("rehearsal.key.words"), Style.KEYS)
        return
    for keys in ((), room_keys()) if asks else (slide.keys, room_keys()):
        yield Line(SPACED.join(key.shown for key in keys), Style.KEYS)
