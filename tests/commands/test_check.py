"""``fingerpost check``: what an author sees, and how it ends. And ``fingerpost trees``."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.checks import runner
from fingerpost.cli.main import main
from fingerpost.proof.boxes import Room
from fingerpost.proof.prover import Proofs
from fingerpost.reading.loader import load, shipped
from fingerpost.terminal.io import streams

HERE = Path(__file__).parents[1]
MISTAKES = HERE / "fixtures" / "mistakes"
GOLDEN = HERE / "golden"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A library without a mistake, and written with care, to be spoilt."""
    folder = Path(shutil.copytree(MISTAKES / "sound", tmp_path / "sound"))
    add(folder / "first.yaml", "10-00: {say: 10:00, goto: second/middle}", "not-sure: *")
    add(folder / "first.yaml", "nowhere: {say: Nowhere, alone: true}", "not-sure: *")
    add(folder / "shared" / "questions.yaml", "19-or-over: {say: 19 or over}", "not-sure: *")
    add(folder / "first.yaml", "much: {say: Much}", "not-sure: *")
    change(folder / "first.yaml", "only: [under-18, 18]", "only: [under-18, 18, not-sure]")
    second = folder / "second.yaml"
    paper = "paper: {title: A paper, publisher: A publisher}"
    asked = "  safe: {use: safe, goto: {yes: middle, otherwise: danger}}\n"
    change(second, "start: middle", f"sources: {{{paper}}}\nstart: safe")
    change(second, "questions:\n", f"questions:\n{asked}")
    change(second, "outcomes:\n", "outcomes:\n  danger: {use: danger}\n")
    add(second, "two: {say: Two, goto: end}", "not-sure: *")
    over, one = (
        "{know: It is over, source: paper}",
        "{know: It, source: paper, when: {middle: one}}",
    )
    change(second, "needs: [talk]", f"needs: [talk]\n    advice: [{over}, {one}]")
    change(folder / "first.yaml", "when: {safe: not-sure}", "when: {friend-age: not-sure}")
    change(folder / "routes" / "wales.yaml", "seen: undated", "seen: 2026-10")
    # In what it shows and to whom it has one of everything, and so is not safe. Here it is.
    uk, wales = folder / "routes" / "uk.yaml", folder / "routes" / "wales.yaml"
    whom = "{ages: [under-18, 18], nations: [wales], tellers: [young-person, staff]}"
    change(uk, whom, "{ages: all, nations: uk, tellers: all}")
    change(uk, "    when: {age: [under-18, 18]}\n    unless: {apps: game}\n", "")
    change(uk, "unsure: [hours.phone, hours.chat, ", "unsure: [hours.phone, ")
    change(wales, "instead: line", 'instead: line\n    hours: {phone: "24/7"}')
    change(folder / "first.yaml", "Don't ring {route:line} alone.", "Don't ring alone.")
    change(folder / "rules.yaml", "route: [police], ", "")
    change(folder / "rules.yaml", "advice: tell-someone, ", "")
    case = folder / "cases" / "first.yaml"
    change(case, "what: no, ", "what: no, middle: one, ")
    change(case, "routes: [police], never: line", "routes: [line], never: police")
    change(case, ", place: [here, there], apps: [chat]", "")
    return folder


def add(file: Path, answer: str, another: str) -> None:
    """Another answer after one: it says "Not sure", and the rest is as in that one."""
    rest = answer.partition(",")[2] or "}"
    said = another.replace("*", "{say: Not sure" + (f",{rest}" if rest != "}" else rest))
    change(file, answer, f"{answer}\n      {said}")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


# A whole library


@pytest.mark.parametrize("library", ["several", "stranger"])
def test_every_mistake_is_shown_with_its_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    """Read the golden files as an author would. What a stranger writes comes out as text."""
    monkeypatch.chdir(MISTAKES)
    status, said, complaint = run("check", "--trees", library, "--only")
    assert said == (GOLDEN / f"check-{library}.txt").read_text(encoding="utf-8")
    assert (status, complaint) == (1, "")


PROVED = "2 rules proved on every path. To see them: fingerpost check --rules"
PEOPLE = "No program can tell if 91 lines are right and kind. Only people can."
UNSURE = "3 details of services are not sure. To see them: fingerpost routes --to-check"


