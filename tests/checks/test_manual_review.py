"""What a person must check by hand: what is listed, why, and what it says to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fingerpost.checks.manual_review import Doubt, Group, Item, to_check
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library
from fingerpost.reading.loader import load

from ..support.shipped import whole_library

REVIEW = Path(__file__).parents[2] / "docs" / "review.md"
DAY = date(2026, 6, 15)
QUESTIONS = whole_library().review_questions

TREE = """
fingerpost: 1
title: One
about: One thing
review-by: 2027-05-31
start: safe
sources:
  guide: {title: A guide, publisher: Us, date: 2026-01-05, url: "https://www.example.org/guide"}
questions:
  safe: {use: safe, goto: {otherwise: told}}
outcomes:
  told:
    {title: T, urgency: soon, open: O, needs: [talk], advice: [{do: Tell someone., source: guide}]}
"""
FILES = {
    "one.yaml": TREE,
    "shared/questions.yaml": """
questions:
  teller: {ask: Who?, answers: {young-person: {say: Y}, parent: {say: P}, staff: {say: S}}}
  safe: {ask: Safe?, answers: {yes: {say: "Yes"}, no: {say: "No"}}}
  nation:
    ask: Where?
    answers: {england: {say: E}, wales: {say: W}, scotland: {say: S}, northern-ireland: {say: N}}
""",
    "shared/needs.yaml": """
needs:
  emergency: {say: Danger}
  crisis: {say: Someone who answers, live: true}
  talk: {say: Talk}
  platform-report: {say: The app}
""",
    "routes/england.yaml": """
routes:
  sure:
    name: Of which there is no doubt
    serves: [talk]
    confidence: high
    checked: {date: 2026-06-01, by: Ann}
""",
}
CHECKED = "checked: {date: 2026-06-01, by: Ann}"
SURE = f"confidence: high\n{CHECKED}"

Shelf = Callable[..., Library]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Writes the small library, with some files of it told otherwise, and reads it."""

    def library(**told: str) -> Library:
        files = {
            **FILES,
            **{f"{name.replace('__', '/')}.yaml": text for name, text in told.items()},
        }
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        reading = load([tmp_path], whole=True)
        assert [m.message for m in reading.mistakes if m.severity is Severity.ERROR] == []
        return reading.library

    return library


def route(lines: str) -> str:
    """A file with one route, the line."""
    indented = "".join(f"    {each}\n" for each in lines.splitlines())
    return f"routes:\n  line:\n    name: The Line\n{indented}"


def of(library: Library, *groups: Group, day: date = DAY) -> list[Item]:
    """What is to be checked in these groups."""
    return [item for item in to_check(library, day).items if item.group in groups]


ROUTES = (Group.LIFE, Group.DOUBTFUL, Group.APPS, Group.UNCHECKED)


# Routes


@pytest.mark.parametrize(
    ("lines", "group", "reasons"),
    [
        (f"serves: [talk]\n{SURE}", None, []),
        (f"serves: [emergency]\n{SURE}", Group.LIFE, ["A life may depend on it."]),
        (f"serves: [talk, crisis]\n{SURE}", Group.LIFE, ["A life may depend on it."]),
        (
            f"serves: [talk]\nconfidence: medium\n{CHECKED}",
            Group.DOUBTFUL,
            ["How sure we are of it: medium."],
        ),
        (
            f"serves: [talk]\n{CHECKED}",
            Group.DOUBTFUL,
            ["How sure we are of it: nobody has said."],
        ),
        (
            f"serves: [talk]\nphone: '101'\nunsure: [phone]\n{SURE}",
            Group.DOUBTFUL,
            ["Some of it is marked as not sure."],
        ),
        (
            "serves: [talk]\nconfidence: high\nsource: {url: 'https://a.org', seen: 2026-06-01}",
            Group.UNCHECKED,
            ["Nobody has written down that they checked it."],
        ),
        (
            "serves: [talk]\nconfidence: high\nchecked: {date: 2025-06-14, by: Ann}",
            Group.UNCHECKED,
            ["It was last checked more than a year ago."],
        ),
        (
            "serves: [platform-report]\nconfidence: low\nchecked: {date: 2025-06-14, by: Ann}",
            Group.APPS,
            ["How sure we are of it: low.", "It was last checked more than a year ago."],
        ),
        (f"serves: [platform-report]\n{SURE}", None, []),
        (
            f"serves: [platform-report, talk]\nconfidence: low\n{CHECKED}",
            Group.DOUBTFUL,
            ["How sure we are of it: low."],
        ),
    ],
)
def test_which_routes_are_listed_and_why(
    shelf: Shelf, lines: str, group: Group | None, reasons: list[str]
) -> None:
    found = of(shelf(routes__uk=route(lines)), *ROUTES)
    assert [(item.group, list(item.reasons)) for item in found] == (
        [(group, reasons)] if group else []
    )


