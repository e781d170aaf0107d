"""What breaks the rules of sent-a-picture."""

from __future__ import annotations

from .change import CHILDREN, PICTURE, UNKNOWN, Change, line, needed

SENT = "  sent-and-regretted:\n"
SENT_ONE = "sent-a-picture.yaml"

BROKEN_BY: dict[str, Change] = {
    "nobody-copies-a-picture-of-someone-else": Change(
        SENT_ONE, line("never-copy-a-nude"), after="  from-an-adult:\n"
    ),
    "nobody-copies-a-picture-that-was-passed-on": Change(
        SENT_ONE, line("never-copy-a-nude"), after="  passed-on:\n"
    ),
    "nobody-deletes-a-picture-that-they-were-sent": Change(
        SENT_ONE,
        "      - use: do-not-delete\n        when: {teller: young-person}",
        "      - use: do-not-delete\n        when: {teller: staff}",
        after="  from-a-young-person:\n",
    ),
    "nobody-deletes-a-picture-that-they-passed-on": Change(
        SENT_ONE,
        "      - use: do-not-delete\n        when: {teller: young-person}",
        "      - use: do-not-delete\n        when: {teller: staff}",
        after="  passed-on:\n",
    ),
    "a-picture-from-an-adult-goes-to-ceop-or-the-police": Change(
        SENT_ONE, line("report-to-ceop-or-police"), after="  from-an-adult:\n"
    ),
    "a-picture-from-an-adult-shows-ceop": Change(
        SENT_ONE, needed("report-exploitation", f"age: {CHILDREN}"), after="  from-an-adult:\n"
    ),
    "adults-who-know-of-a-picture-from-an-adult-reach-child-protection": Change(
        SENT_ONE,
        needed("child-protection", "teller: [parent, staff], age: [13-15, 16-17, not-sure]"),
        after="  from-an-adult:\n",
    ),
    "a-picture-of-theirs-that-an-adult-has-shows-ceop": Change(
        PICTURE, "      - need: report-exploitation\n", "      - need: police\n", after=SENT
    ),
    "a-picture-of-theirs-that-an-adult-has-reaches-child-protection": Change(
        PICTURE,
        UNKNOWN + "\n      - need: help-for-staff",
        "]\n      - need: help-for-staff",
        after=SENT,
    ),
    "young-children-who-were-sent-a-picture-reach-child-protection": Change(
        SENT_ONE, needed("child-protection", "age: under-13"), after="  from-a-young-person:\n"
    ),
    "young-children-who-passed-a-picture-on-reach-child-protection": Change(
        SENT_ONE, needed("child-protection", "age: under-13"), after="  passed-on:\n"
    ),
    "who-passed-a-picture-on-leaves-the-one-in-it-alone": Change(
        SENT_ONE, line("leave-them-be"), after="  passed-on:\n"
    ),
}
