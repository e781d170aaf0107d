"""Labels and colours that all drawing formats share."""

from __future__ import annotations

from ...model.sentence import Urgency
from ...page.labels import urgency
from ..drawing import DrawnStep, Graph, Shape

COLOURS = {
    Urgency.NOW: ("#fbd5d5", "#a00016"),
    Urgency.TODAY: ("#fde4c9", "#9a4a00"),
    Urgency.SOON: ("#fbf4c4", "#6b5d00"),
    Urgency.INFO: ("#dbe9f6", "#1f4e79"),
}
"""The fill and the edge of an ending; black text is legible on each."""


def label(step: DrawnStep) -> str:
    """The label of a step; it also says what its colour and its shape mean."""
    if step.shape is Shape.LINK:
        return f"Another tree: {step.words}"
    begins = "Start: " if step.start else ""
    ends = "" if step.urgency is None else f"{urgency(step.urgency)}: "
    return f"{begins}{ends}{step.words}"


def summary(drawing: Graph) -> str:
    """A text alternative of a drawing. It contains no author text."""

    def count(shape: Shape, one: str) -> str:
        number = sum(step.shape is shape for step in drawing.steps)
        return f"{number} {one}" if number == 1 else f"{number} {one}s"

    counts = (count(Shape.QUESTION, "question"), count(Shape.ENDING, "ending"))
    return f"{counts[0]}, {counts[1]}, {count(Shape.LINK, 'door')} to other trees"
