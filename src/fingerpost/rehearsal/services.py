"""The services that a trainee chooses from at the end, and why one of them is unsuitable.

The right ones are who can help in the story. The distractors are plausible and wrong: for another
age, nation or reader, or for another topic. Why one is wrong is told by its contract, then by its
conditions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from random import Random

from ..model.base import replace
from ..model.case import Case
from ..model.facts import NOT_SURE, READERS, Facts
from ..model.library import Library
from ..model.route import IN_AN_APP, Route
from ..model.tree import Outcome
from ..page import labels, visibility
from ..page.contact import Contact, contact_of
from ..page.joined import page_of
from ..page.messages import as_sentence, listed, say
from ..page.page import Page
from ..page.speaker import Speaker, own_numbers
from ..sheets.document import Address, Blank, Box, Note, Paragraph
from ..sheets.sheet import LEAD
from ..walk.autoplay import play_story
from ..walk.walk import Walk

MOST_OFFERED = 12
"""Services to choose from; more would be a list to search, not to think about."""

_MOST_EXPECTED = 4
"""Services that no step names, for a room and for those who have been in it."""

_MORE_WRONG = 3
"""Distractors beyond the number of right services, within MOST_OFFERED."""


def right(case: Case, told: Walk, found: Page | None = None) -> tuple[Route, ...]:
    """Who can help in a story: what stands on its page, which may have been ``found``. Where a
    story does not determine its ending after the news, what its case expects."""
    if not isinstance(told.here, Outcome):
        return tuple(r for name, r in told.library.routes.items() if name in case.expect.routes)
    most = _helping(found or page_of(told), told, case)[: MOST_OFFERED - _MORE_WRONG]
    return tuple(map(told.library.routes.__getitem__, most))


def _helping(found: Page, told: Walk, case: Case) -> list[str]:
    """Who can help at the page of a walk, 999 first: each service that its steps name, what danger
    calls for, and then few that its case expects, or that it shows."""
    routes, speaker = told.library.routes, Speaker(told.library, told.facts, told.tree.name)
    helps = [each.route for need in found.help for each in (*need.contacts, *need.more)]
    offered = visibility.offered(told.library, told.facts)
    every = dict.fromkeys([*helps, *(each.name for each in offered)])  # in the order of the page
    steps = " ".join(line.text for line in found.instructions)
    named = [routes[name] for name in every if _is_named(routes[name], steps, speaker)]
    # The organisation's own number for nights is that of children's services.
    needs = {need for route in named if route.word for need in route.serves}
    named += [each for each in offered if each.local and needs.intersection(each.serves)]
    vital = vital_needs(told.library)
    named += [routes[c.route] for e in found.help if e.need in vital for c in e.contacts]
    others = [name for name in helps if name in case.expect.routes]
    others = others or [each.route for each in found.contacts]
    signs = {name for name in case.expect.routes if routes[name].bsl and not routes[name].phone}
    by_number = [n for n in others if routes[n].phone or routes[n].text or n in signs] or others
    both = dict.fromkeys([*(each.name for each in named), *by_number[:_MOST_EXPECTED]])
    services = (name for name in both if _is_service(routes[name]))
    return sorted(services, key=lambda name: visibility.EMERGENCY not in routes[name].serves)


def who_helps(found: Page, told: Walk, case: Case) -> tuple[Box, ...]:
    """Who can help at the page of a walk, each with its number or how to find it."""
    reached = tuple(helping(found, told, case).values())
    return reached or tuple(Box(labels.title_of(each), ()) for each in found.contacts)


def helping(found: Page, told: Walk, case: Case) -> dict[str, Box]:
    """The same by the name of their routes, and how to sign to each if the case expects one to
    which people only sign."""
    routes, speaker = told.library.routes, Speaker(told.library, told.facts, told.tree.name)
    signs = {name for name in case.expect.routes if routes[name].bsl and not routes[name].phone}
    shown = {each.route: each for need in found.help for each in (*need.contacts, *need.more)}
    reached = {}
    for route in map(routes.__getitem__, _helping(found, told, case)):
        contact = shown.get(route.name) or contact_of(route, speaker, found.nation, None)
        how, bsl = _reached(contact, route, speaker), route.bsl if signs else ""
        if bsl and bsl not in in_words(how):
            how = replace(how, notes=(*how.notes, Note(labels.channel("bsl"), bsl)))
        reached[route.name] = how
    return reached


def _is_service(route: Route) -> bool:
    """Whether others than children are shown a route, so that a worker can turn to it."""
    return route.contract is None or route.contract.tellers != {"young-person"}


def is_for(route: Route, speaker: Speaker) -> str:
    """Whom a service is for; empty of a line that anybody may ring, and of a hard word's."""
    is_line = any(speaker.library.needs[need].live for need in route.serves)
    who = "" if is_line or route.word else speaker.say(route.who)
    return say("rehearsal.service.for", who=who) if who else ""


