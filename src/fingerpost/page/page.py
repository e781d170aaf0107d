"""The page of an ending for one reader: what it holds, in which order, in no format.

Every renderer takes a Page; content and order are decided here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ..model import inline_markup
from ..model.base import Frozen, replace
from ..model.facts import NOT_SURE, TELLERS, Facts, is_age_known
from ..model.library import Library
from ..model.route import ALWAYS, Route
from ..model.sentence import Sentence, Source, Urgency
from ..model.tree import Advice, Kind, Outcome, Tree
from . import opening_hours, visibility
from .messages import either, say
from .opening_hours import BankHolidays, Openness, availability
from .speaker import Speaker

if TYPE_CHECKING:
    from .approval import Approved, Fingerprints

FIRST_SHOWN = 3
"""Routes of a need on the page itself; the rest are shown on request."""

_MOST_NAMED = 3
"""Things already done that the title of their part names."""

_BEST = tuple(Openness)
_LIVE = ("phone", "text", "chat")
_UNTIMED = ("web", "email")
"""Addresses that are there at any hour. That of a service with hours only orders it by them."""
CHANNELS = ("phone", "text", "chat", "email", "web", "bsl")
_AGENT = {"phone": "tel", "text": "sms", "email": "mailto"}
DETAILS = ("who", "cost", "expect", "private", "limits", "languages")


class Clock(Frozen):
    """The moment at which a page is read, and the table of bank holidays.

    Paper has no moment: a page without a clock gives opening hours instead of "open now".
    """

    at: datetime
    holidays: BankHolidays


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
    as long as their age is not known."""

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


class Help(Frozen):
    """Who can help with one need. ``more`` are shown only when asked for."""

    need: str
    heading: str
    because: tuple[str, ...]
    contacts: tuple[Contact, ...]
    more: tuple[Contact, ...] = ()


class Instruction(Frozen):
    """One line of advice, in the words for this reader. ``name`` is its shared name or empty.

    ``ways`` has the address of each service that it names and that this person is offered, also of
    a number that stands in ``text``. A ``first`` one is there to save a life.
    """

    kind: Kind
    text: str
    name: str = ""
    ways: tuple[Channel, ...] = ()
    first: bool = False


class PartKind(StrEnum):
    """What a part of a page is for; the order is that in which parts stand."""

    MORE = "more"
    NEAR = "near"
    FAR = "far"
    CALL = "call"
    ANSWER = "answer"
    ALREADY = "already"
    HELP = "help"
    KNOW = "know"
    WORSE = "worse"
    WORKER = "worker"


class Part(Frozen):
    """A part of a page below its first screen, which is opened by its letter.

    ``title`` says what it answers, and ``short`` the answer in a few words, or is empty. ``text``
    are paragraphs and ``lines`` come one below the other. What stands in the part of kind HELP is
    ``Page.help``.
    """

    kind: PartKind
    title: str
    short: str = ""
    text: tuple[str, ...] = ()
    lines: tuple[Instruction, ...] = ()


class Lifeline(Frozen):
    """The helpline at the top of a page: its name and one way to reach it."""

    route: str
    title: str
    way: Channel


