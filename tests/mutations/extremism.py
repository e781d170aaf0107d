"""What breaks the rules of extremism."""

from __future__ import annotations

from .change import ALWAYS, CHILDREN, Change, line, needed, unsaid

EXTREME = "extremism.yaml"
ATTACK = "  attack-planned:\n"
GROUP = "  harm-group:\n"
YOUNG = "  drawn-young:\n"
FRIEND = "  friend-drawn-in:\n"
PULLED = "  pulled-in:\n"
CLIPS = "  repeats-clips:\n"
UNCLEAR = "  not-clear-yet:\n"

BROKEN_BY: dict[str, Change] = {
    "a-planned-attack-is-an-emergency": Change(
        EXTREME, "urgency: now", "urgency: today", after=ATTACK
    ),
    "a-planned-attack-is-not-for-advice-lines": Change(
        EXTREME,
        "      - someone-to-talk-to\n",
        "      - someone-to-talk-to\n      - extremism\n",
        after=ATTACK,
    ),
    "hurting-for-a-group-sees-999-first": Change(EXTREME, "      - emergency\n", after=GROUP),
    "being-drawn-in-is-for-today": Change(EXTREME, "urgency: today", "urgency: soon", after=FRIEND),
    "nobody-keeps-or-passes-on-what-they-saw": unsaid(EXTREME, "never-pass-it-on", after=PULLED),
    "being-drawn-in-reaches-those-who-know-about-it": Change(
        EXTREME,
        "      - extremism\n",
        needed("extremism", "nation: [england, wales]"),
        after=FRIEND,
    ),
    "in-england-and-wales-being-pulled-in-reaches-act-early": Change(
        EXTREME,
        "when: {nation: [england, wales]}",
        "when: {nation: wales}",
        after="        because: For advice, before anything has happened.\n",
    ),
    "nobody-is-reported-for-words-from-clips-or-for-a-faith": Change(
        EXTREME, "      - someone-to-talk-to\n", "      - police\n", after=UNCLEAR
    ),
    "words-from-clips-go-to-the-school-first": Change(
        EXTREME,
        line("tell-lead-of-a-worry"),
        line("act-early-for-advice") + line("tell-lead-of-a-worry"),
        after=CLIPS,
    ),
    "a-group-that-hurts-reaches-the-police-of-the-nation": Change(
        EXTREME, "      - police\n", after=GROUP
    ),
    "a-group-that-hurts-reaches-live-help": Change(
        EXTREME, "      - crisis-support\n", after=GROUP
    ),
    "nobody-is-sent-to-support-as-a-punishment": unsaid(
        EXTREME, "never-as-a-punishment", after=PULLED
    ),
    "adults-see-where-to-pass-on-that-a-child-is-drawn-in": Change(
        EXTREME,
        needed("child-protection", f"teller: [parent, staff], age: {CHILDREN}"),
        after=FRIEND,
    ),
    "adults-see-where-to-pass-on-that-a-group-hurts-a-child": Change(
        EXTREME,
        needed("child-protection", f"teller: [parent, staff], age: {CHILDREN}"),
        after=GROUP,
    ),
    "the-youngest-who-are-drawn-in-reach-child-protection": Change(
        EXTREME,
        '      - need: child-protection\n        because: "This part is for your grown-up."\n',
        after=YOUNG,
    ),
    "names-on-a-list-are-for-the-police-today": Change(
        ALWAYS, "    needs: [police]\n", after="  - when: {also: named-people}\n"
    ),
    "files-are-left-as-they-are": Change(
        ALWAYS, "    needs: [police]\n", after="  - when: {also: files}\n"
    ),
    "parents-reach-the-school-and-the-advice-line": Change(
        EXTREME,
        "      - need: safeguarding-lead\n"
        "        because: They may see and hear what nobody sees at home.\n"
        "        when: {teller: parent}\n",
        after=PULLED,
    ),
}
