"""How the safety rules fared, as a manager reads it."""

from __future__ import annotations

from fingerpost.checks.reports.verdicts import for_people, summary
from fingerpost.model.diagnostics import Span
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import ALWAYS, Expectation, Rule
from fingerpost.proof.verdict import Status, Verdict

HERE = Span.start_of("rules.yaml")
NOTHING = Expectation()


def rule(name: str, because: str = "") -> Rule:
    reason = Sentence(because, span=HERE) if because else None
    return Rule(name, reason, ALWAYS, NOTHING, NOTHING, span=HERE)


def test_what_is_proved_stands_with_its_reason_and_for_how_many() -> None:
    proved = [
        (rule("danger-first", "Danger comes first."), Verdict(Status.PROVED, 2)),
        (rule("silent"), Verdict(Status.PROVED, 1)),
    ]
    assert for_people(proved).splitlines() == [
        "",
        "Proved for everyone, on every path:",
        "  danger-first - on 2 endings",
        "    Danger comes first.",
        "  silent - on 1 ending",
    ]


def test_what_is_not_proved_is_counted_and_never_named_as_proved() -> None:
    every = [
        (rule("kept"), Verdict(Status.PROVED, 1)),
        (rule("broken"), Verdict(Status.BROKEN, 1)),
        (rule("open"), Verdict(Status.NOT_DECIDED, 1)),
    ]
    said = for_people(every).splitlines()
    assert said[-1] == "2 of 3 rules are not proved."
    assert not any(name in row for row in said for name in ("broken", "open"))
    assert for_people(every[1:2]).splitlines() == ["", "1 of 1 rules is not proved."]
    assert for_people([]) == ""


def test_in_short_they_are_counted_by_how_their_proof_ended() -> None:
    ended = (Status.PROVED, Status.PROVED, Status.NOT_DECIDED, Status.BROKEN, Status.NOT_DECIDED)
    every = [(rule(f"r{at}"), Verdict(state, 1)) for at, state in enumerate(ended)]
    assert summary(every).splitlines() == [
        "2 rules proved on every path. To see them: fingerpost check --rules",
        "3 of 5 rules are not proved: 1 broken, 2 not decided.",
    ]
    assert summary(every[:1]) == (
        "1 rule proved on every path. To see it: fingerpost check --rules"
    )
    assert summary(every[2:3]) == "1 of 1 rules is not proved: 1 not decided."
    assert summary([]) == ""


def test_a_reason_is_an_authors_text_and_stays_within_a_screen() -> None:
    said = for_people([(rule("r", "\x1b[31m" + "word " * 60), Verdict(Status.PROVED, 1))])
    assert "\x1b" not in said
    assert max(map(len, said.splitlines())) < 80


def test_a_long_name_stays_within_a_screen_too() -> None:
    name = "-".join(["somebody"] * 7)
    said = for_people([(rule(name), Verdict(Status.PROVED, 100))]).splitlines()
    assert max(map(len, said)) < 80
    assert " ".join(" ".join(said[2:]).split()) == f"{name} - on 100 endings"
