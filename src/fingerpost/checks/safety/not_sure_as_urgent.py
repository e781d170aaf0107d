"""FP316: pages after one answer that are less careful than after those it is to be as urgent as.

Judged are the answers that a shared question compares with others (``as-urgent-as``), and “not
sure” of a fact that is always asked, which is compared with every other answer if the question says
nothing. The page of a reader who gives the answer is compared with the pages of their *twins*:
readers who give one of the others to this one question, and the same answer to every other that
both are asked, carrying on from an ending among them. No twin's page may be more urgent. And where
“not sure” is judged, what a rule makes a twin's page show after the most worrying answer, this page
shows too: that is the answer after which the least urgent page is still more urgent than after any
other.

Only pages that could be at fault are compared: most libraries treat “not sure” as an emergency, and
nothing is more urgent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related
from ...model.facts import NOT_SURE
from ...model.sentence import Urgency
from ...model.tree import Expectation, When
from ...page import visibility
from ...page.rules import keeps
from ...proof.formula import Test
from ...proof.prover import Proofs
from ...proof.verdict import Claim, Status
from ..structure.undecided import undecided
from .twins import Asked, Page, Pages, could_be_more_urgent

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.tree import Always, Rule
    from ...page.rules import Arrival


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each ending that is less urgent after “not sure”, and each rule that is not kept there."""
    for asked in _all_asked(proofs.library):
        yield from _urgency(proofs, asked)
        if asked.answer == NOT_SURE:
            yield from _rules(proofs, asked)


def _all_asked(library: Library) -> Iterator[Asked]:
    """The answers that are judged, each with those that it is compared with."""
    for fact, question in library.questions.items():
        if question.always_ask and not question.as_urgent_as and question.answer(NOT_SURE):
            yield Asked(fact, NOT_SURE, frozenset(question.values) - {NOT_SURE})
        for answer, others in question.as_urgent_as:
            yield Asked(fact, answer, others)


# --- as urgent -----------------------------------------------------------------------------------


def _urgency(proofs: Proofs, asked: Asked) -> Iterator[Diagnostic]:
    doubtful = _doubtful(proofs, asked)
    pages = Pages(proofs, asked, [*proofs.dependencies.urgency(), *asked.tests()], doubtful)
    reported: set[tuple[str, str]] = set()
    for page, twins in pages.beside_their_twins(lambda page: page.urgency < Urgency.NOW):
        place = page.arrival.place
        twin = max((alike[0] for alike in twins), key=lambda twin: twin.urgency)
        if page.urgency < twin.urgency and place not in reported:
            reported.add(place)
            yield _less_urgent(proofs.library, asked, page, twin)
    if not pages.complete and not reported:
        yield _undecided(proofs, asked, f"whether pages are as urgent after {asked.given}")


def _doubtful(proofs: Proofs, asked: Asked) -> Collection[str]:
    """The trees from whose start a page could be less urgent after “not sure”.

    Mostly ``always`` settles it, and no tree has to be explored.
    """
    urgent = [entry for entry in proofs.library.always if entry.urgency is not None]
    if any(_is_an_emergency(entry, asked) for entry in urgent):
        return ()
    unsure = Test(asked.fact, frozenset({asked.answer}))
    claims = {
        number: Claim(unsure, proofs.formulas.urgent(outcome, Urgency.NOW))
        for number, outcome in proofs.endings
    }
    doubts = proofs.doubts(claims)
    if doubts.complete and not doubts.doubtful:
        return ()
    alike = all(_treats_alike(entry, asked) for entry in urgent)
    if alike and not asked.decides_the_way(proofs.map):
        return ()
    return [
        name
        for name, here in proofs.maps.items()
        if not (alike and not asked.decides_the_way(here))
        and could_be_more_urgent(proofs, asked, name)
    ]


def _is_an_emergency(entry: Always, asked: Asked) -> bool:
    """Whether an entry makes every page after “not sure” as urgent as possible."""
    others = any(fact != asked.fact or asked.answer not in v for fact, v in entry.when.tests)
    return entry.urgency is Urgency.NOW and not entry.unless and not others


def _treats_alike(entry: Always, asked: Asked) -> bool:
    """Whether an entry is shown after “not sure” if it is shown to a twin at the same ending."""
    return not any(
        (fact == asked.fact and asked.answer not in values and not asked.values.isdisjoint(values))
        for fact, values in entry.when.tests
    ) and not any(
        fact == asked.fact and asked.answer in values and not asked.values <= values
        for each in entry.unless
        for fact, values in each.tests
    )


def _less_urgent(library: Library, asked: Asked, page: Page, twin: Page) -> Diagnostic:
    here, there = page.urgency.name.lower(), twin.urgency.name.lower()
    ending = f"{page.arrival.tree}/{page.arrival.outcome.name}"
    return Diagnostic(
        "FP316",
        f"“{ending}” is {here} after {asked.given}, and {there} after {_said(asked, twin)}",
        page.arrival.outcome.span,
        hint=f"make it as urgent after {asked.answer}, mostly in shared/always.yaml",
        related=(Related("the more urgent page is here", twin.arrival.outcome.span),),
        witness=page.witness.words(library),
        begins=page.witness.tree,
    )


