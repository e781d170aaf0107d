"""FP317: trees where 999 is more than two answers away, or not first, for readers in danger.

The danger key is on every screen. But a frightened reader reads the question and no keys, so the
tree itself has to ask. A shared question says which of its answers are those of people in danger
(``in-danger``). In every tree it is the first question or the second, and after such an answer an
ending comes after at most one more. On the page of that ending and of every later one with the same
answer, 999 stands first.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostics import Diagnostic, Related
from ...model.graph import Place
from ...model.tree import Outcome, Question
from ...page import visibility
from ...page.visibility import Arrival
from ...proof.formula import Test
from ...proof.prover import Met, Proofs
from ...proof.verdict import Claim
from ...proof.witness import Witness
from ...walk.walk import Walk
from ..witnessed import witnessed

_NUMBER = "999"


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each tree in which 999 comes late, and each ending where it does not stand first."""
    library = proofs.library
    for question in library.questions.values():
        if question.in_danger:
            for name, tree in library.trees.items():
                if tree.step("") is not None:
                    yield from _late(Walk.begin(library, name), question)
            yield from _not_first(proofs, question)


# --- after how many answers ----------------------------------------------------------------------


def _late(begun: Walk, question: Question) -> Iterator[Diagnostic]:
    """At most one mistake on the walks from a start to the first page of a reader in danger.

    Nothing is known beforehand: facts that are known only take questions away.
    """
    fact = question.fact
    after_one = _after_one_other(begun, fact)
    late = next((walk for walk in after_one if not _is_asked(walk, fact)), None)
    if late is not None:
        yield _asked_late(late, fact)
        return
    asked = (begun,) if _is_asked(begun, fact) else tuple(_answered(begun, _values(begun)))
    told = (walk for each in asked for walk in _answered(each, question.in_danger))
    later = (walk for each in told for walk in _after_one_other(each, fact))
    far = next((walk for walk in later if not isinstance(walk.here, Outcome)), None)
    if far is not None:
        yield _page_late(far, fact)


def _after_one_other(walk: Walk, fact: str) -> Iterator[Walk]:
    """The walk itself if it asks for the fact or is at an ending, or else the walks by one more
    answer."""
    if _is_asked(walk, fact) or isinstance(walk.here, Outcome):
        return iter((walk,))
    return _answered(walk, _values(walk))


def _is_asked(walk: Walk, fact: str) -> bool:
    return not isinstance(walk.here, Outcome) and walk.here.fact == fact


def _values(walk: Walk) -> frozenset[str]:
    assert not isinstance(walk.here, Outcome)
    return frozenset(walk.here.values)


def _answered(walk: Walk, values: frozenset[str]) -> Iterator[Walk]:
    """The walk with each of these answers that the question offers, in its order."""
    question = walk.here
    assert not isinstance(question, Outcome)
    return (walk.answer({value}) for value in question.values if value in values)


def _asked_late(walk: Walk, fact: str) -> Diagnostic:
    here = walk.here
    begun = walk.library.trees[walk.start.tree]
    if isinstance(here, Outcome):
        what = f"“{walk.tree.name}/{here.name}” is reached and nobody was asked “{fact}”"
    else:
        what = f"“{fact}” is not the first or the second question of “{begun.name}”"
    return Diagnostic(
        "FP317",
        what,
        begun.span,
        hint=f"ask “{fact}” first, or after one other question",
        related=(Related("here they are instead", here.span),),
        witness=Witness(begun.name, {}, walk.replies).words(walk.library),
        begins=begun.name,
    )


def _page_late(walk: Walk, fact: str) -> Diagnostic:
    asked = next(question for _, question, _ in walk.answered() if question.fact == fact)
    return Diagnostic(
        "FP317",
        f"in “{walk.start.tree}” no page comes within two answers for somebody who is not safe",
        asked.span,
        hint=f"lead each answer that “{fact}” names in “in-danger” to an ending with 999",
        related=(Related("here they are still asked", walk.here.span),),
        witness=Witness(walk.start.tree, {}, walk.replies).words(walk.library),
        begins=walk.start.tree,
    )


# --- first on every page -------------------------------------------------------------------------


def _not_first(proofs: Proofs, question: Question) -> Iterator[Diagnostic]:
    library, formulas = proofs.library, proofs.formulas
    answer_999 = frozenset(
        route.name
        for route in library.routes.values()
        if any(phone.number == _NUMBER for phone in route.phone)
    )
    not_safe = Test(question.fact, question.in_danger)
    claims = {
        number: Claim(not_safe, formulas.sufficient_for_first(answer_999, outcome))
        for number, outcome in proofs.endings
    }

    def look(arrival: Arrival) -> Iterator[Place]:
        first = next(visibility.served(library, arrival.outcome, arrival.facts), None)
        if first is None or first.routes[0].name not in answer_999:
            yield arrival.place

    search = proofs.disprove(claims, proofs.dependencies.first(answer_999), look)
    yield from witnessed(library, search, _other_first)


def _other_first(_place: Place, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP317",
        f"999 does not stand first at “{met.arrival.tree}/{ending.name}” for some who are not safe",
        ending.span,
        hint="call for the need emergency, for all who are not safe, in shared/always.yaml",
    )
