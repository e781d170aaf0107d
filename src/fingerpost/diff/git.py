"""The files of a git revision, and a temporary folder of them for the reader of libraries.

Only plumbing commands are run, on object names: nothing is checked out, no filter, hook, pager or
other program of a repository's configuration is run, and nothing is fetched. (``git archive``
obeys the attributes in a tree: it omits and rewrites files, and runs filters.)
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..model.base import Frozen
from ..reading.folders import CannotRead

_LARGEST_FILE = 8 * 1024 * 1024
"""Bytes; the reader refuses larger files too."""

_LARGEST_FOLDER = 8 * _LARGEST_FILE
"""Bytes of all files of one revision."""

_LARGEST_LISTING = 4 * 1024 * 1024
"""Bytes of git's own list of one folder: at least 40 for a file."""

_LONGEST_WAIT = 60
"""Seconds."""

_PROGRAM = "git.exe" if os.name == "nt" else "git"
_DRIVE = re.compile(r"[A-Za-z]:(?:$|[\\/])")
_OBJECT = re.compile(rb"[0-9a-f]{40,64}\n")
_ENTRY = re.compile(
    rb"(?:100(?:644|755)|040000) (blob|tree) ([0-9a-f]+) +([0-9]+|[A-Z-]+)\t(.*)", re.DOTALL
)
"""A regular file or a folder in a listing: its kind, object, size if it is present, and name."""

_FOLDERS = frozenset({"shared", "routes", "cases"})
_READ = re.compile(r"[^./][^/]*\.yaml", re.DOTALL)
"""The names of folders and files that a library reads; others, such as /x.yaml, are no files of the
folder."""

_NEVER_IN_NAMES = frozenset('<>:"/\\|?*')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


class Revision(Frozen):
    """A folder or a file inside a commit, named as REV:PATH; an empty path is the root."""

    commit: str
    path: str

    def __str__(self) -> str:
        return f"{self.commit}:{self.path}"


def named(text: str) -> Revision | None:
    """The revision that is named, or None for a path on the disk.

    What exists on the disk is never taken for a revision, nor is a drive such as C:\\trees.
    """
    if ":" not in text or _DRIVE.match(text) or os.path.lexists(text):
        return None
    commit, _, path = text.partition(":")
    return Revision(commit, path)


def contents(revision: Revision) -> Mapping[str, bytes] | bytes:
    """The files of a library by name, or the bytes of the one file that is named.

    Raises CannotRead, with one sentence, if there is no git, no repository here, no such revision
    or no such path in it; and for files that are too large, or whose names are not portable.
    """
    place = _place(revision)
    match _git("cat-file", "-t", place).strip():
        case b"blob":
            size = int(_git("cat-file", "-s", place))
            _refuse_large(str(revision), size, _LARGEST_FILE)
            return _blobs([place])[0]
        case b"tree":
            return _folder(revision, place)
        case _:
            raise CannotRead(f"{revision} is neither a folder nor a file.")


