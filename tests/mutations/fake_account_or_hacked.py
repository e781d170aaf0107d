"""What breaks the rules of fake-account-or-hacked."""

from __future__ import annotations

from .change import ALWAYS, CHILDREN, Change, line, needed, unsaid

FAKE = "fake-account-or-hacked.yaml"
EXPLOITED = "exploited.yaml"
PRETENDS = "  fake-account:\n"
HARM = "  fake-account-harm:\n"
HACKED = "  hacked:\n"
GONE = "  money-gone:\n"
MULE = "  account-used:\n"
UNNAMED = "  something-wrong:\n"

BROKEN_BY: dict[str, Change] = {
    "a-password-that-a-friend-has-is-no-fraud": Change(
        FAKE,
        "      - need: account-help\n",
        "      - report-fraud\n      - need: account-help\n",
        after="  hacked-young:\n",
    ),
    "a-scam-reaches-those-who-look-into-fraud": Change(FAKE, "      - report-fraud\n", after=GONE),
    "nobody-pays-to-get-it-back": unsaid(FAKE, "no-recovery-experts", after="  game-trick:\n"),
    "whoever-paid-because-of-a-hacked-account-rings-their-own-bank": Change(
        ALWAYS, "    urgency: today\n", after="  - when: {also: money}\n"
    ),
    "where-someone-near-gets-in-nothing-is-changed": Change(
        FAKE, "someone-near: controlling-partner/suspect", "someone-near: change-risk"
    ),
    "ceop-is-not-for-fake-or-hacked-accounts": Change(
        FAKE,
        "      - need: second-look\n",
        needed("report-exploitation", f"age: {CHILDREN}") + "      - need: second-look\n",
        after=PRETENDS,
    ),
    "adults-pass-on-a-fake-that-harms": Change(
        FAKE, needed("child-protection", f"teller: [parent, staff], age: {CHILDREN}"), after=HARM
    ),
    "what-was-done-to-someone-is-for-the-lead-now": Change(
        FAKE,
        line("tell-lead", "teller: staff"),
        line("tell-lead", "teller: staff") + line("tell-lead-of-a-worry"),
        after=HACKED,
    ),
    "what-someone-lost-is-for-the-lead-now": Change(
        FAKE,
        line("tell-lead", "teller: staff"),
        line("tell-lead", "teller: staff") + line("tell-lead-of-a-worry"),
        after=GONE,
    ),
    "money-through-someones-account-is-left-and-told": unsaid(
        EXPLOITED, "leave-the-money", after=MULE
    ),
    "a-money-mule-reaches-those-who-know-about-it": Change(
        EXPLOITED, "      - missing-or-exploited\n", after=MULE
    ),
    "what-nobody-can-name-presumes-nothing": Change(
        FAKE, "      - someone-to-talk-to\n", "      - police\n", after=UNNAMED
    ),
}
