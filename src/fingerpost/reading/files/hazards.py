"""Read ``hazards.yaml``: what could harm somebody, and the rules that control it."""

from __future__ import annotations

from collections.abc import Collection

from ...model.tree import Hazard
from ..located import Node
from .fields import Reader


def hazards(reader: Reader, node: Node, rules: Collection[str] | None) -> tuple[Hazard, ...]:
    """The hazards of a library; ``rules`` are the names of all its rules, None if unknowable."""
    read: list[Hazard] = []
    for entry in reader.top(node, "hazards").listed("hazards"):
        fields = reader.inside(entry, "hazard")
        named = fields.words("controls", "a rule in “controls”")
        for name, at in named:
            if rules is not None and name not in rules:
                hint = reader.meant(name, sorted(rules)) or "name a rule of rules.yaml or of a tree"
                reader.error("FP219", f"there is no rule “{name}”", at.span, hint)
        controls = tuple(name for name, _ in named)
        harm = fields.need_sentence("harm")
        read.append(Hazard(entry.text, harm, controls, span=entry.span))
    return tuple(read)
