"""What breaks the rules of saw-something."""

from __future__ import annotations

from .change import ENDINGS, Change, line, needed, unsaid

SAW = "saw-something.yaml"
HARD_TO_SAY = "  hard-to-say:\n"
PORN = "  porn:\n"
OTHERS = "[adult, parent-or-carer, works-with-children, the-lead, online-only, not-sure]"

BROKEN_BY: dict[str, Change] = {
    "what-happens-live-is-an-emergency": Change(
        ENDINGS, "urgency: now", "urgency: today", after="  seen-live-now:\n"
    ),
    "whoever-cannot-say-what-they-saw-is-not-alarmed": Change(
        SAW, "      - someone-to-talk-to\n", "      - police\n", after=HARD_TO_SAY
    ),
    "whoever-cannot-say-what-they-saw-reaches-the-iwf": Change(
        SAW, "      - need: report-abuse-page\n", "      - need: learn-more\n", after=HARD_TO_SAY
    ),
    "whoever-shows-children-sexual-things-goes-to-ceop-or-the-police": Change(
        SAW, line("report-to-ceop-or-police", f"suspect: {OTHERS}"), after=PORN
    ),
    "adults-pass-on-who-shows-children-sexual-things": Change(
        SAW, "teller: [parent, staff]\n          age", "teller: staff\n          age", after=PORN
    ),
    "the-youngest-who-are-shown-sexual-things-reach-child-protection": Change(
        SAW, needed("child-protection", "age: under-13, saw-how: [someone, not-sure]"), after=PORN
    ),
    "terrorist-posts-reach-those-who-look-into-them": Change(SAW, "      - extremism\n"),
    "self-harm-posts-and-chatbots-reach-live-help": Change(
        SAW,
        "      - crisis-support\n",
        "      - someone-to-talk-to\n",
        after="  self-harm-posts:\n",
    ),
    "what-a-child-sees-live-is-an-emergency": unsaid(
        ENDINGS, "tell-a-grown-up-near-you-now", after="  seen-live-now:\n"
    ),
    "a-child-who-saw-somebody-hurt-sees-999-too": Change(
        SAW,
        "      - need: emergency\n",
        "      - need: crisis-support\n",
        after="  happened-young:\n",
    ),
    "what-came-up-and-has-no-name-alarms-no-child": Change(
        SAW, "      - someone-to-talk-to\n", "      - police\n", after="  popped-up-young:\n"
    ),
    "a-scary-film-is-no-police-matter": Change(
        SAW, "      - someone-to-talk-to\n", "      - police\n", after="  scary-young:\n"
    ),
    "a-warning-that-goes-round-alarms-nobody": Change(
        SAW, "      - someone-to-talk-to\n", "      - police\n", after="  going-round:\n"
    ),
    "what-came-up-by-itself-alarms-no-child": Change(
        SAW, "      - someone-to-talk-to\n", "      - police\n", after="  popped-up-young:\n"
    ),
    "a-chain-message-alarms-no-child": Change(
        SAW, "      - someone-to-talk-to\n", "      - police\n", after="  chain-young:\n"
    ),
    "a-dare-that-can-kill-is-for-today": Change(
        SAW, "urgency: today", "urgency: soon", after="  dangerous-dare:\n"
    ),
    "a-dare-on-a-railway-reaches-its-police": Change(
        SAW, "      - need: transport-police\n", "      - need: learn-more\n"
    ),
    "a-child-who-is-dared-goes-to-a-grown-up": unsaid(
        SAW, "young-go-to-a-grown-up", after="  dare-young:\n"
    ),
    "a-silly-dare-alarms-nobody": Change(
        SAW, "      - someone-to-talk-to\n", "      - police\n", after="  silly-dare:\n"
    ),
}
