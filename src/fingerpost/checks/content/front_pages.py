"""FP157: services and sources whose address is the front page of a site for many things.

Whoever is sent to the front page of GOV.UK has to search for what the sentence was to give them.
The front page of Shout is Shout. Which sites are for many things stands in ``front-pages.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ...model.diagnostics import Diagnostic, Span
from ...model.library import Library
from ..upkeep.unused_sources import every_source
from .contacts import links

_FRONT_PAGE = re.compile(r"(?:/(?:en|en-gb|cy))?(?:/(?:home|index)(?:\.html?)?)?/*", re.IGNORECASE)
"""The path of a front page, whatever a query or a fragment asks of it."""


def find(library: Library) -> Iterator[Diagnostic]:
    """Each route and each source that leads to a front page."""
    for owner, link, span in _links(library):
        parts = urlsplit(link)
        if _FRONT_PAGE.fullmatch(parts.path) and _has_many_purposes(library, parts.netloc):
            yield Diagnostic(
                "FP157",
                f"{owner}: “{link}” is the front page of a site for many things",
                span,
                hint="give the page itself; where nobody knows it, leave the address out",
            )


def _links(library: Library) -> Iterator[tuple[str, str, Span]]:
    """Every link of a route or a source, with whose it is and its place."""
    for route in library.routes.values():
        yield from ((f"route {route.name}", link, span) for link, span in links(route))
        if route.source:
            span = route.spans.get("source", route.span)
            yield f"the source of route {route.name}", route.source.url, span
    for source in every_source(library):
        yield f"source {source.name}", source.url, source.span


def _has_many_purposes(library: Library, host: str) -> bool:
    """Whether a site or one above it is for many things, and none that is nearer for one."""
    labels = host.lower().split(".")
    for above in (".".join(labels[at:]) for at in range(len(labels))):
        if any(above in each.one_purpose for each in library.front_pages):
            return False
        if any(above in each.many_purposes for each in library.front_pages):
            return True
    return False
