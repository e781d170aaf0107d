"""What is read before a library is approved: each sentence once, in leaves of a minute or two.

A leaf is what stands beside one box of the book, and one part that ``approve`` shows. Leaves are an
order of reading, and no more: the pages of a tree, those for people in danger first, each with what
trees share and it shows; its questions; and last what no page shows its reader. A page stands first
as somebody sees it, and then what others see otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import chain, count, groupby
from operator import or_

from ..model.base import Frozen, grouped, replace
from ..model.facts import TELLERS
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

    def without(self, read: Collection[str]) -> Leaf | None:
        """What is left of it once some parts are read: None if nothing is."""
        left = tuple(part for part in self.parts if part not in read)
        if len(left) == len(self.parts):
            return self
        shown = self.shown if self.parts[0] in left else 0  # a page stands whole
        new = (x for x in self.lines[shown:] if x.part not in read)
        lines = (*self.lines[:shown], *new)
        return replace(self, parts=left, lines=lines, shown=shown) if left else None


class Leaves:
    """The leaves of a library that has all its trees; read in a nation, without what only those see
    who live elsewhere."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self.fingerprints = fingerprints
        self.library = fingerprints.library
        self.nation = fingerprints.nation
        self.parts = Parts(fingerprints)
        self.lines_of = self.parts.lines_of
        needed = Needed(fingerprints)
        self.needed, self.showing = needed.by, needed.showing
        self._possible = fingerprints.reach.possible
        self._examples = Examples(self.library, self._possible, self.nation)
        self._seen_by_all = cache(self._page_of_all)
        self._anywhere = self._somewhere(self.library.trees)

    def of(self, trees: Iterable[str] | None = None, read: Collection[str] = ()) -> Iterator[Leaf]:
        """The leaves of some trees and what these share, or of the whole library, without the parts
        that are ``read``. They are cut, and have their numbers, as if nothing had been read."""
        yield from filter(None, (leaf.without(read) for leaf in self._all_of(trees)))

    def _all_of(self, trees: Iterable[str] | None) -> Iterator[Leaf]:
        known = self.library.trees
        left = dict.fromkeys(self.fingerprints.shared)
        seen: dict[object, str] = {}
        names = tuple(known if trees is None else trees)
        wanted = {*left} if trees is None and not self.nation else set[str]()

        def new(every: Collection[object]) -> Iterator[Part]:
            """Those of some parts that were not read, in their order."""
            for each in [each for each in left if each in every]:
                del left[each]
                yield self._read(self.parts.of_all(each), state, namer, seen)

        for name in names:
            questions, *pages = self.parts.of_tree(name)
            namer, state = Namer(self.library, (name,)), self._somewhere((name,))
            before = f"{questions.subject}: " if len(names) > 1 else ""
            for part in pages:
                # A typical reader sees it the same, whatever has been read before.
                leaf = self._seen_by_all(name, part)
                page = [*_told(leaf.lines, seen)]
                shown = page[: leaf.shown]
                wanted |= {*(needed := self.needed(part.name))}
                as_read = (x for x in needed if x in leaf.parts or self._is_read(x, state, seen))
                shared = [*new([*as_read])]
                services = (x for x in shared if x.name.startswith(f"{Kind.ROUTE} "))
                more = [x for x in services if not all(line.again for line in x.lines)]
                here = [x for x in shared if x not in more]
                others = (*page[leaf.shown :], *chain.from_iterable(x.lines for x in here))
                lines = (*shown, *(line for line in others if not line.again))
                subject = f"{before}{part.title}"
                made = self._leaf([part, *here], subject, lines)
                yield replace(made, shown=leaf.shown, reader=leaf.reader)
                rest = _cut(map(_after_page, more))
                yield from (self._leaf(some, subject) for some in rest)
            subject = f"{before}{questions.title}"
            yield self._leaf([self._read(questions, 0, namer, seen)], subject)
            yield from (self._leaf(x, subject) for x in _cut([*new(self.needed(name))]))
        namer, state = Namer(self.library, names), self._somewhere(names)
        last = grouped((part.title, part) for part in sorted(new(wanted), key=_audience))
        boxes = _cut(chain.from_iterable(last.values()))
        yield from (self._leaf(some, say("book.others")) for some in boxes)

    def _is_read(self, part: str, state: int, seen: Mapping[object, str]) -> bool:
        """Whether all that somebody sees of a part stood before."""
        lines = self._visible(self.lines_of(part), state)
        return not any(seen.keys().isdisjoint(x.known_by) for x in lines if not x.note)

    def _somewhere(self, trees: Iterable[str]) -> int:
        """The state of everybody who comes to any page of some trees."""
        every = ((name, o) for name in trees for o in self.library.trees[name].outcomes)
        return reduce(or_, map(self._possible.at, every), 0)

    def _read(self, part: Part, state: int, namer: Namer, seen: dict[object, str]) -> Part:
        """A part with each line that somebody can see, and its mark."""
        lines = self._marked(merged(part.lines), state, namer)
        return replace(part, lines=tuple(_told(lines, seen)))

    def _marked(self, lines: Iterable[Line], state: int, namer: Namer) -> Iterator[Line]:
        """Those lines that somebody sees, each with its mark; of several that say one thing
        together and have one mark the first has it."""
        visible = self._visible(lines, state)
        for _, some in groupby(visible, key=lambda line: line.of or line):
            together = [(line, namer.mark(line.whom)) for line in some]
            marks = [m for line, m in together if not line.note] or [m for _, m in together]
            for at, (line, told) in enumerate(together):
                yield replace(line, mark="" if at and len({*marks}) == 1 else told)

    def _visible(self, lines: Iterable[Line], state: int) -> Iterator[Line]:
        """Those lines that somebody in a state sees, or else somebody elsewhere."""
        for line in lines:
            states = (state, self._anywhere) if state else ()
            found = (among(line.whom, self._possible, each) for each in states)
            if whom := next(filter(None, found), () if state else line.whom):
                yield replace(line, whom=whom)

    def _page_of_all(self, name: str, part: Part) -> Leaf:
        """The leaf of a page: all that it shows to a typical reader, and then what others see."""
        tree, namer = self.library.trees[name], Namer(self.library, (name,))
        outcome = tree.outcomes[part.name.partition("/")[2]]
        place = (name, outcome.name)
        state = self._possible.at(place)
        facts = self._examples.reader(place)
        made: list[Line] = []
        on_it: Iterable[str] = ()
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
            made, others, on_it = finished(self.library, place, facts, others, shared)
        # Who else sees a line of it does not matter there: what is other for them stands below.
        first = tuple(replace(line, mark="") for line in self._marked(made, state, namer))
        lines = (*first, *self._marked(merged(others), state, namer))
        reader = namer.reader(facts) if facts is not None else ""
        leaf = self._leaf([part], "", lines)
        return replace(leaf, parts=(part.name, *on_it), shown=len(first), reader=reader)

    def _leaf(self, some: Sequence[Part], subject: str, lines: Iterable[Line] = ()) -> Leaf:
        """The leaf of some parts, and of ``lines`` of theirs if they have been chosen."""
        name = some[0].name.partition("/")[0]
        is_shared = name not in self.library.trees
        told = tuple(lines or chain.from_iterable(part.lines for part in some))
        prints = ((part.name, self.fingerprints.of(part.name)) for part in some)
        letters = fingerprint(*prints, *(line.says for line in told))  # as they are numbered
        numbers = count(1)
        return Leaf(
            subject=subject,
            title=some[0].title if is_shared else subject,
            parts=tuple(part.name for part in some),
            lines=tuple(replace(x, number=0 if x.is_beside else next(numbers)) for x in told),
            number=f"{letters[:3]}-{letters[3:6]}",
            tree="" if is_shared else name,
        )


def _audience(part: Part) -> int:
    """For everybody, or young people and not all adults, or adults alone: 0 to 2."""
    groups = [group for line in part.lines for group in line.whom]
    young, *adults = (any(group.has(each) for group in groups) for each in TELLERS)
    return 0 if young and all(adults) else 1 if young else 2


def _after_page(part: Part) -> Part:
    """What a service says more than the page above, after its name."""
    named = (replace(x, first="") for x in part.lines if x.head or not x.again)
    return replace(part, lines=tuple(named))


def _cut(parts: Iterable[Part]) -> Iterator[Sequence[Part]]:
    """Parts in groups, each of which a leaf has room for."""
    some: list[Part] = []
    for part in parts:
        words = sum(count_words(each.lines) for each in (*some, part))
        if some and (words > _MOST_WORDS or part.title != some[0].title):
            yield some
            some = []
        some.append(part)
    if some:
        yield some


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


def minutes(leaves: Iterable[Leaf]) -> str:
    """How long some leaves take to read."""
    return say("book.minutes", count=max(1, round(sum(x.words for x in leaves) / _WORDS_A_MINUTE)))