WEB = "web: https://a.org"


@pytest.mark.parametrize(
    ("lines", "task"),
    [
        ("serves: [emergency]\nphone: '999'\n" + WEB, "Never ring or text it to try it: "),
        ("serves: [crisis]\nphone: '101'\n" + WEB, "Open its own page, send nothing, "),
        ("serves: [crisis]\nphone: '101'", "Find a page of those who run it, "),
        ("serves: [crisis]\nphone: '101'\nunsure: [phone]", "Find a page of those who run it, "),
        ("serves: [talk]\nphone: '101'", "Ring it in its hours, say that you are checking, "),
        ("serves: [talk]\nphone: '101'\n" + WEB, "Open its own page, send nothing, "),
        ("serves: [talk]\nphone: '101'\nunsure: [phone]\n" + WEB, "Ring it in its hours, "),
        ("serves: [talk]\ntext: [{to: '85258'}]", "Find a page of those who run it, "),
        ("serves: [talk]\nbsl: https://a.org", "Open its own page, "),
        ("serves: [talk]\nsteps: [Ask.]", "Follow the steps without sending anything, "),
        ("serves: [talk]", "Ask a safeguarding lead if this is how it is done where you are."),
        (
            "serves: [platform-report]\nsteps: [Tap Report.]\n" + WEB,
            "Open the app's own help pages, ",
        ),
    ],
)
def test_nobody_rings_a_line_that_a_life_depends_on_to_try_it(
    shelf: Shelf, lines: str, task: str
) -> None:
    [item] = of(shelf(routes__uk=route(f"{lines}\nconfidence: low")), *ROUTES)
    assert item.task.startswith(task)


FULL = """
serves: [talk]
who: Whoever it is for.
phone: [{number: "101", say: By day}, {number: "0800 1111", say: By night}]
chat: https://a.org/chat
hours: {phone: "Mo-Fr 09:00-17:00", chat: "24/7"}
expect: Somebody answers.
steps: [Do this., Then that.]
forms: {nude: {say: A nude, web: "https://a.org/nude"}, hacked: {say: Hacked, web: "https://a.org/h"}}
contract: {ages: all, nations: uk, tellers: all}
"""
BOTH_HOURS = "Monday to Friday, 9am to 5pm; any time, day or night"


@pytest.mark.parametrize(
    ("field", "label", "says"),
    [
        ("phone", "Phone", "101, 0800 1111"),
        ("chat", "Chat", "https://a.org/chat"),
        ("hours.phone", "Hours (Phone)", "Monday to Friday, 9am to 5pm"),
        ("hours", "Hours", BOTH_HOURS),
        ("expect", "What happens", "Somebody answers."),
        ("steps", "Steps", "(1) Do this. (2) Then that."),
        ("forms.hacked", "Form", "Hacked: https://a.org/h"),
        ("forms", "Forms", "A nude: https://a.org/nude; Hacked: https://a.org/h"),
        ("name", "Name", "The Line"),
        ("contract", "Whom it serves", "The Line"),
        ("who", "For", "Whoever it is for."),
        ("cost", "Cost", ""),  # a slip, of which the check tells
    ],
)
def test_a_doubt_says_which_field_it_is_and_what_stands_there(
    shelf: Shelf, field: str, label: str, says: str
) -> None:
    [item] = of(shelf(routes__uk=route(f"{FULL.strip()}\nunsure: [{field}]")), *ROUTES)
    assert item.doubts == (Doubt(field, label, says),)
    assert item.steps == (() if field == "steps" else ("Do this.", "Then that."))
    assert item.whom == "Whoever it is for."


