"""Who can help: services as one person is shown them, with ways and hours, in their order, and the
helplines among them, in no format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..model.base import Frozen
from ..model.facts import NOT_SURE, Facts, is_age_known
from ..model.library import Library
from ..model.route import ALWAYS, Route
from ..model.sentence import Sentence
from ..model.tree import Outcome
from . import visibility
from .messages import say
from .opening_hours import Clock, Openness, as_written, availability
from .speaker import Speaker, cover
from .visibility import FIRST_SHOWN

_BEST = tuple(Openness)
_LIVE = ("phone", "text", "chat")
_UNTIMED = ("web", "email")
"""Addresses that are there at any hour. That of a service with hours only orders it by them."""

CHANNELS = ("phone", "text", "chat", "email", "web", "bsl")
_AGENT = {"phone": "tel", "text": "sms", "email": "mailto"}
DETAILS = ("who", "cost", "expect", "private", "limits", "languages")


class Channel(Frozen):
    """One way to get in touch: the printed address, its URI and its opening hours.

    ``label`` says which line it is, or is empty. ``uri`` is https, tel, sms or mailto. ``says`` is
    whether it is open now, or on paper its hours; empty where that does not apply or is not known.
    ``unsure`` marks an address that its source did not settle: others come before it.
    """

    channel: str
    address: str
    uri: str
    label: str = ""
    says: str = ""
    state: Openness = Openness.UNKNOWN
    unsure: bool = False

    @property
    def live(self) -> bool:
        """Whether a person answers here, rather than a form."""
        return self.channel in _LIVE

    @property
    def says_open(self) -> bool:
        """Whether it is known to be open at this moment, and says so."""
        return self.state is Openness.OPEN and bool(self.says)


class Detail(Frozen):
    """One thing to know about a service, under the name of the field it comes from."""

    field: str
    text: str


class FormLink(Frozen):
    """A web form of an app, and what it is for."""

    says: str
    web: str


class Contact(Frozen):
    """One route as this person sees it. ``under`` is the birthday from which it serves nobody,
    as long as their age is not known. ``word`` is the hard word that means it, or empty."""

    route: str
    title: str
    ways: tuple[Channel, ...]
    details: tuple[Detail, ...]
    steps: tuple[str, ...] = ()
    forms: tuple[FormLink, ...] = ()
    seen: str = ""
    source_url: str = ""
    confidence: str = ""
    local: bool = False
    under: str = ""
    word: str = ""

    @property
    def state(self) -> Openness:
        """The openness of the service: that of its best way."""
        return min((w.state for w in self.ways), key=_BEST.index, default=Openness.UNKNOWN)

    @property
    def answering(self) -> tuple[Channel, ...]:
        """The first way by which a person answers at this moment; where its label says for whom
        that is, all such lines."""
        found = [way for way in self.ways if way.live and way.state is Openness.OPEN]
        same = (way for way in found[1:] if found[0].label and way.channel == found[0].channel)
        return (*found[:1], *same)


def contact(
    library: Library, route: Route, teller: str, nation: str | None, clock: Clock | None
) -> Contact:
    """One route in words for this reader, with whether it is open at the clock's moment."""
    speaker = Speaker(library, {"teller": frozenset({teller})})
    return contact_of(route, speaker, nation, clock)


def contact_of(route: Route, speaker: Speaker, nation: str | None, clock: Clock | None) -> Contact:
    """As ``contact``, for whom a speaker speaks to."""
    details = (
        Detail(field, text) for field in DETAILS if (text := speaker.say(getattr(route, field)))
    )
    return Contact(
        route=route.name,
        title=speaker.say(route.title),
        ways=tuple(_ways(route, speaker, nation, clock)),
        details=tuple(details),
        steps=tuple(map(speaker.say, how_to(speaker.library, route))),
        forms=tuple(FormLink(speaker.say(form.say), form.web) for form in route.forms),
        seen=route.source.seen if route.source else "",
        source_url=route.source.url if route.source else "",
        confidence=route.confidence,
        local=route.local,
        under="" if is_age_known(speaker.facts) else route.under,
        word=route.word,
    )


def how_to(library: Library, route: Route) -> tuple[Sentence, ...]:
    """All that is done to reach it, one after the other; for when it is shut the organisation's own
    number, if somebody then always answers that."""
    covering = cover(library, route) if route.if_shut and route.local else None
    if not covering:
        return route.how_to
    told = say("hours.ring-when-shut", number=covering.phone[0].number)
    return route.steps if covering is route else (*route.steps, Sentence(told, span=route.span))


def in_order(routes: Iterable[Route], read: Callable[[Route], Contact]) -> tuple[Contact, ...]:
    """Open first, then unknown, then shut; within each, routes marked first, then file order."""
    both = [(read(route), not route.first) for route in routes]
    both.sort(key=lambda pair: (_BEST.index(pair[0].state), pair[1]))
    return tuple(found for found, _ in both)


