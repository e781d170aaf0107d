"""``fingerpost approve`` and its ``--status``: what a sitting, paper or another person adds to
what was approved, and who is asked for what. Whole sittings are among the transcripts."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.approval.leaves import Leaf, Leaves
from fingerpost.cli import context
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.page import labels
from fingerpost.page.approval import Fingerprints
from fingerpost.page.messages import say
from fingerpost.page.page import page
from fingerpost.page.text_layout import Line
from fingerpost.reading.files import review
from fingerpost.terminal.io.keyboard import ENTER, ESCAPE, PAGE_DOWN, UP
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.ui import Act, Command, Key, Slide

from ..support.seat import Sit, lined
from ..terminal.conftest import sit
from .library import DAY, FILES, signed, sound, voided, written

sit = sit  # a fixture, asked for by its name

TODAY = ["--now", DAY.isoformat()]

Paper: TypeAlias = Callable[..., tuple[int, str]]


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
        sitting("Ann", "", "s", "a", "a", "c", "", "Not so good.", "")

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
    assert "Signed: 0." in said
    assert place.read_text("utf-8") == "approvals: 1\n"


@pytest.mark.parametrize("columns", [80, 60])
def test_no_line_is_wider_than_the_window_and_what_was_seen_stays_seen(
    folder: Path, at_screen: Callable[..., list[str]], columns: int
) -> None:
    long = [f"w{n}" for n in range(600)]
    lines = FILES["shared/advice.yaml"].replace("Breathe out", "/".join(long))
    written(folder, {"shared/advice.yaml": lines})
    shots = at_screen("g", *" a", *[PAGE_DOWN] * 9, UP, "a", columns=columns)
    assert shots[1:] == [shot for shot in shots if shot.startswith("all trees: ")]
    rows = {row.strip() for shot in shots[2:] for row in shot.splitlines() if "/w" in row}
    assert {word for row in rows for word in re.findall(r"w\d+", row)} == {*long}
    assert "Signed: part 2, “One: Page 2" in shots[-1]


def test_a_line_has_its_mark_and_is_read_before_only_where_somebody_signed_it(
    folder: Path, at_screen: Callable[..., list[str]]
) -> None:
    skips = at_screen(ENTER, *"ssss", trees=["one"])
    assert any(re.search(r"\d Ring a friend\.\n +\[some young people", x) for x in skips)
    assert "»" not in "".join(skips[1:])
    # Each page stands whole. What no page shows to its reader comes last.
    shots = at_screen(ENTER, *" a" * 24, trees=["one"])
    first, second = (
        next(x for x in shots if each in x) for each in ("Page 1: Ring now\n", "Page 2: Talk\n")
    )
    assert "1. Hold on, help comes." in first
    assert "GET HELP NOW" in first
    assert "» Line" in second
    told = " ".join(" ".join(shots).split())
    assert "The page waits for 2 more parts. Page 2: Talk" in told
    assert {part for part in voided(folder) if part.startswith("one")} == set()


def test_an_objection_is_closed_by_name_and_puts_its_objector_over_no_page(
    folder: Path,
    at_screen: Callable[..., list[str]],
    sitting: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    every = leaves(folder)
    number = next(n for n, x in enumerate(every) if "shared line breathe" in x.parts)
    at = next(n for n, x in enumerate(every[number].lines, 1) if x.says == "Breathe out.")
    skip = "s" * number
    asks = f"Lines here are 1 to {every[number].lines[-1].number}. Number of a line"
    slip = ("9", "9", ENTER, *"as above ")  # no letter that is meant as words is a command
    told = at_screen(ENTER, *skip, "c", *slip)[-1]
    assert asks in told
    close = ("d", ENTER, "d", "A slip.", ENTER)
    said = at_screen(ENTER, *skip, *"ck", ESCAPE, "c", ENTER, *"Not so.", ENTER, ENTER, *close, "c")
    assert asks in " ".join(said)
    assert any("d close your comment" in shot for shot in said)
    assert "Your comment stays open." in " ".join(said)
    assert "Your comment is closed, and kept with your reason." in " ".join(" ".join(said).split())
    assert [(c.closed, c.because) for c in sound(folder).comments] == [("Jo Field", "A slip.")]
    remark = at_screen(ENTER, "c", ENTER, "Note: long.", ENTER, *" au")  # holds nothing back
    assert "that you commented on" not in " ".join(" ".join(remark).split())
    slip = ("Not so.", ENTER)
    shots = at_screen(ENTER, *skip, "c", str(at), ENTER, *slip, *" a" * 24, "<", *" a" * 9)
    told = " ".join(" ".join(shots).split())
    assert "The page waits for 2 more parts and 1 comment." in told
    assert "1 comment open" in told
    assert f"What is wrong with line {at}, “Breathe out.”" in told
    assert "is kept. It holds back 2 pages (all trees). To close it: d" in told
    # Pages that have the words wait for them, wherever they were read, and no others.
    assert voided(folder) == {"one/calm", "two/go"}
    where = ["--trees", str(folder), "--only", *TODAY]
    capsys.readouterr()
    assert main(["approve", "--comments", *where]) == Exit.DONE
    told = capsys.readouterr().out
    assert "holds back 2 pages (all trees)" in told
    assert "closed by Jo Field, 2026-11-27: A slip." in told
    number = next(
        n for n in "123" if re.search(rf"^{n}\..*\n +on “Breathe out", told, re.MULTILINE)
    )
    # Nobody closes it without a name and a reason, nor puts by that its objector over any page.
    pasted = "clear; fingerpost approve --comments"
    for typed in [pasted, "Ann", "q"], [pasted, "Ann", "Line 2 says it.", ""], ["y"]:
        monkeypatch.setattr(sys, "stdin", Typed(typed))
        assert main(["approve", "--comments", *where]) == Exit.DONE
        assert "closed by Ann" not in capsys.readouterr().out
        why = ["--by", "Ann", "--because", "Line 2 says it."] if typed == ["y"] else []
        main(["approve", "--close", number, *why, *where])
        told = capsys.readouterr().out
        assert ("A name has letters, spaces, " in told) == (pasted in typed)
    assert "no longer signs these, which show" in told
    assert "  One: Page 2: Talk\n  Breathe out.\n  Two: Page 2: Go\n" in told
    assert "Closed by “Ann”, because: Line 2 says it.\n" in told
    assert main(["approve", "--comments", *where]) == Exit.DONE
    assert "closed by Ann, 2026-11-27: Line 2 says it." in capsys.readouterr().out
    assert voided(folder) == {"one/calm", "two/go"}
    monkeypatch.undo()
    sitting("Ann", "", "a", "a", "a")
    assert voided(folder) == set()
    assert {by_whom(folder)[x] for x in ("one/calm", "two/go", "shared line breathe")} == {"Ann"}


def test_a_comment_is_listed_with_what_it_holds_and_counted_alike_everywhere(
    folder: Path, at_screen: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    app = "  app: {name: App, serves: [platform-report], instead: line, phone: 0800 2222}\n"
    needs = FILES["shared/needs.yaml"].replace("other:", "platform-report: {say: Apps}, other:")
    routes = f"{FILES['routes/uk.yaml'].rstrip()}\n{app}"
    written(folder, {"routes/uk.yaml": routes, "shared/needs.yaml": needs})
    every = leaves(folder, "two")
    number = next(n for n, x in enumerate(every) if "shared question safe" in x.parts)
    keys = ("c", "1", ENTER, "Safe from what?", ENTER, "c", ENTER, *"Note: long.", ENTER)
    shots = at_screen(ENTER, *" a" * number, *keys, *" a" * 3, trees=["two"])
    told = " ".join(" ".join(shots).split())
    assert "is kept. It holds back the questions (two) and the questions of 1 other tree." in told
    menu = '  - {page: route app, says: "It has moved.", by: Jo Field, on: 2026-11-27}\n'
    kept = folder / "approvals.yaml"
    kept.write_text(kept.read_text("utf-8") + menu, "utf-8")
    capsys.readouterr()
    where = ["--trees", str(folder), "--only", *TODAY]
    main(["approve", "--comments", *where])
    listed = " ".join(capsys.readouterr().out.split())
    assert "holds back the questions of 2 trees (all trees)" in listed
    assert "It has moved. on “App” holds back nothing" in listed
    assert listed.endswith("1 comment open, which holds back the questions of 2 trees; 2 remarks")
    main(["approve", "--comments", "two", *where])
    listed = " ".join(capsys.readouterr().out.split())
    everywhere = "the questions (two) and the questions of 1 other tree"
    assert f"Safe from what? on “Safe?” holds back {everywhere}" in listed
    assert listed.endswith("1 comment open, which holds back the questions; 1 remark")
    main(["approve", "--status", "two", *where])
    status = " ".join(capsys.readouterr().out.split())
    counted = "1 comment open, which holds back the questions; 1 remark"
    assert f"two: 2 of 2 pages approved; nothing left to sign; {counted}" in status
    assert "“Its questions”: signed by Jo Field" in status


def test_a_lead_of_a_nation_is_asked_for_what_is_shown_there(
    folder: Path, sitting: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    answers = "wales: {say: Wales}, england: {say: England}, not-sure: {say: Not sure}"
    asked = f"  nation: {{ask: Where?, answers: {{{answers}}}}}\n"
    desk = (
        "  welsh: {name: Welsh desk, serves: [talk], phone: 0800 2222, when: {nation: wales}}\n"
        "  english: {name: A desk, serves: [talk], phone: 0800 3333, when: {nation: england}}\n"
    )
    questions = FILES["shared/questions.yaml"].replace("questions:\n", f"questions:\n{asked}")
    tree = FILES["two.yaml"].replace("start: safe", "start: nation")
    tree = tree.replace(
        "questions:\n",
        "questions:\n  nation: {use: nation, goto: {wales: safe, england: safe, not-sure: safe}}\n",
    )
    routes = f"{FILES['routes/uk.yaml'].rstrip()}\n{desk}"
    tree = tree.replace("{do: Get up.}", "{do: Go to Leeds., when: {nation: england}}")
    written(
        folder, {"shared/questions.yaml": questions, "two.yaml": tree, "routes/uk.yaml": routes}
    )
    # Asked once: with what is signed or said it is kept whose lines were read.
    assert sitting("Jo Field", "?", "Narnia", "q") == Exit.DONE
    assert capsys.readouterr().out.count("Type one of these numbers. ") == 2
    sitting("Jo Field", "Cymru", "", "c", "", "Note: long.", "q")
    sitting("Jo Field", "", *"aaaaaaaaaaaa")
    said = capsys.readouterr().out
    assert said.count("Which nation's lines? 1 England, 2 Wales, ") == 1
    assert ("Welsh desk" in said, "A desk" in said, "Leeds" in said) == (True, False, False)
    given = sound(folder)
    two = given.trees["two"]

    def approval(ending: str, nation: str) -> str:
        facts = {"teller": "staff", "safe": "no", "nation": nation}
        known = {fact: frozenset({value}) for fact, value in facts.items()}
        return labels.reviewed(page(given, two, two.outcomes[ending], known))

    assert approval("stop", "wales").startswith("Approved by Jo Field")
    assert approval("go", "wales").startswith("Approved by Jo Field")
    assert approval("stop", "not-sure").startswith("Approved by Jo Field")
    nobody = "No safeguarding professional has approved these words yet."
    assert {approval("stop", "england"), approval("go", "england")} == {nobody}
    # On paper what they read is signed as that, whichever nation is asked for.
    here, nation = ["two", "--trees", str(folder), "--only", *TODAY], ["--nation", "wales"]
    numbers = [leaf.number for leaf in leaves(folder, "two")]
    rows = ["by: Ann", "role: Lead", *(f"{each} ok" for each in numbers)]
    paper = folder.parent / "review.txt"
    paper.write_text("\n".join(rows), "utf-8")
    assert main(["approve", *here, *nation, "--from", str(paper)]) == Exit.DONE
    said = " ".join(capsys.readouterr().out.split())
    assert "These boxes are of the book for all four nations; this sitting is for Wales." in said
    assert f"Signed: {len(numbers)} boxes. By Ann. two: 2 of 2 pages approved in Wales" in said
    where = ["approve", "--status", *here]
    for more, told in ([], "2 of 2 pages approved in Wales"), (["--nation", "all"], "2 of 2 pages"):
        main([*where, *more])
        assert f"two: {told}" in capsys.readouterr().out


def test_a_lead_is_told_where_it_is_kept(
    folder: Path, at_screen: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--trees FOLDER" not in at_screen()[0]
    # What stands with the program could go with it.
    monkeypatch.setattr("fingerpost.cli.approvals_file.shipped", lambda: folder)
    assert "add --trees FOLDER" in " ".join(at_screen()[0].split())


SLIDE = Slide("T", tuple((Line(f"Line {n}."),) for n in range(40)), (Key("a", "yes", at_end=True),))


@pytest.mark.parametrize(("rows", "onward"), [(12, " "), (20, ENTER), (60, " ")])
def test_a_key_that_needs_all_of_a_page_waits_for_its_end(sit: Sit, rows: int, onward: str) -> None:
    face, typist = sit(f"a{onward}" * 9, rows=rows)
    assert face.slide(SLIDE) == Command("a")
    assert all(any(f"Line {n}." in shot for shot in typist.shots) for n in range(40))
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
) -> Callable[..., tuple[int, str]]:
    """How a review with these lines ends, and what is said of it."""

    def come(*lines: str, of: Path = folder) -> tuple[int, str]:
        text = "\n".join(["by: Jo", "Role: Lead", *lines])
        (tmp_path / "review.txt").write_text(text, encoding="utf-8")
        where = ["--trees", str(of), *(["--only"] if of == folder else []), *TODAY]
        ended = main(["approve", "two", "--from", str(tmp_path / "review.txt"), *where])
        told = capsys.readouterr()
        return ended, " ".join(f"{told.out} {told.err}".split())

    return come


def test_paper_signs_each_page_of_which_all_was_ticked(
    folder: Path,
    tmp_path: Path,
    paper: Paper,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    every = leaves(folder, "two")
    stop = next(leaf for leaf in every if "two/stop" in leaf.parts)
    ticks = [f"{leaf.number} ok" for leaf in every]
    _, said = paper(*ticks, f"{stop.number} Sit where?", f"{stop.number} And when?")
    assert f"Signed: {len(ticks) - 1} boxes; 1 comment. By Jo." in said
    assert said.endswith(f"1 box of this file NOT signed: {stop.number} (your comment)")
    # What is ticked and waits is asked for no more: not here, not by the status, not in a book.
    stands = "two: 0 of 2 pages approved; to sign: 1 of "
    assert stands in said
    waits = f"Waiting for box {stop.number}, “Page 1: Stop”: “Page 2: Go”"
    assert waits in said
    where = ["two", "--trees", str(folder), "--only", *TODAY]
    assert main(["approve", "--status", *where]) == Exit.DONE
    told = " ".join(capsys.readouterr().out.split())
    assert (stands in told, waits in told) == (True, True)
    book = tmp_path / "left.txt"
    assert main(["approve", "--left", "--book", str(book), *where]) == Exit.DONE
    asked = {leaf.number for leaf in every if leaf.number in book.read_text("utf-8")}
    assert asked == {stop.number}
    assert [(c.page, c.says, c.by) for c in sound(folder).comments] == [
        ("two/stop", "Sit where? And when?", "Jo")
    ]
    # What was read before need not be ticked again, but what was objected to: once that is closed.
    why = ["--by", "Ann", "--because", "On a chair."]
    _, said = paper(f"{stop.number} ok")
    assert "two: 1 of 2 pages approved; nothing left to sign; 1 comment open" in said
    monkeypatch.setattr(sys, "stdin", Typed(["y"]))
    assert main(["approve", "--close", "1", *why, *where[1:]]) == Exit.DONE
    paper(f"{stop.number} ok")
    assert voided(folder) == {"one", "one/danger", "one/calm", "one/rude"}


def test_a_line_that_is_wrong_holds_back_what_has_it_and_the_rest_of_its_box_is_signed(
    folder: Path, paper: Paper
) -> None:
    every = leaves(folder, "two")
    stop, go = (next(x for x in every if f"two/{name}" in x.parts) for name in ("stop", "go"))
    ticks = [f"{leaf.number} ok" for leaf in every]
    hold, sit = (
        f"{stop.number}.{next(line.number for line in stop.lines if line.says == says)}"
        for says in ("Hold on, help comes.", "Sit down.")
    )
    typed = f"{go.number}.99 is wrong", f"{stop.number}.99 Note: late.", "ABC-123 ok"
    ended, said = paper(*ticks, *typed, f"{every[-1].number} okay")
    assert ended == Exit.PROBLEMS
    assert f"“{every[-1].number} okay” is not clear. Type" in said
    assert {go.parts[0], stop.parts[0]} & by_whom(folder).keys() == {stop.parts[0]}
    assert f"{go.number}.99: the box has no such line. So this is a comment on all of it" in said
    why = {go.number: "no such line", every[-1].number: "not clear"}
    listed = ", ".join(f"{each} ({why[each]})" for each in sorted(why))
    assert (
        f"3 boxes of this file NOT signed: ABC-123 (changed since, or mistyped), {listed}" in said
    )
    objects = f"{hold} To what?", f"{sit}: Where?"
    _, said = paper(*ticks, *objects, f"{go.number} Note: short.")
    assert re.findall(r"(\S+): on “", said) == [hold, sit]  # the third is on all of a box
    assert f"Signed: {len(ticks)} boxes; 3 comments. By Jo." in said
    assert "two: 0 of 2 pages approved; nothing left to sign; 3 comments open" in said
    for line in ("Hold on, help comes.", "Sit down."):
        assert f"the comment of Jo on “{line}”" in said
    assert "the comment of Jo on “is wrong (on line 99, which is not…”: “Page 2: Go”" in said


def test_a_line_that_is_wrong_on_a_page_holds_back_that_page_alone(
    folder: Path, paper: Paper, at_screen: Callable[..., list[str]]
) -> None:
    go = next(leaf for leaf in leaves(folder, "two") if "two/go" in leaf.parts)
    line = next(line.number for line in go.lines if line.says == "Breathe out.")
    paper(f"{go.number}.{line} Not here: they run.")
    at_screen(ENTER, *" a" * 24)
    assert voided(folder) == {"two/go"}
    assert by_whom(folder)["two/go"] == "Jo Field"


def test_the_file_that_the_book_and_the_page_of_docs_show_is_one_that_can_be_read(
    tmp_path: Path,
) -> None:
    shown = say("book.file-rows")
    docs = (Path(__file__).parents[2] / "docs" / "approval.md").read_text("utf-8")
    assert f"```\n{shown}\n```" in docs
    (tmp_path / "review.txt").write_text(shown, "utf-8")
    found = review.review(tmp_path / "review.txt")
    assert (len(found.read), len(found.remarks), found.signs["organisation"]) == (
        2,
        2,
        "A youth club",
    )


def test_a_number_is_known_however_it_is_typed(folder: Path, paper: Paper) -> None:
    numbers = [leaf.number for leaf in leaves(folder, "two")]
    typed = [each.upper().replace("L", "1").replace("O", "0") for each in numbers]
    typed[1] = f"{typed[1][:6]} {typed[1][6:]}"  # as a PDF's text can be
    typed[2] = typed[2].replace("-", "")
    _, said = paper(*(f"\t{each}: OK." for each in typed))
    assert "two: 2 of 2 pages approved; nothing left to sign" in said


_SAYS = [
    *("ok", "ok.", "OK", ": ok", "- ok", "", ":", "ok?", "not ok", "yes", "I do not agree"),
    *("ok ok", "\t ok", "ok \u200b", "\x1b[1m", "page 12", ": wrong: all of it"),
    *(".1 Too late", ".1 ok", ".1: When?", ".99 Where?", "“Quoted” words"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.data())
def test_whatever_is_written_signs_only_what_stands_alone_with_ok_and_loses_no_word(
    folder: Path, paper: Paper, data: st.DataObject
) -> None:
    (folder / "approvals.yaml").unlink(missing_ok=True)
    boxes = {leaf.number: leaf for leaf in leaves(folder, "two")}
    number = st.sampled_from([*[*boxes][:4], "aaa-aaa"])
    on_a_box = st.tuples(number, st.sampled_from(_SAYS) | number.map("ok? {}".format)).map(" ".join)
    before = st.sampled_from(["", "read: ", "by: ", "role: ", "page 12: ", "- "])
    others = st.one_of(st.tuples(before, on_a_box), st.tuples(on_a_box, st.just(" "), number))
    rows = data.draw(st.lists(on_a_box | on_a_box | others.map("".join), min_size=1, max_size=6))
    ended, said = paper(*rows)
    library = sound(folder)
    signed = {part for a in library.approvals for part in a.pages}
    if ended == Exit.CANNOT:
        assert (signed, library.comments) == (set(), ())
        assert re.search(r"review.txt:[3-8]: .* Nothing of this file is signed yet", said)
        return
    missed = re.search(r"of this file NOT signed: (.*)$", said)
    slips = re.findall("no such line|changed since|not clear", missed[1]) if missed else []
    assert (ended == Exit.PROBLEMS) == bool(slips)
    words = [[x for x in re.findall(r"[\w?-]+", row.casefold()) if x != "-"] for row in rows]
    approved = {part for part in signed if Fingerprints(library).is_approved(part)}
    assert approved.isdisjoint(comment.page for comment in library.comments)
    for each, leaf in boxes.items():
        if not signed.isdisjoint(leaf.parts):
            on_it = {tuple(found) for found in words if each in found}
            assert (each, "ok") in on_it
            assert {x[1] for x in on_it} <= {"ok", "breathe"}  # words on one line alone
    told = (words for each in library.comments for words in (each.line, each.says))
    kept = " ".join([said, *told]).casefold()
    assert {
        word for found in words for word in found if word not in ("ok", *boxes) and word not in kept
    } == set()


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
    assert main(["approve", "--status", "--exit-code", "one", "two", *where]) == Exit.PROBLEMS
    said = capsys.readouterr().out
    assert "one: 2 of 3 pages approved; to sign: 1 of " in said
    monkeypatch.setattr(sys, "stdin", Typed(["", "a", "a"]))
    main(["approve", "--by", "Ann", "--role", "Lead", "--plain", *where])
    said = capsys.readouterr().out
    assert "Signed: 2.\nall trees: 5 of 5 pages approved; nothing left to sign" in said
    assert main(["approve", "--status", "--exit-code", "one", "two", *where]) == Exit.DONE
    written(over, {"shared/opening.yaml": "opening: [{say: Say that first.}]\n"})
    assert main(["approve", "--status", "--exit-code", "one", "two", *where]) == Exit.PROBLEMS
    # Below, nothing has been written.
    approvals, *_ = review.signed(over / "approvals.yaml")
    assert {part for each in approvals for part in each.pages} == {
        "shared line breathe",
        "one/calm",
        "two/go",
    }
    assert voided(folder) == set()
