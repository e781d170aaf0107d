"""The index of the leaflets as one HTML file: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..leaflet_index import Entry, Section
from .html import html_file
from .html_elements import Markup, block, element, row


def index(contents: Section, suffixes: Sequence[str]) -> str:
    """The whole file. Its links lead to the files of each leaflet, one for each suffix such as
    ``.html``, by their names alone."""
    return html_file(contents.heading, ("index",), *_parts(contents, suffixes, 1), lang="en-GB")


def _parts(section: Section, suffixes: Sequence[str], level: int) -> Iterator[Markup]:
    """The content of a section; subsections are one heading level lower."""
    yield element(f"h{level}", section.heading)
    for line in section.lines:
        yield element("p", line)
    if section.answers:
        answers = (element("li", asked, " ", element("b", said)) for asked, said in section.answers)
        yield block("ul", *answers)
    if section.entries:
        entries = (_entry(each, *suffixes) for each in section.entries)
        yield block("ul", *entries, class_="sheets")
    for each in section.sections:
        yield block("section", *_parts(each, suffixes, level + 1))


def _entry(entry: Entry, first: str, *others: str) -> Markup:
    file, *also = (entry.leaflet.name + suffix for suffix in (first, *others))
    name = element("span", file, class_="file")
    links = (row(" · ", element("a", other, href=other)) for other in also)
    return element("li", name, " ", element("a", entry.text, href=file), *links)
