"""How each part of a tree stands: approved as it is, changed since, overdue, or never; and what it
waits for. All that counts parts, pages, minutes and comments counts them here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from ..model.approval import Comment
from ..model.base import Frozen, grouped
from ..model.diagnostics import Span
from ..model.library import Library
from ..model.sanitize import shorten
from ..model.tree import Tree
from ..page.approval import Approved, Fingerprints, of_part
from ..page.messages import listed, say
from ..page.reach import Kind
from ..page.speaker import Speaker
from .leaves import Leaf, Leaves, minutes
from .marks import for_one
from .parts import Parts

_MOST_NAMED = 2
"""Pages that a row names; the rest are counted."""

_FIRST_WORDS = 40
"""Letters of a line by which it is named."""


class PartStanding(Frozen):
    """How one part stands, with who signed its words; None if nobody did. It ``waits`` for these
    parts that trees share and nobody signed, each with whether they did before its words changed;
    and for these ``comments`` on anything that it can show."""

    name: str
    approval: Approved | None
    waits: tuple[tuple[str, bool], ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all that it can show is approved as it stands, and is not overdue."""
        given = self.approval
        return given is not None and not any((given.changed, given.over, self.waits, self.comments))


class Standing(Frozen):
    """How some trees stand, or all for none: questions and each page; all ``leaves`` of these and
    of what they share, what is ``left`` of them to sign, and the ``remarks`` on any, which hold
    nothing back. ``where`` is the nation in words, if it is of one."""

    trees: tuple[str, ...]
    parts: tuple[PartStanding, ...]
    leaves: tuple[Leaf, ...]
    left: tuple[Leaf, ...]
    remarks: tuple[Comment, ...]
    where: str = ""

    @property
    def title(self) -> str:
        """The trees by name."""
        return ", ".join(self.trees) or say("status.all-trees")

    @property
    def holds(self) -> bool:
        """Whether all of it, with what it shares, is approved as it stands."""
        return not self.left and all(part.holds for part in self.parts)

    @property
    def pages(self) -> tuple[PartStanding, ...]:
        """Those that are pages: all but its questions."""
        return tuple(part for part in self.parts if "/" in part.name)

    @property
    def held(self) -> int:
        """How many pages hold."""
        return sum(part.holds for part in self.pages)

    @property
    def comments(self) -> Sequence[Comment]:
        """The comments that hold any of it back."""
        return [*dict.fromkeys(each for part in self.parts for each in part.comments)]


def standing(
    leaves: Leaves,
    now: Fingerprints,
    trees: Collection[str],
    on: date,
    every: Sequence[Leaf] = (),
) -> Standing:
    """How some trees stand together on a day, or all for none, by what is signed ``now``; of leaves
    for a nation, for those who live there. ``every`` leaf is found if it is not given."""
    read, every = signed_on(now, on), every or tuple(leaves.of(trees or None))
    left = tuple(filter(None, (leaf.without(read) for leaf in every)))
    names = trees or leaves.library.trees
    parts = tuple(part for name in names for part in _parts(leaves, now, name, on))
    said = [each for each in now.comments if not each.objects]
    told = (now.said_of(part) for leaf in every for part in leaf.parts) if said else ()
    known = {*chain.from_iterable(told)}
    remarks = tuple(each for each in said if each in known)
    where = say("status.in", nation=nations_named(leaves)) if leaves.nation else ""
    return Standing((*trees,), parts, tuple(every), left, remarks, where)


def approved(leaves: Leaves, on: date) -> frozenset[str]:
    """The pages that are approved as they stand on a day."""
    trees = leaves.library.trees
    parts = (part for name in trees for part in _parts(leaves, leaves.fingerprints, name, on))
    return frozenset(part.name for part in parts if part.holds)


def signed_on(fingerprints: Fingerprints, on: date) -> frozenset[str]:
    """The parts that somebody signed as they stand on a day, whatever was said of them."""
    every = ((part, a) for part, given in fingerprints.given.items() for a in given)
    return frozenset(
        part for part, a in every if a.until >= on and a.pages[part] == fingerprints.of(part)
    )


def _parts(leaves: Leaves, now: Fingerprints, name: str, on: date) -> Iterator[PartStanding]:
    tree = leaves.library.trees[name]
    is_begun = any(part.partition("/")[0] == name for part in now.given)
    for part in (name, *_pages_of(tree)):
        # Nothing has to be proved of a tree of which nobody signed anything.
        needed = leaves.needed(part) if is_begun or now.comments else ()
        said = (c for each in (part, *needed) for c in now.objections(each))
        waits = ((x, x in now.given) for x in needed if part != name and not now.is_signed(x))
        yield PartStanding(part, of_part(now, part, on), (*waits,), (*dict.fromkeys(said),))


def _pages_of(tree: Tree) -> Iterator[str]:
    return (f"{tree.name}/{outcome}" for outcome in tree.outcomes)


