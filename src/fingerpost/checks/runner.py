"""Run all checks of a library, for every mistake and the verdict on every safety rule.

A library with an organisation's own details is checked with and without them: a need that only a
local route serves is unserved wherever the local file is missing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache

from ..model.base import Frozen, replace
from ..model.diagnostics import Diagnostic, Severity
from ..model.library import Library
from ..model.text_index import Wording
from ..model.tree import Rule
from ..proof.boxes import LimitReached, Room
from ..proof.prover import Proofs
from ..proof.verdict import Status, Verdict
from ..reading.reading import Reading
from . import registry
from .content import changed_numbers
from .content.budgets import CasePages
from .upkeep import cases


class Checked(Frozen):
    """What was found, by file and place.

    ``verdicts`` has every rule with its verdict; it is empty where an error prevented the proofs,
    or they could not be ended.
    ``stopped`` says that an error kept the checks of a sound library from being made.
    ``lines`` is the number of lines that people read, of which no program can judge the sense.
    """

    mistakes: tuple[Diagnostic, ...]
    verdicts: tuple[tuple[Rule, Verdict], ...] = ()
    lines: int = 0
    stopped: bool = False


class Rehearsable(Frozen):
    """A library in which every case can be rehearsed, and the mistakes that concern a trainer.

    ``mistakes`` are in the trainer's own files, or in trees that they need. If one of them is an
    error, a case of the trainer's has been left out.
    """

    library: Library
    mistakes: tuple[Diagnostic, ...]


def rehearsable(reading: Reading) -> Rehearsable:
    """The library without cases that cannot be read, or that do not end as they expect.

    Nothing is proved, so it is quick; ``check`` finds what is wrong with the rest.
    """
    library = reading.library
    unread = {mistake.span.file for mistake in reading.errors} & reading.apart
    read = {
        name: case for name, case in reading.walkable.cases.items() if case.span.file not in unread
    }
    found = tuple(cases.find(replace(library, cases=read)))
    wrong = {mistake.span for mistake in found if mistake.severity is Severity.ERROR}
    sound = {name: case for name, case in read.items() if case.span not in wrong}
    own = [case for case in library.cases.values() if case.span.file in reading.own_cases]
    mistakes = {m for m in (*reading.mistakes, *found) if m.span.file in reading.own_cases}
    mistakes |= {mistake for case in own for mistake in reading.stopping(case.tree)}
    in_order = sorted(mistakes, key=lambda mistake: mistake.order)
    return Rehearsable(replace(library, cases=sound), tuple(in_order))


def check(reading: Reading, today: date, shipped: Library | None = None) -> Checked:
    """Every mistake in what was read, as of a day; and each number that is another in the library
    that is ``shipped``, if there are two."""
    read = {*reading.mistakes, *reading.local_mistakes}
    found = _check(reading.library, read, today)
    mistakes = found.mistakes
    verdicts = found.verdicts
    if reading.without_local is not None:
        without = _check(reading.without_local, read, today)
        mistakes = either_way(mistakes, without.mistakes, reading.local_file)
        verdicts = tuple(map(_worse, verdicts, without.verdicts))
    lines_of = cache(lambda file: reading.texts.get(file, "").split("\n"))
    narrowed = (
        replace(each, span=each.span.of_part(lines_of(each.span.file), each.words))
        if each.words
        else each
        for each in mistakes
    )
    changed = changed_numbers.find(reading.library, shipped) if shipped else ()
    in_order = sorted({*read, *narrowed, *changed}, key=lambda mistake: mistake.order)
    lines = len(Wording(reading.library).texts)
    return Checked(tuple(in_order), verdicts, lines, found.stopped)


def _check(library: Library, read: Collection[Diagnostic], today: date) -> Checked:
    """Check a library in which reading has found ``read``.

    Where there is an error, the checks of a sound library are left out: what they found might only
    follow from it.
    """
    # A value that could not be read is empty, which a check would report a second time.
    places = {mistake.span for mistake in read}
    found = [m for m in registry.find(registry.OF_ANY, library) if m.span not in places]
    if any(mistake.severity is Severity.ERROR for mistake in (*read, *found)):
        return Checked(tuple(found), stopped=True)
    proofs = Proofs(library)
    verdicts: tuple[tuple[Rule, Verdict], ...] = ()
    try:
        for mistake in registry.find(registry.OF_PATHS, proofs):
            found.append(mistake)  # noqa: PERF402 - what is found while there is room counts
        verdicts = proofs.verdicts
    except LimitReached:
        found.append(_undecided(library, proofs.room))
    # Where a path is wrong a case ends elsewhere, which would hide the cause.
    is_sound = not any(mistake.severity is Severity.ERROR for mistake in found)
    found += registry.find(registry.OF_SOUND_PATHS, library) if is_sound else ()
    found += registry.find(registry.OF_SOUND, library)
    found += registry.find(registry.OF_WORDS, Wording(library))
    found += registry.find(registry.OF_PAGES, CasePages(library))
    found += registry.find(registry.DATED, library, today)
    return Checked(tuple(found), verdicts, stopped=not is_sound)


def _undecided(library: Library, room: Room) -> Diagnostic:
    """The mistake of a library of which not all paths could be looked at: a part is no proof."""
    first = next(iter(library.trees.values()))
    return Diagnostic(
        "FP312",
        "it is not decided whether every path is safe: all proofs together would tell apart more "
        f"than {room.most:,} kinds of people",
        first.span,
        hint="read fewer facts in its conditions, or part the library in two",
    )


def either_way(
    with_local: Collection[Diagnostic], without: Collection[Diagnostic], local_file: str
) -> tuple[Diagnostic, ...]:
    """Every mistake once; one that is found only with or only without local details says so.

    A mistake in ``local_file`` itself does not: it cannot be found without it.
    """
    # The witness is no part of what makes two of them the same.
    in_both = {mistake.order for mistake in with_local} & {mistake.order for mistake in without}
    found = [
        mistake
        if mistake.order in in_both or mistake.span.file == local_file
        else replace(mistake, message=f"{mistake.message}, with the local details")
        for mistake in with_local
    ]
    found += (
        replace(mistake, message=f"{mistake.message}, without the local details")
        for mistake in without
        if mistake.order not in in_both
    )
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _worse(one: tuple[Rule, Verdict], other: tuple[Rule, Verdict]) -> tuple[Rule, Verdict]:
    """The one of two verdicts on a rule that is not a proof, if there is one."""
    return other if one[1].status is Status.PROVED else one
