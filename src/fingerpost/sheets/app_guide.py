"""How to report something in one app, as a document to print.

Among leaflets these instructions are on a sheet of their own: they are long, the same for every
reader, and change whenever the app does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.base import replace
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.route import IN_AN_APP, Route
from ..page import labels
from ..page.contact import Contact, contact
from ..page.messages import say
from ..page.page import Help, Page
from ..page.visibility import FIRST_SHOWN
from .document import Address, Block, Box, Document, Fine, Heading, Paragraph, Points, Scans, Steps


def apps(library: Library) -> tuple[Route, ...]:
    """The routes for reporting in an app, in file order."""
    return tuple(route for route in library.routes.values() if IN_AN_APP in route.serves)


def without_apps(library: Library, page: Page) -> Page:
    """The page with a line instead of the apps; the page itself if it shows none."""
    names = {route.name for route in apps(library)}
    served = tuple(_without(names, each) for each in page.help)
    return page if served == page.help else replace(page, help=served)


def _without(names: set[str], each: Help) -> Help:
    both = (*each.contacts, *each.more)
    others = tuple(found for found in both if found.route not in names)
    if others == both:
        return each
    return replace(
        each,
        because=(*each.because, say("app.see")),
        contacts=others[:FIRST_SHOWN],
        more=others[FIRST_SHOWN:],
    )


def how_to(library: Library, route: Route, *, large: bool = False) -> Document:
    """The steps, forms and links of one app, in the words for a young person."""
    reader = TELLERS[0]
    return Document(
        title=route.title.read_by(reader),
        blocks=tuple(_blocks(contact(library, route, reader, nation=None, clock=None))),
        kicker=say("app.kicker"),
        large=large,
    )


def _blocks(app: Contact) -> Iterator[Block]:
    told = {each.field: each.text for each in app.details}
    if who := told.pop("who", ""):
        yield Paragraph(f"{labels.detail('who')}: {who}")
    if app.steps:
        yield Heading(say("page.what-to-do"))
        yield Steps(app.steps)
    if addresses := tuple(_addresses(app)):
        yield Box(labels.title_of(app), addresses)
        yield Scans(tuple(each for each in addresses if each.uri.startswith("https:")))
    if told:
        yield Heading(say("part.know"))
        yield Points(tuple(_labelled(field, text) for field, text in told.items()))
    seen = [say("app.seen", source=app.seen)] if app.seen else []
    yield Fine((*seen, say("page.may-change"), say("page.from-nobody")))


def _labelled(field: str, text: str) -> str:
    """A text after its label, unless that repeats the heading above it."""
    label = labels.detail(field)
    return text if label == say("part.know") else f"{label}: {text}"


def _addresses(app: Contact) -> Iterator[Address]:
    """Forms first: they are direct, and a help page only explains the way."""
    yield from (Address(form.says, form.web, form.web) for form in app.forms)
    for way in app.ways:
        note = ", ".join(filter(None, (way.label, way.says)))
        yield Address(labels.channel(way.channel), way.address, way.uri, note)
