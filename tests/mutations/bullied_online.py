"""What breaks the rules of bullied-online."""

from __future__ import annotations

from .change import Change, unsaid

BULLIED = "bullied-online.yaml"
MEAN = "  mean-messages:\n"
STOP = "  has-to-stop:\n"
UNNAMED = "  not-ok-online:\n"
GROWN_UP = "  grown-up:\n"

BROKEN_BY: dict[str, Change] = {
    "bullying-is-not-sent-to-ceop": Change(
        BULLIED,
        "      - bullying-help\n",
        "      - bullying-help\n      - report-exploitation\n",
        after=MEAN,
    ),
    "a-rumour-about-an-adult-is-looked-into-today": Change(
        BULLIED,
        "{when: {also: adult-in-it}, goto: where-of-an-adult,",
        "{when: {also: adult-in-it}, goto: has-to-stop-if-told,",
    ),
    "a-rumour-or-a-fake-account-is-not-sent-to-ceop": Change(
        "fake-account-or-hacked.yaml",
        "      - platform-report\n",
        "      - platform-report\n      - report-exploitation\n",
        after="  fake-account:\n",
    ),
    "bullying-that-goes-on-is-urgent": Change(
        BULLIED,
        "{when: {also: told-nothing}, goto: where-still, otherwise: where-messages}",
        "{when: {also: told-nothing}, goto: where-messages, otherwise: where-messages}",
    ),
    "bullying-that-goes-on-is-put-in-writing": unsaid(BULLIED, "head-in-writing", after=STOP),
    "bullying-that-nobody-can-name-presumes-nothing": Change(
        BULLIED, "      - someone-to-talk-to\n", "      - police\n", after=UNNAMED
    ),
    "bullying-of-a-young-person-is-for-the-lead-now": unsaid(
        BULLIED, "tell-lead", "tell-lead-of-a-worry", after=MEAN
    ),
    "bullying-reaches-the-lead-where-they-meet": Change(
        BULLIED,
        "      - need: safeguarding-lead\n"
        "        because: They can act when other pupils or members are part of it.\n"
        "        when: {teller: [young-person, parent]}\n",
        after=MEAN,
    ),
    "a-worker-who-is-bullied-is-looked-after-at-work": Change(
        BULLIED, "urgency: today", "urgency: soon", after=GROWN_UP
    ),
    "an-adult-who-is-threatened-reaches-the-police": Change(
        BULLIED,
        "      - need: police\n        when: {teller: [parent, staff]}\n",
        after=GROWN_UP,
    ),
    "a-family-that-posts-is-no-police-matter": Change(
        BULLIED, "      - someone-to-talk-to\n", "      - police\n", after="  family-posts:\n"
    ),
}
