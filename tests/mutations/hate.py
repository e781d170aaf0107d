"""What breaks the rules of hate."""

from __future__ import annotations

from .change import UK, Change, line, needed

HATE = "hate.yaml"
ONCE = "  attacked-once:\n"
TOLD_ON = "  told-on:\n"

BROKEN_BY: dict[str, Change] = {
    "hate-is-for-the-police": Change(HATE, line("the-police-can-be-told"), after=ONCE),
    "hate-reaches-the-police-of-the-nation": Change(HATE, "      - hate-report\n", after=TOLD_ON),
    "hate-that-happened-once-reaches-the-police-of-the-nation": Change(
        HATE,
        "      - need: hate-report\n"
        "        because: You can tell them even if you don't know who did it.\n",
        after=ONCE,
    ),
    "nobody-is-outed": Change(HATE, line("never-tell-who-someone-is"), after=TOLD_ON),
    "hate-against-muslims-reaches-those-who-know": Change(
        UK, "when: {hate-about: [muslim, not-sure]}", "when: {hate-about: not-sure}"
    ),
    "hate-against-jewish-people-reaches-those-who-know": Change(
        UK, "when: {hate-about: [jewish, not-sure]}", "when: {hate-about: not-sure}"
    ),
    "hate-against-lgbt-people-reaches-those-who-know": Change(
        HATE, needed("lgbt-support", "hate-about: [orientation, trans, not-sure]"), after=TOLD_ON
    ),
}
