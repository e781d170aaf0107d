"""What is read before a library is approved: each sentence once, in leaves of a minute or two.

A leaf is what stands beside one box of the book, and one part that ``approve`` shows. Leaves are an
order of reading, and no more: each page of a tree, those for people in danger first, comes after
what it can show and other pages too, as far as that was not read; then the questions. A page stands
first as somebody sees it, and then what others see otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, reduce
from itertools import chain, groupby
from operator import or_

from ..model.base import Frozen, replace
from ..page.approval import Fingerprints, fingerprint, is_elsewhere
from ..page.messages import say
from ..page.reach import Kind
from .examples import Examples, finished
from .lines import Line, count_words, merged
from .marks import Namer, among
from .needed import Needed
from .parts import Part, Parts

_WORDS_A_MINUTE = 200
"""How fast a careful reader reads."""

_CARE = 4
"""How many times as long as reading it takes to weigh what is read: a careful reader's estimate."""

_MOST_WORDS = 300
"""The most words of a leaf of shared parts, but for a part that is longer by itself."""


class Leaf(Frozen):
    """What is read and approved at once: the ``parts`` by name, and their ``lines``.

    ``subject`` is the heading that it stands under, such as that of the page that it is read for;
    and ``tree`` the one that it is of, empty for what trees share. ``number`` is of its words: it
    stays as they do. Of a page the first lines, as many as ``shown``, are that page as a ``reader``
    in words sees it.
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
    def heading(self) -> str:
        """Where it stands in the book: its subject, and its title under that."""
        return ": ".join(dict.fromkeys((self.subject, self.title)))

    def without(self, read: Collection[str]) -> Leaf | None:
        """What is left of it once some parts are read: None if nothing is."""
        left = tuple(part for part in self.parts if part not in read)
        if len(left) == len(self.parts):
            return self
        lines = tuple(x for x in self.lines if not {x.part, *x.also}.issubset(read))
        return replace(self, parts=left, lines=lines) if left else None


class Leaves:
    """The leaves of a library that has all its trees; read in a nation, without what only those see
    who live elsewhere."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self.fingerprints = fingerprints
        self.library = fingerprints.library
        self.nation = fingerprints.nation
        self.parts = Parts(fingerprints)
        self.lines_of = self.parts.lines_of
        self.needed = Needed(fingerprints).by
        self._possible = fingerprints.reach.possible
        self._examples = Examples(self.library, self._possible, self.nation)
        self._seen_by_all = cache(self._page_of_all)
        every = ((name, o) for name, tree in self.library.trees.items() for o in tree.outcomes)
        self._anywhere = reduce(or_, map(self._possible.at, every), 0)

    def of(self, trees: Iterable[str] | None = None, read: Collection[str] = ()) -> Iterator[Leaf]:
        """The leaves of some trees and what these share, or of the whole library, without the parts
        that are ``read``. They are cut, and have their numbers, as if nothing had been read."""
        yield from filter(None, (leaf.without(read) for leaf in self._all_of(trees)))

    def _all_of(self, trees: Iterable[str] | None) -> Iterator[Leaf]:
        known = self.library.trees
        left = dict.fromkeys(self.fingerprints.shared)
        seen: dict[object, str] = {}
        names = tuple(known if trees is None else trees)
        for name in names:
            questions, *pages = self.parts.of_tree(name)
            namer = Namer(self.library, (name,))
            state = reduce(or_, (self._possible.at((name, o)) for o in known[name].outcomes), 0)
            for part in (*pages, questions):
                new = [each for each in self.needed(part.name) if each in left]
                for each in new:
                    del left[each]
                shared = [self._read(self.parts.of_all(each), state, namer, seen) for each in new]
                subject = f"{part.subject}: {part.title}" if len(names) > 1 else part.title
                yield from self._boxes(shared, subject, state, namer)
                if part is questions:
                    yield self._leaf([self._read(part, 0, namer, seen)], subject)
                else:
                    # A typical reader sees it the same, whatever has been read before.
                    leaf = self._seen_by_all(name, part)
                    told = [*_told(leaf.lines, seen)]
                    others = (line for line in told[leaf.shown :] if not line.again)
                    lines = (*told[: leaf.shown], *others)
                    yield replace(leaf, subject=subject, title=subject, lines=lines)
        if trees is None and not self.nation:
            namer, subject = Namer(self.library, ()), say("book.on-no-page")
            shared = [self._read(self.parts.of_all(each), 0, namer, seen) for each in left]
            yield from self._boxes(shared, subject, 0, namer)

    def _boxes(
        self, parts: Iterable[Part], subject: str, state: int, namer: Namer
    ) -> Iterator[Leaf]:
        """The leaves of shared parts: what several of one say alike stands once, for all of whom it
        is for."""
        for some in _cut(parts):
            every = [line for part in some for line in part.lines]
            lines = merged(every, _stands_under(every))
            yield self._leaf(some, subject, self._marked(lines, state, namer))

    def _read(self, part: Part, state: int, namer: Namer, seen: dict[object, str]) -> Part:
        """A part with each line that somebody can see, and its mark: as those in a state see it,
        or those of other trees alone, for whom it is signed too."""
        lines = self._marked(merged(part.lines), state, namer)
        return replace(part, lines=tuple(_told(lines, seen)))

    def _marked(self, lines: Iterable[Line], state: int, namer: Namer) -> Iterator[Line]:
        """Those lines that somebody sees, each with its mark; of several that say one thing
        together the first has what is true of all."""
        seen: list[Line] = []
        for line in lines:
            states = (state, self._anywhere) if state else ()
            found = (among(line.whom, self._possible, each) for each in states)
            if whom := next(filter(None, found), () if state else line.whom):
                seen.append(replace(line, whom=whom))
        for _, some in groupby(seen, key=lambda line: line.of or line):
            together = [(line, namer.mark(line.whom)) for line in some]
            marks = [m for line, m in together if not line.note] or [m for _, m in together]
            once = [len({*each}) == 1 for each in zip(*marks, strict=True)]
            for at, (line, told) in enumerate(together):
                new = (
                    words for words, is_said in zip(told, once, strict=True) if not (at and is_said)
                )
                yield replace(line, mark=", ".join(filter(None, new)))

    def _page_of_all(self, name: str, part: Part) -> Leaf:
        """The leaf of a page: as a typical reader sees it, and then what others see otherwise."""
        tree, namer = self.library.trees[name], Namer(self.library, (name,))
        outcome = tree.outcomes[part.name.partition("/")[2]]
        place = (name, outcome.name)
        state = self._possible.at(place)
        facts = self._examples.reader(place)
        made: list[Line] = []
        needed = self.needed(part.name)
        # A line that others share is not of a page of which nobody here can see it.
        used = (line for line in outcome.advice if line.name)
        out = {each.span for each in used if f"{Kind.LINE} {each.name}" not in needed}
        others = [
            line
            for line in part.lines
            if not (line.span and line.span in out)
            and not all(is_elsewhere(group.tests, self.nation) for group in line.whom)
        ]
        if facts is not None:
            shared = [*chain.from_iterable(map(self.lines_of, needed))]
            made, others = finished(self.library, place, facts, others, shared)
        # Who else sees a line of it does not matter there: what is other for them stands below.
        first = tuple(replace(line, mark="") for line in self._marked(made, state, namer))
        lines = (*first, *self._marked(merged(others), state, namer))
        reader = namer.reader(facts) if facts is not None else ""
        return replace(self._leaf([part], "", lines), shown=len(first), reader=reader)

    def _leaf(self, some: Sequence[Part], subject: str, lines: Iterable[Line] = ()) -> Leaf:
        """The leaf of some parts, and of ``lines`` of theirs if they have been chosen."""
        name = some[0].name.partition("/")[0]
        is_shared = name not in self.library.trees
        told = tuple(lines or chain.from_iterable(part.lines for part in some))
        prints = ((part.name, self.fingerprints.of(part.name)) for part in some)
        letters = fingerprint(*prints, *(line.says for line in told))  # as they are numbered
        return Leaf(
            subject=subject,
            title=some[0].title if is_shared else subject,
            parts=tuple(part.name for part in some),
            lines=tuple(replace(line, number=n) for n, line in enumerate(told, 1)),
            number=f"{letters[:3]}-{letters[3:6]}",
            tree="" if is_shared else name,
        )


