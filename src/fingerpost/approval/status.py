"""How each part of a tree stands: approved as it is, changed since, overdue, or never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..model.approval import Comment
from ..model.base import Frozen
from ..model.diagnostics import Span
from ..model.facts import TELLERS
from ..model.library import Library
from ..page.approval import Approved, Fingerprints, of_part
from ..page.messages import say
from .leaves import Leaf, Leaves
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

    def holds(self, nation: str = "") -> bool:
        """Whether it is approved as it stands, and not overdue, for those of a nation or of all."""
        given = self.approval
        if given is None or given.changed or given.over:
            return False
        return given.is_for(nation) if nation else not given.nations


class Standing(Frozen):
    """How a tree stands: its questions and each page; and what is left to read of these and of what
    they share, in leaves. Of those that it shares, ``read`` of ``shared`` are approved."""

    tree: str
    parts: tuple[PartStanding, ...]
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
        left = tuple(leaves.of((name,), read))
        shared = len(shared_ones(leaves.library, tuple(leaves.of((name,)))))
        done = shared - len(shared_ones(leaves.library, left))
        parts = tuple(_parts(fingerprints, name, on))
        found.append(Standing(name, parts, left, read=done, shared=shared, nation=nation))
    return found


def shared_ones(library: Library, leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    """Those of some leaves that are of no tree."""
    return tuple(each for each in leaves if each.parts[0].partition("/")[0] not in library.trees)


def progress(fingerprints: Fingerprints, on: date, nation: str = "") -> tuple[float, int]:
    """How much of the words of a whole library is approved on a day, from 0 to 1, and how many
    people did it."""
    leaves, read = Leaves(fingerprints, nation), signed_on(fingerprints, on)
    every, left = (sum(leaf.words for leaf in leaves.of(None, some)) for some in ((), read))
    people = {a.by for a in fingerprints.library.approvals if not read.isdisjoint(a.pages)}
    return 1 - left / every if every else 1, len(people)


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
        shared = fingerprints.shared_parts(tree, outcome) if found and found.changed else ()
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
