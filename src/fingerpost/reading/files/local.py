"""An organisation's own details: its own routes, and changes to the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model.base import Frozen, replace
from ...model.route import Route
from ...model.spelling import meant
from ..format import FORMAT
from .bound import Bound
from .file import File
from .names import Names
from .routes import overlay, route


class Local(Frozen):
    """The nation of a local file, or None, the organisation's name, and the routes added or
    changed."""

    nation: str | None
    name: str
    routes: dict[str, Route]


def local(at: Bound) -> Local:
    """A local file. It can change the contact details of a shipped route, and add routes. It can
    neither change a fixed route (999, 101, Childline, CEOP, Report Remove) nor whom a route is for.
    """
    nation: str | None = at["nation"] or None
    given = {each.name: each for each in _of_the_nation(at["routes"] or {}, nation)}
    return Local(nation, at["name"], given)


def _of_the_nation(given: Mapping[str, tuple[Route, ...]], nation: str | None) -> Iterator[Route]:
    """Each route as it is laid over the service of that name; where that is for other nations,
    over the one that stands in for it. So one name means the right service in each nation."""
    for laid in given.values():
        there = [each for each in laid if nation is None or each.is_for_nation(nation)]
        route = next(iter(there), laid[0])
        if route is laid[0] or route.name not in given:
            yield route


def _shipped(at: Bound) -> Mapping[str, Route]:
    found: Mapping[str, Route] = at.file.given["shipped"]
    return found


def laid_over(at: Bound) -> tuple[Route, ...] | None:
    """A route of an organisation: its own, or a shipped one with its details laid over it, and each
    that stands in for that."""
    under = _shipped(at).get(at.name)
    if under is None:
        # Other keys would let a local route replace or precede a shipped one.
        _refuse(at, allowed="local-route")
        near = _shipped(at).get(meant(at.name, _shipped(at)) or "")
        typo = near and not {*(at["serves"] or near.serves)}.isdisjoint(near.serves)
        if typo or ("name" not in at and "serves" not in at):
            at.file.later(_report_unknown, at)
            return None
        for key in ("name", "serves"):
            if key not in at:
                hint = f"add a line “{key}: …”; to change one that ships, use its own name here"
                at.error("FP102", f"a route has no “{key}”", key, hint)
        return (replace(route(at), local=True),)
    if under.fixed:
        message = f"“{at.name}” is the same for everyone, so local details cannot change it"
        hint = "give your own service a name of its own"
        at.file.error("FP212", message, at.key.span, hint)
        return (under,)
    _refuse(at, allowed="contact")
    standing_in = (r for r in _shipped(at).values() if r.instead == at.name and not r.fixed)
    return tuple(overlay(at, each) for each in (under, *standing_in))


def _refuse(at: Bound, allowed: str) -> None:
    for key in at.kind.by_name.keys() - FORMAT.kinds[allowed].by_name.keys():
        if key in at:
            message = f"a local file cannot set “{key}” here"
            at.error("FP212", message, key, "it can add numbers, links, hours and words")


def _report_unknown(file: File, _names: Names, at: Bound) -> None:
    """Report changes to a route that does not exist, perhaps by a typo."""
    message = f"no route that comes with fingerpost is called “{at.name}”"
    hint = file.meant(at.name, _shipped(at)) or "a route of your own needs “name” and “serves”"
    file.error("FP207", message, at.key.span, hint)