def test_an_item_says_when_it_was_seen_and_by_whom(shelf: Shelf) -> None:
    source = "source: {url: 'https://a.org/page', seen: about 2022}"
    [seen] = of(shelf(routes__uk=route(f"serves: [talk]\n{source}")), *ROUTES)
    assert (seen.name, seen.title) == ("line", "The Line")
    assert (seen.seen, seen.page) == ("about 2022", "https://a.org/page")
    [checked] = of(shelf(routes__uk=route(f"serves: [emergency]\n{source}\n{SURE}")), *ROUTES)
    assert (checked.seen, checked.page) == ("2026-06-01, by Ann", "https://a.org/page")


# Trees


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        ("", ["No safeguarding professional has approved these words yet."]),
        ("reviewed: {date: 2026-06-01, by: A lead}", []),
        (
            "reviewed: {date: 2026-06-01, by: A lead}\nreview-by: 2026-07-15",
            ["It is to be read again by 2026-07-15."],
        ),
        ("reviewed: {date: 2026-06-01, by: A lead}\nreview-by: 2026-07-16", []),
        (
            "review-by: 2026-06-14",
            [
                "No safeguarding professional has approved these words yet.",
                "It was to be read again by 2026-06-14.",
            ],
        ),
    ],
)
def test_a_tree_is_listed_until_somebody_has_read_it_and_again_when_it_is_due(
    shelf: Shelf, lines: str, reasons: list[str]
) -> None:
    tree = TREE if "review-by" not in lines else TREE.replace("review-by: 2027-05-31\n", "")
    found = of(shelf(one=f"{lines}\n{tree}"), Group.TREES)
    assert [list(item.reasons) for item in found] == ([reasons] if reasons else [])


def test_a_tree_says_who_reads_it_and_who_read_it_last(shelf: Shelf) -> None:
    [tree] = of(shelf(), Group.TREES)
    assert (tree.name, tree.title, tree.seen) == ("one", "One", "")
    assert tree.whom == "young people, parents and carers, workers and volunteers"
    lines = (
        "given: {teller: staff}\nreviewed: {date: 2026-06-01, by: A lead}\nreview-by: 2026-06-14"
    )
    of_staff = TREE.replace("review-by: 2027-05-31", lines)
    [read] = of(shelf(one=of_staff), Group.TREES)
    assert (read.whom, read.seen) == ("workers and volunteers", "2026-06-01, by A lead")


# Sources


def source_of(library: Library) -> Item | None:
    found = of(library, Group.LAW, Group.SOURCES)
    assert len(found) <= 1
    return next(iter(found), None)


GUIDE = 'title: A guide, publisher: Us, date: 2026-01-05, url: "https://www.example.org/guide"'


@pytest.mark.parametrize(
    ("changed", "group", "reasons"),
    [
        (("", ""), None, ()),
        (("date: 2026-01-05, ", ""), Group.SOURCES, ("It has no date.",)),
        ((', url: "https://www.example.org/guide"', ""), Group.SOURCES, ("It has no address.",)),
        (
            ("example.org/guide", "example.org/"),
            Group.SOURCES,
            ("Its address leads to a front page only.",),
        ),
        (
            ("2026-01-05", "2024-06-14"),
            Group.SOURCES,
            ("It is more than 2 years old, as far as its date tells.",),
        ),
        (("2026-01-05", "2024-06-15"), None, ()),
        (("A guide", "The Safety Act 2023"), Group.LAW, ("Laws change.",)),
        (("A guide", "ACT Early for all"), None, ()),
    ],
)
def test_which_sources_are_listed_and_why(
    shelf: Shelf, changed: tuple[str, str], group: Group | None, reasons: tuple[str, ...]
) -> None:
    assert GUIDE in TREE
    found = source_of(shelf(one=TREE.replace(GUIDE, GUIDE.replace(*changed))))
    assert (found and (found.group, found.reasons)) == ((group, reasons) if group else None)


