"""A page as blocks of lines, for a terminal or for plain text; and in short, for a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import TypeAlias

from ..model.base import grouped, replace
from ..model.library import Library
from ..model.sanitize import clean
from ..model.sentence import Urgency
from ..model.tree import Outcome
from ..walk.walk import Walk
from . import labels, visibility
from .contact import Channel, Contact
from .messages import say
from .opening_hours import Openness
from .page import Help, Instruction, Page, Part, PartKind
from .text_layout import GAP, SPACED, Block, Line, Style, together

_MOST_LINKS = 3
"""Links in the text of numbers and links."""

_OPENS = re.compile(r"(?m)^\w[\w+.-]*:|://|www\.")
"""What a phone may open by itself, in any line of a text."""

Reached: TypeAlias = tuple[Contact, Channel]
"""A service with one way to reach it."""


def page_blocks(
    page: Page,
    *,
    more: bool = False,
    contents: bool = True,
    in_line: bool = False,
) -> tuple[Block, ...]:
    """The whole page in reading order: what to do first, then the parts by letter, of which a list
    stands between if ``contents``.

    ``more`` shows every route of a need with all its details. ``in_line`` shows of each no more
    than its ways, and no sources.
    """
    *titles, last = _titles(page)
    onward = [Line(f"1. {page.carry_on}", before="  ", hang=2)] if page.carry_on else []
    listed = (Line(say("page.what-else"), Style.HEADING), *onward, *contents_lines(page))
    return (
        *first_screen(page),
        *((listed, GAP) if contents else ()),
        *chain.from_iterable(
            _part(page, part, title, more=more, in_line=in_line)
            for title, part in zip(titles, page.parts, strict=True)
        ),
        *_origins(page, _heading(last), cited=not in_line),
    )


_LETTERS = "abcdefghjklmo"
"""The letters that open parts, in order. The others are commands at an ending or a question. No
page needs so many that they run out; where they do, the last parts are read one after the other."""

_Title: TypeAlias = tuple[str, str]
"""The letter that opens a part, and its title."""


def _titles(page: Page) -> Sequence[_Title]:
    """The titles of all parts; where the page comes from is last."""
    titles = [*(part.title for part in page.parts), say("page.origins")]
    return [*zip(chain(_LETTERS, repeat("-")), titles, strict=False)]


def _heading(title: _Title, style: Style = Style.PART) -> Line:
    letter, words = title
    return Line(words, style, before=f"{letter}  ", hang=3)


def letter_of(block: Block) -> str:
    """The letter that opens the part which begins with this block; empty if none does."""
    is_part = block[0].style in (Style.PART, Style.MORE_STEPS, Style.ON_TOP)
    return block[0].before.strip() if is_part else ""


def _part(page: Page, part: Part, title: _Title, *, more: bool, in_line: bool) -> Iterator[Block]:
    """A part under its title, which stays with what comes first in it."""
    heading = _heading(title, Style.MORE_STEPS if part.kind is PartKind.MORE else Style.PART)
    if part.kind is PartKind.HELP:
        blocks = (help_blocks(each, more=more, in_line=in_line) for each in page.help)
        nearest, *rest = chain.from_iterable(blocks)
        yield (heading, *nearest)
        yield from rest
        return
    if part.text:
        short = [Line(part.short, Style.TITLE)] if part.short else []
        first, *others = map(Line, part.text)
        yield (heading, *short, first, *(line for each in others for line in (*GAP, each)))
        yield GAP
    first_number = len(page.steps) + 1 if part.kind is PartKind.MORE else 0
    yield from _listed([heading], part.lines, numbered_from=first_number)


_BRIEF = frozenset({"cost", "expect", "private"})
"""Details on the page itself of the first service of a need; the rest are shown on request."""


def contact_blocks(
    contact: Contact, *, brief: bool = False, details: bool = True
) -> Iterator[Block]:
    """One route: its name and channels, then its steps, forms and, if wanted, ``details``."""
    title, ways = labels.title_of(contact), contact.ways
    if len(ways) == 1 and (alone := labels.number_alone(title, ways[0])):
        title, ways = alone, ()
    at = grouped((_reached(way), labels.channel(way.channel)) for way in ways)
    told = (Line(f"{', '.join(names)} {where}", before="  ", hang=4) for where, names in at.items())
    yield (Line(title, Style.SERVICE), *told)
    for number, step in enumerate(contact.steps, 1):
        yield (Line(step, before=f"  {number}. ", hang=5),)
    for form in contact.forms:
        yield (
            Line(f"{form.says}:", before="  ", hang=4),
            Line(form.web, before="    ", hang=4),
        )
    known = [
        f"{labels.detail(detail.field)}: {detail.text}"
        for detail in (contact.details if details else ())
        if not brief or detail.field in _BRIEF
    ]
    # In brief they stand in one paragraph, which takes half the rows.
    for text in [" ".join(known)] if brief and known else known:
        yield (Line(text, before="  ", hang=4),)
    if contact.seen and not brief:
        yield (_quiet(say("page.seen", day=contact.seen)),)


def brief_line(contact: Contact, ways: Sequence[Channel]) -> Line:
    """A service in one line: its name, and these ways to reach it."""
    title = labels.title_of(contact)
    alone = labels.number_alone(title, ways[0])
    at = grouped((_reached(way, brief=True), way) for way in ways)
    told = (named(where, *same) for where, same in at.items())
    return Line(alone or f"{title}: {SPACED.join(told)}", before="  ", hang=4)


def live_block(contact: Contact) -> Block:
    """A route's name, and its channels on which a person answers."""
    contact = replace(contact, ways=tuple(way for way in contact.ways if way.live))
    return next(iter(contact_blocks(contact)))


