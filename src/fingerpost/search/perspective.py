"""Of whom somebody speaks, as far as their words tell: themselves, a friend, a child of theirs or a
young person in their care. One trouble has a door for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .synonyms import words

_MINE = frozenset(words("my our"))
_ME = "me"
_SAID_TO = frozenset(words("tell say says said show ask asked"))


def _each(*names: str) -> frozenset[str]:
    """These names, of one word or two, as they are found in a text."""
    return frozenset(" ".join(words(name)) for name in names)


_THEIRS: Mapping[str, frozenset[str]] = {
    "friend": _each("friend", "cousin", "sister", "brother", "sibling", "classmate"),
    "child": _each("child", "toddler", "baby", "teenager", "my boy", "little boy", "year old"),
}
"""Whom somebody speaks of as theirs. A boy stands for a girl too."""

_CARED_FOR: Mapping[str, frozenset[str]] = {
    "in care": _each("pupil", "youth", "young person", "young people"),
}
"""Whom only those speak of who work with them."""

_NOBODY = frozenset(words("ai bot chatbot"))
"""What is no person, though somebody may call it their friend."""

_AND = frozenset(words("and n"))
_I = frozenset({_ME, "i"})
"""Who tells, beside whom somebody may stand: "me and my mate". It is then their trouble too."""

_FROM_ONLINE = "off"
"""What comes after a friend who may be a stranger: "my friend off a game"."""

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
        ends = {word, " ".join((*before[-1:], word))}
        if not _MINE.isdisjoint(before) and _is_another(before, said[at + 1 : at + 3]):
            yield from (who for who, names in _THEIRS.items() if names & ends)
        yield from (who for who, names in _CARED_FOR.items() if names & ends)


def _is_another(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether somebody is a person, and one whose trouble may be theirs alone.

    ``before`` and ``after`` are the words around.
    """
    with_me = _beside(before[:2]) or _beside(after[::-1])
    return _NOBODY.isdisjoint(before) and not with_me and after[:1] != [_FROM_ONLINE]


def _beside(two: Sequence[str]) -> bool:
    """Whether two words are "me and", which is also how "and me" reads from its end."""
    return len(two) == 2 and two[0] in _I and two[1] in _AND


def _is_to_me(said: Sequence[str]) -> bool:
    """Whether "me" stands in a text. What I was told or shown has not been done to me."""
    return any(
        word == _ME and not (at and said[at - 1] in _SAID_TO) for at, word in enumerate(said)
    )