def vital_needs(library: Library) -> frozenset[str]:
    """The needs that some kinds of danger call for beside the usual, such as a line for suicide:
    who answers them is named in every such story."""
    crisis = library.search.crisis
    every = {need for kind in crisis.kinds.values() for need in kind.needs}
    return frozenset(every.difference(crisis.needs))


def our_lead(library: Library, label: str) -> Paragraph | Blank:
    """One's lead with their number, or a line to write that in where none is known."""
    known = library.routes.get(LEAD)
    if known is None or not (own := own_numbers(known, "staff")):
        return Blank(label)
    title = Speaker(library, {"teller": frozenset({"staff"})}).say(known.title)
    return Paragraph(f"{label}: {title}, {own}")


def to_write_in(found: Page, told: Walk) -> Iterator[Blank]:
    """A line for the number of one's lead, and of each service that the steps of a page name, where
    none is known."""
    lead = our_lead(told.library, say("rehearsal.script.our-lead"))
    yield from [lead] if isinstance(lead, Blank) else []
    speaker = Speaker(told.library, told.facts, told.tree.name)
    steps = " ".join(line.text for line in found.instructions)
    for route in visibility.offered(told.library, told.facts):
        if route.word and not route.phone and _is_named(route, steps, speaker):
            yield Blank(say("rehearsal.our-number", service=route.word))


def _is_named(route: Route, steps: str, speaker: Speaker) -> bool:
    """Whether steps have the name of a service or of what it stands in for, or its hard word."""
    stood_in_for = speaker.library.routes.get(route.instead)
    titles = (speaker.say(each.title) for each in (route, stood_in_for) if each)
    names = "|".join(map(re.escape, filter(None, (*titles, route.word))))
    return re.search(rf"(?<!\w)(?:{names})(?!\w)", steps, re.IGNORECASE) is not None


def _reached(contact: Contact, route: Route, speaker: Speaker) -> Box:
    """A service with its number, one that its source settled first, or all if each has its own
    area, or else how to find it, and what to do at night; its name alone, such as that of one's
    lead, if nothing says that."""
    title = labels.title_of(contact)
    live = [way for way in contact.ways if way.channel in ("phone", "text")]
    ways = [*sorted(live, key=lambda way: way.unsure), *contact.ways]
    areas = [way for way in live if way.channel == "phone" and way.label]
    several = areas if len(areas) > 1 and ways[0].label else ways[:1]
    texts = labels.channel("text").lower()
    found = [
        Address(texts if way.channel == "text" else way.label, way.address, way.uri)
        for way in several
    ]
    if own := own_numbers(route, speaker.teller):
        found = [Address("", own, ways[0].uri)]
    notes = [*contact.steps[len(route.steps) :]]  # at night
    if not found:
        notes = notes or [*contact.steps[:1]]
    elif found[0].text in title:
        told = several[0].label  # such as "then press 2"
        notes, found = [as_sentence(told[:1].upper() + told[1:]) if told else "", *notes], []
    if not (found or any(notes)) and visibility.EMERGENCY in route.serves:
        notes = [say("danger.title")]
    return Box(title, tuple(found), notes=tuple(Note("", each) for each in notes if each))


def in_words(service: Box, is_for: str = "") -> str:
    """A service with how to reach it, and what it ``is_for``, as one line."""
    how = "; ".join(f"{each.label} {each.text}".strip() for each in service.addresses)
    named = (
        f"{service.title}:" if service.addresses and service.addresses[0].label else service.title
    )
    said = f"{named} {how}".strip()
    notes = [f"{each.label}: {each.text}".removeprefix(": ") for each in service.notes]
    notes = [is_for, *notes] if is_for else notes
    return " ".join([as_sentence(said), *notes]) if notes else said


