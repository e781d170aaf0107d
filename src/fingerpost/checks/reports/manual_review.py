"""What a person must review by hand, as a checklist in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.library import ReviewQuestion
from ...page.contact import Channel
from ...page.labels import channel
from ...page.messages import say
from ...sheets.formats.markdown import address, plain, strong, verbatim
from ..manual_review import Group, Item, ToCheck


def for_people(found: ToCheck) -> str:
    """A checklist in CommonMark. It ends in a line feed."""
    return "\n".join(_page(found)) + "\n"


def _page(found: ToCheck) -> Iterator[str]:
    yield from say("review.begin", day=str(found.on)).split("\n")
    yield f"## What only people can judge: {len(found.questions)}"
    yield from ("", say("review.questions"), "")
    for question in found.questions:
        yield from _question(question)
    for group in Group:
        items = [item for item in found.items if item.group is group]
        heading, about = say(f"review.{group.value}").split("\n")
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
