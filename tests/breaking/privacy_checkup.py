"""What breaks the rules of privacy-checkup."""

from __future__ import annotations

from .change import CHILDREN, NOT_THE_YOUNGEST, Change, line, needed

PRIVACY = "privacy-checkup.yaml"
WATCHED = "  watched:\n"
STRANGER = "  stranger:\n    title"

BROKEN_BY: dict[str, Change] = {
    "where-a-change-could-bring-harm-nothing-is-changed": Change(
        PRIVACY, line("change-nothing-yet"), after=WATCHED
    ),
    "where-a-change-could-bring-harm-the-police-can-be-reached": Change(
        PRIVACY, "      - police\n", after=WATCHED
    ),
    "from-16-control-reaches-those-who-know-about-it": Change(
        PRIVACY,
        "age: [16-17, 18, 19-or-over], suspect",
        "age: [18, 19-or-over], suspect",
        after=WATCHED,
    ),
    "adults-who-know-of-control-reach-child-protection": Change(
        PRIVACY, needed("child-protection", NOT_THE_YOUNGEST), after=WATCHED
    ),
    "a-stranger-who-writes-gets-nothing-more": Change(
        PRIVACY,
        line("send-nothing-more"),
        line("send-nothing-more", "trick-what: stranger"),
        after=STRANGER,
    ),
    "a-stranger-who-may-not-be-real-gets-nothing-more": Change(
        PRIVACY,
        line("send-nothing-more"),
        line("send-nothing-more", "privacy-worry: stranger"),
        after=STRANGER,
    ),
    "a-stranger-who-writes-to-a-child-shows-ceop": Change(
        PRIVACY,
        needed("report-exploitation", f"age: {CHILDREN}"),
        needed("report-exploitation", f"age: {CHILDREN}, trick-what: stranger"),
        after=STRANGER,
    ),
    "a-stranger-who-may-not-be-real-shows-ceop-to-a-child": Change(
        PRIVACY,
        needed("report-exploitation", f"age: {CHILDREN}"),
        needed("report-exploitation", f"age: {CHILDREN}, privacy-worry: stranger"),
        after=STRANGER,
    ),
    "a-threat-or-a-stranger-is-for-the-lead-now": Change(
        PRIVACY,
        line("tell-lead"),
        line("tell-lead") + line("tell-lead-of-a-worry", "privacy-worry: stranger"),
        after=STRANGER,
    ),
}
