"""What is read before a library is approved: each sentence once, in leaves of a minute or two.

A leaf is what stands beside one box of the book, and one screen of ``approve``. First come the
leaves of what trees share, by the file that it is in; then each tree, with its questions as a
table and each page. What has been printed before is named by its first words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, groupby, islice
from pathlib import PurePath
from typing import Any, TypeAlias

from ..model.base import Frozen, grouped, replace
from ..model.diagnostics import Span
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.route import Route
from ..model.sanitize import shorten
from ..model.sentence import Placed, Sentence, Urgency
from ..model.tree import (
    Advice,
    Answer,
    Kind,
    Need,
    NeedWords,
    Outcome,
    Question,
    Target,
    Tree,
    When,
)
from ..page import labels
from ..page.approval import (
    ALWAYS_PART,
    OPENING,
    QUESTION,
    TICK,
    Fingerprints,
    added_alone,
    added_lines,
    added_needs,
    fingerprint,
)
from ..page.page import DETAILS, contact
from ..page.reach import Kind as Shared
from .marks import Asked, asked_in, either, filled, for_one, in_words, mark, printed, wordings

WORDS_A_MINUTE = 200
"""How fast a careful reader reads."""

_OF_ALL = "outcomes"
"""The file of pages that many trees share."""

_MOST_WORDS = 300
"""The most words of a leaf of shared parts, but for a part that is longer by itself."""

_MANY_WORDS = 6
"""The fewest words of a text that is only named where another sentence has said it."""

_RUN = 3
"""The fewest lines that are named together where they stood together before."""

_FIRST_WORDS = (18, 26, 36)
"""Letters of a line by which it is named again: more if another is named by the same."""

_NAMED = 40
"""Letters of a step by which it is named on a page to which it is added."""

_SOONER = (
    "These are no words of a page. Whatever else it says, the page of these people says at its top:"
)

_HERE, _WAY_ON = "Added here:", "The way on:"

_IN_TABLE = 40
"""Letters of a question by which the table names it, where it has its own words elsewhere."""

_DANGER = ("danger", "suicide")
"""The questions of which the answers say that somebody is in danger."""

_CALLED = {
    Kind.DO: "",
    Kind.DONT: "",  # the words say it
    Kind.NEAR: "Adult there:",
    Kind.FAR: "Adult not there:",
    Kind.KNOW: "Know:",
    Kind.WORKER: "Worker:",
}


class Line(Frozen):
    """A line to read, with the mark of whom it is for, and its place in a file, if it has one.

    ``called`` says what it is, in a word. ``of`` is what it says as a value, to each reader: what
    says the same need not be read twice. Lines that follow and have the same are read with it.
    ``head``: what follows is of it, as of a question or a service. ``note``: it is of the page, and
    no words on it. ``again``: it has been printed before, and is only named.
    """

    says: str
    mark: str = ""
    called: str = ""
    span: Span | None = None
    of: tuple[object, ...] = ()
    head: bool = False
    note: bool = False
    again: bool = False


class Leaf(Frozen):
    """What is read and approved at once: the ``parts`` by name, and their ``lines``.

    ``subject`` is the heading that it stands under; ``shares`` are the other parts that have some
    of its words, which must have been read. ``number`` is of its words: it stays as they do.
    ``table``: its lines are those of a table of questions.
    """

    subject: str
    title: str
    parts: tuple[str, ...]
    lines: tuple[Line, ...]
    number: str
    shares: tuple[str, ...] = ()
    span: Span | None = None
    table: bool = False

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return _words(self.lines)


class _Part(Frozen):
    """A part with all its lines. One that ``joins`` may stand on a leaf with others. None of one
    that is ``whole`` is shortened, whatever has been printed before."""

    name: str
    subject: str
    title: str
    lines: tuple[Line, ...]
    span: Span | None = None
    joins: bool = False
    shares: frozenset[str] = frozenset()
    whole: bool = False


class Leaves:
    """The leaves of a library that has all its trees."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self.fingerprints = fingerprints
        self.library = fingerprints.library
        self.added_lines = added_lines(self.library)
        self.added_needs = added_needs(self.library)
        self._part_of_all = cache(self._one_part_of_all)
        self._parts = cache(self._parts_of)
        self._shared_by = cache(self._all_shared_by)

    def of(self, trees: Iterable[str] | None = None, read: Collection[str] = ()) -> Iterator[Leaf]:
        """The leaves of some trees and what these share, or of the whole library, without the parts
        that are ``read``. They are cut, and have their numbers, as if nothing had been read."""
        known = self.library.trees
        own = [known[name] for name in (known if trees is None else trees)]
        every = frozenset(self.fingerprints.shared)
        shared = every if trees is None else self.shared_by(tree.name for tree in own)
        seen: dict[object, str] = {}
        some: list[_Part] = []
        asked = asked_in(own)
        for part in chain(
            (self._part_of_all(name) for name in self.fingerprints.shared if name in shared),
            (part for tree in own for part in self._parts(tree.name)),
        ):
            lines = tuple(_in_book(self.library, line, asked) for line in part.lines)
            new = _without_what_was_seen(replace(part, lines=lines), seen)
            if some and (part.subject != some[0].subject or not part.joins or _long(some, new)):
                yield from self._leaf(some, read)
                some = []
            some.append(new)
        yield from self._leaf(some, read)

    def lines_of(self, name: str) -> tuple[Line, ...]:
        """All lines of a part, none of them shortened; none if the library has no such part."""
        tree = self.library.trees.get(name.partition("/")[0])
        if tree:
            return next((part.lines for part in self._parts(tree.name) if part.name == name), ())
        return self._part_of_all(name).lines if name in self.fingerprints.shared else ()

    def needed(self, leaf: Leaf) -> tuple[str, ...]:
        """The parts of other leaves that have some of a leaf's words: who has not read these has
        not read the leaf."""
        names = dict.fromkeys(leaf.shares)
        for part in leaf.parts:
            tree_name, _, ending = part.partition("/")
            if tree := self.library.trees.get(tree_name):
                outcome = tree.outcomes[ending] if ending else None
                names |= dict.fromkeys(self.fingerprints.shared_parts(tree, outcome))
        return tuple(name for name in names if name not in leaf.parts)

    def whole(self, leaf: Leaf) -> Iterator[tuple[str, Line]]:
        """All lines of a leaf in full, each with its part; ``again`` has what stood before it."""
        new = {line.says for line in leaf.lines if not line.again}
        for part in leaf.parts:
            for line in self.lines_of(part):
                again = line.again or (bool(line.of) and line.says not in new)
                yield part, replace(line, again=again)

    def shared_by(self, trees: Iterable[str]) -> frozenset[str]:
        """The names of the parts that some trees show, besides their own."""
        return frozenset().union(*map(self._shared_by, trees))

    def _all_shared_by(self, name: str) -> frozenset[str]:
        tree, of = self.library.trees[name], self.fingerprints.shared_parts
        return frozenset().union(*(of(tree, each) for each in (None, *tree.outcomes.values())))

    def _parts_of(self, name: str) -> tuple[_Part, ...]:
        """The questions of a tree, and each page."""
        return tuple(self._each_part_of(self.library.trees[name]))

    def _each_part_of(self, tree: Tree) -> Iterator[_Part]:
        title = filled(self.library, tree.title, "young-person")
        table = tuple(_questions(self.library, tree))
        yield _Part(tree.name, title, "Its questions", table, tree.span)
        for number, outcome in enumerate(_in_order(tree), 1):
            said = shorten(filled(self.library, outcome.title, _readers(tree)[0]))
            called = f"Page {number}: {said} ({labels.urgency(outcome.urgency)})"
            now = outcome.urgency is Urgency.NOW
            added = self._added_here(tree, outcome) if now else ()
            lines = tuple(_ending(self.library, tree, outcome, added))
            name = f"{tree.name}/{outcome.name}"
            yield _Part(name, title, called, lines, outcome.span, whole=now)

    def _added_here(self, tree: Tree, outcome: Outcome) -> Iterator[tuple[bool, bool, Line]]:
        """What is always added to a page for people in danger, by its first words: each with
        whether it comes after what the page has of its own, and whether it is first of all."""
        reach, place = self.fingerprints.reach, (tree.name, outcome.name)
        state, shows = reach.possible.at(place), reach.possible.shows
        some: dict[Line, list[str]] = {}
        of: dict[Line, tuple[bool, bool]] = {}
        for item in (reach.items[at] for at in reach.at(place)):
            line, tests = item.part, [test for when in item.whens for test in when.tests]
            if not isinstance(line, Advice) or not any(fact in _DANGER for fact, _ in tests):
                continue
            open_ = (When((test,)) for test in tests if shows(state, (), (When((test,)),)))
            marked = mark(open_, (w for w in item.unless if shows(state, (*item.whens, w))))
            said = _said(self.library, line.ask or line.say, "", item.whens, readers=_readers(tree))
            for first in islice(said, 1):
                text, stop, _ = for_one(first.says).partition(". ")
                named = Line(shorten(f"{text}{stop}".rstrip(), _NAMED), again=True)
                some.setdefault(named, []).append(marked)
                of.setdefault(named, (item.after, line.first))
        for named, marks in some.items():
            yield *of[named], replace(named, mark=either(marks))

    def _leaf(self, every: Sequence[_Part], read: Collection[str]) -> Iterator[Leaf]:
        """The leaf of some parts, without those that are read; none if all are."""
        some = [part for part in every if part.name not in read]
        if not some:
            return
        names = tuple(part.name for part in some)
        letters = fingerprint(*((part.name, self.fingerprints.of(part.name)) for part in every))
        shares = frozenset().union(*(part.shares for part in some)).difference(names)
        yield Leaf(
            subject=some[0].subject,
            title=some[0].title,
            parts=names,
            lines=tuple(line for part in some for line in part.lines),
            number=f"{letters[:3]}-{letters[3:6]}",
            shares=tuple(sorted(shares)),
            span=some[0].span,
            table=names[0] in self.library.trees,
        )

    def _one_part_of_all(self, name: str) -> _Part:
        subject, lines = _subject(self.library, name), tuple(self._lines(name))
        return _Part(name, subject, subject, lines, lines[0].span if lines else None, joins=True)

    def _lines(self, name: str) -> Iterator[Line]:
        """The lines of a shared part."""
        library = self.library
        kind, value = _shared_value(library, name)
        match kind, value:
            case _, Answer():
                yield from _answer(library, value)
            case _, Question():
                yield from _asked(library, value)
            case _, Advice():
                yield from self._line(value)
            case _, Route():
                yield from _route(library, value)
            case Shared.NEED, _:
                yield from self._heading(value)
            case Shared.WORD, _:
                yield from _said(library, value, f"{name.removeprefix(f'{kind} ')}:")
            case _ if name == OPENING:
                for line in library.opening:
                    yield from _advice(library, line)
                for number, door in enumerate(library.doors, 1):
                    yield from _said(library, door.say, f"Door {number}:", door.whens)
            case _:
                yield from _added(library)

    def _line(self, line: Advice) -> Iterator[Line]:
        yield from _advice(self.library, line)
        yield from _added_for(
            mark((e.when, *(when for when in added.whens if when not in line.whens)), e.unless)
            for e, added in self.added_lines.get(line.name, ())
        )

    def _heading(self, words: NeedWords) -> Iterator[Line]:
        yield from _said(self.library, words.say, f"{words.name}:", span=words.span)
        added = self.added_needs.get(words.name, ())
        yield from _added_for(mark((e.when, need.when), e.unless) for e, need in added)
        yield from _merged(
            line
            for entry, need in added
            for line in _said(self.library, need.because, "Because:", (entry.when, need.when))
        )


