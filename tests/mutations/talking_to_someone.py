"""What breaks the rules of talking-to-someone."""

from __future__ import annotations

from .change import ALWAYS, CHILDREN, ENDINGS, Change, needed, unsaid

TALKING = "talking-to-someone.yaml"
CLOSE = "  getting-close:\n"
SEEN = "  seen-on-camera:\n"
IN_CHARGE = "  adult-in-charge:\n"

BROKEN_BY: dict[str, Change] = {
    "a-meeting-today-is-an-emergency": Change(
        TALKING, "      - emergency\n", after="  meeting-now:\n"
    ),
    "whoever-is-to-meet-them-today-tells-a-grown-up-now": unsaid(
        ENDINGS, "tell-a-grown-up-near-you-now", after="  on-camera-now:\n"
    ),
    "whoever-is-not-sure-what-this-is-sees-999-first": Change(
        TALKING, needed("emergency", "close-what: not-sure"), after=CLOSE
    ),
    "a-feeling-is-no-report": unsaid(
        TALKING, "keep-the-chat", "report-to-ceop-or-police", after="  feels-off:\n"
    ),
    "family-elsewhere-is-no-stranger": Change(
        TALKING,
        "      - someone-to-talk-to\n",
        "      - police\n      - someone-to-talk-to\n",
        after="  family-in-touch:\n    title",
    ),
    "no-computer-is-reported-to-the-police": Change(
        ENDINGS,
        "      - someone-to-talk-to\n",
        "      - police\n      - someone-to-talk-to\n",
        after="  ai-friend:\n    title",
    ),
    "talking-and-playing-is-no-report": Change(
        TALKING,
        "      - someone-to-talk-to\n",
        "      - police\n      - someone-to-talk-to\n",
        after="  just-talking:\n    title",
    ),
    "the-youngest-who-ask-if-a-friend-is-ok-do-not-meet-them": Change(
        TALKING,
        "- need: report-exploitation",
        "- need: learn-more",
        after="  just-talking-young:\n",
    ),
    "nobody-goes-to-meet-someone-from-online": Change(
        TALKING, "online-only, not-sure]", "online-only]", after="- use: do-not-meet\n"
    ),
    "nobody-has-to-go-on-answering": unsaid(TALKING, "stop-answering", after=IN_CHARGE),
    "nothing-that-shows-it-is-deleted": unsaid(TALKING, "keep-the-chat", after=CLOSE),
    "getting-close-to-a-child-goes-to-ceop-or-the-police": unsaid(
        TALKING, "report-to-ceop-or-police", after=CLOSE
    ),
    "getting-close-to-a-child-shows-ceop": Change(
        TALKING, needed("report-exploitation", f"age: {CHILDREN}"), after=CLOSE
    ),
    "young-people-of-whom-someone-has-a-picture-see-report-remove": Change(
        TALKING, "      - need: take-down\n", "      - need: second-look\n", after=SEEN
    ),
    "adults-who-know-of-someone-close-to-a-child-reach-child-protection": Change(
        TALKING,
        "teller: [parent, staff]\n          age",
        "teller: staff\n          age",
        after=CLOSE,
    ),
    "the-youngest-are-passed-on-whoever-asks": Change(
        TALKING, needed("child-protection", "age: under-13"), after="  asked:\n"
    ),
    "thoughts-of-dying-and-a-picture-are-an-emergency": Change(
        ALWAYS,
        "  - when: {also: suicidal, close-what: has-picture}\n    urgency: now\n",
        "  - when: {also: suicidal, close-what: has-picture}\n    urgency: today\n",
    ),
}
