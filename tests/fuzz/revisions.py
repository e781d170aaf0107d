"""Revisions of git, and trees whose entries have any names."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from fingerpost.diff.git import Revision, contents, laid_out, named
from fingerpost.model.sanitize import one_line
from fingerpost.reading.folders import CannotRead

from ..diff.test_git import git
from .inside import ended
from .kind import Kind, must
from .reading import encoded

NAMES = st.one_of(
    st.sampled_from(["first.yaml", "/x.yaml", "..", "../x.yaml", ".git", "a/../../x.yaml"]),
    st.sampled_from(
        ["shared", "routes", "cases", "C:x.yaml", "a\x1b[2J.yaml", "\\\\a\\x.yaml", "-x"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6).map(
        lambda name: f"{name}.yaml"
    ),
)
MODES = st.sampled_from(["100644", "100644", "100755", "120000", "40000", "160000"])
TREES = st.lists(st.tuples(MODES, NAMES), max_size=4)
REVISIONS = st.one_of(
    st.sampled_from(
        ["HEAD", "HEAD", "HEAD~1", "-x", "--help", "@{u}", "HEAD^{tree}", ":/a", "a b"]
    ),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
PATHS = st.one_of(st.sampled_from(["", "", "/", "shared", "..", "first.yaml", ":(glob)*"]), NAMES)


def run(drawn: tuple[list[tuple[str, str]], str, str], folder: Path) -> None:
    entries, commit, path = drawn
    here = Path.cwd()
    with TemporaryDirectory(dir=folder) as around:
        repository = Path(around) / "repository"
        repository.mkdir()
        os.chdir(repository)
        try:
            committed(repository, entries)
            read(Revision(commit, path))
            line = f"{commit}:{path}"
            if named(line) is not None and not line.startswith("-"):
                ended(["diff", line, "."], repository, "")
        finally:
            os.chdir(here)
        must([*Path(around).iterdir()] == [repository], "something beside the repository")
        must([each.name for each in repository.iterdir()] == [".git"], "something in it")


def committed(repository: Path, entries: list[tuple[str, str]]) -> None:
    """A commit of a tree with these entries, which git itself would not write."""
    git(repository, "init", "--quiet")
    blob = git(repository, "hash-object", "-w", "--stdin", typed=b"title: A tree\n")
    inner = written(repository, [("100644", "x.yaml", blob), ("100644", "/x.yaml", blob)])
    top = [(mode, name, inner if mode == "40000" else blob) for mode, name in entries]
    commit = git(repository, "commit-tree", written(repository, top), "-m", "a commit")
    git(repository, "update-ref", "HEAD", commit)


def written(repository: Path, entries: list[tuple[str, str, str]]) -> str:
    tree = b"".join(
        f"{mode} ".encode() + encoded(name) + b"\x00" + bytes.fromhex(found)
        for mode, name, found in entries
    )
    return git(repository, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", typed=tree)


def read(revision: Revision) -> None:
    try:
        found = contents(revision)
        if isinstance(found, bytes):
            return
        with laid_out(found) as folder:
            laid = {each.relative_to(folder).as_posix() for each in folder.rglob("*.yaml")}
            must(laid == found.keys(), f"laid out {laid}, and not {[*found]}")
    except CannotRead as cannot:
        must(one_line(str(cannot)), "a refusal without words")


KIND = Kind(
    "revisions",
    "Revisions of git by any name, and trees with any names in them",
    st.tuples(TREES, REVISIONS, PATHS),
    run,
    quick=2,
    slow=40,
)