def _in_book(library: Library, line: Line, asked: Asked) -> Line:
    """A line with its mark as a book says it in which some questions are ``asked``."""
    if not line.called.endswith(" for:"):
        return replace(line, mark=in_words(library, line.mark, asked)) if line.mark else line
    every = line.says.split("; ")
    here = [printed(each, asked) for each in every]
    told = [in_words(library, each, asked) for each in here if each]
    told += ["others in other trees"] if here != every else []
    return replace(line, says="; ".join(dict.fromkeys(told)))


def minutes(words: int) -> str:
    """How long some words take to read."""
    count = max(1, round(words / WORDS_A_MINUTE))
    if count < 120:
        return f"{count} minute{'s' * (count != 1)}"
    return f"{round(count / 60)} hours"


def _without_what_was_seen(part: _Part, seen: dict[object, str]) -> _Part:
    """A part in which what has been printed before is only named: lines of one value by the first
    words of the first of them. ``seen`` has the part in which each value was printed."""
    lines: list[Line] = []
    shares: set[str] = set()
    if part.whole:
        return _whole(part, seen)
    for of, group in groupby(part.lines, key=lambda line: line.of):
        run = tuple(group)
        if not of:
            lines += run
            continue
        if all(key in seen for key in of) or _all_in(run, seen):
            shares.add(seen[of[0] if of[0] in seen else run[0].says])
            lines.append(_again(replace(run[0], mark=either(line.mark for line in run)), seen))
            continue
        for line in _merged(run):
            known = not line.head and _all_in((line,), seen)
            lines.append(_again(line, seen) if known else line)
            shares |= {seen[line.says]} if known else set()
        seen |= {key: part.name for key in (*of, *(line.says for line in run)) if key not in seen}
    return replace(part, lines=tuple(_in_runs(lines, part, seen)), shares=frozenset(shares))


