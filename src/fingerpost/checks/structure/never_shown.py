"""FP307 and FP308: lines, needs and entries whose condition no reader meets.

A “when” that is never satisfied hides its line from all for whom it was written, and looks just
like one that works. What stands in a tree is judged at the ending that has it. What is shared
cannot know what a tree asks, so it is a mistake only if no tree at all can show it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from ...model.base import Frozen, grouped, replace
from ...model.diagnostics import Diagnostic, Related, Severity, Span
from ...model.facts import WROTE, Facts
from ...model.graph import Place, StepGraph, settles
from ...model.library import Library
from ...model.tree import Advice, Always, Need, When, shown
from ...page.visibility import Arrival
from ...proof.dependencies import conditions
from ...proof.formula import Formula, Test, of
from ...proof.prover import BEFOREHAND, Proofs, Search

_Found: TypeAlias = Search[int | tuple[str, ...]]
"""What is shown, by its index; endings that are reached, by tree and name; and with a fact as a
third part those that are reached with this fact known."""


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each line, need and entry that is never shown, with the reason as far as it is known."""
    library = proofs.library
    parts = tuple(_to_prove(library, proofs.map.places))
    plain = proofs.satisfiable(_who_is_shown(proofs, each) for each in parts)
    rest = (each for number, each in enumerate(parts) if number not in plain)
    found: list[tuple[Conditional, Diagnostic]] = []
    # One search does for all that read the same facts.
    alike = (((frozenset(t.fact for t in e.tests), e.places is None), e) for e in rest)
    for together in grouped(alike).values():
        found += _judged(proofs, together)
    # What belongs to an entry that is never shown is not a mistake of its own.
    hidden = {each.span for each, _ in found}
    yield from (mistake for each, mistake in found if each.within not in hidden)
    yield from unasked(library)


def _to_prove(library: Library, led_to: Collection[Place]) -> Iterator[Conditional]:
    """All but what is another mistake: it reads a fact never asked for, or is at a lost ending."""
    asked, there = facts_asked(library), frozenset(led_to)
    for each in conditional(library):
        places = None if each.places is None else each.places & there
        if (each.own or asked.issuperset(each.wanted)) and (places is None or places):
            yield replace(each, places=places)


def _who_is_shown(proofs: Proofs, each: Conditional) -> tuple[Formula, Sequence[int]]:
    """A formula for the readers who are shown something, and the endings that may show it."""
    index, all_ = proofs.map.index, proofs.map.endings
    at = all_ if each.places is None else tuple(index(*place) for place in each.places)
    return of(*each.whens, unless=each.unless), at


def _judged(
    proofs: Proofs, together: Sequence[Conditional]
) -> Iterator[tuple[Conditional, Diagnostic]]:
    """The mistakes among things that read the same facts."""
    search = _search(proofs, together)
    for each in [each for number, each in enumerate(together) if number not in search.found]:
        # Where no reader comes to an ending at all, that is another mistake.
        if any(place in search.found for place in each.places or search.found):
            yield each, _own(proofs, search, each) if each.own else _shared(each)


def _shared(each: Conditional) -> Diagnostic:
    """The mistake for something shared that is never shown."""
    return Diagnostic(
        "FP307",
        f"no tree can show {each.what} to anybody",
        each.span,
        lowered=Severity.WARNING,
        hint="nobody has all that its conditions ask for: change them, or take it away",
    )


def _own(proofs: Proofs, search: _Found, each: Conditional) -> Diagnostic:
    """The mistake for something of a tree's own that is never shown."""
    place = next(iter(each.places or ()))  # a tree's own stands at one ending
    name = f"{place[0]}/{place[1]}"
    graph = proofs.all_steps
    number = graph.index(*place)
    related = [Related("the ending is here", graph.nodes[number].step.span)]
    unknown = next((fact for fact in each.wanted if (*place, fact) not in search.found), None)
    missed = _missed(proofs, each, place) if unknown is None else None
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
        witness=search.found[place].witness.words(proofs.library),
        begins=search.found[place].witness.tree,
    )


