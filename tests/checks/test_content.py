"""The checks of care: each is shown to find its mistake, and to leave what is right alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from fingerpost.checks.content import (
    doors,
    glossary,
    not_sure,
    reading_age,
    screen_fit,
    sentences,
    services,
    unsafe_lines,
)
from fingerpost.checks.upkeep import (
    bank_holidays,
    overdue,
    rules_without_hazard,
    unused_sources,
)
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Severity
from fingerpost.model.diagnostics import codes as codes_with_manual
from fingerpost.model.library import Library
from fingerpost.model.tree import Tree
from fingerpost.reading.loader import load

from ..support.checking import found_by
from ..support.shipped import whole_library

TODAY = date(2026, 6, 15)

Find: TypeAlias = Callable[[Library], tuple[Diagnostic, ...]]


def at_review(library: Library) -> tuple[Diagnostic, ...]:
    return found_by(overdue, library, TODAY)


def on_bank_holidays(library: Library) -> tuple[Diagnostic, ...]:
    return found_by(bank_holidays, library, TODAY)


CHECKS: dict[str, Find] = {
    "FP401": partial(found_by, not_sure),
    "FP402": at_review,
    "FP403": at_review,
    "FP404": at_review,
    "FP405": partial(found_by, unused_sources),
    "FP406": partial(found_by, sentences),
    "FP407": partial(found_by, services),
    "FP408": partial(found_by, glossary),
    "FP409": partial(found_by, screen_fit),
    "FP410": partial(found_by, screen_fit),
    "FP411": partial(found_by, reading_age),
    "FP412": on_bank_holidays,
    "FP413": partial(found_by, rules_without_hazard),
    "FP414": partial(found_by, doors),
    "FP415": partial(found_by, unsafe_lines),
    "FP416": partial(found_by, unsafe_lines),
}

QUESTIONS = """
questions:
  teller:
    ask: Who is asking?
    answers:
      young-person: {say: A young person}
      parent: {say: A parent}
      staff: {say: A worker}
"""
NEEDS = "needs: {talk: {say: Someone to talk to}}"
WORDS = """
words:
  grooming: When someone makes you trust them, so that they can hurt you.
  safeguarding: Keeping young people safe.
  safeguarding lead: The person whose job it is to keep you safe.
"""
ROUTE = """
  childline:
    name: Childline
    serves: [talk]
    phone: "0800 1111"
    web: https://www.childline.org.uk/help
