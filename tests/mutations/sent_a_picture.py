"""What breaks the rules of sent-a-picture."""

from __future__ import annotations

from .change import ALWAYS, CHILDREN, ENDINGS, PICTURE, UNKNOWN, Change, needed, unsaid

SENT = "  sent-and-regretted:\n"
SENT_ONE = "sent-a-picture.yaml"
NOT_WANTED = "  sent-what-was-not-wanted:\n"
GROWN_UP = "        because: This part is for your grown-up.\n"

BROKEN_BY: dict[str, Change] = {
    "who-sent-it-to-get-help-is-not-treated-as-the-one-who-did-it": unsaid(
        SENT_ONE, "tell-an-adult", "own-up-with-an-adult", after="  meant-to-help:\n"
    ),
    "nobody-copies-a-picture-of-someone-else": unsaid(
        SENT_ONE, "never-copy-a-nude", after="  from-an-adult:\n"
    ),
    "nobody-copies-a-picture-that-was-passed-on": unsaid(
        SENT_ONE, "never-copy-a-nude", after="  passed-on:\n"
    ),
    "a-picture-from-an-adult-shows-ceop": Change(
        SENT_ONE, needed("report-exploitation", f"age: {CHILDREN}"), after="  from-an-adult:\n"
    ),
    "a-stranger-nearby-is-for-the-police": Change(
        SENT_ONE, "      - police\n", after="  from-a-stranger-nearby:\n"
    ),
    "a-stranger-on-a-train-is-for-the-transport-police": Change(
        SENT_ONE,
        needed("transport-police", "nation: [england, wales, scotland, not-sure]"),
        after="  from-a-stranger-nearby:\n",
    ),
    "adults-who-know-of-a-picture-from-an-adult-reach-child-protection": Change(
        SENT_ONE,
        needed("child-protection", "teller: [parent, staff], age: [13-15, 16-17, not-sure]"),
        after="  from-an-adult:\n",
    ),
    "pictures-swapped-with-an-adult-go-to-ceop-or-the-police": Change(
        SENT_ONE,
        "otherwise: talking-to-someone/also-seen",
        "otherwise: also-swapped",
        after="  suspect-swapped:\n",
    ),
    "whoever-would-rather-not-say-is-sent-to-nobody": unsaid(
        ENDINGS, "send-nothing-more", "report-to-ceop-or-police", after="  a-picture-worries-you:\n"
    ),
    "a-computer-is-not-reported-to-the-police": Change(
        ENDINGS,
        "      - someone-to-talk-to\n",
        "      - police\n      - someone-to-talk-to\n",
        after="  ai-friend:\n    title",
    ),
    "workers-tell-the-lead-of-any-picture-today": Change(ALWAYS, "swapped, spread", "spread"),
    "a-picture-of-theirs-that-an-adult-has-shows-ceop": Change(
        PICTURE, "      - need: report-exploitation\n", "      - need: police\n", after=SENT
    ),
    "a-picture-of-theirs-that-an-adult-has-reaches-child-protection": Change(
        PICTURE,
        f"\n          suspect: [adult, works-with-children, the-lead{UNKNOWN}",
        "\n          suspect: [works-with-children, the-lead]",
        after=SENT,
    ),
    "young-children-who-were-sent-a-picture-reach-child-protection": Change(
        SENT_ONE, needed("child-protection", "age: under-13"), after="  from-a-young-person:\n"
    ),
    "young-children-who-passed-a-picture-on-reach-child-protection": Change(
        SENT_ONE, needed("child-protection", "age: under-13"), after="  passed-on:\n"
    ),
    "children-who-say-that-they-passed-a-picture-on-reach-child-protection": Change(
        SENT_ONE,
        "      - need: child-protection\n" + GROWN_UP,
        after="  passed-on-young:\n",
    ),
    "a-picture-that-was-not-wanted-is-told-today": Change(
        ENDINGS, "urgency: today", "urgency: soon", after=NOT_WANTED
    ),
    "what-was-sent-unwanted-is-not-wiped": unsaid(
        ENDINGS, "the-chat-stays-as-it-is", after=NOT_WANTED
    ),
}
