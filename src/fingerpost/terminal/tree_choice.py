"""The choice of what has happened: a door and a tree behind it, or a reader's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ..model.base import Frozen, replace
from ..model.facts import Facts
from ..page.messages import say
from ..page.opening_hours import Clock
from ..page.speaker import Speaker
from ..page.text_layout import Block, Line
from ..page.visibility import EMERGENCY
from ..reading.folders import CannotRead
from ..reading.reading import Reading
from ..walk.doors import Entrance, entrances
from .conversation import Context, Conversation
from .io.background import Background
from .io.ui import Find, Hits, Item, Menu, Ui
from .walk_screens import just_talk_blocks, live_blocks, trees_found

if TYPE_CHECKING:
    from ..search.index import SearchIndex
    from ..search.trees import TreeSearch


HAPPENED = "menu.what-happened"


class Chosen(Frozen):
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


class TreeChoice(Conversation):
    """A conversation in which one chooses what has happened.

    ``index`` reads or makes that of a search for a tree; without it there is one of the library as
    it is. ``every`` reads all trees, for a further trouble of somebody who has begun with one.
    """

    def __init__(
        self,
        ui: Ui,
        reading: Reading,
        clock: Callable[[], Clock],
        index: Callable[[], SearchIndex] | None,
        every: Callable[[], Reading] | None,
    ) -> None:
        super().__init__(ui, reading.library, clock, Context("", {}))
        self.reading = reading
        self.index = index
        self.every = every
        self._trees = Background(self._tree_search)

    def _tree(self, before: Chosen, asks: str = HAPPENED) -> Chosen | None:
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
        may_be_two = asks == HAPPENED
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
                return Chosen(tree, given, said=last.said, then=then)
            behind = doors[chosen][1]
            if len(behind) == 1:
                return Chosen(behind[0], given)
            inside = Menu(items[chosen].says, tuple(self._item(t, speaker) for t in behind))
            place = self.pick(inside, at)
            if place is not None:
                return Chosen(behind[place], given, chosen)
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
            hits = trees_found(each, catch_all, listed, live, both, at_once=plain)
            if not found and not search().is_english(said):
                return Hits((*range(1, listed + 1),), say("find.foreign"), live)
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

        Of those for an emergency only the first, for the others work for few. An adult is shown
        first whom they can ring themselves.
        """
        contacts = [
            contact
            for each in self.helplines(at)
            for contact in (each.contacts[:1] if each.need == EMERGENCY else each.contacts)
            if needs.intersection(self.library.routes[contact.route].serves)
        ]
        if at.facts.get("teller", frozenset()) - {"young-person"}:
            is_text = {c.route: {w.channel for w in c.answering} == {"text"} for c in contacts}
            contacts.sort(key=lambda each: (bool(each.under), is_text[each.route]))
        return live_blocks(contacts, first)

    def _tree_search(self) -> TreeSearch:
        """By the index that is given, or if that can no longer be made by one made here."""
        from ..search.trees import TreeSearch

        with suppress(CannotRead):
            if self.index:
                return TreeSearch(self.index())
        from ..search.indexing import index_of

        return TreeSearch(index_of(self.library))

    def _told(self, chosen: Chosen) -> tuple[Facts, Facts]:
        """What is known of whoever chose, and what the words by which they did state. Without words
        no index is read."""
        return self._trees().told(chosen.said, chosen.known) if chosen.said else (chosen.known, {})

    def _read_every_tree(self) -> None:
        if self.every:
            with suppress(CannotRead):
                self.reading = self.every()
                self.library = self.reading.library

    def _said_first(self, known: Facts) -> tuple[Line, ...]:
        """What a worker says before the first question."""
        speaker = Speaker(self.library, known)
        return tuple(
            Line(speaker.say(each.say)) for each in self.library.opening if each.shown(known)
        )
