"""Where a conversation begins: with a tree and what is known of a person, or with a code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from ..model.base import Frozen, replace
from ..model.diagnostics import Diagnostic, Severity
from ..model.facts import Facts
from ..model.library import Library
from ..page.messages import say
from ..reading.loader import Reading
from ..walk.walk import Walk
from .context import facts_given, no_such, read
from .exit_codes import Exit


class Beginning(Frozen):
    """What a conversation begins with.

    ``tree`` is None where somebody is to choose it. ``given`` are the facts that are known, and
    ``walk`` is the walk that a code holds, if there is one. ``notice`` is to be said first.
    ``stories`` reads the same library again with its cases, for whoever searches it.
    """

    reading: Reading
    stories: Callable[[], Library]
    tree: str | None
    given: Facts
    walk: Walk | None = None
    notice: str = ""


def beginning(
    tree: str | None,
    *,
    trees_folder: Path | None,
    only: bool,
    local_file: Path | None,
    teller: str | None,
    nation: str | None,
    given: tuple[str, ...],
    code: str | None,
    whole: bool = False,
) -> Beginning:
    """Read the library, and what these options say of a tree and a person.

    ``whole`` reads every tree, and the rules and cases that a walk does not need. Raises a usage
    error for what is not there, and for a code that is none. Where mistakes leave nothing to walk
    they are shown and the command ends; those of the local file stop nobody.
    """
    if code is not None and (tree or teller or nation or given):
        told = "--code holds all that is known: leave out TREE, --teller, --nation and --given."
        raise click.UsageError(told)
    wanted = None if whole or tree is None else (tree,)
    reading = read(trees_folder, only, local_file, trees=wanted, whole=whole)
    if tree is not None and tree not in reading.files:
        raise no_such("tree", tree, tuple(reading.files))
    if stopping := _stopping(tree, reading):
        from ..page.messages import LAST_RESORT

        click.echo(LAST_RESORT, err=True)
        _explain("This cannot be used until these mistakes are mended:", stopping, reading)
        raise click.exceptions.Exit(Exit.PROBLEMS)

    def stories() -> Library:
        return read(trees_folder, only, local_file, whole=True).library

    known = facts_given(reading.library, teller, nation, given)
    begun = Beginning(reading, stories, tree, known)
    if code is not None:
        begun = _opened(begun, code)
    if any(mistake.severity is Severity.ERROR for mistake in reading.local_mistakes):
        left_out = "Your organisation's own details are left out until this is mended:"
        _explain(left_out, reading.local_mistakes, reading)
    return begun


def _opened(begun: Beginning, code: str) -> Beginning:
    """The walk that a code holds; of a tree whose shape has changed, what it still tells."""
    from ..walk.check_letters import WrongCode
    from ..walk.resume_code import opened

    try:
        found = opened(_walkable(begun.reading), code)
    except WrongCode as wrong:
        raise click.UsageError(f"--code: {wrong}") from wrong
    if found.walk is None:
        known = {**begun.given, **found.facts}
        return replace(begun, tree=found.tree, given=known, notice=say("code.changed"))
    return replace(begun, tree=found.tree, walk=found.walk)


def _walkable(reading: Reading) -> Library:
    """The library without the trees that cannot be walked."""
    trees = {n: t for n, t in reading.library.trees.items() if not reading.stopping(n)}
    return replace(reading.library, trees=trees)


def _stopping(tree: str | None, reading: Reading) -> tuple[Diagnostic, ...]:
    """The mistakes that leave nothing to walk."""
    if tree is not None:
        return reading.stopping(tree)
    if any(not reading.stopping(name) for name in reading.library.trees):
        return ()
    return reading.mistakes


def _explain(what: str, mistakes: tuple[Diagnostic, ...], reading: Reading) -> None:
    from ..checks.reports.text import for_people

    click.echo(what, err=True)
    click.echo(for_people(mistakes, reading.texts), err=True)
