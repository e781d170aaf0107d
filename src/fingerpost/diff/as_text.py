"""A difference as text for people: its effects first, then the changed wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from ..model.base import grouped
from ..model.library import Library
from ..model.sanitize import one_line
from ..model.sentence import Urgency
from ..model.tree import Outcome
from .aspects import What
from .audience import Told, Whom
from .comparison import Difference
from .impact import Change, Turn
from .text_changes import Reworded

_HEADINGS = {
    Turn.AWAY: "Led away from “get help now”",
    Turn.LOST: "Lost",
    Turn.LESS_URGENT: "Less urgent",
    Turn.OTHER: "Led elsewhere",
    Turn.MORE_URGENT: "More urgent",
    Turn.GAINED: "Gained",
}
"""Headings in order: the worst comes first."""

_THINGS = {
    What.TREE: "the tree",
    What.ANSWER: "the answer",
    What.WAY_ON: "the way on to",
    What.NEED: "the need",
    What.ROUTE: "the route",
    What.ADVICE: "the line",
}

_MOST_NAMED = 3
"""Lines, and other places with the same text, that are named; further ones are counted."""


def as_text(difference: Difference, old: str, new: str) -> str:
    """The whole difference; ``old`` and ``new`` name what was compared."""
    numbers = [each for each in difference.words if _NUMBER.match(each.name)]
    words = [each for each in difference.words if each not in numbers]
    first = (*_list(f"Numbers changed: {len(numbers):,}", numbers), "") if numbers else ()
    counted = f"In words: {len(words):,} change{'s' * (len(words) != 1)}"
    told = _list(counted if words else "In words: nothing changes.", words)
    lines = (f"From {old} to {new}", "", *first, *_meaning(difference, words), "", *told)
    return "".join(one_line(line) + "\n" for line in lines)


_NUMBER = re.compile(r"route \S+: (?:phone|text)\b")
"""The names of changes that whoever rings cannot see to be wrong, so they are told first."""


def _list(heading: str, changes: Sequence[Reworded]) -> Iterator[str]:
    yield heading
    for each in changes:
        yield ""
        yield from reworded_lines(each)


# --- effects ----------------------------------------------------------------------------------


def _meaning(difference: Difference, words: Sequence[Reworded]) -> Iterator[str]:
    urgent_first = sorted(difference.changes, key=partial(_urgency, difference.old), reverse=True)
    groups = grouped(((change.turn, _heading(change)), change) for change in urgent_first)
    turns = Counter(turn for turn, _ in groups)
    if turns:
        counted = [
            f"{turns[turn]} {_HEADINGS[turn][:1].lower()}{_HEADINGS[turn][1:]}"
            for turn in _HEADINGS
            if turns[turn]
        ]
        yield f"For people: {', '.join(counted)}"
    elif difference.not_decided:
        yield "For people: no change was found."
    else:
        only = "only words, numbers or their order change" if difference.words else ""
        yield f"For people: {only or 'nothing changes'}."
    for each in difference.not_decided:
        yield f"Not decided, because there is too much to look at: {each}"
    for turn in _HEADINGS:
        for (each, heading), changes in groups.items():
            if each == turn:
                yield ""
                yield f"{_HEADINGS[turn]}: {heading}"
                for change in changes:
                    yield from _change(difference, change)


def _urgency(library: Library, change: Change) -> int:
    """How urgent the ending is at which a change shows; that of a whole tree stands with the most
    urgent."""
    tree = library.trees.get(change.at[0]) if change.at else None
    step = tree.step(change.at[1]) if tree and change.at else None
    return step.urgency if isinstance(step, Outcome) else max(Urgency)


def _heading(change: Change) -> str:
    """The heading of a change; changes with equal headings are grouped."""
    if change.what in (What.URGENCY, What.WAY):
        return f"from {change.old} to {change.new}"
    if not change.name:
        return f"{_THINGS[change.what]} “{change.words}”"
    words = f" ({change.words})" if change.words else ""
    return f"{_THINGS[change.what]} {change.name}{words}"


def _change(difference: Difference, change: Change) -> Iterator[str]:
    if change.at is not None and change.what is not What.WAY:
        kind = "the question" if change.what is What.ANSWER else "the ending"
        yield f"  at {kind} {'/'.join(change.at)}"
    if change.what not in (What.TREE, What.ANSWER, What.WAY_ON):
        yield f"    for: {_whom(change.whom)}"
    yield from _beside(difference, change)
    ways = ((difference.old, change.old_way), (difference.new, change.new_way))
    old, new = (way.command(library) if way else "" for library, way in ways)
    if old and new and old != new:
        yield f"    walk before: {old}"
        yield f"    walk after: {new}"
    elif old or new:
        yield f"    walk: {old or new}"


def _beside(difference: Difference, change: Change) -> Iterator[str]:
    routes = {**difference.old.routes, **difference.new.routes}

    def titles(names: Iterable[str]) -> str:
        return ", ".join(routes[name].title.read_by("staff") for name in names)

    if change.what is What.WAY:
        for line in change.beside.lines[:_MOST_NAMED]:
            yield f"    no longer told: {line}"
        if more := len(change.beside.lines[_MOST_NAMED:]):
            yield f"    and {more} line{'s' * (more != 1)} more that they are no longer told"
        if change.beside.gone:
            yield f"    no longer on their page: {titles(change.beside.gone)}"
        if change.beside.come:
            yield f"    now on their page: {titles(change.beside.come)}"
    if change.what is What.ROUTE and change.turn is Turn.LOST:
        left = titles(change.beside.instead) or "nothing that serves the same need"
        yield f"    left on that page: {left}"


def _whom(whom: Whom) -> str:
    told = ", ".join(map(_told, whom.told))
    if not told:
        return "some of those who come here" if whom.some else "everyone who comes here"
    return f"some of those with {told}" if whom.some else told


def _told(told: Told) -> str:
    values = " or ".join(value or "not asked" for value in told.values)
    return f"{told.fact} {'other than ' if told.without else ''}{values}"


# --- wording ------------------------------------------------------------------------------------


def reworded_lines(each: Reworded) -> Iterator[str]:
    at = each.new or each.old
    place = f" ({at.span.file}:{at.span.line})" if at else ""
    yield f"{each.name}{place}"
    if each.old is not None:
        yield f"  - {each.old.text}"
    if each.new is not None:
        yield f"  + {each.new.text}"
    if each.also:
        more = len(each.also) - _MOST_NAMED
        named = "; ".join(each.also[:_MOST_NAMED])
        yield f"  the same in: {named}{f'; and {more} more' if more > 0 else ''}"
