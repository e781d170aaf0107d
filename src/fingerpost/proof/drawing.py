"""A tree as a drawing: its steps, the links to other trees, and the edges between them.

For authors and for those who sign a tree off. Texts are shortened here; escaping and colours are
left to each format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from ..model.base import Frozen, grouped
from ..model.facts import TELLERS, Facts
from ..model.graph import Place, breadth_first
from ..model.library import Library
from ..model.sanitize import LONGEST, shorten
from ..model.sentence import Sentence, Urgency
from ..model.text_index import read_aloud
from ..model.tree import Outcome, Question, Step, Target, Tree, When

_MOST_NAMED = 3
"""Answers with the same target that are named; further ones are counted."""


_NOT_ASKED = "not asked of others"
_ELSEWHERE = "what was answered elsewhere"


class Shape(StrEnum):
    """How a step is drawn. A fork asks nothing: what was answered before decides."""

    QUESTION = "question"
    FORK = "fork"
    ENDING = "ending"
    LINK = "link"


class DrawnStep(Frozen):
    """A step in the drawing. ``urgency`` is an ending's. ``start`` marks where the tree begins."""

    number: int
    shape: Shape
    words: str
    urgency: Urgency | None = None
    start: bool = False


class Edge(Frozen):
    """From one step to another, by their numbers. ``carries_on``: it leads on from an ending."""

    start: int
    end: int
    words: str
    carries_on: bool = False


class Graph(Frozen):
    """A drawing of a tree."""

    tree: str
    steps: tuple[DrawnStep, ...]
    edges: tuple[Edge, ...]


def graph(library: Library, name: str, given: Facts) -> Graph:
    """Draw a tree, from its start, in the words for those of whom ``given`` is known beforehand and
    without what they cannot come to; for everybody also the unreachable steps, which come last.

    An edge without a target is left out: reading reports it. Raises KeyError for an unknown tree.
    """
    drawing = _Drawing(library, library.trees[name], given)
    return Graph(name, tuple(drawing.steps.values()), tuple(drawing.edges()))


class _Drawing:
    """The steps of a drawing, breadth first; other trees are not drawn beyond where links lead."""

    def __init__(self, library: Library, tree: Tree, given: Facts) -> None:
        self.library = library
        self.tree = tree
        settled = {fact for outcome in tree.outcomes.values() for fact in outcome.settles}
        self.given = {fact: values for fact, values in given.items() if fact not in settled}
        self.reader = next(iter({**tree.given, **given}.get("teller", ())), None)
        self.steps: dict[Place, DrawnStep] = {}
        others = () if given else (*tree.questions, *tree.outcomes)
        for root in (tree.start, *others):
            place = (tree.name, root)
            if tree.step(root) is not None and place not in self.steps:
                for each in breadth_first([place], self._successors):
                    if each not in self.steps:
                        self.steps[each] = self._drawn(each)

    def edges(self) -> Iterator[Edge]:
        """Every edge of the tree, one for all the answers of a question that have one target."""
        for (tree, name), drawn in self.steps.items():
            step = self.tree.step(name) if tree == self.tree.name else None
            ends = grouped(
                (self.steps[place].number, say)
                for target, say in self._said(step)
                if (place := self.library.place(target)) is not None
            )
            for end, said in ends.items():
                words = self._any_of(said, len(ends) == 1)
                yield Edge(drawn.number, end, words, drawn.shape is Shape.ENDING)

    def _successors(self, place: Place) -> Iterable[Place]:
        step = self.tree.step(place[1]) if place[0] == self.tree.name else None
        places = (self.library.place(target) for target, _ in self._said(step))
        return filter(None, places)

    def _any_of(self, said: list[Sentence], only_way: bool) -> str:
        if only_way and len(said) > 1:
            return "any answer"
        named = [shorten(self._words(say), LONGEST // 2) for say in said[:_MOST_NAMED]]
        if len(said) == 1:
            return shorten(self._words(said[0]))
        more = len(said) - len(named)
        return " / ".join(named) + (f" and {more} more" if more else "")

    def _drawn(self, place: Place) -> DrawnStep:
        tree, number = self.library.trees[place[0]], len(self.steps)
        step = tree.step(place[1])
        assert step is not None  # a place is that of a step
        said = step.title if isinstance(step, Outcome) else step.ask
        words = shorten(self._words(said))
        is_start = step.name == tree.start
        if tree.name != self.tree.name:
            title = shorten(self._words(tree.title))
            return DrawnStep(number, Shape.LINK, title if is_start else f"{title}, at: {words}")
        if isinstance(step, Outcome):
            return DrawnStep(number, Shape.ENDING, words, step.urgency, is_start)
        if step.fork:
            condition = f"{self._condition(step.when)}?"
            return DrawnStep(number, Shape.FORK, condition, start=is_start)
        return DrawnStep(number, Shape.QUESTION, words, start=is_start)

    def _words(self, sentence: Sentence) -> str:
        """A sentence as addressed to its reader, or else to a young person; placeholders of a walk
        stay open."""
        reader = self.reader or TELLERS[0]
        return read_aloud(self.library, sentence.read_by(reader), reader, "…")

    def _said(self, step: Step | None) -> Iterator[tuple[Target, Sentence]]:
        """The targets of a step, each with the words of what leads there: an answer, whether the
        condition of a fork holds, or a carry-on. What is given rules some out."""
        if isinstance(step, Question):
            tests = [(self.given.get(fact), wanted) for fact, wanted in step.when.tests]
            if all(known is None or known & wanted for known, wanted in tests):
                here = self.given.get(step.fact, step.values)
                yes = Sentence("yes", span=step.span)
                every = step.answers[:1] if step.fork else step.answers
                for answer in every:
                    if answer.goto is not None and (step.fork or answer.value in here):
                        yield answer.goto, yes if step.fork else answer.say
            is_certain = bool(tests) and all(known and known <= wanted for known, wanted in tests)
            if step.otherwise is not None and not is_certain:
                yield step.otherwise, Sentence("no" if step.fork else _NOT_ASKED, span=step.span)
        elif step is not None and step.carry_on is not None:
            yield step.carry_on.goto, step.carry_on.say

    def _condition(self, when: When) -> str:
        """The answers given before by those for whom a condition holds."""
        return " and ".join(self._answers(fact, values) for fact, values in when.tests)

    def _answers(self, fact: str, values: frozenset[str]) -> str:
        question = self.library.question_of(fact, self.tree.name)
        given = () if question is None else question.answers
        said = [answer.say for answer in given if answer.value in values]
        return self._any_of(said, only_way=False) if said else _ELSEWHERE
