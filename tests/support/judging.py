"""What is wrong with a library, judged person by person: an oracle for the checks of paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fingerpost.model.diagnostics import Diagnostic, Span
from fingerpost.model.facts import NOT_SURE, Facts
from fingerpost.model.library import Library
from fingerpost.model.route import Contract
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Outcome, Rule
from fingerpost.page import visibility
from fingerpost.walk.walk import Walk

from .oracle import arrivals, fewest, holds, sayings

Mistake: TypeAlias = tuple[Span, str]
"""The place at which a mistake is reported, and of which need or fact it speaks, if of one."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at an ending: where they began, what is known and how many answers it took."""

    start: str
    tree: str
    outcome: Outcome
    facts: Facts
    answers: int


Look: TypeAlias = Callable[[Library, Person], Iterator[Mistake]]
"""What is wrong with the page of one person."""


def everyone(read: Library) -> list[Person]:
    """Everybody who can come to an ending; of those who know the same, one."""
    told = {
        fact: read.questions[fact].values for fact in ("teller", "nation") if fact in read.questions
    }
    return [
        Person(start, *each) for start in read.trees for each in fewest(arrivals(read, start, told))
    ]


def wrong(read: Library, people: Iterable[Person], look: Look) -> dict[Mistake, int]:
    """Each mistake with how few answers lead to it."""
    found: dict[Mistake, int] = {}
    for person in people:
        for mistake in look(read, person):
            found[mistake] = min(person.answers, found.get(mistake, person.answers))
    return found


def routes_on(read: Library, person: Person) -> set[str]:
    """The routes of a page, those behind “more” included."""
    needs = visibility.served(read, person.outcome, person.facts)
    return {route.name for need in needs for route in need.routes}


def needs_unserved(read: Library, person: Person) -> Iterator[Mistake]:
    """FP303."""
    offered = visibility.offered(read, person.facts)
    served = {need for route in read.routes.values() for need in route.serves}
    for name, wanted in visibility.needs(read, person.outcome, person.facts).items():
        if name in served and not any(name in route.serves for route in offered):
            yield wanted[0].span, name


def contracts_left(read: Library, person: Person) -> Iterator[Mistake]:
    """FP304."""
    for route in (read.routes[name] for name in routes_on(read, person)):
        for fact, served in terms(route.contract):
            if fact in read.questions:
                known = person.facts.get(fact, frozenset({NOT_SURE}))
                if not known <= served and not served.issuperset(read.questions[fact].values):
                    yield route.span, fact


def terms(contract: Contract | None) -> Iterator[tuple[str, frozenset[str]]]:
    """For each fact of which a contract speaks whom it serves."""
    if contract is not None:
        yield "age", contract.ages
        yield "nation", contract.nations
        yield "teller", contract.tellers


def nobody_at_night(read: Library, person: Person) -> Iterator[Mistake]:
    """FP306."""
    urgent = visibility.urgency(read, person.outcome, person.facts) >= Urgency.TODAY
    awake = {
        name
        for name, route in read.routes.items()
        for channel in ("phone", "text", "chat")
        if route.hours.get(channel) == "24/7"
        and channel not in route.unsure
        and f"hours.{channel}" not in route.unsure
    }
    if urgent and not awake & routes_on(read, person):
        yield person.outcome.span, ""


def rules_broken(read: Library, person: Person) -> Iterator[Mistake]:
    """FP310."""
    for rule, tree in every_rule(read):
        if concerns(rule, tree, person) and not holds(read, rule, person.outcome, person.facts):
            yield rule.span, ""


def every_rule(read: Library) -> Iterator[tuple[Rule, str]]:
    """Every rule, with the tree whose own it is or nothing."""
    yield from ((rule, "") for rule in read.rules)
    for tree in read.trees.values():
        yield from ((rule, tree.name) for rule in tree.rules)


def concerns(rule: Rule, tree: str, person: Person) -> bool:
    """Whether a rule speaks of somebody."""
    return rule.when.holds(person.facts) and (not tree or tree in (person.start, person.tree))


