"""The conversation of a walk: its first screen, its questions and its endings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
from ..page.page_text import Reached, helplines, kept_on_phone, named, scannable
from ..page.question import asking, responding
from ..page.speaker import Speaker
from ..page.text_layout import GAP, Block, Line, Style
from ..page.visibility import EMERGENCY
from ..reading.reading import Reading
from ..walk.autoplay import play_known
from ..walk.walk import Reply, Walk
from .conversation import Context, Left
from .io.ui import Act, Hits, Item, Menu, Ui
from .save_prompt import Order, Printer, Saving, after_saving, orders, savings
from .tree_choice import Chosen, TreeChoice
from .walk_screens import (
    about_blocks,
    before_saving,
    disclaimers,
    ending_in_brief,
    first_lines,
    note_blocks,
    number_lines,
    talk_blocks,
)

if TYPE_CHECKING:
    from ..search.index import SearchIndex


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


class WalkSession(TreeChoice):
    """One conversation, from its first screen until the user leaves.

    ``printer`` saves sheets of endings; without one that is not offered.
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
        super().__init__(ui, reading, clock, index, every)
        self.printer = printer
        self._approval = ""
        self._said: tuple[str, ...] = ()
        self._then = ""

    def run(self, tree: str | None, given: Facts) -> None:
        """Converse until the user leaves; ``tree`` None offers every tree that can be walked.

        Raises Left when the user leaves, EOFError at the end of input before an ending.
        """
        given = {f: values for f, values in given.items() if not self.library.always_asks(f)}
        if tree is not None:
            self._open(tree, given)
        chosen: Chosen | None = None
        while True:
            chosen = Chosen(tree, given) if tree else self._choose(given, chosen)
            if not self._walk(self._begin(chosen)):
                chosen = None
            elif tree:
                self._open(tree, given)

    def to_paper(
        self,
        tree: str | None,
        given: Facts,
        wish: Wish,
    ) -> tuple[Walk, Saving]:
        """Converse up to the ending whose sheet is wanted: its walk, and how to save the sheet.

        As ``run``, but ``given`` also answers what is always asked, until the user goes back.
        """
        if tree is not None:
            self._open(tree, given)
        chosen: Chosen | None = None
        while True:
            chosen = Chosen(tree, given) if tree else self._choose(given, chosen)
            if wanted := self._wanted(self._begin(chosen), given, wish):
                return wanted

    def _begin(self, chosen: Chosen) -> Walk:
        """The walk of what was chosen, before its first answer."""
        known, stated = self._told(chosen)
        self._said, self._then = (chosen.said,), chosen.then
        return Walk.begin(self.library, chosen.tree, known).expecting(stated)

    def _open(self, tree: str | None, given: Facts) -> None:
        """Show the first screen, with what a worker says first if they read."""
        known = {**given, **(self.library.trees[tree].given if tree else {})}
        above, below = self._first_screen(tree)
        is_worker = Speaker(self.library, known).teller == "staff"
        said_first = self._said_first(known) if is_worker else ()
        blocks = [above, *((line,) for line in (*said_first, *below))]
        self.opening([each for block in blocks for each in (block, GAP)], Context("", known))

    def about(self) -> tuple[Block, ...]:
        return tuple(
            about_blocks(approval=self._approval, plain=self.ui.plain, can_clear=self.ui.can_clear)
        )

    def _first_screen(self, tree: str | None) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """The lines at the top and at the bottom of the first screen."""
        self._approval = labels.approval_of(self.library, tree)
        below = disclaimers(
            _left_out(self.reading, every=tree is None),
            approval=self._approval,
            plain=self.ui.plain,
            can_clear=self.ui.can_clear,
        )
        return first_lines(plain=self.ui.plain), tuple(below)

    def _choose(self, given: Facts, before: Chosen | None) -> Chosen:
        """Choose who is reading, and then a tree by its title.

        ``before`` is what was chosen before, to choose anew in the same list; None if nothing was.
        """
        while True:
            before = before or Chosen("", self._with_reader(given))
            if chosen := self._tree(before):
                return chosen
            before = None

    def _with_reader(self, given: Facts) -> Facts:
        """These facts with who is reading, which the first screen asks if it is not known."""
        question = self.library.questions.get("teller")
        if question is None or question.fact in given:
            self._open(None, given)
            return given
        speaker = Speaker(self.library, given)
        above, below = self._first_screen(None)
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
        if walk.replies or walk.of_local:
            does[Act.CHANGE] = lambda: Act.CHANGE
        if any(line.said and line.shown(walk.facts) for line in self.library.advice.values()):
            does[Act.ASK] = lambda: self._ask_anything(walk, at)
        ways = scannable(self.library, shown)
        kept = kept_on_phone(walk, shown, ways)
        if kept:
            does[Act.CODE] = lambda: self._code(shown, ways, kept, at)
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
        chosen = self._tree(Chosen("", walk.of_person), "menu.what-else")
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
            return self._begin(Chosen(tree, known))
        self._read_every_tree()
        chosen = self._tree(Chosen("", known))
        return None if chosen is None else self._begin(chosen)

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
        self,
        shown: Page,
        ways: Sequence[Reached],
        kept: Mapping[str, tuple[str, ...]],
        at: Context | None,
    ) -> None:
        """Choose what is ``kept`` on a phone, or an address, and show its code; and then another.
        What is no helpline or way to 999 a child of under 13 does with an adult."""
        urgent = (each.contacts for each in shown.help if each.need == EMERGENCY)
        routes = self.library.routes
        alone = helplines(self.library, shown).union(c.route for some in urgent for c in some)
        choices: list[tuple[tuple[tuple[str, ...], tuple[str, ...]], Item]] = []
        scan = () if self.ui.plain else (say("phone.scan"),)
        for key, lines in kept.items():
            told = (*scan, say("phone.notes")) if scan else (say("phone.copy"), *lines)
            choices.append(((told, lines), Item(say(key))))
        for contact, way in ways[: _MOST_CODES - len(kept)]:
            title, address = contact.title, ", ".join(filter(None, (way.address, way.label)))
            if labels.channel(way.channel).lower() not in title.lower():
                address = "" if way.address in title else named(address, way)
            if shown.under_13 and contact.route not in alone:
                title = say("phone.with-an-adult", title=title)
            texts = routes[contact.route].text if scan and way.channel == "text" else ()
            types = tuple(say("phone.type", word=line.send) for line in texts if line.send)
            label = ": ".join(filter(None, (title, address)))
            choices.append((((label, *scan, *types), (way.uri,)), Item(title, address)))
        leaves = [Line(say("phone.leaves"))]
        while chosen := self.choose(say("menu.address"), choices, leaves, at):
            if act := self.ui_at(at).code(*chosen):
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
        return Context(Speaker(self.library, walk.facts).say(walk.begun.title), walk.facts)


def _left_out(reading: Reading, *, every: bool) -> Iterator[str]:
    """Notices about files left out because of mistakes. ``every``: of all trees, not one."""
    if any(mistake.severity is Severity.ERROR for mistake in reading.local_mistakes):
        yield say("opening.local-left-out")
    read = reading.library.trees
    if every and any(name not in read or reading.stopping(name) for name in reading.files):
        yield say("opening.tree-left-out")
