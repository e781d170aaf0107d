"""The words of a text, each cut down to its root: "blackmailed" and "blackmailing" are one word."""

from __future__ import annotations

import re

_WORD = re.compile(r"[\w£]+")
_APOSTROPHES = str.maketrans(
    "", "", "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
)

_ENDINGS = ("ings", "ing", "ied", "ies", "ers", "ed", "er", "es", "s", "e")
_ENDINGS_OF_I = frozenset({"ied", "ies"})
_SHORTEST_ROOT = 3


def roots(text: str) -> list[str]:
    """The roots of the words of a text, in order. What an apostrophe parts is one word."""
    return [_root(word) for word in _WORD.findall(text.casefold().translate(_APOSTROPHES))]


def _root(word: str) -> str:
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) >= _SHORTEST_ROOT and not word.endswith("ss"):
            return f"{root}i" if ending in _ENDINGS_OF_I else _end(root)
    return _end(word)


def _end(root: str) -> str:
    """ "Stopped" and "stop" are one word, and so are "controlling" and "control"; "bullying" has
    the root of "bullies"."""
    if len(root) <= _SHORTEST_ROOT:
        return root
    if root[-1] == "y":
        return f"{root[:-1]}i"
    return root[:-1] if root[-1] == root[-2] and root[-1].isalpha() else root


SMALL_WORDS = frozenset(
    roots(
        "a an the and or but if so as at by for from in into of off on onto out over to under up "
        "with about i me my mine myself we us our you your yourself he him his himself she her "
        "herself it its they them their theirs this that these those there here what who which "
        "when where how why is am are was were be been being do does did done have has had having "
        "will would can could should may might must im ive id ill hes shes theyre theyve theyll "
        "theyd youre weve dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt "
        "shouldnt hasnt hadnt havent not no just now then than too very also some any all every "
        "get got go goes going went gonna really because like thing things stuff keep keeps "
        "cos cuz coz bc thats theres whats u ur r n nd please pls omg lol "
        "since actually literally proper properly "
        "monday tuesday wednesday thursday friday saturday sunday"
    )
)
"""Roots of words that are in every story, and so say nothing of what has happened."""
