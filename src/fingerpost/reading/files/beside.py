"""What the files beside the trees hold: rules, hazards, approvals and cases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ...model.approval import Approval, Comment
from ...model.base import replace
from ...model.case import RING, Judgement, Scene
from ...model.diagnostics import codes
from ...model.sentence import Sentence
from ...model.tree import Expectation, Hazard, Rule, Tree
from ..located import Mapping as YamlMapping
from ..located import Node, Scalar
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
        ("checks", "check", codes(), "fingerpost check --explain"),
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


def moment(at: Bound) -> Judgement:
    """A moment of a scene, which asks what to say to all that they say there."""
    says: tuple[Sentence, ...] = tuple(at["says"])
    ask = Sentence(" ".join(text for each in says for text in each.texts), span=at.key.span)
    return at.made(Judgement, ask=ask, says=says, choices=tuple(at["choices"].values()))


def scene(at: Bound) -> Scene:
    """A scene. Each choice leads to a later moment, at last to whom to ring: it holds no circle."""
    moments = tuple(_leading_on(each) for each in at["moments"].values())
    names = [each.name for each in moments]
    for place, (_, entry) in enumerate(at.entries("moments")):
        later = names[place + 1 :]
        for turn, goto in _gotos(entry.value):
            if goto.text not in later:
                message = f"“{turn}” leads to “{goto.text}”, which is no later moment of this scene"
                hint = (
                    at.file.meant(goto.text, later) or "name a moment further down, or leave it out"
                )
                at.file.error("FP201", message, goto.span, hint)
    ring = Judgement(
        ask=Sentence("", span=at.key.span), choices=tuple(at["ring"].values()), name=RING
    )
    return at.made(Scene, moments=(*moments, ring))


def _leading_on(moment: Judgement) -> Judgement:
    choices = tuple(replace(each, goto=each.goto or RING) for each in moment.choices)
    return replace(moment, choices=choices)


def _gotos(node: Node) -> Iterator[tuple[str, Scalar]]:
    """The names of the choices of a moment with where they lead."""
    choices = node.by_text.get("choices") if isinstance(node, YamlMapping) else None
    for name, entry in (
        choices.value.by_text.items() if choices and isinstance(choices.value, YamlMapping) else ()
    ):
        goto = entry.value.by_text.get("goto") if isinstance(entry.value, YamlMapping) else None
        if goto and isinstance(goto.value, Scalar):
            yield name, goto.value