def for_ages(contact: Contact) -> str:
    """The name of a service, with whom it serves where that has to be said."""
    if not contact.under:
        return contact.title
    return say("page.under", title=contact.title, age=contact.under)


def _ways(
    route: Route, speaker: Speaker, nation: str | None, clock: Clock | None
) -> Iterator[Channel]:
    for channel in CHANNELS:
        for each in route.lines(channel):
            if speaker.teller == "young-person" and each.is_for_adults(channel):
                continue
            state, says = _hours(each, channel, nation, clock)
            for address, uri, label in addresses(each, channel, nation):
                yield Channel(
                    channel=channel,
                    address=address,
                    uri=uri,
                    label=speaker.say(label),
                    says=says,
                    state=state,
                    unsure=channel in each.unsure,
                )


def addresses(
    route: Route, channel: str, nation: str | None
) -> Iterator[tuple[str, str, Sentence | None]]:
    """The addresses of a channel in a nation, as printed and as a URI, with what tells which line
    it is."""
    if channel == "phone":
        for phone in route.phone:
            yield phone.number, _dial("tel", phone.number), phone.say
    elif channel == "text":
        for line in route.text:
            what = say("channel.word-to", word=line.send, number=line.to)
            yield what if line.send else line.to, _dial("sms", line.to), None
    elif channel == "web" and (address := route.web_by_nation.get(nation or "", route.web)):
        yield address, address, None
    elif channel != "web" and (address := getattr(route, channel)):
        agent = _AGENT.get(channel)
        yield address, f"{agent}:{address}" if agent else address, None


def _dial(scheme: str, number: str) -> str:
    return f"{scheme}:{''.join(c for c in number if c in '0123456789')}"


def _hours(
    route: Route, channel: str, nation: str | None, clock: Clock | None
) -> tuple[Openness, str]:
    """Whether a channel is open, and the words for it: those of paper for hours that nobody has
    confirmed, by which it may be shut but is never known to be open."""
    written = hours_on_paper(route, channel)
    if clock is None or channel not in route.hours:
        return Openness.UNKNOWN, written
    found = availability(route.hours[channel], clock.at, nation, clock.holidays)
    if says_open(route, channel):
        return found.state, found.says()
    is_doubtful = written and found.state is Openness.OPEN
    return Openness.UNKNOWN if is_doubtful else found.state, written


def says_open(route: Route, channel: str) -> bool:
    """Whether a page says that a channel is open: not of 999 and of a website, which always are,
    and not where the source did not settle the hours."""
    known = visibility.EMERGENCY in route.serves or channel in _UNTIMED
    return not known and f"hours.{channel}" not in route.unsure


def says_no_hours(route: Route) -> bool:
    """Whether it is a number for everybody of which no hours are known, such as 101."""
    is_emergency = visibility.EMERGENCY in route.serves
    return route.fixed and bool(route.phone) and not (route.hours or is_emergency)


def answers_now(route: Route, shown: Contact) -> bool:
    """Whether it is known that somebody answers now; or it is an entry for such an hour, or a
    number of the police, who say no hours."""
    by_hours = (way for way in shown.ways if not way.live and way.state is Openness.OPEN)
    return (
        visibility.EMERGENCY in route.serves
        or says_no_hours(route)
        or any(way.says_open for way in shown.ways)
        or any(route.hours[way.channel] != ALWAYS for way in by_hours)
    )


def hours_on_paper(route: Route, channel: str) -> str:
    """The opening hours of a channel in words, or empty. Of those that are unsure, that nobody has
    confirmed them, or if none are written down that it may be shut."""
    is_unsure, written = f"hours.{channel}" in route.unsure, route.hours.get(channel)
    if written is None:
        return say("hours.unknown-at-night") if is_unsure else ""
    silent = channel in _UNTIMED or visibility.EMERGENCY in route.serves
    told = "" if silent else as_written(written)
    return say("hours.not-confirmed", hours=told) if told and is_unsure else told


# The services of a page


class Help(Frozen):
    """Who can help with one need. ``more`` are shown only when asked for."""

    need: str
    heading: str
    because: tuple[str, ...]
    contacts: tuple[Contact, ...]
    more: tuple[Contact, ...] = ()


class Lifeline(Frozen):
    """The helpline at the top of a page: its name and one way to reach it."""

    route: str
    title: str
    way: Channel


