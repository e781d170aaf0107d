"""The book of a library: everything that a reviewer reads before they approve it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from ..model.base import Frozen, grouped
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.route import Route
from ..model.tree import Advice, Answer, Kind, Need, Outcome, Question, Rule, Target, Tree, When
from ..page import labels
from ..page.approval import Fingerprints
from ..page.page import DETAILS, contact
from ..page.reach import Kind as Shared
from ..proof.drawing import graph, shorten
from ..proof.drawings.labels import summary
from ..proof.drawings.svg import picture
from ..proof.limits import NOT_PROVED
from ..sheets.document import Block, Break, Document, Figure, Fine, Heading, Paragraph, Points, Tick
from .numbers import number
from .words import Words

WORDS_A_MINUTE = 200
"""How fast a careful reader reads."""

_KINDS = {
    Kind.DO: "Do",
    Kind.DONT: "Do not",
    Kind.NEAR: "An adult beside them",
    Kind.FAR: "An adult who is not with them",
    Kind.KNOW: "Good to know",
    Kind.WORKER: "For the worker",
}

_LONGEST_ANSWER = 40
"""Letters of an answer that is quoted beside where it leads."""

_TICK = "I have read this. Comment:"

_HOW_TO_READ = (
    "This book holds all that a page, a sheet or a question can say. Each part stands once.",
    "A part has a number of its own. It stays the same when other parts change.",
    "“For” says who sees a line. A line without it is for everybody who comes to that page.",
    "“For young people; people in Wales” is for those of whom both are true.",
    "A page also shows what all trees share. That stands at the end, with whom it is for.",
    "Tick what you have read. Write down what is wrong or unclear.",
    "Whoever approves a tree says that they have read all of it, and nothing more.",
)


class Section(Frozen):
    """A section of the book, with its title and what stands in it."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        """How many words a reader reads in it."""
        return sum(len(text.split()) for block in self.blocks for text in _texts(block))


def book(library: Library, trees: Sequence[str], today: date, *, whole: bool = False) -> Document:
    """The book of some trees, with what they share as far as one of them can show it, or ``whole``:
    with all of it."""
    sections = [_opening(library)]
    sections += [_tree(library, library.trees[name]) for name in trees]
    sections += _shared(library, trees, whole=whole)
    sections += [_rules(library), _limits(library)]
    blocks: list[Block] = [Heading("How to read this book"), Points(_HOW_TO_READ)]
    blocks += [Heading("Contents"), Points(tuple(map(_entry, sections)))]
    minutes = _minutes(sum(section.words for section in sections))
    blocks.append(Paragraph(f"All of it takes about {minutes} to read.", strong=True))
    for section in sections:
        blocks += [Break(), Heading(section.title), *section.blocks]
    made = f"Made on {today} from the files as they were on that day."
    return Document(
        title="The book of every page",
        kicker="fingerpost: to read before you approve it",
        blocks=(*blocks, Fine((made,))),
    )


def _entry(section: Section) -> str:
    return f"{section.title}: {_minutes(section.words)}"


def _minutes(words: int) -> str:
    minutes = max(1, round(words / WORDS_A_MINUTE))
    if minutes < 120:
        return f"{minutes} minute{'s' * (minutes != 1)}"
    return f"{round(minutes / 60)} hours"


def _texts(block: Block) -> Iterator[str]:
    """The texts of a block that a reader reads; a picture is looked at."""
    match block:
        case Paragraph(text=text) | Heading(text=text):
            yield text
        case Points(lines=lines):
            yield from lines
        case _:
            return


def _part(name: str, title: str, lines: Iterable[str]) -> Iterator[Block]:
    """A part with its number, what it says and a box to tick."""
    yield Heading(title, inner=True)
    if told := tuple(line for line in lines if line):
        yield Points(told)
    yield Tick(number(name), _TICK)


# --- what is read before the endings ----------------------------------------------------------


def _opening(library: Library) -> Section:
    words = Words(library)
    said = (line for each in library.opening for line in _advice(words, each))
    doors = (line for door in library.doors for line in words.lines(door.say, "To choose from"))
    return Section(
        "What is said first",
        tuple(_part("opening", "Before the first question", chain(said, doors))),
    )


def _tree(library: Library, tree: Tree) -> Section:
    words = Words(library, tree.name)
    drawing = graph(library, tree.name)
    drawn = picture(drawing)
    readers = [t for t in TELLERS if t in tree.given.get("teller", TELLERS)]
    told = [*words.lines(tree.title, "Title"), *words.lines(tree.about, "What it is for")]
    if len(readers) < len(TELLERS):
        told.append(f"For whom: {words.whom(()) or _of(words, tree)}")
    blocks: list[Block] = [*_part(f"tree {tree.name}", "What it is for", told), Break()]
    title = words.filled(tree.title, "young-person")
    blocks.append(Heading(f"All of it in one picture: {title}", inner=True))
    says = f"{title}: {summary(drawing)}. A question is drawn once; after that its number is given."
    blocks.append(Figure(drawn.svg, drawn.width, drawn.height, says, drawn.lines))
    for question in tree.questions.values():
        if question.fork:
            blocks += _fork(words, tree, question)
        else:
            blocks += _question(words, tree, question, readers)
    for outcome in tree.outcomes.values():
        blocks += _ending(words, tree, outcome, readers)
    if tree.rules:
        blocks += [Heading("Rules for these pages alone", inner=True)]
        blocks.append(Points(tuple(_rule(each) for each in tree.rules)))
    return Section(f"{title} ({len(tree.outcomes)} pages of advice)", tuple(blocks))


def _of(words: Words, tree: Tree) -> str:
    return words.whom((When(tuple(tree.given.items())),))


def _question(
    words: Words, tree: Tree, question: Question, readers: Sequence[str]
) -> Iterator[Block]:
    """A question for each reader; of a shared one only for whom it is here, and what comes next."""
    shared = words.library.questions.get(question.fact) if question.shared else None
    lines = [*([] if shared else _asked(words, question, readers))]
    if shared is not None:
        lines.append(f"Its words: shared question {number(shared_question(shared))}")
        if len(question.answers) < len(shared.answers):
            offered = (shorten(words.filled(a.say, readers[0])) for a in question.answers)
            lines.append(f"Here only: {'; '.join(offered)}")
        lines += _otherwise(words, question, shared, readers)
    if whom := words.whom((question.when,)):
        lines.append(f"{whom}. Others are not asked.")
    if question.at_ending:
        lines.append("It is asked only on request, at the ending.")
    lines += _ways(words, tree, question)
    title = shorten(words.filled(question.ask, readers[0]))
    yield from _part(f"question {tree.name}/{question.name}", f"Question: {title}", lines)


def _fork(words: Words, tree: Tree, fork: Question) -> Iterator[Block]:
    """Where people go on without being asked, by what they said before."""
    whom = words.whom((fork.when,))
    told = [f"{whom}: {_leads(words, tree, a.goto)}" for a in fork.answers[:1]]
    told.append(f"For others: {_leads(words, tree, fork.otherwise)}")
    yield from _part(f"question {tree.name}/{fork.name}", "Nobody is asked: where it goes on", told)


def _otherwise(
    words: Words, question: Question, shared: Question, readers: Sequence[str]
) -> Iterator[str]:
    """What a tree words in another way than the shared question that it asks."""
    for before, own, theirs in (
        ("Asked here as", question.ask, shared.ask),
        ("Why we ask, here", question.why, shared.why),
        ("Note for the worker, here", question.note, shared.note),
    ):
        if own != theirs:
            yield from words.lines(own, before, readers)
    said = {answer.value: answer.say for answer in shared.answers}
    for answer in question.answers:
        if answer.say != said.get(answer.value):
            yield from words.lines(answer.say, "Answer, here", readers)


def _asked(words: Words, question: Question, readers: Sequence[str] = TELLERS) -> Iterator[str]:
    """The words of a question and its answers for each reader."""
    yield from words.lines(question.ask, readers=readers)
    yield from words.lines(question.why, "Why we ask", readers)
    yield from words.lines(question.note, "Note for the worker", readers)
    if question.many:
        yield "Several answers can be ticked."
    for kind, answers in question.listed:
        if kind:
            yield from words.lines(kind.say, "A list of answers, behind the line", readers)
        for answer in answers:
            yield from words.lines(answer.say, "Answer", readers)
            yield from _response(words, answer, readers)


def _response(words: Words, answer: Answer, readers: Sequence[str]) -> Iterator[str]:
    """What is said after an answer, before anything more is asked."""
    if said := answer.response:
        yield from words.lines(said.say, "Said at once after it", readers)
        for need in said.needs:
            known = words.library.needs.get(need)
            yield f"With services for: {words.filled(known.say, 'staff') if known else need}"
        yield from words.lines(said.talk, "To choose instead of more questions", readers)
        yield from words.lines(said.open, "First words of the page of those who choose it", readers)


def _ways(words: Words, tree: Tree, question: Question) -> Iterator[str]:
    """What comes after each answer, for all the answers that lead to the same."""
    ways = grouped((_leads(words, tree, answer.goto), answer) for answer in question.answers)
    for leads, answers in ways.items():
        said = (f"“{shorten(words.filled(a.say, 'staff'), _LONGEST_ANSWER)}”" for a in answers)
        every = len(answers) == len(question.answers) and len(answers) > 1
        told = "any answer" if every else " or ".join(said)
        if leads:
            yield f"After {told}: {leads}"


def _leads(words: Words, tree: Tree, target: Target | None) -> str:
    """Where an answer leads, in words; empty if nowhere."""
    place = target and words.library.place(target)
    if not place:
        return ""
    other = words.library.trees[place[0]]
    step = other.step(place[1])
    where = "" if other is tree else f", of “{words.filled(other.title, 'staff')}”"
    if isinstance(step, Question):
        if step.fork:
            at = number(f"question {other.name}/{step.name}")
            return f"what they said before decides ({at}){where}"
        return f"the question “{shorten(words.filled(step.ask, 'staff'))}”{where}"
    return f"the page “{shorten(words.filled(step.title, 'staff'))}”{where}" if step else ""


def shared_question(question: Question) -> str:
    return f"shared question {question.fact}"


# --- endings ------------------------------------------------------------------------------------


def _ending(words: Words, tree: Tree, outcome: Outcome, readers: Sequence[str]) -> Iterator[Block]:
    lines = [f"How soon: {labels.urgency(outcome.urgency)}"]
    lines += words.lines(outcome.title, "Title", readers)
    lines += words.lines(outcome.open, "First words", readers)
    for line in outcome.advice:
        lines += _advice(words, line, readers)
    for need in outcome.needs:
        lines += _need(words, need, readers)
    lines += words.lines(outcome.to_say, "What to say when you call", readers)
    lines += words.lines(outcome.worse, "If it gets worse", readers)
    if outcome.carry_on is not None:
        on = _leads(words, tree, outcome.carry_on.goto)
        lines += [
            f"{text} {on}" for text in words.lines(outcome.carry_on.say, "The way on", readers)
        ]
    title = shorten(words.filled(outcome.title, readers[0]))
    yield from _part(f"ending {tree.name}/{outcome.name}", f"Page: {title}", lines)


def _advice(words: Words, line: Advice, readers: Sequence[str] = TELLERS) -> Iterator[str]:
    """A line with whom it is for; of a shared one its first words and its number."""
    kind = _KINDS[line.kind]
    shared = words.library.advice.get(line.name)
    if shared is not None:
        own = tuple(when for when in line.whens if when not in shared.whens)
        unless = () if line.unless == shared.unless else line.unless
        said = shorten(words.filled(line.say, readers[0]))
        told = f"{kind}: “{said}” (shared line {number(_shared_line(line.name))})"
        yield _for(told, words.whom(own, unless))
        return
    whom = words.whom(line.whens, line.unless)
    source = f" [{labels.cited(line.source)}]" if line.source else ""
    for text in _words_of(words, line, readers):
        yield _for(f"{text}{source}", whom)


def _words_of(words: Words, line: Advice, readers: Sequence[str] = TELLERS) -> Iterator[str]:
    """All that a line says: the question that it answers, its own words, and the way back."""
    kind, back = _KINDS[line.kind], line.already
    yield from words.lines(line.ask, "Question", readers)
    yield from words.lines(line.short, "Answer in short", readers)
    yield from words.lines(line.say, "Answer" if line.ask else kind, readers)
    for each in (back.done, back.say) if back else ():
        yield from words.lines(each, "If already done", readers)


def _shared_line(name: str) -> str:
    return f"{Shared.LINE} {name}"


def _need(words: Words, need: Need, readers: Sequence[str] = TELLERS) -> Iterator[str]:
    known = words.library.needs.get(need.need)
    heading = words.filled(known.say, "staff") if known else "help"
    whom = words.whom((need.when,))
    yield _for(f"Services for: {heading}", whom)
    for text in words.lines(need.because, "Why these", readers):
        yield _for(text, whom)


def _for(text: str, whom: str) -> str:
    return f"{text} [{whom}]" if whom else text


# --- what trees share ---------------------------------------------------------------------------


def _shared(library: Library, trees: Sequence[str], *, whole: bool) -> Iterator[Section]:
    names: set[str] = set()
    if not whole:
        parts, some = Fingerprints(library).shared_parts, [library.trees[name] for name in trees]
        names |= {part for t in some for o in t.outcomes.values() for part in parts(t, o)}

    def wanted(kind: Shared, name: str) -> bool:
        return whole or f"{kind} {name}" in names

    used = {
        line.name
        for name in trees
        for outcome in library.trees[name].outcomes.values()
        for line in outcome.advice
    }
    asked = {
        question.fact
        for name in trees
        for question in library.trees[name].questions.values()
        if question.shared
    }
    words = Words(library)
    blocks = [
        block
        for question in library.questions.values()
        if whole or question.fact in asked
        for block in _part(
            shared_question(question),
            shorten(words.filled(question.ask, "staff")),
            _asked(words, question),
        )
    ]
    yield Section("Questions that many trees ask", tuple(blocks))
    yield _lines(
        library, [a for n, a in library.advice.items() if n in used or wanted(Shared.LINE, n)]
    )
    yield _added(library)
    needs = [n for n in library.needs.values() if wanted(Shared.NEED, n.name)]
    blocks = [
        block
        for need in needs
        for block in _part(
            f"{Shared.NEED} {need.name}",
            f"Help for: {words.filled(need.say, 'staff')}",
            words.lines(need.say, "Heading"),
        )
    ]
    yield Section("The headings of help", tuple(blocks))
    routes = [r for r in library.routes.values() if wanted(Shared.ROUTE, r.name)]
    yield Section("The services", tuple(b for r in routes for b in _route(words, r)))
    meanings = [
        block
        for word, meaning in library.words.items()
        if wanted(Shared.WORD, word)
        for block in _part(f"{Shared.WORD} {word}", f"Hard word: {word}", words.lines(meaning))
    ]
    yield Section("Hard words", tuple(meanings))


def _lines(library: Library, lines: Sequence[Advice]) -> Section:
    """Shared lines, each once, with whom they are for and who is always given them."""
    words = Words(library)
    blocks: list[Block] = []
    for line in lines:
        said = [*_words_of(words, line)]
        if line.source:
            said.append(f"Source: {labels.cited(line.source)}")
        said.append(words.whom(line.whens, line.unless))
        for entry in library.always:
            for each in entry.advice:
                if each.name == line.name:
                    whom = words.whom(each.whens, each.unless, entry)
                    said.append(f"Added to every page. {whom}")
        title = shorten(words.filled(line.say, "staff"))
        blocks += _part(_shared_line(line.name), title, said)
    return Section("Lines that many pages share", tuple(blocks))


def _added(library: Library) -> Section:
    """What is always added besides shared lines: how soon, services, and lines of its own."""
    words = Words(library)
    told: list[str] = []
    for entry in library.always:
        whom = words.whom((), (), entry)
        if entry.urgency is not None:
            told.append(_for(f"The page says: {labels.urgency(entry.urgency)}", whom))
        for need in entry.needs:
            told += [_for(text, whom) for text in _need(words, need)]
        for line in entry.advice:
            if line.name not in library.advice:
                told += [_for(text, whom) for text in _advice(words, line)]
    return Section(
        "What is added to every page for some people",
        tuple(_part("always", "Added to every page", told)),
    )


def _route(words: Words, route: Route) -> Iterator[Block]:
    shown = contact(words.library, route, "staff", None, None)
    lines = [*words.lines(route.title, "Name"), words.whom(route.whens, route.unless)]
    for way in shown.ways:
        said = (labels.channel(way.channel), way.address, way.says)
        lines += [" ".join(filter(None, said))]
    for phone in route.phone:
        lines += words.lines(phone.say, phone.number)
    for field in DETAILS:
        lines += words.lines(getattr(route, field), labels.detail(field))
    for place, step in enumerate(route.steps, 1):
        lines += words.lines(step, f"Step {place}")
    for form in route.forms:
        lines += words.lines(form.say, "Form")
        lines.append(f"At: {form.web}")
    if route.instead and (other := words.library.routes.get(route.instead)):
        lines.append(f"It stands in for {words.filled(other.title, 'staff')}.")
    if shown.seen:
        lines.append(f"Its source was last seen: {shown.seen}")
    title = words.filled(route.title, "staff")
    yield from _part(f"{Shared.ROUTE} {route.name}", title, lines)


# --- rules and limits ---------------------------------------------------------------------------


def _rules(library: Library) -> Section:
    told = "A computer checks each of these for every combination of answers that anybody can give."
    lines = tuple(map(_rule, library.rules))
    return Section(
        "What is proved of every page", (Paragraph(told), *([Points(lines)] if lines else []))
    )


def _rule(rule: Rule) -> str:
    return rule.because.read_by("staff") if rule.because else "A rule without words of its own."


def _limits(library: Library) -> Section:
    words = Words(library)
    unsure = [words.filled(r.title, "staff") for r in library.routes.values() if r.unsure]
    told: list[Block] = [Heading("What is not proved", inner=True), Points(NOT_PROVED)]
    if unsure:
        told.append(Heading("Services with details that a person must check", inner=True))
        told.append(Points(tuple(unsure)))
    if library.review_questions:
        told.append(Heading("Questions that only people can answer", inner=True))
        asked = library.review_questions
        told.append(Points(tuple(f"To {q.to}: {q.ask} Known so far: {q.known}" for q in asked)))
    return Section("What nobody has proved or checked", tuple(told))
