"""A library in another language: a walk, a sheet, leaflets and the empty page, in a language in
which every word is longer; and in one that lacks almost all."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import replace
from fingerpost.page.messages import say, speaking
from fingerpost.reading.loader import load
from fingerpost.reading.reading import Reading
from fingerpost.reading.translation import translated
from fingerpost.search.indexing import index_of
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io import keyboard, streams
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.screen import Screen
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.io.ui import Ui
from fingerpost.terminal.walk_session import WalkSession

from ..support.pseudo import TAG, laid_over, left_in_english, pseudo
from ..support.seat import CLOCK, PretendedPrinter, Typist, Window, lined
from ..support.shipped import quick_to_search, whole_library

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
NAMES = re.compile(
    r"How to look for things|The Example Desk|(?:lost|advice)(?:[-_][a-z\d]+)+|html|pdf|PDF|tel:"
)
"""Of a source and who published it, of files and of kinds of links."""


def left(text: str) -> set[str]:
    """The words that are left in English, on one line."""
    return left_in_english(NAMES.sub("", re.sub(r"\s+", " ", text)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with its words in a language that nobody speaks."""
    copy = Path(shutil.copytree(LIBRARY, tmp_path_factory.mktemp("other") / "library"))
    return laid_over(load([copy], whole=True).library, copy)


@pytest.fixture
def abroad(folder: Path) -> Iterator[tuple[Reading, Reading]]:
    """What was read in that language, which the program speaks, and in English."""
    english = quick_to_search(load([folder], whole=True))
    language = english.library.languages[TAG]
    with speaking(TAG, language.messages):
        said = translated(english.library, language, lambda text: pytest.fail(text))
        yield replace(english, library=said), english


def walked(face: Ui, readings: tuple[Reading, Reading]) -> None:
    said, english = readings
    session = WalkSession(
        face, said, lambda: CLOCK, PretendedPrinter("/", "-"), lambda: index_of(english.library)
    )
    with pytest.raises((Left, EOFError)):
        session.run(None, {})


def test_a_walk_line_by_line_says_no_english(abroad: tuple[Reading, Reading]) -> None:
    lines = [
        "1",
        "xyz",
        "1",
        "<",
        "<",
        "1",
        "1",
        "?",
        "y",
        "w",
        "n",
        "99",
        "1",
        "1",
        "/gár",
        "1 12",
        "1 3",
        "?",
        "z",
    ]
    lines += ["v", "p", "1", "w", "/", "xyz", "múm", "<", "+", "z", "<", "n", "<"]
    lines += ["u", "2", "2", "1", "1", "!", "<", "u", "1", "2", "q"]
    said = io.StringIO()
    walked(PlainUi(said, lined(lines), can_clear=False), abroad)
    shown = said.getvalue()
    for words in (
        *("You did right to look", "What else is here", "Could someone find this"),
        *("GET HELP NOW", "It's fine to stop here", "lost property"),
    ):
        assert pseudo(words) in shown, words
    assert left(shown) == set()


