"""The endings of a tree as text, the most urgent first: for whom each is, and a shortest way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from ...model.facts import READERS, Facts
from ...model.library import Library
from ...model.sanitize import one_line
from ...model.sentence import Urgency
from ...page import labels, visibility
from ...page.messages import either
from ...page.speaker import Speaker
from ...walk.walk import Walk
from ..arrivals import Arrivals

_WIDTH = 80


def paths_text(library: Library, tree: str, given: Facts, found: Sequence[Arrivals]) -> str:
    """Every ending, under how soon help is needed by those who come there the shortest way."""
    return "".join(f"{one_line(line)}\n" for line in _lines(library, tree, given, found))


def _lines(library: Library, tree: str, given: Facts, found: Sequence[Arrivals]) -> Iterator[str]:
    endings = sum(each.shortest is not None for each in found)
    title = library.trees[tree].title.read_by("staff")
    yield from _rows(f"{title} ({tree}): leads to {endings} ending{'s' * (endings != 1)}", "  ")

    def known(facts: Facts) -> str:
        """Answers in words, by the alphabet of what they are about."""
        speaker = Speaker(library, facts, tree)
        return "; ".join(f"{f}: {speaker.answers(f, facts[f])}" for f in sorted(facts))

    if given:
        yield from _rows(f"Known beforehand: {known(given)}", "  ")
    told = [(_urgency(library, each), each) for each in found]
    for how, each in sorted(told, key=lambda pair: pair[0], reverse=True):
        words = f"{labels.urgency(Urgency(how))}: " if how >= 0 else ""
        named = f"{each.outcome.title.read_by(None)} ({each.tree}/{each.outcome.name})"
        yield from ("", *_rows(words + named, "  "))
        if each.shortest is None:
            yield "  Nobody comes here."
            continue
        people = "; ".join(_whom(library, tree, group, given) for group in each.people)
        yield from _rows(f"  for: {people}. One way there:", "    ")
        # An answer stays with its option; a row that ends with this mark goes on in the next.
        typed = each.shortest.command(library).replace("--given ", "--given\N{NO-BREAK SPACE}")
        *rows, last = _rows(f"  {typed}", "    ", _WIDTH - 2)
        yield from (f"{row} \\" for row in rows)
        yield last


def _whom(library: Library, tree: str, group: Facts, given: Facts) -> str:
    """A group of people, beside what is given, with values as a command takes them."""
    told = []
    for fact in (each for each in group if each not in given):
        question = library.question_of(fact, tree)
        values = [each for each in (question.values if question else ()) if each in group[fact]]
        named = [READERS[each] for each in values] if fact == "teller" else values
        told.append(either(named) if fact == "teller" else f"{fact} {either(named)}")
    return ", ".join(told) or "anyone"


def _rows(text: str, indent: str, width: int = _WIDTH) -> list[str]:
    rows = wrap(text, width, subsequent_indent=indent, break_on_hyphens=False)
    return [row.replace("\N{NO-BREAK SPACE}", " ") for row in rows]


def _urgency(library: Library, each: Arrivals) -> int:
    """The urgency of the page at the end of the shortest walk; -1 if nobody comes there."""
    if (way := each.shortest) is None:
        return -1
    walk = Walk.begin(library, way.tree, way.given).replayed(way.replies)
    return visibility.urgency(library, each.outcome, walk.facts)