# --- keeps the same rules ------------------------------------------------------------------------


def _rules(proofs: Proofs, asked: Asked) -> Iterator[Diagnostic]:
    rules = list(_silent_on_the_unsure(proofs.library, asked))
    if not rules:
        return
    worst = _most_worrying(proofs, asked)
    if worst is None:
        yield _undecided(proofs, asked, f"which answer to “{asked.fact}” is the most worrying")
        return
    for rule, tree in rules:
        if any(fact == asked.fact and not worst.isdisjoint(v) for fact, v in rule.when.tests):
            yield from _rule(proofs, replace(asked, values=worst), rule, tree)


def _silent_on_the_unsure(library: Library, asked: Asked) -> Iterator[tuple[Rule, str | None]]:
    """The rules that ask for something after an answer to compare with, and not after “not sure”;
    each without what it forbids, and with the tree that has it or None."""
    shared = [(rule, None) for rule in library.rules]
    of_trees = [(rule, tree.name) for tree in library.trees.values() for rule in tree.rules]
    for rule, tree in (*shared, *of_trees):
        speaks_for = [values for fact, values in rule.when.tests if fact == asked.fact]
        if rule.must != Expectation() and any(
            asked.answer not in values and not asked.values.isdisjoint(values)
            for values in speaks_for
        ):
            yield replace(rule, never=Expectation()), tree


def _most_worrying(proofs: Proofs, asked: Asked) -> frozenset[str] | None:
    """The answers after which the least urgent page is most urgent; None if not decided."""

    def look(arrival: Arrival) -> Iterator[tuple[str, Urgency]]:
        here = visibility.urgency(proofs.library, arrival.outcome, arrival.facts)
        return ((value, here) for value in asked.values & arrival.facts.get(asked.fact, set()))

    search = proofs.search([*proofs.dependencies.urgency(), *asked.tests()], look)
    least: dict[str, Urgency] = {}
    for value, urgency in search.found:
        least[value] = min(urgency, least.get(value, urgency))
    most = max(least.values(), default=None)
    worst = frozenset(value for value, urgency in least.items() if urgency is most)
    return worst if search.complete else None


def _rule(proofs: Proofs, asked: Asked, rule: Rule, tree: str | None) -> Iterator[Diagnostic]:
    if _is_kept_for_all(proofs, asked, rule, tree):
        return
    pages = Pages(proofs, asked, [*proofs.dependencies.rule(rule), *asked.tests()], proofs.maps)

    def lacks(page: Page) -> bool:
        return not keeps(proofs.library, rule, page.arrival)

    for page, twins in pages.beside_their_twins(lacks):
        twin = next((t for t in chain(*twins) if _speaks(rule, tree, t)), None)
        if twin is not None:
            yield _not_shown(proofs.library, asked, rule, page, twin)
            return
    if not pages.complete:
        what = f"whether the rule “{rule.name}” is kept after {asked.given}"
        yield _undecided(proofs, asked, what)


def _is_kept_for_all(proofs: Proofs, asked: Asked, rule: Rule, tree: str | None) -> bool:
    """Whether the rule is kept on every page after “not sure”, whatever twins there are."""
    unsure = (asked.fact, frozenset({asked.answer}))
    if asked.decides_the_way(proofs.map):
        # A twin may know more, or come to another tree, and the rule may speak for them there.
        verdict = proofs.rule(replace(rule, when=When((unsure,))))
    else:
        others = (test for test in rule.when.tests if test[0] != asked.fact)
        verdict = proofs.rule(replace(rule, when=When((unsure, *others))), tree)
    return verdict.status in (Status.PROVED, Status.NEVER_TESTED)


def _speaks(rule: Rule, tree: str | None, page: Page) -> bool:
    here = tree is None or tree in (page.start, page.arrival.tree)
    return here and rule.when.holds(page.arrival.facts)


def _not_shown(library: Library, asked: Asked, rule: Rule, page: Page, twin: Page) -> Diagnostic:
    ending = f"{page.arrival.tree}/{page.arrival.outcome.name}"
    return Diagnostic(
        "FP316",
        f"“{ending}” does not show after {asked.given} what the rule “{rule.name}” asks "
        f"for after {_said(asked, twin)}",
        rule.span,
        hint="let the rule speak for not-sure too, and show them what it asks for",
        related=(
            Related("this ending does not show it", page.arrival.outcome.span),
            Related("the page that the rule speaks for is here", twin.arrival.outcome.span),
        ),
        witness=page.witness.words(library),
        begins=page.witness.tree,
    )


def _said(asked: Asked, twin: Page) -> str:
    return f"{asked.fact}={','.join(sorted(twin.arrival.facts[asked.fact]))}"


def _undecided(proofs: Proofs, asked: Asked, what: str) -> Diagnostic:
    return undecided(what, proofs.library.questions[asked.fact].span, proofs)
