"""How each part of a tree stands: approved as it is, changed since, overdue, or never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..model.approval import Comment
from ..model.base import Frozen, replace
from ..model.diagnostics import Span
from ..model.facts import TELLERS
from ..page.approval import Approved, Fingerprints, of_part
from ..page.messages import say
from .leaves import Leaf, Leaves, minutes
from .lines import count_words
from .marks import for_one


class PartStanding(Frozen):
    """How one part stands. ``because`` are the shared parts by which it has changed, if any; else
    its own words have, or who sees them. One that is ``read`` and has no approval waits for what it
    shares, or for an open comment."""

    name: str
    title: str
    approval: Approved | None
    because: tuple[str, ...] = ()
    read: bool = False
    waits: tuple[str, ...] = ()

    def holds(self, nation: str = "") -> bool:
        """Whether it is approved as it stands, and not overdue, for those of a nation or of all."""
        given = self.approval
        if given is None or given.changed or given.over:
            return False
        return given.is_for(nation) if nation else not given.nations


class Standing(Frozen):
    """How a tree stands: its questions and each page; all ``leaves`` of these and of what they
    share, and what is ``left`` of them to read. Of those that it shares, ``read`` of ``shared`` are
    approved."""

    tree: str
    parts: tuple[PartStanding, ...]
    leaves: tuple[Leaf, ...]
    left: tuple[Leaf, ...]
    read: int
    shared: int
    nation: str = ""

    @property
    def holds(self) -> bool:
        """Whether all of it, with what it shares, is approved as it stands."""
        return not self.left

    @property
    def pages(self) -> tuple[PartStanding, ...]:
        """Those that are pages: all but its questions."""
        return self.parts[1:]

    @property
    def held(self) -> int:
        """How many pages hold."""
        return sum(part.holds(self.nation) for part in self.pages)

    @property
    def words(self) -> int:
        """The words that are left to read."""
        return sum(leaf.words for leaf in self.left)


def standings(
    fingerprints: Fingerprints, trees: Iterable[str], on: date, nation: str = ""
) -> list[Standing]:
    """How each of some trees stands on a day; of a ``nation``, for those who live there."""
    leaves, read = Leaves(fingerprints, nation), signed_on(fingerprints, on)
    found = []
    for name in trees:
        every = tuple(leaves.of((name,)))
        left = tuple(filter(None, (leaf.without(read) for leaf in every)))
        shared, open_ = (sum(not leaf.tree for leaf in some) for some in (every, left))
        by_name = {leaf.parts[0]: leaf for leaf in every}
        parts = (
            replace(part, waits=_waits(leaves, by_name[part.name], left)) if part.read else part
            for part in _parts(fingerprints, name, on)
        )
        found.append(Standing(name, tuple(parts), every, left, shared - open_, shared, nation))
    return found


def _waits(leaves: Leaves, page: Leaf, left: Iterable[Leaf]) -> tuple[str, ...]:
    """The numbers of the boxes that are left of what a page shares."""
    needed = frozenset(leaves.needed(page))
    return tuple(leaf.number for leaf in left if not needed.isdisjoint(leaf.parts))


def progress(fingerprints: Fingerprints, every: Iterable[Standing], on: date) -> tuple[float, int]:
    """How much of the words of all trees, as they stand, is approved on a day, from 0 to 1, each
    line counted once; and how many people did it."""
    read = signed_on(fingerprints, on)
    lines = {
        (line.part, line.says): line
        for standing in every
        for leaf in standing.leaves
        for line in leaf.lines
        if not line.again
    }
    words = count_words(lines.values())
    left = count_words(line for line in lines.values() if line.part not in read)
    people = {a.by for a in fingerprints.library.approvals if not read.isdisjoint(a.pages)}
    return 1 - left / words if words else 1, len(people)


def signed_on(fingerprints: Fingerprints, on: date, by: str = "") -> frozenset[str]:
    """The parts that somebody signed as they stand on a day, and did not object to; and those that
    one person signed, whatever they said of them."""
    given = [(part, each) for part, some in fingerprints.given.items() for each in some]
    given += [
        (p, each) for each in fingerprints.library.approvals if each.by == by for p in each.pages
    ]
    kept = ((part, each) for part, each in given if each.until >= on)
    return frozenset(part for part, each in kept if each.pages[part] == fingerprints.of(part))


def approved(fingerprints: Fingerprints, on: date, nation: str = "") -> frozenset[str]:
    """The pages that are approved as they stand on a day, with all that they share."""
    trees = fingerprints.library.trees
    parts = (part for name in trees for part in (*_parts(fingerprints, name, on),)[1:])
    return frozenset(part.name for part in parts if part.holds(nation))


def _parts(fingerprints: Fingerprints, name: str, on: date) -> Iterator[PartStanding]:
    tree = fingerprints.library.trees[name]
    pages = {f"{name}/{each.name}": each for each in tree.outcomes.values()}
    given = frozenset().union(*(each.pages for each in fingerprints.library.approvals))
    for part in (name, *pages):
        outcome = pages.get(part)
        found = of_part(fingerprints, part, on) if part in given else None
        shared = fingerprints.shared_parts(part) if found and found.changed else ()
        because = tuple(each for each in shared if each in given and not fingerprints.is_read(each))
        title = outcome.title.read_by(None) if outcome else say("book.its-questions").lower()
        is_read = part in given and fingerprints.is_signed(part)
        yield PartStanding(part, title, found, because, is_read)


class OpenComment(Frozen):
    """A comment whose words are still there, with their place in a file, if they have one."""

    comment: Comment
    span: Span | None


def open_comments(fingerprints: Fingerprints) -> Iterator[OpenComment]:
    """The comments that nobody has closed, and whose line has not changed."""
    leaves = Leaves(fingerprints)
    for comment in fingerprints.library.comments:
        span = None
        for line in leaves.lines_of(comment.page):
            span = line.span or span
            wordings = (for_one(line.says, teller) for teller in TELLERS)
            if comment.line in ("", line.says, *wordings):
                yield OpenComment(comment, span)
                break


# --- in words -----------------------------------------------------------------------------------


def summary(standing: Standing) -> str:
    """How a tree stands, in a line."""
    told = say("status.pages", tree=standing.tree, held=standing.held, count=len(standing.pages))
    if standing.left:
        told = say("status.left", told=told, time=minutes(standing.words))
    given = [part.approval for part in standing.parts if part.approval]
    counts = {
        "waiting": sum(part.read and part.approval is None for part in standing.pages),
        "changed": sum(each.changed for each in given),
        "over": sum(each.over for each in given),
    }
    shared = say("status.shared", read=standing.read, count=standing.shared)
    others = {key: say(f"status.{key}", count=count) for key, count in counts.items() if count}
    waiting = others.pop("waiting", "")
    return "; ".join(filter(None, (told, waiting, shared, *others.values())))


def in_words(part: PartStanding) -> str:
    """How a part stands, in a line."""
    given = part.approval
    if given is None:
        waits = ", ".join(part.waits) or say("status.a-comment")
        told = say("status.waits", what=waits) if part.read else say("status.nobody")
    else:
        whose = say("status.for", organisation=given.organisation) if given.organisation else ""
        told = say("status.by", by=given.by, role=given.role, whose=whose, day=given.on)
        if given.changed:
            because = ", ".join(say("status.shared-part", part=each) for each in part.because)
            told += say("status.changed-by", what=because or say("status.own-words"))
        if given.over:
            told += say("status.to-read-again", day=given.until)
    return say("status.part", name=part.name, title=part.title, told=told)
