"""What breaks the rules of my-child."""

from __future__ import annotations

from .change import ADVICE, CHILDREN, Change, line, needed, unsaid

MY_CHILD = "my-child.yaml"
GROWN_UP = "    when: {age: [18, 19-or-over], age-in-picture: 18-or-over}\n"
FOUND = "  found-on-phone:\n"
STOP = "  help-to-stop:\n"

BROKEN_BY: dict[str, Change] = {
    "what-a-parent-cannot-name-alarms-nobody": Change(
        MY_CHILD, "      - someone-to-talk-to\n", "      - police\n", after="  did-something:\n"
    ),
    "a-child-near-that-adult-is-an-emergency": Change(
        MY_CHILD, "      - emergency\n", after="  adult-near-now:\n"
    ),
    "an-adult-who-may-hurt-a-child-is-not-warned": unsaid(
        MY_CHILD, "do-not-warn", after="  adult-hurts-child:\n"
    ),
    "an-adult-who-may-hurt-a-child-reaches-child-protection": Change(
        MY_CHILD, needed("child-protection", f"age: {CHILDREN}"), after="  adult-hurts-child:\n"
    ),
    "a-childs-phone-is-not-given-back-as-it-is": Change(
        ADVICE, GROWN_UP, "    when: {child-found: own}\n", after="  give-it-back-as-it-is:\n"
    ),
    "a-phone-with-a-picture-from-before-18-is-not-given-back-as-it-is": Change(
        ADVICE,
        GROWN_UP,
        "    when: {age: [18, 19-or-over]}\n",
        after="  give-it-back-as-it-is:\n",
    ),
    "a-phone-with-a-picture-of-somebody-else-is-not-given-back-as-it-is": Change(
        MY_CHILD,
        line("give-it-back-as-it-is", "child-found: own"),
        line("give-it-back-as-it-is"),
        after=FOUND,
    ),
    "a-found-picture-and-an-adult-show-ceop": Change(
        MY_CHILD, "online-only, not-sure]", "online-only]", after="- need: report-exploitation\n"
    ),
    "a-found-picture-and-an-adult-reach-child-protection": Change(
        MY_CHILD,
        "suspect: [adult, works-with-children, the-lead, online-only, not-sure]",
        "suspect: [adult, works-with-children, the-lead, online-only]",
        after=FOUND,
    ),
    "a-found-picture-between-young-people-is-no-case-for-ceop": Change(
        MY_CHILD,
        "suspect: [adult, parent-or-carer",
        "suspect: [young-person, adult, parent-or-carer",
        after=FOUND,
    ),
    "take-down-tools-are-for-pictures-of-ones-own": Change(
        MY_CHILD,
        "        when: {child-found: own}\n",
        after="      - need: take-down\n",
    ),
    "parents-do-not-use-take-down-tools-for-a-child": Change(
        MY_CHILD,
        line("report-remove-once-the-phone-may-be-used", "child-found: [own, not-sure]"),
        after=FOUND,
    ),
    "what-a-child-did-is-not-hidden": Change(
        MY_CHILD,
        line("do-not-delete"),
        line("do-not-delete", "child-found: of-children"),
        after=STOP,
    ),
    "what-a-child-did-reaches-child-protection": Change(
        MY_CHILD, needed("child-protection", f"age: {CHILDREN}"), after=STOP
    ),
    "what-a-child-did-reaches-help-to-stop": Change(
        MY_CHILD,
        "      - need: own-behaviour\n        because",
        "      - need: learn-more\n        because",
        after=STOP,
    ),
    "a-scare-alarms-nobody": Change(
        MY_CHILD, "      - learn-more\n", "      - police\n", after="  a-scare-goes-round:\n"
    ),
    "whom-a-child-loves-is-theirs-to-tell": Change(
        MY_CHILD,
        "      - learn-more\n",
        "      - safeguarding-lead\n",
        after="  nothing-bad-happened:\n",
    ),
    "a-child-who-bullies-is-first-for-the-school": Change(
        MY_CHILD,
        "      - need: safeguarding-lead\n        because: They can help both young people.\n",
        after="  child-was-unkind:\n",
    ),
}
