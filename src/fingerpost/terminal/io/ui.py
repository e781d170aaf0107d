"""The interface between a conversation and a terminal, and the values that it exchanges."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum
from typing import Protocol, TypeAlias, overload

from ...model.base import Frozen
from ...page.messages import say
from ...page.page import Page
from ...page.question import QuestionView
from ...page.text_layout import Block, Line, together
from ...search.words import contains_all


class Act(StrEnum):
    """A command, as opposed to an answer. The value is its key."""

    BACK = "<"
    CHANGE = "u"
    WORDS = "w"
    NOTE = "n"
    MORE = "v"
    APP = "r"
    CODE = "t"
    PRINT = "p"
    AGAIN = "s"
    ABOUT = "i"
    ASK = "/"
    ALSO = "+"
    STOP = "q"
    LEAVE = "x"
    DANGER = "!"


ANYWHERE = (Act.DANGER, Act.LEAVE, Act.STOP)
"""The commands of every screen."""

KEYS = "?"
"""The key that lists every key."""


_ALIASES = {"0": Act.DANGER, "b": Act.BACK}


def act_of(key: str) -> Act | None:
    """The command of a key, case-insensitive. 0 is an alias of ``!``, and b of ``<``."""
    key = key.lower()
    return _ALIASES.get(key) or next((act for act in Act if act == key), None)


def named_of(acts: Iterable[Act]) -> Collection[Act]:
    """The commands that a screen names: not a worker's note, as a child may be looking."""
    return [act for act in acts if act is not Act.NOTE]


# What is found, and what is chosen among


class Item(Frozen):
    """An item of a menu, and a line about it that may be empty."""

    says: str
    about: str = ""


class LateItems(Sequence[Item]):
    """Items of a long menu, each ``made`` of its place when it is shown: most never are."""

    def __init__(self, made: Callable[[int], Item], places: Sequence[int]) -> None:
        self._made, self._places = made, places

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> LateItems: ...
    def __getitem__(self, at: int | slice) -> Item | LateItems:
        if isinstance(at, slice):
            return LateItems(self._made, self._places[at])
        return self._made(self._places[at])

    def __len__(self) -> int:
        return len(self._places)


class Hits(Frozen):
    """The results of a search: numbers from 1, best first, and the text to show above them.

    ``live`` are blocks of those who answer now: one above what is found, and others below it.
    ``at_once``: the first is plainly meant, and is chosen without being asked for.
    """

    numbers: tuple[int, ...]
    told: str = ""
    live: tuple[Block, ...] = ()
    at_once: bool = False


def at_any_time() -> bool:
    """Of a search that has nothing to prepare."""
    return True


Find: TypeAlias = Callable[[str], Hits]
"""A search for typed words."""


def among(texts: Sequence[str]) -> Find:
    """A search for the texts that contain every typed word or part of a word."""

    def find(letters: str) -> Hits:
        wanted = letters.split()
        found = tuple(n for n, text in enumerate(texts, 1) if contains_all(text, wanted))
        return Hits(found, "" if found else say("find.nothing"))

    return find


def numbers_in(typed: str, most: int) -> tuple[int, ...]:
    """Typed numbers, separated by commas or spaces; empty unless all are from 1 to ``most``."""
    words = typed.replace(",", " ").split()
    known = {str(number): number for number in range(1, most + 1)}
    return tuple(known[word] for word in words) if all(word in known for word in words) else ()


# A room


BAR, PLAIN_BAR = "█", "#"
"""The character that a bar consists of, and its replacement on a console that lacks it."""

NUMBERS = "#"
"""The letter of the key that accepts any number, for which no letter need be pressed."""

LONGEST_WORDS = 1000
"""The most letters of words that a slide asks for."""


class Key(Frozen):
    """A key of a slide. ``asks`` prompts for its argument; empty if it takes none. ``at_end``: it
    works only once all of the slide has been shown. ``called``: the name of the key that does the
    same and turns pages, which the list of keys has in place of the letter. ``wrong`` says why an
    argument is none, or nothing: it is asked for until one is given, or a key of ``instead``."""

    letter: str
    does: str
    asks: str = ""
    at_end: bool = False
    called: str = ""
    wrong: Callable[[str], str] = lambda _typed: ""
    instead: str = ""

    @property
    def shown(self) -> str:
        """The key in the list of keys, without a space at which a line could be broken."""
        letter = "number" if self.letter == NUMBERS else self.letter
        return together(f"{self.called or letter} {self.does}")


