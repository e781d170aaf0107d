"""What is compiled is what is written: all of it, each tree, and local details over both."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fingerpost.model.base import field_names, replace
from fingerpost.reading import compiled
from fingerpost.reading.loader import load
from fingerpost.reading.reading import Reading, shipped
from fingerpost.search.index import SearchIndex
from fingerpost.search.indexing import index_of

from ..approval.library import signed, written
from ..support.shipped import whole_library

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
    for name, data in compiled.files_of(shipped(), index_of).items():
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
    made = compiled.read(trees, file, folder)
    written = without_sentences(load([shipped()], trees, local_file=file))
    assert made is not None
    for each in field_names(written.library):
        assert getattr(made.library, each) == getattr(written.library, each), each
    assert rest(made) == rest(written)


def test_the_index_of_a_search_is_that_of_the_yaml_with_its_cases(folder: Path) -> None:
    assert whole_library().cases
    assert compiled.search_index(SearchIndex, folder) == index_of(whole_library())


def without_sentences(reading: Reading) -> Reading:
    """A reading without what only the index of a search is made of."""
    words = reading.library.search.without_sentences
    before = reading.without_local
    return replace(
        reading,
        library=replace(reading.library, search=words),
        without_local=before and replace(before, search=words),
    )


def rest(reading: Reading) -> Reading:
    """A reading without what is only said of YAML that has mistakes in it."""
    quoted = {mistake.span.file for mistake in reading.local_mistakes}
    texts = {name: text for name, text in reading.texts.items() if name in quoted}
    return replace(reading, texts=texts, apart=frozenset())


def test_a_library_with_a_mistake_is_not_compiled(tmp_path: Path) -> None:
    trees = Path(shutil.copytree(shipped(), tmp_path / "trees"))
    (trees / "threatened.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(ValueError, match="1 mistake"):
        compiled.files_of(trees, index_of)


def test_where_nothing_is_compiled_nothing_is_read(tmp_path: Path) -> None:
    assert compiled.read(None, None, tmp_path) is None
    assert compiled.search_index(SearchIndex, tmp_path) is None


def test_all_trees_are_read_where_one_is_approved(tmp_path: Path) -> None:
    """A page is approved with all that any tree leads people to see there."""
    library = signed(written(tmp_path / "library"), "one")
    (tmp_path / "made").mkdir()
    for name, data in compiled.files_of(tmp_path / "library", index_of).items():
        (tmp_path / "made" / name).write_bytes(data)
    found = compiled.read(("one",), None, tmp_path / "made")
    assert found is not None
    assert dict(found.library.trees) == library.trees
    assert found.library.approvals == library.approvals
