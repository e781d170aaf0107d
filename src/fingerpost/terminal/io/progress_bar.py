"""A progress bar, shown only on a real terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from . import streams


@contextmanager
def progress_bar(
    total: int, what: str, stream: TextIO | None, environ: Mapping[str, str]
) -> Iterator[Callable[[int], None]]:
    """A transient bar while the block runs, as in “Sheets ━━━━ 34/120”.

    Yields a function to call with the number of steps done since the last call. On a stream that
    is no terminal, or has no escape sequences, nothing is shown.
    """
    if stream is None or not streams.can_clear(stream, environ):
        yield lambda _: None
        return
    columns, _ = streams.size(stream)
    console = Console(file=stream, width=columns, markup=False, emoji=False, highlight=False)
    shown = (TextColumn(what, markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*shown, console=console, transient=True, auto_refresh=False) as progress:
        task = progress.add_task(what, total=total)
        progress.refresh()
        yield lambda more: progress.update(task, advance=more, refresh=True)
