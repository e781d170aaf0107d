"""What breaks the rules of controlling-partner."""

from __future__ import annotations

from .change import Change, line, needed

CONTROL = "controlling-partner.yaml"
FORCED = "  forced:\n"
SCARED = "  hurt-or-scared:\n"
WATCHED = "  watched:\n"
PARTNER = "control-what: [hurt, checking, not-sure]"

BROKEN_BY: dict[str, Change] = {
    "control-that-is-happening-now-is-an-emergency": Change(
        CONTROL, "urgency: now", "urgency: today", after="  control-now:\n"
    ),
    "whoever-is-not-sure-what-it-is-sees-999": Change(
        CONTROL, needed("emergency", "control-what: not-sure"), after=SCARED
    ),
    "being-hurt-or-forced-is-for-today": Change(
        CONTROL, "urgency: today", "urgency: soon", after=FORCED
    ),
    "being-scared-is-for-today": Change(
        CONTROL,
        "{no: suspect-watched, otherwise: suspect}",
        "{yes: suspect, otherwise: suspect-watched}",
    ),
    "nothing-is-changed-suddenly": Change(CONTROL, line("change-nothing-suddenly"), after=WATCHED),
    "nothing-is-changed-suddenly-at-home-either": Change(
        CONTROL,
        line("change-nothing-suddenly"),
        line("change-nothing-suddenly", PARTNER),
        after=SCARED,
    ),
    "help-is-sought-on-another-phone": Change(CONTROL, line("use-another-phone"), after=WATCHED),
    "help-is-sought-on-another-phone-at-home-too": Change(
        CONTROL, line("use-another-phone"), line("use-another-phone", PARTNER), after=SCARED
    ),
    "control-reaches-the-helpline-of-the-nation": Change(
        CONTROL,
        "      - domestic-abuse-support\n",
        needed("domestic-abuse-support", "nation: [england, not-sure]"),
        after=SCARED,
    ),
    "from-16-control-reaches-the-helpline-of-england": Change(
        CONTROL,
        "      - domestic-abuse-support\n",
        needed("domestic-abuse-support", "nation: [wales, scotland, northern-ireland, not-sure]"),
        after=SCARED,
    ),
    "being-watched-reaches-the-helpline-of-the-nation": Change(
        CONTROL, "      - domestic-abuse-support\n", after=WATCHED
    ),
    "under-16-control-reaches-child-protection": Change(
        CONTROL,
        "when: {age: [under-13, 13-15, not-sure]}",
        "when: {teller: [parent, staff], age: [under-13, 13-15, not-sure]}",
        after=FORCED,
    ),
    "adults-pass-on-that-a-child-is-hurt-or-forced": Change(
        CONTROL, line("tell-childrens-services-today"), after=FORCED
    ),
    "adults-see-where-to-pass-on-that-a-child-is-controlled": Change(
        CONTROL, needed("child-protection", "teller: [parent, staff], age: 16-17"), after=FORCED
    ),
    "forced-sex-reaches-support-for-it": Change(
        CONTROL, "      - sexual-harm-support\n", after=FORCED
    ),
}
