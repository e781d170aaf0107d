"""What breaks the rules of saw-something."""

from __future__ import annotations

from .change import Change, line

SAW = "saw-something.yaml"
HARD_TO_SAY = "  hard-to-say:\n"
PORN = "  porn:\n"
OTHERS = "[adult, parent-or-carer, works-with-children, the-lead, online-only, not-sure]"

BROKEN_BY: dict[str, Change] = {
    "what-happens-live-is-an-emergency": Change(
        "shared/outcomes.yaml", "urgency: now", "urgency: today", after="  seen-live-now:\n"
    ),
    "whoever-cannot-say-what-they-saw-sees-999-first": Change(
        SAW, "      - emergency\n", after=HARD_TO_SAY
    ),
    "what-may-show-a-child-is-never-copied": Change(
        SAW, line("never-copy-a-nude"), after=HARD_TO_SAY
    ),
    "sexual-pictures-of-children-reach-the-iwf": Change(SAW, line("give-the-address-only")),
    "whoever-cannot-say-what-they-saw-reaches-the-iwf": Change(
        SAW, "      - report-abuse-page\n", after=HARD_TO_SAY
    ),
    "whoever-shows-children-sexual-things-goes-to-ceop-or-the-police": Change(
        SAW, line("report-to-ceop-or-police", f"suspect: {OTHERS}"), after=PORN
    ),
    "adults-pass-on-who-shows-children-sexual-things": Change(
        SAW, "teller: [parent, staff]\n          age", "teller: staff\n          age", after=PORN
    ),
    "the-youngest-who-are-shown-sexual-things-reach-child-protection": Change(
        SAW,
        "when: {age: under-13, saw-how",
        "when: {teller: [parent, staff], age: under-13, saw-how",
        after=PORN,
    ),
    "terrorist-posts-reach-those-who-look-into-them": Change(SAW, "      - extremism\n"),
    "nobody-passes-on-what-a-group-of-hate-made": Change(SAW, line("never-pass-it-on")),
    "self-harm-posts-and-chatbots-reach-live-help": Change(
        SAW,
        "      - crisis-support\n",
        "      - someone-to-talk-to\n",
        after="  self-harm-posts:\n",
    ),
}
