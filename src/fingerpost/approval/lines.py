"""How a part of a library is put into lines, each with whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TypeAlias

from ..model.base import Frozen, grouped, replace
from ..model.diagnostics import Span
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.route import Route
from ..model.sanitize import shorten
from ..model.sentence import Placed, Sentence, Urgency
from ..model.tree import Advice, Answer, Kind, Need, Outcome, Question, Target, Tree, When
from ..page import labels
from ..page.approval import added_alone
from ..page.messages import say
from ..page.page import DETAILS, contact
from .marks import either, filled, for_one, mark, wordings

_OF_ALL = "outcomes"
"""The file of pages that many trees share."""

MANY_WORDS = 6
"""The fewest words of a text that is only named where another sentence has said it."""

_IN_TABLE = 40
"""Letters of a question by which the table names it, where it has its own words elsewhere."""

_CALLED = {Kind.NEAR: "near", Kind.FAR: "far", Kind.KNOW: "know", Kind.WORKER: "worker"}
"""Lines that are called by what they are. The words of others say it."""


class Line(Frozen):
    """A line to read, with the mark of whom it is for, and its place in a file, if it has one.

    ``called`` says what it is, in a word. ``of`` is what it says as a value, to each reader: what
    says the same need not be read twice. Lines that follow and have the same are read with it.
    ``head``: what follows is of it, as of a question or a service. ``note``: it is of the page, and
    no words on it. ``whom``: it says in marks to whose pages others are added. ``again``: it has
    been printed before, and is only named; ``to`` is the part that has it, if that is a whole page.
    """

    says: str
    mark: str = ""
    called: str = ""
    span: Span | None = None
    of: tuple[object, ...] = ()
    head: bool = False
    note: bool = False
    whom: bool = False
    again: bool = False
    to: str = ""


def count_words(lines: Iterable[Line]) -> int:
    return sum(len(line.says.split()) for line in lines if not line.again)


def readers_of(tree: Tree) -> Sequence[str]:
    return [each for each in TELLERS if each in tree.given.get("teller", TELLERS)]


def file_of(value: Placed) -> str:
    """The name of the file that has a part; empty for one that is in none."""
    span: Span | None = value.span
    return PurePath(span.file).stem if span else ""


def _to(value: object, readers: Iterable[str]) -> tuple[object, ...]:
    return tuple((value, reader) for reader in readers)


def wording_lines(
    library: Library,
    sentence: Sentence | None,
    called: str = "",
    whens: Iterable[When] = (),
    unless: Iterable[When] = (),
    span: Span | None = None,
    readers: Sequence[str] = TELLERS,
    *,
    head: bool = False,
) -> Iterator[Line]:
    """Each wording of a sentence, with whom it is for, after a word that says what it is."""
    if sentence is None:
        return
    whens = tuple(whens)
    asked = [values for when in whens for fact, values in when.tests if fact == "teller"]
    readers = [each for each in readers if all(each in values for values in asked)]
    at, of = span or sentence.span, _to(sentence, readers)
    for some, text in wordings(library, sentence, readers):
        only = some if len(some) < len(readers) else TELLERS
        yield Line(text, mark(whens, unless, only), called, at, of, head=head)


# --- questions ----------------------------------------------------------------------------------


def question_lines(library: Library, question: Question) -> Iterator[Line]:
    """The words of a question, and its answers, each with its name in marks. The answers of one
    that trees share and that has ticks are parts of their own."""
    yield from wording_lines(
        library, question.ask, f"{question.fact}:", span=question.span, head=True
    )
    yield from wording_lines(library, question.why, say("book.why"))
    yield from wording_lines(library, question.note, say("book.worker"))
    for kind, answers in () if question.many and question.shared else question.listed:
        yield from wording_lines(library, kind.say if kind else None, say("book.list"))
        for answer in answers:
            yield from answer_lines(library, answer)


def answer_lines(library: Library, answer: Answer) -> Iterator[Line]:
    yield from wording_lines(library, answer.say, f"{answer.value}:")
    if said := answer.response:
        yield from wording_lines(library, said.say, say("book.said-at-once"))
        yield from wording_lines(library, said.talk, say("book.choose-instead"))
        yield from wording_lines(library, said.open, say("book.first-words"))


def table_lines(library: Library, tree: Tree) -> Iterator[Line]:
    """The table of a tree: what it is for, its questions, and where each answer leads."""
    yield from wording_lines(library, tree.title, say("book.title"), span=tree.span)
    yield from wording_lines(library, tree.about, say("book.for"))
    if tree.given:
        yield Line(say("book.all-of-them"), mark((When(tuple(tree.given.items())),)), note=True)
    asked: set[str] = set()
    for number, question in enumerate(tree.questions.values(), 1):
        ways = _ways(library, tree, question)
        shared = library.questions.get(question.fact) if question.shared else None
        called = f"Q{number}" if question.fork else f"Q{number} {question.fact}"
        if shared is None and not question.fork:
            yield from question_lines(library, question)
        elif shared is not None and not question.fork:
            yield from _otherwise(library, question, shared)
        if shared is not None and not question.fork and question.fact not in asked:
            asked.add(question.fact)
            called += f": {asked_in_short(library, question)}"
        yield Line(ways, "" if question.fork else mark((question.when,)), called, question.span)


def asked_in_short(library: Library, question: Question) -> str:
    """What a question asks, in a few words, as the first of its readers is asked."""
    text = for_one(next(wordings(library, question.ask))[1])
    found = re.search(r"[^.?\s][^.?]*\?", text)
    return shorten(found[0] if found else text, _IN_TABLE)


def _otherwise(library: Library, question: Question, shared: Question) -> Iterator[Line]:
    """What a tree words in another way than the shared question that it asks."""
    for called, own, theirs in (
        (say("book.asked-here", fact=question.fact), question.ask, shared.ask),
        (say("book.why-here"), question.why, shared.why),
        (say("book.worker-here"), question.note, shared.note),
    ):
        if own != theirs:
            yield from wording_lines(library, own, called)
    said = {answer.value: answer.say for answer in shared.answers}
    for answer in question.answers:
        if answer.say != said.get(answer.value):
            yield from wording_lines(library, answer.say, say("book.asked-here", fact=answer.value))


def _ways(library: Library, tree: Tree, question: Question) -> str:
    """Where the answers of a question lead, and those who are not asked. All answers have no
    names, unless the question is shared and not all of its answers are offered."""
    ways = grouped((_step(library, tree, each.goto), each.value) for each in question.answers)
    shared = library.questions.get(question.fact) if question.shared else None
    every = len(ways) == 1 and (shared is None or len(question.answers) == len(shared.answers))
    told = [f"› {to}" if every else f"{'/'.join(some)} › {to}" for to, some in ways.items() if to]
    if question.fork:
        told = [f"{mark((question.when,))} › {to}" for to in ways]
    if question.otherwise is not None:
        told.append(f"{say('book.others')} › {_step(library, tree, question.otherwise)}")
    return "; ".join(told)


def _step(library: Library, tree: Tree, target: Target | None) -> str:
    """The number of the step that an answer leads to, after the title of another tree; empty if
    nowhere."""
    place = target and library.place(target)
    if not place:
        return ""
    other = library.trees[place[0]]
    asked, pages = tuple(other.questions), [each.name for each in in_order(other)]
    if place[1] in asked:
        number = f"Q{asked.index(place[1]) + 1}"
    else:
        number = f"p{pages.index(place[1]) + 1}"
    if other is tree:
        return number
    title = filled(library, other.title, readers_of(tree)[0])
    return say("book.step-of", step=number, tree=title)


# --- pages --------------------------------------------------------------------------------------


_Added: TypeAlias = Iterable[tuple[bool, bool, Line]]


def in_order(tree: Tree) -> Sequence[Outcome]:
    """The pages of a tree, those for people who need help now first."""
    return sorted(tree.outcomes.values(), key=lambda each: each.urgency is not Urgency.NOW)


def page_lines(library: Library, tree: Tree, outcome: Outcome, added: _Added) -> Iterator[Line]:
    """The lines of a page with what is ``added``. Those of one that many trees share are of one
    value."""
    lines = _page(library, outcome, readers_of(tree), tuple(added))
    if file_of(outcome) == _OF_ALL:
        of = _to(replace(outcome, name="", carry_on=None), readers_of(tree))
        lines = (replace(line, of=of) for line in lines)
    yield from lines
    if outcome.carry_on is not None:
        yield from wording_lines(library, outcome.carry_on.say, say("book.way-on"))
        yield Line(f"› {_step(library, tree, outcome.carry_on.goto)}")


def _page(
    library: Library, outcome: Outcome, readers: Sequence[str], added: _Added
) -> Iterator[Line]:
    def said(sentence: Sentence | None, called: str) -> Iterator[Line]:
        return wording_lines(library, sentence, called, readers=readers)

    yield from said(outcome.title, "")
    yield from said(outcome.open, "")
    yield from _here(line for after, first, line in added if first or not after)
    for line in outcome.advice:
        whole = outcome.urgency is Urgency.NOW
        shared = None if whole else library.advice.get(line.name)
        own = replace(
            line,
            whens=tuple(when for when in line.whens if not shared or when not in shared.whens),
            unless=tuple(when for when in line.unless if not shared or when not in shared.unless),
        )
        yield from advice_lines(library, own, readers)
    yield from _here(line for after, first, line in added if after and not first)
    needs = " · ".join(_need(need) for need in outcome.needs)
    yield Line(needs, called=say("book.services"), note=True)
    yield from merged(
        line
        for need in outcome.needs
        for line in wording_lines(
            library, need.because, f"{need.need}:", (need.when,), readers=readers
        )
    )
    yield from said(outcome.to_say, say("book.on-the-phone"))
    yield from said(outcome.worse, say("book.if-worse"))


def advice_lines(
    library: Library, line: Advice, readers: Sequence[str] = TELLERS
) -> Iterator[Line]:
    """All that a line says: the question that it answers, its words, the way back, its source."""
    back, of = line.already, _to(line.sentences, readers)
    called = say(f"book.{_CALLED[line.kind]}") if line.kind in _CALLED else ""
    for sentence, before in (
        (line.ask, ""),
        (line.short, ""),
        (line.say, "" if line.ask else called),
        (back.done if back else None, say("book.if-done")),
        (back.say if back else None, say("book.then")),
    ):
        for each in wording_lines(
            library, sentence, before, line.whens, line.unless, line.span, readers
        ):
            yield replace(each, of=of, head=sentence is line.ask)
    if line.source:
        yield Line(f"[{labels.cited(line.source)}]", of=of, note=True)


def _here(added: Iterable[Line]) -> Iterator[Line]:
    """What is added at this place of a page."""
    lines = tuple(added)
    yield from (Line("", called=say("book.here"), note=True), *lines) if lines else ()


def _need(need: Need) -> str:
    """A need by its name, which stands beside its heading, and its mark."""
    return f"{need.need} {mark((need.when,))}".rstrip()


def merged(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of which those that say the same are one, for those of any of their marks."""
    for some in grouped((replace(each, mark="", span=None), each) for each in lines).values():
        yield replace(some[0], mark=either(each.mark for each in some))


