"""Words that people use for one thing: to whoever looks for help a pic and a photograph are one.

Only words that may stand for each other in every sentence belong here. "Sent" and "send" do not:
what has been sent and what will be sent are different troubles.
"""

from __future__ import annotations

from collections.abc import Mapping

from .roots import roots

GROUPS = (
    "account acc",
    "autistic autism",
    "blackmail blackmailed extort extortion sextortion",
    "boy girl lad lass",
    "boyfriend girlfriend bf gf partner",
    "breast boob tit",
    "buy bought",
    "child children kid son daughter grandson granddaughter stepson stepdaughter nephew niece",
    "colleague coworker",
    "dad daddy father",
    "disabled disability",
    "drink alcohol drunk vodka booze",
    "drug weed coke cocaine ket",
    "friend mate bestie bff pal bezzie buddy",
    "gay lesbian bi queer lgbt homophobic",
    "give gave given",
    "hit hitting punch slap kick beat beaten",
    "husband wife",
    "instagram insta ig",
    "jewish jew",
    "knife shank machete",
    "man men guy bloke dude",
    "mean nasty horrible horrid cruel unkind",
    "meet met",
    "message msg dm text",
    "mock mocking mocked tease teased taunt",
    "money cash quid",
    "mum mom mam mummy mother",
    "muslim islam islamic",
    "nude naked noods",
    "password passcode",
    "pay paid",
    "penis dick willy cock",
    "phone mobile iphone",
    "picture pic pix photo photograph image selfie",
    "police cop fed",
    "porn porno pornhub",
    "pupil student",
    "racist racism",
    "scam scammed con conned tricked fraud",
    "scared scare afraid frightened terrified",
    "sex sexual sexually",
    "show showed shown",
    "snapchat snap",
    "steal stole stolen nick nicked robbed",
    "stepdad stepfather",
    "stranger random randomer",
    "suicide suicidal",
    "swastika nazi",
    "tablet ipad laptop computer",
    "take took taken",
    "teacher headteacher headmaster tutor",
    "tell told telling",
    "trans transgender transphobic",
    "video vid clip",
    "want wanna",
)
"""The first word of each stands for all of them."""


def _first_of_each() -> Mapping[str, str]:
    same: dict[str, str] = {}
    for group in GROUPS:
        first, *others = roots(group)
        same |= {other: first for other in others if other != first}
    return same


SYNONYMS: Mapping[str, str] = _first_of_each()
"""The root of each word for which another stands, with the root of that one."""


def words(text: str) -> list[str]:
    """The roots of the words of a text, in order, each as the word that stands for its like."""
    return [SYNONYMS.get(root, root) for root in roots(text)]
