"""Labels and notes of a page, the same on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..model.library import Library
from ..model.sentence import Source, Urgency
from .contact import Channel, Contact, for_ages
from .messages import say
from .page import Lifeline, Page

if TYPE_CHECKING:
    from .approval import Approved


def urgency(how: Urgency) -> str:
    """The heading of an urgency."""
    return say(f"urgency.{how.name}")


def channel(name: str) -> str:
    """The name of a channel such as ``phone``."""
    return say(f"channel.{name}")


def detail(field: str) -> str:
    """The label of a detail of a service, such as its ``cost``."""
    return say(f"detail.{field}")


def lifeline(page: Page) -> str:
    """The label of the helpline at the top, which is for the person in trouble."""
    return say("page.lifeline" if page.reader == "young-person" else "page.lifeline-them")


def helplines(page: Page, talk: Sequence[Lifeline]) -> Iterator[tuple[str, tuple[Lifeline, ...]]]:
    """Helplines under their label: a parent's own, then those for the person in trouble."""
    for is_own, label in ((True, say("page.lifeline")), (False, lifeline(page))):
        if some := tuple(each for each in talk if (each == page.own_line) is is_own):
            yield label, some


def cited(source: Source) -> str:
    """A source with its publisher and date, as far as they are known."""
    return ", ".join(filter(None, (source.title, source.publisher, source.published)))


def title_of(contact: Contact) -> str:
    """The name of a service, marked if it comes from the organisation's own file."""
    title = for_ages(contact)
    return say("page.local", title=title) if contact.local else title


def number_alone(title: str, way: Channel) -> str:
    """What stands for a service whose title is its own number, which is so said once: "Ring 999" or
    "Text 999". Empty for any other service."""
    if way.label or way.says:
        return ""
    if way.channel == "phone" and title == way.address:
        return say("page.ring", number=title)
    return title if title == f"{channel(way.channel)} {way.address}" else ""


def typed(address: str) -> str:
    """A web address as people type it."""
    return address.removeprefix("https://").removeprefix("www.").removesuffix("/")


def danger(page: Page) -> str:
    """What to do in danger; empty if the page does not offer it."""
    if page.emergency is None:
        return ""
    number = next((way.address for way in page.emergency.ways), page.emergency.title)
    return say("page.danger", number=number)


def reviewed(page: Page) -> str:
    """Who approved the words and if they have changed since, or that nobody has approved them."""
    return approved(page.approval) if page.approval else say("page.not-reviewed")


def approval_of(library: Library, name: str | None) -> str:
    """How many pages of a tree somebody has signed; of all trees, if none is chosen yet."""
    if not library.approvals:
        return say("page.not-reviewed")
    from .approval import Fingerprints, signed_pages  # few have any, and a user is waiting

    trees = [each for each in library.trees if name in (each, None)] or [*library.trees]
    signed = len([*signed_pages(Fingerprints(library), trees)])
    every = sum(len(library.trees[each].outcomes) for each in trees)
    return (
        say("approval.signed", count=every, signed=signed) if signed else say("page.not-reviewed")
    )


def approved(approval: Approved) -> str:
    """Who approved the words, when, for whom, and if they have changed since."""
    named = f"{approval.by}, {approval.role}"
    if approval.organisation:
        named = say("approval.for", by=named, organisation=approval.organisation)
    on = approval.on.isoformat()
    said = say("approval.changed" if approval.changed else "approval.by", by=named, on=on)
    if approval.over:
        return f"{said} {approval_over(approval)}"
    return said


def approval_over(approval: Approved) -> str:
    """The note that the words were to be read again by a day that is past."""
    return say("approval.over", day=approval.until.isoformat())


def overdue(page: Page) -> str:
    """The note that the review of the words is overdue."""
    return say("page.overdue", day=page.review_by)