def test_a_source_that_bears_a_line_about_the_law_is_one_of_law(shelf: Shelf) -> None:
    line = "{do: Tell someone., source: guide}"
    law = "{know: That is a crime., when: {nation: [wales, scotland]}, source: guide}"
    found = source_of(shelf(one=TREE.replace(line, f"{line}, {law}")))
    assert found is not None
    assert (found.group, found.name, found.title) == (Group.LAW, "guide", "A guide (Us)")
    assert (found.seen, found.page) == ("2026-01-05", "https://www.example.org/guide")
    assert [(each.where, each.words) for each in found.statements] == [
        ("one, ending told", "Tell someone."),
        ("one, ending told, wales and scotland", "That is a crime."),
    ]


def test_one_source_of_many_files_comes_once_with_all_that_rests_on_it(shelf: Shelf) -> None:
    old = GUIDE.replace("2026", "2020")
    case = f"""
sources: {{their-guide: {{{old}}}}}
cases:
  a-case:
    tree: one
    story: A story.
    answers: {{safe: no}}
    expect: {{outcome: told}}
    judgements:
      - ask: What now?
        choices:
          go: {{say: Go, verdict: right, because: It helps., source: their-guide}}
          look: {{say: Look, verdict: wrong, because: It is illegal., source: their-guide}}
          wait: {{say: Wait, verdict: wrong, because: It is late.}}
"""
    advice = f"sources: {{guide: {{{old}}}}}\nadvice: {{tell: {{do: Tell., source: guide}}}}"
    library = shelf(one=TREE.replace(GUIDE, old), shared__advice=advice, cases__some=case)
    found = source_of(library)
    assert found is not None
    assert found.name == "guide, their-guide"
    assert [(each.where, each.words) for each in found.statements] == [
        ("advice tell", "Tell."),
        ("one, ending told", "Tell someone."),
        ("case a-case", "It is illegal."),
    ]
    assert found.cases == ("a-case",)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{do: Tell someone.}", None),
        ("{know: It is against the law.}", "It speaks of the law."),
        ("{know: Whoever is under 18 is a child.}", "It gives a number."),
        ("{know: It takes two working days.}", "It gives a number."),
        ("{know: It is one of the best.}", None),
        ("{know: 'Ring {route:line}.'}", None),  # its number is checked where it stands
        ("{know: {staff: It is a crime at 18., otherwise: Tell.}}", "It speaks of the law."),
        ("{know: It is a crime at 18., source: guide}", None),
    ],
)
def test_numbers_and_law_need_a_source(shelf: Shelf, line: str, why: str | None) -> None:
    tree = TREE.replace("{do: Tell someone., source: guide}", f"{line}, {{do: Go., source: guide}}")
    named = route(f"serves: [talk]\nphone: '101'\n{SURE}").replace("The Line", "'159'")
    found = of(shelf(one=tree, routes__uk=named), Group.UNSOURCED)
    assert [item.reasons for item in found] == ([(why,)] if why else [])
    assert {item.name for item in found} <= {"one, ending told"}