"""
SERVICES = (
    ROUTE
    + """
  police-999: {name: "999", serves: [talk], phone: "999", email: a@post.example.org}
  shout: {name: Shout, serves: [talk], text: [{to: "85258"}]}
  ceop: {name: CEOP Safety Centre, serves: [talk]}
  take-it-down: {name: Take It Down, serves: [talk]}
  posh: {name: Online Helpline (POSH), serves: [talk]}
  lead: {name: Your organisation's safeguarding lead, serves: [talk]}
  lifeline: {name: Lifeline, serves: [talk]}
"""
)
ANSWERS = """
answers:
  yes: {say: It is, goto: told}
  not-sure: {say: I'm not sure, goto: told}
"""
ADVICE = """
advice:
  - do: Tell someone
    source: guide
"""


class Shelf:
    """A folder for a library that is right, but for what a test puts in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def library(
        self,
        *,
        top: str = "review-by: 2027-05-31",
        question: str = "",
        ending: str = "",
        routes: str = ROUTE,
        questions: str = QUESTIONS,
        **shared: str,
    ) -> Library:
        """A tree with one question of its own and one ending, each with these lines in it."""
        asked = question if "answers:" in question else question + ANSWERS
        ends = ending if "advice:" in ending else ending + ADVICE
        ends = ends if "open:" in ends else "open: Thank you for telling me.\n" + ends
        self.write(
            "one.yaml",
            "fingerpost: 1\ntitle: One\nabout: One thing\n"
            f"{top}\n"
            "sources:\n  guide: {title: A guide, publisher: Us, url: 'https://www.example.org'}\n"
            "start: teller\n"
            "questions:\n  teller: {use: teller, goto: known}\n  known:\n"
            + indented(f"{'' if 'ask:' in asked else 'ask: Is it known?'}\n{asked}")
            + "\noutcomes:\n  told:\n"
            + indented(f"title: It is told\nurgency: soon\nneeds: [talk]\n{ends}")
            + "\n  helped: {title: It is helped, urgency: soon, open: Well done., needs: [talk]}",
        )
        self.write("routes/uk.yaml", f"routes:\n{routes}")
        for name, text in {
            "questions": questions,
            "needs": NEEDS,
            "words": WORDS,
            **shared,
        }.items():
            self.write(f"shared/{name}.yaml", text)
        reading = load([self.folder], whole=True)
        assert [m.message for m in reading.mistakes if m.severity is Severity.ERROR] == []
        return reading.library

    def write(self, file: str, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def indented(text: str, by: int = 4) -> str:
    return "\n".join(" " * by + line if line else "" for line in text.splitlines())


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [mistake.code for mistake in found]


# The manual


def test_every_code_has_its_manual_once_and_in_order() -> None:
    assert [code for code in codes_with_manual() if code[:3] == "FP4"] == sorted(CHECKS)


def test_a_library_that_is_right_has_nothing_to_mend(shelf: Shelf) -> None:
    library = shelf.library()
    assert [find(library) for find in CHECKS.values()] == [()] * len(CHECKS)


@pytest.mark.parametrize("code", sorted(CHECKS.keys() - {"FP402", "FP403", "FP404"}))
def test_the_shipped_library_is_held_to_it(code: str) -> None:
    assert CHECKS[code](whole_library()) == ()


# Not sure


@pytest.mark.parametrize(
    "reads",
    [
        {"ending": "advice: [{do: Tell, source: guide, when: {known: yes}}]"},
        {"ending": "advice: [{use: a}]", "advice": "advice: {a: {do: Tell, when: {known: yes}}}"},
        {"advice": "advice: {a: {do: Tell, unless: {known: yes}}}"},
        {"opening": "opening: [{say: Hello., when: {known: yes}}]"},
        {"always": "always: [{when: {known: yes}, needs: [talk]}]"},
        {"always": "always: [{when: {teller: staff}, unless: {known: yes}, needs: [talk]}]"},
        {"always": "always: [{when: {teller: staff}, needs: [{need: talk, when: {known: yes}}]}]"},
        {"routes": f"{ROUTE}    when: {{known: yes}}\n"},
        {"routes": f"{ROUTE}    unless: {{known: yes}}\n"},
    ],
)
def test_a_question_whose_fact_something_reads_has_not_sure(
    shelf: Shelf, reads: dict[str, str]
) -> None:
    answers = "{yes: {say: It is}, no: {say: It is not}}"
    asked = f"{QUESTIONS}  known: {{ask: Is it known?, answers: {answers}}}"
    question = "use: known\ngoto: told\n# answers: ask:"
    [found] = found_by(not_sure, shelf.library(questions=asked, question=question, **reads))
    assert found.code == "FP401"
    assert found.severity is Severity.WARNING
    assert found.span.file.endswith("shared/questions.yaml")
    # Where nothing reads the fact and every answer leads on alike, nothing can go wrong.
    read = shelf.library(questions=asked, question=question, **reads)
    unread = replace(read, advice={}, opening=(), always=(), routes={}, trees=without_whens(read))
    assert found_by(not_sure, unread) == ()


def without_whens(library: Library) -> dict[str, Tree]:
    """The trees, with endings that show everything to everyone."""
    return {
        name: replace(
            tree,
            outcomes={
                each.name: replace(each, advice=(), needs=()) for each in tree.outcomes.values()
            },
        )
        for name, tree in library.trees.items()
    }


def test_answers_that_could_not_be_read_are_not_missed_here(shelf: Shelf) -> None:
    asked = (
        f"{QUESTIONS}  known: {{ask: Is it?, answers: {{a: {{say: A}}, not-sure: {{say: No}}}}}}"
    )
    routes = f"{ROUTE}    when: {{known: a}}\n"
    question = "use: known\ngoto: told\n# answers: ask:"
    shelf.library(questions=asked, question=question, routes=routes)
    shelf.write("shared/questions.yaml", "questions: [")
    broken = load([shelf.folder]).library
    assert "known" in broken.trees["one"].questions
    assert found_by(not_sure, broken) == ()


def test_a_tree_that_leaves_not_sure_out_is_where_the_mistake_is(shelf: Shelf) -> None:
    asked = (
        QUESTIONS
        + "  known:\n    ask: Is it?\n    answers:\n"
        + "".join(f"      {value}: {{say: It is {value}}}\n" for value in ("yes", "no", "not-sure"))
    )
    question = "use: known\ngoto: told\nonly: [yes, no]\n# answers: ask:"
    routes = f"{ROUTE}    when: {{known: yes}}\n"
    [found] = found_by(not_sure, shelf.library(questions=asked, question=question, routes=routes))
    assert found.span.file.endswith("one.yaml")


# Review


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-06-14", ["one was to be reviewed by 2026-06-14"]),
        ("2026-06-15", ["one is to be reviewed by 2026-06-15"]),
        ("2026-07-15", ["one is to be reviewed by 2026-07-15"]),
        ("2026-07-16", []),
    ],
)
def test_a_review_is_due_thirty_days_ahead(shelf: Shelf, day: str, says: list[str]) -> None:
    found = at_review(shelf.library(top=f"review-by: {day}"))
    assert [mistake.message for mistake in found] == says
    assert {mistake.severity for mistake in found} <= {Severity.WARNING}


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)),
        ("2024-25", date(2025, 12, 31)),
        ("2024-11-04", date(2024, 11, 4)), ("2024-02-31", date(2024, 2, 29)),
        ("May 2026", date(2026, 12, 31)), ("20 Nov 2024", date(2024, 12, 31)),
        ("about 2017-19", date(2019, 12, 31)), ("2023 and undated", date(2023, 12, 31)),
        ("2024-03 and 2026-01", date(2026, 1, 31)), ("undated", None), ("", None),
        ("undated, 2022 or later", None), ("0800 20241", None),
    ],
)  # fmt: skip
def test_the_last_day_that_a_date_can_mean(written: str, last: date | None) -> None:
    assert overdue.latest(written) == last


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("source: {url: 'https://a.org', seen: 2025-06-14}", ["FP403"]),
        ("source: {url: 'https://a.org', seen: 2025-06-15}", []),
        ("source: {url: 'https://a.org', seen: 2025}", []),
        ("source: {url: 'https://a.org', seen: 2024}", ["FP403"]),
        ("source: {url: 'https://a.org', seen: undated}", ["FP403"]),
        ("source: {url: 'https://a.org', seen: 2020}\nchecked: {date: 2025-06-15, by: us}", []),
        ("checked: {date: 2025-06-14, by: us}", ["FP403"]),
    ],
)
def test_a_route_is_checked_once_a_year(shelf: Shelf, lines: str, found: list[str]) -> None:
    mistakes = at_review(shelf.library(routes=ROUTE + indented(lines)))
    assert codes(mistakes) == found
    assert {mistake.severity for mistake in mistakes} <= {Severity.NOTICE}


