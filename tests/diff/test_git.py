"""Reading a revision: by names of objects only, and running nothing that a repository brings."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from fingerpost.diff import git as git_module
from fingerpost.diff.git import Revision, contents, laid_out, named
from fingerpost.reading.folders import CannotRead

Commit = Callable[[Mapping[str, str]], str]

FILES = {
    "trees/first.yaml": "one\n",
    "trees/shared/needs.yaml": "two\n",
    "trees/routes/uk.yaml": "three",
    "trees/notes.txt": "not read",
    "trees/deep/er/first.yaml": "not read",
    "trees/.hidden.yaml": "not read",
}


def git(folder: Path, *arguments: str, typed: bytes | None = None) -> str:
    """git as its user, whoever that is here."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    ran = subprocess.run(
        ["git", *who, "-c", "commit.gpgsign=false", "-C", folder, *arguments],
        input=typed,
        capture_output=True,
        check=True,
    )
    return ran.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository; we stand in it."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def commit(repository: Path) -> Commit:
    """A commit of these files and no others. No file is written, so any name may be given."""

    def make(files: Mapping[str, str], modes: Mapping[str, str] | None = None) -> str:
        git(repository, "read-tree", "--empty")
        entries = b""
        for name, text in files.items():
            blob = git(repository, "hash-object", "-w", "--stdin", typed=text.encode())
            mode = (modes or {}).get(name, "100644")
            entries += f"{mode} {blob}\t{name}\0".encode()
        git(repository, "update-index", "-z", "--index-info", typed=entries)
        git(repository, "commit", "--quiet", "--allow-empty", "-m", "a commit")
        return git(repository, "rev-parse", "HEAD")

    return make


# What is a revision


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("HEAD:trees", Revision("HEAD", "trees")),
        ("v1:", Revision("v1", "")),
        (":trees", Revision("", "trees")),
        ("-x:trees", Revision("-x", "trees")),
        ("HEAD~1:a:b", Revision("HEAD~1", "a:b")),
        ("trees", None),
        ("C:\\trees", None),
        ("c:/trees", None),
        ("C:", None),
    ],
)
def test_a_revision_is_told_from_a_place_on_the_disk(text: str, revision: Revision | None) -> None:
    assert named(text) == revision
    assert revision is None or str(revision) == text


@pytest.mark.skipif(os.name == "nt", reason="no name may have a colon there")
def test_what_is_there_is_never_a_revision(repository: Path) -> None:
    (repository / "HEAD:trees").mkdir()
    assert named("HEAD:trees") is None
    (repository / "a:link").symlink_to("nowhere")
    assert named("a:link") is None


# What it holds


def test_the_files_of_a_library_and_no_others(commit: Commit) -> None:
    commit(FILES)
    assert contents(Revision("HEAD", "trees")) == {
        "first.yaml": b"one\n",
        "shared/needs.yaml": b"two\n",
        "routes/uk.yaml": b"three",
    }
    assert contents(Revision("HEAD", "trees/")) == contents(Revision("HEAD", "trees"))
    assert contents(Revision("HEAD", "trees/deep/er")) == {"first.yaml": b"not read"}


def test_an_earlier_revision(commit: Commit) -> None:
    first = commit(FILES)
    commit({"first.yaml": "new"})
    assert contents(Revision("HEAD", "")) == {"first.yaml": b"new"}
    for name in ("HEAD~1", first, first[:12]):
        found = contents(Revision(name, "trees"))
        assert isinstance(found, dict)
        assert found["first.yaml"] == b"one\n"


def test_the_working_folder_does_not_narrow_what_is_read(
    repository: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(FILES)
    inside = repository / "trees" / "shared"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    whole = contents(Revision("HEAD", "trees"))
    assert set(whole) == {"first.yaml", "shared/needs.yaml", "routes/uk.yaml"}
    assert contents(Revision("HEAD", "./needs.yaml")) == b"two\n"


@pytest.mark.parametrize(
    "name", ["a:b.yaml", "a\nb.yaml", "a\\b.yaml", "a\x1b[2Jb.yaml", "con.yaml", "Com1.x.yaml"]
)
def test_names_that_cannot_be_a_file_everywhere(commit: Commit, name: str) -> None:
    commit({f"trees/{name}": "text", "trees/first.yaml": "one"})
    with pytest.raises(CannotRead, match=r"HEAD:trees has a file whose name cannot be") as told:
        contents(Revision("HEAD", "trees"))
    assert str(told.value).isprintable()


def test_links_and_submodules_are_passed_over(repository: Path, commit: Commit) -> None:
    here = commit(FILES)
    commit({"first.yaml": "/etc/passwd", "second.yaml": "two"}, {"first.yaml": "120000"})
    assert contents(Revision("HEAD", "")) == {"second.yaml": b"two"}
    commit({"run.yaml": "x"}, {"run.yaml": "100755"})
    assert contents(Revision("HEAD", "")) == {"run.yaml": b"x"}
    entry = f"160000 {here}\tmodule.yaml\0".encode()
    git(repository, "update-index", "-z", "--index-info", typed=entry)
    git(repository, "commit", "--quiet", "-m", "a submodule")
    assert contents(Revision("HEAD", "")) == {"run.yaml": b"x"}
    with pytest.raises(CannotRead, match=r"git could not read the revision|neither a folder"):
        contents(Revision("HEAD", "module.yaml"))


def test_what_is_too_large(commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(
        {
            "first.yaml": "x" * (git_module._LARGEST_FILE + 1),
            "second.yaml": "x" * git_module._LARGEST_FILE,
        }
    )
    with pytest.raises(CannotRead, match=r"^HEAD:first.yaml is too large: more than 8 MB.$"):
        contents(Revision("HEAD", "first.yaml"))
    with pytest.raises(CannotRead, match=r"^HEAD:/first.yaml is too large"):
        contents(Revision("HEAD", ""))
    assert contents(Revision("HEAD", "second.yaml")) == b"x" * git_module._LARGEST_FILE
    monkeypatch.setattr(git_module, "_LARGEST_FOLDER", 5)
    commit({"first.yaml": "123", "second.yaml": "456"})
    with pytest.raises(CannotRead, match=r"^HEAD: is too large"):
        contents(Revision("HEAD", ""))


@pytest.mark.parametrize("name", ["../x.yaml", "/tmp/x.yaml", "shared/../../x.yaml", "a/../../x"])
def test_a_name_that_leads_out_is_never_laid_out(name: str, tmp_path: Path) -> None:
    with (
        pytest.raises(CannotRead, match="is no file of the revision's folder"),
        laid_out({"first.yaml": b"one", name.replace("/tmp", str(tmp_path)): b"two"}),
    ):
        raise AssertionError("never laid out")
    assert list(tmp_path.iterdir()) == []


# What is not there


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        (Revision("nowhere", "trees"), "There is no git revision “nowhere” here."),
        (Revision("HEAD~9", "trees"), "There is no git revision “HEAD~9” here."),
        (Revision("^HEAD", "trees"), "There is no git revision “^HEAD” here."),
        (Revision("HEAD..HEAD", "trees"), "There is no git revision “HEAD..HEAD” here."),
        (Revision("HEAD^{tree}", "trees"), "There is no git revision “HEAD^{tree}” here."),
        (Revision("--help", "trees"), "There is no git revision “--help” here."),
        (Revision("--git-dir", "trees"), "There is no git revision “--git-dir” here."),
        (Revision("HEAD", "forest"), "The git revision “HEAD” has no “forest”."),
        (Revision("HEAD", "../trees"), "The git revision “HEAD” has no “../trees”."),
        (Revision("HEAD", "/trees"), "The git revision “HEAD” has no “/trees”."),
        (Revision("HEAD", "tre*"), "The git revision “HEAD” has no “tre*”."),
        (Revision("", "trees"), ":trees names no revision. Write one before the colon: HEAD:trees"),
    ],
)
def test_what_is_not_there_is_said(commit: Commit, revision: Revision, told: str) -> None:
    commit(FILES)
    with pytest.raises(CannotRead) as why:
        contents(revision)
    assert str(why.value) == told


def test_no_option_is_made_of_a_name(repository: Path, commit: Commit) -> None:
    """A file that such an option would write is not there afterwards."""
    commit(FILES)
    for name in ("--output=canary", "--parseopt", "--upload-pack=touch canary", "-h"):
        with pytest.raises(CannotRead, match="There is no git revision"):
            contents(Revision(name, "trees"))
    assert not (repository / "canary").exists()


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotRead, match="This folder is not in a git repository"):
        contents(Revision("HEAD", "trees"))


# git itself


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even one that lies in the working folder."""
    pretender = repository / "git"
    pretender.write_text("#!/bin/sh\ntouch canary\n", encoding="utf-8")
    pretender.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([".", ""]))
    with pytest.raises(CannotRead, match="git is not installed"):
        contents(Revision("HEAD", "trees"))
    assert not (repository / "canary").exists()


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo 'fatal: detected dubious ownership in it' >&2; exit 128", "belongs to somebody"),
        ("echo 'fatal: a bad thing' >&2; exit 1", "could not read the revision: a bad thing."),
        ("exit 1", "could not read the revision: it did not say why."),
        ("exec sleep 10", "git took too long to answer."),
    ],
)
def test_git_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    program = tmp_path / "git"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_module, "_LONGEST_WAIT", 0.5)
    with pytest.raises(CannotRead, match=told):
        contents(Revision("HEAD", "trees"))


@pytest.mark.skipif(os.name == "nt", reason="the canary is a script of sh")
def test_nothing_that_a_repository_names_is_run(
    repository: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit({**FILES, ".gitattributes": "*.yaml diff=x filter=x text eol=crlf\n"})
    canary = tmp_path / "canary"
    run = f"touch '{canary}'; cat"
    for setting in (
        "core.pager",
        "core.fsmonitor",
        "core.sshCommand",
        "core.editor",
        "core.askPass",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.smudge",
        "filter.x.clean",
        "filter.x.process",
        "pager.cat-file",
        "pager.ls-tree",
        "pager.rev-parse",
        "credential.helper",
    ):
        git(repository, "config", setting, run)
    for command in ("rev-parse", "ls-tree", "cat-file"):
        git(repository, "config", f"alias.{command}", f"!{run}")
    hooks = repository / "hooks"
    hooks.mkdir()
    git(repository, "config", "core.hooksPath", str(hooks))
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS"):
        monkeypatch.setenv(name, run)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    found = contents(Revision("HEAD", "trees"))
    assert isinstance(found, dict)
    assert found["first.yaml"] == b"one\n"
    assert not canary.exists()
    assert not (tmp_path / "trace").exists()


def test_replaced_objects_are_not_taken(repository: Path, commit: Commit) -> None:
    commit(FILES)
    old = git(repository, "rev-parse", "HEAD:trees/first.yaml")
    other = git(repository, "hash-object", "-w", "--stdin", typed=b"another")
    git(repository, "replace", old, other)
    assert contents(Revision("HEAD", "trees/first.yaml")) == b"one\n"


# Laying files out


def test_what_is_laid_out_is_for_us_alone_and_goes_away() -> None:
    with laid_out({"first.yaml": b"one", "shared/needs.yaml": b"two"}) as folder:
        assert (folder / "shared" / "needs.yaml").read_bytes() == b"two"
        if os.name != "nt":
            assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_it_goes_away_after_a_mistake_too() -> None:
    def fail() -> None:
        with laid_out({"first.yaml": b"one"}) as folder:
            places.append(folder)
            raise KeyError("anything")

    places: list[Path] = []
    with pytest.raises(KeyError):
        fail()
    assert not places[0].exists()


@pytest.mark.skipif(os.name == "nt", reason="the canary is a script of sh")
def test_what_a_partial_copy_lacks_is_not_fetched(
    repository: Path, commit: Commit, tmp_path: Path
) -> None:
    """Its repository says where the rest is, and by which program to get it."""
    commit(FILES)
    blob = git(repository, "rev-parse", "HEAD:trees/first.yaml")
    lost = repository / ".git" / "objects" / blob[:2] / blob[2:]
    lost.chmod(0o600)
    lost.unlink()
    canary = tmp_path / "canary"
    for setting, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::touch {canary}"),
    ):
        git(repository, "config", setting, value)
    with pytest.raises(CannotRead, match=r"^HEAD:trees/first.yaml is missing in this copy"):
        contents(Revision("HEAD", "trees"))
    with pytest.raises(CannotRead, match="git could not read the revision"):
        contents(Revision("HEAD", "trees/first.yaml"))
    with pytest.raises(CannotRead, match="A file of the revision is missing in this copy"):
        git_module._blobs([blob])
    assert not canary.exists()


def test_a_folder_of_too_many_files_is_refused_before_it_is_listed(
    repository: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Millions of entries take a minute and half a gigabyte; their size is known at once."""
    commit({"first.yaml": "", "elsewhere/a.txt": "", "shared/needs.yaml": "", "shared/b.yaml": ""})
    asked: list[tuple[str, ...]] = []
    ask = git_module._git

    def noted(*arguments: str, **how: Any) -> bytes:
        asked.append(arguments)
        return ask(*arguments, **how)

    monkeypatch.setattr(git_module, "_git", noted)
    assert set(contents(Revision("HEAD", ""))) == {
        "first.yaml",
        "shared/needs.yaml",
        "shared/b.yaml",
    }
    assert not [arguments for arguments in asked if "-r" in arguments]
    monkeypatch.setattr(git_module, "_LARGEST_LISTING", 50)
    asked.clear()
    with pytest.raises(CannotRead, match=r"^HEAD: is too large"):
        contents(Revision("HEAD", ""))
    assert not [arguments for arguments in asked if arguments[0] == "ls-tree"]


