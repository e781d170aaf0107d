"""Finding and reading files: layers, what is not a file, and what no file may do to the program."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fingerpost.model.diagnostics import Severity
from fingerpost.reading import reading as reading_module
from fingerpost.reading.folders import LARGEST, CannotRead, read_file
from fingerpost.reading.loader import Reading, load, shipped

TREE = """\
fingerpost: 1
title: TITLE
about: What this is about.
review-by: 2027-05-24
start: which
questions:
  which:
    ask: Which?
    answers:
      one: {say: One, goto: end}
      two: {say: Two, goto: GOTO}
outcomes:
  end: {title: The end, urgency: info, open: That is all., needs: [talk]}
"""
NEEDS = "needs: {talk: {say: Someone to talk to}}\n"
ROUTES = "routes: {friend: {name: A friend, serves: talk}}\n"


def a_tree(title: str = "A title", goto: str = "end") -> str:
    return TREE.replace("TITLE", title).replace("GOTO", goto)


def library(folder: Path, **files: str) -> Path:
    """A library of these trees, with the one need and the one route that they ask for."""
    texts = {f"{name}.yaml": text for name, text in files.items()}
    for name, text in {**texts, "shared/needs.yaml": NEEDS, "routes/uk.yaml": ROUTES}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def codes(reading: Reading) -> list[str]:
    return [mistake.code for mistake in reading.mistakes]


def title(reading: Reading, tree: str) -> str:
    return reading.library.trees[tree].title.otherwise


# Which library


def test_the_shipped_library_in_the_package_comes_before_the_one_in_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "fingerpost"
    package.mkdir(parents=True)
    monkeypatch.setattr(reading_module, "__file__", str(package / "reading" / "reading.py"))
    with pytest.raises(CannotRead, match=r"^The trees that come with fingerpost are missing\."):
        shipped()
    (tmp_path / "trees").mkdir()
    assert shipped() == tmp_path / "trees"
    (package / "trees").mkdir()
    assert shipped() == package / "trees"


def test_a_layer_replaces_whole_trees_and_single_entries(tmp_path: Path) -> None:
    """So one changed line does not make its author the keeper of all others."""
    below = library(tmp_path / "below", one=a_tree("One below"), two=a_tree("Two below"))
    above = library(tmp_path / "above", two=a_tree("Two above"), three=a_tree("Three above"))
    route = "{{name: '{}', serves: talk, source: {{seen: undated}}}}".format
    both = f"routes:\n  friend: {route('A friend')}\n  aunt: {route('An aunt')}\n"
    (below / "routes" / "uk.yaml").write_text(both)
    (above / "routes" / "uk.yaml").write_text(f"routes:\n  friend: {route('{{zzz}} of ours')}\n")
    reading = load([below, above])
    assert list(reading.library.trees) == ["one", "two", "three"]
    assert title(reading, "one") == "One below"
    assert title(reading, "two") == "Two above"
    titles = {name: r.title.otherwise for name, r in reading.library.routes.items()}
    assert titles == {"friend": "{{zzz}} of ours", "aunt": "An aunt"}
    [unknown] = [m for m in reading.mistakes if "zzz" in m.message]
    assert unknown.span.file == str(above / "routes" / "uk.yaml")
    assert (unknown.span.line, unknown.span.column) == (2, 19)
    assert title(load([above, below]), "two") == "Two below"


def test_routes_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    folder = library(tmp_path, one=a_tree())
    for name in ("aaa", "wales", "platforms", "england"):
        text = f"routes: {{in-{name}: {{name: A, serves: talk}}}}\n"
        (folder / "routes" / f"{name}.yaml").write_text(text)
    names = list(load([folder]).library.routes)
    assert names == ["friend", "in-england", "in-wales", "in-platforms", "in-aaa"]


# What stops a walk


def test_only_mistakes_in_files_that_a_walk_reads_stop_it(tmp_path: Path) -> None:
    folder = library(
        tmp_path,
        good=a_tree(),
        bad=a_tree(goto="nowhere"),
        leads=a_tree(goto="bad/end"),
        far=a_tree(goto="leads/"),
    )
    (folder / "rules.yaml").write_text("rules: {a: {when: {age: 18}, must: {route: no}}}\n")
    (folder / "cases").mkdir()
    (folder / "cases" / "some.yaml").write_text("case: {}\n")
    reading = load([folder], whole=True)
    assert codes(reading) == ["FP201", "FP103", "FP203", "FP207"]
    assert reading.stopping("good") == ()
    for name in ("bad", "leads", "far"):
        assert [mistake.code for mistake in reading.stopping(name)] == ["FP201"]


def test_an_ending_that_cannot_be_read_still_has_its_name(tmp_path: Path) -> None:
    """So a mistyped goto is told in the same round; of endings under no known key none is."""
    wrong = a_tree(goto="ned").replace("title:", "titel:")
    assert codes(load([library(tmp_path / "a", one=wrong)])) == ["FP103", "FP201", "FP103"]
    lost = wrong.replace("outcomes:", "outcome:")
    assert "FP201" not in codes(load([library(tmp_path / "b", one=lost)]))


def test_a_mistake_in_what_all_share_stops_every_walk(tmp_path: Path) -> None:
    folder = library(tmp_path, one=a_tree(), two=a_tree())
    (folder / "routes" / "wales.yaml").write_text("routes: {in-wales: {name: A}}\n")
    reading = load([folder])
    assert [m.code for m in reading.stopping("one")] == ["FP102"]
    assert [m.code for m in reading.stopping("two")] == ["FP102"]


# Names in two files, and names that are not names


def test_a_route_in_two_files(tmp_path: Path) -> None:
    folder = library(tmp_path, one=a_tree())
    again = "routes:\n  friend: {name: Another, serves: talk}\n"
    (folder / "routes" / "wales.yaml").write_text(again)
    [found] = load([folder]).mistakes
    assert found.code == "FP211"
    assert found.message == "the route “friend” is in two files"
    assert (found.span.line, found.span.column) == (2, 3)
    assert found.span.file.endswith("wales.yaml")
    [first] = found.related
    assert first.span.file.endswith("uk.yaml")


# Files that nothing would read in silence


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "notes.txt", "LICENSE", "shared/README.md", "routes/notes"),
        *(".hidden.yml", "one.yaml~", "one.yaml.bak", ".yml"),
    ],
)
def test_other_files_may_lie_about(tmp_path: Path, name: str) -> None:
    folder = library(tmp_path, one=a_tree())
    (folder / name).write_text("anything", encoding="utf-8")
    assert load([folder]).mistakes == ()


@pytest.mark.parametrize(("name", "meant"), [("route", "routes"), ("Shared", "shared")])
def test_a_folder_whose_name_is_misspelt(tmp_path: Path, name: str, meant: str) -> None:
    folder = library(tmp_path, one=a_tree())
    (folder / name).mkdir()
    [found] = load([folder]).mistakes
    assert (found.code, found.severity) == ("FP218", Severity.WARNING)
    assert found.message == f"this folder is not read, because it is not called “{meant}”"


# What is not a file

posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")


def refusal(*folders: Path) -> str:
    with pytest.raises(CannotRead) as caught:
        load(folders)
    return str(caught.value)


@posix
@pytest.mark.parametrize(
    ("part", "make", "told"),
    [
        (".", lambda path: shutil.rmtree(path), " cannot be read: it is not there."),
        ("one.yaml", lambda _: None, " is a file. It should be a folder of trees."),
        ("cases", Path.touch, " is a file. It should be a folder of trees."),
        ("two.yaml", Path.mkdir, " is a folder. It should be a file."),
        ("two.yaml", lambda path: path.symlink_to("gone"), " cannot be read: it is not there."),
        ("cases", lambda path: path.symlink_to("gone"), " cannot be read: it is not there."),
        ("two.yaml", lambda path: path.symlink_to(path), " cannot be read: too many"),
        ("two.yaml", lambda path: os.mkfifo(path), " is not an ordinary file."),
        ("two.yaml", lambda path: path.symlink_to("/dev/zero"), " is not an ordinary file."),
        ("a\0b", lambda _: None, " cannot be read: "),
    ],
)
def test_what_is_no_file_is_one_sentence(
    tmp_path: Path, part: str, make: Callable[[Path], object], told: str
) -> None:
    folder = library(tmp_path / "library", one=a_tree())
    make(folder / part)
    said = refusal(folder / part if part in (".", "one.yaml", "a\0b") else folder)
    assert told in said
    assert said.startswith(str(folder))
    assert "\n" not in said


@pytest.mark.parametrize("length", [0, 5, LARGEST, LARGEST + 1, LARGEST + 9])
@pytest.mark.parametrize("told", [0, 5, LARGEST + 9])
def test_a_file_is_read_to_its_end_and_no_further_than_the_limit_whatever_its_length_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int, told: int
) -> None:
    """It may grow while it is read, and Linux says 0 of some files in which there is much."""
    path = tmp_path / "one.yaml"
    path.write_bytes(b"a" * length)
    said = os.stat_result((stat.S_IFREG, 0, 0, 1, 0, 0, told, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda _: said)
    assert read_file(path) == b"a" * min(length, LARGEST + 1)


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permission is refused by hand: the administrator, as whom tests may run, has every one."""
    folder = library(tmp_path, one=a_tree(), two=a_tree())
    opening = Path.open

    def refuse(self: Path, *arguments: object) -> object:
        if self.name == "two.yaml":
            raise PermissionError(13, "Permission denied")
        return opening(self, *arguments)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(folder) == f"{folder / 'two.yaml'} cannot be read: you do not have permission."
    assert load([folder], ["one"]).mistakes == ()


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert refusal(tmp_path) == f"{tmp_path} cannot be read: you do not have permission."


