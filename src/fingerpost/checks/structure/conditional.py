"""Everything that has a condition: lines, needs, and entries of ``always``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model.base import Frozen, replace
from ...model.tree import shown
from ...proof.dependencies import conditions
from ...proof.formula import Test

if TYPE_CHECKING:
    from ...model.diagnostics import Span
    from ...model.facts import Facts
    from ...model.graph import Place
    from ...model.library import Library
    from ...model.tree import Advice, Always, Need, When


class Conditional(Frozen):
    """Something that has conditions. ``places`` are the endings that may show it (None: any).

    ``own`` says that it stands in a tree's file: then there is one place. ``within`` is the entry
    of ``always`` that it belongs to.
    """

    what: str
    span: Span
    whens: tuple[When, ...]
    unless: tuple[When, ...] = ()
    places: frozenset[Place] | None = None
    own: bool = False
    within: Span | None = None

    @property
    def tests(self) -> tuple[Test, ...]:
        """The tests that decide whether it is shown."""
        return tuple(dict.fromkeys(conditions(self.whens, self.unless)))

    @property
    def wanted(self) -> dict[str, frozenset[str]]:
        """For each fact that has to be known, the values that satisfy every condition."""
        found: dict[str, frozenset[str]] = {}
        for test in conditions(self.whens):
            found[test.fact] = found.get(test.fact, test.values) & test.values
        return found

    def shown(self, facts: Facts) -> bool:
        """Whether a reader with these facts is shown it, at one of its endings."""
        return shown(self.whens, self.unless, facts)


def conditional(library: Library) -> Iterator[Conditional]:
    """Everything but routes that depends on the facts, each once.

    A reference to a shared line that adds no condition is not told apart from the line.
    """
    shared: dict[Span, Conditional] = {}
    for tree in library.trees.values():
        for ending in tree.outcomes.values():
            place = frozenset({(tree.name, ending.name)})
            for part in _parts(library, ending.advice, ending.needs):
                if part.span.file == tree.span.file:
                    yield replace(part, places=place, own=True)
                else:
                    before = shared.get(part.span)
                    places = place | (before.places or frozenset() if before else frozenset())
                    shared[part.span] = replace(part, places=places)
    yield from shared.values()
    yield from _shared_lines(library)
    for entry in library.always:
        yield from _always(library, entry)


def _parts(
    library: Library, lines: tuple[Advice, ...], needs: tuple[Need, ...]
) -> Iterator[Conditional]:
    """The lines and needs that have a condition written beside them."""
    for line in lines:
        shared = library.advice.get(line.name)
        if len(line.whens) > (len(shared.whens) if shared else 0):
            yield Conditional("this line", line.span, line.whens, line.unless)
    for need in needs:
        if need.when.tests:
            yield Conditional("this need", need.span, (need.when,))


def _shared_lines(library: Library) -> Iterator[Conditional]:
    """The shared lines that are referred to, each with the endings that do so."""
    always = {line.name for entry in library.always for line in entry.advice}
    places: dict[str, set[Place]] = {}
    for tree in library.trees.values():
        for ending in tree.outcomes.values():
            for line in ending.advice:
                places.setdefault(line.name, set()).add((tree.name, ending.name))
    for name, line in library.advice.items():
        if (line.whens or line.unless) and (name in places or name in always):
            at = None if name in always else frozenset(places[name])
            yield Conditional(f"the shared line “{name}”", line.span, line.whens, line.unless, at)


def _always(library: Library, entry: Always) -> Iterator[Conditional]:
    yield Conditional("this entry", entry.span, (entry.when,), entry.unless)
    for part in _parts(library, entry.advice, entry.needs):
        whens = (entry.when, *part.whens)
        unless = (*entry.unless, *part.unless)
        yield replace(part, whens=whens, unless=unless, within=entry.span)
