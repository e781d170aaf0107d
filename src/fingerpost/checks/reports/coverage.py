"""The report of coverage: what the made-up cases reach, and what they miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.sanitize import one_line
from ..upkeep.coverage import Coverage, Kind, Thing

_LONGEST = 60
"""Characters of a line's own words that are shown."""


def for_people(coverage: Coverage) -> str:
    """What is reached in all, of each tree and of what trees share; then the places of the rest."""
    return "\n".join(map(one_line, _rows(coverage)))


def _rows(coverage: Coverage) -> Iterator[str]:
    cases = sum(coverage.cases.values())
    reach = "made-up case reaches" if cases == 1 else "made-up cases reach"
    yield f"{cases:,} {reach} {_counts(coverage)}."
    yield ""
    for tree, number in coverage.cases.items():
        of_tree = f"{number:,} {'case' if number == 1 else 'cases'}"
        yield f"  {tree}, {of_tree}: {_counts(coverage, tree)}"
    if shared := _counts(coverage, ""):
        yield f"  shared by all: {shared}"
    for kind in Kind:
        missed = _places(thing for thing in coverage.missed if thing.kind is kind)
        if missed:
            yield ""
            yield f"No case reaches these {kind}:"
            yield from (f"  {place}" for place in missed)


def _counts(coverage: Coverage, tree: str | None = None) -> str:
    """How many of each kind are reached, as “1 of 2 endings, 3 of 4 answers”."""
    counted = ((kind, *coverage.counted(kind, tree)) for kind in Kind)
    return ", ".join(
        f"{reached:,} of {every:,} {kind}" for kind, reached, every in counted if every
    )


def _places(things: Iterable[Thing]) -> list[str]:
    """Each place with what stands there. Many trees may share the words of an answer: it is listed
    once, with the trees in which no case gives it."""
    trees: dict[str, list[str]] = {}
    for thing in things:
        name = thing.name if len(thing.name) <= _LONGEST else f"{thing.name[:_LONGEST]}…"
        place = f"{thing.span.file}:{thing.span.line}: {name}"
        trees.setdefault(place, []).extend([thing.tree] if thing.kind is Kind.ANSWER else ())
    return [f"{place} (in {', '.join(of)})" if of else place for place, of in trees.items()]