def test_a_year_before_the_last_of_february(shelf: Shelf) -> None:
    lines = "source: {url: 'https://a.org', seen: 2027-02-28}"
    library = shelf.library(top="review-by: 2030-01-01", routes=ROUTE + indented(lines))
    assert found_by(overdue, library, date(2028, 2, 29)) == ()


# Sources


def test_a_source_that_only_a_case_names_is_used(shelf: Shelf) -> None:
    case = """
cases:
  a-case:
    tree: one
    story: A story.
    answers: {teller: staff, known: yes}
    expect: {outcome: told}
    judgements:
      - ask: What now?
        choices:
          wait: {say: Wait, verdict: wrong, because: No.}
          tell: {say: Tell, verdict: right, because: Yes., source: guide}
    injects:
      - {after: known, say: News., answers: {known: not-sure}}
"""
    shelf.write("cases/one.yaml", case)
    assert found_by(unused_sources, shelf.library(ending="advice: [{do: Tell}]")) == ()


# Sentences


def words(count: int) -> str:
    return " ".join(["word"] * count)


def test_a_sentence_has_at_most_25_words(shelf: Shelf) -> None:
    assert found_by(sentences, shelf.library(ending=f"open: {words(25)}. {words(25)}?")) == ()
    [found] = found_by(sentences, shelf.library(ending=f"open: {words(26)}."))
    assert found.message == "this sentence has 26 words: “word word word word word word …”"


