"""The index of a pack as one HTML file beside the sheets: no script, nothing that is fetched."""

from __future__ import annotations

from collections.abc import Iterator

from ..leaflet_index import Contents, Entry, Section
from .html_document import document
from .html_elements import Markup, block, element


def index(contents: Contents) -> str:
    """The whole file. Its links lead to the sheets by their names alone."""
    return document(
        contents.title,
        "index",
        element("h1", contents.title),
        *(element("p", line) for line in contents.lines),
        *(_section(section, 2) for section in contents.sections),
        lang="en-GB",
    )


def _section(section: Section, level: int) -> Markup:
    return block("section", *_parts(section, level))


def _parts(section: Section, level: int) -> Iterator[Markup]:
    """What stands in a section. Those within it are one heading lower."""
    yield element(f"h{level}", section.heading)
    for line in section.lines:
        yield element("p", line)
    if section.answers:
        answers = (element("li", asked, " ", element("b", said)) for asked, said in section.answers)
        yield block("ul", *answers)
    if section.entries:
        yield block("ul", *map(_entry, section.entries), class_="sheets")
    for each in section.sections:
        yield _section(each, level + 1)


def _entry(entry: Entry) -> Markup:
    name = element("span", entry.file, class_="file")
    return element("li", name, " ", element("a", entry.text, href=entry.file))
