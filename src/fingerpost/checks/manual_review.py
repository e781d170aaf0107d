"""Everything that a person must review by hand, as far as the library itself can tell.

A program can see that a number is marked as unsure, that no check of it was recorded, that a source
has no date, or that a line speaks of the law. Whether it is right only a person can see. What no
date shows at all comes first, as questions. A line that a life may depend on is never rung only to
see if it answers, which would keep it from other callers. A source is listed with all that rests on
it, since it has to be compared with these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum

from ..model.base import Frozen, grouped
from ..model.facts import NATIONS, READERS, TELLERS
from ..model.library import Library, ReviewQuestion
from ..model.route import IN_AN_APP, Route
from ..model.sentence import Sentence, Source
from ..model.text_index import free_text, read_aloud
from ..model.tree import Advice, Tree
from ..page import visibility
from ..page.contact import CHANNELS, DETAILS, Channel, Contact, contact
from ..page.labels import channel, detail
from ..page.messages import say
from ..page.opening_hours import as_written
from .upkeep import overdue

READER = "staff"
"""The reader in whose words everything is written: a worker."""


class Group(Enum):
    """Why something is to be reviewed, the most urgent first."""

    LIFE = "life"
    TREES = "trees"
    DOUBTFUL = "doubtful"
    LAW = "law"
    UNSOURCED = "unsourced"
    APPS = "apps"
    UNCHECKED = "unchecked"
    SOURCES = "sources"


class Doubt(Frozen):
    """A field of a route that is marked as unsure: its label, and what it says now."""

    field: str
    label: str
    says: str


class Statement(Frozen):
    """What rests on a source: where it is, and its words. ``case`` names a case, or is empty."""

    where: str
    words: str
    case: str = ""


class Item(Frozen):
    """One thing to review.

    ``name`` is its name in the files and ``title`` that for people. ``task`` says what to do, in
    one sentence, and ``reasons`` why. ``ways`` and ``steps`` are what a route tells people to ring,
    open or do. ``whom`` says who it is for, ``seen`` when it was last seen or the date of a source,
    and ``page`` is the link to it. ``statements`` rest on a source, and so does what ``cases`` say
    of right and wrong. All but the first five may be empty.
    """

    group: Group
    name: str
    title: str
    task: str
    reasons: tuple[str, ...]
    ways: tuple[Channel, ...] = ()
    steps: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    whom: str = ""
    seen: str = ""
    page: str = ""
    statements: tuple[Statement, ...] = ()
    cases: tuple[str, ...] = ()


class ToCheck(Frozen):
    """What is to be reviewed on a day: what only people can judge, and what the files show."""

    on: date
    questions: tuple[ReviewQuestion, ...]
    items: tuple[Item, ...]


def to_check(library: Library, day: date) -> ToCheck:
    """What a person must review in a library that was read whole; deterministic for a day.

    The most urgent group comes first, and within a group the order is that of the files.
    """
    items = (
        *_routes(library, day),
        *_trees(library, day),
        *_sources(library, day),
        *_unsourced(library),
    )
    groups = list(Group)
    return ToCheck(
        on=day,
        questions=tuple(each for each in library.review_questions if each.concerns(library)),
        items=tuple(sorted(items, key=lambda item: groups.index(item.group))),
    )


def _routes(library: Library, day: date) -> Iterator[Item]:
    """Every route that a life may depend on, that is unsure, or without a recent check."""
    for route in library.routes.values():
        group = _group(library, route, day)
        if group is not None:
            said = contact(library, route, READER, None, None)
            yield Item(
                group=group,
                name=route.name,
                title=said.title,
                task=_task_of_route(route, group, said),
                reasons=tuple(_reasons_of_route(route, day)),
                ways=said.ways,
                steps=() if "steps" in route.unsure else said.steps,
                doubts=tuple(_doubt(route, said, field) for field in sorted(route.unsure)),
                whom=next((each.text for each in said.details if each.field == "who"), ""),
                seen=f"{route.checked.on}, by {route.checked.by}" if route.checked else said.seen,
                page=said.source_url,
            )


def _group(library: Library, route: Route, day: date) -> Group | None:
    if _for_a_life(library, route):
        return Group.LIFE
    doubtful = route.confidence != "high" or bool(route.unsure)
    if not doubtful and route.checked is not None and not overdue.stale(route, day):
        return None
    if route.serves == (IN_AN_APP,):
        return Group.APPS
    return Group.DOUBTFUL if doubtful else Group.UNCHECKED


def _for_a_life(library: Library, route: Route) -> bool:
    """Whether a route serves those in danger, or those who need a person to talk to now."""
    needs = (library.needs.get(need) for need in route.serves)
    return visibility.EMERGENCY in route.serves or any(
        need is not None and need.live for need in needs
    )


def _reasons_of_route(route: Route, day: date) -> Iterator[str]:
    if route.confidence != "high":
        yield f"How sure we are of it: {route.confidence or 'nobody has said'}."
    if route.checked is not None and overdue.stale(route, day):
        yield "It was last checked more than a year ago."


def _task_of_route(route: Route, group: Group, said: Contact) -> str:
    has_page = bool(route.web or route.chat or route.bsl or route.forms)
    if group is Group.APPS:
        return "Open the app's own help pages, and see that each step is the same; send no report."
    if route.phone and group is not Group.LIFE and ("phone" in route.unsure or not has_page):
        return "Ring it in its hours, say that you are checking, and see that all of this is so."
    if has_page:
        return "Open its own page, send nothing, and see that all of this is so."
    if said.ways:
        return "Find a page of those who run it, and see that all of this is so."
    if said.steps:
        return "Follow the steps without sending anything, and see that they lead there."
    return "Ask a safeguarding lead if this is how it is done where you are."


def _doubt(route: Route, said: Contact, field: str) -> Doubt:
    """What a route says in a field that is marked as unsure, as people read it."""
    part, _, name = field.partition(".")
    if part == "hours":
        label = f"Hours ({channel(name)})" if name in CHANNELS else "Hours"
        written = (at for each, at in route.hours.items() if each == (name or each))
        return Doubt(
            field, label, "; ".join(map(as_written, written)) or say("hours.unknown-at-night")
        )
    if part == "forms":
        forms = zip(route.forms, said.forms, strict=True)
        told_of = [each for form, each in forms if form.name == (name or form.name)]
        said_so = "; ".join(f"{each.says}: {each.web}" for each in told_of)
        return Doubt(field, "Form" if name else "Forms", said_so)
    if part == "web-by-nation":
        links = (f"{nation}: {link}" for nation, link in route.web_by_nation.items())
        return Doubt(field, channel("web"), "; ".join(links))
    if part in CHANNELS:
        addresses = (way.address for way in said.ways if way.channel == part)
        return Doubt(field, channel(part), ", ".join(addresses))
    if part == "steps":
        steps = (f"({number}) {step}" for number, step in enumerate(said.steps, 1))
        return Doubt(field, "Steps", " ".join(steps))
    if part in DETAILS:
        text = (each.text for each in said.details if each.field == part)
        return Doubt(field, detail(part), next(text, ""))
    return Doubt(field, "Name" if part == "name" else "Whom it serves", said.title)


def _trees(library: Library, day: date) -> Iterator[Item]:
    """Every tree without an approval, or whose review is due."""
    for tree in library.trees.values():
        if reasons := tuple(_reasons_of_tree(library, tree, day)):
            tellers = tree.given.get("teller", TELLERS)
            yield Item(
                group=Group.TREES,
                name=tree.name,
                title=read_aloud(library, tree.title.read_by(READER), READER),
                task=f"Read all of it: fingerpost approve {tree.name}. Then write down in the file "
                "when it is to be read next (review-by).",
                reasons=reasons,
                whom=", ".join(READERS[teller] for teller in READERS if teller in tellers),
            )


def _reasons_of_tree(library: Library, tree: Tree, day: date) -> Iterator[str]:
    parts = {tree.name, *(f"{tree.name}/{name}" for name in tree.outcomes)}
    left = parts.difference(*(each.pages for each in library.approvals))
    if left == parts:
        yield "No safeguarding professional has approved these words yet."
    elif left:
        yield f"Of its questions and pages, {len(left)} of {len(parts)} are not approved yet."
    if tree.review_by < day:
        yield f"It was to be read again by {tree.review_by}."
    elif overdue.due(tree, day):
        yield f"It is to be read again by {tree.review_by}."


OLD = 2
"""Years; older guidance has often had a new edition."""

_LAW = re.compile(r"\b(?:laws?|legal|legally|illegal|crimes?|criminal|offences?)\b", re.IGNORECASE)
_LAW_IN_A_TITLE = re.compile(r"\b(?:Acts?|[Ll]aws?|[Oo]ffences?|criminal)\b")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:working )?"
    r"(?:minute|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_LAW_TODAY = "See in the law as it stands today that each line below is true where it is shown."
_ITS_PAGE = "Find the page, see that it says what each line below says, and note its date."
_FRONT_PAGE = re.compile(r"https://[^/]+/?")


def _sources(library: Library, day: date) -> Iterator[Item]:
    """Every source of law, and every other that is old, undated or hard to find.

    Many files may have one source, by different names; it comes once, with all that rests on it.
    """
    every = (*_advice(library), *_choices(library))
    found = grouped(((s.title, s.publisher, s.published, s.url), (s, said)) for s, said in every)
    for named in found.values():
        source, _ = named[0]
        statements = tuple(dict.fromkeys(each for _, each in named))
        speak_of_law = [each for each in statements if _LAW.search(each.words)]
        of_law = bool(speak_of_law or _LAW_IN_A_TITLE.search(source.title))
        reasons = (*(("Laws change.",) if of_law else ()), *_reasons(source, day))
        if reasons:
            yield Item(
                group=Group.LAW if of_law else Group.SOURCES,
                name=", ".join(dict.fromkeys(each.name for each, _ in named)),
                title=f"{source.title} ({source.publisher})",
                task=_LAW_TODAY if of_law else _ITS_PAGE,
                reasons=reasons,
                seen=source.published,
                page=source.url,
                statements=tuple(e for e in statements if not e.case or e in speak_of_law),
                cases=tuple(dict.fromkeys(filter(None, (each.case for each in statements)))),
            )


def _unsourced(library: Library) -> Iterator[Item]:
    """Every line of advice that speaks of the law, or gives a number, and names no source."""
    for where, line in _lines(library):
        texts = [text for each in line.sentences for text in each.texts]
        law = next(filter(_LAW.search, texts), "")
        number = next((text for text in texts if _NUMBER.search(free_text(text))), "")
        if line.source is None and (law or number):
            yield Item(
                group=Group.UNSOURCED,
                name=where,
                title=read_aloud(library, law or number, READER),
                task="Find who says so, and name that source beside it, or take it out.",
                reasons=(f"It {'speaks of the law' if law else 'gives a number'}.",),
            )


def _reasons(source: Source, day: date) -> Iterator[str]:
    last = overdue.latest(source.published)
    if not source.published:
        yield "It has no date."
    elif last is None or last < overdue.years_before(day, OLD):
        yield f"It is more than {OLD} years old, as far as its date tells."
    if not source.url:
        yield "It has no address."
    elif _FRONT_PAGE.fullmatch(source.url):
        yield "Its address leads to a front page only."


def _advice(library: Library) -> Iterator[tuple[Source, Statement]]:
    for where, line in _lines(library):
        if line.source is not None:
            place = f"{where}, {_nations(line)}".rstrip(", ")
            back = line.already.say if line.already else None
            told = (line.ask, line.short, line.say, back)
            words = " ".join(_words(library, each) for each in told if each)
            yield line.source, Statement(place, words)


def _choices(library: Library) -> Iterator[tuple[Source, Statement]]:
    for case in library.cases.values():
        for judgement in case.every_judgement:
            for choice in judgement.choices:
                if choice.source is not None:
                    words = _words(library, choice.because)
                    yield choice.source, Statement(f"case {case.name}", words, case.name)


def _nations(line: Advice) -> str:
    """The nations where a line is shown; empty if it is all of them."""
    of_nations = (values for when in line.whens for fact, values in when.tests if fact == "nation")
    shown_in = frozenset(NATIONS).intersection(*of_nations)
    left = [nation for nation in NATIONS if nation in shown_in]
    return "" if len(left) == len(NATIONS) else " and ".join(left)


def _words(library: Library, sentence: Sentence) -> str:
    """One wording of a sentence: the first that speaks of the law, or the first."""
    first = next(iter(sentence.texts), "")  # none, if it could not be read
    return read_aloud(library, next(filter(_LAW.search, sentence.texts), first), READER)


def _lines(library: Library) -> Iterator[tuple[str, Advice]]:
    """Every line of advice once, with where it is: the name of a shared one, or the ending."""
    yield from ((f"advice {line.name}", line) for line in library.advice.values())
    yield from (("always", line) for e in library.always for line in e.advice if not line.name)
    met = set()  # an ending that several trees use has one place in the files
    for tree in library.trees.values():
        for ending in tree.outcomes.values():
            for line in ending.advice:
                if not line.name and line.span not in met:
                    met.add(line.span)
                    yield f"{tree.name}, ending {ending.name}", line