def test_dashes_are_no_words(shelf: Shelf) -> None:
    assert found_by(sentences, shelf.library(ending=f"open: {words(20)} – {words(5)}.")) == ()


def test_the_words_are_counted_for_each_reader(shelf: Shelf) -> None:
    routes = ROUTE.replace("Childline", "{staff: A line of many many words, otherwise: Line}")
    ending = f"open: Ring {{route:childline}} {words(23)}."
    [found] = found_by(sentences, shelf.library(routes=routes, ending=ending))
    assert "30 words for staff" in found.message
    ending = f"open: {{staff: {words(26)}, parent: {words(26)}, otherwise: Short.}}"
    [found] = found_by(sentences, shelf.library(ending=ending))
    assert "26 words for parent and staff" in found.message


def test_the_shortest_sentence_that_is_too_long_is_found(shelf: Shelf) -> None:
    """A quick look passes over what is too short to have 26 words; 26 letters are not."""
    letters = " ".join("abcdefghijklmnopqrstuvwxyz")
    [found] = found_by(sentences, shelf.library(ending=f"open: {letters}"))
    assert "26 words:" in found.message
    assert found_by(sentences, shelf.library(ending=f"open: {letters[:-2]}")) == ()
    # Three names of nine words each, with two words between them.
    routes = ROUTE.replace("Childline", "A line of so many words as these are")
    names = "{route:childline} and {route:childline} or {route:childline}"
    [found] = found_by(sentences, shelf.library(routes=routes, ending=f'open: "{names}"'))
    assert "29 words:" in found.message


def test_a_shared_sentence_is_one_mistake(shelf: Shelf) -> None:
    long = QUESTIONS.replace("Who is asking?", words(26))
    library = shelf.library(questions=long, advice=f"advice: {{a: {{do: {words(27)}}}}}")
    assert [m.span.file.rpartition("/")[2] for m in found_by(sentences, library)] == [
        "advice.yaml",
        "questions.yaml",
    ]


