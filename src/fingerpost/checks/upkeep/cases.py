"""FP320 and FP321: made-up cases whose answers do not lead to what they expect."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.case import Case
from ...model.diagnostics import Diagnostic, Related
from ...model.library import Library
from ...model.tree import Outcome, Question
from ...page import visibility
from ...proof.witness import Witness
from ...walk.autoplay import play_case
from ...walk.walk import Walk


def find(library: Library) -> Iterator[Diagnostic]:
    """Each way in which a case and the library disagree."""
    for case in library.cases.values():
        yield from _of(library, case)


def _of(library: Library, case: Case) -> Iterator[Diagnostic]:
    tree = library.trees.get(case.tree)
    if tree is None or tree.step("") is None:
        return  # another mistake
    walk = play_case(library, case)
    here = walk.here
    if isinstance(here, Question):
        yield _parted(walk, case, f"nothing that it answers is an answer to “{here.name}”")
        return
    if here.name != case.expect.outcome:
        ends = f"it ends at “{here.name}” and not at “{case.expect.outcome}”"
        yield _parted(walk, case, ends)
        return
    for parts in _differences(library, case, here, walk):
        yield _parted(walk, case, parts)
    asked = {question.fact for _, question, _ in walk.answered()} | set(tree.given)
    for fact in case.answers:
        if fact not in asked:
            yield Diagnostic(
                "FP321",
                f"the case “{case.name}” answers “{fact}”, which nobody asks on its way",
                case.span,
                hint="take the answer away, or look where its way should have led",
            )


def _differences(library: Library, case: Case, here: Outcome, walk: Walk) -> Iterator[str]:
    urgency = visibility.urgency(library, here, walk.facts)
    expected = case.expect.urgency
    if expected is not None and urgency is not expected:
        yield f"it is {urgency.name.lower()} at “{here.name}” and not {expected.name.lower()}"
    there = [r.name for each in visibility.served(library, here, walk.facts) for r in each.routes]
    if missing := [name for name in case.expect.routes if name not in there]:
        yield f"“{here.name}” does not show {', '.join(missing)}"
    if wrong := [name for name in case.expect.never if name in there]:
        yield f"“{here.name}” shows {', '.join(wrong)}"


def _parted(walk: Walk, case: Case, parts: str) -> Diagnostic:
    return Diagnostic(
        "FP320",
        f"the case “{case.name}” does not end as it expects: {parts}",
        case.span,
        hint="mend the tree, or what the case expects",
        related=(Related("this is where the walk was", walk.here.span),),
        witness=Witness(case.tree, {}, walk.replies).words(walk.library),
        begins=case.tree,
    )
