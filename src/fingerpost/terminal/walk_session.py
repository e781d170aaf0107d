"""The conversation of a walk: the choice of a tree, its questions and its endings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from ..model.base import Frozen, replace
from ..model.diagnostics import Severity
from ..model.facts import TELLERS, Facts
from ..model.sentence import Urgency
from ..model.tree import Advice, Outcome, Question
from ..page import labels
from ..page.joined import page_of
from ..page.messages import say
from ..page.opening_hours import Clock
from ..page.page import Page
from ..page.page_text import Reached, kept_on_phone, scannable
from ..page.question import asking, responding
from ..page.speaker import Speaker
from ..page.text_layout import GAP, Block, Line, Style
from ..page.visibility import EMERGENCY
from ..reading.folders import CannotRead
from ..reading.reading import Reading
from ..walk.autoplay import play_known
from ..walk.doors import Entrance, entrances
from ..walk.walk import Reply, Walk
from .conversation import Context, Conversation, Left
from .io.background import Background
from .io.ui import Act, Find, Hits, Item, Menu, Ui
from .save_prompt import Order, Printer, Saving, after_saving, orders, savings
from .walk_screens import (
    about_blocks,
    before_saving,
    disclaimers,
    ending_in_brief,
    first_lines,
    just_talk_blocks,
    live_blocks,
    note_blocks,
    number_lines,
    talk_blocks,
    trees_found,
)

if TYPE_CHECKING:
    from ..search.index import SearchIndex
    from ..search.trees import TreeSearch


_MOST_ASKED = 2
"""Answers to what was typed that come first on a page."""

_MOST_CODES = 9
"""Codes that are offered, so that one digit takes each."""

_LISTED = 5
"""Questions that are offered before anything is typed."""


class Wish(Frozen):
    """A request for a sheet at the end of the questions.

    ``place`` is the path to write to, empty for stdout. ``asks``: ask first whether it could be
    found, which may make it discreet or no sheet. ``carry_on``: go on past endings that allow it.
    """

    place: str
    discreet: bool = False
    carry_on: bool = False
    asks: bool = True


_HAPPENED = "menu.what-happened"


class _Chosen(Frozen):
    """A tree and what was known when it was chosen: who is reading.

    ``door`` is the place of the line behind which it was chosen, or None if it was behind none.
    ``said`` are the reader's own words by which it was found, or empty; ``then`` is the tree of
    another trouble that was chosen with it, or empty.
    """

    tree: str
    known: Facts
    door: int | None = None
    said: str = ""
    then: str = ""


class _Typed:
    """The words searched last, which alone count, and the two trees of which they tell."""

    said = ""
    two = ("", "")


class WalkSession(Conversation):
    """One conversation, from its first screen until the user leaves.

    ``printer`` saves sheets of endings; without one that is not offered. ``index``
    reads or makes that of a search for a tree; without it there is one of the library as it is.
    ``every`` reads all trees, for a further trouble of somebody who has begun with one.
    """

    def __init__(
        self,
        ui: Ui,
        reading: Reading,
        clock: Callable[[], Clock],
        printer: Printer | None = None,
        index: Callable[[], SearchIndex] | None = None,
        every: Callable[[], Reading] | None = None,
    ) -> None:
        super().__init__(ui, reading.library, clock, Context("", {}))
        self.reading = reading
        self.printer = printer
        self._approval = ""
        self.index = index
        self.every = every
        self._said: tuple[str, ...] = ()
        self._then = ""
        self._trees = Background(self._tree_search)

    def run(self, tree: str | None, given: Facts, notice: str = "") -> None:
        """Converse until the user leaves; ``tree`` None offers every tree that can be walked.

        ``notice`` is shown on the first screen. Raises Left when the user leaves, EOFError at the
        end of input before an ending.
        """
        given = {f: values for f, values in given.items() if not self.library.always_asks(f)}
        if tree is not None:
            self._open(tree, given, notice)
        chosen: _Chosen | None = None
        while True:
            chosen = _Chosen(tree, given) if tree else self._choose(given, notice, chosen)
            if not self._walk(self._begin(chosen)):
                chosen = None
            elif tree:
                self._open(tree, given, notice)

    def to_paper(
        self,
        tree: str | None,
        given: Facts,
        wish: Wish,
        notice: str = "",
    ) -> tuple[Walk, Saving]:
        """Converse up to the ending whose sheet is wanted: its walk, and how to save the sheet.

        As ``run``, but ``given`` also answers what is always asked, until the user goes back.
        """
        if tree is not None:
            self._open(tree, given, notice)
        chosen: _Chosen | None = None
        while True:
            chosen = _Chosen(tree, given) if tree else self._choose(given, notice, chosen)
            if wanted := self._wanted(self._begin(chosen), given, wish):
                return wanted

    def _begin(self, chosen: _Chosen) -> Walk:
        """The walk of what was chosen, before its first answer."""
        known, stated = self._told(chosen)
        self._said, self._then = (chosen.said,), chosen.then
        return Walk.begin(self.library, chosen.tree, known).expecting(stated)

    def _told(self, chosen: _Chosen) -> tuple[Facts, Facts]:
        """What is known of whoever chose, and what the words by which they did state. Without words
        no index is read."""
        return self._trees().told(chosen.said, chosen.known) if chosen.said else (chosen.known, {})

    def _open(self, tree: str | None, given: Facts, notice: str = "") -> None:
        """Show the first screen, with what a worker says first if they read."""
        known = {**given, **(self.library.trees[tree].given if tree else {})}
        above, below = self._first_screen(tree, notice)
        is_worker = Speaker(self.library, known).teller == "staff"
        said_first = self._said_first(known) if is_worker else ()
        blocks = [above, *((line,) for line in (*said_first, *below))]
        self.opening([each for block in blocks for each in (block, GAP)], Context("", known))

    def about(self) -> tuple[Block, ...]:
        return tuple(
            about_blocks(approval=self._approval, plain=self.ui.plain, can_clear=self.ui.can_clear)
        )

    def _first_screen(
        self, tree: str | None, notice: str
    ) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """The lines at the top and at the bottom of the first screen."""
        self._approval = labels.approval_of(self.library, tree)
        notices = (notice, *_left_out(self.reading, every=tree is None))
        below = disclaimers(
            filter(None, notices),
            approval=self._approval,
            plain=self.ui.plain,
            can_clear=self.ui.can_clear,
        )
        return first_lines(plain=self.ui.plain), tuple(below)

    def _said_first(self, known: Facts) -> tuple[Line, ...]:
        """What a worker says before the first question."""
        speaker = Speaker(self.library, known)
        return tuple(
            Line(speaker.say(each.say)) for each in self.library.opening if each.shown(known)
        )

    def _choose(self, given: Facts, notice: str, before: _Chosen | None) -> _Chosen:
        """Choose who is reading, and then a tree by its title.

        ``before`` is what was chosen before, to choose anew in the same list; None if nothing was.
        """
        while True:
            before = before or _Chosen("", self._with_reader(given, notice))
            if chosen := self._tree(before):
                return chosen
            before = None

    def _with_reader(self, given: Facts, notice: str) -> Facts:
        """These facts with who is reading, which the first screen asks if it is not known."""
        question = self.library.questions.get("teller")
        if question is None or question.fact in given:
            self._open(None, given, notice)
            return given
        speaker = Speaker(self.library, given)
        above, below = self._first_screen(None, notice)
        menu = Menu(
            speaker.say(question.ask),
            tuple(Item(speaker.say(answer.say)) for answer in question.answers),
            above=(*above, Line("")),
            below=below,
            acts=self.about_acts,
        )
        chosen: int | None = None
        while chosen is None:
            chosen = self.pick(menu, Context("", given))
        return {**given, question.fact: frozenset({question.answers[chosen].value})}

    def _tree(self, before: _Chosen, asks: str = _HAPPENED) -> _Chosen | None:
        """Choose a tree that is for this reader, or None to go back: a door, and then one of the
        trees behind it; or one that their own words find."""
        given, last = before.known, _Typed()
        speaker = Speaker(self.library, given)
        doors = self._entrances(given)
        trees = tuple(tree for _, behind in doors for tree in behind)
        items = list(self._lines_of(doors, speaker))
        at = Context("", given)
        teller = speaker.teller if "teller" in given else None
        listed = (*items, Item(say("menu.just-talk")))
        both = Item(say("find.both"))
        may_be_two = asks == _HAPPENED
        menu = Menu(
            say(asks),
            (*listed, *(self._item(tree, speaker) for tree in trees), both),
            about=self._said_first(given) if speaker.teller == "staff" else (),
            find=self._search(last, trees, len(listed), teller, at, may_be_two=may_be_two),
            ready=self._trees.is_ready,
            listed=len(listed),
        )
        chosen = before.door
        while True:
            if chosen is None and (chosen := self.pick(menu, at)) is None:
                return None
            if chosen == len(doors):
                self.read(just_talk_blocks(self.helplines(at)), at)
                chosen = None
                continue
            if chosen > len(doors):
                found = [*((each, "") for each in trees), last.two]
                tree, then = found[chosen - len(listed)]
                return _Chosen(tree, given, said=last.said, then=then)
            behind = doors[chosen][1]
            if len(behind) == 1:
                return _Chosen(behind[0], given)
            inside = Menu(items[chosen].says, tuple(self._item(t, speaker) for t in behind))
            place = self.pick(inside, at)
            if place is not None:
                return _Chosen(behind[place], given, chosen)
            chosen = None

    def _lines_of(self, doors: Iterable[Entrance], speaker: Speaker) -> Iterator[Item]:
        """The words of each door, and the line about it: its own, or that of its one tree."""
        for door, behind in doors:
            own = door if len(behind) > 1 else None
            item = self._item(behind[0], speaker)
            yield Item(speaker.say(own.say), speaker.say(own.about)) if own else item

    def _item(self, tree: str, speaker: Speaker) -> Item:
        found = self.library.trees[tree]
        return Item(speaker.say(found.title), speaker.say(found.about))

    def _entrances(self, given: Facts) -> list[Entrance]:
        """The lines for a reader, each with its trees, the urgent first."""
        from ..search.urgency import urgent_first

        teller = Speaker(self.library, given).teller
        able = [name for name in self.library.trees if not self.reading.stopping(name)]
        in_order = urgent_first(self.library, able, teller if "teller" in given else None)
        return entrances(self.library, teller, in_order)

    def _search(
        self,
        last: _Typed,
        names: Sequence[str],
        listed: int,
        teller: str | None,
        at: Context,
        *,
        may_be_two: bool,
    ) -> Find:
        """A search for trees by the user's own words, of which the ``last`` are kept.

        The trees are the items after the first ``listed``, and after them comes the choice of two
        of which the words speak, unless there is a trouble already. Where they may speak of danger
        it shows those who answer now.
        """
        search = self._trees
        numbers = {name: number for number, name in enumerate(names, listed + 1)}
        trees = self.library.trees
        catch_all = next((numbers[name] for name in names if trees[name].catch_all), None)

        def find(said: str) -> Hits:
            last.said = said.strip()
            found = [each.tree for each in search().find(said, teller) if each.tree in numbers]
            live = self._heard(search(), said, at, found)
            both: tuple[int, ...] = ()
            fit = search().two(said, teller) if may_be_two else ()
            if len(two := [name for name in found if name in fit]) > 1:
                last.two = (two[0], two[1])
                both = (*(numbers[name] for name in two), listed + len(names) + 1)
            asked = "" if live else self._answered(search(), said, at)
            plain = bool(found) and not asked and search().plain(said, teller) == found[0]
            each = (numbers[name] for name in found)
            hits = trees_found(each, catch_all, live, both, at_once=plain)
            if not found and not search().is_english(said):
                told = say("find.no-tree", next=say("find.from-list"))
                return Hits((*range(1, listed + 1),), f"{told} {say('find.welsh')}", live)
            return replace(hits, told=asked or hits.told)

        return find

    def _answered(self, search: TreeSearch, said: str, at: Context) -> str:
        """The short answer to what was typed, if it plainly asks a question of these facts."""
        from ..search.answers import AnswerSearch

        answers = AnswerSearch(self.library, at.facts, spelt=search.spelt)
        line = answers.asked_plainly(said)
        speaker = Speaker(self.library, at.facts)
        return f"{speaker.say(line.ask)} {speaker.say(line.short)}" if line else ""

    def _heard(
        self, search: TreeSearch, said: str, at: Context, found: Iterable[str]
    ) -> tuple[Block, ...]:
        """Who answers now, where words speak of danger, below what to do first for whoever the tree
        found first is about; one line where they only may."""
        if (needs := search.needs_in_danger(said)) is not None:
            about = [self.library.trees[tree].given for tree in found][:1]
            speaker = Speaker(self.library, {**at.facts, **(about[0] if about else {})})
            lines = map(self.library.advice.get, search.advice(said))
            shown = (speaker.say(each.say) for each in lines if each and each.shown(speaker.facts))
            return self._live(needs, at, next(shown, ""))
        return ((Line(say("find.may-be-danger")),),) if search.may_be_crisis(said) else ()

    def _live(self, needs: frozenset[str], at: Context, first: str = "") -> tuple[Block, ...]:
        """What is to be done first, and the services of these needs that answer now.

        Of those for an emergency only the first, for the others work for few.
        """
        contacts = (
            contact
            for each in self.helplines(at)
            for contact in (each.contacts[:1] if each.need == EMERGENCY else each.contacts)
            if needs.intersection(self.library.routes[contact.route].serves)
        )
        return live_blocks(contacts, first)

    def _tree_search(self) -> TreeSearch:
        from ..search.trees import TreeSearch

        return TreeSearch(self._index())

    def _index(self) -> SearchIndex:
        """The index that is given, or if it can no longer be made that of the library as it is."""
        with suppress(CannotRead):
            if self.index:
                return self.index()
        from ..search.indexing import index_of

        return index_of(self.library)

    def _walk(self, walk: Walk) -> bool:
        """Converse through one walk, until the user wants another.

        Whether they went back from its first question, and so know who is reading.
        """
        onward: Walk | None = walk
        while onward is not None:
            walk = onward
            onward = self._asked(walk) if isinstance(walk.here, Question) else self._ended(walk)
        return isinstance(walk.here, Question)

    def _wanted(self, walk: Walk, given: Facts, wish: Wish) -> tuple[Walk, Saving] | None:
        """The ending of which a sheet is wanted, or None to start again."""
        onward: Walk | None = walk
        while onward is not None:
            if len(onward.replies) >= len(walk.replies):
                onward = play_known(onward, given, carry_on=wish.carry_on)
            walk = onward
            if isinstance(walk.here, Question):
                onward = self._asked(walk)
                continue
            if onward := self._other(walk):
                continue
            saving = self._saving(walk, wish)
            if saving is Saving.YOUNG:
                young = self._young(walk)
                if young and (wanted := self._wanted(young, young.given, wish)):
                    return wanted
                onward = walk
                continue
            if saving is not None and saving is not Saving.LATER:
                return walk, saving
            onward = walk.carry_on() if saving else self._moved(walk, Act.BACK)
        return None

    def _saving(self, walk: Walk, wish: Wish) -> Saving | None:
        """How to save a sheet of the ending here; None to go back."""
        if not wish.asks:
            return Saving.AS_ASKED
        shown = self.page(walk)
        choices = savings(walk, discreet=wish.discreet, onward=shown.carry_on)
        about = (*ending_in_brief(shown), *before_saving(wish.place))
        return self.choose(say("save.title"), choices, about, self._at(walk))

    def _asked(self, walk: Walk) -> Walk | None:
        """Ask the question here: the walk after the answer, or after what was asked for."""
        assert isinstance(walk.here, Question)
        if (values := walk.unasked) is not None:
            return walk.answer(values)
        shown = asking(walk)
        said_first = self._said_first(walk.facts)
        if walk.replies:
            # What an answer calls for, such as the nation, is said before anything is asked.
            before = self._said_first(walk.back().facts)
            more = " ".join(line.text for line in said_first if line not in before)
            shown, said_first = replace(shown, note=f"{more} {shown.note}".strip()), ()
        note = note_blocks(shown.note, *(line.text for line in said_first))
        said = self.ask(shown, note, at=self._at(walk), change=bool(walk.replies or walk.of_local))
        if isinstance(said, Act):
            return self._moved(walk, said)
        return self._responded(walk, walk.here, said, walk.answer(said))

    def _responded(
        self, before: Walk, question: Question, values: Collection[str], after: Walk
    ) -> Walk:
        """Say what is said after an answer: the walk after it, or the one before to go back."""
        response = responding(question, values, after, self.clock())
        if response is None:
            return after
        at, items = self._at(after), (Item(response.talk), Item(say("response.go-on")))
        menu = Menu(response.says, items, number_lines(response.served))
        while (chosen := self.pick(menu, at)) == 0:
            self.read(talk_blocks(response), at)
        return before if chosen is None else after

    def _ended(self, walk: Walk) -> Walk | None:
        """Show the ending here: the walk after it, or None to start again."""
        if other := self._other(walk):
            return other
        try:
            said = self.ending(walk, at=self._at(walk))
        except EOFError:
            # The end of input after the advice has been shown is a normal end.
            raise Left(at_once=False) from None
        return self._moved(walk, said) if isinstance(said, Act) else walk.carry_on()

    def _other(self, walk: Walk) -> Walk | None:
        """The walk of the other of two troubles that were chosen, beside this one, once. Who needs
        help now reads first how to get it, and may choose it there."""
        shown = self.page(walk) if self._then else None
        if shown is None or shown.carry_on:
            return None
        then, self._then = self._then, ""
        return None if shown.urgency is Urgency.NOW else walk.also(then)

    def at_ending(
        self, walk: Walk, shown: Page, at: Context | None
    ) -> Mapping[Act, Callable[[], Act | None]]:
        does: dict[Act, Callable[[], Act | None]] = {}
        if any(line.said and line.shown(walk.facts) for line in self.library.advice.values()):
            does[Act.ASK] = lambda: self._ask_anything(walk, at)
        ways = scannable(shown)
        kept = kept_on_phone(walk, shown, ways)
        if ways or kept:
            does[Act.CODE] = lambda: self._code(ways, kept, at)
        if walk.beside is None and not shown.carry_on:
            does[Act.ALSO] = lambda: Act.ALSO
        printer = self.printer
        if printer is not None:
            does[Act.PRINT] = lambda: self._print(walk, printer, at)
        return does

    def page(self, walk: Walk) -> Page:
        """The page of a walk's ending, with answers to the words that led to it first."""
        asked: dict[str, Advice] = {}
        if any(self._said):
            from ..search.answers import AnswerSearch

            search = AnswerSearch(self.library, walk.facts)
            asked = {a.name: a for text in self._said for a in search.asked_by(text)}
        first = tuple(asked.values())[:_MOST_ASKED]
        return page_of(walk, self.clock(), first)

    def _ask_anything(self, walk: Walk, at: Context | None) -> None:
        """Find an answer by the reader's own words, and read it."""
        from ..search.answers import AnswerSearch

        assert isinstance(walk.here, Outcome)
        trees, advice = self._trees, walk.here.advice
        search = AnswerSearch(self.library, walk.facts, advice)
        speaker, shown = Speaker(self.library, walk.facts), self.page(walk)
        there = {part.title for part in shown.parts}
        near = search.nearest(" ".join((shown.title, *(step.text for step in shown.steps))))
        lines = sorted(near, key=lambda line: speaker.say(line.ask) in there)
        items = tuple(Item(speaker.say(line.ask), speaker.say(line.short)) for line in lines)

        now = shown.urgency is Urgency.NOW
        nothing = say("find.no-answer-in-danger" if now else "find.no-answer")

        def find(said: str) -> Hits:
            # A typo is one only where no tree has the word either.
            answers = AnswerSearch(self.library, walk.facts, advice, trees().spelt)
            found = tuple(lines.index(line) + 1 for line in answers.find(said))
            needs = trees().needs_in_danger(said) if trees().names_danger(said) else None
            live = () if needs is None else self._live(needs, at or self.context)
            return Hits(found, "" if found else nothing, live)

        title, asks, ready = say("menu.ask"), say("menu.ask-words"), trees.is_ready
        menu = Menu(title, items, find=find, ready=ready, asks=asks, listed=_LISTED)
        while (chosen := self.pick(menu, at)) is not None:
            line = lines[chosen]
            words = (line.ask, line.short, line.say)
            title, short, text = map(speaker.say, words)
            self.read([(Line(title, Style.HEADING),), (Line(short, Style.TITLE), Line(text))], at)

    def _moved(self, walk: Walk, act: Act) -> Walk | None:
        """The walk after an act that moves it, or None to start again."""
        if act is Act.CHANGE:
            return self._changed(walk)
        if act is Act.APP:
            return self._asked_at_ending(walk)
        if act is Act.ALSO:
            return self._also(walk)
        if act is Act.PRINT:
            young = self._young(walk)
            return walk if young is None or self._walk(young) else None
        if act is not Act.BACK:
            return None
        # Back from the very first question leads to where its tree was chosen.
        while walk.replies:
            walk = walk.back()
            if not (isinstance(walk.here, Question) and walk.here.at_ending):
                return walk
        return walk.beside

    def _also(self, walk: Walk) -> Walk:
        """Choose what else is true: the walk of that trouble, beside this one."""
        self._read_every_tree()
        walk = replace(walk, library=self.library)
        chosen = self._tree(_Chosen("", walk.of_person), "menu.what-else")
        if chosen is None:
            return walk
        known, stated = self._told(chosen)
        self._said = (*self._said[:1], chosen.said)
        return walk.also(chosen.tree, known).expecting(stated)

    def _young(self, walk: Walk) -> Walk | None:
        """The walk of the young person whom a page is about, as they would begin it; None to go
        back."""
        known = {**walk.of_person, "teller": frozenset({TELLERS[0]})}
        tree = walk.start.tree
        if any(tree in behind for _, behind in self._entrances(known)):
            return self._begin(_Chosen(tree, known))
        self._read_every_tree()
        chosen = self._tree(_Chosen("", known))
        return None if chosen is None else self._begin(chosen)

    def _read_every_tree(self) -> None:
        if self.every:
            with suppress(CannotRead):
                self.reading = self.every()
                self.library = self.reading.library

    def _asked_at_ending(self, walk: Walk) -> Walk:
        """Ask what waits until the ending, such as the app: the walk after the answer."""
        for index, question, reply in walk.waiting():
            said = self._ask_again(walk, question, reply, index)
            if isinstance(said, Act):
                return walk
            walk = walk.change(index, said)
        return walk

    def _ask_again(
        self, walk: Walk, question: Question, reply: Reply, index: int
    ) -> Collection[str] | Act:
        """Ask anew what was answered at a place of the walk."""
        tree = self.library.trees[reply.tree]
        then = replace(walk, tree=tree, here=question, replies=walk.replies[:index], kept=())
        return self.ask(asking(then, reply.values), at=self._at(then), change=False)

    def _changed(self, walk: Walk) -> Walk:
        """Choose an earlier answer, or one of local details, and give another."""

        def item(question: Question, reply: Reply) -> Item:
            speaker = Speaker(self.library, walk.facts, reply.tree)
            return Item(speaker.say(question.ask), speaker.answers(question.fact, reply.values))

        choices = [
            ((partial(walk.change, index), question, reply, index), item(question, reply))
            for index, question, reply in walk.answered()
            if not question.at_ending
        ]
        if local := walk.of_local:
            reply = Reply(walk.start.tree, local.name, walk.given[local.fact])
            anew = partial(walk.given_anew, local.fact)
            choices.insert(0, ((anew, local, reply, 0), item(local, reply)))
        while True:
            chosen = self.choose(say("menu.change"), choices, at=self._at(walk))
            if chosen is None:
                return walk
            changed, question, reply, index = chosen
            said = self._ask_again(walk, question, reply, index)
            if not isinstance(said, Act):
                return self._responded(walk, question, said, changed(said))

    def _code(
        self, ways: Sequence[Reached], kept: Mapping[str, tuple[str, ...]], at: Context | None
    ) -> None:
        """Choose what is ``kept`` on a phone, or an address, and show its QR code."""
        choices: list[tuple[tuple[tuple[str, ...], tuple[str, ...]], Item]] = []
        for key, lines in kept.items():
            copied = (say("phone.copy"), *lines)
            told = copied if self.ui.plain else (say("phone.scan"), say("phone.notes"))
            choices.append(((told, lines), Item(say(key))))
        for contact, way in ways[: _MOST_CODES - len(kept)]:
            address = ", ".join(filter(None, (way.address, way.label)))
            about = (f"{contact.title}: {address}", *([] if self.ui.plain else [say("phone.scan")]))
            choices.append(((about, (way.uri,)), Item(contact.title, address)))
        if chosen := self.choose(say("menu.address"), choices, [Line(say("phone.leaves"))], at):
            act = self.ui_at(at).code(*chosen)
            if act:
                self.aside(act, at)

    def _print(self, walk: Walk, printer: Printer, at: Context | None) -> Act | None:
        """Choose a sheet of the ending here, save it and, if wanted, open it. PRINT if it is to be
        one for the young person, on whose page it can be chosen."""
        order = self.choose(
            say("save.title"), orders(printer, walk), before_saving(printer.folder()), at
        )
        if order is Saving.YOUNG:
            return Act.PRINT
        if not isinstance(order, Order):
            return None
        saved = printer.save(walk, order)
        if saved.open is None:
            self.read([(Line(saved.told),)], at)
        elif self.choose(saved.told, after_saving(), at=at):
            self.read([(Line(saved.open()),)], at)
        return None

    def _at(self, walk: Walk) -> Context:
        return Context(Speaker(self.library, walk.facts).say(walk.tree.title), walk.facts)


def _left_out(reading: Reading, *, every: bool) -> Iterator[str]:
    """Notices about files left out because of mistakes. ``every``: of all trees, not one."""
    if any(mistake.severity is Severity.ERROR for mistake in reading.local_mistakes):
        yield say("opening.local-left-out")
    read = reading.library.trees
    if every and any(name not in read or reading.stopping(name) for name in reading.files):
        yield say("opening.tree-left-out")