# Services


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ring Childline now.", "Childline"),
        ("Childline's people listen.", "Childline"),
        ("Ring 0800 1111.", "0800 1111"),
        ("Ring 08001111 now", "08001111"),
        ("Ring 999, and stay on the line.", "999"),
        ("See www.childline.org.uk.", "www.childline.org.uk"),
        ("See https://childline.org.uk/a", "childline.org.uk"),
        ("Write to help@post.example.org.", "post.example.org"),
        ("Then ring Shout.", "Shout"),
        ("Ask CEOP about it.", "CEOP"),
        ("Use the CEOP Safety Centre.", "CEOP Safety Centre"),
        ("Ring the helpline, Take It Down.", "Take It Down"),
        ("Ask POSH.", "POSH"),
        ("Text 85258.", "85258"),
    ],
)
def test_a_service_in_free_text_is_found(shelf: Shelf, text: str, named: str) -> None:
    [found] = found_by(services, shelf.library(routes=SERVICES, ending=f"open: {text}"))
    assert found.message == f"ending told names a service in free text: “{named}”"
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    "text",
    [
        "Ring {route:childline}, {{safeguarding lead}}.",
        "Shout if you need us.", "Wait. Shout if they come.", "You can shout.",
        "They asked for £999.", "It is 999% true.", "At 1999 Long Road, or at 0800 11112.",
        "Read section 9.999.", "A lifeline, and a childline.", "Your safeguarding lead can help.",
        "See example.org or notchildline.org.uk.", "One of those TakeItDowns.", "Childlines.",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(shelf: Shelf, text: str) -> None:
    assert found_by(services, shelf.library(routes=SERVICES, ending=f'open: "{text}"')) == ()


def test_a_route_may_name_itself_and_what_it_stands_for(shelf: Shelf) -> None:
    of_chat = "  childline-chat:\n    name: Childline online chat\n    serves: [talk]\n"
    of_chat += "    who: Anyone whom Childline is for. Childline online chat is open. See 85258.\n"
    routes = SERVICES.replace(
        "name: Childline\n", "name: Childline\n    who: Childline is for all.\n"
    )
    [found] = found_by(services, shelf.library(routes=routes + of_chat))
    assert found.message == "route childline-chat names a service in free text: “85258”"
    assert found.hint == "write {route:shout}"


def test_a_library_without_routes_names_none(shelf: Shelf) -> None:
    library = shelf.library(ending="open: Ring Childline on 999.")
    assert found_by(services, replace(library, routes={})) == ()


# Hard words


@pytest.mark.parametrize(
    ("opening", "unmarked"),
    [
        ("It is grooming.", "grooming"),
        ("Grooming, and safeguarding leads.", "grooming, safeguarding leads"),
        ("Tell the safeguarding lead about grooming.", "safeguarding lead, grooming"),
        ("Tell the {{safeguarding lead}} about safeguarding.", "safeguarding"),
        ("It is {{Grooming}}. So grooming it is.", ""),
        ("It is {{safeguarding}}, says the safeguarding lead.", "safeguarding lead"),
        ("They groom you, and they groomed others.", "groom"),
        ("This is {{grooming}}. They groomed you.", ""),
        ("It is called 'grooming'.", "grooming"),
        ("It is non-grooming, and she is a groomer.", ""),
        ("{staff: It is grooming., otherwise: It is not.}", ""),
    ],
)
def test_a_hard_word_is_marked_once(shelf: Shelf, opening: str, unmarked: str) -> None:
    text = opening if opening.startswith("{staff") else f'"{opening}"'
    found = found_by(glossary, shelf.library(ending=f"open: {text}"))
    says = [f"the ending told does not explain to a young person: {unmarked}"] if unmarked else []
    assert [mistake.message for mistake in found] == says
    assert {mistake.severity for mistake in found} <= {Severity.NOTICE}


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("scam", "scams"), ("scam", "scammed"), ("hash", "hashes"), ("gift card", "gift cards"),
        ("mute", "muted"), ("mute", "muting"), ("counsellor", "counsellor's"),
        ("counsellor", "counsellors’"), ("evidence", "evidences"), ("blackmail", "Blackmailing"),
        ("bullying", "bullied"), ("bullying", "bully"), ("stalking", "stalks"), ("hacked", "hack"),
        ("encrypted", "encrypting"), ("children's services", "children’s services"),
    ],
)  # fmt: skip
def test_a_hard_word_is_known_in_its_other_forms(shelf: Shelf, listed: str, said: str) -> None:
    words = f'words: {{"{listed}": What it means.}}'
    [found] = found_by(glossary, shelf.library(ending=f"open: It is {said}.", words=words))
    assert found.message.endswith(f": {said.lower().replace('’', chr(39)).rstrip(chr(39))}")


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("feed", "fee"), ("skins", "skin"), ("server", "serve"), ("threat", "threaten"),
        ("hacked", "hacker"), ("hate crime", "hates crime"), ("hate crime", "hate"),
    ],
)  # fmt: skip
def test_another_word_is_no_form_of_a_hard_one(shelf: Shelf, listed: str, said: str) -> None:
    words = f"words: {{{listed}: What it means.}}"
    assert found_by(glossary, shelf.library(ending=f"open: It is {said}.", words=words)) == ()


def test_a_form_that_is_listed_itself_is_a_word_of_its_own(shelf: Shelf) -> None:
    words = 'words: {hacked: One thing., hack: Another thing., "!": What has no letters.}'
    assert found_by(glossary, shelf.library(ending='open: "A {{hack}}! Hack."', words=words)) == ()
    [found] = found_by(glossary, shelf.library(ending='open: "A {{hack}}. Hacked."', words=words))
    assert found.message.endswith(": hacked")


def test_what_to_do_about_a_hard_word_can_be_done(shelf: Shelf) -> None:
    def hint(text: str) -> str:
        [found] = found_by(glossary, shelf.library(ending=f"open: {text}"))
        return found.hint

    assert hint("It is groomings.") == "mark it where it comes first: {{grooming}}s"
    assert hint("They groomed you.") == "say the word itself too, and mark it: {{grooming}}"


