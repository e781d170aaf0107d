"""How each part of a tree stands: approved as it is, changed since, overdue, or never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..model.approval import Approval, Comment
from ..model.base import Frozen
from ..model.diagnostics import Span
from ..model.library import Library
from ..page.approval import Approved, Fingerprints, of_part
from ..page.messages import say
from .leaves import Leaf, Leaves
from .signing import waiting


class PartStanding(Frozen):
    """How one part stands. ``because`` are the shared parts by which it has changed, if any; else
    its own words have. ``read`` is how it was read, if it was, before all that it shares."""

    name: str
    title: str
    approval: Approved | None
    because: tuple[str, ...] = ()
    read: Approval | None = None

    @property
    def holds(self) -> bool:
        """Whether it is approved as it stands, and not overdue."""
        return self.approval is not None and not self.approval.changed and not self.approval.over


class Standing(Frozen):
    """How a tree stands: its questions and each page; and what is left to read of these and of what
    they share, in leaves. Of those that it shares, ``read`` of ``shared`` are approved. All of it,
    with these, is approved as it stands if it ``holds``."""

    tree: str
    parts: tuple[PartStanding, ...]
    left: tuple[Leaf, ...]
    read: int
    shared: int
    holds: bool

    @property
    def pages(self) -> tuple[PartStanding, ...]:
        """Those that are pages: all but its questions."""
        return self.parts[1:]

    @property
    def words(self) -> int:
        """The words that are left to read."""
        return sum(leaf.words for leaf in self.left)


def standings(fingerprints: Fingerprints, trees: Iterable[str], on: date) -> list[Standing]:
    """How each of some trees stands on a day."""
    leaves, found = Leaves(fingerprints), []
    books = ((), approved(fingerprints, on), already_read(fingerprints, on))
    for name in trees:
        every, open_, left = (tuple(leaves.of((name,), some)) for some in books)
        shared, unread = (len(shared_ones(leaves.library, some)) for some in (every, open_))
        parts = tuple(_parts(fingerprints, name, on))
        found.append(Standing(name, parts, left, shared - unread, shared, not open_))
    return found


def shared_ones(library: Library, leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    """Those of some leaves that are of no tree."""
    return tuple(each for each in leaves if each.parts[0].partition("/")[0] not in library.trees)


def progress(fingerprints: Fingerprints, on: date) -> tuple[float, int]:
    """How much of the words of a whole library is approved on a day, from 0 to 1, and how many
    people did it."""
    leaves, read = Leaves(fingerprints), approved(fingerprints, on)
    every, left = (sum(leaf.words for leaf in leaves.of(None, some)) for some in ((), read))
    people = {a.by for a in fingerprints.library.approvals if not read.isdisjoint(a.pages)}
    return 1 - left / every if every else 1, len(people)


def approved(fingerprints: Fingerprints, on: date) -> frozenset[str]:
    """The parts of a library that are approved as they stand on a day."""
    given = {part for each in fingerprints.library.approvals for part in each.pages}
    found = ((part, of_part(fingerprints, part, on)) for part in given)
    return frozenset(p for p, each in found if each and not each.changed and not each.over)


def already_read(fingerprints: Fingerprints, on: date) -> frozenset[str]:
    """Those, and the parts that were read before what they share, and wait for that."""
    waits = waiting(fingerprints.library.approvals, fingerprints)
    return approved(fingerprints, on).union(waits)


def _parts(fingerprints: Fingerprints, name: str, on: date) -> Iterator[PartStanding]:
    tree = fingerprints.library.trees[name]
    pages = {f"{name}/{each.name}": each for each in tree.outcomes.values()}
    waits = waiting(fingerprints.library.approvals, fingerprints)
    for part in (name, *pages):
        outcome = pages.get(part)
        found = of_part(fingerprints, part, on)
        shared = fingerprints.shared_parts(tree, outcome) if found and found.changed else ()
        because = tuple(each for each in shared if _has_changed(fingerprints, each))
        title = outcome.title.read_by(None) if outcome else say("book.its-questions").lower()
        yield PartStanding(part, title, found, because, waits.get(part))


def _has_changed(fingerprints: Fingerprints, part: str) -> bool:
    found = of_part(fingerprints, part, None)
    return found is not None and found.changed


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
            if comment.line in ("", line.says):
                yield OpenComment(comment, span)
                break