class Page(Frozen):
    """Everything that one person reads at an ending, in reading order.

    ``to_talk`` are few helplines where help is needed today, each once, the ``lifeline``
    first, one of them by text. A page for the hurt has none of these, as its steps come before any
    talk. ``steps`` are what to do first, few enough for one screen; ``parts`` hold all else.
    ``words`` are the glossary entries of the hard words on it. ``overdue`` is true after the tree's
    ``review_by``. ``carry_on`` is the text of the link onward, or empty. ``nation`` is empty if it
    is not known. ``under_13``: it is for a young person of that age. ``approval`` says who approved
    the words.
    """

    tree: str
    tree_title: str
    outcome: str
    reader: str
    urgency: Urgency
    title: str
    emergency: Contact | None
    opening: str
    lifeline: Lifeline | None
    steps: tuple[Instruction, ...]
    parts: tuple[Part, ...]
    help: tuple[Help, ...]
    sources: tuple[Source, ...]
    words: tuple[tuple[str, str], ...]
    review_by: str
    overdue: bool
    carry_on: str
    to_talk: tuple[Lifeline, ...] = ()
    nation: str = ""
    under_13: bool = False
    approval: Approved | None = None

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Every contact shown without asking for more, in order."""
        return tuple(contact for each in self.help for contact in each.contacts)

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """Everything to do or not to do, in order: the steps, and those that have no room there."""
        return (*self.steps, *self.lines_of(PartKind.MORE))

    def lines_of(self, kind: PartKind) -> tuple[Instruction, ...]:
        """The lines of the part of this kind; none without it."""
        return tuple(line for part in self.parts if part.kind is kind for line in part.lines)


def page(
    library: Library,
    tree: Tree,
    outcome: Outcome,
    facts: Facts,
    clock: Clock | None = None,
    fingerprints: Fingerprints | None = None,
    asked: Sequence[Advice] = (),
) -> Page:
    """The page of an ending for a person with these facts.

    ``asked`` are answers to what the person has asked in their own words: they come first.
    ``fingerprints`` are those of the library, for a caller that makes many pages: to find them
    takes longer than the rest of a page, where somebody has approved it.
    """
    speaker = Speaker(library, facts, tree.name)
    for_staff = speaker.teller == "staff"
    # What only an adult can do beside somebody is nothing that a young person is asked to do.
    lines = tuple(
        line
        for line in visibility.lines(library, outcome, facts)
        if speaker.teller != "young-person" or line.kind not in (Kind.NEAR, Kind.FAR)
    )
    asked_by_name = {line.name for line in asked}
    lines = (*asked, *(line for line in lines if line.name not in asked_by_name))
    served = tuple(_help(outcome, speaker, clock))
    # Nobody can ask a sheet for more: what stands only there has its number where it is named.
    speaker.on_page = frozenset(
        c.route for each in served for c in (*each.contacts, *(each.more if clock else ()))
    )
    urgency = visibility.urgency(library, outcome, facts)
    # Whoever is hurt reads what to do before whom to talk to, who is among the services below.
    is_for_hurt = urgency is Urgency.NOW and visibility.speaks_of_the_hurt(outcome, facts)
    talk = () if is_for_hurt else served
    helplines = _helplines(library, talk)
    opening = speaker.say(outcome.open)
    under_13 = speaker.teller == "young-person" and facts.get("age") == frozenset({"under-13"})
    told = {Kind.DO, Kind.DONT} | ({Kind.WORKER} if for_staff else set())
    to_do = _instructions(speaker, lines, told, served)
    few = library.budgets.steps
    most = few.get("under-13" if under_13 else speaker.teller, few[TELLERS[0]])
    # What saves a life is on the first screen, however much it is.
    most = max(most, sum(line.first and line.kind in told for line in lines))
    shown = Page(
        tree=tree.name,
        tree_title=speaker.say(tree.title),
        outcome=outcome.name,
        reader=speaker.teller,
        urgency=urgency,
        title=speaker.say(outcome.title),
        emergency=next((h.contacts[0] for h in served if h.need == visibility.EMERGENCY), None),
        opening=opening,
        lifeline=next(iter(helplines), None),
        steps=to_do[:most],
        parts=tuple(_parts(speaker, outcome, lines, to_do[most:], served, under_13=under_13)),
        help=served,
        sources=tuple(dict.fromkeys(line.source for line in lines if line.source)),
        review_by=tree.review_by.isoformat(),
        overdue=clock is not None and clock.at.date() > tree.review_by,
        carry_on=speaker.say(outcome.carry_on.say) if outcome.carry_on else "",
        nation=next(iter(facts.get("nation", frozenset()) - {NOT_SURE}), ""),
        under_13=under_13,
        to_talk=(_to_talk(helplines, talk, only_one=under_13) if urgency >= Urgency.TODAY else ()),
        words=speaker.glossary(),  # last, when every sentence has been said
    )
    if not library.approvals:
        return shown
    from .approval import of_page  # few have any, and a user is waiting

    today = None if clock is None else clock.at.date()
    return replace(shown, approval=of_page(library, tree, outcome, facts, today, fingerprints))


def _parts(
    speaker: Speaker,
    outcome: Outcome,
    lines: Sequence[Advice],
    more: tuple[Instruction, ...],
    served: tuple[Help, ...],
    *,
    under_13: bool,
) -> Iterator[Part]:
    """The parts of a page that hold something. ``more`` are the steps that its first screen has no
    room for."""
    answers = [line for line in lines if line.ask]
    untitled = [line for line in lines if not line.ask]
    listed = {
        PartKind.MORE: more,
        PartKind.NEAR: _instructions(speaker, lines, {Kind.NEAR}),
        PartKind.FAR: _instructions(speaker, lines, {Kind.FAR}),
        PartKind.KNOW: _instructions(speaker, untitled, {Kind.KNOW}),
    }
    if speaker.teller != "staff":
        listed[PartKind.WORKER] = _instructions(speaker, lines, {Kind.WORKER})
    texts = {
        PartKind.CALL: _to_say(speaker, outcome, served),
        PartKind.WORSE: tuple(filter(None, [speaker.say(outcome.worse)])),
    }
    for kind in PartKind:
        told, text = listed.get(kind, ()), texts.get(kind, ())
        if kind is PartKind.ANSWER:
            yield from (_answer(speaker, line) for line in answers)
        elif kind is PartKind.ALREADY:
            yield from _already(speaker, lines)
        elif told or text or (kind is PartKind.HELP and served):
            with_adult = kind is PartKind.MORE and under_13
            title = say("part.more-with-an-adult" if with_adult else f"part.{kind}")
            yield Part(kind, title, text=text, lines=told)


def _answer(speaker: Speaker, line: Advice) -> Part:
    """The answer to a question, under that."""
    title, short, text = map(speaker.say, (line.ask, line.short, line.say))
    return Part(PartKind.ANSWER, title, short, (text,))


def _already(speaker: Speaker, lines: Iterable[Advice]) -> Iterator[Part]:
    """The way back for a reader who has done what the page tells them not to do. Of several each
    says what it is for."""
    ways = [line.already for line in lines if line.already]
    if not ways:
        return
    done = [speaker.say(way.done) for way in ways]
    backs: dict[str, dict[str, None]] = {}
    for what, back in zip(done, [speaker.say(way.say) for way in ways], strict=True):
        backs.setdefault(back, {})[what] = None
    text = [
        _way_back(tuple(what), back) if len(backs) > 1 else back for back, what in backs.items()
    ]
    title = say("part.already", done=either(tuple(dict.fromkeys(done))[:_MOST_NAMED]))
    yield Part(PartKind.ALREADY, title, text=(say("part.not-too-late"), *text))


def _way_back(done: tuple[str, ...], back: str) -> str:
    what = either(done)
    return say("part.way-back", done=f"{what[:1].upper()}{what[1:]}", back=back)


def _to_say(speaker: Speaker, outcome: Outcome, served: Iterable[Help]) -> tuple[str, ...]:
    """The words with which a call begins, and what happens then where a person answers."""
    needs, is_adult = speaker.library.needs, speaker.teller in TELLERS[1:]
    called = next(
        (
            contact
            for each in served
            if each.need != visibility.EMERGENCY
            if not (is_adult and each.need in needs and needs[each.need].young)
            for contact in each.contacts
            if any(way.live for way in contact.ways)
        ),
        None,
    )
    words = speaker.say(outcome.to_say)
    if called is None or not words:
        return ()
    expect = next((detail.text for detail in called.details if detail.field == "expect"), "")
    return (words, *([f"{called.title}: {expect}"] if expect else []))


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
        contacts = _ordered(serving, lambda r: _contact(r, speaker, nation, clock))
        if name != visibility.EMERGENCY:
            contacts = tuple(c for c in contacts if clock is None or c.answering)[:FIRST_SHOWN]
        named |= {c.route for c in contacts}
        if contacts:
            found.append(Help(name, speaker.say(words.say), (), contacts))
    found.sort(key=lambda help_: help_.need != visibility.EMERGENCY)
    return tuple(found)


def contact(
    library: Library, route: Route, teller: str, nation: str | None, clock: Clock | None
) -> Contact:
    """One route in words for this reader, with whether it is open at the clock's moment."""
    speaker = Speaker(library, {"teller": frozenset({teller})})
    return _contact(route, speaker, nation, clock)