def help_blocks(each: Help, *, more: bool, in_line: bool) -> Iterator[Block]:
    """One need: its heading kept with the first route, and the rest on request, as are the details
    of all routes but the first. ``in_line``: of each route that has ways nothing but these, and
    what a call to 999 costs."""
    title = Line(each.heading, Style.HEADING)
    before = (title, *(Line(text) for text in each.because))
    contacts = (*each.contacts, *(each.more if more else ()))
    for place, contact in enumerate(contacts, 1):
        is_first = place == 1 and (not in_line or each.need == visibility.EMERGENCY)
        if in_line and contact.ways and not is_first:
            told = [brief_line(contact, contact.ways)]
        else:
            blocks = contact_blocks(contact, brief=not more, details=more or is_first)
            told = [line for block in blocks for line in block]
        is_last = place == len(contacts)
        if is_last and each.more and not more:  # what else there is stays with the last route
            told.append(_quiet(say("page.more", count=len(each.more))))
        yield (*before, *told)
        before = ()
        if is_last or not in_line:
            yield GAP


def urgency_line(page: Page) -> Line:
    """How soon help is needed, as a band of its own colour where there are colours."""
    return Line(labels.urgency(page.urgency), Style(page.urgency.name.lower()))


def first_screen(page: Page) -> Iterator[Block]:
    """What is read first: how urgent it is, whom to talk to, and the steps."""
    yield (urgency_line(page), Line(page.title, Style.TITLE))
    if danger := labels.danger(page) or (say("goodbye.danger") if page.to_talk else ""):
        yield (Line(danger, Style.DANGER),)
    yield (Line(page.opening),)
    for label, talk in labels.helplines(page, page.to_talk):
        told = ((each.title, named(_reached(each.way, brief=True), each.way)) for each in talk)
        ways = SPACED.join(together(f"{title}: {way}") for title, way in told)
        if all(each.way.state is Openness.OPEN for each in talk):
            label = say("page.open-now", label=label)
        yield (Line(f"{label}:{SPACED}{ways}", hang=2),)
    yield GAP
    yield from _listed([], page.steps, numbered_from=1)


def contents_lines(page: Page, *, answers: bool = True) -> Sequence[Line]:
    """The list of what a page can open, by letter: a title that carries an answer has a row of its
    own, and those between share one, as all do without ``answers``."""
    rows: list[Line] = []
    shared: list[str] = []
    shorts = [*(part.short if answers else "" for part in page.parts), ""]
    for (letter, title), short in zip(_titles(page), shorts, strict=True):
        if short:
            rows += [Line(SPACED.join(shared))] if shared else []
            rows.append(Line(f"{title} {short}", before=f"{letter} ", hang=2))
            shared = []
        else:
            shared.append(together(f"{letter} {title}"))
    return (*rows, Line(SPACED.join(shared)))


def named(address: str, *ways: Channel) -> str:
    """An address after the word for each of its ways, such as a chat; a number without."""
    names = (labels.channel(way.channel) for way in ways if way.channel != "phone")
    return " ".join(filter(None, (", ".join(names), address)))


def _reached(way: Channel, *, brief: bool = False) -> str:
    """The address of a way, its label and its hours, in ``brief`` without those if it is open."""
    label = f" ({way.label})" if way.label else ""
    is_said = way.says and not (brief and way.state is Openness.OPEN)
    return f"{way.address}{label}{f' - {way.says}' if is_said else ''}"


