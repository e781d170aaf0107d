"""Does something lead to every step, from the start of a tree or through a door?

Walked from the starts, so that steps which lead only to one another are found too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from ..diagnostics import Diagnostic
from ..model import Outcome, Question
from . import Manual

if TYPE_CHECKING:
    from ..model import Library, Step, Target

MANUALS = (
    Manual(
        "FP302",
        "A step that nothing leads to",
        "Somebody wrote it for people who never see it. Mostly a “goto” that should lead here "
        "leads elsewhere. Steps that lead only to one another are no better off.",
        bad="""\
# bullied.yaml, in outcomes
school:
  title: Tell the school
  urgency: soon
  open: They must help you.
  advice:
    - do: Ask for the person who looks after bullying.
  needs: [talk]
""",
        good="""\
# bullied.yaml, in answers
no: {say: "No", goto: school}
# bullied.yaml, in outcomes
school:
  title: Tell the school
  urgency: soon
  open: They must help you.
  advice:
    - do: Ask for the person who looks after bullying.
  needs: [talk]
""",
    ),
)
"""What the code means."""

_Place: TypeAlias = tuple[str, str]
"""A step, by its tree and its name."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each lost step to which no other lost step leads, and one of each lost circle."""
    starts = ((name, tree.start) for name, tree in library.trees.items())
    reached = _reached(library, starts)
    every = [
        (name, step)
        for name, tree in library.trees.items()
        for step in (*tree.questions, *tree.outcomes)
    ]
    lost = [place for place in every if place not in reached]
    led_to = {onward for place in lost for onward in _onward(library, place) if onward != place}
    found: list[Diagnostic] = []
    told: set[_Place] = set()
    for place in (*(p for p in lost if p not in led_to), *(p for p in lost if p in led_to)):
        if place not in told:
            behind = _reached(library, [place]) - reached
            found.append(_lost(library, place, len(behind) - 1))
            told |= behind
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _lost(library: Library, place: _Place, behind: int) -> Diagnostic:
    step = library.trees[place[0]].step(place[1])
    assert step is not None  # it is one of its tree's steps
    kind = "ending" if isinstance(step, Outcome) else "question"
    more = f", nor to the {behind} behind it" * (behind > 0)
    return Diagnostic(
        "FP302",
        f"nothing leads to the {kind} “{step.name}”{more}",
        step.span,
        hint="lead an answer here with “goto”, or take it away",
    )


def _reached(library: Library, starts: Iterable[_Place]) -> set[_Place]:
    waiting = [place for place in starts if _step(library, place)]
    reached = set(waiting)
    while waiting:
        for place in _onward(library, waiting.pop()):
            if place not in reached:
                reached.add(place)
                waiting.append(place)
    return reached


def _onward(library: Library, place: _Place) -> Iterator[_Place]:
    step = _step(library, place)
    ways: list[Target | None] = []
    if isinstance(step, Question):
        ways = [answer.goto for answer in step.answers]
    elif step is not None and step.carry_on is not None:
        ways = [step.carry_on.goto]
    for goto in ways:
        onward = _step(library, (goto.tree, goto.step)) if goto else None
        if goto and onward:
            yield goto.tree, onward.name


def _step(library: Library, place: _Place) -> Step | None:
    tree = library.trees.get(place[0])
    return tree.step(place[1]) if tree else None