def on_page(walk: Walk, first: int | None = None) -> tuple[Route, ...]:
    """The services on the page where a walk ends: up to ``first`` of each need, or all."""
    if not isinstance(walk.here, Outcome):
        return ()
    served = visibility.served(walk.library, walk.here, walk.facts)
    return tuple(route for each in served for route in each.routes[:first])


def fitting(case: Case, told: Walk, best: Iterable[Route]) -> frozenset[str]:
    """The names of all services that are right in the story: the ``best``, those of its page, and
    of the page of the person in it, whom a worker can tell about them."""
    reader = {"teller": case.answers.get("teller", frozenset())}
    own = play_story(told.library, case, told.facts, {**told.facts, **reader})
    every = (*on_page(told), *on_page(own), *best)
    return frozenset(route.name for route in every)


def offered(case: Case, told: Walk) -> tuple[Route, ...]:
    """The services to choose from, sorted by title. ``told`` is the walk of the story. Those that
    are wrong are drawn, the same for the same story."""
    library, best = told.library, right(case, told)
    every_right = fitting(case, told, best)
    room = min(MOST_OFFERED - len(best), len(best) + _MORE_WRONG)
    random = Random(case.name)  # noqa: S311 - for a game, not for security
    wrong: list[Route] = []
    for pool in _wrong(library, case, told):
        left = [r for r in _once(pool) if r.name not in every_right and _is_service(r)]
        random.shuffle(left)
        wrong = _once((*wrong, *left))
    speaker = Speaker(library, told.facts, case.tree)
    both = (*best, *wrong[:room])
    return tuple(sorted(both, key=lambda route: speaker.say(route.title).casefold()))


def _wrong(library: Library, case: Case, told: Walk) -> Iterator[Iterable[Route]]:
    """Pools of distractors, the most plausible first: after what its case rules out, only services
    that answer in the nation of the story, for what nobody knows better tempts nobody."""
    yield (r for name, r in library.routes.items() if name in case.expect.never)
    # What depends on an app, or on all of many answers, is no mistake.
    many = {fact for fact, question in library.questions.items() if question.many}
    read = ((r, {fact for when in r.whens for fact in when.facts}) for r in library.routes.values())
    nation = {"nation": told.facts.get("nation", frozenset())}
    services = [
        route
        for route, facts in read
        if many.isdisjoint(facts) and IN_AN_APP not in route.serves and _answers_in(route, nation)
    ]
    called = {need for each in on_page(told) for need in each.serves} - {visibility.EMERGENCY}
    yield (r for r in services if called.intersection(r.serves) and not r.offered(told.facts))
    # Last services for other topics, but no helplines, which are hardly ever wrong.
    endings = library.trees[case.tree].outcomes.values()
    elsewhere = {need.need for ending in endings for need in ending.needs}
    elsewhere -= {visibility.EMERGENCY, *(n for n, need in library.needs.items() if need.live)}
    yield (r for r in services if elsewhere.issuperset(r.serves))


def _answers_in(route: Route, nation: Facts) -> bool:
    """Whether neither the contract of a service nor to whom it is offered rules a nation out."""
    tests = (test for when in route.whens for test in when.tests if test[0] == "nation")
    served = route.contract is None or nation["nation"] <= route.contract.nations
    away = any(each.tests and each.holds(nation) for each in route.unless)
    return served and not away and all(nation["nation"] & wanted for _, wanted in tests)


def _once(routes: Iterable[Route]) -> list[Route]:
    return list({route.name: route for route in routes}.values())


_NO_LIMIT = {"under-13": ("13-15", "too-young"), "19-or-over": ("18", "too-old")}
"""The open-ended age groups, each with the adjacent group, and what its members may be for a
service for that group. A contract only says if a service is for a whole open-ended group."""


def why_unsuitable(route: Route, told: Walk) -> str:
    """The reason why a route is not on the page where a walk ends, in whole sentences.

    The route must not be on that page.
    """
    speaker = Speaker(told.library, told.facts, told.tree.name)
    reasons = [*_against_contract(route, speaker)]
    if not reasons and (instead := next(_stood_in_for(route, told, speaker), "")):
        return instead
    if not (reasons := reasons or [*_against_offer(route, speaker)][:1]):
        return _not_called_for(route, speaker)
    who = speaker.say(route.who)
    return " ".join([*reasons, *([say("rehearsal.service.for", who=who)] if who else [])])


