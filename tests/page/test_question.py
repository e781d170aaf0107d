"""A question as one person is asked it, in words."""

from __future__ import annotations

from datetime import date

import pytest

from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.route import Route
from fingerpost.model.sentence import Sentence, Urgency
from fingerpost.model.tree import Answer, Outcome, Question, Target, Tree
from fingerpost.page.question import Choice, asking
from fingerpost.walk.walk import Walk

HERE = Span.start_of("made-up")


def say(text: str, **by_teller: str) -> Sentence:
    words = {teller.replace("_", "-"): said for teller, said in by_teller.items()}
    return Sentence(text, by_teller=tuple(words.items()), span=HERE)


def answer(value: str, words: Sentence, *, alone: bool = False) -> Answer:
    return Answer(value, words, Target("t", "end", span=HERE), alone, span=HERE)


def walk(question: Question, *, words: dict[str, Sentence] | None = None, **known: str) -> Walk:
    end = Outcome("end", say("End"), Urgency.SOON, say("Hello."), (), (), span=HERE)
    tree = Tree(
        name="t",
        title=say("It happened to {who}", staff="It happened"),
        about=say("t"),
        review_by=date(2027, 1, 1),
        reviewed=None,
        sources={},
        given={},
        start=question.name,
        questions={question.name: question},
        outcomes={"end": end},
        span=HERE,
    )
    helper = Route("helper", say("The Helpers"), ("talk",), None, span=HERE)
    whose = Question("who", "who", say("Who?"), None, None,
                     (answer("me", say("me")),), span=HERE)  # fmt: skip
    library = Library({"t": tree}, {"who": whose}, {}, (), {}, words or {}, {"helper": helper})
    return Walk.begin(library, "t", {fact: frozenset({value}) for fact, value in known.items()})


def question(ask: Sentence, *answers: Answer, **details: object) -> Question:
    given = {"why": None, "note": None, "many": False, **details}
    return Question(name="q", fact="q", ask=ask, answers=answers, span=HERE, **given)  # type: ignore[arg-type] # a test may choose the fields that it names


def test_everything_on_the_screen_of_a_question() -> None:
    here = walk(
        question(
            say("Did {route:helper} help {who}?"),
            answer("yes", say("Yes, {who}")),
            answer("none", say("Nobody"), alone=True),
            why=say("Because {route:nobody}."),
            note=say("Wait."),
            many=True,
        ),
        who="me",
    )
    shown = asking(here)
    assert shown.tree_title == "It happened to me"
    assert shown.ask == "Did the Helpers help me?"
    assert shown.why == "Because nobody."
    assert shown.note == "Wait."
    assert shown.choices == (Choice(1, "yes", "Yes, me"), Choice(2, "none", "Nobody", alone=True))
    assert shown.many
    assert not shown.for_staff
    assert shown.words == ()
    assert shown.progress == "question 1, usually 1"


def test_the_words_are_for_the_reader() -> None:
    asked = question(
        say("", young_person="You?", parent="Your child?", staff="They?"),
        answer("a", say("Any")),
    )
    assert asking(walk(asked)).ask == "You?"
    assert asking(walk(asked, teller="parent")).ask == "Your child?"
    staff = asking(walk(asked, teller="staff"))
    assert (staff.ask, staff.tree_title, staff.for_staff) == ("They?", "It happened", True)


def test_a_fact_that_nobody_knows_has_no_words() -> None:
    assert asking(walk(question(say("{who}?"), answer("a", say("A"))))).ask == "?"


def test_without_a_reason_or_a_note_there_is_none() -> None:
    shown = asking(walk(question(say("A?"), answer("a", say("A")))))
    assert (shown.why, shown.note) == ("", "")


def test_hard_words_are_explained_once_in_the_order_met() -> None:
    here = walk(
        question(
            say("A {{Hash}}?"),
            answer("a", say("{{blackmail}}")),
            answer("b", say("{{Hash}}, {{unknown}}")),
            why=say("{{blackmail}}", staff="nothing"),
        ),
        words={"hash": say("A code."), "blackmail": say("A threat.", staff="Menaces.")},
    )
    assert asking(here).words == (("Hash", "A code."), ("blackmail", "A threat."))
    assert asking(here).ask == "A Hash?"


def test_an_ending_is_not_asked() -> None:
    here = walk(question(say("A?"), answer("a", say("A")))).answer({"a"})
    with pytest.raises(ValueError, match="an ending is not asked"):
        asking(here)