def changed_unsigned(library: Library, before: Library | None) -> list[str]:
    """The titles of what somebody signed in other words, or was in other words ``before`` or not
    there, and nobody has signed as it is; what trees share first, as in the book."""
    if not (before or library.approvals):
        return []
    now, was = Fingerprints(library), before and Fingerprints(before)
    pages = (x for tree in library.trees.values() for x in (tree.name, *_pages_of(tree)))
    every = (part for part in (*now.shared, *pages) if not now.is_signed(part))
    changed = (x for x in every if x in now.given or (was and was.of(x) != now.of(x)))
    return [part_title(now, part) for part in changed]


def open_comments(fingerprints: Fingerprints) -> dict[Comment, Span | None]:
    """The comments that nobody has closed, and whose line has not changed, each with its place in a
    file, if it has one; in the order in which they were made."""
    library, parts = fingerprints.library, Parts(fingerprints)
    trees = (part.name for name in library.trees for part in parts.of_tree(name))
    every = (*trees, *fingerprints.shared)
    found: dict[Comment, Span | None] = {}
    every = (*every, *(f"{Kind.ROUTE} {name}" for name in library.routes))  # menus of apps too
    for comment in fingerprints.comments:
        for part in (comment.page, *(every if comment.line else ())):
            lines = parts.lines_of(part)
            has_it = (line for line in lines if comment.line in ("", *line.wordings))
            if line := next(has_it, None):
                found[comment] = line.span or next((x.span for x in lines if x.span), None)
                break
    return found


# --- in words -----------------------------------------------------------------------------------


def summary(standing: Standing) -> str:
    """How a tree stands, in a line: the same wherever it is told."""
    left = standing.left
    told = say(
        "status.pages",
        tree=standing.title,
        held=standing.held,
        count=len(standing.pages),
        where=standing.where,
    )
    to_sign = say("status.left", count=len(left), all=len(standing.leaves), time=minutes(left))
    told_left = to_sign if left else say("status.all-signed")
    return "; ".join((told, told_left, *_others(standing)))


def in_cells(standing: Standing) -> tuple[str, str, str, str]:
    """How a tree stands, as a row of a table: its pages, what is left to read, and who signed."""
    signed = dict.fromkeys(part.approval.by for part in standing.parts if part.approval)
    return (
        standing.title,
        say("trees.of", count=standing.held, pages=len(standing.pages)),
        minutes(standing.left) if standing.left else "",
        "; ".join(filter(None, (", ".join(signed), *_others(standing)))),
    )


def _others(standing: Standing) -> Iterator[str]:
    """The comments on a tree, and how much of it has changed and is overdue, as far as there is."""
    yield from filter(None, [comments_counted(standing, len(standing.remarks))])
    given = [part.approval for part in standing.parts if part.approval]
    for key, counted in ("changed", [x.changed for x in given]), ("over", [x.over for x in given]):
        if count := sum(counted):
            yield say(f"status.{key}", count=count)


def comments_counted(standing: Standing, remarks: int) -> str:
    """How many comments hold back how much, and how many are ``remarks``; empty for none."""
    counts = {"comments": len(standing.comments), "remarks": remarks}
    held = held_back([part.name for part in standing.parts if part.comments])
    told = (say(f"status.{key}", count=n, held=held) for key, n in counts.items() if n)
    return "; ".join(told)


def nations_read(leaves: Leaves) -> str:
    """Of which nations lines are read; empty for a library that asks for none."""
    key = "approve.one-nation" if leaves.nation else "approve.all-nations"
    return say(key, nation=named) if (named := nations_named(leaves)) else ""


def nations_named(leaves: Leaves) -> str:
    """Those nations in words."""
    if "nation" not in leaves.library.questions:
        return ""
    named = Speaker(leaves.library, {}).answers("nation", filter(None, [leaves.nation]))
    return named or say("book.all-nations")


def in_words(standing: Standing, some: Iterable[PartStanding]) -> Iterator[str]:
    """How some parts stand: a row for those of which the same is told, in the order of the book;
    and below one for each box, by its number, and each comment that some of them wait for.
    Questions are no page, and have a row of their own."""
    by_name = {part.name: part for part in some}
    parts = [by_name[x] for leaf in standing.leaves for x in leaf.parts if x in by_name]
    told = grouped(((_told_of(x), "/" in x.name), x.name) for x in parts)
    for (what, _), same in told.items():
        yield say("status.part", what=what, pages=pages_named(standing, same))
    begun = [part for part in parts if part.approval]  # of another all is still to read
    said = [(x, part.name) for part in begun for x in part.comments]
    rows = [
        (say("status.comment", by=x.by, line=first_words(x.line or x.says)), same)
        for x, same in grouped(said).items()
    ]
    boxes = {each: leaf for leaf in standing.leaves for each in leaf.parts}
    changed = {boxes[x].number for part in begun for x, once in part.waits if once and x in boxes}
    waiting = grouped((x.number, y.name) for y in begun for x in waits_for(y, standing.leaves))
    for leaf in (leaf for leaf in standing.leaves if leaf.number in waiting):
        box = say("status.box", title=box_title(leaf), number=leaf.number)
        box = say("status.changed-part", part=box) if leaf.number in changed else box
        rows.append((box, waiting[leaf.number]))
    for what, same in rows:
        yield say("status.waits", what=what, pages=pages_named(standing, same))


