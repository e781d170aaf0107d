"""What a person must review by hand, as a checklist in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.library import ReviewQuestion
from ...page.contact import Channel
from ...page.labels import channel
from ...sheets.formats.markdown import address, plain, strong, verbatim
from ..manual_review import Group, Item, ToCheck

_SECTIONS = {
    Group.LIFE: (
        "What a life may depend on",
        (
            "Whoever is in danger, or can go on no longer, is sent here. These are checked for "
            "every release, however sure we are. Nobody rings or texts one of them only to try it: "
            "somebody else is waiting."
        ),
    ),
    Group.TREES: (
        "Trees that nobody has approved, or that are due",
        (
            "A safeguarding professional reads the whole of each. To print every ending: "
            "fingerpost sheet --all."
        ),
    ),
    Group.DOUBTFUL: (
        "Services of which we are not sure",
        "A young person is not shown a number that is marked as not sure. An adult is.",
    ),
    Group.LAW: (
        "What rests on the law",
        "Somebody who knows the law of the nation looks at the words as people read them.",
    ),
    Group.UNSOURCED: (
        "Numbers and law without a source",
        "Many of them only name the age of 18. Somebody has to say so all the same.",
    ),
    Group.APPS: (
        "How to report in apps",
        "Apps change their menus. Anybody can look on the help pages of an app.",
    ),
    Group.UNCHECKED: (
        "Services that nobody has checked for a year",
        "The pages that we saw leave no doubt, but as far as we know nobody has tried them.",
    ),
    Group.SOURCES: (
        "Sources that are old, undated or hard to find",
        "What rests on them may still be right. Whoever reads it cannot see that it is.",
    ),
}
"""The heading of each group of items, and what to know before checking them."""


def for_people(found: ToCheck) -> str:
    """A checklist in CommonMark. It ends in a line feed."""
    return "\n".join(_page(found)) + "\n"


def _page(found: ToCheck) -> Iterator[str]:
    yield "# What a person must check by hand before a release"
    yield ""
    yield f"As things stood on {found.on}, the most urgent first. Nobody writes in this page. It is"
    yield "made again, with the same options for trees and local details, by"
    yield ""
    yield f"    fingerpost routes --to-check --now {found.on}"
    yield ""
    yield "Tick on a copy what you have checked. Write what you found into the files: the day and"
    yield "your name as `checked` in a route. Only you may write that. Where none is, nobody has."
    yield from ("", f"## What only people can judge: {len(found.questions)}", "")
    yield from ("No date shows these. Each is a question to somebody who can answer it.", "")
    for question in found.questions:
        yield from _question(question)
    for group, (heading, about) in _SECTIONS.items():
        items = [item for item in found.items if item.group is group]
        if items:
            yield from ("", f"## {heading}: {len(items)}", "", plain(about), "")
            for item in items:
                yield from _item(item)


def _question(question: ReviewQuestion) -> Iterator[str]:
    yield f"- [ ] {strong(f'{question.to}:')} {plain(question.ask)}"
    yield f"  - {plain(question.known)}"


def _item(item: Item) -> Iterator[str]:
    yield f"- [ ] {strong(item.title)}, {verbatim(item.name)}: {plain(item.task)}"
    if item.reasons:
        yield f"  - Why: {plain(' '.join(item.reasons))}"
    for way in item.ways:
        yield f"  - {_way(way)}"
    for number, step in enumerate(item.steps, 1):
        yield f"  - Step {number}: {plain(step)}"
    for doubt in item.doubts:
        yield f"  - Not sure: {plain(doubt.label)}, {verbatim(doubt.field)}: {plain(doubt.says)}"
    if item.whom and all(doubt.field != "who" for doubt in item.doubts):
        yield f"  - For: {plain(item.whom)}"
    if item.seen or item.page:
        label = "Dated" if item.statements else "Seen"
        page = address(item.page) if item.page else ""
        yield f"  - {label}: {plain(item.seen or 'nobody knows when')}. {page}".rstrip()
    for statement in item.statements:
        yield f"  - {plain(statement.where)}: “{plain(statement.words)}”"
    if item.cases:
        yield f"  - In what these cases say is right or wrong: {plain(', '.join(item.cases))}"


def _way(way: Channel) -> str:
    """A page is a link. A number is not, so that it cannot be rung by accident."""
    label = plain(f"{channel(way.channel)} {way.label}".strip())
    led = address(way.uri) if way.address == way.uri else plain(way.address)
    return f"{label}: {led}{plain(f', {way.says}') if way.says else ''}"
