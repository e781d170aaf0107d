"""What breaks the rules of privacy-checkup, partly in the rooms to which it leads."""

from __future__ import annotations

from .change import ALWAYS, CHILDREN, Change, line, needed

PRIVACY = "privacy-checkup.yaml"
CONTROL = "controlling-partner.yaml"
SCARED = "  hurt-or-scared:\n"
TALKING = "talking-to-someone.yaml"
CLOSE = "  getting-close:\n"
HIDDEN = "  not-to-be-found:\n"

# Whoever is watched is only shown the settings.
ONLY_SETTINGS = Change(PRIVACY, "watched: controlling-partner/suspect", "watched: to-settings")

BROKEN_BY: dict[str, Change] = {
    "where-a-change-could-bring-harm-nothing-is-changed": ONLY_SETTINGS,
    "whoever-is-not-sure-if-they-are-scared-changes-nothing-yet": Change(
        PRIVACY,
        "otherwise: controlling-partner/suspect",
        "otherwise: privacy-what",
    ),
    "where-a-change-could-bring-harm-the-police-can-be-reached": ONLY_SETTINGS,
    "from-16-control-reaches-those-who-know-about-it": Change(
        CONTROL,
        "      - domestic-abuse-support\n",
        needed("domestic-abuse-support", f"age: {CHILDREN}"),
        after=SCARED,
    ),
    "adults-who-know-of-control-reach-child-protection": ONLY_SETTINGS,
    "whoever-must-not-be-found-can-reach-the-police": Change(
        PRIVACY, "      - police\n", after=HIDDEN
    ),
    "children-who-must-not-be-found-reach-child-protection": Change(
        PRIVACY, needed("child-protection", f"age: {CHILDREN}"), after=HIDDEN
    ),
    "a-new-phone-alarms-nobody": Change(
        PRIVACY,
        "      - help-for-parents\n",
        "      - help-for-parents\n      - police\n",
        after="  first-device:\n",
    ),
    "a-question-about-a-check-alarms-nobody": Change(
        PRIVACY,
        "      - someone-to-talk-to\n",
        "      - someone-to-talk-to\n      - police\n",
        after="  age-check:\n",
    ),
    "a-question-about-reading-along-alarms-nobody": Change(
        PRIVACY,
        "      - help-for-parents\n",
        "      - help-for-parents\n      - police\n",
        after="  reading-along:\n",
    ),
    "whoever-eats-by-a-program-reaches-a-doctor": Change(
        ALWAYS, "    needs: [doctor-or-nurse]\n", after="  - when: {also: eating}\n"
    ),
    "own-old-posts-alarm-nobody": Change(
        PRIVACY,
        "      - someone-to-talk-to\n",
        "      - someone-to-talk-to\n      - police\n",
        after="  own-posts:\n",
    ),
    "a-threat-or-a-stranger-is-for-the-lead-now": Change(
        TALKING,
        line("tell-lead"),
        line("tell-lead") + line("tell-lead-of-a-worry", "privacy-worry: stranger"),
        after=CLOSE,
    ),
}
