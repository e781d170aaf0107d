"""What a person approved of a page, and what has changed on it since.

An ending's items are its own, and what trees share: lines and needs that are always added, needs in
words, routes and hard words. The approval of a tree knows which of these it could show.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from ..model.approval import Approval
from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Sentence
from ..model.tree import Advice, Always, Need, NeedWords, Outcome, Tree
from . import visibility
from .fingerprint import fingerprint, lines, mark


class Kind(StrEnum):
    """The kind of something that trees share, in the word that a message uses."""

    URGENCY = "urgency"
    LINE = "shared line"
    CALLED = "need called for"
    NEED = "need"
    ROUTE = "route"
    WORD = "hard word"


SharedPart: TypeAlias = Always | Advice | Need | NeedWords | Route | Sentence


class Item(Frozen):
    """Something that trees share, with its fingerprint; ``entry`` is what always adds it."""

    kind: Kind
    name: str
    mark: str
    part: SharedPart
    entry: Always | None = None


class Approved(Frozen):
    """Who approved the words of a page, and how many items of it have changed since.

    ``over``: the day by which it was to be read again is past, if the moment is known.
    """

    by: str
    role: str
    on: date
    until: date
    organisation: str
    changed: int
    over: bool = False


class Since(Frozen):
    """What has become of an ending since its approval, whoever reads it.

    ``new`` are the fingerprints of its own items that were not approved, and ``stands`` all that
    were, or None if the ending itself was not. ``gone`` is the number of approved lines that the
    library no longer has. ``in_order``: the ending's own items are as they were.
    """

    new: frozenset[str]
    gone: int = 0
    in_order: bool = True
    stands: frozenset[str] | None = None


def of_page(
    library: Library,
    tree: Tree,
    outcome: Outcome,
    facts: Facts,
    words: Collection[str],
    today: date | None,
    items: tuple[Item, ...] | None = None,
) -> Approved | None:
    """The approval of an ending as this person reads it; None if nobody approved its tree.

    ``words`` are the hard words that the page explains, and ``items`` what trees share, if known.
    """
    approval = library.approvals.get(tree.name)
    if approval is None:
        return None
    if items is None:
        items = tuple(shared_items(library))
    here = _shown(library, items, outcome, facts, words)
    return told(approval, changed(approval, outcome, items, here), today)


def of_tree(library: Library, tree: Tree, today: date | None) -> Approved | None:
    """The approval of what is read of a tree before its endings: its title, what is said before the
    first question, and the questions."""
    approval = library.approvals.get(tree.name)
    if approval is None:
        return None
    return told(approval, sum(1 for _ in changed_before(library, tree, approval)), today)


def changed_before(library: Library, tree: Tree, approval: Approval) -> Iterator[tuple[str, str]]:
    """The kind and the name of each part that has changed and is read before an ending: ``tree``,
    ``opening``, and each ``question``."""
    if approval.about != about_mark(tree):
        yield "tree", tree.name
    if approval.opening != opening_mark(library):
        yield "opening", ""
    asked = {name: fingerprint(question) for name, question in tree.questions.items()}
    for name in {**approval.questions, **asked}:
        if approval.questions.get(name) != asked.get(name):
            yield "question", name


def told(approval: Approval, differing: int, today: date | None) -> Approved:
    """What is told of an approval with so many changes."""
    return Approved(
        approval.by,
        approval.role,
        approval.on,
        approval.until,
        approval.organisation,
        differing,
        over=today is not None and today > approval.until,
    )


def changed(
    approval: Approval, outcome: Outcome, items: Iterable[Item], here: Iterable[Item]
) -> int:
    """How many lines of an ending have changed: those on it that were not approved there, or those
    approved there that are gone from the library, whichever are more.

    ``items`` are all that trees share, and ``here`` those of them on the ending.
    """
    become = since(approval, outcome, items)
    if become.stands is None:
        return len(lines(become.new))
    shown = [item.mark for item in here]
    new = {*become.new, *(mark for mark in shown if mark not in become.stands)}
    in_order = become.in_order and _in_order(approval.shared, shown)
    return max(len(lines(new)), become.gone, 0 if in_order else 1)


def since(approval: Approval, outcome: Outcome, items: Iterable[Item]) -> Since:
    """What has become of an ending since its approval; ``items`` are all that trees share."""
    found = approval.endings.get(outcome.name)
    own = own_marks(outcome)
    if found is None:
        return Since(own)
    shared = approval.shown_on(outcome.name)
    known = {item.mark for item in items}
    stands = found.own | shared
    gone = (found.own - own) | (shared - known)
    return Since(own - stands, len(lines(gone)), found.whole == fingerprint(outcome), stands)


def shared_items(library: Library) -> Iterator[Item]:
    """All that trees share, in the order in which a page shows it, where there is one."""
    for entry in library.always:
        how = (entry.when, frozenset(entry.unless), entry.after)
        if entry.urgency is not None:
            yield _item(Kind.URGENCY, "", (*how, entry.urgency), entry, entry)
        for line in entry.advice:
            yield _item(Kind.LINE, line.name, (*how, line), line, entry)
        for need in entry.needs:
            yield _item(Kind.CALLED, need.need, (*how, need), need, entry)
    for route in library.routes.values():
        yield _item(Kind.ROUTE, route.name, (route,), route)
    for name, words in sorted(library.needs.items()):
        yield _item(Kind.NEED, name, (words,), words)
    for word, meaning in sorted(library.words.items()):
        yield _item(Kind.WORD, word, (word, meaning), meaning)


def _item(
    kind: Kind, name: str, values: tuple[object, ...], part: SharedPart, entry: Always | None = None
) -> Item:
    return Item(kind, name, mark((kind, name or values), *values), part, entry)


def part_name(item: Item) -> str:
    """The name of a part that trees share, which stays the same when others change."""
    return f"{item.kind} {item.name}".rstrip()


def own_items(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The fingerprint of each item of an ending's own, and its words for a young person."""
    for name, said in (
        ("title", outcome.title),
        ("open", outcome.open),
        ("worse", outcome.worse),
        ("way on", outcome.way_on),
    ):
        if said is not None:
            yield mark(name, name, said), said.read_by(None)
    yield mark("urgency", "urgency", outcome.urgency), f"urgency: {outcome.urgency.name.lower()}"
    if outcome.carry_on is not None:
        yield mark("carry on", outcome.carry_on), outcome.carry_on.say.read_by(None)
    for line in outcome.advice:
        yield mark(line.name or line.say, line), line.say.read_by(None)
    for need in outcome.needs:
        because = f": {need.because.read_by(None)}" if need.because else ""
        yield mark((Kind.NEED, need.need), need), f"the need {need.need}{because}"