def danger(library: Library, facts: Facts, clock: Clock | None) -> tuple[Help, ...]:
    """The services for danger: 999 in all its forms, then the helplines that are open now.

    A question that has not been asked yet counts as answered "not sure": a child who presses the
    danger key at the first question is shown the helplines for children.
    """
    unsure = frozenset({NOT_SURE})
    unasked = {f: unsure for f, asked in library.questions.items() if asked.answer(NOT_SURE)}
    facts = {**unasked, **facts}
    speaker = Speaker(library, facts)
    nation = next(iter(facts.get("nation", ())), None)
    routes = visibility.offered(library, facts)
    named: set[str] = set()
    found: list[Help] = []
    for name, words in library.needs.items():
        if name != visibility.EMERGENCY and not words.live:
            continue
        serving = [r for r in routes if name in r.serves and r.name not in named]
        contacts = in_order(serving, lambda r: contact_of(r, speaker, nation, clock))
        if name != visibility.EMERGENCY:
            contacts = tuple(c for c in contacts if clock is None or c.answering)[:FIRST_SHOWN]
        named |= {c.route for c in contacts}
        if contacts:
            found.append(Help(name, speaker.say(words.say), (), contacts))
    found.sort(key=lambda help_: help_.need != visibility.EMERGENCY)
    return tuple(found)


def services_of(outcome: Outcome, speaker: Speaker, clock: Clock | None) -> Iterator[Help]:
    """Each need in words, with its first routes and the rest."""
    nation = next(iter(speaker.facts.get("nation", ())), None)
    for served in visibility.served(speaker.library, outcome, speaker.facts):
        contacts = in_order(served.routes, lambda r: contact_of(r, speaker, nation, clock))
        if clock is None:
            contacts = _with_own(speaker.library, nation, contacts)
        words = speaker.library.needs.get(served.need)
        because = (speaker.say(need.because) for need in served.wanted if need.because)
        yield Help(
            need=served.need,
            heading=speaker.say(words.say) if words else served.need,
            because=tuple(dict.fromkeys(because)),
            contacts=contacts[:FIRST_SHOWN],
            more=contacts[FIRST_SHOWN:],
        )


def _with_own(
    library: Library, nation: str | None, contacts: tuple[Contact, ...]
) -> tuple[Contact, ...]:
    """On paper the first service of the reader's own nation is second, if it is not the first.

    The first stays: mostly it answers at any hour, which the sheet of a moment cannot see to.
    """

    def own(contact: Contact) -> bool:
        contract = library.routes[contact.route].contract
        return contract is not None and contract.nations == {nation}

    at = next((at for at, contact in enumerate(contacts) if own(contact)), 0)
    if at < 2:
        return contacts
    return (contacts[0], contacts[at], *contacts[1:at], *contacts[at + 1 :])


def helplines_of(library: Library, served: Sequence[Help]) -> list[Lifeline]:
    """Every way by which a person answers, of the needs that are for that: first what is open now,
    then what is sure, and a voice before a text.

    Whoever serves an earlier need as well stands there, and is a helpline of this one all the same.
    """
    live = [e.need for e in served if e.need in library.needs and library.needs[e.need].live]
    found = (
        Lifeline(c.route, for_ages(c), way)
        for need in live
        for each in served
        for c in (*each.contacts, *each.more)
        if need in library.routes[c.route].serves
        for way in c.ways
        if way.live
    )
    return sorted(found, key=_rank)


def own_helplines(library: Library, served: Sequence[Help]) -> list[Lifeline]:
    """The first helpline that serves no young people, or none. Of several for the same, the one
    whose number the page needs earlier is first, also if nobody knows its hours."""
    serves = {name: frozenset(route.serves) for name, route in library.routes.items()}
    young = {n for n, words in library.needs.items() if words.young}
    found = [e for e in helplines_of(library, served) if young.isdisjoint(serves[e.route])]
    order = [c.route for each in served for c in (*each.contacts, *each.more)]
    found = [e for e in found if serves[e.route] & serves[found[0].route]]
    found.sort(key=lambda e: (e.way.state is Openness.SHUT, order.index(e.route)))
    return found[:1]


def to_talk(
    helplines: list[Lifeline], served: tuple[Help, ...], *, only_one: bool
) -> tuple[Lifeline, ...]:
    """The lifeline and one by text, of different services that are not shut, or ``only_one`` for a
    child. If the age is not known, and the lifeline is for some ages, there is one more for any.
    """
    may_answer = [each for each in helplines if each.way.state is not Openness.SHUT]
    may_answer = [each for each in may_answer if not each.way.unsure]
    limited = {c.route for each in served for c in (*each.contacts, *each.more) if c.under}
    may_answer.sort(key=lambda each: each.route in limited)
    found: dict[str, Lifeline] = {}
    by_text = [each for each in may_answer if each.way.channel == "text"]
    for each in (*helplines[:1], *by_text[:1], *may_answer):
        found.setdefault(each.route, each)
    return tuple(found.values())[: 1 if only_one else 3 if limited else 2]


def _rank(each: Lifeline) -> tuple[bool, bool, bool]:
    """The order of helplines: open now or, on paper, always; sure; and by voice."""
    way = each.way
    may_shut = way.state is not Openness.OPEN and way.says != say("hours.always")
    return (may_shut, way.unsure, way.channel != "phone")