def _cut(parts: Iterable[Part]) -> Iterator[Sequence[Part]]:
    """Parts in groups, each of which a leaf has room for."""
    some: list[Part] = []
    for part in parts:
        if some and sum(count_words(each.lines) for each in (*some, part)) > _MOST_WORDS:
            yield some
            some = []
        some.append(part)
    if some:
        yield some


def _stands_under(lines: Iterable[Line]) -> Iterator[object]:
    """What each line goes with, so that it would say less without: of advice its question or what
    was done already, of a source its line, and of all else the part."""
    for (part, _), some in groupby(lines, key=lambda line: (line.part, line.of)):
        said = [*some]
        under = tuple(x.says for x in said if x.head or x.called == say("book.if-done"))
        for before, line in zip((*said[:1], *said), said, strict=False):
            is_advice = part.startswith(f"{Kind.LINE} ")
            yield (under, before.says if line.note else "") if is_advice else part


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


def minutes(leaves: Iterable[Leaf], care: int = 1) -> str:
    """How long some leaves take to read, or so many times as long."""
    count = max(1, round(care * sum(leaf.words for leaf in leaves) / _WORDS_A_MINUTE))
    hours = round(count / 60) if count >= 120 else 0
    return say("book.hours" if hours else "book.minutes", count=hours or count)


def time_needed(leaves: Collection[Leaf]) -> str:
    """How long some leaves take: to read, and to weigh."""
    return say("book.time", reading=minutes(leaves), thinking=minutes(leaves, _CARE))
