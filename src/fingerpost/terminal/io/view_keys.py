"""The keys at a view of a drawn screen: they turn its pages, choose from it and search it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from time import monotonic

from ...page.messages import say
from ...page.page_text import letter_of
from ...page.text_layout import GAP, Line, Style, pages
from ..qr_blocks import MANY
from . import streams
from .keyboard import (
    BACKSPACE,
    CTRL_X,
    DOWN,
    ENTER,
    ESCAPE,
    NOTHING,
    PAGE_DOWN,
    PAGE_UP,
    RESIZED,
    UP,
    Keyboard,
)
from .room_ui import RoomScreen, act_at
from .safe_line import safe_blocks, safe_line
from .screen import Screen, fitted, tall
from .ui import ANYWHERE, KEYS, Act, act_of
from .view import (
    FEW,
    View,
    at_last,
    cursor,
    every_key,
    fixed,
    footer_lines,
    header_lines,
    is_marked,
)

_DIGITS = frozenset("0123456789")
_LONGEST_NUMBER, _LONGEST_SEARCH, _LONGEST_STORY = 4, 20, 400
_LEAST_ROWS = 4
"""Whom to ring takes fewer than one in so many rows of a window; ! is there without a row more."""

_LEAST_SAID = 2
"""Letters of own words before which nothing is searched: one alone may look like danger."""

_A_LETTER = 0.8
"""Seconds in which a letter follows another of the same word."""

_A_HABIT = 0.5
"""Seconds in which Enter after a digit that chose is the habit of who types both; after them the
next screen has been seen, and what it says of Enter holds."""

_A_MOMENT = 0.05
"""Seconds between two looks at whether a search can begin."""


class ViewKeys(RoomScreen):
    """Draws a view, and does what each key does there."""

    def __init__(self, screen: Screen, keyboard: Keyboard) -> None:
        super().__init__(screen, keyboard)
        self._chose_at = 0.0

    def _read(self, view: View, onward: Collection[str] = ()) -> Act | None:
        """Show something until a key that turns no page of it: an act that it offers, or None by
        any other key, or only by these."""
        while True:
            key = self._key(view)
            act = act_at(key)
            if (key in (PAGE_UP, UP) or act_of(key) is Act.BACK) and view.page:
                view.page -= 1
            elif act in view.acts:
                return act
            elif key in (PAGE_DOWN, DOWN, " ", ENTER) and not at_last(view):
                view.page += 1
            elif key in (onward or {key} - {NOTHING, PAGE_UP, PAGE_DOWN, UP, DOWN}):
                return None

    def _pick(self, view: View) -> int | Act:
        """The number of an item, an act, or 0 for Enter without a marker.

        A digit takes one of nine at once. Of more, a number moves the marker, and Enter takes what
        it stands at. After that there is no marker, so that a second Enter takes nothing.
        """
        while True:
            key = self._key(view)
            if self._moved(view, key):
                continue
            said = self._found(view, key) if view.finding else self._picked(view, key)
            if said is not None:
                return said

    def _picked(self, view: View, key: str) -> int | Act | None:
        """What a key picks, as for ``_pick``; None to go on."""
        if key == "/" and view.find:
            self._begin_finding(view)
        elif key == ENTER:
            return self._taken(view)
        elif key in _DIGITS and (key != "0" or view.typed):
            return self._digit(view, key)
        elif key == BACKSPACE:
            view.typed = view.typed[:-1]
            self._mark(view, int(view.typed or 0))
        elif key == ESCAPE and view.shown is not None:
            view.shown, view.marked = None, 0
        elif (act := act_at(key)) in view.acts and not (view.own_words and key.isalpha()):
            return act
        elif view.own_words and key.isprintable() and key.strip():
            self._begin_finding(view)
            return self._found(view, key)
        return None

    def _moved(self, view: View, key: str) -> bool:
        """Whether a key has moved the marker or turned the page."""
        if view.is_read and (key in (UP, DOWN, ENTER) or key in _DIGITS):
            # What nobody has seen yet is not chosen, and what stands before it is not skipped.
            view.page = max(0, view.page - 1) if key == UP else min(view.page + 1, view.last)
        elif key in (UP, DOWN):
            self._mark(view, view.marked + (1 if key == DOWN else -1))
        elif key in (PAGE_UP, PAGE_DOWN) or (key == " " and not view.finding):
            view.page = (view.page + (-1 if key == PAGE_UP else 1)) % (view.last + 1)
            view.marked = 0
        else:
            return False
        return True

    def _taken(self, view: View) -> int:
        """The number of the item at the marker, which is then gone; 0 without a marker."""
        place, offered, view.marked, view.typed = view.marked, view.offered, 0, ""
        if view.several:
            view.shown = None
        return offered[place - 1] if 1 <= place <= len(offered) else 0

    def _digit(self, view: View, digit: str) -> int | None:
        """The item that a digit takes at once; of more than nine it only moves the marker."""
        most = len(view.offered)
        view.typed = (view.typed + digit)[:_LONGEST_NUMBER]
        place = int(view.typed)
        if not 1 <= place <= most:
            view.notice = say("screen.no-number", number=view.typed)
            view.typed, view.marked = "", 0
            return None
        self._mark(view, place)
        if most > FEW:
            return None
        self._chose_at = monotonic()
        return self._taken(view)

    def _mark(self, view: View, place: int) -> None:
        """Move the marker to a place, and to the page that has it."""
        most = len(view.offered)
        view.marked = most if place > most or (place < 0) else place
        if view.marked:
            self._turn_to(view, is_marked)

    def _turn_to(self, view: View, sought: Callable[[Line], bool]) -> None:
        """Turn to the first page that has such a line, if one has."""
        self._draw(view, shows=False)
        found = (n for n, lines in enumerate(view.dealt) if any(map(sought, lines)))
        view.page = next(found, view.page)

    def _begin_finding(self, view: View) -> None:
        view.finding, view.typed, view.page, view.shown, view.marked = True, "", 0, None, 0

    def _found(self, view: View, key: str) -> int | Act | None:
        """Search as one types: a number or an act that leaves, or None to go on.

        Letters are text meanwhile, but that no word begins with two q, and x alone is none: it
        takes all away at once, and leaves unless a letter follows. Else Enter takes the marked or
        the only result, or leaves the results to be chosen from; Escape leaves the search.
        """
        if key in (Act.DANGER, CTRL_X):
            return act_at(key)
        if view.own_words and not view.typed and key.lower() == Act.LEAVE:
            self.screen.draw((), (), *streams.size(self.screen.stream))
            if not self.keyboard.has_key(_A_LETTER):
                return Act.LEAVE
        if view.own_words and view.typed.lower() == Act.LEAVE and key in (ENTER, ESCAPE):
            return Act.LEAVE
        if view.own_words and f"{view.typed}{key}".lower() == 2 * Act.STOP:
            return Act.STOP
        if key == ESCAPE:
            view.finding, view.typed, view.shown, view.marked = False, "", None, 0
            view.behind = False
        elif key == ENTER:
            view.entered = view.behind
            return None if view.behind else self._end_finding(view)
        else:
            longest = _LONGEST_STORY if view.own_words else _LONGEST_SEARCH
            typed = view.typed[:-1] if key == BACKSPACE else view.typed + key
            view.typed, view.marked = typed[:longest], 0
            view.behind = True
        return None

    def _catch_up(self, view: View) -> bool:
        """Search for what is typed, but for nothing while a key waits: ! is never kept waiting.
        Whether it was."""
        if not view.ready():
            view.notice = say("screen.moment")
            self._draw(view)
            view.notice = ""
        while not view.ready():
            if self.keyboard.has_key(_A_MOMENT):
                return False
        if self.keyboard.has_key():
            return False
        said = view.typed.strip()
        enough = len(said) >= (_LEAST_SAID if view.own_words else 1)
        view.shown = view.find(view.typed) if view.find and enough else None
        view.behind = False
        return True

    def _end_finding(self, view: View) -> int | None:
        """Enter: the marked or the only result; without one, the first of all is marked."""
        view.finding, view.typed = False, ""
        if view.shown is None:
            return None
        if not view.shown.numbers:
            view.notice, view.shown = view.shown.told, None
            return None
        if not view.marked:
            view.marked = 1  # what is told of them stands above them
            if len(view.shown.numbers) > 1 and not view.shown.at_once:
                return None
        taken = self._taken(view)
        if taken:
            view.shown = None
        return taken or None

    def _key(self, view: View) -> str:
        """The next key, other than a change of the window's size, or the list of keys.

        Enter at once after a digit that chose belongs to that digit.
        """
        while True:
            self._draw(view)
            if view.behind and self._catch_up(view):
                if view.entered:
                    view.entered = False
                    return ENTER
                continue
            words = view.finding or view.own_words
            key = self.keyboard.read_words() if words else self.keyboard.read()
            if key == RESIZED:
                continue
            is_habit, self._chose_at = monotonic() < self._chose_at + _A_HABIT, 0.0
            if key == ENTER and is_habit:
                continue
            view.notice, view.entered = "", False
            if key != KEYS or view.finding:
                return key
            key = self._keys_of(view)
            if key:
                return key

    def _keys_of(self, view: View) -> str:
        """List every key of a screen; the key pressed then if it is a command of it, or empty."""
        blocks = [((Line(say("keys.heading"), Style.TITLE)),), GAP]
        blocks += [(Line(text),) for text in every_key(view)]
        shown = View("", fixed(blocks), (Act.BACK, *ANYWHERE))
        while True:
            self._draw(shown)
            key = self.keyboard.read()
            if key in (PAGE_DOWN, DOWN, " ") and not at_last(shown):
                shown.page += 1
            elif key in (PAGE_UP, UP) and shown.page:
                shown.page -= 1
            elif key not in (RESIZED, NOTHING):
                opens = bool(view.listed) and key.isalpha()
                is_command = act_at(key) in view.acts and key != ESCAPE
                return key if opens or is_command else ""

    def _draw(self, view: View, *, shows: bool = True) -> None:
        """Deal the content to pages of the window, and show the present one."""
        width, rows = streams.size(self.screen.stream)
        encoding = self.screen.stream.encoding

        def headed(page: int) -> list[Line]:
            return [safe_line(line, encoding) for line in header_lines(view, page, width)]

        def footer_of(page: int, last: int, *, brief: bool = False) -> list[Line]:
            view.page, view.last = page, last
            few = width if brief or page < last else None
            lines = [safe_line(line, encoding) for line in footer_lines(view, few)]
            numbers = [safe_line(Line(self.standing), encoding)] if self.standing else []
            is_low = _LEAST_ROWS * tall(numbers, width) >= rows
            if not is_low and page >= view.with_numbers:
                lines = [*numbers, *lines]
            return fitted(lines, width, rows, first=-3 if view.listed and not page else -2)

        def dealt_in(*footers: Sequence[Line]) -> tuple[list[Line], list[list[Line]]]:
            first, rest = (
                rows - tall([*headed(page), *footer], width) for page, footer in enumerate(footers)
            )
            blocks = safe_blocks(view.blocks(width, rest), encoding)
            has_room = tall(blocks[0], width) + 1 < rest
            top = [*blocks[0], Line("")] if view.titled and has_room else []
            below = blocks[1:] if top else blocks
            taken = tall(top, width)
            return top, pages(below, width, max(1, rest - taken), max(1, first - taken))

        at = view.page
        for listed in view.contents:
            view.listed, view.dealt = listed, ()
            alone = footer_of(0, 0)
            top, dealt = dealt_in(alone, alone)
            if len(dealt) > 1:  # the keys that turn the page take room too
                top, dealt = dealt_in(footer_of(0, MANY), footer_of(MANY - 1, MANY))
            if tall(view.listed, width) <= rows // 3 and _has_all_before_parts(dealt):
                break
        view.dealt = dealt
        last = len(dealt) - 1
        footer = footer_of(min(at, last), last)
        body = [*headed(view.page), *top, *dealt[view.page]]
        if tall([*body, *footer], width) > rows:
            footer = footer_of(view.page, last, brief=True)
        if not shows:
            return
        self.screen.draw(body, footer, width, rows, cursor(view, body, footer))


def _has_all_before_parts(dealt: Sequence[Sequence[Line]]) -> bool:
    """Whether the first page has all that comes before the parts, such as what to do."""
    begun = [line for lines in (dealt[0], *(each[:1] for each in dealt[1:2])) for line in lines]
    return len(dealt) == 1 or any(letter_of((line,)) for line in begun)
