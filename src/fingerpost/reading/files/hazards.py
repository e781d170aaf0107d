"""Read ``hazards.yaml``: what could harm somebody, and what controls it."""

from __future__ import annotations

from collections.abc import Collection

from ...model.diagnostics import codes
from ...model.sentence import Sentence
from ...model.tree import Hazard
from ..located import Node
from .fields import Fields, Reader


def hazards(
    reader: Reader, node: Node, rules: Collection[str] | None
) -> tuple[tuple[Hazard, ...], tuple[Sentence, ...]]:
    """The hazards of a library, and what was tried beside its proofs.

    ``rules`` are the names of all its rules, None if unknowable.
    """
    top = reader.top(node, "hazards")
    tried = tuple(reader.sentence(item, "a line of “tried”") for item in top.items("tried"))
    return tuple(_hazards(reader, top, rules)), tried


def _hazards(reader: Reader, top: Fields, rules: Collection[str] | None) -> list[Hazard]:
    read: list[Hazard] = []
    for entry in top.listed("hazards"):
        fields = reader.inside(entry, "hazard")
        if fields.readable and fields.entries.keys().isdisjoint(("controls", "checks", "tests")):
            message, hint = "nothing controls this hazard", "add “controls”, “checks” or “tests”"
            reader.error("FP118", message, entry.span, hint)
        read.append(
            Hazard(
                name=entry.text,
                harm=fields.need_sentence("harm"),
                remains=fields.need_sentence("remains"),
                judge=fields.need_sentence("judge"),
                controls=_named(fields, "controls", "rule", rules),
                checks=_named(fields, "checks", "check", codes()),
                tests=tuple(name for name, _ in fields.words("tests", "a test in “tests”")),
                span=entry.span,
            )
        )
    return read


def _named(fields: Fields, key: str, what: str, known: Collection[str] | None) -> tuple[str, ...]:
    """The names below a key, each of which must be known; None if that is unknowable."""
    named = fields.words(key, f"a {what} in “{key}”")
    for name, at in named:
        if known is not None and name not in known:
            meant = fields.reader.meant(name, sorted(known))
            home = "rules.yaml or of a tree" if key == "controls" else "fingerpost explain"
            fields.reader.error(
                "FP219",
                f"there is no {what} “{name}”",
                at.span,
                meant or f"name a {what} of {home}",
            )
    return tuple(name for name, _ in named)
