"""What breaks the rules of talking-to-someone."""

from __future__ import annotations

from .change import CHILDREN, Change, line, needed

TALKING = "talking-to-someone.yaml"
CLOSE = "  getting-close:\n"
SEEN = "  seen-on-camera:\n"
OTHERS = "[adult, parent-or-carer, works-with-children, the-lead, online-only, not-sure]"

BROKEN_BY: dict[str, Change] = {
    "a-meeting-today-is-an-emergency": Change(
        TALKING, "      - emergency\n", after="  meeting-now:\n"
    ),
    "whoever-is-not-sure-what-this-is-sees-999-first": Change(
        TALKING, needed("emergency", "close-what: not-sure"), after=CLOSE
    ),
    "nobody-goes-to-meet-someone-from-online": Change(
        TALKING, "online-only, not-sure]", "online-only]", after="- use: do-not-meet\n"
    ),
    "whoever-wants-a-picture-gets-none": Change(
        TALKING, line("do-not-send-one", "close-what: [wants-picture, not-sure]"), after=CLOSE
    ),
    "getting-close-to-a-child-goes-to-ceop-or-the-police": Change(
        TALKING, line("report-to-ceop-or-police"), after=CLOSE
    ),
    "being-seen-on-camera-goes-to-ceop-or-the-police": Change(
        TALKING, line("report-to-ceop-or-police", f"suspect: {OTHERS}"), after=SEEN
    ),
    "getting-close-to-a-child-shows-ceop": Change(
        TALKING, needed("report-exploitation", f"age: {CHILDREN}"), after=CLOSE
    ),
    "adults-who-know-of-someone-close-to-a-child-reach-child-protection": Change(
        TALKING,
        "teller: [parent, staff]\n          age",
        "teller: staff\n          age",
        after=CLOSE,
    ),
    "the-youngest-are-passed-on-whoever-asks": Change(
        TALKING, needed("child-protection", "age: under-13"), after="  asked:\n"
    ),
}
