"""Services and reporting routes to review by hand, and how to do that safely.

A line that a life may depend on is never rung only to see if it answers, which would keep it from
other callers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...model.library import Library
from ...model.route import Route
from ...page import visibility
from ...page.labels import channel, detail
from ...page.opening_hours import as_written
from ...page.page import CHANNELS, DETAILS, Contact, contact
from ..upkeep import staleness
from .item import READER, Doubt, Group, Item

_APP = ("platform-report",)
"""The needs of a route that tells how to report in one app."""


def items(library: Library, day: date) -> Iterator[Item]:
    """Every route that a life may depend on, that is unsure, or without a recent check."""
    for route in library.routes.values():
        group = _group(library, route, day)
        if group is not None:
            said = contact(library, route, READER, None, None)
            yield Item(
                group=group,
                name=route.name,
                title=said.title,
                task=_task(route, group, said),
                reasons=tuple(_reasons(route, group, day)),
                ways=said.ways,
                steps=() if "steps" in route.unsure else said.steps,
                doubts=tuple(_doubt(route, said, field) for field in sorted(route.unsure)),
                whom=next((each.text for each in said.details if each.field == "who"), ""),
                seen=f"{route.checked.on}, by {route.checked.by}" if route.checked else said.seen,
                page=said.source_url,
            )


def _group(library: Library, route: Route, day: date) -> Group | None:
    if _for_a_life(library, route):
        return Group.LIFE
    doubtful = route.confidence != "high" or bool(route.unsure)
    if not doubtful and route.checked is not None and not staleness.stale(route, day):
        return None
    if route.serves == _APP:
        return Group.APPS
    return Group.DOUBTFUL if doubtful else Group.UNCHECKED


def _for_a_life(library: Library, route: Route) -> bool:
    """Whether a route serves those in danger, or those who need a person to talk to now."""
    needs = (library.needs.get(need) for need in route.serves)
    return visibility.EMERGENCY in route.serves or any(
        need is not None and need.live for need in needs
    )


def _reasons(route: Route, group: Group, day: date) -> Iterator[str]:
    if group is Group.LIFE:
        yield "A life may depend on it."
    if route.confidence != "high":
        yield f"How sure we are of it: {route.confidence or 'nobody has said'}."
    if route.unsure:
        yield "Some of it is marked as not sure."
    if route.checked is None:
        yield "Nobody has written down that they checked it."
    elif staleness.stale(route, day):
        yield "It was last checked more than a year ago."


def _task(route: Route, group: Group, said: Contact) -> str:
    has_page = bool(route.web or route.chat or route.bsl or route.forms)
    if visibility.EMERGENCY in route.serves:
        return (
            "Never ring or text it to try it: find a page of those who run it, and see that it "
            "says the same."
        )
    if group is Group.APPS:
        return "Open the app's own help pages, and see that each step is the same; send no report."
    if route.phone and group is not Group.LIFE and ("phone" in route.unsure or not has_page):
        return "Ring it in its hours, say that you are checking, and see that all of this is so."
    if has_page:
        return "Open its own page, send nothing, and see that all of this is so."
    if said.ways:
        return "Find a page of those who run it, and see that all of this is so."
    if said.steps:
        return "Follow the steps without sending anything, and see that they lead there."
    return "Ask a safeguarding lead if this is how it is done where you are."


def _doubt(route: Route, said: Contact, field: str) -> Doubt:
    """What a route says in a field that is marked as unsure, as people read it."""
    part, _, name = field.partition(".")
    if part == "hours":
        label = f"Hours ({channel(name)})" if name in CHANNELS else "Hours"
        written = (at for each, at in route.hours.items() if each == (name or each))
        return Doubt(field, label, "; ".join(map(as_written, written)))
    if part == "forms":
        forms = zip(route.forms, said.forms, strict=True)
        told_of = [each for form, each in forms if form.name == (name or form.name)]
        said_so = "; ".join(f"{each.says}: {each.web}" for each in told_of)
        return Doubt(field, "Form" if name else "Forms", said_so)
    if part == "web-by-nation":
        links = (f"{nation}: {link}" for nation, link in route.web_by_nation.items())
        return Doubt(field, channel("web"), "; ".join(links))
    if part in CHANNELS:
        addresses = (way.address for way in said.ways if way.channel == part)
        return Doubt(field, channel(part), ", ".join(addresses))
    if part == "steps":
        steps = (f"({number}) {step}" for number, step in enumerate(said.steps, 1))
        return Doubt(field, "Steps", " ".join(steps))
    if part in DETAILS:
        text = (each.text for each in said.details if each.field == part)
        return Doubt(field, detail(part), next(text, ""))
    return Doubt(field, "Name" if part == "name" else "Whom it serves", said.title)