def _instructions(
    speaker: Speaker, lines: Iterable[Advice], kinds: set[Kind], served: Iterable[Help] = ()
) -> tuple[Instruction, ...]:
    offered = {c.route: c for each in served for c in (*each.contacts, *each.more)}

    def ways(line: Advice, text: str) -> Iterator[Channel]:
        for route in inline_markup.routes(line.say.read_by(speaker.teller)):
            found = offered[route].ways if route in offered else ()
            web = [way for way in found if way.channel == "web"] or found
            there = [way for way in found if way.channel == "phone" and way.address in text]
            yield from there or [w for w in web[:1] if w.address not in text and not w.unsure]

    # Below the page of a young person there are lines for the worker, whose lead is another.
    said = (
        (line, speaker.say(line.say, names_for="staff" if line.kind is Kind.WORKER else ""))
        for line in lines
        if line.kind in kinds
    )
    return tuple(
        Instruction(line.kind, text, line.name, tuple(ways(line, text)), first=line.tops)
        for line, text in said
    )


def _help(outcome: Outcome, speaker: Speaker, clock: Clock | None) -> Iterator[Help]:
    """Each need in words, with its first routes and the rest. Above them stands for which nation
    they are, if nobody was asked and local details say it."""
    first = _where(speaker, clock)
    nation = next(iter(speaker.facts.get("nation", ())), None)
    for served in visibility.served(speaker.library, outcome, speaker.facts):
        contacts = _ordered(served.routes, lambda r: _contact(r, speaker, nation, clock))
        if clock is None:
            contacts = _with_own(speaker.library, nation, contacts)
        words = speaker.library.needs.get(served.need)
        because = (speaker.say(need.because) for need in served.wanted if need.because)
        yield Help(
            need=served.need,
            heading=speaker.say(words.say) if words else served.need,
            because=(*first, *dict.fromkeys(because)),
            contacts=contacts[:FIRST_SHOWN],
            more=contacts[FIRST_SHOWN:],
        )
        first = ()


