"""What is read before a library is approved: each sentence once, in leaves of a minute or two.

A leaf is what stands beside one box of the book, and one part that ``approve`` shows. First come
the leaves of what trees share, by the file that it is in; then each tree, with its questions and
each page: first as somebody sees it, and then what others see otherwise. To whom each line is shown
is proved by rules, and nobody signs it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, reduce
from itertools import chain, groupby
from operator import or_

from ..model.base import Frozen, replace
from ..model.tree import Tree
from ..page.approval import Fingerprints, fingerprint
from ..page.messages import say
from .examples import Examples, finished
from .lines import Line, count_words, merged
from .marks import Namer, among
from .parts import Part, Parts

WORDS_A_MINUTE = 200
"""How fast a careful reader reads."""

CARE = 4
"""How many times as long as reading it takes to weigh what is read: a careful reader's estimate."""

_MOST_WORDS = 300
"""The most words of a leaf of shared parts, but for a part that is longer by itself."""


class Leaf(Frozen):
    """What is read and approved at once: the ``parts`` by name, and their ``lines``.

    ``subject`` is the heading that it stands under, and ``tree`` the one that it is of; empty for
    what trees share. ``number`` is of its words: it stays as they do. Of a page the first lines, as
    many as ``shown``, are that page as a ``reader`` in words sees it.
    """

    subject: str
    title: str
    parts: tuple[str, ...]
    lines: tuple[Line, ...]
    number: str
    tree: str = ""
    shown: int = 0
    reader: str = ""

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return count_words(self.lines)

    @property
    def is_page(self) -> bool:
        """Whether it is of a page, and not of the questions of a tree, or shared."""
        return bool(self.tree) and self.parts[0] != self.tree

    def without(self, read: Collection[str]) -> Leaf | None:
        """What is left of it once some parts are read: None if nothing is."""
        left = tuple(part for part in self.parts if part not in read)
        if len(left) == len(self.parts):
            return self
        lines = tuple(line for line in self.lines if line.part not in read)
        return replace(self, parts=left, lines=lines) if left else None


