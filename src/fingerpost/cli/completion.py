"""Shell completion of arguments: names of trees, facts, codes of mistakes.

An unreadable library completes nothing, because an error message would garble the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..model.library import Library


def tree_names(
    ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The trees of the library that the command line names, each with its title."""
    from ..model.sanitize import clean

    found = _library(ctx)
    trees = () if found is None else found.trees.items()
    titles = {name: tree.title.read_by(None) for name, tree in trees if name.isprintable()}
    return _starting(incomplete, {name: clean(title) for name, title in titles.items()})


def given_facts(
    ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Facts as ``FACT=``; after the sign, the values of that fact."""
    from .context import known_facts

    found = _library(ctx)
    if found is None:
        return []
    fact, equals, _ = incomplete.partition("=")
    known = known_facts(found)
    if not equals:
        return _starting(incomplete, dict.fromkeys((f"{name}=" for name in known), ""))
    values = dict.fromkeys(value for asked in known.get(fact, ()) for value in asked.values)
    return _starting(incomplete, dict.fromkeys((f"{fact}={value}" for value in values), ""))


def command_names(
    ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The commands of the program."""
    whole = ctx.find_root()
    names = whole.command.list_commands(whole) if isinstance(whole.command, click.Group) else ()
    return _starting(incomplete, dict.fromkeys(names, ""))


def code_names(
    _ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes of mistakes, each with its title."""
    from ..model.diagnostics import codes, manual

    return _starting(incomplete.upper(), {code: manual(code).title for code in codes()})


def _starting(incomplete: str, words: dict[str, str]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    found = words.items()
    return [CompletionItem(word, help=told) for word, told in found if word.startswith(incomplete)]


def _library(ctx: click.Context) -> Library | None:
    from ..reading.folders import CannotRead
    from .context import read

    try:
        return read(ctx.params.get("trees_folder"), bool(ctx.params.get("only")), None).library
    except (CannotRead, click.UsageError):
        return None
