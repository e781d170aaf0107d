"""Read an organisation's own details: its own routes, and changes to the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from ...model.base import replace
from ...model.facts import NATIONS
from ...model.route import Route
from ..format import FORMAT
from ..located import Entry, Node, Scalar
from .fields import Fields, Reader
from .names import Sort
from .routes import overlay, route


def local(
    reader: Reader, node: Node, shipped: Mapping[str, Route]
) -> tuple[str | None, str, dict[str, Route]]:
    """The nation of the file, or None, the organisation's name, and the routes added or changed.

    It can change the contact details of a shipped route, and add routes. It can neither change a
    fixed route (999, 101, Childline, CEOP, Report Remove) nor whom a route is for.
    """
    top = reader.top(node, "local")
    nation, name = top.one_of("nation", tuple(NATIONS)) or None, top.text("name")
    listed = top.node("routes")
    if isinstance(listed, Scalar) and not listed.text:
        return nation, name, {}  # the starter file, in which every route is still a comment
    given = {e.text: _route(reader, e, shipped) for e in top.listed("routes")}
    return nation, name, {**_of_the_same_page(given, shipped), **given}


def _route(reader: Reader, entry: Entry, shipped: Mapping[str, Route]) -> Route:
    name, span = entry.text, entry.span
    fields, under = reader.inside(entry, "laid-over"), shipped.get(name)
    if under is None:
        # Other keys would let a local route replace or precede a shipped one.
        _refuse(fields, allowed="local-route")
        if fields.readable and "name" not in fields and "serves" not in fields:
            _report_unknown(reader, entry, shipped)
            fields = replace(fields, readable=False)
        fields.need(FORMAT.kinds["route"].required)
        return replace(route(fields, name, span), local=True)
    if under.fixed:
        message = f"“{name}” is the same for everyone, so local details cannot change it"
        reader.error("FP212", message, span, "give your own service a name of its own")
        return under
    _refuse(fields, allowed="contact")
    return overlay(fields, under)


def _of_the_same_page(given: Mapping[str, Route], shipped: Mapping[str, Route]) -> dict[str, Route]:
    """Shipped routes by which one searches the same page for a number that the organisation gave.

    So the council's number stands in danger and at night too, with its name and hours. Their steps
    go only if somebody answers it at any hour. A front page is that of many services, and says
    nothing of whose the number is.
    """
    numbered = {
        shipped[name].web: ours
        for name, ours in given.items()
        if name in shipped and ours.phone and not shipped[name].phone
        if urlsplit(shipped[name].web).path not in ("", "/")
    }
    return {
        name: _with_number_of(numbered[under.web], under)
        for name, under in shipped.items()
        if under.web in numbered and not (under.phone or under.fixed or name in given)
    }


def _with_number_of(ours: Route, under: Route) -> Route:
    phones = tuple(
        replace(each, say=each.say or ours.title, span=under.span) for each in ours.phone
    )
    at = ours.hours.get("phone")
    hours = {**under.hours, "phone": at} if at else under.hours
    steps = () if at == "24/7" else under.steps
    return replace(under, phone=phones, hours=hours, steps=steps, local=True)


def _refuse(fields: Fields, allowed: str) -> None:
    for key in fields.keys.by_name:
        if key in fields and key not in FORMAT.kinds[allowed].by_name:
            message = f"a local file cannot set “{key}” here"
            hint = "it can add numbers, links, hours and words"
            fields.reader.error("FP212", message, fields.key_span(key), hint)


def _report_unknown(reader: Reader, entry: Entry, shipped: Mapping[str, Route]) -> None:
    """Report an entry with neither name nor needs: changes to a route that does not exist."""
    if Sort.ROUTE in reader.names.unread:
        return
    message = f"no route that comes with fingerpost is called “{entry.text}”"
    hint = reader.meant(entry.text, shipped)
    own = "a route of your own needs “name” and “serves”"
    reader.error(Sort.ROUTE.code, message, entry.span, hint or own)
