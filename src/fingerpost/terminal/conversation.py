"""The conversation of a walk, whatever the terminal: what is asked next, and what a key does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeAlias

from ..model.base import Frozen, replace
from ..model.diagnostics import Severity
from ..model.facts import Facts
from ..model.library import Library
from ..model.tree import Outcome, Question
from ..page.page import Channel, Clock, Contact, Page, danger, page
from ..page.page_text import page_blocks
from ..page.question import QuestionView, asking
from ..page.speaker import Speaker
from ..page.text_layout import Block, Line
from ..reading.loader import CannotRead, Reading
from ..search.urgency import NAMELESS, urgent_first
from ..walk.beforehand import answered
from ..walk.walk import Walk
from .save_prompt import Printer, Saving, orders, savings
from .views.walk import (
    COULD_BE_FOUND,
    Hits,
    Item,
    before_saving,
    danger_blocks,
    doors_found,
    ending_in_brief,
    goodbye_blocks,
    hits,
    note_blocks,
    nothing_answered_blocks,
    opening_blocks,
    saved_blocks,
    why_blocks,
    word_blocks,
    worker_blocks,
)

if TYPE_CHECKING:
    from ..search.trees import Finder


class Act(StrEnum):
    """What a person asks for, other than by an answer. The value is the key."""

    BACK = "b"
    CHANGE = "c"
    WHY = "w"
    WORDS = "g"
    NOTE = "n"
    MORE = "m"
    CODE = "r"
    PRINT = "p"
    AGAIN = "s"
    STOP = "q"
    LEAVE = "x"
    DANGER = "!"


ANYWHERE = (Act.DANGER, Act.LEAVE, Act.STOP)
"""What can be asked for on every screen."""

AT_QUESTION = (Act.BACK, Act.CHANGE, Act.WHY, Act.WORDS, Act.NOTE, *ANYWHERE)


def act_of(key: str) -> Act | None:
    """What a key asks for; a capital letter is no other key. Nought, too, is danger."""
    return Act.DANGER if key == "0" else next((act for act in Act if act == key.lower()), None)


Find: TypeAlias = Callable[[str], Hits]
"""A search for what somebody types."""


def among(texts: Sequence[str]) -> Find:
    """Finds the texts in which all of some words or parts of words stand."""

    def find(letters: str) -> Hits:
        wanted = letters.casefold().split()
        return hits(
            number
            for number, text in enumerate(texts, 1)
            if all(word in text.casefold() for word in wanted)
        )

    return find


class Left(Exception):
    """The person has left. ``at_once`` is for x: the screen is cleared, nothing is said."""

    def __init__(self, *, at_once: bool) -> None:
        super().__init__()
        self.at_once = at_once


class Face(Protocol):
    """One way to hold the conversation: on a drawn screen, or line by line.

    Every method returns what the person asked for. Reading raises EOFError at the end of input
    and KeyboardInterrupt on Ctrl-C.
    """

    plain: bool
    can_clear: bool

    def opening(self, blocks: Sequence[Block]) -> Act | None:
        """Show the first screen; None to go on."""

    def menu(
        self,
        title: str,
        items: Sequence[Item],
        about: Sequence[Line] = (),
        find: Find | None = None,
        asks: str = "",
    ) -> int | Act:
        """Choose one of some items: its index, or an act of ANYWHERE or BACK.

        ``about`` is what to know before one chooses. ``find`` finds items by somebody's own words,
        and then even a few can be searched; all of them stand there by their names alone where
        there is no room for more, and what was found says what it is about. ``asks`` says what to
        type for that, line by line, if it is not what has happened.
        """

    def question(self, asking: QuestionView) -> Collection[str] | Act:
        """Ask a question: the values chosen, or an act of AT_QUESTION."""

    def ending(
        self, title: str, blocks: Sequence[Block], page: Page, acts: Collection[Act]
    ) -> int | Act:
        """Show an ending; ``acts`` are the keys that do something here. 0 is to carry on."""

    def read(self, title: str, blocks: Sequence[Block]) -> Act | None:
        """Show something to read: an act of ANYWHERE, or None to go back."""

    def goodbye(self, blocks: Sequence[Block]) -> Act | None:
        """Show the last screen: an act of ANYWHERE, or None to leave."""

    def code(self, title: str, address: str, uri: str) -> Act | None:
        """Show a code to scan with a phone: an act of ANYWHERE, or None to go back."""


class Wish(Frozen):
    """A sheet that somebody wants at the end of the questions.

    ``place`` is where it is to be written, or empty where it is printed at once. ``asks``: whether
    somebody should not find it is asked before, and that may make it discreet or no sheet at all.
    ``carry_on``: endings that have a way on are left.
    """

    place: str
    discreet: bool = False
    carry_on: bool = False
    asks: bool = True


class Talk:
    """One conversation, from its first screen to the moment that the person leaves.

    ``clock`` gives the moment of reading, asked for anew at every ending. ``printer`` saves sheets
    of what is read; without one that is not offered. ``stories`` reads the library with its cases,
    which is only done when somebody searches for a tree; without it they are not searched.
    """

    def __init__(
        self,
        face: Face,
        reading: Reading,
        clock: Callable[[], Clock],
        printer: Printer | None = None,
        stories: Callable[[], Library] | None = None,
    ) -> None:
        self.face = face
        self.library = reading.library
        self.reading = reading
        self.clock = clock
        self.printer = printer
        self.stories = stories

    def run(
        self, tree: str | None, given: Facts, begun: Walk | None = None, notice: str = ""
    ) -> None:
        """Talk until the person leaves; ``tree`` None offers all that can be walked.

        A walk that has ``begun`` is gone on with. ``notice`` is said on the first screen. Raises
        Left when they leave, EOFError at the end of input before an ending.
        """
        given = self._but_always_asked(given)
        self._open(tree, self._but_always_asked(begun.facts) if begun else given, notice)
        if begun is not None:
            self._walk(begun)
        while True:
            self._walk(Walk.begin(self.library, tree or self._choose(given), given))

    def to_paper(
        self,
        tree: str | None,
        given: Facts,
        wish: Wish,
        begun: Walk | None = None,
        notice: str = "",
    ) -> tuple[Walk, Saving]:
        """Talk until it is known of which ending a sheet is wanted, and what becomes of it.

        As ``run``; but for a sheet what is given answers also what is always asked, unless
        somebody goes back to it.
        """
        self._open(tree, begun.facts if begun else given, notice)
        while True:
            walk = begun or Walk.begin(self.library, tree or self._choose(given), given)
            begun = None
            if wanted := self._wanted(walk, given, wish):
                return wanted

    def _but_always_asked(self, given: Facts) -> Facts:
        """What is always asked is known to nobody before it is answered."""
        return {f: values for f, values in given.items() if not self.library.always_asks(f)}

    def _open(self, tree: str | None, given: Facts, notice: str = "") -> None:
        """The first screen, before anything is asked."""
        approved = tree is not None and self.library.trees[tree].reviewed is not None
        known = {**given, **(self.library.trees[tree].given if tree else {})}
        speaker = Speaker(self.library, known)
        blocks = tuple(
            opening_blocks(
                [speaker.say(line.say) for line in self.library.opening if line.shown(known)],
                filter(None, (notice, *_left_out(self.reading, every=tree is None))),
                approved=approved,
                plain=self.face.plain,
                can_clear=self.face.can_clear,
            )
        )
        while act := self.face.opening(blocks):
            self._aside(act, known)

    def _choose(self, given: Facts) -> str:
        """Which tree: what has happened, in the words of its title, urgent ones first."""
        able = [name for name in self.library.trees if not self.reading.stopping(name)]
        speaker = Speaker(self.library, given)
        names = urgent_first(self.library, able, speaker.teller if "teller" in given else None)
        trees = [self.library.trees[name] for name in names]
        items = [Item(speaker.say(t.title), speaker.say(t.about)) for t in trees]
        find = self._doors(names)
        while True:
            chosen = self._pick("What has happened?", items, given, find=find)
            if chosen is not None:
                return names[chosen]
            self._open(None, given)

    def _doors(self, names: Sequence[str]) -> Find:
        """Finds trees by what somebody says has happened. The first search makes it ready."""

        @cache
        def finder() -> Finder:
            from ..search.trees import Finder

            return Finder(self._with_stories())

        numbers = {name: number for number, name in enumerate(names, 1)}

        def find(said: str) -> Hits:
            found = (each.tree for each in finder().find(said))
            return doors_found((numbers[n] for n in found if n in numbers), numbers.get(NAMELESS))

        return find

    def _with_stories(self) -> Library:
        """The library with its cases; without them if they can no longer be read."""
        with suppress(CannotRead):
            return self.stories() if self.stories else self.library
        return self.library

    def _walk(self, walk: Walk) -> None:
        """One walk, until the person wants another; leaving raises Left."""
        onward: Walk | None = walk
        while onward is not None:
            walk = onward
            onward = self._asked(walk) if isinstance(walk.here, Question) else self._ended(walk)

    def _wanted(self, walk: Walk, given: Facts, wish: Wish) -> tuple[Walk, Saving] | None:
        """The ending of which a sheet is wanted, or None to start again."""
        onward: Walk | None = walk
        while onward is not None:
            if len(onward.replies) >= len(walk.replies):
                onward = answered(onward, given, carry_on=wish.carry_on)
            walk = onward
            if isinstance(walk.here, Question):
                onward = self._asked(walk)
                continue
            saving = self._saving(walk, wish)
            if saving is not None and saving is not Saving.LATER:
                return walk, saving
            onward = walk.carry_on() if saving else self._turned(walk, Act.BACK)
        return None

    def _saving(self, walk: Walk, wish: Wish) -> Saving | None:
        """What becomes of a sheet of the ending here; None to go back."""
        if not wish.asks:
            return Saving.AS_ASKED
        shown = self._page(walk)
        choices = tuple(savings(discreet=wish.discreet, onward=shown.carry_on))
        about = (*ending_in_brief(shown), *before_saving(wish.place))
        chosen = self._pick(COULD_BE_FOUND, [item for _, item in choices], walk.facts, about)
        return None if chosen is None else choices[chosen][0]

    def _asked(self, walk: Walk) -> Walk | None:
        """Ask the question here: the walk after the answer, or after what was asked for."""
        said = self._answer(walk)
        return self._turned(walk, said) if isinstance(said, Act) else walk.answer(said)

    def _answer(self, walk: Walk) -> Collection[str] | Act:
        """Ask the question here until it is answered, or left by an act that turns the walk."""
        shown = asking(walk)
        about = {
            Act.WHY: tuple(why_blocks(shown)),
            Act.WORDS: tuple(word_blocks(shown.words)),
            Act.NOTE: tuple(note_blocks(shown)),
        }
        while True:
            said = self.face.question(shown)
            if not isinstance(said, Act) or said in (Act.BACK, Act.CHANGE):
                return said
            if said in about:
                self._read(walk, about[said])
            else:
                self._aside(said, walk.facts)

    def _ended(self, walk: Walk) -> Walk | None:
        """Show the ending here: the walk after it, or None to start again."""
        try:
            said = self._ending(walk)
        except EOFError:
            # Someone who has read the page and closes it has finished.
            raise Left(at_once=False) from None
        return self._turned(walk, said) if isinstance(said, Act) else walk.carry_on()

    def _page(self, walk: Walk) -> Page:
        """The ending here, as it is to be read at this moment."""
        assert isinstance(walk.here, Outcome)
        return page(self.library, walk.tree, walk.here, walk.facts, self.clock())

    def _ending(self, walk: Walk) -> int | Act:
        """Show an ending until it is left: 0 to carry on, or an act that turns the walk."""
        from ..walk.resume_code import code_of

        more = False
        while True:
            shown = self._page(walk)
            blocks = tuple(page_blocks(shown, more=more, code=code_of(walk)))
            acts = _keys_at_ending(shown, more=more, prints=self.printer is not None)
            said = self.face.ending(shown.tree_title, blocks, shown, acts)
            match said:
                case Act.MORE:
                    more = True
                case Act.WORDS:
                    self._read(walk, word_blocks(shown.words))
                case Act.NOTE:
                    self._read(walk, worker_blocks(line.text for line in shown.worker))
                case Act.CODE:
                    self._code(walk, tuple(_scannable(shown, more=more)))
                case Act.PRINT if self.printer is not None:
                    self._print(walk, self.printer)
                case Act.DANGER | Act.LEAVE | Act.STOP:
                    self._aside(said, walk.facts)
                case _:
                    return said

    def _turned(self, walk: Walk, act: Act) -> Walk | None:
        """The walk after an act that turns it, or None to start again."""
        if act is Act.CHANGE:
            return self._changed(walk)
        # Back from the very first question leads to where its tree was chosen.
        return walk.back() if act is Act.BACK and walk.replies else None

    def _changed(self, walk: Walk) -> Walk:
        """Choose an earlier answer and give another."""
        answered = tuple(walk.answered())
        if not answered:
            self._read(walk, nothing_answered_blocks())
            return walk
        lines = []
        for _, question, reply in answered:
            speaker = Speaker(self.library, walk.facts, reply.tree)
            chosen_words = speaker.answers(question.fact, reply.values)
            lines.append(Item(speaker.say(question.ask), chosen_words))
        while True:
            chosen = self._pick("Which answer do you want to change?", lines, walk.facts)
            if chosen is None:
                return walk
            index, question, reply = answered[chosen]
            tree = self.library.trees[reply.tree]
            at = replace(walk, tree=tree, here=question, replies=walk.replies[:index], kept=())
            said = self._answer(at)
            if not isinstance(said, Act):
                return walk.change(index, said)

    def _code(self, walk: Walk, ways: Sequence[tuple[Contact, Channel]]) -> None:
        """Choose an address and show its code."""
        items = [Item(contact.title, way.address) for contact, way in ways]
        chosen = self._pick("Which address or number?", items, walk.facts)
        if chosen is None:
            return
        contact, way = ways[chosen]
        act = self.face.code(contact.title, way.address, way.uri)
        if act:
            self._aside(act, walk.facts)

    def _print(self, walk: Walk, printer: Printer) -> None:
        """Choose a sheet of the ending here, and have it saved."""
        choices = tuple(orders(printer))
        about = before_saving(printer.folder())
        chosen = self._pick(COULD_BE_FOUND, [item for _, item in choices], walk.facts, about)
        order = None if chosen is None else choices[chosen][0]
        if order is not None:
            self._read(walk, saved_blocks(printer.save(walk, order)))

    def _pick(
        self,
        title: str,
        items: Sequence[Item],
        facts: Facts,
        about: Sequence[Line] = (),
        find: Find | None = None,
    ) -> int | None:
        """The index of the item chosen, or None to go back."""
        while True:
            chosen = self.face.menu(title, items, about, find)
            if not isinstance(chosen, Act):
                return chosen
            if chosen is Act.BACK:
                return None
            self._aside(chosen, facts)

    def _read(self, walk: Walk, blocks: Iterable[Block]) -> None:
        act = self.face.read(Speaker(self.library, walk.facts).say(walk.tree.title), tuple(blocks))
        if act:
            self._aside(act, walk.facts)

    def _aside(self, act: Act, facts: Facts) -> None:
        """What a key of ANYWHERE does: leave, stop kindly, danger now."""
        if act is Act.LEAVE:
            raise Left(at_once=True)
        if act is Act.STOP:
            self._stop(facts)
        served = danger(self.library, facts, self.clock())
        again = self.face.read("", tuple(danger_blocks(served)))
        if again in (Act.LEAVE, Act.STOP):
            self._aside(again, facts)

    def _stop(self, facts: Facts) -> NoReturn:
        """Kind words, and then leave."""
        served = danger(self.library, facts, self.clock())
        blocks = tuple(goodbye_blocks(each for each in served if each.need != "emergency"))
        last = None
        with suppress(EOFError):
            while (last := self.face.goodbye(blocks)) is Act.DANGER:
                self._aside(last, facts)
        raise Left(at_once=last is Act.LEAVE)


def _left_out(reading: Reading, *, every: bool) -> Iterator[str]:
    """What is said of files that cannot be used. ``every``: every tree should be there."""
    if any(mistake.severity is Severity.ERROR for mistake in reading.local_mistakes):
        yield (
            "Your organisation's own details are left out, because something in their file is "
            "wrong. To see what, run: fingerpost local"
        )
    read = reading.library.trees
    if every and any(name not in read or reading.stopping(name) for name in reading.files):
        yield (
            "Something is left out here, because its file has a mistake. "
            "To see which, run: fingerpost check"
        )


def _keys_at_ending(shown: Page, *, more: bool, prints: bool) -> tuple[Act, ...]:
    """The keys that do something at this ending."""
    able = {
        Act.MORE: not more and any(each.more for each in shown.help),
        Act.WORDS: bool(shown.words),
        Act.NOTE: bool(shown.worker),
        Act.CODE: any(True for _ in _scannable(shown, more=more)),
        Act.PRINT: prints,
    }
    return tuple(act for act, can in able.items() if can)


def _scannable(shown: Page, *, more: bool) -> Iterator[tuple[Contact, Channel]]:
    """Addresses that a phone can open from a code: links and numbers, but never 999 or 101."""
    for each in shown.help:
        for contact in (*each.contacts, *(each.more if more else ())):
            # Several ways may lead to one address.
            for way in {way.uri: way for way in contact.ways}.values():
                number = way.uri.removeprefix("tel:")
                if way.uri.startswith("https://") or (way.channel == "phone" and len(number) > 3):
                    yield contact, way
