"""How each part of a tree stands: approved as it is, changed since, overdue, or never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from ..model.approval import Comment
from ..model.base import Frozen, grouped
from ..model.diagnostics import Span
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.sanitize import shorten
from ..page.approval import KNOWN, Approved, Fingerprints, of_part
from ..page.messages import say
from ..page.speaker import Speaker
from .leaves import Leaf, Leaves, minutes
from .marks import for_one

_Reason: TypeAlias = tuple[str, str]


class PartStanding(Frozen):
    """How one part stands. ``because`` are the shared parts by which it has changed, if any; else
    its own words have, or who sees them. One that is signed and not approved, or not for all,
    ``waits`` for these parts, each with the comments that hold it back: none if nobody signed it.
    ``where`` it is approved, in words; empty for all."""

    name: str
    title: str
    approval: Approved | None
    because: tuple[str, ...] = ()
    waits: tuple[tuple[str, tuple[Comment, ...]], ...] = ()
    where: str = ""

    def holds(self, nation: str = "") -> bool:
        """Whether it is approved as it stands, and not overdue, for those of a nation or of all."""
        given = self.approval
        if given is None or given.changed or given.over:
            return False
        return given.is_for(nation) if nation else not given.nations


class Standing(Frozen):
    """How a tree stands: its questions and each page; all ``leaves`` of these and of what they
    share, and what is ``left`` of them to read. Of those that it shares, ``read`` of ``shared`` are
    approved. ``where`` is the nation in words, if it is of one."""

    tree: str
    parts: tuple[PartStanding, ...]
    leaves: tuple[Leaf, ...]
    left: tuple[Leaf, ...]
    read: int
    shared: int
    nation: str = ""
    where: str = ""

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


def standings(
    fingerprints: Fingerprints, trees: Iterable[str], on: date, nation: str = ""
) -> list[Standing]:
    """How each of some trees stands on a day; of a ``nation``, for those who live there."""
    leaves, read = Leaves(fingerprints, nation), signed_on(fingerprints, on)
    nations, found = leaves.nations, []
    where = _where(fingerprints.library, nations)
    for name in trees:
        every = tuple(leaves.of((name,)))
        left = tuple(filter(None, (leaf.without(read) for leaf in every)))
        shared, open_ = (sum(not leaf.tree for leaf in some) for some in (every, left))
        parts, read_ = tuple(_parts(fingerprints, name, on, nations)), shared - open_
        found.append(Standing(name, parts, every, left, read_, shared, nation, where))
    return found


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


def held_back(fingerprints: Fingerprints, on: date) -> dict[Comment, list[str]]:
    """The pages of all trees that are signed and wait for a comment, for each that is so."""
    every = (part for name in fingerprints.library.trees for part in _parts(fingerprints, name, on))
    return grouped((c, part.name) for part in every for _, said in part.waits for c in said)


def _parts(
    fingerprints: Fingerprints, name: str, on: date, nations: tuple[str, ...] = ()
) -> Iterator[PartStanding]:
    library = fingerprints.library
    tree = library.trees[name]
    comments = grouped((each.page, each) for each in library.comments)
    pages = {f"{name}/{each.name}": each for each in tree.outcomes.values()}
    given = frozenset().union(*(each.pages for each in fingerprints.library.approvals))
    for part in (name, *pages):
        outcome = pages.get(part)
        found = of_part(fingerprints, part, on) if part in given else None
        shared = fingerprints.shared_parts(part) if found and found.changed else ()
        because = tuple(each for each in shared if each in given and not fingerprints.is_read(each))
        title = outcome.title.read_by(None) if outcome else say("book.its-questions").lower()
        is_signed = part in given and fingerprints.signers(part)
        needed = fingerprints.shared_parts(part, nations) if is_signed and outcome else ()
        waits = tuple(
            (each, tuple(c for c in comments.get(each, ()) if c.by in fingerprints.signers(each)))
            for each in ((part, *needed) if is_signed else ())
            if not fingerprints.is_read(each)
        )
        where = _where(library, found.nations) if found else ""
        yield PartStanding(part, title, found, because, waits, where)


def open_comments(fingerprints: Fingerprints) -> dict[Comment, Span | None]:
    """The comments that nobody has closed, and whose line has not changed, each with its place in a
    file, if it has one; in the order of the files."""
    leaves = Leaves(fingerprints)
    found: dict[Comment, Span | None] = {}
    for comment in fingerprints.library.comments:
        span = None
        for line in leaves.lines_of(comment.page):
            span = line.span or span
            wordings = (for_one(line.says, teller) for teller in TELLERS)
            if comment.line in ("", line.says, *wordings):
                found[comment] = span
                break
    return dict(
        sorted(found.items(), key=lambda each: (s.file, s.line) if (s := each[1]) else ("", 0))
    )


# --- in words -----------------------------------------------------------------------------------


def summary(standing: Standing) -> str:
    """How a tree stands, in a line."""
    count, where = len(standing.pages), standing.where
    told = say("status.pages", tree=standing.tree, held=standing.held, count=count, where=where)
    some = Counter(p.where for p in standing.pages if p.where and any(map(p.holds, KNOWN)))
    for where, held in some.items() if not standing.nation else ():
        told = say("status.some", told=told, count=held, where=where)
    if standing.left:
        told = say(
            "status.left", told=told, time=minutes(sum(leaf.words for leaf in standing.left))
        )
    given = [part.approval for part in standing.parts if part.approval]
    counts = {
        "waiting": sum(bool(p.waits) and p.approval is None for p in standing.pages),
        "changed": sum(each.changed for each in given),
        "over": sum(each.over for each in given),
    }
    shared = say("status.shared", read=standing.read, count=standing.shared)
    others = {key: say(f"status.{key}", count=count) for key, count in counts.items() if count}
    waiting = others.pop("waiting", "")
    return "; ".join(filter(None, (told, waiting, shared, *others.values())))


def reasons(parts: Iterable[PartStanding], book: Iterable[Leaf]) -> dict[_Reason, list[str]]:
    """Why parts wait, each with the names of those that do: a comment on a line of a box, or the
    subject and the number of a box that nobody signed, in a ``book``."""
    boxes = {part: leaf for leaf in book for part in leaf.parts}
    found = []
    for part in parts:
        for name, said in part.waits:
            box = boxes[name]
            lines = (shorten(each.line or each.says, 40) for each in said)
            told = [("", say("status.comment", number=box.number, line=each)) for each in lines]
            found += [(each, part.name) for each in told or [(box.subject, box.number)]]
    return {each: [*dict.fromkeys(some)] for each, some in grouped(found).items()}


def _where(library: Library, nations: Sequence[str]) -> str:
    """In which nations, in words; empty for all. One that is empty is not known."""
    named = Speaker(library, {}).answers("nation", nations)
    return say("status.in" if named else "status.no-nation", nations=named) if nations else ""


def in_words(part: PartStanding, book: Iterable[Leaf] = ()) -> str:
    """How a part stands, in a line, with what it waits for by the numbers of a ``book``."""
    given = part.approval
    if given is None:
        waits = ", ".join(told for _, told in reasons([part], book))
        told = say("status.waits", what=waits) if waits else say("status.nobody")
    else:
        whose = say("status.for", organisation=given.organisation) if given.organisation else ""
        told = say("status.by", by=given.by, role=given.role, whose=whose, day=given.on)
        told += part.where
        if given.changed:
            because = ", ".join(say("status.shared-part", part=each) for each in part.because)
            told += say("status.changed-by", what=because or say("status.own-words"))
        if given.over:
            told += say("status.to-read-again", day=given.until)
    return say("status.part", name=part.name, title=part.title, told=told)