def _whole(part: _Part, seen: dict[object, str]) -> _Part:
    """A page of which no line is shortened, what is added to it apart. One that says the same as
    another, word for word, says so."""

    def is_own(line: Line) -> bool:
        way_on = line.called == _WAY_ON or line.says.startswith("› ")
        return not (line.again or line.called == _HERE or way_on)

    lines = [line if not line.again else replace(line, says=f"»{line.says}") for line in part.lines]
    own = tuple((line.says, line.mark, line.called) for line in lines if is_own(line))
    added = tuple((line.says, line.mark) for line in lines if line.again)
    first = seen.setdefault(own, part.name)
    if first != part.name:
        # What is added stands here too, unless it is the same as there.
        same = seen.setdefault((own, added), part.name) != part.name
        told = Line(f"»Word for word as {seen[_whole, first]}", again=True)
        at = next(number for number, line in enumerate(lines) if is_own(line))
        lines[at] = told
        rest = (x for x in lines if x is told or not is_own(x))
        kept = (x for x in rest if x is told or not same or not (x.again or x.called == _HERE))
        return replace(part, lines=tuple(kept), shares=frozenset({first}))
    seen[own, added] = part.name
    seen[_whole, first] = f"{part.title.rpartition(' (')[0]} of “{part.subject}”"
    for value in (each for line in part.lines if not line.again for each in (*line.of, line.says)):
        seen.setdefault(value, part.name)
    return replace(part, lines=tuple(lines))


