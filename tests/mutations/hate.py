"""What breaks the rules of hate."""

from __future__ import annotations

from .change import UK, Change, line, needed, unsaid

HATE = "hate.yaml"
NEAR = "  near-young:\n"
THREATENED = "  attack-threatened:\n"
ATTACKED = "  attacked:\n"
ONCE = "  attacked-once:\n"
TOLD_ON = "  told-on:\n"
LGBT = needed("lgbt-support", "hate-about: [orientation, trans, not-sure]")
REPORT = (
    "      - need: hate-report\n"
    "        because: You can tell them even if you don't know who did it.\n"
)
LEAD = (
    "      - need: safeguarding-lead\n"
    "        because: They can see to a safe way in and out, and act on those who are theirs.\n"
    "        when: {teller: [young-person, parent]}\n"
)

BROKEN_BY: dict[str, Change] = {
    "hate-that-nobody-can-name-presumes-nothing": unsaid(
        HATE, "the-police-can-be-told", "tell-the-police-of-hate", after=ONCE
    ),
    "hate-is-for-the-police": unsaid(HATE, "the-police-can-be-told", after=ONCE),
    "hate-reaches-the-police-of-the-nation": Change(HATE, REPORT, after=ATTACKED),
    "hate-of-one-time-or-near-reaches-the-police-of-the-nation": Change(
        HATE,
        '      - need: hate-report\n        because: "This part is for your grown-up."\n',
        after=NEAR,
    ),
    "nobody-is-reported-for-a-plan-to-change-someone-unless-asked": Change(
        HATE,
        "      - lgbt-support\n",
        "      - lgbt-support\n      - hate-report\n",
        after="  change-of-who-you-are:\n",
    ),
    "a-planned-attack-is-known-at-school": Change(HATE, LEAD, after=THREATENED),
    "nobody-is-outed": Change(
        HATE,
        line(
            "never-tell-who-someone-is",
            "hate-about: [religion, orientation, trans, something-else, not-sure]",
        ),
        after=ONCE,
    ),
    "nobody-who-was-outed-is-outed-again": unsaid(HATE, "never-tell-who-someone-is", after=TOLD_ON),
    "who-is-outed-reaches-those-who-know": Change(
        HATE,
        "      - need: lgbt-support\n        because: If it is about being gay, bi or {{trans}}.\n",
        after=TOLD_ON,
    ),
    "hate-against-muslims-reaches-those-who-know": Change(
        UK, "when: {hate-about: [muslim, not-sure]}", "when: {hate-about: not-sure}"
    ),
    "hate-against-jewish-people-reaches-those-who-know": Change(
        UK, "when: {hate-about: [jewish, not-sure]}", "when: {hate-about: not-sure}"
    ),
    "hate-against-lgbt-people-reaches-those-who-know": Change(HATE, LGBT, after=ATTACKED),
    "in-wales-hate-reaches-its-own-centre": Change(
        "routes/wales.yaml",
        "unless: {teller: young-person, age: under-13}",
        "unless: {teller: young-person}",
        after="  wales-hate-support-centre:\n",
    ),
    "nobody-who-needs-help-is-sent-to-a-line-that-cannot-answer": Change(
        HATE,
        "      - platform-report\n",
        "      - platform-report\n      - anonymous-report\n",
        after=ATTACKED,
    ),
    "flashing-pictures-are-not-kept-as-proof": Change(
        HATE,
        line("flashing-is-not-opened", "hate-about: flashing"),
        after=ONCE,
    ),
    "a-laugh-is-for-the-lead-and-not-for-the-police": unsaid(
        HATE, "tell-lead", "tell-lead-of-a-worry", after="  laughed-at:\n"
    ),
}
