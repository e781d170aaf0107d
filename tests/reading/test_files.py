"""From what an author typed to what it means: the right model, or the right message.

``mistakes/sound`` is a small library with one of everything. ``mistakes/one-at-a-time.txt`` lists
slips in it, each with the one message that it must give.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import fingerpost
from fingerpost.checks.structure import circles
from fingerpost.model.case import Expected
from fingerpost.model.diagnostics import Diagnostic, Severity
from fingerpost.model.library import Library
from fingerpost.model.route import Contract, Form, Phone, Route, RouteSource, TextLine
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import (
    Advice,
    Always,
    Checked,
    Expectation,
    Kind,
    Outcome,
    Question,
    Tree,
    When,
)
from fingerpost.reading import loader, yaml_reader
from fingerpost.reading.decode import MOST_MISTAKES
from fingerpost.reading.files import values
from fingerpost.reading.files.file import File
from fingerpost.reading.files.names import Names
from fingerpost.reading.loader import Reading, load

from ..support.checking import found_by

MISTAKES = Path(__file__).parents[1] / "fixtures" / "mistakes"
SOUND = MISTAKES / "sound"

Write = Callable[[str, str], None]


@pytest.fixture(scope="module")
def sound() -> Reading:
    return load([SOUND], whole=True)


def tree_of(reading: Reading, name: str = "first") -> Tree:
    return reading.library.trees[name]


def question_of(reading: Reading, name: str) -> Question:
    return tree_of(reading).questions[name]


def codes(reading: Reading) -> list[str]:
    return [mistake.code for mistake in reading.mistakes]


# One mistake gives one message


@dataclass(frozen=True)
class Slip:
    """A change to a file of the sound library, and the only message that there must be.

    ``place`` is where the message points: line and column, and if ``to`` is not None the same for
    the end.
    """

    code: str
    file: str
    old: str
    new: str
    place: tuple[int, int] | None
    to: tuple[int, int] | None
    message: str
    hint: str


def slips(text: str) -> Iterator[Slip]:
    """The slips of ``one-at-a-time.txt``, which says at its top how it is written."""
    for block in re.split(r"\n\n+", text.strip()):
        if block.startswith("#"):
            continue
        head, *lines = block.split("\n")
        code, file = head.split(" ")

        def of(sign: str, lines: list[str] = lines) -> str:
            return "\n".join(line[1:] for line in lines if line.startswith(sign))

        place = re.fullmatch(r"(\d+):(\d+)-(\d+):(\d+)|", of("@"))
        assert place, block
        at = (int(place[1]), int(place[2])) if place[1] else None
        to = (int(place[3]), int(place[4])) if place[3] else None
        yield Slip(code, file, of("-"), of("+"), at, to, of("!"), of("?"))


SLIPS = tuple(slips((MISTAKES / "one-at-a-time.txt").read_text(encoding="utf-8")))


def marked(text: str, mark: str) -> tuple[int, int] | None:
    """Line and column, from 1, of a mark in a text that has no other marks before it."""
    if mark not in text:
        return None
    before = text[: text.index(mark)].replace("⟦", "")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code} {slip.message}")
def test_one_slip_gives_one_message(slip: Slip, folder: Path) -> None:
    file = folder / slip.file
    before = file.read_text(encoding="utf-8")
    assert before.count(slip.old) == 1
    after = before.replace(slip.old, slip.new)
    file.write_text(after.replace("⟦", "").replace("⟧", ""), encoding="utf-8")

    reading = load([folder], whole=True)
    [found] = reading.mistakes

    assert (
        found_by(circles, reading.library) == ()
    )  # a way that cannot be read leads nowhere, not back
    assert (found.code, found.message, found.hint) == (slip.code, slip.message, slip.hint)
    assert Path(found.span.file) == file
    assert found.severity is Severity.ERROR
    place, to = slip.place or marked(after, "⟦"), slip.to or marked(after, "⟧")
    assert (found.span.line, found.span.column) == place
    assert to is None or (found.span.end_line, found.span.end_column) == to


def test_every_slip_is_explained() -> None:
    """A message is a sentence without its full stop, and there is always something to do."""
    for slip in SLIPS:
        assert slip.hint, slip
        assert not slip.message.endswith("."), slip
        assert not slip.hint.endswith("."), slip


OTHER_TESTS = {
    "FP013": "reading/test_local.py",
    "FP206": "reading/test_cross_references.py",
    "FP211": "reading/test_loader.py",
    "FP212": "reading/test_local.py",
    "FP217": "reading/test_loader.py",
    "FP218": "reading/test_loader.py",
    "FP220": "reading/test_loader.py",
    "FP301": "checks/test_circles.py",
}
"""Codes that no slip in one file of the sound library can give."""


def test_every_code_is_tried() -> None:
    package, tests = Path(fingerpost.__file__).parent, Path(__file__).parents[1]
    reading = package / "reading"
    files = [*reading.glob("files/*.py"), *reading.glob("*.py")]
    said = {code for f in files for code in re.findall(r"FP[12]\d\d|FP013", f.read_text("utf-8"))}
    assert said | {"FP301"} == {slip.code for slip in SLIPS} | set(OTHER_TESTS)
    for code, file in OTHER_TESTS.items():
        assert code in (tests / file).read_text(encoding="utf-8")


def test_the_sound_library_has_no_mistake(sound: Reading) -> None:
    assert sound.mistakes == ()


def test_all_mistakes_of_all_files_come_in_one_run_and_in_order(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("second.yaml", "title: The second", "titel: The second")
    change("second.yaml", "urgency: info", "urgency: never")
    change("first.yaml", "start: safe", "start: saef")
    change("first.yaml", "source: paper", "source: papper")
    change("routes/uk.yaml", "serves: emergency", "serves: emergencey")
    change("rules.yaml", "first: police", "first: polise")
    change("cases/first.yaml", "verdict: partly", "verdict: maybe")
    found = load([folder], whole=True).mistakes
    assert [(Path(m.span.file).relative_to(folder).as_posix(), m.code) for m in found] == [
        ("cases/first.yaml", "FP105"),
        ("first.yaml", "FP201"),
        ("first.yaml", "FP209"),
        ("routes/uk.yaml", "FP205"),
        ("rules.yaml", "FP207"),
        ("second.yaml", "FP103"),
        ("second.yaml", "FP105"),
    ]


NOT_YAML = "title: 'never closed\n"
NO_KEYS = "- one\n- two\n"
NOTHING = "# nothing yet\n"
ALL_FILES = sorted(path.relative_to(SOUND).as_posix() for path in SOUND.rglob("*.yaml"))


@pytest.mark.parametrize("text", [NOT_YAML, NO_KEYS, NOTHING], ids=["syntax", "a list", "nothing"])
@pytest.mark.parametrize("file", ALL_FILES)
def test_a_file_that_cannot_be_read_is_the_only_mistake(folder: Path, file: str, text: str) -> None:
    """Whatever other files take from it cannot be known, and is no mistake of theirs."""
    (folder / file).write_text(text, encoding="utf-8")
    [found] = load([folder], whole=True).mistakes
    assert Path(found.span.file) == folder / file
    assert found.code in ("FP001", "FP010")


@pytest.mark.parametrize("file", [file for file in ALL_FILES if file not in ("first.yaml",)])
def test_a_file_whose_names_are_no_names_is_the_only_mistake(folder: Path, file: str) -> None:
    """The same where the file is YAML, and what should have names below it is a text."""
    path = folder / file
    key = {"second.yaml": "outcomes"}.get(file, Path(file).stem)
    key = {
        "routes/uk.yaml": "routes",
        "routes/wales.yaml": "routes",
        "cases/first.yaml": "cases",
    }.get(file, key)
    kept, _, _ = path.read_text(encoding="utf-8").partition(f"{key}:\n")
    path.write_text(f"{kept}{key}: later\n", encoding="utf-8")
    [found] = load([folder], whole=True).mistakes
    assert (Path(found.span.file), found.code) == (path, "FP101")


def test_nothing_is_said_of_a_tree_that_a_case_or_a_door_cannot_see_into(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    """The case ends in the second tree, and asks what only the first one asks."""
    (folder / "second.yaml").write_text(NOT_YAML, encoding="utf-8")
    change("cases/first.yaml", "what: no,", "what: no, which: one,")
    assert codes(load([folder], whole=True)) == ["FP001"]


def test_a_name_that_is_spelt_right_everywhere_else_is_one_mistake(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("first.yaml", "  what:\n", "  What:\n")
    change("first.yaml", "    fact: friend-age\n", "    fact: friend_age\n")
    change(
        "shared/questions.yaml",
        "      no: {say: No}\n      not-sure",
        "      No: {say: No}\n      not-sure",
    )
    assert codes(load([folder], whole=True)) == ["FP106", "FP106", "FP106"]


def test_a_mistake_that_stands_in_two_places_is_mended_in_two(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("second.yaml", "one: {say: One, goto: end}", "one: {say: One, goto: ent}")
    change("second.yaml", "two: {say: Two, goto: end}", "two: {say: Two, goto: ent}")
    change("first.yaml", "goto: second/}", "goto: second/mid}")
    change("first.yaml", "goto: second/middle", "goto: second/mid")
    assert codes(load([folder])) == ["FP201"] * 4


def test_a_question_that_cannot_be_read_does_not_hide_where_it_leads(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change(
        "first.yaml", "    use: safe\n    goto: {yes: age", "    use: saef\n    goto: {yeah: aeg"
    )
    assert codes(load([folder])) == ["FP202", "FP201"]


def test_a_mark_in_a_long_text_is_pointed_at_in_its_own_line(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    """In a folded text, in one that is quoted over two lines, the second time, or broken up."""
    change(
        "second.yaml", "title: The second", "title: >-\n  Ring {route:line},\n  not {route:lien}."
    )
    change("second.yaml", "about: Where the first leads.", 'about: "Ring\n  {route:lien}."')
    change("second.yaml", "    ask: Which?", "    ask: A { brace {{grooming}} and {grooming}")
    change("second.yaml", "    open: That is all.", '    open: "Ring {route:l\\x69en}."')
    found = load([folder]).mistakes
    assert [(m.code, m.span.line, m.span.column, m.span.end_column) for m in found] == [
        ("FP207", 4, 7, 19),
        ("FP207", 6, 3, 15),
        ("FP109", 11, 12, 13),
        ("FP203", 11, 37, 47),
        ("FP207", 19, 11, 34),
    ]


def test_a_mark_is_pointed_at_in_its_own_text_of_a_line(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    both = 'about: {staff: "{route:lien}", otherwise: "{route:lien}"}'
    change("second.yaml", "about: Where the first leads.", both)
    found = load([folder]).mistakes
    assert [(m.code, m.span.column, m.span.end_column) for m in found] == [
        ("FP207", 17, 29),
        ("FP207", 44, 56),
    ]


def test_so_many_mistakes_that_nobody_reads_them_end_somewhere(folder: Path) -> None:
    """Also where each would have to be compared with very many names, that is quick."""
    lines = (f"  q{n}: {{use: age, goto: nowhere-{n}}}\n" for n in range(2 * MOST_MISTAKES))
    steps = (f"  e{n}: {{use: danger}}\n" for n in range(2 * MOST_MISTAKES))
    text = "fingerpost: 1\ntitle: T\nabout: A\nreview-by: 2027-01-01\nstart: q1\nquestions:\n"
    (folder / "many.yaml").write_text(f"{text}{''.join(lines)}outcomes:\n{''.join(steps)}", "utf-8")
    found = [m for m in load([folder]).mistakes if m.span.file.endswith("many.yaml")]
    last, end = found[-1], found[-2]
    assert [m.code for m in found] == ["FP201"] * (MOST_MISTAKES - 1) + ["FP009", "FP201"]
    assert end.message == "1,000 mistakes up to here; the others are not listed"
    assert end.span == last.span


def test_a_very_long_name_is_not_compared_with_any(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    """It is no slip of the finger, and to compare it would take long."""
    change("second.yaml", "start: middle", f"start: middle{'e' * 100}")
    [found] = load([folder]).mistakes
    assert found.hint == "known here: middle, end"


def test_a_question_with_many_answers_may_be_settled_with_many(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("first.yaml", "sets: {safe: yes}", "sets: {place: [here, there], apps: [chat, game]}")
    assert load([folder]).mistakes == ()


# What is said, and to whom


def test_a_sentence_is_for_all_or_for_each_reader(sound: Reading) -> None:
    tree = tree_of(sound)
    assert tree.title.read_by("parent") == "Something has happened"
    assert tree.about.by_teller == (("young-person", "Something has happened to you."),)
    assert tree.about.read_by("young-person") == "Something has happened to you."
    assert tree.about.read_by("staff") == "Something has happened to them."


def test_what_people_type_is_text_without_marks(
    sound: Reading, folder: Path, change: Callable[[str, str, str], None]
) -> None:
    assert [line.texts for line in tree_of(sound).said] == [("it happened to me",)]
    change("first.yaml", "said: [it happened to me]", """said: ["{route:gone} {", NO, 18]""")
    changed = tree_of(load([folder], whole=True))
    assert [line.read_by(None) for line in changed.said] == ["{route:gone} {", "NO", "18"]


def test_a_tree_may_say_nothing_of_what_people_type(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("first.yaml", "said: [it happened to me]\n", "")
    reading = load([folder], whole=True)
    assert reading.mistakes == ()
    assert tree_of(reading).said == ()


def test_text_is_as_typed(sound: Reading) -> None:
    """Nothing is a truth value, a number, a time or a day."""
    tree, line = tree_of(sound), sound.library.routes["line"]
    what = question_of(sound, "what")
    assert what.values == ("paid", "no", "10-00")
    assert [answer.say.read_by(None) for answer in what.answers] == ["It cost money", "No", "10:00"]
    assert question_of(sound, "safe").values == ("yes", "no", "not-sure")
    assert line.phone == (Phone("0800 1111", span=line.span),)
    assert line.text == (TextLine("85258", "SHOUT", span=line.span),)
    assert sound.library.routes["police"].hours == {"phone": "24/7"}
    assert tree.sources["paper"].published == "2026-03"
    case = sound.library.cases["a-case"]
    assert case.answers["safe"] == {"yes"}
    assert case.answers["what"] == {"no"}


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "NO", "on", "~", "null", "1e3", "0161", "1_000", "017", "2001-13-45", "22:22"],
)
def test_no_text_is_taken_for_anything_else(
    folder: Path, change: Callable[[str, str, str], None], text: str
) -> None:
    change("second.yaml", "title: The second", f"title: {text}")
    change("routes/uk.yaml", "phone: 0800 1111", f"phone: {text}")
    reading = load([folder])
    assert tree_of(reading, "second").title.otherwise == text
    assert reading.library.routes["line"].phone[0].number == text


# A tree


def test_the_top_of_a_tree(sound: Reading) -> None:
    tree = tree_of(sound)
    assert (tree.name, tree.start, tree.given) == ("first", "safe", {"teller": {"staff"}})
    assert tree.review_by == date(2027, 5, 24)
    assert tree.reviewed == Checked(date(2026, 11, 24), "the safeguarding lead")
    assert tree.sources["paper"].publisher == "A publisher"
    assert tree.sources["paper"].url == "https://www.example.org/paper"
    assert tree_of(sound, "second").reviewed is None


def test_shared_words_come_with_the_routing_of_the_tree(sound: Reading) -> None:
    safe = question_of(sound, "safe")
    assert safe.shared
    assert safe.always_ask
    assert safe.ask.otherwise == "Is everyone safe?"
    assert safe.why is not None
    goto = {answer.value: answer.goto and answer.goto.step for answer in safe.answers}
    assert goto == {"yes": "age", "no": "danger", "not-sure": "danger"}
    assert (safe.name, safe.fact) == ("safe", "safe")


def test_shared_words_for_another_fact_with_an_answer_left_out(sound: Reading) -> None:
    friend = question_of(sound, "friend-age")
    assert friend.fact == "friend-age"
    assert friend.values == ("under-18", "18")
    assert friend.note is not None
    assert friend.note.otherwise == "Only if they say so."
    assert sound.library.questions["age"].values == ("under-18", "18", "19-or-over")
    assert sound.library.questions["age"].note is None


def test_a_why_beside_shared_words_takes_their_place(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("first.yaml", "    use: safe\n", "    use: safe\n    why: For this tree.\n")
    safe = question_of(load([folder]), "safe")
    assert safe.why is not None
    assert safe.note is not None
    assert (safe.why.otherwise, safe.note.otherwise) == ("For this tree.", "Ask it every time.")


def test_answers_lead_on_one_by_one_or_together(sound: Reading) -> None:
    what, where = question_of(sound, "what"), question_of(sound, "where")
    assert [(a.goto.tree, a.goto.step) for a in what.answers if a.goto] == [
        ("first", "where"),
        ("second", ""),
        ("second", "middle"),
    ]
    assert {a.goto.step for a in where.answers if a.goto} == {"friend-age"}
    assert len(where.answers) == 3


def test_a_question_may_be_only_for_some(sound: Reading) -> None:
    money = question_of(sound, "money")
    assert money.when == When((("what", frozenset({"paid"})),))
    assert money.otherwise is not None
    assert (money.otherwise.tree, money.otherwise.step) == ("first", "app")
    assert question_of(sound, "what").when == When()
    assert question_of(sound, "what").otherwise is None


def test_whoever_is_not_asked_goes_where_all_answers_go_if_nothing_is_said(
    change: Callable[[str, str, str], None], folder: Path
) -> None:
    change("first.yaml", "    otherwise: app\n", "")
    money = question_of(load([folder]), "money")
    assert money.otherwise is not None
    assert money.otherwise.step == "app"


def test_a_fork_asks_nothing(sound: Reading) -> None:
    grown, tree = question_of(sound, "grown"), tree_of(sound)
    assert grown.fork
    assert (grown.fact, set(grown.values)) == ("age", {"18", "19-or-over"})
    assert {answer.goto.step for answer in grown.answers if answer.goto} == {"money"}
    assert grown.otherwise is not None
    assert grown.otherwise.step == "app"
    assert "grown" not in {question.name for question in tree.asked}
    assert "money" in {question.name for question in tree.asked}


def test_a_way_past_a_question_that_leads_back_is_a_circle(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("first.yaml", "    otherwise: app\n", "    otherwise: money\n")
    reading = load([folder])
    assert reading.mistakes == ()
    [found] = found_by(circles, reading.library)
    line = (folder / "first.yaml").read_text("utf-8").splitlines()[found.span.line - 1]
    assert (found.code, line.strip()) == ("FP301", "otherwise: money")


def test_what_a_shared_question_says_of_its_answers(sound: Reading) -> None:
    safe, app = question_of(sound, "safe"), question_of(sound, "app")
    assert safe.in_danger == {"no", "not-sure"}
    assert safe.as_urgent_as == (("not-sure", frozenset({"no"})),)
    assert not safe.at_ending
    assert app.at_ending


def test_hazards_name_the_rules_that_control_them(sound: Reading, folder: Path) -> None:
    [hazard] = sound.library.hazards
    assert hazard.name == "left-in-danger"
    assert hazard.harm.otherwise == "Somebody in danger reads about something else first."
    assert hazard.controls == ("danger-first", "ending-is-soon")
    assert hazard.checks == ("FP303",)
    assert hazard.tests == ("tests/exam/test_exam.py",)
    assert hazard.remains.otherwise == "They do not ring."
    assert hazard.judge.otherwise == "A safeguarding lead."
    assert [each.otherwise for each in sound.library.tried] == ["Four people read it aloud."]
    assert load([folder]).library.hazards == ()


def test_of_a_tree_alone_no_hazard_is_judged(sound: Reading, folder: Path) -> None:
    """A rule that controls it may be in a tree that was not read."""
    found = load([folder], ["second"], whole=True)
    assert found.mistakes == ()
    assert found.library.hazards == sound.library.hazards


def test_many_answers_and_one_that_stands_alone(sound: Reading) -> None:
    where = question_of(sound, "where")
    assert where.many
    assert where.fact == "place"
    assert [answer.alone for answer in where.answers] == [False, False, True]
    assert not question_of(sound, "what").many


def test_an_ending_of_its_own(sound: Reading) -> None:
    ending = tree_of(sound).outcomes["ending"]
    assert ending.urgency is Urgency.TODAY
    assert [line.kind for line in ending.advice] == [
        Kind.DO,
        Kind.DO,
        Kind.DONT,
        Kind.KNOW,
        Kind.NEAR,
        Kind.FAR,
        Kind.WORKER,
    ]
    told, written, _, know, *_ = ending.advice
    assert told.name == "tell-someone"
    assert told.whens == (
        When((("safe", frozenset({"yes", "not-sure"})),)),
        When((("place", frozenset({"here", "there"})),)),
    )
    assert told.unless == (When((("age", frozenset({"19-or-over"})),)),)
    assert told.source is not None
    assert told.source.name == "book"
    assert written.source is not None
    assert written.source.title == "A paper"
    assert know.whens[0].facts == ("friend-age", "what")
    talk, emergency = ending.needs
    assert (talk.need, talk.because, talk.when) == ("talk", None, When())
    assert emergency.because is not None
    assert emergency.when == When((("safe", frozenset({"not-sure"})),))
    assert ending.worse is not None
    assert ending.carry_on is None


def test_a_shared_ending_with_the_way_on_of_the_tree(sound: Reading) -> None:
    danger = tree_of(sound).outcomes["danger"]
    assert danger.title.otherwise == "Get safe"
    assert danger.carry_on is not None
    assert danger.carry_on.goto.step == "age"
    assert danger.carry_on.sets == {"safe": {"yes"}}
    assert danger.span.file.endswith("first.yaml")


def test_a_door_into_the_own_tree_is_no_door(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("second.yaml", "one: {say: One, goto: end}", "one: {say: One, goto: second/end}")
    answer = tree_of(load([folder]), "second").questions["middle"].answers[0]
    assert answer.goto is not None
    assert (answer.goto.tree, answer.goto.step) == ("second", "end")


def test_a_tree_may_have_rules_of_its_own(sound: Reading) -> None:
    [rule] = tree_of(sound).rules
    assert rule.name == "ending-is-soon"
    assert rule.must == Expectation(outcome=("ending", "danger"), urgency=Urgency.TODAY)
    assert rule.never == Expectation()


def test_a_tree_may_ask_nothing(folder: Path) -> None:
    """A single page, such as one to print, is a tree too."""
    second = (folder / "second.yaml").read_text(encoding="utf-8")
    before, _, rest = second.partition("questions:\n")
    _, _, endings = rest.partition("outcomes:\n")
    head = before.replace("start: middle", "start: end")
    page = f"{head}questions: {{}}\noutcomes:\n{endings}"
    (folder / "page.yaml").write_text(page, encoding="utf-8")
    reading = load([folder])
    assert reading.mistakes == ()
    assert isinstance(tree_of(reading, "page").step(""), Outcome)


# What trees share


def test_shared_things(sound: Reading) -> None:
    shared = sound.library
    assert shared.questions["apps"].many
    assert not shared.questions["age"].always_ask
    assert shared.advice["tell-someone"].say.read_by("staff") == "Tell your lead."
    assert shared.needs["talk"].live
    assert not shared.needs["emergency"].live
    assert set(shared.words) == {"grooming", "two words"}
    [always] = shared.always
    assert always.unless == (When((("teller", frozenset({"parent"})),)),)
    assert always.urgency is Urgency.NOW
    assert [need.need for need in always.needs] == ["emergency"]
    assert always.advice[0].source is not None
    opening, for_all = shared.opening
    assert opening.say.otherwise == "What you say stays here, mostly."
    assert opening.whens == (When((("nation", frozenset({"wales"})),)),)
    assert opening.unless == (When((("teller", frozenset({"parent"})),)),)
    assert (for_all.whens, for_all.unless) == ((), ())


@pytest.mark.parametrize(
    ("file", "one", "of"),
    [
        ("shared/advice.yaml", "unless: {age: 19-or-over}", lambda b: b.advice["tell-someone"]),
        ("shared/always.yaml", "unless: {teller: parent}", lambda b: b.always[0]),
        ("shared/opening.yaml", "unless: {teller: parent}", lambda b: b.opening[0]),
        ("routes/uk.yaml", "unless: {apps: game}", lambda b: b.routes["line"]),
    ],
)
def test_whom_something_is_not_for_may_be_said_by_several_conditions(
    folder: Path,
    change: Callable[[str, str, str], None],
    file: str,
    one: str,
    of: Callable[[Library], Advice | Always | Route],
) -> None:
    change(file, one, "unless: [{nation: wales, age: 18}, {teller: staff}]")
    reading = load([folder])
    assert reading.mistakes == ()
    assert of(reading.library).unless == (
        When((("nation", frozenset({"wales"})), ("age", frozenset({"18"})))),
        When((("teller", frozenset({"staff"})),)),
    )
    for spoilt, code in [("[]", "FP104"), ("[{}]", "FP104"), ("[staff]", "FP101")]:
        change(file, "unless: [{nation: wales, age: 18}, {teller: staff}]", f"unless: {spoilt}")
        assert [each.code for each in load([folder]).mistakes] == [code]
        change(file, f"unless: {spoilt}", "unless: [{nation: wales, age: 18}, {teller: staff}]")


def test_a_meaning_may_show_a_fact_and_name_a_hard_word(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change(
        "shared/words.yaml",
        "  two words: Two words are",
        "  two words: Not {{Grooming}} at {age} is",
    )
    change("shared/questions.yaml", "    ask: Which apps?", "    ask: You are {age}. Which apps?")
    assert load([folder]).mistakes == ()


# Routes, rules and cases


def test_a_route_with_everything(sound: Reading) -> None:
    line = sound.library.routes["line"]
    assert line.title.otherwise == "A line"
    assert line.serves == ("talk",)
    assert line.contract == Contract(
        ages=frozenset({"under-18", "18"}),
        nations=frozenset({"wales"}),
        tellers=frozenset({"young-person", "staff"}),
    )
    assert line.whens == (When((("age", frozenset({"under-18", "18"})),)),)
    assert line.unless == (When((("apps", frozenset({"game"})),)),)
    assert (line.chat, line.email) == ("https://www.example.org/chat", "help@example.org")
    assert (line.web, line.bsl) == ("https://www.example.org", "https://www.example.org/bsl")
    assert line.hours == {"phone": "Mo-Fr 10:00-12:00", "chat": "24/7"}
    for sentence in (line.who, line.languages, line.cost, line.expect, line.private, line.limits):
        assert sentence is not None
    assert [step.otherwise for step in line.steps] == ["Ring.", "Talk."]
    [form] = line.forms
    assert form == Form("lost", form.say, "https://www.example.org/lost", span=form.span)
    assert line.source == RouteSource("https://www.example.org", "2026-11")
    assert line.checked == Checked(date(2026, 11, 24), "A person")
    assert (line.confidence, line.unsure) == (
        "medium",
        {"hours.phone", "hours.chat", "cost", "forms.lost"},
    )
    assert (line.fixed, line.first, line.local) == (False, False, False)


def test_a_route_of_a_nation(sound: Reading) -> None:
    """The condition of the file holds for each of its routes; ``all`` is every known value, and
    ``uk`` every known nation of the UK."""
    welsh, police = sound.library.routes["line-in-wales"], sound.library.routes["police"]
    assert welsh.whens == (When((("nation", frozenset({"wales"})),)),)
    assert welsh.instead == "line"
    assert welsh.serves == ("talk",)
    first, second = welsh.phone
    assert first.number == "0161 792 6666"
    assert first.say is not None
    assert second.say is None
    assert welsh.source == RouteSource("", "undated")
    assert welsh.contract is None
    assert police.contract is not None
    assert police.contract.nations == {"wales", "not-sure"}
    assert police.contract.tellers == {"young-person", "parent", "staff"}
    assert police.fixed
    assert police.first


def test_a_nation_that_is_added_is_not_claimed_by_silence() -> None:
    contract = "{ages: all, nations: uk, tellers: all}"
    text = f"routes: {{line: {{name: A, serves: talk, contract: {contract}}}}}".encode()
    node, _ = yaml_reader.read(text, "uk.yaml")
    assert node is not None
    known = ("england", "wales", "scotland", "northern-ireland", "isle-of-man", "not-sure")
    file = File("uk.yaml", Names(facts={"nation": known}))
    served = values.bind(file, node, "routes")["line"].contract
    assert served.nations == set(known) - {"isle-of-man"}


def test_a_file_condition_and_a_condition_of_the_route_both_count(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("routes/wales.yaml", "    serves: talk\n", "    serves: talk\n    when: {age: 18}\n")
    welsh = load([folder]).library.routes["line-in-wales"]
    assert [when.facts for when in welsh.whens] == [("nation",), ("age",)]


def test_places_of_fields_are_known_for_the_checks(sound: Reading) -> None:
    spans = sound.library.routes["line"].spans
    lines = (SOUND / "routes" / "uk.yaml").read_text(encoding="utf-8").split("\n")

    def pointed_at(field: str) -> str:
        span = spans[field]
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]

    assert pointed_at("phone") == "0800 1111"
    assert pointed_at("hours.chat") == '"24/7"'
    assert pointed_at("unsure.forms.lost") == "forms.lost"
    assert pointed_at("serves.talk") == "talk"


def test_rules_of_the_library(sound: Reading) -> None:
    [rule] = sound.library.rules
    assert rule.when == When((("safe", frozenset({"no", "not-sure"})),))
    assert rule.because is not None
    assert rule.must == Expectation(
        first=("police",),
        route=("police",),
        need=("emergency",),
        advice=("tell-someone",),
        urgency=Urgency.NOW,
    )
    assert rule.never == Expectation(outcome=("end",))


def test_a_case(sound: Reading) -> None:
    case = sound.library.cases["a-case"]
    assert case.tree == "first"
    assert case.answers["place"] == {"here", "there"}
    assert case.expect == Expected("end", Urgency.INFO, ("police",), ("line",))
    [judgement] = case.judgements
    assert judgement.after == "safe"
    assert [(c.name, c.verdict, c.source and c.source.name) for c in judgement.choices] == [
        ("look", "wrong", "paper"),
        ("wait", "partly", "talk"),
    ]
    [inject] = case.injects
    assert (inject.after, inject.answers) == ("safe", {"safe": {"no"}})


def test_a_hint_that_names_all_that_is_known_is_the_same_at_every_start(folder: Path) -> None:
    """Words are kept as a set, in which they stand otherwise each time."""
    known = ["bait", "catfish", "deepfake", "flash", "nude", "sextortion", "troll", "vape"]
    words = "".join(f"  {word}: A word.\n" for word in reversed(known))
    (folder / "shared" / "words.yaml").write_text(f"words:\n{words}", encoding="utf-8")
    hints = {m.hint for m in load([folder]).mistakes if m.code == "FP208"}
    assert hints == {f"known here: {', '.join(known)}"}


# A library with no file but its trees, and what a walk leaves unread


def test_rules_and_cases_are_read_only_when_asked_for(folder: Path) -> None:
    (folder / "rules.yaml").write_text(NOT_YAML, encoding="utf-8")
    reading = load([folder])
    assert reading.mistakes == ()
    assert reading.library.rules == ()
    assert reading.library.cases == {}


def test_a_library_of_trees_alone_names_what_is_missing(folder: Path) -> None:
    """Each name that nothing gives is a mistake, and the hint says where it would be given."""
    shutil.rmtree(folder / "shared")
    shutil.rmtree(folder / "routes")
    (folder / "approvals.yaml").unlink()  # where a tree is approved, all are read
    found: list[Diagnostic] = [*load([folder], ["second"]).mistakes]
    assert [(m.code, m.message, m.hint) for m in found] == [
        ("FP205", "there is no need “talk”", "write it in shared/needs.yaml")
    ]


@pytest.mark.slow
def test_the_pure_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch, sound: Reading) -> None:
    import yaml

    shipped = load([loader.shipped()], whole=True)
    monkeypatch.delattr(yaml, "CSafeLoader")
    for fast, folder in ((sound, SOUND), (shipped, loader.shipped())):
        pure = load([folder], whole=True)
        assert pure == fast
        assert spans_of(pure) == spans_of(fast)


def spans_of(reading: Reading) -> list[object]:
    """Places, which are no part of what is equal."""
    trees = reading.library.trees.values()
    steps = [step for t in trees for step in (*t.questions.values(), *t.outcomes.values())]
    answers = [a for t in trees for q in t.questions.values() for a in q.answers]
    routes = reading.library.routes.values()
    return [each.span for each in (*steps, *answers, *routes)] + [r.spans for r in routes]
