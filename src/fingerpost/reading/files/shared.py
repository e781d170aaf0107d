"""What the files of ``shared/`` hold: questions, advice, endings, additions and doors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from ...model.base import replace
from ...model.diagnostics import Related
from ...model.facts import NATIONS, NOT_SURE, TELLERS
from ...model.sentence import Sentence, Urgency
from ...model.tree import (
    ALWAYS,
    Advice,
    Always,
    Answer,
    AnswerKind,
    Door,
    Kind,
    Outcome,
    Question,
)
from ..located import Node
from .bound import Bound
from .file import OTHERWISE, File, words_in
from .names import Names

_KIND_OF = {kind.value: kind for kind in Kind}

_BESIDE = {"ask": "know", "short": "ask", "already": "dont"}
"""Keys of a line of advice that mean something only beside another."""

_ROUTE = re.compile(r"\{route:([^{}]+)\}")

_HELP = {"999": "{route:police-999}", "a-and-e": "A&E"}
"""What the words of a line of first aid name, by the help that it needs."""

_BUILT_IN_VALUES = {"teller": TELLERS, "nation": (*NATIONS, NOT_SURE)}
"""Facts whose values the program knows; no other value means anything to it."""


def answer(at: Bound) -> Answer:
    """An answer, of a shared question or of a tree's own."""
    goto, response = at.values.get("goto"), at.values.get("response")
    return Answer(at.name, at["say"], goto, at["alone"], response, at["kind"], span=at.key.span)


def question(at: Bound) -> Question:
    """The wording of a question that many trees ask, which sets the fact of its name."""
    fact, many, answers = at.name, at["many"], tuple(at["answers"].values())
    look_at_answers(at, answers, many=many)
    values = [each.value for each in answers]
    for each in answers:
        if each.value not in (known := _BUILT_IN_VALUES.get(fact, (each.value,))):
            message, hint = f"“{fact}” has no answer “{each.value}”", ", ".join(known)
            at.file.error("FP204", message, each.span, f"known here: {hint}")
    if at["at-ending"]:  # before that its answer is “not sure”
        at.file.must_be_value(NOT_SURE, at.node.by_text["at-ending"].key, fact, values)
    if "unticked" in at:
        _look_at_unticked(at, [each.value for each in answers if each.alone])
    urgent, groups = at.entries("as-urgent-as"), at.entries("groups")
    lists = (words_in(entry.value) for _, entry in (*urgent, *groups))
    keys = ((value, entry.key) for value, entry in urgent)
    for value, place in chain(at.words("in-danger"), keys, *lists):
        at.file.must_be_value(value, place, fact, values)
    for name, entry in groups:
        if name in values:
            at.file.error("FP106", f"“{name}” is an answer", entry.span, "name the group otherwise")
    return at.made(
        Question,
        fact=fact,
        answers=answers,
        kinds=kinds_of(at, answers, many=many),
        in_danger=frozenset(at["in-danger"]),
        groups=tuple((name, frozenset(those)) for name, those in at["groups"].items()),
        as_urgent_as=tuple((of, frozenset(those)) for of, those in at["as-urgent-as"].items()),
        shared=True,
    )


def _look_at_unticked(at: Bound, alone: Collection[str]) -> None:
    """Report an answer of those who tick nothing that does not stand alone, or where one is
    chosen."""
    key = at.node.by_text["unticked"].key
    at.file.must_be_value(at["unticked"], key, at.name, alone)
    if not at["many"]:
        message = "“unticked” means something only where the question says “many: true”"
        at.error("FP113", message, "unticked", "take it out")


def look_at_answers(at: Bound, answers: Collection[Answer], *, many: bool) -> None:
    """Report a question with fewer than two answers, an answer with a reserved name, and one that
    excludes others where no others can be chosen."""
    if len(answers) < 2:
        message = "a question needs two answers or more"
        at.error("FP110", message, "answers", "“not-sure” is nearly always a fair one")
    for each in answers:
        if each.value == OTHERWISE:
            message = f"in a “goto” the word “{OTHERWISE}” stands for all other answers"
            at.file.error("FP106", message, each.span, "give this answer another name")
        if each.alone and not many:
            message = "“alone” means something only where the question says “many: true”"
            hint = "take it out, or let the question have many answers"
            at.file.error("FP113", message, at.key_at("answers", each.value, "alone"), hint)


def kinds_of(at: Bound, answers: Collection[Answer], *, many: bool) -> tuple[AnswerKind, ...]:
    """The kinds of answers of a question. One that is not there or has no answer is reported, and
    any where ticks would be on two lists."""
    found: dict[str, AnswerKind] = at["kinds"]
    for each in answers:
        if each.kind and each.kind not in found:
            place = at.key_at("answers", each.value, "kind")
            how = f"write it in “kinds” beside “answers”, as {each.kind}: {{say: ...}}"
            hint = at.file.meant(each.kind, found) or how
            at.file.error("FP120", f"“kinds” has no “{each.kind}”", place, hint)
    for name in [name for name in found if name not in [each.kind for each in answers]]:
        message, hint = f"no answer is of the kind “{name}”", "give it answers, or take it out"
        at.file.error("FP120", message, at.key_at("kinds", name), hint)
    if found and many:
        message = "“kinds” mean something only where one answer is chosen"
        at.error("FP120", message, "kinds", "take them out, or take out “many”")
    return tuple(found.values())


