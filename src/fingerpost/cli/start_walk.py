"""What a conversation starts from: a tree and known facts, from options or from a code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.base import Frozen, replace
from ..model.diagnostics import Diagnostic, Severity
from ..model.facts import Facts
from ..page.messages import say
from ..reading.reading import Reading
from .context import explain, facts_given, no_such_tree, read, refuse, search_index

if TYPE_CHECKING:
    from ..search.index import SearchIndex


class Beginning(Frozen):
    """The start of a conversation.

    ``tree`` is None if it is still to be chosen. ``given`` are the known facts. ``notice`` is shown
    on the first screen. ``index`` is that of a search, which is read or made when it is needed.
    """

    reading: Reading
    index: Callable[[], SearchIndex]
    tree: str | None
    given: Facts
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
    """Read the library, and interpret the options about a tree and a person.

    ``whole`` reads every tree, and the rules and cases that a walk does not need. Raises CannotRead
    and, for an unknown name or a malformed code, a usage error. Ends the command if mistakes leave
    nothing to walk; those of the local file are only reported.
    """
    if code is not None and (tree or teller or nation or given):
        told = "--code holds these: leave out TREE, --teller, --nation and --given."
        raise click.UsageError(told)
    wanted = None if whole or tree is None else (tree,)
    reading = read(trees_folder, only, local_file, trees=wanted, whole=whole)
    if tree is not None and tree not in reading.files:
        raise no_such_tree(tree, tuple(reading.files), trees_folder=trees_folder, only=only)
    if stopping := _stopping(tree, reading):
        why = "This cannot be used until these mistakes are mended:"
        refuse(why, stopping, reading.texts)

    def index() -> SearchIndex:
        return search_index(trees_folder, only)

    known = facts_given(reading.library, teller, nation, given)
    begun = Beginning(reading, index, tree, known)
    if code is not None:
        begun = _opened(begun, code)
    if any(mistake.severity is Severity.ERROR for mistake in reading.local_mistakes):
        left_out = "Your organisation's own details are left out until this is mended:"
        explain(left_out, reading.local_mistakes, reading.texts)
    return begun


def _opened(begun: Beginning, code: str) -> Beginning:
    """The start that a code holds: its tree, and who it is about."""
    from ..walk.sheet_code import WrongCode, opened

    try:
        found = opened(begun.reading.walkable, code)
    except WrongCode as wrong:
        why = say(f"code.wrong-{wrong.why}")
        raise click.UsageError(f"--code: {why}") from wrong
    known = {**begun.given, **found.facts}
    return replace(begun, tree=found.tree, given=known, notice=say("code.opened"))


def _stopping(tree: str | None, reading: Reading) -> tuple[Diagnostic, ...]:
    """The mistakes that leave nothing to walk, in one tree or in all."""
    if tree is not None:
        return reading.stopping(tree)
    if any(not reading.stopping(name) for name in reading.library.trees):
        return ()
    return reading.mistakes
