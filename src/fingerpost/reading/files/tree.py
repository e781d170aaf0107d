"""What the file of a tree holds: its questions with their routing, and its endings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...model.base import replace
from ...model.diagnostics import Related
from ...model.sentence import Sentence, Urgency
from ...model.tree import ALWAYS, Answer, CarryOn, Outcome, Question, Target, Tree, When
from ..located import Scalar
from . import shared
from .bound import Bound
from .file import OTHERWISE
from .names import Names

_VERSION = "1"

_BUILT_IN = ("teller", "age", "nation")
"""Facts that the program itself knows: their wording is always shared."""


def tree(at: Bound) -> Tree | None:
    """One tree; None if there is a mistake in it."""
    steps = {key: dict(at.entries(key)) for key in ("questions", "forks", "outcomes")}
    asked = {**steps["questions"], **steps["forks"]}
    has_both = steps["questions"] and steps["outcomes"]  # or one of the two has another name
    at.file.steps = {**asked, **steps["outcomes"]} if has_both else {}
    for name in [name for name in steps["outcomes"] if name in asked]:
        message, hint = (
            f"“{name}” is both a question and an ending",
            "give one of them another name",
        )
        question = Related("the question is here", asked[name].span)
        at.file.error("FP214", message, at.key_at("outcomes", name), hint, question)
    if at.values.get("fingerpost") not in (None, "", _VERSION):
        message, hint = (
            "this version of the format cannot be read",
            f"write “fingerpost: {_VERSION}”",
        )
        at.file.error("FP115", message, at.at("fingerpost").span, hint)
    if at.file.wrong:
        return None
    many = at.file.names.many.union(q.fact for q in at["questions"].values() if q.many)
    forks = {name: replace(fork, many=fork.fact in many) for name, fork in at["forks"].items()}
    return at.made(
        Tree,
        name=at.file.tree,
        questions={**at["questions"], **forks},
        rules=tuple(at["rules"].values()),
        said=tuple(Sentence(text, span=place.span) for text, place in at.words("said")),
        span=at.span,
    )


def with_facts(names: Names, trees: Iterable[Tree]) -> Names:
    """The same names with the facts of some trees. One that several questions set has the values
    of all of them."""
    facts, many = dict(names.facts), set(names.many)
    for each in trees:
        for question in each.asked:
            known, values = facts.get(question.fact), question.values
            facts[question.fact] = dict.fromkeys([*known, *values]) if known else values
            if question.many:
                many.add(question.fact)
    return replace(names, facts=facts, many=frozenset(many))


# --- questions -----------------------------------------------------------------------------------


def question(at: Bound) -> Question:
    """A question: in words of its own, or in shared ones."""
    return _with_shared_words(at) if "use" in at else _with_own_words(at)


def _with_own_words(at: Bound) -> Question:
    hint = "it names the answers of shared words that are offered; here, take the others out"
    at.refuse(at.kind.used, "a question in its own words has no", hint)
    many, answers = at["many"], tuple(at["answers"].values())
    shared.look_at_answers(at, answers, many=many)
    for each in answers:
        if many and each.goto:
            _only_one_way(at, "answers", each.value, "goto")
    when, otherwise = _asked_when(at)
    return at.made(
        Question,
        fact=_fact(at, at.name),
        answers=_with_ways(at, answers, many=many),
        kinds=shared.kinds_of(at, answers, many=many),
        when=when,
        otherwise=otherwise,
    )


def _with_shared_words(at: Bound) -> Question:
    hint = "change it in shared/questions.yaml, or ask in words of your own"
    at.refuse(at.kind.own, "a question that uses shared words has no", hint)
    use = at["use"]
    fact = _fact(at, use) if at["fact"] not in ("", use) else use
    words = at.file.names.questions.get(use)
    if words is None:
        words = Question(at.name, fact, Sentence("", span=at.span), None, None, (), span=at.span)
    when, otherwise = _asked_when(at)
    many = words.many or words.at_ending
    return replace(
        words,
        name=at.name,
        fact=fact,
        why=at["why"] or words.why,
        note=at["note"] or words.note,
        answers=_with_ways(at, _only(at, words), many=many),
        when=when,
        otherwise=otherwise,
        span=at.key.span,
    )


def fork(at: Bound) -> Question:
    """A question that nobody is asked: those for whom its condition holds have answered it."""
    fact, values = at["when"].tests[0]
    words, goto = Sentence("", span=at.key.span), at["goto"]
    answers = tuple(Answer(value, words, goto, span=at.key.span) for value in sorted(values))
    return at.made(Question, fact=fact, ask=words, why=None, note=None, answers=answers,
                   shared=True, fork=True)  # fmt: skip


def _fact(at: Bound, otherwise: str) -> str:
    """The fact that a question sets; not one that shared words already ask for."""
    fact: str = at["fact"] or otherwise
    node = at.at("fact") if "fact" in at else at.key
    if fact in at.file.names.questions or fact in _BUILT_IN:
        message = f"“{fact}” has shared words, so that it means the same everywhere"
        hint = f"write “use: {fact}”, or settle a fact of another name"
        at.file.error("FP213", message, node.span, hint)
    elif "fact" in at and isinstance(node, Scalar):
        at.file.must_be_name(node, "the name of a fact")
    return fact


def _only(at: Bound, words: Question) -> Iterable[Answer]:
    """The answers of shared words that this tree offers, in its order; all if it names none."""
    kept = dict.fromkeys(at["only"])
    for value, place in at.words("only"):
        at.file.must_be_value(value, place, words.fact, words.values)
    if kept and words.answers and len(kept) < 2:
        at.error("FP110", "this leaves fewer than two answers", "only", "name two or more")
    if kept and words.unticked:
        kept[words.unticked] = None
    found = [answer for value in kept if (answer := words.answer(value))]
    return found or words.answers


def _asked_when(at: Bound) -> tuple[When, Target | None]:
    """Who is asked a question, and where others go: where all its answers go, if not said."""
    goto, otherwise = at["goto"], at["otherwise"]
    if "when" not in at:
        if otherwise is not None:
            hint = "take it out, or say with “when” who is asked"
            at.error("FP113", "“otherwise” means something only beside “when”", "otherwise", hint)
        return ALWAYS, None
    otherwise = otherwise or goto
    if not isinstance(otherwise, Target):
        hint = "add “otherwise” with the step to which they go"
        at.error("FP112", "those who are not asked are led nowhere", "when", hint)
        return at["when"], None
    return at["when"], otherwise


# --- ways on -------------------------------------------------------------------------------------


def _with_ways(at: Bound, answers: Iterable[Answer], *, many: bool) -> tuple[Answer, ...]:
    """The answers of a question with their ways on: each its own, or the question's."""
    own = {answer.value: answer.goto for answer in answers}
    written, otherwise = _goto(at, own)
    ways = {value: goto or written.get(value, otherwise) for value, goto in own.items()}
    missing = [value for value, goto in ways.items() if goto is None]
    if many and written:
        _only_one_way(at, "goto")
    elif missing and not (many and len(missing) < len(ways)):  # of that has been told
        message, hint = f"these answers lead nowhere: {', '.join(missing)}", f"“{OTHERWISE}”"
        some_lead_on = len(missing) < len(ways) and "goto" not in at
        path = ("answers", missing[0]) if some_lead_on else ("goto",)
        at.file.error("FP112", message, at.key_at(*path), f"give each a “goto”, or add {hint}")
    return tuple([replace(answer, goto=ways[answer.value]) for answer in answers])