def held_back(parts: Collection[str]) -> str:
    """Some pages and questions of trees, counted; empty for none."""
    pages = sum("/" in part for part in parts)
    counts = {"pages": pages, "questions": len(parts) - pages}
    return listed([say(f"status.held-{x}", count=n) for x, n in counts.items() if n])


def held_everywhere(leaves: Leaves, now: Fingerprints, standing: Standing, said: Comment) -> str:
    """What a comment holds back, in words: of what stands there, and of all other trees."""
    held, known = _held(leaves, now, said), {part.name for part in standing.parts}
    here, others = ([x for x in held if (x in known) is is_here] for is_here in (True, False))
    told = [f"{held_back(here)} ({standing.title}{standing.where})"] if here else []
    if others:
        pages = [x for x in others if "/" in x]
        what, trees = held_back(pages or others[:1]), {x.split("/")[0] for x in pages or others}
        told.append(say("status.held-elsewhere", what=what, count=len(trees)))
    return listed(told)


def withdrawn(leaves: Leaves, now: Fingerprints, said: Comment, by: str) -> frozenset[str]:
    """What of their signatures an objector loses if a person closes their comment on words that are
    as they were: those words; and each page that shows them, unless they close it themselves."""
    every = {x for each in now.library.approvals if each.by == said.by for x in each.pages}
    shown = _held(leaves, now, said) if by != said.by else ()
    return frozenset(x for x in every if x in shown or said in now.objections(x))


def _held(leaves: Leaves, now: Fingerprints, said: Comment) -> list[str]:
    """The pages and questions of all trees that a comment holds back: those of whose own words it
    is, and those that can show what trees share and it is of."""
    at = [part for part in now.shared if said in now.objections(part)]
    shows = {*leaves.showing(at)} if at else set[str]()
    own = (x for tree in leaves.library.trees.values() for x in (tree.name, *_pages_of(tree)))
    return [part for part in own if part in shows or said in now.objections(part)]


def pages_named(standing: Standing, names: Collection[str]) -> str:
    """Some parts of trees by their titles in the book, which have the numbers of pages: the first,
    and how many more there are."""
    every = ((part, leaf) for leaf in standing.leaves for part in leaf.parts)
    return first_named([box_title(leaf) for part, leaf in every if part in names])


def first_named(titles: Sequence[str]) -> str:
    """The first of some titles, and how many more there are."""
    named = [f"“{title}”" for title in titles[:_MOST_NAMED]]
    more = [say("status.more", count=n)] if (n := len(titles) - _MOST_NAMED) > 0 else []
    return listed([*named, *more])


def _told_of(part: PartStanding) -> str:
    given = part.approval
    if given is None:
        return say("status.nobody")
    whose = say("status.for", organisation=given.organisation) if given.organisation else ""
    by = "signed" if part.waits or part.comments else "by"
    told = say(f"status.{by}", by=given.by, role=given.role, whose=whose, day=given.on)
    is_own = given.changed and not any(once for _, once in part.waits)
    told += say("status.own-words") if is_own else ""
    return told + (say("status.to-read-again", day=given.until) if given.over else "")


def waits_for(part: PartStanding, book: Iterable[Leaf]) -> Collection[Leaf]:
    """The boxes that a part waits for, as nobody signed them as they are."""
    boxes = {each: leaf for leaf in book for each in leaf.parts}
    return {boxes[x].number: boxes[x] for x, _ in part.waits if x in boxes}.values()


def box_title(leaf: Leaf) -> str:
    """What a box is, in words: a page by its title, and what trees share by its first line."""
    return unquoted(leaf.title) if leaf.tree else first_words(leaf.lines[0].says)


def part_title(now: Fingerprints, part: str) -> str:
    """What a part is, in words: one of a tree by its title, and what trees share by its first
    line."""
    parts, tree = Parts(now), part.partition("/")[0]
    of_tree = parts.of_tree(tree) if tree in now.library.trees else ()
    titles = [f"{x.subject}: {x.title}" for x in of_tree if x.name == part]
    lines = (first_words(line.says) for line in parts.lines_of(part))
    return next(iter(titles), next(lines, part))


def first_words(text: str) -> str:
    """The first words of a line, to stand in quotes."""
    return shorten(unquoted(for_one(text)), _FIRST_WORDS)


def unquoted(text: str) -> str:
    """A text without quotes, which one that is cut could leave open."""
    return text.translate(dict.fromkeys(map(ord, "“”")))