@contextmanager
def laid_out(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A private temporary folder with these files, removed afterwards.

    Raises CannotRead if one cannot be written, or would be outside the folder.
    """
    with tempfile.TemporaryDirectory(prefix="fingerpost-") as folder:
        for name, data in files.items():
            _lay(Path(folder).resolve(), name, data)
        yield Path(folder)


def _lay(folder: Path, name: str, data: bytes) -> None:
    file = (folder / name).resolve()
    if not file.is_relative_to(folder):
        raise CannotRead(f"{name!r} is no file of the revision's folder.")
    try:
        file.parent.mkdir(exist_ok=True)
        with file.open("xb") as new:
            new.write(data)
    except FileExistsError as error:
        raise CannotRead(f"{name!r} is there already, under another name.") from error
    except OSError as error:
        raise CannotRead(f"{name!r} could not be laid out: {error.strerror}.") from error


# --- git -----------------------------------------------------------------------------------------


def _place(revision: Revision) -> str:
    """The object name of a revision. Raises CannotRead for what does not exist."""
    if not revision.commit:
        raise CannotRead(f"{revision} names no revision. Write one before the colon: HEAD:trees")
    _git("rev-parse", "--git-dir")
    commit = _object(f"{revision.commit}^{{commit}}")
    if commit is None:
        raise CannotRead(f"There is no git revision “{revision.commit}” here.")
    place = _object(f"{commit}:{revision.path.rstrip('/')}")
    if place is None:
        raise CannotRead(f"The git revision “{revision.commit}” has no “{revision.path}”.")
    return place


def _object(name: str) -> str | None:
    """The object name that git resolves to, or None. ``name`` is never parsed as an option."""
    told = _git("rev-parse", "--verify", "--quiet", "--end-of-options", name, required=False)
    return told.decode().strip() if _OBJECT.fullmatch(told) else None


def _folder(revision: Revision, place: str) -> dict[str, bytes]:
    objects: dict[str, str] = {}
    total = 0
    for name, found, size in _files(revision, place):
        _refuse_name(revision, name)
        if not size.isdigit():
            raise CannotRead(f"{revision}/{name} is missing in this copy of the repository.")
        _refuse_large(f"{revision}/{name}", int(size), _LARGEST_FILE)
        objects[name] = found
        total += int(size)
    _refuse_large(str(revision), total, _LARGEST_FOLDER)
    return dict(zip(objects, _blobs(list(objects.values())), strict=True))


def _files(revision: Revision, place: str) -> Iterator[tuple[str, str, str]]:
    """The files of a library in a folder of git: the name, the object and the size of each."""
    inner = {}
    for kind, found, size, name in _listed(revision, place):
        if kind == "tree" and name in _FOLDERS:
            inner[name] = found
        elif kind == "blob" and _READ.fullmatch(name):
            yield name, found, size
    for folder in sorted(inner):
        for kind, found, size, name in _listed(revision, inner[folder]):
            if kind == "blob" and _READ.fullmatch(name):
                yield f"{folder}/{name}", found, size


def _listed(revision: Revision, folder: str) -> Iterator[tuple[str, ...]]:
    """The regular files and the folders of one folder: kind, object, size and name."""
    _refuse_large(str(revision), int(_git("cat-file", "-s", folder)), _LARGEST_LISTING)
    listed = _git("ls-tree", "-z", "--long", "--full-tree", folder)
    for entry in filter(None, map(_ENTRY.fullmatch, listed.split(b"\0"))):
        yield tuple(each.decode(errors="surrogateescape") for each in entry.groups())


def _blobs(objects: list[str]) -> list[bytes]:
    """What each object holds, from one process: a line that ends in the size, the bytes, and a
    line feed."""
    told = io.BytesIO(_git("cat-file", "--batch", typed="\n".join([*objects, ""]).encode()))
    found = []
    for _ in objects:
        _, kind, *size = told.readline().split()
        if kind != b"blob":
            raise CannotRead("A file of the revision is missing in this copy of the repository.")
        found.append(told.read(int(size[0])))
        told.read(1)
    return found


def _refuse_name(revision: Revision, file: str) -> None:
    name = file.rpartition("/")[2]
    if not name.isprintable() or _NEVER_IN_NAMES & set(name) or _DEVICES.match(name):
        raise CannotRead(f"{revision} has a file whose name cannot be used everywhere: {name!r}.")


def _refuse_large(what: str, size: int, largest: int) -> None:
    if size > largest:
        raise CannotRead(f"{what} is too large: more than {largest // 1_000_000} MB.")


def _git(*arguments: str, typed: bytes = b"", required: bool = True) -> bytes:
    """The output of git; empty if it fails and is not ``required``."""
    try:
        ran = subprocess.run(  # noqa: S603 - a list and no shell; every name is an object's or follows --end-of-options
            [_program(), "--no-replace-objects", *arguments],
            input=typed,
            capture_output=True,
            env=_environment(),
            timeout=_LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotRead("git took too long to answer.") from error
    except (OSError, ValueError) as error:
        raise CannotRead(f"git could not be started: {error}.") from error
    if ran.returncode and required:
        raise CannotRead(_why(ran.stderr))
    return b"" if ran.returncode else ran.stdout


def _why(complaint: bytes) -> str:
    if b"dubious ownership" in complaint:
        return "git does not trust this repository, because it belongs to somebody else."
    if b"not a git repository" in complaint:
        return "This folder is not in a git repository, so it has no revisions."
    first = complaint.decode(errors="replace").strip().partition("\n")[0]
    return (
        f"git could not read the revision: {first.removeprefix('fatal: ') or 'it did not say why'}."
    )


def _program() -> str:
    """The path of git, from absolute folders of PATH and never from the working folder."""
    for folder in filter(os.path.isabs, os.get_exec_path()):
        if found := shutil.which(os.path.join(folder, _PROGRAM)):  # noqa: PTH118 - which() takes text
            return found
    raise CannotRead("git is not installed, or not found, so revisions cannot be read.")


def _environment() -> dict[str, str]:
    """The environment without git's own variables; git must neither fetch nor prompt."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
