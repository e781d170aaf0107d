"""What is on a drawn screen, and the lines round it: its title, and the keys that it has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ...model.base import replace
from ...page.messages import say
from ...page.text_layout import MARKER, SPACED, Block, Line, Style, cells, together
from .screen import tall
from .ui import ANYWHERE, KEYS, Act, Find, Hits, at_any_time, named_of

FEW = 9
"""Up to this many items are chosen by a digit alone; of more, a number moves the marker."""

_WHILE_READING = (
    Act.BACK,
    Act.PRINT,
    Act.CODE,
    Act.ALSO,
    Act.ASK,
    Act.APP,
    Act.MORE,
    Act.WORDS,
    Act.CHANGE,
    Act.AGAIN,
)
"""The commands below pages that others follow, the most wanted first: as many as one row has room
for. They are all below the last page."""

_NARROW = 60
"""Columns of a window with no room for part of a name."""

Blocks: TypeAlias = Callable[[int, int], Iterable[Block]]
"""The blocks for a window of some columns and rows."""


@dataclass(slots=True)
class View:
    """The content of the screen, and what has been done to it.

    ``count`` items are chosen from, ``several`` of them if wanted; none on a screen that is only
    read. ``marked`` is the place of the marker among those shown, from 1; 0 is no marker. ``how``
    tells how to go on. ``acts`` are the commands offered. ``titled``: the first block is repeated
    on every page. ``contents`` are lists of an ending's parts, the fullest first, of which the one
    that leaves room for all steps is ``listed`` below the first page. ``find`` searches the items:
    at once by any letter where ``own_words``, else after /. As many first pages as ``with_numbers``
    say themselves whom to ring. ``banner`` stands for the name of the tree where that has no room.
    ``running`` is the title of pages after the first. ``opened`` is the letter of the part that was
    opened, which begins a page. ``behind``: what is typed is still to be searched, and then Enter
    counts if it was ``entered``.
    """

    title: str
    blocks: Blocks
    acts: Collection[Act]
    how: str = ""
    said: tuple[str, ...] = ()
    count: int = 0
    several: bool = False
    find: Find | None = None
    ready: Callable[[], bool] = at_any_time
    own_words: bool = False
    titled: bool = False
    contents: Sequence[Sequence[Line]] = ((),)
    listed: Sequence[Line] = ()
    with_numbers: int = 0
    banner: str = ""
    running: str = ""
    opened: str | None = None
    page: int = 0
    last: int = 0
    marked: int = 0
    typed: str = ""
    chosen: str = ""
    notice: str = ""
    shown: Hits | None = None
    dealt: Sequence[Sequence[Line]] = ()
    finding: bool = False
    behind: bool = False
    entered: bool = False

    @property
    def many(self) -> bool:
        """Whether an item needs Enter."""
        return self.count > FEW

    @property
    def is_read(self) -> bool:
        """Whether this page is only read: all that is chosen from stands on later ones."""
        if not self.count or self.page >= self.last or self.page >= len(self.dealt):
            return False
        return not any(each.style is Style.ITEM for each in self.dealt[self.page])

    @property
    def offered(self) -> Sequence[int]:
        """The numbers of the items on the screen, by place."""
        return range(1, self.count + 1) if self.shown is None else self.shown.numbers


def is_marked(line: Line) -> bool:
    """Whether the marker stands at an item."""
    return line.style is Style.ITEM and line.before.startswith(MARKER)


def cursor(view: View, body: Sequence[Line], footer: Sequence[Line]) -> Line | None:
    """The line at whose end the cursor stands, for a screen magnifier follows it: what is typed,
    else the marked item or the first one."""
    typing = [line for line in footer if line.style is Style.TITLE]
    typing += [line for line in body if line.text.startswith(say("menu.own-words"))]
    items = [line for line in body if line.style is Style.ITEM]
    return next(iter([*typing, *filter(is_marked, items), *items]), None)


def fixed(blocks: Sequence[Block]) -> Blocks:
    """The same blocks in any window."""
    return lambda _width, _rows: blocks


def header_lines(view: View, page: int, width: int) -> Iterator[Line]:
    """The title of a page and what was said so far, each in one row."""
    if view.title:
        # In one row: with as much of the name of the tree as that has room for.
        name, dash, place = view.title.rpartition(" - ")
        begun = "" if width < _NARROW else f"{_ended(name, width - cells(dash + place))}{dash}"
        fits = cells(view.title) <= width
        yield Line(view.title if fits else f"{view.banner or begun}{place}", Style.QUIET)
    if view.running and page:
        yield Line(_ended(view.running, width), Style.QUIET)
    if view.said:
        yield Line(_said_so_far(view.said, width), Style.QUIET)


def _said_so_far(said: Sequence[str], width: int) -> str:
    """What was said so far in one row: the latest of it if all is too long."""
    for first in range(len(said)):
        words = " - ".join((*(["..."] if first else []), *said[first:]))
        text = say("question.said", words=words)
        if cells(text) <= width:
            return text
    return _ended(say("question.said", words=said[-1]), width)


def footer_lines(view: View, width: int | None = None) -> Iterator[Line]:
    """The keys that lead somewhere, with those of every screen in the last row.

    Where more pages follow, ``width`` is that of the window: of the keys of this screen there are
    then only as many as take no further row. The first page of an ending names its parts.
    """
    if view.chosen:
        yield Line(say("screen.chosen", words=view.chosen))
    if view.notice:
        yield Line(view.notice)
    if view.finding and not view.own_words:
        yield Line(f"{say('screen.find')} {view.typed}", Style.TITLE)
    elif view.many and not view.finding:
        yield Line(f"{say('screen.number')}: {view.typed}", Style.TITLE)
    if view.finding:
        yield from _while_finding(view)
        return
    if not view.page:
        yield from (replace(line, style=Style.KEYS) for line in view.listed)
    always = [*map(_named, ANYWHERE), key_for(KEYS, say("keys.all"))]
    here = _commands(view, view.acts if width is None else _WHILE_READING)
    if here == [*_turning(view)]:  # that alone takes no row of its own
        always += here
    elif width is not None:
        yield _fitting(_commands(view, ()), here, width)
    elif here:
        yield _keys(here)
    yield _keys(always)


def _while_finding(view: View) -> Iterator[Line]:
    """The keys while words are typed. Those of one letter alone could be a command's."""
    one = view.shown is not None and (view.shown.at_once or len(view.shown.numbers) == 1)
    yield _keys([say("screen.find-one" if one else "screen.find-several")])
    stop = [_named(Act.STOP)] if view.own_words and view.typed.lower() == Act.STOP else []
    yield _keys([_named(Act.DANGER), *stop, say("screen.find-leaves"), say("screen.ctrl-x")])