@pytest.mark.parametrize(
    ("line", "unmarked"),
    [
        ("who: You learn about grooming.", "grooming"),
        ("limits: Grooming is not for them.", "grooming"),
        ("steps: [Tap the flag., Groomed? Tell them.]", "groomed"),
        ("who: You learn about {{grooming}}.\nlimits: No grooming.", ""),
        ("steps: ['Tap the flag, then Grooming.', Choose “child grooming”.]", ""),
        ("expect: The people of Grooming.example answer.", ""),
        ("who: {young-person: You., otherwise: You learn about grooming.}", ""),
        ("when: {teller: staff}\nwho: You learn about grooming.", ""),
        ("name: Grooming and Safeguarding Helpline", ""),
    ],
)
def test_a_route_explains_its_own_hard_words(shelf: Shelf, line: str, unmarked: str) -> None:
    routes = ROUTE.replace("    name: Childline\n", "" if "name:" in line else "    name: Us\n")
    found = found_by(glossary, shelf.library(routes=routes + indented(line)))
    says = [f"the route childline does not explain to a young person: {unmarked}"]
    assert [mistake.message for mistake in found] == (says if unmarked else [])


@pytest.mark.parametrize(
    ("title", "unmarked"),
    [
        ("It is grooming", "grooming"),
        ("It is {{grooming}}", ""),
        ("They groomed me", ""),  # and no mark could say so
    ],
)
def test_a_title_is_held_to_what_can_be_marked_there(
    shelf: Shelf, title: str, unmarked: str
) -> None:
    library = shelf.library()
    tree = library.trees["one"]
    titled = replace(tree, title=replace(tree.title, otherwise=title))
    found = found_by(glossary, replace(library, trees={"one": titled}))
    says = [f"the tree one does not explain to a young person: {unmarked}"]
    assert [mistake.message for mistake in found] == (says if unmarked else [])


def test_what_is_added_to_every_ending_explains_its_own_hard_words(shelf: Shelf) -> None:
    always = "always: [{when: {teller: young-person}, advice: [{do: It is grooming.}]}]"
    [found] = found_by(glossary, shelf.library(always=always))
    assert found.message == "the always does not explain to a young person: grooming"


def test_a_word_to_the_worker_need_not_be_marked(shelf: Shelf) -> None:
    advice = "advice: [{worker: It is grooming., source: guide}, {do: Tell, when: {teller: staff}}]"
    assert found_by(glossary, shelf.library(ending=advice, question="note: It is grooming.")) == ()
    advice = "advice: [{do: It is grooming., source: guide, when: {teller: staff}}]"
    assert found_by(glossary, shelf.library(ending=advice)) == ()
    assert (
        found_by(glossary, shelf.library(ending="open: It is grooming.", words="words: {}")) == ()
    )


# Answers


def test_a_question_counts_once_however_many_trees_ask_it(shelf: Shelf) -> None:
    many = "".join(f"      a-{n}: {{say: An answer}}\n" for n in range(61))
    asked = f"{QUESTIONS}  known:\n    ask: Is it?\n    answers:\n{many}"
    question = "use: known\ngoto: told\n# answers: ask:"
    [found] = found_by(screen_fit, shelf.library(questions=asked, question=question))
    assert found.code == "FP409"
    assert found.severity is Severity.NOTICE


def test_the_note_takes_room_from_a_worker(shelf: Shelf) -> None:
    """8 rows around it, 1 for the question, 2 for its answers: the note has 13, of 69 letters."""
    assert found_by(screen_fit, shelf.library(question=f"note: {'x' * 69 * 13}")) == ()
    assert codes(found_by(screen_fit, shelf.library(question=f"note: {'x' * (69 * 13 + 1)}"))) == [
        "FP410"
    ]


# Lines to choose from


def test_a_tenth_line_is_told_for_the_reader_who_has_it(shelf: Shelf) -> None:
    """Nine trees beside the one that every library here has, one of them for parents alone."""
    library = shelf.library()
    for number in range(9):
        given = "given: {teller: parent}\n" if number == 8 else ""
        text = (shelf.folder / "one.yaml").read_text("utf-8")
        shelf.write(f"more-{number}.yaml", text.replace("start:", f"{given}start:", 1))
    assert found_by(doors, library) == ()
    [found] = found_by(doors, shelf.library())
    assert found.code == "FP414"
    assert found.severity is Severity.WARNING
    assert found.message == "a parent has 10 lines to choose from, and 9 have a key"
    together = "doors: {some: {say: Some, trees: [more-1, more-2], when: {teller: parent}}}"
    assert found_by(doors, shelf.library(doors=together)) == ()
    for_others = together.replace("parent", "staff")
    assert found_by(doors, shelf.library(doors=for_others)) != ()


