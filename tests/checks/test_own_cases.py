"""A trainer's own cases: read beside ours, checked like ours, and no copy of the trees needed."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from fingerpost.checks.runner import check, rehearsable
from fingerpost.model.case import Case
from fingerpost.model.diagnostics import Severity
from fingerpost.reading.folders import CannotRead
from fingerpost.reading.loader import Reading, load, shipped

SOUND = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"

OUR_OWN = """\
cases:
  our-own:
    tree: threatened
    story: A girl of 17 in Derry rings you, whispering. A car has stopped outside.
    answers: {teller: staff, danger: person}
    expect: {outcome: danger-person, urgency: now, routes: [police-999], never: [stopncii]}
"""


def folder(tmp_path: Path, text: str = OUR_OWN, name: str = "ours.yaml") -> Path:
    made = tmp_path / "our-cases"
    made.mkdir(exist_ok=True)
    (made / name).write_text(text, encoding="utf-8")
    return made


def reading(own: Path, *layers: Path) -> Reading:
    return load([shipped(), *layers], own_cases=own, whole=True)


def cases(*layers: Path) -> set[str]:
    """The cases that are there without a trainer's own."""
    return set(load([shipped(), *layers], whole=True).library.cases)


def said(read: Reading) -> list[tuple[str, str, int]]:
    """Each mistake: its code, its file and its line."""
    return [(m.code, Path(m.span.file).name, m.span.line) for m in read.mistakes]


# Read beside ours


def test_a_folder_with_nothing_but_cases_is_enough(tmp_path: Path) -> None:
    read = reading(folder(tmp_path))
    assert read.mistakes == ()
    assert set(read.library.cases) == {*cases(), "our-own"}
    assert read.own_cases == {str(tmp_path / "our-cases" / "ours.yaml")}
    assert read.library.cases["our-own"].expect.outcome == "danger-person"


def test_a_file_with_the_name_of_one_of_ours_takes_none_of_ours_away(tmp_path: Path) -> None:
    read = reading(folder(tmp_path, name="threatened.yaml"))
    assert set(read.library.cases) == {*cases(), "our-own"}


def test_without_such_a_folder_no_case_is_a_trainers_own() -> None:
    assert load([shipped()], whole=True).own_cases == frozenset()


def test_a_case_may_name_sources_of_its_own_file(tmp_path: Path) -> None:
    text = OUR_OWN.replace("cases:", "sources: {talk: {title: A talk, publisher: Us}}\ncases:")
    judgement = """\
    judgements:
      - ask: What now?
        choices:
          stay: {say: Stay on the line, verdict: right, because: She is not alone., source: talk}
"""
    read = reading(folder(tmp_path, text + judgement))
    assert read.mistakes == ()
    [stay] = read.library.cases["our-own"].judgements[0].choices
    assert stay.source is not None
    assert stay.source.title == "A talk"
    assert stay.source in read.library.sources


def test_a_name_that_ours_have_too_is_the_trainers_to_change(tmp_path: Path) -> None:
    """Also where the file's name comes before those of ours."""
    own = folder(tmp_path, OUR_OWN.replace("our-own", "they-are-outside"), name="a.yaml")
    read = reading(own)
    [found] = read.mistakes
    assert (found.code, found.span.file) == ("FP211", str(own / "a.yaml"))
    assert found.hint == "give one of them another name"
    ours = read.library.cases["they-are-outside"]
    assert Path(ours.span.file).name == "threatened.yaml"


def test_a_walk_does_not_read_them(tmp_path: Path) -> None:
    read = load([shipped()], ["threatened"], own_cases=folder(tmp_path, "cases: [\n"))
    assert read.mistakes == ()
    assert not [name for name in read.texts if name.endswith("ours.yaml")]


def test_a_mistake_in_them_stops_no_walk(tmp_path: Path) -> None:
    read = reading(folder(tmp_path, "cases: [\n"))
    assert [m.severity for m in read.mistakes] == [Severity.ERROR]
    assert read.stopping("threatened") == ()


# What is wrong with them is said, with its place


def test_a_mistake_is_said_with_its_place(tmp_path: Path) -> None:
    read = reading(folder(tmp_path, OUR_OWN.replace("police-999", "polise-999")))
    assert said(read) == [("FP207", "ours.yaml", 6)]
    assert read.mistakes[0].hint == "did you mean “police-999”?"


def test_a_tree_in_that_folder_is_no_case(tmp_path: Path) -> None:
    own = folder(tmp_path)
    shutil.copy(shipped() / "threatened.yaml", own / "threatened.yaml")
    read = reading(own)
    assert {m.span.file for m in read.mistakes} == {str(own / "threatened.yaml")}
    assert len(read.library.trees) == len(load([shipped()]).library.trees)


def test_a_file_whose_name_ends_otherwise_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    own = folder(tmp_path, name="ours.yml")
    [found] = reading(own).mistakes
    assert (found.code, found.severity) == ("FP217", Severity.WARNING)
    assert found.span.file == str(own / "ours.yml")


