"""What breaks the rules of staff-disclosure."""

from __future__ import annotations

from .change import CHILDREN, Change, line, needed

STAFF = "staff-disclosure.yaml"
HARM = "  told-of-harm:\n"
DEVICE = "  device-with-pictures:\n"
COLLEAGUE = "  about-a-colleague:\n"
FRIEND = "  told-by-a-friend:\n"
OTHERS = "[adult, parent-or-carer, works-with-children, the-lead, online-only, not-sure]"

BROKEN_BY: dict[str, Change] = {
    "nobody-promises-a-secret": Change(STAFF, line("say-who-has-to-know"), after=HARM),
    "what-was-told-is-written-in-their-words": Change(STAFF, line("own-words"), after=HARM),
    "what-was-told-reaches-child-protection": Change(
        STAFF, needed("child-protection", f"age: {CHILDREN}"), after=HARM
    ),
    "adults-who-hurt-are-passed-on-by-whoever-is-told": Change(
        STAFF, line("tell-those-who-protect", f"suspect: {OTHERS}"), after=HARM
    ),
    "a-picture-that-was-seen-is-not-copied": Change(
        STAFF, line("never-copy-a-nude"), after="  seen-a-picture:\n"
    ),
    "a-picture-that-was-seen-is-not-deleted": Change(
        STAFF, line("do-not-look"), after="  seen-a-picture:\n"
    ),
    "a-picture-that-was-seen-and-an-adult-go-to-ceop-or-the-police": Change(
        STAFF, line("tell-the-police", f"suspect: {OTHERS}"), after=DEVICE
    ),
    "a-picture-that-was-seen-and-an-adult-show-the-police": Change(
        STAFF, needed("police", "age: [18, 19-or-over]"), after="  seen-a-picture:\n"
    ),
    "a-device-with-an-adults-pictures-shows-the-police": Change(
        STAFF, needed("police", f"suspect: {OTHERS}"), after=DEVICE
    ),
    "a-worry-about-a-colleague-goes-outside": Change(
        STAFF, needed("allegation-about-an-adult", f"age: {CHILDREN}"), after=COLLEAGUE
    ),
    "a-worry-about-a-colleague-shows-who-is-above": Change(
        STAFF,
        "      - need: above-the-lead\n        because",
        "      - need: learn-more\n        because",
        after=COLLEAGUE,
    ),
    "a-friend-who-fears-for-someone-reaches-999": Change(
        STAFF, "      - emergency\n", after="  friend-in-danger:\n"
    ),
    "what-a-friend-told-reaches-child-protection": Change(
        STAFF, needed("child-protection", f"age: {CHILDREN}"), after=FRIEND
    ),
    "what-a-friend-told-is-no-secret": Change(STAFF, line("no-secret"), after=FRIEND),
}