def room_keys() -> tuple[Key, ...]:
    """The keys of every slide: those of ANYWHERE."""
    return tuple(Key(act.value, say(f"key.{act.name}")) for act in ANYWHERE)


class Slide(Frozen):
    """A slide for a room, or a page to approve. ``keys`` are offered beside ``room_keys``.

    ``notice`` is for the facilitator, in small letters. Where a slide ``asks_words``, by this
    prompt, what is typed is its command. ``prompt`` is that for keys, line by line, and ``called``
    the word for as much of it as a window shows; by default those of a room. Enter and
    Space go on: to the next page, and at its end they are the key ``onward``, if any.
    """

    title: str
    blocks: tuple[Block, ...]
    keys: tuple[Key, ...]
    notice: str = ""
    asks_words: str = ""
    prompt: str = ""
    called: str = ""
    onward: str = ""

    def key(self, letter: str) -> Key | None:
        """The key of a letter or a digit, if the slide offers it."""
        is_number = letter.isascii() and letter.isdigit()
        wanted = NUMBERS if is_number else act_of(letter) or letter
        return next((key for key in self.keys if key.letter == wanted), None)


class Command(Frozen):
    """A command of the facilitator: the letter of a key or an act of ANYWHERE, and its argument;
    where words are asked for, no letter and the words."""

    key: str | Act
    typed: str = ""


# The interface


class Menu(Frozen):
    """A menu: its title and items, with the lines ``above`` the title, ``about`` below it, and
    ``below`` the items.

    ``find`` searches the items by the user's own words. It waits for what it looks up, which
    ``ready`` begins to prepare, and tells when it is there. The items after the first ``listed``
    are only found, never listed. If the window is too small for all, only the first items that can
    be searched have a line about them. ``asks`` replaces the line-by-line prompt for those words.
    ``acts`` are the commands beside those of ANYWHERE. ``story`` reminds of that of a rehearsal on
    a drawn screen.
    """

    title: str
    items: Sequence[Item]
    about: tuple[Line, ...] = ()
    find: Find | None = None
    ready: Callable[[], bool] = at_any_time
    asks: str = ""
    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()
    listed: int | None = None
    acts: tuple[Act, ...] = (Act.BACK,)
    story: str = ""

    @property
    def offered(self) -> Sequence[Item]:
        """The items that are listed."""
        return self.items[: self.listed]


def sure(ui: Ui, act: Act) -> Act | None:
    """The act at an ending; to start again, and lose the page, is asked first, None to stay."""
    if act is not Act.AGAIN:
        return act
    said = ui.menu(Menu(say("menu.again"), (Item(say("menu.again-yes")), Item(say("save.back")))))
    return act if said == 0 else said if said in ANYWHERE else None


class Ui(Protocol):
    """A way to hold a conversation: on a drawn screen, or line by line.

    Every method returns the user's answer or command, and raises EOFError at the end of input and
    KeyboardInterrupt on Ctrl-C. ``can_clear``: leaving at once can wipe the screen. For a room,
    ``sign`` is the character that bars consist of. ``standing`` has the numbers at the foot of
    every screen.
    """

    plain: bool
    can_clear: bool
    sign: str
    standing: str

    def opening(self, blocks: Sequence[Block], acts: Collection[Act] = ()) -> Act | None:
        """Show the first screen: an act of ANYWHERE or ``acts``, or None to go on."""

    def menu(self, menu: Menu) -> int | Act:
        """Choose an item: its index, or an act of ANYWHERE or ``menu.acts``."""

    def question(self, asking: QuestionView, acts: Collection[Act]) -> Collection[str] | Act:
        """Ask a question: the values chosen, or an act of ANYWHERE, BACK or ``acts``."""

    def ending(
        self, title: str, blocks: Sequence[Block], page: Page, acts: Collection[Act]
    ) -> int | Act:
        """Show an ending; ``acts`` are extra commands. 0 is to carry on."""

    def read(self, title: str, blocks: Sequence[Block]) -> Act | None:
        """Show something to read: an act of ANYWHERE, or None to go back."""

    def goodbye(self, blocks: Sequence[Block]) -> Act | None:
        """Show the last screen: an act of ANYWHERE, or None to leave."""

    def code(self, about: Sequence[str], lines: Sequence[str]) -> Act | None:
        """Show words, with a QR code of some lines, or several codes on a page each where the
        window is small: an act of ANYWHERE, or None to go back."""

    def slide(self, slide: Slide) -> Command:
        """Show a slide of a room: a command that it offers."""
