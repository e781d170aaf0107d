"""The base of every conversation on a terminal: menus, questions, endings, leaving."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import NoReturn, TypeVar

from ..model.base import Frozen, replace
from ..model.facts import Facts
from ..model.library import Library
from ..model.sentence import Urgency
from ..page.joined import page_of
from ..page.opening_hours import Clock
from ..page.page import Help, Page, danger
from ..page.page_text import page_blocks
from ..page.question import QuestionView, standing
from ..page.text_layout import Block, Line
from ..walk.walk import Walk
from .io.ui import Act, Item, Menu, Ui
from .walk_screens import (
    danger_blocks,
    goodbye_blocks,
    note_blocks,
    word_blocks,
)

_Value = TypeVar("_Value")


class Left(Exception):
    """The user has left. ``at_once``: by x, so the screen is to be cleared without a farewell."""

    def __init__(self, *, at_once: bool) -> None:
        super().__init__()
        self.at_once = at_once


class Context(Frozen):
    """The title over asides, and the facts that decide which services they offer in danger."""

    title: str
    facts: Facts


class Conversation:
    """A conversation through one interface.

    ``clock`` gives the present, read again at every ending. ``context`` is the default of ``at``.
    Methods raise Left when the user leaves, and what the interface raises.
    """

    far = False
    """Whether the screen is read from afar, by a room: a slip of q in an aside does not end it."""

    def __init__(
        self,
        ui: Ui,
        library: Library,
        clock: Callable[[], Clock],
        context: Context,
    ) -> None:
        self.ui = ui
        self.library = library
        self.clock = clock
        self.context = context

    def ui_at(self, at: Context | None) -> Ui:
        """The interface, which has the numbers for this person at the foot of its screens."""
        self.ui.standing = standing(self.library, (at or self.context).facts)
        return self.ui

    def opening(self, blocks: Iterable[Block], at: Context | None = None) -> None:
        """Show the first screen until the user goes on."""
        shown = tuple(blocks)
        while act := self.ui_at(at).opening(shown, self.about_acts):
            self.aside(act, at)

    @property
    def about_acts(self) -> tuple[Act, ...]:
        """The act that tells about the program, if there is anything to tell."""
        return (Act.ABOUT,) if self.about() else ()

    def about(self) -> tuple[Block, ...]:
        """What there is to know about the program."""
        return ()

    def pick(self, menu: Menu, at: Context | None = None, note: Iterable[Block] = ()) -> int | None:
        """The index of the item chosen, or None to go back. NOTE shows the ``note``."""
        while True:
            chosen = self.ui_at(at).menu(menu)
            if not isinstance(chosen, Act):
                return chosen
            if chosen is Act.BACK:
                return None
            if chosen is Act.NOTE:
                self.read(note, at)
            else:
                self.aside(chosen, at)

    def choose(
        self,
        title: str,
        choices: Iterable[tuple[_Value, Item]],
        about: Iterable[Line] = (),
        at: Context | None = None,
    ) -> _Value | None:
        """The value of the item chosen, or None to go back."""
        values, items = zip(*choices, strict=True)
        chosen = self.pick(Menu(title, items, tuple(about)), at)
        return None if chosen is None else values[chosen]

    def ask(
        self,
        shown: QuestionView,
        note: Iterable[Block] | None = None,
        at: Context | None = None,
        *,
        change: bool = True,
    ) -> Collection[str] | Act:
        """Ask a question until it is answered, or left by BACK or CHANGE.

        A kind of answers that is chosen shows its list. ``note`` replaces the worker's note.
        ``change``: there are answers to change.
        """
        told = tuple(note_blocks(shown.note)) if note is None else tuple(note)
        about = {
            Act.WORDS: tuple(word_blocks(shown.words)) if shown.words else (),
            Act.NOTE: told,
        }
        offered = [act for act, blocks in about.items() if blocks]
        acts = (*([Act.CHANGE] if change else ()), *offered, *self.about_acts)
        view = shown
        while True:
            said = self.ui_at(at).question(view, acts)
            if said is Act.BACK and view != shown:
                view = shown
            elif not isinstance(said, Act) and len(said) > 1 and not shown.many:
                view = shown.of_kind(said)
            elif not isinstance(said, Act) or said in (Act.BACK, Act.CHANGE):
                return said
            elif said in about:
                self.read(about[said], at)
            else:
                self.aside(said, at)

    def page(self, walk: Walk) -> Page:
        """The page of a walk's ending at the present moment."""
        return page_of(walk, self.clock())

    def above(self, shown: Page) -> str:
        """What stands above an ending: nothing, as its own title says what it is about."""
        return ""

    def ending(self, walk: Walk, *, onward: str = "", at: Context | None = None) -> int | Act:
        """Show an ending until it is left: 0 to carry on, or an act that moves elsewhere.

        ``onward`` replaces the ending's own words for carrying on.
        """
        more = False
        while True:
            shown = self.page(walk)
            shown = replace(shown, carry_on=onward or shown.carry_on)
            does = self.at_ending(walk, shown, at)
            acts = [
                *([Act.MORE] if not more and shown.help else ()),
                *([Act.APP] if any(walk.waiting()) else ()),
                *([Act.WORDS] if shown.words else ()),
                *([Act.NOTE] if shown.note else ()),
                *does,
            ]
            in_line = shown.urgency is Urgency.NOW and not more
            blocks = page_blocks(shown, more=more, contents=self.ui.plain, in_line=in_line)
            said = self.ui_at(at).ending(self.above(shown), blocks, shown, acts)
            match said:
                case Act.MORE:
                    more = True
                case Act.WORDS:
                    self.read(word_blocks(shown.words), at)
                case Act.NOTE:
                    self.read(note_blocks(*shown.note), at)
                case Act.DANGER | Act.LEAVE | Act.STOP:
                    self.aside(said, at)
                case Act() if said in does:
                    if moved := does[said]():
                        return moved
                case _:
                    return said

    def at_ending(
        self, walk: Walk, shown: Page, at: Context | None
    ) -> Mapping[Act, Callable[[], Act | None]]:
        """The extra acts of an ending. Each action may give an act that moves elsewhere."""
        return {}

    def read(self, blocks: Iterable[Block], at: Context | None = None) -> None:
        """Show something to read, and come back."""
        act = self.ui_at(at).read((at or self.context).title, tuple(blocks))
        if act:
            self.aside(act, at)

    def aside(self, act: Act, at: Context | None = None) -> None:
        """Perform an act of ANYWHERE, or ABOUT."""
        if act is Act.LEAVE:
            raise Left(at_once=True)
        if act is Act.ABOUT:
            self.read(self.about(), at)
            return
        if act is Act.STOP:
            self._stop(at)
        self.ui.standing = ""  # they are all on it
        again = self.ui.read("", tuple(danger_blocks(self.helplines(at))))
        if again is Act.LEAVE or (again is Act.STOP and not self.far):
            self.aside(again, at)

    def helplines(self, at: Context | None) -> tuple[Help, ...]:
        """The services for danger at the present moment."""
        return danger(self.library, (at or self.context).facts, self.clock())

    def farewell(self, at: Context | None) -> Iterable[Block]:
        """The last screen: kind words, and where to turn later."""
        return goodbye_blocks(self.helplines(at))

    def goodbye(self, blocks: tuple[Block, ...]) -> Act | None:
        """Show the last screen: an act of ANYWHERE, or None to leave."""
        return self.ui.goodbye(blocks)

    def stopping(self) -> None:
        """What is done before the last screen, which somebody may close instead of leaving it."""

    def _stop(self, at: Context | None) -> NoReturn:
        self.stopping()
        blocks = tuple(self.farewell(at))
        last = None
        with suppress(EOFError):
            self.ui.standing = ""
            while (last := self.goodbye(blocks)) is Act.DANGER:
                self.aside(last, at)
        raise Left(at_once=last is Act.LEAVE)
