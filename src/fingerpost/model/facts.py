"""Facts about a person, and the values of facts that the program itself knows.

Command-line options are built of them before anything else is loaded, so this imports nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple, TypeAlias

Facts: TypeAlias = Mapping[str, frozenset[str]]
"""The known facts: the name of each with the values chosen.

A question with one answer gives a set of one, a ``many`` question one or more. A fact that has
not been asked is not a key.
"""

READERS: Mapping[str, str] = {
    "young-person": "young people",
    "parent": "parents and carers",
    "staff": "workers and volunteers",
}
"""The readers: values of the built-in fact ``teller``, in the order offered, with their names in
the third person. The answers of the question are in the first."""

TELLERS = tuple(READERS)
"""The values of ``READERS``."""


class Nation(NamedTuple):
    """A nation: the division of GOV.UK's table that has its ``bank_holidays``, and what people call
    it, in small letters. A contract with ``nations: uk`` claims those ``in_uk``."""

    bank_holidays: str
    called: tuple[str, ...] = ()
    bilingual: bool = False
    in_uk: bool = True


NATIONS: Mapping[str, Nation] = {
    "england": Nation("england-and-wales"),
    "wales": Nation("england-and-wales", ("cymru",), bilingual=True),
    "scotland": Nation("scotland", ("alba",)),
    "northern-ireland": Nation("northern-ireland", ("ni", "tuaisceart-éireann")),
}
"""The nations: values of the built-in fact ``nation``, in the order offered."""

BILINGUAL = frozenset(name for name, nation in NATIONS.items() if nation.bilingual)
"""The nations in which paper says in which languages a service helps."""

UK = tuple(name for name, nation in NATIONS.items() if nation.in_uk)
"""The nations of the United Kingdom, for which a contract may write ``uk``."""

PEOPLE = ("teller", "age", "nation")
"""The facts that say for whom a page is."""

NOT_SURE = "not-sure"
"""The value of the answer “not sure”, which is treated with care."""

WROTE = "wrote"
"""The built-in fact of the kinds of danger that a person's own words spoke of, which no question
asks. A walk knows it from what was typed before its tree was chosen, and keeps it nowhere else."""

SOMETHING = "something"
"""The value of ``wrote``, in a library that has it, for words that may speak of danger and have no
phrase of another kind."""

PAST = frozenset({"over", "told"})
"""The values of ``wrote`` that are no danger: it has stopped, or an adult knows."""

_CALLED: Mapping[str, Mapping[str, str]] = {
    "nation": {called: name for name, nation in NATIONS.items() for called in nation.called}
}
"""What people call a value of a fact, in small letters."""


def understood(fact: str, typed: str, known: Collection[str]) -> str:
    """The known value that somebody means who types it in any case, by another of its names, or as
    a number within it: Cymru for wales, 14 for 13-15. What is not understood comes back as it is.
    """
    if typed in known:
        return typed
    word = "-".join(typed.casefold().split())
    word = _CALLED.get(fact, {}).get(word, word)
    if word in known:
        return word
    if word.isdecimal():
        return next((value for value in known if _holds(value, int(word[:4]))), typed)
    return typed


def is_age_known(facts: Facts) -> bool:
    """Whether somebody has told an age."""
    return bool(facts.get("age", frozenset()) - {NOT_SURE})


def _holds(band: str, number: int) -> bool:
    """Whether a number is within a band: under-13, 13-15, or 19-or-over."""
    match band.split("-"):
        case ["under", most] if most.isdecimal():
            return number < int(most)
        case [least, "or", "over"] if least.isdecimal():
            return number >= int(least)
        case [least, most] if least.isdecimal() and most.isdecimal():
            return int(least) <= number <= int(most)
        case _:
            return False
