"""The safety case of a library, and the rules that no hazard of it names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fingerpost.checks.reports.safety_case import Proved, safety_case
from fingerpost.checks.runner import check
from fingerpost.checks.upkeep import unused
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Severity, manual
from fingerpost.proof.verdict import Status, Verdict
from fingerpost.reading.loader import load
from fingerpost.sheets.document import Document, Heading, Paragraph, Points

from ..support.checking import found_by

DAY = date(2026, 11, 27)

TREE = """
fingerpost: 1
title: One
about: One thing
review-by: 2027-05-31
start: safe
questions:
  safe: {use: safe, goto: {no: danger, otherwise: calm}}
outcomes:
  danger: {title: Ring now, urgency: now, open: Do it., needs: [talk], advice: [{do: Ring 999.}]}
  calm: {title: Talk, urgency: soon, open: You can., needs: [talk], advice: [{do: Ring a friend.}]}
rules:
  calm-can-wait: {when: {safe: yes}, never: {urgency: now}}
"""

FILES = {
    "one.yaml": TREE,
    "rules.yaml": """
rules:
  danger-is-now: {because: Danger does not wait., when: {safe: no}, must: {urgency: now}}
""",
    "hazards.yaml": """
tried: [Four people read it aloud.]
hazards:
  danger-waits:
    harm: Somebody in danger reads a page for tomorrow.
    controls: danger-is-now
    checks: FP303
    tests: tests/exam/test_exam.py
    remains: They do not ring.
    judge: A safeguarding lead.
  nobody-is-calm:
    harm: Somebody is frightened for nothing.
    checks: FP410
    remains: Words can frighten.
    judge: A youth worker.
""",
    "shared/questions.yaml": """
questions:
  safe: {ask: Safe?, answers: {yes: {say: "Yes"}, no: {say: "No"}}}
""",
    "shared/needs.yaml": "needs: {talk: {say: Talk}}",
    "routes/uk.yaml": """
routes: {line: {name: Line, serves: [talk], phone: "999", hours: {phone: "24/7"}}}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library", FILES)


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def case_of(folder: Path, **instead: Verdict) -> Document:
    """The safety case of a library, with other verdicts on some rules, by name."""
    reading = load([folder], whole=True)
    checked = check(reading, DAY)
    assert [m for m in checked.mistakes if m.severity is Severity.ERROR] == []
    verdicts = {rule.name: (rule, instead.get(rule.name, v)) for rule, v in checked.verdicts}
    return safety_case(Proved(reading.library, verdicts, DAY, "9.9"))


def under(paper: Document, heading: str) -> list[str]:
    """The texts of one section."""
    blocks = iter(paper.blocks)
    assert any(block == Heading(heading) for block in blocks)
    told: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                break
            case Paragraph(text=text):
                told.append(text)
            case Points(lines=lines):
                told += lines
    return told


def test_a_hazard_has_its_harm_what_guards_what_remains_and_who_judges(folder: Path) -> None:
    assert under(case_of(folder), "1. Danger waits") == [
        "Somebody in danger reads a page for tomorrow. Guards: 1 rule, 1 check, 1 test.",
        "Remains: They do not ring. Judge: A safeguarding lead.",
    ]


def test_each_guard_stands_at_the_end_by_hazard(folder: Path) -> None:
    unserved, crowded = manual("FP303").title, manual("FP410").title
    assert under(case_of(folder), "What guards, by hazard")[1:] == [
        "1. Danger waits",
        "Danger is now. Danger does not wait. (on 1 page)",
        f"Looked for in every file by a check: {unserved} (FP303).",
        "Tried by a test of the program: tests/exam/test_exam.py",
        "2. Nobody is calm",
        f"Looked for in every file by a check: {crowded} (FP410).",
    ]


def test_what_was_tried_and_what_nobody_approved_is_said(folder: Path) -> None:
    paper = case_of(folder)
    assert under(paper, "What was tried, beside the proofs") == ["Four people read it aloud."]
    nobody, tried, *_ = under(paper, "Who has approved and checked it")
    assert nobody == "0 of 1 trees were approved by a safeguarding professional."
    assert tried == "0 of 1 services were tried by a named person."


def test_a_rule_that_is_not_proved_is_never_counted_as_one(folder: Path) -> None:
    paper = case_of(folder, **{"danger-is-now": Verdict(Status.NOT_DECIDED)})
    harm, *told = under(paper, "1. Danger waits")
    assert harm.endswith("Guards: 1 check, 1 test.")
    assert "Danger is now. Danger does not wait. NOT PROVED: not decided." in told
    told = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert "1 rules are not proved. They are marked below." in told


def test_a_hazard_whose_only_rule_is_broken_has_no_guard(folder: Path) -> None:
    text = FILES["hazards.yaml"].replace(
        "    checks: FP303\n    tests: tests/exam/test_exam.py\n", ""
    )
    paper = case_of(
        written(folder, {"hazards.yaml": text}), **{"danger-is-now": Verdict(Status.NOT_DECIDED)}
    )
    assert under(paper, "1. Danger waits")[0].endswith("Guards: none that is proved.")


def test_a_rule_without_a_hazard_is_a_mistake(folder: Path) -> None:
    [mistake] = found_by(unused, load([folder], whole=True).library, only="FP413")
    assert mistake.code == "FP413"
    assert mistake.message == "no hazard of hazards.yaml is controlled by the rule “calm-can-wait”"
    assert Path(mistake.span.file).name == "one.yaml"


def test_rules_of_a_library_without_hazards_need_none(folder: Path) -> None:
    library = replace(load([folder], whole=True).library, hazards=())
    assert found_by(unused, library, only="FP413") == ()


def test_rules_of_a_folder_laid_over_it_need_none(folder: Path, tmp_path: Path) -> None:
    own = TREE.replace("calm-can-wait", "own-rule")
    over = written(tmp_path / "over", {"two.yaml": own})
    found = found_by(unused, load([folder, over], whole=True).library, only="FP413")
    assert ["calm-can-wait" in mistake.message for mistake in found] == [True]


def test_the_command_writes_it(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "case.md"
    given = ["safety-case", "--trees", str(folder), "--only", "--now", "2026-11-27"]
    assert main([*given, "-o", str(output)]) == Exit.DONE
    text = output.read_text(encoding="utf-8")
    assert "# Safety case" in text
    assert "2 of 2 safety rules were proved" in text
    assert "Made on 2026-11-27" in text


@pytest.mark.parametrize(
    ("instead", "status", "said"),
    [
        ({"hazards.yaml": "hazards: {}"}, Exit.CANNOT, "has no hazards.yaml"),
        ({"rules.yaml": FILES["rules.yaml"].replace("w}", "}")}, Exit.PROBLEMS, "FP105"),
    ],
    ids=["without-hazards", "with-a-mistake"],
)
def test_no_safety_case_of_a_library_that_has_none(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    instead: dict[str, str],
    status: Exit,
    said: str,
) -> None:
    written(folder, instead)
    output = tmp_path / "case.md"
    given = ["safety-case", "--trees", str(folder), "--only", "-o", str(output)]
    assert main(given) == status
    assert said in capsys.readouterr().err
    assert not output.exists()