def test_a_sound_library(run: Run, sound: Path) -> None:
    count = len(list(sound.rglob("*.yaml")))
    asked = ("check", "--trees", sound, "--only", "--now", "2026-11-24")
    status, said, complaint = run(*asked, "--rules")
    assert (status, complaint) == (0, "")
    before, heading, *proved, after, people, last = said.splitlines()
    assert people == PEOPLE
    assert last == f"{count} files read. No mistakes found."
    assert (before, heading, after) == ("", "Proved for everyone, on every path:", "")
    # How many states a proof needs is its own affair; on how many endings is not.
    assert [line.partition(", in ")[0] for line in proved] == [
        "  danger-first - on 2 endings",  # there is danger in either tree
        "    Danger comes first.",
        "  ending-is-soon - on 1 ending",
        "    Nobody waits.",
    ]
    assert run(*asked) == (
        0,
        f"{PROVED}\n{UNSURE}\n{people}\n{last}\n",
        "",
    )


def test_a_layer_is_checked_together_with_what_lies_below(run: Run, tmp_path: Path) -> None:
    (tmp_path / "routes").mkdir()
    text = "routes:\n  police-101: {name: Again, serves: [police]}\n"
    (tmp_path / "routes" / "ours.yaml").write_text(text, encoding="utf-8")
    status, said, _ = run("check", "--trees", tmp_path)
    assert status == 1
    assert "error FP211 the route “police-101” is in two files" in said


def test_warnings_do_not_fail(run: Run, sound: Path) -> None:
    change(sound / "second.yaml", "title: The second", "title: The #2")
    status, said, _ = run("check", "--trees", sound, "--only")
    assert status == 0
    assert "16 files read: 1 warning in 1 file" in said.splitlines()


def test_rules_and_cases_are_checked_too(run: Run, sound: Path) -> None:
    change(sound / "rules.yaml", "first: police", "first: polise")
    change(sound / "cases" / "first.yaml", "tree: first", "tree: frist")
    status, said, _ = run("check", "--trees", sound, "--only")
    assert status == 1
    assert "rules.yaml:5:19: error FP207" in said
    assert "first.yaml:5:11: error FP210" in said


def test_a_local_file_is_checked_too(run: Run, sound: Path, tmp_path: Path) -> None:
    local = tmp_path / "local.yaml"
    local.write_text("routes:\n  line: {phone: 0800 111, serves: talk}\n", encoding="utf-8")
    status, said, _ = run("check", "--trees", sound, "--only", "--local", local)
    assert status == 1
    assert "local.yaml:2:27: error FP212" in said
    local.write_text("routes:\n  line: {phone: 0800 111}\n", encoding="utf-8")
    status, said, _ = run("check", "--trees", sound, "--only", "--local", local)
    assert status == 1
    assert "local.yaml:2:17: error FP150" in said


def test_a_value_that_could_not_be_read_is_not_judged_once_more(run: Run, sound: Path) -> None:
    change(sound / "routes" / "uk.yaml", "phone: 0800 1111", "phone: ''")
    change(sound / "routes" / "uk.yaml", "web: https://www.example.org\n", "web: [a]\n")
    status, said, _ = run("check", "--trees", sound, "--only")
    assert status == 1
    assert [line.split(" ")[2] for line in said.splitlines() if ": error " in line] == [
        "FP104",
        "FP101",
    ]


def test_the_verdict_is_last_and_below_it_nothing(run: Run, sound: Path) -> None:
    change(sound / "rules.yaml", "first: police", "first: polise")
    change(sound / "cases" / "first.yaml", "tree: first", "tree: frist")
    _, said, _ = run("check", "--trees", sound, "--only")
    *mistakes, gap, more, people, verdict = said.splitlines()
    assert people == PEOPLE
    assert mistakes.count("") == 1
    assert (gap, more) == ("", "more: fingerpost explain FP210")
    assert verdict == "16 files read: 2 errors in 2 files"


# Some files of it


