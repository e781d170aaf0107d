"""How a part of a library is put into lines, each with whom it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from ..model.base import Frozen, grouped, replace
from ..model.diagnostics import Span
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Placed, Sentence, Urgency
from ..model.tree import ALWAYS, Advice, Answer, Kind, Outcome, Question, Tree, When
from ..page import labels
from ..page.contact import DETAILS, contact
from ..page.messages import say
from ..page.reach import Kind as Shared
from .marks import EVERYONE, Whom, filled, for_one, whom, wordings

_OF_ALL = "outcomes"
"""The file of pages that many trees share."""

MANY_WORDS = 6
"""The fewest words of a text that is only named where another sentence has said it."""

_CALLED = {Kind.NEAR: "near", Kind.FAR: "far", Kind.KNOW: "know", Kind.WORKER: "worker"}
"""Lines that are called by what they are. The words of others say it."""


class Line(Frozen):
    """A line to read, with ``whom`` it is for, and its place in a file, if it has one.

    ``called`` says what it is, in a word. ``of`` is what it says as a value, to each reader: what
    says the same need not be read twice. Lines that follow and have the same are read with it.
    ``head``: what follows is of it, as of a question or a service. ``note``: it is of the page, and
    no words on it. What is ``under`` something is known again by that: by a service or a number.
    ``part`` is the part that has it, and on a leaf ``mark`` says whom it is for, and ``number``
    names it, from 1, or is 0; ``again``: it stood before, in the part ``first``, or is of no part.
    """

    says: str
    whom: Whom = EVERYONE
    called: str = ""
    span: Span | None = None
    of: tuple[object, ...] = ()
    under: tuple[object, ...] = ()
    head: bool = False
    note: bool = False
    part: str = ""
    number: int = 0
    mark: str = ""
    again: bool = False
    first: str = ""

    @property
    def is_beside(self) -> bool:
        """Whether it has no number: a source, what is said of a number of a service, and all of a
        service that stood before."""
        is_of_line = not self.head and (self.note or bool(self.of and self.under))
        return is_of_line or self.first.startswith(f"{Shared.ROUTE} ")

    @property
    def known_by(self) -> tuple[object, ...]:
        """By what it is known again: what it is with its words, or these alone, if not by chance.
        Nothing for what is of a page, and no words on it."""
        return self.under or self._keys(self.says)

    @property
    def tells(self) -> Iterator[object]:
        """What is known again once it has been read, in the words of any of its readers."""
        for says in () if self.under else self.wordings:
            yield from self._keys(says)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Its words as written, and as each of its readers has them."""
        own = TELLERS if "[" in self.says else ()
        every = (self.says, *(for_one(self.says, each) for each in own))
        return tuple(dict.fromkeys(" ".join(each.split()) for each in every))

    def _keys(self, says: str) -> tuple[object, ...]:
        alone = (says,) if len(says.split()) >= MANY_WORDS else ()
        return (*((each, says) for each in self.of), *alone) if self.of else ()


def count_words(lines: Iterable[Line]) -> int:
    """How many words there are to read: what lines are called, and marks, count too."""
    new = (line for line in lines if not line.again)
    # Nobody reads the number of a step as a word.
    each = (f"{x.called[: 0 if len(x.called) < 4 else None]} {x.says} {x.mark}" for x in new)
    return sum(len(text.split()) for text in each)


