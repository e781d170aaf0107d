"""What breaks the rules of controlling-partner."""

from __future__ import annotations

from .change import ALWAYS, CHILDREN, Change, line, needed, unsaid

CONTROL = "controlling-partner.yaml"
YOUNG_FORCED = "  forced-young:\n"
FORCED = "  forced:\n"
SCARED = "  hurt-or-scared:\n"
WATCHED = "  watched:\n"
OTHER_HURT = "  other-hurt:\n    title:\n"
PARTNER = "control-what: [hurt, checking, not-sure]"
HELPLINE = "      - domestic-abuse-support\n"

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
    "a-young-child-who-is-touched-is-an-emergency": Change(
        CONTROL, "urgency: now", "urgency: today", after=YOUNG_FORCED
    ),
    "being-scared-is-for-today": Change(
        CONTROL, "{control-what: checking, control-scared: no}", "{control-what: checking}"
    ),
    "nothing-is-changed-suddenly": unsaid(CONTROL, "change-nothing-suddenly", after=WATCHED),
    "nothing-is-changed-suddenly-at-home-either": Change(
        CONTROL,
        line("change-nothing-suddenly"),
        line("change-nothing-suddenly", PARTNER),
        after=SCARED,
    ),
    "help-is-sought-on-another-phone": unsaid(CONTROL, "use-another-phone", after=WATCHED),
    "help-is-sought-on-another-phone-at-home-too": Change(
        CONTROL, line("use-another-phone"), line("use-another-phone", PARTNER), after=SCARED
    ),
    "control-is-named": unsaid(CONTROL, "tracking-is-control", after=WATCHED),
    "control-reaches-the-helpline-of-the-nation": Change(
        CONTROL,
        HELPLINE,
        needed("domestic-abuse-support", "nation: [england, not-sure]"),
        after=SCARED,
    ),
    "control-at-home-reaches-the-helpline-of-the-nation": Change(
        CONTROL, HELPLINE, needed("domestic-abuse-support", PARTNER), after=SCARED
    ),
    "from-16-control-reaches-the-helpline-of-england": Change(CONTROL, HELPLINE, after=WATCHED),
    "from-16-control-at-home-reaches-the-helpline-of-england": Change(
        CONTROL, HELPLINE, needed("domestic-abuse-support", PARTNER), after=SCARED
    ),
    "every-child-who-is-hurt-or-scared-reaches-child-protection": Change(
        CONTROL,
        needed("child-protection", f"age: {CHILDREN}"),
        needed("child-protection", f"teller: [parent, staff], age: {CHILDREN}"),
        after=SCARED,
    ),
    "every-child-who-is-scared-of-control-reaches-child-protection": Change(
        CONTROL,
        needed("child-protection", f"age: {CHILDREN}"),
        needed("child-protection", f"age: {CHILDREN}, control-what: [hurt, not-sure]"),
        after=SCARED,
    ),
    "every-child-who-is-forced-reaches-child-protection": Change(
        CONTROL,
        needed("child-protection", f"age: {CHILDREN}"),
        needed("child-protection", "age: [under-13, 13-15, not-sure]"),
        after=FORCED,
    ),
    "adults-pass-on-that-a-child-is-hurt-or-forced": unsaid(
        CONTROL, "tell-childrens-services-today", after=FORCED
    ),
    "forced-sex-reaches-support-for-it": Change(
        CONTROL, "      - sexual-harm-support\n", after=FORCED
    ),
    "young-people-who-were-forced-reach-support-for-it": Change(
        CONTROL,
        "      - sexual-harm-support\n",
        needed("sexual-harm-support", "teller: [parent, staff]"),
        after=FORCED,
    ),
    "fear-of-what-nobody-can-name-is-for-today": Change(
        CONTROL, "{yes: suspect, otherwise: young-not-right}", "young-not-right"
    ),
    "nobody-who-has-named-no-harm-is-sent-to-the-police": Change(
        CONTROL,
        "      - someone-to-talk-to\n",
        "      - police\n      - someone-to-talk-to\n",
        after="  not-right:\n",
    ),
    "every-child-who-is-scared-reaches-child-protection": Change(
        CONTROL,
        needed("child-protection", f"age: {CHILDREN}"),
        needed("child-protection", f"age: {CHILDREN}, control-what: [hurt, checking, at-home]"),
        after=SCARED,
    ),
    "nobody-is-taken-away-unheard": unsaid(
        ALWAYS, "before-the-wedding-or-the-journey", "no-last-meeting"
    ),
    "a-parent-who-is-hit-is-a-child-in-danger": Change(
        CONTROL, "      - need: emergency\n        because: If it is now.\n", after=OTHER_HURT
    ),
    "a-child-who-hears-it-reaches-child-protection": Change(
        CONTROL, needed("child-protection", f"age: {CHILDREN}"), after=OTHER_HURT
    ),
}
