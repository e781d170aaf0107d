"""``fingerpost diff``: the changes between two libraries, in what people see and in wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import TypeAlias

import click

from ...model.base import Frozen, replace
from ...model.diagnostics import Diagnostic, Span
from ...model.library import Library
from ...reading.folders import CannotRead, read_file
from ...reading.loader import load
from ...reading.reading import Reading, shipped
from ..context import refuse
from ..options import format_option
from ..output import Exit, echo
from ..terminal_session import tidied_up


@click.command("diff", epilog="Example: fingerpost diff HEAD~1:trees trees")
@click.argument("old")
@click.argument("new")
@format_option("text", "json")
@click.option(
    "--over-shipped",
    is_flag=True,
    help="Lay each folder over the trees that come with fingerpost, as --trees does.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changes.")
def command(old: str, new: str, format_: str, over_shipped: bool, exit_code: bool) -> None:
    """Show what changes for people between two libraries, and which words.

    OLD and NEW are folders of trees, or REV:PATH for what a git revision has, such as
    HEAD~1:trees. One tree file is laid over the other's folder, or over the trees that come with
    fingerpost. Exits with 1 if a library has mistakes.
    """
    from ...diff.as_json import as_json
    from ...diff.as_text import as_text
    from ...diff.comparison import compare

    with tidied_up():
        before, after = _read(old, new, over_shipped=over_shipped)
    found = compare(before.library, after.library)
    found = replace(
        found,
        words=tuple(
            replace(
                each,
                old=each.old and replace(each.old, span=before.place(each.old.span)),
                new=each.new and replace(each.new, span=after.place(each.new.span)),
            )
            for each in found.words
        ),
    )
    written = as_json if format_ == "json" else as_text
    echo(written(found, old, new), nl=False)
    if exit_code and not found.is_empty:
        raise click.exceptions.Exit(Exit.PROBLEMS)


_Found: TypeAlias = Path | Mapping[str, bytes] | bytes
"""A folder on disk, the files of a folder in a git revision, or one tree file from either."""


class _Side(Frozen):
    """One library, and the user's name for each folder that was unpacked to be read."""

    library: Library
    called: Mapping[Path, str]

    def place(self, span: Span) -> Span:
        """A span in a file by the name that the user typed."""
        return replace(span, file=_called(self.called, span.file))


def _read(old: str, new: str, *, over_shipped: bool) -> tuple[_Side, _Side]:
    """Read both libraries. Raises CannotRead, and UsageError for one that is meant to lie over what
    is shipped; ends the command if either has mistakes."""
    found = (_find(old), _find(new))
    # Two files are one tree before and after, whatever their names.
    lone = next((t for t, f in zip((new, old), reversed(found), strict=True) if _is_file(f)), "")
    name = PurePosixPath(lone.rpartition(":")[2].replace("\\", "/")).name
    if lone and not name.endswith(".yaml"):
        raise CannotRead(f"{lone} is not a tree. A tree is a file that ends in .yaml.")
    base = [shipped()] if over_shipped or all(map(_is_file, found)) else []
    with ExitStack() as stack:
        places: list[Path] = []
        called: dict[Path, str] = {}
        for text, each in zip((old, new), found, strict=True):
            place = each if isinstance(each, Path) else _lay_out(stack, each, name)
            places.append(place)
            if isinstance(each, Mapping):
                called[place] = text.rstrip("/")
            elif not isinstance(each, Path):
                called[place / name] = text
        sides = []
        for at, text in enumerate((old, new)):
            # A single tree is laid over the folder of the other side.
            below = [places[1 - at]] if _is_file(found[at]) and not _is_file(found[1 - at]) else []
            folders = [*base, *below, places[at]]
            reading = load(folders, whole=True)
            if reading.blocking and not base and not load([shipped(), *folders]).blocking:
                raise click.UsageError(
                    f"{text} names what comes with fingerpost, and cannot be read alone. "
                    "To lay it over that, add --over-shipped."
                )
            sides.append(_sound(reading, text, called))
    return sides[0], sides[1]


def _find(text: str) -> _Found:
    from ...diff import git

    revision = git.named(text)
    if revision is not None:
        return git.contents(revision)
    path = Path(text)
    return path if path.is_dir() or not path.exists() else read_file(path)


def _is_file(found: _Found) -> bool:
    return isinstance(found, bytes)


def _lay_out(stack: ExitStack, found: Mapping[str, bytes] | bytes, name: str) -> Path:
    from ...diff.git import laid_out

    files = {name: found} if isinstance(found, bytes) else found
    return stack.enter_context(laid_out(files))


def _sound(reading: Reading, text: str, called: Mapping[Path, str]) -> _Side:
    """The side of a library without errors; ends the command otherwise.

    Errors in rules or cases only cause a note that some of their words are not compared, because no
    walk depends on them.
    """
    side = _Side(reading.library, called)
    errors = reading.blocking
    if len(errors) < len(reading.errors):
        told = f"{text} has mistakes in rules or cases. Not all of their words are compared."
        echo(told, err=True)
    if errors:
        texts = {_called(called, file): each for file, each in reading.texts.items()}
        why = f"{text} cannot be compared until these mistakes are mended:"
        refuse(why, _placed(errors, side), texts)
    return side


def _placed(mistakes: Iterable[Diagnostic], side: _Side) -> list[Diagnostic]:
    return [
        replace(
            mistake,
            span=side.place(mistake.span),
            related=tuple(replace(r, span=side.place(r.span)) for r in mistake.related),
        )
        for mistake in mistakes
    ]


def _called(called: Mapping[Path, str], file: str) -> str:
    """A file by the name that the user typed for it, or for its folder."""
    path = Path(file).absolute()
    for place, name in called.items():
        if path == place:
            return name
        if path.is_relative_to(place):
            return f"{name}/{path.relative_to(place).as_posix()}"
    return file
