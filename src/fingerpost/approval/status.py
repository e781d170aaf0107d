"""How the approval of each tree stands: as it is, changed since, overdue, or never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..model.approval import Approval, ApprovedEnding
from ..model.base import Frozen
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Sentence
from ..model.tree import Advice, Always, Need, NeedWords, Tree
from ..page.approval import Item, changed, changed_before, own_items, own_marks, part_name
from ..proof.drawing import shorten
from .reach import Reach

GONE = "shared things that are gone"
"""The part for what trees shared when they were read: its name went with it."""


class Part(Frozen):
    """A part that has changed: its name, which stays, what it is in words, how many of its items
    have changed, and what is new there in words, as far as it has any."""

    name: str
    called: str = ""
    items: int = 1
    new: tuple[str, ...] = ()


class Standing(Frozen):
    """The approval of one tree on a day; without an approval nobody ever read it."""

    tree: str
    approval: Approval | None
    parts: tuple[Part, ...] = ()
    overdue: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is approved as it stands, and not overdue."""
        return self.approval is not None and not self.parts and not self.overdue


def standings(library: Library, trees: Iterable[str], reached: Reach, on: date) -> list[Standing]:
    """How each of some trees stands."""
    return [_standing(library, library.trees[name], reached, on) for name in trees]


def _standing(library: Library, tree: Tree, reached: Reach, on: date) -> Standing:
    approval = library.approvals.get(tree.name)
    if approval is None:
        return Standing(tree.name, None)
    parts = tuple(_parts(library, tree, approval, reached))
    return Standing(tree.name, approval, parts, overdue=on > approval.until)


def _parts(library: Library, tree: Tree, approval: Approval, reached: Reach) -> Iterator[Part]:
    for kind, name in changed_before(library, tree, approval):
        match kind:
            case "tree":
                yield Part(f"tree {name}", f"the tree “{tree.title.read_by(None)}”")
            case "opening":
                yield Part("opening", "what is said first")
            case _:
                question = tree.questions.get(name)
                asked = f"the question “{shorten(question.ask.read_by(None))}”" if question else ""
                yield Part(f"question {tree.name}/{name}", asked)
    for name in {**approval.endings, **tree.outcomes}:
        if part := _ending(tree, name, approval, reached):
            yield part
    yield from _shared(tree, approval, reached)


def _ending(tree: Tree, name: str, approval: Approval, reached: Reach) -> Part | None:
    part = f"ending {tree.name}/{name}"
    found = approval.endings.get(name)
    outcome = tree.outcomes.get(name)
    if found is None or outcome is None:
        items = len(own_marks(outcome)) if outcome else len((found or ApprovedEnding()).own)
        return Part(part, f"the page “{outcome.title.read_by(None)}”" if outcome else "", items)
    here = reached.at((tree.name, name))
    differing = changed(approval, outcome, here, here)
    if not differing:
        return None
    own = (words for mark, words in own_items(outcome) if mark not in found.own)
    # What is new in the whole tree stands once, as a part of its own.
    approved = {*approval.shared} - approval.shown_on(name)
    shared = (words(item) for item in here if item.mark in approved)
    called = f"the page “{outcome.title.read_by(None)}”"
    return Part(part, called, differing, tuple(dict.fromkeys((*own, *shared))))


def _shared(tree: Tree, approval: Approval, reached: Reach) -> Iterator[Part]:
    """What this tree shares with others and what of it was not approved, or is gone."""
    here = {at for name in tree.outcomes for at in reached.shows[tree.name, name]}
    now = [reached.items[at] for at in sorted(here)]
    known, approved = {item.mark for item in now}, {*approval.shared}
    new = [item for item in now if item.mark not in approved]
    for name in dict.fromkeys(part_name(item) for item in new):
        alike = [item for item in new if part_name(item) == name]
        new_words = tuple(dict.fromkeys(map(words, alike)))
        yield Part(name, f"{alike[0].kind} “{shorten(new_words[0])}”", len(alike), new_words)
    if (gone := len(approved - known) - len(new)) > 0:
        yield Part(GONE, items=gone)


def words(item: Item) -> str:
    """The words of something shared, or its name."""
    match item.part:
        case Advice() | NeedWords():
            return item.part.say.read_by(None)
        case Route():
            return item.part.title.read_by(None)
        case Sentence():
            return f"{item.name}: {item.part.read_by(None)}"
        case Need() | Always():
            return part_name(item)
