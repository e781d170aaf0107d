"""What breaks the rules of i-did-something."""

from __future__ import annotations

from .change import Change, line, needed

DID = "i-did-something.yaml"

BROKEN_BY: dict[str, Change] = {
    "a-worker-says-first-what-stays-no-secret": Change(
        DID, line("say-limits-first"), after="  hurt-someone:\n"
    ),
    "nobody-takes-a-confession": Change(DID, line("no-interview"), after="  hard-to-say:\n"),
    "nothing-is-deleted-to-hide-it": Change(
        DID, line("do-not-hide-it"), after="  hacked:\n    title"
    ),
    "nothing-sexual-is-deleted-to-hide-it": Change(
        DID, line("do-not-hide-it", "did-sexual: looked"), after="  sexual-worry:\n"
    ),
    "whoever-was-hurt-is-left-alone": Change(DID, line("leave-them-be"), after="  hurt-someone:\n"),
    "whoever-was-hurt-sexually-is-left-alone": Change(
        DID, line("leave-them-be"), after="  sexual-harm:\n"
    ),
    "whoever-was-hurt-is-looked-after": Change(
        DID, line("other-one-safe"), after="  made-a-fake:\n"
    ),
    "whoever-was-hurt-sexually-is-looked-after": Change(
        DID, line("other-one-safe"), after="  sexual-harm:\n"
    ),
    "teenagers-with-a-sexual-worry-hear-of-shore": Change(
        DID, line("write-to-shore"), after="  sexual-worry:\n"
    ),
    "adults-with-a-sexual-worry-hear-of-stop-it-now": Change(
        DID, line("ask-stop-it-now"), after="  sexual-worry:\n"
    ),
    "sexual-acts-of-a-child-reach-child-protection": Change(
        DID,
        "        when: {teller: [parent, staff], age: [13-15, 16-17, not-sure]}\n",
        "        when: {teller: staff, age: [13-15, 16-17, not-sure]}\n",
        after="decide with the police what comes next.\n",
    ),
    "young-children-with-a-sexual-worry-reach-child-protection": Change(
        DID, needed("child-protection", "age: under-13"), after="  sexual-worry:\n"
    ),
    "nobody-is-reported-for-who-they-like": Change(
        DID,
        "      - need: lgbt-support\n",
        needed("child-protection", "age: under-13") + "      - need: lgbt-support\n",
        after="  who-you-like:\n",
    ),
    "who-somebody-likes-is-theirs-to-tell": Change(
        DID, line("never-tell-who-someone-is"), after="  who-you-like:\n"
    ),
    "a-threat-that-could-come-true-is-an-emergency": Change(
        DID, "      - emergency\n", after="  someone-could-be-hurt:\n"
    ),
}
