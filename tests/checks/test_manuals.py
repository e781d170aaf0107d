"""The manuals: one for each code that the program can print, and every example in them is true."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest

import fingerpost
from fingerpost.checks.content import doors
from fingerpost.checks.reports.manuals import GROUPS
from fingerpost.checks.upkeep import overdue
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.diagnostics import Diagnostic, Manual, Severity, Span, codes
from fingerpost.model.diagnostics import manual as manual_of
from fingerpost.model.library import Library
from fingerpost.proof.boxes import MOST_BOXES, LimitReached, Room
from fingerpost.proof.prover import Proofs
from fingerpost.reading.loader import load

from ..support.checking import found_by
from ..support.checks_page import checks_page

PACKAGE = Path(fingerpost.__file__).parent
SOUND = Path(__file__).parents[1] / "fixtures" / "manuals"
PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
DAY = "2026-06-15"
OWN = "local.yaml"

CODES = list(codes())
EVERY = tuple(map(manual_of, CODES))

ALSO = {
    # The line of which the example speaks is the only advice of its ending.
    # And its service is not on the page either.
    "FP318": {"FP314", "FP319"},
    # The second tree is too short to name a source.
    "FP323": {"FP404"},
}
"""What else an example shows, where it would be too long without."""

Lines: TypeAlias = set[tuple[str, int]]
Mistake: TypeAlias = dict[str, Any]


# An example, laid over a library without a mistake


_HEAD = re.compile(
    r"# (?P<file>[\w/-]+\.\w+)"
    r"(?:, in (?P<key>[\w-]+)|(?P<top>, at its top)|, saved as (?P<encoding>[\w-]+))?"
)
_MORE = re.compile(r"^(?P<line>(?P<in> *)\S.*)\n(?P=in)# and (?P<many>[\d,]+) more like it$", re.M)
_COMMAND = "# fingerpost check --local "
_NAMED = re.compile(r"(?P<name>[\w-]+):")


@dataclass(frozen=True)
class Part:
    """The lines of an example that belong to one place of one file."""

    file: str
    key: str
    lines: list[str]
    whole: bool
    encoding: str

    def lay_over(self, before: list[str]) -> tuple[list[str], set[int]]:
        """The file with these lines in it, and the numbers of the lines at which a mistake in
        them may be shown: their own, and those of the keys in which they stand."""
        if self.whole:
            return self.lines, set(range(1, len(self.lines) + 1))
        above = self._above(before)
        margin = " " * (_indent(before[above]) + 2) if self.key else ""
        end = next(
            (n for n in range(above + 1, len(before)) if _is_left_of(before[n], margin)),
            len(before),
        )
        names = {found["name"] for line in self.lines if (found := _NAMED.match(line))}
        kept: list[str] = []
        at = None
        mine = False
        for line in before[above + 1 : end]:
            if line.startswith(margin) and (found := _NAMED.match(line, len(margin))):
                mine = found["name"] in names
                at = len(kept) if mine and at is None else at
            if not mine:
                kept.append(line)
        start = len(kept) if at is None else at
        laid = [margin + line for line in self.lines]
        first = above + 1 + start
        after = [*before[: above + 1], *kept[:start], *laid, *kept[start:], *before[end:]]
        own = set(range(first + 1, first + 1 + len(laid)))
        return after, own | {number + 1 for number in _around(after, first)}

    def _above(self, before: list[str]) -> int:
        """The line of the key, counted from 0; -1 for the top."""
        if not self.key:
            return -1
        [line] = [n for n, line in enumerate(before) if re.fullmatch(rf" *{self.key}:", line)]
        return line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_left_of(line: str, margin: str) -> bool:
    return bool(line.strip()) and not line.startswith(margin)


def _around(lines: list[str], at: int) -> Iterator[int]:
    """Where the keys stand in which a line stands, and where what they hold begins."""
    yield next(n for n, line in enumerate(lines) if _NAMED.match(line))
    indent = _indent(lines[at])
    for number in range(at - 1, -1, -1):
        if lines[number].strip() and _indent(lines[number]) < indent:
            indent = _indent(lines[number])
            yield from (number, number + 1)


def parts(example: str) -> list[Part]:
    """The parts of an example, by the lines that say where each belongs."""
    found: list[Part] = []
    for line in _MORE.sub(_repeated, example).splitlines():
        head = _HEAD.fullmatch(line)
        if head:
            whole = not (head["key"] or head["top"])
            encoding = head["encoding"] or "UTF-8"
            found.append(Part(head["file"], head["key"] or "", [], whole, encoding))
        else:
            found[-1].lines.append(line)
    return found


def _repeated(found: re.Match[str]) -> str:
    """A line with so many more like it; where it has a name, each has one of its own."""
    named = _NAMED.match(found["line"].lstrip())
    rows = [found["line"]]
    for number in range(1, int(found["many"].replace(",", "")) + 1):
        name = f"{named['name']}-{number}:" if named else ""
        rest = found["line"].lstrip()[named.end() :] if named else found["line"].lstrip()
        rows.append(f"{found['in']}{name}{rest}")
    return "\n".join(rows)


@dataclass(frozen=True)
class Shelf:
    """A folder for a library, with another for the details of an organisation."""

    folder: Path

    def check(
        self, example: str, capsys: pytest.CaptureFixture[str]
    ) -> tuple[list[Mistake], Lines]:
        """What ``check`` says of the library with an example in it, and the lines of that."""
        arguments, lines = self._with(example)
        where = ("--only", "--trees", str(self.trees), "--now", DAY)
        main(["check", "--format", "json", *where, *arguments])
        return json.loads(capsys.readouterr().out)["diagnostics"], lines

    def library(self, example: str, alike: Iterable[str] = ()) -> Library:
        """The library with an example in it and trees that are alike, which can be read."""
        self._with(example)
        for name in alike:
            shutil.copy(self.trees / "bullied.yaml", self.trees / f"{name}.yaml")
        reading = load([self.trees], whole=True)
        assert reading.mistakes == ()
        return reading.library

    @property
    def trees(self) -> Path:
        return self.folder / "trees"

    def _with(self, example: str) -> tuple[list[str], Lines]:
        """Write an example into the library: the arguments that it needs, and where it stands."""
        own = self.folder / "own"
        for folder in (self.trees, own):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(SOUND, self.trees)
        own.mkdir()
        if example.startswith(_COMMAND):
            (own / "our-details.yaml").write_text("nation: wales\n", "utf-8")
            named = str(own / example.removeprefix(_COMMAND).strip())
            return ["--local", named], {(named, 1)}
        lines: Lines = set()
        for part in parts(example):
            path = (own if part.file == OWN else self.trees) / part.file
            path.parent.mkdir(exist_ok=True)
            before = path.read_text("utf-8").split("\n") if path.exists() else []
            after, numbers = part.lay_over(before)
            path.write_bytes("\n".join([*after, ""]).encode(part.encoding))
            lines |= {(str(path), number) for number in numbers}
        return (["--local", str(own / OWN)] if (own / OWN).exists() else []), lines


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


# Every example is true


def disagreements(
    manual: Manual, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> Iterator[str]:
    """In what ``check`` does not say of the two examples what the manual says of them."""
    bad, lines = shelf.check(manual.bad, capsys)
    good, _ = shelf.check(manual.good, capsys)
    own = [mistake for mistake in bad if mistake["code"] == manual.code]
    if not own:
        yield "the bad example does not have the mistake"
    if any(_counts(mistake, manual) for mistake in bad if mistake not in own):
        yield "the bad example has another mistake too"
    if any((mistake["file"], mistake["line"]) not in lines for mistake in own):
        yield "the mistake is not in the lines of the example"
    if any(mistake["severity"] != manual.severity for mistake in own):
        yield "the mistake matters more or less than is said"
    if any(_counts(mistake, manual) for mistake in good):
        yield "the good example has a mistake"


def _counts(mistake: Mistake, manual: Manual) -> bool:
    """Short examples would be long ones if they had to do without any notice too."""
    if mistake["code"] == manual.code:
        return True
    is_notice = mistake["severity"] == Severity.NOTICE
    return not is_notice and mistake["code"] not in ALSO.get(manual.code, ())


@pytest.mark.parametrize(
    "manual",
    [each for each in EVERY if each.code not in ("FP014", "FP312", "FP412", "FP414", "FP421")],
    ids=lambda manual: manual.code,
)
def test_the_bad_example_has_this_mistake_alone_and_the_good_one_has_none(
    manual: Manual, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(disagreements(manual, shelf, capsys)) == []


def test_what_may_not_be_decided_is_the_bad_example_of_its_code_alone(shelf: Shelf) -> None:
    """No example that a person can read meets the real limit, so some smaller one has to do."""
    [manual] = [each for each in EVERY if each.code == "FP312"]
    bad, good = shelf.library(manual.bad), shelf.library(manual.good)

    def undecided(library: Library, most: int) -> bool:
        try:
            return not Proofs(library, Room(most)).verdicts
        except LimitReached:
            return True

    assert any(undecided(bad, most) and not undecided(good, most) for most in range(1, 100))
    assert not undecided(bad, MOST_BOXES)


def test_a_library_that_is_too_large_is_the_bad_example_of_its_code(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is refused before anything of it can be shown as a mistake in a line."""
    [manual] = [each for each in EVERY if each.code == "FP014"]
    shelf._with(manual.bad)
    assert main(["check", "--only", "--trees", str(shelf.trees)]) == Exit.CANNOT
    assert capsys.readouterr().err.endswith("To read why: fingerpost check --explain FP014\n")
    assert shelf.check(manual.good, capsys)[0] == []


