"""Is everything that has a condition shown to somebody?

A “when” that nobody meets hides its line from all for whom it was written, and looks just like one
that works. What a tree says of its own endings is held to those who come there. What is shared
cannot know what a tree asks: that is wrong only if no tree at all can show it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ...model.base import Frozen, replace
from ...model.diagnostics import Diagnostic, Related, Severity
from ...model.graph import settles
from ...proof.formula import Formula, Test, both, no, of
from ...proof.prover import Proofs, Search
from .conditional import Conditional, conditional
from .unasked import facts_asked, unasked
from .undecided import undecided

if TYPE_CHECKING:
    from ...model.graph import Place
    from ...model.library import Library
    from ...page.rules import Arrival

_MOST_ALONE = 32
"""What could not be decided together is looked at one by one, if it is no more than this."""

_Found: TypeAlias = Search[int | tuple[str, ...]]
"""By its number what is shown to somebody; by tree and ending where somebody comes; and by these
and a fact where somebody comes who has been asked for it."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each line, need and entry that nobody is shown, and why if nobody is asked."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    library = proofs.library
    values = _values(library)
    parts = tuple(_to_prove(library, proofs.map.places))
    plain = proofs.satisfiable(_who_is_shown(proofs, each) for each in parts)
    rest = (each for number, each in enumerate(parts) if number not in plain)
    judge = _Judge(proofs, values)
    found: list[tuple[Conditional, Diagnostic]] = []
    for together in _groups(rest):
        found += judge.judged(together)
    # What belongs to an entry that nobody is shown is no mistake of its own.
    hidden = {each.span for each, _ in found}
    mistakes = (mistake for each, mistake in found if each.within not in hidden)
    return tuple(sorted((*mistakes, *unasked(library)), key=lambda mistake: mistake.order))


def _to_prove(library: Library, led_to: Collection[Place]) -> Iterator[Conditional]:
    """Whatever is not another mistake, in what it reads or because nothing leads to its ending."""
    asked, there = facts_asked(library), frozenset(led_to)
    for each in conditional(library):
        places = None if each.places is None else each.places & there
        if (each.own or asked.issuperset(each.wanted)) and (places is None or places):
            yield replace(each, places=places)


def _who_is_shown(proofs: Proofs, each: Conditional) -> tuple[Formula, Sequence[int]]:
    """To whom something is shown, and the endings that may show it."""
    index, all_ = proofs.map.index, proofs.map.endings
    at = all_ if each.places is None else tuple(index(*place) for place in each.places)
    return both(of(*each.whens), *(no(of(when)) for when in each.unless)), at


def _groups(rest: Iterable[Conditional]) -> Iterable[Sequence[Conditional]]:
    """Those that read the same facts can be looked at together."""
    groups: dict[object, list[Conditional]] = {}
    for each in rest:
        facts = frozenset(test.fact for test in each.tests)
        groups.setdefault((facts, each.places is None), []).append(each)
    return groups.values()


class _Judge(Frozen):
    """Says who is shown what. ``values`` are all that any question can give to each fact."""

    proofs: Proofs
    values: Mapping[str, frozenset[str]]

    def judged(self, together: Sequence[Conditional]) -> Iterator[tuple[Conditional, Diagnostic]]:
        """What is wrong with things that read the same facts."""
        search = _search(self.proofs, together)
        never = [each for number, each in enumerate(together) if number not in search.found]
        if search.complete:
            for each in never:
                if (mistake := self._mistake(search, each)) is not None:
                    yield each, mistake
        elif never and (len(together) == 1 or len(never) > _MOST_ALONE):
            more = f" and {len(never) - 1} more like it" * (len(never) > 1)
            what = f"whether anybody is shown {never[0].what}{more}"
            yield never[0], undecided(what, never[0].span, self.proofs)
        else:
            for each in never:
                yield from self.judged([each])

    def _mistake(self, search: _Found, each: Conditional) -> Diagnostic | None:
        """What to say of something that nobody is shown; nothing where nobody comes at all."""
        if not any(place in search.found for place in each.places or search.found):
            return None
        if each.own:
            return self._own_mistake(search, each)
        return Diagnostic(
            "FP307",
            f"no tree can show {each.what} to anybody",
            each.span,
            lowered=Severity.WARNING,
            hint="nobody has all that its conditions ask for: change them, or take it away",
        )

    def _own_mistake(self, search: _Found, each: Conditional) -> Diagnostic:
        place = next(iter(each.places or ()))  # a tree's own stands at one ending
        name = f"{place[0]}/{place[1]}"
        graph = self.proofs.all_steps
        number = graph.index(*place)
        related = [Related("the ending is here", graph.nodes[number].step.span)]
        unknown = next((fact for fact in each.wanted if (*place, fact) not in search.found), None)
        missed = self._missed(each, place) if unknown is None else None
        if unknown is not None:
            message = f"{each.what} reads “{unknown}”, which nobody is asked on the way to “{name}”"
            hint = "ask for it on the way, or take it out of “when”"
        elif missed is not None:
            fact, there = missed
            wanted = " or ".join(sorted(each.wanted[fact]))
            message = f"nobody is shown {each.what}: at “{name}” no one's “{fact}” is {wanted}"
            hint = f"there it is only ever {' or '.join(there)}"
            if last := graph.nearest_before(number, lambda step: settles(step, fact)):
                related.append(Related(f"“{fact}” is settled here", last.span))
        else:
            message = f"nobody is shown {each.what}: all that it asks for never comes together"
            hint = f"nobody who comes to “{name}” has it all: make two of it, or ask for less"
        return Diagnostic(
            "FP307" if unknown is None else "FP308",
            message,
            each.span,
            hint=hint,
            related=tuple(related),
            witness=search.found[place].witness.words(self.proofs.library),
            begins=search.found[place].witness.tree,
        )

    def _missed(self, each: Conditional, place: Place) -> tuple[str, tuple[str, ...]] | None:
        """A fact that at an ending never has a value that is asked for, and those that it has."""
        for fact, wanted in each.wanted.items():
            values = sorted(self.values.get(fact, wanted))

            def look(arrival: Arrival, fact: str = fact) -> Iterator[str]:
                yield from arrival.facts.get(fact, ())

            tests = (Test(fact, frozenset({value})) for value in values)
            search = self.proofs.search(tests, look, {place})
            there = tuple(value for value in values if value in search.found)
            if search.complete and wanted and wanted.isdisjoint(there):
                return fact, there
        return None


def _search(proofs: Proofs, together: Sequence[Conditional]) -> _Found:
    by_place: dict[Place, list[tuple[int, Conditional]]] = {}
    anywhere = [(n, each) for n, each in enumerate(together) if each.places is None]
    for number, each in enumerate(together):
        for place in each.places or ():
            by_place.setdefault(place, []).append((number, each))

    def look(arrival: Arrival) -> Iterator[int | tuple[str, ...]]:
        place = (arrival.tree, arrival.outcome.name)
        yield place
        yield from ((*place, fact) for fact in arrival.facts)
        for number, each in (*by_place.get(place, ()), *anywhere):
            if each.shown(arrival.facts):
                yield number

    tests = (test for each in together for test in each.tests)
    return proofs.search(tests, look, None if anywhere else by_place.keys())


def _values(library: Library) -> Mapping[str, frozenset[str]]:
    """All values that any question can give to each fact."""
    found: dict[str, set[str]] = {}
    for tree in library.trees.values():
        for question in tree.questions.values():
            found.setdefault(question.fact, set()).update(question.values)
    return {fact: frozenset(values) for fact, values in found.items()}
