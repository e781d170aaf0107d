"""What breaks the rules of dont-know-what-to-call-it."""

from __future__ import annotations

from .change import Change, line, needed

UNNAMED = "dont-know-what-to-call-it.yaml"
WRONG = "  feels-wrong:\n"
OLDER = "age: [13-15, 16-17, not-sure]\n"

BROKEN_BY: dict[str, Change] = {
    "whoever-is-hurt-by-someone-sees-999-first": Change(
        UNNAMED,
        "      - emergency\n",
        needed("emergency", "unnamed-afraid: [yes, not-sure]"),
        after=WRONG,
    ),
    "whoever-is-afraid-of-someone-sees-999-first": Change(
        UNNAMED,
        "      - emergency\n",
        needed("emergency", "unnamed-person: [hurts, not-sure]"),
        after=WRONG,
    ),
    "adults-pass-on-who-may-hurt-a-child": Change(
        UNNAMED, OLDER, OLDER + "          unnamed-afraid: [yes, not-sure]\n", after=WRONG
    ),
    "adults-pass-on-of-whom-a-child-is-afraid": Change(
        UNNAMED, OLDER, OLDER + "          unnamed-person: [hurts, not-sure]\n", after=WRONG
    ),
    "whoever-is-afraid-is-for-the-lead-now": Change(
        UNNAMED, line("tell-lead"), line("tell-lead-of-a-worry"), after=WRONG
    ),
}