def test_a_table_that_ends_soon_is_the_bad_example_of_its_code_alone(shelf: Shelf) -> None:
    """Every other example is checked on a day long before the table ends."""
    [manual] = [each for each in EVERY if each.code == "FP412"]
    soon = date(2027, 7, 2)
    bad, good = (shelf.library(each) for each in (manual.bad, manual.good))
    assert len(found_by(overdue, bad, soon, only="FP412")) == 1
    assert found_by(overdue, good, soon, only="FP412") == ()


def test_ten_trees_are_the_bad_example_of_their_code_alone(shelf: Shelf) -> None:
    """No example that a person can read has ten trees in it."""
    [manual] = [each for each in EVERY if each.code == "FP414"]
    alike = ["image-shared", "sent-a-picture", *(f"other-{n}" for n in range(7))]
    bad, good = (shelf.library(each, alike) for each in (manual.bad, manual.good))
    assert [each.code for each in found_by(doors, bad)] == ["FP414"]
    assert found_by(doors, good) == ()


# One manual for each code


def printed(package: Path) -> set[str]:
    """The codes that a package can print: every text in its code that is one."""
    return {
        str(node.value)
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and re.fullmatch(r"FP\d{3}", str(node.value))
    }


def test_every_code_that_can_be_printed_has_one_manual_and_no_other_code_has_any() -> None:
    assert sorted(printed(PACKAGE)) == CODES


