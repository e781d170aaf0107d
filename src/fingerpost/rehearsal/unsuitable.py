"""The reason why a service is unsuitable: by its contract, then by its conditions."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.facts import NOT_SURE, READERS
from ..model.route import Route
from ..model.tree import Outcome
from ..page import visibility
from ..page.messages import listed
from ..page.speaker import Speaker
from ..walk.walk import Walk

_NO_LIMIT = {"under-13": ("13-15", "too young"), "19-or-over": ("18", "too old")}
"""The open-ended age groups, each with the adjacent group, and what its members may be for a
service for that group. A contract only says if a service is for a whole open-ended group."""


def reason(route: Route, told: Walk) -> str:
    """The reason why a route is not on the page where a walk ends, in whole sentences.

    The route must not be on that page.
    """
    speaker = Speaker(told.library, told.facts, told.tree.name)
    reasons = [*_against_contract(route, speaker)]
    if reasons:
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
        readers = listed([READERS[t] for t in READERS if t in route.contract.tellers])
        asks = listed([READERS[t] for t in READERS if t in speaker.facts["teller"]])
        yield f"It talks to {readers}, and not to {asks}."


def _outside(served: frozenset[str], speaker: Speaker, fact: str) -> bool:
    return bool(speaker.facts.get(fact, frozenset()) - served)


def _too_young_or_old(served: frozenset[str], speaker: Speaker) -> str:
    """A sentence for an open-ended age group that the service may serve in part; or empty."""
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
        yield f"Here {listed(others)} {'stands' if len(others) == 1 else 'stand'} in for it."


def _against_offer(route: Route, speaker: Speaker) -> Iterator[str]:
    """The answers that rule the route out; they are to questions that all trees share."""
    facts = speaker.facts
    for fact, wanted in (test for when in route.whens for test in when.tests):
        if fact in facts and not facts[fact] & wanted:
            yield from _because_of(fact, facts[fact], speaker)
    for fact, unwanted in (t for each in route.unless if each.holds(facts) for t in each.tests):
        yield from _because_of(fact, facts[fact] & unwanted, speaker)


def _because_of(fact: str, values: frozenset[str], speaker: Speaker) -> Iterator[str]:
    question = speaker.library.questions.get(fact)
    if question is not None:
        asked, said = speaker.say(question.ask), speaker.answers(fact, values)
        yield f"It is not for whoever answers “{asked}” with “{said}”."


def _not_called_for(route: Route, told: Walk, speaker: Speaker) -> str:
    headings = [
        f"“{speaker.say(words.say)}”"
        for need in route.serves
        if (words := speaker.library.needs.get(need)) is not None
    ]
    what = listed(headings) or "something else"
    ending = f"“{speaker.say(told.here.title)}”" if isinstance(told.here, Outcome) else "this"
    told_of = f"It is for {what}, and {ending} does not call for that."
    if visibility.EMERGENCY in route.serves:  # trainees must not learn to avoid ringing
        return f"{told_of} If anyone is in danger, use it at once."
    return told_of
