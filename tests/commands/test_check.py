"""``fingerpost check``, where there is no room, and on a terminal; and the trees that ship."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.cli import context
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.reading.loader import load, shipped
from fingerpost.terminal.io import streams

FIXTURES = Path(__file__).parents[1] / "fixtures"

Run = Callable[..., tuple[int, str, str]]


def test_the_shipped_trees_are_a_table_that_fits_a_window(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "dumb")
    rows = run("trees")[1].splitlines()
    assert "hate                       0 of 16   anyone   I'm being attacked for who I am" in rows
    for name in load([shipped()]).files:
        assert any(row.startswith(f"{name} ") for row in rows)
    assert all(len(row) <= 80 for row in rows)
    assert rows[-3] == "No page of any is approved by a safeguarding professional yet."


def test_on_a_terminal_mistakes_are_wrapped_and_their_titles_bold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No caret is parted from its place, and the verdict comes last, in bold. Not in a pipe."""
    monkeypatch.setattr(streams, "size", lambda _: (60, 24))
    monkeypatch.chdir(FIXTURES / "mistakes")
    several = ["check", "--only", "--trees", "several"]
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
    at = next(n for n, row in enumerate(rows) if "urgency: tomorrow" in row)
    assert rows[at + 1].index("^") == rows[at].index("tomorrow")
    assert "more: fingerpost check --explain FP103" in rows


def test_a_check_says_what_it_read_and_only_notices_of_ones_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that lies there beside an installed copy looks as if it had been read."""
    (tmp_path / "trees" / "shared").mkdir(parents=True)
    (tmp_path / "trees" / "shared" / "words.yaml").write_text("words: {}\n", "utf-8")
    below = Path(shutil.copytree(FIXTURES / "manuals", tmp_path / "below"))
    monkeypatch.setattr(context, "shipped", lambda: below)
    monkeypatch.chdir(tmp_path)
    old = "{name: Old, serves: [talk], phone: 0800 1111, source: {seen: 2001}}"
    for folder, name in ((below, "theirs"), (tmp_path / "ours", "own")):
        (folder / "routes").mkdir(parents=True, exist_ok=True)
        (folder / "routes" / "more.yaml").write_text(f"routes:\n  {name}: {old}\n", "utf-8")
    _, said, complaint = run("check", "--trees", "ours", "--notices", "--now", "2026-11-24")
    assert re.findall(r"^(\S+): notice FP403 route (\w+)", said, re.M) == [
        ("ours/routes/more.yaml:2:62", "own")
    ]
    assert " files of what comes with fingerpost and ours read: " in said
    assert complaint == "The folder “trees” here was not read. To read it: --trees trees\n"
    assert run("check", "--trees", "trees", "--now", "2026-11-24")[2] == ""
    shutil.copytree(tmp_path / "trees", below, dirs_exist_ok=True)  # what was installed is the same
    assert run("check", "--trees", "ours", "--now", "2026-11-24")[2] == ""


def test_what_changed_and_nobody_has_signed_is_told_and_a_number_is_a_mistake(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One wrong digit, and “don't” left out, are no mistakes of form."""
    below, ours = (tmp_path / name for name in ("below", "ours"))
    name = "name: The people who run the club"
    for folder in (below, ours):
        routes = Path(shutil.copytree(FIXTURES / "manuals", folder)) / "routes" / "uk.yaml"
        there = routes.read_text("utf-8").replace(name, f"{name}\n    phone: 0808 800 5002")
        routes.write_text(there, "utf-8")
    monkeypatch.setattr(context, "shipped", lambda: below)
    monkeypatch.chdir(tmp_path)
    day = ("--now", "2026-06-15")
    assert "signed" not in run("check", "--trees", "ours", *day)[1]
    tree = ours / "bullied.yaml"
    tree.write_text(tree.read_text("utf-8").replace("Block them", "Thank them", 1), "utf-8")
    said = " ".join(run("check", "--trees", "ours", *day)[1].split())
    assert "1 line or page has changed, and nobody has signed it as it is: “" in said
    routes.write_text(there.replace("5002", "5003"), "utf-8")
    status, said, _ = run("check", "--trees", "ours", *day)
    assert status == 1
    assert "“0808 800 5003” is not the number with which" in said


@pytest.mark.parametrize(
    ("file", "was", "changed", "why"),
    [
        (
            "routes/uk.yaml",
            "0800 1111",
            "0800 1112",
            "“0800 1112” is not the number with which Childline",
        ),
        (
            "threatened.yaml",
            "You don't need proof.",
            "Screenshot the nude.",
            "“screenshot the nude” (nude)",
        ),
    ],
)
def test_no_page_is_made_of_what_could_harm(
    file: str, was: str, changed: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    over = tmp_path / "over" / file
    over.parent.mkdir(parents=True)
    over.write_text((shipped() / file).read_text("utf-8").replace(was, changed), "utf-8")
    page = str(tmp_path / "page.html")
    for command in (["walk", "threatened"], ["rehearse", "--list"], ["web", "-o", page]):
        assert main([*command, "--trees", str(tmp_path / "over")]) == Exit.PROBLEMS
        assert why in " ".join(capsys.readouterr().err.split())
    assert not Path(page).exists()
