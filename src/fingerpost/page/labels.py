"""Labels and notes of a page, the same on the screen and on paper."""

from __future__ import annotations

from ..model.sentence import Source, Urgency
from .messages import say
from .page import Channel, Contact, Page


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


def check_first(unsure: bool) -> str:
    """A warning for what its source did not settle, or empty."""
    return say("page.check-first") if unsure else ""


def flagged(text: str, *, unsure: bool) -> str:
    """A text, followed by the warning in brackets if it is unsure."""
    return f"{text} ({check_first(unsure)})" if unsure else text


def hours(way: Channel) -> str:
    """Whether a channel is open, said as a guess if its hours are not sure."""
    return say("hours.we-think", says=way.says) if way.unsure_hours else way.says


def cited(source: Source, *, title: bool = True) -> str:
    """A source with its publisher and date, as far as they are known."""
    return ", ".join(
        filter(None, (source.title if title else "", source.publisher, source.published))
    )


def title_of(contact: Contact) -> str:
    """The name of a service, marked if it comes from the organisation's own file."""
    return say("page.local", title=contact.title) if contact.local else contact.title


def danger(page: Page) -> str:
    """What to do in danger; empty if the page does not offer it."""
    if page.emergency is None:
        return ""
    number = next((way.address for way in page.emergency.ways), page.emergency.title)
    return say("page.danger", number=number)


def reviewed(page: Page) -> str:
    """Who approved the words, or that they have not been approved."""
    if page.reviewed is None:
        return say("page.not-reviewed")
    return say("page.reviewed", by=page.reviewed.by, on=page.reviewed.on.isoformat())


def overdue(page: Page) -> str:
    """The note that the review of the words is overdue."""
    return say("page.overdue", day=page.review_by)
