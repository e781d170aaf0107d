"""A file is written whole or not at all, through no link, and for its owner's eyes."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fingerpost.cli import files
from fingerpost.cli.files import NotWritten, write


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


# --- In the place of an older file ---------------------------------------------------------------


@pytest.mark.parametrize("kind", ["link", "file with two names"])
def test_nothing_is_written_into_what_has_the_name_of_the_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Its name cannot be guessed; if it could, there would still be nothing to gain."""
    other, temporary = tmp_path / "other", tmp_path / f".file.{'00' * 8}"
    other.write_bytes(b"old")
    if kind == "link":
        temporary.symlink_to(other)
    else:
        temporary.hardlink_to(other)
    monkeypatch.setattr(files.os, "urandom", bytes)
    refusal(tmp_path / "file", replace=True)
    assert other.read_bytes() == b"old"


def test_a_link_that_appears_at_the_last_moment_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other, replace = tmp_path / "file", tmp_path / "other", os.replace
    other.write_bytes(b"old")

    def too_late(*names: Path) -> None:
        path.symlink_to(other)
        replace(*names)

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


@pytest.mark.parametrize("written", [0, 1, 4096, 65_535])
def test_a_disk_that_is_full_after_a_few_bytes(
    path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    class NearlyFull:
        def __init__(self, path: Path, mode: str, opener: Callable[[str, int], int]) -> None:
            self.file = open(path, mode, buffering=0, opener=opener)  # noqa: SIM115 - closed below

        def __enter__(self) -> NearlyFull:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[:written])
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "open", NearlyFull, raising=False)
    with pytest.raises(NotWritten, match="no space left on device"):
        write(path, b"new" * 65_536, replace=True)


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

        def watch(*given: int | Path) -> None:
            hidden = [path for path in tmp_path.iterdir() if path.name.startswith(".")]
            seen.append((step, [path.read_bytes() for path in hidden]))
            assert [name for name in names_in(tmp_path) if name[0] != "."] == ["older"]
            assert (tmp_path / "older").read_bytes() == b"old"
            real(*given)

        monkeypatch.setattr(files.os, step, watch)

    for step in ("fsync", "link", "replace"):
        watched(step)
    write(tmp_path / "older", b"all of it", replace=True)
    (tmp_path / "older").write_bytes(b"old")
    write(tmp_path / "newer", b"all of it")
    whole = [b"all of it"]
    assert seen == [("fsync", whole), ("replace", whole), ("fsync", whole), ("link", whole)]


# --- A memory stick, on which no file can have two names -----------------------------------------


@pytest.fixture
def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "link", failing(PermissionError(1, "Operation not permitted")))


@pytest.mark.usefixtures("without_links")
def test_without_links_a_file_is_written_too(tmp_path: Path) -> None:
    write(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert mode_of(tmp_path / "file") == 0o600
    assert names_in(tmp_path) == ["file"]


@pytest.mark.usefixtures("without_links")
@pytest.mark.parametrize(
    "put", [Path.touch, Path.mkdir, lambda path: path.symlink_to("nowhere")], ids=["f", "d", "l"]
)
def test_without_links_what_is_there_is_left_as_it_is(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    path = tmp_path / "file"
    put(path)
    before = path.lstat()
    assert refusal(path) == f"{path} is there already, and is left as it is."
    assert path.lstat() == before
    assert names_in(tmp_path) == ["file"]