def own_marks(outcome: Outcome) -> frozenset[str]:
    """The fingerprints of an ending's own items."""
    return frozenset(mark for mark, _ in own_items(outcome))


def about_mark(tree: Tree) -> str:
    """The fingerprint of what a tree says it is for, of whom it is for and of where it begins."""
    return fingerprint(tree.title, tree.about, tree.given, tree.start, tree.catch_all)


def opening_mark(library: Library) -> str:
    """The fingerprint of what is said before the first question, with the lines to choose from."""
    return fingerprint((library.opening, library.doors))


def _shown(
    library: Library,
    items: Iterable[Item],
    outcome: Outcome,
    facts: Facts,
    words: Collection[str],
) -> list[Item]:
    """The items that an ending shows a person with these facts."""
    called = visibility.needs(library, outcome, facts)
    served = visibility.served(library, outcome, facts)
    names: dict[Kind, Collection[str]] = {
        Kind.NEED: called,
        Kind.ROUTE: {route.name for each in served for route in each.routes},
        Kind.WORD: {word.lower() for word in words},
    }

    def shows(item: Item) -> bool:
        if item.kind in names:
            return item.name in names[item.kind]
        if item.entry is None or not item.entry.shown(facts):
            return False
        match item.part:
            case Advice():
                return item.part.shown(facts)
            case Need():
                return item.part.when.holds(facts)
            case _:
                return True

    return [item for item in items if shows(item)]


def _in_order(approved: tuple[str, ...], shown: Iterable[str]) -> bool:
    """Whether what is shown comes in the order in which it was approved."""
    places = {mark: at for at, mark in enumerate(approved)}
    found = [places[mark] for mark in shown if mark in places]
    return found == sorted(found)
