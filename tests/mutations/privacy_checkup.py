"""What breaks the rules of privacy-checkup, mostly in the rooms to which it leads."""

from __future__ import annotations

from .change import CHILDREN, Change, line, needed

CONTROL = "controlling-partner.yaml"
SCARED = "  hurt-or-scared:\n"
TALKING = "talking-to-someone.yaml"
CLOSE = "  getting-close:\n"

BROKEN_BY: dict[str, Change] = {
    "where-a-change-could-bring-harm-nothing-is-changed": Change(
        CONTROL,
        line("change-nothing-suddenly"),
        line("change-nothing-suddenly", "control-what: [hurt, checking, at-home, not-sure]"),
        after=SCARED,
    ),
    "where-a-change-could-bring-harm-the-police-can-be-reached": Change(
        CONTROL, "      - police\n", after=SCARED
    ),
    "from-16-control-reaches-those-who-know-about-it": Change(
        CONTROL,
        "      - domestic-abuse-support\n",
        needed("domestic-abuse-support", f"age: {CHILDREN}"),
        after=SCARED,
    ),
    "adults-who-know-of-control-reach-child-protection": Change(
        CONTROL, needed("child-protection", "teller: [parent, staff], age: 16-17"), after=SCARED
    ),
    "a-threat-or-a-stranger-is-for-the-lead-now": Change(
        TALKING,
        line("tell-lead"),
        line("tell-lead") + line("tell-lead-of-a-worry", "privacy-worry: stranger"),
        after=CLOSE,
    ),
}
