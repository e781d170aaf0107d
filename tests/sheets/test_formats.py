"""The registry of formats: to add one is a file of its own and a line in FORMATS, and no more."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import fingerpost
from fingerpost.model.base import replace
from fingerpost.reading.loader import shipped
from fingerpost.sheets import formats
from fingerpost.sheets.document import (
    Address,
    Blank,
    Box,
    Code,
    Document,
    Figure,
    Fine,
    Heading,
    Note,
    Paragraph,
    Points,
    Steps,
    Tick,
)
from fingerpost.sheets.formats import FORMATS, Format, named, of_suffix
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.text import text

from ..support.printed import EVERY_KIND, PHONE

PACKAGE = Path(fingerpost.__file__).parent
REGISTRY = Path(formats.__file__).relative_to(PACKAGE)

TOY = """
def renderer():
    return lambda paper: f"Toy of {paper.title}\\n".encode()
"""
LINES = '    Format("toy", "toy"),\n    Format("bin", "toy", binary=True, sized=True),\n'
LATE = ["sheet", "late", "--given", "teller=staff", "--given", "how=little"]


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with two more formats: words, and what no terminal can show."""
    folder = tmp_path_factory.mktemp("toys")
    copy = folder / "fingerpost"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "trees"))
    shutil.copytree(shipped(), copy / "trees")
    registry = copy / REGISTRY
    (registry.parent / "toy.py").write_text(TOY, encoding="utf-8")
    before = registry.read_text(encoding="utf-8")
    last = FORMATS[-1]
    line = f'    Format("{last.suffix}", "{last.module}"),\n'
    assert before.count(line) == 1
    registry.write_text(before.replace(line, line + LINES), encoding="utf-8")
    return folder


def run(toys: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    rack = Path(__file__).parents[1] / "fixtures" / "rack"
    program = [sys.executable, "-m", "fingerpost", *arguments, "--trees", str(rack), "--only"]
    return subprocess.run(
        program,
        capture_output=True,
        text=True,
        check=False,
        cwd=toys,
        env={**os.environ, "PYTHONPATH": str(toys)},
        stdin=subprocess.DEVNULL,
    )


def test_a_new_format_is_written_to_a_file_and_to_the_output(toys: Path, tmp_path: Path) -> None:
    expected = "Toy of Take the next one\n"
    ran = run(toys, *LATE, "-o", "-", "--format", "toy")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, expected, "")
    for name, more in (("a.toy", []), ("b.odd", ["--format", "toy"]), ("c.bin", ["--large-print"])):
        ran = run(toys, *LATE, "-o", str(tmp_path / name), *more)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert (tmp_path / name).read_text(encoding="utf-8") == expected


def test_a_new_format_is_written_for_the_leaflet_rack(toys: Path, tmp_path: Path) -> None:
    ran = run(toys, "sheet", "late", "--all", "-o", str(tmp_path / "out"), "--format", "toy")
    assert (ran.returncode, ran.stderr) == (0, "")
    leaflets = {f"advice-{n}.toy" for n in (1, 2, 3)}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*leaflets, "index.html"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "-", "--format", "bin"], "A BIN is not for the output: -o FILE."),
        (["-o", "x.docx"], "end the name with one of .html, .pdf, .md, .txt, .toy, .bin,"),
        (["-o", "x.toy", "--large-print"], "--large-print is for html and pdf and bin: in toy"),
        (["-o", "x", "--format", "tyo"], "'html', 'pdf', 'md', 'txt', 'toy', 'bin'"),
    ],
)
def test_what_is_said_of_formats_names_the_new_ones(
    toys: Path, arguments: list[str], told: str
) -> None:
    ran = run(toys, *LATE, *arguments)
    assert ran.returncode == 2
    assert told in " ".join(ran.stderr.split())


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.suffix)
def test_every_format_writes_a_document(each: Format) -> None:
    assert each.available
    assert named(each.suffix) is each
    made = each.renderer()(Document("Title", (Paragraph("Words."),)))
    if not each.binary:
        assert "Words." in made.decode()


def test_the_ends_of_names_ask_for_formats() -> None:
    ends = {".html": "html", ".HTM": "html", ".pdf": "pdf", ".md": "md", "txt": "txt"}
    assert {end: found and found.suffix for end in ends if (found := of_suffix(end))} == ends
    for end in ("", ".", ".docx", ".htmlx"):
        assert of_suffix(end) is None
    with pytest.raises(KeyError):
        named("docx")


def test_no_two_formats_ask_for_the_same_end() -> None:
    ends = [end for each in FORMATS for end in (each.suffix, *each.also)]
    assert len(set(ends)) == len(ends)


# Every kind of block, in each format of words

IN_WORDS: dict[str, Callable[[Document], str]] = {
    "html": lambda paper: re.sub(
        r"(?s)(<style>).*(</style>)|(<svg)\b.*?(</svg>)", r"\1\2\3\4", html(paper)
    ),
    "md": markdown,
    "txt": lambda paper: text(paper, width=60),
}
"""Without the rules of HTML, which have the fonts in them, and the drawn squares of a code."""

LONG = "Say it to somebody " * 6
MORE = (
    Heading("Reporting it", inner=True),
    Box("Helpers", (PHONE, replace(PHONE, text="116 123", uri="tel:116123"))),
    Box("School", (Address("", "by hand"), Address("Phone", "the office", note=LONG)), (LONG,)),
    Box("Shout", (Address("Text", "SHOUT " * 9, "sms:85258"),), notes=(Note("Cost", LONG),)),
    Steps(("x",) * 10),
    Points((LONG,)),
    Blank("One line"),
    Figure("<svg></svg>", 4, 2, "A drawing", ("It shows a way.",)),
    Tick("1", "Told somebody"),
    Code("Code", "K7QF-2M9T-ABCD K7QF-2M9T-ABCD"),
    Fine((LONG,)),
)


@pytest.mark.parametrize("suffix", IN_WORDS)
def test_every_kind_of_block_is_as_it_was_written_down(suffix: str) -> None:
    """After a change RENEW_GOLDENS=1 writes it anew, and the difference is read."""
    golden = Path(__file__).parents[1] / "golden" / f"paper.{suffix}"
    paper = replace(EVERY_KIND, blocks=(*EVERY_KIND.blocks, *MORE), every_side=True, large=True)
    said = IN_WORDS[suffix](paper)
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize("suffix", IN_WORDS)
def test_a_kind_of_block_that_nobody_knows_is_not_left_out_quietly(suffix: str) -> None:
    unknown: Any = ("a table",)
    with pytest.raises(AssertionError, match="a table"):
        IN_WORDS[suffix](Document("Title", (unknown,)))