def _goto(
    at: Bound, own: Mapping[str, Target | None]
) -> tuple[Mapping[str, Target], Target | None]:
    """The ways on beside a question: by answer, and for all other answers."""
    goto = at["goto"]
    if not isinstance(goto, dict):
        return {}, goto
    for value, entry in at.entries("goto"):
        if value != OTHERWISE:
            at.file.must_be_value(value, entry.key, at.name, own)
            _only_one(at, own.get(value), value, "goto", value)
    return goto, goto.get(OTHERWISE)


def _only_one(at: Bound, other: object, name: str, *path: str) -> None:
    if other is not None:
        message, hint = f"“{name}” has two ways on", "keep one of the two"
        at.file.error("FP112", message, at.key_at(*path), hint)


def _only_one_way(at: Bound, *path: str) -> None:
    message = "where many answers may hold, the question leads on as one"
    hint = "put one “goto” beside “answers” that names one step"
    at.file.error("FP112", message, at.key_at(*path), hint)


# --- endings -------------------------------------------------------------------------------------


def outcome(at: Bound) -> Outcome:
    """An ending: its own, or a shared one, with this tree's way on."""
    carry_on = at["carry-on"]
    if "use" not in at:
        hint = "write a “carry-on” with words of its own"
        at.refuse(at.kind.used, "an ending in its own words has no", hint)
        found = shared.outcome(at)
    else:
        hint = "only the way on is this tree's own"
        at.refuse(at.kind.own, "an ending that uses shared words has no", hint)
        found = at.file.names.outcomes.get(at["use"]) or _unknown(at)
        if "goto" in at:
            _only_one(at, carry_on, at.name, "goto")
            carry_on = carry_on or _shared_way_on(at, found)
    if carry_on and (carry_on.goto.tree, carry_on.goto.step) == (at.file.tree, at.name):
        message = "this leads back to the ending that it comes from"
        at.file.error("FP215", message, carry_on.goto.span, "lead on to another step")
    return replace(found, name=at.name, carry_on=carry_on, way_on=None, span=at.span)


def _unknown(at: Bound) -> Outcome:
    """What stands for shared words that do not exist, which is reported."""
    nothing = Sentence("", span=at.span)
    return Outcome(at.name, nothing, Urgency.INFO, nothing, (), (), way_on=nothing, span=at.span)


def _shared_way_on(at: Bound, words: Outcome) -> CarryOn | None:
    """The way on in shared words, to this tree's step."""
    if words.way_on is None:
        hint = "write a “carry-on”, or a “way-on” in shared/outcomes.yaml"
        at.error("FP103", "these shared words have no way on", "goto", hint)
        return None
    return CarryOn(words.way_on, at["goto"], {}, span=at.at("goto").span)


def carry_on(at: Bound) -> CarryOn:
    """The way on from an ending."""
    for fact, entry in at.entries("sets"):
        if fact == "suicide":
            message = "nothing but the person's own answer may change “suicide”"
            at.file.error("FP216", message, entry.span, "take it out")
    return at.made(CarryOn)
