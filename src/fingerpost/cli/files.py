"""The only place where files are written or removed: whole or not at all, for their owner's eyes.

The bytes go to a temporary file in the same folder, which takes its name when all of them are on
the disk. A full disk or a signal at any moment leaves what was there before, or the new file, and
never a part of one. A temporary file that is left because the program was killed goes the next
time that a file of that name is written.

Nothing is written through a link. A folder is held open while it is used, so that one which is
swapped for a link meanwhile leads nowhere else; Windows cannot do that, and goes by the path.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ..model.base import Frozen

_LARGEST_READ = 8 * 1024 * 1024
"""Bytes; a larger file is none of ours."""

_TRIES = 8
"""Another writer can take our temporary file for a leftover in the moments when nobody holds it."""

# Patterns are compiled when they are used: one sheet needs none of them.
_NAME = r"[a-z0-9][a-z0-9-]{0,79}\.[a-z0-9]{1,9}"
_DEVICE = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\."
_TEMPORARY = r"\.(?P<of>.+)\.[0-9a-f]{16}"


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
        with _opened(path.parent) as directory:
            _sweep(directory, _leftovers(directory).get(path.name, ()))
            _put(directory, path.name, data, replace=replace)


class Folder(Frozen):
    """A folder that was chosen for files of ours. ``open_folder`` gives one.

    A name is of small letters, digits and hyphens and has one suffix, so that it is a file of
    this folder on every system; every method raises NotWritten for another.
    """

    path: Path
    _directory: _Directory
    _left: Mapping[str, tuple[str, ...]]

    def names(self) -> frozenset[str]:
        """All that is in it, whoever put it there. Raises NotWritten if nobody may look."""
        with _in_a_sentence(self.path, "read"):
            return self._directory.names()

    def read(self, name: str) -> bytes | None:
        """What a file holds, or None if nothing is there that could have been written here.

        Raises NotWritten if it may not be read.
        """
        with _in_a_sentence(self._named(name), "read"):
            return _read(self._directory, name)

    def write(self, name: str, data: bytes, *, replace: bool) -> None:
        """Write a file, as the function ``write`` does."""
        with _in_a_sentence(self._named(name), "written"):
            _sweep(self._directory, self._left.get(name, ()))
            _put(self._directory, name, data, replace=replace)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there. Raises NotWritten for what is no file, or has to stay."""
        with _in_a_sentence(self._named(name), "removed"):
            _sweep(self._directory, self._left.get(name, ()))
            _refuse_all_but_a_file(self._directory, name)
            with suppress(FileNotFoundError):
                self._directory.unlink(name)

    def _named(self, name: str) -> Path:
        if not re.fullmatch(_NAME, name) or re.match(_DEVICE, name):
            raise NotWritten(f"{self.path} can have no file of the name {name!r} written into it.")
        return self.path / name


@contextmanager
def open_folder(path: Path) -> Iterator[Folder]:
    """A folder for files of ours, made if it is not there, and held open until the block ends.

    It may itself be a link, for somebody chose it; no link in it is followed. Raises NotWritten
    if it cannot be made or opened.
    """
    with ExitStack() as stack:
        with _in_a_sentence(path, "used as a folder"):
            directory = stack.enter_context(_opened(path))
        yield Folder(path, directory, _leftovers(directory))


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


# --- The folder, and names in it -----------------------------------------------------------------


class _Directory(Frozen):
    """A folder by which the files in it are called: by what is held open of it, or by its path.

    ``held`` is a descriptor, or None on Windows. No method follows a link.
    """

    path: Path
    held: int | None

    def names(self) -> frozenset[str]:
        if self.held is None:
            return frozenset(each.name for each in self.path.iterdir())
        looking = os.open(".", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.held)
        try:
            return frozenset(os.listdir(looking))  # noqa: PTH208 - no Path leads to a descriptor
        finally:
            os.close(looking)

    def about(self, name: str) -> os.stat_result | None:
        """What is there of that name, or None."""
        try:
            return os.stat(self._called(name), dir_fd=self.held, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def make(self, name: str) -> int:
        """A descriptor of a file that was not there yet, and is for its owner alone."""
        return self._open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)

    def look(self, name: str) -> int:
        """A descriptor to read from. Of a pipe, nobody waits for the other end."""
        return self._open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))

    def unlink(self, name: str) -> None:
        os.unlink(self._called(name), dir_fd=self.held)

    def link(self, old: str, new: str) -> None:
        """A second name for a file. Raises FileExistsError if it is taken."""
        os.link(self._called(old), self._called(new), src_dir_fd=self.held, dst_dir_fd=self.held)

    def rename(self, old: str, new: str) -> None:
        """Another name for a file. Windows alone raises FileExistsError if it is taken."""
        os.rename(self._called(old), self._called(new), src_dir_fd=self.held, dst_dir_fd=self.held)

    def replace(self, old: str, new: str) -> None:
        """Another name for a file, in the place of what has it."""
        os.replace(self._called(old), self._called(new), src_dir_fd=self.held, dst_dir_fd=self.held)

    def _open(self, name: str, flags: int) -> int:
        # Windows would follow no link here either way, but would change line breaks.
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        return os.open(self._called(name), flags, 0o600, dir_fd=self.held)

    def _called(self, name: str) -> str:
        return str(self.path / name) if self.held is None else name


