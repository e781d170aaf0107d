"""What breaks the rules of threatened."""

from __future__ import annotations

from .change import ADVICE, ALWAYS, THREAT, Change, line

PICTURE_BLACKMAIL = "  sextortion:\n"
YOUNG = "  young-blackmailed:\n"
BY_A_CHILD = "  young-by-a-child:\n"

BROKEN_BY: dict[str, Change] = {
    "self-harm-that-somebody-wants-is-an-emergency": Change(
        ALWAYS, "    urgency: now\n", after="  - when: {also: made-to-self-harm}\n"
    ),
    "an-ex-who-threatens-is-for-those-who-know-control": Change(
        ALWAYS,
        "    needs: [domestic-abuse-support]\n",
        after="  - when: {also: broken-up, age: [16-17",
    ),
    "money-that-was-sent-may-be-stopped": Change(
        THREAT,
        "stop the money.\n        when: {threat: money-paid}",
        "stop the money.\n        when: {threat: money}",
        after=PICTURE_BLACKMAIL,
    ),
    "more-pictures-or-else-is-an-emergency": Change(
        ALWAYS, "    urgency: now\n    needs: [emergency]\n", after="  - when: {threat: pictures}\n"
    ),
    "blackmail-under-13-is-an-emergency": Change(
        ALWAYS,
        "    needs: [emergency]\n",
        after="  - when: {age: under-13, threat: ",
    ),
    "adults-of-a-child-under-13-hear-that-it-is-an-emergency": Change(
        ALWAYS, "    urgency: now\n", after="  - when: {age: under-13, threat: "
    ),
    "a-child-who-is-scared-by-another-child-hears-of-school": Change(
        THREAT, "      - need: safeguarding-lead\n", "      - need: police\n", after=BY_A_CHILD
    ),
    "hurting-oneself-beside-a-threat-is-cared-for": Change(
        ALWAYS,
        "      - use: look-after-the-hurt\n",
        after="  - when: {also: hurt-self}\n    after: true\n    advice:\n",
    ),
    "whoever-is-in-the-same-school-is-stopped-there": Change(
        ALWAYS,
        "      - need: safeguarding-lead\n",
        "      - need: police\n",
        after="  - when: {also: from-my-school}\n",
    ),
    "blackmail-and-a-tick-for-suicide-is-an-emergency": Change(
        ALWAYS, "    needs: [emergency]\n", after="  - when: {also: suicidal, threat: "
    ),
    "a-picture-in-blackmail-is-never-copied": Change(
        ADVICE,
        "  picture-is-left-alone:\n",
        "  picture-is-left-alone:\n    when: {teller: staff}\n",
    ),
    "a-picture-in-blackmail-of-a-child-shows-ceop": Change(
        THREAT, "      - report-exploitation\n", "      - police\n", after=PICTURE_BLACKMAIL
    ),
    "more-pictures-of-a-child-show-ceop": Change(
        THREAT, "      - need: report-exploitation\n", "      - need: police\n", after=YOUNG
    ),
    "blackmail-reaches-the-police-where-suicide-is-a-tick": Change(
        THREAT, "      - report-exploitation\n", after=PICTURE_BLACKMAIL
    ),
    "threats-of-violence-reach-the-police-of-the-nation": Change(
        THREAT, "      - police\n", after="  violence-later:\n"
    ),
    "threats-among-young-people-reach-the-school": Change(
        THREAT,
        line("safe-way-there-and-home", "suspect: [young-person, online-only, not-sure]"),
        after="  violence-later:\n",
    ),
}
