"""A show of hands: the count for each option, and the outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..model.base import Frozen

MOST_HANDS = 999
"""Upper limit of hands for one option; a greater number is a typo."""


class Option(Frozen):
    """One thing to vote for; ``alone`` excludes all others. ``value`` is what taking it answers."""

    says: str
    alone: bool = False
    value: str = ""


class Vote(Frozen):
    """One show of hands.

    ``hands`` has a count for each of ``options``, in their order, or is empty if none were counted.
    ``taken`` are the indices of the options with which the facilitator went on, which need not be
    those with the most hands. With ``many``, several options may be taken.
    """

    asked: str
    options: tuple[Option, ...]
    hands: tuple[int, ...] = ()
    taken: frozenset[int] = frozenset()
    many: bool = False

    @property
    def most(self) -> frozenset[int]:
        """The indices of what most hands were for: see ``leading``."""
        return leading(self.options, self.hands, many=self.many)

    @property
    def is_split(self) -> bool:
        """Whether several options have the most hands, of which only one can be taken."""
        return len(self.most) > 1 and not self.many


def counted(typed: str, options: int) -> tuple[int, ...] | None:
    """Parse one count for each option, as in “3 5 0”, or those of some, as in “2:9 3:5”.

    None if the text is neither."""
    words = typed.replace(",", " ").split()
    if words and all(word.count(":") == 1 for word in words):
        some = dict(word.split(":") for word in words)
        words = [some.pop(str(number), "0") for number in range(1, options + 1)]
        if some:
            return None  # of an option that there is not
    if len(words) != options or not all(word.isascii() and word.isdigit() for word in words):
        return None
    hands = tuple(int(word) for word in words if len(word) <= len(str(MOST_HANDS)))
    return hands if len(hands) == options else None


def leading(options: Iterable[Option], hands: Collection[int], *, many: bool) -> frozenset[int]:
    """The indices of the leading options; none without hands.

    For a single answer these have the most hands; two or more are a tie. With ``many``, each option
    with more than half the hands of the first leads; one that is ``alone`` leads only as the first,
    and then by itself.
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
