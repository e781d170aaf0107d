"""How much a page asks of its reader: words, steps, lines that ask and key presses.

Usage: python benchmarks/pages.py [TREE ...] [--walks N] [--worst N]

Every made-up case of the trees and N walks at random of each are walked to their last page. A row
tells of one kind of reader the median, the 95th percentile and the most; ``--worst`` prints the
walks with the longest pages. The figures are counts, so any machine gives the same.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from statistics import median

from fingerpost.checks.page_length import asks, length_of
from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Page, PartKind, page
from fingerpost.reading.loader import load
from fingerpost.reading.reading import shipped
from fingerpost.walk.walk import Walk

_AT = datetime(2026, 11, 30, 19, 30, tzinfo=UTC)
_MOST_REPLIES = 40
_FIGURES = ("keys", "steps", "first", "whole", "parts", "asks")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("trees", nargs="*")
    parser.add_argument("--walks", type=int, default=300)
    parser.add_argument("--worst", type=int, default=0)
    how = parser.parse_args()
    library = load([shipped()], whole=True).library
    found: dict[str, list[tuple[dict[str, int], Walk]]] = {}
    clock = Clock(_AT, BankHolidays.load())
    for walk in _walks(library, how.trees or [*library.trees], how.walks):
        assert isinstance(walk.here, Outcome)
        shown = page(library, walk.tree, walk.here, walk.facts, clock)
        group = f"{shown.reader}{' under 13' if shown.under_13 else ''}"
        found.setdefault(group, []).append((_figures(shown, walk), walk))
    print(f"{'reader':24}{'pages':>7}" + "".join(f"{name:>15}" for name in _FIGURES))
    for group, all_of_them in sorted(found.items()):
        cells = (_three([figures[name] for figures, _ in all_of_them]) for name in _FIGURES)
        print(f"{group:24}{len(all_of_them):>7}" + "".join(f"{cell:>15}" for cell in cells))
    for group, all_of_them in sorted(found.items()):
        for figures, walk in sorted(all_of_them, key=lambda e: -e[0]["whole"])[: how.worst]:
            print(f"\n{group}: {figures}\n  {walk.tree.name}/{walk.here.name} {_said(walk.facts)}")


def _walks(library: Library, names: Iterable[str], count: int) -> Iterator[Walk]:
    for name in names:
        for case in library.cases.values():
            if case.tree == name:
                yield _played(library, name, case.answers, random.Random(case.name))
        for number in range(count):
            yield _played(library, name, {}, random.Random(f"{name} {number}"))


def _played(library: Library, tree: str, answers: Facts, at_random: random.Random) -> Walk:
    """A walk by these answers, and at random where there are none; past endings that lead on."""
    walk = Walk.begin(library, tree)
    while len(walk.replies) < _MOST_REPLIES:
        if isinstance(walk.here, Question):
            if (values := walk.unasked) is None:
                values = answers.get(walk.here.fact) or _chosen(walk.here, at_random)
            walk = walk.answer(values)
        elif walk.here.carry_on is not None and at_random.random() < 0.5:
            walk = walk.carry_on()
        else:
            break
    while isinstance(walk.here, Question):
        walk = walk.answer(walk.unasked or _chosen(walk.here, at_random))
    return walk


def _chosen(question: Question, at_random: random.Random) -> frozenset[str]:
    chosen = at_random.choice(question.answers)
    others = [each.value for each in question.answers if not each.alone]
    if question.many and not chosen.alone and at_random.random() < 0.3:
        return frozenset({chosen.value, at_random.choice(others)})
    return frozenset({chosen.value})


def _figures(shown: Page, walk: Walk) -> dict[str, int]:
    length = length_of(shown)
    parts = (part for part in shown.parts if part.kind is not PartKind.WORKER)
    told = [line.text for line in shown.steps]
    told += [text for part in parts for text in (*part.text, *(line.text for line in part.lines))]
    return {
        "keys": 1 + len([reply for reply in walk.replies if reply.values]),
        "steps": length.steps,
        "first": length.first,
        "whole": length.whole,
        "parts": length.parts,
        "asks": sum(map(asks, told)),
    }


def _three(numbers: Sequence[int]) -> str:
    high = sorted(numbers)[min(len(numbers) - 1, len(numbers) * 95 // 100)]
    return f"{median(numbers):g}/{high}/{max(numbers)}"


def _said(facts: Facts) -> str:
    return " ".join(f"{fact}={','.join(sorted(values))}" for fact, values in facts.items())


if __name__ == "__main__":
    main()
