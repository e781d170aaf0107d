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
    # What was typed
    "an-attack-that-was-typed-is-rung-in": Change(
        ALWAYS, line("planned-attack-is-rung-in"), line("the-rest-will-wait")
    ),
    "a-weapon-that-was-typed-stays-where-it-is": Change(
        ALWAYS, line("weapon-stays-where-it-is"), line("the-rest-will-wait")
    ),
    "whoever-is-kept-somewhere-reads-how-to-get-help": Change(
        ALWAYS, line("kept-somewhere-rings-999"), line("the-rest-will-wait")
    ),
    "whoever-is-hurt-tells-before-the-next-time": Change(
        ALWAYS, line("told-before-being-hurt-again"), line("the-rest-will-wait")
    ),
    "tablets-that-were-typed-are-handed-over": Change(
        ALWAYS, line("tablets-are-handed-over"), line("the-rest-will-wait")
    ),
    "whoever-is-followed-is-not-alone": Change(
        ALWAYS, line("followed-and-not-alone"), line("the-rest-will-wait")
    ),
    "a-meeting-that-was-typed-is-not-gone-to": Change(
        ALWAYS, line("meeting-is-not-gone-to"), line("the-rest-will-wait")
    ),
    "a-fight-that-was-typed-is-kept-away-from": Change(
        ALWAYS, line("fight-is-kept-away-from"), line("the-rest-will-wait")
    ),
    "whatever-was-typed-that-might-hurt-is-told": Change(
        ALWAYS, line("what-was-written-is-told"), line("the-rest-will-wait")
    ),
    # Danger
    "danger-reaches-999": Change(
        ALWAYS, line("ring-999-now", "danger: [hurt, suicide, person, missing]")
    ),
    "danger-reaches-someone-who-answers": Change(
        ALWAYS, "[crisis-support]", "[emergency]", after="{danger: [suicide, not-sure]}"
    ),
    "danger-that-nobody-chose-reaches-someone-who-answers": Change(
        ALWAYS, "[someone-to-talk-to]", "[emergency]", after="{danger: [hurt, person, missing]}\n"
    ),
    "the-hurt-are-kept-breathing": Change(ALWAYS, line("first-aid-on-the-side")),
    "whoever-does-not-breathe-is-told-of-at-once": Change(ALWAYS, line("first-aid-not-breathing")),
    "what-was-taken-is-heard-of-while-someone-is-hurt": Change(
        ALWAYS, line("first-aid-swallowed"), line("the-rest-will-wait")
    ),
    "bleeding-that-does-not-stop-comes-first": Change(ALWAYS, line("first-aid-bleeding")),
    "the-hurt-hear-of-a-hold-on-the-neck": Change(
        ALWAYS, line("held-by-the-neck"), after="  - when: {danger: hurt}\n"
    ),
    # It is still said, and no longer at the top.
    "a-hold-on-the-neck-comes-first": Change(
        FIRST_AID, "    first: true\n", after="  held-by-the-neck:\n"
    ),
    "a-step-back-comes-first": Change(
        ALWAYS, line("step-back-first"), line("move-dangers-away"), after="{danger: suicide}\n"
    ),
    "a-step-back-comes-first-with-a-plan": Change(
        ALWAYS, line("step-back-first"), after="  - when: {suicide: plan}\n"
    ),
    "danger-reaches-someone-by-text": Change(
        ALWAYS, line("no-phone-to-ring"), line("the-rest-will-wait")
    ),
    "danger-reaches-999-without-a-phone": Change(
        ALWAYS, line("no-phone-to-ring"), line("the-rest-will-wait")
    ),
    "danger-reaches-999-without-a-voice": Change(
        ALWAYS,
        "  - when: {danger: [hurt, suicide, person, missing, not-sure]}\n    advice:\n"
        + line("deaf-in-danger"),
    ),
    "not-sure-of-safety-rings-all-the-same": Change(
        ALWAYS, line("ring-if-not-sure", "danger: not-sure")
    ),
    "danger-to-life-has-what-could-hurt-moved-away": Change(
        ALWAYS,
        line("move-dangers-away", "teller: young-person"),
        line("do-not-go-alone"),
        after="{danger: suicide}\n",
    ),
    # Suicide
    "plan-is-an-emergency": Change(
        ALWAYS, "    urgency: now\n", after="  - when: {suicide: plan}\n"
    ),
    "thoughts-of-suicide-reach-live-help": Change(
        ALWAYS, "    needs: [crisis-support]\n", after="  - when: {suicide: not-sure}\n"
    ),
    "thoughts-of-suicide-hear-when-to-ring-999": Change(
        ALWAYS, line("ring-999-before-acting-on-thoughts")
    ),
    "nobody-with-thoughts-of-suicide-is-left-alone": Change(
        ALWAYS, line("not-alone-with-thoughts")
    ),
    "what-could-hurt-is-moved-away-from-a-plan": Change(
        ALWAYS,
        line("move-dangers-away", "teller: young-person"),
        after="  - when: {suicide: plan}\n",
    ),
    "suicide-is-asked-about-in-plain-words": Change(
        ALWAYS,
        line("how-to-ask-about-suicide"),
        line("do-not-go-alone"),
        after="{suicide: nobody-asked}\n",
    ),
    "blackmail-and-thoughts-of-suicide-are-an-emergency": Change(
        ALWAYS, "    urgency: now\n", after="  - when: {suicide: thoughts, threat: "
    ),
    "the-rest-waits-only-for-a-plan": Change(
        THREAT, line("do-not-pay"), line("the-rest-can-wait"), after=MONEY
    ),
    "thoughts-of-suicide-are-for-the-lead-now": Change(
        THREAT, line("tell-lead"), line("tell-lead") + line("tell-lead-of-a-worry"), after=MONEY
    ),
    # What is true as well
    "weapons-and-named-days-reach-the-police-now": Change(
        ALWAYS, "    urgency: now\n", after="  - when: {also: named-day}\n"
    ),
    "nobody-carries-a-weapon-for-safety": Change(ALWAYS, line("carry-nothing")),
    "goodbye-is-told-now": Change(ALWAYS, line("goodbye-is-an-emergency")),
    "camera-on-now-is-an-emergency": Change(
        ALWAYS, line("close-the-camera"), line("carry-nothing")
    ),
    "nobody-leaves-with-the-one-who-hurts-them": Change(
        ALWAYS, line("before-they-leave-with-them")
    ),
    "a-child-is-away-from-that-adult-tonight": Change(
        ALWAYS, line("child-safe-from-that-adult-tonight"), line("carry-nothing")
    ),
    "adults-stop-before-they-go-themselves": Change(ALWAYS, line("stop-and-let-the-police-go")),
    "young-people-stop-before-they-go-themselves": Change(
        ALWAYS,
        line("stop-and-let-the-police-go"),
        line("do-not-go-alone"),
        after="{also: going-myself, teller: young-person}\n",
    ),
    "money-reaches-the-bank": Change(ALWAYS, line("ring-the-bank-of-who-paid")),
    "money-reaches-the-bank-from-13": Change(
        ALWAYS,
        "unless: {teller: young-person, age: under-13}",
        "unless: {teller: young-person}",
        after="  - when: {also: money}\n",
    ),
    "another-child-is-named-as-well": Change(ALWAYS, line("two-children"), line("do-not-go-alone")),
    "files-are-never-opened-or-deleted": Change(
        ALWAYS, line("files-are-left-alone"), line("do-not-go-alone")
    ),
    "hurt-self-is-heard": Change(ALWAYS, line("look-after-the-hurt"), after=CARE_OF_THE_BODY),
    "hurt-self-is-told-of": Change(ALWAYS, line("the-hurt-is-told-of"), after=CARE_OF_THE_BODY),
    "whoever-is-followed-reaches-the-police": Change(ALWAYS, line("being-followed-is-serious")),
    "nobody-is-changed-by-force": Change(ALWAYS, line("before-they-try-to-change-you")),
    "a-home-is-not-used-by-others": Change(ALWAYS, line("nobody-stays-in-your-home")),
    "a-friend-whom-they-threaten-is-told-of": Change(ALWAYS, line("a-friend-needs-help-too")),
    "nothing-is-deleted-at-the-wish-of-who-did-it": Change(
        ALWAYS, line("to-be-asked-to-delete-is-a-sign"), line("do-not-go-alone")
    ),
    "a-body-that-gives-way-is-seen-today": Change(
        ALWAYS, line("eating-danger-signs"), after="{also: eating}\n"
    ),
    "care-after-a-touch-is-named": Change(
        ALWAYS, "      - health-in-confidence\n", after="  - when: {also: hurt-by-touch}\n"
    ),
    "nobody-is-interviewed-without-advice": Change(ALWAYS, line("a-solicitor-before-an-interview")),
    "nobody-is-alone-with-them-at-work": Change(ALWAYS, line("not-alone-on-a-shift")),
    "nobody-at-an-unsafe-home-is-named": Change(
        ADVICE, "    unless: {also: home-unsafe}\n", after="  tell-an-adult-away-from-there:\n"
    ),
    "a-child-without-a-bed-is-safe-tonight": Change(ALWAYS, line("a-safe-bed-tonight")),
    "nobody-without-a-bed-is-fetched-by-a-stranger": Change(
        ALWAYS, line("into-nobodys-car"), after="{also: no-bed, age: [under-13, "
    ),
    "an-unsafe-home-is-not-rung": Change(ALWAYS, line("nobody-rings-an-unsafe-home")),
    "with-an-unsafe-home-somebody-outside-is-told": Change(
        ALWAYS, line("tell-outside-an-unsafe-home")
    ),
    "with-an-unsafe-home-there-is-999": Change(
        ALWAYS,
        "    needs: [emergency]\n",
        after="age: [13-15, 16-17, 18, 19-or-over, not-sure]}\n",
    ),
    "whoever-cannot-ring-reads-of-other-ways": Change(
        ALWAYS, line("ways-to-999-without-a-voice"), line("a-call-without-words")
    ),
    "broken-no-contact-is-told-today": Change(ALWAYS, line("no-contact-was-broken")),
    "whoever-tells-of-a-friend-may-be-next": Change(
        ALWAYS, line("your-own-risk-first"), line("do-not-meet")
    ),
    "own-promises-and-mistakes-are-told-today": Change(
        ALWAYS,
        line("own-promise-or-mistake-is-told"),
        after="  - when: {also: promised, teller: [parent, staff]}\n",
    ),
    "who-orders-what-is-eaten-is-reported": Change(ALWAYS, line("an-order-to-eat-less-is-abuse")),
    "an-app-is-not-left-to-say-what-is-eaten": Change(ALWAYS, line("no-number-from-an-app")),
    "an-order-reaches-the-police": Change(ALWAYS, line("police-hear-of-the-order")),
    "own-chats-are-told-of-and-kept": Change(ALWAYS, line("own-chats-are-told")),
    "stolen-money-is-left-alone": Change(
        ALWAYS, line("leave-the-money"), after="  - when: {also: money-through-me}\n"
    ),
    "a-watched-device-is-left-for-another": Change(
        ALWAYS, line("use-a-device-nobody-checks"), line("no-more-answers")
    ),
    # Under 13
    "nobody-under-13-reports-it-themselves": Change(
        THREAT,
        line("young-go-to-a-grown-up"),
        line("young-go-to-a-grown-up") + line("report-then-block"),
        after="  young-blackmailed:\n",
    ),
    "everybody-under-13-goes-to-a-grown-up": Change(
        THREAT, line("young-go-to-a-grown-up"), after="  young-blackmailed:\n"
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
    "pictures-from-before-and-after-18-are-kept-apart": Change(
        ALWAYS, line("tool-for-each-picture"), line("do-not-meet")
    ),
    "take-down-tools-are-for-sexual-pictures": Change(
        PICTURE,
        f"shares the picture.\n        when: {{{SEXUAL}}}\n",
        "shares the picture.\n",
        after=SENT,
    ),
    "nudes-are-never-copied": Change(PICTURE, line("never-copy-a-nude"), after=FAKED),
    "young-people-hear-of-report-remove": Change(PICTURE, line("use-report-remove"), after=FAKED),
    "young-people-use-take-down-tools-themselves": Change(
        PICTURE, line("young-person-does-it-themselves"), after=FAKED
    ),
    "grown-up-children-use-take-down-tools-themselves": Change(
        LAW,
        "age-in-picture: [under-18, both, not-sure]",
        "age-in-picture: [under-18, both]",
        after="  use-take-it-down:\n",
    ),
    # Blackmail
    "never-pay": Change(THREAT, line("do-not-pay", "threat: [money, money-paid]"), after=FAVOUR),
    "nothing-more-is-sent": Change(THREAT, line("send-nothing-more"), after=FAVOUR),
    "nothing-is-deleted-in-blackmail": Change(THREAT, line("do-not-delete"), after=MONEY),
    "blackmail-reaches-the-police-of-the-nation": Change(
        THREAT, needed("police", "threat: [money-paid, favour]"), after=FAVOUR
    ),
    # The other person
    "young-people-delete-nothing-that-an-adult-did": Change(
        PICTURE, line("do-not-delete"), after=PASSED
    ),
    "nobody-lets-a-child-delete-what-an-adult-did": Change(
        PICTURE, line("do-not-look"), line("do-not-warn"), after=FAKED
    ),
    "nobody-contacts-the-suspect": Change(PICTURE, line("do-not-warn"), after=PASSED),
    "an-adult-or-an-unknown-age-is-urgent": Change(ALWAYS, f"the-lead{UNKNOWN}", "the-lead]"),
    "an-adult-and-a-childs-picture-go-to-ceop-or-the-police": Change(
        PICTURE, ", not-sure]}", "]}", after="- use: report-to-ceop-or-police\n"
    ),
    "an-adult-and-a-childs-picture-show-ceop": Change(
        PICTURE, ", not-sure]}", "]}", after="- need: report-exploitation\n"
    ),
    "wanting-a-childs-pictures-goes-to-ceop-or-the-police": Change(
        THREAT, line("report-to-ceop-or-police"), after=MONEY
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
        ALWAYS, line("tell-another-if-nothing-happened"), line("when-the-app-said-no")
    ),
    "what-the-app-refused-goes-outside-the-app": Change(
        ALWAYS, "    needs: [second-look]\n", after=line("when-the-app-said-no")
    ),
    "workers-tell-someone": Change(THREAT, line("tell-lead"), after=MONEY),
    "lead-not-shown-where-lead-is-the-worry": Change(
        ADVICE, "    unless: {suspect: the-lead}\n", after="  tell-lead:\n"
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
    "young-people-tell-an-adult-who-is-no-part-of-it": Change(
        PICTURE, line("tell-another-adult"), after=PASSED
    ),
    "nobody-is-sent-home-to-danger": Change(
        THREAT, line("before-going-home"), after="  violence-later:\n"
    ),
    # A picture that was not wanted
    "whoever-got-what-they-did-not-want-is-left-in-peace": Change(
        ENDINGS, line("nobody-writes-to-who-got-it")
    ),
    "whoever-did-it-and-says-so-leaves-them-in-peace": Change(
        ENDINGS, line("young-leave-them-be"), after="  sent-unwanted-young:\n"
    ),
}