def test_every_manual_is_complete_and_in_a_group() -> None:
    titles = [manual.title for manual in EVERY]
    assert len(set(titles)) == len(titles)
    for manual in EVERY:
        assert manual.code[:3] in GROUPS
        assert manual.bad != manual.good
        assert manual.title[0] == manual.title[0].upper()
        assert not manual.title.endswith(".")
        assert manual.why.endswith(".")


# How much a mistake matters


@pytest.mark.parametrize(
    ("code", "lowered", "severity"),
    [
        ("FP105", None, Severity.ERROR),
        ("FP105", Severity.WARNING, Severity.WARNING),
        ("FP402", None, Severity.WARNING),
        ("FP402", Severity.NOTICE, Severity.NOTICE),
        ("FP402", Severity.ERROR, Severity.WARNING),
        ("FP403", Severity.WARNING, Severity.NOTICE),
        ("FP999", None, Severity.ERROR),
    ],
)
def test_a_mistake_matters_as_its_manual_says_or_less_and_never_more(
    code: str, lowered: Severity | None, severity: Severity
) -> None:
    mistake = Diagnostic(code, "", Span.start_of("a.yaml"), lowered=lowered)
    assert mistake.severity is severity


# The page


def test_the_page_of_codes_is_what_the_program_says() -> None:
    """To make it anew: ``python tests/support/checks_page.py``."""
    assert checks_page() == PAGE.read_text("utf-8")
