"""A file is written whole or not at all, through no link, and for its owner's eyes.

What happens when the program is killed half way is in ``test_writing_interrupted.py``.
"""

from __future__ import annotations

import errno
import gc
import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fingerpost.cli import files
from fingerpost.cli.files import AlreadyThere, NotWritten, open_folder, write, write_new

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files or limits")

LEFT = "0123456789abcdef"
"""How the name of a temporary file ends."""


@pytest.fixture(autouse=True, params=["held open", "by its path"])
def folders(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How files are called: every test is run as on Windows too, which holds no folder open."""
    if request.param == "by its path":
        monkeypatch.setattr(files.os, "supports_dir_fd", set())
    elif os.stat not in os.supports_dir_fd:
        pytest.skip("this system holds no folder open")
    return str(request.param)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(path: Path, *, replace: bool = False) -> str:
    with pytest.raises(NotWritten) as caught:
        write(path, b"new", replace=replace)
    return str(caught.value)


def failing(error: OSError) -> Callable[..., int]:
    def fail(*_: object, **__: object) -> int:
        raise error

    return fail


def in_the_way(kind: str, path: Path) -> None:
    """Something at a path, made beside a file ``other`` that holds "old"."""
    other = path.with_name("other")
    other.write_bytes(b"old")
    match kind:
        case "file":
            path.write_bytes(b"old")
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(other)
        case "link to nowhere":
            path.symlink_to(path.with_name("nowhere"))
        case "pipe":
            os.mkfifo(path)
        case _:
            raise AssertionError(kind)


# --- A new file ----------------------------------------------------------------------------------


def test_a_file_is_written_as_it_is_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    old = os.umask(0)
    try:
        write_new(path, b"one\ntwo\r\n\x00\xff")
    finally:
        os.umask(old)
    assert path.read_bytes() == b"one\ntwo\r\n\x00\xff"
    assert mode_of(path) == 0o600
    assert names_in(tmp_path) == ["file"]


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    write_new(tmp_path / "a" / "b" / "file", b"new")
    assert (tmp_path / "a" / "b" / "file").read_bytes() == b"new"
    assert mode_of(tmp_path / "a" / "b") == 0o700


def test_a_file_may_be_named_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_new(Path("file"), b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert refusal(Path("file")) == "file is there already, and is left as it is."


def test_a_folder_that_was_chosen_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_new(tmp_path / "link" / "file", b"new")
    assert (tmp_path / "real" / "file").read_bytes() == b"new"


@pytest.mark.parametrize("kind", ["file", "folder", "link", "link to nowhere"])
def test_what_is_there_is_left_as_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file"
    in_the_way(kind, path)
    before = path.lstat()
    assert refusal(path) == f"{path} is there already, and is left as it is."
    assert path.lstat() == before
    assert (tmp_path / "other").read_bytes() == b"old"
    assert names_in(tmp_path) == ["file", "other"]


@pytest.mark.parametrize(
    ("kind", "could_be"),
    [("file", True), ("folder", False), ("link", False), ("link to nowhere", False)],
)
def test_only_a_file_is_said_to_be_replaceable(tmp_path: Path, kind: str, could_be: bool) -> None:
    """Who catches AlreadyThere can say which option replaces it, and is right."""
    path = tmp_path / "file"
    in_the_way(kind, path)
    with pytest.raises(NotWritten) as caught:
        write_new(path, b"new")
    assert isinstance(caught.value, AlreadyThere) is could_be
    if could_be:
        write(path, b"new", replace=True)
    else:
        refusal(path, replace=True)


def test_of_many_writers_one_wins_and_its_file_is_whole(tmp_path: Path) -> None:
    path, results = tmp_path / "file", []

    def write_one(number: int) -> None:
        try:
            write_new(path, bytes([number]) * 10_000)
        except NotWritten:
            results.append(None)
        else:
            results.append(number)

    threads = [threading.Thread(target=write_one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [number for number in results if number is not None]
    assert path.read_bytes() == bytes([winner]) * 10_000
    assert names_in(tmp_path) == ["file"]


# --- In the place of an older file ---------------------------------------------------------------


def test_an_older_file_is_replaced_and_the_new_one_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old, and longer than the new one")
    path.chmod(0o644)
    write(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert mode_of(path) == 0o600
    assert names_in(tmp_path) == ["file"]


def test_where_there_is_nothing_to_replace_a_file_is_written_too(tmp_path: Path) -> None:
    write(tmp_path / "a" / "file", b"new", replace=True)
    assert (tmp_path / "a" / "file").read_bytes() == b"new"


def test_a_second_name_of_the_older_file_keeps_what_it_held(tmp_path: Path) -> None:
    """Only the name is given to another file; nothing is written into the old one."""
    (tmp_path / "other").write_bytes(b"old")
    (tmp_path / "file").hardlink_to(tmp_path / "other")
    write(tmp_path / "file", b"new", replace=True)
    assert (tmp_path / "other").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("folder", "it is a folder"),
        ("link", "it is a link, and links are not followed"),
        ("link to nowhere", "it is a link, and links are not followed"),
        pytest.param("pipe", "it is not a file", marks=posix),
    ],
)
def test_only_a_file_is_replaced(tmp_path: Path, kind: str, why: str) -> None:
    path = tmp_path / "file"
    in_the_way(kind, path)
    before = path.lstat()
    assert refusal(path, replace=True) == f"{path} could not be written: {why}."
    assert path.lstat() == before
    assert (tmp_path / "other").read_bytes() == b"old"
    assert names_in(tmp_path) == ["file", "other"]


@pytest.mark.parametrize("kind", ["link", "file with two names"])
def test_nothing_is_written_into_what_has_the_name_of_the_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Its name cannot be guessed; if it could, there would still be nothing to gain."""
    other, temporary = tmp_path / "other", tmp_path / f".file.{LEFT}"
    other.write_bytes(b"old")
    if kind == "link":
        temporary.symlink_to(other)
    else:
        temporary.hardlink_to(other)
        monkeypatch.setattr(files, "_sweep", lambda *_: None)
    monkeypatch.setattr(files, "_unguessable", lambda: LEFT)
    refusal(tmp_path / "file", replace=True)
    assert other.read_bytes() == b"old"


def test_a_link_that_appears_at_the_last_moment_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other, replace = tmp_path / "file", tmp_path / "other", os.replace
    other.write_bytes(b"old")

    def too_late(*names: str, **folders: int | None) -> None:
        path.symlink_to(other)
        replace(*names, **folders)

    monkeypatch.setattr(files.os, "replace", too_late)
    write(path, b"new", replace=True)
    assert other.read_bytes() == b"old"
    assert not path.is_symlink()
    assert path.read_bytes() == b"new"


def test_of_many_who_replace_a_file_all_succeed_and_it_is_whole_at_every_moment(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\xff" * 10_000)
    failed: list[NotWritten] = []
    seen: list[bytes] = []
    done = threading.Event()

    def write_some(number: int) -> None:
        try:
            for _ in range(5):
                write(path, bytes([number]) * 10_000, replace=True)
        except NotWritten as error:
            failed.append(error)

    def look() -> None:
        while not done.is_set():
            seen.append(path.read_bytes())

    writers = [threading.Thread(target=write_some, args=(number,)) for number in range(8)]
    reader = threading.Thread(target=look)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert failed == []
    assert seen
    assert all(data == data[:1] * 10_000 for data in (*seen, path.read_bytes()))
    assert names_in(tmp_path) == ["file"]


def test_whose_temporary_file_is_swept_by_another_writes_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, replace = tmp_path / "file", os.replace
    swept: list[str] = []

    def sweep_once(*names: str, **folders: int | None) -> None:
        if not swept:
            swept.extend(names_in(tmp_path))
            (tmp_path / swept[0]).unlink()
        replace(*names, **folders)

    monkeypatch.setattr(files.os, "replace", sweep_once)
    write(path, b"new", replace=True)
    assert len(swept) == 1
    assert path.read_bytes() == b"new"
    assert names_in(tmp_path) == ["file"]


@pytest.mark.parametrize("replace", [True, False])
def test_it_does_not_try_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    gone = failing(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    monkeypatch.setattr(files.os, "replace" if replace else "link", gone)
    path = tmp_path / "file"
    told = refusal(path, replace=replace)
    assert told == f"{path} could not be written: no such file or directory."
    assert names_in(tmp_path) == []


# --- What goes wrong, with and without an older file ---------------------------------------------


@pytest.fixture(params=["a new file", "an older file"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A file to write, of which there may be an older one that has to stay as it is."""
    path = tmp_path / "file"
    if request.param == "a new file":
        yield path
        assert names_in(tmp_path) == []
        return
    path.write_bytes(b"old")
    path.chmod(0o640)
    before = path.lstat()
    yield path
    assert names_in(tmp_path) == ["file"]
    assert path.read_bytes() == b"old"
    assert path.lstat().st_mtime_ns == before.st_mtime_ns
    assert path.lstat().st_mode == before.st_mode


@pytest.mark.parametrize(
    "error",
    [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")],
    ids=["no permission", "a read-only disk"],
)
def test_no_file_can_be_made(path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Refused by hand: the administrator, as whom tests may run, has every permission."""
    monkeypatch.setattr(files.os, "open", failing(error))
    why = error.strerror[:1].lower() + error.strerror[1:]
    assert refusal(path, replace=True) == f"{path} could not be written: {why}."


@pytest.mark.parametrize("step", ["fdopen", "fsync", "replace"])
def test_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setattr(files.os, step, failing(OSError(28, "No space left on device")))
    told = refusal(path, replace=True)
    assert told == f"{path} could not be written: no space left on device."


@pytest.mark.parametrize("written", [0, 1, 4096, 65_535])
def test_a_disk_that_is_full_after_a_few_bytes(
    path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    fdopen = os.fdopen

    class NearlyFull:
        def __init__(self, descriptor: int, mode: str) -> None:
            self.file = fdopen(descriptor, mode, buffering=0)

        def __enter__(self) -> NearlyFull:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[:written])
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fdopen", NearlyFull)
    with pytest.raises(NotWritten, match="no space left on device"):
        write(path, b"new" * 65_536, replace=True)


_LIMITED = """
import resource, sys
from pathlib import Path
from fingerpost.cli.files import NotWritten, write
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
write(Path(sys.argv[1]).with_name("small"), b"x" * 1000, replace=True)
Path(sys.argv[1]).with_name("small").unlink()
try:
    write(Path(sys.argv[1]), b"x" * 100_000, replace=True)
except NotWritten as told:
    print(told)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))  # for what measures the tests
"""


@posix
def test_a_limit_to_the_size_of_files(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, path], capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == (f"{path} could not be written: file too large.\n", "")


def test_an_error_without_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "fsync", failing(OSError("Something else")))
    assert refusal(path, replace=True).endswith("could not be written: something else.")


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_where_a_folder_should_be(tmp_path: Path, replace: bool) -> None:
    (tmp_path / "a").write_bytes(b"old")
    path = tmp_path / "a" / "file"
    told = refusal(path, replace=replace)
    assert told == f"{path} could not be written: {tmp_path / 'a'} is a file."
    deeper = path / "deeper"
    told = refusal(deeper, replace=replace)
    assert told == f"{deeper} could not be written: not a directory."
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_link_to_nowhere_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "nowhere")
    path = tmp_path / "a" / "file"
    told = refusal(path)
    assert told == f"{path} could not be written: {tmp_path / 'a'} is a link that leads nowhere."
    assert names_in(tmp_path) == ["a"]


@posix
def test_a_working_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    told = refusal(Path("file"), replace=True)
    assert told == "file could not be written: no such file or directory."


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a\0b", "no file can have that name"),
        ("\ud800", "no file can have that name"),
        ("/", "it is a folder"),
        (".", "it is a folder"),
        ("n" * 256, "file name too long"),
        ("a/" * 3000 + "n", "file name too long"),
    ],
)
def test_a_name_that_no_file_can_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, why: str, replace: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    told = refusal(Path(name), replace=replace)
    assert told == f"{Path(name)} could not be written: {why}."
    assert not [left for left in tmp_path.rglob("*") if not left.is_dir()]


def test_a_file_takes_its_name_when_every_byte_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, list[bytes]]] = []
    (tmp_path / "older").write_bytes(b"old")

    def watched(step: str) -> None:
        real = getattr(os, step)

        def watch(*given: int | str, **folders: int | bool | None) -> None:
            hidden = [path for path in tmp_path.iterdir() if path.name.startswith(".")]
            seen.append((step, [path.read_bytes() for path in hidden]))
            assert [name for name in names_in(tmp_path) if name[0] != "."] == ["older"]
            assert (tmp_path / "older").read_bytes() == b"old"
            real(*given, **folders)

        monkeypatch.setattr(files.os, step, watch)

    for step in ("fsync", "link", "replace"):
        watched(step)
    write(tmp_path / "older", b"all of it", replace=True)
    (tmp_path / "older").write_bytes(b"old")
    write_new(tmp_path / "newer", b"all of it")
    whole = [b"all of it"]
    assert seen == [("fsync", whole), ("replace", whole), ("fsync", whole), ("link", whole)]


