"""The interface on a drawn screen, where each command is a single key."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from ...model.base import replace
from ...page.messages import say
from ...page.page import Page
from ...page.page_text import section_headings
from ...page.question import QuestionView
from ...page.text_layout import Block, Line, Style, pages
from ..views.qr import SIGNS, code_blocks
from ..views.walk import Hits, Item, menu_blocks, question_blocks
from . import streams
from .keyboard import BACKSPACE, ENTER, NOTHING, RESIZED, Keyboard
from .room_ui import RoomScreen
from .sanitize import can_encode, safe_blocks, safe_line
from .screen import Screen, fitted, tall
from .ui import ANYWHERE, AT_QUESTION, Act, Find, act_of, among

_FEW = 9
"""Up to this many items are chosen by one key; of more, by a number and Enter."""

_DIGITS = frozenset("0123456789")
_LONGEST_NUMBER, _LONGEST_SEARCH, _LONGEST_STORY, _MOST_SAID = 4, 20, 200, 3
_PAGE_KEPT_AFTER = (Act.WHY, Act.WORDS, Act.NOTE, Act.MORE, Act.CODE, Act.PRINT, Act.DANGER)

_Blocks: TypeAlias = Callable[[int, int], Iterable[Block]]
"""The blocks for a window of some columns and rows."""


@dataclass(slots=True)
class _View:
    """The content of the screen, its current page, and the text typed so far.

    ``how`` explains the other keys, ``how_found`` those of a list that a search has shortened.
    ``acts`` are the commands offered. ``titled``: the first block is repeated on every page.
    ``turns``: Space on the last page shows the first. Otherwise it is a key like any other there,
    and b on a later page shows the one before.
    """

    title: str
    blocks: _Blocks
    acts: Collection[Act]
    how: str = ""
    how_found: str = ""
    titled: bool = False
    turns: bool = True
    page: int = 0
    last: int = 0
    typed: str = ""
    asks: str = ""
    chosen: str = ""
    notice: str = ""
    shown: Hits | None = None
    dealt: Sequence[Sequence[Line]] = ()
    finding: bool = False
    longest: int = _LONGEST_SEARCH


class ScreenUi(RoomScreen):
    """The interface on the alternate screen of a real terminal."""

    plain = False
    can_clear = True

    def __init__(
        self, screen: Screen, keyboard: Keyboard, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(screen, keyboard, now)
        # The page and the ticks to restore after an aside.
        self._page = 0
        self._ticked: frozenset[str] = frozenset()

    def opening(self, blocks: Sequence[Block]) -> Act | None:
        view = _View("", _fixed(blocks), ANYWHERE, how=say("screen.goes-on"))
        while (act := self._read(view)) is None and not _at_last(view):
            view.page += 1  # what leaving clears may not be skipped
        return act

    def read(self, title: str, blocks: Sequence[Block]) -> Act | None:
        return self._read(_View(title, _fixed(blocks), ANYWHERE, how=say("screen.goes-back")))

    def goodbye(self, blocks: Sequence[Block]) -> Act | None:
        return self._read(_View("", _fixed(blocks), ANYWHERE, how=say("screen.closes")))

    def menu(
        self,
        title: str,
        items: Sequence[Item],
        about: Sequence[Line] = (),
        find: Find | None = None,
        asks: str = "",
    ) -> int | Act:
        many = len(items) > _FEW

        def listed(width: int, rows: int) -> Iterable[Block]:
            full = tuple(menu_blocks(title, items, about=about, shown=view.shown))
            if find is None or view.shown or tall(chain.from_iterable(full), width) <= rows:
                return full
            return menu_blocks(title, items, about=about, brief=True)

        view = _View(
            "",
            listed,
            (Act.BACK, *ANYWHERE),
            how=_how("one", many=many, find="own-words" if find else "find" if many else ""),
            how_found=_how("one", many=many),
            titled=True,
            asks=say("screen.number") if many else "",
            longest=_LONGEST_STORY if find else _LONGEST_SEARCH,
        )
        search = find
        if search is None and many:
            search = among([f"{item.says} {item.about}" for item in items])
        while (said := self._pick(view, len(items), search)) is None:
            view.notice = say("screen.number-first")
        return said if isinstance(said, Act) else said - 1

    def question(self, asking: QuestionView) -> Collection[str] | Act:
        chosen = set(self._ticked)
        many = len(asking.choices) > _FEW
        count = "several" if asking.many else "one"
        view = _View(
            f"{asking.tree_title} - {asking.progress}",
            lambda _width, _rows: question_blocks(
                asking, chosen=chosen if asking.many else None, shown=view.shown
            ),
            AT_QUESTION,
            how=_how(count, many=many, find="find" if many else ""),
            how_found=_how(count, many=many),
            titled=True,
            page=self._page,
            asks=say("screen.number") if many else "",
        )
        self._page, self._ticked = 0, frozenset()
        find = among([choice.says for choice in asking.choices]) if many else None
        while True:
            view.chosen = _words_of(asking, chosen) if many else ""
            said = self._pick(view, len(asking.choices), find, several=asking.many)
            if isinstance(said, Act):
                if said in _PAGE_KEPT_AFTER:
                    self._page, self._ticked = view.page, frozenset(chosen)
                return said
            if said is None and chosen:
                return frozenset(chosen)
            if said is None:
                view.notice = say("screen.number-first")
            elif not asking.many or asking.choices[said - 1].alone:
                return frozenset({asking.choices[said - 1].value})
            else:
                chosen ^= {asking.choices[said - 1].value}

    def ending(
        self, title: str, blocks: Sequence[Block], page: Page, acts: Collection[Act]
    ) -> int | Act:
        keys = (Act.BACK, Act.CHANGE, *acts, Act.AGAIN, *ANYWHERE)
        onward = f"1 {page.carry_on[:1].lower()}{page.carry_on[1:]}" if page.carry_on else ""
        view = _View(title, _fixed(blocks), keys, how=onward, page=self._page)
        self._page = 0
        headings = {h.partition(".")[0]: h for h in section_headings(page).values()}
        while True:
            key = self._key(view)
            act = act_of(key)
            if key == "1" and page.carry_on:
                return 0
            if key in headings:
                view.page = _page_of(view, headings[key])
            if act is Act.BACK and view.page:
                view.page -= 1
            elif act is not None and act in keys:
                if act in _PAGE_KEPT_AFTER:
                    self._page = view.page
                return act

    def code(self, title: str, address: str, uri: str) -> Act | None:
        def drawn(width: int, rows: int) -> Sequence[Block]:
            return code_blocks(title, address, uri, width, rows)

        about = ((Line(f"{title}: {address}", Style.SERVICE),),)
        able = can_encode(SIGNS, self.screen.stream.encoding)
        return self._read(
            _View("", drawn if able else _fixed(about), ANYWHERE, how=say("screen.goes-back"))
        )

    def _read(self, view: _View) -> Act | None:
        """Show something until a key other than Space and b, which turn its pages."""
        view.turns = False
        while True:
            key = self._key(view)
            act = act_of(key)
            if act in ANYWHERE:
                return act
            if act is Act.BACK and view.page:
                view.page -= 1
            elif key:
                return None

    def _pick(
        self, view: _View, most: int, find: Find | None, *, several: bool = False
    ) -> int | Act | None:
        """A number from 1 to ``most``, an act, or None for Enter alone.

        Where ``several`` are chosen each number of a long list needs Enter, as Enter alone goes on:
        else the second key of a number would leave the question.
        """
        few = most <= _FEW
        while True:
            key = self._key(view)
            if key == "/" and find:
                number = self._find(view, find)
                if number is not None:
                    return number
            elif key == ENTER and not view.typed:
                return None
            elif key in _DIGITS and (key != "0" or view.typed):
                view.typed = (view.typed + key)[:_LONGEST_NUMBER]
            elif key == BACKSPACE:
                view.typed = view.typed[:-1]
            elif (act := act_of(key)) in view.acts:
                return act
            # A number that no other begins with needs no Enter.
            enough = few or (not several and int(view.typed or 0) * 10 > most)
            if view.typed and (enough or key == ENTER):
                number = self._number(view, most)
                if number is not None:
                    return number

    def _number(self, view: _View, most: int) -> int | None:
        """The number that has been typed, if it is offered."""
        number, typed, view.typed = int(view.typed), view.typed, ""
        if 1 <= number <= most and (view.shown is None or number in view.shown.numbers):
            view.shown = None
            return number
        view.notice = say("screen.no-number", number=typed)
        return None

    def _find(self, view: _View, find: Find) -> int | None:
        """Search as one types, until Enter: a single hit's number, else None.

        Letters are text meanwhile; only Ctrl-C leaves.
        """
        find("")  # builds its index, so that the first letter is echoed at once
        view.finding, view.typed, view.page, view.shown = True, "", 0, None
        while (key := self._key(view)) != ENTER:
            if key == BACKSPACE:
                view.typed = view.typed[:-1]
            elif key != NOTHING:
                view.typed = (view.typed + key)[: view.longest]
            view.shown = find(view.typed) if view.typed.strip() else None
        view.finding, view.typed = False, ""
        if view.shown is None or len(view.shown.numbers) > 1:
            return None
        left, view.shown = view.shown, None
        view.notice = left.told
        return next(iter(left.numbers), None)

    def _key(self, view: _View) -> str:
        """The next key other than a change of page or of the window's size."""
        while True:
            self._draw(view)
            key = self.keyboard.read_words() if view.finding else self.keyboard.read()
            if key == RESIZED:
                continue
            view.notice = ""
            if key == " " and not view.finding and view.last and (view.turns or not _at_last(view)):
                view.page = 0 if _at_last(view) else view.page + 1
                continue
            return key

    def _draw(self, view: _View) -> None:
        width, rows = streams.size(self.screen.stream)
        encoding = self.screen.stream.encoding
        lines = [safe_line(line, encoding) for line in _footer(view)]
        footer = fitted(lines, width, rows, first=0)
        title = safe_line(Line(view.title, Style.QUIET), encoding)
        room = rows - tall(footer, width) - tall([title], width)
        blocks = safe_blocks(view.blocks(width, room), encoding)
        top = [*blocks[0], Line("")] if view.titled else []
        rest = blocks[1:] if top else blocks
        left = room - tall(top, width)
        # The row above holds the page number: for a single page it is free.
        dealt = pages(rest, width, max(1, left + (not title.text)))
        if len(dealt) > 1:
            dealt = pages(rest, width, max(1, left))
        view.last, view.dealt = len(dealt) - 1, dealt
        view.page = min(view.page, view.last)
        header = _header(title, *_where(view), width)
        self.screen.draw([*header, *top, *dealt[view.page]], footer, width, rows)


def _page_of(view: _View, heading: str) -> int:
    """The page on which a section begins, by its heading; the present page if there is none."""
    pages_of = (
        number
        for number, lines in enumerate(view.dealt)
        if any(line.text == heading and line.style is Style.HEADING for line in lines)
    )
    return next(pages_of, view.page)


def _fixed(blocks: Sequence[Block]) -> _Blocks:
    return lambda _width, _rows: blocks


def _where(view: _View) -> tuple[str, list[tuple[str, str]]]:
    """The page number and the keys that turn the page, short and long; empty for one page."""
    if not view.last:
        return "", []
    keys = []
    if view.page < view.last:
        keys.append((say("screen.space"), say("screen.space-more")))
    elif view.turns:
        keys.append((say("screen.space"), say("screen.space-first")))
    if view.page and not view.titled:
        keys.append((say("screen.b"), say("screen.back-page")))
    return say("screen.page", page=view.page + 1, last=view.last + 1), keys


def _header(title: Line, page: str, keys: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """The title and the page, or as much of both as takes no more rows than the title alone.

    In order of preference: what each key does, then the first key alone, for which a question
    goes without the name of its tree.
    """
    if not page:
        return [title] if title.text else []
    full = [does for _, does in keys]
    told = [f"{page}. {', '.join(full[:count])}" for count in range(len(full), 0, -1)]
    told += [f"{page}, {key}" for key, _ in keys[:1]]
    titles = dict.fromkeys((title.text, title.text.rpartition(" - ")[2])) if title.text else ()
    texts = [f"{name} - {text}" for name in titles for text in told]
    texts += [f"{title.text} - {page}"] if title.text else []
    lines = [replace(title, text=text) for text in (*texts, *told, page)]
    room = tall([title], width)
    return [next((line for line in lines if tall([line], width) <= room), lines[-1])]


def _footer(view: _View) -> Iterator[Line]:
    """The keys, with those of every screen in the last row."""
    if view.finding:
        one = view.shown is not None and len(view.shown.numbers) == 1
        yield Line(say("screen.find", typed=view.typed))
        yield _keys([say("screen.find-one" if one else "screen.find-several")])
        yield _keys([say("screen.ctrl-c")])
        return
    if view.chosen:
        yield Line(say("screen.chosen", words=view.chosen))
    if view.asks or view.notice:
        asks = f"{view.asks}: {view.typed}" if view.asks else ""
        yield Line(f"{asks}  {view.notice}".strip())
    how = view.how
    if view.shown is not None:
        how = say("screen.only-some", how=view.how_found)
    if how:
        yield _keys([how])
    here = [_named(act) for act in view.acts if act not in ANYWHERE]
    if here:
        yield _keys(here)
    yield _keys(_named(act) for act in ANYWHERE)


def _keys(named: Iterable[str]) -> Line:
    return Line("  ".join(named), Style.QUIET)


def _named(act: Act) -> str:
    return f"{act.value} {say(f'key.{act.name}')}".replace(" ", "\N{NO-BREAK SPACE}")


def _how(count: str, *, many: bool, find: str = "") -> str:
    """How to choose ``count`` items (one or several), with how to ``find`` them if one can."""
    return say(f"screen.how.{'-'.join(filter(None, (count, 'of-many' * many, find)))}")


def _at_last(view: _View) -> bool:
    return view.page == view.last


def _words_of(asking: QuestionView, chosen: Collection[str]) -> str:
    """The words of the chosen answers: of many, the first few and a count."""
    said = [choice.says for choice in asking.choices if choice.value in chosen]
    words = ", ".join(said[:_MOST_SAID])
    more = len(said) - _MOST_SAID
    return say("screen.chosen-more", words=words, count=more) if more > 0 else words
