"""The leaflets of a rack: every ending, for every combination of the facts that vary.

An ending is printed with the answers of the cases that reach it, or of its shortest path if no case
does. The facts that vary (teller, age and nation by default) take every value in turn. Combinations
that give the same document share a leaflet, which lists for whom it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain, product
from typing import TypeAlias

from ..model import inline_markup
from ..model.base import Frozen, field, grouped
from ..model.facts import PEOPLE, Facts
from ..model.graph import StepGraph
from ..model.library import Library
from ..model.sentence import Sentence
from ..model.tree import Outcome
from ..page.approval import Fingerprints
from ..page.page import page
from ..proof import dependencies
from ..proof.boxes import Room
from ..proof.exploration import Exploration, Ways
from ..proof.witness import nearest
from ..walk.autoplay import play, play_case
from ..walk.walk import Walk, answer_in
from .app_guide import apps, how_to, without_apps
from .discretion import Discretion
from .document import Document
from .sheet import Sheet, sheet

Whom: TypeAlias = tuple[tuple[str, tuple[frozenset[str], ...]], ...]
"""For each fact that varies the values for which a leaflet is: their Cartesian product."""

Values: TypeAlias = tuple[tuple[str, frozenset[str]], ...]
"""Facts with their values, hashable and in order; the empty set is a fact not asked."""


class Order(Frozen):
    """Which leaflets are wanted, and how they are to be printed.

    ``vary`` names the facts of which every value is wanted; ``given`` holds for all leaflets.
    ``printed_on``, ``large`` and ``discretion`` are those of ``Sheet``.
    """

    trees: tuple[str, ...]
    printed_on: date
    vary: tuple[str, ...] = PEOPLE
    given: Facts = field(default_factory=dict)
    large: bool = False
    discretion: Discretion | None = None


class Group(Frozen):
    """An ending for which a leaflet is right, and for whom.

    ``known`` are the other answers that decide its content or the path there, in the order of the
    walk. It is right for everyone with these answers and any one of ``whom``.
    """

    tree: str
    outcome: str
    known: Values
    whom: tuple[Whom, ...]


class Leaflet(Frozen):
    """A document for many readers. The name of its file, without a suffix, says what it is about;
    or, if it is discreet, does not."""

    name: str
    document: Document
    places: tuple[Group, ...] = ()


class Pack(Frozen):
    """All leaflets, and a guide to each app if any leaflet refers to them."""

    leaflets: tuple[Leaflet, ...]
    apps: tuple[Leaflet, ...]


_LONGEST_NAME = 100
"""Characters of the name of a file: paths on Windows have 260 in all."""


class TooMany(Exception):
    """There are more papers than were allowed."""


def pack(
    library: Library,
    order: Order,
    more: Callable[[int], None] = lambda _: None,
    most: float = math.inf,
) -> Pack:
    """The leaflets of an order, in the order of the library's files.

    Cases must be of trees that can be walked. ``more`` is called with 1 after each ending. Raises
    KeyError for an unknown tree, and TooMany as soon as there are more than ``most`` papers.
    """
    found: dict[Document, dict[_Spot, list[Values]]] = {}
    is_sent, fingerprints = False, Fingerprints(library)
    for (tree, outcome), people in _starting(library, order.trees).items():
        deciding = _deciding(library, library.trees[tree].outcomes[outcome])
        for starting in people:
            for combination, walk in _arriving(library, order, starting):
                document, sent = _document(library, order, walk, fingerprints)
                is_sent = is_sent or sent
                spot = _spot(walk, combination, deciding)
                found.setdefault(document, {}).setdefault(spot, []).append(combination)
                if len(found) > most:
                    raise TooMany
        more(1)
    in_apps = tuple(_apps(library, order)) if is_sent else ()
    if len(found) + len(in_apps) > most:
        raise TooMany
    names = _names(list(found.values()), is_discreet=order.discretion is not None)
    leaflets = (
        Leaflet(name, document, tuple(_places(spots)))
        for name, (document, spots) in zip(names, found.items(), strict=True)
    )
    return Pack(tuple(leaflets), in_apps)


def _names(
    leaflets: Sequence[Mapping[_Spot, Iterable[Values]]], *, is_discreet: bool
) -> Sequence[str]:
    """The names of the files of leaflets: the ending, the values of facts that vary for which alone
    a leaflet is, and those of other facts where leaflets would have the same name. These are of
    small letters, digits and hyphens; what stands after a "_" is so never mistaken for them."""
    places = [next(iter(spots)) for spots in leaflets]
    known = [{} if is_discreet else dict(place[2]) for place in places]
    names = [
        "advice" if is_discreet else "-".join((*place[:2], *_alone(spots)))
        for place, spots in zip(places, leaflets, strict=True)
    ]
    for fact in dict.fromkeys(chain.from_iterable(known)):
        values = ["-".join(sorted(each.get(fact, ()))) for each in known]
        alike = grouped(zip(names, values, strict=True))
        names = [
            f"{name}-{value}" if value and len(set(alike[name])) > 1 else name
            for name, value in zip(names, values, strict=True)
        ]
    names = [name[:_LONGEST_NAME].strip("-") for name in names]
    times, counts = Counter(names), Counter[str]()
    for place, name in enumerate(names):
        counts[name] += 1
        if times[name] > 1:
            names[place] = f"{name}_{counts[name]}"
    return names


def _alone(spots: Mapping[_Spot, Iterable[Values]]) -> Iterator[str]:
    """The value of each fact that varies, if a leaflet is for one alone."""
    each = chain.from_iterable(chain.from_iterable(spots.values()))
    for values in grouped(dict.fromkeys(each)).values():
        if len(values) == 1:
            yield from sorted(values[0])


def _document(
    library: Library, order: Order, walk: Walk, fingerprints: Fingerprints
) -> tuple[Document, bool]:
    """The sheet, and whether it refers to the guides to apps."""
    assert isinstance(walk.here, Outcome)  # by _arriving
    whole = page(library, walk.tree, walk.here, walk.facts, fingerprints=fingerprints)
    bare = without_apps(library, whole)
    how = Sheet(order.printed_on, order.large, order.discretion)
    return sheet(bare, how), bare is not whole


def _apps(library: Library, order: Order) -> Iterator[Leaflet]:
    """A guide to each app; none if discreet, since its topic is all that it says."""
    if order.discretion is None:
        for route in apps(library):
            yield Leaflet(f"app_{route.name}", how_to(library, route, large=order.large))


# Who reaches an ending


class _Starting(Frozen):
    """The start of a walk to the ending ``place``: its tree, and the answers on the way."""

    tree: str
    answers: Facts
    place: tuple[str, str]


def _starting(
    library: Library, trees: Collection[str]
) -> Mapping[tuple[str, str], Collection[_Starting]]:
    """For each ending of some trees the walks that reach it; there may be none."""
    found: dict[tuple[str, str], list[_Starting]] = {
        (tree, outcome): [] for tree in trees for outcome in library.trees[tree].outcomes
    }
    for case in library.cases.values():
        walk = play_case(library, case)
        place = (walk.tree.name, walk.here.name)
        if place in found:
            found[place].append(_Starting(case.tree, case.answers, place))
    # Other trees are searched only for endings that are not reachable from their own tree.
    for beginning in dict.fromkeys((*((tree,) for tree in trees), tuple(trees))):
        missing = {place for place, people in found.items() if not people}
        if any(place[0] in beginning for place in missing):
            for shortest in _shortest(library, beginning):
                if shortest.place in missing and shortest.place[0] in beginning:
                    found[shortest.place].append(shortest)
                    missing.remove(shortest.place)
    return found


def _shortest(library: Library, trees: Collection[str]) -> Iterator[_Starting]:
    """A shortest walk to each ending reachable from these trees."""
    ways = Ways(StepGraph(library, *trees), {})
    explored = Exploration(ways, {}, Room())
    for number in ways.map.endings:
        found = nearest(explored, [(number, ways.facets.anything)])
        if found is not None:
            _, witness = found
            answers = {
                question.fact: reply.values
                for reply in witness.replies
                if (question := library.trees[reply.tree].questions.get(reply.step))
            }
            yield _Starting(witness.tree, answers, ways.map.nodes[number].place)


def _arriving(library: Library, order: Order, starting: _Starting) -> Iterator[tuple[Values, Walk]]:
    """The walks to the same ending for each combination of the facts that vary.

    The values at the ending count, since a tree or a link may have set one of the facts.
    """
    varied = _varied(library, order, starting.tree)
    for chosen in product(*varied.values()):
        told = {**order.given, **dict(zip(varied, chosen, strict=True))}
        walk = play(
            Walk.begin(library, starting.tree, told),
            partial(answer_in, {**starting.answers, **told}),
            lambda walk: (walk.tree.name, walk.here.name) != starting.place,
        )
        arrived = (walk.tree.name, walk.here.name) == starting.place
        if arrived and all(walk.facts.get(f, v) == v for f, v in order.given.items()):
            yield tuple((fact, walk.facts.get(fact, frozenset())) for fact in varied), walk


def _varied(library: Library, order: Order, tree: str) -> Mapping[str, tuple[frozenset[str], ...]]:
    """The facts that vary, with the values that the reachable questions offer."""
    asked = tuple(StepGraph(library, tree).questions())
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for fact in order.vary:
        offered = dict.fromkeys(v for each in asked if each.fact == fact for v in each.values)
        if offered:
            given = order.given.get(fact)
            found[fact] = (given,) if given else tuple(frozenset({value}) for value in offered)
    return found


# For whom a leaflet is


_Spot: TypeAlias = tuple[str, str, Values]
"""An ending, by its tree and its name, and the facts that decide there."""


def _spot(walk: Walk, combination: Values, deciding: Collection[str]) -> _Spot:
    varied = dict(combination)
    branching = {
        question.fact
        for _, question, _ in walk.answered()
        if len({target for _, target in question.ways}) > 1
    }
    known = tuple(
        (fact, values)
        for fact, values in walk.facts.items()
        if (fact in branching or fact in deciding) and fact not in varied
    )
    return walk.tree.name, walk.here.name, known


def _deciding(library: Library, outcome: Outcome) -> frozenset[str]:
    """The facts that decide the content of a leaflet of this ending."""
    added = library.always
    lines = [*outcome.advice, *(line for entry in added for line in entry.advice)]
    needs = [*outcome.needs, *(need for entry in added for need in entry.needs)]
    called = {need.need for need in needs}
    in_apps = {route.name for route in apps(library)}
    routes = [
        route
        for route in library.routes.values()
        if not called.isdisjoint(route.serves) and route.name not in in_apps
    ]
    tests = [
        *(test for entry in added for test in dependencies.conditions((entry.when,), entry.unless)),
        *(test for line in lines for test in dependencies.conditions(line.whens, line.unless)),
        *(test for need in needs for test in dependencies.of(need.when)),
        *(test for route in routes for test in dependencies.conditions(route.whens, route.unless)),
    ]
    said = [outcome.title, outcome.open, outcome.worse, outcome.to_say]
    said += [each for line in lines for each in line.sentences]
    said += [need.because for need in needs]
    return frozenset({test.fact for test in tests} | set(_named(said)))


def _named(said: Iterable[Sentence | None]) -> Iterator[str]:
    """The facts whose words are filled into some sentences."""
    for sentence in said:
        for text in sentence.texts if sentence else ():
            for token in inline_markup.tokens(text):
                if isinstance(token, inline_markup.FactWords):
                    yield token.fact


def _places(spots: Mapping[_Spot, Iterable[Values]]) -> Iterator[Group]:
    for (tree, outcome, known), combinations in spots.items():
        each = (tuple((fact, (values,)) for fact, values in one) for one in combinations)
        yield Group(tree, outcome, known, together(each))


def together(whom: Iterable[Whom]) -> tuple[Whom, ...]:
    """The same combinations as fewer, disjoint products."""
    rows: dict[tuple[str, ...], list[_Row]] = {}
    for one in whom:
        facts = tuple(fact for fact, _ in one)
        rows.setdefault(facts, []).extend(product(*(values for _, values in one)))
    return tuple(
        tuple(zip(facts, box, strict=True)) for facts, some in rows.items() for box in _boxes(some)
    )


_Row: TypeAlias = tuple[frozenset[str], ...]
_Box: TypeAlias = tuple[tuple[frozenset[str], ...], ...]


def _boxes(rows: Collection[_Row]) -> tuple[_Box, ...]:
    """A disjoint cover of rows of values by few boxes, each a Cartesian product.

    Values with the same set of remaining rows share a box.
    """
    if not all(rows):
        return ((),)
    further: dict[frozenset[str], list[_Row]] = {}
    for first, *rest in dict.fromkeys(rows):
        further.setdefault(first, []).append(tuple(rest))
    alike: dict[tuple[_Box, ...], list[frozenset[str]]] = {}
    for first, rest_of in further.items():
        alike.setdefault(_boxes(rest_of), []).append(first)
    return tuple((tuple(firsts), *box) for boxes, firsts in alike.items() for box in boxes)