def _all_in(lines: Sequence[Line], seen: Collection[object]) -> bool:
    """Whether the texts of lines have been printed, and are too long to be so by chance."""
    return _words(lines) >= _MANY_WORDS and all(line.says in seen for line in lines)


def _again(line: Line, seen: dict[object, str]) -> Line:
    """A line by its first words, as the first of its readers has them."""
    text = for_one(line.says)
    for longest in _FIRST_WORDS:
        named = shorten(text, longest)
        if seen.setdefault((_again, named), text) == text:
            break
    return replace(line, says=f"»{named}", called="", head=False, again=True)


def _in_runs(lines: Iterable[Line], part: _Part, seen: dict[object, str]) -> Iterator[Line]:
    """Lines of which those that are only named, and stood together before, are named as a run."""
    for again, group in groupby(lines, key=lambda line: line.again):
        run = tuple(group)
        key = tuple((line.says, line.mark) for line in run)
        if again and len(run) >= _RUN and seen.setdefault(key, part.name) != part.name:
            says = f"{run[0].says} to {run[-1].says} ({len(run)} lines)"
            yield replace(run[0], says=says, mark="")
        else:
            yield from run


def _long(some: Iterable[_Part], new: _Part) -> bool:
    return sum(_words(part.lines) for part in (*some, new)) > _MOST_WORDS


def _words(lines: Iterable[Line]) -> int:
    return sum(len(line.says.split()) for line in lines if not line.again)


def _readers(tree: Tree) -> Sequence[str]:
    return [each for each in TELLERS if each in tree.given.get("teller", TELLERS)]


def _subject(library: Library, name: str) -> str:
    """The subject of a shared part: that of its kind, and of the file that it is in."""
    kind, value = _shared_value(library, name)
    file = _file(value) if isinstance(value, Advice | Route) else ""
    return {
        OPENING: "What is said first",
        QUESTION: "Questions that many trees ask",
        TICK: "Questions that many trees ask",
        Shared.LINE: f"Lines that many pages share ({file.replace('-', ' ')})",
        ALWAYS_PART: "What is added to pages for some people",
        Shared.NEED: "The headings of help",
        Shared.ROUTE: f"Services ({file.replace('-', ' ')})",
        Shared.WORD: "Hard words",
    }[kind]


