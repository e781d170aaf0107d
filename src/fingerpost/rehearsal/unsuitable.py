"""Why a service is not for somebody: by its own contract first, then by when it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.facts import NOT_SURE
from ..model.route import Route
from ..model.tree import Outcome
from ..page import visibility
from ..page.speaker import Speaker
from ..walk.walk import Walk

_READERS = {
    "young-person": "young people",
    "parent": "parents and carers",
    "staff": "workers and volunteers",
}
"""Whom a service talks to; the answers of the question are in the first person."""

_NO_LIMIT = {"under-13": ("13-15", "too young"), "19-or-over": ("18", "too old")}
"""Each answer to how old somebody is that ends at no age, with the answer beside it, and what they
may be for a service that is for those beside them. Of such an answer a contract tells only whether
the service is for everyone who gives it."""


def why_not(route: Route, told: Walk) -> str:
    """Why a route is not on the page where the way of a person ends, in whole sentences.

    It is asked of routes that are not on that page; of any other the answer means nothing.
    """
    speaker = Speaker(told.library, told.facts, told.tree.name)
    reasons = [*_against_contract(route, speaker)]
    if reasons:
        # Whom a service says that it serves is said once, whatever stands against it.
        who = speaker.say(route.who)
        return " ".join([*reasons, *([f"It says whom it is for: {who}"] if who else [])])
    return (
        next(_stood_in_for(route, told, speaker), "")
        or next(_against_offer(route, speaker), "")
        or _not_called_for(route, told, speaker)
    )


def _against_contract(route: Route, speaker: Speaker) -> Iterator[str]:
    if route.contract is None:
        return
    if _outside(route.contract.ages, speaker, "age"):
        told = _too_young_or_old(route.contract.ages, speaker) or "It is not for this age."
        yield _unless_unsure(speaker, "age", told, "for some ages")
    if _outside(route.contract.nations, speaker, "nation"):
        served = [n for n in route.contract.nations if n != NOT_SURE]
        where = speaker.answers("nation", served)
        lives = speaker.answers("nation", speaker.facts["nation"])
        yield _unless_unsure(
            speaker, "nation", f"It serves {where}, and this story is in {lives}.", f"for {where}"
        )
    if _outside(route.contract.tellers, speaker, "teller"):
        readers = _listed(_READERS[t] for t in _READERS if t in route.contract.tellers)
        asks = _listed(_READERS[t] for t in _READERS if t in speaker.facts["teller"])
        yield f"It talks to {readers}, and not to {asks}."


def _outside(served: frozenset[str], speaker: Speaker, fact: str) -> bool:
    return bool(speaker.facts.get(fact, frozenset()) - served)


def _too_young_or_old(served: frozenset[str], speaker: Speaker) -> str:
    """A sentence about somebody of whom a service may serve some and not others, or nothing."""
    for age in speaker.facts["age"] & _NO_LIMIT.keys():
        beside, may_be = _NO_LIMIT[age]
        if beside in served:
            return f"Someone of “{speaker.answers('age', [age])}” may be {may_be} for it."
    return ""


def _unless_unsure(speaker: Speaker, fact: str, known: str, only: str) -> str:
    if NOT_SURE in speaker.facts[fact]:
        return f"It is only {only}, and nobody knows if that fits here."
    return known


def _stood_in_for(route: Route, told: Walk, speaker: Speaker) -> Iterator[str]:
    offered = visibility.offered(told.library, told.facts)
    others = [speaker.say(other.title) for other in offered if other.instead == route.name]
    if others and route not in offered:
        yield f"Here {_listed(others)} {'stands' if len(others) == 1 else 'stand'} in for it."


def _against_offer(route: Route, speaker: Speaker) -> Iterator[str]:
    """The answers because of which a route is not offered; it reads facts that all trees share."""
    facts = speaker.facts
    for fact, wanted in (test for when in route.whens for test in when.tests):
        if fact in facts and not facts[fact] & wanted:
            yield from _because_of(fact, facts[fact], speaker)
    if route.unless is not None and route.unless.holds(facts):
        for fact, unwanted in route.unless.tests:
            yield from _because_of(fact, facts[fact] & unwanted, speaker)


def _because_of(fact: str, values: frozenset[str], speaker: Speaker) -> Iterator[str]:
    question = speaker.library.questions.get(fact)
    if question is not None:
        asked, said = speaker.say(question.ask), speaker.answers(fact, values)
        yield f"It is not for whoever answers “{asked}” with “{said}”."


def _not_called_for(route: Route, told: Walk, speaker: Speaker) -> str:
    headings = (
        f"“{speaker.say(words.say)}”"
        for need in route.serves
        if (words := speaker.library.needs.get(need)) is not None
    )
    what = _listed(headings) or "something else"
    ending = f"“{speaker.say(told.here.title)}”" if isinstance(told.here, Outcome) else "this"
    told_of = f"It is for {what}, and {ending} does not call for that."
    if visibility.EMERGENCY in route.serves:  # nobody may learn here to keep from ringing
        return f"{told_of} If anyone is in danger, use it at once."
    return told_of


def _listed(words: Iterable[str]) -> str:
    every = tuple(words)
    return " and ".join(filter(None, [", ".join(every[:-1]), *every[-1:]]))
