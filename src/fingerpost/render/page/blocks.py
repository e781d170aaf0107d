"""A page as blocks of lines, for a terminal or for plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...hours import State
from ...model import Kind, Urgency
from ...page import Contact, Help, Instruction, Page, Way
from ..layout import GAP, Block, Line, Style

CHECK_FIRST = "check before you rely on it"

URGENCY = {
    Urgency.NOW: "GET HELP NOW",
    Urgency.TODAY: "GET HELP TODAY",
    Urgency.SOON: "GET HELP SOON",
    Urgency.INFO: "GOOD TO KNOW",
}

_CHANNEL = {
    "phone": "Phone",
    "text": "Text",
    "chat": "Chat",
    "email": "Email",
    "web": "Web",
    "bsl": "Sign language",
}

_DETAIL = {
    "who": "For",
    "cost": "Cost",
    "expect": "What happens",
    "private": "Private",
    "limits": "Good to know",
    "languages": "Languages",
}

_WORKER = {Kind.WORKER: "Worker: "}


def page_blocks(page: Page, *, more: bool = False, worker: bool = False) -> tuple[Block, ...]:
    """The whole page in the order in which it is read.

    ``more`` shows every route of a need and all that is known of each, ``worker`` the notes that
    are for the worker alone.
    """
    return (
        *_top(page),
        *_numbered("What to do now", page.instructions),
        *_help(page.help, more=more),
        *_listed("Good to know", page.know),
        *(
            ((Line("If it gets worse", Style.HEADING), _text(page.worse)), GAP)
            if page.worse
            else ()
        ),
        *(_listed("For the worker", page.worker) if worker else ()),
        *_origins(page),
    )


_BRIEF = frozenset({"cost", "expect", "private"})
"""What is told of a service at once: the rest is there for those who ask for more."""


def contact_blocks(contact: Contact, *, brief: bool = False) -> Iterator[Block]:
    """One route: its name with every way to reach it, then what to know about it."""
    title = f"{contact.title} (from your organisation)" if contact.local else contact.title
    yield (
        Line(title, Style.SERVICE),
        *(Line(_way(way), before="  ", hang=4) for way in contact.ways),
    )
    for number, step in enumerate(contact.steps, 1):
        yield (Line(step, before=f"  {number}. ", hang=5),)
    if contact.steps and contact.unsure_steps:
        yield (_quiet("Apps change their menus. Check these steps before you rely on them."),)
    for form in contact.forms:
        yield (
            Line(f"{form.says}:", before="  ", hang=4),
            Line(_flagged(form.web, unsure=form.unsure), before="    ", hang=4),
        )
    for detail in contact.details:
        if brief and detail.field not in _BRIEF:
            continue
        text = _flagged(f"{_DETAIL[detail.field]}: {detail.text}", unsure=detail.unsure)
        yield (Line(text, before="  ", hang=4),)
    if contact.seen and not brief:
        yield (_quiet(f"Source seen: {contact.seen}."),)


def way_blocks(contact: Contact, *, live: bool = False, detail: str = "") -> Iterator[Block]:
    """A route's name with the ways to reach it and at most one thing to know, all together.

    ``live`` leaves out the ways by which nobody answers at once.
    """
    if live:
        contact = replace(contact, ways=tuple(way for way in contact.ways if way.live))
    said = tuple(
        Line(_flagged(found.text, unsure=found.unsure), before="  ", hang=2)
        for found in contact.details
        if found.field == detail
    )
    first, *_ = contact_blocks(contact, brief=True)
    yield (*first, *said)


def help_blocks(each: Help, *, more: bool = False) -> Iterator[Block]:
    """One need: its heading kept with the first route, and the rest on request."""
    heading = Line(each.heading, Style.HEADING)
    because = tuple(Line(text) for text in each.because)
    first = True
    for contact in (*each.contacts, *(each.more if more else ())):
        for block in contact_blocks(contact, brief=not more):
            yield (heading, *because, *block) if first else block
            first = False
        yield GAP
    if each.more and not more:
        yield (_quiet(f"{len(each.more)} more for this: m shows them."),)
        yield GAP


def _top(page: Page) -> Iterator[Block]:
    yield (Line(URGENCY[page.urgency], Style.URGENT), Line(page.title, Style.TITLE))
    if page.emergency:
        number = next((way.address for way in page.emergency.ways), page.emergency.title)
        yield (Line(f"In danger now? Ring {number}.", Style.URGENT),)
    yield (Line(page.opening),)
    if page.lifeline and page.urgency >= Urgency.TODAY:
        way = page.lifeline.way
        yield (
            Line(f"Talk to someone: {page.lifeline.title}", Style.SERVICE),
            Line(_way(way), before="  ", hang=4),
        )
    yield GAP


def _way(way: Way) -> str:
    parts = [f"{_CHANNEL[way.channel]} {way.address}"]
    if way.unsure:
        parts.append(f"({CHECK_FIRST})")
    if way.label:
        parts.append(f"({way.label})")
    if way.says:
        parts.append(f"- {_flagged(way.says, unsure=way.unsure_hours)}")
    return " ".join(parts)


def _numbered(heading: str, lines: Iterable[Instruction]) -> Iterator[Block]:
    shown: list[Line] = [Line(heading, Style.HEADING)]
    for number, line in enumerate(lines, 1):
        text = _WORKER.get(line.kind, "") + line.text
        shown.append(Line(text, before=f"{number}. ".rjust(4), hang=4))
        yield tuple(shown)
        shown = []
    if not shown:
        yield GAP


def _listed(heading: str, lines: Iterable[Instruction]) -> Iterator[Block]:
    shown: list[Line] = [Line(heading, Style.HEADING)]
    for line in lines:
        shown.append(Line(line.text, before="  - ", hang=4))
        yield tuple(shown)
        shown = []
    if not shown:
        yield GAP


def _help(served: Iterable[Help], *, more: bool) -> Iterator[Block]:
    for each in served:
        yield from help_blocks(each, more=more)


def _origins(page: Page) -> Iterator[Block]:
    heading = Line("Where this comes from", Style.HEADING)
    about = [_quiet(_reviewed(page))]
    if page.overdue:
        about.append(_quiet(f"This was due for checking by {page.review_by}. It is overdue."))
    yield (heading, *about)
    for source in page.sources:
        dated = f", {source.published}" if source.published else ""
        yield (_quiet(f"{source.title}. {source.publisher}{dated}."),)
    yield (
        _quiet("This is not from the police, Childline or any service. It is not legal advice."),
    )


def _reviewed(page: Page) -> str:
    if page.reviewed is None:
        return "No safeguarding professional has approved these words yet."
    return f"Read and approved by {page.reviewed.by} on {page.reviewed.on.isoformat()}."


def _text(text: str) -> Line:
    return Line(text, before="  ", hang=2)


def _quiet(text: str) -> Line:
    return Line(text, Style.QUIET, before="  ", hang=4)


def _flagged(text: str, *, unsure: bool) -> str:
    return f"{text} ({CHECK_FIRST})" if unsure else text


__all__ = ["CHECK_FIRST", "URGENCY", "State", "contact_blocks", "help_blocks", "page_blocks"]
