"""What breaks the rules of staff-disclosure."""

from __future__ import annotations

from .change import ADVICE, ALWAYS, CHILDREN, ENDINGS, Change, needed, unsaid

STAFF = "staff-disclosure.yaml"
HARM = "  told-of-harm:\n"
BETWEEN = "  between-children:\n"
SEEN = "  seen-a-picture:\n"
SWAPPED = "  swapped-willingly:\n"
DEVICE = "  device-with-pictures:\n"
TOGETHER = "  colleague-today:\n"
COLLEAGUE = "  about-a-colleague:\n"
FRIEND = "  told-by-a-friend:\n"
OTHERS = "[adult, parent-or-carer, works-with-children, the-lead, online-only, not-sure]"

BROKEN_BY: dict[str, Change] = {
    "an-accused-worker-does-not-look-for-the-child": unsaid(
        ENDINGS, "no-contact-when-it-is-about-you", after="  said-of-you:\n"
    ),
    "a-worry-about-a-colleague-plans-the-childs-night": unsaid(
        STAFF, "child-safe-from-that-adult-tonight", after=COLLEAGUE
    ),
    "family-that-may-take-them-is-an-emergency": Change(
        ENDINGS, "      - emergency\n", after="  family-harm-now:\n"
    ),
    "family-that-may-take-them-hears-nothing": unsaid(
        ENDINGS, "family-hears-nothing", after="  family-harm:\n"
    ),
    "children-filmed-in-secret-are-got-out-first": Change(
        STAFF, "      - emergency\n", after="  filmed-in-secret:\n"
    ),
    "what-nobody-can-name-alarms-nobody": Change(
        STAFF, "      - support-for-staff\n", "      - police\n", after="  not-clear-yet:\n"
    ),
    "lost-information-is-told-today": Change(
        STAFF, "urgency: today", "urgency: soon", after="  private-information-out:\n"
    ),
    "a-child-who-was-hurt-by-a-child-is-for-now": Change(
        STAFF, "      - emergency\n", after=BETWEEN
    ),
    "nobody-promises-a-secret": unsaid(STAFF, "say-who-has-to-know", after=HARM),
    "what-was-told-is-written-in-their-words": unsaid(STAFF, "own-words", after=HARM),
    "what-was-told-reaches-child-protection": Change(
        STAFF, needed("child-protection", f"age: {CHILDREN}"), after=HARM
    ),
    "what-was-told-of-somebody-near-reaches-child-protection": Change(
        STAFF,
        needed("child-protection", f"age: {CHILDREN}"),
        needed("child-protection", f"age: {CHILDREN}, suspect: [young-person, parent-or-carer]"),
        after=HARM,
    ),
    "what-nobody-told-is-not-heard-as-told": Change(
        STAFF,
        "{when: {told-what: not-sure}, goto: also-concern, otherwise: told-me}",
        "{when: {told-what: friend}, goto: also-concern, otherwise: told-me}",
        after="  told-of-it: ",
    ),
    "a-small-worry-about-a-colleague-is-no-allegation": Change(
        STAFF,
        "      - help-for-staff\n",
        "      - help-for-staff\n      - allegation-about-an-adult\n",
        after="  small-worry:\n",
    ),
    "what-is-said-of-a-worker-goes-outside": Change(
        ENDINGS, needed("allegation-about-an-adult", f"age: {CHILDREN}"), after="  said-of-you:\n"
    ),
    "two-who-wanted-to-are-no-emergency": unsaid(
        STAFF, "lead-cannot-be-reached", "report-to-ceop-or-police", after=SWAPPED
    ),
    "pictures-that-were-swapped-are-not-copied": unsaid(STAFF, "never-copy-a-nude", after=SWAPPED),
    "pictures-that-were-swapped-are-left-alone": unsaid(STAFF, "do-not-look", after=SWAPPED),
    "whoever-swapped-pictures-is-told-who-has-to-know": unsaid(
        STAFF, "say-who-has-to-know", after=SWAPPED
    ),
    "pictures-on-a-device-are-not-copied": unsaid(STAFF, "never-copy-a-nude", after=DEVICE),
    "a-picture-that-was-seen-and-an-adult-show-the-police": Change(
        STAFF, needed("police", "age: [18, 19-or-over]"), after=SEEN
    ),
    "a-device-with-an-adults-pictures-shows-the-police": Change(
        STAFF, needed("police", f"suspect: {OTHERS}"), after=DEVICE
    ),
    "a-worry-about-a-colleague-goes-outside": Change(
        STAFF, needed("allegation-about-an-adult", f"age: {CHILDREN}"), after=COLLEAGUE
    ),
    "a-colleague-who-is-with-children-today-cannot-wait": Change(
        STAFF, "      - emergency\n", after=TOGETHER
    ),
    "a-worry-about-a-colleague-shows-who-is-above": Change(
        STAFF,
        "      - need: above-the-lead\n        because",
        "      - need: learn-more\n        because",
        after=COLLEAGUE,
    ),
    "a-friend-of-the-lead-is-not-told-first": Change(
        ADVICE,
        "    when: {teller: staff, suspect: the-lead}\n",
        "    when: {teller: staff, suspect: works-with-children}\n",
        after="  above-only-if-not-close:\n",
    ),
    "a-friend-who-fears-for-someone-reaches-999": Change(
        STAFF, "      - emergency\n", after="  friend-in-danger:\n"
    ),
    "what-a-friend-told-reaches-child-protection": Change(
        STAFF, needed("child-protection", f"age: {CHILDREN}"), after=FRIEND
    ),
    "who-mocks-children-is-told-of-today-and-not-to-999": Change(
        STAFF, "      - support-for-staff\n", "      - police\n", after="  degrading-talk:\n"
    ),
    "a-question-before-anything-went-wrong-is-no-report": Change(
        STAFF, "      - learn-more\n", "      - police\n", after="  done-properly:\n"
    ),
    "what-a-thief-wrote-to-children-is-for-today": Change(
        ALWAYS,
        "    urgency: today\n    needs: [police]\n",
        "    needs: [police]\n",
        after="told-what: our-account",
    ),
}