def _listed(
    heading: Sequence[Line], lines: Iterable[Instruction], *, numbered_from: int = 0
) -> Iterator[Block]:
    """A list under a heading, which stays with the first item; nothing for no items. It has no
    numbers if they would begin at 0."""
    shown = [*heading]
    for number, line in enumerate(lines, numbered_from):
        before = f"{number}. ".rjust(4) if numbered_from else "  - "
        shown.append(Line(line.text, before=before, hang=4))
        below = dict.fromkeys(_at(line, way) for way in line.ways)
        shown += [Line(told, before="    ", hang=4) for told in below if told]
        yield tuple(shown)
        shown = []
    if not shown:
        yield GAP


def _at(line: Instruction, way: Channel) -> str:
    """What stands below a line that names a service: its address, or of a number in the line when
    somebody answers, if nobody does now."""
    if way.address not in line.text:
        return way.address
    return way.says if way.state is Openness.SHUT else ""


def _origins(page: Page, heading: Line, *, cited: bool) -> Iterator[Block]:
    about = [_quiet(labels.reviewed(page))]
    if page.overdue:
        about.append(_quiet(labels.overdue(page)))
    yield (heading, *about)
    if cited and page.sources:
        yield (_quiet(" ".join(f"{labels.cited(source)}." for source in page.sources)),)
    yield (_quiet(say("page.may-change")),)
    yield (_quiet(say("page.from-nobody")),)


def _quiet(text: str) -> Line:
    return Line(text, Style.QUIET, before="  ", hang=4)


def kept_on_phone(
    walk: Walk, shown: Page, ways: Iterable[Reached]
) -> Mapping[str, tuple[str, ...]]:
    """The lines that a phone can keep, by the name of their title: numbers and links alone, and the
    page in short, with each step whole: its end may be what keeps somebody safe. None where others
    could find it or it is for danger, or where a phone could take it for an address to open."""
    private = any(
        visibility.is_private(each.library, each.here, each.facts)
        for each in filter(None, (walk, walk.beside))
        if isinstance(each.here, Outcome)
    )
    danger = say("phone.danger")
    rung = shown.to_talk or tuple(filter(None, (shown.lifeline,)))
    talk = [f"{each.title} - {named(each.way.address, each.way)}" for each in rung]
    listed: dict[bool, list[str]] = {True: [], False: []}
    for contact, way in ways:
        if contact.route not in {each.route for each in rung}:
            address = "" if way.address in contact.title else labels.typed(way.address)
            listed[_is_link(way)].append(f"{contact.title} {address}".strip())
    steps = [f"{n}. {step.text}" for n, step in enumerate(shown.steps, 1)]
    kept = {
        "phone.numbers": (danger, *talk, *listed[False], *listed[True][:_MOST_LINKS]),
        "phone.page": (danger, *talk, *steps),
    }
    opens = any(map(_OPENS.search, chain.from_iterable(kept.values())))
    if private or shown.urgency is Urgency.NOW or opens:
        return {}
    return {key: tuple(map(clean, lines)) for key, lines in kept.items()}


def helplines(library: Library, shown: Page) -> frozenset[str]:
    """The routes on a page at which somebody can talk to someone."""
    live = (each for each in shown.help if library.needs[each.need].live)
    return frozenset(contact.route for each in live for contact in each.contacts)


def scannable(library: Library, shown: Page) -> tuple[Reached, ...]:
    """One address of each service that a phone can open from a QR code: to ring, else to text, else
    a link. First who is named by the advice or in any part, helplines before others; last those for
    a textphone; not 999, which nobody should ring by accident, nor first other ways to it."""
    live = helplines(library, shown)
    urgent = [c for each in shown.help if each.need == visibility.EMERGENCY for c in each.contacts]
    named = {way.uri for line in shown.instructions for way in line.ways}
    words = " ".join(text for part in shown.parts for text in (part.short, *part.text))
    found = [
        (contact, way)
        for contact in shown.contacts
        for way in contact.ways
        if _is_link(way) or (way.uri.startswith(("tel:", "sms:")) and way.uri[4:] != "999")
    ]

    def rank(each: Reached) -> tuple[bool, bool, bool, bool]:
        contact, way = each
        is_named = contact not in urgent and (
            contact.title in words or any(other.uri in named for other in contact.ways)
        )
        is_textphone = way.uri.startswith("tel:18001")
        return is_textphone, not is_named, contact.route not in live, _is_link(way)

    first: dict[str, Reached] = {}
    for contact, way in sorted(found, key=rank):
        first.setdefault(contact.route, (contact, way))
    return tuple(first.values())


def _is_link(way: Channel) -> bool:
    return way.uri.startswith("https://")
