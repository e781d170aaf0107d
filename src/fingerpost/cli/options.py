"""Options that several commands share, and what completes arguments in a shell.

They are declared before anything slow is loaded. An unreadable library completes nothing, because
an error message would garble the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import click

from ..model.facts import NATIONS, TELLERS, understood

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..model.library import Library
    from ..model.route import Route
    from ..model.tree import Tree

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Decorator: TypeAlias = Callable[[_Command], _Command]


def names_of(
    named: Callable[[Library], Mapping[str, str]], **how: Any
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """What completes the names of something in the library that the command line names, each with
    what it is; ``how`` is what ``context.read`` reads of it."""

    def complete(
        ctx: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from ..model.sanitize import clean
        from ..reading.folders import CannotRead
        from .context import read

        try:
            where = ctx.params.get("trees_folder"), bool(ctx.params.get("only"))
            own = ctx.params.get("cases_folder")
            found = named(read(*where, None, own_cases=own, told=False, **how).library)
        except (CannotRead, click.UsageError):
            return []
        told = {name: clean(what) for name, what in found.items() if name.isprintable()}
        return _starting(incomplete, told)

    return complete


def _facts(library: Library) -> dict[str, str]:
    from .context import known_facts

    asked = known_facts(library).items()
    return {f"{fact}={value}": "" for fact, each in asked for one in each for value in one.values}


def given_facts(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Facts with their values; of several facts, each as ``FACT=``."""
    found = names_of(_facts)(ctx, parameter, incomplete)
    facts = dict.fromkeys(f"{each.value.partition('=')[0]}=" for each in found)
    return found if len(facts) == 1 else _starting(incomplete, dict.fromkeys(facts, ""))


tree_names = names_of(lambda library: _titles(library.trees))
route_names = names_of(lambda library: _titles(library.routes), trees=())
need_names = names_of(
    lambda library: {name: need.say.read_by(None) for name, need in library.needs.items()},
    trees=(),
)
case_names = names_of(lambda library: dict.fromkeys(library.cases, ""), whole=True)


def _titles(named: Mapping[str, Tree | Route]) -> dict[str, str]:
    return {name: each.title.read_by(None) for name, each in named.items()}


def file_names(
    _ctx: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The files that the shell finds."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def command_names(
    _ctx: click.Context, parameter: click.Parameter | None, incomplete: str
) -> list[CompletionItem]:
    """The commands; and for the parameter of help, those for whom it lists some."""
    from .main import GROUPS

    known = {name: told for group in GROUPS.values() for name, told in group.items()}
    return _starting(incomplete, known | (dict.fromkeys(GROUPS, "") if parameter else {"help": ""}))


def files_or_codes(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """What ``check`` is of: files, or with --explain the codes of mistakes, each with its title."""
    from ..model.diagnostics import codes, manual

    if not ctx.params.get("explain"):
        return file_names(ctx, parameter, incomplete)
    return _starting(incomplete.upper(), {code: manual(code).title for code in codes()})


def _starting(incomplete: str, words: dict[str, str]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    found = words.items()
    return [CompletionItem(word, help=told) for word, told in found if word.startswith(incomplete)]


# Options


def refuse_first(*rules: tuple[object, str]) -> None:
    """Raise a usage error with the words of the first rule that is broken: of options that do not
    go together."""
    if told := next((told for broken, told in rules if broken), None):
        raise click.UsageError(told)


class ValueOf(click.Choice[str]):
    """The values of a fact, each of which may be written as people write it."""

    def __init__(self, fact: str, values: Collection[str]) -> None:
        super().__init__(values)
        self._fact = fact

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(understood(self._fact, value, self.choices), param, ctx)


def _together(*options: Callable[[Any], Any]) -> _Decorator[_Command]:
    """One decorator for several options, which the help lists in this order."""

    def decorated(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


def format_option(
    *names: str, help_: str = "For people or for programs."
) -> Callable[[_Command], _Command]:
    """--format, with the first of the names as its default."""
    return click.option(
        "--format", "format_", type=click.Choice(names), default=names[0], help=help_
    )


def local_option(help_: str) -> Callable[[_Command], _Command]:
    """--local, or else FINGERPOST_LOCAL: the file of local details."""
    return click.option(
        "--local",
        "local_file",
        type=click.Path(path_type=Path),
        envvar="FINGERPOST_LOCAL",
        metavar="FILE",
        help=help_,
    )


cases_option = click.option(
    "--cases",
    "cases_folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of your own cases, beside those that come with fingerpost.",
)
now_option = click.option(
    "--now",
    "moment",
    metavar="MOMENT",
    help="Pretend that it is 2026-12-25 or 2026-12-25T03:00.",
)
plain_option = click.option(
    "--plain",
    is_flag=True,
    envvar="FINGERPOST_PLAIN",
    help="Line by line, for screen readers and pipes.",
)

language_option = click.option(
    "--language", metavar="TAG", help="In the language of languages/TAG.yaml."
)
library_options = _together(
    click.option(
        "--trees",
        "trees_folder",
        type=click.Path(path_type=Path),
        envvar="FINGERPOST_TREES",
        metavar="DIR",
        help="A folder of trees to lay over those that come with fingerpost.",
    ),
    click.option("--only", is_flag=True, help="Leave out the trees that come with fingerpost."),
    local_option("Your organisation's own details."),
)
"""Which library is read: the arguments of ``context.read``."""

person_options = _together(
    click.option("--teller", type=ValueOf("teller", TELLERS), help="Who is reading."),
    click.option("--nation", type=ValueOf("nation", NATIONS), help="Where in the UK."),
    click.option(
        "--given",
        multiple=True,
        metavar="FACT=VALUE",
        shell_complete=given_facts,
        help="Something that is known already.",
    ),
)
"""What is known of a person: the arguments of ``context.facts_given``."""

walk_options = _together(
    person_options,
    language_option,
    plain_option,
    click.option("--code", metavar="CODE", help="Begin with the topic of a sheet's code."),
    now_option,
    library_options,
)
