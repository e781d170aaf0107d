"""What breaks the rules of image-shared."""

from __future__ import annotations

from .change import ALWAYS, CHILDREN, PICTURE, UNKNOWN, Change, line, unsaid

FAKED = "  faked:\n"
SENT = "  sent-and-regretted:\n"

BROKEN_BY: dict[str, Change] = {
    "whoever-is-barred-and-may-have-seen-it-is-for-the-police": unsaid(
        ALWAYS, "who-may-not-collect", after="  - when: {also: court-order}\n"
    ),
    "family-who-post-a-child-are-talked-to": Change(
        PICTURE,
        "      - use: tell-lead-of-a-worry\n",
        "",
        after="  posted-at-home:\n",
    ),
    "family-who-post-a-child-are-not-reported": Change(
        PICTURE,
        "      - platform-report\n",
        "      - platform-report\n      - child-protection\n",
        after="  posted-at-home:\n",
    ),
    "a-picture-that-was-sent-does-not-wait": unsaid(
        PICTURE, "send-nothing-more", "the-rest-can-wait", after=SENT
    ),
    "young-people-do-not-delete-a-picture-that-goes-round": Change(
        PICTURE,
        f"      - use: do-not-delete\n        when: {{teller: young-person, age: {CHILDREN}}}",
        f"      - use: do-not-delete\n        when: {{teller: staff, age: {CHILDREN}}}",
        after=FAKED,
    ),
    "nobody-lets-them-delete-a-picture-that-goes-round": Change(
        PICTURE,
        line("do-not-look", "teller: [parent, staff]"),
        line("do-not-look", "teller: young-person"),
        after=FAKED,
    ),
    "nobody-of-18-keeps-an-old-picture-as-proof": unsaid(
        PICTURE, "leave-it-and-ask-the-police", "do-not-delete", after=FAKED
    ),
    "a-picture-that-an-adult-was-sent-shows-ceop": Change(
        PICTURE,
        f"the-lead{UNKNOWN}}}\n      - need: adult",
        "the-lead]}\n      - need: adult",
        after=SENT,
    ),
    "a-picture-that-an-adult-was-sent-reaches-child-protection": Change(
        PICTURE,
        f"works-with-children, the-lead{UNKNOWN}\n",
        "works-with-children, the-lead]\n",
        after=SENT,
    ),
    "workers-wait-for-the-lead-before-deleting": Change(
        PICTURE,
        "teller: [young-person, parent], suspect: young-person",
        "suspect: young-person",
        after=SENT,
    ),
    "in-scotland-a-worker-sees-the-police-and-social-work": Change(
        PICTURE,
        "        when: {teller: staff, nation: scotland, age",
        "        when: {teller: staff, nation: wales, age",
        after=SENT,
    ),
}
