"""``fingerpost approve`` and ``check --strict --approved``: what a sitting, paper or another person
adds to what was approved, and who is asked for what. Whole sittings are among the transcripts."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from fingerpost.approval.leaves import Leaf, Leaves
from fingerpost.approval.marks import key
from fingerpost.approval.signing import as_yaml, sign
from fingerpost.cli import context
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import replace
from fingerpost.page.approval import Fingerprints
from fingerpost.page.messages import say
from fingerpost.page.text_layout import Line
from fingerpost.reading.files import review
from fingerpost.terminal.io.keyboard import ENTER, ESCAPE, PAGE_DOWN, UP
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.ui import Act, Command, Key, Slide

from ..support.seat import Sit, lined
from ..support.shipped import whole_library
from ..terminal.conftest import sit
from .library import DAY, FILES, SIGNED, signed, sound, voided, written

sit = sit  # a fixture, asked for by its name

TODAY = ["--now", DAY.isoformat()]


class Typed(io.StringIO):
    """The lines that a person types; what else happens before some of them."""

    def __init__(self, lines: Iterable[str | Callable[[], object]]) -> None:
        super().__init__()
        self.lines = [*lines]

    def readline(self, _size: int = -1, /) -> str:
        while self.lines and callable(self.lines[0]):
            self.lines.pop(0)()  # type: ignore[operator]  # it has just been asked
        return f"{self.lines.pop(0)}\n" if self.lines else ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library")


@pytest.fixture
def sitting(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Callable[..., int]:
    """A sitting of somebody with the name ``by``, who types these lines."""

    def hold(by: str, *lines: str | Callable[[], object]) -> int:
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", Typed(lines))
            where = ["--trees", str(folder), "--only", "--plain", *TODAY]
            return main(["approve", *where, "--by", by, "--role", "Lead"])

    return hold


@pytest.fixture
def at_screen(sit: Sit, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Callable[..., list[str]]:
    """What Jo sees before each of some keys, and after the last."""

    def hold(*keys: str, trees: Sequence[str] = (), columns: int = 80) -> list[str]:
        face, typist = sit(keys, columns)
        with monkeypatch.context() as patched:
            patched.setattr("fingerpost.cli.commands.approve.hold", lambda talk, **_: talk(face))
            who = ["--by", "Jo Field", "--role", "Lead", "--for", "A club"]
            main(["approve", *trees, "--trees", str(folder), "--only", *TODAY, *who])
        return typist.shots

    return hold


def leaves(folder: Path, *trees: str) -> list[Leaf]:
    return list(Leaves(Fingerprints(sound(folder))).of(trees or None))


def by_whom(folder: Path) -> dict[str, str]:
    return {part: each.by for each in sound(folder).approvals for part in each.pages}


def test_two_people_at_the_same_time_lose_nothing_and_read_nothing_twice(
    folder: Path, sitting: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    every = [leaf.parts for leaf in leaves(folder)]

    def other() -> None:
        sitting("Ann", "", "s", "a", "a", "c", "", "Not so good.")

    sitting("Jo", "", "a", other, "a", "a", "q")
    said = by_whom(folder)
    assert [{said.get(part) for part in parts} for parts in every[:6]] == [
        {"Jo"}, {"Jo"}, {"Ann"}, {"Ann"}, {"Jo"}, {None},
    ]  # fmt: skip
    assert [comment.by for comment in sound(folder).comments] == ["Ann"]


def test_what_cannot_be_kept_is_not_approved_and_said(
    folder: Path, sitting: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder / "approvals.yaml"
    sitting("Jo", "", lambda: place.write_text("approvals: 1\n", "utf-8"), "a", "q")
    said = " ".join(capsys.readouterr().out.split())
    assert "approvals.yaml has a mistake now, and is left as it is" in said
    assert "Approved: 0." in said
    assert place.read_text("utf-8") == "approvals: 1\n"


@pytest.mark.parametrize("columns", [80, 60])
def test_no_line_is_wider_than_the_window_and_what_was_seen_stays_seen(
    folder: Path, at_screen: Callable[..., list[str]], columns: int
) -> None:
    long = [f"w{n}" for n in range(600)]
    lines = FILES["shared/advice.yaml"].replace("Breathe out", "/".join(long))
    written(folder, {"shared/advice.yaml": lines})
    shots = at_screen("g", "a", "a", *[PAGE_DOWN] * 9, UP, "a", columns=columns)
    assert shots[1:] == [shot for shot in shots if shot.startswith("all trees: ")]
    rows = {row.strip() for shot in shots[3:] for row in shot.splitlines() if "/w" in row}
    assert {word for row in rows for word in re.findall(r"w\d+", row)} == {*long}
    assert "Approved: 3, “Lines that many pages share (advice)”." in shots[-1]


def test_a_line_has_its_mark_and_is_read_before_only_where_somebody_approved_it(
    folder: Path, at_screen: Callable[..., list[str]]
) -> None:
    lines = FILES["shared/advice.yaml"].replace("out.}", "out., when: {safe: yes}}")
    written(folder, {"shared/advice.yaml": lines})
    skips = at_screen(ENTER, *"ss", trees=["one"]), at_screen("t", *"ssss", trees=["one"])
    *_, skipped = skips[0]
    assert re.search(r"\d \[safe=yes\] Breathe out\.", skipped)
    assert not any("» " in shot for _, *shots in skips for shot in shots)
    # The first page of the tree is one for danger. What is read too early is signed later.
    shots = at_screen("t", *"saa", *"aaaaaaaaa", trees=["one"])
    assert "Ring now (GET HELP NOW)" in shots[1]
    assert re.search(r"\d \[safe=yes\] Breathe out\.", shots[2])
    assert "Marked as read. It is signed as soon as you have approved " in shots[3]
    assert "1 page that you had read is approved too." in " ".join("".join(shots).split())
    assert re.search(r"\d \[safe=yes\] » Breathe out\.", "\n".join(shots[4:]))


def test_what_is_read_before_what_it_shares_is_kept_when_a_sitting_ends(
    folder: Path, at_screen: Callable[..., list[str]]
) -> None:
    at_screen("t", "a", trees=["one"])
    library = sound(folder)
    [part] = library.approvals[0].waiting
    assert part not in by_whom(folder)
    shared = [name for leaf in leaves(folder, "one") for name in leaf.parts if "one" not in name]
    ann = sign(library.approvals, Fingerprints(library), replace(SIGNED, by="Ann"), shared)
    (folder / "approvals.yaml").write_text(as_yaml(ann, ()), encoding="utf-8")
    # Jo finds it signed when she comes back, and is not shown it again.
    [first] = at_screen(trees=["one"])
    assert "1 page that you had read is approved too." in first
    assert by_whom(folder)[part] == "Jo Field"
    assert all(not each.waiting for each in sound(folder).approvals)


def test_a_lead_is_told_who_signs_and_what_marks_mean_and_is_asked_about_her_own_comment(
    folder: Path, at_screen: Callable[..., list[str]]
) -> None:
    first, told, _, *pages = at_screen("?", ESCAPE, ENTER, *"c", ENTER, "Not so.", ENTER, "a", "a")
    assert "you sign as Jo Field, Lead, A club" in first
    assert all(" ".join(line.split()) in " ".join(told.split()) for line in key()[:3])
    assert "all trees: 1 of " in pages[-2]
    assert "You said that something is wrong here." in pages[-2]
    assert "all trees: 2 of " in pages[-1]


SLIDE = Slide("T", tuple((Line(f"Line {n}."),) for n in range(40)), (Key("a", "yes", at_end=True),))


@pytest.mark.parametrize(("rows", "onward"), [(12, " "), (20, ENTER), (60, " ")])
def test_a_key_that_needs_all_of_a_page_waits_for_its_end(sit: Sit, rows: int, onward: str) -> None:
    face, typist = sit(f"a{onward}" * 9, rows=rows)
    assert face.slide(SLIDE) == Command("a")
    assert all(any(f"Line {n}." in shot for shot in typist.shots) for n in range(40))
    assert "Line 39." in typist.shots[-1]
    told = {shot for shot in typist.shots if say("rehearsal.key.to-its-end") in shot}
    assert len(told) == len(typist.shots) // 2


def test_a_window_that_cuts_lines_off_shows_no_page_to_its_end(sit: Sit) -> None:
    long = Slide("T", ((Line("A line " * 100),),), (Key("a", "yes", at_end=True),))
    face, _ = sit("a a q", columns=20, rows=8)
    assert face.slide(long) == Command(Act.STOP)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["q", "x", "!", ENTER], Command("", "qx!")),
        (["a pasted ", "text", "\b", ENTER], Command("", "a pasted tex")),
        (["a", ESCAPE], Command("<")),
        (["!"], Command(Act.DANGER)),
    ],
)
def test_words_can_have_every_letter(sit: Sit, keys: list[str], said: Command) -> None:
    face, _ = sit(keys)
    assert face.slide(Slide("T", (), (), asks_words="Your words")) == said


def test_line_by_line_a_terminal_shows_as_much_as_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fingerpost.terminal.io.streams.is_terminal", lambda _: True)
    told = io.StringIO()
    assert PlainUi(told, lined(["a", "", "a"]), can_clear=False).slide(SLIDE) == Command("a")
    before, early, after = told.getvalue().partition(say("rehearsal.key.to-its-end"))
    assert early
    assert "Line 39." in after
    assert "Line 39." not in before


# On paper


@pytest.fixture
def paper(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[[Iterable[str], str], str]:
    """What is said of a review with these ticks and comments."""

    def come(numbers: Iterable[str], comments: str = "{}") -> str:
        text = f"by: Jo\nrole: Lead\nread: [{', '.join(numbers)}]\ncomments: {comments}\n"
        (tmp_path / "review.yaml").write_text(text, encoding="utf-8")
        where = ["--trees", str(folder), "--only", *TODAY]
        assert main(["approve", "--from", str(tmp_path / "review.yaml"), *where]) == Exit.DONE
        return " ".join(capsys.readouterr().out.split())

    return come


def test_paper_signs_each_page_of_which_all_was_ticked(
    folder: Path, paper: Callable[..., str]
) -> None:
    every = leaves(folder, "two")
    lines = next(leaf for leaf in every if "shared line breathe" in leaf.parts)
    stop = next(leaf for leaf in every if "two/stop" in leaf.parts)
    said = paper((leaf.number for leaf in every if leaf != lines), f"{{{stop.number}: Sit where?}}")
    assert "Approved: 5 boxes of shared lines; 0 of 2 pages of “two”; 1 comment. By Jo." in said
    assert f"“{stop.title}” ({stop.number})" in said
    assert f"not approved yet, for want of these boxes: {lines.subject}: {lines.number}" in said
    assert voided(folder) == {"one", "one/danger", "one/calm", "one/rude", "two/stop", "two/go"}
    assert [(c.page, c.says, c.by) for c in sound(folder).comments] == [
        ("two/stop", "Sit where?", "Jo")
    ]
    # What was approved before need not be ticked again; a comment is kept once.
    said = paper([leaf.number for leaf in every[2:]], f"{{{stop.number}: Sit where?}}")
    assert voided(folder) == {"one", "one/danger", "one/calm", "one/rude"}
    assert len(sound(folder).comments) == 1


def test_what_pages_wait_for_is_named_by_numbers_that_stand_in_their_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = [*Leaves(Fingerprints(whole_library())).of(["threatened"])]
    pages = [leaf.number for leaf in book if leaf.title.startswith("Page ")]
    file = tmp_path / "review.txt"
    file.write_text(f"by: Jo\nrole: Lead\nread: {', '.join(pages)}\n", encoding="utf-8")
    own = ["--trees", str(tmp_path / "own")]
    (tmp_path / "own").mkdir()
    assert main(["approve", "--from", str(file), *own, *TODAY]) == Exit.DONE
    said = capsys.readouterr().out
    named = {*re.findall(r"\b[a-z2-7]{3}-[a-z2-7]{3}\b", said)}
    assert len(named) > len(pages)
    assert named - {leaf.number for leaf in book} == set()
    assert "0 of 17 pages of “threatened”" in said


def test_the_book_of_what_is_left_has_the_numbers_of_the_whole(folder: Path) -> None:
    every = leaves(folder, "two")
    joined = next(leaf for leaf in every if len(leaf.parts) > 1)
    left = Leaves(Fingerprints(sound(folder))).of(["two"], joined.parts[:1])
    assert [leaf.number for leaf in left] == [leaf.number for leaf in every]


def test_a_review_can_be_typed_as_plain_lines(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = [leaf.number for leaf in leaves(folder, "two")]
    typed = ", ".join(numbers).upper().replace("L", "1").replace("O", "0")
    file, where = tmp_path / "review.txt", ["--trees", str(folder), "--only", *TODAY]
    words = "with, commas: and “quotes”"
    text = f"By: Jo\nRole: Lead\nRead: {typed}\n{numbers[-1]}: {words}\nand more\n"
    file.write_text(text, encoding="utf-8")
    assert main(["approve", "--from", str(file), *where]) == Exit.DONE
    assert "2 of 2 pages of “two”; 1 comment" in capsys.readouterr().out
    other = "b" if numbers[0][0] == "a" else "a"
    file.write_text(f"by: Jo\nrole: Lead\nread: {other}{numbers[0][1:]}\n", encoding="utf-8")
    assert main(["approve", "--from", str(file), *where]) == Exit.DONE
    assert f"mistyped; did you mean {numbers[0]}, in “" in capsys.readouterr().out
    assert [each.says for each in sound(folder).comments] == [f"{words} and more"]
    file.write_text(f"{text}k3-9qa: Lost?\n", encoding="utf-8")
    assert main(["approve", "--from", str(file), *where]) == Exit.CANNOT
    assert "“k3-9qa: Lost?” cannot be read. Begin a line with" in capsys.readouterr().err


# Over another library


def test_an_organisation_is_asked_for_what_it_changed_and_what_that_touches(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed(folder)
    monkeypatch.setattr(context, "shipped", lambda: folder)
    over = tmp_path / "over"
    lines = FILES["shared/advice.yaml"].replace("Breathe out", "Breathe in")
    written(over, {"shared/advice.yaml": lines})
    where = ["--trees", str(over), *TODAY]
    assert main(["check", "--strict", "--approved", *where]) == Exit.PROBLEMS
    said = capsys.readouterr().out
    asked = {
        line.split()[0] for line in said.splitlines() if "changed since: by the shared" in line
    }
    assert asked == {"one/calm", "two/go"}
    monkeypatch.setattr(sys, "stdin", Typed(["", "a", "a", "a"]))
    main(["approve", "--by", "Ann", "--role", "Lead", "--plain", *where])
    assert "Approved: 3. Left of all trees: nothing." in capsys.readouterr().out
    assert main(["check", "--strict", "--approved", *where]) == Exit.DONE
    written(over, {"shared/opening.yaml": "opening: [{say: Say that first.}]\n"})
    assert main(["check", "--strict", "--approved", *where]) == Exit.PROBLEMS
    # Below, nothing has been written.
    approvals, *_ = review.signed(over / "approvals.yaml")
    assert {part for each in approvals for part in each.pages} == {
        "shared line breathe",
        "one/calm",
        "two/go",
    }
    assert voided(folder) == set()
