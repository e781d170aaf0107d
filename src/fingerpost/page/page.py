"""The page of an ending for one reader: what it holds, in which order, in no format.

Every renderer takes a Page; content and order are decided here alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from ..model.base import Frozen, replace
from ..model.facts import NOT_SURE, TELLERS, Facts
from ..model.library import Library
from ..model.sentence import Source, Urgency
from ..model.tree import Advice, Kind, Outcome, Tree
from . import visibility
from .contact import (
    Channel,
    Contact,
    helplines_of,
    own_helplines,
    services_of,
    to_talk,
)
from .contact import Help as Help
from .contact import Lifeline as Lifeline
from .contact import danger as danger
from .messages import either, say
from .opening_hours import Clock
from .speaker import Speaker

if TYPE_CHECKING:
    from .approval import Approved, Fingerprints

_MOST_NAMED = 3
"""Things already done that the title of their part names."""


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


class Page(Frozen):
    """Everything that one person reads at an ending, in reading order.

    ``to_talk`` are few helplines, each once: ``own_line``, which any parent rings about their
    child, and where help is needed today the ``lifeline``, and for all others one by text.
    ``at_night`` is for a parent whose own line may then be shut. A page for the hurt has none of
    these, as its steps come before any talk. ``steps`` are what to
    do first, few enough for one screen; ``parts`` hold all else.
    ``words`` are the glossary entries of the hard words on it. ``overdue`` is true after the tree's
    ``review_by``. ``carry_on`` is the text of the link onward, or empty. ``nation`` is empty if it
    is not known. ``under_13``: it is for a young person of that age. ``note`` is for a worker
    beside the reader, who asks for it. ``approval`` says who approved the words.
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
    own_line: Lifeline | None = None
    at_night: Lifeline | None = None
    nation: str = ""
    under_13: bool = False
    note: tuple[str, ...] = ()
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
    served = tuple(services_of(outcome, speaker, clock))
    # Nobody can ask a sheet for more: what stands only there has its number where it is named.
    speaker.on_page = frozenset(
        c.route for each in served for c in (*each.contacts, *(each.more if clock else ()))
    )
    urgency = visibility.urgency(library, outcome, facts)
    # Whoever is hurt reads what to do before whom to talk to, who is among the services below.
    is_for_hurt = urgency is Urgency.NOW and visibility.speaks_of_the_hurt(outcome, facts)
    talk = () if is_for_hurt else served
    helplines = helplines_of(library, talk)
    theirs = [each for each in talk if not each.because]
    own = own_helplines(library, theirs) if speaker.teller == "parent" else []
    opening = speaker.say(outcome.open)
    under_13 = speaker.teller == "young-person" and facts.get("age") == frozenset({"under-13"})
    told = {Kind.DO, Kind.DONT} | ({Kind.WORKER} if for_staff else set())
    to_do = _instructions(speaker, lines, told, served)
    few = library.budgets.steps
    most = few.get("under-13" if under_13 else speaker.teller, few[TELLERS[0]])
    # What saves a life is on the first screen, however much it is.
    most = max(most, sum(line.first and line.kind in told for line in lines))
    most = with_last(to_do, most)
    them = to_talk(helplines, talk, only_one=under_13) if urgency >= Urgency.TODAY else ()
    named = _as_named(served, to_do[:most]) if for_staff else served
    if own:  # it may be shut; a text is for the young person, who finds it below
        them = tuple(e for e in them if e.way.channel == "phone" and e.route != own[0].route)
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
        help=_with_nation(named, speaker, clock),
        sources=tuple(dict.fromkeys(line.source for line in lines if line.source)),
        review_by=tree.review_by.isoformat(),
        overdue=clock is not None and clock.at.date() > tree.review_by,
        carry_on=speaker.say(outcome.carry_on.say) if outcome.carry_on else "",
        nation=next(iter(facts.get("nation", frozenset()) - {NOT_SURE}), ""),
        under_13=under_13,
        note=() if for_staff else tuple(_notes(speaker, lines)),
        to_talk=(*own, *them),
        own_line=next(iter(own), None),
        at_night=next(_at_night(library, helplines, own), None),
        words=speaker.glossary(),  # last, when every sentence has been said
    )
    if not library.approvals:
        return shown
    from .approval import of_page, shown_parts  # few have any, and a user is waiting

    today = None if clock is None else clock.at.date()
    services = ((each.need, (*each.contacts, *each.more)) for each in served)
    parts = shown_parts(outcome, lines, services, shown.words)
    place = (tree.name, outcome.name)
    return replace(shown, approval=of_page(library, place, facts, today, parts, fingerprints))


