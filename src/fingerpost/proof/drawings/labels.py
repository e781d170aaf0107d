"""Drawings of a tree, in the languages of programs that draw."""

from __future__ import annotations

from ...model.sentence import Urgency
from ...page.labels import urgency
from ..drawing import Graph, Place, Shape

COLOURS = {
    Urgency.NOW: ("#fbd5d5", "#a00016"),
    Urgency.TODAY: ("#fde4c9", "#9a4a00"),
    Urgency.SOON: ("#fbf4c4", "#6b5d00"),
    Urgency.INFO: ("#dbe9f6", "#1f4e79"),
}
"""The fill and the edge of an ending; black words can be read on each."""


def label(place: Place) -> str:
    """What is written in a place. What its colour and its shape tell is said in words too."""
    if place.shape is Shape.ELSEWHERE:
        return f"See part {place.part}: {place.words}"
    if place.shape is Shape.DOOR:
        return f"Another tree: {place.words}"
    begins = "Start: " if place.start else ""
    ends = "" if place.urgency is None else f"{urgency(place.urgency)}: "
    return f"{begins}{ends}{place.words}"


def summary(drawing: Graph) -> str:
    """What is in a drawing, for who cannot see it. It holds no author text."""

    def count(shape: Shape, one: str) -> str:
        number = sum(place.shape is shape for place in drawing.places)
        return f"{number} {one}" if number == 1 else f"{number} {one}s"

    counts = (count(Shape.QUESTION, "question"), count(Shape.ENDING, "ending"))
    return f"{counts[0]}, {counts[1]}, {count(Shape.DOOR, 'door')} to other trees"


def heading(drawing: Graph) -> str:
    """Which tree it is, and which part of it."""
    part = f", part {drawing.part} of {drawing.parts}" if drawing.parts > 1 else ""
    return f"Tree {drawing.tree}{part}"
