"""All that ``fingerpost check`` says of a library: every mistake, and how each rule fared.

A library with an organisation's own details is checked with and without them, for whoever has no
such file has no such routes.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ..model.base import Frozen, replace
from ..model.diagnostics import Diagnostic, Severity
from ..model.library import Library
from ..model.rule import Rule
from ..model.text_index import Wording
from ..proof.prover import Proofs
from ..proof.verdict import Status, Verdict
from ..reading.loader import Reading
from . import registry
from .either_way import either_way
from .upkeep import cases


class Checked(Frozen):
    """What was found, in the order in which a reader meets it.

    ``verdicts`` has every rule with how its proof ended; it is empty where an error kept the
    library from being proved.
    """

    mistakes: tuple[Diagnostic, ...]
    verdicts: tuple[tuple[Rule, Verdict], ...] = ()


class Rehearsable(Frozen):
    """A library in which every case can be rehearsed, and what is to be said of a trainer's own.

    ``mistakes`` are in the trainer's files, or in trees that they need. If one of them is an error,
    something that the trainer wrote has been left out.
    """

    library: Library
    mistakes: tuple[Diagnostic, ...]


def rehearsable(reading: Reading) -> Rehearsable:
    """The library without cases that cannot be read, or that no longer end as they expect.

    Nothing is proved, so it takes no time; ``check`` says all that is to be said.
    """
    library = reading.library
    errors = [m for m in reading.mistakes if m.severity is Severity.ERROR]
    unread = {mistake.span.file for mistake in errors} & reading.apart
    stopping = {name: reading.stopping(name) for name in library.trees}
    read = {
        name: case
        for name, case in library.cases.items()
        if case.span.file not in unread and case.tree in stopping and not stopping[case.tree]
    }
    found = cases.find(replace(library, cases=read))
    wrong = {mistake.span for mistake in found if mistake.severity is Severity.ERROR}
    sound = {name: case for name, case in read.items() if case.span not in wrong}
    own = [case for case in library.cases.values() if case.span.file in reading.own_cases]
    mistakes = {m for m in (*reading.mistakes, *found) if m.span.file in reading.own_cases}
    mistakes |= {mistake for case in own for mistake in stopping.get(case.tree, ())}
    in_order = sorted(mistakes, key=lambda mistake: mistake.order)
    return Rehearsable(replace(library, cases=sound), tuple(in_order))


def check(reading: Reading, today: date) -> Checked:
    """Everything that is wrong with what was read, on a day."""
    read = {*reading.mistakes, *reading.local_mistakes}
    found = _check(reading.library, read, today)
    mistakes: Collection[Diagnostic] = found.mistakes
    verdicts = found.verdicts
    if reading.without_local is not None:
        without = _check(reading.without_local, read, today)
        local = {r.span.file for r in reading.library.routes.values() if r.local}
        mistakes = either_way(mistakes, without.mistakes, next(iter(local), ""))
        verdicts = tuple(map(_worse, verdicts, without.verdicts))
    in_order = sorted({*read, *mistakes}, key=lambda mistake: mistake.order)
    return Checked(tuple(in_order), verdicts)


def _check(library: Library, read: Collection[Diagnostic], today: date) -> Checked:
    """What the checks find in a library in which reading found this.

    Where there is an error, what goes further is not judged: it would be the error's echo.
    """
    # A value that could not be read is empty, and a check would find that wrong once more.
    places = {mistake.span for mistake in read}
    found = [m for each in registry.of_any() for m in each.find(library) if m.span not in places]
    if any(mistake.severity is Severity.ERROR for mistake in (*read, *found)):
        return Checked(tuple(found))
    proofs = Proofs(library)
    found += [mistake for each in registry.of_paths() for mistake in each.prove(proofs)]
    found += [mistake for each in registry.of_sound() for mistake in each.find(library)]
    wording = Wording(library)
    found += [mistake for each in registry.of_words() for mistake in each.read(wording)]
    found += [mistake for each in registry.dated() for mistake in each.find(library, today)]
    return Checked(tuple(found), proofs.verdicts())


def _worse(one: tuple[Rule, Verdict], other: tuple[Rule, Verdict]) -> tuple[Rule, Verdict]:
    """Of two verdicts on a rule the one that is no proof, if there is one."""
    return other if one[1].status is Status.PROVED else one
