"""Entry point: the group of commands, each imported when called, and the exit status."""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..terminal.io import streams
from .options import walk_options
from .output import Exit, echo

GROUPS = {
    "helpers": {
        "walk": "Answer questions, and see where to turn.",
        "sheet": "Write a sheet to print, or a form to note by hand.",
        "routes": "Look up a service: its number, hours, who it is for.",
        "rehearse": "Practise with made-up stories, alone or in a room.",
        "web": "Write the whole walk as one page for any browser.",
        "local": "Show or start the file of your own details.",
    },
    "leads": {
        "approve": "Read pages on the screen or on paper, and approve them.",
        "trees": "List what there is, for whom, and how much is approved.",
        "safety-case": "Write what could harm, and what prevents it.",
    },
    "authors": {
        "check": "Find mistakes in a library; it can't judge advice.",
        "diff": "Show what changes for people between two libraries.",
        "new": "Write a short tree and a case to change into your own.",
        "graph": "Draw a tree, or say for whom each of its endings is.",
    },
}
"""The commands by who uses them, each a module of ``commands``, and what it does."""

_FURTHER = {
    "help leads": "For safeguarding leads: to read and approve.",
    "help authors": "For people who write trees.",
}
"""What the help of the program names below the commands for helpers."""

COMMANDS = tuple(name for group in GROUPS.values() for name in group)

OPTIONS = {"help": "help_", "version": "version"}
"""The commands that do what an option does, for those who write a word instead; not listed. All of
them are in ``commands.about``."""

_WITHIN = {
    "book": "approve -o book.pdf",
    "explain": "check --explain",
    "paths": "graph --paths",
    "handout": "rehearse --handout handout.pdf",
    "room": "rehearse --room",
    "stories": "rehearse",
    "quiz": "rehearse",
    "train": "rehearse",
    "leaflets": "sheet --leaflets",
    "poster": "sheet --leaflets",
    "print": "sheet",
    "record": "sheet --record",
}
"""What is no command, and the one that does it. None of these is guessed: “quit” is no “quiz”."""

_MOST_FRAMES = 16
"""The lines of a stack that are shown."""


class LazyGroup(click.Group):
    """A group whose commands are imported only when one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            place, called = cmd_name.replace("-", "_"), "command"
        elif cmd_name in OPTIONS:
            place, called = "about", OPTIONS[cmd_name]
        else:
            return None
        from importlib import import_module

        command: click.Command = getattr(import_module(f".commands.{place}", __package__), called)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A usage error of click's parser, which names none, is that command's."""
        try:
            return super().invoke(ctx)
        except click.UsageError as wrong:
            command = self.get_command(ctx, ctx.invoked_subcommand or "")
            if wrong.ctx is None and command is not None:
                wrong.ctx = click.Context(command, ctx, ctx.invoked_subcommand)
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first word. For any other word, raises a usage error with what it is a
        typo of: a command, service or tree."""
        word = args[0]
        if word in COMMANDS or word in OPTIONS or word.startswith("-"):
            return super().resolve_command(ctx, args)
        from ..model.facts import NATIONS
        from ..model.spelling import meant, meant_or_begun

        typed = " ".join(args)
        if re.fullmatch(r"\d[\d ]{2,}", typed):
            told = f"This rings nobody: to ring {typed}, use a phone. What to do: fingerpost walk"
            raise click.UsageError(told, ctx)
        told = f"There is no command “{word}”."
        nations = {nation: f"routes --nation {nation}" for nation in NATIONS}
        within = _WITHIN | nations | {group: f"help {group}" for group in GROUPS}
        known = (*COMMANDS, *OPTIONS, *GROUPS, *({word} & within.keys()))
        if close := meant_or_begun(word.casefold(), known):
            near = " ".join(("fingerpost", within.get(close, close), *args[1:]))
            raise click.UsageError(f"{told} Did you mean “{near}”?", ctx)
        from .context import read

        reading = read(None, only=False, local_file=None, trees=(), told=False)
        if name := meant("-".join(args).casefold(), (*reading.library.routes, *reading.files)):
            does = "walk" if name in reading.files else "routes"
            raise click.UsageError(f"{told} Did you mean “fingerpost {does} {name}”?", ctx)
        told += " To say in your own words what has happened: fingerpost"
        raise click.UsageError(told, ctx)

    def get_help(self, ctx: click.Context) -> str:
        """The help, in which no number is parted, with common spaces in them."""
        return super().get_help(ctx).replace("\N{NO-BREAK SPACE}", " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands for helpers, where the others are, and the options but for those of
        a walk."""
        with formatter.section("Commands, each with --help"):
            formatter.write_dl(list({**GROUPS["helpers"], **_FURTHER}.items()))
        own = (each.get_help_record(ctx) for each in self.get_params(ctx) if each.is_eager)
        with formatter.section("Options"):
            formatter.write_dl([*filter(None, own), ("...", "Those of walk: fingerpost help walk")])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog="Example: fingerpost --nation wales",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="fingerpost", message="%(prog)s %(version)s")
