"""What each kind of mapping of ``format.txt`` is in the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...model.approval import Comment
from ...model.base import Frozen
from ...model.case import Case, Choice, Expected, Inject
from ...model.library import Budgets, CrisisKind, Grammar, Record, RecordBlank
from ...model.route import Form, Phone, RouteSource, TextLine
from ...model.sentence import Source
from ...model.tree import (
    Accepted,
    Already,
    AnswerKind,
    Checked,
    Door,
    Expectation,
    Need,
    NeedWords,
    Response,
)
from . import beside, local, routes, shared, tree, word_lists
from .bound import Bound

Make = Callable[[Bound], Any]


def as_written(at: Bound) -> Any:
    """The values by key, of a kind that the model has no type of value for."""
    return at.values


def _made(kind: type[Frozen]) -> Make:
    return lambda at: at.made(kind)


def _below(key: str) -> Make:
    return lambda at: at[key]


MADE: dict[str, Make] = {
    # what stands in many files
    "source": lambda at: at.made(Source, published=at["date"]),
    "checked": lambda at: Checked(at["date"], at["by"]),
    "accepted": lambda at: Accepted(at["date"], at["by"], at["words"]),
    "need-for": _made(Need),
    "advice-line": shared.advice,
    "rule": beside.rule,
    "shown": _made(Expectation),
    # shared/
    "@questions": _below("questions"),
    "@advice": shared.advice_by_name,
    "@answers": _below("answers"),
    "@first-aid": _below("first-aid"),
    "@law": _below("law"),
    "@outcomes": _below("outcomes"),
    "@always": _below("always"),
    "@needs": _below("needs"),
    "@words": _below("words"),
    "@opening": _below("opening"),
    "@doors": shared.doors,
    "shared-question": shared.question,
    "shared-answer": shared.answer,
    "answer-kind": _made(AnswerKind),
    "response": _made(Response),
    "shared-advice": shared.line,
    "already": _made(Already),
    "answer-line": shared.line,
    "first-aid-line": shared.line,
    "law-line": shared.line,
    "shared-ending": shared.outcome,
    "always-entry": shared.always,
    "need-words": _made(NeedWords),
    "opening-line": shared.opening_line,
    "door": _made(Door),
    # trees
    "@tree": tree.tree,
    "question": tree.question,
    "answer": shared.answer,
    "fork": tree.fork,
    "ending": tree.outcome,
    "carry-on": tree.carry_on,
    # routes
    "@routes": routes.routes,
    "@local": local.local,
    "route": routes.route,
    "local-route": local.laid_over,
    "contract": routes.contract,
    "route-source": _made(RouteSource),
    "phone": _made(Phone),
    "text-line": _made(TextLine),
    "form": _made(Form),
    # beside the trees
    "@rules": beside.rules,
    "@hazards": beside.hazards,
    "hazard": beside.hazard,
    "@approvals": beside.approvals,
    "approval": beside.approval,
    "comment": _made(Comment),
    "@cases": _below("cases"),
    "case": _made(Case),
    "expected": _made(Expected),
    "judgement": beside.judgement,
    "choice": _made(Choice),
    "scene": beside.scene,
    "moment": beside.moment,
    "turn": _made(Choice),
    "inject": _made(Inject),
    # lists of words
    "@search": word_lists.search,
    "crisis-words": word_lists.crisis,
    "crisis-kind": _made(CrisisKind),
    "later-kind": _made(CrisisKind),
    "stated": word_lists.stated,
    "@discreet": word_lists.harmless,
    "@budgets": _made(Budgets),
    "@record": _made(Record),
    "blank": _made(RecordBlank),
    "@languages": word_lists.language,
    "@front-pages": word_lists.front_pages,
    "@review-questions": _below("questions"),
    "review-question": word_lists.review_question,
    "@unsafe-lines": word_lists.unsafe_lines,
    "unsafe-grammar": _made(Grammar),
    "unsafe-kind": word_lists.unsafe_kind,
}
"""What is made of each kind. Of any other the values are kept by key."""

BEFORE: dict[str, Callable[..., None]] = {"case": beside.before_case}
"""What is done before the keys of a mapping are read."""
