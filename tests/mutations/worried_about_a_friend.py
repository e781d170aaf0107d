"""What breaks the rules of worried-about-a-friend."""

from __future__ import annotations

from .change import ADVICE, ALWAYS, CHILDREN, Change, needed, unsaid

FRIEND = "worried-about-a-friend.yaml"
HOME = "  friend-hurt-at-home:\n    title"
BLACKMAILED = "  friend-threatened:\n    title"
SEEN = "  friend-picture:\n    title"
GONE = "  friend-gone:\n    title"
UNSURE = "  friend-not-sure:\n    title"

BROKEN_BY: dict[str, Change] = {
    "someone-who-is-ill-or-took-something-hears-when-to-ring-999": Change(
        FRIEND, "      - emergency\n", after="  friend-ill-or-took-something:\n"
    ),
    "a-friend-who-is-gone-is-an-emergency": Change(
        FRIEND, "urgency: now", "urgency: today", after=GONE
    ),
    "whoever-is-not-sure-about-a-friend-sees-999-too": Change(
        FRIEND,
        "      - need: emergency\n        because: If someone is in danger.\n",
        after=UNSURE,
    ),
    "whoever-tells-of-a-friend-is-asked-about-themselves": unsaid(
        FRIEND, "say-if-they-talk-to-you-too", after=UNSURE
    ),
    "a-friend-who-may-hurt-others-reaches-the-police": Change(
        FRIEND, "      - police\n", after="  friend-may-hurt-someone:\n"
    ),
    "a-fight-is-not-taken-for-terror": Change(
        FRIEND, "      - police\n", "      - police\n      - extremism\n", after="  friend-fight:\n"
    ),
    "a-friends-thoughts-of-suicide-reach-live-help": Change(
        ALWAYS, "    needs: [crisis-support]\n", after="friend-danger: thoughts"
    ),
    "a-friends-thoughts-of-suicide-are-passed-on-now": Change(
        ALWAYS, "      - use: friend-with-thoughts-is-not-alone\n"
    ),
    "the-young-tell-an-adult-of-a-friends-thoughts-of-suicide": Change(
        ADVICE,
        "18, 19-or-over",
        "16-17, 18, 19-or-over",
        after="  friend-with-thoughts-is-not-alone:\n",
    ),
    "a-friends-thoughts-of-suicide-hear-when-to-ring-999": Change(
        ALWAYS, "      - use: friend-who-may-act-rings-999\n"
    ),
    "a-friend-who-may-think-of-suicide-is-asked": Change(ALWAYS, "      - use: friend-is-asked\n"),
    "no-secret-is-kept-about-a-friend": unsaid(FRIEND, "friend-not-a-secret", after=SEEN),
    "nobody-is-sent-back-to-find-out-about-a-friend": unsaid(
        FRIEND, "friend-no-go-between", after=SEEN
    ),
    "whoever-worries-about-a-friend-is-looked-after-too": unsaid(
        FRIEND, "look-after-yourself-too", after=SEEN
    ),
    "a-friend-who-does-not-know-hears-it-with-help": Change(
        ALWAYS, "use: friend-hears-it-with-help", "use: look-after-yourself-too"
    ),
    "the-youngest-who-have-such-a-friend-reach-child-protection": Change(
        FRIEND, needed("child-protection", "age: under-13"), after=SEEN
    ),
    "a-friend-who-is-threatened-reaches-the-police-of-the-nation": Change(
        FRIEND, "      - police\n", after=BLACKMAILED
    ),
    "a-friend-hurt-at-home-reaches-child-protection": Change(
        FRIEND,
        needed("child-protection", f"age: {CHILDREN}"),
        needed("child-protection", f"teller: [parent, staff], age: {CHILDREN}"),
        after=HOME,
    ),
}