def _turning(view: View) -> Iterator[str]:
    if not at_last(view):
        yield together(say("screen.next-page", page=view.page + 1, last=view.last + 1))
    elif view.last and (view.count or view.listed):  # what is only read ends there
        yield together(say("screen.first-page", last=view.last + 1))


def _commands(view: View, order: Iterable[Act]) -> list[str]:
    """The keys of this screen alone: what turns its pages, how to choose, and its acts."""
    how = [how_to_choose(view), *([say("screen.only-some")] if view.shown else ())]
    here = [_named(act) for act in order if act in named_of(view.acts) and act not in ANYWHERE]
    if view.own_words:  # Esc leaves what was found before it leaves the screen
        escape = [say("screen.escape")] if view.shown is None else []
        back = _named(Act.BACK)
        here = [shown for each in here for shown in (escape if each == back else [each])]
    return [each for each in (*_turning(view), *([] if view.is_read else how), *here) if each]


def _fitting(needed: Sequence[str], named: Sequence[str], width: int) -> Line:
    """The keys that are needed, and as many of all that are named as take no further row."""
    found = _keys(needed)
    room = tall([found], width)
    for each in named[len(needed) :]:
        more = replace(found, text=f"{found.text}{SPACED}{each}")
        if tall([more], width) <= room:
            found = more
    return found


def _ended(name: str, width: int) -> str:
    """A name that takes no more than a row, which ends between words."""
    begun = name[: width - 2]
    return name if cells(name) <= width else f"{begun.rpartition(' ')[0] or begun[:-1]}..."


def every_key(view: View) -> Iterator[str]:
    """All keys of a screen, one a line."""
    yield from filter(None, [how_to_choose(view)])
    if view.listed:
        yield say("keys.letters")
        yield from (f"{line.before}{line.text}" for line in view.contents[0])
    if view.count:
        yield say("keys.marker")
    if view.find:
        yield say("keys.words" if view.own_words else "keys.find")
    if view.last:
        yield say("keys.pages")
    for act in named_of(view.acts):
        yield say("keys.back") if act is Act.BACK else _named(act)
    yield say("screen.ctrl-x")


def _keys(named: Iterable[str]) -> Line:
    return Line(SPACED.join(named), Style.KEYS)


def key_for(key: str, does: str) -> str:
    """A key and what it does, which no row parts."""
    return together(f"{key} {does}")


def _named(act: Act) -> str:
    return key_for(act.value, say(f"key.{act.name}"))


def how_to_choose(view: View) -> str:
    """How to choose from what is shown, or else to go on."""
    count = len(view.offered)
    if not view.count:
        return view.how
    if view.several and view.marked:
        return say("screen.how.several-marked")
    size = "many" if count > FEW else "few"
    which = "several" if view.several else "one"
    how = together(say(f"screen.how.{which}-{size}", count=count))
    is_behind = view.find and not (view.own_words or view.many or view.shown)
    return SPACED.join([how, key_for("/", say("screen.finds"))] if is_behind else [how])


def at_last(view: View) -> bool:
    """Whether the last page is on the screen."""
    return view.page >= view.last
