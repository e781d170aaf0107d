"""The only place where a file is written: whole or not at all, and for its owner's eyes."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex


class NotWritten(Exception):
    """A file could not be written. The message is one sentence; nothing has changed."""


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, with its folder if need be.

    The bytes go to a temporary file beside it, which takes its name only when it is whole.
    Raises NotWritten if there is something of that name already, or if it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_name(f".{path.name}.{token_hex(8)}")
        try:
            _write(temporary, data)
            _give_name(temporary, path)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except FileExistsError as error:
        if not os.path.lexists(path):
            raise NotWritten(f"{path} could not be written: {path.parent} is a file.") from error
        raise NotWritten(f"{path} is there already, and is left as it is.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NotWritten(f"{path} could not be written: {why.lower()}.") from error


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(_open(path), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _open(path: Path) -> int:
    """A file that is not there yet, for its owner alone; Windows changes no line break in it."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def _give_name(temporary: Path, path: Path) -> None:
    """Rename, but never over anything: a link refuses to take the place of what is there."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a memory stick, mostly, has no links: there the name is taken first, empty
        os.close(_open(path))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise
