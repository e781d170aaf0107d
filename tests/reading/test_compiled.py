"""What is compiled is what is written: all of it, each tree, and local details over both."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fingerpost.model.base import field_names, replace
from fingerpost.reading import compiled
from fingerpost.reading.loader import load
from fingerpost.reading.reading import Reading, shipped

LOCAL = {
    "sound": """
        name: Our club
        nation: wales
        routes: {safeguarding-lead: {name: Jo, phone: [{number: "029 2018 0000"}]}}
    """,
    "mistaken": """
        nation: wails
        routes: {ours: {name: Jo, serves: [talkk], who: "Ask {route:nope}. It is {{nothing}}."}}
    """,
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    for name, data in compiled.files_of(shipped()).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("local", [None, "missing", *LOCAL])
@pytest.mark.parametrize("trees", [None, ("threatened",), ("unknown",)])
def test_what_is_compiled_reads_as_the_yaml_does(
    folder: Path, tmp_path: Path, trees: tuple[str, ...] | None, local: str | None
) -> None:
    file = None if local is None else tmp_path / "local.yaml"
    if file is not None and local in LOCAL:
        file.write_text(LOCAL[local], encoding="utf-8")
    made, written = compiled.read(trees, file, folder), load([shipped()], trees, local_file=file)
    assert made is not None
    for each in field_names(written.library):
        assert getattr(made.library, each) == getattr(written.library, each), each
    assert rest(made) == rest(written)


def rest(reading: Reading) -> Reading:
    """A reading without what is only said of YAML that has mistakes in it."""
    quoted = {mistake.span.file for mistake in reading.local_mistakes}
    texts = {name: text for name, text in reading.texts.items() if name in quoted}
    return replace(reading, texts=texts, apart=frozenset())


def test_a_library_with_a_mistake_is_not_compiled(tmp_path: Path) -> None:
    trees = Path(shutil.copytree(shipped(), tmp_path / "trees"))
    (trees / "threatened.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(ValueError, match="1 mistake"):
        compiled.files_of(trees)


def test_where_nothing_is_compiled_nothing_is_read(tmp_path: Path) -> None:
    assert compiled.read(None, None, tmp_path) is None
