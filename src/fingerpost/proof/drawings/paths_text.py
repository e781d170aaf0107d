"""The endings of a tree as text, the most urgent first: for whom each is, and a shortest way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import wrap

from ...model.facts import READERS, Facts
from ...model.library import Library
from ...model.sanitize import one_line
from ...page import labels, visibility
from ...page.messages import either
from ...page.speaker import Speaker
from ...walk.walk import Walk
from ..arrivals import Arrivals
from ..witness import Witness

_WIDTH = 80


def paths_text(library: Library, tree: str, given: Facts, found: Sequence[Arrivals]) -> str:
    """How many endings help how soon; each of them, under how soon help is needed by those who come
    there the shortest way; and the tree's own to which nobody comes."""
    return "".join(f"{one_line(line)}\n" for line in _lines(library, tree, given, found))


def _lines(library: Library, tree: str, given: Facts, found: Sequence[Arrivals]) -> Iterator[str]:
    walked = [(each, way, _facts(library, way)) for each in found if (way := each.shortest)]
    told = [
        (visibility.urgency(library, e.outcome, facts), e, way, facts) for e, way, facts in walked
    ]
    told.sort(key=lambda reached: -reached[0])
    always = library.trees[tree].given
    reader = Speaker(library, {**given, **always}, tree)
    endings = f"{len(told)} ending{'s' * (len(told) != 1)}"
    yield from _rows(f"{reader.say(library.trees[tree].title)} ({tree}): leads to {endings}", "  ")
    soon = Counter(labels.urgency(how) for how, *_ in told)
    yield from _rows(f"  {', '.join(f'{number} {how}' for how, number in soon.items())}", "  ")
    if given:
        known = "; ".join(f"{f}: {reader.answers(f, given[f])}" for f in sorted(given))
        yield from _rows(f"Known beforehand: {known}", "  ")
    answered = {word.partition("=")[0] for _, _, way, _ in told for word in way.words(library)}
    yield "Below each are those whom it's for, if not all, and a shortest walk there."
    if asked := ", ".join(filter(library.always_asks, sorted(answered))):
        yield f"A walk asks this again, whatever is given: {asked}"
    for how, each, way, facts in told:
        reader = Speaker(library, facts, tree)
        named = f"{reader.say(each.outcome.title)} ({each.tree}/{each.outcome.name})"
        yield from ("", *_rows(f"{labels.urgency(how)}: {named}", "  "))
        people = [_whom(library, tree, group, {**given, **always}) for group in each.people]
        if people != [""]:
            yield from _rows(f"  for: {'; '.join(people)}", "    ")
        # An answer stays with its option; a row that ends with this mark goes on in the next.
        typed = way.command(library).replace("--given ", "--given\N{NO-BREAK SPACE}")
        *rows, last = _rows(f"  {typed}", "    ", _WIDTH - 2)
        yield from (f"{row} \\" for row in rows)
        yield last
        there = Speaker(library, facts, each.tree)
        answers = ((f, v.split(","), v) for f, v in (w.split("=") for w in way.words(library)))
        said = (reader.answers(f, vs) or there.answers(f, vs) or v for f, vs, v in answers)
        yield from _rows(f"  in words: {'; '.join(said)}", "    ")
    if lost := [e.outcome.name for e in found if e.shortest is None and e.tree == tree]:
        yield from ("", *_rows(f"Nobody comes to: {', '.join(lost)}", "  "))


def _whom(library: Library, tree: str, group: Facts, given: Facts) -> str:
    """A group of people, beside what is given, as a command takes them; empty for all."""
    told = []
    for fact in (each for each in group if each not in given):
        question = library.question_of(fact, tree)
        values = [each for each in (question.values if question else ()) if each in group[fact]]
        named = [READERS[each] for each in values] if fact == "teller" else values
        told.append(either(named) if fact == "teller" else f"{fact} {either(named)}")
    return ", ".join(told)


def _rows(text: str, indent: str, width: int = _WIDTH) -> list[str]:
    rows = wrap(text, width, subsequent_indent=indent, break_on_hyphens=False)
    return [row.replace("\N{NO-BREAK SPACE}", " ") for row in rows]


def _facts(library: Library, way: Witness) -> Facts:
    """What is known at the end of a walk."""
    return Walk.begin(library, way.tree, way.given).replayed(way.replies).facts