def _where(speaker: Speaker, clock: Clock | None) -> tuple[str, ...]:
    """The nation of local details in words, if it is that of these facts, and how to change it."""
    facts, local = speaker.facts, speaker.library.nation
    if not local or facts.get("nation") != frozenset({local}):
        return ()
    key = "page.local-nation" if clock is None else "page.local-nation-else"
    return (say(key, nation=speaker.answers("nation", facts["nation"])),)


def _ordered(routes: Iterable[Route], read: Callable[[Route], Contact]) -> tuple[Contact, ...]:
    """Open first, then unknown, then shut; within each, routes marked first, then file order."""
    both = [(read(route), not route.first) for route in routes]
    both.sort(key=lambda pair: (_BEST.index(pair[0].state), pair[1]))
    return tuple(found for found, _ in both)


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


def _contact(route: Route, speaker: Speaker, nation: str | None, clock: Clock | None) -> Contact:
    details = (
        Detail(field, text) for field in DETAILS if (text := speaker.say(getattr(route, field)))
    )
    return Contact(
        route=route.name,
        title=speaker.say(route.title),
        ways=tuple(_ways(route, speaker, nation, clock)),
        details=tuple(details),
        steps=tuple(speaker.say(step) for step in route.steps),
        forms=tuple(FormLink(speaker.say(form.say), form.web) for form in route.forms),
        seen=route.source.seen if route.source else "",
        source_url=route.source.url if route.source else "",
        confidence=route.confidence,
        local=route.local,
        under="" if is_age_known(speaker.facts) else route.under,
    )


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


def says_open(route: Route, channel: str) -> bool:
    """Whether a page says that a channel is open: not of 999 and of a website, which always are,
    and not where the source did not settle the hours."""
    known = visibility.EMERGENCY in route.serves or channel in _UNTIMED
    return not known and f"hours.{channel}" not in route.unsure


def hours_on_paper(route: Route, channel: str) -> str:
    """The opening hours of a channel in words, or empty. Of those that are unsure and not written
    down, that it may be shut."""
    written = route.hours.get(channel)
    if written is None:
        return say("hours.unknown-at-night") if f"hours.{channel}" in route.unsure else ""
    silent = channel in _UNTIMED or (written == ALWAYS and not says_open(route, channel))
    return "" if silent else opening_hours.as_written(written)


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
    """Whether a channel is open, and the words for it."""
    if clock is None or channel not in route.hours:
        return Openness.UNKNOWN, hours_on_paper(route, channel)
    found = availability(route.hours[channel], clock.at, nation, clock.holidays)
    is_open = found.state is Openness.OPEN
    silent = channel in _UNTIMED or (is_open and not says_open(route, channel))
    return found.state, "" if silent else found.says()


def _helplines(library: Library, served: tuple[Help, ...]) -> list[Lifeline]:
    """Every way by which a person answers, of the needs that are for that: first what is open now,
    then what is sure, and a voice before a text.

    Whoever serves an earlier need as well stands there, and is a helpline of this one all the same.
    """
    live = [h.need for h in served if (words := library.needs.get(h.need)) and words.live]
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


def _to_talk(
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
    """The order of helplines: open now, sure, and by voice."""
    way = each.way
    return (way.state is not Openness.OPEN, way.unsure, way.channel != "phone")
