"""The words that stand beside what a page holds, the same on the screen and on paper."""

from __future__ import annotations

from ..model.sentence import Urgency
from .page import Contact, Page

URGENCY = {
    Urgency.NOW: "GET HELP NOW",
    Urgency.TODAY: "GET HELP TODAY",
    Urgency.SOON: "GET HELP SOON",
    Urgency.INFO: "GOOD TO KNOW",
}

CHANNEL = {
    "phone": "Phone",
    "text": "Text",
    "chat": "Chat",
    "email": "Email",
    "web": "Web",
    "bsl": "Sign language",
}

DETAIL = {
    "who": "For",
    "cost": "Cost",
    "expect": "What happens",
    "private": "Private",
    "limits": "Good to know",
    "languages": "Languages",
}

WHAT_TO_DO = "What to do now"
GOOD_TO_KNOW = "Good to know"
IF_WORSE = "If it gets worse"
FOR_WORKER = "For the worker"
ORIGINS = "Where this comes from"

DANGER = "In danger now? Ring 999."
CHECK_FIRST = "check before you rely on it"
STEPS_CHANGE = "Apps change their menus. Check these steps before you rely on them."
FROM_NOBODY = "This is not from the police, Childline or any service. It is not legal advice."


def lifeline(page: Page) -> str:
    """What stands before the helpline at the top: it is for whom the page is about."""
    return "Talk to someone" if page.reader == "young-person" else "Someone they can talk to"


def flagged(text: str, *, unsure: bool) -> str:
    """A text, with a warning behind it where its source did not settle it."""
    return f"{text} ({CHECK_FIRST})" if unsure else text


def title_of(contact: Contact) -> str:
    """What a service is called; one from the organisation's own file says so."""
    return f"{contact.title} (from your organisation)" if contact.local else contact.title


def danger(page: Page) -> str:
    """What to do in danger, or nothing if that is not offered here."""
    if page.emergency is None:
        return ""
    number = next((way.address for way in page.emergency.ways), page.emergency.title)
    return f"In danger now? Ring {number}."


def reviewed(page: Page) -> str:
    """Who approved the words, or that nobody has."""
    if page.reviewed is None:
        return "No safeguarding professional has approved these words yet."
    return f"Read and approved by {page.reviewed.by} on {page.reviewed.on.isoformat()}."


def overdue(page: Page) -> str:
    """That the words should have been checked by a day that has passed."""
    return f"This was due for checking by {page.review_by}. It is overdue."