def with_last(to_do: Sequence[Instruction], most: int) -> int:
    """How many steps stand first, of which ``most`` may: one more, if it alone were left."""
    return most + (len(to_do) == most + 1)


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
    more_title = say("part.more-with-an-adult" if under_13 else "part.more")
    listed = {
        PartKind.MORE: more,
        PartKind.NEAR: _instructions(speaker, lines, {Kind.NEAR}),
        PartKind.FAR: _instructions(speaker, lines, {Kind.FAR}),
        PartKind.KNOW: _instructions(speaker, untitled, {Kind.KNOW}),
    }
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
            title = more_title if kind is PartKind.MORE else say(f"part.{kind}")
            yield Part(kind, title, text=text, lines=told)


def _notes(speaker: Speaker, lines: Iterable[Advice]) -> Iterator[str]:
    """What a worker beside the reader does, in the words for a worker, whose lead is another."""
    return (speaker.say(line.say, "staff") for line in lines if line.kind is Kind.WORKER)


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


def _as_named(served: Sequence[Help], steps: Sequence[Instruction]) -> tuple[Help, ...]:
    """The needs in the order in which steps name their services, and the others after them: a
    worker looks for whom to ring. Those of danger stay first."""

    text = "\n".join(step.text for step in steps).lower()
    rung = {way for step in steps for way in step.ways}

    def named(each: Help) -> int:
        names = {name for contact in each.contacts for name in (contact.title, contact.word)}
        names |= {w.address for c in each.contacts for w in c.ways if w in rung}
        at = [text.find(name.lower()) for name in names if name and name.lower() in text]
        return -1 if each.need == visibility.EMERGENCY else min(at, default=len(text))

    return tuple(sorted(served, key=named))


def _with_nation(
    served: tuple[Help, ...], speaker: Speaker, clock: Clock | None
) -> tuple[Help, ...]:
    """Above all services their nation, if nobody was asked and local details say it, and how to
    change it."""
    facts, local = speaker.facts, speaker.library.nation
    if not served or not local or facts.get("nation") != frozenset({local}):
        return served
    key = "page.local-nation" if clock is None else "page.local-nation-else"
    told = say(key, nation=speaker.answers("nation", facts["nation"]))
    return (replace(served[0], because=(told, *served[0].because)), *served[1:])


def _instructions(
    speaker: Speaker, lines: Iterable[Advice], kinds: set[Kind], served: Iterable[Help] = ()
) -> tuple[Instruction, ...]:
    offered = {c.route: c for each in served for c in (*each.contacts, *each.more)}

    def ways(line: Advice, text: str) -> Iterator[Channel]:
        for route in speaker.rung(line.say):
            found = offered[route].ways if route in offered else ()
            web = [way for way in found if way.channel == "web"] or found
            there = [way for way in found if way.channel == "phone" and way.address in text]
            yield from there or [w for w in web[:1] if w.address not in text and not w.unsure]

    said = ((line, speaker.say(line.say, rung=True)) for line in lines if line.kind in kinds)
    return tuple(
        Instruction(line.kind, text, line.name, tuple(ways(line, text)), first=line.tops)
        for line, text in said
    )


def _at_night(
    library: Library, helplines: Iterable[Lifeline], own: Sequence[Lifeline]
) -> Iterator[Lifeline]:
    """Who surely answers anyone at any hour, where a parent's own line may be shut."""
    if own and not library.routes[own[0].route].is_always_open(own[0].way.channel):
        for each in helplines:
            route, way = library.routes[each.route], each.way
            is_for_all = way.channel == "phone" and not (way.label or route.under)
            if is_for_all and route.is_always_open("phone"):
                yield each