def test_a_line_that_is_shared_is_listed_once_where_it_stands(shelf: Shelf) -> None:
    shared = "{title: T, urgency: soon, open: O, needs: [talk], advice: [{know: Under 18.}]}"
    use = TREE.replace("advice: [{do: Tell someone., source: guide}]", "advice: [{use: law}]")
    two = use.replace("outcomes:\n", "outcomes:\n  same: {use: same}\n").replace(
        "otherwise: told", "yes: same, otherwise: told"
    )
    library = shelf(
        one=two,
        two=two,
        shared__advice="advice: {law: {know: It is the law.}}",
        shared__outcomes=f"outcomes: {{same: {shared}}}",
        shared__always="always: [{when: {safe: no}, advice: [{use: law}, {know: Until 19.}]}]",
    )
    assert [item.name for item in of(library, Group.UNSOURCED)] == [
        "advice law",
        "always",
        "one, ending same",
    ]


# What only people can judge


def test_what_a_question_is_about_is_there() -> None:
    """A question about what is gone would be asked for nothing."""
    library = whole_library()
    names = {*library.trees, *library.routes, *library.advice}
    assert {name for question in QUESTIONS for name in question.about} <= names


def test_each_question_is_one_to_a_kind_of_person() -> None:
    for question in QUESTIONS:
        assert question.to, question
        assert question.ask.endswith("?"), question
        assert question.ask.count("?") == 1, question
        assert question.known.endswith("."), question


def test_whatever_is_listed_says_why_and_what_to_do() -> None:
    for item in to_check(whole_library(), DAY).items:
        assert item.reasons, item
        assert all(reason.endswith(".") for reason in item.reasons), item
        assert item.task.endswith("."), item
        assert item.task.count(". ") == 0, item  # one sentence


def test_a_library_is_asked_only_about_what_it_has(shelf: Shelf) -> None:
    asked = to_check(shelf(), DAY).questions
    assert asked == tuple(each for each in QUESTIONS if not each.about)
    assert asked
    with_galop = shelf(routes__uk=route(f"serves: [talk]\n{SURE}").replace("line:", "galop:"))
    [more] = [each for each in to_check(with_galop, DAY).questions if each not in asked]
    assert more.to == "Galop"


# All of it, as it is printed


def printed(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["routes", "--to-check", *options]) == Exit.DONE
    return capsys.readouterr().out


def test_the_page_of_this_repository_is_as_things_stand(capsys: pytest.CaptureFixture[str]) -> None:
    """After a change of a tree, a route or a source: run the command in its head, and read what
    has changed in it."""
    page = REVIEW.read_text(encoding="utf-8")
    command = re.search(r"^    fingerpost (routes --to-check --now (\S+))$", page, re.M)
    assert command is not None
    made = printed(capsys, "--now", command[2])
    assert made == page, f"make it again: fingerpost {command[1]} > docs/review.md"


def test_the_shipped_library_lists_what_a_life_depends_on_first() -> None:
    found = to_check(whole_library(), DAY).items
    first = [item.name for item in found if item.group is Group.LIFE]
    assert [item.name for item in found][: len(first)] == first
    assert first[0] == "police-999"
    assert {
        *("police-999-sms", "police-999-bsl", "childline", "samaritans", "papyrus", "shout"),
        *("nhs-111-mental-health-england", "nhs-111-wales-press-2", "nhs-24-scotland"),
        "lifeline-ni",
    } <= {*first}


def test_the_law_that_was_repealed_is_a_reminder_for_every_nation() -> None:
    """The line on threats rests on one law in three nations and on another in Scotland."""
    found = to_check(whole_library(), DAY).items
    threats = {
        item.name: each.where
        for item in found
        if item.group is Group.LAW
        for each in item.statements
        if each.words.startswith("Threats can be a crime")
    }
    assert threats == {
        "osa-2023": "threatened, ending violence-later, england and wales and northern-ireland",
        "scotland-2017": "threatened, ending violence-later, scotland",
    }


HOSTILE = r"[x](https://evil.example) **b** <b>\e[2J `c` :smile: evil.example"
HOSTILE_ROUTE = route(
    f"""serves: [talk]
who: '{HOSTILE}'
phone: [{{number: "101", say: '{HOSTILE}'}}]
web: https://a.org/a
limits: '{HOSTILE}'
unsure: [limits]
source: {{url: 'javascript:alert(1)', seen: '{HOSTILE}'}}"""
)


