"""The only place where what a person asked for is written to disk or removed from it.

A file is written whole or not at all, and only its owner may read it: the bytes go to a temporary
file in the same folder, which takes its name when all of them are on the disk. A full disk or a
signal leaves what was there before, or the new file, and never a part of one. No file is written
through a link.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class NotWritten(Exception):
    """A file could not be written or removed. The message is one sentence; nothing has changed."""


class AlreadyThere(NotWritten):
    """There is a file of that name, which was not to be replaced. It could be, if that is asked."""


class _Refused(Exception):
    """Why a file is not touched, as the end of a sentence."""


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, with its folder if need be.

    Raises AlreadyThere if there is a file of that name, and NotWritten if there is something else
    or if it cannot be written.
    """
    write(path, data, replace=False)


def write(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a file, with its folder if need be; ``replace`` puts it in the place of an older one.

    A folder on the way may be a link, for somebody chose it. The file may not: what is there is
    replaced only if it is a file itself. Raises AlreadyThere for a file that was not to be
    replaced, and NotWritten for whatever else is in the way or goes wrong.
    """
    with _in_a_sentence(path, "written"):
        if not path.name:
            raise _Refused("it is a folder")
        _make_folder(path.parent)
        if replace:
            _refuse_all_but_a_file(path)
        try:
            _put(path, data, replace=replace)
        except FileExistsError as error:
            why = AlreadyThere if _is_file(path) else NotWritten
            raise why(f"{path} is there already, and is left as it is.") from error


def remove(path: Path) -> None:
    """Remove a file, if it is there. Raises NotWritten for what is no file, or has to stay."""
    with _in_a_sentence(path, "removed"):
        _refuse_all_but_a_file(path)
        path.unlink(missing_ok=True)


@contextmanager
def _in_a_sentence(path: Path, done: str) -> Iterator[None]:
    """Whatever goes wrong with a file is told as a NotWritten."""
    try:
        yield
    except _Refused as refused:
        raise NotWritten(f"{path} could not be {done}: {refused}.") from refused
    except ValueError as error:  # a NUL, or a letter that the system's alphabet lacks
        raise NotWritten(f"{path} could not be {done}: no file can have that name.") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise NotWritten(f"{path} could not be {done}: {why[:1].lower()}{why[1:]}.") from error


def _make_folder(path: Path) -> None:
    """A folder for its owner alone, unless it is there already."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError as error:
        what = "a link that leads nowhere" if path.is_symlink() else "a file"
        raise _Refused(f"{path} is {what}") from error


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def _refuse_all_but_a_file(path: Path) -> None:
    """What is there may go only if it is a file. Nothing there is well too."""
    if not os.path.lexists(path) or _is_file(path):
        return
    if path.is_symlink():
        raise _Refused("it is a link, and links are not followed")
    raise _Refused("it is a folder" if path.is_dir() else "it is not a file")


def _put(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a temporary file and give it the name. Raises FileExistsError if that is taken and not
    to be replaced.

    ``tempfile`` would do the same, and takes as long to load as a bare interpreter to start.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with open(temporary, "xb", opener=_for_its_owner) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            _give_free_name(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _give_free_name(temporary: Path, path: Path) -> None:
    """Rename, but never over anything: a second name refuses to take the place of what is there."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a memory stick, mostly, on which no file can have two names
        # Only a file that somebody makes between these two lines could be lost, and on Windows not
        # even that.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from None
        temporary.rename(path)
