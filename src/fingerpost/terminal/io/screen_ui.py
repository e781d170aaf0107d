"""The interface on a drawn screen, where each command is a single key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from ...model.base import replace
from ...page.messages import say
from ...page.page import Page
from ...page.page_text import contents_lines, letter_of
from ...page.question import QuestionView
from ...page.text_layout import GAP, Block, Line, Style
from ..qr_blocks import MANY, SIGNS, code_blocks, words_blocks
from ..walk_screens import in_one_row, menu_blocks, question_blocks
from .keyboard import DOWN, ENTER, ESCAPE, PAGE_DOWN, PAGE_UP, UP, Keyboard
from .room_ui import act_at
from .safe_line import can_encode
from .screen import Screen, tall
from .ui import ANYWHERE, Act, Menu, among, sure
from .view import View, at_last, fixed, key_for
from .view_keys import ViewKeys

_MOST_SAID = 3

_KEPT_AFTER = (
    *(Act.WORDS, Act.NOTE, Act.MORE, Act.CODE, Act.PRINT, Act.APP, Act.ABOUT),
    Act.DANGER,
)


class ScreenUi(ViewKeys):
    """The interface on the alternate screen of a real terminal."""

    plain = False
    can_clear = True

    def __init__(self, screen: Screen, keyboard: Keyboard) -> None:
        super().__init__(screen, keyboard)
        self._kept: dict[tuple[str, str], tuple[View, frozenset[str]]] = {}
        self._before_more: tuple[Sequence[Block], str] = (), ""

    def opening(self, blocks: Sequence[Block], acts: Collection[Act] = ()) -> Act | None:
        view = View("", fixed(blocks), (*acts, *ANYWHERE), how=say("screen.goes-on"), titled=True)
        # An answer that is typed ahead must not be taken for another, nor be lost unseen.
        while (act := self._read(view, (ENTER, " ", "n"))) is None and not at_last(view):
            view.page += 1  # what leaving clears may not be skipped
        return act

    def read(self, title: str, blocks: Sequence[Block]) -> Act | None:
        act = self._read(View(title, fixed(blocks), (Act.BACK, *ANYWHERE)), onward=(ESCAPE,))
        return None if act is Act.BACK else act

    def goodbye(self, blocks: Sequence[Block]) -> Act | None:
        return self._read(View("", fixed(blocks), ANYWHERE, how=say("screen.closes")))

    def menu(self, menu: Menu) -> int | Act:
        count = len(menu.offered)

        def listed(width: int, rows: int) -> Iterable[Block]:
            typed = view.typed if view.own_words else None
            blocks = partial(menu_blocks, menu, shown=view.shown, marked=view.marked, typed=typed)
            shown, told = tuple(blocks()), len(view.offered)
            while view.own_words and told and tall(chain.from_iterable(shown), width) > rows:
                told -= 1
                shown = tuple(blocks(told=told))
            return _with_story(menu.story, shown, width, after=1)

        view = View(
            "",
            listed,
            (*menu.acts, *ANYWHERE),
            count=count,
            titled=not menu.above,
            find=menu.find,
            ready=menu.ready,
            own_words=menu.find is not None,
            marked=1 if count == 1 else 0,
        )
        if view.find is None and view.many:
            view.find = among([f"{item.says} {item.about}" for item in menu.items])
        menu.ready()  # what a search looks up is read while the person reads
        key = ("menu", menu.title)
        self._restore(key, view)
        while (said := self._pick(view)) == 0:
            view.notice = say("screen.number-first")
        if said in _KEPT_AFTER:
            self._keep(key, view)
        return said if isinstance(said, Act) else said - 1

    def question(self, asking: QuestionView, acts: Collection[Act]) -> Collection[str] | Act:
        key = ("question", f"{asking.tree_title} {asking.ask}")

        def drawn(width: int, rows: int) -> Iterable[Block]:
            ticked = chosen if asking.many else None
            blocks = question_blocks(asking, chosen=ticked, shown=view.shown, marked=view.marked)
            return _with_story(asking.story, tuple(blocks), width)

        present = [c.number for c in asking.listed if not c.values.isdisjoint(asking.present)]
        view = View(
            f"{asking.tree_title} - {asking.progress}",
            drawn,
            (Act.BACK, *acts, *ANYWHERE),
            said=asking.said,
            count=len(asking.listed),
            several=asking.many,
            titled=True,
            marked=present[0] if present and not asking.many else 0,
            banner=f"{asking.banner} - " if asking.banner else "",
        )
        if view.many or len(asking.choices) > view.count:
            view.find = among([choice.says for choice in asking.choices])
        alone = frozenset(choice.value for choice in asking.choices if choice.alone)
        chosen = self._restore(key, view) or frozenset(asking.present if asking.many else ())
        refused = 0
        while True:
            view.chosen = _words_of(asking, chosen) if view.many else ""
            said = self._pick(view)
            if isinstance(said, Act):
                if said in _KEPT_AFTER:
                    self._keep(key, view, chosen)
                return said
            if said == 0 and (chosen or asking.unticked):
                return chosen or frozenset({asking.unticked_value})
            if said == 0:
                view.notice = say("screen.number-first")
                continue
            choice = asking.choices[said - 1]
            if not asking.many:
                return choice.values
            self._chose_at = 0.0
            if choice.alone and chosen - alone and said != refused:
                # A tick about danger is never dropped unseen.
                words, refused = _words_of(asking, chosen - alone), said
                view.notice = say("screen.ticked", words=words, number=said, says=choice.says)
            else:
                beside = chosen & choice.values if choice.alone else chosen - alone
                chosen, refused = beside ^ choice.values, 0

    def ending(
        self, title: str, blocks: Sequence[Block], page: Page, acts: Collection[Act]
    ) -> int | Act:
        keys = (Act.BACK, *acts, Act.AGAIN, *ANYWHERE)
        onward = key_for("1", page.carry_on)
        letters = {letter for block in blocks if (letter := letter_of(block))}
        how = onward if page.carry_on else ""
        view = View(
            title,
            lambda _width, _rows: _with_on_top(view.opened, blocks),
            keys,
            how=how,
            contents=_contents_of(page) if letters else ((),),
            with_numbers=1 if page.lifeline in page.to_talk else 0,
            running=page.title,
        )
        kept_as = ("ending", f"{title} {page.tree}/{page.outcome}")
        self._restore(kept_as, view)
        (before, top), self._before_more = self._before_more, ((), "")
        back_to = 0
        if before:  # more help begins at what it adds, and leads back to where it was asked for
            self._turn_to(view, lambda line: line.text == top)
            back_to = view.page
            others = (block for block in blocks if block[0].style is Style.SERVICE)
            added = next((block[0].text for block in others if block not in before), "")
            self._turn_to(view, lambda line: line.text == added)
        while True:
            key = self._key(view)
            act = act_at(key)
            if key == "1" and page.carry_on:
                return 0
            if key.lower() in letters:
                view.opened = key.lower()
                self._turn_to(view, lambda line: line.style is Style.ON_TOP)
            elif view.page and (act is Act.BACK or (key == " " and at_last(view))):
                leads_back = act is Act.BACK and view.page > back_to
                view.page, view.opened, back_to = back_to if leads_back else 0, None, 0
            elif key in (PAGE_UP, UP):
                view.page = max(0, view.page - 1)
            elif key in (PAGE_DOWN, DOWN, ENTER, " "):
                view.page = min(view.last, view.page + 1)
            elif act in keys and (act := sure(self, act)):
                if act in _KEPT_AFTER:
                    self._keep(kept_as, view)
                begun = view.dealt[view.page][0].text
                self._before_more = (blocks, begun) if act is Act.MORE else ((), "")
                return act

    def code(self, about: Sequence[str], lines: Sequence[str]) -> Act | None:
        # The rows of a window are for the code: what stands at the foot stands beside it.
        told = (*about, self.standing, say("keys.back"))
        able = can_encode(SIGNS, self.screen.stream.encoding)
        drawn = partial(code_blocks if able else words_blocks, told, lines)
        return self._read(View("", drawn, ANYWHERE, with_numbers=MANY))

    def _keep(self, key: tuple[str, str], view: View, ticked: Iterable[str] = ()) -> None:
        self._kept[key] = view, frozenset(ticked)

    def _restore(self, key: tuple[str, str], view: View) -> frozenset[str]:
        """Restore what was kept, once: the ticks of it."""
        kept, ticked = self._kept.pop(key, (view, frozenset[str]()))
        view.page, view.marked, view.typed = kept.page, kept.marked, kept.typed
        view.opened, view.finding, view.shown = kept.opened, kept.finding, kept.shown
        view.behind = kept.behind
        return ticked


def _contents_of(page: Page) -> Sequence[Sequence[Line]]:
    """Lists of the parts of a page, the fullest first."""
    letters = Line(say("screen.letters"))
    return (contents_lines(page), contents_lines(page, answers=False), (letters,))


def _with_on_top(letter: str | None, blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks of which the part with this letter begins a page."""
    for title, *others in blocks:
        is_opened = letter_of((title,)) == letter
        yield (replace(title, style=Style.ON_TOP) if is_opened else title, *others)


def _with_story(
    story: str, blocks: tuple[Block, ...], width: int, *, after: int = 0
) -> Sequence[Block]:
    """Blocks with as much of a story as one row holds, ``after`` some lines of the first."""
    if not story:
        return blocks
    first, told = blocks[0], in_one_row(Line(story, Style.QUIET), width)
    return ((*first[:after], told, *GAP, *first[after:]), *blocks[1:])


def _words_of(asking: QuestionView, chosen: Collection[str]) -> str:
    """The words of the chosen answers: of many, the first few and a count."""
    said = [choice.says for choice in asking.choices if choice.value in chosen]
    words = ", ".join(said[:_MOST_SAID])
    more = len(said) - _MOST_SAID
    return say("screen.chosen-more", words=words, count=more) if more > 0 else words
