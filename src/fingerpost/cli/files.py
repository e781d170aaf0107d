"""Atomic writing and removing of the files that a user asks for.

No other module writes to disk. A file is written whole or not at all, and only its owner may read
it: the bytes go to a temporary file in the same folder, which is renamed once they are all on the
disk. A full disk or a signal leaves the old file or the new one, never a part. Symbolic links to
files are not followed.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click


class NotWritten(click.ClickException):
    """A file could not be written or removed, or a folder looked into.

    The message is one sentence; nothing has changed.
    """


class AlreadyThere(NotWritten):
    """There is a file of that name, and ``replace`` was not asked for."""


class _Refused(Exception):
    """A reason to leave a file alone, as the end of a sentence."""


def write(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file, and its folder if that is missing; ``replace`` allows replacing a file.

    A folder in the path may be a link; the file may not, and only a regular file is replaced.
    Raises AlreadyThere for a file without ``replace``, and NotWritten for any other failure.
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
            raise _there(path) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Inside, no other process is inside for this folder, so that a file there can be read, changed
    and written with nothing lost between. Where the folder has no locks, as on some shared drives,
    this is not so. Raises NotWritten."""
    with _in_a_sentence(folder, "written"):
        _make_folder(folder)
        opened = _opened_to_lock(folder)
    try:
        with suppress(OSError):
            _lock(opened)
        yield
    finally:
        os.close(opened)  # and so does the end of the process


if sys.platform == "win32":  # pragma: no cover - Windows alone
    import msvcrt

    def _opened_to_lock(folder: Path) -> int:
        # No folder can be opened there, and no file that is open can be replaced.
        return os.open(folder / ".lock", os.O_RDWR | os.O_CREAT)

    def _lock(opened: int) -> None:
        msvcrt.locking(opened, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _opened_to_lock(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _lock(opened: int) -> None:
        fcntl.flock(opened, fcntl.LOCK_EX)


def look_at(path: Path, *, replace: bool = False) -> None:
    """Raise what ``write`` would, if it can be told beforehand that it will fail."""
    with _in_a_sentence(path, "written"):
        folder = path.parent
        while not os.path.lexists(folder) and folder != folder.parent:
            folder = folder.parent
        if not folder.is_dir():
            raise _not_a_folder(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise _Refused(f"you may not write in {folder.absolute()}")
        if replace:
            _refuse_all_but_a_file(path)
        elif os.path.lexists(path):
            raise _there(path)


def names_in(folder: Path) -> frozenset[str]:
    """The names of what is in a folder, none if it is no folder. Raises NotWritten."""
    with _in_a_sentence(folder, "read"), suppress(FileNotFoundError, NotADirectoryError):
        return frozenset(path.name for path in folder.iterdir())
    return frozenset()


def remove(path: Path) -> None:
    """Remove a file if it exists. Raises NotWritten if it is no regular file, or cannot go."""
    with _in_a_sentence(path, "removed"):
        _refuse_all_but_a_file(path)
        path.unlink(missing_ok=True)


@contextmanager
def _in_a_sentence(path: Path, done: str) -> Iterator[None]:
    """Turn every failure inside into a NotWritten."""
    try:
        yield
    except _Refused as refused:
        raise NotWritten(f"{path} could not be {done}: {refused}.") from refused
    except ValueError as error:  # a NUL, or a character that the file system cannot encode
        raise NotWritten(f"{path} could not be {done}: no file can have that name.") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise NotWritten(f"{path} could not be {done}: {why[:1].lower()}{why[1:]}.") from error


def _make_folder(path: Path) -> None:
    """Make a folder that only its owner may open, unless it exists."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError as error:
        raise _not_a_folder(path) from error


def _not_a_folder(path: Path) -> _Refused:
    what = "a file" if path.exists() else "a link that leads nowhere"
    return _Refused(f"{path} is {what}")


def _there(path: Path) -> NotWritten:
    why = AlreadyThere if _is_file(path) else NotWritten
    return why(f"{path} is there already, and is left as it is.")


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def _refuse_all_but_a_file(path: Path) -> None:
    """Raise _Refused unless the path is a regular file, or nothing."""
    if not os.path.lexists(path) or _is_file(path):
        return
    if path.is_symlink():
        raise _Refused("it is a link, and links are not followed")
    raise _Refused("it is a folder" if path.is_dir() else "it is not a file")


def _put(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a temporary file and rename it. Raises FileExistsError for a taken name.

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
    """Rename without replacing: a hard link, unlike a rename, fails if its name is taken."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, as on most memory sticks
        # A file created between these two lines would be lost (not on Windows).
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from None
        temporary.rename(path)