def _file(value: Placed) -> str:
    """The name of the file that has a part; empty for one that is in none."""
    span: Span | None = value.span
    return PurePath(span.file).stem if span else ""


def _shared_value(library: Library, name: str) -> tuple[str, Any]:
    """The kind of a shared part, and the part of the library that has it."""
    for kind, known in (
        (QUESTION, library.questions),
        (Shared.LINE, library.advice),
        (Shared.NEED, library.needs),
        (Shared.ROUTE, library.routes),
        (Shared.WORD, library.words),
    ):
        if name.startswith(f"{kind} "):
            return kind, known[name.removeprefix(f"{kind} ")]
    if name.startswith(f"{TICK} "):
        fact, _, answer = name.removeprefix(f"{TICK} ").partition("/")
        return TICK, library.questions[fact].answer(answer)
    return name, None


def _to(value: object, readers: Iterable[str]) -> tuple[object, ...]:
    return tuple((value, reader) for reader in readers)


def _said(
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


def _asked(library: Library, question: Question) -> Iterator[Line]:
    """The words of a question, and its answers, each with its name in marks. The answers of one
    that trees share and that has ticks are parts of their own."""
    yield from _said(library, question.ask, f"{question.fact}:", span=question.span, head=True)
    yield from _said(library, question.why, "Why:")
    yield from _said(library, question.note, "Worker:")
    for kind, answers in () if question.many and question.shared else question.listed:
        yield from _said(library, kind.say if kind else None, "List:")
        for answer in answers:
            yield from _answer(library, answer)


def _answer(library: Library, answer: Answer) -> Iterator[Line]:
    yield from _said(library, answer.say, f"{answer.value}:")
    if said := answer.response:
        yield from _said(library, said.say, "Said at once:")
        yield from _said(library, said.talk, "To choose instead:")
        yield from _said(library, said.open, "First words then:")


def _questions(library: Library, tree: Tree) -> Iterator[Line]:
    """The table of a tree: what it is for, its questions, and where each answer leads."""
    yield from _said(library, tree.title, "Title:", span=tree.span)
    yield from _said(library, tree.about, "For:")
    if tree.given:
        yield Line("all of them", mark((When(tuple(tree.given.items())),)), note=True)
    asked: set[str] = set()
    for number, question in enumerate(tree.questions.values(), 1):
        ways = _ways(library, tree, question)
        shared = library.questions.get(question.fact) if question.shared else None
        called = f"Q{number}" if question.fork else f"Q{number} {question.fact}"
        if shared is None and not question.fork:
            yield from _asked(library, question)
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
        (f"{question.fact}, here:", question.ask, shared.ask),
        ("Why, here:", question.why, shared.why),
        ("Worker, here:", question.note, shared.note),
    ):
        if own != theirs:
            yield from _said(library, own, called)
    said = {answer.value: answer.say for answer in shared.answers}
    for answer in question.answers:
        if answer.say != said.get(answer.value):
            yield from _said(library, answer.say, f"{answer.value}, here:")


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
        told.append(f"others › {_step(library, tree, question.otherwise)}")
    return "; ".join(told)


def _step(library: Library, tree: Tree, target: Target | None) -> str:
    """The number of the step that an answer leads to, after the title of another tree; empty if
    nowhere."""
    place = target and library.place(target)
    if not place:
        return ""
    other = library.trees[place[0]]
    asked, pages = tuple(other.questions), [each.name for each in _in_order(other)]
    if place[1] in asked:
        number = f"Q{asked.index(place[1]) + 1}"
    else:
        number = f"p{pages.index(place[1]) + 1}"
    if other is tree:
        return number
    return f"{number} of “{filled(library, other.title, _readers(tree)[0])}”"


# --- pages --------------------------------------------------------------------------------------


_Added: TypeAlias = Iterable[tuple[bool, bool, Line]]


def _in_order(tree: Tree) -> Sequence[Outcome]:
    """The pages of a tree, those for people who need help now first."""
    return sorted(tree.outcomes.values(), key=lambda each: each.urgency is not Urgency.NOW)


