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
    yield Heading("What is not proved")
    yield Points(NOT_PROVED)
    if library.tried:
        yield Heading("What was tried, beside the proofs")
        yield Points(tuple(map(_read, library.tried)))
    yield Heading("Who has approved and checked it")
    yield Points(tuple(_open(library)))
    for number, hazard in enumerate(library.hazards, 1):
        yield from _hazard(proved, number, hazard)
    yield Break()
    yield Heading("What guards, by hazard")
    told = (
        "This part is to look things up. A rule that is proved holds on every path. One rule can "
        "guard against several hazards."
    )
    yield Paragraph(told)
    for number, hazard in enumerate(library.hazards, 1):
        yield Paragraph(f"{number}. {_title(hazard)}", strong=True)
        yield Points(tuple(_guards(proved, hazard)))
    yield Fine((_made(proved),))


def _in_short(proved: Proved) -> Iterator[Block]:
    library = proved.library
    ended = [verdict.status for _, verdict in proved.verdicts.values()]
    done = sum(status is Status.PROVED for status in ended)
    endings = sum(len(tree.outcomes) for tree in library.trees.values())
    yield Paragraph(
        f"{len(library.trees)} decision trees lead to {endings} pages of advice. Here are "
        f"{len(library.hazards)} ways in which they could harm somebody, what guards against each, "
        "what remains, and who must judge whether that is acceptable. Rules are proved, checks "
        "look at every file, and tests try the program."
    )
    yield Paragraph(
        f"{done} of {len(ended)} safety rules were proved when this page was made: for every "
        "combination of answers that anybody can give, and not for a sample.",
        strong=True,
    )
    if left := len(ended) - done:
        yield Paragraph(f"{left} rules are not proved. They are marked below.", strong=True)


def _hazard(proved: Proved, number: int, hazard: Hazard) -> Iterator[Block]:
    verdicts = [proved.verdicts[name] for name in hazard.controls]
    broken = [each for each in verdicts if each[1].status is not Status.PROVED]
    yield Heading(f"{number}. {_title(hazard)}")
    yield Paragraph(f"{_read(hazard.harm)} {_guarded(hazard, len(verdicts) - len(broken))}")
    if broken:
        yield Points(tuple(_rule(rule, verdict) for rule, verdict in broken))
    yield Paragraph(f"Remains: {_read(hazard.remains)} Judge: {_read(hazard.judge)}")


def _guarded(hazard: Hazard, proved: int) -> str:
    counts = ((proved, "rule"), (len(hazard.checks), "check"), (len(hazard.tests), "test"))
    guards = [f"{count} {what}{'s' * (count != 1)}" for count, what in counts if count]
    return f"Guards: {', '.join(guards)}." if guards else "Guards: none that is proved."


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
    return f"{told} (on {verdict.endings:,} page{'s' * (verdict.endings != 1)})"


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
    yield (
        f"{unsure} details of services are marked as unsure. "
        "No young person is shown a number among them."
    )
    asked = len(library.review_questions)
    yield f"{asked} questions only people can answer. To see them: fingerpost routes --to-check"


def _made(proved: Proved) -> str:
    return f"Made on {proved.on} by fingerpost {proved.version}, with every proof made anew."


def _title(named: Hazard | Rule) -> str:
    return named.name.replace("-", " ").capitalize()


def _read(sentence: Sentence) -> str:
    return sentence.read_by(_READER)
