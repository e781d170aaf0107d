"""The numbers at the foot of every screen: for danger, and to talk to someone.

Before a helpline is known to be for the reader, its line says at which age it serves, and there is
one for any age beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.base import Frozen
from ..model.facts import Facts, is_age_known
from ..model.library import Library
from ..model.route import Route
from .messages import say
from .page import Channel, Contact, Help, danger
from .visibility import EMERGENCY


class StandingNumber(Frozen):
    """One number: whom or what it is for, its name with the number, and its URI."""

    label: str
    says: str
    uri: str


def standing(library: Library, facts: Facts) -> str:
    """The numbers in one line; the last resort for a library without a number for danger."""
    numbers = standing_numbers(library, facts)
    if not numbers:
        return say("danger.last-resort")
    return " ".join(f"{each.label}: {each.says}." for each in numbers)


def standing_numbers(library: Library, facts: Facts) -> tuple[StandingNumber, ...]:
    """The number for danger first; none if the library has none for that.

    A question that has not been asked yet counts as answered “not sure”.
    """
    served = danger(library, facts, None)
    emergency = next((way for _, way in _phones(served)), None)
    if emergency is None:
        return ()
    ring = say("standing.ring", number=emergency.address)
    return (
        StandingNumber(say("standing.danger"), ring, emergency.uri),
        *_to_talk(library, facts, [each for each in served if each.need != EMERGENCY]),
    )


def _to_talk(library: Library, facts: Facts, served: Iterable[Help]) -> Iterator[StandingNumber]:
    """The first helpline for whoever has told an age; else one for the young that says so, and one
    for the adult who reads this, or for any age."""
    is_adult = bool(facts.get("teller", frozenset()) - {"young-person"})
    phones = [(each, library.routes[each[0].route]) for each in _phones(served)]
    for_reader = [each for each, route in phones if is_adult and route.is_for_a_reader]
    others = [each for each in phones if each[0] not in for_reader]
    if not is_adult and is_age_known(facts):
        yield from (_number(say("standing.talk"), each) for each, _ in others[:1])
        return
    young = [(each, route.under) for each, route in others if route.under]
    any_age = [each for each, route in others if is_for_any_age(library, route)]
    for each, under in young[:1]:
        yield _number(say("standing.under", age=under), each)
    for each in any_age[: 0 if young and for_reader else 1]:
        yield _number(say("standing.any-age" if young else "standing.talk"), each)
    for each in for_reader[:1]:
        yield _number(say("standing.reader"), each)


def is_for_any_age(library: Library, route: Route) -> bool:
    """Whether a service says that it serves whoever answers the question of age, whatever they
    answer."""
    asked = library.questions.get("age")
    return route.contract is None or not asked or route.contract.ages.issuperset(asked.values)


def _number(label: str, phone: tuple[Contact, Channel]) -> StandingNumber:
    contact, way = phone
    return StandingNumber(label, f"{contact.title} {way.address}", way.uri)


def _phones(served: Iterable[Help]) -> Iterator[tuple[Contact, Channel]]:
    """Each service with its first number, in order."""
    for each in served:
        for contact in each.contacts:
            way = next((way for way in contact.ways if way.channel == "phone"), None)
            if way is not None:
                yield contact, way
