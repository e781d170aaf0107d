"""What is read before a library is approved: each sentence once, in leaves of a minute or two.

A leaf is what stands beside one box of the book, and one screen of ``approve``. First come the
leaves of what trees share, by the file that it is in; then each tree, with its questions as a
table and each page. What has been printed before is named by its first words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, groupby

from ..model.base import Frozen, replace
from ..model.diagnostics import Span
from ..model.library import Library
from ..page.approval import Fingerprints, fingerprint
from ..page.messages import say
from .lines import Line, count_words
from .marks import Asked, asked_in, in_words, printed
from .named import without_what_was_seen
from .parts import Part, Parts

WORDS_A_MINUTE = 200
"""How fast a careful reader reads."""

CARE = 4
"""How many times as long as reading it takes to weigh what is read: a careful reader's estimate."""

_MOST_WORDS = 300
"""The most words of a leaf of shared parts, but for a part that is longer by itself."""


class Leaf(Frozen):
    """What is read and approved at once: the ``parts`` by name, and their ``lines``.

    ``subject`` is the heading that it stands under; ``shares`` are the other parts that have some
    of its words, which must have been read. ``number`` is of its words: it stays as they do.
    ``table``: its lines are those of a table of questions.
    """

    subject: str
    title: str
    parts: tuple[str, ...]
    lines: tuple[Line, ...]
    number: str
    shares: tuple[str, ...] = ()
    span: Span | None = None
    table: bool = False

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return count_words(self.lines)


class Leaves:
    """The leaves of a library that has all its trees."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self.fingerprints = fingerprints
        self.library = fingerprints.library
        self.parts = Parts(fingerprints)
        self.lines_of = self.parts.lines_of
        self._shared_by = cache(self._all_shared_by)

    def of(self, trees: Iterable[str] | None = None, read: Collection[str] = ()) -> Iterator[Leaf]:
        """The leaves of some trees and what these share, or of the whole library, without the parts
        that are ``read``. They are cut, and have their numbers, as if nothing had been read."""
        known = self.library.trees
        own = [known[name] for name in (known if trees is None else trees)]
        every = frozenset(self.fingerprints.shared)
        shared = every if trees is None else self.shared_by(tree.name for tree in own)
        seen: dict[object, str] = {}
        some: list[Part] = []
        asked = asked_in(own)
        every_part = chain(
            (self.parts.of_all(name) for name in self.fingerprints.shared if name in shared),
            (part for tree in own for part in self.parts.of_tree(tree.name)),
        )
        for _, group in groupby(every_part, key=lambda part: part.to or part.name):
            new = [without_what_was_seen(self._in_book(part, asked), seen) for part in group]
            for at, part in enumerate(new):
                # A question and its answers stand together if a leaf has room for all of them.
                more = new[at : at + 1] if at else new
                is_other = some and (part.subject != some[0].subject or not part.joins)
                if is_other or (some and _long((*some, *more))):
                    yield from self._leaf(some, read)
                    some = []
                some.append(part)
        yield from self._leaf(some, read)

    def _in_book(self, part: Part, asked: Asked) -> Part:
        return replace(part, lines=tuple(_in_book(self.library, x, asked) for x in part.lines))

    def needed(self, leaf: Leaf) -> tuple[str, ...]:
        """The parts of other leaves that have some of a leaf's words: who has not read these has
        not read the leaf."""
        names = dict.fromkeys(leaf.shares)
        for part in leaf.parts:
            tree_name, _, ending = part.partition("/")
            if tree := self.library.trees.get(tree_name):
                outcome = tree.outcomes[ending] if ending else None
                names |= dict.fromkeys(self.fingerprints.shared_parts(tree, outcome))
        return tuple(name for name in names if name not in leaf.parts)

    def whole(self, leaf: Leaf, asked: Asked) -> Iterator[tuple[str, Line]]:
        """All lines of a leaf in full, each with its part, if some questions are ``asked``;
        ``again`` has what stood before it."""
        new = {line.says for line in leaf.lines if not line.again}
        for part in leaf.parts:
            for line in self.lines_of(part):
                again = line.again or (bool(line.of) and line.says not in new)
                yield (
                    part,
                    replace(
                        line if not line.whom else _in_book(self.library, line, asked), again=again
                    ),
                )

    def shared_by(self, trees: Iterable[str]) -> frozenset[str]:
        """The names of the parts that some trees show, besides their own."""
        return frozenset().union(*map(self._shared_by, trees))

    def _all_shared_by(self, name: str) -> frozenset[str]:
        tree, of = self.library.trees[name], self.fingerprints.shared_parts
        return frozenset().union(*(of(tree, each) for each in (None, *tree.outcomes.values())))

    def _leaf(self, every: Sequence[Part], read: Collection[str]) -> Iterator[Leaf]:
        """The leaf of some parts, without those that are read; none if all are."""
        some = [part for part in every if part.name not in read]
        if not some:
            return
        names = tuple(part.name for part in some)
        letters = fingerprint(*((part.name, self.fingerprints.of(part.name)) for part in every))
        shares = frozenset().union(*(part.shares for part in some)).difference(names)
        yield Leaf(
            subject=some[0].subject,
            title=some[0].title,
            parts=names,
            lines=tuple(line for part in some for line in part.lines),
            number=f"{letters[:3]}-{letters[3:6]}",
            shares=tuple(sorted(shares)),
            span=some[0].span,
            table=names[0] in self.library.trees,
        )


def _in_book(library: Library, line: Line, asked: Asked) -> Line:
    """A line with its mark as a book says it in which some questions are ``asked``."""
    if not line.whom:
        return replace(line, mark=in_words(library, line.mark, asked)) if line.mark else line
    every = line.says.split("; ")
    here = [printed(each, asked) for each in every]
    told = [in_words(library, each, asked) for each in here if each]
    told += ["…"] if here != every else []
    return replace(line, says="; ".join(dict.fromkeys(told)))


def minutes(words: int) -> str:
    """How long some words take to read."""
    count = max(1, round(words / WORDS_A_MINUTE))
    in_hours = count >= 120
    return say(
        "book.hours" if in_hours else "book.minutes", count=round(count / 60) if in_hours else count
    )


def _long(some: Iterable[Part]) -> bool:
    return sum(count_words(part.lines) for part in some) > _MOST_WORDS
