"""A file is written whole or not at all, over nothing, and for its owner's eyes."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost import writing
from fingerpost.writing import NotWritten, write_new


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(path: Path) -> str:
    with pytest.raises(NotWritten) as caught:
        write_new(path, b"new")
    return str(caught.value)


def failing(error: OSError) -> Callable[..., int]:
    def fail(*_: object, **__: object) -> int:
        raise error

    return fail


def test_a_file_is_written_as_it_is_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    old = os.umask(0)
    try:
        write_new(path, b"one\ntwo\r\n\x00\xff")
    finally:
        os.umask(old)
    assert path.read_bytes() == b"one\ntwo\r\n\x00\xff"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["file"]


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    write_new(tmp_path / "a" / "b" / "file", b"new")
    assert (tmp_path / "a" / "b" / "file").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


@pytest.mark.parametrize("kind", ["file", "folder", "link", "link to nowhere"])
def test_what_is_there_is_left_as_it_is(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "file", tmp_path / "other"
    other.write_bytes(b"old")
    match kind:
        case "file":
            path.write_bytes(b"old")
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(other)
        case _:
            path.symlink_to(tmp_path / "nowhere")
    before = path.lstat()
    assert refusal(path) == f"{path} is there already, and is left as it is."
    assert path.lstat() == before
    assert other.read_bytes() == b"old"
    assert names_in(tmp_path) == ["file", "other"]


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    path = tmp_path / "a" / "file"
    assert refusal(path) == f"{path} could not be written: {tmp_path / 'a'} is a file."
    deeper = path / "deeper"
    assert refusal(deeper) == f"{deeper} could not be written: not a directory."


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused by hand: the administrator, as whom tests may run, has every permission."""
    monkeypatch.setattr(writing.os, "open", failing(PermissionError(13, "Permission denied")))
    path = tmp_path / "file"
    assert refusal(path) == f"{path} could not be written: permission denied."
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("step", ["fsync", "fdopen"])
def test_a_full_disk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(writing.os, step, failing(OSError(28, "No space left on device")))
    path = tmp_path / "file"
    assert refusal(path) == f"{path} could not be written: no space left on device."
    assert names_in(tmp_path) == []


def test_an_error_without_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing.os, "fsync", failing(OSError("Something else")))
    assert refusal(tmp_path / "file").endswith("could not be written: something else.")


@pytest.mark.parametrize("name", ["a\0b", ""])
def test_a_name_that_no_file_can_have(name: str) -> None:
    assert "could not be written" in refusal(Path(name) if name else Path("/"))


def test_a_file_is_never_seen_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes its name after every byte is on the disk."""
    seen: list[tuple[bytes, list[str]]] = []
    path, link = tmp_path / "file", os.link

    def watch(source: Path, target: Path) -> None:
        seen.append((source.read_bytes(), names_in(tmp_path)))
        link(source, target)

    monkeypatch.setattr(writing.os, "link", watch)
    write_new(path, b"all of it")
    [(data, names)] = seen
    assert data == b"all of it"
    assert "file" not in names
    assert names[0].startswith(".file.")


def test_of_many_writers_one_wins_and_its_file_is_whole(tmp_path: Path) -> None:
    path, results = tmp_path / "file", []

    def write(number: int) -> None:
        try:
            write_new(path, bytes([number]) * 10_000)
        except NotWritten:
            results.append(None)
        else:
            results.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [number for number in results if number is not None]
    assert path.read_bytes() == bytes([winner]) * 10_000
    assert names_in(tmp_path) == ["file"]


# A memory stick, on which no file can have two names


@pytest.fixture
def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing.os, "link", failing(PermissionError(1, "Operation not permitted")))


@pytest.mark.usefixtures("without_links")
def test_without_links_a_file_is_written_too(tmp_path: Path) -> None:
    write_new(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["file"]


@pytest.mark.usefixtures("without_links")
def test_without_links_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    assert refusal(tmp_path / "file").endswith("is there already, and is left as it is.")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert names_in(tmp_path) == ["file"]


@pytest.mark.usefixtures("without_links")
def test_without_links_a_failure_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", failing(OSError(5, "Input/output error")))
    assert refusal(tmp_path / "file").endswith("could not be written: input/output error.")
    assert names_in(tmp_path) == []