def _against_contract(route: Route, speaker: Speaker) -> Iterator[str]:
    if route.contract is None:
        return
    if _outside(route.contract.ages, speaker, "age"):
        told = _too_young_or_old(route.contract.ages, speaker) or say("rehearsal.service.not-age")
        yield _unless_unsure(speaker, "age", told, say("rehearsal.service.some-ages"))
    if _outside(route.contract.nations, speaker, "nation"):
        served = [n for n in route.contract.nations if n != NOT_SURE]
        where = speaker.answers("nation", served)
        lives = speaker.answers("nation", speaker.facts["nation"])
        told = say("rehearsal.service.nation", where=where, lives=lives)
        theirs = (r for r in speaker.library.routes.values() if route.serves[0] in r.serves)
        theirs = (r for r in theirs if r.contract and r.contract.nations == speaker.facts["nation"])
        if others := [speaker.say(each.title) for each in theirs]:
            told += " " + say("rehearsal.service.instead", others=listed(others))
        only = say("rehearsal.service.only-nation", where=where)
        yield _unless_unsure(speaker, "nation", told, only)
    if _outside(route.contract.tellers, speaker, "teller"):
        yield from _because_of("teller", speaker.facts["teller"], route.contract.tellers, speaker)


def _outside(served: frozenset[str], speaker: Speaker, fact: str) -> bool:
    return bool(speaker.facts.get(fact, frozenset()) - served)


def _too_young_or_old(served: frozenset[str], speaker: Speaker) -> str:
    """A sentence for an open-ended age group that the service may serve in part; or empty."""
    for age in speaker.facts["age"] & _NO_LIMIT.keys():
        beside, may_be = _NO_LIMIT[age]
        if beside in served:
            return say(f"rehearsal.service.{may_be}", age=speaker.answers("age", [age]))
    return ""


def _unless_unsure(speaker: Speaker, fact: str, known: str, only: str) -> str:
    if NOT_SURE in speaker.facts[fact]:
        return say("rehearsal.service.unsure", only=only)
    return known


def _stood_in_for(route: Route, told: Walk, speaker: Speaker) -> Iterator[str]:
    offered = visibility.offered(told.library, told.facts)
    others = [speaker.say(other.title) for other in offered if other.instead == route.name]
    if others and route not in offered:
        yield say("rehearsal.service.instead", others=listed(others))


def _against_offer(route: Route, speaker: Speaker) -> Iterator[str]:
    """The answers that rule the route out; they are to questions that all trees share."""
    facts = speaker.facts
    for fact, wanted in (test for when in route.whens for test in when.tests):
        if fact in facts and not facts[fact] & wanted:
            yield from _because_of(fact, facts[fact], wanted, speaker)
    for fact, unwanted in (t for each in route.unless if each.holds(facts) for t in each.tests):
        yield from _because_of(fact, facts[fact] & unwanted, READERS.keys() - unwanted, speaker)


def _because_of(
    fact: str, values: frozenset[str], served: Collection[str], speaker: Speaker
) -> Iterator[str]:
    """Why an answer rules a route out; ``served`` are the values that do not."""
    question = speaker.library.questions.get(fact)
    if fact == "teller":
        readers, asks = (listed([READERS[t] for t in READERS if t in e]) for e in (served, values))
        yield say("rehearsal.service.reader", readers=readers, asks=asks)
    elif question is not None:
        asked, said = speaker.say(question.ask), speaker.answers(fact, values)
        yield say("rehearsal.service.answered", asked=asked, said=said)


def _not_called_for(route: Route, speaker: Speaker) -> str:
    headings = [
        f"“{speaker.say(words.say)}”"
        for need in route.serves
        if (words := speaker.library.needs.get(need)) is not None
    ]
    what = listed(headings) or say("rehearsal.service.something-else")
    why = say("rehearsal.service.not-called-for", what=what)
    if visibility.EMERGENCY in route.serves:  # trainees must not learn to avoid ringing
        return say("rehearsal.service.if-danger", why=why)
    return why
