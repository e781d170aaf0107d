"""What has been printed before, in a book, is only named: by its first words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from ..model.base import replace
from ..model.sanitize import shorten
from .lines import HERE, WAY_ON, Line, count_words, merged
from .marks import either, for_one
from .parts import Part

_MANY_WORDS = 6
"""The fewest words of a text that is only named where another sentence has said it."""

_RUN = 3
"""The fewest lines that are named together where they stood together before."""

_FIRST_WORDS = (18, 26, 36)
"""Letters of a line by which it is named again: more if another is named by the same."""


def without_what_was_seen(part: Part, seen: dict[object, str]) -> Part:
    """A part in which what has been printed before is only named: lines of one value by the first
    words of the first of them. ``seen`` has the part in which each value was printed."""
    lines: list[Line] = []
    shares: set[str] = set()
    if part.whole:
        return _whole(part, seen)
    for of, group in groupby(part.lines, key=lambda line: line.of):
        run = tuple(group)
        if not of:
            lines += run
            continue
        if all(key in seen for key in of) or _all_in(run, seen):
            shares.add(seen[of[0] if of[0] in seen else run[0].says])
            lines.append(_again(replace(run[0], mark=either(line.mark for line in run)), seen))
            continue
        for line in merged(run):
            known = not line.head and _all_in((line,), seen)
            lines.append(_again(line, seen) if known else line)
            shares |= {seen[line.says]} if known else set()
        seen |= {key: part.name for key in (*of, *(line.says for line in run)) if key not in seen}
    return replace(part, lines=tuple(_in_runs(lines, part, seen)), shares=frozenset(shares))


def _whole(part: Part, seen: dict[object, str]) -> Part:
    """A page of which no line is shortened, what is added to it apart. One that says the same as
    another, word for word, says so."""

    def is_own(line: Line) -> bool:
        way_on = line.called == WAY_ON or line.says.startswith("› ")
        return not (line.again or line.called == HERE or way_on)

    lines = [line if not line.again else replace(line, says=f"»{line.says}") for line in part.lines]
    own = tuple((line.says, line.mark, line.called) for line in lines if is_own(line))
    added = tuple((line.says, line.mark) for line in lines if line.again)
    first = seen.setdefault(own, part.name)
    if first != part.name:
        # What is added stands here too, unless it is the same as there.
        same = seen.setdefault((own, added), part.name) != part.name
        told = Line(f"»Word for word as {seen[_whole, first]}", again=True)
        at = next(number for number, line in enumerate(lines) if is_own(line))
        lines[at] = told
        rest = (x for x in lines if x is told or not is_own(x))
        kept = (x for x in rest if x is told or not same or not (x.again or x.called == HERE))
        return replace(part, lines=tuple(kept), shares=frozenset({first}))
    seen[own, added] = part.name
    seen[_whole, first] = f"{part.title.rpartition(' (')[0]} of “{part.subject}”"
    for value in (each for line in part.lines if not line.again for each in (*line.of, line.says)):
        seen.setdefault(value, part.name)
    return replace(part, lines=tuple(lines))


def _all_in(lines: Sequence[Line], seen: Collection[object]) -> bool:
    """Whether the texts of lines have been printed, and are too long to be so by chance."""
    return count_words(lines) >= _MANY_WORDS and all(line.says in seen for line in lines)


def _again(line: Line, seen: dict[object, str]) -> Line:
    """A line by its first words, as the first of its readers has them."""
    text = for_one(line.says)
    for longest in _FIRST_WORDS:
        named = shorten(text, longest)
        if seen.setdefault((_again, named), text) == text:
            break
    return replace(line, says=f"»{named}", called="", head=False, again=True)


def _in_runs(lines: Iterable[Line], part: Part, seen: dict[object, str]) -> Iterator[Line]:
    """Lines of which those that are only named, and stood together before, are named as a run."""
    for again, group in groupby(lines, key=lambda line: line.again):
        run = tuple(group)
        key = tuple((line.says, line.mark) for line in run)
        if again and len(run) >= _RUN and seen.setdefault(key, part.name) != part.name:
            says = f"{run[0].says} to {run[-1].says} ({len(run)} lines)"
            yield replace(run[0], says=says, mark="")
        else:
            yield from run