# --- A memory stick, on which no file can have two names -----------------------------------------


@pytest.fixture
def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "link", failing(PermissionError(1, "Operation not permitted")))


@pytest.mark.usefixtures("without_links")
def test_without_links_a_file_is_written_too(tmp_path: Path) -> None:
    write_new(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert mode_of(tmp_path / "file") == 0o600
    assert names_in(tmp_path) == ["file"]


@pytest.mark.usefixtures("without_links")
@pytest.mark.parametrize("kind", ["file", "folder", "link to nowhere"])
def test_without_links_what_is_there_is_left_as_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file"
    in_the_way(kind, path)
    before = path.lstat()
    assert refusal(path) == f"{path} is there already, and is left as it is."
    assert path.lstat() == before
    assert names_in(tmp_path) == ["file", "other"]


@pytest.mark.usefixtures("without_links")
def test_without_links_a_failure_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "rename", failing(OSError(5, "Input/output error")))
    assert refusal(tmp_path / "file").endswith("could not be written: input/output error.")
    assert names_in(tmp_path) == []


# --- What a run that was killed has left ---------------------------------------------------------


def left(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(b"half a fi")


@pytest.mark.parametrize("replace", [True, False])
def test_temporary_files_of_the_same_file_are_swept(tmp_path: Path, replace: bool) -> None:
    left(tmp_path, f".file.{LEFT}", ".file.ffffffffffffffff")
    write(tmp_path / "file", b"new", replace=replace)
    assert names_in(tmp_path) == ["file"]


def test_they_are_swept_before_so_that_a_full_disk_has_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(tmp_path, f".file.{LEFT}")
    monkeypatch.setattr(files.os, "fdopen", failing(OSError(28, "No space left on device")))
    refusal(tmp_path / "file")
    assert names_in(tmp_path) == []


def test_nothing_else_is_swept(tmp_path: Path) -> None:
    others = (
        f".other.{LEFT}",
        f"file.{LEFT}",
        f".file.{LEFT}0",
        f".file.{LEFT[1:]}",
        f".file.{LEFT.upper()}",
        f".file.x.{LEFT}",
        f".file.{LEFT}\n",
        ".file.swp",
        ".file",
        "file~",
    )
    left(tmp_path, *others)
    write(tmp_path / "file", b"new", replace=True)
    assert names_in(tmp_path) == sorted((*others, "file"))


@pytest.mark.parametrize(
    "kind", ["folder", "link", "link to nowhere", pytest.param("pipe", marks=posix)]
)
def test_what_is_no_file_is_not_swept(tmp_path: Path, kind: str) -> None:
    in_the_way(kind, tmp_path / f".file.{LEFT}")
    write(tmp_path / "file", b"new", replace=True)
    assert names_in(tmp_path) == [f".file.{LEFT}", "file", "other"]
    assert (tmp_path / "other").read_bytes() == b"old"


@posix
def test_what_another_is_writing_at_the_moment_is_not_swept(tmp_path: Path) -> None:
    import fcntl

    with (tmp_path / f".file.{LEFT}").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write(tmp_path / "file", b"new", replace=True)
        assert names_in(tmp_path) == [f".file.{LEFT}", "file"]
    write(tmp_path / "file", b"new", replace=True)
    assert names_in(tmp_path) == ["file"]


@posix
def test_a_temporary_file_is_kept_from_others_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, among = os.fsync, []

    def write_another(descriptor: int) -> None:
        fsync(descriptor)
        monkeypatch.setattr(files.os, "fsync", fsync)
        write(tmp_path / "file", b"another", replace=True)
        among.extend(names_in(tmp_path))

    monkeypatch.setattr(files.os, "fsync", write_another)
    write(tmp_path / "file", b"new", replace=True)
    assert len(among) == 2
    assert among[1] == "file"
    assert (tmp_path / "file").read_bytes() == b"new"


@posix
def test_on_a_disk_without_locks_nothing_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could tell whether it is being written."""
    import fcntl

    left(tmp_path, f".file.{LEFT}")
    monkeypatch.setattr(fcntl, "flock", failing(OSError(errno.ENOLCK, "No locks available")))
    write(tmp_path / "file", b"new", replace=True)
    assert names_in(tmp_path) == [f".file.{LEFT}", "file"]
    assert (tmp_path / "file").read_bytes() == b"new"


def test_on_a_system_without_locks_it_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets nobody remove what another has open."""
    left(tmp_path, f".file.{LEFT}")
    monkeypatch.setitem(sys.modules, "fcntl", None)
    write(tmp_path / "file", b"new", replace=True)
    assert names_in(tmp_path) == ["file"]


@posix
def test_a_file_of_somebody_else_is_not_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(tmp_path, f".file.{LEFT}")
    nobody = os.geteuid() + 1
    monkeypatch.setattr(files.os, "geteuid", lambda: nobody)
    write(tmp_path / "file", b"new", replace=True)
    assert names_in(tmp_path) == [f".file.{LEFT}", "file"]


def test_what_cannot_be_swept_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(tmp_path, f".file.{LEFT}")
    unlink = os.unlink

    def stubborn(name: str, **folders: int | None) -> None:
        if name.endswith(LEFT):
            raise PermissionError(13, "Permission denied")
        unlink(name, **folders)

    monkeypatch.setattr(files.os, "unlink", stubborn)
    write(tmp_path / "file", b"new", replace=True)
    assert names_in(tmp_path) == [f".file.{LEFT}", "file"]


def test_a_folder_that_nobody_may_look_into_can_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drop box. Refused by hand, for the administrator may look everywhere."""
    denied = failing(PermissionError(13, "Permission denied"))
    with monkeypatch.context() as patch:
        patch.setattr(files.os, "listdir", denied)
        patch.setattr(Path, "iterdir", denied)
        write_new(tmp_path / "file", b"new")
        with open_folder(tmp_path) as folder:
            folder.write("one.html", b"new", replace=False)
            with pytest.raises(NotWritten) as caught:
                folder.names()
    assert str(caught.value) == f"{tmp_path} could not be read: permission denied."
    assert names_in(tmp_path) == ["file", "one.html"]


# --- A folder of files ---------------------------------------------------------------------------


def test_a_folder_is_made_and_its_files_are_written_read_and_removed(tmp_path: Path) -> None:
    place = tmp_path / "a" / "sheets"
    with open_folder(place) as folder:
        assert folder.path == place
        assert folder.names() == frozenset()
        folder.write("one.html", b"1", replace=False)
        folder.write("2-two.pdf", b"2", replace=True)
        folder.write("2-two.pdf", b"two", replace=True)
        assert folder.names() == {"one.html", "2-two.pdf"}
        assert folder.read("one.html") == b"1"
        assert folder.read("2-two.pdf") == b"two"
        assert folder.read("three.md") is None
        folder.remove("one.html")
        folder.remove("one.html")
        assert folder.read("one.html") is None
    assert mode_of(place) == 0o700
    assert names_in(place) == ["2-two.pdf"]
    assert mode_of(place / "2-two.pdf") == 0o600


def test_a_folder_that_is_there_keeps_what_is_in_it_and_who_may_enter(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "Mine.txt").write_bytes(b"old")
    with open_folder(tmp_path) as folder:
        assert folder.names() == {"Mine.txt"}
    assert mode_of(tmp_path) == 0o755
    assert (tmp_path / "Mine.txt").read_bytes() == b"old"


def test_a_file_in_a_folder_is_replaced_only_if_that_is_asked(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_bytes(b"old")
    with open_folder(tmp_path) as folder, pytest.raises(AlreadyThere) as caught:
        folder.write("one.html", b"new", replace=False)
    assert str(caught.value) == f"{tmp_path / 'one.html'} is there already, and is left as it is."
    assert (tmp_path / "one.html").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("kind", "why"),
    [("file", "is a file"), ("link to nowhere", "is a link that leads nowhere")],
)
def test_what_cannot_be_a_folder(tmp_path: Path, kind: str, why: str) -> None:
    place = tmp_path / "sheets"
    in_the_way(kind, place)
    with pytest.raises(NotWritten) as caught, open_folder(place):
        raise AssertionError("never opened")
    assert str(caught.value) == f"{place} could not be used as a folder: {place} {why}."


def test_what_goes_wrong_while_a_folder_is_open_is_not_called_its_fault(tmp_path: Path) -> None:
    with pytest.raises(KeyError), open_folder(tmp_path):
        raise KeyError("anything")
    with pytest.raises(TimeoutError), open_folder(tmp_path):
        raise TimeoutError("anything")


def open_descriptors() -> list[int]:
    found = []
    for descriptor in range(4096):
        with suppress(OSError):
            os.fstat(descriptor)
            found.append(descriptor)
    return found


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    left(tmp_path, f".one.html.{LEFT}")
    gc.collect()  # what others have left open
    before = open_descriptors()
    with open_folder(tmp_path) as folder:
        folder.write("one.html", b"new", replace=True)
        folder.read("one.html")
        folder.names()
    refusal(tmp_path / "one.html")
    assert open_descriptors() == before


@pytest.mark.parametrize(
    "kind", ["folder", "link", "link to nowhere", pytest.param("pipe", marks=posix)]
)
def test_in_a_folder_only_files_are_touched(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "one.html"
    in_the_way(kind, path)
    before = path.lstat()
    with open_folder(tmp_path) as folder:
        assert folder.read("one.html") is None
        for replace in (True, False):
            with pytest.raises(NotWritten):
                folder.write("one.html", b"new", replace=replace)
        with pytest.raises(NotWritten, match=r"one\.html could not be removed: it is "):
            folder.remove("one.html")
    assert path.lstat() == before
    assert (tmp_path / "other").read_bytes() == b"old"
    assert names_in(tmp_path) == ["one.html", "other"]


@posix
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_takes_the_place_of_a_file_while_it_is_read_is_neither_followed_nor_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path, about = tmp_path / "one.html", os.stat
    path.write_bytes(b"ours")

    def swap(*name: str, **how: int | bool | None) -> os.stat_result:
        found = about(*name, **how)
        path.unlink()
        in_the_way(kind, path)
        return found

    waker = threading.Timer(5, path.write_bytes, [b"at last"])  # for who would wait for ever
    waker.start()
    try:
        with open_folder(tmp_path) as folder, monkeypatch.context() as patch:
            patch.setattr(files.os, "stat", swap)
            if kind == "pipe":
                assert folder.read("one.html") == b""
            else:
                with pytest.raises(NotWritten, match="could not be read: too many levels of"):
                    folder.read("one.html")
    finally:
        waker.cancel()


def test_a_chosen_folder_may_be_a_link_too(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with open_folder(tmp_path / "link") as folder:
        folder.write("one.html", b"new", replace=False)
    assert names_in(tmp_path / "real") == ["one.html"]


def test_a_folder_that_is_swapped_for_a_link_meanwhile_leads_nowhere_else(
    tmp_path: Path, folders: str
) -> None:
    place, moved, elsewhere = tmp_path / "sheets", tmp_path / "moved", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "two.html").write_bytes(b"old")
    if folders == "by its path":
        return  # it would; that is all that Windows can do
    with open_folder(place) as folder:
        folder.write("two.html", b"ours", replace=False)
        place.rename(moved)
        place.symlink_to(elsewhere)
        folder.write("one.html", b"new", replace=True)
        assert folder.read("two.html") == b"ours"
        folder.remove("two.html")
        assert folder.names() == {"one.html"}
    assert names_in(moved) == ["one.html"]
    assert names_in(elsewhere) == ["two.html"]


def test_what_is_left_in_a_folder_goes_with_the_file_that_it_was_to_be(tmp_path: Path) -> None:
    left(tmp_path, *(f".{name}.{LEFT}" for name in ("one.html", "two.html", "three.html")))
    with open_folder(tmp_path) as folder:
        folder.write("one.html", b"new", replace=False)
        folder.remove("two.html")
    assert names_in(tmp_path) == [f".three.html.{LEFT}", "one.html"]


def test_a_file_that_may_not_be_read_or_removed_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.html"
    path.write_bytes(b"old")
    with open_folder(tmp_path) as folder:
        denied = failing(PermissionError(13, "Permission denied"))
        monkeypatch.setattr(files.os, "open", denied)
        with pytest.raises(NotWritten) as caught:
            folder.read("one.html")
        assert str(caught.value) == f"{path} could not be read: permission denied."
        monkeypatch.setattr(files.os, "unlink", denied)
        with pytest.raises(NotWritten) as caught:
            folder.remove("one.html")
        assert str(caught.value) == f"{path} could not be removed: permission denied."
    assert path.read_bytes() == b"old"


def test_a_file_that_another_removes_first_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.html").write_bytes(b"old")
    monkeypatch.setattr(files.os, "unlink", failing(FileNotFoundError(2, "No such file")))
    with open_folder(tmp_path) as folder:
        folder.remove("one.html")


def test_a_file_that_is_too_large_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "one.html"
    path.touch()
    with open_folder(tmp_path) as folder:
        os.truncate(path, 8 * 1024 * 1024)
        assert folder.read("one.html") == bytes(8 * 1024 * 1024)
        os.truncate(path, 8 * 1024 * 1024 + 1)
        assert folder.read("one.html") is None


# --- Names in a folder ---------------------------------------------------------------------------

BAD_NAMES = (
    "", ".", "..", "../up.html", "/etc/passwd", "a/b.html", "a\\b.html", "C:\\x.html", "C:x.html",
    "one", "one.", ".html", "one.html.", "one.tar.gz", "one.HTML", "One.html", "one .html",
    "one_two.html", "one.html ", "one.html\n", "\none.html", "one\0.html", "one.html\0", "öne.html",
    "one.ht-ml", "-one.html", "~.html", "*.html", "con.html", "nul.txt", "com1.pdf", "lpt9.md",
    "aux.x", "CON", "NUL", "one.html:stream", "o" * 81 + ".html", "one." + "x" * 10,
    "１.html", "one\u202elmth.html", f".one.html.{LEFT}",
)  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_could_lead_astray_is_refused(tmp_path: Path, name: str) -> None:
    sheets = tmp_path / "sheets"
    (tmp_path / "up.html").write_bytes(b"old")
    with open_folder(sheets) as folder:
        attempts: tuple[Callable[[], object], ...] = (
            lambda: folder.write(name, b"new", replace=True),
            lambda: folder.write(name, b"new", replace=False),
            lambda: folder.read(name),
            lambda: folder.remove(name),
        )
        for attempt in attempts:
            with pytest.raises(NotWritten) as caught:
                attempt()
            told = f"{sheets} can have no file of the name {name!r} written into it."
            assert str(caught.value) == told
    assert names_in(tmp_path) == ["sheets", "up.html"]
    assert names_in(sheets) == []


@pytest.mark.parametrize(
    "name", ["advice-1.html", "1.md", "console.html", "com10.txt", "null.pdf", "o" * 80 + ".html"]
)
def test_a_plain_name_is_taken(tmp_path: Path, name: str) -> None:
    with open_folder(tmp_path) as folder:
        folder.write(name, b"new", replace=False)
    assert names_in(tmp_path) == [name]


@given(name=st.text("./\\:~-aA0\0 \n\u202e", max_size=12) | st.text(max_size=12))
@example(name="a.a0")
def test_whatever_the_name_nothing_leaves_the_folder(name: str) -> None:
    with tempfile.TemporaryDirectory() as above:
        sheets = Path(above) / "sheets"
        with open_folder(sheets) as folder:
            try:
                folder.write(name, b"new", replace=True)
            except NotWritten:
                expected = []
            else:
                expected = [name]
        assert names_in(Path(above)) == ["sheets"]
        assert names_in(sheets) == expected
