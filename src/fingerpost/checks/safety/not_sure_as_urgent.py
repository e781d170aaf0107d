"""FP316: answers that could get less care than those that they are to be as urgent as.

Judged are the answers that a shared question compares with others (``as-urgent-as``), and “not
sure” of a fact that is always asked, which is compared with every other answer if the question says
nothing. No pages are compared. Instead the files must say one of two things that each suffice:

- an entry of ``always`` makes every page after the answer as urgent as a page can be;
- the answers are alike: all have the same way on, and an entry of ``always`` that makes pages more
  urgent after one of the others makes them so after this one.

And a rule that asks for something after an answer that “not sure” is compared with must be kept
after “not sure” too.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.base import Frozen, replace
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.facts import NOT_SURE
from ...model.library import Library
from ...model.sentence import Urgency
from ...model.tree import Always, Expectation, Question, Rule, When
from ...proof.prover import Proofs
from ...proof.verdict import Status, Verdict


class Judged(Frozen):
    """An answer about a fact that is judged, and the others that it is compared with.

    Where several answers may be chosen these are all others: any may be chosen with one of them.
    """

    fact: str
    answer: str
    others: frozenset[str]
    many: bool

    def said(self, others: frozenset[str]) -> str:
        """Some of the others in words."""
        return " or ".join(f"{self.fact}={value}" for value in sorted(others))


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each entry of ``always``, or else each question, that tells such answers apart, and each rule
    that leaves out “not sure”."""
    library = proofs.library
    for judged in _all_judged(library):
        level = _level_for_all(library, judged)
        urgent = [e for e in library.always if e.urgency is not None and e.urgency > level]
        apart = [(entry, others) for entry in urgent if (others := _left_out(entry, judged))]
        yield from (_less_urgent(entry, judged, others) for entry, others in apart)
        if not apart and level < Urgency.NOW:
            yield from _other_ways(proofs, judged)
        if judged.answer == NOT_SURE:
            yield from _rules(proofs, judged)


def _all_judged(library: Library) -> Iterator[Judged]:
    for fact, question in library.questions.items():
        compared = dict(question.as_urgent_as)
        if question.always_ask and not compared and question.answer(NOT_SURE):
            compared[NOT_SURE] = frozenset(question.values)
        for answer, others in compared.items():
            every = frozenset(question.values) if question.many else others
            yield Judged(fact, answer, every - {answer}, question.many)


def _level_for_all(library: Library, judged: Judged) -> Urgency:
    """How urgent ``always`` makes every page after the answer, whatever else is known."""
    for_all = (
        entry.urgency
        for entry in library.always
        if entry.urgency is not None
        and not entry.unless
        and all(fact == judged.fact and judged.answer in v for fact, v in entry.when.tests)
    )
    return max(for_all, default=Urgency.INFO)


def _left_out(entry: Always, judged: Judged) -> frozenset[str]:
    """The others after which an entry may be added to a page, and not to the same page after the
    judged answer."""
    found: set[str] = set()
    for fact, values in entry.when.tests:
        if fact == judged.fact and judged.answer not in values:
            found |= values & judged.others
    for fact, values in (test for each in entry.unless for test in each.tests):
        hides = not values.isdisjoint({judged.answer, *(judged.others if judged.many else ())})
        if fact == judged.fact and hides:
            found |= judged.others - values
    return frozenset(found)


def _less_urgent(entry: Always, judged: Judged, others: frozenset[str]) -> Diagnostic:
    assert entry.urgency is not None
    level = entry.urgency.name.lower()
    return Diagnostic(
        "FP316",
        f"pages are {level} by this entry after {judged.said(others)}, and may not be after "
        f"{judged.fact}={judged.answer}",
        entry.span,
        hint=f"let it speak for {judged.answer} too, or add an entry "
        f"“when: {{{judged.fact}: {judged.answer}}}” with “urgency: {level}”",
    )


def _other_ways(proofs: Proofs, judged: Judged) -> Iterator[Diagnostic]:
    for place, span in _parting_questions(proofs, judged):
        yield Diagnostic(
            "FP316",
            f"“{place}” sends {judged.fact}={judged.answer} another way than "
            f"{judged.said(judged.others)}, where pages may be more urgent",
            span,
            hint="let them all go one way, or add an entry to shared/always.yaml: "
            f"“when: {{{judged.fact}: {judged.answer}}}” with “urgency: now”",
        )


def _parting_questions(proofs: Proofs, judged: Judged) -> Iterator[tuple[str, Span]]:
    """Each question where those who gave one of the answers may part, and the place in it."""
    for number, node in enumerate(proofs.map.nodes):
        if isinstance(node.step, Question):
            known = proofs.ways.may_know(number, judged.fact)
            span = _parting(node.step, judged, known=known)
            if span is not None:
                yield "/".join(node.place), span


def _parting(question: Question, judged: Judged, *, known: bool) -> Span | None:
    """Where a question has other ways on for some of the answers, lacks one that may be known
    there, or is asked of some only; None if it does not."""
    alike = judged.others | {judged.answer}
    if question.fact == judged.fact:
        offered = [answer for answer in question.answers if answer.value in alike]
        if len({answer.goto for answer in offered}) > 1:
            return (question.answer(judged.answer) or offered[0]).span
        if known and not question.fork and len(offered) < len(alike):
            return question.span
    some = (
        fact == judged.fact and not alike <= values and not alike.isdisjoint(values)
        for fact, values in question.when.tests
    )
    return question.span if any(some) else None


def _rules(proofs: Proofs, judged: Judged) -> Iterator[Diagnostic]:
    """The rules that ask for something after one of the others, leave out “not sure”, and are not
    proved for it."""
    library = proofs.library
    for rule, tree in library.every_rule:
        named = dict(rule.when.tests).get(judged.fact, frozenset())
        others = named & judged.others
        if others and judged.answer not in named and rule.must != Expectation():
            verdict = _for_not_sure(proofs, judged, rule, tree)
            if verdict.status is Status.BROKEN:
                yield _silent(library, judged, rule, others, verdict)


def _for_not_sure(proofs: Proofs, judged: Judged, rule: Rule, tree: str | None) -> Verdict:
    """The verdict on what a rule asks for, on every page after “not sure” to which it might speak.

    Where the ways part somebody else may know more, or come to another tree: then on all pages.
    """
    unsure = (judged.fact, frozenset({judged.answer}))
    asks = replace(rule, never=Expectation())
    if any(_parting_questions(proofs, judged)):
        return proofs.rule(replace(asks, when=When((unsure,))))
    others = (test for test in rule.when.tests if test[0] != judged.fact)
    return proofs.rule(replace(asks, when=When((unsure, *others))), tree)


def _silent(
    library: Library, judged: Judged, rule: Rule, others: frozenset[str], verdict: Verdict
) -> Diagnostic:
    page, way = verdict.arrival, verdict.witness
    assert page is not None  # a broken rule has both
    assert way is not None
    return Diagnostic(
        "FP316",
        f"“{page.tree}/{page.outcome.name}” does not show after {judged.fact}={judged.answer} "
        f"what the rule “{rule.name}” asks for after {judged.said(others)}",
        rule.span,
        hint=f"let the rule speak for {judged.answer} too, and show them what it asks for",
        related=(Related("this ending does not show it", page.outcome.span),),
        witness=way.words(library),
        begins=way.tree,
    )