def test_an_empty_library(tmp_path: Path) -> None:
    assert refusal(tmp_path) == (
        f"There are no trees in {tmp_path}. A tree is a file that ends in .yaml."
    )
    (tmp_path / "rules.yaml").write_text("rules: {}\n")
    (tmp_path / "other").mkdir()
    assert refusal(tmp_path, tmp_path / "other") == (
        f"There are no trees in {tmp_path} and {tmp_path / 'other'}. "
        "A tree is a file that ends in .yaml."
    )


# What is in a file


@pytest.mark.parametrize(
    "data",
    [
        a_tree("A “title” by Windows").encode("cp1252"),
        a_tree("A title of UTF-16").encode("utf-16"),
        a_tree("Teitl cŵl").encode("utf-8")[:-200] + b"\xff",
    ],
    ids=["cp1252", "utf-16", "a stray byte"],
)
def test_a_file_that_is_not_utf_8(tmp_path: Path, data: bytes) -> None:
    folder = library(tmp_path, one=a_tree())
    (folder / "two.yaml").write_bytes(data)
    reading = load([folder])
    not_utf8 = [m for m in reading.mistakes if m.code == "FP002"]
    assert len(not_utf8) == 1
    assert "save as UTF-8" in not_utf8[0].hint
    assert all(m.span.file.endswith("two.yaml") for m in reading.mistakes)
    assert reading.stopping("one") == ()


