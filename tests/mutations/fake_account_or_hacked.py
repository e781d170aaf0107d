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
    "money-that-may-be-gone-reaches-the-bank": unsaid(FAKE, "ring-the-bank", after=GONE),
    "a-scam-reaches-those-who-look-into-fraud": Change(FAKE, "      - report-fraud\n", after=GONE),
    "nobody-pays-to-get-it-back": unsaid(FAKE, "no-recovery-experts", after="  game-trick:\n"),
    "nobody-pays-to-get-an-account-back": unsaid(FAKE, "no-recovery-experts", after=HACKED),
    "a-hacked-account-begins-with-the-email": unsaid(FAKE, "email-first", after=HACKED),
    "whoever-paid-because-of-a-hacked-account-rings-their-own-bank": Change(
        ALWAYS, "    urgency: today\n", after="  - when: {also: money}\n"
    ),
    "what-the-app-refused-is-looked-at-again": Change(
        FAKE, line("where-the-app-said-no", "also: app-refused"), after=PRETENDS
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
    "a-fake-that-harms-reaches-the-police-of-the-nation": Change(
        FAKE, line("tell-the-police", f"age: {CHILDREN}"), after=HARM
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
    "a-friend-who-was-asked-in-that-name-is-told-of": unsaid(
        ALWAYS, "a-friend-needs-help-too", after="  - when: {also: friend-too}\n"
    ),
    "a-friend-who-was-asked-sends-no-more": unsaid(
        ALWAYS, "a-friend-sends-nothing-more", after="  - when: {also: friend-too}\n"
    ),
    "nobody-answers-for-what-was-posted-in-their-name": Change(
        ALWAYS, "      - use: no-answer-in-public\n", after="  - when: {also: posted-as-me}\n"
    ),
    "who-is-sent-strangers-keeps-the-door-shut": unsaid(
        FAKE, "nobody-opens-the-door", after="  strangers-at-the-door:\n"
    ),
}
