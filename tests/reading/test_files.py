"""From what an author typed to what it means: the right model, or the right message.

``mistakes/sound`` is a small library with one of everything. ``mistakes/one-at-a-time.txt`` lists
slips in it, each with the one message that it must give.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pytest

import fingerpost
from fingerpost.checks.structure import circles
from fingerpost.model.base import Frozen, field_names
from fingerpost.model.diagnostics import Diagnostic, Severity
from fingerpost.model.library import Library
from fingerpost.model.route import Route
from fingerpost.model.tree import (
    Advice,
    Always,
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


# What all of it means


PARTS = "trees questions advice always needs words routes opening rules hazards tried cases"


def meaning(value: object) -> object:
    """A value as JSON has it, without places and without what is not said."""
    match value:
        case Mapping():
            return {str(key): meaning(each) for key, each in value.items()}
        case frozenset():
            return sorted(map(str, value))
        case tuple():
            return [meaning(each) for each in value]
        case Frozen():
            said = {name: getattr(value, name) for name in field_names(value)}
            return {n: meaning(v) for n, v in said.items() if n not in ("span", "spans") and v}
        case IntEnum():
            return value.name
    return value if isinstance(value, (bool, int)) or value is None else str(value)


def test_the_sound_library_means_what_was_written_down(sound: Reading) -> None:
    """Everything that an author can write, in each of its forms, is in it."""
    golden = MISTAKES.parents[1] / "golden" / "model.json"
    said = {name: meaning(getattr(sound.library, name)) for name in PARTS.split()}
    found = json.dumps(said, indent=1, ensure_ascii=False) + "\n"
    written = golden.read_text("utf-8") if golden.exists() else ""
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text(found, "utf-8")
    assert found == written


# What is said, and to whom


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


def test_a_why_beside_shared_words_takes_their_place(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("first.yaml", "    use: safe\n", "    use: safe\n    why: For this tree.\n")
    safe = question_of(load([folder]), "safe")
    assert safe.why is not None
    assert safe.note is not None
    assert (safe.why.otherwise, safe.note.otherwise) == ("For this tree.", "Ask it every time.")


def test_whoever_is_not_asked_goes_where_all_answers_go_if_nothing_is_said(
    change: Callable[[str, str, str], None], folder: Path
) -> None:
    change("first.yaml", "    otherwise: app\n", "")
    money = question_of(load([folder]), "money")
    assert money.otherwise is not None
    assert money.otherwise.step == "app"


def test_a_way_past_a_question_that_leads_back_is_a_circle(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("first.yaml", "    otherwise: app\n", "    otherwise: money\n")
    reading = load([folder])
    assert reading.mistakes == ()
    [found] = found_by(circles, reading.library)
    line = (folder / "first.yaml").read_text("utf-8").splitlines()[found.span.line - 1]
    assert (found.code, line.strip()) == ("FP301", "otherwise: money")


def test_of_a_tree_alone_no_hazard_is_judged(sound: Reading, folder: Path) -> None:
    """A rule that controls it may be in a tree that was not read."""
    found = load([folder], ["second"], whole=True)
    assert found.mistakes == ()
    assert found.library.hazards == sound.library.hazards


def test_a_door_into_the_own_tree_is_no_door(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("second.yaml", "one: {say: One, goto: end}", "one: {say: One, goto: second/end}")
    answer = tree_of(load([folder]), "second").questions["middle"].answers[0]
    assert answer.goto is not None
    assert (answer.goto.tree, answer.goto.step) == ("second", "end")


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
