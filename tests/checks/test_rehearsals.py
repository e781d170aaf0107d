"""The check of what somebody meets who rehearses a case: its news, and its judgements."""

from __future__ import annotations

from functools import partial

from fingerpost.checks.upkeep import rehearsals
from fingerpost.model.base import replace
from fingerpost.model.case import Case, Inject, Judgement
from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library

from ..support.checking import found_by
from ..support.trainee import CLUB, one

find = partial(found_by, rehearsals)


def with_case(case: Case) -> Library:
    """A library with this case and no other."""
    return replace(CLUB, cases={case.name: case})


def with_news(name: str, **answers: str) -> Library:
    """A case of the club whose news tells this instead."""
    case = CLUB.cases[name]
    [inject] = case.injects
    told = {fact: one(value) for fact, value in answers.items()}
    return with_case(replace(case, injects=(replace(inject, answers=told),)))


def found(library: Library) -> list[tuple[str, str]]:
    """The code of each mistake, and its words."""
    return [(mistake.code, mistake.message) for mistake in find(library)]


def test_news_that_leads_to_an_ending_is_right() -> None:
    """Who is not safe is not asked anything more."""
    assert found(with_news("they-come-now", safe="no")) == []


def test_news_that_leads_to_what_the_case_answers_is_right() -> None:
    """The man of 19 is blackmailed: what is asked then, the news tells."""
    news = {"kind": "money", "suicide": "no", "where": "chirp"}
    assert found(with_news("they-come-now", **news)) == []


def test_news_that_leads_to_a_question_without_an_answer_is_a_mistake() -> None:
    library = with_news("they-come-now", kind="money", where="chirp")
    [mistake] = find(library)
    assert mistake.code == "FP322"
    assert mistake.message == "after its news the case “they-come-now” does not answer “suicide”"
    assert mistake.severity is Severity.WARNING
    [inject] = library.cases["they-come-now"].injects
    assert mistake.span == inject.say.span
    assert mistake.hint == "say in the “answers” of the news what “suicide” is"
    assert [each.span for each in mistake.related] == [
        CLUB.trees["threat"].questions["suicide"].span
    ]


def test_each_question_that_is_left_open_is_told() -> None:
    """Of the first nobody is sure, and so the second is asked too."""
    told = found(with_news("they-come-now", kind="money"))
    assert told == [
        ("FP322", "after its news the case “they-come-now” does not answer “suicide”"),
        ("FP322", "after its news the case “they-come-now” does not answer “where”"),
    ]


def test_an_answer_that_the_question_does_not_offer_is_none() -> None:
    library = with_news("they-come-now", kind="money", suicide="no", where="a-drum")
    assert [code for code, _ in found(library)] == ["FP322"]


def test_what_a_case_does_not_answer_before_its_news_is_no_matter_of_news() -> None:
    """That it does not end as it expects is said of it by another check."""
    case = CLUB.cases["passed-on"]
    answers = {fact: values for fact, values in case.answers.items() if fact != "where"}
    assert found(with_case(replace(case, answers=answers))) == []


def test_a_judgement_that_nobody_comes_to_is_a_mistake() -> None:
    case = CLUB.cases["passed-on"]
    first, second = case.judgements
    for after, told in (("", []), ("where", []), ("suicide", ["FP324"])):
        judgements: tuple[Judgement, ...] = (first, replace(second, after=after))
        library = with_case(replace(case, judgements=judgements))
        assert [code for code, _ in found(library)] == told
    [mistake] = find(library)
    assert mistake.span == second.ask.span
    assert mistake.message == (
        "nobody who rehearses “passed-on” comes to this judgement: "
        "its way does not ask for “suicide”"
    )


def test_a_judgement_that_news_comes_before_is_one_that_nobody_comes_to() -> None:
    """The boy has a plan now, so where it is is not asked any more. Later news is not too early."""
    case = CLUB.cases["he-has-taken-tablets"]
    [judgement], [inject] = case.judgements, case.injects
    asked_last = replace(judgement, after="where")
    early = replace(case, judgements=(asked_last,))
    late = replace(early, injects=(replace(inject, after="where"),))
    assert [code for code, _ in found(with_case(early))] == []
    away = replace(early, injects=(replace(inject, answers={"safe": one("no")}),))
    assert [code for code, _ in found(with_case(away))] == ["FP324"]
    assert found(with_case(late)) == []


def test_news_that_nobody_comes_to_is_a_mistake() -> None:
    case = CLUB.cases["they-come-now"]
    [inject] = case.injects
    late: Inject = replace(inject, after="suicide")
    [mistake] = find(with_case(replace(case, injects=(late,))))
    assert (mistake.code, mistake.span) == ("FP324", inject.say.span)
    assert "comes to this news" in mistake.message


def test_a_case_of_no_tree_is_a_mistake_of_its_own() -> None:
    case = replace(CLUB.cases["passed-on"], tree="no-such-tree")
    assert found(with_case(case)) == []