# Reading age


HARD = "Immediate notification of designated professionals is necessary. "


def test_the_words_for_a_worker_may_be_harder(shelf: Shelf) -> None:
    mild = (
        "You can tell a worker or a teacher about whatever has happened to you yesterday evening. "
    )
    library = shelf.library(ending=f"open: {mild * 8}")
    [found] = found_by(reading_age, library)
    assert found.message.startswith("ending told: the words for a young person are for a reader of")
    assert found.message.endswith("not 11")
    ending = f"open: Well done.\nadvice: [{{worker: {HARD * 20}, source: guide}}]"
    [found] = found_by(reading_age, shelf.library(ending=ending))
    assert found.message.startswith("ending told: the words for a worker are")
    assert found.message.endswith("not 14")


def test_few_words_are_not_judged(shelf: Shelf) -> None:
    """7 words in each, and 3 in the title."""
    assert found_by(reading_age, shelf.library(ending=f"open: {HARD * 12}")) == ()
    assert found_by(reading_age, shelf.library(ending=f"open: {HARD * 16}")) != ()


def test_names_of_services_and_words_that_are_explained_are_left_out(shelf: Shelf) -> None:
    routes = ROUTE.replace("Childline", "Independent Organisational Accountability Commission")
    easy = "You can tell {route:childline}, if you like, and ask them what {{grooming}} is. "
    assert found_by(reading_age, shelf.library(routes=routes, ending=f'open: "{easy * 12}"')) == ()


# What is said to whom


def test_a_tree_for_staff_is_not_held_to_the_words_for_a_young_person(shelf: Shelf) -> None:
    top = "review-by: 2027-05-31\ngiven: {teller: staff}"
    library = shelf.library(top=top, ending="open: It is grooming.")
    assert found_by(glossary, library) == ()


def test_a_line_that_is_not_for_a_teller_is_not_read_by_them(shelf: Shelf) -> None:
    known = "  known: {ask: Is it?, answers: {yes: {say: It is}, not-sure: {say: I'm not sure}}}"
    line = f"when: {{known: yes}}, advice: [{{do: {words(26)}}}]"

    def message(unless: str) -> str:
        library = shelf.library(
            questions=QUESTIONS + known,
            question="use: known\ngoto: told\n# answers: ask:",
            always=f"always: [{{unless: {unless}, {line}}}]",
        )
        [found] = found_by(sentences, library)
        return found.message

    assert "26 words for young-person:" in message("{teller: [staff, parent]}")
    assert "26 words:" in message("{teller: [staff, parent], known: not-sure}")


def test_every_kind_of_sentence_is_looked_at(shelf: Shelf) -> None:
    """A sentence that is too long is found wherever it stands."""
    long = words(26)
    always = f"always: [{{when: {{teller: staff}}, needs: [{{need: talk, because: {long}}}]}}]"
    fields = ("who", "cost", "expect", "private", "limits", "languages")
    routes = ROUTE + "".join(f"    {field}: {long}\n" for field in fields)
    routes += f"    steps: [{long}]\n"
    routes += f"    forms: {{a: {{say: {long}, web: 'https://a.org'}}}}\n"
    library = shelf.library(
        question=f"ask: {long}\nwhy: {long}\nnote: {long}",
        ending=f"open: {long}\nworse: {long}",
        always=always,
        routes=routes,
        needs=f"needs: {{talk: {{say: {long}}}}}",
        words=f"words: {{grooming: {long}}}",
        opening=f"opening: [{{say: {long}}}]",
    )
    found = found_by(sentences, library)
    files = sorted(mistake.span.file.rpartition("/")[2] for mistake in found)
    assert files == sorted(
        ["one.yaml"] * 5
        + ["uk.yaml"] * 8
        + ["always.yaml", "needs.yaml", "words.yaml", "opening.yaml"]
    )
