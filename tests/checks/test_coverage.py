"""What the made-up cases reach: counted by hand on a small library, then on the one that ships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from fingerpost.checks.reports.coverage import for_people
from fingerpost.checks.upkeep.coverage import Coverage, Kind, Thing, coverage
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Severity
from fingerpost.model.facts import WROTE
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question
from fingerpost.reading.loader import load, shipped
from fingerpost.walk.autoplay import case_steps, play_case

from ..support.sample import FIRST_TWO, first_two
from ..support.shipped import whole_library

FILES = {
    "first.yaml": """
fingerpost: 1
title: First
about: The first
review-by: 2027-05-31
start: teller
questions:
  teller: {use: teller, goto: safe}
  safe: {use: safe, goto: {yes: where, otherwise: danger}}
  where: {use: where, goto: what}
  what:
    ask: What is it?
    answers:
      this: {say: This, goto: told}
      that: {say: That, goto: again}
      other: {say: Something else, goto: second/}
      not-sure: {say: I'm not sure, goto: told}
  again:
    ask: And who?
    answers:
      this: {say: This one, goto: told}
      that: {say: That one, goto: told}
outcomes:
  danger:
    use: danger
    carry-on: {say: Safe now, goto: where, sets: {safe: yes}}
  told:
    title: Told
    urgency: soon
    open: Thank you.
    advice:
      - do: Do this.
      - use: for-staff
      - use: for-staff
      - do: This is for those who said that.
        when: {what: that}
    needs:
      - talk
      - need: app
        when: {where: [here, there]}
""",
    "second.yaml": """
fingerpost: 1
title: Second
about: The second
review-by: 2027-05-31
start: safe
questions:
  safe: {use: safe, goto: {yes: done, otherwise: danger}}
outcomes:
  danger: {use: danger}
  done: {title: Done, urgency: soon, open: Well done., needs: [talk]}
""",
    "shared/questions.yaml": """
questions:
  teller:
    ask: Who?
    answers: {young-person: {say: Me}, parent: {say: A parent}, staff: {say: A worker}}
  safe:
    ask: Safe?
    answers: {yes: {say: "Yes"}, no: {say: "No"}, not-sure: {say: Not sure}}
  where:
    ask: Where?
    many: true
    answers: {here: {say: Here}, there: {say: There}, not-sure: {say: Not sure, alone: true}}
""",
    "shared/advice.yaml": """
advice:
  for-staff: {worker: Write it down., when: {teller: staff}}
""",
    "shared/outcomes.yaml": """
outcomes:
  danger:
    title: Danger
    urgency: now
    open: Get safe.
    advice:
      - {do: Stay together., when: {teller: [parent, staff]}}
    needs: [emergency]
""",
    "shared/always.yaml": """
always:
  - when: {safe: [no, not-sure]}
    advice:
      - {do: Ring now., when: {safe: no}}
    needs: [emergency]
  - when: {teller: parent, where: there}
    needs: [{need: parents, when: {safe: no}}]
""",
    "shared/needs.yaml": """
needs:
  talk: {say: Talk}
  app: {say: App}
  emergency: {say: Danger}
  parents: {say: Parents}
  nobody-needs: {say: Nothing}
""",
    "routes/uk.yaml": """
routes:
  line: {name: Line, serves: [talk]}
  app-here: {name: App here, serves: [app], when: {where: here}}
  app-there: {name: App there, serves: [app], when: {where: there}}
  police: {name: Police, serves: [emergency]}
  parents: {name: Parents, serves: [parents]}
  spare: {name: Spare, serves: [nobody-needs]}
""",
}

CASE = """
  {name}:
    tree: {tree}
    story: A story.
    answers: {answers}
    expect: {{outcome: {outcome}}}
"""

Read: TypeAlias = Callable[..., Library]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The small library with these cases, each as (tree, answers, outcome, more lines)."""

    def reading(*cases: tuple[str, ...]) -> Library:
        written = [
            CASE.format(name=f"case-{number}", tree=tree, answers=answers, outcome=outcome)
            + "".join(more)
            for number, (tree, answers, outcome, *more) in enumerate(cases)
        ]
        files = {**FILES, "cases/some.yaml": "cases:" + "".join(written)} if cases else FILES
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found = load([tmp_path], whole=True)
        assert [m.message for m in found.mistakes if m.severity is Severity.ERROR] == []
        return found.library

    return reading


def reached(found: Coverage, kind: Kind, tree: str = "") -> set[str]:
    return {t.name for t in found.reached if t.kind is kind and t.tree == tree}


def missed(found: Coverage, kind: Kind, tree: str = "") -> set[str]:
    return {t.name for t in found.missed if t.kind is kind and t.tree == tree}


STAFF = ("first", "{teller: staff, safe: yes, where: [here], what: this}", "told")


def test_without_cases_nothing_is_reached(read: Read) -> None:
    found = coverage(read())
    assert found.reached == frozenset()
    assert set(found.missed) == set(found.things)
    assert dict(found.cases) == {"first": 0, "second": 0}


def test_everything_that_can_be_reached_is_counted(read: Read) -> None:
    found = coverage(read())
    assert found.counted(Kind.ENDING) == (0, 4)
    assert found.counted(Kind.ENDING, "first") == (0, 2)
    # teller 3, safe 3, where 3, what 4 and again 2; in the other tree safe 3.
    assert found.counted(Kind.ANSWER, "first") == (0, 15)
    assert found.counted(Kind.ANSWER, "second") == (0, 3)
    # The line for staff twice, the one for “that”, and the need of an app.
    assert found.counted(Kind.LINE, "first") == (0, 4)
    # Two entries of always with a line and a need, and the line of the ending that trees share.
    assert found.counted(Kind.LINE, "") == (0, 5)
    # Nothing calls for what the spare route serves.
    assert found.counted(Kind.ROUTE) == (0, 5)
    assert found.counted(Kind.NEWS) == (0, 0)


def test_a_case_reaches_what_it_answers_and_what_it_is_shown(read: Read) -> None:
    found = coverage(read(STAFF))
    assert reached(found, Kind.ENDING, "first") == {"told"}
    assert reached(found, Kind.ANSWER, "first") == {
        "teller: staff", "safe: yes", "where: here", "what: this"
    }  # fmt: skip
    assert reached(found, Kind.ROUTE) == {"line", "app-here"}
    assert reached(found, Kind.LINE, "first") == {"for-staff", "need app"}
    # The second of two equal lines is shown to nobody.
    assert missed(found, Kind.LINE, "first") == {
        "for-staff", "“This is for those who said that.”"
    }  # fmt: skip
    assert reached(found, Kind.LINE) == set()
    assert dict(found.cases) == {"first": 1, "second": 0}


def test_what_is_passed_over_is_not_answered(read: Read) -> None:
    through = ("first", "{teller: parent, safe: yes, where: [not-sure], what: other}", "done")
    found = coverage(read(through))
    assert reached(found, Kind.ENDING, "second") == {"done"}
    assert reached(found, Kind.ANSWER, "second") == set()
    assert "safe: yes" in missed(found, Kind.ANSWER, "second")


def test_an_ending_on_the_way_is_reached_too(read: Read) -> None:
    on = ("first", "{teller: parent, safe: no, where: [there], what: this}", "told")
    found = coverage(read(on))
    assert reached(found, Kind.ENDING, "first") == {"danger", "told"}
    # Who goes on is safe now, so what always adds for danger was seen on the way alone.
    assert reached(found, Kind.LINE) == {
        "“Stay together.”", "“Ring now.”", "what is always added by safe",
        "what is always added by teller and where",
    }  # fmt: skip
    assert missed(found, Kind.LINE) == {"need parents"}
    assert reached(found, Kind.ROUTE) == {"police", "line", "app-there"}


def test_a_line_of_a_shared_ending_is_one_line(read: Read) -> None:
    first = ("first", "{teller: staff, safe: no}", "danger")
    found = coverage(read(first))
    assert reached(found, Kind.LINE) >= {"“Stay together.”"}
    assert reached(found, Kind.ENDING, "second") == set()
    assert found.counted(Kind.LINE, "")[1] == 5


def test_an_answer_counts_wherever_its_fact_is_asked(read: Read) -> None:
    both = ("first", "{teller: staff, safe: yes, where: [here, there], what: that, again: this}")
    found = coverage(read((*both, "told")))
    assert reached(found, Kind.ANSWER, "first") >= {"where: here", "where: there", "again: this"}
    assert missed(found, Kind.ANSWER, "first") >= {"what: this", "again: that"}


def test_a_case_that_answers_too_little_reaches_what_it_comes_to(read: Read) -> None:
    found = coverage(read(("first", "{teller: staff, safe: yes}", "told")))
    assert reached(found, Kind.ENDING, "first") == set()
    assert reached(found, Kind.ANSWER, "first") == {"teller: staff", "safe: yes"}


NEWS = """
    injects:
      - {after: what, say: News., answers: {safe: no}}
      - {after: again, say: Never told., answers: {safe: no}}
"""


def test_news_comes_after_an_answer_that_the_case_gives(read: Read) -> None:
    found = coverage(read((*STAFF, NEWS)))
    assert reached(found, Kind.NEWS, "first") == {"case-0, after what"}
    assert missed(found, Kind.NEWS, "first") == {"case-0, after again"}
    # Nothing is expected of the page to which news leads, so it does not count.
    assert "danger" in missed(found, Kind.ENDING, "first")


def test_a_case_of_a_tree_that_is_not_there_reaches_nothing(read: Read) -> None:
    library = read(STAFF)
    second = {"second": library.trees["second"]}
    assert coverage(replace(library, trees=second)).reached == frozenset()
    lost = replace(library.trees["first"], start="no")
    assert coverage(replace(library, trees={**second, "first": lost})).reached == frozenset()


def test_a_trial_tells_every_step(read: Read) -> None:
    library = read(("first", "{teller: parent, safe: no, where: [there], what: this}", "told"))
    [case] = library.cases.values()
    way = [walk.here.name for walk in case_steps(library, case)]
    assert way == ["teller", "safe", "danger", "where", "what", "told"]
    last = play_case(library, case)
    assert isinstance(last.here, Outcome)
    assert last.here.name == "told"


def test_a_trial_ends_where_the_case_expects_to(read: Read) -> None:
    answers = "{teller: parent, safe: no, where: [there], what: this}"
    library = read(("first", answers, "danger"))
    [case] = library.cases.values()
    assert play_case(library, case).here.name == "danger"


def test_a_trial_does_not_go_in_circles(read: Read) -> None:
    library = read(STAFF)
    tree = library.trees["first"]
    what = tree.questions["what"]
    assert what.answers[0].goto is not None
    back = replace(what.answers[0], goto=replace(what.answers[0].goto, step="teller"))
    questions = {**tree.questions, "what": replace(what, answers=(back, *what.answers[1:]))}
    round_again = replace(tree, questions=questions)
    library = replace(library, trees={**library.trees, "first": round_again})
    last = play_case(library, library.cases["case-0"])
    assert isinstance(last.here, Question)
    assert last.here.name == "teller"
    assert [reply.step for reply in last.replies] == ["teller", "safe", "where", "what"]


# --- in words ------------------------------------------------------------------------------------


def test_what_is_reached_is_told_in_order(read: Read) -> None:
    found = coverage(read(STAFF, ("second", "{safe: no}", "danger")))
    first, empty, *rows = for_people(found).splitlines()
    assert first == (
        "2 made-up cases reach 2 of 4 endings, 5 of 18 answers, 4 of 9 lines that only some see, "
        "3 of 5 routes."
    )
    assert empty == ""
    assert rows[:3] == [
        "  first, 1 case: 1 of 2 endings, 4 of 15 answers, 2 of 4 lines that only some see",
        "  second, 1 case: 1 of 2 endings, 1 of 3 answers",
        "  shared by all: 2 of 5 lines that only some see, 3 of 5 routes",
    ]
    at = rows.index("No case reaches these endings:")
    lines = {file: text.splitlines() for file, text in FILES.items()}
    danger = lines["first.yaml"].index("    use: danger") + 1
    [done] = [n for n, line in enumerate(lines["second.yaml"], 1) if line.startswith("  done:")]
    assert [row.rpartition("/")[2] for row in rows[at + 1 : at + 3]] == [
        f"first.yaml:{danger}: danger",
        f"second.yaml:{done}: done",
    ]


def test_an_answer_of_shared_words_names_the_trees(read: Read) -> None:
    said = for_people(coverage(read(STAFF)))
    rows = [row for row in said.splitlines() if ": safe: " in row]
    assert [row.partition(": safe: ")[2] for row in rows] == [
        "yes (in second)",
        "no (in first, second)",
        "not-sure (in first, second)",
    ]


def test_one_case_is_one(read: Read) -> None:
    assert for_people(coverage(read(STAFF))).startswith("1 made-up case reaches 1 of 4 endings")


def test_where_all_is_reached_no_more_is_said(read: Read) -> None:
    found = coverage(read(STAFF))
    whole = replace(found, reached=frozenset(found.things))
    assert "No case reaches" not in for_people(whole)
    nothing = for_people(Coverage({"first": 0}, (), frozenset()))
    assert nothing.startswith("0 made-up cases reach")


def test_a_long_line_is_cut_and_can_do_nothing_to_a_terminal(read: Read) -> None:
    found = coverage(read(STAFF))
    [line] = [t for t in found.missed if t.name.startswith("“This")]
    hostile = replace(line, name="“\x1b[31m" + "word " * 30)
    said = for_people(replace(found, things=(hostile,)))
    assert "\x1b" not in said
    assert said.splitlines()[-1].endswith("…")
    assert len(said.splitlines()[-1].partition("“")[2]) < 70


# --- the library that ships ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def library() -> Library:
    return whole_library()


@pytest.fixture(scope="module")
def real(library: Library) -> Coverage:
    return coverage(library)


def shown_nowhere(library: Library, found: Coverage) -> list[Thing]:
    """What no case reaches, in whichever tree.

    Shared words are the same wherever they are used. So an answer of a shared question, an ending
    in shared words and a line of shared advice is reached if a case of one tree reaches it: that
    each tree leads to them is proved on every path, and 18 cases of one page would show no more.
    """
    shared_endings = {
        ending.name
        for tree in library.trees.values()
        for ending in tree.outcomes.values()
        if ending.title.span.file != tree.span.file
    }
    shared = {
        Kind.ENDING: shared_endings,
        Kind.LINE: set(library.advice),
        Kind.ANSWER: {
            f"{question.fact}: {value}"
            for question in library.questions.values()
            for value in question.values
        },
    }
    somewhere = {(thing.kind, thing.name) for thing in found.reached}
    return [
        thing
        for thing in found.missed
        if thing.name not in shared.get(thing.kind, ()) or (thing.kind, thing.name) not in somewhere
    ]


def test_what_is_shared_is_reached_in_any_tree_and_what_is_a_trees_own_in_that_tree(
    read: Read,
) -> None:
    library = read(("first", "{teller: staff, safe: no}", "danger"))
    found = coverage(library)
    assert ("second", "danger") in {(t.tree, t.name) for t in found.missed}
    left = {(thing.kind, thing.name) for thing in shown_nowhere(library, found)}
    assert (Kind.ENDING, "danger") not in left
    assert (Kind.ANSWER, "safe: no") not in left
    assert {(Kind.ENDING, "told"), (Kind.ENDING, "done"), (Kind.ANSWER, "what: this")} <= left
    assert {(Kind.ANSWER, "safe: yes"), (Kind.LINE, "for-staff"), (Kind.ROUTE, "line")} <= left


@pytest.fixture(scope="module")
def left(library: Library, real: Coverage) -> list[Thing]:
    return shown_nowhere(library, real)


def test_every_ending_of_what_ships_has_a_case(left: list[Thing]) -> None:
    assert [thing.name for thing in left if thing.kind is Kind.ENDING] == []
    assert [thing.name for thing in left if thing.kind is Kind.NEWS] == []


def test_every_route_of_what_ships_is_shown_in_a_case(left: list[Thing]) -> None:
    assert [thing.name for thing in left if thing.kind is Kind.ROUTE] == []


def test_nineteen_in_twenty_lines_that_only_some_see_are_seen_in_a_case(
    real: Coverage, left: list[Thing]
) -> None:
    """No case types anything, so what was typed is tried by tests/terminal/test_own_words.py."""
    typed = f"what is always added by {WROTE}"
    lines = [t for t in real.things if t.kind is Kind.LINE and t.name != typed]
    missed = [t for t in left if t.kind is Kind.LINE and t.name != typed]
    assert len(missed) < len(lines) / 20


def test_there_are_sixty_cases_and_three_for_each_tree(real: Coverage) -> None:
    assert sum(real.cases.values()) >= 60
    assert min(real.cases.values()) >= 3


def test_each_ending_of_the_first_two_trees_has_three_cases() -> None:
    """An ending in shared words has three in both trees together."""
    library = load([shipped()], FIRST_TWO, whole=True).library
    ends = Counter(
        (walk.tree.name, walk.here.name)
        for walk in (play_case(library, library.cases[name]) for name in first_two().cases)
    )
    for tree in library.trees.values():
        for name, ending in tree.outcomes.items():
            own = ending.title.span.file == tree.span.file
            trees = [tree.name] if own else library.trees
            assert sum(ends[each, name] for each in trees) >= 3, f"{tree.name}/{name}"


def test_cases_of_what_ships_give_every_answer_somewhere_but_the_names_of_apps(
    left: list[Thing],
) -> None:
    """A question that many trees ask is answered in each way by somebody, in one of them."""
    answers = {thing.name for thing in left if thing.kind is Kind.ANSWER}
    assert [name for name in sorted(answers) if not name.startswith("where: ")] == []
