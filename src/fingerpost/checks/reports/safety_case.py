"""The safety case of a library: each hazard, what controls it, and what remains.

Its shape is that of DCB0129, the NHS standard for the safety of health IT: hazard and harm, how
severe and how likely, controls, evidence, what remains. What is not proved is said as plainly as
what is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import starmap

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
from ...page import labels
from ...page.approval import Fingerprints, fingerprint
from ...page.london_time import date_of_year
from ...page.messages import either, listed, say
from ...proof.verdict import Status, Verdict
from ...sheets.document import (
    Blank,
    Block,
    Break,
    Contents,
    Document,
    Entry,
    Heading,
    Paragraph,
    Points,
    Table,
    lead,
)
from .text import counted

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
        kicker=f"fingerpost {proved.version}, with its proofs made on {date_of_year(proved.on)}",
        blocks=tuple(_blocks(proved)),
    )


def _blocks(proved: Proved) -> Iterator[Block]:
    library = proved.library
    hazards = sorted(library.hazards, key=_risk)
    leaves = Leaves(Fingerprints(library))
    stand = [standing(leaves, leaves.fingerprints, (name,), proved.on) for name in library.trees]
    yield from _summary(proved, hazards, stand)
    broken = [name for name, (_, each) in proved.verdicts.items() if not _is_proved(each)]
    tried = [Points(tuple(map(_read, library.tried)))] if library.tried else ()
    sections: dict[str, Iterable[Block]] = {
        "What could happen, the greatest risk first": _ranked(proved, hazards),
        "What is not proved, and cannot be": [Points(tuple(say("safety.not-proved").split("\n")))],
        "What was tried, beside the proofs": tried,
        "Who has approved it, and checked": [Points(tuple(_open(library, stand)))],
        "Rules that are not proved, to be mended": [_rules(proved, broken)] if broken else (),
        "What guards, by hazard": _guards(proved, hazards),
    }
    parts = [
        (*title.split(", "), f"part-{n}") for n, title in enumerate(sections) if sections[title]
    ]
    yield Break()
    yield Heading("Contents")
    yield Contents(tuple(starmap(Entry, parts)))
    for title, note, name in parts:
        yield Heading(f"{title}, {note}", name=name)
        yield from sections[f"{title}, {note}"]


def _guards(proved: Proved, hazards: Sequence[Hazard]) -> Iterator[Block]:
    yield Paragraph(say("safety.guards"))
    first: dict[str, int] = {}
    for number, hazard in enumerate(hazards, 1):
        yield Heading(f"{number}. {_title(hazard)}", inner=True)
        own = [name for name in hazard.controls if first.setdefault(name, number) == number]
        yield _rules(proved, own, "; ".join(_other_guards(hazard, first, number)))
    yield Heading("For whoever types what was signed", inner=True)
    line = f"{{date: {proved.on}, by: who, words: letters}}"
    yield Paragraph(say("safety.accepted", line=line))
    yield Paragraph("; ".join(f"{n} {_letters(each)}" for n, each in enumerate(hazards, 1)))


def _risk(hazard: Hazard) -> tuple[int, int]:
    """The place of a hazard among others: a step worse counts as much as a step likelier, and of
    two alike the worse is first."""
    bad, likely = HOW_BAD.index(hazard.how_bad), HOW_LIKELY.index(hazard.how_likely)
    return bad + likely, bad


def _summary(
    proved: Proved, hazards: Sequence[Hazard], standing: Sequence[Standing]
) -> Iterator[Block]:
    """A page for whoever reads no more: the state, the greatest risks, and who signs."""
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
    yield Paragraph(say("safety.use"))
    held, shown, rules, known = map(_of, (pages, trees, ended, accepted))
    state = say("safety.state", pages=held, trees=shown, rules=rules, hazards=known)
    yield Points(tuple(state.split("\n")))
    yield Heading("The greatest risks")
    worst = (each for each in hazards if _risk(each) == _risk(hazards[0]))
    yield Paragraph("; ".join(f"{n} {_title(each)}" for n, each in enumerate(worst, 1)) + ".")
    yield Heading("Who signs")
    judges = grouped((_read(each.judge).rstrip("."), n) for n, each in enumerate(hazards, 1))
    rows = ((who, ", ".join(map(str, numbers)), "") for who, numbers in judges.items())
    yield Table(("Who", "Hazards", "Name, role and date"), tuple(rows), shares=(40, 15, 45))
    yield Blank("Approved for use here: name, role and date")


def _ranked(proved: Proved, hazards: Sequence[Hazard]) -> Iterator[Block]:
    """Each hazard, the greatest risk first, below what the words of its risk mean."""
    yield Points(tuple(say("safety.meaning").split("\n")))
    head = ("Hazard", "What remains", "How bad", "How likely", "Guards")
    rows = (_row(proved, number, hazard) for number, hazard in enumerate(hazards, 1))
    yield Table(head, tuple(rows), shares=(43, 29, 9, 11, 8))


def _of(each: Sequence[bool]) -> str:
    return f"{sum(each)} of {len(each)}"


def _row(proved: Proved, number: int, hazard: Hazard) -> tuple[str, ...]:
    held = sum(_is_proved(proved.verdicts[name][1]) for name in hazard.controls)
    guards = str(held + len(hazard.checks) + len(hazard.tests) or "none")
    left = _read(hazard.remains)
    if by := hazard.accepted:
        given = f"ccepted by {by.by}, {date_of_year(by.on)}."
        left += f" A{given}" if _is_accepted(hazard) else f" Changed since it was a{given}"
    what = f"{number}. {_title(hazard)}. {_read(hazard.harm)}"
    return (what, left, hazard.how_bad, hazard.how_likely, guards)


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


def _rules(proved: Proved, names: Iterable[str], others: str = "") -> Table:
    """What each of these rules asks of a page and why, and on how many it is proved, for whom; and
    ``others`` that guard."""
    rows, namer, before = [], Namer(proved.library, ()), ""
    for rule, verdict in map(proved.verdicts.__getitem__, names):
        reader = next(t for t in TELLERS if t in dict(rule.when.tests).get("teller", TELLERS))
        must = listed([*_shown(proved.library, rule.must, reader)])
        never = either([*_shown(proved.library, rule.never, reader)])
        asked = filter(None, (must, f"never {never}" * bool(never)))
        does = " ".join(f"{each[:1].upper()}{each[1:]}." for each in asked)
        before, told = does, "The same." if does == before else does
        told = f"{told} {_read(rule.because)}" if rule.because else told
        ended = f"{verdict.endings:,}" if _is_proved(verdict) else f"NOT PROVED: {verdict.status}"
        of_people = When(tuple(test for test in rule.when.tests if test[0] in PEOPLE))
        who = namer.mark(whom([of_people], (), TELLERS))
        rows.append((told, ", ".join(filter(None, (ended, who)))))
    rows += [(others, "")] if others else []
    return Table(("Rule and why", "Pages"), tuple(rows), shares=(84, 16))


def _shown(library: Library, asked: Expectation, reader: str) -> Iterator[str]:
    """What a page must show, or never: of several from which any will do, the first, of a line its
    first sentence."""

    def quoted(sentence: Sentence) -> str:
        text = read_aloud(library, sentence.read_by(reader), reader)
        first, rest = lead(text)
        told = f"{first}{lead(rest)[0] if first.endswith(':') else ''}".removesuffix(".")
        closed = told + '"' * (told.count('"') % 2)
        return f"“{closed}”"

    def line(name: str) -> str:
        return quoted(library.advice[name].say)

    def service(name: str) -> str:
        return library.routes[name].title.read_by(reader)

    def title(name: str) -> str:
        found = (tree.outcomes.get(name) for tree in library.trees.values())
        return next((quoted(outcome.title) for outcome in found if outcome), name)

    if asked.urgency:
        yield f"says “{labels.urgency(asked.urgency)}”"
    needs = () if asked.first or asked.route else asked.need
    for how, names, words in (
        ("names {} first", asked.first, service),
        ("begins with {}", asked.top, line),
        ("says {}", asked.advice, line),
        ("names {}", asked.route, service),
        ("offers {}", needs, lambda name: quoted(library.needs[name].say)),
        ("is {}", asked.outcome, title),
    ):
        if names:
            more = f" or {counted(len(names) - 1, 'other')}" * bool(names[1:])
            yield how.format(f"{words(names[0])}{more}")


def _is_proved(verdict: Verdict) -> bool:
    return verdict.status is Status.PROVED


def _open(library: Library, standing: Sequence[Standing]) -> Iterator[str]:
    found = [(part, part.approval) for tree in standing for part in tree.pages if part.approval]
    by = grouped((f"{each.by}, {each.role}", each.on) for part, each in found if part.holds)
    for who, days in by.items():
        yield f"{counted(len(days), 'page')} by {who}, the last on {date_of_year(max(days))}."
    if stale := sum(not part.holds for part, _ in found):
        yield (
            f"Approved once and to be read again, as changed or overdue: {counted(stale, 'page')}. "
            "To see which: fingerpost approve --status"
        )
    routes = library.routes.values()
    checked = sum(route.checked is not None for route in routes)
    unsure = sum(len(route.unsure) for route in routes)
    asked = len(library.review_questions)
    told = say("safety.open", checked=checked, routes=len(routes), unsure=unsure, asked=asked)
    yield from told.split("\n")


def _title(named: Hazard) -> str:
    return named.name.replace("-", " ").capitalize()


def _read(sentence: Sentence) -> str:
    return sentence.read_by(_READER)