def line(at: Bound) -> Advice:
    """A line that any advice may use."""
    kind, say = _words(at)
    help_ = _help(at, say) if "help" in at else ""
    return at.made(
        Advice,
        kind=kind,
        say=say,
        first=at.values.get("first", False) or help_ == "999",
        help=help_,
    )


def _help(at: Bound, say: Sentence) -> str:
    """The help that a symptom needs. A line that names it to some readers only is reported."""
    help_: str = at["help"]
    at.file.later(_names_help, say, _HELP.get(help_, ""))
    return help_


def _names_help(file: File, names: Names, say: Sentence, wanted: str) -> None:
    routes = {name for text in say.texts for name in _ROUTE.findall(text)}
    # A route that is not there is a mistake of its own, which names the one that was meant.
    if routes <= {*names.routes} and not all(wanted in text for text in say.texts):
        message = f"this first aid does not say “{wanted}” to every reader"
        file.error("FP119", message, say.span, "say it in the words of each reader")


def advice(at: Bound) -> Advice:
    """One line of advice: its own words, or shared ones with a further condition."""
    if "use" not in at:
        kind, say = _words(at)
        return at.made(Advice, kind=kind, say=say, name="", span=at.span)
    for own in (*_KIND_OF, *_BESIDE):
        hint = "take shared words or write your own, not both"
        if own in at:
            at.error("FP114", f"this line has both “use” and “{own}”", own, hint)
    shared = at.file.names.advice.get(at["use"])
    if shared is None:
        return Advice(Kind.KNOW, Sentence("", span=at.span), at.whens, span=at.span)
    return replace(
        shared,
        whens=shared.whens + at.whens,
        source=at["source"] or shared.source,
        span=at.span,
    )


def line_if_done(line: Advice) -> Advice | None:
    """The way back from a “don't” as a step, for those of whom it is known that they have done it;
    None if that is known of nobody."""
    back = line.already
    if back is None or back.when == ALWAYS:
        return None
    name = line.name and f"{line.name}-already"
    whens = (*line.whens, back.when)
    return replace(
        line, kind=Kind.DO, say=back.say, whens=whens, already=None, name=name, span=back.span
    )


def _each_told(lines: Iterable[Advice]) -> Iterator[Advice]:
    """Lines for whoever has not done what they tell against, and beside them the ways back."""
    for line in lines:
        if_done = line_if_done(line)
        if if_done is None or line.already is None:
            yield line
        else:
            yield replace(line, unless=(*line.unless, line.already.when))
            yield if_done


def advice_by_name(at: Bound) -> dict[str, Advice]:
    """Shared lines, and their ways back under names of their own, by which rules call for them."""
    lines: dict[str, Advice] = at["advice"]
    if_done = filter(None, map(line_if_done, lines.values()))
    return {**lines, **{line.name: line for line in if_done}}


def always(at: Bound) -> Always:
    """What is added to any ending."""
    return at.made(Always, advice=tuple(_each_told(at["advice"])))


def _words(at: Bound) -> tuple[Kind, Sentence]:
    """The kind of a line of advice, and its words: exactly one of those that it may have."""
    found = [key for key in at.values if key in _KIND_OF]
    if not found:
        known = ", ".join(key for key in (*_KIND_OF, "use") if key in at.kind.by_name)
        message, hint = "a line of advice needs its words", f"one of: {known}"
        at.file.error("FP114", message, at.key.span, hint)
        return Kind.KNOW, Sentence("", span=at.span)
    for key, beside in _BESIDE.items():
        if key in at and beside not in at:
            message = f"“{key}” means something only beside “{beside}”"
            at.error("FP113", message, key, "take it out")
    for extra in found[1:]:
        message = f"this line has both “{found[0]}” and “{extra}”"
        first = Related("the first is here", at.key_at(found[0]))
        at.file.error("FP114", message, at.key_at(extra), "make two lines of it", first)
    return _KIND_OF[found[0]], at[found[0]]


def outcome(at: Bound) -> Outcome:
    """An ending without a way on."""
    if not at["needs"]:
        message = "an ending names at least one need, so that nobody is left without help"
        hint = "name what this person needs most, such as someone-to-talk-to"
        at.error("FP111", message, "needs", hint)
    urgency = at["urgency"] or Urgency.INFO
    advice = tuple(_each_told(at["advice"]))
    return at.made(Outcome, urgency=urgency, advice=advice, span=at.span)


def opening_line(at: Bound) -> Advice:
    """A line that is shown before the first question."""
    return Advice(Kind.KNOW, at["say"], at.whens, at["unless"], span=at.span)


def doors(at: Bound) -> tuple[Door, ...]:
    """The lines behind which several trees stand, in the order offered. A tree behind two of them
    for one reader is a mistake: it would be offered twice."""
    seen: dict[tuple[str, str], Node] = {}
    found: dict[str, Door] = at["doors"]
    for name, door in found.items():
        tellers = [each for each in TELLERS if door.shown({"teller": frozenset({each})})]
        for tree, place in at.words("doors", name, "trees"):
            earlier = [seen.setdefault((tree, teller), place) for teller in tellers]
            first = next((each for each in earlier if each is not place), place)
            at.file.must_be_first(f"“{tree}” is behind two doors", place, first)
    return tuple(found.values())
