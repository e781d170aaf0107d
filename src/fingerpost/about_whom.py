"""Of whom somebody speaks, as far as their words tell: themselves, a friend, a child of theirs or a
young person in their care. One trouble has a door for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .synonyms import words

_MINE = frozenset(words("my our"))
_ME = "me"
_SAID_TO = frozenset(words("tell say says said show ask asked"))

_OF_MINE: Mapping[str, frozenset[str]] = {
    "friend": frozenset(words("friend cousin sister brother classmate sibling")),
    "child": frozenset(words("child toddler baby teenager")),
}
"""Whom somebody speaks of as theirs."""

_OF_OTHERS: Mapping[str, frozenset[str]] = {"in care": frozenset(words("pupil youth"))}
"""Whom only those speak of who work with them."""

_YOUNG, _PEOPLE = words("young")[0], frozenset(words("person people"))

_NEAR = 3
"""How many words before a person those that say whose they are may stand: my very best friend."""

_FIRST: Mapping[str, frozenset[str]] = {
    "i": frozenset(words("i im ive id ill")),
    "mine": _MINE,
    "they": frozenset(
        words(
            "he hes she shes they theyre theyve theyll someone somebody people everyone everybody "
            "man woman"
        )
    ),
    "how": frozenset(words("how what who where should can is do does am")),
}
"""Who comes first in a sentence of which nothing else is known: mostly the one who acts."""


def about_whom(said: Sequence[str]) -> tuple[str, ...]:
    """Marks of whom a text speaks. ``said`` are its words, as ``synonyms.words`` gives them.

    A person who is spoken of gives two marks, of which the second says whether it is done to the
    one who tells. Otherwise there is one mark, of how the text begins.
    """
    spoken_of = next(_others(said), None)
    if spoken_of is None:
        first = next((who for who, any_of in _FIRST.items() if said and said[0] in any_of), "")
        return (f"first: {first}",)
    return (f"of: {spoken_of}", f"of: {spoken_of}, {'to me' if _is_to_me(said) else 'not to me'}")


def _others(said: Sequence[str]) -> Iterator[str]:
    """Those of whom a text speaks, the first one first."""
    for at, word in enumerate(said):
        before = said[max(0, at - _NEAR) : at]
        if not _MINE.isdisjoint(before):
            yield from (who for who, any_of in _OF_MINE.items() if word in any_of)
        yield from (who for who, any_of in _OF_OTHERS.items() if word in any_of)
        if word in _PEOPLE and before and before[-1] == _YOUNG:
            yield "in care"


def _is_to_me(said: Sequence[str]) -> bool:
    """Whether "me" stands in a text. What I was told or shown has not been done to me."""
    return any(
        word == _ME and not (at and said[at - 1] in _SAID_TO) for at, word in enumerate(said)
    )
