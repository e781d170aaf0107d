"""What has been printed before, in a book, is only named: by its first words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from ..model.base import replace
from ..model.sanitize import shorten
from ..page.messages import say
from .lines import MANY_WORDS, Line, count_words, merged
from .marks import either, for_one
from .parts import IN_ORDER, Part

_RUN = 3
"""The fewest lines that are named together where they stood together before."""

_FIRST_WORDS = (18, 26, 36)
"""Letters of a line by which it is named again: more if another is named by the same."""


def without_what_was_seen(part: Part, seen: dict[object, str]) -> Part:
    """A part in which what has been printed before is only named: lines of one value by the first
    words of the first of them. ``seen`` has the part in which each value was printed.

    On a page for people in danger only that is named which another such page has in full: of its
    own tree, if it is what its reader does at once. More words name it, and its order stays.
    """
    lines: list[Line] = []
    shares: set[str] = set()
    every = part.lines
    if part.in_danger and (same := _word_for_word(part, seen)):
        shares.add(same[0])
        every = same[1]
    for of, group in groupby(every, key=lambda line: line.of):
        run = tuple(group)
        if not of:
            lines += run
            continue
        on = (_read_among(run, part),) if part.in_danger else ()

        def known(value: object, on: tuple[object, ...] = on) -> bool:
            return ((*on, value) if on else value) in seen

        if all(map(known, of)) or _all_known(run, known):
            shares.add(seen[of[0] if of[0] in seen else run[0].says])
            marked = replace(run[0], mark=either(line.mark for line in run))
            lines.append(_again(marked, part, seen))
            continue
        for line in merged(run):
            again = not line.head and _all_known((line,), known)
            lines.append(_again(line, part, seen) if again else line)
            shares |= {seen[line.says]} if again else set()
        for value in (*of, *(line.says for line in run)):
            seen.setdefault(value, part.name)
            if on:
                seen.setdefault((*on, value), part.name)
    if not part.in_danger:
        lines = [*_in_runs(lines, part, seen)]
    return replace(part, lines=tuple(lines), shares=frozenset(shares) - {part.name})


def _read_among(run: Sequence[Line], part: Part) -> str:
    """Among which pages for people in danger lines need not be read twice: what its reader does at
    once, among those of the tree, and questions and what others do, among all."""
    at_once = not run[0].head and not run[0].called
    return part.subject if at_once else ""


def _word_for_word(part: Part, seen: dict[object, str]) -> tuple[str, tuple[Line, ...]] | None:
    """Of a page that says the same as another, word for word, that page's name, and the lines: what
    is added to this one, and its way on. None for one that says what no other does."""

    def is_own(line: Line) -> bool:
        apart = (say("book.here"), say("book.way-on"))
        return not (line.again or line.called in apart or line.says.startswith("› "))

    own = tuple((line.says, line.mark, line.called) for line in part.lines if is_own(line))
    added = tuple((line.says, line.mark) for line in part.lines if line.again)
    first = seen.setdefault(own, part.name)
    # What is added stands here too, unless it is the same as there.
    same = seen.setdefault((own, added), part.name) != part.name
    if first == part.name:
        page = part.title.rpartition(" (")[0]
        seen[_word_for_word, first] = say("book.page-of", page=page, tree=part.subject)
        return None
    told = Line(say("book.word-for-word", page=seen[_word_for_word, first]), again=True, to=first)
    at = next(number for number, line in enumerate(part.lines) if is_own(line))
    every = ((n == at, told if n == at else line) for n, line in enumerate(part.lines))
    rest = [line for is_first, line in every if is_first or not is_own(line)]
    kept = (
        x for x in rest if x is told or not same or not (x.again or x.called == say("book.here"))
    )
    return first, tuple(kept)


def _all_known(lines: Sequence[Line], known: Callable[[object], bool]) -> bool:
    """Whether the texts of lines have been printed, and are too long to be so by chance."""
    return count_words(lines) >= MANY_WORDS and all(known(line.says) for line in lines)


def _again(line: Line, part: Part, seen: dict[object, str]) -> Line:
    """A line by its first words, as the first of its readers has them."""
    text = for_one(line.says)
    for longest in IN_ORDER if part.in_danger else _FIRST_WORDS:
        named = shorten(text, longest)
        if seen.setdefault((_again, named), text) == text:
            break
    what = f"{line.called} " if part.in_danger and line.called else ""
    return replace(line, says=f"»{what}{named}", called="", head=False, again=True)


def _in_runs(lines: Iterable[Line], part: Part, seen: dict[object, str]) -> Iterator[Line]:
    """Lines of which those that are only named, and stood together before, are named as a run."""
    for again, group in groupby(lines, key=lambda line: line.again):
        run = tuple(group)
        key = tuple((line.says, line.mark) for line in run)
        if again and len(run) >= _RUN and seen.setdefault(key, part.name) != part.name:
            says = say("book.run", first=run[0].says, last=run[-1].says, count=len(run))
            yield replace(run[0], says=says, mark="")
        else:
            yield from run
