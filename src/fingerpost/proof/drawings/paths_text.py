"""The endings of a tree as text: for whom each is, and the shortest way to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.facts import Facts
from ...model.library import Library
from ...model.sanitize import one_line
from ...page.speaker import Speaker
from ..arrivals import Arrivals


def paths_text(library: Library, tree: str, given: Facts, found: Sequence[Arrivals]) -> str:
    """Every ending, a line each for what is known of it."""
    return "".join(f"{one_line(line)}\n" for line in _lines(library, tree, given, found))


def _lines(library: Library, tree: str, given: Facts, found: Sequence[Arrivals]) -> Iterator[str]:
    endings = sum(each.shortest is not None for each in found)
    title = library.trees[tree].title.read_by("staff")
    yield f"{title} ({tree}): leads to {endings} ending{'s' * (endings != 1)}"

    def known(facts: Facts) -> str:
        """Answers in words, by the alphabet of what they are about."""
        speaker = Speaker(library, facts, tree)
        return "; ".join(f"{f}: {speaker.answers(f, facts[f])}" for f in sorted(facts))

    if given:
        yield f"Known beforehand: {known(given)}"
    for each in found:
        yield from ("", f"{each.tree}/{each.outcome.name}: {each.outcome.title.read_by(None)}")
        if each.shortest is None:
            yield "  Nobody comes here."
        else:
            if each.people:
                yield f"  for:      {known(each.people)}"
            yield f"  shortest: {each.shortest.command(library)}"
