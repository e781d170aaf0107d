"""What trees share and the readers of a page can be shown: exactly that, by proof."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial

from ..model.base import replace
from ..model.facts import NATIONS
from ..model.route import Route
from ..model.tree import Outcome, When
from ..page.approval import ALWAYS_PART, Fingerprints, names_in
from ..page.reach import Item, Kind
from ..proof.boxes import LimitReached
from ..proof.formula import ALWAYS, Formula, both, either, no, of
from ..proof.prover import Proofs


class Needed:
    """Of a library that has all its trees, what is to be signed before a page is approved; read in
    a nation, before it is to those there, and to those who have not said where they are."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self.library = fingerprints.library
        self._fingerprints = fingerprints
        self._proofs = Proofs(self.library)
        others = When((("nation", frozenset(NATIONS) - {fingerprints.nation}),))
        is_asked = fingerprints.nation and "nation" in self.library.questions
        self._here = no(of(others)) if is_asked else ALWAYS
        self._of_tree = cache(self._parts_of_tree)

    def by(self, part: str) -> tuple[str, ...]:
        """The names of what trees share and a page, or the questions of a tree, can show."""
        return self._of_tree(part.partition("/")[0])[part]

    def showing(self, parts: Collection[str]) -> Iterator[str]:
        """The pages, and questions of trees, that can show any of some parts that trees share.
        Nothing is proved of others: that takes seconds, in which somebody waits."""
        for name in self.library.trees:
            yield from (page for page, found in self._proved(name, parts).items() if found)

    def _parts_of_tree(self, name: str) -> Mapping[str, tuple[str, ...]]:
        every = self._fingerprints.shared
        found = self._proved(name, every).items()
        return {page: tuple(x for x in every if x in parts) for page, parts in found}

    def _proved(self, name: str, asked: Collection[str]) -> Mapping[str, Collection[str]]:
        """Of some parts those that the questions of a tree, and each page, can show."""
        tree = self.library.trees[name]
        found = {name: {*self._fingerprints.asked(tree)} & {*asked}}
        wanted: dict[tuple[str, str], tuple[Formula, list[int]]] = {}
        for outcome in tree.outcomes.values():
            page = f"{name}/{outcome.name}"
            found[page] = set()
            if (name, outcome.name) in self._proofs.map.places:
                at = [self._proofs.map.index(name, outcome.name)]
                for part, shown in self._shown(name, outcome, asked).items():
                    wanted[page, part] = (both(either(shown), self._here), at)
        try:
            proved: Collection[int] = self._proofs.satisfiable(wanted.values())
        except LimitReached:  # then what may be shown counts
            proved = range(len(wanted))
        for number, (page, part) in enumerate(wanted):
            if number in proved:
                found[page].add(part)
        return found

    def _shown(
        self, tree: str, outcome: Outcome, asked: Collection[str]
    ) -> Mapping[str, list[Formula]]:
        """Those of some parts that a page may show, each with all conditions under which."""
        shown: dict[str, list[Formula]] = {}
        has_words = any(each.startswith(f"{Kind.WORD} ") for each in asked)
        for part, value, when in self._things(tree, outcome, asked, has_words=has_words):
            words = names_in(value).words if has_words else ()
            parts = (part, *(f"{Kind.WORD} {word}" for word in words))
            if here := [each for each in parts if each in asked]:
                formula = when()
                for each in here:
                    shown.setdefault(each, []).append(formula)
        return shown

    def _things(
        self, tree: str, outcome: Outcome, asked: Collection[str], *, has_words: bool
    ) -> Iterator[tuple[str, object, Callable[[], Formula]]]:
        """What a page may show, with what may have hard words in it, and when: worked out once it
        is asked for."""
        own = (self.library.trees[tree].title, replace(outcome, advice=(), needs=()))
        yield "", own, lambda: ALWAYS
        for line in outcome.advice:
            yield f"{Kind.LINE} {line.name}", line, partial(of, *line.whens, unless=line.unless)
        for need in outcome.needs:
            yield "", need, partial(of, need.when)
        reach, place = self._fingerprints.reach, (tree, outcome.name)
        items = [reach.items[at] for at in reach.at(place)] if has_words else reach.items
        shows = partial(reach.possible.shows, reach.possible.at(place))
        for item in items:
            if not has_words and not (_part(item) in asked and shows(item.whens, item.unless)):
                continue
            yield _part(item), item.part, partial(self._when, item, outcome)

    def _when(self, item: Item, outcome: Outcome) -> Formula:
        formulas = self._proofs.formulas
        if isinstance(item.part, Route):
            return formulas.shown(outcome, item.part)
        if item.kind is Kind.NEED:
            return formulas.called(outcome, item.name)
        return of(*item.whens, unless=item.unless)


def _part(item: Item) -> str:
    return str(item) if item.name or item.kind is not Kind.LINE else ALWAYS_PART