class Leaves:
    """The leaves of a library that has all its trees; of a ``nation``, without what nobody there is
    shown of what trees share."""

    def __init__(self, fingerprints: Fingerprints, nation: str = "") -> None:
        self.fingerprints = fingerprints
        self.library = fingerprints.library
        self.parts = Parts(fingerprints)
        self.lines_of = self.parts.lines_of
        self.nations = (nation, "") if nation else ()
        self._possible = fingerprints.reach.possible
        self._examples = Examples(self.library, self._possible, nation)
        self._seen_by_all = cache(self._page_of_all)

    def of(self, trees: Iterable[str] | None = None, read: Collection[str] = ()) -> Iterator[Leaf]:
        """The leaves of some trees and what these share, or of the whole library, without the parts
        that are ``read``. They are cut, and have their numbers, as if nothing had been read."""
        yield from filter(None, (leaf.without(read) for leaf in self._all_of(trees)))

    def _all_of(self, trees: Iterable[str] | None) -> Iterator[Leaf]:
        known = self.library.trees
        own = [known[name] for name in (known if trees is None else trees)]
        every = frozenset(self.fingerprints.shared)
        all_of_it = trees is None and not self.nations
        shared = every if all_of_it else self._shared_by(own)
        namer = Namer(self.library, [tree.name for tree in own])
        states = (self._possible.at((t.name, o)) for t in own for o in t.outcomes)
        state = reduce(or_, states, 0)
        seen: dict[object, str] = {}
        some: list[Part] = []
        every_part = (self.parts.of_all(x) for x in self.fingerprints.shared if x in shared)
        for _, group in groupby(every_part, key=lambda part: part.to or part.name):
            new = [self._read(part, state, namer, seen) for part in group]
            for at, part in enumerate(new):
                # A question and its answers stand together if a leaf has room for all of them.
                more = new[at : at + 1] if at else new
                is_other = some and part.subject != some[0].subject
                if is_other or (some and _long((*some, *more))):
                    yield self._leaf(some)
                    some = []
                some.append(part)
        if some:
            yield self._leaf(some)
        for tree in own:
            for part in self.parts.of_tree(tree.name):
                if part.name == tree.name:
                    yield self._leaf([self._read(part, 0, namer, seen)])
                else:
                    # A typical reader sees it the same, whatever has been read before.
                    page = self._seen_by_all(tree.name, part)
                    yield replace(page, lines=tuple(_told(page.lines, seen)))

    def _read(self, part: Part, state: int, namer: Namer, seen: dict[object, str]) -> Part:
        """A part with each line that somebody can see in a state, and its mark."""
        lines = self._marked(merged(part.lines), state, namer)
        return replace(part, lines=tuple(_told(lines, seen)))

    def _marked(self, lines: Iterable[Line], state: int, namer: Namer) -> Iterator[Line]:
        for line in lines:
            whom = among(line.whom, self._possible, state) if state else line.whom
            if whom:
                yield replace(line, whom=whom, mark=namer.mark(whom))

    def _page_of_all(self, name: str, part: Part) -> Leaf:
        """The leaf of a page: as a typical reader sees it, and then what others see otherwise."""
        tree, namer = self.library.trees[name], Namer(self.library, (name,))
        outcome = tree.outcomes[part.name.partition("/")[2]]
        place = (name, outcome.name)
        state = self._possible.at(place)
        facts = self._examples.reader(place)
        made: list[Line] = []
        others = [*part.lines]
        if facts is not None:
            names = self.fingerprints.shared_parts(part.name)
            shared = chain.from_iterable(map(self.lines_of, names))
            made, others = finished(self.library, place, facts, part.lines, shared)
        first = tuple(self._marked(made, state, namer))
        lines = (*first, *self._marked(merged(others), state, namer))
        reader = namer.reader(facts) if facts is not None else ""
        return replace(self._leaf([part]), lines=lines, shown=len(first), reader=reader)

    def needed(self, leaf: Leaf) -> tuple[str, ...]:
        """The parts that trees share and that a leaf could show: a page counts as approved once all
        of these are too."""
        return self.fingerprints.shared_parts(leaf.parts[0], self.nations) if leaf.is_page else ()

    def _shared_by(self, trees: Iterable[Tree]) -> frozenset[str]:
        """The names of the parts that some trees show, besides their own."""
        every = (part for t in trees for part in (t.name, *(f"{t.name}/{o}" for o in t.outcomes)))
        parts = (self.fingerprints.shared_parts(part, self.nations) for part in every)
        return frozenset().union(*parts)

    def _leaf(self, some: Sequence[Part]) -> Leaf:
        name = some[0].name.partition("/")[0]
        letters = fingerprint(*((part.name, self.fingerprints.of(part.name)) for part in some))
        return Leaf(
            subject=some[0].subject,
            title=some[0].title,
            parts=tuple(part.name for part in some),
            lines=tuple(line for part in some for line in part.lines),
            number=f"{letters[:3]}-{letters[3:6]}",
            tree=name if name in self.library.trees else "",
        )


def _told(lines: Iterable[Line], seen: dict[object, str]) -> Iterator[Line]:
    """Lines, each with the part in which it stood before, if it did; what is under a part that
    stood, before all of these."""
    parts: dict[object, str] = {}
    for line in lines:
        first = next((seen[each] for each in line.known_by if each in seen), "")
        for each in line.tells:
            seen.setdefault(each, line.part)
        parts |= dict.fromkeys((line.part, *line.under), line.part)
        yield replace(line, again=line.again or bool(first), first=first)
    for each, part in parts.items():
        seen.setdefault(each, part)


def minutes(words: int) -> str:
    """How long some words take to read."""
    count = max(1, round(words / WORDS_A_MINUTE))
    in_hours = count >= 120
    return say(
        "book.hours" if in_hours else "book.minutes", count=round(count / 60) if in_hours else count
    )


def _long(some: Iterable[Part]) -> bool:
    return sum(count_words(part.lines) for part in some) > _MOST_WORDS