def merged(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of which those that say the same are one, for those in any of their groups."""
    every = grouped(((x.called, x.says, x.head, x.note, x.under), x) for x in lines)
    for first, *others in every.values():
        yield replace(first, whom=(*first.whom, *(g for each in others for g in each.whom)))


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
    apart: bool = False,
    told: str = "",
) -> Iterator[Line]:
    """Each wording of a sentence, with whom it is for, after a word that says what it is; or the
    one of who is ``told`` it."""
    if sentence is None:
        return
    whens = tuple(whens)
    asked = [values for when in whens for fact, values in when.tests if fact == "teller"]
    readers = [each for each in readers if all(each in values for values in asked)]
    at, of = span or sentence.span, _to(sentence, readers)
    for some, text in wordings(library, sentence, readers, apart=apart, told=told):
        only = some if len(some) < len(readers) else TELLERS
        yield Line(text, whom(whens, unless, only), called, at, of, head=head)


# --- questions ----------------------------------------------------------------------------------


def question_lines(library: Library, question: Question) -> Iterator[Line]:
    """The words of a question, and its answers. Those of one that trees share and that has ticks
    are parts of their own."""
    yield from wording_lines(library, question.ask, span=question.span, head=True)
    yield from wording_lines(library, question.why, say("book.why"))
    yield from wording_lines(library, question.note, say("book.worker"))
    for kind, answers in () if question.many and question.shared else question.listed:
        yield from wording_lines(library, kind.say if kind else None, say("book.list"))
        for answer in answers:
            yield from answer_lines(library, answer)


def answer_lines(library: Library, answer: Answer) -> Iterator[Line]:
    yield from wording_lines(library, answer.say, say("book.answer"))
    if said := answer.response:
        yield from wording_lines(library, said.say, say("book.said-at-once"))
        yield from wording_lines(library, said.talk, say("book.choose-instead"))
        yield from wording_lines(library, said.open, say("book.first-words"))


def tree_lines(library: Library, tree: Tree) -> Iterator[Line]:
    """What is read of a tree before its pages: what it is for, and the words of its questions.
    Where each answer leads is proved."""
    yield from wording_lines(library, tree.title, say("book.title"), span=tree.span)
    yield from wording_lines(library, tree.about, say("book.for"))
    for question in tree.asked:
        shared = library.questions.get(question.fact) if question.shared else None
        if shared is None:
            yield from question_lines(library, question)
        else:
            yield from _otherwise(library, question, shared)


def _otherwise(library: Library, question: Question, shared: Question) -> Iterator[Line]:
    """What a tree words in another way than the shared question that it asks."""
    for called, field in (("", "ask"), (say("book.why"), "why"), (say("book.worker"), "note")):
        if (own := getattr(question, field)) != getattr(shared, field):
            yield from wording_lines(library, own, called, head=not called)
    said = {answer.value: answer.say for answer in shared.answers}
    for answer in question.answers:
        if answer.say != said.get(answer.value):
            yield from wording_lines(library, answer.say, say("book.answer"))


# --- pages --------------------------------------------------------------------------------------


def in_order(library: Library, tree: Tree) -> Sequence[Outcome]:
    """The pages of a tree: those for people who need help now first, then those that no other tree
    has, and of these those first to which most made-up people come."""
    come = Counter(case.expect.outcome for case in library.cases.values() if case.tree == tree.name)

    def place(outcome: Outcome) -> tuple[int, int]:
        if outcome.urgency is Urgency.NOW:
            return 0, 0
        return (2, 0) if file_of(outcome) == _OF_ALL else (1, -come[outcome.name])

    return sorted(tree.outcomes.values(), key=place)


def page_lines(library: Library, tree: Tree, outcome: Outcome) -> Iterator[Line]:
    """The lines of a page. Those of one that many trees share are of one value."""
    lines = _page(library, outcome, readers_of(tree))
    if file_of(outcome) == _OF_ALL:
        of = _to(replace(outcome, name="", carry_on=None), readers_of(tree))
        lines = (replace(line, of=of) for line in lines)
    yield from lines
    if outcome.carry_on is not None:
        yield from wording_lines(library, outcome.carry_on.say)


def _page(library: Library, outcome: Outcome, readers: Sequence[str]) -> Iterator[Line]:
    def said(sentence: Sentence | None, called: str, when: When = ALWAYS) -> Iterator[Line]:
        return wording_lines(library, sentence, called, (when,), readers=readers, apart=True)

    yield from said(outcome.title, "")
    yield from said(outcome.open, "")
    for line in outcome.advice:
        yield from advice_lines(library, line, readers, apart=True)
    for need in outcome.needs:
        yield from said(need.because, of_service(library, need.need), need.when)
    yield from said(outcome.to_say, say("book.on-the-phone"))
    yield from said(outcome.worse, say("book.if-worse"))


def of_service(library: Library, need: str) -> str:
    """What the reason for services is called: by the heading that it stands under."""
    heading = library.needs[need].say if need in library.needs else None
    says = filled(library, heading, TELLERS[0]) if heading else need
    return say("book.because", heading=says)


def advice_lines(
    library: Library, line: Advice, readers: Sequence[str] = TELLERS, *, apart: bool = False
) -> Iterator[Line]:
    """All that a line says: the question that it answers, its words, the way back, its source."""
    back, of = line.already, _to(line.sentences, readers)
    told = "staff" if line.kind is Kind.WORKER else ""  # beside a young person too
    called = say(f"book.{_CALLED[line.kind]}") if line.kind in _CALLED else ""
    for sentence, before in (
        (line.ask, ""),
        (line.short, ""),
        (line.say, "" if line.ask else called),
        (back.done if back else None, say("book.if-done")),
        (back.say if back else None, say("book.then")),
    ):
        for each in wording_lines(
            library,
            sentence,
            before,
            line.whens,
            line.unless,
            line.span,
            readers,
            apart=apart,
            told=told,
        ):
            yield replace(each, of=of, head=sentence is line.ask)
    if line.source:
        who = f"[{', '.join(filter(None, (line.source.body, line.source.published)))}]"
        yield Line(who, span=line.span, of=of, under=(who,), note=True)


def route_lines(library: Library, route: Route) -> Iterator[Line]:
    shown = contact(library, route, "staff", None, None)
    name = f"{Shared.ROUTE} {route.name}"
    yield from wording_lines(
        library, route.title, "", route.whens, route.unless, route.span, head=True
    )
    ages = route.contract.ages if route.contract else ()
    oldest = max((int(x[-2:]) for x in ages if x[-1].isdigit()), default=0)
    if oldest and route.under and int(route.under) > oldest + 1:
        yield Line(say("book.may-be-older", age=route.under), under=(route.under,), note=True)
    for address, ways in grouped((way.address, way) for way in shown.ways).items():
        said_of = dict.fromkeys(filter(None, (way.says for way in ways)))
        channels = [way.channel for way in ways if way.channel not in ("web", "email") or ways[1:]]
        called = "/".join(map(labels.channel, channels))
        yield Line(" ".join((address, *said_of)), called=called, under=((name, address),))
        for phone in (each for each in route.phone if each.number == address):
            for line in wording_lines(library, phone.say):  # the same of another number is new
                yield replace(line, under=((address, line.says),))
    for words in (*(getattr(route, field) for field in DETAILS), *route.how_to):
        yield from wording_lines(library, words)
    for form in route.forms:
        yield from wording_lines(library, form.say, say("book.form"))
        yield Line(form.web)