def added_for(marks: Iterable[str], called: str = "", span: Span | None = None) -> Iterator[Line]:
    """To whose pages something is added: to those of any of these marks. Marks that differ in the
    answers to one question are one."""
    found = (re.fullmatch(r"(?:([\w-]+)=(\S+))?(.*)", each) for each in marks)
    tests = grouped(((test[1], test[3]), test[2]) for test in found if test)
    every = (
        f"{fact}={'/'.join(dict.fromkeys(values))}{rest}" if fact else rest
        for (fact, rest), values in tests.items()
    )
    if told := "; ".join(every):
        yield Line(told, called=called or say("book.added-for"), span=span, note=True, whom=True)


def added_beside(library: Library) -> Iterator[Line]:
    """What is added to pages beside shared lines and needs, and for whom."""
    entries = tuple(filter(None, map(added_alone, library.always)))
    yield Line(say("book.sooner"), note=True)
    soon = grouped((entry.urgency, entry) for entry in entries if entry.urgency is not None)
    for urgency, some in soon.items():
        marks = (mark((entry.when,), entry.unless) for entry in some)
        yield from added_for(
            marks, say("book.sooner-for", urgency=labels.urgency(urgency)), some[0].span
        )
    for entry in entries:
        for line in entry.advice:
            unless = (*entry.unless, *line.unless)
            yield from advice_lines(
                library, replace(line, whens=(entry.when, *line.whens), unless=unless)
            )


def route_lines(library: Library, route: Route) -> Iterator[Line]:
    shown = contact(library, route, "staff", None, None)

    def said(sentence: Sentence | None, called: str) -> Iterator[Line]:
        return wording_lines(library, sentence, called)

    yield from wording_lines(
        library, route.title, "", route.whens, route.unless, route.span, head=True
    )
    for address, ways in grouped((way.address, way) for way in shown.ways).items():
        said_of = dict.fromkeys(filter(None, (way.says for way in ways)))
        called = "/".join(labels.channel(way.channel) for way in ways)
        yield Line(" ".join((address, *said_of)), called=called)
    for phone in route.phone:
        yield from said(phone.say, f"{phone.number}:")
    for field in DETAILS:
        yield from said(getattr(route, field), f"{labels.detail(field)}:")
    for place, step in enumerate(route.steps, 1):
        yield from said(step, f"{place}.")
    for form in route.forms:
        yield from said(form.say, say("book.form"))
        yield Line(form.web)