def test_a_drawn_walk_says_no_english_and_cuts_no_word(
    abroad: tuple[Reading, Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "size", lambda stream: stream.size)
    keys = [*"11?", " ", *"n<w<", *"112", keyboard.ENTER, *"2", keyboard.ENTER]
    keys += [*"v", " ", "<", *"p", "<", *"/", *"mum", keyboard.ENTER, keyboard.ESCAPE, *"?", " "]
    keys += [*"<<", "r", " ", *"!<", *"c1", *"i<", *"q"]
    window = Window()
    typist = Typist(window, keys)
    walked(ScreenUi(Screen(window), typist), abroad)  # type: ignore[arg-type]
    assert len(typist.shots) > 30
    for shot in typist.shots:
        assert left(shot) - {"mum", "mu", "qq"} == set(), shot
        for row in shot.splitlines():
            assert row.count("«") == row.count("»"), shot


def words_of(file: Path) -> set[str]:
    """The words of a file that nobody has translated."""
    if file.suffix == ".pdf":
        text = subprocess.run(
            ["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True, text=True
        ).stdout
    else:
        text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        assert f'lang="{TAG}"' in text
        bare = re.sub(r"(?s)<style.*?</style>|<script.*?</script>|<meta[^>]*>", "", text)
        text = unescape(re.sub(r"<[^>]+>", " ", bare))
    return left(text)


KNOWN = ["--given", "what=phone", "--given", "seen=bag", "--given", "safe=yes"]


@pytest.mark.parametrize(
    "command",
    [
        *(f"sheet lost -o it.{e} --teller young-person" for e in ("html", "txt", "md", "pdf")),
        *(f"sheet lost -o it.{kind} --teller staff" for kind in ("html", "pdf")),
        "sheet lost -o it.txt --teller parent --discreet",
        "sheet lost -o it.html --teller parent --discreet --large-print",
        *(f"sheet --record -o it.{kind}" for kind in ("html", "txt", "md", "pdf")),
        "sheet lost --all --yes --vary teller -o it",
        "sheet lost --leaflets -o it",
    ],
)
def test_paper_says_no_english(
    command: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    which = ["--trees", str(folder), "--only", "--language", TAG]
    known = KNOWN if "teller" in command else []
    assert main([*command.split(), *which, *known]) == Exit.DONE
    made = [path for path in Path.cwd().rglob("*") if path.is_file()]
    assert made
    assert set().union(*map(words_of, made)) == set()


def test_a_book_says_no_english_beside_its_marks(folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    which = ["--trees", str(folder), "--only", "--language", TAG]
    assert main(["approve", *which, "--book", str(book)]) == Exit.DONE
    begins_a_sentence = {word for word in words_of(book) if word[0].isupper()}
    assert begins_a_sentence - {"NI", "S'land"} == set()


@pytest.mark.slow
def test_a_rehearsal_says_no_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = laid_over(whole_library(), tmp_path)
    case = "something-about-my-uncle-perhaps"
    command = ["rehearse", "--case", case, "--trees", str(folder), "--language", TAG]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n" + "1\n" * 8))
    main([*command, "--plain"])
    shown = capsys.readouterr().out
    assert pseudo("went well") in shown
    assert main([*command, "--script", "-", "--format", "txt"]) == Exit.DONE
    shown = " ".join((shown + capsys.readouterr().out).split())
    for name in (
        f"fingerpost rehearse --room --case {case} --review debrief",
        *(case, "National Youth Agency", "Allegations", "SHOUT"),
        "When a child tells you something, on confidentiality and records, NSPCC Learning",
        "Recognise, respond and report, NCVO",
        "Sharing nudes and semi-nudes: advice for education settings working with children and",
        "young people, UK Council for Internet Safety (GOV.UK)",
    ):
        shown = shown.replace(name, "")
    assert left(shown) == set()


# Where a translation is missing


FRENCH = """\
messages:
  page.what-to-do: Que faire
  page.ring: Appelez-les
  language.fallback: "[en anglais] {text}"
sentences:
  Ask whoever was with you.: Demande à ceux qui étaient là.
  "Ring {route:lost-desk}, and ask for the {{lost property}} book.": Demande le livre.
  Look everywhere.: Cherche partout.
"""


@pytest.fixture
def begun(tmp_path: Path) -> Iterable[str]:
    """The options of a library of which the French has just been begun."""
    copy = Path(shutil.copytree(LIBRARY, tmp_path / "library"))
    (copy / "languages").mkdir()
    (copy / "languages" / "fr.yaml").write_text(FRENCH, encoding="utf-8")
    return ("--trees", str(copy), "--only")


def test_what_is_missing_or_does_not_fit_is_read_in_english_and_marked(
    begun: Iterable[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = ["sheet", "lost", *begun, "--language", "fr", "--teller", "parent", *KNOWN, "-o", "-"]
    assert main([*sheet, "--format", "txt"]) == Exit.DONE
    said = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "Que faire" in said
    assert "Demande à ceux qui étaient là." in said
    assert "[en anglais] Ring [en anglais] Lost Property Desk, and ask for the lost" in said
    assert "[en anglais] Phone 020 7946 0002 - " in said
    assert "[en anglais] Monday to Friday, [en anglais] 9am" in said
    assert "[en anglais] Write down what it looks like." in said
    assert "Appelez-les" not in said
    assert main([*sheet, "--format", "html"]) == Exit.DONE
    page = capsys.readouterr().out
    assert '<html lang="fr"' in page
    assert '[en anglais] <span lang="en-GB">Write down what it looks like.</span>' in page
    assert "[en anglais] Look again, and ask</title>" in page


def test_what_a_language_lacks_what_does_not_fit_and_one_that_is_not_there_are_told(
    begun: Iterable[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *begun, "--notices"]) == Exit.PROBLEMS
    said = re.sub(r"\S*/library/", "", capsys.readouterr().out)
    assert "languages/fr.yaml:3:3: error FP121 this does not fit the message “page.ring”" in said
    assert "languages/fr.yaml:7:70: error FP121 this does not fit “Ring {route:lost-desk}" in said
    assert "languages/fr.yaml:8:21: notice FP422 nothing says “Look everywhere.”" in said
    assert "lost.yaml:2:8: notice FP421 “I have lost something” and 44 more here have no" in said
    assert main(["walk", *begun, "--language", "frr"]) == Exit.USAGE
    assert "There is no language “frr”. Did you mean “fr”?" in capsys.readouterr().err
    assert say("language.tag") == "en-GB"