@walk_options
@click.pass_context
def program(ctx: click.Context, /, **options: Any) -> None:
    """What should I do? Choose what has happened, and see where to turn.

    In danger, ring 999. Under 19: Childline 0800\N{NO-BREAK SPACE}1111. Any age: Samaritans
    116\N{NO-BREAK SPACE}123. Nothing that you answer is saved or sent. Each page says if a
    safeguarding professional has approved its words.
    """
    if ctx.invoked_subcommand is not None:
        _refuse_misplaced(ctx)
        return
    from .commands.walk import start

    start(None, **options)


def _refuse_misplaced(ctx: click.Context) -> None:
    """Raise a usage error for an option before a command, where it would be ignored."""
    for option in ctx.command.params:
        source = ctx.get_parameter_source(option.name or "")
        if source is click.core.ParameterSource.COMMANDLINE:
            told = f"Write {option.opts[0]} after {ctx.invoked_subcommand}."
            raise click.UsageError(told, ctx)


def run() -> None:
    """Run the command line and exit with a status of ``Exit``."""
    streams.prepare(sys.stdin, sys.stdout, sys.stderr, environ=os.environ)
    if sys.stdout is None:
        sys.exit(_refuse("There is nowhere to write to: the output is closed.", Exit.CANNOT))
    silent = signal.getsignal(signal.SIGINT) is signal.SIG_DFL  # by __main__, while this loads
    if silent:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        status = main(sys.argv[1:])
    except KeyboardInterrupt:  # again, while it was refused
        status = Exit.STOPPED
    if silent:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        sys.stdout.flush()
    except OSError as lost:
        status = _output_lost(status, lost)
    sys.exit(status)