def test_in_markdown_what_an_author_writes_is_only_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shelf: Shelf
) -> None:
    line = f"{{know: '{HOSTILE} is the law'}}, {{do: Tell someone., source: guide}}"
    shelf(
        one=TREE.replace("{do: Tell someone., source: guide}", line),
        routes__uk=HOSTILE_ROUTE,
    )
    page = printed(capsys, "--trees", str(tmp_path), "--only", "--now", "2026-06-15")
    assert page.count("`[x](https://evil.example)`") == 5  # as code, in which nothing means more
    page = page.replace("`[x](https://evil.example)`", "")
    assert "evil.example)" not in page
    assert "**b**" not in page
    assert "<b>" not in page
    assert "<javascript" not in page
    assert "  - Web: <https://a.org/a>\n" in page
    assert "  - Phone " in page
    assert ": 101\n" in page
    assert "tel:" not in page  # or a slip of the finger would ring it


def test_for_programs_all_is_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shelf: Shelf
) -> None:
    shelf(routes__uk=HOSTILE_ROUTE)
    said = printed(
        capsys, "--trees", str(tmp_path), "--only", "--now", "2026-06-15", "--format", "json"
    )
    assert said.isascii()
    found = json.loads(said)
    assert found["on"] == "2026-06-15"
    assert [each["about"] for each in found["questions"]] == [[], []]
    assert [(item["group"], item["name"]) for item in found["items"]] == [
        ("trees", "one"),
        ("doubtful", "line"),
    ]
    line = found["items"][1]
    assert line["title"] == "The Line"
    assert line["unsure"] == [{"field": "limits", "says": HOSTILE}]
    assert line["ways"][0] == {
        "channel": "phone",
        "address": "101",
        "uri": "tel:101",
        "label": HOSTILE,
        "hours": "",
    }
    assert (line["for"], line["seen"], line["page"]) == (HOSTILE, HOSTILE, "javascript:alert(1)")
    assert (line["steps"], line["rests_on_it"], line["cases"]) == ([], [], [])


def test_local_services_are_to_be_checked_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shelf: Shelf
) -> None:
    shelf(routes__uk=route(f"serves: [talk]\n{SURE}"))
    local = tmp_path.parent / f"{tmp_path.name}-local.yaml"
    local.write_text(
        "routes:\n  our-lead: {name: Our lead, serves: [talk], phone: '020 7946 0002'}\n", "utf-8"
    )
    options = ("--trees", str(tmp_path), "--only", "--now", "2026-06-15")
    assert "our-lead" not in printed(capsys, *options)
    assert (
        "- [ ] **Our lead**, `our-lead`: Ring it in its hours, say that you are checking, and see "
        "that all of this is so.\n"
        "  - Why: How sure we are of it: nobody has said. Nobody has written down that they "
        "checked it.\n"
        "  - Phone: 020 7946 0002\n"
    ) in printed(capsys, *options, "--local", str(local))


def test_it_is_of_the_whole_library(capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["childline"], ["--nation", "wales"], ["--open-now"], ["--need", "police"]):
        assert main(["routes", "--to-check", *options]) == Exit.USAGE
        assert "--to-check is of the whole library." in capsys.readouterr().err


def test_mistakes_are_told_of_beside_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shelf: Shelf
) -> None:
    shelf(routes__uk=route(f"serves: [talk]\n{SURE}"))
    (tmp_path / "two.yaml").write_text("fingerpost: 1\ntitel: Two\n", "utf-8")
    assert main(["routes", "--to-check", "--trees", str(tmp_path), "--only"]) == Exit.DONE
    said, told = capsys.readouterr()
    assert "`one`" in said
    assert told == "Some files have mistakes. To see them, run: fingerpost check\n"
