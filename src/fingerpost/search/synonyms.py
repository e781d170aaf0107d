"""Words that people use for one thing: to whoever looks for help a pic and a photograph are one.

Only words that speak of the same thing wherever they stand belong here. "Sent" and "send" do not:
what has been sent and what will be sent are different troubles.
"""

from __future__ import annotations

from collections.abc import Mapping

from .stemming import roots

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
    "die dying died",
    "disabled disability",
    "drink alcohol drunk vodka booze",
    "drug weed coke cocaine ket",
    "feel felt",
    "friend mate bestie bff pal bezzie buddy",
    "gay lesbian bi queer lgbt homophobic",
    "give gave given",
    "hit hitting punch slap kick beat beaten",
    "husband wife",
    "instagram insta ig",
    "jewish jew",
    "knife shank machete",
    "lose lost",
    "man men guy bloke dude",
    "mean nasty horrible horrid cruel unkind",
    "meet met",
    "message msg dm text",
    "mock mocking mocked tease teased taunt",
    "money cash quid pound",
    "mum mom mam mummy mother",
    "muslim islam islamic",
    "nude naked noods",
    "password passcode",
    "pay paid",
    "penis dick willy cock",
    "people ppl",
    "phone mobile iphone",
    "picture pic pix photo photograph image selfie",
    "police cop fed",
    "porn porno pornhub",
    "private privacy",
    "pupil student",
    "racist racism",
    "scam scammed con conned tricked fraud",
    "scared scare afraid frightened terrified",
    "sell sold",
    "sex sexual sexually",
    "show showed shown",
    "snapchat snap",
    "someone sumone sum1 somebody",
    "steal stole stolen nick nicked robbed",
    "stepdad stepfather",
    "stranger random randomer",
    "suicide suicidal",
    "tablet ipad laptop computer",
    "take took taken",
    "teacher headteacher headmaster tutor",
    "tell told telling",
    "threat threaten",
    "tomorrow tmrw",
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


[_MONEY] = roots("money")


def words(text: str) -> list[str]:
    """The roots of the words of a text, in order, each as the word that stands for its like.

    A sum such as £200 is money.
    """
    return [_MONEY if root.startswith("£") else SYNONYMS.get(root, root) for root in roots(text)]
