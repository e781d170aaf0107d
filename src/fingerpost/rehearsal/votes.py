"""A show of hands: how many are for what, what the room goes on with, and who saw it otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..model.base import Frozen

MOST_HANDS = 999
"""Hands for one option; a greater number was mistyped."""


class Option(Frozen):
    """One thing to vote for. ``alone``: it cannot be chosen together with another."""

    says: str
    alone: bool = False


class Vote(Frozen):
    """One show of hands.

    ``hands`` has a number for each of ``options``, in their order; it is empty where nobody was
    counted. ``taken`` are the places of the options that the room has gone on with.
    """

    asked: str
    options: tuple[Option, ...]
    hands: tuple[int, ...] = ()
    taken: frozenset[int] = frozenset()

    @property
    def others(self) -> tuple[tuple[Option, int], ...]:
        """The options that some were for and that were not taken, most hands first."""
        left = [
            (option, count)
            for place, (option, count) in enumerate(zip(self.options, self.hands, strict=False))
            if count and place not in self.taken
        ]
        return tuple(sorted(left, key=lambda one: -one[1]))


def counted(typed: str, options: int) -> tuple[int, ...] | None:
    """The hands that were typed, one number for each option as in “3 5 0”; None if that is not it.

    Commas may stand between the numbers.
    """
    words = typed.replace(",", " ").split()
    if len(words) != options or not all(word.isascii() and word.isdigit() for word in words):
        return None
    hands = tuple(int(word) for word in words if len(word) <= len(str(MOST_HANDS)))
    return hands if len(hands) == options else None


def leading(options: Iterable[Option], hands: Collection[int], *, many: bool) -> frozenset[int]:
    """The places of the options that most are for; none where no hand went up.

    Of a question that takes one answer, two or more of them are a tie. Where ``many`` can hold,
    each counts for which more than half as many hands went up as for the first; one that stands
    alone counts only if it is itself the first, and then alone.
    """
    most = max(hands, default=0)
    if not most:
        return frozenset()
    first = frozenset(place for place, count in enumerate(hands) if count == most)
    if not many:
        return first
    alone = frozenset(place for place, option in enumerate(options) if option.alone)
    together = frozenset(place for place, count in enumerate(hands) if count * 2 > most) - alone
    return together if first - alone else first