LOOKS: Mapping[str, Look] = {
    "FP303": needs_unserved,
    "FP304": contracts_left,
    "FP306": nobody_at_night,
    "FP310": rules_broken,
}
"""The mistakes that are judged for one person at a time."""


SEVERAL: Mapping[str, Callable[[Mistake], object]] = {
    "FP303": lambda mistake: mistake[1],
    "FP304": lambda mistake: mistake[0],
}
"""Of several places that call for one unserved need at an ending, and of several facts by which a
route leaves its contract there, one is enough to say: the others show when that is mended."""


LONGER = 4
"""A witness is a shortest walk to somebody at its ending, and a little longer than the shortest to
anybody."""


def about_nobody(read: Library, people: list[Person]) -> set[Span]:
    """FP311: the rules that speak of nobody."""
    return {
        rule.span
        for rule, tree in every_rule(read)
        if not any(concerns(rule, tree, person) for person in people)
    }


def must_be_the_same(read: Library, found: Iterable[Diagnostic]) -> dict[str, int]:
    """Hold what the checks found against everybody; give how often each mistake was met."""
    found, people = tuple(found), everyone(read)
    met: dict[str, int] = {}
    for code, look in LOOKS.items():
        expected = wrong(read, people, look)
        told = {of(each): each for each in found if each.code == code}
        assert told.keys() <= expected.keys(), code
        for several in together(read, people, code):
            assert told.keys() & several, (code, several)
        for mistake, each in told.items():
            assert shows(read, each, look, expected[mistake]), each
        met[code] = len(told)
    nobody = {each.span for each in found if each.code == "FP311"}
    assert nobody == about_nobody(read, people)
    return met | {"FP311": len(nobody), "FP305": must_be_unused(read, people, found)}


def together(read: Library, people: Iterable[Person], code: str) -> list[set[Mistake]]:
    """The mistakes of each ending, those together of which one is enough to say."""
    groups: dict[object, set[Mistake]] = {}
    for person in people:
        for mistake in LOOKS[code](read, person):
            about = SEVERAL[code](mistake) if code in SEVERAL else mistake
            groups.setdefault((person.tree, person.outcome.name, about), set()).add(mistake)
    return list(groups.values())


def of(found: Diagnostic) -> Mistake:
    """What a check found, as the oracle names it."""
    match found.code:
        case "FP303":
            return found.span, found.message.split("“")[1].split("”")[0]
        case "FP304":
            return found.span, found.message.rpartition(": ")[2].partition(" ")[0]
        case _:
            return found.span, ""


def shows(read: Library, found: Diagnostic, look: Look, answers: int) -> bool:
    """Whether a walk that says what a witness says meets this mistake, by hardly more answers than
    are needed."""
    return any(
        of(found) in look(read, person)
        for walk, took in sayings(read, found.witness)
        if answers <= took <= answers + LONGER
        for person in at_an_ending(walk, took)
    )


def at_an_ending(walk: Walk, answers: int) -> Iterator[Person]:
    """Who has walked so far, if it is to an ending."""
    if isinstance(walk.here, Outcome):
        yield Person(walk.start.tree, walk.tree.name, walk.here, walk.facts, answers)


def must_be_unused(read: Library, people: list[Person], found: Iterable[Diagnostic]) -> int:
    """FP305: a route that no tree can show is on no page. One for which others always stand in
    is on none either, and may be left unsaid; one that nobody who needs it is offered may not."""
    unused = {each.span for each in found if each.code == "FP305"}
    on_pages = {read.routes[name].span for person in people for name in routes_on(read, person)}
    assert not unused & on_pages
    for route in read.routes.values():
        called = (
            route.offered(person.facts)
            and set(route.serves) & visibility.needs(read, person.outcome, person.facts).keys()
            for person in people
        )
        assert route.span in unused or any(called)
    return len(unused)
