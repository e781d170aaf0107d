"""FP325: scenes that would teach what harms, lead nowhere, or tell too much to be read at once."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.case import RING, Case, Judgement, Scene
from ...model.diagnostics import Diagnostic, Span
from ...model.library import Library
from ...model.sentence import Sentence

MOST_MOMENTS = 5
"""Moments of a scene that one trainee comes to, with that of whom to ring."""

TITLE, SUBJECT, ABOUT, OPENS, SAYS, THEN, BECAUSE, CHOICE = 8, 5, 20, 40, 60, 60, 35, 30
"""The most words of each part of a scene."""

_FEWEST = 2
"""Choices of a moment: two at least, and three are better."""

_ALIKE = 2.0
"""How many times as long as the shortest a choice may be: else its length gives it away."""


def find(library: Library) -> Iterator[Diagnostic]:
    """Every mistake of a scene."""
    for case in library.cases.values():
        if case.scene:
            yield from _scene(case, case.scene)


def _scene(case: Case, scene: Scene) -> Iterator[Diagnostic]:
    if sum(each.matters for each in scene.moments) != 1:
        hint = "say “matters: true” at one moment"
        yield _wrong(case, "does not say which one moment matters most", scene.span, hint)
    if {each.name for each in scene.moments} - _met(scene):
        hint = "name each moment after the first in a “goto”"
        yield _wrong(case, "has a moment that no choice leads to", scene.span, hint)
    if _longest(scene, 0) > MOST_MOMENTS:
        hint = "let a choice lead to the end sooner"
        yield _wrong(case, f"has a way of more than {MOST_MOMENTS} moments", scene.span, hint)
    yield from _long(case, "title", scene.title, TITLE)
    yield from _long(case, "subject", scene.subject, SUBJECT)
    yield from _long(case, "warning", scene.about, ABOUT)
    yield from _long(case, "opening", scene.opens, OPENS)
    for moment in scene.moments:
        yield from _moment(case, moment)


def _moment(case: Case, moment: Judgement) -> Iterator[Diagnostic]:
    at = moment.ask.span
    if not any(choice.verdict == "right" for choice in moment.choices):
        yield _wrong(case, f"has no right choice at “{moment.name}”", at, "add what would be right")
    if len(moment.choices) < _FEWEST:
        yield _wrong(case, f"has one choice alone at “{moment.name}”", at, "offer three")
    yield from _long(case, "moment", moment.ask, SAYS)
    lengths = [_words(choice.say) for choice in moment.choices]
    if max(lengths) > _ALIKE * min(lengths):
        hint = "make the choices about as long as each other"
        yield _wrong(case, f"gives away by its length what is right at “{moment.name}”", at, hint)
    for choice in moment.choices:
        yield from _long(case, "choice", choice.say, CHOICE)
        yield from _long(case, "consequence", choice.then, THEN)
        yield from _long(case, "reason", choice.because, BECAUSE)
        if choice.verdict == "wrong" and choice.goto == RING:
            hint = "lead on to a moment where it can be put right"
            yield _wrong(case, f"ends with “{choice.name}”, which is wrong", choice.say.span, hint)


def _met(scene: Scene) -> set[str]:
    """The moments that can be come to."""
    goto = {choice.goto for moment in scene.moments for choice in moment.choices}
    return {scene.moments[0].name} | goto


def _longest(scene: Scene, place: int) -> int:
    """The moments of the longest way from a place: each leads to a later one."""
    names = [each.name for each in scene.moments]
    onward = {names.index(c.goto) for c in scene.moments[place].choices if c.goto in names}
    return 1 + max((_longest(scene, each) for each in onward), default=0)


def _words(sentence: Sentence | None) -> int:
    return max((len(text.split()) for text in sentence.texts), default=0) if sentence else 0


def _long(case: Case, what: str, said: Sentence | None, most: int) -> Iterator[Diagnostic]:
    if said and _words(said) > most:
        told = f"has a {what} of {_words(said)} words, and {most} can be read at once"
        yield _wrong(case, told, said.span, "say less")


def _wrong(case: Case, what: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic("FP325", f"the scene of “{case.name}” {what}", span, hint=hint)
