"""The safety case of a library: each hazard, what controls it, and what remains.

Its shape is that of DCB0129, the NHS standard for the safety of health IT: hazard and harm, how
severe and how likely, controls, evidence, what remains. What is not proved is said as plainly as
what is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ...approval.status import Standing, standings
from ...model.base import Frozen, grouped, replace
from ...model.diagnostics import manual
from ...model.library import Library
from ...model.sentence import Sentence
from ...model.tree import HOW_BAD, HOW_LIKELY, Hazard, Rule
from ...page.approval import Fingerprints, fingerprint
from ...proof.limits import NOT_PROVED
from ...proof.verdict import Status, Verdict
from ...sheets.document import (
    Block,
    Break,
    Document,
    Fine,
    Heading,
    Paragraph,
    Points,
    Steps,
    Table,
)

_READER = "staff"

_MEANING = (
    (
        "How bad it can be. Death: a young person can die. Lasting: harm for years, such as abuse. "
        "Serious: others must help to mend it. Minor: it passes."
    ),
    (
        "How likely it is in spite of its guards, for those whom it could happen to. Often: more "
        "than one in ten. Sometimes: more than one in a hundred. Seldom: fewer. Hardly: next to "
        "none. Where nothing is known, the likelier of two."
    ),
    (
        "Risk is how bad and how likely together. Guards are how many rules are proved, checks "
        "look at every file and tests try the program; the last part names them. Who accepts a "
        "hazard writes so into hazards.yaml, with the letters behind it there."
    ),
)
"""What the words of ``HOW_BAD`` and ``HOW_LIKELY`` mean, as a note below the ranking."""


class Proved(Frozen):
    """The library of a safety case, the verdict on each rule, and the day and program of them."""

    library: Library
    verdicts: Mapping[str, tuple[Rule, Verdict]]
    on: date
    version: str


def safety_case(proved: Proved) -> Document:
    """The document for a manager, an inspector or a funder; each rule stands at its end."""
    return Document(
        title="Safety case",
        kicker="fingerpost: what should I do?",
        blocks=tuple(_blocks(proved)),
    )


def _blocks(proved: Proved) -> Iterator[Block]:
    library = proved.library
    hazards = sorted(library.hazards, key=_risk)
    standing = standings(Fingerprints(library), library.trees, proved.on)
    yield from _first_page(proved, hazards, standing)
    yield Break()
    yield Heading("What is not proved")
    yield Points(NOT_PROVED)
    if library.tried:
        yield Heading("What was tried, beside the proofs")
        yield Points(tuple(map(_read, library.tried)))
    yield Heading("Who has approved and checked it")
    yield Points(tuple(_open(library, standing)))
    broken = [each for each in proved.verdicts.values() if each[1].status is not Status.PROVED]
    if broken:
        yield Heading("Rules that are not proved")
        yield Points(tuple(_rule(rule, verdict) for rule, verdict in broken))
    yield Heading("What could happen, by rank, and what remains")
    told = (f"{_read(each.harm)} Remains: {_read(each.remains)}" for each in hazards)
    yield Steps(tuple(told))
    yield Break()
    yield Heading("What guards, by hazard")
    yield Paragraph("This part is to look things up. One rule can guard against several hazards.")
    for number, hazard in enumerate(hazards, 1):
        yield Paragraph(f"{number}. {_title(hazard)} ({_letters(hazard)})", strong=True)
        yield Points(tuple(_guards(proved, hazard)))
    yield Fine((_made(proved),))


def _risk(hazard: Hazard) -> tuple[int, int]:
    """The place of a hazard among others: a step worse counts as much as a step likelier, and of
    two alike the worse is first."""
    bad, likely = HOW_BAD.index(hazard.how_bad), HOW_LIKELY.index(hazard.how_likely)
    return bad + likely, bad


def _first_page(
    proved: Proved, hazards: Sequence[Hazard], standing: Sequence[Standing]
) -> Iterator[Block]:
    pages = [part.holds for tree in standing for part in tree.pages]
    trees = [tree.holds for tree in standing]
    ended = [verdict.status is Status.PROVED for _, verdict in proved.verdicts.values()]
    accepted = [_is_accepted(hazard) for hazard in hazards]
    yield Paragraph(
        f"{_of(pages)} pages and {_of(trees)} decision trees are approved by a safeguarding "
        "professional.",
        strong=True,
    )
    yield Paragraph(
        f"{_of(ended)} safety rules are proved: for every combination of answers that anybody can "
        "give, and not for a sample."
    )
    if False in ended:
        missing = "Rules that are not proved do not count as guards. They are listed below."
        yield Paragraph(missing, strong=True)
    yield Paragraph(
        "Here are the ways in which the pages could harm somebody, the greatest risk first. Those "
        "who wrote the pages judged how bad and how likely each is; nobody has tried the pages "
        "with real young people. So the person in the last column must accept or change each "
        f"judgement, by name. {_of(accepted)} are accepted."
    )
    head = ("Rank", "Hazard", "How bad", "How likely", "Guards", "Who must accept it")
    rows = (_row(proved, number, hazard) for number, hazard in enumerate(hazards, 1))
    yield Table(head, tuple(rows))
    yield Fine(_MEANING)


def _of(each: Sequence[bool]) -> str:
    return f"{sum(each)} of {len(each)}"


def _row(proved: Proved, number: int, hazard: Hazard) -> tuple[str, ...]:
    held = [proved.verdicts[name][1].status is Status.PROVED for name in hazard.controls]
    guards = sum(held) + len(hazard.checks) + len(hazard.tests)
    by, who = hazard.accepted, _read(hazard.judge).rstrip(".")
    if by:
        given = f"ccepted by {by.by}, {by.on}"
        who = f"A{given}" if _is_accepted(hazard) else f"{who}. Changed since it was a{given}"
    how = (hazard.how_bad, hazard.how_likely)
    return (str(number), _title(hazard), *how, str(guards) if guards else "none", who)


def _letters(hazard: Hazard) -> str:
    """A fingerprint of all that is accepted of a hazard."""
    return fingerprint(replace(hazard, accepted=None))


def _is_accepted(hazard: Hazard) -> bool:
    return hazard.accepted is not None and hazard.accepted.words == _letters(hazard)


def _guards(proved: Proved, hazard: Hazard) -> Iterator[str]:
    for name in hazard.controls:
        yield _rule(*proved.verdicts[name])
    for code in hazard.checks:
        yield f"Looked for in every file by a check: {manual(code).title} ({code})."
    for test in hazard.tests:
        yield f"Tried by a test of the program: {test}"


def _rule(rule: Rule, verdict: Verdict) -> str:
    told = f"{_title(rule)}."
    if rule.because:
        told += f" {_read(rule.because)}"
    if verdict.status is not Status.PROVED:
        return f"{told} NOT PROVED: {verdict.status}."
    return f"{told} (on {_many(verdict.endings, 'page')})"


def _open(library: Library, standing: Sequence[Standing]) -> Iterator[str]:
    found = [(part, part.approval) for tree in standing for part in tree.pages if part.approval]
    by = grouped((f"{each.by}, {each.role}", each.on) for part, each in found if part.holds)
    for who, days in by.items():
        yield f"{_many(len(days), 'page')} by {who}, the last on {max(days)}."
    if stale := sum(not part.holds for part, _ in found):
        yield (
            f"Approved once and to be read again, as changed or overdue: {_many(stale, 'page')}. "
            "To see which: fingerpost approve --status"
        )
    routes = library.routes.values()
    checked = sum(route.checked is not None for route in routes)
    yield f"{checked} of {len(routes)} services were tried by a named person."
    unsure = sum(len(route.unsure) for route in routes)
    yield (
        f"{unsure} details of services are marked as unsure. "
        "No young person is shown a number among them."
    )
    asked = len(library.review_questions)
    yield f"{asked} questions only people can answer. To see them: fingerpost routes --to-check"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _made(proved: Proved) -> str:
    return f"Made on {proved.on} by fingerpost {proved.version}, with every proof made anew."


def _title(named: Hazard | Rule) -> str:
    return named.name.replace("-", " ").capitalize()


def _read(sentence: Sentence) -> str:
    return sentence.read_by(_READER)
