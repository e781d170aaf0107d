"""What breaks the rules that hold for every tree."""

from __future__ import annotations

from .change import (
    ADVICE,
    ALWAYS,
    CHILDREN,
    ENDINGS,
    FIRST_AID,
    LAW,
    PICTURE,
    THREAT,
    UK,
    UNKNOWN,
    Change,
    line,
    needed,
    unsaid,
)

PASSED = "  passed-round:\n"
FAKED = "  faked:\n"
LAUGHED_AT = "  embarrassing:\n"
SENT = "  sent-and-regretted:\n"
MONEY = "  sextortion:\n"
FAVOUR = "  blackmail:\n"
SEXUAL = "picture: [nude, faked, not-sure]"
CARE_OF_THE_BODY = "  - when: {also: hurt-self}\n    after: true\n"

BROKEN_BY: dict[str, Change] = {
    "whoever-would-rather-not-say-is-not-sent-home": Change(
        ALWAYS, ", not-sure]}", "]}", after="too-much, not-sure]\n    unless:"
    ),
    # Danger
    "danger-reaches-someone-who-answers": Change(
        ALWAYS, "[crisis-support]", "[emergency]", after="{danger: [suicide, not-sure]}"
    ),
    "danger-that-nobody-chose-reaches-someone-who-answers": Change(
        ALWAYS, "[someone-to-talk-to]", "[emergency]", after="{danger: [hurt, person, missing]}\n"
    ),
    # It is still said, and no longer at the top.
    "a-hold-on-the-neck-comes-first": Change(
        FIRST_AID, "    first: true\n", after="  held-by-the-neck:\n"
    ),
    "a-step-back-comes-first-with-a-plan": unsaid(
        ALWAYS, "step-back-first", after="  - when: {suicide: plan}\n"
    ),
    "danger-reaches-999-without-a-voice": Change(
        ALWAYS,
        "  - when: {danger: [hurt, suicide, person, missing, not-sure]}\n    advice:\n"
        + line("deaf-in-danger"),
    ),
    # Suicide
    "plan-is-an-emergency": Change(
        ALWAYS, "    urgency: now\n", after="  - when: {suicide: plan}\n"
    ),
    "thoughts-of-suicide-reach-live-help": Change(
        ALWAYS, "    needs: [crisis-support]\n", after="  - when: {suicide: not-sure}\n"
    ),
    "thoughts-of-suicide-hear-when-to-ring-999": unsaid(
        ALWAYS, "ring-999-before-acting-on-thoughts"
    ),
    "nobody-with-thoughts-of-suicide-is-left-alone": unsaid(ALWAYS, "not-alone-with-thoughts"),
    "what-could-hurt-is-moved-away-from-a-plan": Change(
        ALWAYS,
        line("move-dangers-away", "teller: young-person"),
        after="  - when: {suicide: plan}\n",
    ),
    "suicide-is-asked-about-in-plain-words": unsaid(
        ALWAYS, "how-to-ask-about-suicide", "do-not-go-alone", after="{suicide: nobody-asked}\n"
    ),
    "blackmail-and-thoughts-of-suicide-are-an-emergency": Change(
        ALWAYS, "    urgency: now\n", after="  - when: {suicide: thoughts, threat: "
    ),
    "the-rest-waits-only-for-a-plan": unsaid(
        THREAT, "do-not-pay", "the-rest-can-wait", after=MONEY
    ),
    "thoughts-of-suicide-are-for-the-lead-now": Change(
        THREAT, line("tell-lead"), line("tell-lead") + line("tell-lead-of-a-worry"), after=MONEY
    ),
    # What is true as well
    "weapons-and-named-days-reach-the-police-now": Change(
        ALWAYS, "    urgency: now\n", after="  - when: {also: named-day}\n"
    ),
    "young-people-stop-before-they-go-themselves": unsaid(
        ALWAYS,
        "stop-and-let-the-police-go",
        "do-not-go-alone",
        after="{also: going-myself, teller: young-person}\n",
    ),
    "money-reaches-the-bank-from-13": Change(
        ALWAYS,
        "unless: {teller: young-person, age: under-13}",
        "unless: {teller: young-person}",
        after="  - when: {also: money}\n",
    ),
    "hurt-self-is-heard": unsaid(ALWAYS, "look-after-the-hurt", after=CARE_OF_THE_BODY),
    "hurt-self-is-told-of": unsaid(ALWAYS, "the-hurt-is-told-of", after=CARE_OF_THE_BODY),
    "care-after-a-touch-is-named": Change(
        ALWAYS, "      - health-in-confidence\n", after="  - when: {also: hurt-by-touch}\n"
    ),
    "nobody-at-an-unsafe-home-is-named": Change(
        ADVICE, "    unless: {also: home-unsafe}\n", after="  tell-an-adult-away-from-there:\n"
    ),
    "with-an-unsafe-home-there-is-999": Change(
        ALWAYS,
        "    needs: [emergency]\n",
        after="age: [13-15, 16-17, 18, 19-or-over, not-sure]}\n",
    ),
    "own-promises-and-mistakes-are-told-today": unsaid(
        ALWAYS,
        "own-promise-or-mistake-is-told",
        after="  - when: {also: promised, teller: [parent, staff]}\n",
    ),
    # Under 13
    "nobody-under-13-reports-it-themselves": Change(
        THREAT,
        line("young-go-to-a-grown-up"),
        line("young-go-to-a-grown-up") + line("report-then-block"),
        after="  young-blackmailed:\n",
    ),
    "everybody-under-13-goes-to-a-grown-up": unsaid(
        THREAT, "young-go-to-a-grown-up", after="  young-blackmailed:\n"
    ),
    "nobody-under-13-sees-what-is-for-teenagers": Change(
        UK, "when: {age: [13-15,", "when: {age: [under-13, 13-15,", after="  kooth:\n"
    ),
    # Somebody to talk to
    "until-the-19th-birthday-there-is-childline": Change(
        UK,
        "unless: {age: 19-or-over}",
        "unless: {age: [18, 19-or-over]}",
        after="  childline:\n",
    ),
    "adults-have-someone-to-talk-to": Change(
        PICTURE, "    needs:\n      - someone-to-talk-to\n", "    needs:\n", after=PASSED
    ),
    # Ages and readers
    "after-the-19th-birthday-nothing-for-the-young": Change(
        UK, "    unless: {age: 19-or-over}\n", after="  papyrus:\n"
    ),
    "from-18-nothing-for-children": Change(
        UK,
        f"when: {{age: {CHILDREN}}}",
        "when: {age: [under-13, 13-15, 16-17, 18, not-sure]}",
        after="  report-remove:\n",
    ),
    "under-13-nothing-for-teenagers": Change(
        UK, "when: {age: [13-15,", "when: {age: [under-13, 13-15,", after="  kooth:\n"
    ),
    "under-16-nothing-from-16": Change(
        "routes/scotland.yaml",
        "when: {age: [16-17,",
        "when: {age: [13-15, 16-17,",
        after="  breathing-space-scotland:\n",
    ),
    "young-people-see-nothing-for-adults-who-look-after-them": Change(
        UK, ", teller: [parent, staff]}\n    who", "}\n    who", after="  nspcc-helpline:\n"
    ),
    "parents-see-nothing-for-workers": Change(
        UK, "when: {teller: staff}", "when: {teller: [parent, staff]}", after="  posh:\n"
    ),
    # Nations
    "in-england-nothing-of-another-nation": Change(
        "routes/wales.yaml", "when: {nation: wales}", "when: {nation: [wales, england]}"
    ),
    "in-wales-nothing-of-another-nation": Change(
        "routes/england.yaml", "when: {nation: england}", "when: {nation: [england, wales]}"
    ),
    "in-scotland-nothing-of-another-nation": Change(
        "routes/scotland.yaml", "    instead: police-101\n"
    ),
    "in-northern-ireland-nothing-of-another-nation": Change(
        UK,
        "nation: [england, wales, scotland, not-sure]\n    who",
        "nation: [england, wales, scotland, northern-ireland, not-sure]\n    who",
        after="  childrens-services:\n",
    ),
    "where-nobody-knows-the-nation-only-what-is-everywhere": Change(
        "routes/england.yaml", "when: {nation: england}", "when: {nation: [england, not-sure]}"
    ),
    # Pictures
    "no-adult-tools-for-children": Change(
        UK,
        "when: {age: [18, 19-or-over], age-in-picture: [18-or-over, both, not-sure]}",
        "when: {picture: [nude, faked, not-sure]}",
        after="  stopncii:\n",
    ),
    "no-adult-tools-for-pictures-of-children": Change(
        UK, ", age-in-picture: [18-or-over, both, not-sure]}", "}", after="  stopncii:\n"
    ),
    "not-sure-of-the-age-in-it-shows-the-tool-for-adults": Change(
        UK, "[18-or-over, both, not-sure]", "[18-or-over, both]", after="  stopncii:\n"
    ),
    "not-sure-of-the-age-in-it-shows-the-helpline-for-adults": Change(
        UK,
        "unless: {age-in-picture: under-18}",
        "unless: {age-in-picture: [under-18, not-sure]}",
        after="  revenge-porn-helpline:\n",
    ),
    "not-sure-of-the-age-in-it-shows-the-tool-for-children": Change(
        UK,
        "unless: {age-in-picture: 18-or-over}",
        "unless: {age-in-picture: [18-or-over, not-sure]}",
        after="  take-it-down:\n",
    ),
    "take-down-tools-are-for-sexual-pictures": Change(
        PICTURE,
        f"shares the picture.\n        when: {{{SEXUAL}}}\n",
        "shares the picture.\n",
        after=SENT,
    ),
    "nudes-are-never-copied": unsaid(PICTURE, "never-copy-a-nude", after=FAKED),
    "young-people-hear-of-report-remove": unsaid(PICTURE, "use-report-remove", after=FAKED),
    "young-people-use-take-down-tools-themselves": unsaid(
        PICTURE, "young-person-does-it-themselves", after=FAKED
    ),
    "grown-up-children-use-take-down-tools-themselves": Change(
        LAW,
        "age-in-picture: [under-18, both, not-sure]",
        "age-in-picture: [under-18, both]",
        after="  use-take-it-down:\n",
    ),
    # Blackmail
    "never-pay": Change(THREAT, line("do-not-pay", "threat: [money, money-paid]"), after=FAVOUR),
    "nothing-more-is-sent": unsaid(THREAT, "send-nothing-more", after=FAVOUR),
    "nothing-is-deleted-in-blackmail": unsaid(THREAT, "do-not-delete", after=MONEY),
    "blackmail-reaches-the-police-of-the-nation": Change(
        THREAT, needed("police", "threat: [money-paid, favour]"), after=FAVOUR
    ),
    # The other person
    "young-people-delete-nothing-that-an-adult-did": unsaid(PICTURE, "do-not-delete", after=PASSED),
    "nobody-lets-a-child-delete-what-an-adult-did": unsaid(
        PICTURE, "do-not-look", "do-not-warn", after=FAKED
    ),
    "nobody-contacts-the-suspect": unsaid(PICTURE, "do-not-warn", after=PASSED),
    "an-adult-or-an-unknown-age-is-urgent": Change(ALWAYS, f"the-lead{UNKNOWN}", "the-lead]"),
    "an-adult-and-a-childs-picture-go-to-ceop-or-the-police": Change(
        PICTURE, ", not-sure]}", "]}", after="- use: report-to-ceop-or-police\n"
    ),
    "an-adult-and-a-childs-picture-show-ceop": Change(
        PICTURE, ", not-sure]}", "]}", after="- need: report-exploitation\n"
    ),
    "wanting-a-childs-pictures-goes-to-ceop-or-the-police": unsaid(
        THREAT, "report-to-ceop-or-police", after=MONEY
    ),
    # Those who keep children safe
    "young-children-reach-child-protection": Change(
        PICTURE,
        needed("child-protection", f"teller: [parent, staff], age: {CHILDREN}"),
        after=FAKED,
    ),
    "young-children-asked-for-pictures-reach-child-protection": Change(
        THREAT, needed("child-protection", f"teller: [parent, staff], age: {CHILDREN}"), after=MONEY
    ),
    "harm-at-home-reaches-child-protection": Change(
        THREAT,
        needed("child-protection", f"age: {CHILDREN}, suspect: parent-or-carer"),
        after=FAVOUR,
    ),
    "adults-who-know-of-an-adult-and-a-childs-picture-reach-child-protection": Change(
        PICTURE,
        f"works-with-children, the-lead{UNKNOWN}\n",
        "works-with-children, the-lead]\n",
        after=PASSED,
    ),
    "in-england-an-allegation-reaches-the-lado": Change(
        "routes/england.yaml",
        "teller: [parent, staff]}\n    first",
        "teller: staff}\n    first",
        after="  lado:\n",
    ),
    "in-wales-an-allegation-reaches-the-designated-officer": Change(
        "routes/wales.yaml",
        "teller: [parent, staff]}\n    first",
        "teller: staff}\n    first",
        after="  designated-officer:\n",
    ),
    "in-scotland-an-allegation-reaches-social-work-or-the-police": Change(
        ALWAYS, "suspect: [works-with-children, the-lead]", "suspect: the-lead"
    ),
    "in-northern-ireland-an-allegation-reaches-the-gateway-team": Change(
        "routes/northern-ireland.yaml",
        "[child-protection, allegation-about-an-adult]",
        "[child-protection]",
        after="  gateway-ni:\n",
    ),
    "in-northern-ireland-an-allegation-reaches-the-police": Change(
        "routes/northern-ireland.yaml", ", allegation-about-an-adult]", "]", after="  psni:\n"
    ),
    "where-nobody-knows-the-nation-an-allegation-reaches-the-council-or-the-police": Change(
        ALWAYS, "suspect: [works-with-children, the-lead]", "suspect: the-lead"
    ),
    # Who is told, and who is not
    "who-told-and-saw-nothing-happen-is-sent-to-another": Change(
        ADVICE, ", {also: told-nothing}]", "]", after="  school-has-to-act:\n"
    ),
    "workers-go-above-a-lead-who-may-have-done-nothing": Change(
        ADVICE, ", {also: told-nothing}]", "]", after="  tell-lead:\n"
    ),
    "what-the-app-refused-goes-outside-the-app": Change(
        ALWAYS, "    needs: [second-look]\n", after=line("when-the-app-said-no")
    ),
    "workers-tell-someone": unsaid(THREAT, "tell-lead", after=MONEY),
    "lead-not-shown-where-lead-is-the-worry": Change(
        ADVICE, "{suspect: the-lead}, ", after="  tell-lead:\n"
    ),
    "someone-above-is-shown-where-the-lead-is-the-worry": Change(
        ALWAYS, "    needs: [above-the-lead]\n"
    ),
    "staff-see-a-way-past-their-own-organisation": Change(
        PICTURE, needed("help-for-staff", "teller: staff"), after=LAUGHED_AT
    ),
    "staff-see-a-way-past-their-own-organisation-for-adults-too": Change(
        UK, "serves: [help-for-staff, second-look]", "serves: [regulator]", after="  posh:\n"
    ),
    "home-is-not-told-where-home-is-the-danger": Change(
        ADVICE,
        "unless: {suspect: [parent-or-carer, ",
        "unless: {suspect: [",
        after="  tell-an-adult:\n",
    ),
    "young-people-tell-an-adult-who-is-no-part-of-it": unsaid(
        PICTURE, "tell-another-adult", after=PASSED
    ),
    "nobody-is-sent-home-to-danger": unsaid(
        THREAT, "before-going-home", after="  violence-later:\n"
    ),
    # A picture that was not wanted
    "whoever-got-what-they-did-not-want-is-left-in-peace": unsaid(
        ENDINGS, "nobody-writes-to-who-got-it"
    ),
    "whoever-did-it-and-says-so-leaves-them-in-peace": unsaid(
        ENDINGS, "young-leave-them-be", after="  sent-unwanted-young:\n"
    ),
}
