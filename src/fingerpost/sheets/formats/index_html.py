"""The index of the leaflets as one HTML file: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator

from ..leaflet_index import Entry, Section
from .html import html_file
from .html_elements import Markup, block, element, row


def index(contents: Section) -> str:
    """The whole file. Its links lead to the sheets by their file names alone."""
    return html_file(contents.heading, ("index",), *_parts(contents, 1), lang="en-GB")


def _parts(section: Section, level: int) -> Iterator[Markup]:
    """The content of a section; subsections are one heading level lower."""
    yield element(f"h{level}", section.heading)
    for line in section.lines:
        yield element("p", line)
    if section.answers:
        answers = (element("li", asked, " ", element("b", said)) for asked, said in section.answers)
        yield block("ul", *answers)
    if section.entries:
        yield block("ul", *map(_entry, section.entries), class_="sheets")
    for each in section.sections:
        yield block("section", *_parts(each, level + 1))


def _entry(entry: Entry) -> Markup:
    name = element("span", entry.file, class_="file")
    also = (row(" · ", element("a", other, href=other)) for other in entry.also)
    return element("li", name, " ", element("a", entry.text, href=entry.file), *also)
