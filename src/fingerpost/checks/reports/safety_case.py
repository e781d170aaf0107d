"""The safety case of a library: each hazard, what controls it, and what remains.

Its shape is that of DCB0129, the NHS standard for the safety of health IT: hazard and harm, how
severe and how likely, controls, evidence, what remains. What is not proved is said as plainly as
what is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ...approval.leaves import Leaves
from ...approval.marks import Namer, whom
from ...approval.status import Standing, standing
from ...model.base import Frozen, grouped, replace
from ...model.diagnostics import manual
from ...model.facts import PEOPLE, TELLERS
from ...model.library import Library
from ...model.sentence import Sentence
from ...model.text_index import read_aloud
from ...model.tree import HOW_BAD, HOW_LIKELY, Expectation, Hazard, Rule, When
from ...page.approval import Fingerprints, fingerprint
from ...proof.verdict import Status, Verdict
from ...sheets.document import (
    Block,
    Break,
    Document,
    Fine,
    Heading,
    Paragraph,
    Points,
    Table,
    lead,
)
from .text import counted

_READER = "staff"

_USE = (
    "What it is for: somebody in the UK of 9 years or older, or a parent or worker beside them, "
    "answers questions on what has happened online, and reads what to do now, what not to do "
    "and whom to ring. It is no emergency service and no legal advice."
)

_MEANING = (
    (
        "How bad: the worst that can follow. Death: a young person can die. Lasting: harm for "
        "years, such as abuse. Serious: others must help to mend it. Minor: it passes."
    ),
    (
        "How likely: how many meet the hazard, not the worst of it, in spite of its guards. Often: "
        "more than 1 in 10 people to whom it could happen. Sometimes: more than 1 in 100 of them. "
        "Seldom: fewer. Hardly: next to none. All are guesses."
    ),
)
"""What the words of ``HOW_BAD`` and ``HOW_LIKELY`` mean, as a note below the ranking."""

_NOT_PROVED = (
    "That people understand a page as it is meant, or do what it says. No proof can show that.",
    "That people choose the answer that is true of them. They choose in fear and haste.",
    "That a number still answers. Each route says when its source was last seen.",
    "That the words are the best ones. Only a person who knows the work can judge that.",
    "That every trouble is known. Hazards are here if somebody thought of them, or met them.",
)


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
        kicker=f"fingerpost {proved.version}, with its proofs made on {proved.on}",
        blocks=tuple(_blocks(proved)),
    )


def _blocks(proved: Proved) -> Iterator[Block]:
    library = proved.library
    hazards = sorted(library.hazards, key=_risk)
    leaves = Leaves(Fingerprints(library))
    now = leaves.fingerprints
    stand = [standing(leaves, now, (name,), proved.on) for name in library.trees]
    yield from _first_page(proved, hazards, stand)
    yield Break()
    yield Heading("What is not proved")
    yield Points(_NOT_PROVED)
    if library.tried:
        yield Heading("What was tried, beside the proofs")
        yield Points(tuple(map(_read, library.tried)))
    yield Heading("Who has approved and checked it")
    yield Points(tuple(_open(library, stand)))
    broken = [name for name, (_, each) in proved.verdicts.items() if not _is_proved(each)]
    if broken:
        yield Heading("Rules that are not proved")
        yield _rules(proved, broken)
    yield Break()
    yield Heading("What guards, by hazard")
    yield Paragraph(
        "Each rule stands under the greatest of its hazards. The last column says on how many "
        "pages it is kept, and for whom, if not for all: ages are the young person's. “Today” may "
        "be sooner. Of several any one is enough."
    )
    first: dict[str, int] = {}
    for number, hazard in enumerate(hazards, 1):
        yield Paragraph(f"{number}. {_title(hazard)} ({_letters(hazard)})", strong=True)
        own = [name for name in hazard.controls if first.setdefault(name, number) == number]
        if own:
            yield _rules(proved, own)
        yield Points(tuple(_other_guards(hazard, first, number)))


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
    ended = [_is_proved(verdict) for _, verdict in proved.verdicts.values()]
    accepted = [_is_accepted(hazard) for hazard in hazards]
    missing = (
        ("a safeguarding professional approves each page and tree", (*pages, *trees)),
        ("each rule is proved", ended),
        ("each hazard is accepted", accepted),
    )
    until = " and until ".join(what for what, each in missing if not all(each))
    verdict = (
        f"Not fit for use with young people until {until}."
        if until
        else "Each page, rule and hazard is in order."
    )
    yield Paragraph(verdict, strong=True)
    yield Paragraph(_USE)
    proofs = f"{_of(ended)} safety rules are proved for all that anybody can answer, not a sample."
    judged = (
        f"{_of(accepted)} hazards are accepted. Those who wrote the pages judged how bad and how "
        "likely each is, and nobody has tried them with real young people: the person in the last "
        "column must accept or change each judgement, by name."
    )
    approved = f"{_of(pages)} pages and {_of(trees)} decision trees are approved."
    yield Points((approved, proofs, judged))
    yield Heading("What could happen, the greatest risk first")
    head = ("", "Hazard", "How bad", "How likely", "Guards", "Who must accept it")
    rows = (_row(proved, number, hazard) for number, hazard in enumerate(hazards, 1))
    yield Table(head, tuple(rows), shares=(3, 52, 8, 11, 8, 18))
    accepting = (
        "To accept the first hazard as it stands, its judge adds this to it in hazards.yaml "
        "with the letters from the last part: "
        f"accepted: {{date: {proved.on}, by: who, words: {_letters(hazard)}}}"
        for hazard in hazards[:1]
    )
    yield Fine((*_MEANING, *accepting))


def _of(each: Sequence[bool]) -> str:
    return f"{sum(each)} of {len(each)}"


def _row(proved: Proved, number: int, hazard: Hazard) -> tuple[str, ...]:
    held = sum(_is_proved(proved.verdicts[name][1]) for name in hazard.controls)
    guards = str(held + len(hazard.checks) + len(hazard.tests) or "none")
    by, who = hazard.accepted, _read(hazard.judge).rstrip(".")
    if by:
        given = f"ccepted by {by.by}, {by.on}"
        who = f"A{given}" if _is_accepted(hazard) else f"{who}. Changed since it was a{given}"
    what = f"{_title(hazard)}. {_read(hazard.harm)} Remains: {_read(hazard.remains)}"
    return (str(number), what, hazard.how_bad, hazard.how_likely, guards, who)


def _letters(hazard: Hazard) -> str:
    """A fingerprint of all that is accepted of a hazard."""
    return fingerprint(replace(hazard, accepted=None))


def _is_accepted(hazard: Hazard) -> bool:
    return hazard.accepted is not None and hazard.accepted.words == _letters(hazard)


def _other_guards(hazard: Hazard, first: Mapping[str, int], number: int) -> Iterator[str]:
    above = grouped((first[name], name) for name in hazard.controls if first[name] < number)
    for at, names in above.items():
        yield f"See {at}: {counted(len(names), 'rule')}"
    for code in hazard.checks:
        yield f"Checked: {manual(code).title} ({code})"
    if hazard.tests:
        yield f"Tested: {' '.join(hazard.tests)}"


def _rules(proved: Proved, names: Iterable[str]) -> Table:
    """What each of these rules asks of a page and why, and on how many it is proved, for whom."""
    rows, namer = [], Namer(proved.library, ())
    for rule, verdict in map(proved.verdicts.__getitem__, names):
        reader = next(t for t in TELLERS if t in dict(rule.when.tests).get("teller", TELLERS))
        must = ", ".join(_shown(proved.library, rule.must, reader))
        never = [f"never {each}" for each in _shown(proved.library, rule.never, reader)]
        more = f"{', and more' if never[1:] else ''}"
        asked = ". It ".join(filter(None, (must, *(f"{each}{more}" for each in never[:1]))))
        why = _read(rule.because) if rule.because else ""
        ended = f"{verdict.endings:,}" if _is_proved(verdict) else f"NOT PROVED: {verdict.status}"
        of_people = When(tuple(test for test in rule.when.tests if test[0] in PEOPLE))
        who = namer.mark(whom([of_people], (), TELLERS))
        rows.append((asked, why, ", ".join(filter(None, (ended, *who)))))
    return Table(("A page", "Why", "Pages, and for whom"), tuple(rows), shares=(44, 40, 16))


def _shown(library: Library, asked: Expectation, reader: str) -> Iterator[str]:
    """What a page must show, or never: of several from which any will do, the first, of a line its
    first sentence."""

    def quoted(sentence: Sentence) -> str:
        text = read_aloud(library, sentence.read_by(reader), reader)
        first, rest = lead(text)
        return f"“{first}{lead(rest)[0] if first.endswith(':') else ''}”".replace(".”", "”")

    def line(name: str) -> str:
        return quoted(library.advice[name].say)

    def service(name: str) -> str:
        return library.routes[name].title.read_by(reader)

    def title(name: str) -> str:
        found = (tree.outcomes.get(name) for tree in library.trees.values())
        return next((quoted(outcome.title) for outcome in found if outcome), name)

    if asked.urgency:
        yield f"gets help {asked.urgency.name.lower()}"
    needs = () if asked.first or asked.route else asked.need
    for how, names, words in (
        ("first names", asked.first, service),
        ("begins with", asked.top, line),
        ("says", asked.advice, line),
        ("names", asked.route, service),
        ("offers", needs, lambda name: quoted(library.needs[name].say)),
        ("is", asked.outcome, title),
    ):
        if names:
            others = len(names) - 1
            more = f" or {others} others" if others > 1 else " or another" * others
            yield f"{how} {words(names[0])}{more}"


def _is_proved(verdict: Verdict) -> bool:
    return verdict.status is Status.PROVED


def _open(library: Library, standing: Sequence[Standing]) -> Iterator[str]:
    found = [(part, part.approval) for tree in standing for part in tree.pages if part.approval]
    by = grouped((f"{each.by}, {each.role}", each.on) for part, each in found if part.holds)
    for who, days in by.items():
        yield f"{counted(len(days), 'page')} by {who}, the last on {max(days)}."
    if stale := sum(not part.holds for part, _ in found):
        yield (
            f"Approved once and to be read again, as changed or overdue: {counted(stale, 'page')}. "
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


def _title(named: Hazard) -> str:
    return named.name.replace("-", " ").capitalize()


def _read(sentence: Sentence) -> str:
    return sentence.read_by(_READER)
