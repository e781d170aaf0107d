"""The words that stand beside what a page holds, the same on the screen and on paper."""

from __future__ import annotations

from ..model.sentence import Urgency
from .messages import say
from .page import Contact, Page


def urgency(how: Urgency) -> str:
    """How urgent a page is."""
    return say(f"urgency.{how.name}")


def channel(name: str) -> str:
    """What a channel such as ``phone`` is called."""
    return say(f"channel.{name}")


def detail(field: str) -> str:
    """What stands before a detail of a service, such as its ``cost``."""
    return say(f"detail.{field}")


def lifeline(page: Page) -> str:
    """What stands before the helpline at the top: it is for whom the page is about."""
    return say("page.lifeline" if page.reader == "young-person" else "page.lifeline-them")


def flagged(text: str, *, unsure: bool) -> str:
    """A text, with a warning behind it where its source did not settle it."""
    return f"{text} ({say('page.check-first')})" if unsure else text


def title_of(contact: Contact) -> str:
    """What a service is called; one from the organisation's own file says so."""
    return say("page.local", title=contact.title) if contact.local else contact.title


def danger(page: Page) -> str:
    """What to do in danger, or nothing if that is not offered here."""
    if page.emergency is None:
        return ""
    number = next((way.address for way in page.emergency.ways), page.emergency.title)
    return say("page.danger", number=number)


def reviewed(page: Page) -> str:
    """Who approved the words, or that nobody has."""
    if page.reviewed is None:
        return say("page.not-reviewed")
    return say("page.reviewed", by=page.reviewed.by, on=page.reviewed.on.isoformat())


def overdue(page: Page) -> str:
    """That the words should have been checked by a day that has passed."""
    return say("page.overdue", day=page.review_by)
