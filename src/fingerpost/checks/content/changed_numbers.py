"""FP159: numbers of services that are not those with which the same services ship.

One wrong digit makes the number of a stranger, which looks right and passes every other check. So
each number stands in two places: the library that is checked, and the one that ships. A number that
did change is right once somebody has signed it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostics import Diagnostic, Span
from ...model.library import Library
from ...model.route import Route
from ...page.approval import Fingerprints
from ...page.reach import Kind


def find(library: Library, shipped: Library) -> Iterator[Diagnostic]:
    """Each number of a service that ships with others, unless the service is an organisation's
    own, or signed as it is."""
    signed = Fingerprints(library)
    for name, route in library.routes.items():
        known = _numbers(shipped.routes[name]) if name in shipped.routes else {}
        if not known or route.local or signed.is_signed(f"{Kind.ROUTE} {name}"):
            continue
        for number, span in _numbers(route).items():
            if number.replace(" ", "") not in {each.replace(" ", "") for each in known}:
                yield Diagnostic(
                    "FP159",
                    f"route {name}: “{number}” is not the number with which "
                    f"{route.title.otherwise} comes: {' or '.join(known)}",
                    span,
                    hint="see what they publish; if it is right, sign it: fingerpost approve",
                )


def _numbers(route: Route) -> dict[str, Span]:
    """Those to ring and to text, each with its place."""
    return {x.number: x.span for x in route.phone} | {x.to: x.span for x in route.text}