def _missed(proofs: Proofs, each: Conditional, place: Place) -> tuple[str, tuple[str, ...]] | None:
    """A fact that never has one of the wanted values at an ending, with those that it has."""
    for fact, wanted in each.wanted.items():
        values = sorted(values_asked(proofs.all_steps, fact) or wanted)

        def look(arrival: Arrival, fact: str = fact) -> Iterator[str]:
            yield from arrival.facts.get(fact, ())

        tests = (Test(fact, frozenset({value})) for value in values)
        search = proofs.search(tests, look, {place})
        there = tuple(value for value in values if value in search.found)
        if wanted and wanted.isdisjoint(there):
            return fact, there
    return None


def _search(proofs: Proofs, together: Sequence[Conditional]) -> _Found:
    """Look at every ending for what is shown there, who comes there and what is known of them."""
    anywhere = [(n, each) for n, each in enumerate(together) if each.places is None]
    by_place = grouped((at, (n, e)) for n, e in enumerate(together) for at in e.places or ())

    def look(arrival: Arrival) -> Iterator[int | tuple[str, ...]]:
        place = (arrival.tree, arrival.outcome.name)
        yield place
        yield from ((*place, fact) for fact in arrival.facts)
        for number, each in (*by_place.get(place, ()), *anywhere):
            if each.shown(arrival.facts):
                yield number

    tests = (test for each in together for test in each.tests)
    return proofs.search(tests, look, None if anywhere else by_place.keys())


# --- what has a condition -------------------------------------------------------------------------


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
        is_beside = shared is None or line.span != shared.span  # and no way back from one
        if is_beside and len(line.whens) > (len(shared.whens) if shared else 0):
            yield Conditional("this line", line.span, line.whens, line.unless)
    for need in needs:
        if need.when.tests:
            yield Conditional("this need", need.span, (need.when,))


def _shared_lines(library: Library) -> Iterator[Conditional]:
    """The shared lines that are referred to, each with the endings that do so."""
    always = {line.name for entry in library.always for line in entry.advice}
    endings = ((t.name, each) for t in library.trees.values() for each in t.outcomes.values())
    places = grouped((line.name, (tree, e.name)) for tree, e in endings for line in e.advice)
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


# --- facts that no tree asks for ------------------------------------------------------------------

_MOST_NAMED = 3


def facts_asked(library: Library) -> frozenset[str]:
    """The facts that can be known on some path: asked for, given by a tree,
    settled, or typed."""
    found = {*BEFOREHAND, WROTE}
    for tree in library.trees.values():
        found |= {question.fact for question in tree.asked} | tree.given.keys()
        for ending in tree.outcomes.values():
            found |= ending.carry_on.sets.keys() if ending.carry_on else set()
    return frozenset(found)


def values_asked(graph: StepGraph, fact: str) -> frozenset[str]:
    """All values that a question of the graph offers for a fact."""
    asked = (question for question in graph.questions() if question.fact == fact)
    return frozenset(value for question in asked for value in question.values)


def unasked(library: Library) -> Iterator[Diagnostic]:
    """One mistake for each fact that a shared “when” reads and no tree asks for.

    Where only routes read it, a notice: their tree may still have to be written.
    """
    asked = facts_asked(library)
    parts = (each for each in conditional(library) if not each.own)
    reading = [(f, (e.what, e.span, Severity.WARNING)) for e in parts for f in e.wanted]
    reading += [
        (fact, (f"the route “{route.name}”", route.span, Severity.NOTICE))
        for route in library.routes.values()
        for fact in dict.fromkeys(fact for when in route.whens for fact in when.facts)
    ]
    for fact, readers in grouped(each for each in reading if each[0] not in asked).items():
        (what, span, severity), *more = readers
        yield Diagnostic(
            "FP308",
            f"no tree asks for “{fact}”, so {what} is never shown",
            span,
            lowered=severity,
            hint="ask for it in a tree, or take it out of “when”",
            related=tuple(Related(f"nor is {also}", at) for also, at, _ in more[:_MOST_NAMED]),
        )
