"""Finding and reading files: layers, what is not a file, and what no file may do to the program."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.model.diagnostics import Severity
from fingerpost.model.tree import Outcome
from fingerpost.page.page import page
from fingerpost.reading import reading as reading_module
from fingerpost.reading.folders import LARGEST, CannotRead, read_file
from fingerpost.reading.loader import Reading, load, shipped
from fingerpost.walk.walk import Walk

SOUND = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"

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


def make(folder: Path, **files: str) -> Path:
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


def test_a_file_of_the_same_name_replaces_the_whole_file(tmp_path: Path) -> None:
    below = make(tmp_path / "below", one=a_tree("One below"), two=a_tree("Two below"))
    above = make(tmp_path / "above", two=a_tree("Two above"), three=a_tree("Three above"))
    (above / "routes" / "uk.yaml").write_text("routes: {aunt: {name: An aunt, serves: talk}}\n")
    reading = load([below, above])
    assert list(reading.library.trees) == ["one", "two", "three"]
    assert title(reading, "one") == "One below"
    assert title(reading, "two") == "Two above"
    assert list(reading.library.routes) == ["aunt"]
    assert title(load([above, below]), "two") == "Two below"


def test_routes_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
    for name in ("aaa", "wales", "platforms", "england"):
        text = f"routes: {{in-{name}: {{name: A, serves: talk}}}}\n"
        (folder / "routes" / f"{name}.yaml").write_text(text)
    names = list(load([folder]).library.routes)
    assert names == ["friend", "in-england", "in-wales", "in-platforms", "in-aaa"]


def test_only_the_trees_that_are_wanted_are_read_and_those_behind_their_doors(
    tmp_path: Path,
) -> None:
    folder = make(
        tmp_path,
        one=a_tree(goto="two/"),
        two=a_tree(goto="three/end"),
        three=a_tree(goto="two/end"),
        four=a_tree(goto="nowhere"),
    )
    reading = load([folder], ["one"])
    assert list(reading.library.trees) == ["one", "two", "three"]
    assert not [name for name in reading.texts if name.endswith("four.yaml")]
    assert reading.mistakes == ()
    assert set(reading.files) == {"one", "two", "three", "four"}
    assert list(load([folder], ["four", "four", "five"]).library.trees) == ["four"]


def test_a_file_is_named_as_it_would_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "mine", one=a_tree(goto="nowhere"))
    monkeypatch.chdir(tmp_path)
    [inside] = load([folder]).mistakes
    assert inside.span.file == str(Path("mine", "one.yaml"))
    monkeypatch.chdir(folder / "routes")
    [outside] = load([folder]).mistakes
    assert outside.span.file == str(folder / "one.yaml")


def test_a_working_folder_that_is_gone_is_no_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "mine", one=a_tree())

    def gone() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", gone)
    reading = load([folder])
    assert reading.files == {"one": str(folder / "one.yaml")}


# What stops a walk


def test_only_mistakes_in_files_that_a_walk_reads_stop_it(tmp_path: Path) -> None:
    folder = make(
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


def test_a_mistake_in_what_all_share_stops_every_walk(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree(), two=a_tree())
    (folder / "routes" / "wales.yaml").write_text("routes: {in-wales: {name: A}}\n")
    reading = load([folder])
    assert [m.code for m in reading.stopping("one")] == ["FP102"]
    assert [m.code for m in reading.stopping("two")] == ["FP102"]


def test_a_tree_that_leads_into_one_that_is_not_yaml_is_stopped(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree(goto="two/"), two="- nothing", three=a_tree())
    reading = load([folder])
    assert "two" not in reading.library.trees
    assert [m.code for m in reading.stopping("one")] == ["FP010"]
    assert reading.stopping("three") == ()


def test_a_warning_stops_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree("We are #1"))
    reading = load([folder])
    assert [m.severity for m in reading.mistakes] == [Severity.WARNING]
    assert reading.stopping("one") == ()


# Names in two files, and names that are not names


def test_a_route_in_two_files(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
    again = "routes:\n  friend: {name: Another, serves: talk}\n"
    (folder / "routes" / "wales.yaml").write_text(again)
    [found] = load([folder]).mistakes
    assert found.code == "FP211"
    assert found.message == "the route “friend” is in two files"
    assert (found.span.line, found.span.column) == (2, 3)
    assert found.span.file.endswith("wales.yaml")
    [first] = found.related
    assert first.span.file.endswith("uk.yaml")


def test_an_unsafe_line_that_names_no_group_of_words(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SOUND, tmp_path / "sound"))
    kind = "harm: told to smoke, hint: say no, orders: [take ... SMOKES]"
    said = f"words: {{smoke: vape}}\nkinds:\n  smoking: {{{kind}}}\n"
    (folder / "unsafe-lines.yaml").write_text(said)
    [found] = load([folder], whole=True).mistakes
    assert (found.code, found.message) == ("FP220", "there is no group of words “smokes”")
    assert found.hint == "did you mean “smoke”?"
    assert (found.span.line, found.span.column) == (3, 57)


def test_a_tree_has_the_name_of_its_file(tmp_path: Path) -> None:
    folder = make(tmp_path, **{"My Tree": a_tree(), "ça": a_tree(), "!": a_tree()})
    found = load([folder]).mistakes
    assert [m.code for m in found] == ["FP106"] * 3
    assert [m.hint for m in found] == [
        "rename it to a-tree.yaml",
        "rename it to my-tree.yaml",
        "rename it to a.yaml",
    ]


# Files that nothing would read in silence


@pytest.mark.parametrize(
    "name", ["mine.yml", "mine.yaml.txt", "mine.yml.txt", "mine.YAML", "routes/mine.yml"]
)
def test_a_file_whose_name_ends_otherwise_is_not_passed_over_in_silence(
    tmp_path: Path, name: str
) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / name).write_text(a_tree(), encoding="utf-8")
    reading = load([folder])
    [found] = reading.mistakes
    assert (found.code, found.severity) == ("FP217", Severity.WARNING)
    assert found.message == "this file is not read, because its name does not end in .yaml"
    assert found.hint == "rename it to mine.yaml"
    assert Path(found.span.file) == folder / name
    assert list(reading.library.trees) == ["one"]
    assert reading.stopping("one") == ()


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "notes.txt", "LICENSE", "shared/README.md", "routes/notes"),
        *(".hidden.yml", "one.yaml~", "one.yaml.bak", ".yml"),
    ],
)
def test_other_files_may_lie_about(tmp_path: Path, name: str) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / name).write_text("anything", encoding="utf-8")
    assert load([folder]).mistakes == ()


def test_a_file_of_shared_with_a_name_of_its_own(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / "shared" / "question.yaml").write_text("questions: {}\n")
    [found] = load([folder]).mistakes
    assert (found.code, found.severity) == ("FP218", Severity.WARNING)
    assert found.message == "no file of shared/ is called “question.yaml”"
    assert found.hint == "did you mean “questions.yaml”?"


@pytest.mark.parametrize(("name", "meant"), [("route", "routes"), ("Shared", "shared")])
def test_a_folder_whose_name_is_misspelt(tmp_path: Path, name: str, meant: str) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / name).mkdir()
    [found] = load([folder]).mistakes
    assert (found.code, found.severity) == ("FP218", Severity.WARNING)
    assert found.message == f"this folder is not read, because it is not called “{meant}”"


def test_a_file_whose_name_is_like_a_folders_is_left_alone(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / "case").write_text("a note")
    (folder / "old").mkdir()
    (folder / "old" / "one.yaml").write_text("- an older one")
    assert load([folder]).mistakes == ()


# What is not a file

posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")


def refusal(*folders: Path) -> str:
    with pytest.raises(CannotRead) as caught:
        load(folders)
    return str(caught.value)


def test_a_missing_folder(tmp_path: Path) -> None:
    there = tmp_path / "no-such-folder"
    assert refusal(there) == f"{there} cannot be read: it is not there."


def test_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(a_tree())
    assert refusal(file) == f"{file} is a file. It should be a folder of trees."
    folder = make(tmp_path / "library", one=a_tree())
    (folder / "cases").write_text("")
    assert refusal(folder) == f"{folder / 'cases'} is a file. It should be a folder of trees."


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / "two.yaml").mkdir()
    assert refusal(folder) == f"{folder / 'two.yaml'} is a folder. It should be a file."


@pytest.mark.parametrize("part", ["two.yaml", "cases"])
def test_a_link_that_leads_nowhere(tmp_path: Path, part: str) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / part).symlink_to(tmp_path / "gone")
    assert refusal(folder) == f"{folder / part} cannot be read: it is not there."


def test_a_link_that_leads_to_itself(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / "two.yaml").symlink_to(folder / "two.yaml")
    assert refusal(folder).startswith(f"{folder / 'two.yaml'} cannot be read: too many")


def test_a_link_to_a_file_is_a_file(tmp_path: Path) -> None:
    folder = make(tmp_path / "library", one=a_tree())
    (tmp_path / "elsewhere").write_text(a_tree("Elsewhere"))
    (folder / "two.yaml").symlink_to(tmp_path / "elsewhere")
    assert title(load([folder]), "two") == "Elsewhere"


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
    os.mkfifo(folder / "two.yaml")
    assert refusal(folder) == f"{folder / 'two.yaml'} is not an ordinary file."


@posix
def test_a_device_is_not_read(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
    (folder / "two.yaml").symlink_to("/dev/zero")
    assert refusal(folder) == f"{folder / 'two.yaml'} is not an ordinary file."


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
    folder = make(tmp_path, one=a_tree(), two=a_tree())
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


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "a\0b")


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
    folder = make(tmp_path, one=a_tree())
    (folder / "two.yaml").write_bytes(data)
    reading = load([folder])
    not_utf8 = [m for m in reading.mistakes if m.code == "FP002"]
    assert len(not_utf8) == 1
    assert "save as UTF-8" in not_utf8[0].hint
    assert all(m.span.file.endswith("two.yaml") for m in reading.mistakes)
    assert reading.stopping("one") == ()


def test_a_line_with_broken_letters_is_shown_with_as_many_columns_as_are_counted(
    tmp_path: Path,
) -> None:
    """Two bytes that are no letter together were shown as one character, and counted as two."""
    folder = make(tmp_path, one=a_tree())
    (folder / "two.yaml").write_bytes(b"\xe0\xa0")
    reading = load([folder])
    [shown] = [text for file, text in reading.texts.items() if file.endswith("two.yaml")]
    spans = [each.span for each in reading.mistakes]
    assert max(span.end_column for span in spans) == len(shown) + 1 == 3


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    text = a_tree(goto="nowhere")
    plain = make(tmp_path / "plain", one=text)
    windows = make(tmp_path / "windows", one=text)
    data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8")
    (windows / "one.yaml").write_bytes(data)
    here, there = load([plain]), load([windows])
    assert here.library == there.library
    [one], [other] = here.mistakes, there.mistakes
    assert (one.span.line, one.span.column) == (other.span.line, other.span.column)
    assert list(here.texts.values()) == list(there.texts.values())


def test_a_file_that_is_too_large_is_refused_and_not_read_on(tmp_path: Path) -> None:
    folder = make(tmp_path, one=a_tree())
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
    folder = make(tmp_path, bad=text)
    before = time.process_time()
    assert load([folder], whole=True).stopping("bad")
    assert time.process_time() - before < 10


def test_very_many_doors_to_steps_that_are_not_there(tmp_path: Path) -> None:
    answers = "".join(f"      a{n}: {{say: A, goto: other/no-{n}}}\n" for n in range(2_000))
    steps = "".join(f"  yes-{n}: {{use: a}}\n" for n in range(500))
    doors = a_tree().replace("      two: {say: Two, goto: end}\n", answers)
    folder = make(tmp_path, doors=doors, other=a_tree() + steps)
    before = time.process_time()
    found = load([folder], ["doors"]).mistakes
    assert sum(m.code == "FP201" for m in found) == 1_000
    assert time.process_time() - before < 20


# Laws: whatever is in a file, a reading comes back, and what it lets through can be walked

FILES = sorted(path.relative_to(SOUND).as_posix() for path in SOUND.rglob("*.yaml"))
EVERYTHING = "\n".join((SOUND / file).read_text(encoding="utf-8") for file in FILES)
KEYS = sorted(set(re.findall(r"([a-z-]+):(?=\s)", EVERYTHING)))
"""Every key of the format, and some names."""

ODD = ["", " ", "{", "}", "{place}", "{route:line}", "{route:}", "{{grooming}}", "{{}}", "{{ }}"]
ODD += ["{route:nobody}", "Ring {place", "/", "a/b/c", "second/", "first/ending", "#", ": ", "é"]
ODD += ["\u200d", "\u202e", "\x1b[2J", "[link=a]b[/x]", "\ud800", "\x00", "\u2028", "0" * 5000]
TEXTS = [*sorted(set(re.findall(r"[\w./-]+", EVERYTHING))), *ODD]

texts = st.sampled_from(TEXTS) | st.text(max_size=5)
keys = st.sampled_from(KEYS) | texts
values = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=25,
)
LOCAL = """\
nation: wales
routes:
  ours:
    name: Ours
    serves: [talk]
    phone: 029 2018 0000
  line:
    name: A line with a name
    hours: {phone: 24/7}