def _ending(library: Library, tree: Tree, outcome: Outcome, added: _Added) -> Iterator[Line]:
    """The lines of a page with what is ``added``. Those of one that many trees share are of one
    value."""
    lines = _page(library, outcome, _readers(tree), tuple(added))
    if _file(outcome) == _OF_ALL:
        of = _to(replace(outcome, name="", carry_on=None), _readers(tree))
        lines = (replace(line, of=of) for line in lines)
    yield from lines
    if outcome.carry_on is not None:
        yield from _said(library, outcome.carry_on.say, _WAY_ON)
        yield Line(f"› {_step(library, tree, outcome.carry_on.goto)}")


def _page(
    library: Library, outcome: Outcome, readers: Sequence[str], added: _Added
) -> Iterator[Line]:
    def said(sentence: Sentence | None, called: str) -> Iterator[Line]:
        return _said(library, sentence, called, readers=readers)

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
        yield from _advice(library, own, readers)
    yield from _here(line for after, first, line in added if after and not first)
    needs = " · ".join(_need(need) for need in outcome.needs)
    yield Line(needs, called="Services:", note=True)
    yield from _merged(
        line
        for need in outcome.needs
        for line in _said(library, need.because, f"{need.need}:", (need.when,), readers=readers)
    )
    yield from said(outcome.to_say, "On the phone:")
    yield from said(outcome.worse, "If worse:")


def _advice(library: Library, line: Advice, readers: Sequence[str] = TELLERS) -> Iterator[Line]:
    """All that a line says: the question that it answers, its words, the way back, its source."""
    back, of = line.already, _to(line.sentences, readers)
    called = _CALLED[line.kind]
    for sentence, before in (
        (line.ask, ""),
        (line.short, ""),
        (line.say, "" if line.ask else called),
        (back.done if back else None, "If done:"),
        (back.say if back else None, "Then:"),
    ):
        for each in _said(library, sentence, before, line.whens, line.unless, line.span, readers):
            yield replace(each, of=of, head=sentence is line.ask)
    if line.source:
        yield Line(f"[{labels.cited(line.source)}]", of=of, note=True)


def _here(added: Iterable[Line]) -> Iterator[Line]:
    """What is added at this place of a page."""
    lines = tuple(added)
    yield from (Line("", called=_HERE, note=True), *lines) if lines else ()


def _need(need: Need) -> str:
    """A need by its name, which stands beside its heading, and its mark."""
    return f"{need.need} {mark((need.when,))}".rstrip()


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of which those that say the same are one, for those of any of their marks."""
    for some in grouped((replace(each, mark="", span=None), each) for each in lines).values():
        yield replace(some[0], mark=either(each.mark for each in some))


def _added_for(
    marks: Iterable[str], called: str = "Added for:", span: Span | None = None
) -> Iterator[Line]:
    """To whose pages something is added: to those of any of these marks. Marks that differ in the
    answers to one question are one."""
    found = (re.fullmatch(r"(?:([\w-]+)=(\S+))?(.*)", each) for each in marks)
    tests = grouped(((test[1], test[3]), test[2]) for test in found if test)
    every = (
        f"{fact}={'/'.join(dict.fromkeys(values))}{rest}" if fact else rest
        for (fact, rest), values in tests.items()
    )
    if told := "; ".join(every):
        yield Line(told, called=called, span=span, note=True)


def _added(library: Library) -> Iterator[Line]:
    """What is added to pages beside shared lines and needs, and for whom."""
    entries = tuple(filter(None, map(added_alone, library.always)))
    yield Line(_SOONER, note=True)
    soon = grouped((entry.urgency, entry) for entry in entries if entry.urgency is not None)
    for urgency, some in soon.items():
        marks = (mark((entry.when,), entry.unless) for entry in some)
        yield from _added_for(marks, f"{labels.urgency(urgency)} for:", some[0].span)
    for entry in entries:
        for line in entry.advice:
            unless = (*entry.unless, *line.unless)
            yield from _advice(
                library, replace(line, whens=(entry.when, *line.whens), unless=unless)
            )


def _route(library: Library, route: Route) -> Iterator[Line]:
    shown = contact(library, route, "staff", None, None)

    def said(sentence: Sentence | None, called: str) -> Iterator[Line]:
        return _said(library, sentence, called)

    yield from _said(library, route.title, "", route.whens, route.unless, route.span, head=True)
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
        yield from said(form.say, "Form:")
        yield Line(form.web)
