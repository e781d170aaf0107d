"""Builds the manual page from the help of the commands, and the trees compiled, into the wheel."""

from __future__ import annotations

import shutil
import sys
from copy import copy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Made(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own default
    """Adds ``share/man/man1/fingerpost.1`` and ``fingerpost/compiled`` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write both beside the other results of the build; hatchling takes them from there. An
        editable installation reads the trees that are edited."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from fingerpost.cli.main import program
        from fingerpost.reading import compiled
        from fingerpost.search.indexing import index_of

        path = Path(self.directory) / "fingerpost.1"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(manual_page(program, self.metadata.version), encoding="utf-8")
        build_data["shared_data"][str(path)] = "share/man/man1/fingerpost.1"
        if version == "standard":
            folder = path.with_name("compiled")
            shutil.rmtree(folder, ignore_errors=True)  # a tree may be gone since
            folder.mkdir()
            for name, data in compiled.files_of(Path(self.root) / "trees", index_of).items():
                (folder / name).write_bytes(data)
            build_data["force_include"][str(folder)] = "fingerpost/compiled"


def manual_page(program: Any, version: str) -> str:
    """The page in man(7) macros: the program's help, then a section for each command.

    ``program`` is a click group; nothing that it says is written here again.
    """
    import click

    context = click.Context(program, info_name="fingerpost", **program.context_settings)
    lines = [f'.TH FINGERPOST 1 "" "fingerpost {version}"', ".SH NAME"]
    first, _, rest = program.help.partition(" Choose")
    lines += [f"fingerpost \\- {_text(first)}", ".SH SYNOPSIS", *_usage(program, context)]
    lines += [".SH DESCRIPTION", *_paragraphs(f"Choose{rest}"), ".SH OPTIONS"]
    lines += [*_options(program, context), ".SH COMMANDS"]
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        under = click.Context(command, info_name=name, parent=context)
        lines += [f".SS {name}", *_usage(command, under), *_paragraphs(command.help)]
        lines += [*_options(command, under), *_paragraphs(command.epilog or "")]
    return "\n".join(lines) + "\n"


def _usage(command: Any, context: Any) -> list[str]:
    pieces = " ".join(command.collect_usage_pieces(context))
    return [f"\\fB{_text(context.command_path)}\\fR {_text(pieces)}"]


def _paragraphs(text: str) -> list[str]:
    return [line for part in text.split("\n\n") if part for line in (".PP", _text(part))]


def _options(command: Any, context: Any) -> list[str]:
    records = [found for each in command.get_params(context) if (found := _record(each, context))]
    return [line for names, told in records for line in (".TP", f"\\fB{names}\\fR", told)]


def _record(parameter: Any, context: Any) -> tuple[str, str] | None:
    parameter = copy(parameter)
    parameter.hidden = False  # a rare option is left out of --help, and stands here
    found = parameter.get_help_record(context)  # of an argument it has no words
    return (_text(found[0]), _text(found[1])) if found and found[1] else None


def _text(text: str) -> str:
    """Text in which roff sees no request, no escape and no hyphen that it may break."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
