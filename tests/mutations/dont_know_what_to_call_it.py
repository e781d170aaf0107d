"""What breaks the rules of dont-know-what-to-call-it."""

from __future__ import annotations

from .change import Change, needed, unsaid

UNNAMED = "dont-know-what-to-call-it.yaml"
WRONG = "  feels-wrong:\n"
OLDER = "age: [13-15, 16-17, not-sure]\n"

BROKEN_BY: dict[str, Change] = {
    "a-plain-question-alarms-nobody": Change(
        "i-did-something.yaml",
        "      - someone-to-talk-to\n",
        "      - someone-to-talk-to\n      - police\n",
        after="  law-of-porn:\n",
    ),
    "whoever-is-hurt-by-someone-sees-999-first": Change(
        UNNAMED,
        "      - emergency\n",
        needed("emergency", "unnamed-afraid: yes"),
        after=WRONG,
    ),
    "whoever-is-afraid-of-someone-sees-999-first": Change(
        UNNAMED,
        "      - emergency\n",
        needed("emergency", "unnamed-person: [hurts, not-sure]"),
        after=WRONG,
    ),
    "the-silence-of-the-young-is-heard-as-a-yes": Change(
        UNNAMED,
        "{when: {teller: young-person}, goto: suspect, otherwise: suicide-of-them}",
        "{when: {teller: young-person}, goto: suicide, otherwise: suicide-of-them}",
    ),
    "adults-pass-on-who-may-hurt-a-child": Change(
        UNNAMED, OLDER, OLDER + "          unnamed-afraid: yes\n", after=WRONG
    ),
    "adults-pass-on-of-whom-a-child-is-afraid": Change(
        UNNAMED, OLDER, OLDER + "          unnamed-person: [hurts, not-sure]\n", after=WRONG
    ),
    "whoever-is-afraid-is-for-the-lead-now": unsaid(
        UNNAMED, "tell-lead", "tell-lead-of-a-worry", after=WRONG
    ),
}
