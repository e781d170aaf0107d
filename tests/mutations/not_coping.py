"""What breaks the rules of not-coping."""

from __future__ import annotations

from .change import ALWAYS, Change, unsaid

COPING = "not-coping.yaml"
HURT = "  hurt-now:\n    title"
TOLD = "  told-to:\n    title"
SELF = "  self-harm:\n    title"
EATING = "  eating:\n    title"
WORDS = "  hard-to-say:\n    title"

BROKEN_BY: dict[str, Change] = {
    "a-plan-or-something-done-hears-that-fine-is-not-fine": Change(
        ALWAYS,
        "    advice:\n      - use: first-aid-swallowed\n",
        "    urgency: now\n",
        after="# --- not-coping ---\n",
    ),
    "being-hurt-or-having-taken-something-is-an-emergency": Change(
        COPING, "urgency: now", "urgency: today", after=HURT
    ),
    "whoever-cannot-say-what-it-is-sees-999-too": Change(
        COPING, "      - emergency\n", after=WORDS
    ),
    "hurting-oneself-reaches-live-help": Change(COPING, "      - crisis-support\n", after=EATING),
    "hurting-oneself-hears-how-to-look-after-a-wound": unsaid(
        COPING, "look-after-the-hurt", after=SELF
    ),
    "what-gets-worse-is-for-today": Change(
        ALWAYS, "urgency: today", "urgency: soon", after="  - when: {also: worse}\n"
    ),
    "blackmail-besides-thoughts-of-suicide-is-an-emergency": Change(
        ALWAYS, "urgency: now", "urgency: today", after="{suicide: thoughts, also: threatened}\n"
    ),
    "being-told-to-hurt-oneself-reaches-the-police-of-the-nation": Change(
        COPING, "      - police\n", after=TOLD
    ),
}
