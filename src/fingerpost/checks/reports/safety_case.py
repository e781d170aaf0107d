"""The safety case of a library: each hazard, what controls it, and what remains.

Its shape is that of DCB0129, the NHS standard for the safety of health IT: hazard and harm,
controls, evidence, what remains. What is not proved is said as plainly as what is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ...model.base import Frozen
from ...model.diagnostics import manual
from ...model.library import Library
from ...model.sentence import Sentence
from ...model.tree import Hazard, Rule
from ...proof.limits import NOT_PROVED
from ...proof.verdict import Status, Verdict
from ...sheets.document import Block, Break, Document, Fine, Heading, Paragraph, Points

_READER = "staff"


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
    yield from _in_short(proved)
    for number, hazard in enumerate(library.hazards, 1):
        yield from _hazard(proved, number, hazard)
    yield Heading("What is not proved")
    yield Points(NOT_PROVED)
    if library.tried:
        yield Heading("What was tried, beside the proofs")
        yield Points(tuple(map(_read, library.tried)))
    yield Heading("Who has approved the words, and what nobody has checked")
    yield Points(tuple(_open(library)))
    yield Break()
    yield Heading("The rules, by hazard")
    told = "Each is proved on every path through the trees. A rule can control several hazards."
    yield Paragraph(told)
    for number, hazard in enumerate(library.hazards, 1):
        if hazard.controls:
            yield Paragraph(f"{number}. {_title(hazard)}", strong=True)
            yield Points(tuple(_rule(*proved.verdicts[name]) for name in hazard.controls))
    yield Fine((_made(proved),))


def _in_short(proved: Proved) -> Iterator[Block]:
    library = proved.library
    ended = [verdict.status for _, verdict in proved.verdicts.values()]
    done = sum(status is Status.PROVED for status in ended)
    endings = sum(len(tree.outcomes) for tree in library.trees.values())
    yield Paragraph(
        f"The library has {len(library.trees)} decision trees with {endings} pages of advice. "
        f"Here are {len(library.hazards)} ways in which it could harm somebody, what guards "
        "against each, and what is left for a person to judge."
    )
    yield Paragraph(
        f"{done} of {len(ended)} safety rules were proved when this page was made: for every "
        "combination of answers that anybody can give, and not for a sample.",
        strong=True,
    )
    if left := len(ended) - done:
        yield Paragraph(f"{left} rules are not proved. They are marked below.", strong=True)


def _hazard(proved: Proved, number: int, hazard: Hazard) -> Iterator[Block]:
    yield Heading(f"{number}. {_title(hazard)}")
    yield Paragraph(_read(hazard.harm))
    yield Points(tuple(_controls(proved, hazard)))
    yield Paragraph(f"What remains: {_read(hazard.remains)} To be judged by: {_read(hazard.judge)}")


def _controls(proved: Proved, hazard: Hazard) -> Iterator[str]:
    verdicts = [proved.verdicts[name] for name in hazard.controls]
    good = [(rule, verdict) for rule, verdict in verdicts if verdict.status is Status.PROVED]
    if good:
        rules = "rule is" if len(good) == 1 else "rules are"
        most = max(verdict.endings for _, verdict in good)
        pages = f"{most:,} page{'s' * (most != 1)}"
        upto = "on" if len(good) == 1 else "each on up to"
        yield f"{len(good)} {rules} proved on every path, {upto} {pages}."
    yield from (_rule(rule, verdict) for rule, verdict in verdicts if (rule, verdict) not in good)
    for code in hazard.checks:
        yield f"Looked for in every file by a check: {manual(code).title} ({code})."
    for test in hazard.tests:
        yield f"Tried by a test of the program: {test}."


def _rule(rule: Rule, verdict: Verdict) -> str:
    because = _read(rule.because) if rule.because else rule.name
    if verdict.status is not Status.PROVED:
        return f"{because} NOT PROVED: {verdict.status}."
    return f"{because} (on {verdict.endings:,} page{'s' * (verdict.endings != 1)})"


def _open(library: Library) -> Iterator[str]:
    trees = library.trees.values()
    signed = library.approvals
    reviewed = sum(tree.reviewed is not None or tree.name in signed for tree in trees)
    yield f"{reviewed} of {len(trees)} trees were approved by a safeguarding professional."
    for approval in signed.values():
        who = f"{approval.by}, {approval.role}"
        yield f"{approval.tree}: {who}, on {approval.on}. Since: fingerpost approve --status"
    routes = library.routes.values()
    checked = sum(route.checked is not None for route in routes)
    yield f"{checked} of {len(routes)} services were tried by a named person."
    unsure = sum(len(route.unsure) for route in routes)
    yield f"{unsure} details of services are marked as unsure, and a page says so beside each."
    asked = len(library.review_questions)
    yield f"{asked} questions only people can answer. To see them: fingerpost routes --to-check"


def _made(proved: Proved) -> str:
    return f"Made on {proved.on} by fingerpost {proved.version}, with every proof made anew."


def _title(hazard: Hazard) -> str:
    return hazard.name.replace("-", " ").capitalize()


def _read(sentence: Sentence) -> str:
    return sentence.read_by(_READER)