def test_with_files_only_their_mistakes_are_shown(
    run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(sound / "second.yaml", "urgency: info", "urgency: never")
    change(sound / "rules.yaml", "first: police", "first: polise")
    library = ("--trees", sound, "--only")
    status, said, _ = run("check", sound / "second.yaml", *library)
    assert status == 1
    assert "FP105" in said
    assert said.splitlines()[-1] == "1 file read: 1 error in 1 file"
    status, said, _ = run("check", sound / "second.yaml", sound / "rules.yaml", *library)
    assert said.splitlines()[-1] == "2 files read: 2 errors in 2 files"
    assert run("check", sound / "first.yaml", *library) == (
        0,
        f"{PEOPLE}\n1 file read. No mistakes found.\n",
        "",
    )
    monkeypatch.chdir(sound / "routes")
    assert run("check", "../first.yaml", "uk.yaml", *library) == (
        0,
        f"{PEOPLE}\n2 files read. No mistakes found.\n",
        "",
    )
    assert run("check", "../rules.yaml", *library)[0] == 1


def test_a_file_that_is_only_warned_of_may_be_asked_for(run: Run, sound: Path) -> None:
    shutil.copy(sound / "second.yaml", sound / "third.yml")
    status, said, _ = run("check", sound / "third.yml", "--trees", sound, "--only")
    assert status == 0
    assert "warning FP217" in said


@pytest.mark.parametrize("name", ["elsewhere.yaml", "no-such-file.yaml"])
def test_a_file_that_is_not_of_the_library_is_not_called_right(
    run: Run, sound: Path, tmp_path: Path, name: str
) -> None:
    shutil.copy(sound / "second.yaml", tmp_path / "elsewhere.yaml")
    status, said, complaint = run("check", tmp_path / name, "--trees", sound, "--only")
    assert (status, said) == (3, "")
    assert complaint.endswith(
        f"{tmp_path / name} is not a file of the library. Say which folder it is in: --trees DIR, "
        "or --cases DIR for cases of your own.\n"
    )


# A trainer's own cases, of trees that are not theirs


@pytest.fixture
def own(sound: Path, tmp_path: Path) -> Path:
    """A folder with a sound case of its own, and nothing else."""
    folder = tmp_path / "own"
    folder.mkdir()
    text = (sound / "cases" / "first.yaml").read_text("utf-8")
    (folder / "ours.yaml").write_text(text.replace("a-case", "our-case"), "utf-8")
    return folder


def test_own_cases_are_checked_without_a_copy_of_the_trees(
    run: Run, sound: Path, own: Path
) -> None:
    count = len(list(sound.rglob("*.yaml"))) + 1
    status, said, complaint = run("check", "--trees", sound, "--only", "--cases", own)
    assert (status, complaint) == (0, "")
    assert said.splitlines()[-1] == f"{count} files read. No mistakes found."


def test_a_mistake_in_an_own_case_is_shown_with_its_place(run: Run, sound: Path, own: Path) -> None:
    change(own / "ours.yaml", "never: police", "never: polise")
    status, said, _ = run("check", "--trees", sound, "--only", "--cases", own)
    assert status == 1
    assert "own/ours.yaml:8:66: error FP207" in said
    assert "did you mean “police”?" in said
    assert said.splitlines()[-1] == "17 files read: 1 error in 1 file"


def test_an_own_case_is_walked_as_a_test(run: Run, sound: Path, own: Path) -> None:
    change(own / "ours.yaml", "outcome: end", "outcome: danger")
    library = ("--trees", sound, "--only", "--cases", own)
    status, said, _ = run("check", *library)
    assert status == 1
    assert "own/ours.yaml:4:3: error FP320 the case “our-case” does not end as it expects" in said
    status, said, _ = run("check", *library, own / "ours.yaml", "--format", "json")
    [found] = json.loads(said)["diagnostics"]
    assert (found["code"], found["line"], found["column"]) == ("FP320", 4, 3)
    assert run("check", *library, sound / "first.yaml")[0] == 0


def test_own_cases_that_cannot_be_read_are_one_sentence(run: Run, tmp_path: Path) -> None:
    status, said, complaint = run("check", "--cases", tmp_path / "gone")
    assert (status, said) == (3, "")
    assert complaint.endswith(f"{tmp_path / 'gone'} cannot be read: it is not there.\n")


# What cannot be read at all


def test_a_library_that_cannot_be_read_is_one_sentence(run: Run, tmp_path: Path) -> None:
    status, said, complaint = run("check", "--trees", tmp_path / "gone", "--only")
    assert (status, said) == (3, "")
    assert complaint.endswith(f"{tmp_path / 'gone'} cannot be read: it is not there.\n")


def test_only_needs_a_folder(run: Run) -> None:
    status, said, complaint = run("check", "--only")
    assert (status, said) == (2, "")
    assert "--only needs --trees DIR" in complaint


# What there is


def test_trees_are_listed(run: Run, sound: Path) -> None:
    status, said, _ = run("trees", "--trees", sound, "--only")
    assert status == 0
    assert said == (
        "first: Something has happened\n"
        "  Something has happened to you.\n"
        "\n"
        "second: The second\n"
        "  Where the first leads.\n"
        "\n"
        "first: Read and approved by the safeguarding lead on 2026-11-24. To be checked\n"
        "  again by 2027-05-24.\n"
        "second: Not yet approved by a safeguarding professional. To be checked again by\n"
        "  2027-05-24.\n"
    )


def test_a_tree_that_cannot_be_walked_is_listed_as_such(run: Run, sound: Path) -> None:
    change(sound / "first.yaml", "start: safe", "start: saef")
    (sound / "third.yaml").write_text("- nothing\n", encoding="utf-8")
    status, said, _ = run("trees", "--trees", sound, "--only")
    assert status == 0
    refused = "  Cannot be walked: it has mistakes. Run: fingerpost check\n"
    assert f"first\n{refused}" in said
    assert f"third\n{refused}" in said
    assert "second: The second\n" in said


def test_the_shipped_trees_are_listed(run: Run) -> None:
    status, said, _ = run("trees")
    assert status == 0
    for name in load([shipped()]).files:
        assert f"{name}: " in said
    assert said.count("approved") == 1
    assert all(len(row) <= 80 for row in said.splitlines())
    assert said.splitlines()[-2].startswith("All of these: Not yet approved by")


# For machines, and for those who are strict


def test_an_error_comes_before_all_that_is_not_decided_which_is_told_once(
    run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_line = "opening:\n  - {say: Send the nude to your teacher.}\n"
    change(sound / "shared" / "opening.yaml", "opening:\n", add_line)
    monkeypatch.setattr(runner, "Proofs", lambda library: Proofs(library, Room(0)))
    asked = ("check", "--trees", sound, "--only", "--now", "2026-11-24")
    status, said, _ = run(*asked)
    assert status == 1
    heads = re.findall(r"^\S+: error (FP\d+) (.*)", said, re.M)
    assert [code for code, _ in heads] == ["FP415", "FP312"]
    several = re.search(r"^it is not decided whether .*, and (\d+) more: all proofs", heads[1][1])
    assert several is not None
    count = int(several[1]) + 1
    assert count > 10
    assert said.splitlines()[-1].endswith(" files read: 2 errors in 2 files")
    told = json.loads(run(*asked, "--format", "json")[1])["diagnostics"]
    assert [(e["code"], e["count"]) for e in told] == [("FP415", 1), ("FP312", count)]
    for format_ in ("github", "sarif"):
        told_so = run(*asked, "--format", format_)[1]
        assert told_so.count(f", and {several[1]} more: ") == 1
        assert told_so.index("FP415") < told_so.index("it is not decided")


def test_each_format_tells_of_the_same_mistakes(run: Run) -> None:
    asked = ("check", "--trees", MISTAKES / "several", "--only", "--format")
    status, said, complaint = run(*asked, "json")
    assert (status, complaint) == (1, "")
    codes = [mistake["code"] for mistake in json.loads(said)["diagnostics"]]
    assert len(codes) > 1
    status, said, _ = run(*asked, "sarif")
    assert status == 1
    assert [each["ruleId"] for each in json.loads(said)["runs"][0]["results"]] == codes
    status, said, _ = run(*asked, "github")
    assert status == 1
    assert [line.split("title=")[1][:5] for line in said.splitlines()[:-1]] == codes


def test_a_sound_library_in_each_format(run: Run, sound: Path) -> None:
    """Each says how many lines no program has judged, as the text does."""
    asked = ("check", "--trees", sound, "--only", "--format")
    people = re.search(r"^No program can tell if (\d+) lines .*", run(*asked, "text")[1], re.M)
    assert people is not None
    told = {"lines_only_people_can_judge": int(people[1])}
    said = json.loads(run(*asked, "json")[1])
    assert said == {"version": 1, "diagnostics": [], **told}
    [sarif] = json.loads(run(*asked, "sarif")[1])["runs"]
    assert (sarif["results"], sarif["properties"]) == ([], told)
    assert run(*asked, "github") == (0, f"::notice::{people[0]}\n", "")


def test_a_warning_counts_only_for_the_strict(run: Run, sound: Path) -> None:
    (sound / "late.yml").write_text("fingerpost: 1\n", encoding="utf-8")
    asked = ("check", "--trees", sound, "--only")
    assert run(*asked)[0] == 0
    status, said, _ = run(*asked, "--strict")
    assert status == 1
    assert "warning FP217" in said


def test_a_moment_that_is_none_is_refused(run: Run, sound: Path) -> None:
    status, _, complaint = run("check", "--trees", sound, "--only", "--now", "soon")
    assert status == 2
    assert "--now soon" in complaint


def test_notices_are_counted_and_shown_when_asked_for(run: Run, sound: Path) -> None:
    change(sound / "routes" / "wales.yaml", "seen: 2026-10", "seen: undated")
    asked = ("check", "--trees", sound, "--only", "--now", "2026-11-24")
    status, said, _ = run(*asked)
    assert status == 0
    assert "1 notice. To see it: fingerpost check --notices" in said.splitlines()
    assert "FP403" not in said
    status, said, _ = run(*asked, "--notices", "--strict")
    assert status == 0
    assert "notice FP403" in said


def test_the_day_decides_what_is_overdue(run: Run, sound: Path) -> None:
    asked = ("check", "--trees", sound, "--only", "--now")
    assert "FP402" not in run(*asked, "2026-11-24")[1]
    assert "FP402" in run(*asked, "2027-06-01")[1]


def test_what_no_case_reaches_is_shown_when_asked_for(run: Run, sound: Path) -> None:
    asked = ("check", "--trees", sound, "--only", "--now", "2026-11-24")
    _, before, _ = run(*asked)
    status, said, complaint = run(*asked, "--coverage")
    assert (status, complaint) == (0, "")
    *rest, people, verdict = before.splitlines()
    assert said.splitlines()[: len(rest)] == rest
    assert said.splitlines()[-2:] == [people, verdict]
    assert "1 made-up case reaches" in said
    assert "No case reaches these" in said


@pytest.mark.parametrize("option", ["--coverage", "--rules"])
@pytest.mark.parametrize("more", [("--format", "json"), ("first.yaml",)])
def test_coverage_and_rules_are_of_the_whole_library_and_for_people(
    run: Run, sound: Path, more: tuple[str, ...], option: str
) -> None:
    status, said, complaint = run("check", "--trees", sound, "--only", option, *more)
    assert (status, said) == (2, "")
    assert f"{option} is of the whole library" in complaint


def test_on_a_terminal_mistakes_are_wrapped_and_their_titles_bold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No caret is parted from its place, and the verdict comes last, in bold. Not in a pipe."""
    monkeypatch.setattr(streams, "size", lambda _: (60, 24))
    several = ["check", "--only", "--trees", str(MISTAKES / "several")]
    assert main(several) == 1
    piped = capsys.readouterr().out
    monkeypatch.setattr(streams, "is_terminal", lambda _: True)
    monkeypatch.setattr(streams, "can_clear", lambda *_: True)
    assert main(several) == 1
    shown = capsys.readouterr().out
    bold, plain = re.compile(r"\x1b\[1m(.+?)\x1b\[0m"), re.compile(r"\x1b\[\d*m")
    rows = plain.sub("", shown).splitlines()
    assert max(map(len, rows)) <= 60 < max(map(len, piped.splitlines()))
    assert "\x1b" not in piped
    titles = bold.findall(shown)
    assert any("error FP107" in title for title in titles)
    assert titles[-1] == rows[-1] == piped.splitlines()[-1]
    at = next(n for n, row in enumerate(rows) if "goto: polise" in row)
    assert rows[at + 1].index("^") == rows[at].index("polise")
    assert "more: fingerpost explain FP103" in rows
