"""A page as blocks of lines, for a terminal or for plain text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..model.base import replace
from . import labels
from .messages import say
from .page import Channel, Contact, Help, Instruction, Page
from .text_layout import GAP, SPACED, Block, Line, Style, together


def page_blocks(
    page: Page,
    *,
    more: bool = False,
    contents: bool = True,
) -> tuple[Block, ...]:
    """The whole page in reading order: first what to do, then numbered sections, of which a list
    stands between if ``contents``.

    ``more`` shows every route of a need with all its details.
    """
    numbered = section_headings(page)
    return (
        *_top(page),
        *listed(say("page.what-to-do"), page.instructions, numbered=True),
        *listed(say("page.near"), page.near),
        *listed(say("page.far"), page.far),
        *(_contents(page, numbered) if contents else ()),
        *(
            block
            for each in page.help
            for block in help_blocks(each, more=more, heading=numbered[each.heading])
        ),
        *listed(numbered[say("page.good-to-know")], page.know),
        *(_worse(page.worse, numbered[say("page.if-worse")]) if page.worse else ()),
        *_origins(page, numbered[say("page.origins")]),
    )


def section_headings(page: Page) -> Mapping[str, str]:
    """The heading of each section after what to do, with its number, by the heading alone.

    A way on from the page is number 1.
    """
    every = [each.heading for each in page.help]
    every += [say("page.good-to-know")] if page.know else []
    every += [say("page.if-worse")] if page.worse else []
    found = enumerate([*every, say("page.origins")], 2 if page.carry_on else 1)
    return defaultdict(str, {heading: f"{number}. {heading}" for number, heading in found})


_BRIEF = frozenset({"cost", "expect", "private"})
"""Details on the page itself of the first service of a need; the rest are shown on request."""


def contact_blocks(
    contact: Contact, *, brief: bool = False, details: bool = True
) -> Iterator[Block]:
    """One route: its name and channels, then its steps, forms and, if wanted, ``details``."""
    title, ways = labels.title_of(contact), contact.ways
    if len(ways) == 1 and (alone := labels.number_alone(title, ways[0])):
        title, ways = alone, ()
    told = (Line(_way(way), before="  ", hang=4) for way in ways)
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


def way_blocks(contact: Contact, *, live: bool = False, detail: str = "") -> Iterator[Block]:
    """A route's name, its channels and at most one detail, in one block.

    ``live`` leaves out channels on which no person answers.
    """
    if live:
        contact = replace(contact, ways=tuple(way for way in contact.ways if way.live))
    said = tuple(
        Line(found.text, before="  ", hang=2) for found in contact.details if found.field == detail
    )
    first, *_ = contact_blocks(contact, brief=True)
    yield (*first, *said)


def help_blocks(each: Help, *, more: bool = False, heading: str = "") -> Iterator[Block]:
    """One need: its heading kept with the first route, and the rest on request, as are the details
    of all routes but the first.

    ``heading`` replaces that of the need.
    """
    title = Line(heading or each.heading, Style.HEADING)
    before = (title, *(Line(text) for text in each.because))
    contacts = (*each.contacts, *(each.more if more else ()))
    for place, contact in enumerate(contacts, 1):
        told = contact_blocks(contact, brief=not more, details=more or place == 1)
        # What else there is stays with the last route.
        left = (
            [_quiet(rest)] if not more and place == len(contacts) and (rest := _rest(each)) else []
        )
        yield (*before, *(line for block in told for line in block), *left)
        before = ()
        yield GAP


def has_more(page: Page) -> bool:
    """Whether a page with ``more`` would tell of more services, or more about some."""
    return any(_rest(each) for each in page.help)


def _rest(each: Help) -> str:
    """What a need has on request, or empty."""
    left_out = any(
        told.field in _BRIEF for contact in each.contacts[1:] for told in contact.details
    )
    if each.more:
        key = "page.more-and-of-these" if left_out else "page.more"
        return say(key, count=len(each.more))
    return say("page.more-of-these") if left_out else ""


def _top(page: Page) -> Iterator[Block]:
    yield (Line(labels.urgency(page.urgency), Style.URGENT), Line(page.title, Style.TITLE))
    if danger := labels.danger(page):
        yield (Line(danger, Style.DANGER),)
    yield (Line(page.opening),)
    if page.to_talk:
        before = "" if danger else f"{say('goodbye.danger')} "
        yield (
            Line(f"{before}{labels.lifeline(page)}:"),
            *(Line(f"{e.title}: {_way(e.way)}", before="  ", hang=4) for e in page.to_talk),
        )
    yield GAP


def _contents(page: Page, numbered: Mapping[str, str]) -> Iterator[Block]:
    """The numbered list of what else the page has, and of the way on."""
    onward = [f"1. {page.carry_on}"] if page.carry_on else []
    listed = [together(text) for text in (*onward, *numbered.values())]
    told = SPACED.join(listed)
    yield (Line(say("page.what-else"), Style.HEADING), Line(told, before="  ", hang=2))
    yield GAP


def _way(way: Channel) -> str:
    parts = [f"{labels.channel(way.channel)} {way.address}"]
    if way.label:
        parts.append(f"({way.label})")
    if way.says:
        parts.append(f"- {way.says}")
    return " ".join(parts)


def listed(
    heading: str, lines: Iterable[Instruction], *, numbered: bool = False
) -> Iterator[Block]:
    """A list under a heading, which stays with the first item; nothing for no items."""
    shown: list[Line] = [Line(heading, Style.HEADING)]
    for number, line in enumerate(lines, 1):
        before = f"{number}. ".rjust(4) if numbered else "  - "
        shown.append(Line(line.text, before=before, hang=4))
        shown += [Line(way.address, before="    ", hang=4) for way in line.ways]
        yield tuple(shown)
        shown = []
    if not shown:
        yield GAP


def _origins(page: Page, title: str) -> Iterator[Block]:
    heading = Line(title, Style.HEADING)
    about = [_quiet(labels.reviewed(page))]
    if page.overdue:
        about.append(_quiet(labels.overdue(page)))
    yield (heading, *about)
    cited = " ".join(f"{labels.cited(source)}." for source in page.sources)
    if cited:
        yield (_quiet(cited),)
    yield (_quiet(say("page.may-change")),)
    yield (_quiet(say("page.from-nobody")),)


def _worse(text: str, heading: str) -> Iterator[Block]:
    yield (Line(heading, Style.HEADING), _text(text))
    yield GAP


def _text(text: str) -> Line:
    return Line(text, before="  ", hang=2)


def _quiet(text: str) -> Line:
    return Line(text, Style.QUIET, before="  ", hang=4)