"""

hostile = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound library and a local file, of which one file at a time is spoilt."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(SOUND, folder / "sound")
    (folder / "local.yaml").write_text(LOCAL, encoding="utf-8")
    return folder


@contextmanager
def spoilt(lab: Path, file: str, text: str) -> Iterator[Reading]:
    """The reading of the library while one of its files says something else."""
    path = lab / "local.yaml" if file == "local.yaml" else lab / "sound" / file
    before = path.read_bytes()
    path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")
    try:
        yield load([lab / "sound"], whole=True, local_file=lab / "local.yaml")
    finally:
        path.write_bytes(before)


def hold_to_the_law(reading: Reading, lab: Path, seed: int) -> None:
    """Mistakes stand in order and inside their files; what has none can be walked to its end."""
    for found in (reading.mistakes, reading.local_mistakes):
        assert list(found) == sorted(found, key=lambda mistake: mistake.order)
        for mistake in found:
            span = mistake.span
            lines = reading.texts[span.file].split("\n")
            assert 1 <= span.line <= span.end_line <= len(lines) + 1
            assert span.column >= 1
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert span.line > len(lines) or span.column <= len(lines[span.line - 1]) + 1
            assert mistake.message
            assert mistake.hint or mistake.code.startswith("FP0")
    chance = random.Random(seed)
    for name in reading.library.trees:
        if not reading.stopping(name):
            walk_to_the_end(Walk.begin(reading.library, name), chance)


def walk_to_the_end(walk: Walk, chance: random.Random) -> None:
    for _ in range(30):
        step = walk.here
        if isinstance(step, Outcome):
            page(walk.library, walk.tree, step, walk.facts)
            if step.carry_on is None:
                return
            walk = walk.carry_on()
        else:
            walk = walk.answer([chance.choice(step.values)])


@pytest.mark.slow
@hostile
@given(file=st.sampled_from([*FILES, "local.yaml"]), value=values, data=st.data())
def test_any_keys_with_any_values_are_read(
    lab: Path, file: str, value: object, data: st.DataObject
) -> None:
    """The file as a whole, or a part of it by one of its own keys, is something else."""
    top = st.dictionaries(st.sampled_from(KEYS), st.just(value) | values, max_size=6)
    text = json.dumps(data.draw(top), ensure_ascii=False)
    with spoilt(lab, file, text) as reading:
        hold_to_the_law(reading, lab, len(text))


def words_swapped(chance: random.Random, lines: list[str]) -> None:
    """One value where another belongs, of the same file or of none."""
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    others = [line.partition(":")[2].strip() for line in lines]
    lines[at] = f"{key}{colon} {chance.choice([*others, *TEXTS])}"


def line_deleted(chance: random.Random, lines: list[str]) -> None:
    del lines[chance.randrange(len(lines))]


def line_doubled(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines.insert(chance.randrange(len(lines)), lines[at])


def line_moved_in(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(["  " + lines[at], lines[at].removeprefix("  ")])


def letter_lost(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    place = chance.randrange(len(lines[at]) + 1)
    lines[at] = (
        lines[at][:place] + chance.choice(["", "{", '"', ":", "\t"]) + lines[at][place + 1 :]
    )


def wrong_type(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon} {chance.choice(['[]', '{}', '[a, b]', '{a: b}', 'text', ''])}"


def key_renamed(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    _, colon, rest = lines[at].partition(":")
    indent = len(lines[at]) - len(lines[at].lstrip())
    lines[at] = f"{' ' * indent}{chance.choice(KEYS)}{colon}{rest}"


SPOILERS: tuple[Callable[[random.Random, list[str]], None], ...] = (
    words_swapped,
    line_deleted,
    line_doubled,
    line_moved_in,
    letter_lost,
    wrong_type,
    key_renamed,
)


@pytest.mark.slow
@settings(hostile, max_examples=250)
@given(
    file=st.sampled_from([*FILES, "local.yaml"]),
    spoilers=st.lists(st.sampled_from(SPOILERS), min_size=1, max_size=3),
    seed=st.integers(0, 2**32),
)
def test_a_file_with_any_slip_is_read(
    lab: Path, file: str, spoilers: list[Callable[[random.Random, list[str]], None]], seed: int
) -> None:
    path = lab / "local.yaml" if file == "local.yaml" else lab / "sound" / file
    chance, lines = random.Random(seed), path.read_text(encoding="utf-8").split("\n")
    for spoil in spoilers:
        spoil(chance, lines)
    with spoilt(lab, file, "\n".join(lines)) as reading:
        hold_to_the_law(reading, lab, seed)


@pytest.mark.slow
@settings(hostile, max_examples=10)
@given(spoiler=st.sampled_from(SPOILERS), seed=st.integers(0, 2**32))
def test_a_shipped_file_with_any_slip_is_read(
    shipped_copy: Path,
    spoiler: Callable[[random.Random, list[str]], None],
    seed: int,
) -> None:
    chance = random.Random(seed)
    path = chance.choice(sorted(shipped_copy.rglob("*.yaml")))
    before = path.read_text(encoding="utf-8")
    lines = before.split("\n")
    spoiler(chance, lines)
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        hold_to_the_law(load([shipped_copy], whole=True), shipped_copy, seed)
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.fixture(scope="module")
def shipped_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(shipped(), tmp_path_factory.mktemp("shipped") / "trees"))