def raw_tree(repository: Path, *entries: tuple[str, str, str]) -> str:
    """A tree of modes, names and objects as they are: git itself would refuse some of the names."""
    data = b"".join(
        f"{mode} {name}\0".encode() + bytes.fromhex(found) for mode, name, found in entries
    )
    return git(repository, "hash-object", "-t", "tree", "--literally", "-w", "--stdin", typed=data)


CANARY = "fingerpost-was-laid-out-here.yaml"


@pytest.mark.parametrize(
    "name",
    [f"/{CANARY}", f"//{CANARY}", f"../{CANARY}", f"shared/../../{CANARY}", f"/shared/{CANARY}"],
)
def test_nothing_is_laid_out_outside_whatever_git_calls_it(repository: Path, name: str) -> None:
    """An entry of a tree may hold any bytes but NUL. Here each is a file and a folder, in turn."""
    blob = git(repository, "hash-object", "-w", "--stdin", typed=b"text")
    inner = raw_tree(repository, ("100644", CANARY, blob))
    for entries in (
        [("100644", name, blob)],
        [("40000", name, inner)],
        [("40000", "shared", raw_tree(repository, ("100644", name, blob)))],
    ):
        tree = raw_tree(repository, ("100644", "first.yaml", blob), *entries)
        revision = git(repository, "commit-tree", "-m", "hostile", tree)
        try:
            found = contents(Revision(revision, ""))
        except CannotRead:
            continue
        assert isinstance(found, dict)
        with laid_out(found) as folder:
            inside = {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}
            assert inside == set(found)
        assert sum(map(len, found.values())) <= 8
    for folder in (repository, repository.parent, Path(repository.anchor)):
        assert CANARY not in {path.name for path in folder.iterdir()}
