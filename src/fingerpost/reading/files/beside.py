"""What the files beside the trees hold: rules, hazards, approvals and cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ...model.approval import Approval, Comment
from ...model.case import Judgement
from ...model.diagnostics import codes
from ...model.sentence import Sentence
from ...model.tree import Expectation, Hazard, Rule, Tree
from ..located import Mapping as YamlMapping
from ..located import Scalar
from .bound import Bound
from .file import File


def rules(at: Bound) -> tuple[Rule, ...]:
    """The rules that every tree must keep."""
    return tuple(at["rules"].values())


def rule(at: Bound) -> Rule:
    """One safety rule."""
    if "must" not in at and "never" not in at:
        message = "a rule says what must be shown, or what must never be"
        at.file.error("FP102", message, at.key.span, "add “must” or “never”")
    must, never = (at[key] or Expectation() for key in ("must", "never"))
    return at.made(Rule, must=must, never=never)


def hazards(at: Bound) -> tuple[tuple[Hazard, ...], tuple[Sentence, ...]]:
    """The hazards of a library, and what was tried beside its proofs."""
    return tuple(at["hazards"].values()), at["tried"]


def hazard(at: Bound) -> Hazard:
    """One hazard, with what controls it."""
    if not (at["controls"] or at["checks"] or at["tests"]):
        message, hint = "nothing controls this hazard", "add “controls”, “checks” or “tests”"
        at.file.error("FP118", message, at.key.span, hint)
    rules: Collection[str] | None = at.file.given["rules"]  # None if unknowable
    for key, what, known, home in (
        ("controls", "rule", rules, "rules.yaml or of a tree"),
        ("checks", "check", codes(), "fingerpost explain"),
    ):
        for name, place in at.words(key):
            if known is not None and name not in known:
                hint = at.file.meant(name, sorted(known)) or f"name a {what} of {home}"
                at.file.error("FP219", f"there is no {what} “{name}”", place.span, hint)
    return at.made(Hazard)


def approvals(at: Bound) -> tuple[tuple[Approval, ...], tuple[Comment, ...]]:
    """What people approved, and what they said."""
    return at["approvals"] or (), at["comments"] or ()


def approval(at: Bound) -> Approval:
    """One sitting of a person, with the fingerprints of what they read."""
    return at.made(Approval, organisation=at["for"])


def before_case(file: File, node: YamlMapping) -> None:
    """Let a case name the sources of its tree, beside those of its file."""
    entry = node.by_text.get("tree")
    tree = entry.value.text.strip() if entry and isinstance(entry.value, Scalar) else ""
    trees: Mapping[str, Tree] = file.given["trees"]
    file.all_sources = tree in trees
    of_tree = trees[tree].sources if tree in trees else {}
    file.sources = {**of_tree, **file.top_sources}


def judgement(at: Bound) -> Judgement:
    """A question to the trainee."""
    return at.made(Judgement, choices=tuple(at["choices"].values()))
