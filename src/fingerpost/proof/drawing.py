"""A tree as a drawing: its steps, the doors to other trees, and the ways between them.

It is for whoever writes a tree or signs it off. What a step says is shortened here; how it is
escaped and coloured is the business of each format in ``render.graph``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from ..model.base import Frozen, replace
from ..model.inline_markup import fill
from ..model.library import Library
from ..model.sanitize import clean
from ..model.sentence import Sentence, Urgency
from ..model.tree import Answer, Outcome, Question, Step, Target, Tree

LONGEST = 60
"""Characters; longer texts are shortened."""

_MOST_NAMED = 3
"""So many of the answers that lead the same way are named."""


class Shape(StrEnum):
    """What a place in the drawing is."""

    QUESTION = "question"
    ENDING = "ending"
    DOOR = "door"
    ELSEWHERE = "elsewhere"


class Place(Frozen):
    """A place in the drawing. Its number is the same in every part of a drawing.

    ``urgency`` is an ending's. ``start`` marks where the tree begins. ``part`` is the part, from
    1, in which a place that is ELSEWHERE is drawn with the ways that lead on from it.
    """

    number: int
    shape: Shape
    words: str
    urgency: Urgency | None = None
    start: bool = False
    part: int | None = None


class Way(Frozen):
    """From one place to another, by their numbers. ``carries_on``: it leads on from an ending."""

    start: int
    end: int
    words: str
    carries_on: bool = False


class Graph(Frozen):
    """A drawing of a tree, or one part of ``parts`` of it."""

    tree: str
    places: tuple[Place, ...]
    ways: tuple[Way, ...]
    part: int = 1
    parts: int = 1


def graph(library: Library, name: str) -> Graph:
    """Draw a tree, from its start; steps to which nothing leads stand at the end.

    A way that leads to no step is a mistake that reading reports; here it is left out. Raises
    KeyError for a tree that is not there.
    """
    drawing = _Drawing(library, library.trees[name])
    return Graph(name, tuple(drawing.places.values()), tuple(drawing.ways()))


def shorten(text: str, longest: int = LONGEST) -> str:
    """On one line, and of at most ``longest`` characters; cut between words where that can be."""
    text = " ".join(clean(text).split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    whole, _, _ = cut.rpartition(" ")
    return f"{whole or cut}…"


def split(whole: Graph, most: int) -> tuple[Graph, ...]:
    """The drawing in parts of at most ``most`` ways each.

    The ways on from one place stay together unless they alone are too many. Where a way leads to
    a place whose own ways are in another part, that place is ELSEWHERE. Endings without a way on,
    and doors, are drawn in each part that leads to them.
    """
    batches = _batches(whole.ways, most) or [()]
    home: dict[int, int] = {}
    for part, ways in enumerate(batches, 1):
        for way in ways:
            home.setdefault(way.start, part)
    met = {number for way in whole.ways for number in (way.start, way.end)}
    drawn = []
    for part, ways in enumerate(batches, 1):
        own = {way.start for way in ways}
        wanted = own | {way.end for way in ways}
        places = (
            replace(place, shape=Shape.ELSEWHERE, part=home[place.number])
            if place.number in home and place.number not in own
            else place
            for place in whole.places
            if place.number in wanted or (part == 1 and place.number not in met)
        )
        drawn.append(Graph(whole.tree, tuple(places), ways, part, len(batches)))
    return tuple(drawn)


def _batches(ways: Iterable[Way], most: int) -> list[tuple[Way, ...]]:
    together: dict[int, list[Way]] = {}
    for way in ways:
        together.setdefault(way.start, []).append(way)
    batches: list[list[Way]] = []
    for group in together.values():
        if not batches or len(batches[-1]) + len(group) > most:
            batches.append([])
        for way in group:
            if len(batches[-1]) == most:
                batches.append([])
            batches[-1].append(way)
    return [tuple(batch) for batch in batches]


class _Drawing:
    """The places of a drawing, by tree and step, in the order in which they are met."""

    def __init__(self, library: Library, tree: Tree) -> None:
        self.library = library
        self.tree = tree
        self.places: dict[tuple[str, str], Place] = {}
        for root in (tree.start, *tree.questions, *tree.outcomes):
            waiting = [Target(tree.name, root, span=tree.span)]
            for target in waiting:
                step = self._step(target)
                if step is None or (target.tree, step.name) in self.places:
                    continue
                self._add(target.tree, step)
                if target.tree == tree.name:
                    waiting += [onward for onward, _ in _onward(step)]

    def ways(self) -> Iterator[Way]:
        """Every way of the tree, one for all the answers of a question that lead to one place."""
        for (tree, name), place in self.places.items():
            step = self.tree.step(name) if tree == self.tree.name else None
            ends: dict[int, list[Sentence]] = {}
            for target, say in _onward(step):
                found = self._step(target)
                if found is not None:
                    end = self.places[target.tree, found.name].number
                    ends.setdefault(end, []).append(say)
            for end, said in ends.items():
                words = self._any_of(said, len(ends) == 1)
                yield Way(place.number, end, words, place.shape is Shape.ENDING)

    def _any_of(self, said: list[Sentence], only_way: bool) -> str:
        if only_way and len(said) > 1:
            return "any answer"
        named = [shorten(self._words(say), LONGEST // 2) for say in said[:_MOST_NAMED]]
        if len(said) == 1:
            return shorten(self._words(said[0]))
        more = len(said) - len(named)
        return " / ".join(named) + (f" and {more} more" if more else "")

    def _step(self, target: Target) -> Step | None:
        tree = self.library.trees.get(target.tree)
        return tree.step(target.step) if tree else None

    def _add(self, tree: str, step: Step) -> None:
        number = len(self.places)
        words = shorten(self._words(step.title if isinstance(step, Outcome) else step.ask))
        if tree != self.tree.name:
            other = self.library.trees[tree]
            title = shorten(self._words(other.title))
            at = "" if step.name == other.start else f", at: {words}"
            place = Place(number, Shape.DOOR, f"{title}{at}")
        elif isinstance(step, Outcome):
            place = Place(number, Shape.ENDING, words, step.urgency, step.name == self.tree.start)
        else:
            place = Place(number, Shape.QUESTION, words, start=step.name == self.tree.start)
        self.places[tree, step.name] = place

    def _words(self, sentence: Sentence) -> str:
        """The words to a young person; what only a walk can fill in stays open."""

        def title(name: str) -> str:
            route = self.library.routes.get(name)
            return route.title.read_by(None) if route else name

        return fill(sentence.read_by(None), title, lambda _: "…")


def _onward(step: Step | None) -> Iterator[tuple[Target, Sentence]]:
    """Where a step leads, and the words of the answer or of the carry-on that leads there."""
    if isinstance(step, Question):
        yield from ((goto, answer.say) for answer, goto in _routed(step))
    elif step is not None and step.carry_on is not None:
        yield step.carry_on.goto, step.carry_on.say


def _routed(question: Question) -> Iterator[tuple[Answer, Target]]:
    return ((answer, answer.goto) for answer in question.answers if answer.goto is not None)
