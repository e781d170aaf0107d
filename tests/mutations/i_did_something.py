"""What breaks the rules of i-did-something."""

from __future__ import annotations

from .change import ALWAYS, CHILDREN, Change, line, needed, unsaid

DID = "i-did-something.yaml"

BROKEN_BY: dict[str, Change] = {
    "a-question-on-the-law-is-answered-as-it-was-asked": Change(
        DID, "goto: law-of-photos", "goto: is-it-the-law", after="  law-what:\n"
    ),
    "who-hit-somebody-has-the-hurt-looked-at": Change(
        DID,
        "      - need: doctor-or-nurse\n",
        "      - need: learn-more\n",
        after="  hit-someone:\n",
    ),
    "a-partner-of-the-same-age-is-no-danger-to-children": Change(
        DID, "      - someone-to-talk-to\n", "      - police\n", after="  too-far-with-a-partner:\n"
    ),
    "what-is-unsaid-about-sex-presumes-no-harm": Change(
        DID, "      - someone-to-talk-to\n", "      - police\n", after="  sexual-unsaid:\n"
    ),
    "a-worker-says-first-what-stays-no-secret": unsaid(
        DID, "say-limits-first", after="  hurt-someone:\n"
    ),
    "nobody-takes-a-confession": unsaid(DID, "no-interview", after="  hard-to-say:\n"),
    "nothing-is-deleted-to-hide-it": unsaid(
        DID, "do-not-hide-it", after="  got-into-an-account:\n"
    ),
    "no-sexual-fake-is-deleted-to-hide-it": Change(
        DID,
        line("do-not-hide-it", "teller: young-person").rstrip(),
        line("do-not-hide-it", "teller: young-person, did-fake: kept").rstrip(),
        after="  made-a-fake:\n    title:\n",
    ),
    "no-fake-is-deleted-to-hide-it": unsaid(
        DID, "do-not-hide-it", after="  hurt-someone:\n    title:\n"
    ),
    "nothing-sexual-is-deleted-to-hide-it": Change(
        DID, line("do-not-hide-it", "did-sexual: looked"), after="  sexual-worry:\n"
    ),
    "whoever-was-hurt-is-left-alone": unsaid(DID, "leave-them-be", after="  hurt-someone:\n"),
    "a-plan-of-others-reaches-the-police": Change(
        DID, "      - police\n", after="  others-plan-to-hurt:\n"
    ),
    "whoever-meant-to-help-is-not-told-off": Change(
        DID,
        "      - use: no-interview\n",
        "      - use: leave-them-be\n",
        after="  wanted-to-help:\n    title",
    ),
    "a-mistake-is-no-emergency": Change(
        DID,
        "      - someone-to-talk-to\n",
        "      - emergency\n      - someone-to-talk-to\n",
        after="  a-mistake:\n    title",
    ),
    "only-an-unsafe-home-brings-child-protection": Change(
        DID,
        "      - someone-to-talk-to\n",
        "      - child-protection\n      - someone-to-talk-to\n",
        after="  who-you-like:\n    title",
    ),
    "whoever-was-hurt-sexually-is-left-alone": unsaid(
        DID, "leave-them-be", after="  sexual-harm:\n"
    ),
    "whoever-was-hurt-is-looked-after": unsaid(DID, "other-one-safe", after="  made-a-fake:\n"),
    "whoever-was-hurt-sexually-is-looked-after": unsaid(
        DID, "other-one-safe", after="  sexual-harm:\n"
    ),
    "adults-with-a-sexual-worry-hear-of-stop-it-now": unsaid(
        DID, "ask-stop-it-now", after="  sexual-worry:\n"
    ),
    "sexual-acts-of-a-child-reach-child-protection": Change(
        DID,
        f"        when: {{teller: [parent, staff], age: {CHILDREN}}}\n",
        f"        when: {{teller: staff, age: {CHILDREN}}}\n",
        after="decide with the police what comes next.\n",
    ),
    "young-children-with-a-sexual-worry-reach-child-protection": Change(
        DID,
        f"        when: {{teller: [parent, staff], age: {CHILDREN}}}\n",
        "        when: {teller: [parent, staff], age: 16-17}\n",
        after="If any child could be hurt, they need to know today.\n",
    ),
    "young-children-who-tell-it-themselves-reach-child-protection": Change(
        DID,
        "      - need: child-protection\n        because: This part is for your grown-up.\n",
        after="  sexual-young:\n",
    ),
    "what-both-wanted-is-no-emergency": Change(
        DID,
        "      - someone-to-talk-to\n",
        "      - police\n      - someone-to-talk-to\n",
        after="  both-wanted:\n    title",
    ),
    "workers-tell-the-lead-the-same-day-what-both-wanted": Change(
        ALWAYS,
        "  - when: {teller: staff, did-sexual: both-wanted}\n    urgency: today\n",
    ),
    "whoever-asks-for-help-with-thoughts-meets-no-police-first": Change(
        DID,
        "        when: {teller: [parent, staff], did-sexual: looked}\n",
        after="      - need: police\n        because: They say what to do with a phone or computer",
    ),
    "nobody-is-reported-for-who-they-like": Change(
        DID,
        "      - need: lgbt-support\n",
        needed("police", "age: under-13") + "      - need: lgbt-support\n",
        after="  who-you-like:\n",
    ),
    "who-somebody-likes-is-theirs-to-tell": unsaid(
        DID, "never-tell-who-someone-is", after="  who-you-like:\n"
    ),
    "a-threat-that-could-come-true-is-an-emergency": Change(
        DID, "      - emergency\n", after="  someone-could-be-hurt:\n"
    ),
    "a-weapon-of-ones-own-reaches-the-police": Change(
        DID, "      - police\n", after="  has-a-weapon:\n"
    ),
    "what-was-taken-is-looked-at-by-a-doctor": Change(
        DID, "      - doctor-or-nurse\n", after="  took-something:\n"
    ),
    "whoever-was-copied-is-looked-after-too": Change(
        DID, "      - crisis-support\n", after="  somebody-copied:\n"
    ),
    "bets-between-young-people-are-no-police-matter": Change(
        DID, "      - someone-to-talk-to\n", "      - police\n", after="  bets-and-debts:\n"
    ),
    "a-question-about-the-law-is-answered": Change(
        DID, "      - someone-to-talk-to\n", "      - police\n", after="  is-it-the-law:\n"
    ),
}