def main(arguments: list[str]) -> int:
    """Run the command line and return its exit status; no exception leaves it."""
    try:
        done = program.main(arguments, prog_name="fingerpost", standalone_mode=False)
        return int(done or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as wrong:
        path = wrong.ctx.command_path if wrong.ctx else "fingerpost"
        return _refuse(f"{_in_words(wrong)}\nFor help: {path} --help", Exit.USAGE)
    except click.ClickException as wrong:
        return _refuse(wrong.format_message(), Exit.CANNOT)
    except (click.Abort, KeyboardInterrupt, EOFError):
        return Exit.STOPPED
    except OSError as lost:
        return _output_lost(Exit.CANNOT, lost)
    except SystemExit as ended:  # click's shell completion, or a closed pipe
        return _output_lost(Exit.CANNOT) if ended.code else Exit.DONE
    except Exception as wrong:  # the edge of the program: no traceback is shown
        from ..reading.folders import CannotRead
        from ..sheets.formats import CannotPrint, NotInstalled

        if isinstance(wrong, CannotRead | NotInstalled):
            return _refuse(str(wrong), Exit.CANNOT)
        if isinstance(wrong, CannotPrint):
            return _refuse(str(wrong), Exit.PROBLEMS)
        return _refuse(_where(wrong), Exit.BUG)


def _in_words(wrong: click.UsageError) -> str:
    """A usage error as a sentence or two for people, with what to write instead."""
    from ..model.spelling import meant_or_begun

    if wrong.ctx is None:
        return wrong.format_message()
    command = wrong.ctx.command
    if isinstance(wrong, click.BadParameter) and wrong.param:
        return _of_parameter(wrong, wrong.param, command)
    options = {name: each for each in command.get_params(wrong.ctx) for name in each.opts}
    if isinstance(wrong, click.NoSuchOption):
        close = meant_or_begun(wrong.option_name, tuple(options))
        hint = f" Did you mean “{close}”?" if close else ""
        return f"There is no option “{wrong.option_name}”.{hint}"
    if isinstance(wrong, click.BadOptionUsage) and wrong.option_name in options:
        name, option = wrong.option_name, options[wrong.option_name]
        if getattr(option, "is_flag", False):
            return f"{name} stands alone: write nothing after it."
        return _of_parameter(click.MissingParameter(), option, command)
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", wrong.message, re.DOTALL)
    if extra is None:
        return wrong.format_message()
    return f"“{extra[1]}” is one word more than this takes. {command.epilog}"


def _of_parameter(wrong: click.BadParameter, param: click.Parameter, command: click.Command) -> str:
    """What is missing, or may stand there."""
    from ..page.messages import either

    is_option = isinstance(param, click.Option)
    name = param.opts[0] if is_option else param.human_readable_name.strip("[]")
    if isinstance(param.type, click.Choice):
        values = either([str(each) for each in param.type.choices])
        return f"{name}: write {values}." if is_option else f"Write one of these: {values}."
    if isinstance(wrong, click.MissingParameter):
        if not isinstance(param, click.Option):
            return f"{name} is missing. {command.epilog}"
        told = param.help or ""
        return f"Write {name} {param.metavar}: {told[:1].lower()}{told[1:]}"
    if isinstance(param.type, click.IntRange):
        return f"{name}: write a whole number, {param.type.min} or more."
    return f"{name}: {wrong.message}"


def _refuse(why: str, status: Exit) -> Exit:
    """Print the reason to stderr, sanitised because it may echo user input; return the status."""
    from ..page.messages import LAST_RESORT

    with suppress(OSError, ValueError):
        told = f"{LAST_RESORT}\n{why}"
        if streams.is_terminal(sys.stderr):
            from ..page.text_layout import Line, text

            blocks = [(Line(line),) for line in told.split("\n")]
            told = text(blocks, streams.size(sys.stderr)[0]).rstrip("\n")
        echo(told, err=True)
    return status


def _output_lost(status: int, lost: OSError | None = None) -> int:
    """The exit status after output was lost, never DONE; reported unless a pipe was closed."""
    if lost is not None and not isinstance(lost, BrokenPipeError):
        _refuse(f"Nothing more can be shown: {lost.strerror or lost}.", Exit.CANNOT)
    # Python flushes the streams again at exit, which would fail again.
    devnull = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(devnull, descriptor)
    return status or Exit.CANNOT


def _where(bug: BaseException) -> str:
    """The stack of a bug without values or messages, which could reveal answers."""
    import traceback

    frames = traceback.extract_tb(bug.__traceback__)
    lines = [f"  {frame.name} at {Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    if len(lines) > _MOST_FRAMES:  # endless recursion: the line on 999 must stay on the screen
        half = _MOST_FRAMES // 2
        lines = [*lines[:half], f"  ... and {len(lines) - 2 * half:,} more ...", *lines[-half:]]
    told = "Something went wrong inside fingerpost. Please report these lines:"
    return "\n".join([told, *lines, f"  {type(bug).__name__}"])