@contextmanager
def _opened(path: Path) -> Iterator[_Directory]:
    """A folder, made if need be. Nobody need be allowed to look into it, as in a drop box."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError as error:
        what = "a link that leads nowhere" if path.is_symlink() else "a file"
        raise _Refused(f"{path} is {what}") from error
    if os.stat not in os.supports_dir_fd:
        yield _Directory(path, None)
        return
    held = os.open(path, os.O_DIRECTORY | getattr(os, "O_PATH", os.O_RDONLY))
    try:
        yield _Directory(path, held)
    finally:
        os.close(held)


def _leftovers(directory: _Directory) -> Mapping[str, tuple[str, ...]]:
    """The names in a folder that look like our temporary files, by the file that each was to be."""
    found: dict[str, tuple[str, ...]] = {}
    with suppress(OSError):  # who may not look into a folder leaves them there
        for name in sorted(directory.names()):
            if name.startswith(".") and (temporary := re.fullmatch(_TEMPORARY, name)):
                found[temporary["of"]] = (*found.get(temporary["of"], ()), name)
    return found


def _sweep(directory: _Directory, leftovers: tuple[str, ...]) -> None:
    """Remove temporary files whose writer was killed: files, our own, and held by nobody."""
    for name in leftovers:
        with suppress(OSError):  # a courtesy: what cannot go stays
            about = directory.about(name)
            if about and stat.S_ISREG(about.st_mode) and about.st_uid == _user():
                descriptor = directory.look(name)
                try:
                    _hold(descriptor)
                finally:
                    os.close(descriptor)
                directory.unlink(name)


def _hold(descriptor: int) -> None:
    """Keep a file for ourselves while it is open. Raises OSError if somebody else keeps it."""
    try:
        import fcntl
    except ImportError:  # on Windows no file that is open can be removed anyway
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _user() -> int:
    """Whoever runs us, as files have it. On Windows every file belongs to 0."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def _refuse_all_but_a_file(directory: _Directory, name: str) -> None:
    """What is there under a name may go only if it is a file. Nothing there is well too."""
    about = directory.about(name)
    if about is None or stat.S_ISREG(about.st_mode):
        return
    if stat.S_ISLNK(about.st_mode):
        raise _Refused("it is a link, and links are not followed")
    raise _Refused("it is a folder" if stat.S_ISDIR(about.st_mode) else "it is not a file")


# --- Bytes ---------------------------------------------------------------------------------------


def _put(directory: _Directory, name: str, data: bytes, *, replace: bool) -> None:
    """Write a file whole; again, if the temporary file was taken for a leftover and removed."""
    if replace:
        _refuse_all_but_a_file(directory, name)
    try:
        for _ in range(_TRIES - 1):
            with suppress(FileNotFoundError):
                return _put_once(directory, name, data, replace=replace)
        return _put_once(directory, name, data, replace=replace)
    except FileExistsError as error:
        about = directory.about(name)
        why = AlreadyThere if about and stat.S_ISREG(about.st_mode) else NotWritten
        raise why(f"{directory.path / name} is there already, and is left as it is.") from error


def _unguessable() -> str:
    """What ``secrets`` would give, which loads much else."""
    return os.urandom(8).hex()


def _put_once(directory: _Directory, name: str, data: bytes, *, replace: bool) -> None:
    temporary = f".{name}.{_unguessable()}"
    try:
        made = directory.make(temporary)
        with os.fdopen(made, "wb") as file:
            with suppress(OSError):  # not every disk has locks
                _hold(made)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            directory.replace(temporary, name)
        else:
            _give_free_name(directory, temporary, name)
    finally:
        with suppress(OSError):
            directory.unlink(temporary)


def _give_free_name(directory: _Directory, temporary: str, name: str) -> None:
    """Rename, but never over anything: a link refuses to take the place of what is there."""
    try:
        directory.link(temporary, name)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:  # a memory stick, mostly, has no links
        # Taking the name first with an empty file would leave that if we were killed. So only a
        # file that somebody makes between these two lines could be lost, and on Windows not even
        # that.
        if directory.about(name):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name) from None
        directory.rename(temporary, name)


def _read(directory: _Directory, name: str) -> bytes | None:
    """The bytes of a file that is small enough, and no link, pipe or folder; else None."""
    about = directory.about(name)
    if about is None or not stat.S_ISREG(about.st_mode):
        return None
    with os.fdopen(directory.look(name), "rb") as file:
        data = file.read(_LARGEST_READ + 1)
    return data if len(data) <= _LARGEST_READ else None
