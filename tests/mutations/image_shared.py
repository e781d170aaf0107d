"""What breaks the rules of image-shared."""

from __future__ import annotations

from .change import PICTURE, UNKNOWN, Change, line

FAKED = "  faked:\n"
SENT = "  sent-and-regretted:\n"

BROKEN_BY: dict[str, Change] = {
    "a-picture-that-was-sent-does-not-wait": Change(
        PICTURE, line("send-nothing-more"), line("the-rest-can-wait"), after=SENT
    ),
    "young-people-do-not-delete-a-picture-that-goes-round": Change(
        PICTURE,
        "      - use: do-not-delete\n        when: {teller: young-person}",
        "      - use: do-not-delete\n        when: {teller: staff}",
        after=FAKED,
    ),
    "nobody-lets-them-delete-a-picture-that-goes-round": Change(
        PICTURE, line("do-not-look", "teller: [parent, staff]"), after=FAKED
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
}