def test_a_file_that_is_too_large_is_refused_and_not_read_on(tmp_path: Path) -> None:
    folder = library(tmp_path, one=a_tree())
    with (folder / "two.yaml").open("wb") as file:
        file.truncate(10**12)
    [found] = load([folder]).mistakes
    assert found.code == "FP009"


@pytest.mark.parametrize(
    "text",
    [
        "fingerpost: 1\nquestions:\n" + "".join(f"  q{n}: {{}}\n" for n in range(30_000)),
        "fingerpost: 1\n" + "".join(f"key-{n}: text\n" for n in range(50_000)),
        "fingerpost: 1\nquestions:\n  q:\n    answers: {"
        + ", ".join(map(str, range(100_000)))
        + "}\n    goto: {"
        + ", ".join(map(str, range(100_000, 200_000)))
        + "}\n",
        "fingerpost: 1\ntitle: {" + ", ".join(f"reader-{n}: a" for n in range(100_000)) + "}\n",
        "fingerpost: 1\ntitle: " + "{a} " * 100_000 + "\n",
        "fingerpost: 1\ntitle: " + "{" * 100_000 + "\n",
        "fingerpost: 1\noutcomes:\n  e:\n    needs: [" + "unknown-need, " * 100_000 + "]\n",
    ],
    ids=["questions", "keys", "answers", "readers", "marks", "braces", "needs"],
)
def test_a_hostile_file_is_refused_soon(tmp_path: Path, text: str) -> None:
    folder = library(tmp_path, bad=text)
    before = time.process_time()
    assert load([folder], whole=True).stopping("bad")
    assert time.process_time() - before < 10