def test_notes_and_hidden_files_may_lie_about(tmp_path: Path) -> None:
    own = folder(tmp_path)
    (own / "README.md").write_text("anything")
    (own / ".ours.yaml").write_text("- nothing")
    assert reading(own).mistakes == ()


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("nothing", "{} cannot be read: it is not there."),
        ("file", "{} is a file. It should be a folder of cases."),
        ("empty", "There are no cases in {}. A file of cases ends in .yaml."),
    ],
)
def test_a_folder_without_cases_is_refused_in_a_sentence(
    tmp_path: Path, what: str, sentence: str
) -> None:
    own = tmp_path / "our-cases"
    if what == "file":
        own.write_text(OUR_OWN)
    if what == "empty":
        own.mkdir()
        (own / "notes.txt").write_text("to be written")
    with pytest.raises(CannotRead) as refused:
        reading(own)
    assert str(refused.value) == sentence.format(own)


def test_all_that_check_says_of_ours_it_says_of_theirs(tmp_path: Path) -> None:
    text = (SOUND / "cases" / "first.yaml").read_text("utf-8")
    own = folder(
        tmp_path, text.replace("a-case", "another").replace("outcome: end", "outcome: ending")
    )
    read = load([SOUND], own_cases=own, whole=True)
    assert read.mistakes == ()
    found = check(read, date(2026, 11, 25)).mistakes
    theirs = [m for m in found if m.span.file == str(own / "ours.yaml")]
    assert [m.code for m in theirs] == ["FP320"]


def test_the_file_that_the_page_prints_is_a_whole_file(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "rehearsal.md").read_text("utf-8")
    [printed] = re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S)
    found = rehearsable(reading(folder(tmp_path, printed)))
    assert found.mistakes == ()
    assert "after-the-five-a-side" in found.library.cases


# Which can be rehearsed


def test_every_case_of_ours_can_be_rehearsed() -> None:
    read = load([shipped()], whole=True)
    found = rehearsable(read)
    assert found.library == read.library
    assert found.mistakes == ()


def test_a_sound_case_of_their_own_can_be_rehearsed(tmp_path: Path) -> None:
    found = rehearsable(reading(folder(tmp_path)))
    assert "our-own" in found.library.cases
    assert found.mistakes == ()


def test_a_case_that_ends_otherwise_is_left_out_and_said(tmp_path: Path) -> None:
    own = folder(tmp_path, OUR_OWN.replace("never: [stopncii]", "never: [police-999]"))
    found = rehearsable(reading(own))
    assert set(found.library.cases) == cases()
    assert [(m.code, m.severity, m.span.line) for m in found.mistakes] == [
        ("FP320", Severity.ERROR, 2)
    ]


def test_an_answer_that_nobody_asks_for_is_said_and_keeps_nothing_out(tmp_path: Path) -> None:
    text = OUR_OWN.replace("danger: person", "danger: person, age: 18")
    found = rehearsable(reading(folder(tmp_path, text)))
    assert "our-own" in found.library.cases
    assert [(m.code, m.severity) for m in found.mistakes] == [("FP321", Severity.WARNING)]


def test_of_a_file_that_cannot_be_read_without_an_error_no_case_is_rehearsed(
    tmp_path: Path,
) -> None:
    broken = OUR_OWN.replace("cases:\n", "").replace("our-own", "broken").replace("outcome", "end")
    found = rehearsable(reading(folder(tmp_path, OUR_OWN + broken)))
    assert set(found.library.cases) == cases()
    assert {m.code for m in found.mistakes} == {"FP102", "FP103"}


def test_a_case_of_a_tree_that_cannot_be_walked_is_left_out_and_the_tree_said(
    tmp_path: Path,
) -> None:
    layer = tmp_path / "layer"
    layer.mkdir()
    tree = (shipped() / "threatened.yaml").read_text("utf-8")
    (layer / "threatened.yaml").write_text(tree.replace("goto: sextortion}", "goto: nowhere}"))
    read = reading(folder(tmp_path), layer)
    found = rehearsable(read)
    assert "our-own" not in found.library.cases
    assert not [case for case in found.library.cases.values() if read.stopping(case.tree)]
    assert {m.span.file for m in found.mistakes} == {str(layer / "threatened.yaml")}


def test_a_case_of_ours_that_no_longer_ends_as_it_expects_is_left_out(tmp_path: Path) -> None:
    """Somebody has laid a library over ours, and a rehearsal teaches what that says."""
    layer = tmp_path / "layer" / "cases"
    layer.mkdir(parents=True)
    (layer / "threatened.yaml").write_text(
        OUR_OWN.replace("urgency: now", "urgency: today")
        + OUR_OWN.split("\n", 1)[1].replace("our-own", "sound")
    )
    found = rehearsable(load([shipped(), layer.parent], whole=True))
    of_tree = [case.name for case in found.library.cases.values() if case.tree == "threatened"]
    assert of_tree == ["sound"]
    assert found.mistakes == ()


def test_a_case_of_no_tree_is_left_out(tmp_path: Path) -> None:
    own = folder(tmp_path, OUR_OWN.replace("tree: threatened", "tree: no-such-tree"))
    found = rehearsable(reading(own))
    assert set(found.library.cases) == cases()
    assert [m.code for m in found.mistakes if m.severity is Severity.ERROR]


def test_a_case_is_equal_wherever_it_stands(tmp_path: Path) -> None:
    """What a rehearsal shows of it does not depend on whose folder it is in."""
    theirs = reading(folder(tmp_path)).library.cases["our-own"]
    layer = tmp_path / "layer" / "cases"
    layer.mkdir(parents=True)
    (layer / "more.yaml").write_text(OUR_OWN)
    ours: Case = load([shipped(), layer.parent], whole=True).library.cases["our-own"]
    assert theirs == ours
